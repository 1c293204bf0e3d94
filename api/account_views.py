"""What the summary says of the account: costs, margin calls, and the identity that explains every cent."""

from __future__ import annotations

from typing import Final

from api.figures import figure
from engine.events import InterestAccrued, MarginCalled, MarginCallMet
from engine.instants import utc_datetime
from engine.margin.liquidation import LIQUIDATION_TAG
from engine.metrics import Statistics
from engine.metrics.account import AccountStatistics
from engine.money import to_usd
from engine.result import AccountTotals, BacktestResult
from schemas.sections.accounting import Accounting, MarginCalls
from schemas.sections.performance import Capital, Costs

_DEBIT: Final = "debit"
"""Reason of interest on a debit; what else costs is a fee of borrowed shares."""


def capital_of(result: BacktestResult, account: AccountStatistics) -> Capital:
    """What the account was worth, and what margin bound of it."""
    totals, needed = result.totals, account.max_margin
    profit = totals.net_liquidation - totals.initial_cash - totals.external_flows
    return Capital(
        start_usd=to_usd(totals.initial_cash),
        end_usd=to_usd(totals.net_liquidation),
        profit_usd=to_usd(profit),
        min_net_liquidation_usd=to_usd(account.lowest_net_liquidation),
        max_margin_usd=None if needed is None else to_usd(needed),
        max_net_liquidation_usd=to_usd(account.highest_net_liquidation),
        lowest_buying_power_usd=None if account.lowest_buying_power is None else to_usd(account.lowest_buying_power),
        max_margin_fraction=figure(account.max_margin_fraction),
        average_margin_fraction=figure(account.average_margin_fraction),
        return_on_max_margin=figure(profit / needed) if needed else None,
        turnover_per_year=figure(account.turnover_per_year),
        time_in_market=figure(account.time_in_market) or 0.0,
    )


def margin_calls_of(result: BacktestResult) -> MarginCalls:
    """How often the account did not cover its requirement, and what that closed."""
    called = [event.at for event in result.event_log if isinstance(event, MarginCalled)]
    return MarginCalls(
        count=len(called),
        first_at=utc_datetime(called[0]) if called else None,
        met=sum(isinstance(event, MarginCallMet) for event in result.event_log),
        liquidations=sum(fill.tag == LIQUIDATION_TAG for fill in result.fills),
    )


def costs_of(result: BacktestResult, statistics: Statistics) -> Costs:
    """What trading and holding cost."""
    interest = [(event.reason, event.amount) for event in result.event_log if isinstance(event, InterestAccrued)]
    return Costs(
        fees_usd=to_usd(result.totals.fees),
        financing_usd=to_usd(-sum(amount for _, amount in interest if amount < 0)),
        debit_interest_usd=to_usd(-sum(amount for reason, amount in interest if amount < 0 and reason == _DEBIT)),
        borrow_usd=to_usd(-sum(amount for reason, amount in interest if amount < 0 and reason != _DEBIT)),
        interest_earned_usd=to_usd(sum(amount for _, amount in interest if amount > 0)),
        spread_usd=figure(statistics.fills.total.cost_usd),
    )


def accounting_of(totals: AccountTotals) -> Accounting:
    """The identity, exact."""
    explained = (
        totals.initial_cash + totals.external_flows + totals.realised + totals.unrealised
        + totals.interest + totals.dividends - totals.fees
    )  # fmt: skip
    return Accounting(
        initial_cash_micros=totals.initial_cash,
        external_flows_micros=totals.external_flows,
        realised_micros=totals.realised,
        unrealised_micros=totals.unrealised,
        fees_micros=totals.fees,
        interest_micros=totals.interest,
        dividends_micros=totals.dividends,
        final_cash_micros=totals.final_cash,
        final_market_value_micros=totals.final_market_value,
        net_liquidation_micros=totals.net_liquidation,
        balanced=explained == totals.net_liquidation,
    )
