"""The simulator's page and its endpoints, over real Postgres and Redis."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, Any, TypedDict
from uuid import UUID, uuid4

import httpx
import pytest
from fastapi import FastAPI
from langchain_core.messages import AIMessage, HumanMessage, ToolMessage
from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.postgres.aio import AsyncPostgresSaver
from langgraph.graph import START, StateGraph
from langgraph.graph.message import add_messages
from langgraph.types import interrupt
from psycopg_pool import AsyncConnectionPool
from redis.asyncio import Redis

from service.platform import events
from service.platform.database import Database
from service.web import simulation
from tests.kit.simulator import build, make_shop, reply

# An id that nothing has, the same in every process that runs the tests.
NOBODY = UUID(int=7)


@pytest.fixture
async def redis(redis_url: str) -> AsyncIterator[Redis]:
    client = Redis.from_url(redis_url)
    yield client
    await client.aclose()


@asynccontextmanager
async def visiting(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost") as client:
        yield client


@pytest.fixture
async def client(db: Database, redis: Redis) -> AsyncIterator[httpx.AsyncClient]:
    async with visiting(build(db, redis)) as opened:
        yield opened


@pytest.fixture
async def shop(db: Database) -> simulation.Shop:
    return await make_shop(db, f"Loja <b>{uuid4().hex[:6]}</b>")


def number() -> str:
    return f"55119{uuid4().int % 10**8:08d}"


async def say(client: httpx.AsyncClient, shop: simulation.Shop, phone: str, text: str, **more: Any) -> dict[str, Any]:
    body = {"instance_id": str(shop.instance_id), "phone": phone, "content": text, **more}
    response = await client.post("/simulator/messages", json=body)
    assert response.status_code == 200, response.text
    return response.json()


async def test_a_text_takes_the_way_of_a_webhook(client: httpx.AsyncClient, db: Database, shop: simulation.Shop) -> None:
    phone = number()
    view = await say(client, shop, phone, "  Oi, tudo bem? ", name="Rafael")
    assert [(m["direction"], m["content"]) for m in view["messages"]] == [("incoming", "Oi, tudo bem?")]
    assert view["typing"]
    assert view["status"] == "active"
    [[row]] = await db.run(
        shop.organization_id,
        (
            "select m.external_id, k.name, k.phone_key from messages m join conversations c on c.id = m.conversation_id"
            " join contacts k on k.id = c.contact_id where c.id = %(c)s",
            {"c": view["conversation_id"]},
        ),
    )
    assert row["external_id"].startswith("sim.in.")
    assert (row["name"], row["phone_key"]) == ("Rafael", phone)


async def test_a_text_that_is_sent_again_is_one_message(client: httpx.AsyncClient, shop: simulation.Shop) -> None:
    phone, message_id = number(), uuid4()
    for _ in range(2):
        view = await say(client, shop, phone, "Oi", id=message_id.hex)
    assert [(m["content"], m["external_id"]) for m in view["messages"]] == [("Oi", f"sim.in.{message_id.hex}")]


async def test_only_what_is_new_is_told_again(client: httpx.AsyncClient, db: Database, shop: simulation.Shop) -> None:
    phone = number()
    first = await say(client, shop, phone, "Oi")
    await reply(db, shop, first["conversation_id"], "Olá!")
    query = {"instance_id": str(shop.instance_id), "phone": phone, "after": first["messages"][-1]["seq"]}
    view = (await client.get("/simulator/conversations", params=query)).json()
    assert [m["content"] for m in view["messages"]] == ["Olá!"]
    assert [t["status"] for t in view["ticks"]] == ["queued"]
    assert not view["typing"]


async def test_another_phone_and_another_shop_see_nothing(client: httpx.AsyncClient, db: Database, shop: simulation.Shop) -> None:
    phone = number()
    await say(client, shop, phone, "segredo")
    other = await make_shop(db, "Outra loja")
    for instance_id, who in [(shop.instance_id, number()), (other.instance_id, phone)]:
        view = (await client.get("/simulator/conversations", params={"instance_id": str(instance_id), "phone": who})).json()
        assert (view["conversation_id"], view["messages"]) == (None, [])


@pytest.mark.parametrize(("phone", "content"), [("abc", "oi"), ("123", "oi"), ("5511912345678", "   ")])
async def test_nonsense_is_refused_in_one_sentence(client: httpx.AsyncClient, shop: simulation.Shop, phone: str, content: str) -> None:
    response = await client.post("/simulator/messages", json={"instance_id": str(shop.instance_id), "phone": phone, "content": content})
    assert response.status_code == 400
    assert response.json()["error"]


async def test_another_site_may_not_write(client: httpx.AsyncClient, shop: simulation.Shop) -> None:
    body = {"instance_id": str(shop.instance_id), "phone": number(), "content": "oi"}
    response = await client.post("/simulator/messages", json=body, headers={"Sec-Fetch-Site": "cross-site"})
    assert response.status_code == 403


@pytest.mark.parametrize("path", ["/", f"/simulator/threads/{NOBODY}", f"/simulator/events?conversation={NOBODY}"])
async def test_switched_off_there_is_nothing(db: Database, redis: Redis, path: str) -> None:
    async with visiting(build(db, redis, simulator=False)) as client:
        assert (await client.get(path)).status_code == 404


async def test_the_page_names_the_shop_and_runs_only_its_own_scripts(client: httpx.AsyncClient, shop: simulation.Shop) -> None:
    response = await client.get("/")
    assert response.status_code == 200
    assert str(shop.instance_id) in response.text
    assert shop.name not in response.text, "a shop's name is escaped"
    assert "script-src 'self'" in response.headers["content-security-policy"]


async def test_real_conversations_are_not_shown(client: httpx.AsyncClient, db: Database, shop: simulation.Shop) -> None:
    conversation_id = (await say(client, shop, number(), "oi"))["conversation_id"]
    await db.system(
        ("update whatsapp_instances set channel = 'cloud_api', phone_number_id = id::text where id = %(i)s", {"i": shop.instance_id})
    )
    for path in (f"/simulator/threads/{conversation_id}", f"/simulator/conversations/{conversation_id}/log"):
        assert (await client.get(path)).status_code == 404
    assert (await client.post(f"/simulator/conversations/{conversation_id}/messages", json={"content": "oi"})).status_code == 404


async def test_a_person_answers_and_hands_back(client: httpx.AsyncClient, shop: simulation.Shop) -> None:
    phone = number()
    conversation_id = (await say(client, shop, phone, "Quero falar com uma pessoa"))["conversation_id"]
    query = {"instance_id": str(shop.instance_id), "phone": phone}
    answered = await client.post(f"/simulator/conversations/{conversation_id}/messages", json={"content": "Aqui é a Bia"})
    assert answered.status_code == 202, answered.text
    view = (await client.get("/simulator/conversations", params=query)).json()
    assert view["status"] == "escalated"
    assert [(m["content"], m["sent_by_ai"]) for m in view["messages"] if m["direction"] == "outgoing"] == [("Aqui é a Bia", False)]
    handed = await client.post(f"/simulator/conversations/{conversation_id}/handback", json={})
    assert handed.status_code == 202, handed.text
    assert (await client.get("/simulator/conversations", params=query)).json()["status"] == "active"


async def test_the_log_is_read_in_order_and_from_a_place(client: httpx.AsyncClient, redis: Redis, shop: simulation.Shop) -> None:
    conversation_id = (await say(client, shop, number(), "oi"))["conversation_id"]
    for n in range(3):
        line = json.dumps({"level": 30, "time": 1759380086370 + n, "functionName": "<b>", "msg": f"[WORKER] {n}"})
        await redis.xadd(events.log_stream_key(conversation_id), {events.LOG_FIELD: line})
    entries = (await client.get(f"/simulator/conversations/{conversation_id}/log")).json()
    assert [e["msg"] for e in entries] == ["[WORKER] 0", "[WORKER] 1", "[WORKER] 2"]
    assert entries[0]["time"] == 1759380086370
    assert entries[0]["fields"] == {"functionName": "<b>"}
    later = (await client.get(f"/simulator/conversations/{conversation_id}/log", params={"after": entries[1]["id"]})).json()
    assert [e["msg"] for e in later] == ["[WORKER] 2"]


async def test_hints_arrive_for_messages_and_log_lines(redis: Redis) -> None:
    conversation_id = uuid4()
    async with asyncio.timeout(20):
        hints = events.subscribe(redis, [conversation_id])
        assert await anext(hints) == events.Hint(conversation_id, "ready")
        await events.publish(redis, conversation_id, "turn")
        assert await anext(hints) == events.Hint(conversation_id, "turn")
        for _ in range(2):
            await redis.xadd(events.log_stream_key(conversation_id), {events.LOG_FIELD: "{}"})
            assert await anext(hints) == events.Hint(conversation_id, "log")
        await hints.aclose()


class State(TypedDict):
    messages: Annotated[list[Any], add_messages]
    asked_at: Any


async def test_a_parked_thread_is_shown_without_the_agents_libraries(
    client: httpx.AsyncClient, shop: simulation.Shop, database_url: str
) -> None:
    conversation_id = (await say(client, shop, number(), "oi"))["conversation_id"]
    empty = await client.get(f"/simulator/threads/{conversation_id}")
    assert empty.status_code == 200

    def await_human(state: State) -> None:
        interrupt({"reason": "quer uma pessoa"})

    calls = [{"name": "register_pet", "args": {"name": "Rex"}, "id": "call_1"}]
    said = [HumanMessage("cadastre <i>Rex</i>"), AIMessage("", tool_calls=calls), ToolMessage('{"success": true}', tool_call_id="call_1")]
    async with AsyncConnectionPool(
        database_url,
        min_size=1,
        max_size=2,
        open=False,
        kwargs={"autocommit": True, "options": "-c search_path=checkpoints"},
    ) as pool:
        saver = AsyncPostgresSaver(pool)  # type: ignore[arg-type]
        await saver.setup()
        graph = StateGraph(State).add_node(await_human).add_edge(START, "await_human").compile(checkpointer=saver)
        thread: RunnableConfig = {"configurable": {"thread_id": conversation_id}}
        await graph.ainvoke({"messages": said, "asked_at": UUID(int=7)}, thread, durability="exit")
    shown = (await client.get(f"/simulator/threads/{conversation_id}")).text
    assert "cadastre &lt;i&gt;Rex&lt;/i&gt;" in shown
    assert "register_pet" in shown
    assert "quer uma pessoa" in shown
    assert "await_human" in shown, "the node that waits is named"
    assert UUID(int=7).hex in shown
