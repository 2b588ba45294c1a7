"""What pets are called in Portuguese: species, size and coat as they are stored, and as people say them."""

from typing import Literal

Species = Literal["dog", "cat", "bird", "rabbit", "rodent", "reptile", "fish", "other"]
Size = Literal["mini", "small", "medium", "large", "giant"]
Coat = Literal["short", "medium", "long"]

SPECIES: dict[str, str] = {
    "dog": "cachorro", "cat": "gato", "bird": "ave", "rabbit": "coelho", "rodent": "roedor", "reptile": "réptil", "fish": "peixe",
    "other": "outro",
}  # fmt: skip
SIZES: dict[str, str] = {"mini": "mini", "small": "pequeno", "medium": "médio", "large": "grande", "giant": "gigante"}
COATS: dict[str, str] = {"short": "curto", "medium": "médio", "long": "longo"}
