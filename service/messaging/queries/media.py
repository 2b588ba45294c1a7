"""Files of messages: noted as they come in, claimed by one worker at a time, settled, and forgotten."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, LiteralString
from uuid import UUID

from pydantic import Field

from service.messaging.channels.base import ChannelName
from service.platform.database import Database, first, typed
from service.platform.documents import Document, JsonObject

# Seconds that a worker may be at one file before another one takes it for dead.
LEASE: LiteralString = "interval '90 seconds'"

# Right after the message was stored, in its transaction; a duplicate was stored before.
STORE: LiteralString = """
insert into media (id, organization_id, instance_id, message_id, kind, mime, seconds, inline, is_heard)
select %(file_id)s, m.organization_id, m.instance_id, m.id, %(kind)s, %(mime)s, %(seconds)s, %(inline)s, %(is_heard)s
from messages m
where m.instance_id = nullif(current_setting('patas.instance_id', true), '')::uuid and m.external_id = %(external_id)s
  and m.created_at = now()
on conflict (message_id) do nothing
returning id, organization_id
"""

_CLAIM: LiteralString = f"""
with claimed as (
  update media v set attempts = v.attempts + 1, due_at = now() + {LEASE}
  from whatsapp_instances i
  where v.id = %(media_id)s and v.status = 'fetch' and v.due_at <= now() and v.message_id is not null
    and i.id = v.instance_id and coalesce(i.media_paused_until, '-infinity') <= now()
  returning v.*
)
select v.id, v.kind, v.mime, v.inline, v.attempts, extract(epoch from now() - v.created_at)::float as age_seconds, coalesce(m.raw, '{{}}') as raw,
  i.id as instance_id, i.channel, i.phone_number_id, i.instance_name, i.api_url, i.access_token
from claimed v
join messages m on m.id = v.message_id
join whatsapp_instances i on i.id = v.instance_id
"""

_KEPT: LiteralString = """
update media
set status = case when is_heard then 'hear' else 'kept' end, mime = %(mime)s, bytes = %(bytes)s, inline = null, fetched_at = now(),
  attempts = 0, due_at = now(), failure = null
where id = %(media_id)s and status = 'fetch' and message_id is not null
returning status
"""

# What locks out the whole number is no fault of the file.
_LATER: LiteralString = """
with later as (
  update media
  set due_at = now() + make_interval(secs => %(delay)s), failure = %(code)s, attempts = attempts - %(locked)s::int
  where id = %(media_id)s and status in ('fetch', 'hear')
  returning instance_id
)
update whatsapp_instances i
set media_paused_until = greatest(i.media_paused_until, now() + make_interval(secs => %(delay)s))
from later
where i.id = later.instance_id and %(locked)s
"""

# Whoever waits for a voice note waits no more.
_FAILED: LiteralString = """
with failed as (
  update media set status = 'failed', failure = %(code)s, inline = null
  where id = %(media_id)s and status in ('fetch', 'hear')
  returning message_id
)
select m.conversation_id
from failed
join messages m on m.id = failed.message_id
where m.direction = 'incoming' and m.processed_at is null
"""

# What a worker's death, or a lost wake-up, has left.
DUE: LiteralString = """
select v.organization_id, v.id, v.status
from media v
join whatsapp_instances i on i.id = v.instance_id
where v.status in ('fetch', 'hear') and v.message_id is not null and v.due_at < now() - make_interval(secs => %(grace)s)
  and (v.status = 'hear' or coalesce(i.media_paused_until, '-infinity') < now())
order by v.due_at
limit 1000
"""

# Whose message is gone, and what has been kept long enough.
_EXPIRED: LiteralString = """
select v.organization_id, v.id
from media v
left join organization_settings s on s.organization_id = v.organization_id
where v.message_id is null
  or v.created_at < now() - make_interval(secs => least(coalesce(s.media_retention_days, %(days)s), 36600) * 86400.0)
limit %(batch)s
"""

_FORGET: LiteralString = "delete from media where id = any(%(ids)s)"

_ONE: LiteralString = """
select organization_id, id, kind, mime
from media
where id = %(media_id)s and fetched_at is not null and message_id is not null
"""


@dataclass(frozen=True)
class NewFile:
    """A file as it is noted: `inline` is itself, sealed, where it came along; `is_heard` where it is a voice note to be transcribed."""

    file_id: UUID
    kind: str
    mime: str
    seconds: int | None
    inline: bytes | None
    is_heard: bool


class Noted(Document):
    """A file that is to be fetched."""

    id: UUID
    organization_id: UUID


class Claimed(Document):
    """A file that was taken to be fetched, with what its provider must be told; `attempts` counts this one."""

    id: UUID
    kind: str
    mime: str
    inline: bytes | None = Field(repr=False)
    attempts: int
    age_seconds: float
    raw: JsonObject = Field(repr=False)
    instance_id: UUID
    channel: ChannelName
    phone_number_id: str | None
    instance_name: str | None
    api_url: str | None
    access_token: str | None = Field(repr=False)


class Kept(Document):
    """A file in the store, as people ask for it."""

    organization_id: UUID
    id: UUID
    kind: str
    mime: str


async def claim(db: Database, organization_id: UUID, media_id: UUID) -> Claimed | None:
    """Take a file to be fetched; None where it is fetched already, another worker is at it, or it is not time yet."""
    return first(Claimed, (await db.run(organization_id, (_CLAIM, {"media_id": media_id})))[0])


async def settle_kept(db: Database, organization_id: UUID, media_id: UUID, *, mime: str, size: int) -> Literal["hear", "kept"] | None:
    """Record that a file is in the store, and return what comes next; None where its message is gone by now."""
    rows = (await db.run(organization_id, (_KEPT, {"media_id": media_id, "mime": mime, "bytes": size})))[0]
    return rows[0]["status"] if rows else None


async def settle_later(db: Database, organization_id: UUID, media_id: UUID, *, code: str, delay: float, locked: bool = False) -> None:
    """Put a file back for `delay` seconds; where the number is `locked` out, all of its files, and that is not one of the attempts."""
    await db.run(organization_id, (_LATER, {"media_id": media_id, "code": code, "delay": delay, "locked": locked}))


async def settle_failed(db: Database, organization_id: UUID, media_id: UUID, *, code: str) -> UUID | None:
    """Give up on a file; return the conversation whose next answer may have waited for it."""
    rows = (await db.run(organization_id, (_FAILED, {"media_id": media_id, "code": code})))[0]
    return rows[0]["conversation_id"] if rows else None


async def expired(db: Database, *, days: float, batch: int) -> list[Noted]:
    """List files that are to be deleted, of every shop; `days` is how long they are kept where a shop has not said."""
    return typed(Noted, (await db.system((_EXPIRED, {"days": days, "batch": batch})))[0])


async def forget(db: Database, ids: Sequence[UUID]) -> None:
    """Forget files that are deleted."""
    await db.system((_FORGET, {"ids": list(ids)}))


async def find(db: Database, media_id: UUID) -> Kept | None:
    """Find a file of any shop by its id."""
    return first(Kept, (await db.system((_ONE, {"media_id": media_id})))[0])
