"""Backtests that were asked for and what came of them, in SQL."""
