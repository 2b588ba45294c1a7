"""Finding the thing that a person means by a name."""

import difflib
import re
from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from service.language.formatting import listed
from service.language.text import fold
from service.platform.errors import BadRequest


class Named(Protocol):
    """Anything that people call by a name."""

    @property
    def name(self) -> str: ...


Thing = TypeVar("Thing", bound=Named)

SHORTEST_BEGINNING = 3
NEAR = 0.75
_SHORTEST_NEAR, _NEARLY = 4, 0.8
# Of many names a customer is told so many.
MOST_NAMED = 12

# What stands around a name: "o meu Rex", "da Mel", "uma consulta".
_AROUND = frozenset("a o as os um uma e de da do das dos em na no para pra pro pela pelo com meu minha meus minhas nosso nossa".split())  # noqa: SIM905


def find_by_name(wanted: str, things: Sequence[Thing]) -> list[Thing]:
    """Return the things that a person may mean: those of exactly that name, else of the same words, else with one of them in common or
    begun, else of a near spelling.
    """
    folded = fold(wanted)
    exact = [t for t in things if fold(t.name) == folded]
    if exact or not folded:
        return exact
    words = words_of(folded)
    named = [(thing, words_of(fold(thing.name))) for thing in things]
    return (
        [t for t, name in named if name and name == words]
        or [t for t, name in named if name & words or any(_begins(word, name) for word in words)]
        or [t for t, name in named if _near(folded, fold(t.name)) or any(_near(a, b) for a in words for b in name)]
    )


def one_of(wanted: str, things: Sequence[Thing], what: str) -> Thing:
    """Return the one thing that a name means; raises BadRequest with the names to choose from when none or several fit."""
    found = find_by_name(wanted, things)
    if len(found) == 1:
        return found[0]
    named = [t.name for t in (found or things)]
    names = ", ".join(named)
    if found:
        which = listed(named[:MOST_NAMED], "ou")
        raise BadRequest(
            f'Mais de um {what} combina com "{wanted}": {names}. Pergunte ao cliente qual deles.',
            say=(f"Qual {what} você quer dizer: {which}?", f"Qual {what} seria: {which}?"),
        )
    if not things:
        raise BadRequest(
            f"Não há nenhum {what} cadastrado.",
            say=(f"Ainda não tenho nenhum {what} no cadastro.", f"No cadastro ainda não há nenhum {what}."),
        )
    raise BadRequest(f'Não há {what} chamado "{wanted}". Os que existem: {names}.', say=_not_there(what, named))


def all_of(wanted: str, things: Sequence[Thing], what: str) -> list[Thing]:
    """Return everything that a list of names means, each once: "Rex e Mel", "banho + tosa". Raises BadRequest as `one_of` does."""
    whole = [t for t in things if fold(t.name) == fold(wanted)]
    names = [name.strip() for name in re.split(r"[,;/+&]|\be\b", wanted) if name.strip()]
    found = whole or [one_of(name, things, what) for name in dict.fromkeys(names) or [wanted]]
    return list({id(thing): thing for thing in found}.values())


def either(names: Iterable[str]) -> str:
    """Write names, or whatever else, as a choice between them; of many the last."""
    return " ou ".join(list(dict.fromkeys(names))[-3:])


def _not_there(what: str, names: Sequence[str]) -> tuple[str, ...]:
    """Return how a customer is told that there is no such thing, and what there is."""
    some = listed([*names[:MOST_NAMED], *(["outros"] if len(names) > MOST_NAMED else [])])
    if what == "pet":
        return tuple(
            f"{no} no cadastro; tenho {some}. É um deles ou um pet novo?" for no in ("Não encontrei esse pet", "Esse pet ainda não está")
        )
    return (f"Não encontrei esse {what}. Tenho {some}. Qual você prefere?", f"Esse {what} eu não encontrei; tenho {some}. Qual seria?")


def spelled_like(said: Iterable[str], names: Iterable[str]) -> set[str]:
    """Return the words that are nearly one of some names' words: "banhu" is the service's."""
    words, found = [word for word in said if len(word) >= _SHORTEST_NEAR], set[str]()
    for name in names:
        if len(name) > _SHORTEST_NEAR:
            near = difflib.SequenceMatcher(None, b=name)
            found.update(word for word in words if abs(len(word) - len(name)) <= 1 and _is_spelled_like(word, near))
    return found


def _is_spelled_like(word: str, near: "difflib.SequenceMatcher[str]") -> bool:
    near.set_seq1(word)
    return near.quick_ratio() >= _NEARLY and near.ratio() >= _NEARLY


def words_of(folded: str) -> set[str]:
    """Return the words of a folded name; of one made of nothing else ("Nina e Do") also those that usually stand around names."""
    words = set(re.findall(r"[^\W_]+", folded))
    return words - _AROUND or words


def _begins(word: str, name: set[str]) -> bool:
    return len(word) >= SHORTEST_BEGINNING and any(part.startswith(word) for part in name)


def _near(one: str, other: str) -> bool:
    matcher = difflib.SequenceMatcher(None, one, other)
    return matcher.real_quick_ratio() >= NEAR and matcher.ratio() >= NEAR
