"""Questions about a strategy that take more than one run."""
