"""What a dialogue file may say. Days are written as `evals.templates` has them; unknown keys are refused."""

from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, ValidationError

from evals.templates import fill
from service.errors import Misconfigured

FOLDER = Path(__file__).parent / "dialogues"
DEMO = "demo"
Table = Literal[
    "bookings", "pets", "contacts", "conversations", "messages", "escalations", "ai_interactions", "aurora_proactive_messages",
    "alerts", "dead_letters", "proposals", "allocations", "booking_events",
]  # fmt: skip


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


# The shops


class Pet(Part):
    name: str
    species: str = "dog"
    breed: str | None = None
    size: str | None = None
    coat: str | None = None
    notes: str | None = None


class Contact(Part):
    phone: str
    name: str
    pets: list[Pet] = []


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
    """A service that the shop has not got yet, or, under a known name, the rates of one that it has."""

    name: str
    minutes: int = 60
    price_cents: int = 7000
    ai_may_book: bool = True
    rates: list[Rate] = []


class Booking(Part):
    """A booking that is there before the dialogue. `contact` is a phone; `resource` any that is free where not said."""

    contact: str
    service: str
    starts: str
    pet: str | None = None
    resource: str | None = None
    status: str = "scheduled"


class Closure(Part):
    first: str
    last: str
    reason: str = "Fechado"


class Shop(Part):
    """What a shop has beyond the demo shop's seed; another shop than `demo` is made from nothing, open Monday to Saturday, 9h to 18h.

    `without_bookings` takes the seeded bookings away, where a dialogue counts figures. `knowledge` are titles with their contents,
    `settings` columns of `organization_settings`.
    """

    name: str = "Outra Loja"
    phone_number_id: str | None = None
    without_bookings: bool = False
    services: list[Service] = []
    owners: list[Owner] = []
    contacts: list[Contact] = []
    bookings: list[Booking] = []
    closures: list[Closure] = []
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
    via: Literal["cloud_api", "evolution"] = "cloud_api"
    jid: str | None = None
    hours_ago: float = 0.0
    deliveries: int = Field(1, ge=1)


class PersonSays(Step):
    """Somebody of the team answers in the inbox."""

    person: str


class HandsBack(Step):
    """The team gives the conversation back to the AI, with a note or an empty text."""

    hand_back: str


def _kind(value: Any) -> str:
    keys = value if isinstance(value, dict) else getattr(value, "__dict__", {})
    return next((name for name in ("says", "person", "hand_back") if name in keys), "says")


AnyStep = Annotated[
    Annotated[Says, Tag("says")] | Annotated[PersonSays, Tag("person")] | Annotated[HandsBack, Tag("hand_back")], Discriminator(_kind)
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
        return Dialogue.model_validate({"name": name, **fill(_plain(written), today, zone)})
    except ValidationError as error:
        first = error.errors()[0]
        raise Misconfigured(f"{path.name} is not a dialogue: {'.'.join(map(str, first['loc']))}: {first['msg']}.") from error
    except (yaml.YAMLError, TypeError) as error:
        raise Misconfigured(f"{path.name} is not a dialogue: {' '.join(str(error).split())}.") from error


def _plain(value: Any) -> Any:
    """YAML's own dates as they were written."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return {key: _plain(item) for key, item in value.items()} if isinstance(value, dict) else value
