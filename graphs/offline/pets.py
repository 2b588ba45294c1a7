"""What a sentence says about pets: names, species, breed, age, size, coat.

A name is taken only from a phrase that names ("se chama Rex", "minha gata Mia", "banho pro Thor"): capitalised or a well-known one, and no
ordinary word. Whatever else might be one is asked about.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from graphs.offline.reading import says
from graphs.offline.words import flat, is_popular_name
from service.language.common import is_common, is_ordinary
from service.language.pets_words import BREEDS, CALLED, COATS, SIZES, SPECIES
from service.language.text import fold

NUMBERS = ("um", "dois", "tres", "quatro", "cinco", "seis", "sete", "oito", "nove", "dez")

_SPECIES_WORD = (
    r"cachorr\w+|cao|caes|cadel\w+|dog\w*|gat[oai]\w*|felin\w+|coelh\w+|calopsita|papagaio|periquito|hamster|tartaruga|passar\w+|pets?"
    r"|filhot\w+|bichinh\w+"
)  # fmt: skip
_BREED_WORD = "|".join(
    re.escape(flat(name)) for name in sorted([*CALLED, *(b for breeds in BREEDS.values() for b in breeds)], key=len, reverse=True)
)
_SPECIES_OF = {breed: species for species, breeds in BREEDS.items() for breed in breeds}
_BREED_OF = {fold(breed): (breed, species) for breed, species in _SPECIES_OF.items()}
_BREED_OF |= {called: (breed, _SPECIES_OF[breed]) for called, breed in CALLED.items()}
_BREED = re.compile(rf"\b({'|'.join(sorted(map(re.escape, _BREED_OF), key=len, reverse=True))})\b")
BREED_WORDS = frozenset(
    word for name in [*CALLED, *(b for breeds in BREEDS.values() for b in breeds)] for word in re.split(r"\W+", fold(name))
)
_KIND = rf"(?:{_SPECIES_WORD}|{_BREED_WORD})"
_NAME = r"(?P<name>[a-z]{2,20})\b"
_ARTICLE = r"(?:[oa]s? )?"
# These name in so many words: a lower-case name is one too.
_NAMING = re.compile(
    r"\b(?:chamad[oa]s?|se chamam?\b|chama-se|(?<!meu )nomes? (?:del[ea]s? |d[oa]s? (?:meus? |minhas? )?\w+ )?(?:e|eh|sao|:)|nome:)"
    rf"\s*:?\s*(?:de )?{_ARTICLE}{_NAME}"
)
# "meu cachorro chama Rex", though one may also call for attention.
_CALLS = re.compile(rf"\b(?:{_KIND}|ele|ela) chamam?\b (?:de )?{_ARTICLE}{_NAME}")
# "o Thor precisa de um banho".
_NEEDS = re.compile(rf"\b(?:o|a|meu|minha) {_NAME} (?:ta|esta|tem|precisa|quer|vai|e|eh)\b")
# "minha gata Mia", "o cachorro é o Rex", "meu golden, o Thor".
_AFTER_KIND = re.compile(rf"\b{_KIND}(?: {_KIND})?(?:,| e| eh|,? que e)? {_ARTICLE}{_NAME}")
# "banho pro Thor"; after "do" and "no" only where a service stands before.
_FOR = re.compile(rf"\b(?:pr[oa]s?|para [oa]s?|pra [oa]s?|pr[oa] (?:meu|minha)) {_NAME}")
_OF = r"\b(?:SERVICES)\w* (?:e \w+ )?(?:d|n)[oa] " + _NAME
_AND = re.compile(rf"(?:\s*,\s*(?:e )?|\s+e\s+|\s*\+\s*|\s+mais\s+)(?:(?:pr[oa]|para [oa]|d[oa]|n[oa]|[oa]|{_KIND})\s+)*{_NAME}")
_AGE = re.compile(rf"\b(?P<number>\d+(?:[.,]\d+)?|{'|'.join(NUMBERS)}|uma?) (?P<unit>anos?|aninhos?|mes|meses)\b")
# What may stand around a name that was asked for.
_AROUND_A_NAME = frozenset(
    re.findall(
        r"\S+",
        """
        o a os as e eh sao se de do da dele dela deles chama chamam chamado chamada nome meu minha pet um uma ele ela eles elas
        oi ola sim bom boa dia tarde noite tem anos ano mes meses idade raca porte pelo obrigada obrigado ah ok ta 
        macho femea filhote outro outra
        """,
    )
)
_ALL_OF_THEM = re.compile(
    r"\b(?:cachorr[oa]s|caes|cadelas|dogs|gat[oa]s|coelhos|peixes|aves|(?:os|as) (?:dois|duas|tres)|ambos|ambas|todos|todas)\b"
)


@dataclass(frozen=True, slots=True)
class PetWords:
    """What has been said so far about a pet that is not registered yet; age in years. Without a name it may be said of `several`."""

    name: str | None = None
    species: str | None = None
    breed: str | None = None
    age: float | None = None
    size: str | None = None
    coat: str | None = None
    several: bool = False


def read_pet(text: str, so_far: PetWords) -> PetWords:
    """Add what a sentence says of one pet, its name aside."""
    folded = fold(text)
    breed, of_breed = breed_in(text)
    age = _age(folded)
    return replace(
        so_far,
        species=species_in(text) or of_breed or so_far.species,
        breed=breed or so_far.breed,
        age=so_far.age if age is None else age,
        size=next((size for size, stems in SIZES.items() if says(folded, *stems)), so_far.size),
        coat=next((coat for coat, stems in COATS.items() if says(folded, *stems)), so_far.coat),
        several=so_far.name is None and (so_far.several or _ALL_OF_THEM.search(folded) is not None),
    )


def species_in(text: str) -> str | None:
    """Return the species that a text names."""
    folded = fold(text)
    return next((s for s, stems in SPECIES.items() if says(folded, *stems)), None)


def breed_in(text: str) -> tuple[str | None, str | None]:
    """Return the breed that a text names, and the species that it is of."""
    found = _BREED.search(fold(text))
    return _BREED_OF[found.group(1)] if found else (None, None)


def read_pets(text: str, so_far: Sequence[PetWords], names: Sequence[str]) -> list[PetWords]:
    """Return the pets that are being told of, with what a sentence adds: the `names` that it brings, and of each what stands beside it."""
    pets = [*so_far, *(PetWords(name) for name in names if name not in [pet.name for pet in so_far])]
    if not pets:
        pets = [PetWords()]
    parts = _parts(text, [pet.name for pet in pets if pet.name])
    if len(pets) == 1 or _ALL_OF_THEM.search(fold(text)):
        return [read_pet(text, pet) for pet in pets]
    if parts:
        return [read_pet(parts[pet.name], pet) if pet.name in parts else pet for pet in pets]
    # Not said of whom: the one that was asked about, unless it speaks of several.
    kinds = re.findall(rf"\b{_KIND}\b", flat(text))
    first = next((pet for pet in pets if pet.species is None), pets[0])
    return [read_pet(text, pet) if pet is first and len(kinds) <= 1 else pet for pet in pets]


def _parts(text: str, names: Sequence[str | None]) -> dict[str, str]:
    """Return for each name that a text has the stretch of it that speaks of it: up to the last comma or "e" before the next name."""
    plain = flat(text)
    places = sorted((found.start(), name) for name in names if name for found in re.finditer(rf"\b{re.escape(flat(name))}\b", plain))
    parts: dict[str, str] = {}
    begin = 0
    for (start, name), (following, _) in zip(places, [*places[1:], (len(text), "")], strict=False):
        end = following
        if following < len(text):
            cuts = [found.start() for found in re.finditer(r",|;|\.|\be\b|\bmais\b|\n", plain[start:following])]
            end = start + cuts[-1] if cuts else following
        parts[name], begin = f"{parts.get(name, '')} {text[begin:end]}", end
    return parts


def names_in(text: str, services: Iterable[str], *, asked: bool, for_visit: bool) -> list[str]:
    """Return the names of pets that a text brings, as they are to be written.

    With `asked` we had asked for one, and a text that is nothing else is one; with `for_visit` a visit is spoken of, so that "pro Thor" is.
    """
    plain, found = flat(text), []
    shouts = text.isupper()
    of = re.compile(_OF.replace("SERVICES", "|".join(re.escape(flat(s)[: max(4, len(s) - 1)]) for s in services) or "$^"))
    for pattern, naming in (
        (_NAMING, True),
        (_CALLS, False),
        (_AFTER_KIND, False),
        *(((_FOR, False), (_NEEDS, False), (of, False)) if for_visit else ()),
    ):
        for match in pattern.finditer(plain):
            if _is_name(text, match, naming=naming, shouts=shouts):
                found.append(match)
                rest = match.end()
                while (more := _AND.match(plain, rest)) and _is_name(text, more, naming=False, shouts=shouts):
                    found.append(more)
                    rest = more.end()
    names = [written(text[m.start("name") : m.end("name")]) for m in sorted(found, key=lambda m: m.start("name"))]
    return list(dict.fromkeys(names)) or (_bare_names(text) if asked else [])


def written(name: str) -> str:
    """Return a name as it is kept."""
    return name[:1].upper() + name[1:].lower() if name.isupper() or name.islower() else name


def _is_name(text: str, match: re.Match[str], *, naming: bool, shouts: bool) -> bool:
    said = text[match.start("name") : match.end("name")]
    word = fold(said)
    if is_ordinary(word) or re.fullmatch(_KIND, flat(said)):
        return False
    return naming or is_popular_name(word) or (said[0].isupper() and not shouts)


def _bare_names(text: str) -> list[str]:
    """Return the names that an answer to "Como se chama?" consists of: nothing else may be in it but what is said of pets."""
    if "?" in text:
        return []
    plain = re.sub(rf"\b{_KIND}\b|\b\d+\w*", lambda found: " " * len(found.group()), flat(text))
    left = [m for m in re.finditer(r"[a-z]+", plain) if m.group() not in _AROUND_A_NAME]
    left = [m for m in left if is_common(m.group()) or not is_ordinary(m.group())]
    if any(is_common(m.group()) for m in left):
        return []
    names: list[str] = []
    for before, match in zip([None, *left], left, strict=False):
        said = written(text[match.start() : match.end()])
        # "Zé Bolinha" is one name, "Rex e Mel" are two.
        if before and not text[before.end() : match.start()].strip():
            names[-1] = f"{names[-1]} {said}"
        else:
            names.append(said)
    return names if len(names) <= 4 and all(name.count(" ") <= 1 for name in names) else []


def _age(folded: str) -> float | None:
    found = _AGE.search(folded)
    if found is None:
        return None
    said = found.group("number")
    number = float(said.replace(",", ".")) if said[0].isdigit() else NUMBERS.index(said.removesuffix("a")) + 1.0
    return round(number / 12, 2) if found.group("unit").startswith("mes") else number
