"""Every tool that writes does it once a turn, not at all in a turn that was overtaken, keeps what it did, and says what may be claimed."""

import json
from datetime import time, timedelta
from typing import Any
from uuid import UUID

import pytest

from service.platform import clock
from service.turns.telling import Voice
from tests.kit.fakes.meta import FakeMeta
from tests.kit.fakes.openai import FakeOpenAI, call, calls
from tests.kit.meanwhile import sql, thinking
from tests.kit.shop import Shop
from tools.definition import Tool
from tools.escalation import ESCALATE
from tools.registry import CLIENT

ZONE = "America/Sao_Paulo"
# Two Mondays on which nothing of the demo shop's is booked.
MONDAY = (today := clock.local(clock.now(), ZONE).date()) + timedelta(days=14 - today.weekday())
NEXT = MONDAY + timedelta(days=7)
# Arguments of a call that succeeds at a customer whose dog Rex is booked for a bath on MONDAY at 10h, and who waits for one on NEXT; no vet
# is there on MONDAY.
EXAMPLES: dict[str, dict[str, Any]] = {
    "register_pet": {"name": "Mia", "species": "cat"},
    "update_pet": {"pet_name": "Rex", "size": "large", "notes": "tem medo de secador"},
    "update_my_data": {"name": "Ana Maria"},
    "book_appointment": {"pet_name": "Rex", "service_type": "Banho", "preferred_date": NEXT.isoformat(), "preferred_time": "10:00"},
    "reschedule_appointment": {"pet_name": "Rex", "new_date": NEXT.isoformat(), "new_time": "10:00"},
    "cancel_appointment": {"pet_name": "Rex"},
    "join_waiting_list": {"pet_name": "Rex", "service_type": "Consulta", "preferred_date": MONDAY.isoformat()},
    "leave_waiting_list": {},
    "escalate_to_human": {"reason": "O cliente pediu para falar com uma pessoa."},
}
# What the customer says, in which all of it is: nothing is done that nobody said.
SAID = (
    f"Cadastra minha gata Mia? O Rex é grande e tem medo de secador. Sou a Ana Maria. Banho do Rex dia {NEXT:%d/%m} às 10h, e consulta dia "
    f"{MONDAY:%d/%m}?"
)
ASKED = {
    "reschedule_appointment": "Preciso remarcar!", "cancel_appointment": "Quero cancelar o banho do Rex!",
    "join_waiting_list": "Me põe na lista de espera da consulta!", "leave_waiting_list": "Me tira da lista de espera do banho!",
}  # fmt: skip
WRITING = [tool for tool in CLIENT if tool.writes]
HAS = """
with who as (select organization_id, contact_id, id as conversation_id from conversations where id = %(c)s),
pet as (
  insert into pets (organization_id, contact_id, name, notes) select organization_id, contact_id, 'Rex', 'dócil' from who returning id
),
bath as (
  select s.id, (select resource_id from service_resources r where r.service_id = s.id order by resource_id limit 1) as resource_id
  from services s, who where s.organization_id = who.organization_id and s.name = 'Banho'
),
booking as (
  insert into bookings (organization_id, contact_id, pet_id, service_id, resource_id, starts_at, ends_at, price_cents)
  select who.organization_id, who.contact_id, pet.id, bath.id, bath.resource_id, %(at)s, %(at)s + interval '1 hour', 7000
  from who, pet, bath
),
absence as (
  insert into resource_absences (organization_id, resource_id, starts_at, ends_at)
  select who.organization_id, r.resource_id, %(at)s - interval '1 day', %(at)s + interval '1 day'
  from who, service_resources r join services s on s.id = r.service_id
  where s.organization_id = who.organization_id and s.name = 'Consulta'
)
insert into waiting_list (organization_id, conversation_id, contact_id, visit, first_day, last_day, from_time, until_time)
select who.organization_id, who.conversation_id, who.contact_id,
  jsonb_build_object('wants', jsonb_build_array(jsonb_build_object('pet_id', pet.id, 'service_id', bath.id)), 'nights', 0),
  %(next)s, %(next)s, '00:00', '23:59'
from who, pet, bath returning 1
"""
# What a tool's deed leaves, by which it is known that it was done once.
TRACES = {
    "turn_effects": "select result from turn_effects where conversation_id = %(c)s",
    "proposals": "select result from proposals where conversation_id = %(c)s and status = 'open'",
    "escalations": "select 1 as result from escalations where conversation_id = %(c)s and closed_at is null",
}
# What is written in every turn, and about the turn itself.
THE_TURNS_OWN = ("conversations", "messages", "ai_interactions", "alerts")


def example(tool: Tool) -> Any:
    """Return a call of a tool that succeeds."""
    assert tool.name in EXAMPLES, f"{tool.name} writes: give arguments with which it succeeds, in EXAMPLES of {__name__}"
    return call(tool.name, **EXAMPLES[tool.name])


def trace_of(tool: Tool) -> str:
    """Return where a tool's deed is kept: proposed, a case for a person, else in the journal."""
    return "proposals" if tool.proposes else "escalations" if tool.name == ESCALATE else "turn_effects"


async def customer(shop: Shop, tool: Tool) -> UUID:
    conversation = await shop.receive(f"{SAID} {ASKED.get(tool.name, '')}")
    await shop.rows("update organization_settings set closes_on_holidays = false returning 1")
    await shop.rows(HAS, c=conversation, at=clock.at(MONDAY, time(10), ZONE), next=NEXT)
    return conversation


async def everything(shop: Shop) -> dict[str, str]:
    """Return a digest of every table that tools may write to."""
    tables = "select tablename from pg_tables where schemaname = 'public' and tablename <> all(%(own)s)"
    names = [str(row["tablename"]) for row in await shop.rows(tables, own=[*THE_TURNS_OWN])]
    each = [f"select '{name}' as name, md5(string_agg(t::text, '' order by t::text)) as digest from public.{name} t" for name in names]
    return {row["name"]: row["digest"] for row in await shop.rows(" union all ".join(each))}


@pytest.mark.parametrize("tool", WRITING, ids=lambda tool: str(tool.name))
async def test_the_same_call_twice_in_a_turn_is_carried_out_once(shop: Shop, openai: FakeOpenAI, meta: FakeMeta, tool: Tool) -> None:
    asked = example(tool)
    conversation = await customer(shop, tool)
    openai.script([calls(asked, asked), call("list_services"), asked, "Certo, e agora?"])
    assert await shop.work(conversation) == 1, f"{tool.name}: the turn failed"
    kept = await shop.rows(TRACES[trace_of(tool)], c=conversation)
    told = await shop.results(tool.name)
    assert len(kept) == 1, f"{tool.name} must leave one row in {trace_of(tool)} (its statement ends with JOURNAL): {told}"
    if trace_of(tool) == "turn_effects":
        assert told == [kept[0]["result"]] * 3, f"{tool.name} must answer what it journals"
        assert told[0]["success"] is True, f"{tool.name} must say success: Literal[True] where it has written"
    result = tool.read(json.dumps(kept[0]["result"]))
    if tool.name != ESCALATE:
        assert result, f"{tool.name} must journal one of its results, as_json()"
        assert any(fact.must for fact in tool.tell(result, Voice())), f"{tool.name} must tell the customer what it did"


@pytest.mark.parametrize("tool", WRITING, ids=lambda tool: str(tool.name))
@pytest.mark.parametrize(
    "overtaking",
    [
        "update conversations set lease_token = gen_random_uuid(), lease_until = now() + interval '1 minute' where id = %s",
        "update conversations set status = 'escalated' where id = %s",
    ],
    ids=["the lease is lost", "a person took over"],
)
async def test_nothing_is_written_after_somebody_took_over(
    shop: Shop, openai: FakeOpenAI, meta: FakeMeta, tool: Tool, overtaking: str
) -> None:
    asked = example(tool)
    conversation = await customer(shop, tool)
    before = await everything(shop)
    openai.respond(thinking((lambda: sql(shop, overtaking, conversation), asked)))
    assert await shop.work(conversation) == 0
    assert await everything(shop) == before, f"{tool.name} must write nothing where its FENCE is closed"
    assert meta.sends == []
