"""Strategies that are said instead of programmed: structures, leg selectors, entry and exit rules, specification."""
