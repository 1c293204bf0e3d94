"""The result that the README shows is the result that a reader gets."""

import re
from pathlib import Path

from tests.api.shell import ironfly
from tests.reference import REPOSITORY

SHOWN = re.compile(r"^```text\n(.*?)^```", re.MULTILINE | re.DOTALL)


def test_the_result_in_the_readme_is_what_the_demo_prints(model_store: Path, tmp_path: Path) -> None:
    demo = REPOSITORY / "configs" / "spx_model_iron_condor.yaml"
    environment = {"IRONFLY_STORE": str(model_store), "IRONFLY_RUNS": str(tmp_path / "runs")}
    answer = ironfly("run", demo, cwd=REPOSITORY, environment=environment)
    assert answer.code == 0, answer.err
    printed = [line.rstrip() for line in answer.out.splitlines()]
    (shown,) = SHOWN.findall((REPOSITORY / "README.md").read_text())
    assert [line for line in shown.splitlines() if line not in printed] == []
