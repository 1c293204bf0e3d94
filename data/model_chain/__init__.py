"""The model market: option chains that are computed instead of recorded, one question per module."""
