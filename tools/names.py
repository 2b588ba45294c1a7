"""Finding the thing that a person means by a name."""

import difflib
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

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
