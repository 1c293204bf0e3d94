"""The text that is hashed: of every value the same in every process, and of an order wherever it is named."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from engine.canonical_text import CanonicalText, canonical_text
from engine.events import OrderApproved, OrderRequested
from engine.model import ApprovedOrder, Intent, Leg, Limit, Order, Stock, TimeInForce

ORDER = Order(1, "daily", Intent.OPEN, (Leg(Stock("SPY"), 100),), None, 5)
TEXT = "Order(1,'daily','open',(Leg(Stock('SPY'),100)),None,5,None,'day','custom','')"


def test_numpy_and_python_numbers_read_alike() -> None:
    assert canonical_text(np.float64(0.1)) == canonical_text(0.1) == "0.1"


def test_a_type_without_a_canonical_form_is_refused() -> None:
    with pytest.raises(TypeError, match="set has no canonical text"):
        canonical_text({1, 2})


def test_what_came_later_is_named_where_it_is_said() -> None:
    assert canonical_text(ORDER) == TEXT
    assert canonical_text(replace(ORDER, terms=Limit(-5))) == TEXT + ".terms=Limit(-5)"
    until = replace(ORDER, time_in_force=TimeInForce.GTD, good_until=date(2019, 5, 3))
    assert canonical_text(until) == TEXT.replace("'day'", "'gtd'") + ".good_until=2019-05-03"


def test_an_order_reads_the_same_in_everything_that_names_it() -> None:
    text = CanonicalText()
    assert text.of(OrderRequested(5, ORDER)) == f"OrderRequested(5,{TEXT})"
    assert text.of(OrderApproved(5, ApprovedOrder(ORDER, 2, 5))) == f"OrderApproved(5,ApprovedOrder({TEXT},2,5))"


def test_another_order_of_the_same_number_has_its_own_text() -> None:
    text = CanonicalText()
    assert text.of(ORDER) != text.of(replace(ORDER, tag="hedge"))
