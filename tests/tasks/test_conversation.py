"""A turn from claim to send, its retries, its end in the dead letters, and what may never happen twice."""

import asyncio
import itertools
from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from typing import Any

import pytest

from service.messaging import intake
from service.messaging.channels import evolution
from service.operations.queries import dead_letters
from service.platform import jobs
from service.platform.settings import RETRY_DELAYS
from service.turns.queries import escalations, mailbox, sweep
from tests.kit.fakes.evolution import FakeEvolution, upsert, webhook_body
from tests.kit.fakes.meta import FakeMeta, error
from tests.kit.fakes.openai import MALFORMED, FakeOpenAI, call, calls, dialogue, text
from tests.kit.fakes.server import Fault
from tests.kit.shop import Shop

REX = {"name": "Rex", "species": "dog", "breed": "Golden Retriever", "age": 3}


def next_monday() -> date:
    today = date.today()
    return today + timedelta(days=7 - today.weekday())


async def test_a_customer_is_answered_once(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    openai.script([call("register_pet", **REX), text("Perfeito! Cadastrei o Rex. 🐕")])
    conversation = await shop.say("Tenho um Golden Retriever de 3 anos chamado Rex")
    assert await shop.work(conversation) == 0

    assert [s.to for s in meta.sends] == ["5511955550001"]
    assert "Rex" in meta.sends[0].text
    assert "cadastro" in meta.sends[0].text.casefold()
    incoming, reply = await shop.messages(conversation)
    assert incoming["processed_at"] is not None
    assert (reply["direction"], reply["from_me"], reply["sent_by_ai"], reply["status"]) == ("outgoing", True, True, "sent")
    assert reply["external_id"] == meta.sends[0].id
    assert meta.sends[0].our_id == str(reply["id"])
    assert [t.message_id for t in meta.typing] == [incoming["external_id"]]
    (pet,) = await shop.rows("select * from pets where name = 'Rex'")
    assert (pet["species"], pet["breed"]) == ("dog", "Golden Retriever")
    assert abs((date.today() - pet["birth_date"]).days - 3 * 365.25) < 3
    (interaction,) = await shop.rows("select * from ai_interactions where conversation_id = %(c)s", c=conversation)
    assert (interaction["ai_type"], interaction["status"], interaction["model_calls"]) == ("client", "success", 2)
    assert (interaction["prompt_tokens"], interaction["completion_tokens"], interaction["total_tokens"]) == (200, 40, 240)
    assert interaction["function_calls"][0]["name"] == "register_pet"
    assert interaction["cost_usd"] > 0


async def test_a_burst_is_one_turn_and_a_newcomer_the_next(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    openai.script(["Olá! Para qual pet seria?", "Qual serviço você gostaria?"])
    for words in ("oi", "tudo bem?", "queria um banho"):
        conversation = await shop.receive(words)
    assert await shop.work(conversation) == 1
    asked = [m["content"] for m in openai.requests[0].json["messages"] if m["role"] == "user"]
    assert asked == ["oi", "tudo bem?", "queria um banho"]
    await shop.say("é um gato")
    assert [s.text for s in meta.sends] == ["Olá! Para qual pet seria?", "Qual serviço você gostaria?"]


async def test_two_workers_and_one_message_make_one_answer(
    open_shop: Callable[..., Awaitable[Shop]], openai: FakeOpenAI, meta: FakeMeta
) -> None:
    one, other = await open_shop(), await open_shop()
    openai.respond(lambda _: text("Olá!", fault=Fault(delay=0.2)))
    conversation = await one.receive("oi")
    turns = await asyncio.gather(*(worker.work(conversation) for worker in (one, other, one, other)))
    assert sum(turns) == 1
    assert len(meta.sends) == len(openai.requests) == 1


async def test_the_quiet_window_is_waited_for(open_shop: Callable[..., Awaitable[Shop]], openai: FakeOpenAI) -> None:
    shop = await open_shop(quiet_window=3600.0, quiet_cap=7200.0)
    conversation = await shop.receive("oi")
    assert await shop.work(conversation) == 0
    await shop.rows(
        "update messages set created_at = now() - interval '61 minutes' where conversation_id = %(c)s returning 1", c=conversation
    )
    openai.script(["Olá!"])
    assert await shop.work(conversation) == 1


async def test_retries_come_after_2_4_8_seconds_and_then_a_person(
    shop: Shop, openai: FakeOpenAI, meta: FakeMeta, monkeypatch: pytest.MonkeyPatch
) -> None:
    enqueued: list[tuple[str, float | None]] = []
    monkeypatch.setattr(jobs, "enqueue", lambda name, *_, delay=None, **__: enqueued.append((name, delay)))
    openai.respond(lambda _: Fault(status=500, body="broken"))
    conversation = await shop.receive("oi")
    enqueued.clear()
    for attempt, delay in enumerate(RETRY_DELAYS, 1):
        assert await shop.work(conversation) == 0
        (row,) = await shop.rows(
            "select turn_failures, extract(epoch from retry_at - updated_at)::float as delay, lease_token, status, "
            "extract(epoch from retry_at - now())::float as ahead from conversations where id = %(c)s",
            c=conversation,
        )
        assert (row["turn_failures"], row["lease_token"], row["status"]) == (attempt, None, "active")
        assert 0 < row["ahead"] <= delay
        assert enqueued == [("conversation.process", delay)], "exactly"
        assert await shop.work(conversation) == 0, "not before its time"
        enqueued.clear()
        await shop.rows("update conversations set retry_at = now() where id = %(c)s returning 1", c=conversation)
    assert await shop.work(conversation) == 0
    assert enqueued == [("escalation.notify", None)]

    (letter,) = await shop.rows("select * from dead_letters")
    assert (letter["kind"], letter["attempts"], letter["conversation_id"]) == ("turn", 4, conversation)
    (alert,) = await shop.rows("select * from alerts where kind = 'turn_failed'")
    assert alert["conversation_id"] == conversation
    (state,) = await shop.rows("select status from conversations where id = %(c)s", c=conversation)
    assert state["status"] == "escalated"
    (said,) = meta.sends
    assert "equipe" in said.text
    (interaction,) = await shop.rows("select status, error from ai_interactions where conversation_id = %(c)s", c=conversation)
    assert interaction["status"] == "error"
    assert interaction["error"]

    # Later messages reach the person, and a replay answers the first one after all.
    await shop.say("alguém?")
    assert len(meta.sends) == 1
    openai.respond(None)
    openai.script(["Oi! Desculpe a demora. Como posso ajudar?"])
    (found,) = await dead_letters.find(shop.resources.db)
    assert await dead_letters.reopen(shop.resources.db, found)
    (again,) = await dead_letters.find(shop.resources.db)
    assert not await dead_letters.reopen(shop.resources.db, again), "only once"
    assert await shop.work(conversation) == 1
    assert meta.sends[-1].text.startswith("Oi! Desculpe a demora.")
    (interaction,) = await shop.rows("select status, error from ai_interactions where status = 'success'")
    assert interaction["error"] is None


async def test_a_retried_turn_does_nothing_twice(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    openai.script([calls(call("register_pet", **REX)), Fault(reset="before")])
    conversation = await shop.receive(f"marca um banho pro meu cachorro Rex dia {next_monday():%d/%m} às 10h")
    await shop.work(conversation)
    assert meta.sends == []
    await shop.rows("update conversations set retry_at = null where id = %(c)s returning 1", c=conversation)

    # The model, asked again, sees its own call as done; were it to repeat it, the journal answers.
    day = next_monday().isoformat()
    openai.script(
        [
            calls(
                call("register_pet", **REX),
                call("book_appointment", pet_name="Rex", service_type="Banho", preferred_date=day, preferred_time="10:00"),
            ),
            "Tudo certo!",
        ]
    )
    await shop.work(conversation)
    replayed = dialogue(openai.requests[2].json)
    assert [m["role"] for m in replayed[-3:]] == ["user", "assistant", "tool"]
    assert '"success": true' in replayed[-1]["content"]
    assert len(await shop.rows("select 1 from pets where name = 'Rex'")) == 1
    assert len(await shop.rows("select 1 from bookings where conversation_id = %(c)s", c=conversation)) == 1
    assert len(meta.sends) == 1
    assert "Rex" in meta.sends[0].text


async def test_a_finished_graph_is_committed_without_running_again(
    shop: Shop, openai: FakeOpenAI, meta: FakeMeta, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worker dies between the checkpoint and the commit."""
    openai.script(["Olá!"])
    conversation = await shop.receive("oi")
    commit = mailbox.commit

    async def die(*_: object) -> None:
        raise ConnectionError("the database went away")

    monkeypatch.setattr(mailbox, "commit", die)
    await shop.work(conversation)
    monkeypatch.setattr(mailbox, "commit", commit)
    await shop.rows("update conversations set retry_at = null where id = %(c)s returning 1", c=conversation)
    assert await shop.work(conversation) == 1
    assert [s.text for s in meta.sends] == ["Olá!"]
    openai.assert_finished()


async def test_a_stale_worker_can_not_speak(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    conversation = await shop.receive("oi")

    def steal(_: object) -> object:
        import psycopg

        with psycopg.connect(shop.resources.settings.database_url or "", autocommit=True) as conn:
            conn.execute("update conversations set lease_token = gen_random_uuid() where id = %s", (conversation,))
        return text("Olá!")

    openai.respond(steal)  # type: ignore[arg-type]
    await shop.work(conversation)
    assert meta.sends == []
    assert [m["direction"] for m in await shop.messages(conversation)] == ["incoming"]
    (left,) = await shop.rows("select turn_failures from conversations where id = %(c)s", c=conversation)
    assert left["turn_failures"] == 0


async def test_escalation_silences_the_ai_until_a_person_hands_back(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    openai.script([call("escalate_to_human", reason="quer desconto")])
    conversation = await shop.say("quero falar com uma pessoa")
    (case,) = await shop.rows("select * from escalations")
    assert (case["reason"], case["closed_at"]) == ("quer desconto", None)
    (interaction,) = await shop.rows("select function_calls from ai_interactions where conversation_id = %(c)s", c=conversation)
    assert interaction["function_calls"][0]["name"] == "escalate_to_human"
    await shop.say("alô?")
    assert len(meta.sends) == len(openai.requests) == 1

    await shop.rows(
        "insert into messages (organization_id, conversation_id, instance_id, direction, from_me, content, status, author) "
        "select organization_id, id, instance_id, 'outgoing', true, 'Dou 10%% de desconto na quinta.', 'sent', 'Paula' "
        "from conversations where id = %(c)s returning 1",
        c=conversation,
    )
    await shop.rows("update escalations set closed_at = now(), note = 'cliente fiel' where id = %(e)s returning 1", e=case["id"])
    await shop.rows("update conversations set status = 'active' where id = %(c)s returning 1", c=conversation)
    assert await shop.work(conversation) == 1
    assert len(openai.requests) == 1, "the person had the last word: nobody waits"

    openai.script(["Isso, são 10% na quinta!"])
    await shop.say("fechado, pode marcar?")
    seen = "\n".join(m["content"] or "" for m in openai.requests[-1].json["messages"])
    for words in ("quero falar com uma pessoa", "alô?", "Dou 10% de desconto na quinta.", "cliente fiel", "fechado, pode marcar?"):
        assert words in seen
    assert "Dou 10% de desconto na quinta." in meta.sends[-1].text


async def test_a_hand_back_answers_who_still_waits(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    openai.script([call("escalate_to_human", reason="x")])
    conversation = await shop.say("quero uma pessoa")
    await shop.say("qual o preço do banho?")
    await shop.rows("update escalations set closed_at = now() where conversation_id = %(c)s returning 1", c=conversation)
    await shop.rows("update conversations set status = 'active' where id = %(c)s returning 1", c=conversation)
    openai.script([call("list_services"), "O banho custa R$ 70,00."])
    assert await shop.work(conversation) == 1
    assert "R$ 70,00" in meta.sends[-1].text


async def test_who_is_handed_back_may_ask_for_a_person_again(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    """The run that resumes parks once more: what it was resumed with is checkpointed, and read again by the next."""
    openai.script([call("escalate_to_human", reason="x")])
    conversation = await shop.say("quero uma pessoa")
    await shop.receive("qual o preço do banho?")
    await shop.hand_back(conversation)
    openai.script([call("escalate_to_human", reason="y")])
    assert await shop.work(conversation) == 1
    await shop.receive("e a tosa?")
    await shop.hand_back(conversation)
    openai.script([call("list_services"), "A tosa custa R$ 120,00."])
    assert await shop.work(conversation) == 1
    assert "R$ 120,00" in meta.sends[-1].text
    asked = [m["content"] for m in openai.requests[-1].json["messages"] if m["role"] == "user"]
    assert asked == ["quero uma pessoa", "qual o preço do banho?", "e a tosa?"]
    stored = await shop.rows(
        "select blob from checkpoints.checkpoint_writes where thread_id = %(c)s union all"
        " select blob from checkpoints.checkpoint_blobs where thread_id = %(c)s and blob is not null",
        c=str(conversation),
    )
    assert stored
    assert not [row for row in stored if b"service.turns" in row["blob"]], "plain data, whatever becomes of our types"


async def test_a_briefing_that_can_not_be_read_goes_to_a_person(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    conversation = await shop.receive("oi")
    await shop.rows(
        "insert into proposals (organization_id, conversation_id, contact_id, kind, items, result, call, expires_at)"
        """ select organization_id, id, contact_id, 'book', '[{"pet": "Rex"}]', '{}', '{}', now() + interval '1 hour'"""
        " from conversations where id = %(c)s returning 1",
        c=conversation,
    )
    assert await shop.work(conversation) == 0
    assert openai.requests == []
    (letter,) = await shop.rows("select * from dead_letters")
    assert (letter["kind"], letter["error_type"], letter["attempts"]) == ("turn", "Unreadable", 1)
    assert "proposal.items.0.service" in letter["error"]
    (state,) = await shop.rows("select status, lease_token from conversations where id = %(c)s", c=conversation)
    assert state == {"status": "escalated", "lease_token": None}
    assert "equipe" in meta.sends[-1].text


@pytest.mark.parametrize(("hours", "pause"), [(None, timedelta(hours=12)), (1.5, timedelta(minutes=90))])
async def test_a_turn_given_up_pauses_for_as_long_as_the_shop_says(
    shop: Shop, openai: FakeOpenAI, hours: float | None, pause: timedelta
) -> None:
    await shop.rows(
        "update organization_settings set pause_hours = %(h)s where organization_id = %(o)s returning 1", h=hours, o=shop.organization_id
    )
    conversation = await shop.receive("oi")
    await shop.rows("update conversations set turn_failures = %(n)s where id = %(c)s returning 1", n=len(RETRY_DELAYS), c=conversation)
    openai.script([Fault(status=500, body="broken")])
    await shop.work(conversation)
    (case,) = await shop.rows("select pause_until - opened_at as pause from escalations")
    assert case["pause"] == pause


async def test_a_turn_over_the_limit_pauses_for_as_long_as_the_installation_says(
    open_shop: Callable[..., Awaitable[Shop]], openai: FakeOpenAI
) -> None:
    shop = await open_shop(contact_turns_per_hour=1, pause_hours=2.0)
    openai.script(["Olá!"])
    await shop.say("oi")
    await shop.say("oi de novo")
    (case,) = await shop.rows("select pause_until - opened_at as pause from escalations")
    assert case["pause"] == timedelta(hours=2)


async def test_a_hand_back_survives_a_thread_that_can_not_be_resumed(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    openai.script([call("escalate_to_human", reason="x")])
    conversation = await shop.say("quero uma pessoa")
    for table in ("checkpoints", "checkpoint_writes", "checkpoint_blobs"):
        await shop.rows(f"delete from checkpoints.{table} where thread_id = %(c)s returning 1", c=str(conversation))
    await shop.receive("qual o preço?")
    await shop.rows("update escalations set closed_at = now() where conversation_id = %(c)s returning 1", c=conversation)
    await shop.rows("update conversations set status = 'active' where id = %(c)s returning 1", c=conversation)
    openai.script(["O banho custa R$ 70,00."])
    assert await shop.work(conversation) == 1
    seen = "\n".join(m["content"] or "" for m in openai.requests[-1].json["messages"])
    assert "quero uma pessoa" in seen
    assert "R$ 70,00" in meta.sends[-1].text


async def test_a_case_opened_by_a_run_that_died_is_known_to_the_next(
    shop: Shop, openai: FakeOpenAI, meta: FakeMeta, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worker dies after the case is open and before any checkpoint; a person hands back; the customer goes on."""
    openai.script(["Olá!", call("escalate_to_human", reason="pediu"), "Bem-vinda de volta!"])
    conversation = await shop.say("oi")
    open_case = escalations.open_case

    async def die(*arguments: Any) -> None:
        await open_case(*arguments)
        raise ConnectionError("the worker dies")

    monkeypatch.setattr(escalations, "open_case", die)
    await shop.say("quero uma pessoa")
    await shop.rows("update conversations set retry_at = null, turn_failures = 0 where id = %(c)s returning 1", c=conversation)
    await shop.hand_back(conversation)
    assert await shop.work(conversation) == 1
    assert len(openai.requests) == 2, "nobody waits: there is nothing to say"
    await shop.say("voltei")
    said = [(m["role"], m["content"]) for m in openai.requests[-1].json["messages"] if m["role"] in ("user", "assistant")]
    assert said[-3][1] == "quero uma pessoa"
    assert said[-2][0] == "assistant"
    assert "pessoa da nossa equipe" in said[-2][1]
    assert said[-1] == ("user", "voltei")
    assert meta.sends[-1].text == "Bem-vinda de volta!"


async def test_a_reply_being_written_is_dropped_when_a_person_takes_over(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    conversation = await shop.receive("oi")

    def take_over(_: object) -> object:
        import psycopg

        with psycopg.connect(shop.resources.settings.database_url or "", autocommit=True) as conn:
            conn.execute(
                "insert into escalations (organization_id, conversation_id, case_key, reason, pause_until) "
                "select organization_id, id, 'person', 'x', now() + interval '1 hour' from conversations where id = %s",
                (conversation,),
            )
            conn.execute("update conversations set status = 'escalated' where id = %s", (conversation,))
        return text("Olá!")

    openai.respond(take_over)  # type: ignore[arg-type]
    await shop.work(conversation)
    assert meta.sends == []


async def test_broken_arguments_and_unknown_tools_go_back_to_the_model(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    from tests.kit.fakes.openai import ToolCall

    openai.script(
        [
            calls(ToolCall("register_pet", '{"name": "Rex"'), ToolCall("fly", {})),
            calls(ToolCall("register_pet", {"species": "dog"})),
            call("register_pet", name="Rex"),
            "Pronto!",
        ]
    )
    await shop.say("cadastra o Rex, meu cachorro")
    results = [m["content"] for m in openai.requests[-1].json["messages"] if m["role"] == "tool"]
    assert len(results) == 4
    assert any("não existe" in r for r in results)
    assert any("JSON" in r for r in results)
    assert len(meta.sends) == 1
    assert "Rex" in meta.sends[0].text


async def test_a_model_that_never_stops_calling_tools_must_answer(
    open_shop: Callable[..., Awaitable[Shop]], openai: FakeOpenAI, meta: FakeMeta
) -> None:
    shop = await open_shop(tool_rounds=3)
    names = itertools.cycle(["list_services", "shop_info"])
    openai.respond(lambda request: call(next(names)) if request.get("tools") else text("Chega."))
    await shop.say("quanto custa o banho?")
    assert len(openai.requests) == 4
    assert "R$ 70,00" in meta.sends[-1].text, "what was looked up is told"


async def test_a_model_that_calls_the_same_again_need_not_answer(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    openai.respond(lambda request: call("list_services"))
    await shop.say("quanto custa o banho?")
    assert len(openai.requests) == 2
    assert "R$ 70,00" in meta.sends[-1].text
    assert len(await shop.results()) == 1


@pytest.mark.parametrize("fault", [MALFORMED, Fault(status=429, body="{}"), Fault(reset="before"), Fault(status=500)])
async def test_model_trouble_is_retried(shop: Shop, openai: FakeOpenAI, meta: FakeMeta, fault: Fault) -> None:
    openai.fail_next(fault)
    openai.script(["Olá!"])
    conversation = await shop.receive("oi")
    await shop.work(conversation)
    assert meta.sends == []
    await shop.rows("update conversations set retry_at = null where id = %(c)s returning 1", c=conversation)
    await shop.work(conversation)
    assert [s.text for s in meta.sends] == ["Olá!"]


async def test_what_can_not_be_read_gets_a_polite_sentence(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    await shop.say("", message_type="audio")
    assert openai.requests == []
    assert "texto" in meta.sends[0].text
    openai.script(["Oi!"])
    await shop.say("oi")
    assert any("áudio" in (m["content"] or "") for m in openai.requests[0].json["messages"])


async def test_a_refused_send_is_retried_or_made_visible(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    openai.script(["Olá!", "Oi de novo!"])
    meta.fail_when(lambda body: error(130429, status=429) if body.get("type") == "text" or "text" in body else None)
    conversation = await shop.say("oi")
    (row,) = [m for m in await shop.messages(conversation) if m["direction"] == "outgoing"]
    assert row["status"] == "queued"
    assert row["next_attempt_at"] is not None
    assert row["error_code"] == "130429"
    meta.fail_when(lambda body: error(131026) if body.get("type") == "text" or "text" in body else None)
    await shop.rows("update messages set next_attempt_at = null where id = %(m)s returning 1", m=row["id"])
    await shop.rows("update whatsapp_instances set sends_paused_until = null returning 1")
    await shop.say("oi de novo")
    statuses = [m["status"] for m in await shop.messages(conversation) if m["direction"] == "outgoing"]
    assert "failed" in statuses
    assert await shop.rows("select 1 from dead_letters where kind = 'send'")
    assert await shop.rows("select 1 from alerts where kind = 'send_failed'")


async def test_a_lost_answer_of_a_send_is_never_sent_again(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    openai.script(["Olá!"])
    meta.fail_when(lambda body: Fault(reset="after") if body.get("type") == "text" or "text" in body else None)
    conversation = await shop.say("oi")
    await shop.work(conversation)
    (row,) = [m for m in await shop.messages(conversation) if m["direction"] == "outgoing"]
    assert row["status"] == "sending"
    assert len(meta.sends) == 1


async def test_an_owner_talks_to_aurora(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    openai.script([call("business_summary", period="today"), "Hoje você atendeu 0 clientes!"])
    conversation = await shop.say("Quantos clientes atendi hoje?", phone="551188880001")
    offered = {t["function"]["name"] for t in openai.requests[0].json["tools"]}
    assert "business_summary" in offered
    assert "book_appointment" not in offered
    (kept,) = await shop.rows("select * from aurora_proactive_messages")
    assert kept["content"].startswith("Hoje você não atendeu nenhum cliente.")
    assert kept["conversation_id"] == conversation
    (interaction,) = await shop.rows("select ai_type, model from ai_interactions")
    assert (interaction["ai_type"], interaction["model"]) == ("aurora", "gpt-6-luna")


async def test_aurora_gives_no_figures_without_a_source(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    openai.script(["Você faturou R$ 999,00!", call("business_summary", period="today"), "Hoje: R$ 0,00."])
    await shop.say("quanto faturei?", phone="551188880001")
    assert "R$ 0,00" in meta.sends[0].text
    assert "R$ 999,00" not in meta.sends[0].text
    (interaction,) = await shop.rows("select prompt_tokens from ai_interactions")
    assert interaction["prompt_tokens"] == 300


async def test_concurrent_bookings_of_one_slot(open_shop: Callable[..., Awaitable[Shop]], openai: FakeOpenAI, meta: FakeMeta) -> None:
    """One vet, four customers, one slot: one booking, three clear refusals with alternatives."""
    shop = await open_shop()
    day = next_monday().isoformat()
    openai.respond(
        lambda request: (
            text(dialogue(request)[-1]["content"])
            if dialogue(request)[-1]["role"] == "tool"
            else calls(
                call("register_pet", name="Mia", species="cat"),
                call("book_appointment", pet_name="Mia", service_type="Consulta", preferred_date=day, preferred_time="10:00"),
            )
        )
    )
    conversations = [
        await shop.receive(f"marca consulta da Mia, minha gata, dia {next_monday():%d/%m} às 10h", phone=f"551196666000{n}")
        for n in range(4)
    ]
    await asyncio.gather(*map(shop.work, conversations))
    booked = await shop.rows("select 1 from bookings where conversation_id = any(%(c)s)", c=conversations)
    assert len(booked) == 1
    rows = await shop.rows("select function_results from ai_interactions")
    refused = [r["result"] for row in rows for r in row["function_results"] if '"success": false' in r["result"]]
    assert refused
    assert all("alternatives" in r and "não está mais livre" in r for r in refused)


async def test_the_sweeper_sees_only_what_was_left_behind(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    forgotten = await shop.receive("oi")
    await shop.receive("acabei de chegar", phone="5511955550002")
    openai.script(["Olá!"])
    meta.fail_when(lambda body: error(130429, status=429) if "text" in body else None)
    unsent = await shop.say("oi", phone="5511955550003")
    await shop.rows(
        "update messages set created_at = now() - interval '1 hour', next_attempt_at = null where conversation_id = any(%(c)s) returning 1",
        c=[forgotten, unsent],
    )
    found = await sweep.find_left_behind(shop.resources.db, shop.resources.settings)
    assert [r["conversation_id"] for r in found["unanswered"]] == [forgotten]
    assert found["unsent"] == [], "the whole number pauses"
    await shop.rows("update whatsapp_instances set sends_paused_until = null returning 1")
    await shop.rows("update conversations set woken_at = null returning 1")
    found = await sweep.find_left_behind(shop.resources.db, shop.resources.settings)
    assert [r["conversation_id"] for r in found["unanswered"]] == [forgotten]
    assert [r["conversation_id"] for r in found["unsent"]] == [unsent]

    await shop.rows("update conversations set lease_token = gen_random_uuid(), lease_until = now() + interval '1 minute' returning 1")
    found = await sweep.find_left_behind(shop.resources.db, shop.resources.settings)
    assert found["unanswered"] == [], "somebody works on it"


async def test_a_pause_ends_by_itself_and_a_lost_send_becomes_visible(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    openai.script([call("escalate_to_human", reason="x")])
    meta.fail_when(lambda body: Fault(reset="after") if "text" in body else None)
    conversation = await shop.say("quero uma pessoa")
    await shop.receive("alguém?")
    await shop.rows("update escalations set pause_until = now() - interval '1 minute' returning 1")
    await shop.rows("update messages set sending_since = now() - interval '1 hour' where status = 'sending' returning 1")
    found = await sweep.find_left_behind(shop.resources.db, shop.resources.settings)
    assert [r["conversation_id"] for r in found["unanswered"]] == [conversation]
    (failed,) = await shop.rows("select error_detail from messages where status = 'failed'")
    assert "não confirmou" in failed["error_detail"]
    meta.fail_when(None)
    openai.script(["Voltei!"])
    assert await shop.work(conversation) == 1
    assert meta.sends[-1].text == "Voltei!"


async def test_evolution_in_and_out(shop: Shop, openai: FakeOpenAI) -> None:
    with FakeEvolution() as server:
        await shop.rows(
            "insert into whatsapp_instances (organization_id, channel, name, instance_name, webhook_secret, api_url, access_token) "
            "values (%(o)s, 'evolution', 'Baileys', 'loja', 'segredo', %(url)s, 'chave') returning 1",
            o=shop.organization_id,
            url=server.url,
        )
        openai.script(["Olá!"])
        body = webhook_body(upsert("551177776666@s.whatsapp.net", "oi"), instance="loja")
        deliveries = evolution.parse(body, instance="loja", secret="segredo")
        await intake.receive(shop.resources.db, deliveries, settings=shop.resources.settings, correlation_id=None)
        (row,) = await shop.rows("select id from conversations")
        await shop.work(row["id"])
        (sent,) = server.sends
        assert sent.text == "Olá!"
