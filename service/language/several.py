"""What is told of several pets at once: "meus cachorros são Rex e Mel", "o Tico e o Teco são gatos", "os dois são poodles"."""

import re
from collections.abc import Iterator

from service.language import pets
from service.language.pet_words import Detail
from service.language.text import fold

_NAMES = r"(?:(?:[oa] )?[^\W_]{2,20}(?:, e | e |, )){0,5}(?:[oa] )?[^\W_]{2,20}"
_SEVERAL = r"(?:dois|duas|tres|[2-5]|meus|minhas)"
_KIND = r"(?P<kind>[^\W_]+s)\b(?! d[eoa]\b)"
_TOLD = (
    re.compile(
        rf"(?:^|[,.;!?] |\b(?:meus|minhas|tenho|temos|os) ){_SEVERAL} {_KIND}(?:[,:]| sao| chamam)+ (?P<names>{_NAMES})"
    ),
    re.compile(rf"(?:^|[,.;!?:] )(?:meus|minhas|nossos|nossas) {_KIND}(?:[,:]| sao| chamam)+ (?P<names>{_NAMES})"),
    re.compile(rf"(?:^|[.;!?] )(?P<names>{_NAMES}),? (?:os dois |as duas |ambos )?sao (?:os dois |meus |minhas |dois |duas )?{_KIND}"),
    re.compile(rf"(?:^|[,.;!?] )(?:os dois|as duas|ambos|ambas|eles|elas) sao {_KIND}(?P<names>)"),
)  # fmt: skip


def told_of_several(words: str, name: str) -> Iterator[tuple[list[Detail], bool]]:
    """Yield what is told of several pets of which one is called `name`, and whether that is how they are named."""
    own = fold(name)
    for pattern in _TOLD:
        for found in pattern.finditer(words):
            kind = found["kind"]
            told = [Detail("species", one.value) for one in pets.species_in(kind) if one.start == 0]
            told += [Detail("breed", pets.breed_called(one.value)) for one in pets.breeds_in(kind) if one.start == 0]
            names = [part.removeprefix("o ").removeprefix("a ") for part in re.split(r", e |, | e ", found["names"])]
            if told and (not found["names"] or own in names):
                yield told, bool(found["names"])
