"""Numbers in words as digits, where they say a day or a time: "dia trinta", "dez e meia", "quinze pras três".

An own table of what a clock and a month have. `text2num` was tried: its time grows with the square of a text, and it reads "quinta ou
sexta" as ordinals. What is counted otherwise stays as it is: "as duas" are both, "às duas" is two o'clock.
"""

import re
from re import Match
from typing import Literal

_UP_TO_NINE = {"um": 1, "uma": 1, "dois": 2, "duas": 2, "tres": 3, "quatro": 4, "cinco": 5, "seis": 6, "sete": 7, "oito": 8, "nove": 9}
_TEENS = {
    "dez": 10, "onze": 11, "doze": 12, "treze": 13, "quatorze": 14, "catorze": 14, "quinze": 15, "dezesseis": 16, "dezasseis": 16,
    "dezessete": 17, "dezassete": 17, "dezoito": 18, "dezenove": 19, "dezanove": 19,
}  # fmt: skip
_TENS = {"vinte": 20, "trinta": 30, "quarenta": 40, "cinquenta": 50}
NUMBERS = _UP_TO_NINE | _TEENS | _TENS
"""What one word says; "vinte e cinco" is two of them."""

_UP_TO_TWELVE = "|".join((*_UP_TO_NINE, "dez", "onze", "doze"))
_ONE = "|".join(sorted(_UP_TO_NINE, key=len, reverse=True))
_SINGLE = "|".join(sorted(NUMBERS, key=len, reverse=True))
_NUMBER = rf"(?:(?:{'|'.join(_TENS)}) e (?:{_ONE})|{_SINGLE})"
# What three pets or fewer are called, too: "pras três" is two o'clock's neighbour only where something else says so.
_FEW = r"(?:um|uma|dois|duas|tres)\b(?! e (?:meia|\d|quinze|vinte|trinta|quarenta|cinquenta))"
_AND = r"(?:, ?| ou | e | a | as | ate | ate as | ou as | e as | ao | nem | nem as )"

# "às duas", while the accent is still to be seen.
_AT_FEW = re.compile(r"(?<!\w)(?P<at>(?:à|a\u0300)s? )(?P<number>uma|duas|tr(?:ê|e\u0302|e)s)\b", re.IGNORECASE)
_MINUTES = r"(?:cinco|dez|quinze|(?:vinte|trinta|quarenta|cinquenta)(?: e cinco)?)"
_MONTHLY = r"(?! (?:de [a-z]{3,9}\b|dias?|semanas?|mes|meses|anos?|reais|noites?))"
# "dez e quinze": the hour and its minutes.
_HOUR_AND_MINUTES = re.compile(
    rf"\b(?<!dia )(?<!dias )(?<!entre )(?<!entre as )(?P<hour>(?!vinte e cinco\b){_NUMBER}|\d{{1,2}}(?: ?h(?:s|rs?|oras?)?)?)"
    rf" e (?P<minute>{_MINUTES})\b{_MONTHLY}"
)
# "Das duas às quatro": a range tells the hour from both.
_FROM_FEW = re.compile(
    rf"\bdas (?P<numbers>uma|duas|tres)\b(?= (?:e meia )?(?:(?:as|ate as|a|ate) (?:\d|{_NUMBER})|(?:em diante|(?:pra|para) frente)))"
)
# "Oito do doze": the day and its month.
_DAY_AND_MONTH = re.compile(
    rf"\b(?<!as )(?<!das )(?P<day>(?:primeiro|{_NUMBER})) do (?P<month>{_UP_TO_TWELVE})\b(?! (?:e|{_NUMBER}|horas?)\b)"
)
# Before which a number says a day or a time.
_BEFORE = (
    rf"(?:\bdias? |\bas (?!{_FEW})|\bdas (?!{_FEW})|\bpras (?!{_FEW})|\bpara as (?!{_FEW})|\b(?:depois|antes|a partir) das "
    r"|\bate as |\bapos as "
    r"|\bpelas |\bumas |\buns |\d(?:h| da (?:manha|tarde|noite)) (?:ou|ate)(?: as)? "
    r"|\bentre (?:as |os dias |dias )?(?:\d{1,2}h?(?:\d\d)? (?:e|a) (?:as )?)?|\d (?:pras?|pro|para as?) )"
)
_AFTER_NUMBER = r"(?= (?:horas?|hrs?|h|da (?:manha|tarde|noite)|e meia|em ponto|dias|semanas|meses|pras?\b|pro\b|para as?\b|para o\b))"
_OF_MONTH = r"(?= de (?:jan|fev|mar|abr|mai|jun|jul|ago|set|out|nov|dez)[a-z]*\b)"
# "Sexta vinte e oito": the day and its number.
_OF_DAY = re.compile(
    r"(?P<day>\b(?:segunda|terca|quarta|quinta|sexta|sabado|domingo|amanha|hoje)(?: feira)?,? )"
    rf"(?P<numbers>{_NUMBER})(?=$|[,;.!?)]| d[eo] )"
)
_AFTER_BEFORE = re.compile(rf"(?P<before>{_BEFORE})(?P<numbers>{_NUMBER}(?:{_AND}{_NUMBER})*)\b")
_ENDING = re.compile(rf"\b(?P<numbers>{_NUMBER}(?:{_AND}{_NUMBER})*)(?:{_AFTER_NUMBER}|{_OF_MONTH})")
# Where a number answers what was asked: "nove ou dez", "pode ser onze", "15h, nove também".
_ANSWERS = re.compile(
    rf"(?P<before>^|[,;.!?] ?|\b(?:ou|ser|entre|ate|so|tipo|prefiro|melhor|quero|nao) )(?P<numbers>{_NUMBER}(?:{_AND}{_NUMBER})*)"
    r"(?=$|[,;.!?]| (?:ou|e|ta|esta|serve|pode|por|mesmo|msm|entao|ok|tambem|tbm|tb|em|nao|do|kk+|mas)\b)"
)
_TOGETHER = re.compile(
    r"(?P<before>^|[,;.!?] ?|\b(?:ou|as|pras|umas|das|pelas|ser) )(?P<hour>[6-9]|[01]\d|2[0-3]|\d(?=[.,]))"
    r"(?:\.?(?P<minute>[0-5][05])|,(?P<mins>00|[3-5][05]))(?=$|[,;!?]"
    r"|\.(?!\d)| (?!mil)[a-z])"
)
_EACH = re.compile(rf"\b{_NUMBER}\b")


def value_of(words: str) -> int:
    """Return the number that folded words say: "vinte e cinco" is 25."""
    return sum(NUMBERS[word] for word in words.split(" e "))


def at_few(text: str) -> str:
    """Write the hours that only an accent tells from "both" or "all three" as digits, in a text as it was typed."""
    return _AT_FEW.sub(lambda said: f"{said['at']}{ {'u': 1, 'd': 2}.get(said['number'][0].lower(), 3) }", text)


def asked_for(words: str, what: Literal["day", "hour"]) -> str:
    """Write the numbers with which folded words answer when a day or an hour was asked for: "dez ou onze"; "1530" as "15:30"."""
    words = _ANSWERS.sub(lambda said: said["before"] + _digits(said), words)
    return _TOGETHER.sub(r"\g<before>\g<hour>:\g<minute>\g<mins>", words) if what == "hour" else words


def in_digits(words: str) -> str:
    """Write the numbers that say a day or a time as digits, in folded words."""
    words = _DAY_AND_MONTH.sub(
        lambda said: f"{1 if said['day'] == 'primeiro' else value_of(said['day'])} do {NUMBERS[said['month']]}", words
    )
    words = _OF_DAY.sub(lambda said: said["day"] + str(value_of(said["numbers"])), words)
    words = _FROM_FEW.sub(lambda said: f"das {_digits(said)}", words)
    words = _ENDING.sub(_digits, _HOUR_AND_MINUTES.sub(_clock, words))
    words = _AFTER_BEFORE.sub(lambda said: said["before"] + _digits(said), words)
    return _HOUR_AND_MINUTES.sub(_clock, words)


def _clock(said: Match[str]) -> str:
    written = re.match(r"\d+", said["hour"])
    hour = int(written.group()) if written else value_of(said["hour"])
    return f"{hour}h{value_of(said['minute']):02d}" if hour < 24 else said.group()


def _digits(said: Match[str]) -> str:
    return _EACH.sub(lambda number: str(value_of(number.group())), said["numbers"])
