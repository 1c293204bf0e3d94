"""Daily returns of a run, and quantstats' figures of them beside ours: alike where conventions are, told where not."""

from __future__ import annotations

from math import prod, sqrt
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from quantstats import stats

from api.runs import StoredRun, run
from api.runs.returns import daily_returns
from tests.api.small_market import configuration


@pytest.fixture(scope="module")
def condors(small_market: Path, tmp_path_factory: pytest.TempPathFactory) -> StoredRun:
    return run(configuration(), store=small_market, out=tmp_path_factory.mktemp("condors") / "run")


@pytest.fixture(scope="module")
def returns(condors: StoredRun) -> pd.Series[float]:
    return condors.returns()


@pytest.fixture(autouse=True)
def without_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks for an address fails."""

    def refuse(*_: Any, **__: Any) -> None:
        raise AssertionError("no figure needs the network")

    monkeypatch.setattr("socket.getaddrinfo", refuse)


def figures(of: StoredRun) -> dict[str, float]:
    """Ours, which are all defined here."""
    return {name: value for name, value in of.summary.returns if value is not None}


def equity(*points: tuple[str, float]) -> pd.DataFrame:
    at, growth = zip(*points, strict=True)
    return pd.DataFrame({"at": pd.to_datetime(list(at), utc=True), "growth_usd": growth})


# --- the series ------------------------------------------------------------------------------------------------------


def test_there_is_one_return_a_session_and_together_they_are_the_total(
    condors: StoredRun, returns: pd.Series[float]
) -> None:
    assert len(returns) == condors.summary.data.sessions.present
    assert returns.index.is_monotonic_increasing
    assert returns.index.dtype.kind == "M"
    assert condors.summary.returns.total == pytest.approx(prod(1 + value for value in returns) - 1, abs=1e-12)


def test_the_first_return_is_on_the_starting_capital_and_days_are_the_exchanges() -> None:
    curve = equity(
        ("2019-01-08T20:45Z", 90.0),
        ("2019-01-09T14:31Z", 91.0),
        ("2019-01-10T00:30Z", 99.0),
        ("2019-01-10T21:00Z", 99.0),
    )
    series = daily_returns(curve, 100.0)
    assert [str(day)[:10] for day in series.index] == ["2019-01-08", "2019-01-09", "2019-01-10"]
    assert list(series) == pytest.approx([-0.1, 0.1, 0.0])


def test_after_a_total_loss_there_are_no_more_returns() -> None:
    curve = equity(("2019-01-08T20:45Z", 50.0), ("2019-01-09T20:45Z", -10.0), ("2019-01-10T20:45Z", -12.0))
    assert list(daily_returns(curve, 100.0)) == pytest.approx([-0.5, -1.2])


# --- quantstats ------------------------------------------------------------------------------------------------------


def test_these_figures_are_the_same(condors: StoredRun, returns: pd.Series[float]) -> None:
    ours, drawdown = condors.summary.returns, condors.summary.drawdown
    same = {
        "total": (stats.comp(returns), ours.total),
        "volatility": (stats.volatility(returns), ours.volatility),
        "sharpe": (stats.sharpe(returns), ours.sharpe),
        "sortino": (stats.sortino(returns), ours.sortino),
        "omega": (stats.omega(returns), ours.omega),
        "tail_ratio": (stats.tail_ratio(returns), ours.tail_ratio),
        "value_at_risk": (stats.value_at_risk(returns), ours.var95_gaussian),
        "cvar": (stats.cvar(returns, method="historical"), ours.cvar95),
        "best": (stats.best(returns), ours.best_day),
        "worst": (stats.worst(returns), ours.worst_day),
        "profit_factor": (stats.profit_factor(returns), ours.profit_factor_daily),
        "payoff_ratio": (stats.payoff_ratio(returns), ours.payoff_ratio_daily),
        "max_drawdown": (stats.max_drawdown(returns), drawdown.max),
    }
    assert {name: theirs for name, (theirs, _) in same.items()} == pytest.approx(
        {name: own for name, (_, own) in same.items()}, rel=1e-9
    )


def test_growth_is_theirs_by_sessions_and_ours_by_the_calendar(condors: StoredRun, returns: pd.Series[float]) -> None:
    ours = figures(condors)
    total, sessions = prod(1 + value for value in returns), len(returns)
    span = condors.summary.run
    assert span.simulated_from is not None
    assert span.simulated_to is not None
    days = (span.simulated_to.date() - span.simulated_from.date()).days
    assert stats.cagr(returns) == pytest.approx(total ** (252 / sessions) - 1)
    assert ours["cagr"] == pytest.approx(total ** (365.25 / days) - 1)
    assert stats.calmar(returns) == pytest.approx(stats.cagr(returns) / -stats.max_drawdown(returns))
    assert ours["calmar"] == pytest.approx(ours["cagr"] / -stats.max_drawdown(returns))


def test_skewness_and_kurtosis_are_theirs_unbiased_and_excess(condors: StoredRun, returns: pd.Series[float]) -> None:
    ours, n = figures(condors), len(returns)
    assert stats.skew(returns) == pytest.approx(ours["skewness"] * sqrt(n * (n - 1)) / (n - 2))
    excess = (n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * (ours["kurtosis"] - 3) + 6)
    assert stats.kurtosis(returns) == pytest.approx(excess)


def test_they_leave_days_without_a_return_out_of_the_win_rate(condors: StoredRun, returns: pd.Series[float]) -> None:
    winners, still = int((returns > 0).sum()), int((returns == 0).sum())
    assert still > 0
    assert stats.win_rate(returns) == pytest.approx(winners / (len(returns) - still))
    assert figures(condors)["win_rate_daily"] == pytest.approx(winners / len(returns))


def test_their_ulcer_index_has_one_day_less_and_its_ratio_the_total_return(
    condors: StoredRun, returns: pd.Series[float]
) -> None:
    ours, n = figures(condors), len(returns)
    assert stats.ulcer_index(returns) == pytest.approx(ours["ulcer_index"] * sqrt(n / (n - 1)))
    assert stats.ulcer_performance_index(returns) == pytest.approx(ours["total"] / stats.ulcer_index(returns))
    assert ours["ulcer_performance_index"] == pytest.approx(ours["cagr"] / ours["ulcer_index"])


def test_their_var_is_gaussian_and_so_is_their_cvar_unless_told(condors: StoredRun, returns: pd.Series[float]) -> None:
    ours = figures(condors)
    assert ours["var95"] == pytest.approx(returns.quantile(0.05))
    assert stats.var(returns) == pytest.approx(ours["var95_gaussian"])
    # Mean of a normal distribution below its 5th percentile: 0.10313564 is its density there.
    assert stats.cvar(returns) == pytest.approx(returns.mean() - returns.std() * 0.10313564 / 0.05)


def test_their_recovery_factor_adds_up_returns_that_ours_compounds(
    condors: StoredRun, returns: pd.Series[float]
) -> None:
    deepest = -stats.max_drawdown(returns)
    assert stats.recovery_factor(returns) == pytest.approx(abs(returns.sum()) / deepest)
    assert condors.summary.drawdown.recovery_factor == pytest.approx(figures(condors)["total"] / deepest)
