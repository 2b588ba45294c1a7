"""What a dialogue file may say. Days are written as `evals.templates` has them; unknown keys are refused."""

from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, ValidationError

from evals.templates import fill
from service.messaging.channels.base import ChannelName
from service.platform.errors import Misconfigured
from service.shop.bookings import Move

FOLDER = Path(__file__).parent / "dialogues"
DEMO = "demo"
Table = Literal[
    "bookings", "pets", "contacts", "conversations", "messages", "escalations", "ai_interactions", "aurora_proactive_messages",
    "alerts", "dead_letters", "proposals", "allocations", "booking_events", "waiting_list", "outreach", "contact_packages",
]  # fmt: skip


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


# The shops


class Treatment(Part):
    kind: Literal["vaccine", "dewormer"] = "vaccine"
    name: str
    due: str


class Pet(Part):
    name: str
    species: str = "dog"
    breed: str | None = None
    size: str | None = None
    coat: str | None = None
    birth_date: str | None = None
    notes: str | None = None
    treatments: list[Treatment] = []


class Package(Part):
    """Sessions of a service that a customer has bought; they are good from yesterday to the day `expires`, for a month where not said."""

    name: str
    service: str
    sessions: int
    price_cents: int
    pet: str | None = None
    expires: str | None = None


class Contact(Part):
    phone: str
    name: str
    pets: list[Pet] = []
    packages: list[Package] = []


class Owner(Part):
    phone: str
    name: str = "Dona"
    active: bool = True


class Rate(Part):
    """What a service costs and takes for some pets; what is not said is the service's own."""

    species: str | None = None
    size: str | None = None
    coat: str | None = None
    accepted: bool = True
    minutes: int | None = None
    price_cents: int | None = None


class Service(Part):
    """A service that the shop has not got yet, or, under a known name, rates and needs of one that it has.

    Of each list in `needs` it takes one at once, by name; who or what the shop has not got yet is made. A new one without needs gets a
    table of its own. `prerequisite` is a service that stands before it.
    """

    name: str
    minutes: int = 60
    price_cents: int = 7000
    ai_may_book: bool = True
    unit: Literal["visit", "day", "night"] = "visit"
    species: list[str] | None = None
    prerequisite: str | None = None
    needs: list[list[str]] = []
    rates: list[Rate] = []


class Booking(Part):
    """A booking that is there before the dialogue. `contact` is a phone; `resource` any that is free where not said; `package` one that the
    customer has bought, by its name; `made` when it was booked, a week ago where not said.
    """

    contact: str
    service: str
    starts: str
    pet: str | None = None
    resource: str | None = None
    status: str = "scheduled"
    package: str | None = None
    made: str | None = None


class Closure(Part):
    first: str
    last: str
    reason: str = "Fechado"


class SpecialHours(Part):
    """The hours of one day instead of its weekday's."""

    day: str
    opens: str
    closes: str


class Absence(Part):
    """A stretch in which somebody, or something, can't be booked."""

    resource: str
    starts: str
    ends: str


class Shop(Part):
    """What a shop has beyond the demo shop's seed; another shop than `demo` is made from nothing, open Monday to Saturday, 9h to 18h.

    No shop closes on public holidays, so that any day can be the dialogue's today, unless `settings` says so. `without_bookings` takes the
    seeded bookings away, where a dialogue counts figures. `knowledge` are titles with their contents, `pickup_zones` names with their
    fee in cents, `settings` columns of `organization_settings`.
    """

    name: str = "Outra Loja"
    phone_number_id: str | None = None
    without_bookings: bool = False
    services: list[Service] = []
    owners: list[Owner] = []
    contacts: list[Contact] = []
    bookings: list[Booking] = []
    closures: list[Closure] = []
    special_hours: list[SpecialHours] = []
    absences: list[Absence] = []
    pickup_zones: dict[str, int] = {}
    knowledge: dict[str, str] = {}
    settings: dict[str, Any] = {}


# The model's script


class ToolCall(Part):
    """`raw` goes out as the arguments' text, well-formed or not."""

    name: str
    args: dict[str, Any] = {}
    raw: str | None = None


class ModelAnswer(Part):
    """One answer of the scripted model. `${result.…}` in a text is filled from the tool results that the model was just sent."""

    say: str | None = None
    calls: list[ToolCall] = []


# The expectations


class ExpectedCall(Part):
    """A tool call. `args` and `result` are subsets, compared as `evals.graders.matches` has it."""

    name: str
    args: dict[str, Any] = {}
    result: dict[str, Any] | None = None
    scripted_only: bool = False


class ExpectedReply(Part):
    """Some message sent to `to` (the step's phone) holds every text of `contains` (of a list in it, any one); none holds one of `lacks`."""

    to: str | None = None
    contains: list[str | list[str]] = []
    lacks: list[str] = []
    regex: str | None = None
    scripted_only: bool = False


class ExpectedRows(Part):
    """How many rows of a table match."""

    table: Table
    where: dict[str, Any] = {}
    count: int = Field(1, ge=0)
    scripted_only: bool = False


class ExpectedRequest(Part):
    """What the newest request to the model held, tools offered included; looked at in scripted runs."""

    contains: list[str] = []
    lacks: list[str] = []
    offers: list[str] = []
    withholds: list[str] = []


class Expect(Part):
    """Graded over a step where it stands in one, else over the whole dialogue."""

    rows: list[ExpectedRows] = []
    calls: list[ExpectedCall] = []
    any_order: bool = False
    no_calls: list[str] = []
    replies: list[ExpectedReply] = []
    sent: int | None = None
    request: ExpectedRequest | None = None
    requests: int | None = None


# The steps


class Step(Part):
    """`minutes_later`: so long after the step before; what was proposed and held is that much older."""

    minutes_later: int = Field(0, ge=0)
    shop: str = DEMO
    phone: str | None = None
    model: list[ModelAnswer] = []
    expect: Expect = Expect()


class Says(Step):
    """A customer or owner writes; a list is a burst. `deliveries` of the same webhook come at once, and one more after the answer."""

    says: str | list[str]
    type: Literal["text", "audio", "image", "sticker", "location"] = "text"
    via: ChannelName = "cloud_api"
    jid: str | None = None
    hours_ago: float = 0.0
    deliveries: int = Field(1, ge=1)


class PersonSays(Step):
    """Somebody of the team answers in the inbox."""

    person: str


class HandsBack(Step):
    """The team gives the conversation back to the AI, with a note or an empty text."""

    hand_back: str


class OnBoard(Step):
    """The team takes a booking along the day's board, one step after the other; `booking` is what its row has."""

    board: list[Move]
    booking: dict[str, Any]


class Reminds(Step):
    """The scheduler's minute: what is due to be written unasked, is written. As if it were this instant, or "now"."""

    remind: str


class Offers(Step):
    """The scheduler again: what ran out ends, and freed times are offered to those who wait."""

    offer: Literal["now"]


_KINDS: dict[str, type[Step]] = {
    "says": Says, "person": PersonSays, "hand_back": HandsBack, "board": OnBoard, "remind": Reminds, "offer": Offers,
}  # fmt: skip


def _kind(value: Any) -> str:
    if isinstance(value, Step):
        return next(name for name, kind in _KINDS.items() if isinstance(value, kind))
    return next((name for name in _KINDS if isinstance(value, dict) and name in value), "says")


AnyStep = Annotated[
    Annotated[Says, Tag("says")]
    | Annotated[PersonSays, Tag("person")]
    | Annotated[HandsBack, Tag("hand_back")]
    | Annotated[OnBoard, Tag("board")]
    | Annotated[Reminds, Tag("remind")]
    | Annotated[Offers, Tag("offer")],
    Discriminator(_kind),
]


class Dialogue(Part):
    """One file of `evals/dialogues`."""

    name: str
    about: str
    phone: str = "5511955550001"
    shops: dict[str, Shop] = {}
    steps: list[AnyStep] = Field(min_length=1)
    expect: Expect = Expect()


def names(folder: Path = FOLDER) -> list[str]:
    return sorted(path.stem for path in folder.glob("*.yaml"))


def load(name: str, today: date, zone: str, folder: Path = FOLDER) -> Dialogue:
    """Read a dialogue by its file's name, its days filled in. Raises Misconfigured where the file is missing or not a dialogue."""
    path = folder / f"{name}.yaml"
    if name not in names(folder):
        raise Misconfigured(f"There is no dialogue called {name}; --list shows those that exist.")
    try:
        written = yaml.safe_load(path.read_text("utf-8"))
        return Dialogue.model_validate({"name": name, **fill(_bare(written), today, zone)})
    except ValidationError as error:
        first = error.errors()[0]
        raise Misconfigured(f"{path.name} is not a dialogue: {'.'.join(map(str, first['loc']))}: {first['msg']}.") from error
    except (yaml.YAMLError, TypeError) as error:
        raise Misconfigured(f"{path.name} is not a dialogue: {' '.join(str(error).split())}.") from error


def _bare(value: Any) -> Any:
    """YAML's own dates as they were written."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return [_bare(item) for item in value]
    return {key: _bare(item) for key, item in value.items()} if isinstance(value, dict) else value
