"""Each agent's tools: the one list that its graph, its prompt, the offline model and the tests share. The order is the model's."""

from collections.abc import Mapping, Sequence
from typing import Any

from tools import (
    agenda,
    analytics,
    booking,
    catalog,
    consent,
    customers,
    escalation,
    free_slots,
    grounds,
    knowledge,
    records,
    waiting_list,
)  # fmt: skip
from tools.definition import DEFINED, Kind, Tool
from tools.grounds import Grounded
from tools.heard import Heard

CLIENT: Sequence[Tool] = (
    *booking.TOOLS, *agenda.TOOLS, *catalog.TOOLS, *knowledge.TOOLS, *customers.TOOLS, *waiting_list.TOOLS, *agenda.OWN, *records.TOOLS,
    *consent.TOOLS, *escalation.TOOLS,
)  # fmt: skip
AURORA: Sequence[Tool] = (*analytics.TOOLS, *free_slots.TOOLS)

# A reminder's question is answered under this name. No model calls it: the customer's own yes does.
CONFIRM = Kind("confirm_appointment", booking.book_appointment.results, deed="confirmed")

_WRITING = frozenset(tool.name for tool in CLIENT if tool.writes)
_KINDS: dict[str, Kind] = {kind.name: kind for kind in (*CLIENT, *AURORA, CONFIRM)}


def named(name: str | None) -> Kind | None:
    """Return what stands for a name under which results come; None for a name that a model made up, or a tool of an older version."""
    return _KINDS.get(name or "")


def writes(name: str) -> bool:
    """Return whether a tool of that name changes anything."""
    return name in _WRITING


def grounded(name: str, args: Mapping[str, Any], heard: Heard) -> Grounded:
    """Return what of a call's arguments was said. Raises BadRequest with what to ask where a needed one, or the deed itself, was not."""
    tool = DEFINED[name]
    return grounds.grounded(tool.grounds, args, heard, writes=tool.writes, rests_on=tool.rests_on)
