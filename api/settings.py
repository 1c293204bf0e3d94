"""Settings of the machine, from the environment: where stored data and results live, and what the service allows."""

from __future__ import annotations

from pathlib import Path

from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Read from `IRONFLY_STORE`, `IRONFLY_RUNS` and so on; options on the command line win over them."""

    model_config = SettingsConfigDict(env_prefix="IRONFLY_", frozen=True, env_ignore_empty=True)

    store: Path = Path("var/store")
    """Folder of imported market data."""
    runs: Path = Path("runs")
    """Folder that holds one folder per run; runs of the service are named by their ids."""
    results: Path = Path("var/results.sqlite")
    """Database of the service: submitted backtests and their results."""
    most_cache_bytes: int = 20 << 30
    """Room for derived columns of the store; beyond it the least recently used go."""
    downloads: Path = Path("var/downloads")
    """Folder of files fetched from vendors, under the vendors' own paths."""
    polygon_endpoint: str = "https://files.polygon.io"
    """Address of the S3 server of Polygon's flat files."""
    polygon_bucket: str = "flatfiles"
    """Bucket of Polygon's flat files."""
    page: Path = Path("app/dist")
    """Folder of the built page."""
    workers: int = 1
    """Worker processes of the service; each runs one backtest at a time."""
    most_body_bytes: int = 1_048_576
    """Larger requests are refused."""
