"""A voice note's words count like written ones, as far as they are sure, whoever speaks and over whichever provider."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from graphs.client.settle import WRITE_IT
from graphs.consent import CONFIRMED
from graphs.router import UNREADABLE
from graphs.unheard import WHY
from service.language import emergency
from service.language.optout import QUESTIONS
from tasks.media import hear_all
from tests.kit.fakes import evolution
from tests.kit.fakes.openai import FakeOpenAI, call, dialogue, text
from tests.kit.fakes.server import Fault
from tests.kit.fakes.transcriber import FakeTranscriber
from tests.kit.phones import Number
from tests.kit.proposing import book, bookings, monday, statuses, with_pets
from tests.kit.shop import Shop
from tests.kit.voice import PHONE, Voices

OWNER = "5511988880001"
POISON = "meu cachorro comeu veneno de rato"
ANSWER = "Qual serviço você gostaria?"
# Between what is read and what is a "sim" for certain, and below both.
UNSURE, UNCLEAR = 0.7, 0.3
OpenShop = Callable[..., Awaitable[Shop]]


@pytest.fixture
def transcriber() -> Iterator[FakeTranscriber]:
    with FakeTranscriber() as fake:
        yield fake


@pytest.fixture
async def shop(open_shop: OpenShop, transcriber: FakeTranscriber) -> Shop:
    return await open_shop(voice="online", voice_base_url=transcriber.base_url, voice_model="gpt-4o-transcribe")


@pytest.fixture
async def voices(number: Number, transcriber: FakeTranscriber) -> Voices:
    return Voices(number, transcriber)


@pytest.fixture
async def cloud(open_number: Callable[..., Number], transcriber: FakeTranscriber) -> Voices:
    """Provide one provider, where both are alike."""
    return Voices(open_number("cloud_api"), transcriber)


def shown(openai: FakeOpenAI) -> list[str]:
    """Return the customer's words as the model was shown them last."""
    return [m["content"] for m in dialogue(openai.requests[-1].json) if m["role"] == "user"]


# Words


async def test_what_is_said_is_answered_like_what_is_written(voices: Voices, openai: FakeOpenAI) -> None:
    openai.script([call("list_services"), "Temos banho por R$ 70,00."])
    await voices.speak("quanto custa o banho?")
    openai.assert_finished()
    assert "R$ 70,00" in voices.sent()[-1]
    assert shown(openai) == ["[por áudio; uma palavra pode ter sido mal ouvida]\nquanto custa o banho?"]
    (row,) = await voices.number.shop.rows("select message_type, content from messages where direction = 'incoming'")
    assert tuple(row.values()) == ("audio", "quanto custa o banho?")


async def test_an_owner_is_answered_alike(voices: Voices, openai: FakeOpenAI) -> None:
    openai.script([call("business_summary", period="esta semana"), "Faturamento da semana."])
    await voices.speak("quanto a loja faturou esta semana?", phone=OWNER)
    openai.assert_finished()
    (row,) = await voices.number.shop.rows("select ai_type from ai_interactions")
    assert row["ai_type"] == "aurora"
    assert voices.sent(OWNER)


async def test_an_owner_who_is_not_understood_is_asked_to_write(cloud: Voices, openai: FakeOpenAI) -> None:
    await cloud.speak("mmm", UNCLEAR, phone=OWNER)
    assert cloud.sent(OWNER) == [WHY["unclear"]]


async def test_the_shops_own_words_go_along(cloud: Voices, openai: FakeOpenAI, transcriber: FakeTranscriber) -> None:
    await with_pets(cloud.number.shop, openai, "Pandora")
    openai.respond(lambda _: text(ANSWER))
    await cloud.speak("oi")
    (form,) = transcriber.forms
    assert form["prompt"][0].startswith("Mensagem de voz para um pet shop. Pandora, ")
    assert {"Banho", "Tosa", "Pet Shop Patinhas"} <= set(form["prompt"][0].rstrip(".").split(", "))
    assert (form["language"], form["include[]"]) == (["pt"], ["logprobs"])
    assert transcriber.files == [("note.ogg", "audio/ogg")]


async def test_what_a_person_says_on_the_phone_is_known_to_the_ai(voices: Voices, openai: FakeOpenAI) -> None:
    openai.respond(lambda _: text(ANSWER))
    conversation = await voices.speak("oi")
    await voices.note("eu guardo a vaga das três para o Rex", from_me=True)
    await voices.hear()
    await voices.number.shop.hand_back(conversation)
    await voices.speak("e então?")
    said = [m["content"] for m in openai.requests[-1].json["messages"]]
    assert "[mensagem da equipe da loja] eu guardo a vaga das três para o Rex" in said


# Emergencies


async def test_a_spoken_emergency_pages_a_person(voices: Voices, openai: FakeOpenAI) -> None:
    await voices.speak(POISON)
    (alert,) = await voices.number.shop.rows("select kind, title from alerts")
    assert alert["kind"] == "emergency"
    assert voices.sent()[-1].startswith(emergency.TEXT[:40])
    assert openai.requests == []


async def test_an_emergency_counts_however_unsure_it_is(cloud: Voices, openai: FakeOpenAI) -> None:
    await cloud.speak(POISON, UNCLEAR)
    assert [row["kind"] for row in await cloud.number.shop.rows("select kind from alerts")] == ["emergency"]


@pytest.mark.parametrize(("sure", "alarms"), [(UNSURE, 1), (0.95, 0)])
async def test_only_a_sure_word_takes_an_alarm_back(cloud: Voices, openai: FakeOpenAI, sure: float, alarms: int) -> None:
    openai.respond(lambda _: text(ANSWER))
    await cloud.note(POISON)
    await cloud.speak("foi engano, ele está bem", sure)
    assert len(await cloud.number.shop.rows("select 1 from alerts where kind = 'emergency'")) == alarms


async def test_an_emergency_that_is_heard_late_is_answered_all_the_same(open_shop: OpenShop, cloud: Voices, openai: FakeOpenAI) -> None:
    shop = cloud.number.shop
    shop.resources.settings = shop.resources.settings.model_copy(update={"voice_wait": 0.0})
    await cloud.note(POISON)
    conversation = await cloud.conversation()
    assert await shop.work(conversation) == 1
    assert cloud.sent() == [WHY["late"]]
    await cloud.hear()
    assert cloud.number.queued("conversation.process")[-1][1] == str(conversation)
    await shop.work(conversation)
    assert [row["kind"] for row in await shop.rows("select kind from alerts")] == ["emergency"]


async def test_an_emergency_is_heard_while_a_person_has_the_conversation(cloud: Voices, openai: FakeOpenAI) -> None:
    openai.script([call("escalate_to_human", reason="quer uma pessoa")])
    conversation = await cloud.speak("quero falar com uma pessoa")
    await cloud.note(POISON)
    await cloud.hear()
    assert [row["kind"] for row in await cloud.number.shop.rows("select kind from alerts order by created_at")] == [
        "escalation",
        "emergency",
    ]
    assert len(cloud.number.queued("escalation.notify")) == 2
    assert await cloud.number.shop.work(conversation) == 0


async def test_an_owners_words_are_no_emergency(cloud: Voices, openai: FakeOpenAI) -> None:
    openai.respond(lambda _: text("Bom dia!"))
    await cloud.speak(POISON, phone=OWNER)
    assert await cloud.number.shop.rows("select 1 from alerts where kind = 'emergency'") == []


# Opting out, and agreeing


async def test_a_spoken_opt_out_is_one(voices: Voices, openai: FakeOpenAI) -> None:
    await voices.speak("quero parar de receber mensagens")
    assert voices.sent() == [CONFIRMED["out"]]
    assert len(await voices.number.shop.rows("select 1 from contacts where opted_out_at is not null")) == 1


async def test_a_spoken_opt_out_counts_while_a_person_has_the_conversation(cloud: Voices, openai: FakeOpenAI) -> None:
    openai.script([call("escalate_to_human", reason="quer uma pessoa")])
    await cloud.speak("quero falar com uma pessoa")
    await cloud.note("parar")
    await cloud.hear()
    assert len(await cloud.number.shop.rows("select 1 from contacts where opted_out_at is not null")) == 1


async def test_what_is_not_understood_opts_nobody_out(cloud: Voices, openai: FakeOpenAI) -> None:
    await cloud.speak("parar", UNCLEAR)
    assert await cloud.number.shop.rows("select 1 from contacts where opted_out_at is not null") == []


@pytest.mark.parametrize(("sure", "is_out"), [(0.95, True), (UNSURE, False), (None, False)])
async def test_a_yes_to_leaving_is_asked_again_where_it_is_unsure(
    cloud: Voices, openai: FakeOpenAI, sure: float | None, is_out: bool
) -> None:
    await cloud.number.customer(PHONE, "sair?")
    await cloud.number.shop.work(await cloud.conversation())
    await cloud.speak("sim", sure)
    assert bool(await cloud.number.shop.rows("select 1 from contacts where opted_out_at is not null")) is is_out
    assert cloud.sent()[-1] == (CONFIRMED["out"] if is_out else QUESTIONS["out"])


async def asked(cloud: Voices, openai: FakeOpenAI) -> Any:
    """Propose a bath; return the conversation."""
    shop = cloud.number.shop
    conversation = await with_pets(shop, openai, "Rex")
    openai.script([book(), "Achei um horário para você."])
    await shop.say(f"tem banho pro Rex dia {monday():%d/%m} às 10:00?")
    return conversation


async def test_a_sure_yes_books(cloud: Voices, openai: FakeOpenAI) -> None:
    conversation = await asked(cloud, openai)
    openai.script(["Agendado! 🐾"])
    await cloud.speak("sim", 0.95)
    assert len(await bookings(cloud.number.shop, conversation)) == 1


@pytest.mark.parametrize("sure", [UNSURE, None], ids=["unsure", "nobody says how sure"])
@pytest.mark.parametrize("said", ["sim, pode confirmar", "não"])
async def test_an_unsure_answer_is_asked_to_be_written(cloud: Voices, openai: FakeOpenAI, said: str, sure: float | None) -> None:
    conversation, shop = await asked(cloud, openai), cloud.number.shop
    for _ in range(2):
        await cloud.speak(said, sure)
        assert cloud.sent()[-1].startswith(f"{WRITE_IT} Responda SIM para confirmar Banho de Rex")
    assert (await bookings(shop, conversation), await statuses(shop)) == ([], ["open"])
    openai.script(["Agendado! 🐾"])
    await shop.say("sim")
    assert len(await bookings(shop, conversation)) == 1, "written, it is one"


async def test_what_names_everything_is_proposed_where_it_is_unsure(cloud: Voices, openai: FakeOpenAI) -> None:
    shop = cloud.number.shop
    conversation = await with_pets(shop, openai, "Rex")
    openai.script([book(), "Marcado! 🐾"])
    await cloud.speak(f"marca banho pro Rex segunda, {monday():%d/%m}, às 10h", UNSURE)
    assert (await bookings(shop, conversation), await statuses(shop)) == ([], ["open"])


async def test_what_names_everything_is_booked_where_it_is_sure(cloud: Voices, openai: FakeOpenAI) -> None:
    shop = cloud.number.shop
    conversation = await with_pets(shop, openai, "Rex")
    openai.script([book(), "Marcado! 🐾"])
    await cloud.speak(f"marca banho pro Rex segunda, {monday():%d/%m}, às 10h", 0.95)
    assert len(await bookings(shop, conversation)) == 1


# What is not understood


async def test_who_is_not_understood_is_asked_to_write(voices: Voices, openai: FakeOpenAI) -> None:
    await voices.speak("ban a tos", UNCLEAR)
    assert voices.sent() == [WHY["unclear"]]
    assert openai.requests == []
    rows = await voices.number.shop.rows(
        "select m.content, v.transcript from messages m join media v on v.message_id = m.id where m.direction = 'incoming'"
    )
    assert [tuple(row.values()) for row in rows] == [("", "ban a tos")], "people see what may have been said"


async def test_beside_words_it_is_said_with_the_answer(voices: Voices, openai: FakeOpenAI) -> None:
    openai.script([call("list_services"), "O banho custa R$ 70,00."])
    await voices.note("ban a tos", UNCLEAR)
    await voices.number.customer(PHONE, "quanto custa o banho?")
    await voices.hear()
    await voices.number.shop.work(await voices.conversation())
    (said,) = voices.sent()
    assert said.startswith(f"{WHY['unclear']}\n\n")
    assert "R$ 70,00" in said


async def test_who_goes_on_speaking_gets_a_person(voices: Voices, openai: FakeOpenAI) -> None:
    conversation = await voices.speak("ban a tos", UNCLEAR)
    await voices.speak("tos a ban", UNCLEAR)
    assert await voices.number.status(conversation) == "escalated"
    (case,) = await voices.number.cases(conversation)
    assert case["reason"] == "Este cliente só manda áudios, e não consegui ouvir o que ele diz"
    assert [row["kind"] for row in await voices.number.shop.rows("select kind from alerts")] == ["limit"]


async def test_several_notes_at_once_are_one_try(cloud: Voices, openai: FakeOpenAI) -> None:
    await cloud.note("ban a tos", UNCLEAR)
    conversation = await cloud.speak("tos a ban", UNCLEAR)
    assert await cloud.number.status(conversation) == "active"


async def test_who_wrote_in_between_is_not_given_away(cloud: Voices, openai: FakeOpenAI) -> None:
    await cloud.speak("ban a tos", UNCLEAR)
    openai.respond(lambda _: text(ANSWER))
    await cloud.number.customer(PHONE, "quero um banho")
    await cloud.number.shop.work(await cloud.conversation())
    conversation = await cloud.speak("tos a ban", UNCLEAR)
    assert await cloud.number.status(conversation) == "active"


@pytest.mark.parametrize("fault", [Fault(status=400, body="bad"), Fault(status=415)], ids=["400", "415"])
async def test_a_note_that_is_refused_is_not_tried_again(cloud: Voices, transcriber: FakeTranscriber, fault: Fault) -> None:
    transcriber.fail_next(fault)
    await cloud.speak("oi")
    assert (len(transcriber.requests), cloud.sent()) == (1, [WHY["unclear"]])


# Waiting


async def test_a_burst_waits_for_its_notes(voices: Voices, openai: FakeOpenAI) -> None:
    openai.respond(lambda _: text(ANSWER))
    note = await voices.note("para o meu cachorro Rex")
    conversation = await voices.number.customer(PHONE, "quero um banho")
    assert await voices.number.shop.work(conversation) == 0
    waits = voices.number.queued("conversation.process")
    assert len(waits) == 3, "woken again when the bound is there"
    await voices.hear()
    assert await voices.number.shop.work(conversation) == 1
    assert [words.splitlines()[-1] for words in shown(openai)] == ["para o meu cachorro Rex", "quero um banho"]
    assert (await voices.number.row(note))["processed_at"] is not None


async def test_after_the_bound_the_turn_goes_on_and_says_so(voices: Voices, openai: FakeOpenAI) -> None:
    openai.script([call("list_services"), "O banho custa R$ 70,00."])
    shop = voices.number.shop
    await voices.note("para o meu cachorro Rex")
    conversation = await voices.number.customer(PHONE, "quanto custa o banho?")
    late = "update messages set created_at = created_at - %(ago)s where direction = 'incoming' returning 1"
    await shop.rows(late, ago=timedelta(seconds=shop.resources.settings.voice_wait - 3))
    assert await shop.work(conversation) == 0
    await shop.rows(late, ago=timedelta(seconds=4))
    assert await shop.work(conversation) == 1
    (said,) = voices.sent()
    assert said.startswith(WHY["late"])
    assert "R$ 70,00" in said


async def test_who_never_stops_speaking_is_not_waited_for_without_end(cloud: Voices, openai: FakeOpenAI) -> None:
    openai.respond(lambda _: text(ANSWER))
    shop = cloud.number.shop
    conversation = await cloud.number.customer(PHONE, "quero um banho")
    back = "update messages set created_at = created_at - interval '1 minute' where direction = 'incoming' returning 1"
    await shop.rows(back)
    await cloud.note("e mais uma coisa")
    assert await shop.work(conversation) == 1


async def test_an_emergency_beside_a_note_is_not_kept_waiting(cloud: Voices, openai: FakeOpenAI) -> None:
    await cloud.note("oi")
    conversation = await cloud.number.customer(PHONE, POISON)
    await cloud.number.shop.work(conversation)
    assert [row["kind"] for row in await cloud.number.shop.rows("select kind from alerts")] == ["emergency"]


async def test_words_that_come_while_the_turn_thinks_are_answered_in_it(cloud: Voices, openai: FakeOpenAI) -> None:
    """The draft that knows nothing of them is thrown away."""

    shop, loop = cloud.number.shop, asyncio.get_running_loop()
    shop.resources.settings = shop.resources.settings.model_copy(update={"voice_wait": 0.0})
    await cloud.note("para o gato Tom")
    conversation = await cloud.number.customer(PHONE, "quero um banho")

    def answer(_: Any) -> Any:
        if len(openai.requests) == 1:
            asyncio.run_coroutine_threadsafe(cloud.hear(), loop).result(30)
        return text(ANSWER)

    openai.respond(answer)
    assert await shop.work(conversation) == 1
    assert [words.splitlines()[-1] for words in shown(openai)] == ["para o gato Tom", "quero um banho"]
    assert cloud.sent() == [ANSWER]


# Failures


async def test_a_transcriber_that_fails_is_asked_again(voices: Voices, openai: FakeOpenAI, transcriber: FakeTranscriber) -> None:
    openai.respond(lambda _: text(ANSWER))
    await voices.note("quero um banho")
    transcriber.fail_next(Fault(status=500), Fault(status=429, headers={"Retry-After": "30"}), Fault(status=200, body="<html>"))
    for seconds in (2, 30, 8):
        await voices.hear()
        (row,) = await voices.number.shop.rows("select status, extract(epoch from due_at - now())::float as waits from media")
        assert row["status"] == "hear"
        assert seconds - 2 < row["waits"] <= seconds
        await voices.number.shop.rows("update media set due_at = now() returning 1")
    await voices.hear()
    assert await voices.number.shop.work(await voices.conversation()) == 1
    assert voices.sent() == [ANSWER]


async def test_a_transcriber_that_never_answers_is_given_up(voices: Voices, transcriber: FakeTranscriber) -> None:
    await voices.note("quero um banho")
    transcriber.fail_when(lambda _: Fault(status=503))
    for _ in range(4):
        await voices.hear()
        await voices.number.shop.rows("update media set due_at = now() returning 1")
    assert await voices.number.shop.work(await voices.conversation()) == 1
    assert voices.sent() == [WHY["failed"]]


async def test_a_note_that_can_not_be_fetched_is_given_up(voices: Voices) -> None:
    await voices.note("quero um banho")
    voices.number.server.files.clear()
    await voices.hear()
    assert await voices.number.shop.work(await voices.conversation()) == 1
    assert voices.sent() == [WHY["failed"]]


async def test_notes_that_come_while_one_is_heard_are_heard_after_it(cloud: Voices, transcriber: FakeTranscriber) -> None:
    shop = cloud.number.shop
    r = shop.resources
    assert r.transcriber is not None
    await cloud.note("um")
    await cloud.note("dois", phone="5511955550002")
    await cloud.number.fetch()
    first, second = await shop.rows("select id, organization_id from media order by created_at")
    r.hearing = r.transcriber.at_once
    await hear_all(r, second["organization_id"], second["id"])
    assert transcriber.requests == []
    r.hearing = 0
    await hear_all(r, first["organization_id"], first["id"])
    assert len(transcriber.requests) == 2


async def test_a_note_is_heard_once(cloud: Voices, transcriber: FakeTranscriber) -> None:

    await cloud.note("oi")
    await cloud.number.fetch()
    (row,) = await cloud.number.shop.rows("select id, organization_id from media")
    await asyncio.gather(*(hear_all(cloud.number.shop.resources, row["organization_id"], row["id"]) for _ in range(5)))
    assert len(transcriber.requests) == 1


# Where nobody hears


async def test_without_a_transcriber_all_is_as_it_was(cloud: Voices) -> None:
    shop = cloud.number.shop
    shop.resources.settings = shop.resources.settings.model_copy(update={"voice": "off"})
    conversation = await cloud.speak("oi")
    assert cloud.sent() == [UNREADABLE]
    (row,) = await shop.rows("select status, is_heard from media")
    assert (row["status"], row["is_heard"]) == ("kept", False), "people can listen to it"
    await cloud.speak("alô?")
    assert await cloud.number.status(conversation) == "escalated", "who can't write gets a person"
    assert [row["kind"] for row in await shop.rows("select kind from alerts")] == ["limit"]


async def test_a_worker_without_a_transcriber_lets_nobody_wait(cloud: Voices) -> None:
    cloud.number.shop.resources.transcriber = None
    await cloud.speak("oi")
    assert cloud.sent() == [WHY["failed"]]


async def test_what_evolution_has_transcribed_is_not_heard_again(open_number: Any, transcriber: FakeTranscriber) -> None:
    number = open_number("evolution")
    message = {"audioMessage": {"mimetype": "audio/ogg", "ptt": True}, "speechToText": "[audio] oi"}
    await number.upsert(evolution.upsert(f"{PHONE}@s.whatsapp.net", message))
    (row,) = await number.shop.rows("select is_heard from media")
    assert row["is_heard"] is False
