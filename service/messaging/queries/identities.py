"""Whose a message is: found, made or merged in the database, in the transaction and the round trip that store the message."""

from typing import Literal, LiteralString
from uuid import UUID

from psycopg.errors import DeadlockDetected

from service.messaging.merges import Identity, Merge, MergeStatus, Pets
from service.messaging.queries.statuses import INSTANCE
from service.platform.database import Database, Row, typed
from service.platform.documents import Document

# What is new, and was not erased: of what is there already nothing is learned.
NEW: LiteralString = f"""
instance as (
  {INSTANCE}
    and not exists (select from messages m where m.instance_id = whatsapp_instances.id and m.external_id = %(external_id)s)
    and not exists (
      select from erased_messages e
      where e.instance_id = whatsapp_instances.id and e.digest = sha256(convert_to(%(external_id)s::text, 'UTF8')))
)"""

# An edit's or a deletion's is who wrote the message that it names. What follows in the transaction reads whose it is from its settings.
RESOLVE: LiteralString = f"""
with {NEW}, about as (
  select c.contact_id
  from instance i
  join messages m on m.instance_id = i.id and m.external_id = %(quoted_external_id)s
  join conversations c on c.id = m.conversation_id
  where %(revises)s and m.direction = case when %(from_me)s then 'outgoing' else 'incoming' end
), found as (
  select coalesce(
    (select jsonb_build_object('contact_id', contact_id) from about),
    (select case
        when %(changes)s then patas.follow_change(i.id, %(phone)s, %(user_id)s, %(new_phone)s, %(new_user_id)s, %(new_parent_user_id)s,
          %(username)s, %(name)s, %(named_at)s, i.channel, %(words)s)
        else patas.identify(i.id, %(phone)s, %(user_id)s, %(parent_user_id)s, %(username)s, %(name)s, %(named_at)s, i.channel, %(words)s) end
      from instance i
      where %(sender_known)s),
    '{{}}') as it
)
select it -> 'woken' as woken, it -> 'alerts' as alerts,
  set_config('patas.contact_id', coalesce(it ->> 'contact_id', ''), true),
  set_config('patas.address', coalesce(it ->> 'address', ''), true)
from found
"""

# The contact and the address that the last message's sender was found to have.
CONTACT: LiteralString = "nullif(current_setting('patas.contact_id', true), '')::uuid"
ADDRESS: LiteralString = "nullif(current_setting('patas.address', true), '')"


class Resolved(Document):
    """What finding a sender came to: conversations in which something waits since two became one, and alerts that ask people."""

    woken: list[UUID] | None
    alerts: list[UUID] | None


class Done(Document):
    """What merging or undoing came to: conversations to be woken, or why nothing was done."""

    merge_id: UUID | None = None
    woken: tuple[UUID, ...] = ()
    refused: Literal["same_pet"] | None = None


_IDENTITIES: LiteralString = """
select i.kind, i.value, w.name as on, i.source, i.first_seen_at, i.last_seen_at, i.superseded_at, n.value as superseded_by
from contact_identities i
left join whatsapp_instances w on w.id = i.scope
left join contact_identities n on n.id = i.superseded_by
where i.contact_id = %(contact_id)s
order by i.superseded_at desc nulls first, i.first_seen_at, i.kind, i.value
"""

# Whoever was absorbed has no number any more: it stands in the record.
_MERGES: LiteralString = """
select m.id, m.status, m.reason, m.actor, m.created_at, m.settled_at, m.settled_by,
  jsonb_build_object('id', s.id, 'name', s.name, 'phone', coalesce(s.phone_key, s.whatsapp_user_id)) as survivor,
  jsonb_build_object('id', a.id, 'name', a.name, 'phone',
    coalesce(a.phone_key, a.whatsapp_user_id, m.moved -> 'absorbed' ->> 'phone_key', m.moved -> 'absorbed' ->> 'whatsapp_user_id')) as absorbed
from contact_merges m
join contacts s on s.id = m.survivor_id
join contacts a on a.id = m.absorbed_id
where (%(status)s::text is null or m.status = %(status)s) and (%(id)s::uuid is null or m.id = %(id)s)
order by m.created_at desc, m.id
limit %(limit)s offset %(offset)s
"""

_MERGE: LiteralString = """
select patas.merge_contacts(%(survivor)s, k.id, 'by_hand', %(by)s, %(pets)s) as it
from contacts k
where k.id = %(absorbed)s
"""
_UNDO: LiteralString = "select patas.undo_merge(%(id)s, %(by)s) as it"
_REFUSE: LiteralString = "select patas.refuse_merge(%(id)s, %(by)s) as it"

# How often what others held up in a circle is begun.
ATTEMPTS = 5


async def of_contact(db: Database, organization_id: UUID, contact_id: UUID) -> list[Identity]:
    """List by what a customer is known, what was given up last."""
    return typed(Identity, (await db.run(organization_id, (_IDENTITIES, {"contact_id": contact_id})))[0])


async def merges(
    db: Database, organization_id: UUID, *, status: MergeStatus | None = None, only: UUID | None = None, limit: int = 1, offset: int = 0
) -> list[Merge]:
    """List a shop's merges and what is asked about, newest first."""
    params = {"status": status, "id": only, "limit": limit, "offset": offset}
    return typed(Merge, (await db.run(organization_id, (_MERGES, params)))[0])


async def merge(db: Database, organization_id: UUID, *, survivor: UUID, absorbed: UUID, pets: Pets | None, by: str) -> Done | None:
    """Make two customers one. None where one of them is merged already, or is none of the shop's."""
    return _done(await _run(db, organization_id, _MERGE, {"survivor": survivor, "absorbed": absorbed, "pets": pets, "by": by}))


async def known(db: Database, organization_id: UUID, contact_id: UUID) -> bool:
    """Tell whether the shop has a contact."""
    sql: LiteralString = "select id from contacts where id = %(id)s"
    return bool((await db.run(organization_id, (sql, {"id": contact_id})))[0])


async def undo(db: Database, organization_id: UUID, merge_id: UUID, *, by: str) -> Done | None:
    """Take a merge back. None where it is not in force, or one of the two was merged on since."""
    return _done(await _run(db, organization_id, _UNDO, {"id": merge_id, "by": by}))


async def refuse(db: Database, organization_id: UUID, merge_id: UUID, *, by: str) -> bool:
    """Note that two who were asked about are not one; False where that is not asked."""
    return bool((await _run(db, organization_id, _REFUSE, {"id": merge_id, "by": by}))[0]["it"])


async def _run(db: Database, organization_id: UUID, sql: LiteralString, params: dict[str, object]) -> list[Row]:
    for attempt in range(ATTEMPTS):
        try:
            return (await db.run(organization_id, (sql, params)))[0]
        except DeadlockDetected:
            if attempt == ATTEMPTS - 1:
                raise
    raise AssertionError("the last attempt returns or raises")


def _done(rows: list[Row]) -> Done | None:
    return Done.model_validate(rows[0]["it"]) if rows and rows[0]["it"] else None
