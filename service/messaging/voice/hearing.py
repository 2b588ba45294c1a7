"""Hearing a voice note: transcribed once, and its words count like written ones, as far as they are sure."""

from collections.abc import Sequence
from typing import Literal
from uuid import UUID

import structlog

from service.language import emergency
from service.language.optout import wish
from service.language.text import shortened, storable
from service.messaging.media.store import Files, StoreFailed
from service.messaging.media.vault import Unreadable
from service.messaging.queries import media, voice
from service.messaging.queries.voice import Note, Transcript
from service.messaging.voice.transcriber import LONGEST_NOTE, Heard, Inaudible, Transcriber
from service.platform import events, jobs
from service.platform.database import Database
from service.platform.errors import Misconfigured, ModelFailed
from service.platform.settings import RETRY_DELAYS
from service.platform.telemetry import VOICE

log = structlog.get_logger()

MOST_NAMES = 60

Outcome = Literal["heard", "unclear", "later", "failed"]


async def hear(
    db: Database, redis: events.Publisher, files: Files, transcriber: Transcriber, organization_id: UUID, media_id: UUID
) -> Outcome | None:
    """Transcribe one note; None where there is nothing to do. What fails is tried again, and whoever waits for it is woken at the end."""
    note = await voice.claim(db, organization_id, media_id, most_names=MOST_NAMES)
    if note is None:
        return None
    try:
        heard = await _heard(files, transcriber, organization_id, note)
    except Inaudible as error:
        log.info("[VOICE] Note can't be made out", mediaId=str(media_id), errorCode=error.code)
        return await _settle(db, redis, organization_id, note, Heard("", 0.0), failure=error.code)
    except (ModelFailed, StoreFailed, Unreadable, Misconfigured) as error:
        return await _failed(db, organization_id, note, error)
    return await _settle(db, redis, organization_id, note, heard)


async def _heard(files: Files, transcriber: Transcriber, organization_id: UUID, note: Note) -> Heard:
    if (note.seconds or 0) > LONGEST_NOTE:
        raise Inaudible(f"The note goes on for more than {LONGEST_NOTE:g} s.", "too_long")
    audio = await files.read(organization_id, note.id)
    if audio is None:
        raise Inaudible("The note's file is gone.", "no_file")
    return await transcriber.hear(audio, note.mime, _bounded(note.names))


async def _settle(
    db: Database, redis: events.Publisher, organization_id: UUID, note: Note, heard: Heard, *, failure: str | None = None
) -> Outcome:
    settled = await voice.settle(db, organization_id, note.id, _transcript(note, heard, failure))
    outcome: Outcome = "heard" if heard.is_understood else "unclear"
    VOICE.labels(outcome).inc()
    log.info("[VOICE] Note heard", mediaId=str(note.id), confidence=heard.confidence, understood=heard.is_understood)
    if settled is None:
        return outcome
    if settled.waits and settled.status == "active":
        jobs.enqueue("conversation.process", organization_id, settled.conversation_id)
    if settled.alert_id:
        jobs.enqueue("escalation.notify", settled.alert_id)
    await events.publish(redis, settled.conversation_id, "message")
    return outcome


def _transcript(note: Note, heard: Heard, failure: str | None) -> Transcript:
    """Return what a note says and means. An emergency counts however unsure it is; an opt-out only where the note is understood."""
    content = shortened(storable(heard.text))
    customers = note.direction == "incoming"
    kind = emergency.recognise(content) if customers and content else None
    read = customers and heard.is_understood
    return Transcript(
        transcript=content,
        confidence=heard.confidence,
        is_understood=heard.is_understood,
        emergency=kind,
        emergency_reason=emergency.REASONS[kind] if kind else None,
        pets_words=emergency.if_called(content) if kind else [],
        wish=wish(content) if read else None,
        wish_waiting=wish(content, waits=True) if read else None,
        failure=failure,
    )


async def _failed(db: Database, organization_id: UUID, note: Note, error: Exception) -> Outcome:
    log.warning("[VOICE] Note not heard", mediaId=str(note.id), attempt=note.attempts, errorType=type(error).__name__, err=str(error))
    if note.attempts <= len(RETRY_DELAYS):
        asked = error.retry_after if isinstance(error, ModelFailed) else 0.0
        delay = max(RETRY_DELAYS[note.attempts - 1], asked)
        await media.settle_later(db, organization_id, note.id, code="transcriber", delay=delay)
        jobs.enqueue("voice.hear", organization_id, note.id, delay=delay)
        return "later"
    VOICE.labels("failed").inc()
    if conversation_id := await media.settle_failed(db, organization_id, note.id, code="transcriber"):
        jobs.enqueue("conversation.process", organization_id, conversation_id)
    return "failed"


async def give_up(db: Database, organization_id: UUID, media_id: UUID) -> None:
    """Let a note be: nobody hears any here. Whoever waits for it is woken."""
    if conversation_id := await media.settle_failed(db, organization_id, media_id, code="no_transcriber"):
        jobs.enqueue("conversation.process", organization_id, conversation_id)


async def next_waiting(db: Database) -> tuple[UUID, UUID] | None:
    """Return the shop and the id of the note that has waited longest; None where none waits."""
    found = await voice.next_waiting(db)
    return (found.organization_id, found.id) if found else None


def _bounded(names: Sequence[str]) -> list[str]:
    """Return names as one line each, no two alike."""
    return list(dict.fromkeys(filter(None, (" ".join(name.split()) for name in names))))
