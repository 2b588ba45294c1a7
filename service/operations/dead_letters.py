"""`patas dead`: look at what was given up on, and try it again."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar
from uuid import UUID

from service.operations.queries import dead_letters
from service.operations.queries.dead_letters import DeadJob, DeadLetter, DeadTurn
from service.platform import clock, jobs
from service.platform.database import Database, opened
from service.platform.errors import Conflict, NotFound
from service.platform.settings import Settings

Result = TypeVar("Result")

UNKNOWN = "There is no dead letter with this id; `patas dead list` shows them."


def list_dead(settings: Settings, *, limit: int) -> str:
    """Return a table of dead letters, newest first."""
    letters = _with_database(settings, lambda db: dead_letters.find(db, limit=limit))
    if not letters:
        return "No dead letters."
    return "\n".join(
        f"{letter.id}  {clock.local(letter.created_at, 'America/Sao_Paulo'):%d/%m/%Y %H:%M}  {letter.kind:<4}  "
        f"{'replayed' if letter.replayed_at else 'open    '}  {letter.organization or '-'}  {letter.error_type}: {letter.error[:80]}"
        for letter in letters
    )


def show_dead(settings: Settings, dead_letter_id: UUID) -> str:
    """Return one dead letter as JSON. Raises NotFound."""
    return _with_database(settings, lambda db: _found(db, dead_letter_id)).model_dump_json(indent=2)


def replay_dead(settings: Settings, dead_letter_id: UUID) -> str:
    """Put a dead letter's work back. Raises NotFound, and Conflict where it was replayed before."""
    letter = _with_database(settings, lambda db: _replay(db, dead_letter_id))
    return f"Enqueued again: {letter.kind} {letter.id}."


async def _found(db: Database, dead_letter_id: UUID) -> DeadLetter:
    letters = await dead_letters.find(db, limit=1, dead_letter_id=dead_letter_id)
    if not letters:
        raise NotFound(UNKNOWN)
    return letters[0]


async def _replay(db: Database, dead_letter_id: UUID) -> DeadLetter:
    letter = await _found(db, dead_letter_id)
    jobs.require_redis()
    if not await dead_letters.reopen(db, letter):
        raise Conflict("This dead letter was replayed already.")
    if isinstance(letter, DeadJob):
        jobs.enqueue(letter.payload.actor_name, *letter.payload.args, **letter.payload.kwargs)  # type: ignore[arg-type]  # texts, as `enqueue` wrote them
    else:
        actor = "conversation.process" if isinstance(letter, DeadTurn) else "outbox.deliver"
        jobs.enqueue(actor, letter.organization_id, letter.conversation_id)
    return letter


def _with_database(settings: Settings, work: Callable[[Database], Awaitable[Result]]) -> Result:
    async def run() -> Result:
        async with opened(settings.database_url or "", size=1) as db:
            return await work(db)

    return asyncio.run(run())
