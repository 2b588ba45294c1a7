"""When a visit is to be: of the days and times of a call those that lie within what the customer wishes for (`tools.wished`).

One exact day or hour of theirs takes the place of what a model left out or made up; of a bound, or of several, the choice is the model's,
and what it leaves out is looked for, or asked.
"""

from collections.abc import Callable
from datetime import date, time

from service.language.clauses import UNCLEAR
from service.language.days import as_day, parse_days
from service.language.formatting import format_day, format_time, listed, on_day
from service.language.intervals import Stretches, common
from service.language.said import days_in
from service.language.stretches import FAR
from service.language.times import parse_times, times_beside
from service.language.wishes import WHOLE_DAY
from service.platform.errors import BadRequest, Unclear
from tools.grounds import Asked, Instead, Unsaid, Verdict
from tools.heard import Heard
from tools.names import either
from tools.wished import Wished

ASK_DAY = "O cliente não disse o dia: pergunte qual."
ASK_TIME = "O cliente não disse a hora: pergunte qual."
WHICH_DAY = "Para qual dia?"
WHICH_TIME = "Qual horário você prefere?"
ANY_DAY = "qualquer dia"
_LONGEST_LOOK = 62
_MOST_WORDS = 12
_MOST_ASKED = 2
_NEW = "new_"


def day(asked: Asked, heard: Heard) -> Verdict:
    """Take a day, or days, within what is wished for, offered, or stands in the agenda; any other gives way to the only one."""
    return _when(asked, heard, look=False)


def look(asked: Asked, heard: Heard) -> Verdict:
    """Take days within what is wished for, or that part of them; where no day is, several, of which none is then the customer's."""
    return _when(asked, heard, look=True)


def _when(asked: Asked, heard: Heard, *, look: bool) -> Verdict:
    wish = _to_come(asked, heard.when.days, heard.booked_days)
    only = Instead(_day(wish.one)) if wish.one else None
    try:
        days = parse_days(as_day(asked.value), heard.today).stretches
        beside = times_beside(asked.value, heard.opening)
    except BadRequest:
        # The tool refuses it as well.
        return only
    if beside and not _are_within(beside.stretches, heard.when.times):
        return only or Unsaid(f'O cliente não disse "{asked.value}": passe só o dia que ele disse.', refuses=True)
    if unclear := _unclear(asked, heard):
        return _put(unclear, heard)
    if isinstance(asked.default, str) and days == parse_days(asked.default, heard.today).stretches and not wish.named:
        return None
    if _is_single(days):
        is_booked = wish.named is None and date.fromordinal(days[0][0]) in heard.booked_days
        if days[0][0] in wish or is_booked or _is_entry(days[0][0], asked, wish):
            return None
    elif wish.named is None and look:
        return None
    elif wish.named and (within := common(_ahead(days, heard), wish.named)):
        if within == _ahead(days, heard):
            return None
        if look:
            return Instead(days_in_words(within, heard.today))
    if look and wish.named:
        return Instead(days_in_words(wish.named, heard.today))
    return only or _unsaid_day(days, wish, heard, look=look, writes=asked.writes)


def _to_come(asked: Asked, wish: Wished, booked: set[date]) -> Wished:
    """Return the wish without where the appointment stands, for where it is to go: "de sexta pra segunda"."""
    return wish.without(day.toordinal() for day in booked) if asked.name.startswith(_NEW) else wish


def _is_entry(ordinal: int, asked: Asked, wish: Wished) -> bool:
    """Return whether a day was named for coming, and what was named last is the day of going."""
    nights = asked.others.get("nights")
    return isinstance(nights, int) and nights > 0 and ordinal + nights in wish and _is_in(ordinal, wish.earlier)


def _unclear(asked: Asked, heard: Heard) -> Unclear | None:
    """Return what is to be asked first, of the day, or of the hour where none is passed."""
    times = None if any(name.endswith("_time") for name, value in asked.others.items() if value) else heard.when.times.unclear
    return (heard.when.days.unclear if not heard.when.days.offered else None) or times


def _put(unclear: Unclear, heard: Heard) -> Unsaid:
    ask = _which_of(heard) if str(unclear) == UNCLEAR else None
    return Unsaid(f"Não está claro para quando o cliente quer: {unclear}", ask or (*unclear.say, str(unclear))[0], refuses=True)


def _which_of(heard: Heard) -> str | None:
    """Return the question which of the days that the customer has just named it is to be; None where there are none, or many."""
    named = [said.days[0] for line in heard.latest.theirs for said in days_in(line.when, line.today) if said.days]
    days = list(dict.fromkeys(named))
    hour = "" if heard.when.times.named else " E a que horas?"
    if not 0 < len(days) <= _MOST_ASKED:
        return None
    if len(days) == 1:
        return f"Só pra eu não errar: fica {on_day(days[0])}?{hour}"
    return f"Só pra eu não errar: você falou em {listed([format_day(day) for day in days])}. Qual dos dois dias fica melhor?{hour}"


def _ahead(days: Stretches, heard: Heard) -> Stretches:
    """Return days as far as anybody looks."""
    return common(days, ((heard.today.toordinal(), heard.today.toordinal() + FAR),)) or days


def booked_day(asked: Asked, heard: Heard) -> Verdict:
    """Take the day of an appointment: of several the one that was just named. Any other finds none, and only what was said may."""
    try:
        days = parse_days(as_day(asked.value), heard.today).stretches
    except BadRequest:
        return Unsaid(ASK_DAY, WHICH_DAY, refuses=True)
    now, booked = heard.latest.when.days.one, {day.toordinal() for day in heard.booked_days}
    if days[0][0] in booked:
        if (unclear := heard.latest.when.days.unclear) and (named := _booked_by_name(heard)) and days[0][0] not in named:
            return _put(unclear, heard)
        return Instead(_day(now)) if now in booked and days != ((now, now),) else None
    if _is_single(days) and days[0][0] in heard.when.days and "new_date" not in asked.others:
        return None
    return Unsaid("o cliente não tem nada marcado nesse dia.", told=True)


def _booked_by_name(heard: Heard) -> set[int]:
    """Return the days of appointments that the customer has just named, however it was meant."""
    named = {day for line in heard.latest.theirs for said in days_in(line.when, line.today) for day in said.days}
    return {day.toordinal() for day in named & heard.booked_days}


def the_day(heard: Heard) -> Verdict:
    """Return the only day that the customer named."""
    wish = heard.when.days
    if wish.unclear:
        return _put(wish.unclear, heard)
    return Instead(_day(wish.one)) if wish.one else Unsaid(ASK_DAY, WHICH_DAY)


def days_to_look_at(heard: Heard) -> Verdict:
    """Return the days that the customer named; where none was, any."""
    wish = heard.when.days
    if wish.unclear:
        return _put(wish.unclear, heard)
    return Instead(days_in_words(wish.named, heard.today) if wish.named else ANY_DAY)


def _unsaid_day(days: Stretches, wish: Wished, heard: Heard, *, look: bool, writes: bool) -> Unsaid:
    if not wish.named:
        return Unsaid(f'{ASK_DAY} Ou consulte "qualquer dia".' if look else ASK_DAY, WHICH_DAY)
    wrong = _in_words(days, _day_in_words)
    if all(first == last for first, last in wish.named):
        named = either(_day_in_words(first) for first, _ in wish.named[:_MOST_WORDS])
        return Unsaid(f"O cliente disse {named}, não {wrong}.", f"Para qual dia: {named}?", refuses=writes)
    return Unsaid(f"Entre os dias que o cliente disse não está {wrong}: ofereça os horários livres.", WHICH_DAY, refuses=writes)


def at_time(asked: Asked, heard: Heard) -> Verdict:
    """Take a time, or times, within what is wished for, offered, or stands in the agenda; any other gives way to what was named."""
    wish, booked = heard.when.times, {_minute(moment) for moment in heard.booked_times}
    if asked.name.startswith(_NEW):
        wish = wish.without(booked)
    try:
        times = parse_times(asked.value, heard.opening).stretches
    except BadRequest:
        return the_time(heard)
    if _is_single(times):
        minute = times[0][0]
        if minute in wish or (wish.named is None and (minute in booked or _is_in(minute, wish.earlier))):
            return None
    elif wish.named and (within := common(times, wish.named)):
        return None if within == times else Instead(times_in_words(within))
    if wish.unclear:
        return _put(wish.unclear, heard)
    if wish.named:
        return Instead(times_in_words(wish.named)) if wish.one or _is_one_stretch(wish.named) else _unsaid_time(times, wish, asked)
    return Unsaid(ASK_TIME, WHICH_TIME)


def the_time(heard: Heard) -> Verdict:
    """Return the times that the customer named, one or several."""
    named = heard.when.times.named
    return Instead(times_in_words(named)) if named and named != WHOLE_DAY else None


def _unsaid_time(times: Stretches, wish: Wished, asked: Asked) -> Unsaid:
    assert wish.named
    wrong = _in_words(times, _time_in_words)
    if any(first != last for first, last in wish.named):
        return Unsaid(f"Entre os horários que o cliente disse não está {wrong}: pergunte qual.", WHICH_TIME, refuses=asked.writes)
    named = either(_time_in_words(first) for first, _ in wish.named)
    return Unsaid(f"O cliente disse {named}, não {wrong}.", f"Qual horário: {named}?", refuses=asked.writes)


# Days and times as words that are read back to the same


def days_in_words(days: Stretches, today: date) -> str:
    """Write days as a tool reads them, as far ahead as anybody looks."""
    since = max(days[0][0], today.toordinal())
    near = common(days, ((since, since + _LONGEST_LOOK),)) or days
    spans = [_day(first) if first == last else f"{_day(first)} a {_day(last)}" for first, last in near[:_MOST_WORDS]]
    return " ou ".join(spans)


def times_in_words(times: Stretches) -> str:
    """Write times as a tool reads them: "10:00", "das 12:00 às 23:59"."""
    return " ou ".join(_clock(first) if first == last else f"das {_clock(first)} às {_clock(last)}" for first, last in times)


def _clock(minute: int) -> str:
    hour, rest = divmod(minute, 60)
    # Without these words "03:00" may be the afternoon.
    return f"{hour:02d}:{rest:02d}{' da manhã' if 1 <= hour < 8 else ''}"


def _day(ordinal: int) -> str:
    return date.fromordinal(ordinal).isoformat()


def _day_in_words(ordinal: int) -> str:
    return format_day(date.fromordinal(ordinal))


def _time_in_words(minute: int) -> str:
    return format_time(time(*divmod(minute, 60)))


def _in_words(stretches: Stretches, write: Callable[[int], str]) -> str:
    return either(write(first) if first == last else f"de {write(first)} a {write(last)}" for first, last in stretches)


def _minute(moment: time) -> int:
    return moment.hour * 60 + moment.minute


def _is_single(stretches: Stretches) -> bool:
    return stretches[0][0] == stretches[-1][1]


def _is_one_stretch(stretches: Stretches) -> bool:
    return len(stretches) == 1


def _is_in(value: int, stretches: Stretches | None) -> bool:
    return any(first <= value <= last for first, last in stretches or ())


def _are_within(times: Stretches, wish: Wished) -> bool:
    """Return whether times are within those that are wished for."""
    return common(times, wish.named or ()) == times or (_is_single(times) and times[0][0] in wish)
