"""A circuit breaker: while a model's server is known not to answer, nobody waits for it to time out."""

import time
from collections.abc import Callable
from dataclasses import dataclass

# So many failures in a row open it, for so many seconds.
FAILURES = 5
OPEN_SECONDS = 10.0


@dataclass
class Breaker:
    """One endpoint's. Closed it lets every call through; open none; when its time is over a single one, whose outcome decides.

    Own code because a 429 must open it for as long as its `Retry-After` says. Used on the event loop only, hence without locks.
    """

    clock: Callable[[], float] = time.monotonic
    failures: int = 0
    open_until: float = 0.0
    probing: bool = False

    @property
    def limits(self) -> bool:
        """Tell whether it is open for a limit, not for failures."""
        return self.failures < FAILURES

    def wait(self) -> float:
        """Return the seconds for which a call is useless; 0 lets it through, and its caller must tell how it ended."""
        remaining = self.open_until - self.clock()
        if remaining > 0:
            return remaining
        if self.failures < FAILURES:
            return 0.0
        if self.probing:
            return 1.0
        self.probing = True
        return 0.0

    def succeeded(self) -> None:
        """Take note that the server answered, whatever it said."""
        self.failures, self.probing = 0, False

    def failed(self) -> None:
        """Take note that the server did not answer, or only that it can't; open after so many failures in a row."""
        self.failures, self.probing = self.failures + 1, False
        if self.failures >= FAILURES:
            self.open_until = self.clock() + OPEN_SECONDS

    def limited(self, seconds: float) -> None:
        """Leave the server alone for as many seconds as it asked for."""
        self.probing = False
        self.open_until = max(self.open_until, self.clock() + seconds)

    def abandoned(self) -> None:
        """Take note that the call was given up before its outcome was known."""
        self.probing = False
