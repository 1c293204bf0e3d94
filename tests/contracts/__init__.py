"""One suite per Protocol, run for every implementation."""
