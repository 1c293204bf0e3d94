"""Pytest plugin: under `--strict-skips` or `IRONFLY_STRICT_SKIPS=1` a skipped test is a failed test.

Two kinds of skip stay allowed: the reasons in `ALLOWED_REASONS`, which can only arise where the thing is really
absent, and a test marked `may_skip_in_ci("reason")` that skips with that reason.
"""

import os
from collections.abc import Generator

import pytest

from tests.reference import ABSENT

ALLOWED_REASONS = (ABSENT,)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--strict-skips", action="store_true", help="fail tests that skip without leave")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "long: takes minutes; only run by make test-long")
    config.addinivalue_line("markers", "may_skip_in_ci(reason): may skip, with this reason, under --strict-skips")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    allowed = ALLOWED_REASONS + tuple(mark.args[0] for mark in item.iter_markers("may_skip_in_ci"))
    if not hasattr(report, "wasxfail"):
        _fail_if_skipped(item.config, report, allowed)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    _fail_if_skipped(collector.config, report, ALLOWED_REASONS)
    return report


def _fail_if_skipped(
    config: pytest.Config, report: pytest.TestReport | pytest.CollectReport, allowed: tuple[str, ...]
) -> None:
    if report.outcome != "skipped" or not _is_strict(config):
        return
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    if reason.removeprefix("Skipped: ") not in allowed:
        report.outcome = "failed"
        report.longrepr = f"skipped without leave: {reason}"


def _is_strict(config: pytest.Config) -> bool:
    return bool(config.getoption("--strict-skips")) or os.environ.get("IRONFLY_STRICT_SKIPS") == "1"
