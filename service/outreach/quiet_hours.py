"""When the shop may write unasked: its quiet hours, and the instants of an appointment's reminders. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from service.platform import clock

# A reminder that finds no other place is said so long before the evening's quiet hours begin.
EVENING = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Quiet:
    """From one wall-clock time of the shop's zone to another, over midnight where `until` is the earlier one; none where both are equal."""

    since: time
    until: time
    zone: str

    def covers(self, instant: datetime) -> bool:
        """Tell whether an instant lies in the quiet hours; their end does not."""
        wall = clock.local(instant, self.zone).time()
        if self.since <= self.until:
            return self.since <= wall < self.until
        return wall >= self.since or wall < self.until

    def end_after(self, instant: datetime) -> datetime:
        """Return the next end of quiet hours."""
        return next(end for end in self._moments(instant, self.until, (-1, 0, 1, 2)) if end > instant)

    def begin_before(self, instant: datetime) -> datetime:
        """Return the last beginning of quiet hours, the instant itself included."""
        return next(begin for begin in self._moments(instant, self.since, (1, 0, -1, -2)) if begin <= instant)

    def _moments(self, instant: datetime, wall: time, days: Iterable[int]) -> list[datetime]:
        day = clock.local(instant, self.zone).date()
        return [clock.at(day + timedelta(days=n), wall, self.zone) for n in days]


def reminders(start: datetime, hours: Iterable[int], made_at: datetime, quiet: Quiet) -> dict[int, datetime]:
    """Return when an appointment's customer is reminded, by the hours before it; each outside of the quiet hours and before the start.

    Hours that had passed when the appointment was made get none. What falls into quiet hours is said at their end. Where the appointment
    begins before that, it is said the evening before, unless an earlier reminder has said it all.
    """
    moments: dict[int, datetime] = {}
    for before in sorted(set(hours), reverse=True):
        wanted = start - timedelta(hours=before)
        if wanted <= made_at:
            continue
        moment = quiet.end_after(wanted) if quiet.covers(wanted) else wanted
        if moment < start:
            moments[before] = moment
        elif not moments and (evening := _evening_before(wanted, quiet)) and evening > made_at:
            moments[before] = evening
    return moments


def _evening_before(wanted: datetime, quiet: Quiet) -> datetime | None:
    """Return a moment shortly before the quiet hours that cover an instant; None where there is no time between them and those before."""
    begin = quiet.begin_before(wanted)
    evening = max(begin - EVENING, quiet.end_after(begin - timedelta(days=1)))
    return evening if evening < begin and not quiet.covers(evening) else None


def due_reminder(now: datetime, start: datetime, hours: Iterable[int], made_at: datetime, quiet: Quiet) -> int | None:
    """Choose the reminder, by its hours, that counts now: the nearest to the start whose moment has come.

    None in quiet hours and after the start.
    """
    if now >= start or quiet.covers(now):
        return None
    return min((before for before, moment in reminders(start, hours, made_at, quiet).items() if moment <= now), default=None)
