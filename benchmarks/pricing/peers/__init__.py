"""Other ways to the same numbers, one in each module."""
