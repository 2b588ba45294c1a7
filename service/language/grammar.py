"""The words for days and times that all readers of them share."""

import re

from service.language.text import fold

MONTHS = (
    "janeiro", "fevereiro", "marco", "abril", "maio", "junho", "julho", "agosto", "setembro", "outubro", "novembro", "dezembro",
)  # fmt: skip

WEEKDAY = {"segunda": 0, "terca": 1, "quarta": 2, "quinta": 3, "sexta": 4, "sabado": 5, "domingo": 6}

# "ter" and "dom" are left out: a verb, and many a dog's name.
WEEKDAY |= {"seg": 0, "qua": 2, "qui": 3, "sex": 4, "sab": 5} | {f"{n}a feira": n - 2 for n in range(2, 7)}

WEEKDAY_RE = re.compile(rf"\b({'|'.join(WEEKDAY)})\b")

NEXT_WEEK = re.compile(r"\b(?:semana que vem|proxima semana)\b")

_NAMES = "|".join((*MONTHS, *(name[:3] for name in MONTHS)))

DATES = (
    re.compile(r"\b(?P<year>\d{4})([/-])(?P<month>\d{1,2})\2(?P<day>\d{1,2})\b"),
    re.compile(r"\b(?P<day>\d{1,2})([.-])(?P<month>\d{1,2})\2(?P<year>\d{4})\b"),
    re.compile(r"\b(?P<day>\d{1,2})/(?P<month>\d{1,2})(?:/(?P<year>\d{4}|\d{2}))?\b"),
    re.compile(rf"\b(?P<day>\d{{1,2}})o? de (?P<name>{_NAMES})\b(?: de (?P<year>\d{{4}}))?"),
    re.compile(r"\bdia (?P<day>\d{1,2})o? do (?P<month>\d{1,2})\b"),
    re.compile(r"\bdia (?P<day>\d{1,2})o?\b(?P<next>,? (?:d[eo] )?(?:mes que vem|proximo mes))?"),
)

_H = r"h(?:s|rs?|oras?)?"

TIMES = (
    re.compile(rf"\b(?P<hour>\d{{1,2}}):(?P<minute>\d{{2}})(?:{_H})?\b"),
    re.compile(rf"\b(?P<hour>\d{{1,2}}) ?{_H}(?:(?: e)? ?(?P<minute>\d{{2}})(?:m|min)?(?! ?/)|(?: ?e)? (?P<half>meia))?\b"),
    re.compile(r"\bas (?P<hour>\d{1,2})(?: e (?P<half>meia)| e (?P<minute>\d{2}))?\b(?! ?/)"),
    re.compile(r"\b(?P<hour>\d{1,2}) e (?P<half>meia)\b"),
    re.compile(r"\b(?P<hour>\d{1,2}) (?=da (?:manha|tarde|noite))"),
)

# The hours that people say with a part of the day and mean twelve later: "10h ou à tarde" is no 22h.
LATER = {"manha": range(0), "tarde": range(1, 8), "noite": range(5, 12)}

PART = re.compile(r"\b(?:da|de|a) (manha|tarde|noite)\b")

PART_JUST_BEFORE = re.compile(PART.pattern + r",?(?: as)? ?$")

_ISO_T = re.compile(r"(?<=\d{4}-\d\d-\d\d)t(?=\d\d:)")


def date_words(text: str) -> str:
    """A text's words as days and times are looked for in them: without case, accents and some spellings."""
    words = _ISO_T.sub(" ", fold(text).replace("primeiro", "1").replace("-feira", " feira"))
    return re.sub(r"\bmeio[- ]dia\b", "12h", words)
