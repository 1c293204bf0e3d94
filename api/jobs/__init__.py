"""Runs in a process of their own: worker, its supervisor, and following from outside."""
