"""What looks like a yes to the proposal and is one to something else, and what changed between the question and the yes."""

from datetime import time, timedelta

import pytest

from service.platform import clock
from tests.kit.fakes.meta import FakeMeta
from tests.kit.fakes.openai import FakeOpenAI
from tests.kit.proposing import ASK, ZONE, book, bookings, monday, proposed, with_pets
from tests.kit.shop import Shop


@pytest.mark.parametrize(
    "reply",
    [
        "Para o banho do Rex segunda, {day}, às 10h, R$ 70,00: ele tem alguma alergia?",
        "Banho do Rex, segunda, {day}, R$ 70,00: tenho às 10h e às 11h. Posso confirmar?",
        "Banho do Rex segunda, {day}, às 10h, R$ 70,00.",
    ],
)
async def test_what_the_model_asks_beside_it_is_not_sent(shop: Shop, openai: FakeOpenAI, meta: FakeMeta, reply: str) -> None:
    conversation = await with_pets(shop, openai, "Rex")
    openai.script([book("11:00"), book(), reply.format(day=f"{monday():%d/%m}")])
    await shop.say(f"tem banho pro Rex dia {monday():%d/%m} às 10h ou às 11h?")
    # The proposal's own question comes last, so that the yes is to it.
    assert meta.sends[-1].text.endswith(f", às 10h, R$ 70,00. {ASK}")
    openai.script([reply.format(day=f"{monday():%d/%m}")])
    await shop.say("como é o banho?")
    assert meta.sends[-1].text.endswith(f", às 10h, R$ 70,00. {ASK}"), "it is asked again in the same words"
    openai.script(["Agendado!"])
    await shop.say("sim")
    assert len(await bookings(shop, conversation)) == 1


async def test_a_yes_that_quotes_another_message_is_not_to_the_question(shop: Shop, openai: FakeOpenAI) -> None:
    conversation = await proposed(shop, openai)
    first, *_, question = [m["external_id"] for m in await shop.messages(conversation) if m["direction"] == "outgoing"]
    openai.script(["Pode repetir?"])
    await shop.say("sim", quoted_external_id=first)
    assert await bookings(shop, conversation) == []
    openai.script([book(), "Confere?"])
    await shop.say("pode repetir a pergunta?")
    question = (await shop.messages(conversation))[-1]["external_id"]
    openai.script(["Agendado!"])
    await shop.say("sim", quoted_external_id=question)
    assert len(await bookings(shop, conversation)) == 1


async def test_a_question_that_waits_to_be_sent_is_not_agreed_to(shop: Shop, openai: FakeOpenAI) -> None:
    conversation = await proposed(shop, openai)
    await shop.rows(
        "with q as (update messages set status = 'queued', next_attempt_at = now() + interval '1 hour' where content like '%%Fica assim%%'"
        " returning 1) select 1 from q"
    )
    openai.script(["Pode repetir?"])
    await shop.say("sim")
    assert await bookings(shop, conversation) == []


CHANGES = {
    "closed": "insert into closures (organization_id, starts_on, ends_on) select id, %(day)s, %(day)s from organizations returning 1",
    "special": "insert into special_hours (organization_id, day) select id, %(day)s from organizations returning 1",
    "away": "insert into resource_absences (organization_id, resource_id, starts_at, ends_at)"
    " select organization_id, id, %(start)s, %(start)s + interval '30 minutes' from resources returning 1",
    "gone": "update resources set is_active = false returning 1",
    "unsold": "update services set is_active = false returning 1",
}


@pytest.mark.parametrize("change", CHANGES)
async def test_what_the_shop_can_no_longer_do_is_not_booked(shop: Shop, openai: FakeOpenAI, change: str) -> None:
    conversation = await proposed(shop, openai)
    start = clock.at(monday(), time(10), ZONE)
    await shop.rows(f"with c as ({CHANGES[change]}) select 1 from c", day=monday(), start=start)
    openai.script(["Não deu, quer ver outro?"])
    await shop.say("sim")
    assert await bookings(shop, conversation) == []
    assert (await shop.results())[-1]["success"] is False


async def test_a_package_that_is_gone_is_said_not_a_failure(shop: Shop, openai: FakeOpenAI) -> None:
    conversation = await with_pets(shop, openai, "Rex")
    await shop.rows(
        "with k as (insert into contact_packages"
        " (organization_id, contact_id, service_id, name, sessions, price_cents, starts_on, expires_on)"
        " select c.organization_id, c.contact_id, s.id, '4 banhos', 4, 20000, %(since)s, %(until)s from conversations c, services s"
        " where c.id = %(c)s and s.name = 'Banho' returning 1) select 1 from k",
        c=conversation, since=monday() - timedelta(days=60), until=monday() + timedelta(days=60),
    )  # fmt: skip
    openai.script([book(), "Achei um horário."])
    await shop.say(f"tem banho pro Rex dia {monday():%d/%m} às 10h?")
    await shop.rows("with k as (delete from contact_packages returning 1) select 1 from k")
    openai.script(["Não deu, quer ver outro?"])
    await shop.say("sim")
    (row,) = await shop.rows("select turn_failures from conversations where id = %(c)s", c=conversation)
    assert (await bookings(shop, conversation), row["turn_failures"]) == ([], 0)
    assert (await shop.results())[-1]["success"] is False


async def test_a_yes_that_was_written_before_the_question_and_came_in_late_is_none(shop: Shop, openai: FakeOpenAI) -> None:
    conversation = await proposed(shop, openai)
    openai.script(["Pode repetir?"])
    late = await shop.receive("sim")
    await shop.rows(
        "with m as (update messages set provider_at = now() - interval '2 minutes' where conversation_id = %(c)s and content = 'sim'"
        " returning 1) select 1 from m",
        c=late,
    )
    await shop.work(late)
    assert await bookings(shop, conversation) == []
