"""Connections to vendors that serve files: what is fetched lies on disk as it is, and is imported like any other."""
