"""What a sentence says about a pet: name, species, breed, age."""

import re
from dataclasses import dataclass, replace

from graphs.offline.reading import says
from service.language.text import fold

SPECIES = {
    "dog": ("cachorr", "cao\\b", "caes\\b", "cadela", "dog", "filhote de c"),
    "cat": ("gat[oai]", "felin", "bichan"),
    "bird": ("passar", "calopsita", "papagai", "periquito", "ave\\b", "canario"),
    "rabbit": ("coelh",),
    "rodent": ("hamster", "porquinho da india", "chinchila", "rato\\b"),
    "reptile": ("tartarug", "jabuti", "iguana", "lagart"),
    "fish": ("peix",),
}
BREEDS = {
    "dog": (
        "Golden Retriever", "Labrador", "Poodle", "Shih Tzu", "Yorkshire", "Lhasa Apso", "Spitz Alemão", "Pinscher", "Maltês", "Pug",
        "Bulldog Francês", "Bulldog Inglês", "Border Collie", "Pastor Alemão", "Rottweiler", "Beagle", "Dachshund", "Husky", "Pitbull",
        "Chihuahua", "Cocker", "Schnauzer", "Boxer", "Akita", "Vira-lata", "SRD",
    ),
    "cat": ("Siamês", "Persa", "Maine Coon", "Angorá", "Ragdoll", "Sphynx", "Bengal"),
}  # fmt: skip
NUMBERS = ("um", "dois", "tres", "quatro", "cinco", "seis", "sete", "oito", "nove", "dez")

_NAMED = re.compile(
    r"\b(?:chamad[oa]|chama|chama-se|nome (?:dele |dela |d[oa] \w+ )?(?:é|eh|:))\s+(?:de\s+|o\s+|a\s+)?(?P<name>[^\W\d_]+)",
    re.IGNORECASE,
)
# "minha gata Mia", "o cachorro é o Rex": a capital letter after the species.
_AFTER_SPECIES = re.compile(
    r"\b(?:[Cc]achorr\w+|[Cc]ão|[Cc]adela|[Gg]at\w+|[Cc]oelh\w+|[Pp]et|[Dd]og)(?:,| é)?(?: o| a)? (?P<name>[A-ZÀ-Ý][^\W\d_]+)"
)
_AGE = re.compile(rf"\b(?P<number>\d+(?:[.,]\d+)?|{'|'.join(NUMBERS)}|uma?) (?P<unit>anos?|mes|meses)\b")
_NO_NAME = frozenset(
    ("o", "a", "ele", "ela", "e", "eh", "se", "chama", "meu", "minha", "nome", "pet", "dele", "dela", "um", "uma", "oi", "sim")
)


@dataclass(frozen=True, slots=True)
class PetWords:
    """What has been said so far about a pet that is not registered yet; age in years."""

    name: str | None = None
    species: str | None = None
    breed: str | None = None
    age: float | None = None


def read_pet(text: str, so_far: PetWords, *, bare_name: bool) -> PetWords:
    """Add what a sentence says. With `bare_name` the first word that can be a name is one: it was asked for."""
    folded = fold(text)
    breed, of_breed = next(((b, s) for s, breeds in BREEDS.items() for b in breeds if says(folded, f"{fold(b)}\\b")), (None, None))
    species = next((s for s, stems in SPECIES.items() if says(folded, *stems)), None) or of_breed
    return replace(
        so_far,
        name=_name(text, bare=bare_name) or so_far.name,
        species=species or so_far.species,
        breed=breed or so_far.breed,
        age=_age(folded) if _age(folded) is not None else so_far.age,
    )


def _name(text: str, *, bare: bool) -> str | None:
    if found := _NAMED.search(text) or _AFTER_SPECIES.search(text):
        name = found.group("name")
    elif bare:
        name = next((word for word in re.findall(r"[^\W\d_]+", text) if not _is_no_name(fold(word))), "")
    else:
        return None
    return name[:1].upper() + name[1:] or None


def _is_no_name(folded: str) -> bool:
    return folded in _NO_NAME or any(says(folded, *stems) for stems in SPECIES.values())


def _age(folded: str) -> float | None:
    found = _AGE.search(folded)
    if found is None:
        return None
    said = found.group("number")
    number = float(said.replace(",", ".")) if said[0].isdigit() else NUMBERS.index(said.removesuffix("a")) + 1.0
    return round(number / 12, 2) if found.group("unit").startswith("mes") else number
