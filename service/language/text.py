"""Text as people type it."""

import re
import unicodedata
from re import Match, Pattern

LONGEST_TEXT = 4096
"""Characters of a text that WhatsApp takes from a business, as Meta's Cloud API counts them."""

# What is read of a customer's message. People may send sixteen times that, and hardly ever do; their ordinary messages have some hundred.
LONGEST_MESSAGE = LONGEST_TEXT
LEFT_OUT = "\n[…]\n"
# Longer than any word or number: what has no space so far is cut where it is.
LONGEST_WORD = 64

# Characters that rules look back from where they stand: a clause and more. Without a bound their time would grow with the square of a text.
REACH = 300


# What nobody sees: marks on letters, zero-width and direction signs, soft hyphens, controls. Blanks that are letters to Unicode are spaces.
_UNSEEN = frozenset({"Mn", "Me", "Cf", "Cc", "Co", "Cs"})
_WIDE = {number + 0xFEE0: chr(number) for number in range(0x21, 0x7F)}
_BLANKS = frozenset("\u115f\u1160\u3164\uffa0\u2800")
# Characters of the languages that people write in; those beyond are looked up each time.
_KEPT = 0x10000


class _Seen(dict[int, str | None]):
    """What is seen of each character, by its number, for `str.translate`: itself, a space, or nothing. Looked up when it first comes."""

    def __missing__(self, number: int) -> str | None:
        character = chr(number)
        if character in _BLANKS:
            looks: str | None = " "
        else:
            looks = character if character.isspace() or unicodedata.category(character) not in _UNSEEN else None
        if number < _KEPT:
            self[number] = looks
        return looks


_SEEN = _Seen()

_DRAWN_OUT = re.compile(r"([a-z])\1{2,}")
_DRAWN_OUT_END = re.compile(r"(?<=\w{4})([aeiou])\1\b")


def fold(text: str) -> str:
    """Return a text as it is read: in lower case, without accents and invisible characters, with plain digits and single spaces.

    This is the one place where what is not seen is taken out, so that it hides no word from any rule; what is stored keeps it.
    """
    if text.isascii():
        return " ".join(_seen(text.lower()).split())
    # Marks go first: sorting a long row of them, as normalising does, takes time with its square.
    plain = unicodedata.normalize("NFKD", _seen(text.casefold()))
    return " ".join(_seen(plain).split())


def undrawn(folded: str) -> str:
    """Return folded words without the letters that are drawn out: "cancelaaaa", "obrigadaa"."""
    return _DRAWN_OUT_END.sub(r"\1", _DRAWN_OUT.sub(r"\1", folded))


def visible(text: str) -> str:
    """Return a text as it is seen, accents and all, in plain letters and digits, for what is told by an accent alone."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(c for c in text.translate(_WIDE) if c.isspace() or unicodedata.combining(c) or unicodedata.category(c) not in _UNSEEN)


def seen(text: str) -> str:
    """Return what there is to be seen of a text; empty where it is blank, whatever it is written in."""
    return _seen(text).strip()


def _seen(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    return text.translate(_SEEN)


def shortened(text: str) -> str:
    """Return what is read of a message: all of it, or both ends of one of more than `LONGEST_MESSAGE` characters, with `LEFT_OUT` between.

    A word at the cut goes as a whole: half a number or a name would be read as another. What must not act on a part looks for `LEFT_OUT`.
    """
    if len(text) <= LONGEST_MESSAGE:
        return text
    half = (LONGEST_MESSAGE - len(LEFT_OUT)) // 2
    first, last = text[:half], text[-half:]
    if not (first[-1].isspace() or text[half].isspace()):
        first = _without(first, first.rsplit(maxsplit=1)[0])
    if not (last[0].isspace() or text[-half - 1].isspace()):
        last = _without(last, last.split(maxsplit=1)[-1])
    return f"{first}{LEFT_OUT}{last}"


def _without(end: str, whole_words: str) -> str:
    return whole_words if len(end) - len(whole_words) <= LONGEST_WORD else end


def storable(text: str) -> str:
    """Return what Postgres takes of a text: no NUL, no half characters; trimmed."""
    return text.replace("\0", "").encode("utf-8", "replace").decode().strip()


def ending_at(pattern: Pattern[str], words: str, position: int) -> Match[str] | None:
    """Find a pattern that ends in `$` right before a position; it may reach `REACH` characters back."""
    return pattern.search(words, max(0, position - REACH), position)
