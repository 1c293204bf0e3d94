"""The sections of a run summary, one family per module."""
