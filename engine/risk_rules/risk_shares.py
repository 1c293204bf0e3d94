"""Limits on what can be lost: by one trade, by everything together, and by what hangs together."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from engine.margin.maximum_loss import maximum_loss
from engine.model import NetLeg, NetLegs, Position, Refusal
from engine.money import Micros
from engine.risk_rules.exposure import Held
from engine.risk_rules.figures import dollars, number, percent_of
from engine.risk_rules.position_limits import expirations
from engine.risk_rules.rule import keeps
from engine.risk_rules.trade import Measures, Trade


@dataclass(frozen=True, slots=True)
class AtRisk:
    """A position and the most it can lose at expiration.

    Attributes:
        loss: exact, premium included, fees apart; None without bound.
    """

    position_id: int
    structure: str
    underlyings: frozenset[str]
    expirations: frozenset[date]
    loss: Micros | None


Kin = Callable[[AtRisk, AtRisk, Measures], bool]
"""Whether a position counts towards a limit on the risk of the position that a trade leads to."""


@dataclass(frozen=True, slots=True)
class RiskShare:
    """The most that kindred positions can lose together after the trade, in percent of net liquidation.

    A trade that does not raise that passes. Where one of them can lose without bound, a trade is refused.

    Attributes:
        what: whose risk it is, for the reason.
    """

    rule: str
    what: str
    percent: float
    kin: Kin

    def check(self, trade: Trade) -> Refusal | None:
        held = [_of_position(position) for position in trade.before.account.positions]
        changed = _after(trade)
        measures = trade.before.measures
        others = [one for one in held if one.position_id != changed.position_id and self.kin(changed, one, measures)]
        before = [one for one in held if one.position_id == changed.position_id]
        risk, risk_before = _sum([*others, changed]), _sum([*others, *before])
        if risk is None:
            reason = f"the risk of {self.what} would have no bound, limit {number(self.percent)} %"
            return Refusal(self.rule, reason, None, self.percent)
        equity = trade.before.account.net_liquidation
        share = percent_of(risk, equity)
        if keeps(share, self.percent) or (risk_before is not None and risk <= risk_before):
            return None
        reason = (
            f"{self.what} would risk {dollars(risk)}, {number(share)} % of a net liquidation of {dollars(equity)}, "
            f"limit {number(self.percent)} %"
        )
        return Refusal(self.rule, reason, share, self.percent)


def itself_only(changed: AtRisk, other: AtRisk, measures: Measures) -> bool:
    """No other position."""
    return False


def every_position(changed: AtRisk, other: AtRisk, measures: Measures) -> bool:
    """Any other position."""
    return True


def shares_underlying(changed: AtRisk, other: AtRisk, measures: Measures) -> bool:
    """Positions on the same underlying."""
    return bool(changed.underlyings & other.underlyings)


def shares_expiration(changed: AtRisk, other: AtRisk, measures: Measures) -> bool:
    """Positions with a leg of the same expiration date."""
    return bool(changed.expirations & other.expirations)


def shares_structure(changed: AtRisk, other: AtRisk, measures: Measures) -> bool:
    """Positions of the same structure, as their strategies call it."""
    return changed.structure == other.structure


def moves_together(above: float) -> Kin:
    """Positions on the same underlying, or on one whose daily returns correlate more than this."""

    def kin(changed: AtRisk, other: AtRisk, measures: Measures) -> bool:
        return any(
            one == two or ((correlation := measures.correlation(one, two)) is not None and correlation > above)
            for one in sorted(changed.underlyings)
            for two in sorted(other.underlyings)
        )

    return kin


def _of_position(position: Position) -> AtRisk:
    legs = [NetLeg(leg.instrument, leg.quantity) for leg in position.legs]
    received = -sum(leg.cost_basis for leg in position.legs)
    return _at_risk(position.position_id, position.structure, legs, received)


def _after(trade: Trade) -> AtRisk:
    """The position that a trade opens, or what it makes of the one it adds to."""
    target = trade.order.target_position
    held = next((one for one in trade.before.account.positions if one.position_id == target), None)
    if held is None:
        return _at_risk(target, trade.order.structure, trade.legs, trade.cash)
    received = trade.cash - sum(leg.cost_basis for leg in held.legs)
    return _at_risk(target, held.structure, NetLegs.of((*held.legs, *trade.legs)), received)


def _at_risk(position_id: int, structure: str, legs: Iterable[Held], received: Micros) -> AtRisk:
    book = [NetLeg(leg.instrument, leg.quantity) for leg in legs]
    return AtRisk(
        position_id,
        structure,
        frozenset(leg.instrument.underlying for leg in book),
        frozenset(expirations(leg.instrument for leg in book)),
        maximum_loss(book, received),
    )


def _sum(positions: Iterable[AtRisk]) -> Micros | None:
    losses = [one.loss for one in positions]
    known = [loss for loss in losses if loss is not None]
    return sum(known) if len(known) == len(losses) else None
