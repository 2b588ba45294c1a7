"""A text as a row of days, times, numbers, marks that bound, join or refuse them, and words that are not understood.

What says nothing of when is left out.

Here each is only recognised; `terms` and `wishes` say what they come to together.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from service.language.common import is_laughter
from service.language.grammar import WEEKDAY, WEEKDAY_NAMES, Clock, Date, PartOfDay, clocks, dates, lasts, parts, relatives, weekdays
from service.language.intervals import Stretches
from service.language.shifts import shifts_in
from service.language.stretches import FAR, Named, Sort, named, weekdays_of
from service.language.text import ending_at
from service.language.when_words import MARKS, NOT_KNOWN, PHRASES, SIGNS, WORDS, MarkName

DaySort = Literal["weekday", "dated", "relative"] | Sort

PARTS: dict[PartOfDay, tuple[int, int]] = {"manha": (0, 719), "tarde": (720, 1079), "noite": (1080, 1439)}
"""The first and the last minute of each part of the day."""


@dataclass(frozen=True, slots=True)
class Day:
    """Days by one name. `weekday` where they are known by it (Monday 0), `is_this` of "essa sexta", `numbers` those of a date."""

    start: int
    end: int
    sort: DaySort
    days: Stretches
    weekday: int | None = None
    is_this: bool = False
    numbers: Date | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """A time by its `clock`, or a part of the day as `minutes`; `part` where it says which half of the day an hour is in.

    `of_shop` where it is when the shop opens or closes, `is_vague` of what only says in which half of the day an hour is ("da manhã"),
    `is_early` of such as say the morning where no hour stands beside them ("cedinho").
    """

    start: int
    end: int
    clock: Clock | None = None
    part: PartOfDay | None = None
    minutes: tuple[int, int] = (0, 1439)
    of_shop: Literal["opens", "closes"] | None = None
    is_vague: bool = False
    is_early: bool = False


@dataclass(frozen=True, slots=True)
class Number:
    """A number that may become a day or an hour by what stands around it; one that is `counted` by the word after it does not."""

    start: int
    end: int
    value: int
    counted: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A word that bounds, joins or refuses days and times; "das", "até as" and the like say that an hour follows, "do dia" a day."""

    start: int
    end: int
    name: MarkName
    words: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """A word that is not understood."""

    start: int
    end: int


Item = Day | Moment | Number | Mark | Unknown

_ALL_MARKS = (*((name, rf"\b(?:{words})\b") for name, words in MARKS), *SIGNS)
_TOKENS = re.compile(
    rf"\b(?P<unknown>{NOT_KNOWN})\b|\b(?P<phrase>{PHRASES})\b|"
    + "|".join(f"(?P<m{number}>{pattern})" for number, (_, pattern) in enumerate(_ALL_MARKS))
    + r"|\b(?P<number>\d{1,2})o?\b(?!\.\d)|(?P<word>\d+\.\d+|\w+)"
)
_UNITS = re.compile(r" ?h(?:s|rs?|oras?)?\b| (?:dias?|semanas?|mes|meses|min|minutos?|vagas?|banhos?|tosas?|consultas?)\b")
_OURS = re.compile(
    r"(?:\b(?:pros|meus|minhas|nossos|nossas|esses|desses)|(?<!\bentre )\bos|\b(?:el[ea]s?|gente|eu) (?:tem|tenho|faz|fez|pesa|pesam)) $"
)
# What makes of a weekday one of its days, before it and after it.
_THIS = re.compile(r"\b(?:[nd]?ess[ae]|[nd]?est[ae]) $")
_THIS_ONE = re.compile(r"n?(?:ess|est)[ae] ")
_THAT_COMES = re.compile(r"(?: feira)? (?:que vem|agora)\b")
# "De hoje a oito" is in a week; "de hoje a 8" may be until the eighth: it is asked which.
_FROM_TODAY = re.compile(r"\b(?:de )?hoje a (?:8|15|(?P<weeks>oito|quinze))\b(?! ?(?:/|de \w))")
# "De sexta a oito": the Friday, and a week.
_FROM_WEEKDAY = re.compile(rf"\b(?:de )?(?P<weekday>{WEEKDAY_NAMES})(?: feira)? a (?:(?P<one>oito|8)|quinze|15) dias\b")
_NEXT_ONE = r"(?:n?[ao]|pr[ao]) (?:outr[ao]|proxim[ao]|seguinte|que vem|d[ao] (?:semana que vem|proxima semana))"
_OTHER_ONE = r"n?[ao] outr[ao]"
# "Nessa sexta não, na outra": a week after the next coming.
_NOT_THIS = re.compile(
    rf"\b(?:n?(?:ess|est)[ae] (?P<d1>{WEEKDAY_NAMES})(?: feira)? nao|nao (?:n?(?:ess|est)[ae] )(?P<d2>{WEEKDAY_NAMES})(?: feira)?"
    rf"|(?P<d3>{WEEKDAY_NAMES})(?: feira)?,? (?:mas )?nao n?(?:ess|est)[ae](?: agora)?)"
    r",? (?:mas (?:sim )?|so |e sim )?(?:n?[ao]|pr[ao]) (?:outr[ao]|proxim[ao]|seguinte|que vem)(?= *(?:$|[,.!?]|\b(?:pode|da|serve|sim"
    r"|rola|ta|consigo|posso|eu)\b))"
)
# "Sexta sem ser essa, a próxima", "sábado agora não, no outro".
_NOT_THAT = re.compile(
    rf"(?:\bsem ser (?:n?ess|n?est)[ae] (?P<d1>{WEEKDAY_NAMES})(?: feira)?,? (?:so |mas )?{_NEXT_ONE}"
    rf"|\b(?P<d2>{WEEKDAY_NAMES})(?: feira)?(?: que vem)?,? sem ser (?:ess|est)[ae](?:,? (?:so |mas )?{_NEXT_ONE})?"
    rf"|\b(?:n?ess[ae] |n?est[ae] )?(?P<d3>{WEEKDAY_NAMES})(?: feira)?(?: agora)? (?:nao|n)"
    rf"(?: (?:consigo|posso|da|vai dar|vou poder|vou conseguir|rola))?,? (?:so |mas |e sim |pode ser )?"
    rf"{_OTHER_ONE}(?: (?P=d3)(?: feira)?)?)"
    r"(?= *(?:$|[,.!?]|\b(?:pode|da|serve|sim|rola|ta|consigo|posso|eu|as|de)\b))"
)
# "Essa semana tá corrida, só na próxima".
_NOT_THIS_WEEK = re.compile(
    rf"\bn?(?:ess|est)a semana (?:eu )?(?:nao|n|ta|esta|to|tou|estou|vou|viajo|trabalho|tenho)\b"
    rf"(?:(?!{WEEKDAY_NAMES}|amanha|hoje|tambem|\btb)[^,.;:!?\d])"
    r"{0,40}[,.;] ?(?:(?:so|mas|entao|deixa|pode|ser|da|tem|como|fica|marca|queria|quero|teria|que|vamos|melhor) )*"
    r"(?:n?a|pra|para a) (?:proxima(?: semana)?|outra(?: semana)?|(?:semana )?que vem)(?= *(?:$|[,.!?]))"
)
# "Troca sexta por sábado": where it is to go.
_MOVED = re.compile(
    r"\b(?:(?:troc|mud|pass|transf|remarc|jog)\w+|(?:tava|estava|tinha|ta|esta)(?= (?:marcad|agendad)))"
    r" (?:(?:marcad|agendad)[oa] )?(?:pr[ao] |n[ao] )?(?:(?:o|a|meu|horario|banho|tosa|consulta|del[ea]|d[aeo]) )*"
    rf"(?:(?:{WEEKDAY_NAMES})(?: feira)?|hoje|amanha) (?:(?:por|pr[ao]|para(?: [ao])?|pel[ao]) (?=(?:{WEEKDAY_NAMES}|amanha|hoje)\b)"
    r"|(?=(?:mas|porem|e) (?:preciso|quero|queria|posso)\b))"
)
# "Desmarca da quarta e marca na quinta".
_UNMADE = re.compile(
    r"\b(?:desmarc|cancel)\w+ (?:(?:o|a|d[aeo]|n[ao]|meu|horario|banho|tosa|consulta) )*"
    rf"(?:(?:{WEEKDAY_NAMES})(?: feira)?|hoje|amanha),? e (?=(?:re)?(?:marc|agend|pass|coloc|bot)\w+ )"
)
_OTHER = re.compile(rf"\b(?:[nd]?[ao]|pr[ao]|para [ao]) outr[ao] (?=(?:{WEEKDAY_NAMES})\b)")
# "Daqui a duas quintas".
_SO_MANY = re.compile(r"\b(?:duas|dois|tres|quatro|[2-9]) $")
_EVERY = re.compile(rf"\b(?:qualquer|tod[ao]s?(?: [ao]s)?) (?=(?:{WEEKDAY_NAMES})s?\b)")
_FINE_PARTS: tuple[tuple[re.Pattern[str], tuple[int, int]], ...] = (
    (re.compile(r"\b(?:n?o )?(?:fim|final|finalzinho) (?:da|de) tarde\b"), (960, 1079)),
    (re.compile(r"\b(?:n?o )?(?:comec(?:o|inho)|inicio) da tarde\b"), (720, 839)),
    (re.compile(r"\b(?:n?o )?(?:fim|final|finalzinho) da manha\b"), (600, 719)),
    (re.compile(r"\b(?:n?o )?(?:comec(?:o|inho)|inicio) da manha\b"), (0, 599)),
    (re.compile(r"\b(?:n?a )?primeira hora da manha\b|\b(?:n?o )?primeiro horario da manha\b"), (0, 719)),
    (re.compile(r"\b(?:n?a )?primeira hora da tarde\b|\b(?:n?o )?primeiro horario da tarde\b"), (720, 1079)),
)
# "Uma hora antes do almoço" is an hour.
_MEALS = re.compile(
    r"(?<!horas )(?<!hora )(?<!minutos )(?<!pouco )(?<!na )\b(?:(?P<before>(?:logo )?antes do)"
    r"|(?:logo |so )?(?:depois do|dps do|apos o)) (?:meu )?almoco\b"
)
_EARLY = re.compile(
    r"(?<!mais )(?<!muito )(?<!tao )(?<!\bo )\b(?:(?:bem|logo) )?(?:de manha )?(?:cedo|cedinho|cedao)\b(?! demais)"
    r"|\b(?:bem )?de manhazinha\b"
)
_SHOP_NAMES = "vcs?|voces?|a loja|a clinica|o pet ?shop|o pet|ai|la"
_SHOP = rf"(?: (?:{_SHOP_NAMES}))?"
# "Mais ou menos 15h" alone is about when, "leva mais ou menos 2h" how long.
_ABOUT = re.compile(
    r"(?:\bla por|(?:^|[,.!?;] ?|\b(?:ser|quero|as|ate|das|tipo) )(?:mais ou menos|cerca de|em torno de|aproximadamente))(?: umas?| as)? $"
)
_ALONE = r"(?= *(?:$|[,.!?]|\b(?:eu|ta|pode|por|se|moca|moco|kk+|pf\w*|que|pq|porque|ou|e|mesmo|msm|minha|meu|de|a tarde|ai|viu|ate)\b))"
_OPENS = re.compile(
    rf"(?:\b(?:(?:(?:assim|logo) q(?:ue)?|n?a hora (?:em )?q(?:ue)?){_SHOP} abr(?:ir(?:em)?|em?)|(?:quando|qdo){_SHOP} abrir(?:em)?"
    rf"|ao abrir(?:em)?|(?:logo )?n?a abertura)|(?<=\bdepois )q(?:ue)?{_SHOP} abr(?:ir(?:em)?|em?))\b(?: (?:as portas|a loja|ai))?{_ALONE}"
)
_CLOSES = re.compile(
    rf"(?:(?<=\bate )|(?<=\bantes de )|(?<=\bantes ))(?:(?:(?:a hora (?:de|q(?:ue)?)|q(?:ue)?"
    rf"|o) )?(?:(?:{_SHOP_NAMES}) )?fech(?:ar(?:em)?|am?|em)"
    rf"|[oa] fechamento)\b"
)
_OF_SHOP: tuple[tuple[re.Pattern[str], Literal["opens", "closes"]], ...] = ((_OPENS, "opens"), (_CLOSES, "closes"))
# Days that are wished, not wished for.
_WELL_WISHES = re.compile(
    r"(?:\b(?:um|uma) (?:bo[amn]|otim[oa]|excelente|lind[oa]|feliz|abencoad[oa])|(?:^|(?<=[,.!?;] )|(?<=\b[eo] ))bo[amn]|\b(?:feliz"
    r"|otim[oa])) "
    rf"(?:(?:fi[mn]|final) de semana|fds|semana|natal|ano novo|feriado|(?:{WEEKDAY_NAMES})(?: feira)?|manha|domingao)"
    r"(?= *(?:$|[,.!?]|\b(?:pra|para|a) (?:vcs?|voces?|todos|todas|ti|nos|senhora|senhor)\b|\b(?:viu|ai|kk+)\b))"
)
# Stands for what was recognised already: no letter, nor a space.
_TAKEN = "\x01"
_PART_OF = re.compile(r"\b(?:partes?|periodo|horarios?|horas?|turno|vagas?|livre|disponivel) $")
_MORNING = re.compile(r"\bmanha\b")


def lexemes(words: str, today: date) -> list[Item]:
    """Return what folded words (`date_words`) have of days and times, in order."""
    taken = bytearray(len(words))
    for wish in _WELL_WISHES.finditer(words):
        taken[wish.start() : wish.end()] = b"\1" * (wish.end() - wish.start())
    found: list[Item] = []
    for one in _named(words, today):
        if not any(taken[one.start : one.end]):
            taken[one.start : one.end] = b"\1" * (one.end - one.start)
            found.append(one)
    found += _between("".join(_TAKEN if hidden else letter for letter, hidden in zip(words, taken, strict=True)))
    found.sort(key=lambda item: item.start)
    return [_counted(item, found[n + 1] if n + 1 < len(found) else None, words) for n, item in enumerate(found)]


def _counted(item: Item, following: Item | None, words: str) -> Item:
    said_of = isinstance(following, Unknown) and not words[item.end : following.start].strip()
    if isinstance(item, Number) and (said_of or _UNITS.match(words, item.end) or ending_at(_OURS, words, item.start)):
        return replace(item, counted=True)
    return item


def _named(words: str, today: date) -> Iterator[Item]:
    """Yield every day and time, the surer names first. They may overlap."""
    for shift in shifts_in(words):
        # How far, no hour of its own.
        yield Unknown(shift.start, shift.end)
    yield from _instead(words, today)
    for numbers in dates(words):
        yield Day(numbers.start, numbers.end, "dated", (), numbers=numbers)
    for stretch in named(words, today):
        yield _named_stretch(stretch, words)
    for idiom in _FROM_TODAY.finditer(words):
        weeks = {None: 0, "oito": 1, "quinze": 2}[idiom["weeks"]]
        ordinal = today.toordinal() + 7 * weeks
        yield Day(idiom.start(), idiom.end(), "counted", ((ordinal, ordinal),)) if weeks else Unknown(idiom.start(), idiom.end())
    for idiom in _FROM_WEEKDAY.finditer(words):
        ordinal = today.toordinal() + (WEEKDAY[idiom["weekday"]] - today.weekday() - 1) % 7 + (8 if idiom["one"] else 15)
        yield Day(idiom.start(), idiom.end(), "counted", ((ordinal, ordinal),))
    for refused in _NOT_THIS.finditer(words):
        weekday = WEEKDAY[refused["d1"] or refused["d2"] or refused["d3"]]
        ordinal = today.toordinal() + (weekday - today.weekday() - 1) % 7 + 8
        yield Day(refused.start(), refused.end(), "counted", ((ordinal, ordinal),))
    for counted in relatives(words):
        ordinal = (today + timedelta(days=counted.days)).toordinal()
        yield Day(counted.start, counted.end, "relative", ((ordinal, ordinal),))
    yield from _weekdays(words, today)
    for pattern, minutes in _FINE_PARTS:
        for fine in pattern.finditer(words):
            yield Moment(fine.start(), fine.end(), minutes=minutes)
    for meal in _MEALS.finditer(words):
        of_day: PartOfDay = "manha" if meal["before"] else "tarde"
        yield Moment(meal.start(), meal.end(), part=of_day, minutes=PARTS[of_day])
    for pattern, of_shop in _OF_SHOP:
        for moment in pattern.finditer(words):
            yield Moment(moment.start(), moment.end(), of_shop=of_shop)
    for early in _EARLY.finditer(words):
        yield Moment(early.start(), early.end(), part="manha", minutes=PARTS["manha"], is_vague=True, is_early=True)
    for clock in clocks(words):
        if not lasts(clock, words) or ending_at(_ABOUT, words, clock.start):
            yield Moment(clock.number, clock.end, clock)
    for part in parts(words):
        # "Da manhã" is of an hour, or of what is named before it.
        is_vague = words.startswith("da ", part.start) and not ending_at(_PART_OF, words, part.start)
        yield Moment(part.start, part.end, part=part.part, minutes=PARTS[part.part], is_vague=is_vague)
    for morning in _MORNING.finditer(words):
        yield Moment(morning.start(), morning.end(), part="manha", minutes=PARTS["manha"])


def _instead(words: str, today: date) -> Iterator[Item]:
    """Yield the days that are said in the place of others: "sexta sem ser essa, a próxima"."""
    for refused in _NOT_THAT.finditer(words):
        weekday = WEEKDAY[refused["d1"] or refused["d2"] or refused["d3"]]
        ordinal = today.toordinal() + (weekday - today.weekday() - 1) % 7 + 8
        yield Day(refused.start(), refused.end(), "counted", ((ordinal, ordinal),))
    for refused in _NOT_THIS_WEEK.finditer(words):
        monday = today.toordinal() - today.weekday() + 7
        yield Day(refused.start(), refused.end(), "week", ((monday, monday + 6),))
    for moved in (*_MOVED.finditer(words), *_UNMADE.finditer(words)):
        yield Mark(moved.start(), moved.end(), "comma", ",")


def _named_stretch(stretch: Named, words: str) -> Item:
    # The verb "marco", and the name: the month is told by the word before it.
    if words[stretch.start : stretch.end] == "marco" and not re.search(r"\b(?:em|de|ate|para|pra) $", words[: stretch.start][-6:]):
        return Unknown(stretch.start, stretch.end)
    is_this = bool(_THIS_ONE.match(words, stretch.start) or ending_at(_THIS, words, stretch.start))
    return Day(stretch.start, stretch.end, stretch.sort, stretch.days, is_this=is_this)


def _weekdays(words: str, today: date) -> Iterator[Item]:
    other = {found.end(): found.start() for found in _OTHER.finditer(words)}
    every = {found.end(): found.start() for found in _EVERY.finditer(words)}
    first = today.toordinal()
    for one in weekdays(words):
        if one.many and (count := ending_at(_SO_MANY, words, one.start)):
            # With its space no word that is known.
            yield Unknown(count.start(), count.end())
        if one.past or one.ordinal:
            yield Unknown(one.start, one.end)
        elif one.many or one.start in every:
            end = one.name_end + one.many
            yield Day(every.get(one.start, one.start), end, "every", weekdays_of({one.weekday}, first, first + FAR), one.weekday)
        else:
            ordinal = first + (one.weekday - today.weekday() - 1) % 7 + 1 + 7 * (one.start in other)
            sort: DaySort = "counted" if one.start in other else "weekday"
            coming = _THAT_COMES.match(words, one.name_end)
            end, is_this = (coming.end() if coming else one.name_end), bool(coming or ending_at(_THIS, words, one.start))
            yield Day(other.get(one.start, one.start), end, sort, ((ordinal, ordinal),), one.weekday, is_this)


def _says_nothing(word: str) -> bool:
    return word in WORDS or is_laughter(word)


def _between(words: str) -> Iterator[Item]:
    """Yield the numbers, marks and words that are not understood beside days and times."""
    for token in _TOKENS.finditer(words):
        group = token.lastgroup or ""
        if group == "number":
            yield Number(token.start(), token.end(), int(token["number"]))
        elif group == "unknown" or (group == "word" and not _says_nothing(token.group())):
            yield Unknown(token.start(), token.end())
        elif group.startswith("m"):
            yield Mark(token.start(), token.end(), _ALL_MARKS[int(group[1:])][0], token.group().strip())
