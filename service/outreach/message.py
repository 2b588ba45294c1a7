"""What a message that nobody asked for is made of: to whom, about what, in which words, and what it asks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal
from uuid import UUID, uuid4

from service.outreach.quiet_hours import Quiet
from service.platform.documents import JsonObject


@dataclass(frozen=True, slots=True)
class Customer:
    """Who is written to, and by which shop. Names are as they were typed; an unknown one is None."""

    name: str | None
    shop: str


@dataclass(frozen=True, slots=True)
class Notice:
    """A message ready to be written; `parameters` fill the template of its kind, in the order of `Unasked.parameters`."""

    content: str
    parameters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Occasion:
    """What a message is about (a booking, a treatment, a waiting-list entry), and which of several times about it."""

    subject_id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Question:
    """Asks the customer to agree to something: its `notice` is said instead of the message's own, and the proposal is open.

    It can be asked while the AI has the conversation, nothing of the customer's is unanswered and no other proposal is open; an open
    `confirm` gives way to it. Where it can't be asked, `otherwise` tells whether nothing is written yet ("wait") or the message without
    the question ("tell").
    """

    notice: Notice
    items: Sequence[JsonObject]
    call: JsonObject
    expires_at: datetime
    result: JsonObject = field(default_factory=dict)
    waiting_list_id: UUID | None = None
    otherwise: Literal["wait", "tell"] = "wait"
    id: UUID = field(default_factory=uuid4)


@dataclass(frozen=True, slots=True)
class Due:
    """A message whose time has come, with what its shop decided: the quiet hours, and which kinds it switched on (true) or off."""

    organization_id: UUID
    contact_id: UUID
    occasions: Sequence[Occasion]
    notice: Notice
    quiet: Quiet
    switches: Mapping[str, bool]
    question: Question | None = None
