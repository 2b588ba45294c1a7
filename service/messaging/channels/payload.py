"""Reading JSON from outside: whatever the shape, an answer and never an exception."""

from datetime import UTC, datetime
from typing import Any

from service.platform import clock

# Beyond any id; Python refuses to write out numbers of thousands of digits.
LARGEST = 10**40


def obj(value: Any) -> dict[str, Any]:
    """The value if it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def objects(value: Any) -> list[dict[str, Any]]:
    """The objects of a list; anything else is left out."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def text(value: Any) -> str:
    """Text as it is and whole numbers as digits; anything else is empty."""
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int) and not isinstance(value, bool) and abs(value) < LARGEST else ""


def first(*values: Any) -> str:
    """The first of some values that has text in it."""
    return next((found for value in values if (found := text(value)).strip()), "")


def digits(value: Any) -> str | None:
    """A phone number's digits without `+` and spaces; None where the value is no number."""
    number = text(value).strip().lstrip("+").replace(" ", "").replace("-", "")
    return number if number.isascii() and number.isdigit() else None


def instant(value: Any) -> datetime:
    """Aware UTC instant of a Unix timestamp (seconds, as number, text or protobuf's `{"low": …}`); now where there is none."""
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
