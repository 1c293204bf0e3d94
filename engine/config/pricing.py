"""How Greeks are computed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from engine.shapes import FORBID_UNKNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class PricingConfig:
    """How Greeks are computed that the data does not bring; rates are decimals per year, continuously compounded.

    Attributes:
        backend: the engine's own kernels, or py_vollib for comparison.
        rate_source: `store` puts the imported rate that was known when the run begins in the place of `rate`.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    backend: Literal["ironfly", "py_vollib"] = "ironfly"
    rate_source: Literal["constant", "store"] = "constant"
    rate: float = 0.0
    dividend_yield: float = 0.0
