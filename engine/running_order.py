"""The one ordered list of handlers: who hears of what, top to bottom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal, Protocol, TypeAlias

from engine import events as on
from engine.bus import Handler, Publish
from engine.parts import Parts

Subscriptions: TypeAlias = list[tuple[type[Any], Handler]]
"""Types of events with their handlers; those of one type are called in this order."""
_CORPORATE_NEWS: Final = (on.DividendDeclared, on.SplitAnnounced, on.SymbolChanged)


class Listener(Protocol):
    """Something that follows a run: `signals` are handled just before the strategies, `observers` after all else."""

    @property
    def slot(self) -> Literal["signals", "observers"]:
        """Place in the order of handlers."""

    def handlers(self, publish: Publish) -> Mapping[type[Any], Handler]:
        """Handlers by event type; `publish` hands their consequences to the bus."""


def warm_up_handlers(parts: Parts, listeners: Sequence[Listener]) -> Subscriptions:
    """Before the start: the market becomes known, and signals see it."""
    return [
        (on.DividendDeclared, parts.dividends.on_declared),
        *[(news, parts.corporate_actions.on_announced) for news in _CORPORATE_NEWS],
        *_taking_returns(parts),
        (on.SnapshotArrived, parts.standing.on_snapshot),
        (on.BarArrived, parts.market.on_bar),
        (on.SharesQuoted, parts.market.on_shares_quoted),
        (on.SnapshotArrived, parts.market.on_snapshot),
        (on.SignalUpdated, parts.market.on_signal),
        *_listening("signals", parts, listeners),
    ]


def handlers(parts: Parts, listeners: Sequence[Listener]) -> Subscriptions:
    """Per event type, in this order: what was due, then the market, then the book, then those who decide."""
    return [
        (on.DividendDeclared, parts.dividends.on_declared),
        *[(news, parts.corporate_actions.on_announced) for news in _CORPORATE_NEWS],
        *_taking_returns(parts),
        (on.SnapshotArrived, parts.standing.on_snapshot),
        (on.SettlementPublished, parts.settlement.on_published),
        (on.SharesQuoted, parts.market.on_shares_quoted),
        (on.BarArrived, parts.settlement.on_bar),
        (on.BarArrived, parts.market.on_bar),
        (on.BarArrived, parts.broker.on_bar),
        (on.BarArrived, parts.liquidation.on_bar),
        (on.BarArrived, parts.portfolio.on_bar),
        (on.SnapshotArrived, parts.settlement.on_snapshot),
        (on.SnapshotArrived, parts.market.on_snapshot),
        (on.SnapshotArrived, parts.broker.on_snapshot),
        (on.SnapshotArrived, parts.liquidation.on_snapshot),
        (on.SnapshotArrived, parts.portfolio.on_snapshot),
        (on.SignalUpdated, parts.market.on_signal),
        (on.OrderRequested, parts.desk.on_requested),
        *parts.risk.handlers(parts.bus.publish).items(),
        (on.OrderApproved, parts.desk.on_approved),
        (on.OrderApproved, parts.broker.on_approved),
        (on.OrderRefused, parts.desk.on_refused),
        (on.OrderCancelRequested, parts.broker.on_cancel_requested),
        (on.OrderReplaceRequested, parts.broker.on_replace_requested),
        (on.OrderCancelled, parts.desk.on_cancelled),
        (on.OrderFilled, parts.desk.on_filled),
        (on.OrderFilled, parts.portfolio.on_filled),
        (on.OrderFilled, parts.performance.on_filled),
        (on.ContractExpired, parts.portfolio.on_expired),
        (on.ContractExpired, parts.performance.on_expired),
        *[
            (delivered, handler)
            for delivered in (on.ContractExercised, on.ContractAssigned)
            for handler in (parts.portfolio.on_delivered, parts.performance.on_delivered)
        ],
        (on.ExerciseRequested, parts.overnight.on_requested),
        (on.ExerciseWaived, parts.settlement.on_waived),
        (on.DeliveriesCompleted, parts.delivered_shares.on_completed),
        (on.DividendPaid, parts.portfolio.on_dividend),
        (on.CorporateActionApplied, parts.portfolio.on_adjusted),
        (on.CorporateActionApplied, parts.settlement.on_adjusted),
        (on.CorporateActionApplied, parts.performance.on_adjusted),
        (on.InterestAccrued, parts.portfolio.on_interest),
        (on.CashMoved, parts.protection.on_cash_moved),
        (on.CashMoved, parts.portfolio.on_cash_moved),
        *parts.attribution.handlers().items(),
        (on.PortfolioMarked, parts.margin_watch.on_marked),
        (on.PortfolioMarked, parts.margin_shares.on_marked),
        *_protecting(parts),
        (on.LiquidationOrdered, parts.liquidation.on_ordered),
        (on.PortfolioMarked, parts.performance.on_marked),
        (on.RunFinished, parts.broker.on_finished),
        *_listening("signals", parts, listeners),
        *parts.host.handlers(),
        *_listening("observers", parts, listeners),
    ]


def _taking_returns(parts: Parts) -> Subscriptions:
    """Before the market moves on from yesterday's prices, where somebody asks for daily returns."""
    returns = parts.measures.returns
    wanted = parts.measures.needs_returns
    return [(on.BarArrived, returns.on_bar), (on.SnapshotArrived, returns.on_snapshot)] if wanted else []


def _protecting(parts: Parts) -> Subscriptions:
    """The watches over the account, where there are any; bars move shares without a mark."""
    protection = parts.protection
    watching: Subscriptions = [
        (on.PortfolioMarked, protection.on_marked),
        (on.BarArrived, protection.on_bar),
    ]
    return watching if protection.active else []


def _listening(slot: str, parts: Parts, listeners: Sequence[Listener]) -> Subscriptions:
    return [
        pair for listener in listeners if listener.slot == slot for pair in listener.handlers(parts.bus.publish).items()
    ]
