"""What of a message declines something, and so is not wanted: "banho não", "sem a Bia", "o Rex não precisa".

A clause with a "não" in it declines, unless the "não" begins one of the turns by which people ask, or tell: "não tem banho sexta?".
"""

import re
from collections.abc import Collection

from service.language.counts import NUMBER
from service.language.grammar import WEEKDAY_NAMES
from service.language.when_words import AROUND

_CLAUSES = re.compile(r"[,.;:!?]+(?: |$)| (?:mas|porem) | e (?=(?:nao|n|nem|sem)\b)| (?=(?:sem|nem|menos|exceto|tirando)\b)")
_DECLINES = re.compile(
    r"\b(?:nem|sem|nunca|menos|exceto|tirando|dispens\w+)\b|\b(?:nao|n)\b"
    r"(?! (?:tem|teria|tinha|ha|haveria|da|daria|consegu\w+|pod\w+|rola|sei|lembro|esquec\w+|toma\w*|tomou|gosta\w*|aguent\w+|par\w+|vem"
    r"|veio|ta|esta)\b)"
)
_WORD = re.compile(r"[^\W_]+")
# What a stay or a series is told with, beside the words around every wish.
_AROUND = (AROUND - {"faz", "fazem", "tenho", "temos"}) | frozenset(
    _WORD.findall(
        """
        e a as ou por durante mais umas uns so total seguidas todas toda todo semanas semana cada entra entrando entrada chega fica ficar
        ficando hospeda hospedado diarias noites proximas proximos hoje amanha depois ate cedo tarde noite manha h aos
        """
    )
)
_HOW_LONG_AGO = re.compile(r"\b(?:faz|fazem|fez|ha|tem|teve)(?: (?:uns|umas|mais de|quase))? $")
_AGO = re.compile(rf"(?:{NUMBER}) \w+ (?:que|atras|sem)\b")
_SAYS_WHEN = re.compile(rf"(?:{WEEKDAY_NAMES})s?|{NUMBER}|\d+(?:h|hrs?|x)?\d*")


def without_declined(words: str) -> str:
    """Return folded words without the clauses that decline something."""
    return " , ".join(clause for clause in _CLAUSES.split(words) if clause and not _DECLINES.search(clause))


def is_asked_for(words: str, start: int, names: Collection[str]) -> bool:
    """Return whether a number of nights or weeks is asked for: all before it in its clause is of a wish.

    `names` are the words of what is on record, which say nothing else.
    """
    begins = max((cut.end() for cut in _CLAUSES.finditer(words, 0, start)), default=0)
    before = words[begins:start]
    if _HOW_LONG_AGO.search(before) or _AGO.match(words, start):
        return False
    return all(word in _AROUND or word in names or _SAYS_WHEN.fullmatch(word) for word in _WORD.findall(before))
