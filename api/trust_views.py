"""What the summary says of the prices that the result rests on."""

from __future__ import annotations

from api.figures import figure
from engine import marked_moves
from engine.metrics import trust
from engine.metrics.trust import Reason, Share
from engine.money import to_usd
from schemas.sections.trust import MarkedMoves, Touched, Trust

_NOTHING = Share(0, 0, 0)


def trust_of(found: trust.Trust) -> Trust:
    """Shares of trades and of the curve, by what they touch."""

    def kinds(reason: Reason) -> dict[str, Touched]:
        return {kind: _touched(share, found.every) for kind, share in found.by_reason[reason].items()}

    def alone(reason: Reason) -> Touched:
        return _touched(found.by_reason[reason].get(reason, _NOTHING), found.every)

    return Trust(
        touched=_touched(found.touched, found.every),
        entry_quotes=kinds(Reason.ENTRY_QUOTE),
        exit_quotes=kinds(Reason.EXIT_QUOTE),
        last_marks=kinds(Reason.LAST_MARK),
        one_sided_fills=alone(Reason.ONE_SIDED_FILL),
        model_fills=alone(Reason.MODEL_FILL),
        proxy_settlements=alone(Reason.PROXY_SETTLEMENT),
        model_quotes=alone(Reason.MODEL_QUOTES),
        curve=_curve(found.curve),
    )


def _touched(share: Share, every: Share) -> Touched:
    return Touched(
        trades=share.trades,
        trades_fraction=figure(share.trades / every.trades) if every.trades else None,
        profit_usd=to_usd(share.profit),
        moved_usd=to_usd(share.moved),
        moved_fraction=figure(share.moved / every.moved) if every.moved else None,
    )


def _curve(curve: marked_moves.MarkedMoves) -> MarkedMoves:
    return MarkedMoves(
        marks=curve.marks,
        unquoted=curve.unquoted,
        moved_usd=to_usd(curve.moved),
        unquoted_usd=to_usd(curve.moved_unquoted),
        unquoted_fraction=figure(curve.moved_unquoted / curve.moved) if curve.moved else None,
    )
