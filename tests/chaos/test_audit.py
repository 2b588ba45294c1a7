"""The audit of `make chaos` sees what it is there to see: each damage, done to a conversation that is clean, is found."""

import asyncio
from typing import LiteralString

import pytest

from tests.chaos.audit import Findings, audit
from tests.chaos.people import Customer, Model, mark
from tests.kit.fakes.meta import FakeMeta
from tests.kit.fakes.openai import FakeOpenAI
from tests.kit.shop import Shop

DAMAGES: list[tuple[str, LiteralString]] = [
    ("consent", "update bookings set plan_id = null where conversation_id is not null returning 1"),
    ("consent", "update proposals set status = 'open' returning 1"),
    ("consent", "update messages set content = replace(content, 'sim', 'talvez') returning 1"),
    (
        "consent",
        "insert into turn_effects (organization_id, conversation_id, turn_id, effect_key, tool_call_id, name, args, result) "
        "select organization_id, conversation_id, turn_id, 'again', 'again', name, args, result from turn_effects "
        "where name = 'book_appointment' returning 1",
    ),
    (
        "places",
        "insert into allocations (organization_id, resource_id, booking_id, proposal_id, starts_at, ends_at, expires_at) "
        "select p.organization_id, r.id, gen_random_uuid(), p.id, now(), now() + interval '1 minute', p.expires_at "
        "from proposals p, resources r where r.organization_id = p.organization_id limit 1 returning 1",
    ),
    (
        "places",
        "update allocations a set ends_at = a.ends_at + interval '5 minutes' from bookings b "
        "where b.id = a.booking_id and b.conversation_id is not null returning 1",
    ),
    (
        "places",
        "delete from allocations a using bookings b where b.id = a.booking_id and b.conversation_id is not null returning 1",
    ),
]


@pytest.mark.parametrize(("invariant", "damage"), DAMAGES)
async def test_a_damage_is_found(shop: Shop, openai: FakeOpenAI, meta: FakeMeta, invariant: str, damage: LiteralString) -> None:
    customer, model = Customer(5, ()), Model(1)
    openai.respond(model.answer)
    for turn, line in enumerate(("cadastra", "vaga", "sim")):
        words = f"{mark(customer.number, turn)} {customer.words_for(line, 10)}"
        customer.said[mark(customer.number, turn)] = words
        await shop.say(words, phone=customer.phone)

    clean = await _audited(shop, meta, customer)
    assert clean.clean, clean.violations
    assert len(await shop.rows("select 1 from bookings where conversation_id is not null")) == 1
    assert await shop.rows(damage)
    assert (await _audited(shop, meta, customer)).violations[invariant]


async def test_as_many_replies_are_without_a_mark_as_the_model_came_to_no_end(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    customer = Customer(5, ())
    openai.respond(Model(1).answer)
    words = f"{mark(customer.number, 0)} oi"
    customer.said[mark(customer.number, 0)] = words
    await shop.say(words, phone=customer.phone)
    assert await shop.rows("update messages set content = 'Oi!' where direction = 'outgoing' returning 1")
    assert (await _audited(shop, meta, customer)).violations["lost"]
    assert (await _audited(shop, meta, customer, endless=1)).clean


async def _audited(shop: Shop, meta: FakeMeta, customer: Customer, endless: int = 0) -> Findings:
    return await asyncio.to_thread(audit, shop.resources.settings.database_url or "", [customer], list(meta.sends), [], endless)
