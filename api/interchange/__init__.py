"""Results and trades in the forms of other programs: Option Omega's logs, and returns for quantstats."""
