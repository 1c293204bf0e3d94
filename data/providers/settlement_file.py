"""Official settlement values for the store: CSV `symbol,date,value` (`data.settlement_values`)."""

from __future__ import annotations

from pathlib import Path

from data.datasets import SourceFile
from data.providers.recognition import Signature
from data.settlement_values import read_settlement_rows
from data.underlying_rows import UnderlyingRows


class SettlementFile:
    """Provider of the format `settlement_values`."""

    signature = Signature(beginning=rb"(\xef\xbb\xbf)?[ \r\n]*symbol *, *date *, *value *(?=\r?\n)")

    @property
    def name(self) -> str:
        return "settlement_values"

    @property
    def suffixes(self) -> tuple[str, ...]:
        return (".csv",)

    def read(self, path: Path) -> UnderlyingRows:
        sha256, rows = read_settlement_rows(path)
        return UnderlyingRows(SourceFile(path.name, self.name, sha256, len(rows)), settlements=rows)
