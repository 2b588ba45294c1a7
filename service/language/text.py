"""Text as people type it."""

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


def fold(text: str) -> str:
    """Return a text in lower case, without accents, with single spaces."""
    # Marks go first: sorting a long row of them, as normalising does, takes time with its square.
    plain = unicodedata.normalize("NFKD", _unmarked(text.casefold()))
    return " ".join(_unmarked(plain).split())


def _unmarked(text: str) -> str:
    return text if text.isascii() else "".join(c for c in text if not unicodedata.combining(c))


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
