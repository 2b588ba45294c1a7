"""How money, days and times stand in what the model is told: types that are written as words and read back from them."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer

from service.language.formatting import format_day
from service.language.money import format_brl

FROM = "a partir de "
FREE = "grátis"
_DATE = re.compile(r"\d{2}/\d{2}/\d{4}")
_PRICE = re.compile(r"R\$\s*(\d[\d.]*),(\d{2})")


def _cents(value: Any) -> Any:
    """Read "R$ 1.234,56" as 123456; leave anything else to pydantic."""
    found = _PRICE.fullmatch(value) if isinstance(value, str) else None
    return int(found[1].replace(".", "")) * 100 + int(found[2]) if found else value


def _day(value: Any) -> Any:
    """Read "sexta-feira, 27/11/2026" as its date; leave anything else to pydantic."""
    found = _DATE.search(value) if isinstance(value, str) else None
    return datetime.strptime(found[0], "%d/%m/%Y").date() if found else value


Brl = Annotated[int, BeforeValidator(_cents), PlainSerializer(format_brl)]
"""Integer cents, written "R$ 70,00"."""
Clock = Annotated[time, PlainSerializer(lambda moment: f"{moment:%H:%M}")]
"""A time of day, written "09:30"."""
DayInWords = Annotated[date, BeforeValidator(_day), PlainSerializer(format_day)]
"""A date, written "sexta-feira, 27/11/2026"."""


@dataclass(frozen=True, slots=True)
class Price:
    """Integer cents, or the lowest of several prices."""

    cents: int
    is_lowest: bool = False

    def __str__(self) -> str:
        return f"{FROM}{format_brl(self.cents)}" if self.is_lowest else format_brl(self.cents)


def _price(value: Any) -> Any:
    cents = _cents(value.removeprefix(FROM)) if isinstance(value, str) else None
    return Price(cents, value.startswith(FROM)) if isinstance(cents, int) else value


PriceInWords = Annotated[Price, BeforeValidator(_price), PlainSerializer(str)]
"""A price, written "R$ 70,00" or "a partir de R$ 60,00"."""
Fee = Annotated[
    int,
    BeforeValidator(lambda value: 0 if value == FREE else _cents(value)),
    PlainSerializer(lambda cents: format_brl(cents) if cents else FREE),
]
"""Integer cents, written "R$ 15,00" or "grátis"."""


def left_out(default: Any = None) -> Any:
    """Declare a field that is not written at all where it has its default."""
    return Field(default=default, exclude_if=lambda value: value == default)


class Told(BaseModel):
    """Something that the model is told. Keys that a newer or older version wrote beside its own are ignored when it is read."""

    model_config = ConfigDict(frozen=True, extra="ignore", validate_by_name=True, validate_by_alias=True)

    def as_json(self) -> dict[str, Any]:
        """Return it as plain JSON, as the model reads it and as the journal and the checkpoint keep it."""
        return self.model_dump(mode="json", by_alias=True)
