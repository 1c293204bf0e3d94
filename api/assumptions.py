"""What a run assumed, in words: from its configuration and the parts that were chosen."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Final

from api.account_assumptions import borrowing_in_words, interest_in_words, margin_calls_in_words
from api.data_access import RunData
from engine.config import ExerciseConfig, RunConfig
from engine.risk_config import StressGrid
from engine.strategies.script import ScriptedStrategy
from engine.strategies.spec import StrategyConfig
from schemas.sections.assumptions import Assumptions

ASSUMED_TIME: Final = "assumed to be 15 minutes before the close of each session"
"""What importers do with files that bring dates only."""
_MODEL_QUOTES: Final = (
    "model prices: real closes of the S&P 500 and the VIX, one smile fitted to SPX chains of 2019, spreads like theirs"
)
_MODEL_SETTLEMENT: Final = "of the model market: AM the open of the index on the day, PM its close"


@dataclass(frozen=True, slots=True)
class PartNames:
    """Names, with parameters, of the parts that wiring chose."""

    fill_model: str
    commission_schedule: str
    margin_model: str


def assumptions_of(config: RunConfig, parts: PartNames, data: RunData) -> Assumptions:
    """The section `assumptions` of the summary."""
    execution, pricing, facts = config.execution, config.pricing, data.facts
    return Assumptions(
        quotes=_MODEL_QUOTES if data.model is not None else "as the vendor recorded them",
        fill_model=parts.fill_model,
        fill_timing=execution.fill_timing,
        net_rounding=execution.net_rounding,
        worthless_long=execution.worthless_long,
        crossed_quotes=execution.crossed_quotes,
        shown_size=execution.shown_size,
        size_percent=execution.size_percent,
        max_quote_age_s=execution.max_quote_age_s,
        latency_s=execution.latency_s,
        market_on_close_minutes=execution.market_on_close_minutes,
        share_half_spread_usd=execution.share_half_spread_usd,
        commission_schedule=parts.commission_schedule,
        margin_model=parts.margin_model,
        mark_policy="middle of a trustworthy two-sided quote; without bid half the ask, at most one tick; last good "
        "quote; intrinsic value",
        settlement_source=_MODEL_SETTLEMENT if data.model is not None else _settlement_source(data),
        assignment_model=f"at expiration, from 0.01 USD per share in the money on; before: {_early(config.exercise)}",
        delivered_shares=config.exercise.delivered_shares,
        pricing_model=f"{_greeks_of(config, data)}; without one, European Black-Scholes-Merton by {pricing.backend}",
        rates_source=_before_config(data)
        + ("the store's rate when the run begins, " if pricing.rate_source == "store" else "")
        + f"constant {pricing.rate:g} per year, continuously compounded",
        dividend_source=_before_config(data)
        + f"constant yield {pricing.dividend_yield:g} per year, continuously compounded",
        interest_on_cash=interest_in_words(config.account.financing),
        stock_borrow=borrowing_in_words(config.account.financing),
        margin_calls=margin_calls_in_words(config.risk.margin_calls),
        sizing={strategy.name: _sizing(strategy) for strategy in config.strategies},
        open_at_end=config.open_at_end,
        time_assumed=facts.time_assumed,
        quote_time=ASSUMED_TIME if facts.time_assumed else "as the data states it",
    )


def _early(exercise: ExerciseConfig) -> str:
    """What happens to American options before they expire."""
    if exercise.early_assignment == "off":
        short = "short options are not assigned"
    elif exercise.early_assignment == "random":
        short = f"short options are assigned at random ({exercise.assignment_probability:g} a night) when exercise pays"
    else:
        short = "short options are assigned on nights on which exercise is optimal for their holder"
    own = "own ones are exercised likewise" if exercise.early_exercise else "own ones are exercised on instruction"
    return f"{short}; {own}"


def _before_config(data: RunData) -> str:
    return "quotes: the model market's (data.model); other Greeks: " if data.model is not None else ""


def _greeks_of(config: RunConfig, data: RunData) -> str:
    if data.model is not None or config.data.greeks == "vendor":
        return "Greeks of the data"
    return "Greeks computed from the quotes, at the forward that calls and puts of each expiration imply"


def _settlement_source(data: RunData) -> str:
    values = data.settlement_values
    first = f"official values of {values.name}; else" if values is not None else "no official values given;"
    return (
        f"{first} proxy, flagged: AM the first regular print of the morning, PM the last print at or before the "
        "settlement, without one the last known price"
    )


def _sizing(strategy: StrategyConfig) -> str:
    """A sizing as text, e.g. `percent_at_risk(percent=5)`."""
    if isinstance(strategy, ScriptedStrategy):
        return "as the script says"
    sizing = strategy.sizing
    named = {one.name: getattr(sizing, one.name) for one in fields(sizing) if one.name != "kind"}
    inside = ", ".join(f"{name}={_in_short(value)}" for name, value in named.items() if value is not None)
    return f"{sizing.kind}({inside})"


def _in_short(value: object) -> str:
    if isinstance(value, StressGrid):
        return f"{list(value.spot_percent)} % x {list(value.volatility_points)} points"
    return f"{value:g}" if isinstance(value, int | float) else str(value)
