"""Every kind is written in a dialogue, and what the clock finds is not found again once it is written."""

from collections.abc import Sequence

import pytest

from evals import dialogue as dialogues
from evals.dialogue import Dialogue, Reminds
from evals.fixtures import ZONE
from evals.runner import Fakes, Outcome, play, today
from evals.servers import Servers
from service.outreach import kinds
from service.outreach.kinds import KINDS, OutreachKind
from service.outreach.message import Due, Notice, Occasion
from service.outreach.queries import due
from service.outreach.queries.due import Unsaid


def writing(kind: OutreachKind) -> list[Dialogue]:
    """Return the dialogues that expect a message of the kind, for one with a finder those that play the scheduler's minute."""
    read = [dialogue for name in dialogues.names() if _expects(dialogue := dialogues.load(name, today(), ZONE), kind)]
    return [dialogue for dialogue in read if not KINDS[kind].find or any(isinstance(step, Reminds) for step in dialogue.steps)]


def _expects(dialogue: Dialogue, kind: OutreachKind) -> bool:
    expected = [row for expect in (dialogue.expect, *(step.expect for step in dialogue.steps)) for row in expect.rows]
    written = {"kind": kind, "status": "queued"}
    return any(row.table == "outreach" and row.count and written.items() <= row.where.items() for row in expected)


def found_again(outcome: Outcome) -> list[str]:
    return [check.detail for check in outcome.failures if check.where == "nothing is found again"]


@pytest.mark.parametrize("kind", KINDS)
async def test_a_kind_is_written_in_a_dialogue_and_not_found_again(kind: OutreachKind, servers: Servers, fakes: Fakes) -> None:
    written = writing(kind)
    assert written, f"evals/dialogues: none expects a row of outreach with kind: {kind}, status: queued (after a step `remind`)"
    outcome = await play(written[0], servers, fakes)
    assert outcome.passed, outcome.failures
    assert not KINDS[kind].find or "nothing is found again" in {check.where for check in outcome.checks}


async def test_a_query_that_leaves_nothing_noted_out_is_seen(servers: Servers, fakes: Fakes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(due, "_TREATMENTS", due._TREATMENTS.replace("w.occasion = found.occasion", "false"))
    (dialogue,) = writing("vaccine")
    assert found_again(await play(dialogue, servers, fakes))


async def test_an_occasion_that_differs_from_the_querys_is_seen(servers: Servers, fakes: Fakes, monkeypatch: pytest.MonkeyPatch) -> None:
    def told(rows: Sequence[Unsaid], said: Notice) -> Due:
        return kinds._due(rows[0], [Occasion(row.id, "told") for row in rows], said)

    monkeypatch.setattr(kinds, "_told", told)
    (dialogue,) = writing("vaccine")
    (again,) = found_again(await play(dialogue, servers, fakes))
    assert "vaccine: told" in again
