"""What a run assumed of the account, in words: interest, borrowed shares, margin calls."""

from __future__ import annotations

from engine.costs.account_terms import FinancingConfig
from engine.risk_config import MarginCallConfig


def interest_in_words(terms: FinancingConfig | None) -> str:
    """What idle cash earns and what a debit costs."""
    if terms is None:
        return "none"
    return (
        f"{_benchmark(terms)}; cash beyond {terms.cash_threshold_usd:g} USD, proceeds of short shares apart, earns "
        f"{terms.cash_spread_percent:g} percent less; a debit costs {terms.debit_spread_percent:g} percent more; "
        f"by night, {terms.days_per_year} days a year, booked at session ends"
    )


def borrowing_in_words(terms: FinancingConfig | None) -> str:
    """What short shares cost."""
    if terms is None or not (terms.borrow_percent or terms.borrow_percent_by_symbol):
        return "none"
    others = "".join(f", {symbol} {percent:g}" for symbol, percent in sorted(terms.borrow_percent_by_symbol.items()))
    return f"{terms.borrow_percent:g} percent per year of the value of short shares{others}"


def margin_calls_in_words(terms: MarginCallConfig) -> str:
    """When the requirement is checked, and what follows."""
    when = {
        "every_mark": "at every mark",
        "interval": f"every {terms.interval_minutes} minutes",
        "session_end": "at session ends",
    }[terms.check]
    covering = terms.measure.replace("_", " ")
    if terms.liquidation == "none":
        return f"{covering} checked {when}; nothing is closed"
    return (
        f"{covering} checked {when}; after {terms.grace_sessions} sessions whole structures are closed, the largest "
        "requirement first, at the touch of the next chain or bar"
    )


def _benchmark(terms: FinancingConfig) -> str:
    if terms.benchmark_percent == "store":
        return "benchmark of the store by dates"
    if isinstance(terms.benchmark_percent, tuple):
        return "benchmark by dates of the configuration"
    return f"benchmark {terms.benchmark_percent:g} percent"
