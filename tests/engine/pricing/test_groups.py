"""Contracts with terms in common stand together."""

from random import Random

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from engine.pricing.groups import alike

KEYS = st.lists(st.tuples(st.sampled_from([0.0, 0.01, 0.05]), st.sampled_from([-1.0, 2.0, 1e300])), max_size=60)


@given(KEYS, st.randoms())
def test_groups_hold_every_column_once_beside_its_equals_alone(keys: list[tuple[float, float]], random: Random) -> None:
    terms = np.array(keys, np.float64).reshape(-1, 2).T.copy()
    places = np.array(random.sample(range(len(keys)), len(keys)), np.intp)
    groups = alike(terms, (0, 1), places)
    assert sorted(np.concatenate(groups).tolist() if groups else []) == sorted(places.tolist())
    held = [{keys[place] for place in group} for group in groups]
    assert all(len(one) == 1 for one in held)
    assert len(set.union(set(), *held)) == len(groups)


@given(KEYS)
def test_columns_of_a_group_keep_their_order(keys: list[tuple[float, float]]) -> None:
    terms = np.array(keys, np.float64).reshape(-1, 2).T.copy()
    for group in alike(terms, (1,), np.arange(len(keys))):
        assert group.tolist() == sorted(group.tolist())


def test_a_hundred_thousand_different_columns_are_as_many_groups() -> None:
    terms = np.random.default_rng(7).random((2, 100_000))
    assert len(alike(terms, (0, 1), np.arange(100_000))) == 100_000
