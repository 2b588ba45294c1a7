"""`patas dead`: look at what was given up on, and try it again."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import TypeVar
from uuid import UUID

from service.operations.queries import dead_letters
from service.platform import clock, jobs
from service.platform.database import Database, Row, opened
from service.platform.errors import Conflict, NotFound
from service.platform.settings import Settings

Result = TypeVar("Result")

UNKNOWN = "There is no dead letter with this id; `patas dead list` shows them."


def list_dead(settings: Settings, *, limit: int) -> str:
    """A table of dead letters, newest first."""
    rows = _with_database(settings, lambda db: dead_letters.find(db, limit=limit))
    if not rows:
        return "No dead letters."
    return "\n".join(
        f"{row['id']}  {clock.local(row['created_at'], 'America/Sao_Paulo'):%d/%m/%Y %H:%M}  {row['kind']:<4}  "
        f"{'replayed' if row['replayed_at'] else 'open    '}  {row['organization'] or '-'}  {row['error_type']}: {row['error'][:80]}"
        for row in rows
    )


def show_dead(settings: Settings, dead_letter_id: UUID) -> str:
    """One dead letter as JSON. Raises NotFound."""
    rows = _with_database(settings, lambda db: dead_letters.find(db, limit=1, dead_letter_id=dead_letter_id))
    if not rows:
        raise NotFound(UNKNOWN)
    return json.dumps(rows[0], default=str, ensure_ascii=False, indent=2)


def replay_dead(settings: Settings, dead_letter_id: UUID) -> str:
    """Put a dead letter's work back. Raises NotFound, and Conflict where it was replayed before."""
    letter = _with_database(settings, lambda db: _replay(db, dead_letter_id))
    return f"Enqueued again: {letter['kind']} {letter['id']}."


async def _replay(db: Database, dead_letter_id: UUID) -> Row:
    rows = await dead_letters.find(db, limit=1, dead_letter_id=dead_letter_id)
    if not rows:
        raise NotFound(UNKNOWN)
    letter = rows[0]
    if not await dead_letters.reopen(db, letter):
        raise Conflict("This dead letter was replayed already.")
    if letter["kind"] == "job":
        jobs.enqueue(letter["payload"]["actor_name"], *letter["payload"]["args"], **letter["payload"]["kwargs"])
    else:
        actor = "conversation.process" if letter["kind"] == "turn" else "outbox.deliver"
        jobs.enqueue(actor, letter["organization_id"], letter["conversation_id"])
    return letter


def _with_database(settings: Settings, work: Callable[[Database], Awaitable[Result]]) -> Result:
    async def run() -> Result:
        async with opened(settings.database_url or "", size=1) as db:
            return await work(db)

    return asyncio.run(run())
