"""Execution: what the market makes of approved orders."""
