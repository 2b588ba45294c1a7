"""Consent to the exact proposal: what is committed is what the customer himself said yes to, once, while it stands."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

import pytest

from service.language.formatting import format_day
from service.messaging.inbox import send_as_person
from service.outreach import waiting_list
from service.platform import clock
from service.turns.queries import sweep
from tests.kit.fakes.meta import FakeMeta
from tests.kit.fakes.openai import FakeOpenAI, Fault, call, calls, dialogue
from tests.kit.proposing import ASK, ZONE, book, booked, bookings, fill, holds, monday, proposed, reminded, statuses, with_pets
from tests.kit.shop import Shop


async def test_a_yes_to_what_was_read_books_it(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    conversation = await proposed(shop, openai)
    # The model stated nothing of it: the question is added.
    assert meta.sends[-1].text.startswith("Fica assim: Banho de Rex, segunda-feira, ")
    assert meta.sends[-1].text.endswith(f", às 10h, R$ 70,00. {ASK}")
    openai.script(["Agendado! 🐾"])
    await shop.say("sim, pode confirmar!")
    assert await bookings(shop, conversation) == [("Rex", f"{monday():%d/%m} 10:00")]
    assert (await holds(shop), await statuses(shop)) == (0, ["accepted"])
    told = dialogue(openai.requests[-1].json)[-1]
    assert (told["role"], (await shop.results())[-1]["success"]) == ("tool", True)
    assert told["content"].endswith("1 hora, das 10h às 11h.")
    events = "select e.actor from booking_events e join bookings b on b.id = e.booking_id where b.plan_id is not null"
    assert [row["actor"] for row in await shop.rows(events)] == ["client_agent"]
    openai.script(["Já está marcado."])
    await shop.say("sim")
    assert len(await bookings(shop, conversation)) == 1


async def test_a_model_that_fills_in_every_argument_proposes_the_same(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    await with_pets(shop, openai, "Rex")
    filled: dict[str, Any] = {
        "pet_name": ["Rex"], "service_type": "banho", "preferred_date": monday().isoformat(), "preferred_time": 10, "nights": "2 noites",
        "professional": "", "pickup_zone": "null", "repeat_weeks": None,
    }  # fmt: skip
    openai.script([call("book_appointment", **filled), "Achei um horário para você."])
    await shop.say(f"tem banho pro Rex dia {monday():%d/%m} às 10h?")
    assert meta.sends[-1].text.endswith(f", às 10h, R$ 70,00. {ASK}")
    (item,) = (await shop.results())[-1]["proposal"]["items"]
    assert (item["starts_at"], item["ends_at"]) == (f"{monday()}T10:00:00-03:00", f"{monday()}T11:00:00-03:00")


@pytest.mark.parametrize("words", ["sim, mas às 11h", "e quanto custa a tosa?", "pode ser?", "vou ver com meu marido", "sim, banho e tosa"])
async def test_anything_else_books_nothing(shop: Shop, openai: FakeOpenAI, words: str) -> None:
    conversation = await proposed(shop, openai)
    openai.script(["Como prefere?"])
    await shop.say(words)
    assert await bookings(shop, conversation) == []
    assert await statuses(shop) == ["open"]


async def test_a_no_frees_the_time(shop: Shop, openai: FakeOpenAI) -> None:
    conversation = await proposed(shop, openai)
    openai.script(["Sem problema!"])
    await shop.say("não, obrigada")
    assert (await bookings(shop, conversation), await holds(shop), await statuses(shop)) == ([], 0, ["declined"])


async def test_a_yes_to_another_question_books_nothing(shop: Shop, openai: FakeOpenAI) -> None:
    conversation = await proposed(shop, openai)
    openai.script(["Ficamos na Rua das Acácias, 120."])
    await shop.say("vocês têm estacionamento?")
    openai.script(["Rua das Acácias, 120."])
    await shop.say("sim")
    assert await bookings(shop, conversation) == []


async def test_a_yes_from_before_the_question_books_nothing(shop: Shop, openai: FakeOpenAI) -> None:
    """Written while the model still thought: the question had not been read."""
    conversation = await with_pets(shop, openai, "Rex")
    openai.script([book(), "Confere?"])
    await shop.receive(f"tem banho pro Rex dia {monday():%d/%m} às 10h?")
    await shop.work(conversation)
    # The order of the rows is what counts: the customer's word stands before the question.
    await shop.rows(
        "with early as (insert into messages (organization_id, conversation_id, instance_id, direction, content, provider_at)"
        " select organization_id, id, instance_id, 'incoming', 'sim', now() from conversations where id = %(c)s returning id, seq),"
        " question as (update messages m set seq = default from early where m.content like '%%Fica assim%%' returning m.seq)"
        " select 1 from question",
        c=conversation,
    )
    openai.script(["Pode repetir?"])
    await shop.work(conversation)
    assert await bookings(shop, conversation) == []


async def test_a_question_that_never_arrived_is_not_agreed_to(shop: Shop, openai: FakeOpenAI) -> None:
    conversation = await proposed(shop, openai)
    await shop.rows("with f as (update messages set status = 'failed' where content like '%%Fica assim%%' returning 1) select 1 from f")
    openai.script(["Pode repetir?"])
    await shop.say("sim")
    assert await bookings(shop, conversation) == []


async def test_a_person_who_wrote_after_it_is_who_was_answered(shop: Shop, openai: FakeOpenAI) -> None:
    conversation = await proposed(shop, openai)
    await send_as_person(shop.resources.db, shop.organization_id, conversation, "Quer que eu ligue?", author="Paula")
    await shop.receive("sim")
    await shop.hand_back(conversation)
    openai.script(["A Paula já liga."])
    await shop.work(conversation)
    assert await bookings(shop, conversation) == []


async def test_what_ran_out_is_not_committed_and_is_free_for_others(shop: Shop, openai: FakeOpenAI) -> None:
    conversation = await proposed(shop, openai)
    await shop.rows(
        "with old as (update proposals set expires_at = now() - interval '1 minute' returning id), held as"
        " (update allocations a set expires_at = now() - interval '1 minute' from old where a.proposal_id = old.id returning 1)"
        " select 1 from held"
    )
    openai.script(["Venceu o prazo, quer ver outro?"])
    await shop.say("sim")
    assert await bookings(shop, conversation) == []
    assert (await shop.results())[-1]["expired"] is True
    other = await with_pets(shop, openai, "Bob", phone="5511955550002")
    openai.script([book(pet="Bob"), "Marcado!"])
    await shop.say(f"marca banho pro Bob segunda, {monday():%d/%m}, às 10h", phone="5511955550002")
    assert await bookings(shop, other) == [("Bob", f"{monday():%d/%m} 10:00")]


async def test_naming_everything_is_agreeing_where_the_shop_allows_it(shop: Shop, openai: FakeOpenAI) -> None:
    conversation = await with_pets(shop, openai, "Rex")
    named = f"marca banho pro Rex segunda, {monday():%d/%m}, às 10h, pode confirmar"
    await shop.rows("with s as (update organization_settings set named_is_agreed = false returning 1) select 1 from s")
    openai.script([book(), "Confere?"])
    await shop.say(named)
    assert (await bookings(shop, conversation), await statuses(shop)) == ([], ["open"])
    await shop.rows("with s as (update organization_settings set named_is_agreed = true returning 1) select 1 from s")
    openai.script([book("11:00"), "Marcado! 🐾"])
    await shop.say(named.replace("10h", "11h"))
    assert await bookings(shop, conversation) == [("Rex", f"{monday():%d/%m} 11:00")]
    assert (await holds(shop), await statuses(shop)) == (0, ["replaced", "accepted"])


async def test_the_model_names_what_the_customer_did_not(shop: Shop, openai: FakeOpenAI) -> None:
    """Whatever the model calls, what the customer ordered is what is booked; what they left open is only proposed."""
    conversation = await with_pets(shop, openai, "Rex")
    openai.script([book("11:00"), "Certo."])
    await shop.say(f"marca banho pro Rex segunda, {monday():%d/%m}, às 10h, pode confirmar")
    assert await bookings(shop, conversation) == [("Rex", f"{monday():%d/%m} 10:00")]
    openai.script([book("15:00"), "Confere?"])
    await shop.say(f"tem mais um banho pro Rex dia {monday():%d/%m} às 14h ou às 15h?")
    assert len(await bookings(shop, conversation)) == 1


async def test_what_is_to_be_moved_is_not_booked_beside(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    conversation = await booked(shop, openai)
    openai.script([book("15:00"), call("reschedule_appointment", new_date=monday().isoformat(), new_time="15:00"), "Certo."])
    await shop.say(f"dá pra passar o banho do Rex dia {monday():%d/%m} pras 15h?")
    refused, moved = await shop.results()
    assert refused["error"].endswith("use reschedule_appointment.")
    assert moved["proposal"]["kind"] == "reschedule"
    assert len(await bookings(shop, conversation)) == 1


async def test_what_is_tried_after_a_question_does_not_hide_it(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    """A model that has proposed and calls on is not asked any more: what waits for the customer is told."""
    conversation = await booked(shop, openai)
    move = call("reschedule_appointment", pet_name="Rex", service_type="Banho", new_date=monday().isoformat(), new_time="15:00")
    openai.script(["Para quando?"])
    await shop.say("preciso mudar o horário do banho do Rex")
    before = len(openai.requests)
    openai.script([move, call("book_appointment", pet_name="Rex", service_type="Banho", preferred_date=monday().isoformat())])
    await shop.say(f"dia {monday():%d/%m} às 15h")
    assert len(openai.requests) == before + 2
    assert meta.sends[-1].text == f"Mudo para: Banho de Rex, {format_day(monday())}, às 15h, R$ 70,00. Posso confirmar a mudança?"
    openai.script(["Certo."])
    await shop.say("sim")
    assert await bookings(shop, conversation) == [("Rex", f"{monday():%d/%m} 15:00")]


async def test_what_is_tried_after_a_refusal_does_not_hide_what_is_free(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    await booked(shop, openai)
    sunday = monday() - timedelta(days=1)
    move = call("reschedule_appointment", pet_name="Rex", service_type="Banho", new_date=sunday.isoformat(), new_time="15:00")
    openai.script([move, book("15:00", day=sunday), "Quer mudar?"])
    await shop.say(f"muda o banho do Rex pro dia {sunday:%d/%m} às 15h")
    assert "domingo" in meta.sends[-1].text
    assert "Você quer mudar" not in meta.sends[-1].text


async def test_what_is_refused_of_another_pet_is_told_beside_a_question(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    await with_pets(shop, openai, "Rex", "Mel")
    sunday = monday() - timedelta(days=1)
    openai.script([calls(book("10:00", "Rex"), book("10:00", "Mel", day=sunday)), "Como prefere?"])
    await shop.say(f"tem banho pro Rex dia {monday():%d/%m} às 10h e pra Mel dia {sunday:%d/%m}?")
    sent = meta.sends[-1].text
    assert "domingo" in sent
    assert sent.endswith(ASK)


async def test_two_pets_are_one_plan_with_one_yes(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    conversation = await with_pets(shop, openai, "Rex", "Mel")
    openai.script([book(pet="Rex e Mel"), "Confere?"])
    await shop.say(f"quero banho pros dois dia {monday():%d/%m} às 10h")
    assert meta.sends[-1].text.count("- Banho de ") == 2
    assert "Total: R$ 140,00" in meta.sends[-1].text
    assert await holds(shop) == 2
    openai.script(["Tudo certo!"])
    await shop.say("pode confirmar os dois")
    assert await bookings(shop, conversation) == [("Mel", f"{monday():%d/%m} 10:00"), ("Rex", f"{monday():%d/%m} 10:00")]
    assert len(await shop.rows("select distinct plan_id from bookings where plan_id is not null")) == 1


async def test_of_two_questions_in_one_turn_none_hides_the_other(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    conversation = await with_pets(shop, openai, "Rex", "Mel")
    openai.script([calls(book("10:00", "Rex"), book("11:00", "Mel")), "Como prefere?"])
    await shop.say(f"tem banho pro Rex dia {monday():%d/%m} às 10h e pra Mel às 11h?")
    sent = meta.sends[-1].text
    assert "Banho de Mel" in sent
    assert sent.endswith(f"Fica assim: Banho de Rex, {format_day(monday())}, às 10h, R$ 70,00. {ASK}")
    assert (await holds(shop), await statuses(shop)) == (1, ["open"])
    openai.script([book("11:00", "Mel"), "Como prefere?"])
    await shop.say("sim")
    assert await bookings(shop, conversation) == [("Rex", f"{monday():%d/%m} 10:00")]
    assert "Banho de Mel" in meta.sends[-1].text
    openai.script(["Agendado! 🐾"])
    await shop.say("sim")
    assert len(await bookings(shop, conversation)) == 2


async def test_a_question_may_be_put_otherwise_in_the_same_turn(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    await with_pets(shop, openai, "Rex")
    openai.script([book("10:00"), book("10:00", service="Tosa"), book("10:00"), "Como prefere?"])
    await shop.say(f"tem banho pro Rex dia {monday():%d/%m} às 10h?")
    assert meta.sends[-1].text.endswith(f"Fica assim: Banho de Rex, {format_day(monday())}, às 10h, R$ 70,00. {ASK}")


async def test_all_or_nothing(shop: Shop, openai: FakeOpenAI) -> None:
    """One of two can no longer be made: neither is."""
    conversation = await with_pets(shop, openai, "Rex", "Mel")
    openai.script([book(pet="Rex e Mel"), "Confere?"])
    await shop.say(f"quero banho pros dois dia {monday():%d/%m} às 10h")
    await shop.rows("with d as (update pets set died_on = current_date where name = 'Mel' returning 1) select 1 from d")
    openai.script(["Não deu."])
    await shop.say("sim")
    assert await bookings(shop, conversation) == []
    assert (await shop.results())[-1]["success"] is False


async def test_a_move_keeps_the_old_time_until_the_new_one_is_his(shop: Shop, openai: FakeOpenAI) -> None:
    conversation = await booked(shop, openai)
    # Half an hour later overlaps the very booking that moves.
    openai.script([call("reschedule_appointment", new_date=monday().isoformat(), new_time="10:30"), "Confere?"])
    await shop.say("dá pra passar meu banho pras 10h30?")
    assert await bookings(shop, conversation) == [("Rex", f"{monday():%d/%m} 10:00")]
    openai.script(["Mudado!"])
    await shop.say("sim")
    assert await bookings(shop, conversation) == [("Rex", f"{monday():%d/%m} 10:30")]
    assert await holds(shop) == 0
    changes = [row["change"] for row in await shop.rows("select change from booking_events order by id")]
    assert "starts_at" in changes[-1]


async def test_a_move_whose_booking_changed_meanwhile_changes_nothing(shop: Shop, openai: FakeOpenAI) -> None:
    conversation = await booked(shop, openai)
    openai.script([call("reschedule_appointment", new_date=monday().isoformat(), new_time="14:00"), "Confere?"])
    await shop.say("muda meu banho pras 14h?")
    await shop.rows(
        "with m as (update bookings set starts_at = starts_at + interval '1 day', ends_at = ends_at + interval '1 day' where"
        " conversation_id = %(c)s returning 1) select 1 from m",
        c=conversation,
    )
    openai.script(["Algo mudou."])
    await shop.say("sim")
    assert await bookings(shop, conversation) == [("Rex", f"{monday() + timedelta(days=1):%d/%m} 10:00")]


async def test_cancelling_needs_a_yes_and_the_shops_notice(shop: Shop, openai: FakeOpenAI) -> None:
    conversation = await booked(shop, openai)
    openai.script([call("cancel_appointment"), "Confirma?"])
    await shop.say("quero cancelar meu banho")
    assert len(await bookings(shop, conversation)) == 1
    openai.script(["Ok, mantido."])
    await shop.say("não, deixa")
    assert len(await bookings(shop, conversation)) == 1
    await shop.rows("with s as (update organization_settings set cancel_notice_minutes = 60 * 24 * 90 returning 1) select 1 from s")
    openai.script([call("cancel_appointment"), "Só com a equipe."])
    await shop.say("quero cancelar mesmo")
    assert "só a equipe pode" in (await shop.results())[-1]["error"]
    await shop.rows("with s as (update organization_settings set cancel_notice_minutes = 0 returning 1) select 1 from s")
    openai.script([call("cancel_appointment"), "Confirma?"])
    await shop.say("e agora, dá pra cancelar?")
    openai.script(["Pronto, está cancelado."])
    await shop.say("pode cancelar")
    assert await bookings(shop, conversation) == []
    assert (
        len(await shop.rows("select 1 from allocations a join bookings b on b.id = a.booking_id where b.conversation_id is not null")) == 0
    )


async def test_a_turn_that_is_tried_again_after_the_commit_does_it_once(shop: Shop, openai: FakeOpenAI) -> None:
    conversation = await proposed(shop, openai)
    openai.script([Fault(status=500), "Agendado! 🐾"])
    await shop.say("sim")
    assert len(await bookings(shop, conversation)) == 1
    await shop.rows("with r as (update conversations set retry_at = null returning 1) select 1 from r")
    await shop.work(conversation)
    assert len(await bookings(shop, conversation)) == 1
    assert '"success": true' in dialogue(openai.requests[-1].json)[-1]["content"]


async def test_two_workers_settle_it_once(open_shop: Callable[..., Awaitable[Shop]], openai: FakeOpenAI) -> None:
    one, two = await open_shop(), await open_shop()
    conversation = await proposed(one, openai)
    await one.receive("sim")
    openai.script(["Agendado! 🐾"])
    await asyncio.gather(one.work(conversation), two.work(conversation))
    assert len(await bookings(one, conversation)) == 1
    assert await statuses(one) == ["accepted"]


# A reminder's answer


async def status(shop: Shop, conversation: UUID) -> str:
    sql = "select b.status from bookings b join conversations c on c.contact_id = b.contact_id where c.id = %(c)s"
    (row,) = await shop.rows(sql, c=conversation)
    return str(row["status"])


@pytest.mark.parametrize(
    ("words", "after"), [("SIM", "confirmed"), ("não vou conseguir ir", "cancelled"), ("que horas mesmo?", "scheduled")]
)
async def test_a_reminder_is_answered(shop: Shop, openai: FakeOpenAI, words: str, after: str) -> None:
    conversation = await reminded(shop, openai)
    openai.script(["Combinado! 🐾"])
    await shop.say(words)
    assert await status(shop, conversation) == after


async def test_a_reminders_no_within_the_shops_notice_is_for_a_person(shop: Shop, openai: FakeOpenAI) -> None:
    conversation = await reminded(shop, openai)
    await shop.rows("with s as (update organization_settings set cancel_notice_minutes = 60 * 24 * 90 returning 1) select 1 from s")
    openai.script([f"O banho do Rex, {monday():%d/%m}, às 10h, só a equipe cancela. Chamo uma pessoa?"])
    await shop.say("não")
    assert (await status(shop, conversation), (await statuses(shop))[-1]) == ("scheduled", "declined")
    openai.script(["Já chamo!"])
    await shop.say("sim")
    assert await status(shop, conversation) == "scheduled", "the yes was to the person"


# The waiting list


async def free(shop: Shop, hour: int, day: date) -> None:
    """One groomer has one hour again."""
    start = clock.at(day, time(hour), ZONE)
    await shop.rows(
        "with a as (update resource_absences set ends_at = %(s)s where resource_id = (select id from resources where name = 'Bia')"
        " returning organization_id, resource_id), b as (insert into resource_absences (organization_id, resource_id, starts_at, ends_at)"
        " select organization_id, resource_id, %(e)s, %(u)s from a returning 1) select 1 from b",
        s=start, e=start + timedelta(hours=1), u=start + timedelta(hours=14),
    )  # fmt: skip


async def waits(shop: Shop, openai: FakeOpenAI, pet: str, phone: str) -> UUID:
    conversation = await with_pets(shop, openai, pet, phone=phone)
    openai.script([call("join_waiting_list", service_type="Banho", preferred_date=monday().isoformat()), "Você está na lista de espera!"])
    await shop.say(f"me avisa se abrir vaga pra banho dia {monday():%d/%m}?", phone=phone)
    return conversation


async def offer(shop: Shop) -> int:
    # The next noon: outside of the quiet hours; everybody wrote lately, since WhatsApp's 24 hours are another test's.
    r, now = shop.resources, clock.local(clock.now(), ZONE)
    noon = clock.at(now.date() + timedelta(days=now.hour >= 12), time(12), ZONE)
    await shop.rows("with c as (update conversations set last_inbound_at = %(at)s returning 1) select 1 from c", at=noon)
    return await waiting_list.offer_freed_times(r.db, r.redis, noon)


async def entries(shop: Shop) -> list[str]:
    return [row["status"] for row in await shop.rows("select status from waiting_list order by created_at")]


async def test_a_freed_time_goes_down_the_list(shop: Shop, openai: FakeOpenAI) -> None:
    await fill(shop, monday())
    first = await waits(shop, openai, "Rex", "5511955550001")
    second = await waits(shop, openai, "Mel", "5511955550002")
    assert await offer(shop) == 0
    await free(shop, 10, monday())
    # Two look at once; the hour is held for one, the other waits.
    assert sorted(await asyncio.gather(offer(shop), offer(shop))) == [0, 1]
    assert await entries(shop) == ["offered", "waiting"]
    (said,) = [m["content"] for m in await shop.messages(first) if m["ai_message_id"] and m["ai_message_id"].startswith("outreach")]
    assert f"Abriu um horário: Banho de Rex, segunda-feira, {monday():%d/%m/%Y}, às 10h, R$ 70,00. Responda SIM até as " in said
    assert await offer(shop) == 0
    openai.script(["Sem problema!"])
    await shop.rows("with s as (update messages set status = 'sent' where status = 'queued' returning 1) select 1 from s")
    await shop.say("não", phone="5511955550001")
    assert await entries(shop) == ["declined", "waiting"]
    assert await offer(shop) == 1
    await shop.rows("with s as (update messages set status = 'sent' where status = 'queued' returning 1) select 1 from s")
    openai.script(["Agendado!"])
    await shop.say("sim!", phone="5511955550002")
    assert await entries(shop) == ["declined", "booked"]
    assert (await bookings(shop, first), await bookings(shop, second)) == ([], [("Mel", f"{monday():%d/%m} 10:00")])


async def test_an_offer_that_nobody_answers_goes_on(shop: Shop, openai: FakeOpenAI) -> None:
    await fill(shop, monday())
    await waits(shop, openai, "Rex", "5511955550001")
    await waits(shop, openai, "Mel", "5511955550002")
    await free(shop, 10, monday())
    assert await offer(shop) == 1
    await shop.rows("with e as (update proposals set expires_at = now() - interval '1 s' returning 1) select 1 from e")
    await sweep.find_left_behind(shop.resources.db, shop.resources.settings)
    assert await entries(shop) == ["missed", "waiting"]
    assert await holds(shop) == 0
    assert await offer(shop) == 1
    assert await entries(shop) == ["missed", "offered"]


async def test_what_ran_out_ends_with_the_next_question(shop: Shop, openai: FakeOpenAI) -> None:
    await fill(shop, monday())
    await waits(shop, openai, "Rex", "5511955550001")
    await free(shop, 10, monday())
    assert await offer(shop) == 1
    await shop.rows("with e as (update proposals set expires_at = now() - interval '1 s' returning 1) select 1 from e")
    # Before the sweeper comes by: the customer waits for another day, too, and is asked about that one.
    tuesday = monday() + timedelta(days=1)
    await fill(shop, tuesday)
    openai.script([call("join_waiting_list", service_type="Banho", preferred_date=tuesday.isoformat()), "Você está na lista de espera!"])
    await shop.say(f"e me avisa se abrir dia {tuesday:%d/%m}?")
    await free(shop, 11, tuesday)
    assert await offer(shop) == 1
    assert (await entries(shop), await statuses(shop)) == (["missed", "offered"], ["expired", "open"])
    assert await holds(shop) == 1


async def test_who_was_busy_with_something_else_is_offered_the_same_time_again(shop: Shop, openai: FakeOpenAI) -> None:
    await fill(shop, monday())
    await waits(shop, openai, "Rex", "5511955550001")
    await free(shop, 10, monday())
    assert await offer(shop) == 1
    await shop.rows("with s as (update messages set status = 'sent' where status = 'queued' returning 1) select 1 from s")
    openai.script([book(day=monday() + timedelta(days=1)), "Achei um horário."])
    await shop.say(f"e dia {monday() + timedelta(days=1):%d/%m} às 10h, tem banho?")
    assert await entries(shop) == ["waiting"]
    openai.script(["Sem problema!"])
    await shop.say("não, obrigada")
    assert await offer(shop) == 1
    assert await entries(shop) == ["offered"]


async def test_nobody_waits_for_what_is_free_nor_twice(shop: Shop, openai: FakeOpenAI) -> None:
    conversation = await with_pets(shop, openai, "Rex")
    wait = call("join_waiting_list", service_type="Banho", preferred_date=monday().isoformat())
    openai.script([wait, "Há horário livre."])
    await shop.say(f"quero esperar uma vaga de banho dia {monday():%d/%m}")
    assert await entries(shop) == []
    await fill(shop, monday())
    for _ in range(2):
        openai.script([wait, "Você está na lista de espera."])
        await shop.say(f"quero esperar uma vaga de banho dia {monday():%d/%m}")
    assert await entries(shop) == ["waiting"]
    openai.script([call("leave_waiting_list"), "Pronto, saiu da lista."])
    await shop.say("não quero mais esperar")
    assert await entries(shop) == ["left"]
    await free(shop, 10, monday())
    assert await offer(shop) == 0
    assert conversation


async def test_a_shop_that_switched_offers_off_offers_nothing(shop: Shop, openai: FakeOpenAI) -> None:
    await fill(shop, monday())
    await waits(shop, openai, "Rex", "5511955550001")
    await free(shop, 10, monday())
    await shop.rows("""update organization_settings set outreach_kinds = '{"waiting_list": false}' returning 1""")
    assert await offer(shop) == 0
    assert await entries(shop) == ["waiting"]
    await shop.rows("update organization_settings set outreach_kinds = '{}' returning 1")
    assert await offer(shop) == 1
