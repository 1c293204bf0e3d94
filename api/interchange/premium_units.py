"""What the premium of a log counts: recognised by the prices of the legs, which are always USD per share.

Logs of backtests count USD per contract of 100 shares, which is cents per share; live logs count USD per share.
Slippage may lie between the premium and the legs.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from math import fsum
from typing import Final

from api.interchange.option_omega_log import LoggedTrade

_SHARES: Final = 100
_NEAR: Final = 3.0
"""Units lie a hundredfold apart; a premium within three times what the legs say is meant in that unit."""
_LEAST_NET_USD: Final = 0.25
"""Legs that nearly cancel say nothing of the unit: slippage is as large as they are."""


class PremiumUnit(StrEnum):
    """Unit of the premium."""

    CENTS = "cents per share"
    DOLLARS = "dollars per share"


def unit_of(trade: LoggedTrade) -> PremiumUnit | None:
    """Unit of one trade's premium; None where there is none, or legs and premium do not tell.

    Raises:
        ValueError: when the premium fits the legs in neither unit, or has the other sign.
    """
    net = net_of_legs(trade)
    if trade.premium is None or abs(net) < _LEAST_NET_USD:
        return None
    ratio = trade.premium / net
    for unit, size in ((PremiumUnit.CENTS, _SHARES), (PremiumUnit.DOLLARS, 1)):
        if size / _NEAR < ratio < size * _NEAR:
            return unit
    raise ValueError(
        f"the legs add up to {net:.2f} USD per share, and the premium is {trade.premium:g}: neither that nor its cents"
    )


def net_of_legs(trade: LoggedTrade) -> float:
    """What the legs brought per share of one structure, USD; negative when paid."""
    return -fsum(leg.quantity * leg.price_usd for leg in trade.legs) / trade.contracts


def common_unit(units: Sequence[PremiumUnit | None]) -> PremiumUnit | None:
    """Unit of most trades of a log, cents where two are equally frequent; None where no trade tells."""
    return max(PremiumUnit, key=units.count) if any(units) else None


def premium_usd(trade: LoggedTrade, unit: PremiumUnit) -> float:
    """Premium of one structure in USD per share, negative when paid; 0 where the log has none."""
    return (trade.premium or 0.0) / (_SHARES if unit is PremiumUnit.CENTS else 1)
