"""Derived columns of stored chains: own volatilities and Greeks, computed once and mapped into memory."""
