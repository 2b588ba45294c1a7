"""Which words are ordinary: no name, and nothing that has to be understood."""

import re

from service.language.common_words import COMMON, KINDS_OF_PETS
from service.language.text import fold

_LAUGH = re.compile(r"(?:k+|(?:rs)+|(?:[hae]h?[ae])+h?|s+|oi+e?|(?:h+u*m+)|x+)")
_KNOWN = frozenset(fold(word) for word in COMMON)
_KINDS = frozenset(fold(word) for word in KINDS_OF_PETS)


def is_common(word: str) -> bool:
    """Return whether a folded word is an ordinary one: no name, and nothing that a rule would have to understand."""
    return word in _KNOWN or is_laughter(word)


def is_laughter(word: str) -> bool:
    """Return whether a folded word is laughter or a drawn-out sound, which says nothing."""
    return _LAUGH.fullmatch(word) is not None


def is_ordinary(word: str) -> bool:
    """Return whether a folded word is too ordinary to be taken for a name unasked."""
    return is_common(word) or word in _KINDS
