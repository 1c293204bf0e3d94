"""Settings of the machine, from the environment: where stored data and results live, and what the service allows."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from pydantic import NonNegativeInt, PositiveInt, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from api.errors import SettingUnusable

_PREFIX: Final = "IRONFLY_"


class Settings(BaseSettings):
    """Read from `IRONFLY_STORE`, `IRONFLY_RUNS` and so on; options on the command line win over them.

    Raises:
        SettingUnusable: when a variable holds what its setting cannot.
    """

    model_config = SettingsConfigDict(env_prefix=_PREFIX, frozen=True, env_ignore_empty=True)

    store: Path = Path("var/store")
    """Folder of imported market data."""
    runs: Path = Path("runs")
    """Folder that holds one folder per run; runs of the service are named by their ids."""
    results: Path = Path("var/results.sqlite")
    """Database of the service: submitted backtests and their results."""
    most_cache_bytes: PositiveInt = 20 << 30
    """Room for derived columns of the store; beyond it the least recently used go."""
    downloads: Path = Path("var/downloads")
    """Folder of files fetched from vendors, under the vendors' own paths."""
    polygon_endpoint: str = "https://files.polygon.io"
    """Address of the S3 server of Polygon's flat files."""
    polygon_bucket: str = "flatfiles"
    """Bucket of Polygon's flat files."""
    page: Path = Path("app/dist")
    """Folder of the built page."""
    workers: NonNegativeInt = 1
    """Worker processes of the service; each runs one backtest at a time."""
    most_body_bytes: PositiveInt = 1_048_576
    """Larger requests are refused."""

    def __init__(self, **given: Any) -> None:
        try:
            super().__init__(**given)
        except ValidationError as error:
            wrong = error.errors(include_url=False)[0]
            name = f"{_PREFIX}{wrong['loc'][0]}".upper()
            said = wrong["msg"].removeprefix("Value error, ")
            raise SettingUnusable(f"{name}={wrong['input']}: {said}; correct it or unset it") from error

    @field_validator("store", "runs", "results", "downloads", "page", mode="before")
    @classmethod
    def _is_no_address(cls, value: Any) -> Any:
        if isinstance(value, str) and "://" in value:
            raise ValueError("expected the path of a folder or of a file, not an address")
        return value
