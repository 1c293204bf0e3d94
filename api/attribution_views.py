"""What the summary says of the causes of the profit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

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
    """Causes of the whole run and of the trades of each structure."""
    total = attribution.total
    by_structure: dict[str, list[Amounts]] = {}
    for trade in trades:
        if trade.position_id in attribution.by_position:
            by_structure.setdefault(trade.structure, []).append(attribution.by_position[trade.position_id])
    return Attribution(
        causes=_causes(total),
        steps=Steps(
            time_usd=to_usd(total[Component.THETA]),
            spot_usd=to_usd(sum(total[part] for part in _SPOT)),
            volatility_usd=to_usd(sum(total[part] for part in _VOLATILITY)),
        ),
        by_structure={name: _causes(components.added(found)) for name, found in sorted(by_structure.items())},
        daily=_explained(attribution.daily),
        after_gaps=_explained(attribution.after_gaps),
    )


def _causes(amounts: Amounts) -> Causes:
    return Causes(**{f"{component.value}_usd": to_usd(amount) for component, amount in amounts.items()})


def _explained(quality: components.Quality) -> Explained:
    return Explained(
        position_days=quality.position_days,
        unexplained_fraction=figure(quality.unexplained_fraction),
        higher_order_fraction=figure(quality.higher_order_fraction),
    )
