"""The command line: the same wiring, from the shell."""
