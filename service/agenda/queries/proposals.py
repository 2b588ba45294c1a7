"""Write proposals and their commitment: what the customer is asked, the places held for it, and the one transaction that makes it true.

Every function here is one round trip and all or nothing. The exclusion constraint on `allocations` has the last word; whoever loses gets
`Taken`. Resources are locked in one order before anything is written, so that two visits of several bookings can't wait for each other.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import LiteralString
from uuid import UUID

import psycopg
from psycopg.errors import DeadlockDetected, ExclusionViolation, ForeignKeyViolation
from psycopg.types.json import Jsonb

from service.agenda import refusals
from service.agenda.proposals import ProposalKind
from service.agenda.visits import Item
from service.platform.database import Database, Row, Statement
from service.platform.errors import Conflict, Overtaken
from service.platform.journal import ACTOR, FENCE, JOURNAL, JOURNAL_COLUMNS, Effect, journal_params
from service.platform.sqlstates import GONE, NOT_COVERED, QUESTION_OPEN, TURN_OVERTAKEN

ATTEMPTS = 5


class Taken(Conflict):
    """Somebody else was quicker: the time is gone, or the booking is no longer what it was."""


class Elsewhere(Taken):
    """The pet has got another booking at that time, which this one does not go together with."""


class QuestionOpen(Conflict):
    """The same turn has asked about something else already, which is not to be dropped unseen."""


_FENCED: LiteralString = f"""
with {FENCE}
select patas.require(exists (select from fence), '{TURN_OVERTAKEN}', 'the turn was overtaken')
"""

LOCK: LiteralString = "select id from resources where id = any(%(resources)s) order by id for no key update"

# A waiting list's offer that gives way to something else goes back to waiting.
_REPLACE: LiteralString = """
with replaced as (
  update proposals set status = 'replaced', settled_at = now(), settled_by = %(effect_turn)s
  where conversation_id = %(effect_conversation)s and status = 'open'
  returning id, waiting_list_id
), waiting as (
  update waiting_list w set status = 'waiting'
  from replaced r
  where w.id = r.waiting_list_id and w.status = 'offered'
)
delete from allocations a
using replaced r
where a.proposal_id = r.id
"""

# A turn may put its question in other words, for the same pet and service, or the same booking; a second one would hide the first.
_ALONE: LiteralString = f"""
select patas.require(not exists (
  select from proposals p
  where p.conversation_id = %(effect_conversation)s and p.turn_id = %(effect_turn)s and p.status = 'open'
    and not exists (
      select from jsonb_to_recordset(p.items) as o(id uuid, pet_id uuid, service_id uuid),
        jsonb_to_recordset(%(items)s) as n(id uuid, pet_id uuid, service_id uuid)
      where o.id = n.id or (o.pet_id, o.service_id) = (n.pet_id, n.service_id))),
  '{QUESTION_OPEN}', 'the turn asks about something else already')
"""

_PROPOSE: LiteralString = """
insert into proposals (id, organization_id, conversation_id, contact_id, kind, items, result, call, turn_id,
  asked_after, expires_at)
select %(proposal_id)s, c.organization_id, c.id, c.contact_id, %(kind)s, %(items)s, %(result)s, %(call)s, %(effect_turn)s,
  coalesce((select max(m.seq) from messages m where m.conversation_id = c.id), 0), %(expires_at)s
from conversations c
where c.id = %(effect_conversation)s and c.contact_id = %(contact_id)s
"""

# A proposal's items, and anybody's, as rows.
RECORD: LiteralString = """
i(id uuid, pet_id uuid, service_id uuid, resource_id uuid, also uuid[], starts_at timestamptz, ends_at timestamptz,
  busy_from timestamptz, busy_until timestamptz, price_cents integer, package_id uuid, pickup_zone text,
  pickup_fee_cents integer, was timestamptz)
"""
_ITEMS: LiteralString = f"jsonb_to_recordset(p.items) as {RECORD}"

HOLD: LiteralString = f"""
select patas.allocate(p.organization_id, i.id, p.id, array[i.resource_id] || i.also, i.busy_from, i.busy_until, p.expires_at)
from proposals p, {_ITEMS}
where p.id = %(proposal_id)s
order by i.id
"""

_SETTLE: LiteralString = f"""
with settled as (
  update proposals set status = %(status)s, settled_at = now(), settled_by = %(effect_turn)s
  where id = %(proposal_id)s and conversation_id = %(effect_conversation)s and contact_id = %(contact_id)s and status = 'open'
    and expires_at > now()
  returning id, waiting_list_id
), waiting as (
  update waiting_list w set status = %(waiting_status)s
  from settled s
  where w.id = s.waiting_list_id
)
select patas.require(exists (select from settled), '{GONE}', 'the proposal is settled already, or ran out')
"""

# What the shop has shut since it was proposed: the day it begins, or one of those who would do it (items `i` of the proposal `p`).
_OPEN: LiteralString = """
not exists (select from organizations o where o.id = p.organization_id and (
    exists (
      select from closures x
      where x.organization_id = o.id and (i.starts_at at time zone o.zone)::date between x.starts_on and x.ends_on)
    or exists (
      select from special_hours x
      where x.organization_id = o.id and x.day = (i.starts_at at time zone o.zone)::date and x.opens_at is null)))
  and not exists (
    select from resource_absences x
    where x.resource_id = any(array[i.resource_id] || i.also) and x.starts_at < i.busy_until and x.ends_at > i.busy_from)
  and not exists (
    select from resources r
    where r.id = any(array[i.resource_id] || i.also) and not r.is_active)
"""

# The same pet, service and start again is the same booking, not a second one.
_BOOK: LiteralString = f"""
with p as (select * from proposals where id = %(proposal_id)s), booked as (
  insert into bookings (id, organization_id, contact_id, pet_id, service_id, resource_id, also_resource_ids, conversation_id,
    starts_at, ends_at, price_cents, plan_id, package_id, pickup_zone, pickup_fee_cents)
  select i.id, p.organization_id, p.contact_id, t.id, v.id, i.resource_id, i.also, p.conversation_id, i.starts_at, i.ends_at,
    i.price_cents, p.id, i.package_id, i.pickup_zone, coalesce(i.pickup_fee_cents, 0)
  from p, {_ITEMS}
  join pets t on t.id = i.pet_id
  join services v on v.id = i.service_id
  where t.contact_id = p.contact_id and t.died_on is null and v.is_active and i.starts_at > now()
    and {_OPEN}
    and not exists (
      select from bookings b
      where b.pet_id = t.id and b.service_id = v.id and b.starts_at = i.starts_at and b.status in ('scheduled', 'confirmed'))
  returning id
)
select patas.require(
  (select count(*) from booked) = (select jsonb_array_length(items) from p), '{GONE}', 'a booking can no longer be made')
"""

_MOVE: LiteralString = f"""
with p as (select * from proposals where id = %(proposal_id)s), moved as (
  update bookings b
  set starts_at = i.starts_at, ends_at = i.ends_at, resource_id = i.resource_id, also_resource_ids = i.also, status = 'scheduled'
  from p, {_ITEMS}
  where b.id = i.id and b.contact_id = p.contact_id and b.starts_at = i.was and b.status in ('scheduled', 'confirmed')
    and i.starts_at > now()
    and {_OPEN}
  returning b.id
)
select patas.require(
  (select count(*) from moved) = (select jsonb_array_length(items) from p), '{GONE}', 'a booking can no longer be moved')
"""

_CHANGE: LiteralString = f"""
with p as (select * from proposals where id = %(proposal_id)s), changed as (
  update bookings b set status = %(booking_status)s
  from p, {_ITEMS}
  where b.id = i.id and b.contact_id = p.contact_id and b.starts_at = i.starts_at and b.status in ('scheduled', 'confirmed')
  returning b.id
)
select patas.require(
  (select count(*) from changed) = (select jsonb_array_length(items) from p), '{GONE}', 'a booking is no longer what it was')
"""

_JOURNALED: LiteralString = f"""
{JOURNAL}
select {JOURNAL_COLUMNS}, %(result)s
"""

_FREE_HOLDS: LiteralString = "delete from allocations where proposal_id = %(proposal_id)s"

DEEDS: dict[ProposalKind, LiteralString] = {"book": _BOOK, "reschedule": _MOVE, "cancel": _CHANGE, "confirm": _CHANGE}
BOOKING_STATUS: dict[ProposalKind, str] = {"cancel": "cancelled", "confirm": "confirmed"}


async def propose(
    db: Database, organization_id: UUID, effect: Effect, *, proposal_id: UUID, kind: ProposalKind, contact_id: UUID, items: Sequence[Item],
    result: Mapping[str, object], expires_at: datetime,
) -> None:  # fmt: skip
    """Ask the customer of `effect`'s conversation, instead of what was asked before, and hold what it needs until `expires_at` (aware).

    `result` is what the model is told once it is agreed to. Nothing is journaled: a retried turn asks anew. Raises Taken, Overtaken, and
    QuestionOpen where the turn has asked about other bookings.
    """
    params = _params(effect, kind, contact_id, items, proposal_id) | _asked(effect, items, result, expires_at)
    await run(db, organization_id, [(_FENCED, params), (_ALONE, params), *_proposing(kind, params)])


async def book_at_once(
    db: Database, organization_id: UUID, effect: Effect, *, proposal_id: UUID, kind: ProposalKind, contact_id: UUID, items: Sequence[Item],
    result: Mapping[str, object], expires_at: datetime,
) -> None:  # fmt: skip
    """Commit what the customer named entirely by himself. The proposal is kept as agreed to, so that what was consented to can be read.

    Raises Taken, and Overtaken.
    """
    params = _params(effect, kind, contact_id, items, proposal_id) | _asked(effect, items, result, expires_at)
    await run(db, organization_id, [(_FENCED, params), *_proposing(kind, params), *_committing(kind, params)])


async def accept(
    db: Database, organization_id: UUID, effect: Effect, *, proposal_id: UUID, kind: ProposalKind, contact_id: UUID, items: Sequence[Item],
    result: Mapping[str, object],
) -> None:  # fmt: skip
    """Make an open proposal true, once, and journal `result`. Raises Taken where it can't be any more (then nothing is changed), and Overtaken."""
    params = _params(effect, kind, contact_id, items, proposal_id) | {"result": Jsonb(result)}
    await run(db, organization_id, [(_FENCED, params), *_committing(kind, params)])


async def decline(db: Database, organization_id: UUID, effect: Effect, *, proposal_id: UUID, contact_id: UUID) -> None:
    """Close an open proposal that the customer does not want, and free what it held. Raises Taken where it is closed, and Overtaken."""
    params = _params(effect, "book", contact_id, (), proposal_id) | {"status": "declined", "waiting_status": "declined"}
    await run(db, organization_id, [(_FENCED, params), (_SETTLE, params), (_FREE_HOLDS, params)])


def _params(effect: Effect, kind: ProposalKind, contact_id: UUID, items: Sequence[Item], proposal_id: UUID) -> dict[str, object]:
    return {
        **journal_params(effect), "proposal_id": proposal_id, "kind": kind, "contact_id": contact_id, "actor": "client_agent",
        "resources": list({r for item in items for r in (item.resource_id, *item.also)}), "booking_status": BOOKING_STATUS.get(kind),
        "status": "accepted", "waiting_status": "booked",
    }  # fmt: skip


def _asked(effect: Effect, items: Sequence[Item], result: Mapping[str, object], expires_at: datetime) -> dict[str, object]:
    """Put together what a proposal's row holds beside the ids."""
    return {
        "items": Jsonb([item.model_dump(mode="json") for item in items]), "result": Jsonb(result),
        "call": Jsonb({"name": effect.name, "args": dict(effect.args)}), "expires_at": expires_at,
    }  # fmt: skip


def _proposing(kind: ProposalKind, params: Mapping[str, object]) -> list[Statement]:
    holds: list[Statement] = [(LOCK, params)] if kind in ("book", "reschedule") else []
    held: list[Statement] = [(HOLD, params)] if holds else []
    return [*holds, (_REPLACE, params), (_PROPOSE, params), *held]


def _committing(kind: ProposalKind, params: Mapping[str, object]) -> list[Statement]:
    # A hold becomes the booking's own: the trigger on bookings puts the one in the other's place. The rest of it goes.
    return [
        (ACTOR, params), (LOCK, params), (_SETTLE, params), (DEEDS[kind], params), (_FREE_HOLDS, params), (_JOURNALED, params),
    ]  # fmt: skip


async def run(
    db: Database, organization_id: UUID, statements: Sequence[Statement], *, gone: str = "Isso não vale mais."
) -> list[list[Row]]:
    """Run all of the statements or none; again where two who waited for each other were parted. Raises Taken (Elsewhere), and Overtaken.

    `gone` is the sentence for what is no longer as it was seen.
    """
    for _ in range(ATTEMPTS):
        try:
            return await db.run(organization_id, *statements)
        except DeadlockDetected:
            continue
        except ExclusionViolation as error:
            if error.diag.constraint_name == refusals.ONE_PLACE:
                raise Elsewhere("O pet já tem outro agendamento nesse horário, e não pode estar em dois lugares ao mesmo tempo.") from error
            raise Taken("O horário acabou de ser ocupado por outro agendamento.") from error
        except ForeignKeyViolation as error:
            raise Taken("O pet, o serviço ou o profissional não existe mais.") from error
        except psycopg.Error as error:
            if error.sqlstate == TURN_OVERTAKEN:
                raise Overtaken("The turn was overtaken before it did anything.") from error
            if error.sqlstate == QUESTION_OPEN:
                raise QuestionOpen("Já há uma pergunta sua esperando a resposta do cliente.") from error
            if error.sqlstate == NOT_COVERED:
                why = refusals.package_refusal(error.diag.constraint_name)
                raise Taken(f"{why[0].upper()}{why[1:]}.") from error
            if error.sqlstate == GONE:
                raise Taken(gone) from error
            raise
    raise Taken("Muitas pessoas querem o mesmo horário agora; tente de novo.")
