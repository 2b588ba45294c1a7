"""Finding the thing that a person means by a name."""

import difflib
import re
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from service.errors import BadRequest
from service.text import fold

Named = TypeVar("Named", bound=Mapping[str, Any])


def find_by_name(wanted: str, things: Sequence[Named]) -> list[Named]:
    """The things whose `name` a person may mean: the exact one, else those that contain or are contained in it, else near spellings."""
    folded = fold(wanted)
    exact = [t for t in things if fold(t["name"]) == folded]
    if exact or not folded:
        return exact
    words = set(folded.split())
    partial = [t for t in things if set(fold(t["name"]).split()) & words or fold(t["name"]).startswith(folded)]
    if partial:
        return partial
    near = difflib.get_close_matches(folded, [fold(t["name"]) for t in things], n=3, cutoff=0.75)
    return [t for t in things if fold(t["name"]) in near]


def one_of(wanted: str, things: Sequence[Named], what: str) -> Named:
    """The one thing that a name means; raises BadRequest with the names to choose from when none or several fit."""
    found = find_by_name(wanted, things)
    if len(found) == 1:
        return found[0]
    names = ", ".join(t["name"] for t in (found or things))
    if found:
        raise BadRequest(f'Mais de um {what} combina com "{wanted}": {names}. Pergunte ao cliente qual deles.')
    if not things:
        raise BadRequest(f"Não há nenhum {what} cadastrado.")
    raise BadRequest(f'Não há {what} chamado "{wanted}". Os que existem: {names}.')


def split_names(wanted: str) -> list[str]:
    """The names in a list as people write it: "Rex e Mel", "Rex, Mel e Bidu", "banho + tosa"."""
    return [name.strip() for name in re.split(r"\s*(?:,|;|/|\+|&|\be\b)\s*", wanted) if name.strip()] or [wanted]
