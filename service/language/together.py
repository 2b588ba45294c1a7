"""Which things are named in one breath with another: "banho e tosa", "banho, tosa e hidratação"."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from service.language.text import fold

# What may stand between two names that are wished for together.
_BETWEEN = re.compile(r"(?: completo| completa| simples)?(?: e | mais | com |, ?| \+ ?|/| & )(?:o |a |um |uma |tambem |de )*")
_BEGINNING = 4
# What says that they may not be wished for as one.
_APART = re.compile(r"\?|\b(?:so|apenas|somente|quanto|nao|sem|depois|outro dia|ou|separad\w+)\b")


def named_together(name: str, others: Iterable[str], text: str) -> list[str]:
    """Return those of some names that a text lists with one of them: each with its neighbour, only a connecting word between them.

    A name is known by the beginning of its first word. Where a name holds two of them ("Banho e Tosa" as one), none is told apart.
    """
    words, names = fold(text), [name, *others]
    stems = {one: re.findall(r"[^\W_]+", fold(one))[0][:_BEGINNING] for one in names if re.search(r"[^\W_]", one)}
    if len(set(stems.values())) < len(names) or any(s in fold(o) for o in names for p, s in stems.items() if p != o):
        return []
    found = sorted((m.start(), m.end(), one) for one, stem in stems.items() for m in re.finditer(rf"\b{re.escape(stem)}\w*", words))
    rows: list[list[str]] = [[found[0][2]]] if found else []
    for (_, end, _), (start, _, one) in pairwise(found):
        if _BETWEEN.fullmatch(words[end:start]):
            rows[-1].append(one)
        else:
            rows.append([one])
    return list(dict.fromkeys(one for row in rows if name in row for one in row if one != name))


def is_one_wish(text: str, names: Sequence[str]) -> bool:
    """Tell whether what a text names together is plainly wished for as one: each is named once, nothing is asked, and nothing set apart."""
    words = fold(text)
    once = all(len(re.findall(rf"\b{re.escape(fold(name)[:_BEGINNING])}", words)) == 1 for name in names)
    return once and not _APART.search(words)
