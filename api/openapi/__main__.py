"""Writes the committed document: `python -m api.openapi`, or `--check` to fail when it is out of date."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Final

from api.main import create_app
from api.openapi.document import openapi_document
from api.settings import Settings

DOCUMENT: Final = Path(__file__).resolve().parents[2] / "app" / "openapi.json"


def text() -> str:
    """The text of the committed document."""
    return json.dumps(openapi_document(create_app(Settings())), indent=2, ensure_ascii=False) + "\n"


def main(arguments: list[str] | None = None) -> int:
    """Write or check the document; the exit code is 1 when `--check` finds it out of date."""
    parser = argparse.ArgumentParser(prog="python -m api.openapi", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail when the document is out of date")
    if not parser.parse_args(arguments).check:
        DOCUMENT.write_text(text(), encoding="utf-8")
        return 0
    if DOCUMENT.exists() and DOCUMENT.read_text(encoding="utf-8") == text():
        return 0
    sys.stderr.write(f"error: {DOCUMENT.name} is out of date; run make openapi\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
