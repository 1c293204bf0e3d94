"""A valid configuration as text, for tests that change one thing in it."""

CONDOR = """\
name: condor
start: 2019-04-25
end: 2019-05-28
data:
  underlyings: [SPX]
signals:
  - {name: trend, kind: moving_average_trend, underlying: SPX, parameters: {fast_sessions: 3, slow_sessions: 8}}
strategies:
  - name: condor
    structure: iron_condor
    underlying: SPX
    expirations:
      near: {target_dte: 30, min_dte: 20, max_dte: 45, roots: [SPXW]}
    legs:
      - {name: long_put, side: buy, right: put, expiration: near, delta: {target: 0.05}}
      - {name: short_put, side: sell, right: put, expiration: near, delta: {target: 0.16}}
      - {name: short_call, side: sell, right: call, expiration: near, delta: {target: 0.16}}
      - {name: long_call, side: buy, right: call, expiration: near, delta: {target: 0.05}}
    entry:
      conditions: [{signal: trend, above: 0}]
    exit:
      profit_target_percent: 50
      dte: 7
    sizing: {kind: percent_at_risk, percent: 5}
execution:
  fills: {kind: spread_fraction}
"""


def changed(old: str, new: str, text: str = CONDOR) -> str:
    """The configuration with one piece of text replaced; fails when the piece is not there."""
    assert old in text
    return text.replace(old, new, 1)


def line_of(piece: str, text: str) -> int:
    """1-based line on which a piece of text stands."""
    return text[: text.index(piece)].count("\n") + 1
