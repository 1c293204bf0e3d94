"""What roots say about their contracts."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from data.roots import INDEX_ROOTS, TICK_CLASSES, root_facts
from engine.model import Deliverable, ExerciseStyle, SettlementMethod, SettlementSession, UnderlyingKind


def test_every_price_of_the_tick_oracle_has_its_increment(reference_data: Path) -> None:
    with (reference_data / "oracle" / "tick_rules.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 53
    for row in rows:
        increment = TICK_CLASSES[row["tick_class"]].increment(float(row["price"]))
        assert Decimal(str(increment)) == Decimal(row["increment_at_price"]), row
        on_tick = Decimal(row["price"]) > 0 and Decimal(row["price"]) % Decimal(str(increment)) == 0
        assert on_tick == (row["valid"] == "1"), row


@pytest.mark.parametrize(
    ("root", "underlying", "session"),
    [
        ("SPX", "SPX", "am"),
        ("SPXW", "SPX", "pm"),
        ("XSP", "XSP", "pm"),
        ("NDX", "NDX", "am"),
        ("NDXP", "NDX", "pm"),
        ("RUT", "RUT", "am"),
        ("RUTW", "RUT", "pm"),
        ("VIX", "VIX", "am"),
        ("VIXW", "VIX", "am"),
    ],
)
def test_index_options_are_european_settle_in_cash_and_have_their_session(
    root: str, underlying: str, session: str
) -> None:
    facts = root_facts(root)
    assert (facts.underlying, facts.session) == (underlying, SettlementSession(session))
    assert (facts.style, facts.settlement) == (ExerciseStyle.EUROPEAN, SettlementMethod.CASH)
    assert (facts.kind, facts.strike_multiplier) == (UnderlyingKind.INDEX, 100)


def test_the_net_of_an_spx_package_moves_in_nickels() -> None:
    assert root_facts("SPXW").ticks.package_usd == root_facts("SPX").ticks.package_usd == 0.05


def test_an_equity_is_american_physical_and_settles_at_the_close() -> None:
    facts = root_facts("AAPL")
    assert (facts.underlying, facts.kind, facts.style) == ("AAPL", UnderlyingKind.EQUITY, ExerciseStyle.AMERICAN)
    assert (facts.settlement, facts.session) == (SettlementMethod.PHYSICAL, SettlementSession.PM)


def test_spy_is_a_fund_that_trades_in_pennies_at_all_prices() -> None:
    assert root_facts("SPY").kind is UnderlyingKind.ETF
    assert root_facts("SPY").ticks.from_3_usd == 0.01
    assert root_facts("XYZ").ticks.from_3_usd == 0.05


def test_suffix_7_is_a_mini_and_other_suffixes_are_adjusted() -> None:
    mini, adjusted = root_facts("AAPL7"), root_facts("XYZ1")
    assert (mini.underlying, mini.strike_multiplier, mini.deliverable) == ("AAPL", 10, Deliverable(10))
    assert (mini.adjusted, adjusted.adjusted, adjusted.underlying) == (False, True, "XYZ")


def test_a_leading_digit_is_a_flex_series() -> None:
    assert root_facts("2SPY").flexible
    assert root_facts("2SPY").underlying == "SPY"


def test_an_unknown_root_takes_the_underlying_that_the_vendor_names() -> None:
    assert root_facts("JGA", "XSPX").underlying == "XSPX"


def test_the_table_names_each_root_by_itself() -> None:
    assert all(root == facts.root for root, facts in INDEX_ROOTS.items())
