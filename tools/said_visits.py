"""What was said of a visit: which service, when, how long, by whom; and of the figures that an owner asks for."""

from contextlib import suppress
from datetime import time

from service.agenda.catalog import Service
from service.language import periods
from service.language.days import as_day, find_days
from service.language.formatting import format_day, format_time
from service.language.grammar import date_words
from service.language.said import days_in
from service.language.times import find_part, time_or_part
from service.platform.errors import BadRequest
from tools.grounds import Asked, Instead, Unsaid, Verdict
from tools.heard import Heard
from tools.meant import is_service_said, said_words
from tools.names import all_of, either
from tools.said_when import Stretch

ASK_DAY = "O cliente não disse o dia: pergunte qual."
ASK_TIME = "O cliente não disse a hora: pergunte qual."
ASK_SERVICE = "O cliente não disse qual serviço: pergunte."
WHICH_SERVICE = "Qual serviço você quer?"
WHICH_DAY = "Para qual dia?"
WHICH_TIME = "Qual horário você prefere?"
ANY_DAY = "qualquer dia"
_LONGEST_STRETCH = 31


def service(asked: Asked, heard: Heard) -> Verdict:
    """Take a service that either spoke of, by its words or such as stand for it; what nobody spoke of gives way to what was."""
    said = _services(heard)
    try:
        chosen = all_of(asked.value, heard.services, "serviço")
    except BadRequest:
        # A name that somebody wrote is the tool's to refuse.
        return Instead(said[0].name) if len(said) == 1 and not said_words(asked.value, heard.words)[1] else None
    unsaid = [service.name for service in chosen if service not in said]
    now = _services(heard.latest)
    if asked.writes and len(now) == 1 and now[0] not in chosen:
        return Instead(now[0].name)
    if not unsaid:
        return None
    if left := [service for service in chosen if service in said] or (said if len(said) == 1 else []):
        return Instead(" e ".join(service.name for service in left))
    if said:
        named = either(service.name for service in said)
        return Unsaid(f"O cliente falou de {named}, não de {either(unsaid)}.", f"Qual serviço: {named}?", refuses=asked.writes)
    return Unsaid(ASK_SERVICE, WHICH_SERVICE)


def the_service(heard: Heard) -> Verdict:
    """Return the only service that was spoken of."""
    said = _services(heard)
    return Instead(said[0].name) if len(said) == 1 else Unsaid(ASK_SERVICE, WHICH_SERVICE)


def _services(heard: Heard) -> list[Service]:
    return [service for service in heard.services if is_service_said(service, heard)]


def person(asked: Asked, heard: Heard) -> Verdict:
    """Take somebody who was named by either; of a longer name the words that were said."""
    return _by_words(asked, heard, Unsaid("o cliente não pediu ninguém pelo nome.", told=True))


def zone(asked: Asked, heard: Heard) -> Verdict:
    """Take a part of town that was named, where the pets are to be fetched at all."""
    if not heard.wants_pick_up:
        return Unsaid("o cliente não pediu leva e traz.", told=True)
    return _by_words(
        asked,
        heard,
        Unsaid("O cliente não disse o bairro do leva e traz: pergunte qual.", "Qual é o bairro, para o leva e traz?", refuses=True),
    )


def _by_words(asked: Asked, heard: Heard, otherwise: Unsaid) -> Verdict:
    own, said = said_words(asked.value, heard.words)
    if not said:
        return otherwise
    return None if len(said) == len(own) else Instead(" ".join(said))


# When


def day(asked: Asked, heard: Heard) -> Verdict:
    """Take a day, or a stretch of days, that was said, offered, or stands in the agenda; any other gives way to the only one said."""
    return _when(asked, heard, look=False)


def look(asked: Asked, heard: Heard) -> Verdict:
    """Take days within what was said; where no day was, several, of which none is then the customer's."""
    return _when(asked, heard, look=True)


def _when(asked: Asked, heard: Heard, *, look: bool) -> Verdict:
    words = asked.value
    with suppress(BadRequest):
        part = find_part(words)
        if part and part not in heard.parts and not heard.any_hour:
            if only := _only_day(heard):
                return only
            return Unsaid(f'O cliente não disse "{words}": passe só o dia que ele disse.', refuses=True)
    try:
        stretch = find_days(as_day(words), heard.today)
    except BadRequest:
        # No one stretch: each day of it was said, or the tool refuses it as well.
        return _each_day(words, heard)
    if stretch is None or _is_default(stretch, asked, heard):
        return None
    if heard.latest.their_day and stretch[0] == stretch[1] and stretch[0] in heard.booked_days - set(heard.their_days):
        # Where the appointment stands is not where it is to go.
        return _only_day(heard)
    if _is_said(stretch, heard):
        return None
    if (look or heard.any_day) and _is_within(stretch, heard):
        return None
    return _only_day(heard) or _unsaid_day(stretch, heard, look=look, writes=asked.writes)


def booked_day(asked: Asked, heard: Heard) -> Verdict:
    """Take the day of an appointment: of several the one that was just named. Any other finds none, and only what was said may."""
    try:
        stretch = find_days(as_day(asked.value), heard.today)
    except BadRequest:
        return _each_day(asked.value, heard)
    now, booked = heard.latest.their_day, heard.booked_days
    if stretch is None or stretch[0] in booked:
        return Instead(now.isoformat()) if stretch and now and now in booked and stretch != (now, now) else None
    if _is_said(stretch, heard) and "new_date" not in asked.others:
        return None
    return Unsaid("o cliente não tem nada marcado nesse dia.", told=True)


def _only_day(heard: Heard) -> Instead | None:
    """Return the only day that the customer named just now, or at all."""
    day = heard.latest.their_day or heard.their_day
    return Instead(day.isoformat()) if day else None


def the_day(heard: Heard) -> Verdict:
    """Return the only day that the customer named."""
    return _only_day(heard) or Unsaid(ASK_DAY, WHICH_DAY)


def days_to_look_at(heard: Heard) -> Verdict:
    """Return the only day that the customer named; where none was, any."""
    return the_day(heard) if heard.their_days else Instead(ANY_DAY)


def _each_day(words: str, heard: Heard) -> Verdict:
    days = days_in(date_words(words), heard.today)
    return None if all(heard.days.intersection(said.days) for said in days if said.days) else Unsaid(ASK_DAY, WHICH_DAY, refuses=True)


def _is_default(stretch: Stretch, asked: Asked, heard: Heard) -> bool:
    return isinstance(asked.default, str) and stretch == find_days(asked.default, heard.today)


def _is_said(stretch: Stretch, heard: Heard) -> bool:
    first, last = stretch
    return stretch in heard.stretches or ({first, last} <= heard.days and (last - first).days <= _LONGEST_STRETCH)


def _is_within(stretch: Stretch, heard: Heard) -> bool:
    """Return whether days are within a stretch that was named; where nothing was, several days are, and any that was left to us."""
    if any(first <= stretch[0] and stretch[1] <= last for first, last in heard.stretches):
        return True
    return not (heard.their_days or heard.stretches) and (heard.any_day or stretch[0] < stretch[1])


def _unsaid_day(stretch: Stretch, heard: Heard, *, look: bool, writes: bool) -> Unsaid:
    coming = [day for day in heard.their_days if day >= heard.today]
    first, last = stretch
    wrong = format_day(first) if first == last else f"de {format_day(first)} a {format_day(last)}"
    if coming:
        named = either(map(format_day, coming))
        return Unsaid(f"O cliente disse {named}, não {wrong}.", f"Para qual dia: {named}?" if len(coming) > 1 else "", refuses=writes)
    if several := sorted(one for one in heard.stretches if one[0] < one[1]):
        begins, ends = several[-1]
        return Unsaid(
            f"O cliente disse de {format_day(begins)} a {format_day(ends)}, e ainda não escolheu o dia: ofereça os horários livres.",
            WHICH_DAY,
            refuses=writes,
        )
    return Unsaid(f'{ASK_DAY} Ou consulte "qualquer dia".' if look else ASK_DAY, WHICH_DAY)


def at_time(asked: Asked, heard: Heard) -> Verdict:
    """Take a time, or a part of the day, that was said or offered, or stands in the agenda; "às 3" is also 15h."""
    with suppress(BadRequest):
        moment, part = time_or_part(asked.value)
        if moment and heard.latest.their_time and moment in heard.booked_times - set(heard.their_times):
            return the_time(heard)
        if (moment in heard.times if moment else part in heard.parts) or (moment and heard.leaves_open(moment)):
            return None
        return the_time(heard) or _unsaid_time(moment, heard, writes=asked.writes)
    return None


def the_time(heard: Heard) -> Verdict:
    """Return the only time that the customer named just now, or at all; where there is none the only part of the day that was spoken of."""
    if heard.their_times or heard.their_part is None:
        said = heard.latest.their_time or heard.their_time
        return Instead(said) if said else None
    first, last = heard.their_part
    return Instead(f"das {first:%H:%M} às {last:%H:%M}")


def _unsaid_time(moment: time | None, heard: Heard, *, writes: bool) -> Unsaid:
    if moment and heard.their_times:
        named = either(map(format_time, heard.their_times))
        return Unsaid(f"O cliente disse {named}, não {format_time(moment)}.", f"Qual horário: {named}?", refuses=writes)
    return Unsaid(ASK_TIME, WHICH_TIME)


def nights(asked: Asked, heard: Heard) -> Verdict:
    if asked.value in heard.nights:
        return None
    return the_nights(heard) or Unsaid("O cliente não disse quantas noites: pergunte.", "Quantas noites?")


def the_nights(heard: Heard) -> Verdict:
    """Return the only number of nights that the customer named just now, or at all."""
    said = heard.latest.their_nights or heard.their_nights
    return Instead(said) if said else None


def weeks(asked: Asked, heard: Heard) -> Verdict:
    if asked.value in heard.weeks or asked.value in (0, 1):
        return None
    if heard.every_week:
        return Unsaid("O cliente não disse por quantas semanas: pergunte.", "Por quantas semanas?", refuses=True)
    return Unsaid("o cliente não pediu que se repita.", told=True)


# An owner's questions


def period(asked: Asked, heard: Heard) -> Verdict:
    """Take a period that either spoke of, or the tool's own."""
    with suppress(BadRequest):
        period = periods.find_period(asked.value, heard.today)
        usual = periods.find_period(asked.default, heard.today) if asked.default else None
        if period is None or (period.first, period.last) in heard.periods:
            return None
        if usual and (period.first, period.last) == (usual.first, usual.last):
            return None
        if {period.first, period.last} <= heard.owner_days:
            return None
        said = f" Falou de {either(heard.periods.values())}." if heard.periods else ""
        why = f"O dono não disse {period.label}.{said} Use as palavras dele, ou pergunte qual período."
        return Unsaid(why, "De qual período?", refuses=True)
    return None


def count(asked: Asked, heard: Heard) -> Verdict:
    return None if asked.value in heard.numbers else Unsaid("o dono não disse esse número; vale o usual.", told=True)
