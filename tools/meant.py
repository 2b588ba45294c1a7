"""Whether words speak of a thing that is on record: a pet, a service, somebody of the shop's. Near spellings and other endings count."""

import difflib
import re
from collections.abc import Collection, Sequence

from service.agenda.catalog import Pet, Service
from service.language import pets
from service.language.counts import NUMBER
from service.language.phrases import whole_words
from service.language.text import fold
from tools.heard import Heard
from tools.names import Named, words_of

NEAR = 0.8
SHORTEST_BEGINNING = 4

_ENDINGS = frozenset({"s", "inho", "inha", "zinho", "zinha", "zito", "zita", "ito", "ita", "ao", "zao"})
_TITLES = frozenset({"dr", "dra", "doutor", "doutora", "sr", "sra", "dona", "tia", "tio"})
# "As três" without a word before it is an hour.
_SEVERAL = re.compile(
    rf"\b(?:[dn]?os|nas|pros|pras|(?:para|pra|p) as|[dn]?as(?! {NUMBER}\b)(?! \d)"
    r"|meus|minhas|todos|todas|ambos|ambas|[dn]?eles|[dn]?elas|cada um|dois)\b"
)
# "As duas", "pras três" may be hours.
_MEN = r"\b(?:[dn]?os|pros|para os|meus|minhas|nas|el[ea]s)(?: meus| minhas)?"
_NO_COUNT = r"\b(?! (?:da|e|horas?|servicos?|dias?|horarios?)\b)"
_ALL_OF = {
    2: re.compile(rf"{_MEN} (?:dois|duas|2){_NO_COUNT}|\bamb[oa]s\b"),
    3: re.compile(rf"{_MEN} (?:tres|3){_NO_COUNT}"),
}
# What people say for a service beside its own words; a service with a word of a family is spoken of by all of it.
_FAMILIES = tuple(
    whole_words(*(rf"{stem}\w*" for stem in stems))
    for stems in (
        ("banh", "lavar", "lavag", "ducha"),
        ("tosa", "tosinh", "tosqui", "aparar", r"cort(?:ar|e|a) (?:(?:o|do|de|os) )?(?:pelo|cabelo)"),
        ("consult", "veterinari", r"vet\b", "medic[oa]", "avaliac", "doutor"),
        ("vacin", "imuniz"),
        ("hotel", "hosped", "pernoit", "diaria"),
        ("creche", "day ?care", "passar o dia"),
        ("unha",),
        ("vermifug",),
    )
)


def is_meant(thing: Named, things: Sequence[Named], said: Collection[str]) -> bool:
    """Return whether words name a thing: all of its name, or so much of it as no other thing's name has."""
    own = words_of(fold(thing.name))
    hit = {word for word in own if _is_said(word, said)}
    return hit == own or (bool(hit) and not any(hit & words_of(fold(other.name)) for other in things if other is not thing))


def is_described(pet: Pet, heard: Heard) -> bool:
    """Return whether a pet is spoken of by what only it is among the customer's, "o gato", "a poodle", or all are: "os dois"."""
    if _says_all(heard):
        return True
    kinds = {one.value for line in heard.fresh if not line.ours for one in pets.species_in(line.words)}
    breeds = {pets.breed_called(one.value) for line in heard.fresh if not line.ours for one in pets.breeds_in(line.words)}
    if pet.species in kinds and sum(other.species == pet.species for other in heard.pets) == 1:
        return True
    own = pets.breed_called(pet.breed) if pet.breed else None
    return own in breeds and sum(bool(other.breed) and pets.breed_called(other.breed or "") == own for other in heard.pets) == 1


def _says_all(heard: Heard) -> bool:
    """Return whether so many are spoken of as the customer has: "pros dois", "as três"."""
    said = [words for line, words in zip(heard.fresh, heard.wanted, strict=True) if not line.ours]
    pattern = _ALL_OF.get(len(heard.pets))
    return pattern is not None and any(pattern.search(words) for words in said)


def are_all_meant(chosen: Sequence[Pet], heard: Heard) -> bool:
    """Return whether pets are all that the customer has, or all of a kind, and several are spoken of."""
    if len(chosen) < 2 or not _SEVERAL.search(heard.asked):
        return False
    of_kind = [pet for pet in heard.pets if pet.species in {one.species for one in chosen}]
    return len(chosen) in (len(heard.pets), len(of_kind))


def is_service_said(service: Service, heard: Heard) -> bool:
    """Return whether a service is spoken of: by all its words, or by so much of them as no other service has."""
    own = _hits(service, heard)
    if own == words_of(fold(service.name)):
        return True
    return bool(own) and not any(own & _hits(other, heard) for other in heard.services if other.id != service.id)


def _hits(service: Service, heard: Heard) -> set[str]:
    return {word for word in words_of(fold(service.name)) if _is_service_word_said(word, heard)}


def _is_service_word_said(word: str, heard: Heard) -> bool:
    family = next((one for one in _FAMILIES if one.match(word)), None)
    if family and any(family.search(words) for words in heard.wanted):
        return True
    stem = word[: max(4, len(word) - 1)]
    return any(other.startswith(stem) for other in heard.wanted_words) or _is_said(word, heard.wanted_words)


def said_words(name: str, said: Collection[str]) -> tuple[list[str], list[str]]:
    """Return the words of a name, titles aside, and those of them that were said."""
    own = [word for word in dict.fromkeys(re.findall(r"[^\W_]+", fold(name))) if word in words_of(fold(name)) - _TITLES]
    return own, [word for word in own if _is_said(word, said)]


def _is_said(word: str, said: Collection[str]) -> bool:
    if word in said:
        return True
    near = difflib.SequenceMatcher(b=word)
    return any(_is_like(word, other, near) for other in said)


def _is_like(word: str, other: str, near: "difflib.SequenceMatcher[str]") -> bool:
    if len(other) >= SHORTEST_BEGINNING and word.startswith(other):
        return True
    if other.startswith(word) and other[len(word) :] in _ENDINGS:
        return True
    near.set_seq1(other)
    return near.real_quick_ratio() >= NEAR and near.quick_ratio() >= NEAR and near.ratio() >= NEAR
