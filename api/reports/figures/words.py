"""Figures in words, en-US: amounts, shares and dates as the page writes them, U+2212 for minus."""

from __future__ import annotations

from datetime import date, datetime

from api.runs import StoredRun

MINUS = "\N{MINUS SIGN}"


def usd(amount: float) -> str:
    """Whole dollars: `$1,234`, `-$310`."""
    return f"{_minus(amount)}${abs(round(amount)):,}"


def profit(amount: float) -> str:
    """Whole dollars with their sign: `+$1,234`, `-$310`, `$0`."""
    return ("+" if round(amount) > 0 else "") + usd(amount)


def percent(share: float, digits: int = 1) -> str:
    """A decimal as percent: `12.3%`, `-4.0%`."""
    text = f"{abs(share):.{digits}%}"
    return text if float(text[:-1]) == 0 else ("" if share >= 0 else MINUS) + text


def number(value: float, digits: int = 2) -> str:
    """A plain number: `1,234.50`."""
    text = f"{abs(value):,.{digits}f}"
    return text if float(text.replace(",", "")) == 0 or value > 0 else MINUS + text


def day(at: date | datetime) -> str:
    """`MM/DD/YYYY`."""
    return f"{at:%m/%d/%Y}"


def counted(count: int, noun: str) -> str:
    """`1 trade`, `2 trades`, `1,000 trades`."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def plainly(name: str) -> str:
    """A name of the engine as words: `dte_exit:near_put` is `dte exit: near put`."""
    return name.replace("_", " ").replace(":", ": ")


def about_prices(run: StoredRun, caption: str) -> str:
    """A caption, with what must not be forgotten about its amounts: model prices, and a run that was stopped."""
    said = [caption]
    if run.summary.data.prices == "model":
        said.append("Model prices: nobody ever quoted them.")
    if run.summary.run.status == "interrupted":
        said.append("The run was interrupted: what is shown ends there.")
    return " ".join(said)


def _minus(amount: float) -> str:
    return MINUS if round(amount) < 0 else ""
