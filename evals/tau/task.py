"""What a file of tasks may say. Days are written as `evals.templates` has them; unknown keys are refused."""

from datetime import date
from pathlib import Path
from typing import Any, Literal, Self

import yaml
from pydantic import Field, ValidationError, model_validator

from evals.dialogue import Booking, Contact, Part, Shop
from evals.templates import fill
from service.platform.errors import Misconfigured

FOLDER = Path(__file__).parents[1] / "tasks"
SHOP = Path(__file__).parent / "shop.yaml"
OWNER_PHONE = "5511988880001"

# What an agent may ask a customer for.
Slot = Literal[
    "pet", "species", "breed", "age", "size", "coat", "service", "day", "time", "nights", "zone", "person", "own_name", "which", "team",
]  # fmt: skip
Kind = Literal["book", "move", "cancel", "register", "wait"]


class Deal(Part):
    """What the customer wants to come of it. `starts` is an instant; `also_at` further instants that may be named with it (a move's old
    one, the end of a stay). Of several pets or services the agent may choose what comes after the first.
    """

    kind: Kind
    pets: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    starts: str | None = None
    also_at: tuple[str, ...] = ()


class Want(Part):
    """One thing that a customer wants. `says` opens it (a list is a burst), `again` are the same in other words, whole each.

    It ends when the deal was told as done, when the agent asks to confirm exactly it (`confirm`: the customer then goes on with what he
    wants next, instead of agreeing), or with any answer. Where it can't be had, he wants `instead`.
    """

    says: str | list[str]
    again: tuple[str, ...] = ()
    facts: dict[Slot, str] = Field(default_factory=dict)
    deal: Deal | None = None
    ends: Literal["done", "confirm", "answer"] | None = None
    instead: "Want | None" = None

    @property
    def until(self) -> Literal["done", "confirm", "answer"]:
        return self.ends or ("done" if self.deal else "answer")


class BookingRow(Part):
    """A booking that is new or changed at the end."""

    pet: str
    service: str
    starts: str
    status: str = "scheduled"
    professional: str | None = None
    zone: str | None = None
    ends: str | None = None
    optional: bool = False


class PetRow(Part):
    """A pet that is new or changed at the end, with all that is set of it: what is not named here must not be."""

    name: str
    set: dict[str, Any] = Field(default_factory=dict)
    optional: bool = False


class WaitingRow(Part):
    """An entry of the waiting list that is new or changed at the end."""

    first_day: str
    last_day: str
    status: str = "waiting"
    optional: bool = False


class Expect(Part):
    """The rows at the end: exactly these are new or changed. `escalated` None leaves it open. Each of `told` must have been said."""

    bookings: tuple[BookingRow, ...] = ()
    pets: tuple[PetRow, ...] = ()
    waiting: tuple[WaitingRow, ...] = ()
    opted_out: bool = False
    renamed: str | None = None
    escalated: bool | None = False
    told: tuple[str | list[str], ...] = ()


class Task(Part):
    """One task. `contact` is what the shop knows of the customer, None of a new one; his phone is the run's to choose."""

    name: str
    about: str
    tags: list[str] = Field(min_length=1)
    owner: bool = False
    contact: Contact | None = None
    bookings: tuple[Booking, ...] = ()
    wants: list[Want] = Field(min_length=1)
    expect: Expect = Expect()
    turns: int = 12
    phone: str = ""

    @model_validator(mode="before")
    @classmethod
    def _with_phone(cls, value: Any) -> Any:
        """Let the contact and its bookings go without the phone, which is the task's."""
        phone = OWNER_PHONE if value.get("owner") else value.get("phone")
        contact = value.get("contact")
        return {
            **value,
            "phone": phone,
            "contact": {"phone": phone, **contact} if contact else None,
            "bookings": [{"contact": phone, **booking} for booking in value.get("bookings", [])],
        }

    @model_validator(mode="after")
    def _agent_is_tagged(self) -> Self:
        if self.owner is not ("owner" in self.tags):
            raise ValueError(f"{self.name}: a task of an owner's is tagged so, and no other")
        return self


def written(folder: Path = FOLDER) -> list[dict[str, Any]]:
    """Return every task as its file has it, in order. Raises Misconfigured for a file that is no list of named tasks."""
    tasks: list[dict[str, Any]] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            content = yaml.safe_load(path.read_text("utf-8"))
        except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
            raise Misconfigured(f"{path.name} is not a file of tasks: {' '.join(str(error).split())}.") from error
        if not isinstance(content, list) or not all(isinstance(one, dict) and "name" in one for one in content):
            raise Misconfigured(f"{path.name} is not a file of tasks: a list of tasks with names was expected.")
        tasks += content
    names = [one["name"] for one in tasks]
    if doubled := {name for name in names if names.count(name) > 1}:
        raise Misconfigured(f"Two tasks have the same name: {', '.join(sorted(doubled))}.")
    return tasks


def read(content: dict[str, Any], today: date, zone: str, *, phone: str) -> Task:
    """Read one task, its days filled in. Raises Misconfigured, in a sentence, for what is no task."""
    try:
        return Task.model_validate({"phone": phone, **fill(content, today, zone)})
    except ValidationError as error:
        first = error.errors()[0]
        raise Misconfigured(f"The task {content['name']}: {'.'.join(map(str, first['loc']))}: {first['msg']}.") from error


def the_shop(today: date, zone: str) -> Shop:
    """Return the one shop of all tasks, so that every prompt begins the same."""
    return Shop.model_validate(fill(yaml.safe_load(SHOP.read_text("utf-8")), today, zone))
