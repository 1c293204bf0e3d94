"""Kelly's rule: stake more the better the odds, from given numbers or from the trades of the run so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.money import Micros
from engine.risk_rules.figures import number
from engine.risk_rules.sizing import equity_in_words, fitting, loss_in_words, share_of_equity
from engine.risk_rules.trade import Package


@dataclass(frozen=True, slots=True)
class Odds:
    """What is known of a strategy's trades.

    Attributes:
        payoff_ratio: average win by average loss; infinite where nothing was lost.
        trades: closed trades that they come from; 0: they are given.
    """

    win_rate: float
    payoff_ratio: float
    trades: int = 0

    @property
    def stake(self) -> float:
        """Fraction of the capital to stake (Kelly, 1956): win rate - (1 - win rate) / payoff ratio; may be negative.

        0 where nothing was ever won.
        """
        if self.payoff_ratio <= 0.0:
            return 0.0
        return self.win_rate - (1.0 - self.win_rate) / self.payoff_ratio


def odds_of(profits: Sequence[Micros]) -> Odds:
    """Odds of closed trades, of which there must be some; a trade without profit or loss counts as not won."""
    wins, losses = [one for one in profits if one > 0], [one for one in profits if one < 0]
    win_rate = len(wins) / len(profits)
    if not wins:
        return Odds(win_rate, 0.0, len(profits))
    if not losses:
        return Odds(win_rate, float("inf"), len(profits))
    ratio = (sum(wins) * len(losses)) / (-sum(losses) * len(wins))
    return Odds(win_rate, ratio, len(profits))


@dataclass(frozen=True, slots=True)
class KellyFraction:
    """As many packages as risk a fraction of Kelly's stake, at most a percentage of net liquidation.

    The stake is what the packages can lose at worst. Odds that promise no gain get nothing; once learned odds do, the
    strategy closes what it has and begins nothing more.

    Attributes:
        learn_after_trades: closed trades of the strategy from which on their odds count; None: never.
    """

    given: Odds
    fraction: float
    cap_percent: float
    learn_after_trades: int | None

    @property
    def name(self) -> str:
        """`kelly` with its fraction and its cap."""
        return f"kelly({self.fraction:g} of the stake, at most {self.cap_percent:g} %)"

    def size(self, package: Package) -> int:
        """Solved from the odds that are known now; 0 for a loss without bound."""
        percent = min(100.0 * self.fraction * self._odds(package).stake, self.cap_percent)
        return fitting(package.maximum_loss, share_of_equity(package, percent)) if percent > 0.0 else 0

    def numbers(self, package: Package) -> str:
        """Odds, stake and what one can lose."""
        odds = self._odds(package)
        source = f"of {odds.trades} closed trades" if odds.trades else "as given"
        return (
            f"win rate {number(100.0 * odds.win_rate)} % and payoff ratio {number(odds.payoff_ratio)} ({source}) stake "
            f"{number(100.0 * odds.stake)} %; one {loss_in_words(package)}; {equity_in_words(package)}"
        )

    def _odds(self, package: Package) -> Odds:
        if self.learn_after_trades is None:
            return self.given
        profits = package.before.measures.closed_profits(package.order.strategy)
        return odds_of(profits) if len(profits) >= self.learn_after_trades else self.given
