"""Strategies that look ahead, each in its own way, as users write them by mistake or on purpose."""
