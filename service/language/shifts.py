"""By how much a visit is to be moved from where it stands: "adia uma hora", "dá pra adiantar duas horas?"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

_OF = r"(?: (?:o|a|meu|minha|horario|banho|tosa|consulta|visita|d[aeo]|el[ea]|del[ea])){0,5}"
_COUNT = r"(?P<count>\d{1,3}|meia|uma?|dois|duas|tres|quatro) ?(?P<unit>h|horas?|horinhas?|min|minutos?|minutinhos?|dias?|semanas?)\b"
_LATER, _EARLIER = r"(?:mais tarde|depois|(?:pra|para) frente|adiante)", r"(?:mais cedo|antes|(?:pra|para) tras)"
_SHIFTS = re.compile(
    rf"\b(?:(?P<later>adi(?:a|ar|e|em|amos|ando)|atras(?:a|ar|e)|posterg\w{{1,4}}|empurr\w{{1,4}}|prorrog\w{{1,4}})"
    rf"|(?P<earlier>adiant(?:a|ar|e|em)|antecip(?:a|ar|e|em)))\b{_OF}(?: (?:em|por|mais|umas?(?= \d)|uns(?= \d)))* {_COUNT}"
    rf"(?: (?:{_LATER}|{_EARLIER}))?"
    rf"|\b(?:jog|pass|mud|remarc|transf|coloc|empurr|adi)\w{{1,5}}{_OF}(?: (?:pra|para|em|por|mais|umas?(?= \d)))*"
    rf" {_COUNT.replace('count', 'so_many').replace('unit', 'units')} (?:(?P<then>{_LATER})|{_EARLIER})\b"
)
_NUMBERS = {"meia": 0.5, "um": 1, "uma": 1, "dois": 2, "duas": 2, "tres": 3, "quatro": 4}


@dataclass(frozen=True, slots=True)
class Shift:
    """A length by which something is moved, before it where it is negative; the length stands from `start` to `end` of the words."""

    start: int
    end: int
    by: timedelta


def shifts_in(words: str) -> Iterator[Shift]:
    """Yield the lengths by which something is to be moved, in folded words (`grammar.date_words`)."""
    for found in _SHIFTS.finditer(words):
        number, unit = found["count"] or found["so_many"], found["unit"] or found["units"]
        count = _NUMBERS[number] if number in _NUMBERS else int(number)
        if unit.startswith("h"):
            by = timedelta(hours=count)
        elif unit.startswith("min"):
            by = timedelta(minutes=count)
        else:
            by = timedelta(days=count * (7 if unit.startswith("semana") else 1))
        start = found.start("count" if found["count"] else "so_many")
        yield Shift(start, found.end(), by if found["later"] or found["then"] else -by)
