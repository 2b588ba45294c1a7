"""Time: instants are aware UTC datetimes; days are the shop's."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MIDNIGHT = time.min
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


def until(day: date, moment: time, zone: str) -> datetime:
    """Convert the wall-clock end of something of a day to its UTC instant: what ends at midnight ends with the day, not before it."""
    return at(day + timedelta(days=1) if moment == MIDNIGHT else day, moment, zone)


def read_end(written: str) -> time:
    """Read an end of the day as Postgres writes times. Its 24:00, which Python has not, is `MIDNIGHT`. Raises ValueError."""
    return MIDNIGHT if written == "24:00:00" else time.fromisoformat(written)


def write_end(moment: time) -> str:
    """Write an end of the day as Postgres writes times: "18:00:00", or "24:00:00" for midnight."""
    return "24:00:00" if moment == MIDNIGHT else moment.isoformat()


def minute(moment: time, *, is_end: bool = False) -> int:
    """Return the minute of the day, of 1440 an end that is midnight."""
    return 1440 if is_end and moment == MIDNIGHT else moment.hour * 60 + moment.minute


def day_bounds(first: date, last: date, zone: str) -> tuple[datetime, datetime]:
    """Half-open UTC interval that covers the shop's days from `first` to `last`, both included."""
    return at(first, time.min, zone), at(last + timedelta(days=1), time.min, zone)
