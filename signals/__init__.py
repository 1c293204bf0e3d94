"""Signals: named values derived from market events."""
