"""The HTTP contract: parse, call, map."""
