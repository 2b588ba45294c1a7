"""Which senders of webhooks are known: found out before anything that they sent is read."""

import time
from collections.abc import Callable

from service.messaging import intake
from service.messaging.channels.base import InstanceKey
from service.platform.database import Database

KEPT = 60.0
MOST_KEPT = 1000


class Senders:
    """Looks a sender up by what its address says, and remembers for a minute that it is known.

    What is remembered lets a body be read, and no more: storing it asks the database for the secret again.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._known: dict[InstanceKey, float] = {}

    async def admit(self, db: Database, key: InstanceKey) -> None:
        """Raise Unauthorized where nobody is known by this key: at the cost of one index look-up."""
        if self._known.get(key, 0.0) > self._clock():
            return
        self._known.pop(key, None)
        await intake.require_known(db, key)
        if len(self._known) >= MOST_KEPT:
            del self._known[next(iter(self._known))]
        self._known[key] = self._clock() + KEPT
