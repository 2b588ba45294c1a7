"""Text as people type it."""

import unicodedata
from re import Match, Pattern

# Characters that rules look back from where they stand: a clause and more. Without a bound their time would grow with the square of a text.
REACH = 300


def fold(text: str) -> str:
    """Return a text in lower case, without accents, with single spaces."""
    # Marks go first: sorting a long row of them, as normalising does, takes time with its square.
    plain = unicodedata.normalize("NFKD", _unmarked(text.casefold()))
    return " ".join(_unmarked(plain).split())


def _unmarked(text: str) -> str:
    return text if text.isascii() else "".join(c for c in text if not unicodedata.combining(c))


def storable(text: str) -> str:
    """Return what Postgres takes of a text: no NUL, no half characters; trimmed."""
    return text.replace("\0", "").encode("utf-8", "replace").decode().strip()


def ending_at(pattern: Pattern[str], words: str, position: int) -> Match[str] | None:
    """Find a pattern that ends in `$` right before a position; it may reach `REACH` characters back."""
    return pattern.search(words, max(0, position - REACH), position)
