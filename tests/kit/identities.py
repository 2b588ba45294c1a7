"""Customers under several names: what a provider tells of them, what they have, and where it stands."""

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from service.messaging import intake
from service.messaging.channels import cloud_api, evolution
from service.messaging.channels.base import ChannelName
from service.platform.database import Database, Row
from tests.conftest import DEMO_SHOP
from tests.kit.fakes import evolution as evolution_wire
from tests.kit.fakes import meta as meta_wire
from tests.kit.phones import SECRET
from tests.kit.shop import Shop

PHONE = "5511955550001"
LID = "166270768711694@lid"
BSUID = "BR.13491208655302741918"
PARENT = "BR.ENT.11815799212886844830"

# Whatever points at a contact or a conversation, found in the database itself.
POINTERS = """
select c.conrelid::regclass::text as child, a.attname::text as pointer, c.confrelid::regclass::text as parent
from pg_constraint c
join pg_attribute a on a.attrelid = c.conrelid and a.attnum = any(c.conkey) and a.attname <> 'organization_id'
where c.contype = 'f' and c.confrelid in ('contacts'::regclass, 'conversations'::regclass)
  and c.conrelid not in ('contacts'::regclass, 'contact_merges'::regclass)
order by 1, 2
"""

# One of everything that a customer can have, beside messages.
HAS = """
with pet as (
  insert into pets (organization_id, contact_id, name) values (%(o)s, %(k)s, %(label)s) returning id
), bought as (
  insert into contact_packages (organization_id, contact_id, service_id, name, sessions, price_cents, starts_on, expires_on)
  select %(o)s, %(k)s, s.id, %(label)s, 4, 100, current_date, current_date + 90 from services s where s.organization_id = %(o)s limit 1
), waits as (
  insert into waiting_list (organization_id, conversation_id, contact_id, visit, first_day, last_day)
  values (%(o)s, %(c)s, %(k)s, jsonb_build_object('label', %(label)s::text), current_date + 1, current_date + 2)
), told as (
  insert into outreach (organization_id, contact_id, kind, subject_id, occasion, status)
  values (%(o)s, %(k)s, 'reminder', gen_random_uuid(), %(label)s, 'queued')
), effect as (
  insert into turn_effects (organization_id, conversation_id, turn_id, effect_key, tool_call_id, name, args, result)
  values (%(o)s, %(c)s, gen_random_uuid(), %(label)s, 'c', 'n', '{}', '{}')
), asked as (
  insert into proposals (organization_id, conversation_id, contact_id, kind, items, result, call, status, expires_at)
  values (%(o)s, %(c)s, %(k)s, 'book', '[]', '{}', '{}', 'declined', now())
), interaction as (
  insert into ai_interactions (organization_id, conversation_id, turn_id, ai_type, model, status)
  values (%(o)s, %(c)s, gen_random_uuid(), 'client', 'm', 'success')
), letter as (
  insert into dead_letters (organization_id, conversation_id, kind, error_type, error, attempts)
  values (%(o)s, %(c)s, 'turn', 'e', %(label)s, 1)
), alert as (
  insert into alerts (organization_id, conversation_id, kind, title) values (%(o)s, %(c)s, 'k', %(label)s)
), told_by_aurora as (
  insert into aurora_proactive_messages (organization_id, conversation_id, content) values (%(o)s, %(c)s, %(label)s)
), case_ as (
  insert into escalations (organization_id, conversation_id, case_key, reason, pause_until, closed_at, resumed_at)
  values (%(o)s, %(c)s, gen_random_uuid()::text, 'r', now(), now(), now())
)
insert into bookings (organization_id, contact_id, pet_id, conversation_id, service_id, resource_id, starts_at, ends_at,
  price_cents, status)
select %(o)s, %(k)s, pet.id, %(c)s, s.id, r.id, now() - interval '1 day', now() - interval '23 hours', 100, 'cancelled'
from pet, services s, resources r
where s.organization_id = %(o)s and r.organization_id = %(o)s
limit 1
returning id
"""


@dataclass
class Customers:
    """The demo shop's numbers on both providers, and whoever writes to them."""

    shop: Shop
    db: Database

    async def writes(self, channel: ChannelName, text: str = "oi", *, at: float | None = None, id: str | None = None, **names: str) -> str:
        """Let somebody write under these names: `phone`, `lid`, `bsuid`, `parent`, `username`. Returns the message's id."""
        id = id or f"in.{uuid4().hex}"
        return await self.post(
            channel, by_evolution(text, id, at, **names) if channel == "evolution" else by_meta(text, id, at, **names), id
        )

    async def post(self, channel: ChannelName, body: Any, id: str = "") -> str:
        body = json.loads(json.dumps(body))
        deliveries = evolution.parse(body, secret=SECRET) if channel == "evolution" else cloud_api.parse(body)
        await intake.receive(self.db, deliveries, settings=self.shop.resources.settings, correlation_id="test")
        return id

    async def of(self, external_id: str) -> Row:
        """Return contact and conversation of a message."""
        (row,) = await self.shop.rows(
            "select c.contact_id, c.id as conversation_id, c.address, k.phone_key, k.whatsapp_user_id, k.opted_out_at, k.name"
            " from messages m join conversations c on c.id = m.conversation_id join contacts k on k.id = c.contact_id"
            " where m.external_id = %(id)s",
            id=external_id,
        )
        return row

    async def furnish(self, external_id: str, label: str) -> None:
        """Give the writer of a message one of everything."""
        who = await self.of(external_id)
        await self.shop.rows(HAS, o=DEMO_SHOP, k=who["contact_id"], c=who["conversation_id"], label=label)

    async def standing(self) -> dict[str, dict[str, UUID]]:
        """Return for every pointer to a contact or a conversation which row points where."""
        found: dict[str, dict[str, UUID]] = {}
        for key in await self.shop.rows(POINTERS):
            sql = f"select id::text, {key['pointer']} as at from {key['child']} where {key['pointer']} is not null"
            found[f"{key['child']}.{key['pointer']}"] = {row["id"]: row["at"] for row in await self.shop.rows(sql)}
        return found

    async def merges(self, status: str = "merged") -> list[Row]:
        return await self.shop.rows("select * from contact_merges where status = %(s)s order by created_at", s=status)


def by_evolution(text: str, id: str, at: float | None, *, phone: str = "", lid: str = "", **more: str) -> Any:
    jid = f"{phone}@s.whatsapp.net" if phone else ""
    alt = {"remoteJidAlt": jid} if lid and phone else {}
    data = evolution_wire.upsert(lid or jid, text, id=id, name=more.get("name", "Ana"), timestamp=at, **alt)
    return evolution_wire.webhook_body(data)


def by_meta(
    text: str, id: str, at: float | None, *, phone: str = "", bsuid: str = "", parent: str = "", username: str = "", name: str = "Ana"
) -> Any:
    sender = {"from": phone, "from_user_id": bsuid, "from_parent_user_id": parent}
    message = meta_wire.text_message(phone, text, id=id, timestamp=at) | sender
    body = meta_wire.webhook_body(messages=[{key: value for key, value in message.items() if value}])
    contact = {"wa_id": phone, "user_id": bsuid, "parent_user_id": parent, "profile": {"name": name, "username": username}}
    body["entry"][0]["changes"][0]["value"]["contacts"] = [{key: value for key, value in contact.items() if value}]
    return body
