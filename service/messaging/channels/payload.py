"""Reading JSON from outside: whatever its shape, an answer and never an exception; what is no JSON is refused."""

import json
import math
import re
from datetime import UTC, datetime
from typing import Any, NoReturn

from service.platform.documents import JsonObject
from service.platform.errors import BadRequest

# Beyond any id; Python refuses to write out numbers of thousands of digits.
LARGEST = 10**40
LONGEST_NUMBER = 40
_DECIMAL = re.compile(r"\d{1,20}\.\d{1,20}\Z", re.ASCII)
# Seconds of the year 5138; a larger number counts something smaller.
LATEST = 10**11
# When something was that does not say so readably.
UNKNOWN = datetime(1970, 1, 1, tzinfo=UTC)


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


def whole(value: Any) -> int | None:
    """Return a whole number, however it is written: as one, as digits, with a fraction, or as protobuf's `{"low": …, "high": …}`."""
    if isinstance(value, dict):
        low, high = value.get("low"), value.get("high")
        return (low % 2**32) + (high * 2**32 if isinstance(high, int) else 0) if isinstance(low, int) else None
    if isinstance(value, str) and _DECIMAL.match(value.strip()):
        value = float(value)
    if isinstance(value, float) and math.isfinite(value):
        value = int(value)
    number = digits(value)
    return int(number) if number and len(number) <= LONGEST_NUMBER else None


def instant(value: Any) -> datetime:
    """Return the aware UTC instant of a Unix timestamp, in whatever unit from seconds to nanoseconds, or of an ISO 8601 text.

    What can't be read is old, not new: nothing is answered for it.
    """
    number = whole(value)
    try:
        if number is not None:
            unit = next(unit for unit in (1, 10**3, 10**6, 10**9) if number < LATEST * unit)
            return datetime.fromtimestamp(number // unit, UTC)
        found = datetime.fromisoformat(text(value)[:40])
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError, OSError, StopIteration):
        return UNKNOWN
