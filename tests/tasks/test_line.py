"""A shop's share of a worker."""

from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from tasks.line import Line

SHOPS = [uuid4() for _ in range(3)]


@given(st.lists(st.tuples(st.sampled_from(["enter", "leave"]), st.integers(0, 2), st.integers(0, 9))), st.integers(1, 4))
def test_never_more_than_the_share_and_nobody_is_forgotten(steps: list[tuple[str, int, int]], share: int) -> None:
    line, working, waiting = Line(share), dict.fromkeys(SHOPS, 0), {shop: set[UUID]() for shop in SHOPS}
    for what, which, number in steps:
        shop = SHOPS[which]
        if what == "enter":
            conversation = UUID(int=number)
            if line.enter(shop, conversation):
                working[shop] += 1
            else:
                assert working[shop] == share
                waiting[shop].add(conversation)
        elif working[shop]:
            working[shop] -= 1
            woken = line.leave(shop)
            assert woken or not waiting[shop]
            assert set(woken) <= waiting[shop]
            waiting[shop] -= set(woken)
        assert all(count <= share for count in working.values())
        assert all(working[shop] for shop in SHOPS if waiting[shop]), "somebody is left to wake them"
    assert {pair for pair in line.empty()} == {(shop, c) for shop in SHOPS for c in waiting[shop]}


def test_nothing_is_kept_of_shops_that_are_done() -> None:
    line = Line(1)
    for shop in SHOPS:
        line.enter(shop, UUID(int=1))
        line.enter(shop, UUID(int=2))
        assert line.leave(shop) == [UUID(int=2)]
        assert line.enter(shop, UUID(int=2))
        assert line.leave(shop) == []
    assert line == Line(1)
