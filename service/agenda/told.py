"""A booking as the model is told of it."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, Literal, Self

from service.agenda.visits import Item
from service.language.spoken import Brl, Clock, Told, left_out
from service.platform import clock


class Spoken(Told):
    """An instant in the shop's time zone."""

    date: dt.date
    weekday: str
    time: Clock

    @classmethod
    def of(cls, instant: dt.datetime, zone: str) -> Self:
        """Tell an aware instant in the time zone of a shop."""
        local = clock.local(instant, zone)
        return cls(date=local.date(), weekday=clock.WEEKDAYS[local.weekday()], time=local.time())


class Appointment(Told):
    """A booking: where it begins, of a stay also where it ends (`until_…`), what it costs in cents, where it was before a move."""

    pet: str
    service: str
    date: dt.date
    weekday: str = left_out("")
    time: Clock
    duration_minutes: int | None = left_out()
    price: Brl | None = left_out()
    professional: str = left_out("")
    until_date: dt.date | None = left_out()
    until_weekday: str | None = left_out()
    until_time: Clock | None = left_out()
    package: str | None = left_out()
    pickup_zone: str | None = left_out()
    pickup_fee: Brl | None = left_out()
    moved_from: Spoken | None = left_out()

    @classmethod
    def of(cls, item: Item, zone: str, **more: Any) -> Self:
        """Tell a booking in the time zone of its shop; `more` are the fields that a subclass adds."""
        stays = {f"until_{key}": value for key, value in dict(Spoken.of(item.ends_at, zone)).items()} if item.unit == "night" else {}
        pickup = {"pickup_zone": item.pickup_zone, "pickup_fee": item.pickup_fee_cents} if item.pickup_zone else {}
        return cls(
            pet=item.pet,
            service=item.service,
            **dict(Spoken.of(item.starts_at, zone)),
            duration_minutes=(item.ends_at - item.starts_at) // dt.timedelta(minutes=1),
            price=0 if item.package else item.price_cents,
            professional=item.professional if item.by_person else "",
            **stays,
            package=item.package,
            **pickup,
            moved_from=Spoken.of(item.was, zone) if item.was else None,
            **more,
        )


class Outcome(Told):
    """What has come true of a proposal: one appointment, or several with what they cost together."""

    success: Literal[True] = True
    appointment: Appointment | None = left_out()
    appointments: tuple[Appointment, ...] = left_out(())
    total: Brl | None = left_out()

    @classmethod
    def of(cls, items: Sequence[Item], zone: str, **more: Any) -> Self:
        """Tell bookings in the time zone of their shop; `more` are the fields that a subclass adds."""
        listed = tuple(Appointment.of(item, zone) for item in items)
        if len(listed) == 1:
            return cls(appointment=listed[0], **more)
        return cls(appointments=listed, total=total_cents(items), **more)

    @property
    def all(self) -> tuple[Appointment, ...]:
        """The appointments, however many."""
        return (self.appointment,) if self.appointment else self.appointments


def total_cents(items: Sequence[Item]) -> int:
    """Return what is to be paid for bookings in cents: packages are paid already."""
    return sum((0 if item.package else item.price_cents) + item.pickup_fee_cents for item in items)
