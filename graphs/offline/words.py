"""The words that the rules know, so that they can tell which words of a message they don't.

A rule acts on a message only if it accounts for what matters in it: these words matter to none beyond what the readers make of them.
"""

import re
import unicodedata
from collections.abc import Iterable

from service.language.common import is_common
from service.language.text import fold

# Names that so many pets bear that they are known without a capital letter.
POPULAR_NAMES = frozenset(
    re.findall(
        r"\S+",
        """
        rex thor luna mel bob nina bidu fred amora simba pipoca lola max bela belinha toby tobias zeus apolo kiara maya maia mia
        tom theo meg pandora duque lessie lassie princesa pingo floquinho bolinha spike billy jade mingau chico frajola tico
        teco toto rocky snoopy scooby lilica fiona malu nala zoe buddy paçoca pacoca cacau bento romeu sansao sansão athena
        atena hulk loki bilu fofinha laika
        """,
    )
)  # fmt: skip

_POPULAR = frozenset(fold(word) for word in POPULAR_NAMES)


def flat(text: str) -> str:
    """Return a text without accents and case, letter for letter, so that what is found in it stands at the same place in the text."""
    return "".join(unicodedata.normalize("NFD", letter)[0].lower()[:1] or letter for letter in text)


def is_popular_name(word: str) -> bool:
    """Return whether a folded word is a name that many pets bear."""
    return word in _POPULAR


def unread(text: str, known: Iterable[str]) -> list[str]:
    """Return the words of a text, as they were written, that are neither common nor among the `known` ones (folded, or their plurals)."""
    own = set(known)
    words = re.findall(r"[^\W\d_]+", text)
    return [word for word in words if not is_common(folded := fold(word)) and folded not in own and folded.rstrip("s") not in own]
