"""Find, read out and erase everything that is stored about one customer of one shop."""

from typing import LiteralString
from uuid import UUID

from psycopg.errors import DeadlockDetected

from service.messaging.queries.intake import LOCK
from service.platform.database import Database, Row, Statement, typed
from service.platform.documents import Document
from service.platform.errors import Conflict


class Person(Document):
    """A customer of one shop, who may be several `contacts`, with all their names, phones and WhatsApp user ids.

    `is_owner` where one of the phones is an owner's number in use.
    """

    organization_id: UUID
    organization: str
    contacts: list[UUID]
    names: list[str]
    phones: list[str]
    user_ids: list[str]
    is_owner: bool


class Erased(Document):
    """How much there was of a person: `cancelled` of the `bookings` were still to come. `files` lie in the media store yet."""

    conversations: int
    messages: int
    pets: int
    cancelled: int
    bookings: int
    files: tuple[UUID, ...] = ()


# A person may be several contacts: those that turned out to be this one, and one made while only WhatsApp's user id was known.
_FIND: LiteralString = """
with recursive theirs as (
  select i.organization_id, i.contact_id as id
  from contact_identities i
  where i.kind = 'phone' and i.value = patas.phone_key(%(phone)s) and i.superseded_at is null
  union
  select k.organization_id, k.id
  from theirs t
  join contacts named on named.id = t.id
  join contacts k on k.organization_id = t.organization_id and (k.merged_into = named.id or k.whatsapp_user_id = named.whatsapp_user_id)
)
select o.id as organization_id, o.name as organization, array_agg(distinct k.id) as contacts,
  array_remove(array_agg(distinct k.name), null) as names,
  coalesce(array_agg(distinct n.value) filter (where n.kind = 'phone'), '{}') as phones,
  coalesce(array_agg(distinct n.value) filter (where n.kind not in ('phone', 'username')), '{}') as user_ids,
  exists (
    select from aurora_owner_numbers w
    where w.organization_id = o.id and w.is_active and w.phone_key = patas.phone_key(%(phone)s)) as is_owner
from theirs
join contacts k on k.id = theirs.id
join organizations o on o.id = theirs.organization_id
left join contact_identities n on n.contact_id = k.id
group by o.id, o.name
order by o.name, o.id
"""

_THEIR_CONVERSATIONS: LiteralString = "(select c.id from conversations c where c.contact_id = any(%(contacts)s))"
_OF_CONVERSATION: LiteralString = f"t.conversation_id in {_THEIR_CONVERSATIONS}"

_OF_CONTACT: LiteralString = "t.contact_id = any(%(contacts)s)"


def _rows(source: LiteralString) -> LiteralString:
    return f"select to_jsonb(t) as row from {source}"


# Every table that has something about the person, and which of its rows.
TABLES: dict[str, LiteralString] = {
    "contacts": _rows("contacts t where t.id = any(%(contacts)s) order by t.created_at"),
    "contact_identities": _rows(f"contact_identities t where {_OF_CONTACT} order by t.first_seen_at"),
    "contact_merges": _rows(
        "contact_merges t where t.survivor_id = any(%(contacts)s) or t.absorbed_id = any(%(contacts)s) order by t.created_at"
    ),
    "pets": _rows(f"pets t where {_OF_CONTACT} order by t.created_at"),
    "bookings": _rows(f"bookings t where {_OF_CONTACT} order by t.starts_at"),
    "booking_events": _rows("booking_events t join bookings b on b.id = t.booking_id where b.contact_id = any(%(contacts)s) order by t.id"),
    "contact_packages": _rows(f"contact_packages t where {_OF_CONTACT} order by t.created_at"),
    "pet_treatments": _rows("pet_treatments t join pets p on p.id = t.pet_id where p.contact_id = any(%(contacts)s) order by t.created_at"),
    "proposals": _rows(f"proposals t where {_OF_CONTACT} order by t.created_at"),
    "waiting_list": _rows(f"waiting_list t where {_OF_CONTACT} order by t.created_at"),
    "outreach": _rows(f"outreach t where {_OF_CONTACT} order by t.created_at"),
    "conversations": _rows(f"conversations t where {_OF_CONTACT} order by t.created_at"),
    "messages": _rows(f"messages t where {_OF_CONVERSATION} order by t.seq"),
    "media": "select to_jsonb(t) - 'inline' as row from media t join messages m on m.id = t.message_id"
    f" where m.conversation_id in {_THEIR_CONVERSATIONS} order by m.seq",
    "turn_effects": _rows(f"turn_effects t where {_OF_CONVERSATION} order by t.id"),
    "escalations": _rows(f"escalations t where {_OF_CONVERSATION} order by t.opened_at"),
    "ai_interactions": _rows(f"ai_interactions t where {_OF_CONVERSATION} order by t.created_at"),
    "aurora_proactive_messages": _rows(f"aurora_proactive_messages t where {_OF_CONVERSATION} order by t.created_at"),
    "dead_letters": _rows(f"dead_letters t where {_OF_CONVERSATION} order by t.created_at"),
    "alerts": _rows(f"alerts t where {_OF_CONVERSATION} order by t.created_at"),
}

# An internal job knows the person only by the ids that it was given, and its alert only by having been raised with it.
_JOB_LETTERS: LiteralString = f"""
d.kind = 'job' and d.payload -> 'args' ?| array(
  select c.id::text from conversations c where c.contact_id = any(%(contacts)s)
  union
  select a.id::text from alerts a where a.conversation_id in {_THEIR_CONVERSATIONS})
"""

_JOBS: LiteralString = f"""
select to_jsonb(d) as row
from dead_letters d
where {_JOB_LETTERS}
order by d.created_at
"""

_FORGET_JOBS: LiteralString = f"""
with letters as (
  delete from dead_letters d
  where {_JOB_LETTERS}
  returning d.created_at, d.error
)
delete from alerts a
using letters l
where a.kind = 'job_failed' and a.conversation_id is null and a.created_at = l.created_at and a.body = l.error
"""

# Statements of their own, so that those after them see what others committed while these waited. A turn under way holds its
# conversation when it writes; once it is locked here, whatever the turn still has to write finds no conversation.
_LOCK_CONTACTS: LiteralString = "select id from contacts where id = any(%(contacts)s) order by id for update"
_LOCK_CONVERSATIONS: LiteralString = """
select id from conversations where contact_id = any(%(contacts)s) order by id for update
"""

_OWNERS: LiteralString = """
owners as (
  select c.id
  from conversations c
  join contacts k on k.id = c.contact_id
  where c.organization_id = %(organization_id)s and exists (
    select from aurora_owner_numbers n
    where n.organization_id = c.organization_id and n.phone_key = k.phone_key)
)
"""

# What Aurora is telling the owner at this moment may name the person: her turns are begun again.
_STOP_AURORA: LiteralString = f"""
with {_OWNERS}
update conversations c set lease_token = null, lease_until = null
from owners
where c.id = owners.id
"""

_CHECKPOINTS_EXIST: LiteralString = "select to_regclass('checkpoints.checkpoint_writes') is not null as there"

# The person's threads, and Aurora's: hers begins anew from the newest messages of her conversation.
_THREADS: LiteralString = f"""
with {_OWNERS}, threads as (
  select id::text from owners
  union
  select id::text from {_THEIR_CONVERSATIONS} t
)
"""
_FORGET_THREADS: tuple[LiteralString, ...] = (
    f"{_THREADS} delete from checkpoints.checkpoint_writes where thread_id in (select id from threads)",
    f"{_THREADS} delete from checkpoints.checkpoint_blobs where thread_id in (select id from threads)",
    f"{_THREADS} delete from checkpoints.checkpoints where thread_id in (select id from threads)",
)

# Turns in which Aurora told the owner of the person lose their words; tokens and costs stay.
_FORGET_MENTIONS: LiteralString = f"""
with {_OWNERS}, told as (
  select m.turn_id
  from messages m
  join owners o on o.id = m.conversation_id
  where m.content ~* %(mention)s and m.turn_id is not null
  union select a.turn_id from ai_interactions a join owners o on o.id = a.conversation_id
    where a.function_calls::text ~* %(mention)s or a.function_results::text ~* %(mention)s or a.error ~* %(mention)s
  union select f.turn_id from turn_effects f join owners o on o.id = f.conversation_id
    where f.args::text ~* %(mention)s or f.result::text ~* %(mention)s
  union select p.turn_id from aurora_proactive_messages p
    where p.organization_id = %(organization_id)s and p.turn_id is not null and p.content ~* %(mention)s
), messages as (
  update messages m set content = %(instead)s, raw = null from owners o
  where m.conversation_id = o.id and (
    m.turn_id in (select turn_id from told) or m.content ~* %(mention)s or m.raw::text ~* %(mention)s)
), interactions as (
  update ai_interactions a set function_calls = '[]', function_results = '[]', error = null
  from told
  where a.turn_id = told.turn_id
), effects as (
  update turn_effects f set args = '{{}}', result = '{{}}'
  from told
  where f.turn_id = told.turn_id
)
update aurora_proactive_messages p set content = %(instead)s
where p.organization_id = %(organization_id)s and (p.turn_id in (select turn_id from told) or p.content ~* %(mention)s)
"""

_REMEMBER_IDS: LiteralString = f"""
insert into erased_messages (organization_id, instance_id, digest)
select t.organization_id, t.instance_id, sha256(convert_to(t.external_id, 'UTF8'))
from messages t
where t.external_id is not null and {_OF_CONVERSATION}
on conflict do nothing
"""

_FORGET_BOOKINGS: LiteralString = """
update bookings
set pet_id = null, conversation_id = null, notes = null, pickup_zone = null,
  status = case when starts_at > now() and status in ('scheduled', 'confirmed') then 'cancelled' else status end
where contact_id = any(%(contacts)s)
"""

_FORGET_HISTORY: LiteralString = """
delete from booking_events e
using bookings b
where b.id = e.booking_id and b.contact_id = any(%(contacts)s)
"""

# What was sold stays as a figure; its name may be the shop's own words about the customer.
_FORGET_PACKAGES: LiteralString = """
update contact_packages set pet_id = null, name = '' where contact_id = any(%(contacts)s)
"""

_FORGET_OUTREACH: LiteralString = "delete from outreach where contact_id = any(%(contacts)s)"

# Files are deleted once this is committed; until then only their rows say that there are any.
_FORGET_MEDIA: LiteralString = f"""
update media t set message_id = null, inline = null, transcript = null, failure = null
from messages m
where m.id = t.message_id and m.conversation_id in {_THEIR_CONVERSATIONS}
returning t.id
"""

# Proposals, waiting-list entries, messages, cases, interactions, effects, dead letters and alerts go with their conversation.
_FORGET_CONVERSATIONS: LiteralString = "delete from conversations where contact_id = any(%(contacts)s)"
_FORGET_PETS: LiteralString = "delete from pets where contact_id = any(%(contacts)s)"

# An owner's number that was switched off is a person's as well; one in use is the shop's.
_FORGET_OWNER: LiteralString = """
delete from aurora_owner_numbers
where organization_id = %(organization_id)s and not is_active and phone_key = any(%(phones)s)
"""

# Whether they are somebody else's as well may have been asked in that one's conversation.
_FORGET_MERGES: LiteralString = """
with merges as (
  delete from contact_merges m
  where m.survivor_id = any(%(contacts)s) or m.absorbed_id = any(%(contacts)s)
  returning m.id
)
delete from alerts a
using merges m
where a.subject = 'identity:' || m.id
"""
_FORGET_IDENTITIES: LiteralString = "delete from contact_identities where contact_id = any(%(contacts)s)"

# What is left carries the bookings. Nobody is to write to it.
_EMPTY_CONTACTS: LiteralString = """
update contacts
set phone = null, phone_key = null, whatsapp_user_id = null, name = null,
  opted_out_at = coalesce(opted_out_at, now()), updated_at = now()
where id = any(%(contacts)s)
"""

_COUNT: LiteralString = f"""
select (select count(*) from conversations where contact_id = any(%(contacts)s))::int as conversations,
  (select count(*) from messages t where {_OF_CONVERSATION})::int as messages,
  (select count(*) from pets where contact_id = any(%(contacts)s))::int as pets,
  count(*) filter (where starts_at > now() and status in ('scheduled', 'confirmed'))::int as cancelled, count(*)::int as bookings
from bookings where contact_id = any(%(contacts)s)
"""

_AS_OPERATOR: LiteralString = "select set_config('role', 'none', true)"
_AS_BACKEND: LiteralString = "select set_config('role', 'patas_backend', true)"

ATTEMPTS = 5


async def find(db: Database, phone: str) -> list[Person]:
    """Find who has this phone, however it is written: one person per shop."""
    return typed(Person, (await db.system((_FIND, {"phone": phone})))[0])


async def export(db: Database, organization_id: UUID, contacts: list[UUID]) -> dict[str, list[Row]]:
    """Read out all rows about these contacts, by table."""
    params = {"contacts": contacts}
    *found, jobs = await db.run(organization_id, *((sql, params) for sql in TABLES.values()), (_AS_OPERATOR, {}), (_JOBS, params))
    tables = {table: [row["row"] for row in rows] for table, rows in zip(TABLES, found, strict=False)}
    tables["dead_letters"] += [row["row"] for row in jobs]
    return tables


async def erase(db: Database, person: Person, *, mention: str, instead: str) -> Erased:
    """Forget a person in one transaction, and return how much there was.

    In Aurora's words to the owner, `instead` stands where `mention`, a regular expression, matched.

    Raises Conflict where others kept the rows busy; then nothing is erased.
    """
    params = {
        "organization_id": person.organization_id, "contacts": person.contacts, "mention": mention, "instead": instead,
        "phones": person.phones, "user_ids": person.user_ids,
    }  # fmt: skip
    with_threads = (await db.system((_CHECKPOINTS_EXIST, {})))[0][0]["there"]
    steps: list[LiteralString] = [
        LOCK, _LOCK_CONTACTS, _LOCK_CONVERSATIONS, _STOP_AURORA, _COUNT,
        _AS_OPERATOR, _FORGET_JOBS, *(_FORGET_THREADS if with_threads else ()), _AS_BACKEND,
        _FORGET_MENTIONS, _REMEMBER_IDS, _FORGET_BOOKINGS, _FORGET_HISTORY, _FORGET_PACKAGES, _FORGET_OUTREACH, _FORGET_MEDIA,
        _FORGET_CONVERSATIONS, _FORGET_PETS, _FORGET_OWNER, _FORGET_MERGES, _EMPTY_CONTACTS,
        _FORGET_IDENTITIES,
    ]  # fmt: skip
    statements: list[Statement] = [(sql, params) for sql in steps]
    for _ in range(ATTEMPTS):
        try:
            results = await db.run(person.organization_id, *statements)
        except DeadlockDetected:
            continue
        files = [row["id"] for row in results[steps.index(_FORGET_MEDIA)]]
        return Erased.model_validate({**results[steps.index(_COUNT)][0], "files": files})
    raise Conflict("The conversation is too busy to be erased just now; nothing was erased, try again.")
