"""Cost bases are conserved, whatever is traded in whatever order."""

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.cost_basis import traded
from engine.model import PositionLeg, Stock

SPY = Stock("SPY")


def test_adding_to_a_long_adds_its_cost() -> None:
    held, gain = traded(PositionLeg(SPY, 100, 300), SPY, 50, -200)
    assert (held, gain) == (PositionLeg(SPY, 150, 500), 0)


def test_selling_part_realises_against_average_cost() -> None:
    held, gain = traded(PositionLeg(SPY, 100, 300), SPY, -50, 200)
    assert (held, gain) == (PositionLeg(SPY, 50, 150), 50)


def test_closing_all_leaves_nothing() -> None:
    assert traded(PositionLeg(SPY, -2, -500), SPY, 2, -300) == (None, 200)


def test_selling_more_than_is_held_opens_a_short_at_the_price_of_the_sale() -> None:
    held, gain = traded(PositionLeg(SPY, 1, 100), SPY, -3, 360)
    assert (held, gain) == (PositionLeg(SPY, -2, -240), 20)


trades = st.lists(
    st.tuples(st.integers(-9, 9).filter(bool), st.integers(0, 10**9)).map(lambda t: (t[0], t[1])), min_size=1
)


@settings(max_examples=500)
@given(trades)
def test_cash_is_realised_profit_less_what_is_still_held_at_cost(fills: list[tuple[int, int]]) -> None:
    """T15: nothing is created or lost between the two books, to the micro-dollar."""
    held: PositionLeg | None = None
    cash = realised = quantity = 0
    for size, price in fills:
        held, gain = traded(held, SPY, size, -size * price)
        cash, realised, quantity = cash - size * price, realised + gain, quantity + size
        assert (held.quantity if held else 0) == quantity
        assert cash == realised - (held.cost_basis if held else 0)
