"""How a client behaves towards a server: no more requests than agreed, and longer pauses after every failure."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Patience:
    """Limits.

    Attributes:
        attempts: failures in a row, without a single byte between them, after which a file is given up.
        first_delay_s: pause after the first failure; it doubles with every further one.
        longest_delay_s: no pause is longer.
        requests_per_s: most requests per second.
        seed: of the jitter.
    """

    attempts: int = 6
    first_delay_s: float = 0.5
    longest_delay_s: float = 30.0
    requests_per_s: float = 5.0
    seed: int = 0


class Politeness:
    """Waits before requests and after failures."""

    def __init__(
        self,
        patience: Patience | None = None,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.patience = patience or Patience()
        self._sleep, self._clock = sleep, clock
        self._random = random.Random(self.patience.seed)
        self._next_turn = clock()

    def wait_for_turn(self) -> None:
        """Wait until the next request is within the agreed rate."""
        wait = self._next_turn - self._clock()
        if wait > 0:
            self._sleep(wait)
        self._next_turn = max(self._clock(), self._next_turn) + 1 / self.patience.requests_per_s

    def back_off(self, failures: int) -> None:
        """Pause after a failure, the `failures`-th in a row: between half and all of a delay that doubles."""
        delay = min(self.patience.longest_delay_s, self.patience.first_delay_s * 2.0 ** (failures - 1))
        # Jitter keeps clients that failed together from coming back together.
        self._sleep(delay * (0.5 + self._random.random() / 2))
