"""The time of day, or the part of a day, that a wish is about.

An hour is of the 24, unless "da tarde" or "da noite" fits it. Accents and case do not matter.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import time

from service.language.grammar import Clock, Part, PartOfDay, clocks, date_words, noon_as_hour, parts
from service.language.text import fold
from service.platform.errors import BadRequest

PARTS: dict[PartOfDay, tuple[time, time]] = {
    "manha": (time(0), time(11, 59)), "tarde": (time(12), time(17, 59)), "noite": (time(18), time(23, 59)),
}  # fmt: skip
# The hours that people say with a part of the day and mean twelve later: "10h ou à tarde" is no 22h.
LATER: dict[PartOfDay, range] = {"manha": range(0), "tarde": range(1, 8), "noite": range(5, 12)}

_BETWEEN = re.compile(r"\bentre\D{0,5}(?P<first>\d{1,2}\S{0,4}) e\D{0,5}(?P<last>\d{1,2}\S{0,4})")
_AFTER = re.compile(r"\b(?:depois|a partir|apos)\b\D{0,6}(?=\d)")
_UNTIL = re.compile(r"\b(?:antes|ate)\b\D{0,6}(?=\d)")
# Between a part of the day and an hour that it is said of: "à tarde, às 3".
_THEN = re.compile(r",?(?: as)? ?")
_LONGEST_THEN = 5


def find_part(text: str) -> tuple[time, time] | None:
    """Return the part of a day that a sentence names, as the earliest and latest start: "de manhã", "depois das 14h", "até as 11h"."""
    words = noon_as_hour(fold(text))
    earliest, latest = None, None
    if found := _BETWEEN.search(words):
        earliest, latest = find_time(f"às {found['first']}"), find_time(f"às {found['last']}")
    if found := _AFTER.search(words):
        earliest = find_time(f"às {words[found.end() :]}")
    if found := _UNTIL.search(words):
        latest = find_time(f"às {words[found.end() :]}")
    if earliest or latest:
        return (earliest or time(0), latest or time(23, 59)) if (earliest or time(0)) < (latest or time(23, 59)) else None
    if words == "manha":
        return PARTS["manha"]
    named = next(parts(words), None)
    return PARTS[named.part] if named else None


def time_or_part(text: str) -> tuple[time | None, tuple[time, time] | None]:
    """Return what a text about the time of day means: an exact time ("3 da tarde"), or a part of the day ("à tarde", "depois das 14h").

    Raises BadRequest where it means neither.
    """
    part, words = find_part(text), noon_as_hour(fold(text))
    is_bounded = any(bound.search(words) for bound in (_BETWEEN, _AFTER, _UNTIL))
    if part and (is_bounded or find_time(text) is None):
        return None, part
    return parse_time(text), None


def find_time(text: str) -> time | None:
    """Return the time of day that a sentence names, or None. Raises BadRequest when it names an impossible one."""
    words = date_words(text)
    clock = next((clock for clock in clocks(words) if clock.form != "from"), None)
    if clock is None:
        return None
    said = [part for part in parts(words) if part.of]
    part = next((part.part for part in said if part.start >= clock.start), None) or said_before(clock, by_end(said), words)
    hour = clock.hour + 12 if part and clock.hour in LATER[part] else clock.hour
    if hour > 23 or clock.minute > 59:
        raise BadRequest(f"Não existe o horário {hour}h{clock.minute:02d}. Qual é a hora?")
    return time(hour, clock.minute)


def by_end(said: Iterable[Part]) -> dict[int, PartOfDay]:
    """Return the parts of the day that an hour can be of, by where they end."""
    return {part.end: part.part for part in said if part.of}


def said_before(clock: Clock, ends: Mapping[int, PartOfDay], words: str) -> PartOfDay | None:
    """Return the part of the day that is said right before a time. `ends` are parts by where they end."""
    positions = range(clock.start, clock.start - _LONGEST_THEN - 1, -1)
    return next((ends[at] for at in positions if at in ends and _THEN.fullmatch(words, at, clock.start)), None)


def parse_time(text: str) -> time:
    """Return the time that a text means; a bare number is an hour. Raises BadRequest with a Portuguese sentence."""
    found = find_time(text)
    if found is None and re.fullmatch(r"\d{1,2}", text.strip()):
        found = find_time(f"{text.strip()}h")
    if found is None:
        raise BadRequest(f'Não entendi a hora "{text}". Diga, por exemplo, 15h ou 10h30.')
    return found
