"""A turn: what it is claimed with, what it comes to, and the case that it becomes where a person must go on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Literal
from uuid import UUID

from service.messaging.channels.base import Instance
from service.platform.documents import JsonObject
from service.turns.briefing import Briefing
from service.turns.limits import Usage

AiType = Literal["client", "aurora"]
AlertKind = Literal["escalation", "emergency", "limit", "turn_failed"]


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to answer a conversation, while `token` stands."""

    organization_id: UUID
    conversation_id: UUID
    turn_id: UUID
    token: UUID


@dataclass(frozen=True, slots=True)
class Claim:
    """A turn that is ours: everything unanswered, under one lease.

    `claims` counts how often it has been claimed, this time included, `failures` how often it has failed. `instance` has secrets and stays
    out of the briefing; `address` is where replies go.
    """

    lease: Lease
    briefing: Briefing
    instance: Instance
    address: str
    claims: int
    failures: int
    usage: Usage

    @property
    def ai_type(self) -> AiType:
        """Tell who answers: Aurora an owner, the client agent everybody else."""
        return "aurora" if self.briefing.owner else "client"

    @property
    def correlation_id(self) -> str | None:
        """Return what links the newest message, from its webhook on, with what is logged and sent."""
        waiting = self.briefing.unanswered
        return waiting[-1].correlation_id if waiting else None


@dataclass(frozen=True, slots=True)
class Busy:
    """A conversation that is not ours to answer. `retry_in` seconds it may be; None where nobody needs to come back."""

    retry_in: float | None = None


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A turn that is ours but whose briefing can't be read; `error` names the fields, without their values."""

    lease: Lease
    error: str


@dataclass(frozen=True, slots=True)
class Interaction:
    """What the models did in a turn. Tokens are sums over `model_calls`, `cost_usd` None where the price is not known.

    `prompt_tokens` include `cached_tokens` and `cache_write_tokens`. `temperature` is None where none was sent.

    `function_calls` have `id`, `name` and `args`, `function_results` `id`, `name` and `result`.
    """

    ai_type: AiType
    model: str
    temperature: float | None = None
    prompt_tokens: int = 0
    cached_tokens: int = 0
    cache_write_tokens: int = 0
    completion_tokens: int = 0
    model_calls: int = 0
    function_calls: Sequence[JsonObject] = ()
    function_results: Sequence[JsonObject] = ()
    latency_ms: int = 0
    cost_usd: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Replaced:
    """A model that is gone, and the one that answered in its place."""

    model: str
    successor: str


@dataclass(frozen=True, slots=True)
class Commit:
    """What ends a turn: the reply (None where there is none), and the customer's messages that it answers.

    `claimed_at` is the briefing's `now`: a case handed back later is the next turn's. `owner_number_id` is set for an owner's turn.
    `question` is the proposal that the reply asks anew; that of the turn's own is known by the turn.
    """

    answered: Sequence[UUID]
    content: str | None
    interaction: Interaction
    claimed_at: datetime
    correlation_id: str | None = None
    owner_number_id: UUID | None = None
    question: UUID | None = None


@dataclass(frozen=True, slots=True)
class Committed:
    """What a commit has written. `reply_id` is None where a person had taken over; with `more` something waits already."""

    answered: int
    reply_id: UUID | None
    interaction_saved: bool
    more: bool


@dataclass(frozen=True, slots=True)
class Case:
    """Why a person takes over (`reason`), what the customer is told (`content`), and what the team reads first (`title`).

    `pause` ends the case where nobody does.
    """

    alert: AlertKind
    reason: str
    content: str
    title: str
    pause: timedelta


@dataclass(frozen=True, slots=True)
class Failure:
    """What a turn was given up for, after so many `attempts`, and the model that should have answered."""

    error_type: str
    detail: str
    attempts: int
    ai_type: AiType
    model: str


@dataclass(frozen=True, slots=True)
class Buried:
    """A turn that was given up on."""

    dead_letter_id: UUID
    alert_id: UUID
