"""Getting a file from its provider into the store: once, whatever happens on the way."""

from collections.abc import Mapping
from typing import Literal
from uuid import UUID

import structlog

from service.messaging.channels import files as kinds
from service.messaging.channels.base import Channel, ChannelName, Fetched, Instance
from service.messaging.channels.http import judged
from service.messaging.media.store import Files, StoreFailed
from service.messaging.media.vault import Unreadable
from service.messaging.queries import media
from service.messaging.queries.media import Claimed
from service.platform import jobs
from service.platform.database import Database
from service.platform.errors import Misconfigured, SendFailed
from service.platform.settings import RETRY_DELAYS
from service.platform.telemetry import MEDIA

log = structlog.get_logger()

# Where the provider itself answered that it can't, it is asked once more: of so many failures in an hour Meta locks a number out.
NOBODY_ANSWERED = frozenset({"unreachable", "timeout", "connection_lost", "store"})
MOST_ANSWERED = 2
# Seconds that a number is left alone where the provider does not say for how long.
LOCKED_OUT = 600.0
# Seconds after which a file that could not be had for such a limit is given up.
TOO_LATE = 86_400.0

Outcome = Literal["hear", "kept", "later", "failed"]


async def fetch(
    db: Database, channels: Mapping[ChannelName, Channel], files: Files, organization_id: UUID, media_id: UUID
) -> Outcome | None:
    """Fetch one file; None where there is nothing to do. What fails is tried again by itself, or whoever waits for it is woken."""
    claimed = await media.claim(db, organization_id, media_id)
    if claimed is None:
        return None
    try:
        with judged():
            found = await _file(channels, files, claimed)
        mime = kinds.mime_of(found.mime or claimed.mime)
        kinds.require_type(claimed.kind, mime)
        kinds.require_size(claimed.kind, len(found.content))
        await files.keep(organization_id, media_id, found.content)
    except SendFailed as error:
        return await _failed(db, organization_id, claimed, error)
    except (StoreFailed, Misconfigured) as error:
        log.error("[MEDIA] Store can't be used", err=str(error))
        return await _failed(db, organization_id, claimed, SendFailed(str(error), code="store", retry="later"))
    then = await media.settle_kept(db, organization_id, media_id, mime=mime, size=len(found.content))
    if then is None:
        await files.forget([(organization_id, media_id)])
        return None
    MEDIA.labels(claimed.kind, then).inc()
    log.info("[MEDIA] File kept", mediaId=str(media_id), kind=claimed.kind, bytes=len(found.content))
    if then == "hear":
        jobs.enqueue("voice.hear", organization_id, media_id)
    return then


def sealed_name(media_id: UUID) -> str:
    """Return the name that a file which came along with its webhook is sealed for until it is stored."""
    return f"inline/{media_id}"


async def _file(channels: Mapping[ChannelName, Channel], files: Files, claimed: Claimed) -> Fetched:
    if claimed.inline is not None:
        try:
            return Fetched(claimed.mime, files.vault.opened(claimed.inline, sealed_name(claimed.id)))
        except Unreadable:
            # Another process' key: the provider has the file, too.
            log.error("[MEDIA] Sealed with another key", mediaId=str(claimed.id))
    instance = Instance(
        claimed.instance_id, claimed.channel, claimed.phone_number_id, claimed.instance_name, claimed.api_url, claimed.access_token
    )
    return await channels[claimed.channel].fetch(instance, claimed.raw)


async def _failed(db: Database, organization_id: UUID, claimed: Claimed, error: SendFailed) -> Outcome:
    log.warning("[MEDIA] File not fetched", mediaId=str(claimed.id), attempt=claimed.attempts, errorCode=error.code, retry=error.retry)
    most = len(RETRY_DELAYS) + 1 if error.code in NOBODY_ANSWERED else MOST_ANSWERED
    locked = error.limit is not None and claimed.age_seconds < TOO_LATE
    if locked or (error.retry != "never" and error.limit is None and claimed.attempts < most):
        least = error.delay or LOCKED_OUT if locked else RETRY_DELAYS[claimed.attempts - 1]
        delay = max(error.delay, least)
        await media.settle_later(db, organization_id, claimed.id, code=error.code, delay=delay, locked=locked)
        jobs.enqueue("media.fetch", organization_id, claimed.id, delay=delay)
        return "later"
    MEDIA.labels(claimed.kind, "failed").inc()
    if conversation_id := await media.settle_failed(db, organization_id, claimed.id, code=error.code):
        jobs.enqueue("conversation.process", organization_id, conversation_id)
    return "failed"
