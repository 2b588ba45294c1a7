"""Everything that a turn knows about its conversation, as one document (`service.turns.queries.briefing` loads it).

Ids are UUIDs, instants aware, days and times of day the shop's, money integer cents.
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AwareDatetime, BeforeValidator, ValidationError, WrapValidator

from service.agenda.catalog import Pet, Service
from service.agenda.engine import Closure, Hours
from service.agenda.proposals import ProposalKind
from service.agenda.visits import Item
from service.language.emergency import Danger
from service.language.words import BookingStatus
from service.messaging.channels.base import ChannelName
from service.messaging.voice.transcriber import SURE
from service.platform import clock
from service.platform.documents import Document, EndOfDay, JsonObject
from service.platform.journal import Recorded
from service.turns.models import Api, Effort

# What is said instead of written.
SPOKEN = frozenset({"audio", "voice"})


def _readable(value: Any, read: Callable[[Any], Any]) -> Any:
    """Take what a shop wrote into its free JSON columns and nobody can read as not set: its customers are answered all the same."""
    try:
        return read(value)
    except ValidationError:
        return None


def _object(value: Any) -> Any:
    return value if isinstance(value, dict) else {}


def _api(value: Any) -> Any:
    """Read the name that Chat Completions have elsewhere."""
    return "chat" if value == "chat_completions" else value


Text = Annotated[str | None, WrapValidator(_readable)]
Number = Annotated[float | None, WrapValidator(_readable)]
EffortOrDefault = Annotated[Effort | None, WrapValidator(_readable)]
ApiOrDefault = Annotated[Literal["auto"] | Api | None, BeforeValidator(_api), WrapValidator(_readable)]


class AiConfig(Document):
    """Which models answer for a shop, and how: for both agents, or for one of them. None is the default.

    `api` is the interface that they are asked by, "auto" the one that the model wants (`service.turns.models`).
    """

    model: Text = None
    temperature: Number = None
    reasoning_effort: EffortOrDefault = None
    api: ApiOrDefault = None
    client_model: Text = None
    client_temperature: Number = None
    client_reasoning_effort: EffortOrDefault = None
    aurora_model: Text = None
    aurora_temperature: Number = None
    aurora_reasoning_effort: EffortOrDefault = None


class Personality(Document):
    """How a shop's agents present themselves."""

    name: Text = None
    tone: Text = None
    business_type: Text = None


class Organization(Document):
    """The shop. `timezone` is an IANA name, `state` the two letters of a Brazilian state."""

    id: UUID
    name: str
    timezone: str
    state: str | None = None
    address: str | None = None
    phone: str | None = None


class ShopSettings(Document):
    """What the shop has decided. Minutes and hours as the names say; None leaves it to the installation."""

    ai_config: Annotated[AiConfig, BeforeValidator(_object)] = AiConfig()
    ai_personality: Annotated[Personality, BeforeValidator(_object)] = Personality()
    lead_time_minutes: int = 0
    slot_step_minutes: int = 30
    pause_hours: float | None = None
    emergency_text: str | None = None
    payment_methods: str | None = None
    named_is_agreed: bool = True
    closes_on_holidays: bool = True
    cancel_notice_minutes: int = 0
    hold_minutes: int = 30

    def pause(self, hours: float) -> timedelta:
        """Return how long a person has a conversation before it goes back by itself; `hours` where the shop has not said."""
        return timedelta(hours=self.pause_hours or hours)


class Source(Document):
    """The shop's number that the conversation came in by, without its secrets."""

    id: UUID
    channel: ChannelName


class Contact(Document):
    """Who writes; `phone` is the provider's id of them where the number is not known. `waits` is whether they are on the waiting list."""

    id: UUID
    name: str | None
    phone: str | None
    waits: bool = False


class Owner(Document):
    """The registered number of an owner, where the contact is one."""

    id: UUID
    name: str | None
    user_id: UUID | None


class Appointment(Document):
    """A coming booking of the contact's; `professional` is "" where only a place is taken. With a `package` nothing is to be paid."""

    id: UUID
    pet: str | None
    service: str
    starts_at: AwareDatetime
    ends_at: AwareDatetime
    status: BookingStatus
    professional: str
    price_cents: int
    package: str | None = None


class Quoted(Document):
    """The beginning of a message that another one quotes or reacts to, the shop's (`from_us`) or the customer's own."""

    from_us: bool
    content: str


class Voice(Document):
    """What became of a voice note: whether it is heard at all (`is_heard`), how far that is, and how sure it was, from 0 to 1."""

    status: Literal["fetch", "hear", "kept", "failed"]
    is_heard: bool
    confidence: float | None


class Message(Document):
    """A row of the conversation. `at` is the provider's clock where it told; `turn_id` the turn that claimed or wrote it.

    `proposal_id` is the proposal whose question it is, or, of an unanswered reaction, that it is on. `edited` before it was answered.
    `referral` is what it was written from, an advertisement or a product: neither that nor what it quotes are the customer's words.
    `voice` is set of a voice note that is stored.
    """

    id: UUID
    seq: int
    direction: Literal["incoming", "outgoing"]
    sent_by_ai: bool
    author: str | None
    ai_message_id: str | None
    message_type: str
    content: str
    at: AwareDatetime
    external_id: str | None
    quoted_external_id: str | None
    quoted: Quoted | None = None
    referral: str | None = None
    proposal_id: UUID | None = None
    button_id: str | None = None
    voice: Voice | None = None
    edited: bool = False
    unanswered: bool
    emergency: Danger | None
    status: str
    turn_id: UUID | None
    correlation_id: str | None

    @property
    def is_spoken(self) -> bool:
        """Tell whether it is a voice note."""
        return self.message_type in SPOKEN

    @property
    def is_unheard(self) -> bool:
        """Tell whether it is a voice note whose words nobody has made out."""
        return self.is_spoken and not self.content.strip()

    @property
    def is_sure(self) -> bool:
        """Tell whether its words are the customer's for certain: written, or heard so well that a yes is a yes."""
        sure = self.voice.confidence if self.voice else None
        return not self.is_spoken or (sure is not None and sure >= SURE)

    @property
    def is_doubtful(self) -> bool:
        """Tell whether it agrees to nothing by itself: it was changed before it was read, or it may have been misheard."""
        return self.edited or not self.is_sure


class SpecialHours(Document):
    """A stretch in which the shop opens on a single day, instead of the week's hours; without times it stays closed."""

    day: date
    opens_at: time | None = None
    closes_at: EndOfDay | None = None
    reason: str | None = None


class ProposedBy(Document):
    """The tool call that made a proposal."""

    name: str
    args: JsonObject


class Proposal(Document):
    """What the customer was asked last and has not answered; `result` is what the model is told when it comes true."""

    id: UUID
    kind: ProposalKind
    items: tuple[Item, ...]
    result: JsonObject
    call: ProposedBy
    expired: bool
    waiting_list_id: UUID | None


class Handback(Document):
    """The case that a person has closed, and the AI has not taken up yet."""

    id: UUID
    reason: str
    note: str | None
    opened_at: AwareDatetime
    closed_by: str | None


class Today(Document):
    """The shop's day so far, for its owner. Revenue is that of completed bookings."""

    bookings_by_status: dict[BookingStatus, int]
    revenue_cents: int
    clients_served: int


class Briefing(Document):
    """The conversation at the instant `now` of the claim, by the database's clock.

    `history` has the newest messages in order and every unanswered one, `replied` is the last turn whose reply may have been sent,
    `effects` are what unfinished turns have already done. `withdrawn` are the newest that the customer deleted before they were answered:
    a turn may have taken them up.
    """

    now: AwareDatetime
    conversation_id: UUID
    organization: Organization
    settings: ShopSettings
    instance: Source
    contact: Contact
    owner: Owner | None = None
    pets: tuple[Pet, ...] = ()
    appointments: tuple[Appointment, ...] = ()
    services: tuple[Service, ...] = ()
    hours: tuple[Hours, ...] = ()
    closures: tuple[Closure, ...] = ()
    special_hours: tuple[SpecialHours, ...] = ()
    history: tuple[Message, ...] = ()
    withdrawn: tuple[UUID, ...] = ()
    replied: UUID | None = None
    effects: tuple[Recorded, ...] = ()
    proposal: Proposal | None = None
    handback: Handback | None = None
    today: Today | None = None

    @property
    def zone(self) -> str:
        """Return the shop's time zone, an IANA name."""
        return self.organization.timezone

    @property
    def local_now(self) -> datetime:
        """Return the shop's time."""
        return clock.local(self.now, self.zone)

    @property
    def local_date(self) -> date:
        """Return the shop's date."""
        return self.local_now.date()

    @property
    def unanswered(self) -> tuple[Message, ...]:
        """Return the customer's messages that this turn answers."""
        return tuple(message for message in self.history if message.unanswered)

    @property
    def said(self) -> str:
        """Return what the customer wrote in this turn, as one text."""
        return "\n".join(message.content for message in self.unanswered)

    @property
    def names(self) -> list[str]:
        """Return the names of the customer's pets and of the shop's services."""
        return [*(pet.name for pet in self.pets), *(service.name for service in self.services)]
