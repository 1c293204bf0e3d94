"""One run of the made market, and reports of it that several tests read."""

import pytest

from api.reports.blocks import Document
from api.reports.document import document_of
from api.runs import StoredRun, open_run
from tests.api.results import finished_run
from tests.api.written import written


@pytest.fixture(scope="package")
def small_run(tmp_path_factory: pytest.TempPathFactory) -> StoredRun:
    """The small run that was made by hand."""
    return open_run(written(finished_run(), tmp_path_factory.mktemp("reports") / "small"))


@pytest.fixture(scope="package")
def small_document(small_run: StoredRun) -> Document:
    return document_of(small_run)
