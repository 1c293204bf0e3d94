"""What becomes of shares that exercise or assignment left in a position: sold or bought back, or kept."""

from __future__ import annotations

from typing import Final, Literal

from engine.bus import Publish
from engine.events import DeliveriesCompleted, OrderRequested
from engine.execution.desk import OrderDesk
from engine.market import Market
from engine.model import Intent, Leg, Order, Position, Stock, TimeInForce
from engine.portfolio import PortfolioManager

DELIVERED_SHARES_TAG: Final = "delivered_shares"


class DeliveredShares:
    """Carries out the policy on delivered shares.

    With `liquidate`, a standing instruction closes what is left in shares of a position once everything that was
    delivered at one moment is in the book: the shares of a spread whose both legs were exercised cancel out first.
    It counts as decided when the delivery was, so that it fills at the next price of the shares.
    """

    def __init__(
        self,
        policy: Literal["liquidate", "keep"],
        portfolio: PortfolioManager,
        market: Market,
        desk: OrderDesk,
        publish: Publish,
    ) -> None:
        self._policy = policy
        self._portfolio = portfolio
        self._market = market
        self._desk = desk
        self._publish = publish

    def on_completed(self, event: DeliveriesCompleted) -> None:
        """Close the shares that are left, or leave them to the strategy."""
        if self._policy == "keep":
            return
        for position_id in event.position_ids:
            position = self._portfolio.positions.get(position_id)
            for leg in () if position is None else position.legs:
                if isinstance(leg.instrument, Stock) and position is not None:
                    close = Leg(leg.instrument, -leg.quantity)
                    self._publish(OrderRequested(self._market.now, self._order(position, close, event.decided_at)))

    def _order(self, position: Position, leg: Leg, decided_at: int) -> Order:
        return Order(
            order_id=self._desk.next_order_id(),
            strategy=position.strategy,
            intent=Intent.CLOSE,
            legs=(leg,),
            quantity=1,
            submitted_at=decided_at,
            position_id=position.position_id,
            time_in_force=TimeInForce.GTC,
            structure=position.structure,
            tag=DELIVERED_SHARES_TAG,
        )
