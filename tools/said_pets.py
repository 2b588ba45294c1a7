"""What was said of pets: which of them, and what is stored of them."""

import re
from collections.abc import Callable, Collection
from contextlib import suppress
from itertools import islice

from service.agenda.catalog import Pet
from service.language import deaths, pets
from service.language.common import is_ordinary
from service.language.days import as_day, find_days
from service.language.formatting import listed
from service.language.loss import tells_of_death
from service.language.pet_words import DetailKind
from service.language.remarks import is_told
from service.language.text import fold
from service.language.words import SPECIES
from service.platform.errors import BadRequest
from tools.grounds import Asked, Instead, Unsaid, Verdict
from tools.heard import Heard
from tools.meant import are_all_meant, is_described, is_meant
from tools.names import all_of, either
from tools.said_needs import speaks_of_the_record

OLDEST = 120  # years; the tool refuses more
ASK_SPECIES = "O cliente não disse se é cachorro, gato ou outro bicho: pergunte."
WHAT_NAME = "Como se chama o seu pet?"
WHICH_SPECIES = "É cachorro, gato ou outro bichinho?"
MOST_NAMES = 6
_MAY_BE_NAME = re.compile(
    r"(?:^|[,.;!?] |\b(?:[oa]|pr[oa]|[dn][oa]|chamad[oa]|chama|e|eh|meu|minha|cachorr\w+|gat[oa]|cadela|coelh[oa]) )(?=([^\W_]+))"
)


def pet(asked: Asked, heard: Heard) -> Verdict:
    """Take pets that were named or described by either; who has one speaks of that one. A name that nobody said gives way to theirs."""
    return _one_of(_meant(heard, heard.wanted_words), asked, heard)


def pet_told_of(asked: Asked, heard: Heard) -> Verdict:
    """Take pets as `pet` does, those also of which something is denied: "o Rex não morde" is of Rex."""
    return _one_of(_meant(heard, heard.words), asked, heard)


def _one_of(meant: list[Pet], asked: Asked, heard: Heard) -> Verdict:
    try:
        chosen = all_of(asked.value, heard.pets, "pet")
    except BadRequest:
        # The tool says which there are; one that this very turn registered was grounded then.
        return Instead(meant[0].name) if len(meant) == 1 and not heard.says_name(asked.value) else None
    if all(pet in meant for pet in chosen) or are_all_meant(chosen, heard):
        return None
    if left := [pet for pet in chosen if pet in meant] or (meant if len(meant) == 1 else []):
        return Instead(" e ".join(pet.name for pet in left))
    return _unnamed(heard)


def the_pet(heard: Heard) -> Verdict:
    """Return the only pet that the customer has, or that was named."""
    return _only(_meant(heard, heard.wanted_words), heard)


def the_pet_told_of(heard: Heard) -> Verdict:
    """Return the only pet that the customer has, or of which something was said."""
    return _only(_meant(heard, heard.words), heard)


def _only(meant: list[Pet], heard: Heard) -> Verdict:
    if len(meant) == 1:
        return Instead(meant[0].name)
    if not heard.pets:
        return Unsaid("O cliente não tem pet no cadastro: pergunte o nome, e use register_pet.", WHAT_NAME)
    return _unnamed(heard)


def _meant(heard: Heard, words: Collection[str]) -> list[Pet]:
    """Return the pets that were named in these words or described; of one alone nobody need speak."""
    return [pet for pet in heard.pets if len(heard.pets) == 1 or is_meant(pet, heard.pets, words) or is_described(pet, heard)]


def _unnamed(heard: Heard) -> Unsaid:
    return Unsaid(f"O cliente não disse para qual pet: pergunte ({', '.join(pet.name for pet in heard.pets)}).", _which(heard))


def _which(heard: Heard) -> str:
    return f"É para qual pet: {listed([pet.name for pet in heard.pets], 'ou')}?"


# Facts about a pet


def fact(kind: DetailKind, words: dict[str, str], what: str) -> Callable[[Asked, Heard], Verdict]:
    """Return what takes a code that was told of the very pet."""

    def check(asked: Asked, heard: Heard) -> Verdict:
        said = _told(asked, heard, kind)
        if said == [asked.value] or _is_on_record(asked, heard):
            return None
        told = f" Disse {either(words[str(code)] for code in said)}." if said else ""
        return Unsaid(f"o cliente não disse que {what} é {words[asked.value]}.{told}", told=True)

    return check


def species(asked: Asked, heard: Heard) -> Verdict:
    """Take a species that was told of the pet, by its own words or a breed; what is none of ours has no words of its own."""
    said = _told(asked, heard, "species")
    if said == [asked.value] or _is_on_record(asked, heard):
        return None
    if not said:
        unnamed = asked.value == "other" and not any(pets.species_in(line.words) for line in heard.theirs)
        return None if unnamed else Unsaid(ASK_SPECIES, WHICH_SPECIES, told=True)
    if asked.value in said:
        return Unsaid(f"O cliente disse {either(SPECIES[str(code)] for code in said)}: pergunte qual é.", WHICH_SPECIES, told=True)
    return Unsaid(f"O cliente disse {either(SPECIES[str(code)] for code in said)}, não {SPECIES[asked.value]}.", WHICH_SPECIES, told=True)


def the_species(heard: Heard) -> Instead | Unsaid:
    """Return the only species that is told of whoever may be the new pet."""
    words = [found[1] for line in heard.theirs for found in islice(_MAY_BE_NAME.finditer(line.words), MOST_NAMES)]
    names = list(dict.fromkeys(word for word in words if not is_ordinary(word)))[:MOST_NAMES]
    told = [heard.told_of(name) for name in names]
    said = {tuple(one.details.get("species", [])) for one in told if one.naming}
    only = said.pop() if len(said) == 1 else ()
    return Instead(only[0]) if len(only) == 1 else Unsaid(ASK_SPECIES, WHICH_SPECIES)


def breed(asked: Asked, heard: Heard) -> Verdict:
    breed = pets.breed_called(asked.value)
    is_known = bool(pets.breeds_in(fold(asked.value)))
    said = _told(asked, heard, "breed", "" if is_known else asked.value)
    if said == [breed] or _is_on_record(asked, heard):
        return None
    return Unsaid("o cliente não disse essa raça.", told=True)


def age(asked: Asked, heard: Heard) -> Verdict:
    if not 0 <= asked.value <= OLDEST:
        return None
    months = asked.value * 12
    years = {heard.today.year - int(year) for year in _told(asked, heard, "born")}
    ages = _told(asked, heard, "age")
    if (len(ages) == 1 and abs(float(ages[0]) - months) < 0.75) or {round(asked.value), round(asked.value) + 1} & years:
        return None
    return Unsaid("o cliente não disse essa idade.", told=True)


def birth_date(asked: Asked, heard: Heard) -> Verdict:
    with suppress(BadRequest):
        stretch = find_days(as_day(asked.value), heard.today)
        told = {day for name in _names(asked, heard) for day in heard.birth_days(name)}
        if stretch is None or stretch[0] in told or _is_on_record(asked, heard):
            return None
        return Unsaid("o cliente não disse essa data de nascimento.", told=True)
    return None


def notes(asked: Asked, heard: Heard) -> Verdict:
    """Take a note that is what the customer said of the pet, whole clauses in their words."""
    names = _names(asked, heard)
    if names and all(is_told(asked.value, heard.bubbles, name, _others(name, heard)) for name in names):
        return None
    why = "A anotação só leva o que o cliente disse desse pet, com as palavras dele: a frase inteira, sem acrescentar nem tirar nada."
    question = f"O que você quer que eu anote sobre {listed(names, 'e') or 'o seu pet'}?" if speaks_of_the_record(heard) else ""
    return Unsaid(why, question, refuses=True)


def died(asked: Asked, heard: Heard) -> Verdict:
    """Take a death, or that it was a mistake, that is told plainly of the very pet."""
    names = _names(asked, heard)
    told = deaths.died if asked.value else deaths.lives
    if names and all(told(heard.bubbles, name, _others(name, heard)) for name in names):
        return None
    if not asked.value:
        return Unsaid("o cliente não falou disso.")
    who = listed(names, "e") or "o pet"
    if any(deaths.died(heard.bubbles, other, _others(other, heard)) for name in names for other in _others(name, heard)):
        return Unsaid(f"O cliente não disse que {who} morreu, e sim outro pet.", refuses=True)
    alive = any(deaths.lives(heard.bubbles, name, _others(name, heard)) for name in names)
    doubt = names and not alive and any(tells_of_death(line.words) for line in heard.latest.theirs)
    question = f"Desculpe perguntar, é só para eu não me enganar: {who} faleceu?" if doubt else ""
    return Unsaid(f"O cliente não disse claramente que {who} morreu: com carinho, pergunte.", question, refuses=True)


def _told(asked: Asked, heard: Heard, kind: DetailKind, more_breed: str = "") -> list[str | float]:
    """Return what is told of the pets that a call is about; of several what is told of each."""
    told = [heard.told_of(name, more_breed).details.get(kind, []) for name in _names(asked, heard)]
    return told[0] if told and all(one == told[0] for one in told) else []


def _names(asked: Asked, heard: Heard) -> list[str]:
    """Return the names of the pets that a call is about: a new one, or those on record that it means, as `pet_told_of` corrects it."""
    if isinstance(new := asked.others.get("name"), str) and "pet_name" not in asked.others:
        return [new] if new.strip() else []
    wanted = asked.others.get("pet_name")
    if not (isinstance(wanted, str) and wanted):
        verdict = the_pet_told_of(heard)
        return [str(verdict.value)] if isinstance(verdict, Instead) else []
    verdict = pet_told_of(Asked("pet_name", wanted, None, asked.writes, asked.others), heard)
    with suppress(BadRequest):
        return [one.name for one in all_of(str(verdict.value) if isinstance(verdict, Instead) else wanted, heard.pets, "pet")]
    return [wanted]


def _others(name: str, heard: Heard) -> list[str]:
    return [pet.name for pet in heard.pets if fold(pet.name) != fold(name)]


def _is_on_record(asked: Asked, heard: Heard) -> bool:
    """Return whether the pet that a call is about has it on record as it is given."""
    wanted = _names(asked, heard)
    found = [pet for pet in heard.pets if pet.name in wanted]
    return bool(found) and all(getattr(pet, asked.name, None) == asked.value for pet in found)
