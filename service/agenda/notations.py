"""Every way in which people write a day, a time of day or an amount that is known already, as patterns over folded text. Pure.

Reading asks which day "sexta" is; here the day is given, and only what can mean no other is its notation: "dia 27" is one of a day within
the month that comes, "sexta" of the next Friday alone. What fits none of these patterns is left over, and `agreement` accounts for it or
asks. `tests/agenda/test_notations.py` holds the patterns to the readers of `service.language`.
"""

from collections.abc import Iterable
from datetime import date, time
from itertools import chain

from service.language.dating import day_of, next_weekday
from service.language.grammar import MONTHS, WEEKDAY, Date
from service.language.numerals import NUMBERS
from service.language.phrases import either
from service.platform.errors import BadRequest

_ABOVE = {60: "sessenta", 70: "setenta", 80: "oitenta", 90: "noventa"}
_HUNDREDS = ("duzentos", "trezentos", "quatrocentos", "quinhentos", "seiscentos", "setecentos", "oitocentos", "novecentos")
_WORDS: dict[int, list[str]] = {0: ["zero"], **{number: [word] for number, word in _ABOVE.items()}}
for _word, _value in NUMBERS.items():
    _WORDS.setdefault(_value, []).append(_word)

# Every word that counts something. Beside a notation it would make another of it.
NUMBER_WORDS = frozenset([*NUMBERS, *_ABOVE.values(), *_HUNDREDS, "zero", "cem", "cento", "mil", "meia", "meio", "quarto"])

_COUNTS = "|".join(sorted(NUMBER_WORDS))
_COUNTS_ALONE = "|".join(sorted(NUMBER_WORDS - {"um", "uma"}))
_BEGIN = r"(?<![\w:/$])(?<!\d[.,-])"
# What would make more of it: "dia 20 e 21", "dia vinte e sete", "27/11".
_END = rf"(?! e (?:\d|(?:{_COUNTS})\b))(?![\w:/]|[.,-]\d)"
# After a time or an amount a number by itself would, too: "10h 30", "às dez quinze".
_END_OF_NUMBER = rf"{_END}(?! (?:\d|(?:{_COUNTS_ALONE})\b)| e pouc)"


# A number by itself, beside a yes and nothing that would make another thing of it: "sim, 27", "pode ser dez".
_BEFORE_ALONE = either(
    *(f"(?<={row})" for row in (r"[,;!\n]", r"[,;!:.\n] ", r"\bsim ", r"\bok ", r"\bser ", r"\bisso ", "[DT] ", "[DT]  "))
)
_AFTER_ALONE = r"(?= *(?:$|[,;!:\n]|[.](?!\d)|(?:sim|mesmo|msm|pode|fechado|combinado|[ao]s (?:dois|duas))\b|[DTMP] ))(?! *[,.]\d)"
# "Sim, 27 às 10".
_AFTER_A_DAY = rf"(?:{_AFTER_ALONE}|(?= as (?:\d{{1,2}}(?:h\w{{0,3}})?|{_COUNTS})\b))"
_LAST_HOUR, _LAST_DAY = 24, 31
_MANY = 4  # fewer may be pets, or the first of what was offered


def spelled(number: int) -> str:
    """Return the pattern of a whole number below 10,000 in words, of either gender."""
    if number >= 1000:
        thousands, rest = divmod(number, 1000)
        head = "(?:um )?mil" if thousands == 1 else f"{spelled(thousands)} mil"
        return head if not rest else f"{head} (?:e )?{spelled(rest)}"
    if number >= 100:
        hundreds, rest = divmod(number, 100)
        if not rest:
            return "cem" if hundreds == 1 else _HUNDREDS[hundreds - 2]
        return f"{'cento' if hundreds == 1 else _HUNDREDS[hundreds - 2]} e {spelled(rest)}"
    if number in _WORDS:
        return either(*_WORDS[number])
    return f"{either(*_WORDS[number - number % 10])} e {spelled(number % 10)}"


def _alone(number: str, after: str = _AFTER_ALONE) -> str:
    return rf"(?:\A|{_BEFORE_ALONE}){number}{after}"


def _number(number: int) -> str:
    return either(f"0?{number}" if number < 10 else str(number), spelled(number))


def days(day: date, today: date) -> str:
    """Return the pattern of a day, by its date, its weekday and from today."""
    month, names = MONTHS[day.month - 1], _weekday_names(day)
    number = either(_number(day.day), *(("1o", "primeiro") if day.day == 1 else ()))
    months = either(f"0?{day.month}" if day.month < 10 else str(day.month), month, month[:3], f"(?<=do ){spelled(day.month)}")
    dated = rf"(?:dia )?{number}(?: d[eo] (?:mes )?| ?/ ?|[.-]){months}(?:(?: de | ?/ ?|[.-])(?:{day.year}|{day.year % 100:02d}))?"
    alone = [rf"{day.year}-{day.month:02d}-{day.day:02d}", dated]
    if _is_next_such(day, today):
        alone += [rf"dia {number}", rf"{names}(?: feira)?,? (?:dia )?{number}", rf"{names}(?: feira)? \((?:dia )?{number}\)"]
    weekday = rf"{names}(?: feira)?"
    after = rf"(?:,? \(?{weekday}\)?)?"
    ways = [
        rf"(?:{weekday}\)?,?(?: que (?:e|eh))? \(?)?{either(*alone)}{after}",
        *_by_weekday(day, today, weekday),
        *_relative(day, today),
    ]
    by_number = f"|{_alone(number, _AFTER_A_DAY)}" if day.day > _LAST_HOUR and _is_next_such(day, today) else ""
    return rf"{_BEGIN}{either(*ways)}{_END}{by_number}"


def _weekday_names(day: date) -> str:
    names = [name.removesuffix(" feira") for name, number in WEEKDAY.items() if number == day.weekday()]
    return either(*sorted(names, key=len, reverse=True))


def _is_next_such(day: date, today: date) -> bool:
    """Tell whether the number alone means this day."""
    try:
        return day_of(Date(0, 0, day.day), today) == day
    except BadRequest:
        return False


def _by_weekday(day: date, today: date, weekday: str) -> Iterable[str]:
    coming, of_next_week = (next_weekday(day.weekday(), today, next_week=n) for n in (False, True))
    if day == coming:
        yield rf"(?:n?ess[ae] |n?est[ae] )?{weekday}(?: agora)?"
    if day == of_next_week:
        yield rf"{weekday},? (?:d?a )?(?:semana que vem|proxima semana)"
    if day == coming == of_next_week:
        yield rf"{weekday} que vem|proxim[ao] {weekday}"


# A week is "daqui a oito dias" to many, and two are fifteen.
_SAID_OF_WEEKS = (7, 8, 14, 15)


def _relative(day: date, today: date) -> Iterable[str]:
    ahead = (day - today).days
    said = {0: "hoje|hj", 1: "amanha", 2: "depois de amanha"}.get(ahead)
    if said:
        yield f"(?:{said})"
    if 1 < ahead < 100 and ahead not in _SAID_OF_WEEKS:
        yield rf"daqui (?:a )?{_number(ahead)} dias"


def times(moment: time) -> str:
    """Return the pattern of a time of day, on the clock of 24 or of 12 hours."""
    hours = [moment.hour, *([moment.hour - 12] if moment.hour > 12 else [])]
    ways = list(chain.from_iterable(_on_the_clock(hour, moment.minute) for hour in hours))
    if moment.hour == 12 and moment.minute in (0, 30):
        ways.append("(?:ao )?meio[ -]dia" + (" e (?:meia|30|trinta)" if moment.minute else ""))
    if moment.minute > 30:
        following = {hour % 12 + 1 for hour in hours} | {moment.hour + 1}
        ways += [_before(hour, 60 - moment.minute) for hour in sorted(following) if hour < 24]
    alone = [_number(hour) for hour in hours if hour > _MANY and not moment.minute]
    by_number = f"|{_alone(either(*alone))}" if alone else ""
    return rf"{_BEGIN}{either(*ways)}(?: em ponto)?{_END_OF_NUMBER}{by_number}"


_TO = "(?:(?:as|a|das|pras?|para as?|p as|p) )?"
_AT = "(?:as|a|das|pras?|para as?|p as)"


def _on_the_clock(hour: int, minute: int) -> Iterable[str]:
    digits = f"0?{hour}" if hour < 10 else str(hour)
    words, either_way = spelled(hour), _number(hour)
    h, minutes = "(?:h(?:s|rs?|oras?)?)", _number(minute)
    if minute:
        half = ["meia"] if minute == 30 else []
        yield rf"{_TO}{digits}(?::| ?{h}(?: e)? ?){minute:02d}(?: ?{h}| ?min(?:utos)?|m)?"
        yield rf"{_TO}{either_way}(?: ?{h})? e {either(minutes, *half)}(?: min(?:utos)?)?"
    else:
        yield rf"{_TO}{digits}:00(?: ?{h})?"
        yield rf"{_TO}{digits} ?{h}(?: ?00(?: ?min)?)?"
        yield rf"{_TO}{words} {h}"
        yield rf"{_AT} {either_way}"
        yield rf"{either_way}(?= d[ae] (?:manha|matina|tarde|noite)\b)"


def _before(hour: int, minutes: int) -> str:
    return rf"(?:(?:as|a) )?{_number(minutes)}(?: min(?:utos)?)? (?:pr?as?|para as?) {_number(hour)}(?: horas?)?"


def part_of_day(moment: time) -> str:
    """Return the pattern of the part of the day that a time is in."""
    part = "(?:manha|matina)" if moment.hour < 12 else "tarde" if moment.hour < 18 else "noite"
    # "a manha" is "amanhã" with a slip of the thumb.
    return rf"\b{either('da', 'de', 'pela', *(['na'] if moment.hour < 12 else ['a', 'na']))} {part}\b"


def amounts(cents: int) -> str:
    """Return the pattern of an amount in reais, with what makes it money: "R$", "reais", "por"."""
    reais, rest = divmod(cents, 100)
    written = f"{reais // 1000}\\.?{reais % 1000:03d}" if reais >= 1000 else str(reais)
    words = spelled(reais) if reais < 10_000 else written
    digits = rf"{written},{rest:02d}" if rest else rf"{written}(?:,00)?"
    in_words = rf"{words} e {spelled(rest)}" if rest else words
    named, money = either(digits, in_words), "(?:reais|real|contos?|pilas?)"
    centavos = rf"{words} reais e {spelled(rest)}(?: centavos)?" if rest else rf"{words} {money}"
    ways = [rf"r[$] ?{digits}(?: {money})?", rf"{digits} ?{money}", centavos, rf"(?<=por ){named}", rf"{named} (?:no total|ao todo)"]
    by_number = f"|{_alone(named)}" if reais > _LAST_DAY else ""
    return rf"{_BEGIN}(?:(?:por|de) )?{either(*ways)}{_END_OF_NUMBER}{by_number}"


def each(cents: int) -> str:
    """Return the pattern of an amount that is that of each of several."""
    return rf"{_BEGIN}(?:r[$] ?)?{_number(cents // 100)}(?: reais)? cada(?: uma?)?\b"
