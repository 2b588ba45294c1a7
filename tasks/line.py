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

    def leave(self, shop: UUID) -> UUID | None:
        """End the work on a conversation. Returns the shop's next in line, who must be woken; None where there is none."""
        self._working[shop] -= 1
        waiting = self._waiting[shop].popitem(last=False)[0] if self._waiting[shop] else None
        if not self._working[shop] and not self._waiting[shop]:
            del self._working[shop], self._waiting[shop]
        return waiting

    def empty(self) -> list[tuple[UUID, UUID]]:
        """Send everybody who waits away; returns shops and conversations."""
        sent_away = [(shop, conversation) for shop, waiting in self._waiting.items() for conversation in waiting]
        for waiting in self._waiting.values():
            waiting.clear()
        return sent_away
