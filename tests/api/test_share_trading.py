"""An index has no shares: what would need them is refused before the run, where it is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.share_trading import share_problems
from api.wiring import prepare
from engine.model import Underlying, UnderlyingKind
from schemas.errors import InvalidConfiguration, Problem
from schemas.run_request import load_run_request, parse_run_request
from tests.reference import REPOSITORY

CONFIGS = REPOSITORY / "configs"
KINDS = {
    "SPX": Underlying("SPX", UnderlyingKind.INDEX),
    "XFUND": Underlying("XFUND", UnderlyingKind.ETF),
    "XSTOCK": Underlying("XSTOCK", UnderlyingKind.EQUITY),
}


def problems(name: str, underlying: str) -> list[Problem]:
    text = (CONFIGS / f"{name}.yaml").read_text()
    told = text.replace("XSTOCK", underlying).replace("XFUND", underlying)
    return share_problems(parse_run_request(told, base=Path(CONFIGS)).config, KINDS)


@pytest.mark.parametrize(
    ("name", "path", "message"),
    [
        (
            "xstock_hedged_straddle",
            ("strategies", 0, "hedge", "using"),
            "SPX is an index and has no shares to hedge with; expected kind: options",
        ),
        (
            "xfund_wheel",
            ("strategies", 0, "underlying"),
            "SPX is an index: its options settle in cash and bring no shares; let the wheel trade a stock or a fund",
        ),
    ],
)
def test_an_index_has_no_shares(name: str, path: tuple[str | int, ...], message: str) -> None:
    assert problems(name, "SPX") == [Problem(path, message)]
    assert problems(name, "XFUND") == []


def test_strategies_of_options_alone_trade_an_index() -> None:
    assert share_problems(load_run_request(CONFIGS / "spx_rolled_strangle.yaml").config, KINDS) == []


def test_a_run_is_refused_before_it_begins(tmp_path: Path) -> None:
    text = (CONFIGS / "xstock_hedged_straddle.yaml").read_text().replace("XSTOCK", "SPX")
    short = text.replace("end: 2017-12-29", "end: 2017-01-04")
    with pytest.raises(InvalidConfiguration, match=r"hedge.using: SPX is an index and has no shares to hedge with"):
        prepare(parse_run_request(short), tmp_path / "store")
