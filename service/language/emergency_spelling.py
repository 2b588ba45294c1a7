"""Words of danger as they are spoken or typed in haste, in their usual spelling: "caxorro", "vomitano", "ingoliu", "socorroooo".

A word that sounds like one of danger is read as that one; a word of any other sound stays as it is. What sounds alike is written down as
one: x and ch, z and s, c and k, e and i, o and u, a beginning "en", "in" or "n", a gerund without its d.
"""

import re
from functools import lru_cache
from itertools import chain

# As their gerunds begin; of these, the past tense, too.
_BEFALL = (
    "vomita", "treme", "baba", "sangra", "convulsiona", "engasga", "espuma", "desmaia", "incha", "sufoca", "engoli", "lambe", "mastiga",
    "atropela", "envenena",
)  # fmt: skip
_LAST = (
    "respira", "saliva", "ofega", "cambalea", "agoniza", "geme", "grita", "chora", "morre", "sofre", "manca", "arfa", "golfa", "urina",
    "mija", "sai", "cai", "tossi", "reagi", "contorce", "debate", "levanta", "mexe", "acorda", "responde", "consegui", "para", "piora",
)  # fmt: skip
_PAST = {"a": ("ou", "aram", "ei"), "e": ("eu", "eram"), "i": ("iu", "iram")}
_OTHERS = (
    "cachorro", "cachorros", "cachorra", "cachorras", "cachorrinho", "cachorrinha", "filhote", "acho", "achei", "achou", "achamos", "chao",
    "muito", "muita", "chumbinho", "choque", "remedio", "sangue", "socorro", "urgente", "urgencia", "emergencia", "inchado",
    "engasgado", "engasgada", "atropelado", "atropelada", "envenenado", "envenenada", "convulsao", "convulsoes", "respira", "respirar",
    "diarreia", "escorpiao", "desmaiado", "desmaiada",
)  # fmt: skip
_WORDS = tuple(
    chain(
        _OTHERS, (f"{verb}ndo" for verb in _BEFALL + _LAST), (verb[:-1] + ending for verb in _BEFALL for ending in _PAST[verb[-1]])
    )
)  # fmt: skip
# What is no matter of sound.
_ABBREVIATED = {
    "mt": "muito",
    "mto": "muito",
    "mtu": "muito",
    "muinto": "muito",
    "mta": "muita",
    "muinta": "muita",
    "cum": "com",
    "inxada": "inchada",
}

_SOUNDS = tuple(
    (re.compile(spelled), heard)
    for spelled, heard in (
        (r"rr+", "R"), (r"([a-z])\1+", r"\1"), (r"ch|sh", "x"), (r"nh", "N"), (r"h", ""), (r"c(?=[ei])|z", "s"),
        (r"qu(?=[ei])|[cq]", "k"), (r"y", "i"),
        (r"^[ei][nm](?=[^aeiou])", "n"), (r"^[ei]s(?=[^aeiou])", "s"), (r"ndo$", "no"), (r"ol$", "ou"), (r"m(?=[^aeiou])", "n"),
        (r"e", "i"), (r"o", "u"),
    )
)  # fmt: skip
_WORD = re.compile(r"(?<!\w)[a-z]{2,20}(?!\w)")
_STRETCHED = re.compile(r"([a-jl-qt-z])\1{2,}|([rs])\2{2,}")
_RUN_TOGETHER = re.compile(r"\bc[uo]m(?=(?:sangue|falta|febre|dor|ansia)\b)")


def _sound(word: str) -> str:
    for spelled, heard in _SOUNDS:
        word = spelled.sub(heard, word)
    return word


_BY_SOUND = {_sound(word): word for word in _WORDS}


def spelled(folded: str) -> str:
    """Return folded words with those of danger in their usual spelling."""
    folded = _STRETCHED.sub(lambda letters: letters[1] or letters[2] * 2, folded)
    return _WORD.sub(lambda word: _usual(word[0]), _RUN_TOGETHER.sub("com ", folded))


@lru_cache(maxsize=4096)
def _usual(word: str) -> str:
    return _ABBREVIATED.get(word) or _BY_SOUND.get(_sound(word), word)
