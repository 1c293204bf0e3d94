"""The page on figures names them all."""

import re

from api.reports.figures import FIGURES
from tests.reference import REPOSITORY


def test_every_figure_is_listed_in_the_order_of_the_report() -> None:
    page = (REPOSITORY / "docs" / "figures.md").read_text()
    listed = re.findall(r"^\| `([\w-]+)` \| (.+) \|$", page, re.MULTILINE)
    assert listed == [(figure.name, figure.title) for figure in FIGURES]
