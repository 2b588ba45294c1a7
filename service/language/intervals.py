"""Sets of whole numbers as stretches from one to another: days by their ordinals, times by their minutes."""

from collections.abc import Iterable

Stretches = tuple[tuple[int, int], ...]
"""Both ends included, in order, none touching the next."""


def joined(stretches: Iterable[tuple[int, int]]) -> Stretches:
    """Return stretches in any order as a set."""
    found: list[tuple[int, int]] = []
    for first, last in sorted(one for one in stretches if one[0] <= one[1]):
        if found and first <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return tuple(found)


def common(one: Stretches, other: Stretches) -> Stretches:
    """Return what is in both."""
    found: list[tuple[int, int]] = []
    i = j = 0
    while i < len(one) and j < len(other):
        first, last = max(one[i][0], other[j][0]), min(one[i][1], other[j][1])
        if first <= last:
            found.append((first, last))
        if one[i][1] < other[j][1]:
            i += 1
        else:
            j += 1
    return tuple(found)


def without(one: Stretches, other: Stretches) -> Stretches:
    """Return what is in the first alone."""
    if not one:
        return ()
    edges = [one[0][0] - 1, *(edge for stretch in other for edge in stretch), one[-1][1] + 1]
    gaps = [(edges[n] + 1, edges[n + 1] - 1) for n in range(0, len(edges), 2)]
    return common(one, joined(gaps))
