"""What became of the orders of a run."""

from __future__ import annotations

from schemas.sections.base import Count, Hash, Section


class Orders(Section):
    """Every order that was requested, by its end; what the end of the run closes at the touch is no order.

    Source: the broker's records, `orders.csv`.
    """

    count: Count
    """Orders requested."""
    filled: Count
    """Those that filled as they were approved."""
    cancelled: Count
    """Withdrawn, replaced, out of time, or resting at the end of the run; some after they had filled in part."""
    refused: Count
    """Those that risk or margin refused."""
    filled_in_part: Count
    """Orders that ended after some of their packages had traded, and not all."""
    model_priced_fills: Count
    """Fills of which a leg traded at a model's value, not at its quote."""
    list_hash: Hash
    """Hash of all orders with their ends."""
