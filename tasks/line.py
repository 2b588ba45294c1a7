"""Who may work in this process: one shop's flood must leave room for the others."""

from collections import OrderedDict, defaultdict
from dataclasses import dataclass, field
from uuid import UUID


@dataclass
class Line:
    """At most `share` conversations of one shop are worked on at a time; the shop's others stand in line, each once.

    Nothing is lost with it: what stands here is unanswered in Postgres too. Used on the event loop only, hence without locks.
    """

    share: int
    _working: dict[UUID, int] = field(default_factory=lambda: defaultdict(int))
    _waiting: dict[UUID, OrderedDict[UUID, None]] = field(default_factory=lambda: defaultdict(OrderedDict))

    def enter(self, shop: UUID, conversation: UUID) -> bool:
        """Begin to work on a conversation, or put it in line."""
        if self._working[shop] < self.share:
            self._working[shop] += 1
            return True
        self._waiting[shop][conversation] = None
        return False

    def leave(self, shop: UUID) -> list[UUID]:
        """End the work on a conversation. Returns those of the shop's line that must be woken, oldest first: as many as there is room for.

        Where the last one leaves it is all of them, since nobody is left to wake them later: another process may take those that
        are woken.
        """
        self._working[shop] -= 1
        waiting, working = self._waiting[shop], self._working[shop]
        room = self.share - working if working else len(waiting)
        woken = [waiting.popitem(last=False)[0] for _ in range(min(room, len(waiting)))]
        if not working:
            del self._working[shop], self._waiting[shop]
        return woken

    def empty(self) -> list[tuple[UUID, UUID]]:
        """Send everybody who waits away; returns shops and conversations."""
        sent_away = [(shop, conversation) for shop, waiting in self._waiting.items() for conversation in waiting]
        for waiting in self._waiting.values():
            waiting.clear()
        return sent_away
