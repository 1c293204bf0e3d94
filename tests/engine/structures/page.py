"""The table of docs/structures.md; `python -m tests.engine.structures.page` writes the page."""

from __future__ import annotations

from engine.structures import ALIASES, STRUCTURES, Structure, formulas
from engine.structures.formulas import Extreme, Piece, Worth, sum_of
from tests.reference import REPOSITORY

PAGE = REPOSITORY / "docs" / "structures.md"
NO_FORM = "no closed form"

INTRODUCTION = """# Structures

Names of `engine/structures/table.py`, as strategies, trades and reports use them. `+C(K1)` buys a call at the lowest
strike, `-2P(K2,T1)` sells two puts at the second on the first expiration, `S` is what one contract delivers (a hundred
shares). Strikes and expirations of different ranks differ: `K1 < K2`, `T1 < T2`.

`D` is the net debit per share of one package, shares included, negative for a credit. Loss, profit and break-evens are
per share at the first expiration, without fees; a loss below 0 is none, and a break-even counts where it lies in the
interval behind it. With two expirations they hold for rates and dividends of zero: the later options are then worth at
least what they would pay at once. `engine.pricing.payoff.analyse` measures every other case.

Risk: `locked` whatever the price; `defined`; `down_to_zero`, most when the underlying is worthless; `unlimited`;
`outlasting`, a sold option outlives the first expiration.

What a set of legs is called (`recognise`): the legs net per contract and scale to packages; shares scale by what the
contracts deliver. A set that is one structure as a whole has its name. Otherwise (`named_parts`) each series that is
one structure is named, and the rest is taken apart: structures of most legs first, then those higher in the table, on
the earliest expirations and the lowest strikes. Several parts together are `custom`. An AM and a PM series of one date
never make one structure. Equal body strikes make an iron butterfly, never an iron condor; equal widths a butterfly,
never one with a broken wing.
"""


def page() -> str:
    rows = [
        "| structure | legs | risk | maximum loss | maximum profit | break-evens |",
        "|---|---|---|---|---|---|",
        *map(row, STRUCTURES.values()),
    ]
    aliases = ["| alias | canonical name | when |", "|---|---|---|"]
    aliases += [f"| {name} | {one.structure} | {one.condition or 'always'} |" for name, one in ALIASES.items()]
    also = "Other names a specification may use; nothing but the geometry is checked:"
    return "\n".join([INTRODUCTION, *rows, "", also, "", *aliases, ""])


def row(structure: Structure) -> str:
    found = formulas(structure)
    cells = [structure.name, notation(structure), str(found.risk), loss(found.lowest), profit(found.highest)]
    return f"| {' | '.join([*cells, breakevens(found.lines)])} |"


def notation(structure: Structure) -> str:
    shares = [f"{structure.shares:+d}S".replace("1S", "S")] if structure.shares else []
    dated = structure.expirations > 1
    legs = [
        f"{leg.signed_ratio:+d}".replace("1", "")
        + f"{leg.right.name[0]}(K{leg.strike}{f',T{leg.expiration}' if dated else ''})"
        for leg in structure.legs
    ]
    widths = {"any": "", "equal": "; equal widths", "unequal": "; unequal widths"}[structure.widths]
    return " ".join([*shares, *legs]) + widths


def loss(lowest: Extreme) -> str:
    if lowest is None:
        return NO_FORM
    return with_debit("D", [-worth for worth in lowest], "max") if lowest else "unlimited"


def profit(highest: Extreme) -> str:
    if highest is None:
        return NO_FORM
    return with_debit("-D", list(highest), "max") if highest else "unlimited"


def with_debit(debit: str, worths: list[Worth], choose: str) -> str:
    if len(worths) > 1:
        most = f"{choose}({', '.join(map(str, worths))})"
        return f"{most} - D" if debit == "-D" else f"D + {most}"
    worth = str(worths[0])
    if worth == "0":
        return debit
    return (
        f"{worth} - D" if debit == "-D" else f"D {worth.replace('-', '- ', 1)}" if worth[0] == "-" else f"D + {worth}"
    )


def breakevens(lines: tuple[Piece, ...] | None) -> str:
    if lines is None:
        return NO_FORM
    return ", ".join(breakeven(line, len(lines) - 1) for line in lines if line.slope) or "none"


def breakeven(line: Piece, strikes: int) -> str:
    """Price = low + (D - worth at low) / slope."""
    low = f"K{line.rank}" if line.rank else "0"
    high = f"K{line.rank + 1}" if line.rank < strikes else "∞"
    sign = 1 if line.slope > 0 else -1
    strike = [(abs(line.slope), f"K{line.rank}")] if line.rank else []
    multiples = [mine - above for mine, above in zip(line.start.multiples, (*line.start.multiples[1:], 0), strict=True)]
    terms = dict.fromkeys([f"K{rank}" for rank in range(len(multiples), 0, -1)], 0)
    for rank, many in enumerate(multiples, 1):
        terms[f"K{rank}"] -= sign * many
    for many, name in strike:
        terms[name] += many
    formula = sum_of([*((many, name) for name, many in terms.items()), (sign, "D")])
    if abs(line.slope) > 1:
        formula = f"({formula}) / {abs(line.slope)}"
    return f"{formula} in [{low}, {high}{')' if high == '∞' else ']'}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
