"""When a visit is to be that is moved by a length: "adia uma hora" is an hour after the one appointment that stands."""

import re
from collections.abc import Sequence
from datetime import datetime

from service.language.said import days_in
from service.language.shifts import shifts_in
from service.platform.errors import Unclear
from tools.said_when import Line
from tools.wished import When, Wished

# A number, or what is counted, of which nothing was made.
_MORE = re.compile(r"\d|\b(?:horas?|dias?|semanas?|mes|meses|minutos?|meio dia)\b")
ASK = "Para qual dia e horário você quer mudar?"


def moved(when: When, line: Line, booked: Sequence[datetime]) -> When:
    """Return when it is to be after the customer's last words; unclear where they name more than a length, or not of what."""
    shifts = list(shifts_in(line.when))
    if not shifts:
        return when
    shift = shifts[0]
    beside = line.when[: shift.start] + line.when[shift.end :]
    if len(shifts) > 1 or len(booked) != 1 or days_in(beside, line.today) or _MORE.search(beside):
        return When(Wished(unclear=Unclear(ASK)), Wished(unclear=Unclear(ASK)))
    at = booked[0] + shift.by
    day, minute = at.toordinal(), at.hour * 60 + at.minute
    return When(Wished(named=((day, day),)), Wished(named=((minute, minute),)))
