"""What the summary says of the causes of the profit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from api.figures import figure
from engine.attribution import components
from engine.attribution.components import Component
from engine.money import Micros, to_usd
from engine.result import Trade
from schemas.sections.attribution import Attribution, Causes, Explained, Steps

Amounts = Mapping[Component, Micros]
_SPOT = (Component.DELTA, Component.GAMMA, Component.SPOT_HIGHER_ORDER)
_VOLATILITY = (Component.VEGA, Component.VANNA, Component.VOLGA, Component.VOLATILITY_HIGHER_ORDER)


def attribution_section(attribution: components.Attribution, trades: Iterable[Trade]) -> Attribution:
    """Causes of the whole run, and of its trades by strategy, structure and exit reason."""
    total = attribution.total
    moved = [
        (trade, found) for trade in trades if (found := attribution.by_position.get(trade.position_id)) is not None
    ]
    return Attribution(
        causes=causes_of(total),
        steps=Steps(
            time_usd=to_usd(total[Component.THETA]),
            spot_usd=to_usd(sum(total[part] for part in _SPOT)),
            volatility_usd=to_usd(sum(total[part] for part in _VOLATILITY)),
            rate_usd=to_usd(total[Component.RHO]),
        ),
        by_strategy=_by(moved, lambda trade: trade.strategy),
        by_structure=_by(moved, lambda trade: trade.structure),
        by_exit_reason=_by(moved, lambda trade: trade.exit_reason),
        daily=_explained(attribution.daily),
        after_gaps=_explained(attribution.after_gaps),
    )


def causes_of(amounts: Amounts) -> Causes:
    """Amounts by component, as they are published."""
    return Causes(**{f"{component.value}_usd": to_usd(amount) for component, amount in amounts.items()})


def _by(moved: Iterable[tuple[Trade, Amounts]], name_of: Callable[[Trade], str]) -> dict[str, Causes]:
    members: dict[str, list[Amounts]] = {}
    for trade, amounts in moved:
        members.setdefault(name_of(trade), []).append(amounts)
    return {name: causes_of(components.added(members[name])) for name in sorted(members)}


def _explained(quality: components.Quality) -> Explained:
    return Explained(
        position_days=quality.position_days,
        unexplained_fraction=figure(quality.unexplained_fraction),
        higher_order_fraction=figure(quality.higher_order_fraction),
    )
