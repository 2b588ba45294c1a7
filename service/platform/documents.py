"""What the database gives as JSON or rows, as types."""

from pydantic import BaseModel, ConfigDict, JsonValue

JsonObject = dict[str, JsonValue]
"""A JSON object whose keys only its writer and its readers know: a tool's arguments, what a tool returned."""


class Document(BaseModel):
    """A document that is read once and never changed. What it has beyond its fields is left out, so that a newer version may add some."""

    model_config = ConfigDict(frozen=True)
