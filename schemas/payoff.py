"""Payoff of a set of legs: what `engine.pricing.payoff` takes and gives, on the wire.

Amounts are USD for the whole position, prices per share; rates are decimals per year, continuously compounded.
"""

from __future__ import annotations

from typing import Annotated, Final, Literal, TypeAlias

from pydantic import AfterValidator, ConfigDict, Field, ValidationInfo, field_validator

from schemas.sections.base import Fraction, Number, Section

_SMALLEST: Final = 1e-9


def _flushed(value: float) -> float:
    """Zero for what is too small to matter, and would underflow in the middle of a formula."""
    return value if abs(value) >= _SMALLEST else 0.0


# Bounds keep every result finite; no market comes near them. Strict: a boolean is no number.
_FINITE: Final = Field(strict=True, allow_inf_nan=False)
_FLUSHED: Final = AfterValidator(_flushed)
Price: TypeAlias = Annotated[float, _FINITE, Field(ge=0, le=1e7), _FLUSHED]
Quantity: TypeAlias = Annotated[float, _FINITE, Field(ge=-1e7, le=1e7), _FLUSHED]
Rate: TypeAlias = Annotated[float, _FINITE, Field(ge=-1, le=1), _FLUSHED]
Volatility: TypeAlias = Annotated[float, _FINITE, Field(ge=0, le=5), _FLUSHED]
Years: TypeAlias = Annotated[float, _FINITE, Field(ge=0, le=10), _FLUSHED]
MOST_LEGS: Final = 100


class PayoffLeg(Section):
    """One holding."""

    model_config = ConfigDict(
        json_schema_extra={
            "if": {"properties": {"kind": {"enum": ["call", "put"]}}},
            "then": {"properties": {"strike": {"type": "number"}}, "required": ["strike"]},
        }
    )

    kind: Literal["call", "put", "stock", "cash"]
    quantity: Quantity
    """Contracts or shares, negative when sold."""
    price: Price
    """Per share, as paid or received."""
    strike: Annotated[Price | None, Field(validate_default=True)] = None
    """Options need one."""
    years: Years | None = None
    """Time to expiry; null: `years` of the request."""
    volatility: Volatility | None = None
    """Null: `volatility` of the request."""
    multiplier: Annotated[float, _FINITE, Field(ge=1, le=100_000)] | None = None
    """Shares per contract; null: 100 for options, else 1."""
    label: Annotated[str, Field(max_length=200)] | None = None
    """What to call it on the screen, e.g. its symbol."""

    @field_validator("strike")
    @classmethod
    def _options_have_one(cls, strike: float | None, info: ValidationInfo) -> float | None:
        if strike is None and info.data.get("kind") in ("call", "put"):
            raise ValueError(f"a {info.data['kind']} needs a strike")
        return strike


class PayoffRequest(Section):
    """Legs and the market they are valued in."""

    legs: Annotated[tuple[PayoffLeg, ...], Field(min_length=1, max_length=MOST_LEGS)]
    spot: Annotated[float, _FINITE, Field(ge=0.01, le=1e7)]
    """Price of the underlying."""
    rate: Rate
    dividend_yield: Rate
    volatility: Volatility
    """Of the underlying until the first expiry, and of legs that have none of their own."""
    years: Years
    """To the expiry of legs that name none."""
    fees_usd: Price
    """Paid for the whole position."""


class PayoffGreeks(Section):
    """Sensitivities of the whole position at the spot, in the units of the screen."""

    delta_shares: Number
    gamma_shares_per_point: Number
    theta_usd_per_day: Number
    """Gain per calendar day."""
    vega_usd_per_point: Number
    """Gain per volatility point, every leg's volatility moving alike."""
    rho_usd_per_percent: Number
    """Gain per percentage point of the rate."""


class PayoffCurves(Section):
    """Profit and loss after fees over the spot; strikes, break-evens and the present spot are among the spots."""

    spots: tuple[Number, ...]
    """Ascending."""
    expiry_usd: tuple[Number, ...]
    """At the first expiry; later options keep their time value."""
    today_usd: tuple[Number, ...]
    """Now."""


class PayoffResponse(Section):
    """Measures of a position at its first expiry."""

    net_debit_usd: Number
    """What the legs cost, negative when a credit was received; before fees."""
    breakevens: tuple[Number, ...]
    max_profit_usd: Number | None
    """Null: unlimited."""
    max_loss_usd: Number | None
    """Zero or negative; null: unlimited."""
    profit_intervals: tuple[tuple[Number, Number | None], ...]
    """Spots between which there is a profit; a null end: without end."""
    probability_of_profit: Fraction
    probability_of_touch: tuple[Fraction, ...]
    """Of reaching each break-even until the first expiry."""
    expected_value_usd: Number
    """Not discounted."""
    greeks: PayoffGreeks
    curves: PayoffCurves
