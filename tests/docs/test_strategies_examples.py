"""The whole configuration that begins the guide to strategies runs and trades; the editor's first line names a file."""

import re
from pathlib import Path

from api.wiring import play, prepare
from engine.instants import utc_datetime
from schemas.run_request import parse_run_request
from tests.reference import REPOSITORY

PAGE = (REPOSITORY / "docs/strategies.md").read_text()
BLOCKS = re.findall(r"^```yaml\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


def test_the_first_strategy_trades_on_mondays(model_store: Path) -> None:
    run = play(prepare(parse_run_request(BLOCKS[0]), model_store))
    opened = [utc_datetime(order.order.submitted_at) for order in run.result.orders if order.order.tag == "entry"]
    assert opened
    assert {moment.weekday() for moment in opened} <= {0, 1}  # a Tuesday after a Monday without a session


def test_the_schema_for_editors_is_where_the_page_says() -> None:
    named = re.search(r"\$schema=(\S+)", BLOCKS[1])
    assert named is not None
    assert (REPOSITORY / "configs" / Path(named[1])).resolve().exists()
