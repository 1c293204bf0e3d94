"""What is wrong with quotes: flags and counts. Nothing is repaired, and nothing is left out."""

from data.quality.counts import count_flags
from data.quality.dates import is_adjusted
from data.quality.repeats import is_repeat, repeat_hashes
from data.quality.sides import SIDE_FLAGS, QuoteSideValidator, side_flags
from data.quality.validator import ChainValidator

__all__ = [
    "SIDE_FLAGS",
    "ChainValidator",
    "QuoteSideValidator",
    "count_flags",
    "is_adjusted",
    "is_repeat",
    "repeat_hashes",
    "side_flags",
]
