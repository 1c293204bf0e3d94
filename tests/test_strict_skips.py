"""Under strict skips a test can only skip with leave."""

import pytest

from tests.reference import ABSENT

SKIPS = f"""
import pytest

def test_skips_silently():
    pytest.skip("not today")

@pytest.mark.may_skip_in_ci("no such machine")
def test_skips_with_leave():
    pytest.skip("no such machine")

@pytest.mark.may_skip_in_ci("no such machine")
def test_skips_for_another_reason():
    pytest.skip("something else")

@pytest.mark.skipif(True, reason="by mark")
def test_skips_by_mark():
    pass

@pytest.mark.xfail(reason="known", strict=True)
def test_fails_as_expected():
    raise ValueError

def test_reference_data_is_absent():
    pytest.skip({ABSENT!r})
"""


def run(pytester: pytest.Pytester, source: str, *arguments: str) -> pytest.RunResult:
    pytester.makepyfile(source)
    return pytester.runpytest_inprocess("-p", "tests.strict_skips", "-p", "no:xdist", "-W", "default", *arguments)


def test_skips_pass_by_default(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("IRONFLY_STRICT_SKIPS", raising=False)
    run(pytester, SKIPS).assert_outcomes(skipped=5, xfailed=1)


def test_strict_option_fails_what_skips_without_leave(pytester: pytest.Pytester) -> None:
    result = run(pytester, SKIPS, "--strict-skips")
    result.assert_outcomes(skipped=2, failed=2, errors=1, xfailed=1)
    result.stdout.fnmatch_lines(["*skipped without leave: Skipped: not today*"])


def test_environment_switches_strictness_on(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IRONFLY_STRICT_SKIPS", "1")
    run(pytester, SKIPS).assert_outcomes(skipped=2, failed=2, errors=1, xfailed=1)


def test_a_module_cannot_skip_itself(pytester: pytest.Pytester) -> None:
    result = run(pytester, "import pytest\npytest.importorskip('no_such_module')", "--strict-skips")
    assert result.ret == pytest.ExitCode.INTERRUPTED
    result.assert_outcomes(errors=1)


def test_a_module_can_skip_where_reference_data_is_absent(pytester: pytest.Pytester) -> None:
    source = f"import pytest\npytest.skip({ABSENT!r}, allow_module_level=True)"
    run(pytester, source, "--strict-skips").assert_outcomes(skipped=1)
