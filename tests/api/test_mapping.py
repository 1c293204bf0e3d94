import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from api.figures import figure
from api.mapping import summarise
from engine.events import InterestAccrued
from engine.fingerprint import summary_hash
from engine.marked_moves import MarkedMoves
from engine.metrics import statistics
from engine.metrics.trades import trade_statistics
from schemas.errors import InvalidSummary
from schemas.publication import check, publish
from schemas.sections.run import Artifacts
from schemas.summary import Summary
from tests.api.results import DATA, FACTS, RECORD, RESULT, STATISTICS, at, finished_run


def published(run: Any = None) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(publish(summarise(run or finished_run())))
    return document


def test_a_summary_validates_and_reads_back_as_the_same_summary() -> None:
    summary = summarise(finished_run())
    assert Summary.model_validate_json(publish(summary)) == summary


def test_money_is_exact() -> None:
    document = published()
    capital = document["capital"]
    assert {name: capital[name] for name in ("start_usd", "end_usd", "profit_usd", "min_net_liquidation_usd")} == {
        "start_usd": 100_000.0,
        "end_usd": 100_272.199999,
        "profit_usd": 272.199999,
        "min_net_liquidation_usd": 99_944.8,
    }
    assert (capital["max_margin_usd"], capital["lowest_buying_power_usd"]) == (9_000.0, 90_944.8)
    assert capital["max_net_liquidation_usd"] == 100_272.199999
    assert round(document["capital"]["end_usd"] * 1_000_000) == RESULT.totals.net_liquidation


def test_a_requirement_without_bound_is_null() -> None:
    endless = replace(RESULT, equity=(*RESULT.equity, RESULT.equity[-1]._replace(margin_requirement=None)))
    capital = published(replace(finished_run(), result=endless, statistics=statistics(endless)))["capital"]
    bound = ("max_margin_usd", "lowest_buying_power_usd", "max_margin_fraction", "return_on_max_margin")
    assert {capital[name] for name in bound} == {None}


def test_the_accounting_identity_is_exact_in_integers() -> None:
    section = published()["accounting"]
    explained = (
        section["initial_cash_micros"] + section["external_flows_micros"] + section["realised_micros"]
        + section["unrealised_micros"] + section["interest_micros"] + section["dividends_micros"]
        - section["fees_micros"]
    )  # fmt: skip
    assert section["balanced"]
    assert explained == section["net_liquidation_micros"] == RESULT.totals.net_liquidation
    broken = replace(RESULT.totals, realised=RESULT.totals.realised + 1)
    assert not published(finished_run(totals=broken))["accounting"]["balanced"]


def test_figures_are_rounded_and_finite() -> None:
    returns = published()["returns"]
    assert {name: returns[name] for name in ("total", "volatility", "sharpe", "sortino")} == {
        "total": 0.002721999999,
        "volatility": 0.123456789012,
        "sharpe": None,
        "sortino": 0,
    }
    assert str(figure(-0.0)) == "0.0"


def test_the_causes_of_the_profit_are_exact_and_stand_by_structure() -> None:
    section = published()["attribution"]
    assert {name: usd for name, usd in section["causes"].items() if usd} == {
        "spread_cost_usd": -12.5,
        "fees_usd": -5.2,
        "financing_usd": 1.000001,
    }
    assert section["by_structure"]["iron_condor"]["spread_cost_usd"] == -12.5
    assert section["by_strategy"]["condor"] == section["by_exit_reason"]["expiration"]
    assert section["by_strategy"]["condor"]["financing_usd"] == 0.0
    assert section["daily"] == {"position_days": 0, "unexplained_fraction": None, "higher_order_fraction": None}


def test_settlements_say_which_are_proxies() -> None:
    section = published()["settlements"]
    assert (section["count"], section["proxies"]) == (2, 1)
    assert section["by_source"] == {"last_before_settlement": 1, "official": 1}
    assert section["settled"][0] == {
        "root": "SPXW",
        "settles_at": "2019-05-10T20:45:00Z",
        "settled_at": "2019-05-13T19:45:00Z",
        "price": 2881.4,
        "source": "last_before_settlement",
        "settlement_proxy": True,
        "priced_at": "2019-05-09T19:45:00Z",
        "contracts": 4,
    }


def test_marks_that_are_no_quote_are_counted() -> None:
    section = published()["marks"]
    assert (section["count"], section["not_two_sided"], section["by_source"]["half_ask"]) == (20, 2, 2)


def test_the_funnel_says_where_entries_ended() -> None:
    assert published()["funnel"]["condor"] == {
        "stages": [
            {"stage": "entry_instant", "passed": 9, "declined": {}},
            {"stage": "signal", "passed": 2, "declined": {"undefined:trend": 7}},
        ],
        "opened": 2,
    }


def test_trades_are_grouped_by_exit_reason() -> None:
    section = published()["trades"]
    assert section["by_exit_reason"] == {
        "expiration": {"count": 1, "profit_usd": 324.8},
        "open_at_end": {"count": 1, "profit_usd": -52.600001},
    }
    assert section["left_open_legs"] == ["SPXW  190510P02700000"]


def test_assumptions_name_the_parts_and_the_choices() -> None:
    section = published()["assumptions"]
    assert section["fill_model"] == "spread_fraction(0.75, 0.66, 0.56, 0.53)"
    assert section["sizing"] == {"condor": "percent_at_risk(percent=5)"}
    assert section["fill_timing"] == "next_snapshot"
    assert section["time_assumed"] is True
    assert section["settlement_source"].startswith("no official values given; proxy, flagged")


# --- warnings ---------------------------------------------------------------------------------------------------


def test_warnings_name_what_weakens_the_result() -> None:
    warnings = published()["warnings"]
    assert warnings == [
        "Few trades (2): averages and ratios over so few say little.",
        "2 of 23 sessions have no data: 2019-05-10, 2019-05-17.",
        "Chains that repeat the previous session's, on which nothing fills: 2019-05-24.",
        "SPX_20190527.csv.gz: 11000 rows of SPX dated 2019-05-27 were left out: no session on that date.",
        "The data brings no time of day; quotes are assumed to be 15 minutes before the close of each session.",
        "1 of 2 settlements used a proxy for the settlement value: SPXW of 2019-05-10; give official values with "
        "data.settlement_values.",
        "2 of 20 marks (10.0%) are no trustworthy two-sided quote.",
        "86% of what trades made and lost belongs to trades (1 of 2) that rest on a price that deserves less trust: "
        "proxy settlement (1).",
        "Long legs that found no bid when the rest was closed, and stayed open: SPXW  190510P02700000.",
        "Trades open at the end of the run: 1, with -52.60 USD at their last mark. They are in the profit, but not in "
        "win rate, profit factor and averages, which are of closed trades.",
        "The sign of the result depends on the fills: +300.00 USD at mid, -10.00 USD at the touch.",
    ]


def test_t37_a_run_on_data_of_survivors_says_so() -> None:
    run = finished_run()
    data = replace(run.data, facts=replace(run.data.facts, survivors_only=("SPX",)))
    assert published(replace(run, data=data))["warnings"][4] == (
        "Nothing of SPX expires in the range, which has a standard expiration: the data may hold only what was still "
        "listed at its end, and results on survivors say little."
    )


def test_moves_on_marks_that_are_no_quote_and_fills_beyond_the_shown_size_are_warned_of() -> None:
    capacity = replace(STATISTICS.capacity, largest_of_size=3.2, tightest_symbol="SPXW  190510P02850000")
    run = replace(finished_run(moves=MarkedMoves(10, 4, 1_000, 500)), statistics=replace(STATISTICS, capacity=capacity))
    warnings = published(run)["warnings"]
    assert "50% of the account's moves begin or end at a mark that is no trustworthy two-sided quote." in warnings
    assert warnings[-1] == (
        "Fills are larger than the size that was shown, up to 3.2 times (SPXW  190510P02850000); execution.shown_size "
        "minds it."
    )
    assert published(finished_run(moves=MarkedMoves(10, 4, 1_000, 499)))["warnings"] == published()["warnings"]


def test_what_the_result_rests_on_is_published_by_what_it_touches() -> None:
    section = published(finished_run(moves=MarkedMoves(10, 4, 1_000_000, 500_000)))["trust"]
    moved = 324.8 + 52.600001
    assert (
        section["proxy_settlements"]
        == section["touched"]
        == {
            "trades": 1,
            "trades_fraction": 0.5,
            "profit_usd": 324.8,
            "moved_usd": 324.8,
            "moved_fraction": pytest.approx(324.8 / moved),
        }
    )
    assert (section["entry_quotes"], section["model_quotes"]["trades"]) == ({}, 0)
    assert section["curve"] == {
        "marks": 10,
        "unquoted": 4,
        "moved_usd": 1.0,
        "unquoted_usd": 0.5,
        "unquoted_fraction": 0.5,
    }


def test_interest_on_debits_and_fees_of_borrowed_shares_are_told_apart() -> None:
    accrued = [(-3_000_000, "debit"), (-2_000_000, "borrowed SPY"), (-1_000_000, "borrowed QQQ"), (500_000, "cash")]
    costs = published(finished_run(event_log=tuple(InterestAccrued(at(2), *one) for one in accrued)))["costs"]
    told = {name: costs[name] for name in ("financing_usd", "debit_interest_usd", "borrow_usd", "interest_earned_usd")}
    assert told == {
        "financing_usd": 6.0,
        "debit_interest_usd": 3.0,
        "borrow_usd": 3.0,
        "interest_earned_usd": 0.5,
    }


def test_a_strategy_without_trades_says_why() -> None:
    run = replace(finished_run(trades=()), statistics=replace(STATISTICS, trades=trade_statistics((), 0)))
    assert published(run)["warnings"][0] == (
        "Strategy condor opened no trade; most frequent reasons: signal: undefined:trend (7), max_open_positions (3)."
    )


def test_an_interrupted_run_says_so_first() -> None:
    document = published(finished_run(interrupted=True))
    assert document["run"]["status"] == "interrupted"
    assert document["warnings"][0].startswith("The run was interrupted: this covers up to 2019-05-15")


# --- the hash ---------------------------------------------------------------------------------------------------


def test_two_runs_of_the_same_thing_have_one_summary_hash() -> None:
    start, end = datetime(2027, 1, 1, tzinfo=UTC), datetime(2027, 1, 2, tzinfo=UTC)
    later = replace(
        RECORD, id="b2", created=start, started=start, finished=end, python="3.13.1", platform="Darwin arm64"
    )
    one = summarise(finished_run())
    other = summarise(replace(finished_run(), record=later), Artifacts(trades="elsewhere.csv"))
    assert one.summary_hash == other.summary_hash == summary_hash(json.loads(one.model_dump_json()))


@pytest.mark.parametrize(
    "change",
    [
        {"data": replace(DATA, facts=replace(FACTS, snapshots=22))},
        {"statistics": replace(STATISTICS, returns=replace(STATISTICS.returns, sharpe=1.0))},
        {"record": replace(RECORD, engine_version="0.1.1")},
        {"result": replace(RESULT, event_log_hash="ac" * 32)},
    ],
)
def test_any_other_difference_changes_the_hash(change: dict[str, Any]) -> None:
    assert summarise(replace(finished_run(), **change)).summary_hash != summarise(finished_run()).summary_hash


# --- the gate ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("section", "field", "value", "message"),
    [
        ("capital", "end_usd", "much", "capital.end_usd: 'much' is not of type 'number'"),
        ("trades", "winners", -1, "trades.winners: -1 is less than the minimum of 0"),
        ("data", "start", "25 April", "data.start: '25 April' is not a 'date'"),
        ("capital", "ende_usd", 1, "capital: Additional properties are not allowed ('ende_usd' was unexpected)"),
    ],
)
def test_a_summary_that_breaks_its_schema_does_not_pass(section: str, field: str, value: object, message: str) -> None:
    document = published()
    document[section][field] = value
    with pytest.raises(InvalidSummary) as caught:
        check(document)
    assert str(caught.value) == message


def test_every_field_is_required() -> None:
    document = published()
    for section in list(document):
        with pytest.raises(InvalidSummary, match=f"'{section}' is a required property"):
            check({key: value for key, value in document.items() if key != section})


def test_a_summary_that_was_changed_afterwards_does_not_pass() -> None:
    document = published()
    document["capital"]["end_usd"] += 0.01
    with pytest.raises(InvalidSummary, match="summary_hash: does not match the content"):
        check(document)
