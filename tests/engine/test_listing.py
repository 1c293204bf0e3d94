"""T21: a contract is known from its first quote on, unless the strategy named it by itself before the run."""

from datetime import date

import pytest

import engine.listing
from engine.errors import ConfigurationError
from engine.listing import Listing
from engine.model import ChainSnapshot
from engine.strategy import Strategy, StrategyContext
from tests.builders import chain, contract_table, new_york, put, series
from tests.engine.play import play

NEAR = series(date(2019, 5, 10))
TABLE = contract_table({NEAR: (2800, 2850)})
EARLY, LATE = put(TABLE, NEAR, 2800), put(TABLE, NEAR, 2850)
FIRST, SECOND, THIRD = (
    chain(TABLE, new_york(date(2019, 4, day), "15:45"), 2900.0, changes=changes)
    for day, changes in ((25, {LATE: None}), (26, {}), (29, {LATE: None}))
)


class Asking(Strategy):
    """Asks for the contracts of two symbols at every chain."""

    def __init__(self, **named: str) -> None:
        super().__init__("scripted", None)
        self.named = dict.fromkeys(named.values(), "here")
        self.known: list[list[str]] = []

    def named_symbols(self) -> dict[str, str]:
        return self.named

    def on_snapshot(self, context: StrategyContext, snapshot: ChainSnapshot) -> None:
        asked = [context.instrument(one.symbol) for one in (EARLY, LATE)]
        self.known.append([one.symbol for one in asked if one is not None])


def test_t21_a_contract_is_known_from_its_first_quote_on() -> None:
    asking = Asking()
    play([FIRST, SECOND, THIRD], {}, strategies=[asking])
    assert asking.known == [[EARLY.symbol], [EARLY.symbol, LATE.symbol], [EARLY.symbol, LATE.symbol]]


@pytest.mark.parametrize("most_waiting", [0, 5, 1_000])
def test_it_makes_no_difference_when_chains_are_read(monkeypatch: pytest.MonkeyPatch, most_waiting: int) -> None:
    monkeypatch.setattr(engine.listing, "_MOST_WAITING", most_waiting)
    listing = Listing(TABLE)
    for snapshot in (FIRST, FIRST, FIRST):
        listing.note(snapshot)
    assert (listing.named(EARLY.symbol), listing.named(LATE.symbol)) == (EARLY, None)
    for snapshot in (SECOND, THIRD, THIRD):
        listing.note(snapshot)
    assert (listing.named(EARLY.symbol), listing.named(LATE.symbol)) == (EARLY, LATE)


def test_what_a_strategy_names_by_itself_is_known_from_the_start() -> None:
    asking = Asking(own=LATE.symbol)
    play([FIRST, SECOND], {}, strategies=[asking])
    assert asking.known == [[EARLY.symbol, LATE.symbol]] * 2


def test_a_run_does_not_begin_where_the_data_never_quote_what_a_strategy_names() -> None:
    with pytest.raises(ConfigurationError, match=r"'scripted': here: SPXW  190510P09999000 is not in the data"):
        play([FIRST], {}, strategies=[Asking(own="SPXW  190510P09999000")])
