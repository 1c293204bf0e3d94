"""The outside: wiring, command line and service."""
