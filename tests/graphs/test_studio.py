"""LangGraph Studio's server opens the very graph that production runs, parks it at the interrupt and resumes it."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, cast
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import httpx
import psycopg
import pytest
from langchain_core.messages import HumanMessage
from langgraph_sdk import get_client
from langgraph_sdk.client import LangGraphClient
from pydantic import ValidationError

from graphs.context import Context
from graphs.models import Models
from graphs.router import build_graph
from graphs.studio import context_of
from service.agenda import holidays
from service.operations import embedded
from service.operations.queries.studio import Conversation, Own
from service.platform.database import Database
from service.platform.errors import Misconfigured
from service.platform.settings import Settings
from tests.kit.fakes.openai import FakeOpenAI, call
from tests.kit.fakes.server import Fault
from tests.kit.running import ROOT, free_port


@pytest.fixture
def openai() -> Iterator[FakeOpenAI]:
    with FakeOpenAI() as fake:
        yield fake


@contextmanager
def langgraph_dev(tmp_path: Path, **settings: str) -> Iterator[str]:
    """`langgraph dev` in a folder of its own, so that its state lands there; yields its address."""
    folder = tmp_path / "studio"
    folder.mkdir()
    for name in ("graphs", "tools", "service", "pyproject.toml", "langgraph.json"):
        (folder / name).symlink_to(ROOT / name)
    port = free_port()
    kept = {k: v for k, v in os.environ.items() if k in ("PATH", "HOME", "LANG", "TMPDIR")}
    env = kept | {"PYTHONPATH": str(ROOT), "LANGGRAPH_CLI_NO_ANALYTICS": "1", **settings}
    command = [
        str(Path(sys.executable).parent / "langgraph"),
        "dev",
        "--no-browser",
        "--no-reload",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
    ]
    log = tmp_path / "studio.log"
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=folder, env=env, stdout=out, stderr=out, start_new_session=True)
    url = f"http://127.0.0.1:{port}"
    try:
        deadline = time.monotonic() + 90
        while True:
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < deadline, log.read_text()
            try:
                if httpx.get(f"{url}/ok", timeout=2).status_code == 200:
                    break
            except httpx.TransportError:
                time.sleep(0.1)
        yield url
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(30)


@pytest.fixture
def studio(settings: Settings, openai: FakeOpenAI, tmp_path: Path) -> Iterator[str]:
    """Run the development server over this test's database and the fake model."""
    given = {"DATABASE_URL": settings.database_url or "", "REDIS_URL": settings.redis_url or ""}
    with langgraph_dev(tmp_path, OPENAI_API_KEY="test", OPENAI_BASE_URL=openai.base_url, **given) as url:
        yield url


def conversation(settings: Settings, organization_id: UUID) -> tuple[UUID, UUID]:
    """Open a customer's conversation with nothing in it."""
    with psycopg.connect(settings.database_url or "", autocommit=True) as conn:
        row = conn.execute(
            "with k as (insert into contacts (organization_id, phone, name) values (%(o)s, '5511900001111', 'Ana') returning id) "
            "insert into conversations (organization_id, instance_id, contact_id) "
            "select %(o)s, i.id, k.id from k, whatsapp_instances i where i.organization_id = %(o)s and i.channel = 'cloud_api' "
            "returning id, contact_id",
            {"o": organization_id},
        ).fetchone()
    assert row is not None
    return row[0], row[1]


async def test_a_thread_goes_through_the_interrupt_and_back(
    studio: str, settings: Settings, openai: FakeOpenAI, organization_id: UUID
) -> None:
    conversation_id, contact_id = conversation(settings, organization_id)
    client = get_client(url=studio)
    graph = await client.assistants.get_graph("patas", xray=True)
    names = {node["id"] for node in graph["nodes"]}
    assert {"route", "client:agent", "client:await_human", "aurora:agent"} <= names

    def context() -> dict[str, str]:
        return {
            "organization_id": str(organization_id),
            "conversation_id": str(conversation_id),
            "contact_id": str(contact_id),
            "turn_id": str(uuid4()),
        }

    thread = await client.threads.create()
    openai.script([call("escalate_to_human", reason="pediu uma pessoa")])
    asked: dict[str, Any] = {"messages": [{"role": "human", "content": "quero uma pessoa"}]}
    await client.runs.wait(thread["thread_id"], "patas", input=asked, context=context())
    parked: Any = await client.threads.get_state(thread["thread_id"])
    assert parked["next"] == ["client"]
    assert parked["interrupts"][0]["value"]["escalation"]["reason"] == "pediu uma pessoa"
    with psycopg.connect(settings.database_url or "") as conn:
        assert conn.execute("select status from conversations where id = %s", (conversation_id,)).fetchone() == ("escalated",)

    await client.runs.wait(thread["thread_id"], "patas", command={"resume": "devolvido"}, context=context())
    done: Any = await client.threads.get_state(thread["thread_id"])
    assert done["next"] == []
    assert done["values"]["escalation"] is None
    openai.assert_finished()


async def test_a_run_without_context_in_a_fresh_clone_speaks_in_the_demo_shop(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with langgraph_dev(tmp_path, PATAS_DATA_DIR=str(data)) as url:
        client = get_client(url=url)
        thread = await client.threads.create()
        asked: dict[str, Any] = {"messages": [{"role": "human", "content": "quanto custa o banho?"}]}
        answer: Any = await client.runs.wait(thread["thread_id"], "patas", input=asked)
        assert answer["reply"]
        assert answer["briefing"]["organization"]["name"] == "Pet Shop Patinhas"
        assert answer["briefing"]["instance"]["channel"] == "simulator"
        (assistant,) = await client.assistants.search(graph_id="patas")
        schema = (await client.assistants.get_schemas(assistant["assistant_id"]))["context_schema"]
        assert schema
        assert schema["properties"]["conversation_id"]["default"] == answer["briefing"]["conversation_id"]
    assert embedded.running(Settings(_env_file=None, database_url=None, redis_url=None, data_dir=data)) is None, "its servers end with it"


async def said(client: LangGraphClient, thread: str, text: str, context: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Write one message into a thread and return its state after the run. Fails where the run failed."""
    asked: dict[str, Any] = {"messages": [{"role": "human", "content": text}]}
    values: Any = await client.runs.wait(thread, "patas", input=asked, context=context)
    assert "__error__" not in values, values
    return cast(dict[str, Any], values)


def open_day() -> str:
    """Return the demo shop's next day with a bath at 10h, as a customer names it."""
    day = datetime.now(ZoneInfo("America/Sao_Paulo")).date() + timedelta(days=1)
    while day.isoweekday() == 7 or holidays.between("SP", day, day):
        day += timedelta(days=1)
    return f"dia {day:%d/%m}"


async def test_a_fresh_clone_holds_a_conversation_in_every_thread(tmp_path: Path) -> None:
    with langgraph_dev(tmp_path, PATAS_DATA_DIR=str(tmp_path / "data")) as url:
        client = get_client(url=url)
        first, second = [(await client.threads.create())["thread_id"] for _ in range(2)]
        priced = await said(client, first, "quanto custa o banho?")
        assert "R$ 70,00" in priced["reply"]
        assert priced["briefing"]["contact"]["name"] == "LangGraph Studio"
        proposed = await said(client, first, f"quero banho pro Thor, labrador, {open_day()} 10h")
        assert "Thor" in proposed["reply"]
        assert "10h" in proposed["reply"]
        assert proposed["reply"].endswith("?")
        agreed = await said(client, first, "sim, pode confirmar")
        results = [json.loads(m["content"]) for m in agreed["messages"] if m["type"] == "tool"]
        assert results[-1]["success"] is True
        again = await said(client, second, "quanto custa a tosa?")
        assert "R$ 120,00" in again["reply"]
        assert [(pet["name"], pet["breed"]) for pet in again["briefing"]["pets"]] == [("Thor", "Labrador")]
        assert [visit["pet"] for visit in again["briefing"]["appointments"]] == ["Thor"]


async def test_a_person_who_was_called_leaves_studio_free_to_go_on(tmp_path: Path) -> None:
    with langgraph_dev(tmp_path, PATAS_DATA_DIR=str(tmp_path / "data")) as url:
        client = get_client(url=url)
        threads = [(await client.threads.create())["thread_id"] for _ in range(2)]
        for thread in threads:
            await said(client, thread, "quero falar com uma pessoa")
            assert (await client.threads.get_state(thread))["next"] == ["client"]
        await client.runs.wait(threads[0], "patas", command={"resume": "devolvido"})
        assert (await client.threads.get_state(threads[0]))["next"] == []
        for thread, pet in zip(threads, ("Thor", "Bidu"), strict=True):
            proposed = await said(client, thread, f"quero banho pro {pet}, labrador, {open_day()} 10h")
            assert pet in proposed["reply"]
            assert proposed["reply"].endswith("?")
        anew = await said(client, (await client.threads.create())["thread_id"], "oi")
        assert [m["type"] for m in anew["messages"]] == ["human", "ai"], "what other threads were told is theirs"


async def test_the_contexts_that_the_document_names_speak_as_it_says(tmp_path: Path) -> None:
    ana, conversations = re.findall(r"^```(?:json|sql)\n(.*?)^```$", (ROOT / "docs" / "runtime.md").read_text(), re.MULTILINE | re.DOTALL)
    with langgraph_dev(tmp_path, PATAS_DATA_DIR=str(tmp_path / "data")) as url:
        client = get_client(url=url)
        thread = (await client.threads.create())["thread_id"]
        answer = await said(client, thread, "agenda de hoje?", {"is_owner": True})
        assert answer["briefing"]["owner"]["name"] == "Marina"
        assert answer["reply"]
        thread = (await client.threads.create())["thread_id"]
        answer = await said(client, thread, "quanto custa o banho?", json.loads(ana))
        assert answer["briefing"]["contact"]["name"] == "Ana Souza"
        assert "R$ 70,00" in answer["reply"]
        urls = embedded.running(Settings(_env_file=None, database_url=None, redis_url=None, data_dir=tmp_path / "data"))
        assert urls
        with psycopg.connect(urls.database_url) as conn:
            contexts = {name: context for name, _, context in conn.execute(conversations.encode()).fetchall()}
        assert json.loads(ana).items() <= contexts["Ana Souza"].items()
        assert [name for name, context in contexts.items() if context["is_owner"]] == ["Marina"]


async def test_a_failed_turn_is_followed_by_one_that_answers_it_too(
    studio: str, settings: Settings, openai: FakeOpenAI, organization_id: UUID
) -> None:
    conversation_id, contact_id = conversation(settings, organization_id)
    ids = {"organization_id": str(organization_id), "conversation_id": str(conversation_id), "contact_id": str(contact_id)}
    client = get_client(url=studio)
    thread = (await client.threads.create())["thread_id"]
    openai.script([Fault(status=400), "Oi! Qual dia você prefere?"])
    with pytest.raises(Exception, match="ModelFailed"):
        await said(client, thread, "quanto custa?", ids)
    answered = await said(client, thread, "o banho", ids)
    *asked, answer = answered["messages"]
    assert [(m["type"], m["content"]) for m in asked] == [("human", "quanto custa?"), ("human", "o banho")]
    assert answer["content"].startswith("Oi! ")
    assert answer["content"].endswith("Qual dia você prefere?")
    openai.assert_finished()


async def test_what_was_stored_comes_before_what_is_typed(
    studio: str, settings: Settings, openai: FakeOpenAI, organization_id: UUID
) -> None:
    conversation_id, contact_id = conversation(settings, organization_id)
    with psycopg.connect(settings.database_url or "", autocommit=True) as conn:
        conn.execute(
            "insert into messages (organization_id, conversation_id, instance_id, direction, content, processed_at) "
            "select organization_id, id, instance_id, 'incoming', 'alguém conseguiu olhar?', now() from conversations where id = %s",
            (conversation_id,),
        )
    ids = {"organization_id": str(organization_id), "conversation_id": str(conversation_id), "contact_id": str(contact_id)}
    client = get_client(url=studio)
    thread = (await client.threads.create())["thread_id"]
    openai.script(["Oi!"])
    answered = await said(client, thread, "bom dia", ids)
    assert [m["content"] for m in answered["messages"]] == ["alguém conseguiu olhar?", "bom dia", "Oi!"]


async def test_production_refuses_a_run_that_brings_no_ids_or_no_claimed_turn(db: Database, settings: Settings) -> None:
    models = Models(settings)
    try:
        graph = build_graph(db, models, settings)
        with pytest.raises(Misconfigured, match="claimed turn"):
            await graph.ainvoke({"messages": [HumanMessage("oi")]})
        ids = Context(organization_id=uuid4(), conversation_id=uuid4(), contact_id=uuid4(), turn_id=uuid4())
        with pytest.raises(Misconfigured, match="claimed turn"):
            await graph.ainvoke({"messages": [HumanMessage("oi")]}, context=ids)
    finally:
        await models.close()


def test_ids_come_together_or_not_at_all() -> None:
    customer, owner = (
        Conversation(organization_id=uuid4(), conversation_id=uuid4(), contact_id=uuid4(), is_owner=owns, timezone="America/Manaus")
        for owns in (False, True)
    )
    schema = context_of(Own(customer, owner))
    unbrought = {"turn_id", "lease_token", "correlation_id"}
    assert schema.model_validate({}).model_dump(exclude=unbrought) == customer
    assert schema.model_validate({"is_owner": True}).model_dump(exclude=unbrought) == owner
    assert schema.model_validate({**customer, "is_owner": True}).model_dump(exclude=unbrought) == owner
    assert schema.model_validate({}).turn_id != schema.model_validate({}).turn_id
    other = {"organization_id": uuid4(), "conversation_id": uuid4(), "contact_id": uuid4()}
    given = schema.model_validate(other)
    assert (given.conversation_id, given.is_owner) == (other["conversation_id"], False)
    with pytest.raises(ValidationError, match="together, or none"):
        schema.model_validate({"conversation_id": uuid4()})
    with pytest.raises(ValidationError, match="no owner's number"):
        context_of(Own(customer, None)).model_validate({"is_owner": True})
    with pytest.raises(ValidationError, match="organization_id"):
        Context.model_validate({"turn_id": uuid4()})
