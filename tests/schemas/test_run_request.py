import json
from datetime import date
from pathlib import Path

import pytest

from engine.config import MidFills, RunConfig, SpreadFractionFills
from engine.strategies.spec import (
    DeclarativeStrategy,
    DeltaTarget,
    FixedContracts,
    LegSpec,
    NetDeltaBudget,
    PercentAtRisk,
)
from schemas.errors import InvalidConfiguration, UnreadableDocument
from schemas.run_request import configuration_document, load_run_request, parse_run_request
from tests.schemas.examples import CONDOR, changed, line_of


def problems(text: str, *settings: str) -> list[str]:
    with pytest.raises(InvalidConfiguration) as caught:
        parse_run_request(text, "run.yaml", settings)
    assert all("\n" not in str(problem) for problem in caught.value.problems)
    return [str(problem) for problem in caught.value.problems]


def config_of(text: str, *settings: str) -> RunConfig:
    return parse_run_request(text, "run.yaml", settings).config


def test_a_valid_configuration_is_typed() -> None:
    config = config_of(CONDOR)
    strategy = config.strategies[0]
    assert (config.start, config.data.underlyings, config.seed) == (date(2019, 4, 25), ("SPX",), 0)
    assert isinstance(strategy, DeclarativeStrategy)
    assert strategy.sizing == PercentAtRisk(percent=5)
    assert isinstance(strategy.legs[1], LegSpec)
    assert strategy.legs[1].delta == DeltaTarget(target=0.16)


def test_the_document_of_a_configuration_reads_back_as_the_same_configuration() -> None:
    config = config_of(CONDOR)
    assert config_of(json.dumps(configuration_document(config))) == config


def test_relative_paths_start_from_the_folder_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "run.yaml"
    file.write_text(CONDOR)
    assert load_run_request(file).base == tmp_path


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("profit_target_percent", "profit_target_pct", "strategies[0].exit.profit_target_pct: unknown key; did you "
         "mean 'profit_target_percent'?"),
        ("iron_condor", "iron_condr", "strategies[0].structure: unknown structure 'iron_condr': did you mean "
         "'iron_condor'? docs/structures.md lists them all"),
        ("structure: iron", "structur: iron", "strategies[0].structur: unknown key; did you mean 'structure'?"),
        ("kind: percent_at_risk", "kind: percent_risk", "strategies[0].sizing.kind: unknown kind 'percent_risk'; did "
         "you mean 'percent_at_risk'? (valid kinds: percent_at_risk, percent_of_margin, percent_of_equity, "
         "fixed_contracts, stress_budget, net_vega_budget, net_delta_budget, net_gamma_budget, net_theta_budget, "
         "kelly)"),
        ("percent: 5}", "percent: 500}", "strategies[0].sizing.percent: expected a value less than or equal to 100, "
         "got 500"),
        ("side: buy", "side: bye", "strategies[0].legs[0].side: unknown value 'bye'; did you mean 'buy'? (valid "
         "values: buy, sell)"),
        ("end: 2019-05-28", "end: soon", "end: expected a date YYYY-MM-DD, got 'soon'"),
        ("end: 2019-05-28", "end: 2019-04-24", "end: lies before start (2019-04-25); expected start <= end"),
        ("target: 0.05", "target: '0.05'", "strategies[0].legs[0].delta.target: expected a number, got '0.05'"),
        ("dte: 7", "dte: 7.5", "strategies[0].exit.dte: expected a whole number, got 7.5"),
        ("dte: 7", "dte: yes", "strategies[0].exit.dte: expected a whole number, got 'yes'"),
        ("dte: 7", "dte: true", "strategies[0].exit.dte: expected a whole number, got true"),
        ("dte: 7", "dte: .nan", "strategies[0].exit.dte: expected a finite number"),
        ("dte: 7", "dte: !python/object 7", "strategies[0].exit.dte: tag !python/object is not supported; write the "
         "value without it"),
        ("[SPX]\nsignals", "SPX\nsignals", "data.underlyings: expected a list, got 'SPX'"),
        ("[SPX]\nsignals", "[]\nsignals", "data.underlyings: expected a list with at least 1 item, got a list"),
        ("name: trend", "name: ''", "signals[0].name: expected text that is not empty, got ''"),
        ("expiration: near", "expiration: neer", "strategies[0].legs[0].expiration: leg 'long_put': unknown expiration "
         "'neer': did you mean 'near'? valid: near"),
        ("signal: trend", "signal: trand", "strategies[0].entry.conditions[0].signal: unknown signal 'trand'; did you "
         "mean 'trend'?"),
        (", above: 0}", "}", "strategies[0].entry.conditions[0]: the condition on signal 'trend' needs `above`, "
         "`below`, or both"),
        ("above: 0}", "above: 2, below: 1}", "strategies[0].entry.conditions[0]: signal 'trend' cannot be above "
         "2.0 and below 1.0"),
        ("target_dte: 30", "target_dte: 10", "strategies[0].expirations.near: target_dte 10 must lie between min_dte "
         "20 and max_dte 45"),
        ("{target: 0.05}", "{target: 0.05, minimum: 0.1}", "strategies[0].legs[0].delta: target 0.05 must lie "
         "between minimum 0.1 and maximum 1.0"),
        ("underlying: SPX, p", "underlying: SPY, p", "signals[0].underlying: 'SPY' is not among data.underlyings or "
         "data.bars; did you mean 'SPX'?"),
    ],
)  # fmt: skip
def test_one_mistake_is_one_line_that_names_file_line_path_and_remedy(old: str, new: str, message: str) -> None:
    assert problems(changed(old, new)) == [f"run.yaml:{line_of(old, CONDOR)}: {message}"]


def test_what_a_strategy_says_about_itself_stands_where_the_strategy_begins() -> None:
    assert problems(changed("name: short_put", "name: long_put")) == [
        "run.yaml:9: strategies[0]: two legs are named 'long_put'; leg names are unique"
    ]


def test_every_problem_is_reported_in_the_order_of_the_document() -> None:
    text = changed("dte: 7", "dtte: 7", changed("name: condor\nstart", "seeed: 1\nname: condor\nstart"))
    found = problems(text)
    assert [one.split(": ")[1] for one in found] == ["seeed", "strategies[0].exit.dtte"]
    with pytest.raises(InvalidConfiguration, match=r"\(and 1 more problem; `ironfly validate` lists all\)$"):
        parse_run_request(text)


def test_names_of_strategies_and_signals_must_differ() -> None:
    text = changed("signals:\n", "signals:\n  - {name: trend, kind: iv_rank, underlying: SPX}\n")
    assert problems(text) == ["run.yaml:8: signals[1].name: signal 'trend' stands twice (first at item 0); rename one"]


def test_a_benchmark_is_a_market_of_the_run_or_a_file() -> None:
    text = changed("name: condor\nstart", "benchmark: {symbol: SPY}\nname: condor\nstart")
    assert problems(text) == [
        "run.yaml:1: benchmark.symbol: 'SPY' is not among data.underlyings and data.bars; did you mean 'SPX'?"
    ]
    text = changed("name: condor\nstart", "benchmark: {symbol: SPX, file: x.csv}\nname: condor\nstart")
    assert problems(text) == ["run.yaml:1: benchmark: names a symbol and a file; keep one of them"]


# --- choices by kind --------------------------------------------------------------------------------------------


def test_the_index_of_betas_needs_prices() -> None:
    text = changed("execution:", "risk: {beta: {index: SPY}}\nexecution:")
    (problem,) = problems(text)
    assert "risk.beta.index: 'SPY' is not among data.underlyings and data.bars; did you mean 'SPX'?" in problem
    with_bars = changed("underlyings: [SPX]", "underlyings: [SPX]\n  bars: [{symbol: SPY}]", text)
    assert config_of(with_bars).risk.beta is not None


def test_only_the_member_that_is_meant_reports_problems() -> None:
    text = changed("{kind: percent_at_risk, percent: 5}", "{kind: net_delta_budget, percent: 5}")
    assert problems(text) == [
        "run.yaml:24: strategies[0].sizing: required key 'delta_shares' is missing",
        "run.yaml:24: strategies[0].sizing.percent: unknown key for kind 'net_delta_budget'; 'percent' belongs to "
        "`kind: percent_at_risk`",
    ]


def test_without_a_kind_the_member_that_knows_the_keys_is_meant() -> None:
    assert problems(changed("{kind: percent_at_risk, percent: 5}", "{contracts: 0}")) == [
        "run.yaml:24: strategies[0].sizing.contracts: expected a value greater than or equal to 1, got 0"
    ]
    strategy = config_of(changed("kind: percent_at_risk, percent: 5", "delta_shares: 5")).strategies[0]
    assert isinstance(strategy, DeclarativeStrategy)
    assert strategy.sizing == NetDeltaBudget(delta_shares=5)


def test_a_programmed_strategy_needs_its_kind() -> None:
    found = problems(changed("    structure: iron_condor\n", "    source: my.py:Mine\n"))
    assert "strategies[0].source: unknown key for kind 'declarative'; 'source' belongs to `kind: python`" in found[-1]


def test_a_list_where_a_choice_belongs() -> None:
    assert problems(changed("{kind: spread_fraction}", "[mid]")) == [
        "run.yaml:26: execution.fills: expected a mapping with a `kind` of spread_fraction, mid, touch, "
        "mid_slippage, square_root_impact, model_price, got a list"
    ]


# --- documents --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "run.yaml: is empty; a configuration is a mapping, e.g. `name: my_run`"),
        ("[1, 2]", "run.yaml: holds a list; a configuration is a mapping, e.g. `name: my_run`"),
        ("a: [1", "run.yaml:1:6: is not valid YAML: expected ',' or ']', but got '<stream end>'"),
        ("a: 1\n\tb: 2", "run.yaml:2:1: is not valid YAML: found character '\\t'"),
        ("a: 1\na: 2", 'run.yaml:2:1: is not valid YAML: found duplicate key "a"; keep one of the two'),
        ("a: 1\n---\nb: 2", "run.yaml:2:1: is not valid YAML: but found another document"),
    ],
)
def test_malformed_yaml_names_line_and_column(text: str, message: str) -> None:
    with pytest.raises(UnreadableDocument) as caught:
        parse_run_request(text, "run.yaml")
    assert str(caught.value).startswith(message)
    assert "\n" not in str(caught.value)


def test_a_few_lines_of_aliases_do_not_fill_the_memory() -> None:
    rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    rows += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]
    with pytest.raises(UnreadableDocument, match="expand without end"):
        parse_run_request("\n".join(rows))


def test_a_file_that_is_absent_or_no_text(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocument, match=r"none\.yaml: no such file; check the path"):
        load_run_request(tmp_path / "none.yaml")
    (tmp_path / "bytes.yaml").write_bytes(b"name: \xff")
    with pytest.raises(UnreadableDocument, match="byte 6 is not UTF-8"):
        load_run_request(tmp_path / "bytes.yaml")


# --- overrides --------------------------------------------------------------------------------------------------


def test_overrides_replace_and_add_values_before_validation() -> None:
    config = config_of(
        CONDOR,
        "execution.fills.kind=mid",
        "strategies.0.exit.dte=21",
        "strategies[0].sizing={}",
        "risk.limits.max_open_positions=3",
        "strategies.0.expirations.near.roots=[SPX, SPXW]",
        "end=2019-05-20",
        "strategies.0.exit.profit_target_percent=null",
    )
    strategy = config.strategies[0]
    assert isinstance(strategy, DeclarativeStrategy)
    assert config.execution.fills == MidFills(kind="mid")
    assert (strategy.exit.dte, strategy.exit.profit_target_percent, strategy.sizing) == (21, None, FixedContracts())
    assert config.risk.limits.max_open_positions == 3
    assert strategy.expirations["near"].roots == ("SPX", "SPXW")
    assert config.end == date(2019, 5, 20)


def test_a_key_of_a_member_can_be_set_where_the_file_says_nothing() -> None:
    config = config_of(CONDOR, "execution.fills={}", "execution.fills.fraction_by_legs=[1, 1, 1, 1]")
    assert config.execution.fills == SpreadFractionFills(fraction_by_legs=(1.0, 1.0, 1.0, 1.0))


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ("execut.fills.kind=mid", "execut: unknown key; did you mean 'execution'?"),
        ("strategies.0.exit.dt=4", "strategies[0].exit.dt: unknown key; did you mean 'dte'?"),
        ("strategies.1.exit.dte=4", "strategies[1]: no such item; the list has 1, numbered from 0"),
        ("strategies.0.name.x=4", "strategies[0].name: is a single value, so nothing can be set inside it; set "
         "strategies[0].name itself"),
        ("execution.fills.kind=mdi", "execution.fills.kind: unknown kind 'mdi'; did you mean 'mid'? (valid kinds: mid, "
         "model_price, mid_slippage, spread_fraction, square_root_impact, touch)"),
        ("strategies.0.exit.dte=x", "strategies[0].exit.dte: expected a whole number, got 'x'"),
        ("seed", "expected path=value, e.g. --set execution.fills.kind=mid"),
        ("seed.=4", "expected path=value, e.g. --set execution.fills.kind=mid"),
        ("seed=.inf", "expected a finite number"),
    ],
)  # fmt: skip
def test_a_wrong_override_is_named_as_it_was_typed(setting: str, message: str) -> None:
    assert problems(CONDOR, setting) == [f"--set {setting}: {message}"]


def test_an_override_whose_value_is_no_yaml() -> None:
    assert problems(CONDOR, "name=[")[0].startswith("--set name=[: the value is no YAML")
