"""How often tokens may be wrong: so many a minute from one address, whoever tries."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_network

from service.platform import addresses

WINDOW = 60.0
MOST_FAILURES = 10
# Addresses that are remembered; of more than these the one that failed first is forgotten.
MOST_ADDRESSES = 10_000


@dataclass(slots=True)
class _Failures:
    """How many there were since an instant on the monotonic clock."""

    since: float
    count: int = 0


class Attempts:
    """Counts what failed by address. It lives in its process, and forgets after a minute."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failures: dict[str, _Failures] = {}

    def wait(self, address: str) -> float:
        """Return the seconds until an address may try again; 0 where it may now."""
        found = self._failures.get(_who(address))
        if found is None or found.count < MOST_FAILURES:
            return 0.0
        return max(0.0, found.since + WINDOW - self._clock())

    def failed(self, address: str) -> None:
        """Count a failure."""
        who, now = _who(address), self._clock()
        found = self._failures.get(who)
        if found is None or found.since + WINDOW <= now:
            self._failures.pop(who, None)
            found = self._failures[who] = _Failures(now)
            if len(self._failures) > MOST_ADDRESSES:
                del self._failures[next(iter(self._failures))]
        found.count += 1


def _who(address: str) -> str:
    """Return whom an address stands for: of IPv6 everybody has a whole network."""
    number = addresses.ip(address)
    return str(ip_network((number, 64), strict=False)) if isinstance(number, IPv6Address) else address
