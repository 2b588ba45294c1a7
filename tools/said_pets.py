"""What was said of pets and of who writes: which of them, names, what is stored of them."""

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

from service.agenda.catalog import Pet
from service.language import pets
from service.language.common import is_ordinary
from service.language.days import as_day, find_days
from service.language.formatting import listed
from service.language.pets_words import SPECIES as SPECIES_STEMS
from service.language.text import ending_at, fold
from service.language.words import SPECIES
from service.platform.errors import BadRequest
from tools.grounds import Asked, Instead, Unsaid, Verdict
from tools.heard import Heard
from tools.meant import are_all_meant, is_described, is_meant
from tools.names import all_of, either
from tools.said_when import Line

OLDEST = 120  # years; the tool refuses more
ASK_SPECIES = "O cliente não disse se é cachorro, gato ou outro bicho: pergunte."
WHAT_NAME = "Como se chama o seu pet?"
WHICH_SPECIES = "É cachorro, gato ou outro bichinho?"
# Small words that make a sentence of what the customer said, and change nothing in it.
_BETWEEN = frozenset(
    re.findall(
        r"\S+",
        """
        que com e ou de do da dos das em no na nos nas a o as os um uma ao por para pra pro se ele ela pet tem ter tinha esta ta foi era
        """,
    )
)
_NEGATIONS = frozenset({"nao", "sem", "nem", "nunca", "n"})


def pet(asked: Asked, heard: Heard) -> Verdict:
    """Take pets that were named or described by either; who has one speaks of that one. A name that nobody said gives way to theirs."""
    meant = _meant(heard)
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
    meant = _meant(heard)
    if len(meant) == 1:
        return Instead(meant[0].name)
    if not heard.pets:
        return Unsaid("O cliente não tem pet no cadastro: pergunte o nome, e use register_pet.", WHAT_NAME)
    return _unnamed(heard)


def _meant(heard: Heard) -> list[Pet]:
    """Return the pets that were named or described; of one alone nobody need speak."""
    return [pet for pet in heard.pets if len(heard.pets) == 1 or is_meant(pet, heard.pets, heard.words) or is_described(pet, heard)]


def _unnamed(heard: Heard) -> Unsaid:
    return Unsaid(f"O cliente não disse para qual pet: pergunte ({', '.join(pet.name for pet in heard.pets)}).", _which(heard))


def _which(heard: Heard) -> str:
    return f"É para qual pet: {listed([pet.name for pet in heard.pets], 'ou')}?"


# New names: stored as they are, so that every letter is the customer's

_NAMING = re.compile(
    r"\b(?:chama\w*(?: de)?|batiz\w+(?: de)?"
    r"|nomes?(?: (?:del[ea]s?|d[oa]s? \w+(?: \w+)?))?(?:(?: certo| correto)? (?:e|eh|sao|era))?:?)(?: [oa]s?)? ?$"
)
_OWN_NAMING = re.compile(
    r"\b(?:me chamo|me chama\w*(?: de)?|meu nome(?: \w+){0,3}?|(?:eu )?sou|(?:aqui|quem fala|quem escreve|falando) (?:e|eh))(?: [oa])?,? $"
)
_OF_ONESELF = re.compile(r"\b(?:meu (?:nome|cadastro)|me cham\w+|sou|(?:aqui|quem fala) (?:e|eh))\b")
_KIND = "|".join(
    ["pets?", "bichinh[oa]", r"filhot\w+", *(rf"(?:{stem})\w*" for stems in SPECIES_STEMS.values() for stem in stems)]
    + [re.escape(breed) for breed in pets.BREED_NAMES]
)
_KIND_BEFORE = re.compile(rf"\b(?:{_KIND})(?:,? (?:e|eh|que e|chamad[oa]))?,?(?: [oa])? $")
_ASKS_NAME = re.compile(r"\b(?:nome|chama)\b")
_BARE = re.compile(r"(?:(?:e|eh|o|a|os|as|ele|ela|se|chama|nome|dele|dela|meu|minha|sou|sim|oi)\b,? )*")


def pet_name(asked: Asked, heard: Heard) -> Verdict:
    """Take a name that the customer wrote, and not as their own.

    Their own name, a greeting or a word for animals is a pet's only where it is said that a pet is called that.
    """
    if fold(asked.value) in {fold(pet.name) for pet in heard.pets}:
        return None
    words, own = _words(asked.value), set(_words(heard.briefing.contact.name or ""))
    needs_naming = all(map(is_ordinary, words)) or set(words) <= own
    said = [(line, m) for line, m in heard.says_name(asked.value) if not ending_at(_OWN_NAMING, line.words, m.start())]
    if any(not needs_naming or _is_naming(line, m, heard, by_kind=not all(map(is_ordinary, words))) for line, m in said):
        return None
    if not words:
        return None
    if asked.default is None and asked.name != "name":
        return Unsaid(f"O cliente não disse que o pet se chama {asked.value}.", "Qual é o nome certo do pet?", refuses=True)
    return Unsaid(f"O cliente não disse que tem um pet chamado {asked.value}: pergunte o nome do pet dele.", "Como se chama o seu pet?")


def _is_naming(line: Line, match: re.Match[str], heard: Heard, *, by_kind: bool) -> bool:
    if ending_at(_NAMING, line.words, match.start()) or (by_kind and ending_at(_KIND_BEFORE, line.words, match.start())):
        return True
    return _is_answer(line, match, heard)


def _is_answer(line: Line, match: re.Match[str], heard: Heard) -> bool:
    """Return whether a name is the whole answer to our asking for one."""
    before = heard.before(line)
    return bool(before and before.ours and _ASKS_NAME.search(before.words) and _BARE.fullmatch(line.words, 0, match.start()))


def own_name(asked: Asked, heard: Heard) -> Verdict:
    """Take a name that the customer wrote of themselves."""
    for line, match in heard.says_name(asked.value):
        is_pets = ending_at(_KIND_BEFORE, line.words, match.start()) or fold(asked.value) in {fold(pet.name) for pet in heard.pets}
        if not is_pets and (_OF_ONESELF.search(line.words) or _is_answer(line, match, heard)):
            return None
    return Unsaid(f"O cliente não disse que se chama {asked.value}: pergunte o nome dele.", "Como você se chama?")


# Facts about a pet


def fact(read: Callable[[str], Sequence[Any]], words: dict[str, str], what: str) -> Callable[[Asked, Heard], Verdict]:
    def check(asked: Asked, heard: Heard) -> Verdict:
        said = list(dict.fromkeys(one.value for one in heard.facts(read)))
        if asked.value in said or _is_on_record(asked, heard):
            return None
        told = f" Disse {either(words[code] for code in said)}." if said else ""
        return Unsaid(f"o cliente não disse que {what} é {words[asked.value]}.{told}", told=True)

    return check


def species(asked: Asked, heard: Heard) -> Verdict:
    """Take a species that was named by its own words or a breed; what is none of ours has no words of its own."""
    said = list(dict.fromkeys(one.value for one in heard.facts(pets.species_in)))
    if asked.value in said or _is_on_record(asked, heard) or (asked.value == "other" and not said):
        return None
    if not said:
        return Unsaid(ASK_SPECIES, WHICH_SPECIES, told=True)
    return Unsaid(f"O cliente disse {either(SPECIES[code] for code in said)}, não {SPECIES[asked.value]}.", WHICH_SPECIES, told=True)


def the_species(heard: Heard) -> Instead | Unsaid:
    """Return the only species that was named."""
    said = {one.value for one in heard.facts(pets.species_in)}
    return Instead(said.pop()) if len(said) == 1 else Unsaid(ASK_SPECIES, WHICH_SPECIES)


def breed(asked: Asked, heard: Heard) -> Verdict:
    breed = pets.breed_called(asked.value)
    said = {pets.breed_called(one.value) for one in heard.facts(pets.breeds_in)}
    if breed in said or heard.says_name(asked.value) or _is_on_record(asked, heard):
        return None
    return Unsaid("o cliente não disse essa raça.", told=True)


def age(asked: Asked, heard: Heard) -> Verdict:
    if not 0 <= asked.value <= OLDEST:
        return None
    months = asked.value * 12
    years = {heard.today.year - year for year in heard.birth_years}
    if any(abs(said - months) < 0.75 for said in heard.ages) or {round(asked.value), round(asked.value) + 1} & years:
        return None
    return Unsaid("o cliente não disse essa idade.", told=True)


def birth_date(asked: Asked, heard: Heard) -> Verdict:
    with suppress(BadRequest):
        stretch = find_days(as_day(asked.value), heard.today)
        if stretch is None or stretch[0] in heard.birth_days or _is_on_record(asked, heard):
            return None
        return Unsaid("o cliente não disse essa data de nascimento.", told=True)
    return None


def notes(asked: Asked, heard: Heard) -> Verdict:
    """Take a note whose every word is the customer's, in another ending at most; only the small words between are the model's."""
    own = set(_words(asked.value)) - _BETWEEN - {word for pet in heard.pets for word in _words(pet.name)}
    if all(bool(_NEGATIONS & heard.their_words) if word in _NEGATIONS else _is_inflected(word, heard.their_words) for word in own):
        return None
    return Unsaid("A anotação só leva palavras do cliente: escreva o que ele disse, sem acrescentar nada.", refuses=True)


def _is_inflected(word: str, said: set[str]) -> bool:
    if word in said:
        return True
    stem = word[: max(4, len(word) - 2)]
    return not word.isdigit() and any(other.startswith(stem) and abs(len(other) - len(word)) <= 4 for other in said)


def died(asked: Asked, heard: Heard) -> Verdict:
    if asked.value is False:
        return None if any(pets.takes_death_back(line.words) for line in heard.theirs) else Unsaid("o cliente não falou disso.")
    if any(pets.tells_death(line.words) for line in heard.theirs):
        return None
    return Unsaid("O cliente não disse que o pet morreu.", refuses=True)


def _is_on_record(asked: Asked, heard: Heard) -> bool:
    """Return whether the pet that a call is about has it on record as it is given."""
    with suppress(BadRequest):
        wanted = asked.others.get("pet_name")
        found = all_of(wanted, heard.pets, "pet") if isinstance(wanted, str) and wanted else []
        return bool(found) and all(getattr(pet, asked.name, None) == asked.value for pet in found)
    return False


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", fold(text))
