"""Times of day as Brazilians write them, and parts of a day.

An hour is of the 24, unless "da tarde" or "da noite" fits it. Accents and case do not matter.
"""

import re
from datetime import time

from service.language.grammar import LATER, PART, PART_JUST_BEFORE, TIMES, date_words
from service.language.text import fold
from service.platform.errors import BadRequest

_PARTS = {"manha": (time(0), time(11, 59)), "tarde": (time(12), time(17, 59)), "noite": (time(18), time(23, 59))}

_PART_OF_DAY = re.compile(r"\b(?:(?:da|de|a|pela|na|no|so|toda a?) (?P<part>manha|tarde|noite)|(?<!boa )(?P<alone>tardinha|tarde|noite))\b")

_AFTER = re.compile(r"\b(?:depois|a partir|apos)\b\D{0,6}(?=\d)")

_FROM_TO = re.compile(r"\bentre\D{0,5}(?P<first>\d{1,2}\S{0,4}) e\D{0,5}(?P<last>\d{1,2}\S{0,4})")

_UNTIL = re.compile(r"\b(?:antes|ate)\b\D{0,6}(?=\d)")


def find_part(text: str) -> tuple[time, time] | None:
    """The part of a day that a sentence names, as the earliest and latest start: "de manhã", "depois das 14h", "até as 11h"."""
    words = re.sub(r"\bmeio[- ]dia\b", "12h", fold(text))
    earliest, latest = None, None
    if found := _FROM_TO.search(words):
        earliest, latest = find_time(f"às {found['first']}"), find_time(f"às {found['last']}")
    if found := _AFTER.search(words):
        earliest = find_time(f"às {words[found.end() :]}")
    if found := _UNTIL.search(words):
        latest = find_time(f"às {words[found.end() :]}")
    if earliest or latest:
        return (earliest or time(0), latest or time(23, 59)) if (earliest or time(0)) < (latest or time(23, 59)) else None
    if words in _PARTS:
        return _PARTS[words]
    found = _PART_OF_DAY.search(words)
    return _PARTS["tarde" if found["alone"] == "tardinha" else found["part"] or found["alone"]] if found else None


def time_or_part(text: str) -> tuple[time | None, tuple[time, time] | None]:
    """What a text about the time of day means: an exact time ("3 da tarde"), or a part of the day ("à tarde", "depois das 14h").

    Raises BadRequest where it means neither.
    """
    part = find_part(text)
    if part and (part not in _PARTS.values() or find_time(text) is None):
        return None, part
    return parse_time(text), None


def find_time(text: str) -> time | None:
    """The time of day that a sentence names, or None. Raises BadRequest when it names an impossible one."""
    words = date_words(text)
    for pattern in TIMES:
        if found := pattern.search(words):
            parts = found.groupdict()
            hour, minute = int(parts["hour"]), 30 if parts.get("half") else int(parts.get("minute") or 0)
            part = PART.search(words, found.start()) or PART_JUST_BEFORE.search(words[: found.start()])
            if part and hour in LATER[part.group(1)]:
                hour += 12
            if hour > 23 or minute > 59:
                raise BadRequest(f"Não existe o horário {hour}h{minute:02d}. Qual é a hora?")
            return time(hour, minute)
    return None


def parse_time(text: str) -> time:
    """The time that a text means; a bare number is an hour. Raises BadRequest with a Portuguese sentence."""
    found = find_time(text)
    if found is None and re.fullmatch(r"\d{1,2}", text.strip()):
        found = find_time(f"{text.strip()}h")
    if found is None:
        raise BadRequest(f'Não entendi a hora "{text}". Diga, por exemplo, 15h ou 10h30.')
    return found
