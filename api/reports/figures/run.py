"""What figures read of a run."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

import pandas as pd

from schemas.summary import Summary


class StoredRun(Protocol):
    """A folder of results."""

    @property
    def folder(self) -> Path: ...
    @property
    def summary(self) -> Summary: ...
    @property
    def trades(self) -> pd.DataFrame: ...
    @property
    def legs(self) -> pd.DataFrame: ...
    @property
    def fills(self) -> pd.DataFrame: ...
    @property
    def equity(self) -> pd.DataFrame: ...
    @property
    def greeks(self) -> pd.DataFrame: ...
    @property
    def attribution(self) -> pd.DataFrame: ...
    @property
    def margin_calls(self) -> pd.DataFrame: ...
    @property
    def funnel(self) -> pd.DataFrame: ...
