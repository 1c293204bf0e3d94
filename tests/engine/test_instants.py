"""Instants of aware datetimes, against the subtraction of the epoch."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.instants import instant, utc_datetime

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
ZONES = ["UTC", "America/New_York", "Europe/Dublin", "Asia/Kathmandu", "Pacific/Apia", "Africa/Monrovia"]


@given(
    st.datetimes(timezones=st.sampled_from(ZONES).map(ZoneInfo)).filter(lambda moment: 1 < moment.year < 9999),
    st.booleans(),
)
def test_an_instant_counts_from_the_epoch_in_every_zone_and_when_clocks_change(moment: datetime, fold: bool) -> None:
    moment = moment.replace(fold=fold)
    assert instant(moment) == (moment - EPOCH) // timedelta(microseconds=1) * 1_000
    assert utc_datetime(instant(moment)) == moment.astimezone(UTC)


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="has no time zone"):
        instant(EPOCH.replace(tzinfo=None))
