"""Margin of books of forty legs in a run: from scratch, and a snapshot on average over a session of moving prices."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from math import sin
from statistics import median
from time import process_time
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from benchmarks.measure import Goal
from engine.config import PricingConfig
from engine.events import SnapshotArrived
from engine.instants import Instant, instant
from engine.margin import MarginModel
from engine.margin.account_models import PortfolioMarginModel, RegulationTMargin
from engine.market import Market
from engine.model import (
    ChainSnapshot,
    ContractTable,
    ExerciseStyle,
    NetLeg,
    NetLegs,
    OptionSeries,
    Right,
    Session,
    SessionTable,
    SettlementMethod,
    SettlementSession,
    TickRule,
    Underlying,
    UnderlyingKind,
)
from engine.risk_config import MarginOptions

DAY = date(2021, 3, 1)
EXPIRATIONS, STRIKES, PRICE = 20, 61, 3_850.0
SNAPSHOTS = 78
"""Five-minute snapshots of a session in which the book changes once."""
TURNS = 5


def _at(day: date, clock: time) -> Instant:
    return instant(datetime.combine(day, clock, ZoneInfo("America/New_York")))


def _series(number: int) -> OptionSeries:
    expires_on = DAY + timedelta(days=11 + number)
    close = _at(expires_on, time(16))
    return OptionSeries(
        "SPX",
        "SPXW",
        expires_on,
        expires_on,
        close,
        close,
        ExerciseStyle.EUROPEAN,
        SettlementMethod.CASH,
        SettlementSession.PM,
        ticks=TickRule(0.05, 0.10, 0.05),
    )


def _table() -> ContractTable:
    """Calls and puts from 3,550 to 4,150 by ten points."""
    index = np.repeat(np.arange(EXPIRATIONS), 2 * STRIKES)
    right = np.tile(np.repeat([-1, 1], STRIKES), EXPIRATIONS)
    strike = np.tile(3_550.0 + 10 * np.arange(STRIKES), 2 * EXPIRATIONS)
    return ContractTable.build([_series(number) for number in range(EXPIRATIONS)], index, right, strike)


def _chains(table: ContractTable) -> Iterator[ChainSnapshot]:
    """Quotes with a time value that falls off on both sides of a price that wanders a percent and a half."""
    strike, right = table.strike, table.right
    years = (11 + np.arange(len(strike)) // (2 * STRIKES)) / 365
    for number in range(SNAPSHOTS):
        price = PRICE * (1.0 + 0.015 * sin(number / 9))
        width = 0.2 * price * np.sqrt(years)
        middle = np.maximum(right * (price - strike), 0.0) + 0.4 * width * np.exp(-np.abs(strike - price) / width)
        ids = np.arange(len(strike))
        columns: dict[str, NDArray[np.generic]] = {"contract_id": ids, "bid": middle - 0.1, "ask": middle + 0.1}
        yield ChainSnapshot.build(_at(DAY, time(9, 35)) + number * 300 * 10**9, "SPX", price, table, columns)


@dataclass(frozen=True, slots=True)
class _Picker:
    """Contracts by expiration, right and points from 3,850."""

    table: ContractTable

    def leg(self, expiration: int, right: Right, points: int, quantity: int) -> NetLeg:
        side = 2 * expiration + (right is Right.CALL)
        return NetLeg(self.table.contract(side * STRIKES + 30 + points // 10), quantity)


def _books(pick: _Picker) -> dict[str, NetLegs]:
    """Put spreads of twenty expirations, iron condors of ten, short strangles of twenty, calendars of ten pairs.

    Each is kept in parts, as a portfolio hands it over.
    Calendars are what no shortcut proves: they take the integer programme.
    """
    call, put = Right.CALL, Right.PUT
    away = [100 + 10 * (number * 5 % 13) for number in range(EXPIRATIONS)]
    spreads = [
        pick.leg(number, put, points, quantity)
        for number in range(EXPIRATIONS)
        for points, quantity in ((-away[number], -1), (-away[number] - 50, 1))
    ]
    condors = [
        pick.leg(2 * number, right, points, quantity)
        for number in range(EXPIRATIONS // 2)
        for right, points, quantity in (
            (put, -away[number] - 50, 1),
            (put, -away[number], -1),
            (call, away[-number], -1),
            (call, away[-number] + 30, 1),
        )
    ]
    strangles = [
        pick.leg(number, right, points, -1)
        for number in range(EXPIRATIONS)
        for right, points in ((put, -away[number]), (call, away[-number]))
    ]
    calendars = [
        pick.leg(number + later, right, right * away[number], quantity)
        for number in range(0, EXPIRATIONS, 2)
        for right in (put, call)
        for later, quantity in ((0, -1), (1, 1))
    ]
    return {
        "20 put spreads": NetLegs.of(spreads),
        "10 iron condors": NetLegs.of(condors),
        "20 short strangles": NetLegs.of(strangles),
        "20 calendars": NetLegs.of(calendars),
    }


def _session(model: MarginModel, market: Market, chains: list[ChainSnapshot], book: NetLegs) -> tuple[float, float]:
    """Processor seconds of the first snapshot, when the book is new, and of a snapshot on average."""
    began, first = process_time(), 0.0
    for number, chain in enumerate(chains):
        market.on_snapshot(SnapshotArrived(chain.at, chain))
        model.requirement(book)
        if not number:
            first = process_time() - began
    return first, (process_time() - began) / len(chains)


def measure() -> list[Goal]:
    """Milliseconds of processor time from scratch, and a snapshot on average over a session."""
    table = _table()
    chains = list(_chains(table))
    session = Session(DAY, _at(DAY, time(9, 30)), _at(DAY, time(16)))
    days = SessionTable("one day", "America/New_York", (session,))
    market = Market(days, {"SPX": Underlying("SPX", UnderlyingKind.INDEX)}, now=chains[0].at)
    models: tuple[MarginModel, ...] = (
        RegulationTMargin(MarginOptions()),
        PortfolioMarginModel(MarginOptions(), PricingConfig()),
    )
    goals = []
    for model in models:
        for name, book in _books(_Picker(table)).items():
            turns = [_session(model.on(market), market, chains, book) for _ in range(TURNS + 1)][1:]
            scratch, snapshot = (1e3 * median(column) for column in zip(*turns, strict=True))
            title = f"{model.name} margin of {name}"
            goals.append(Goal(f"{title}, from scratch", scratch, "ms", 2.0, at_least=False))
            goals.append(Goal(f"{title}, a snapshot on average", snapshot, "ms", 0.25, at_least=False))
    return goals
