"""What the model market trades: an index, and a fund and a stock that are derived from it.

* `SPX`: the S&P 500 itself. European, cash-settled.
* `XFUND`: a fund that holds a tenth of the index and pays its dividends in cash every quarter. American, delivered.
* `XSTOCK`: a stock whose days are partly those of the index and partly its own, with earnings four times a year.
  American, delivered, no dividends.

Of these, only the index has real prices.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from data.embedded_market import DIVIDEND_YIELD, EmbeddedMarket
from data.errors import NotCovered
from data.model_chain.randomness import normals
from data.model_chain.smile import INDEX_SMILE, SESSIONS_PER_YEAR, STOCK_SMILE, Smile
from data.model_chain.spreads import FUND_SPREADS, INDEX_SPREADS, STOCK_SPREADS, SpreadShape
from data.roots import MODEL_FUND
from engine.naming import unknown_name
from engine.pricing.elementwise import exp, log

INDEX: Final = "SPX"
FUND: Final = MODEL_FUND
STOCK: Final = "XSTOCK"
SYMBOLS: Final = (INDEX, FUND, STOCK)

_FUND_SHARE: Final = 0.1
_STOCK_START: Final = 100.0
_STOCK_BETA: Final = 1.1
_STOCK_OWN_VOLATILITY: Final = 0.20
_EARNINGS_MOVE: Final = 0.05

Prices = NDArray[np.float64]


class Dividend(NamedTuple):
    """Cash per share, in USD, to whoever holds a share when `ex_date` begins."""

    ex_date: date
    amount_usd: float


@dataclass(frozen=True, slots=True, eq=False)
class ModelUnderlying:
    """An underlying over the sessions of the embedded market.

    Attributes:
        open: first price of each session; low, high and close likewise, in USD.
        volatility: what stands for the VIX of each session's close, a decimal.
        dividend_yield: continuous yield; 0 where dividends are paid in cash.
        dividends: cash dividends, ascending.
        earnings: sessions after whose close results are published, ascending.
        earnings_variance: variance that such a publication adds.
    """

    symbol: str
    open: Prices
    high: Prices
    low: Prices
    close: Prices
    volatility: Prices
    smile: Smile
    spreads: SpreadShape
    dividend_yield: float = 0.0
    dividends: tuple[Dividend, ...] = ()
    earnings: tuple[date, ...] = ()
    earnings_variance: float = 0.0


def model_underlying(symbol: str, market: EmbeddedMarket, seed: int) -> ModelUnderlying:
    """An underlying of the model market.

    Raises:
        NotCovered: for a symbol that it does not trade.
    """
    if symbol == INDEX:
        return _index(market)
    if symbol == FUND:
        return _fund(market)
    if symbol == STOCK:
        return _stock(market, seed)
    raise NotCovered(unknown_name("underlying of the model market", symbol, SYMBOLS))


def _index(market: EmbeddedMarket) -> ModelUnderlying:
    return ModelUnderlying(
        symbol=INDEX,
        open=market.open,
        high=market.high,
        low=market.low,
        close=market.close,
        volatility=market.vix,
        smile=INDEX_SMILE,
        spreads=INDEX_SPREADS,
        dividend_yield=DIVIDEND_YIELD,
    )


def _fund(market: EmbeddedMarket) -> ModelUnderlying:
    ex_positions = [
        position for position, day in enumerate(market.days) if day.month % 3 == 0 and _is_third_friday(day, market)
    ]
    dividends, accrued = [], np.zeros(len(market.days))
    begin = 0
    for ex in [*ex_positions, len(market.days)]:
        # Declared a quarter ahead, on the price of the last ex-date; until then it gathers in the price of a share.
        amount = round(DIVIDEND_YIELD / 4 * float(market.close[begin]) * _FUND_SHARE, 2)
        accrued[begin:ex] = amount * np.arange(ex - begin) / max(ex - begin, 1)
        if ex < len(market.days):
            dividends.append(Dividend(market.days[ex], amount))
        begin = ex

    def price(level: Prices) -> Prices:
        return np.round(level * _FUND_SHARE + accrued, 2)

    return ModelUnderlying(
        symbol=FUND,
        open=price(market.open),
        high=price(market.high),
        low=price(market.low),
        close=price(market.close),
        volatility=market.vix,
        smile=INDEX_SMILE,
        spreads=FUND_SPREADS,
        dividends=tuple(dividends),
    )


def _stock(market: EmbeddedMarket, seed: int) -> ModelUnderlying:
    count = len(market.days)
    earnings = tuple(day for day in market.days if day.month % 3 == 1 and _is_fourth_thursday(day))
    after = np.array([position > 0 and market.days[position - 1] in earnings for position in range(count)])
    own = normals(count, seed, STOCK, "own") * _STOCK_OWN_VOLATILITY / np.sqrt(SESSIONS_PER_YEAR)
    results = np.where(after, normals(count, seed, STOCK, "earnings") * _EARNINGS_MOVE, 0.0)
    overnight = log(market.open / np.concatenate([market.open[:1], market.close[:-1]]))
    close_to_open = _STOCK_BETA * overnight + results
    open_to_close = _STOCK_BETA * log(market.close / market.open) + own
    before_open = np.cumsum(close_to_open) + np.concatenate([[0.0], np.cumsum(open_to_close)[:-1]])
    opened = np.round(_STOCK_START * exp(before_open), 2)
    closed = np.round(_STOCK_START * exp(before_open + open_to_close), 2)
    upward, downward = log(market.high / market.open), log(market.low / market.open)
    return ModelUnderlying(
        symbol=STOCK,
        open=opened,
        high=np.maximum(np.round(opened * exp(_STOCK_BETA * upward), 2), np.maximum(opened, closed)),
        low=np.minimum(np.round(opened * exp(_STOCK_BETA * downward), 2), np.minimum(opened, closed)),
        close=closed,
        volatility=np.sqrt((_STOCK_BETA * market.vix) ** 2 + _STOCK_OWN_VOLATILITY**2),
        smile=STOCK_SMILE,
        spreads=STOCK_SPREADS,
        earnings=earnings,
        earnings_variance=_EARNINGS_MOVE**2,
    )


def _is_third_friday(day: date, market: EmbeddedMarket) -> bool:
    """The third Friday, or the session before it where it is a holiday."""
    third = day + timedelta(days=(4 - day.weekday()) % 7)
    return 15 <= third.day <= 21 and market.days[market.position(min(third, market.last))] == day


def _is_fourth_thursday(day: date) -> bool:
    return day.weekday() == 3 and 22 <= day.day <= 28
