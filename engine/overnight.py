"""The night after a session: early exercise and assignment, decided on its last prices (RULES 5.2 to 5.7).

What is decided is in the book before the first event of the next session; the shares change hands at the strike.
"""

from __future__ import annotations

from datetime import date
from math import isfinite
from typing import NamedTuple

import numpy as np

from engine.bus import Publish
from engine.config import ExerciseConfig, PricingConfig
from engine.costs.fees import FeeModel
from engine.dividends import Dividends
from engine.early_exercise import Outlook, optimal_exercise
from engine.events import DeliveriesCompleted, ExerciseReason, ExerciseRefused, ExerciseRequested, SettlementSource
from engine.exercise import Exercised, PricedAt, delivery
from engine.instants import NANOS_PER_YEAR
from engine.market import Market
from engine.model import (
    ChainSnapshot,
    ContractTable,
    ExerciseStyle,
    OptionContract,
    OptionSeries,
    Position,
    QuoteFlag,
    Right,
    SettlementMethod,
)
from engine.money import to_usd
from engine.portfolio import PortfolioManager
from engine.pricing import implied_volatility


class OvernightTerms(NamedTuple):
    """By what nights are decided: the configuration, what exercise costs, and the seed of what is random."""

    exercise: ExerciseConfig
    pricing: PricingConfig
    fees: FeeModel
    seed: int


class _Night(NamedTuple):
    """Between two sessions of the run."""

    ended: date
    begins: date


class _Held(NamedTuple):
    """Contracts of one position that can be exercised tonight, negative when short."""

    position: Position
    contract: OptionContract
    quantity: int


def _exercisable_early(series: OptionSeries) -> bool:
    """Whether its contracts deliver shares before their expiration."""
    return series.style is ExerciseStyle.AMERICAN and series.settlement is SettlementMethod.PHYSICAL


class Overnight:
    """Carries out instructions, and what is optimal, once per night.

    Args:
        contracts: every contract of the run; where none can be exercised early, as on an index, nights are quiet.
    """

    def __init__(
        self,
        terms: OvernightTerms,
        portfolio: PortfolioManager,
        market: Market,
        dividends: Dividends,
        contracts: ContractTable,
        publish: Publish,
    ) -> None:
        self._exercise, self._pricing, self._fees, seed = terms
        self._portfolio = portfolio
        self._market = market
        self._dividends = dividends
        self._publish = publish
        self._random = np.random.default_rng(seed)
        self._instructed: dict[tuple[int, str], int] = {}
        self._has_early = any(map(_exercisable_early, contracts.series))

    def on_requested(self, event: ExerciseRequested) -> None:
        """Take an instruction for tonight, or refuse it; a series in its last session is left to its expiration."""
        fault = self._fault(event)
        if fault is not None:
            self._publish(ExerciseRefused(event.at, event.position_id, event.contract, fault))
        elif event.contract.series.expires_on > self._market.sessions.date_of(event.at):
            self._instructed[event.position_id, event.contract.symbol] = event.quantity

    def carry_out(self, ended: date, begins: date) -> None:
        """Publish the exercises and assignments of the night between two sessions."""
        if not self._has_early:
            return
        night = _Night(ended, begins)
        delivered: set[int] = set()
        for held in self._exercisable(night):
            quantity, reason = self._tonight(held, night)
            if quantity:
                price, at = self._market.price_of(held.contract.series.underlying)
                fee = self._fees.exercise_fee(held.contract, quantity)
                exercised = Exercised(held.position.position_id, held.contract, quantity, fee)
                priced = PricedAt(price, SettlementSource.LAST_KNOWN, at)
                self._publish(delivery(self._market.now, exercised, priced, reason))
                delivered.add(held.position.position_id)
        self._instructed.clear()
        if delivered:
            self._publish(DeliveriesCompleted(self._market.now, self._market.now, tuple(sorted(delivered))))

    # --- inside ----------------------------------------------------------------------------------------------------

    def _fault(self, event: ExerciseRequested) -> str | None:
        position = self._portfolio.positions.get(event.position_id)
        legs = () if position is None else position.legs
        held = sum(leg.quantity for leg in legs if leg.instrument == event.contract)
        if not 0 < event.quantity <= held:
            return f"the position holds {held} of them long, the instruction is on {event.quantity}"
        last_session = event.contract.series.expires_on == self._market.sessions.date_of(event.at)
        if event.contract.series.style is not ExerciseStyle.AMERICAN and not last_session:
            return f"European: it can be exercised on {event.contract.series.expires_on} only"
        return None

    def _exercisable(self, night: _Night) -> list[_Held]:
        return [
            _Held(position, contract, leg.quantity)
            for position in self._portfolio.positions.values()
            for leg in position.legs
            if isinstance(contract := leg.instrument, OptionContract)
            and _exercisable_early(contract.series)
            and contract.series.expires_on > night.ended
        ]

    def _tonight(self, held: _Held, night: _Night) -> tuple[int, ExerciseReason]:
        """Contracts of a holding that are exercised or (negative) assigned tonight, and why."""
        contract, quantity = held.contract, held.quantity
        instructed = self._instructed.get((held.position.position_id, contract.symbol), 0)
        if quantity > 0 and instructed:
            return min(instructed, quantity), ExerciseReason.INSTRUCTION
        by_rule = self._exercise.early_exercise if quantity > 0 else self._exercise.early_assignment != "off"
        outlook = self._outlook(contract, night) if by_rule else None
        choice = None if outlook is None else optimal_exercise(contract, self._market.now, outlook)
        if choice is None:
            return 0, ExerciseReason.RANDOM
        if quantity < 0 and self._exercise.early_assignment == "random":
            return -self._assigned_of(contract, -quantity), ExerciseReason.RANDOM
        return quantity, choice.reason

    def _assigned_of(self, contract: OptionContract, ours: int) -> int:
        """Contracts out of ours that are drawn, when every holder decides by chance (RULES 5.3).

        With a known open interest so many of it are exercised, and assigned to writers at random; else each of ours is
        drawn by itself.
        """
        probability = self._exercise.assignment_probability
        snapshot = self._market.snapshots[contract.series.underlying]
        row = snapshot.row(contract.contract_id)
        interest = float("nan") if row is None else float(snapshot.open_interest[row])
        if isfinite(interest) and interest >= ours:
            exercised = round(probability * interest)
            return int(self._random.hypergeometric(exercised, int(interest) - exercised, ours))
        return int(self._random.binomial(ours, probability))

    def _outlook(self, contract: OptionContract, night: _Night) -> Outlook | None:
        """What decides, or None where nobody could tell: no chain, or no volatility."""
        series = contract.series
        snapshot = self._market.snapshots.get(series.underlying)
        volatility = None if snapshot is None else self._volatility(contract, snapshot)
        if volatility is None:
            return None
        known = [
            one
            for one in self._dividends.between(series.underlying, night.ended, series.expires_on)
            if not one.cuts_strikes
        ]
        sessions, per_share = self._market.sessions, series.deliverable.shares / series.strike_multiplier
        later = [(sessions.first_at_or_after(one.ex_date), one) for one in known if one.ex_date > night.begins]
        return Outlook(
            spot=_delivered_value(series, self._market.price_of(series.underlying)[0]),
            volatility=volatility,
            rate=self._pricing.rate,
            dividend_yield=self._pricing.dividend_yield,
            tonight=sum(per_share * to_usd(one.amount) for one in known if one.ex_date <= night.begins),
            later=tuple((session.opens_at, per_share * to_usd(one.amount)) for session, one in later if session),
        )

    def _volatility(self, contract: OptionContract, snapshot: ChainSnapshot) -> float | None:
        """Volatility of the contract; deep in the money, where quotes tell none, that of the other right."""
        for right in (contract.right, Right(-contract.right)):
            row = self._row(contract, right, snapshot)
            if row is not None:
                given = float(snapshot.implied_volatility[row])
                if isfinite(given) and given > 0.0:
                    return given
        return self._implied(contract, snapshot)

    def _implied(self, contract: OptionContract, snapshot: ChainSnapshot) -> float | None:
        """Volatility that the middle of the other right's quote implies; half its ask where nobody bids."""
        row = self._row(contract, Right(-contract.right), snapshot)
        if row is None or int(snapshot.flags[row]) & ~QuoteFlag.NO_BID:
            return None
        bid = float(snapshot.bid[row])
        middle = (max(bid, 0.0) if isfinite(bid) else 0.0) / 2 + float(snapshot.ask[row]) / 2
        years = (contract.series.settles_at - snapshot.at) / NANOS_PER_YEAR
        spot = _delivered_value(contract.series, snapshot.underlying_price)
        terms = (spot, contract.strike, years, self._pricing.rate, self._pricing.dividend_yield)
        found, _ = implied_volatility(middle, -int(contract.right), *terms, style="american")
        value = float(found)
        return value if isfinite(value) else None

    def _row(self, contract: OptionContract, right: Right, snapshot: ChainSnapshot) -> int | None:
        table = snapshot.contracts
        first, last = table.side(int(table.series_index[contract.contract_id]), right)
        place = first + int(np.searchsorted(table.strike[first:last], contract.strike))
        if place >= last or table.strike[place] != contract.strike:
            return None
        return snapshot.row(place)


def _delivered_value(series: OptionSeries, price: float) -> float:
    """What an option delivers, USD per share of its strike; an adjusted one delivers other shares (RULES 6.4)."""
    delivered = series.deliverable.shares * price + to_usd(series.deliverable.cash)
    return delivered / series.strike_multiplier
