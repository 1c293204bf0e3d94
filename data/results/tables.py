"""The tables. A backtest is its own job: state, lease and result change in one transaction."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sql

SCHEMA_VERSION: Final = 1
METADATA: Final = sql.MetaData()

VERSION: Final = sql.Table("results_version", METADATA, sql.Column("schema_version", sql.Integer, nullable=False))
BACKTESTS: Final = sql.Table(
    "backtests",
    METADATA,
    sql.Column("number", sql.Integer, primary_key=True),  # order of submission
    sql.Column("id", sql.String, nullable=False, unique=True),
    sql.Column("idempotency_key", sql.String, unique=True),
    sql.Column("name", sql.String, nullable=False),
    sql.Column("configuration", sql.Text, nullable=False),
    sql.Column("configuration_hash", sql.String, nullable=False),
    sql.Column("model_prices", sql.Boolean, nullable=False),
    sql.Column("status", sql.String, nullable=False, index=True),
    sql.Column("created", sql.BigInteger, nullable=False),
    sql.Column("started", sql.BigInteger),
    sql.Column("finished", sql.BigInteger),
    sql.Column("attempt", sql.Integer, nullable=False, default=0),
    sql.Column("worker", sql.String),
    sql.Column("lease_until", sql.BigInteger),
    sql.Column("revision", sql.Integer, nullable=False, default=1),
    sql.Column("fraction", sql.Float, nullable=False, default=0.0),
    sql.Column("simulated_to", sql.Date),
    sql.Column("message", sql.String, nullable=False, default="waiting for a worker"),
    sql.Column("problem", sql.Text),
    sql.Column("headline", sql.Text),
    sqlite_autoincrement=True,
)
RESULTS: Final = sql.Table(
    "results",
    METADATA,
    sql.Column("number", sql.ForeignKey("backtests.number"), primary_key=True),
    sql.Column("summary", sql.Text, nullable=False),
    sql.Column("equity", sql.LargeBinary, nullable=False),
)
TRADES: Final = sql.Table(
    "trades",
    METADATA,
    sql.Column("number", sql.ForeignKey("backtests.number"), primary_key=True),
    sql.Column("position", sql.Integer, primary_key=True),
    sql.Column("document", sql.Text, nullable=False),
)
