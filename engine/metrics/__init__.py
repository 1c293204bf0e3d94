"""Statistics of a run: small pure functions, and the table of them."""
