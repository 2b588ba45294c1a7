"""The words for days and times, and one scanner for all who read them.

Each function yields what a text names and where, in time that grows as the text does. What is meant is for the readers to say: `days` and
`times` read a wish, which is about one day or time; `said` reads all that is named.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from service.language.numerals import at_few, in_digits
from service.language.slips import righted
from service.language.text import ending_at, fold, visible

MONTHS = (
    "janeiro", "fevereiro", "marco", "abril", "maio", "junho", "julho", "agosto", "setembro", "outubro", "novembro", "dezembro",
)  # fmt: skip

WEEKDAY = {"segunda": 0, "terca": 1, "quarta": 2, "quinta": 3, "sexta": 4, "sabado": 5, "domingo": 6}
# "ter" and "dom" are left out: a verb, and many a dog's name.
WEEKDAY |= {"seg": 0, "qua": 2, "qui": 3, "sex": 4, "sab": 5} | {f"{n}a feira": n - 2 for n in range(2, 7)}
# As patterns, the longer name first where one begins another.
WEEKDAY_NAMES = "|".join(sorted(WEEKDAY, key=len, reverse=True))
NEXT_WEEK_NAMES = "semana que vem|proxima semana"

PartOfDay = Literal["manha", "tarde", "noite"]
# Ways to write a time, the plainest first: "15 para as 3", "15:30", "15h30", "às 15", "3 e meia", "3 da tarde", "das 15".
ClockForm = Literal["to", "digits", "hours", "at", "half", "of part", "from"]


@dataclass(frozen=True, slots=True)
class Date:
    """A day by its numbers: "3/12", "3 de dezembro de 2026", "dia 3 do mês que vem". What was not said is None."""

    start: int
    end: int
    day: int
    month: int | None = None
    year: int | None = None
    next_month: bool = False


@dataclass(frozen=True, slots=True)
class Relative:
    """A day counted from today: "hoje", "amanhã", "depois de amanhã"."""

    start: int
    end: int
    days: int


@dataclass(frozen=True, slots=True)
class Weekday:
    """A day of the week, Monday 0. `many` is "sextas", `past` "sexta passada", `ordinal` "segunda dose", which is no day at all.

    The name ends at `name_end`; what says which week, or "passada", may follow it.
    """

    start: int
    name_end: int
    end: int
    weekday: int
    many: bool
    next_week: bool
    past: bool
    ordinal: bool


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day as it is written, not yet one of the 24 hours. `spelled` is "10 horas", `padded` "03:00"; the number is at `number`."""

    start: int
    number: int
    end: int
    form: ClockForm
    hour: int
    minute: int
    spelled: bool
    padded: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the day. `of` where it says which half of the day an hour is in: "da tarde", "à tarde", not "pela tarde"."""

    start: int
    end: int
    part: PartOfDay
    of: bool


_MONTH_NAMES = "|".join((*MONTHS, *(name[:3] for name in MONTHS)))

_DATES = (
    re.compile(r"\b(?P<year>\d{4})([/-])(?P<month>\d{1,2})\2(?P<day>\d{1,2})\b"),
    re.compile(r"\b(?P<day>\d{1,2})([.-])(?P<month>\d{1,2})\2(?P<year>\d{4})\b"),
    re.compile(r"(?<![\d.])\b(?P<day>\d{1,2})\.(?P<month>0?[1-9]|1[0-2])\.(?P<year>2\d)\b(?![.,]?\d)"),
    re.compile(r"\b(?P<day>\d{1,2})/(?P<month>\d{1,2})(?:/(?P<year>\d{4}|\d{2}))?\b"),
    re.compile(rf"\b(?P<day>\d{{1,2}})o? de (?P<name>{_MONTH_NAMES})\b(?: de (?P<year>\d{{4}}))?"),
    re.compile(r"\bdia (?P<day>\d{1,2})o? d[eo] (?P<month>\d{1,2})\b"),
    # "Dia 26-11"; "dia 5-8" is a range, as "10-11" may be of hours.
    re.compile(r"\bdia (?P<day>\d{1,2})-(?P<month>0[1-9]|1[0-2])\b(?! ?h| ?[-/:]\d)"),
    re.compile(r"(?<![\d-])\b(?P<day>2[5-9]|3[01])-(?P<month>0?[1-9]|1[0-2])\b(?! ?h| ?[-/:]\d)"),
    re.compile(r"(?<![\d-])\b(?P<day>[012]\d|3[01])-(?P<month>0[1-9]|1[0-2])\b(?=,? (?:as (?:\d|meio)|\d{1,2}(?:h|:\d\d)))"),
    re.compile(rf"\b(?P<day>\d{{1,2}})[/-](?P<name>{_MONTH_NAMES})\b(?:[/-](?P<year>\d{{4}}))?"),
    # "03.12"; of what may be a time, "9.10", nothing is made.
    re.compile(
        r"(?<![\d.,$])(?<!\$ )(?<!\bas )(?<!\bdas )\b(?P<day>0?[1-9]|[12]\d|3[01])\.(?P<month>0[1-46-9]|1[12])\b(?![.,]?\d"
        r"| ?(?:kgs?|k|g|l|ml|reais|mil|h|anos?|%))"
    ),
    re.compile(r"(?<!as )(?<!das )\b(?P<day>\d{1,2})o? do (?P<month>0?[1-9]|1[0-2])\b"),
    # "Dias 5, 6 e 7"; what follows tells it from "todos os dias 9h".
    re.compile(r"(?<!\d )(?<!todos os )\bdias (?P<day>\d{1,2})o?(?=(?:, ?| e | ou | a | ate )\d{1,2}\b(?! ?(?:h|:|/|de )))"),
    re.compile(r"\bdia (?P<day>\d{1,2})o?\b(?P<next>,? (?:d[eo] )?(?:mes que vem|proximo mes))?"),
)

_RELATIVE = {"depois de amanha": 2, "amanha": 1, "hoje": 0, "hj": 0}
_RELATIVES = re.compile(rf"\b(?:{'|'.join(_RELATIVE)})\b")

_ORDINAL = (
    r" (?:doses?|opcao|vez|vias?|vacina|consulta|sessao|etapa|parte|aplicacao|visita|quinzena|semana|metade|fase|filha|cachorra|gata|loja"
    r"|tentativa|parcela|mensagem|pergunta|rodada|unidade|pessoa|coisa)\b"
)
_WEEKDAYS = re.compile(
    rf"\b(?P<name>{WEEKDAY_NAMES})(?P<many>(?<=[a-z]{{5}})s)?\b"
    rf"(?:(?: feiras?\b)?(?P<next>,? (?:d?a )?(?:{NEXT_WEEK_NAMES}))?(?P<past> passad[oa])?(?!{_ORDINAL})|(?P<ordinal>))"
)

_H = r"(?P<h>h(?:s|rs?|oras?)?)"
_CLOCKS: tuple[tuple[ClockForm, re.Pattern[str]], ...] = (
    # "muda das 10 para as 11" is no ten to eleven.
    (
        "to",
        re.compile(
            r"(?<!\bdas )(?<!\bde )(?<!\bdia )(?<!\bdo )\b(?P<minute>5|10|15|20|25)(?: min(?:utos)?)?"
            r" (?:pras?|pro|para [ao]s?) (?P<hour>1\d|2[0-3]|[1-9])(?:h(?:rs|s|oras)?)?\b(?! ?[/:]|h\d)"
        ),
    ),
    ("digits", re.compile(rf"\b(?P<hour>\d{{1,2}}):(?P<minute>\d{{2}})(?: ?{_H})?\b")),
    (
        "hours",
        re.compile(
            rf"\b(?P<hour>\d{{1,2}}) ?{_H}(?:(?: e)? ?(?P<minute>\d{{2}})(?: ?(?:m|min|minutos))?(?! ?/)|(?: ?e)? (?P<half>meia))?\b"
        ),
    ),
    ("at", re.compile(r"\bas (?P<hour>\d{1,2})(?: e (?P<half>meia)| e (?P<minute>15|20|25|[3-5]\d))?\b(?! ?/)")),
    ("half", re.compile(r"\b(?P<hour>\d{1,2}) e (?P<half>meia)\b")),
    ("of part", re.compile(r"\b(?P<hour>\d{1,2})(?= da (?:manha|tarde|noite))")),
    ("from", re.compile(r"\b(?:das|pras|entre as) (?P<hour>\d{1,2})(?: e (?P<half>meia))?\b(?! ?/)")),
)

_PARTS = re.compile(
    r"\b(?:(?:(?P<of>da|de|a)|pela|na|no|so|toda (?P<all>a)?) (?P<part>manha|tarde|noite)"
    r"|(?<!boa )(?<!mais )(?<!muito )(?<!ate )(?<!uma )(?<!\d )(?:tardinha|(?P<alone>tarde|noite)))\b"
)

_ISO_T = re.compile(r"(?<=\d{4}-\d\d-\d\d)t(?=\d\d:)")
_SECONDS = re.compile(r"(?<=\d\d:\d\d):\d\d(?:[.,]\d+)?(?:z\b|[+-]\d\d:?\d\d\b)?")
_NOON = re.compile(r"\bmeio[- ]dia\b")
_FIRST_DAY = re.compile(rf"(?<=\bdia )primeiro\b|\bprimeiro(?= de (?:{_MONTH_NAMES})\b)")
_THAT_COMES = re.compile(r"\b(?:q|k) ?ve?m?\b")


# Other ways to write the names, and hours: "amnh", "sabadão", "6ª agora", "às 14,30", "pode ser 1430".
_SPELLINGS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\b(?:amh|amnh|amnha|amnhaa|amanh|amn|amhã|amanhaa+|amahna|amanga|amanja|amanna|amannha|aamanha)\b"), "amanha"),
    (re.compile(r"\bdps (?=d[eaoi])"), "depois "),
    (re.compile(r"\b(?:qdo|qnd|qndo)\b"), "quando"),
    (re.compile(r"\bsabad(?:ao|inho|ada)\b"), "sabado"),
    (re.compile(r"\bdoming(?:ao|uinho)\b"), "domingo"),
    (re.compile(r"\btardezinha\b"), "tarde"),
    (re.compile(r"\bsext(?:ona|inha|ou)\b|\bse[sc]ta(?= feira\b)"), "sexta"),
    (
        re.compile(
            r"\b([2-6])(?:af\b|a\b)(?=$|[,.?!)/]| ?/| (?:agora|que vem|q ?vem|\d{1,2}(?:h|:)"
            r"|as|ou|e|de|da|a|pela|pode|posso|dia|nao|depois|ate|\d))"
            r"(?! (?:e|ou) \d+a? dose)"
        ),
        r"\1a feira",
    ),
    (re.compile(r"\b((?:as|das|pras) \d{1,2})[,.](?=[0-5]\d\b(?![,.]\d))"), r"\1:"),
    (re.compile(r"\b((?:as|das|pras|pode ser|umas) (?:0?[7-9]|1\d))([0-5][05])\b"), r"\1:\2"),
    (re.compile(r"\b(1?\d) e (10)(?= da tarde\b)"), r"\1h\2"),
    (re.compile(r"\b(1?\d) e (1[5-9]|[2-5]\d)(?= da (?:manha|tarde|noite)\b)"), r"\1h\2"),
    (re.compile(r"\b(0?[1-9]|1[0-2])(?::([0-5]\d))? ?a\.?m\b\.?(?! \d)"), r"\1h\2 da manha"),
    (re.compile(r"\b(0?[1-6]|12)(?::([0-5]\d))? ?p\.?m\b\.?"), r"\1h\2 da tarde"),
    (re.compile(r"\b(0?[7-9]|1[01])(?::([0-5]\d))? ?p\.?m\b\.?"), r"\1h\2 da noite"),
    (re.compile(r"(?<!\$ )\b((?:0?[7-9]|1\d)) e ((?:35|40|45|50|55))(?=$|[,.?!]| da (?:manha|tarde|noite)\b| por favor\b)"), r"\1h\2"),
)


def _spelled(words: str) -> str:
    words = righted(words)
    for pattern, plain in _SPELLINGS:
        words = pattern.sub(plain, words)
    return words


def noon_as_hour(words: str) -> str:
    """Write "meio-dia" as the hour that it is."""
    return _NOON.sub("12h", words)


def date_words(text: str) -> str:
    """Return a text's words as days and times are looked for in them: without case, accents and some spellings."""
    words = _spelled(_SECONDS.sub("", _ISO_T.sub(" ", fold(at_few(visible(text))).replace("-feira", " feira"))))
    return in_digits(noon_as_hour(_THAT_COMES.sub("que vem", _FIRST_DAY.sub("1", words))))


def dates(words: str) -> Iterator[Date]:
    """Yield every date, the fuller ways to write one first, each in order of the text. They may overlap."""
    for pattern in _DATES:
        for found in pattern.finditer(words):
            said = found.groupdict()
            name, month, year = said.get("name"), said.get("month"), said.get("year")
            yield Date(
                found.start(),
                found.end(),
                int(found["day"]),
                1 + [m[:3] for m in MONTHS].index(name[:3]) if name else int(month) if month else None,
                int(year) + (2000 if len(year) == 2 else 0) if year else None,
                bool(said.get("next")),
            )


def relatives(words: str) -> Iterator[Relative]:
    """Yield every day that is counted from today, in order."""
    for found in _RELATIVES.finditer(words):
        yield Relative(found.start(), found.end(), _RELATIVE[found.group()])


def weekdays(words: str) -> Iterator[Weekday]:
    """Yield every weekday, in order."""
    for found in _WEEKDAYS.finditer(words):
        many, next_week, past, ordinal = (found[group] is not None for group in ("many", "next", "past", "ordinal"))
        yield Weekday(found.start(), found.end("name"), found.end(), WEEKDAY[found["name"]], many, next_week, past, ordinal)


def clocks(words: str) -> Iterator[Clock]:
    """Yield every time, the plainer ways to write one first, each in order of the text. They may overlap, and name no real hour."""
    for form, pattern in _CLOCKS:
        for found in pattern.finditer(words):
            said = found.groupdict()
            minute = 30 if said.get("half") else int(said.get("minute") or 0)
            hour = int(found["hour"])
            if form == "to":
                hour, minute = hour - 1 or 12, 60 - minute
            spelled, padded = (said.get("h") or "").startswith("hora"), found["hour"].startswith("0")
            yield Clock(found.start(), _number(found), found.end(), form, hour, minute, spelled, padded)


def _number(found: re.Match[str]) -> int:
    return min(found.start(group) for group in ("hour", "minute") if group in found.re.groupindex and found[group] is not None)


def parts(words: str) -> Iterator[Part]:
    """Yield every part of the day, in order; "boa tarde" names none."""
    for found in _PARTS.finditer(words):
        part: PartOfDay = found["part"] or found["alone"] or "tarde"  # type: ignore[assignment]
        yield Part(found.start(), found.end(), part, of=bool(found["of"] or found["all"]))


_LASTS = re.compile(
    r"\b(?:dura\w*|lev[ae]\w*|demor\w*|cerca de|em torno de|aproximadamente|mais ou menos|daqui a|dentro de|por|em|menos de|mais de"
    r"|a cada|pelo menos|minimo de)(?: umas?)? (?:\d+ ?h?(?:oras)? ?(?:a|ou|e|-) )?$"
)
_LASTING = re.compile(r",? (?:de (?:duracao|antecedencia|atendimento|servico|espera|banho|passeio)|antes|depois|apos|seguidas|por dia)\b")
# "às 2 tosas": what is counted, not what the clock shows.
_COUNTED = re.compile(r" (?!horas|[nd][ao]s\b|mas\b|temos|podemos|estamos|estaremos)\w+[aeo]s\b")


def lasts(clock: Clock, words: str) -> bool:
    """Return whether what is written as a time is how long something lasts, or how many there are: "leva 2h", "às 2 tosas"."""
    if clock.form in ("at", "from"):
        return bool(_COUNTED.match(words, clock.end))
    return ending_at(_LASTS, words, clock.start) is not None or _LASTING.match(words, clock.end) is not None
