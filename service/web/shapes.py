"""Fields and small models that several routers of the API share."""

import re
from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, BeforeValidator, Field
from pydantic_core import PydanticKnownError

from service.language.text import storable

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def _no_number(value: Any) -> Any:
    """Refuse what is not written as a day: pydantic takes a number, also one in a text, for seconds since 1970."""
    if not isinstance(value, date) and not (isinstance(value, str) and _DAY.match(value)):
        raise PydanticKnownError("date_type")
    return value


def _cleaned(value: Any) -> Any:
    return storable(value) if isinstance(value, str) else value


Name = Annotated[str, Field(min_length=1, max_length=120), BeforeValidator(_cleaned)]
Reason = Annotated[str, Field(min_length=1, max_length=500), BeforeValidator(_cleaned)]
Date = Annotated[date, Field(ge=date(2000, 1, 1), le=date(2100, 12, 31)), BeforeValidator(_no_number)]
Instant = Annotated[AwareDatetime, Field(ge=datetime(2000, 1, 1, tzinfo=UTC), le=datetime(2100, 12, 31, tzinfo=UTC))]
Cents = Annotated[int, Field(ge=0, le=100_000_000, description="Integer cents of a real.")]


class Named(BaseModel):
    id: UUID
    name: str | None


class Customer(Named):
    phone: str | None


class Service(Named):
    unit: Literal["visit", "day", "night"]


class Resource(Named):
    kind: str


class Absence(BaseModel):
    id: UUID
    resource_id: UUID
    resource: str
    starts_at: datetime
    ends_at: datetime
    reason: str | None
