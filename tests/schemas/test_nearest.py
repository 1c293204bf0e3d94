import pytest

from schemas.nearest import by_nearness, nearest, suggestion


@pytest.mark.parametrize(
    ("name", "meant"), [("detla", "delta"), ("fast", "fast_sessions"), ("DTE", "dte"), ("zzz", None)]
)
def test_the_nearest_name(name: str, meant: str | None) -> None:
    assert nearest(name, ["delta", "fast_sessions", "dte", "underlying"]) == meant


def test_names_are_ranked_by_nearness_then_alphabet() -> None:
    assert by_nearness("b", ["c", "a", "b"]) == ["b", "a", "c"]


@pytest.mark.parametrize(
    ("name", "names", "text"),
    [
        ("detla", ["delta"], "; did you mean 'delta'?"),
        ("zzz", ["delta", "dte"], "; valid keys: delta, dte"),
        ("zzz", [], "; there are no keys"),
    ],
)
def test_suggestions(name: str, names: list[str], text: str) -> None:
    assert suggestion(name, names, "key") == text
