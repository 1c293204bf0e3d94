"""The chapters of a report, one family per module; each takes the run and says what there is."""
