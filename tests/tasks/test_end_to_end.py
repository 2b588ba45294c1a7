"""Everything together: a signed webhook into the real web process, the real queue, a real Dramatiq worker, and one send out."""

import json
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest
from psycopg.rows import dict_row
from redis import Redis

from tests.kit.fakes.meta import FakeMeta, signed, text_message, webhook_body
from tests.kit.fakes.openai import FakeOpenAI, call, text
from tests.kit.fakes.server import Fault
from tests.kit.running import API_TOKEN, APP_SECRET, Running, running

CUSTOMER = "5511955550009"
OWNER = "551188880001"

# The log lines of one customer's turn with one tool call, in the order of the specification.
SPECIFIED = [
    ("[WORKER] Processing message", {"jobId", "organizationId", "instanceId", "from", "messageContent"}),
    ("[CLIENT-AI] Processing client message", {"from", "type", "agentType"}),
    ("[CLIENT-AI] Context loaded", {"contactId", "conversationId", "historyMessages", "petsCount"}),
    ("[CLIENT-AI] Calling OpenAI", {"model", "temperature", "promptTokens"}),
    ("[CLIENT-AI] Executing function", {"functionName", "args"}),
    ("[CLIENT-AI] Calling OpenAI", {"model", "temperature", "promptTokens"}),
    ("[CLIENT-AI] Response generated", {"responseLength", "completionTokens", "totalTokens"}),
    ("[CLIENT-AI] Data saved to database", {"messagesSaved", "interactionSaved"}),
    ("[CLIENT-AI] Message sent via WhatsApp", {"to", "messageSent"}),
    ("✅ Job completed", {"jobId", "success", "isOwner", "processingTime"}),
]


@pytest.fixture
def openai() -> Iterator[FakeOpenAI]:
    with FakeOpenAI() as fake:
        yield fake


@pytest.fixture
def meta() -> Iterator[FakeMeta]:
    with FakeMeta(token="meta-token") as fake:
        yield fake


@pytest.fixture
def system(tmp_path: Path, database_url: str, redis_url: str, openai: FakeOpenAI, meta: FakeMeta) -> Iterator[Running]:
    with running(
        tmp_path, DATABASE_URL=database_url, REDIS_URL=redis_url, OPENAI_BASE_URL=openai.base_url, WHATSAPP_API_URL=meta.url
    ) as started:
        yield started


def post(system: Running, body: Any) -> httpx.Response:
    raw, headers = signed(body, APP_SECRET)
    return httpx.post(f"{system.url}/webhook", content=raw, headers=headers, timeout=10)


def rows(system: Running, sql: Any, *params: Any) -> list[dict[str, Any]]:
    with psycopg.connect(system.env["DATABASE_URL"], row_factory=dict_row, autocommit=True) as conn:
        return conn.execute(sql, params).fetchall()


def test_both_agents_answer_a_signed_webhook_once(system: Running, openai: FakeOpenAI, meta: FakeMeta) -> None:
    openai.script(
        [call("register_pet", name="Rex", species="dog", breed="Golden Retriever", age=3), text("Cadastrei o Rex!")], key="chamado Rex"
    )
    openai.script([call("business_summary", period="today"), text("Hoje você não atendeu nenhum cliente.")], key="Quantos clientes")
    customer = webhook_body(messages=[text_message(CUSTOMER, "Tenho um Golden Retriever de 3 anos chamado Rex")])
    owner = webhook_body(messages=[text_message(OWNER, "Quantos clientes atendi hoje?")])
    for body in (customer, owner, customer):
        assert post(system, body).status_code == 200
    meta.wait_until(lambda: len(meta.sends) == 2, 30)
    sent = {s.to: s.text for s in meta.sends}
    assert sent.keys() == {CUSTOMER, OWNER}
    assert "Rex" in sent[CUSTOMER]
    assert sent[OWNER].startswith("Hoje você não atendeu nenhum cliente")
    openai.assert_finished()
    assert system.stop("worker") == 0, "SIGTERM lets it finish"
    assert len(meta.sends) == 2

    agents = rows(system, "select ai_type, status from ai_interactions order by ai_type")
    assert [(a["ai_type"], a["status"]) for a in agents] == [("aurora", "success"), ("client", "success")]
    messages = rows(system, "select direction, status, from_me, sent_by_ai from messages order by seq")
    assert sorted((m["direction"], m["status"], m["from_me"], m["sent_by_ai"]) for m in messages) == [
        ("incoming", "received", False, False),
        ("incoming", "received", False, False),
        ("outgoing", "sent", True, True),
        ("outgoing", "sent", True, True),
    ]
    assert [p["name"] for p in rows(system, "select name from pets where breed = 'Golden Retriever' and name = 'Rex'")] == ["Rex"]
    assert rows(system, "select content from aurora_proactive_messages") == [{"content": sent[OWNER]}]

    lines = [json.loads(line) for line in system.log("worker").splitlines() if line.startswith("{")]
    (turn_id,) = {line["turnId"] for line in lines if line["msg"] == "[CLIENT-AI] Processing client message"}
    turn = [line for line in lines if line.get("turnId") == turn_id]
    assert [line["msg"] for line in turn] == [msg for msg, _ in SPECIFIED]
    for line, (msg, fields) in zip(turn, SPECIFIED, strict=True):
        assert line["level"] == 30
        assert isinstance(line["time"], int)
        assert fields <= line.keys(), msg
    assert len({line["correlationId"] for line in turn}) == 1
    stored = rows(system, "select distinct correlation_id from messages where turn_id = %s", turn_id)
    assert [s["correlation_id"] for s in stored] == [turn[0]["correlationId"]]
    assert CUSTOMER not in system.log("worker"), "numbers are masked"
    assert "Golden" not in json.dumps([line for line in turn if "messageContent" in line])


def test_a_model_that_is_gone_loses_no_message(system: Running, openai: FakeOpenAI, meta: FakeMeta) -> None:
    """The demo shop's own, by default settings; the worker comes back in between, and the operator is told once."""
    openai.gone.add("gpt-6-luna")
    openai.respond(lambda _: text("Oi! Como posso ajudar?"))
    customers = [f"551195555{number:04}" for number in range(10, 16)]
    for written, customer in enumerate(customers, start=1):
        assert post(system, webhook_body(messages=[text_message(customer, "oi, tudo bem?")])).status_code == 200
        meta.wait_until(lambda written=written: len(meta.sends) == written, 30)  # type: ignore[misc]
        if written == len(customers) // 2:
            assert system.stop("worker") == 0
            system.start("worker")
    assert sorted(s.to for s in meta.sends) == customers
    assert {s.text for s in meta.sends} == {"Oi! Como posso ajudar?"}
    assert system.stop("worker") == 0
    assert rows(system, "select distinct model, status from ai_interactions") == [{"model": "gpt-6-sol", "status": "success"}]
    assert rows(system, "select 1 from dead_letters") == []
    (alert,) = rows(system, "select kind, title from alerts")
    assert (alert["kind"], "gpt-6-luna" in alert["title"]) == ("model_gone", True)
    told = [line for line in system.log("worker").splitlines() if "[ALERT]" in line]
    assert len(told) == 1


def test_a_person_takes_over_and_hands_back(system: Running, openai: FakeOpenAI, meta: FakeMeta) -> None:
    openai.script([call("escalate_to_human", reason="quer falar com alguém")])
    post(system, webhook_body(messages=[text_message(CUSTOMER, "quero falar com uma pessoa")]))
    meta.wait_until(lambda: len(meta.sends) == 1, 30)
    (conversation,) = rows(system, "select id, status from conversations")
    assert conversation["status"] == "escalated"

    api = httpx.Client(base_url=f"{system.url}/api/conversations/{conversation['id']}", headers={"Authorization": f"Bearer {API_TOKEN}"})
    assert api.post("/messages", json={"content": "Oi, sou a Paula. Faço por R$ 50,00."}).status_code < 300
    meta.wait_until(lambda: len(meta.sends) == 2, 30)
    assert meta.sends[1].text == "Oi, sou a Paula. Faço por R$ 50,00."
    post(system, webhook_body(messages=[text_message(CUSTOMER, "fechado! que horas abre?")]))
    openai.script(["Abrimos às 9h, e o valor combinado é R$ 50,00."])
    assert api.post("/handback", json={"note": "desconto autorizado"}).status_code == 200
    meta.wait_until(lambda: len(meta.sends) == 3, 30)
    seen = json.dumps(openai.requests[-1].json, ensure_ascii=False)
    for words in ("Faço por R$ 50,00", "desconto autorizado", "que horas abre?"):
        assert words in seen
    assert api.post("/handback").status_code == 409


def test_a_killed_worker_leaves_nothing_unanswered(system: Running, openai: FakeOpenAI, meta: FakeMeta) -> None:
    """Killed while the model thinks, the queue flushed with it: the sweeper finds the message in Postgres."""
    openai.script([text("nunca enviado", fault=Fault(delay=60))])
    post(system, webhook_body(messages=[text_message(CUSTOMER, "oi")]))
    openai.wait_until(lambda: len(openai.requests) == 1, 30)
    system.stop("worker", signal.SIGKILL)
    with Redis.from_url(system.env["REDIS_URL"]) as client:
        client.flushdb()
    rows(system, "update messages set created_at = now() - interval '1 hour' returning 1")
    rows(system, "update conversations set lease_until = now() - interval '1 second' returning 1")
    openai.script(["Olá!"])
    system.start("worker")
    system.start("scheduler")
    meta.wait_until(lambda: len(meta.sends) == 1, 60)
    assert meta.sends[0].text == "Olá!"


def test_a_deploy_hands_turns_over(system: Running, openai: FakeOpenAI, meta: FakeMeta) -> None:
    """A worker asked to end gives back a turn whose model still thinks; its successor answers, once."""
    system.stop("worker")
    system.env = {**system.env, "PATAS_SHUTDOWN_SECONDS": "0.2"}
    system.start("worker")
    openai.script([text("nunca enviado", fault=Fault(delay=60))])
    post(system, webhook_body(messages=[text_message(CUSTOMER, "oi")]))
    openai.wait_until(lambda: len(openai.requests) == 1, 30)
    assert system.stop("worker") == 0
    (row,) = rows(system, "select lease_token, turn_failures from conversations")
    assert row == {"lease_token": None, "turn_failures": 0}
    openai.script(["Olá!"])
    system.start("worker")
    meta.wait_until(lambda: len(meta.sends) == 1, 30)
    assert [s.text for s in meta.sends] == ["Olá!"]


def test_a_flushed_queue_is_found_again(system: Running, openai: FakeOpenAI, meta: FakeMeta) -> None:
    """Everything in Redis is lost in mid-load; nobody helps."""
    system.start("scheduler")
    openai.respond(lambda _: text("Olá!", fault=Fault(delay=0.2)))
    customers = [f"55119555{n:05d}" for n in range(20)]
    for number, customer in enumerate(customers):
        post(system, webhook_body(messages=[text_message(customer, "oi")]))
        if number % 5 == 4:
            with Redis.from_url(system.env["REDIS_URL"]) as client:
                client.flushall()
    meta.wait_until(lambda: {s.to for s in meta.sends} == set(customers), 90)
    assert len(meta.sends) == len(customers)
    assert rows(system, "select 1 from messages where direction = 'incoming' and processed_at is null") == []
