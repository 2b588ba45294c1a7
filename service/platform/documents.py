"""What the database gives as JSON or rows, as types."""

from datetime import time
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, JsonValue, PlainSerializer

from service.platform import clock

JsonObject = dict[str, JsonValue]
"""A JSON object whose keys only its writer and its readers know: a tool's arguments, what a tool returned."""


def _end(value: Any) -> Any:
    """Read 24:00; leave anything else to pydantic."""
    return clock.MIDNIGHT if value in ("24:00", "24:00:00") else value


EndOfDay = Annotated[time, BeforeValidator(_end), PlainSerializer(clock.write_end, when_used="json")]
"""When something of a day ends, such as a shop's hours; midnight is the day's end, written "24:00:00"."""


class Document(BaseModel):
    """A document that is read once and never changed. What it has beyond its fields is left out, so that a newer version may add some."""

    model_config = ConfigDict(frozen=True)
