"""Time: instants are aware UTC datetimes; days are the shop's."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

WEEKDAYS = ("segunda-feira", "terça-feira", "quarta-feira", "quinta-feira", "sexta-feira", "sábado", "domingo")


def now() -> datetime:
    """The current instant, aware, UTC."""
    return datetime.now(UTC)


def local(instant: datetime, zone: str) -> datetime:
    """The same instant on the shop's wall clock (`zone` is an IANA name)."""
    return instant.astimezone(ZoneInfo(zone))


def at(day: date, moment: time, zone: str) -> datetime:
    """The UTC instant of a wall-clock moment in the shop's zone."""
    return datetime.combine(day, moment, ZoneInfo(zone)).astimezone(UTC)


def day_bounds(first: date, last: date, zone: str) -> tuple[datetime, datetime]:
    """Half-open UTC interval that covers the shop's days from `first` to `last`, both included."""
    return at(first, time.min, zone), at(last + timedelta(days=1), time.min, zone)
