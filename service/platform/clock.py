"""Time: instants are aware UTC datetimes; days are the shop's."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

WEEKDAYS = ("segunda-feira", "terça-feira", "quarta-feira", "quinta-feira", "sexta-feira", "sábado", "domingo")


def now() -> datetime:
    """Return the current instant, aware, in UTC."""
    return datetime.now(UTC)


def local(instant: datetime, zone: str) -> datetime:
    """Convert an instant to the shop's wall clock (`zone` is an IANA name)."""
    return instant.astimezone(ZoneInfo(zone))


def at(day: date, moment: time, zone: str) -> datetime:
    """Convert a wall-clock moment of the shop's zone to its UTC instant."""
    return datetime.combine(day, moment, ZoneInfo(zone)).astimezone(UTC)


def day_bounds(first: date, last: date, zone: str) -> tuple[datetime, datetime]:
    """Half-open UTC interval that covers the shop's days from `first` to `last`, both included."""
    return at(first, time.min, zone), at(last + timedelta(days=1), time.min, zone)
