"""Settings of the machine, from the environment: where stored data and results live."""

from __future__ import annotations

from pathlib import Path

from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Read from `IRONFLY_STORE` and `IRONFLY_RUNS`; options on the command line win over both."""

    model_config = SettingsConfigDict(env_prefix="IRONFLY_", frozen=True, env_ignore_empty=True)

    store: Path = Path("var/store")
    """Folder of imported market data."""
    runs: Path = Path("runs")
    """Folder that holds one folder per run."""
