"""Peers that clash with our versions: they run in an environment and a process of their own."""
