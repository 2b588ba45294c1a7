"""Reading JSON from outside: whatever its shape, an answer and never an exception; what is no JSON is refused."""

import json
from datetime import UTC, datetime
from typing import Any, NoReturn

from service.platform import clock
from service.platform.documents import JsonObject
from service.platform.errors import BadRequest

# Beyond any id; Python refuses to write out numbers of thousands of digits.
LARGEST = 10**40


def decoded(raw: bytes) -> Any:
    """Return the JSON of a webhook's body. Raises BadRequest where it is none."""
    try:
        return json.loads(raw, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise BadRequest("The body is not JSON.") from error


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")


def obj(value: Any) -> JsonObject:
    """Return the value if it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def objects(value: Any) -> list[JsonObject]:
    """Return the objects of a list; anything else is left out."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def text(value: Any) -> str:
    """Return text as it is and whole numbers as digits; anything else is empty."""
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int) and not isinstance(value, bool) and abs(value) < LARGEST else ""


def first(*values: Any) -> str:
    """Return the first of some values that has text in it."""
    return next((found for value in values if (found := text(value)).strip()), "")


def digits(value: Any) -> str | None:
    """Return a phone number's digits without `+`, spaces and hyphens; None where the value is no number."""
    number = text(value).strip().lstrip("+").replace(" ", "").replace("-", "")
    return number if number.isascii() and number.isdigit() else None


def instant(value: Any) -> datetime:
    """Return the aware UTC instant of a Unix timestamp (seconds, as number, text or protobuf's `{"low": …}`); now where there is none."""
    if isinstance(value, dict):
        value = value.get("low")
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    seconds = digits(value)
    if seconds and len(seconds) <= 12:
        try:
            return datetime.fromtimestamp(int(seconds), UTC)
        except (ValueError, OverflowError, OSError):
            pass
    return clock.now()
