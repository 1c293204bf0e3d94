"""Runs to draw: a summary of the small run, and tables made by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

from api.runs import StoredRun, open_run
from engine.attribution.components import Component
from schemas.sections.curve import PeriodReturn, Periods, Window
from schemas.sections.risk import Greeks, Stress
from schemas.sections.trades import ExitReason
from schemas.summary import Summary
from tests.api.results import finished_run
from tests.api.written import written

SESSIONS: Final = pd.bdate_range("2019-01-02", periods=120)
CLOSES: Final = pd.Series(SESSIONS + pd.Timedelta(hours=21)).dt.tz_localize("UTC")
CAUSES: Final = [f"{cause}_usd" for cause in Component]
EXPOSED: Final = Greeks(
    delta_shares=-12.5, gamma_shares_per_point=-0.25, vega_usd_per_point=-1310.0, theta_usd_per_day=242.0
)


def small_run(folder: Path) -> StoredRun:
    """The small run that was made by hand."""
    return open_run(written(finished_run(), folder))


def with_tables(run: StoredRun, summary: Summary | None = None, **tables: pd.DataFrame) -> StoredRun:
    """The run with other tables, as if they had been read already."""
    changed = StoredRun(run.folder, summary or run.summary)
    changed.__dict__.update({name: getattr(run, name) for name in ("trades", "legs", "fills", "greeks", "funnel")})
    changed.__dict__.update({name: getattr(run, name) for name in ("equity", "attribution", "margin_calls")})
    changed.__dict__.update(tables)
    return changed


def full_run(folder: Path, trades: int = 40) -> StoredRun:
    """A run that every figure has something to show of: two strategies, margin calls, gaps, shocks."""
    small = small_run(folder)
    drawn = np.random.default_rng(7)
    table = _trades(small, drawn, trades)
    return with_tables(
        small,
        summary=full_summary(small.summary),
        trades=table,
        legs=_legs(table),
        fills=_fills(table),
        equity=equity_of(100_000.0 + np.cumsum(drawn.normal(50.0, 900.0, len(SESSIONS))), CLOSES),
        greeks=_greeks(drawn),
        attribution=_attribution(drawn),
        margin_calls=pd.DataFrame({"at": CLOSES[[30, 31, 80]].to_numpy(), "requirement_usd": [1.0, 2.0, np.nan]}),
        funnel=pd.DataFrame(
            {
                "stage": ["opened"] * trades + ["signal"] * 60 + ["risk"] * 3,
                "reason": [""] * trades
                + ["signal_not_above:iv_rank"] * 60
                + ["3 positions would be open, limit 2"] * 3,
            }
        ),
    )


def equity_of(values: Any, at: pd.Series[Any]) -> pd.DataFrame:
    """A table of the account's values; every fiftieth requirement has no bound."""
    margin = np.abs(np.asarray(values, np.float64)) * 0.3
    margin[49::50] = np.nan
    return pd.DataFrame(
        {"at": at.array, "net_liquidation_usd": values, "growth_usd": values, "margin_requirement_usd": margin}
    )


def full_summary(summary: Summary) -> Summary:
    """The small run's summary with months, windows, exits and shocks."""
    months = [
        PeriodReturn(year=year, month=month, sessions=20, total=((7 * month + year) % 5 - 2) / 50)
        for year in (2018, 2019)
        for month in range(1, 13)
    ]
    years = tuple(
        PeriodReturn(year=year, month=None, sessions=240, total=total) for year, total in ((2018, None), (2019, 0.1))
    )
    windows = tuple(
        Window(
            ends_on=day.date(),
            sessions=length,
            total=0.01 * place - 0.02,
            volatility=0.2,
            sharpe=1.5 - place,
            max_drawdown=-0.1,
        )
        for length in (63, 252)
        for place, day in enumerate(SESSIONS[::21])
    )
    exposure = summary.exposure.model_copy(
        update={
            "stress": Stress(
                spot_percent=(-10.0, 0.0, 10.0),
                volatility_points=(-5.0, 7.5),
                gains_usd=((-9000.0, -12000.0), (400.0, -300.0), (-2500.0, 1200.0)),
            ),
            "by_expiration": {"2019-05-31": EXPOSED, "shares": EXPOSED},
        }
    )
    exits = {
        "profit_target": ExitReason(count=20, profit_usd=12_000.0),
        'a "stop" <& more>': ExitReason(count=9, profit_usd=-15_500.5),
    }
    return summary.model_copy(
        update={
            "periods": Periods(
                **{
                    **summary.periods.model_dump(),
                    "months": tuple(months),
                    "years": years,
                    "best_month": 0.04,
                    "worst_month": -0.04,
                }
            ),
            "rolling": windows,
            "exposure": exposure,
            "fill_sensitivity": summary.fill_sensitivity.model_copy(
                update={
                    "mid_usd": 300.0,
                    "model_usd": 250.0,
                    "touch_usd": -100.0,
                    "breakeven_spread_fraction": 0.875,
                    "spread_fraction_paid": 0.5625,
                }
            ),
            "trades": summary.trades.model_copy(update={"by_exit_reason": exits}),
        }
    )


def _trades(small: StoredRun, drawn: np.random.Generator, count: int) -> pd.DataFrame:
    opened = np.sort(drawn.integers(0, len(SESSIONS) - 10, count))
    profits = np.round(drawn.normal(40.0, 500.0, count), 2)
    table = pd.concat([small.trades.iloc[[0]]] * count, ignore_index=True)
    closed = CLOSES.iloc[opened + 8].reset_index(drop=True).where(np.arange(count) < count - 2)
    return table.assign(
        position_id=range(1, count + 1),
        strategy=np.where(np.arange(count) % 2 == 0, "condors", "a <script> & more"),
        opened_at=CLOSES.iloc[opened].array,
        closed_at=closed.array,
        profit_usd=profits,
        worst_usd=np.minimum(profits, 0.0) - 50.0,
        spot=2900.0,
        quantity=1,
    )


def _legs(trades: pd.DataFrame) -> pd.DataFrame:
    strikes = ((2700.0, "put", 1), (2800.0, "put", -1), (3000.0, "call", -1), (3100.0, "call", 1))
    return pd.DataFrame(
        [
            {
                "position_id": position,
                "symbol": f"{right} {strike}",
                "right": right,
                "strike": strike,
                "expires_on": pd.Timestamp("2019-06-21"),
                "multiplier": 100,
                "quantity": quantity,
            }
            for position in trades["position_id"]
            for strike, right, quantity in strikes
        ]
    )


def _fills(trades: pd.DataFrame) -> pd.DataFrame:
    legs = _legs(trades)
    prices = np.where(legs["quantity"] > 0, 5.0, 20.0)
    return legs[["position_id", "symbol", "quantity"]].assign(
        order_id=legs["position_id"],
        intent="open",
        price_usd=prices,
        cash_usd=-prices * 100 * legs["quantity"],
        fee_usd=0.65,
    )


def _greeks(drawn: np.random.Generator) -> pd.DataFrame:
    length = len(SESSIONS)
    return pd.DataFrame(
        {
            "at": CLOSES.array,
            "day": SESSIONS,
            "delta_shares": drawn.normal(0.0, 80.0, length),
            "gamma_shares_per_point": -drawn.random(length),
            "vega_usd_per_point": -2000.0 * drawn.random(length),
            "theta_usd_per_day": 800.0 * drawn.random(length),
            "beta_weighted_delta_shares": np.where(np.arange(length) < 5, np.nan, 3.0),
            "worst_stress_usd": -40_000.0 * drawn.random(length),
        }
    )


def _attribution(drawn: np.random.Generator) -> pd.DataFrame:
    rows = pd.DataFrame(np.round(drawn.normal(0.0, 100.0, (2 * len(SESSIONS), len(CAUSES))), 2), columns=CAUSES)
    return rows.assign(day=np.repeat(SESSIONS, 2), position_id=1)
