"""What pets are called in Portuguese: species, size and coat as they are stored, and as people say them."""

from collections.abc import Mapping
from typing import Any, Literal

from service.text import fold

Species = Literal["dog", "cat", "bird", "rabbit", "rodent", "reptile", "fish", "other"]
Size = Literal["mini", "small", "medium", "large", "giant"]
Coat = Literal["short", "medium", "long"]

SPECIES: dict[str, str] = {
    "dog": "cachorro", "cat": "gato", "bird": "ave", "rabbit": "coelho", "rodent": "roedor", "reptile": "réptil", "fish": "peixe",
    "other": "outro",
}  # fmt: skip
SIZES: dict[str, str] = {"mini": "mini", "small": "pequeno", "medium": "médio", "large": "grande", "giant": "gigante"}
COATS: dict[str, str] = {"short": "curto", "medium": "médio", "long": "longo"}


def code_of(said: Any, words: Mapping[str, str]) -> Any:
    """The code that a word stands for, in either gender ("pequena", "Gata"); what stands for none is returned as it came."""
    folded = fold(said).strip() if isinstance(said, str) else None
    return next((code for code, word in words.items() if folded and (folded == code or folded[:-1] == fold(word)[:-1])), said)
