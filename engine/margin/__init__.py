"""Margin: what a broker asks an account to hold against its book."""

from engine.margin.model import MarginLeg, MarginModel, MarginRequirement

__all__ = ["MarginLeg", "MarginModel", "MarginRequirement"]
