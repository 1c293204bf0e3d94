"""From a checked request to a queued backtest."""

from __future__ import annotations

import json

from data.results.queue import BacktestQueue
from data.results.records import BacktestRecord, Submission
from engine.config import RunConfig
from engine.fingerprint import content_hash
from schemas.run_request import configuration_document


def submit(config: RunConfig, queue: BacktestQueue, key: str | None = None) -> BacktestRecord:
    """Queue a configuration.

    Raises:
        KeyReused: when the key belongs to another configuration.
    """
    document = configuration_document(config)
    return queue.submit(
        Submission(
            name=config.name,
            configuration=json.dumps(document),
            configuration_hash=content_hash(document),
            model_prices=config.data.source == "model",
        ),
        key,
    )
