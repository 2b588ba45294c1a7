"""Slips of the keyboard in the names of weekdays, as one closed table: one letter dropped, doubled, swapped with the next or hit beside it.

What is a word of its own is none ("sabão"), nor what is two names' slip. Vowels left out count where that is how people write it.
"""

import re

_DAYS = ("segunda", "terca", "quarta", "quinta", "sexta", "sabado", "domingo")
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_SHORT = {
    "sgnda": "segunda",
    "sgunda": "segunda",
    "trca": "terca",
    "qrta": "quarta",
    "qnta": "quinta",
    "sbdo": "sabado",
    "dmngo": "domingo",
}
# Words, names and short forms that a slip would look like.
_OWN_WORDS = frozenset(
    ("sabao", "quita", "quina", "seta", "teca", "tera", "domino", "sanado", "quartz", "quara", "sexa", "quart", "quint", "terc")
)
_WORD = re.compile(r"[a-z]+")
_FEIRA = re.compile(
    r"(?:(?<=segunda )|(?<=terca )|(?<=quarta )|(?<=quinta )|(?<=sexta ))(?:fera|feria|fiera|fira|feir|frira|ferira|feiraa+)\b"
)
_TER = re.compile(r"\b((?:seg|qua|qui|sex|sab)(?:,| ou| e) )ter\b")


def _beside(letter: str) -> str:
    """Return the letters next to one on the keyboard."""
    n, column = next((n, row.index(letter)) for n, row in enumerate(_ROWS) if letter in row)
    near = [(n, column - 1), (n, column + 1), (n - 1, column), (n - 1, column + 1), (n + 1, column), (n + 1, column - 1)]
    return "".join(_ROWS[row][at] for row, at in near if 0 <= row < len(_ROWS) and 0 <= at < len(_ROWS[row]))


def _slips_of(name: str) -> set[str]:
    slips = set[str]()
    for n, letter in enumerate(name):
        before, after = name[:n], name[n + 1 :]
        slips |= {before + after, before + letter * 2 + after, *(before + other + after for other in _beside(letter))}
        if after:
            slips.add(before + after[0] + letter + after[1:])
    return slips


def _table() -> dict[str, str]:
    found = [(slip, name) for name in _DAYS for slip in _slips_of(name)]
    sounded = {"tersa": "terca", "sesta": "sexta", "cexta": "sexta"}
    counted = {slip: sum(slip == other for other, _ in found) for slip, _ in found}
    plain = {slip: name for slip, name in found if counted[slip] == 1 and slip not in _OWN_WORDS and slip not in _DAYS}
    return plain | sounded | _SHORT


SLIPS = _table()


def righted(words: str) -> str:
    """Write the weekdays that are misspelt in folded words as they are."""
    if not SLIPS.keys().isdisjoint(_WORD.findall(words)):
        words = _FEIRA.sub("feira", _WORD.sub(lambda word: SLIPS.get(word.group(), word.group()), words))
    elif "a f" in words:
        words = _FEIRA.sub("feira", words)
    return _TER.sub(r"\1terca", words) if " ter" in words else words
