"""The floor: the same work written by hand. Plain asyncio, psycopg and one aiohttp client; no queue, no graph, no framework.

The same rows are written and the same requests made: verify and parse the webhook, store the message, load the conversation's context,
ask the model twice with the same bodies, execute the tool, store reply and interaction, show typing, send, settle.
"""

import asyncio
import itertools
import json
import multiprocessing
import time
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import aiohttp
import psutil
from psycopg.rows import dict_row
from psycopg.types.json import Jsonb
from psycopg_pool import AsyncConnectionPool

from service.messaging.channels.cloud_api import verify
from service.turns.queries.briefing import BRIEFING
from tests.bench.fakes import MODEL_CALLS, Fakes, latencies
from tests.kit.fakes.meta import signed, text_message, webhook_body
from tests.kit.running import APP_SECRET

WARM_UP = 20
WORDS = "Tenho um Golden Retriever de 3 anos chamado Rex"

INTAKE = """
with i as (select id, organization_id from whatsapp_instances where phone_number_id = %(number)s),
k as (insert into contacts (organization_id, phone, phone_key, name) select organization_id, %(phone)s, %(phone)s, %(name)s from i
  on conflict on constraint contacts_identity do update set updated_at = now() returning id, organization_id),
c as (insert into conversations (organization_id, instance_id, contact_id, address, last_inbound_at)
  select k.organization_id, i.id, k.id, %(phone)s, now() from i, k
  on conflict (instance_id, contact_id) where status <> 'closed' do update set last_inbound_at = now()
  returning id, organization_id, instance_id, contact_id)
insert into messages (organization_id, conversation_id, instance_id, direction, content, external_id, raw)
select organization_id, id, instance_id, 'incoming', %(text)s, %(external_id)s, %(raw)s from c
on conflict on constraint messages_external do nothing
returning id, conversation_id, organization_id, instance_id, (select contact_id from c)
"""
CONTEXT = f"select ({BRIEFING}) as briefing from conversations c where c.id = %(conversation_id)s"
PET = """
insert into pets (organization_id, contact_id, name, species, breed, birth_date)
values (%(organization_id)s, %(contact_id)s, %(name)s, %(species)s, %(breed)s, current_date - 1095)
returning id
"""
COMMIT = """
with answered as (update messages set processed_at = now() where id = %(id)s),
interaction as (insert into ai_interactions (organization_id, conversation_id, turn_id, ai_type, model, prompt_tokens, completion_tokens,
  total_tokens, function_calls, function_results, status, model_calls)
  values (%(organization_id)s, %(conversation_id)s, %(turn_id)s, 'client', 'gpt-6-luna', %(prompt)s, %(completion)s,
  %(prompt)s + %(completion)s,
  %(calls)s, %(results)s, 'success', 2))
insert into messages (organization_id, conversation_id, instance_id, direction, from_me, sent_by_ai, content, status, turn_id)
values (%(organization_id)s, %(conversation_id)s, %(instance_id)s, 'outgoing', true, true, %(content)s, 'sending', %(turn_id)s) returning id
"""
SETTLE = "update messages set status = 'sent', external_id = %(external_id)s, sent_at = now() where id = %(id)s"


@dataclass(frozen=True)
class Job:
    """What the floor's process is told."""

    database_url: str
    openai_url: str
    meta_url: str
    request: dict[str, Any]
    conversations: int
    at_once: int
    first_number: int


_numbers = itertools.count(100_000_000, 10_000)


def run_floor(database_url: str, fakes: Fakes, conversations: int, at_once: int) -> dict[str, float]:
    """Run the floor in a process of its own and return what it took."""
    fakes.clear()
    job = Job(database_url, fakes.openai.base_url, fakes.meta.url, fakes.request, conversations, at_once, next(_numbers))
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        started, accepted, cpu, elapsed = pool.apply(_process, (job,))
    timed = latencies(started, accepted, MODEL_CALLS * fakes.model_latency)
    return {"cpu_ms": cpu / conversations * 1000, "throughput": conversations / elapsed, **timed}


def _process(job: Job) -> tuple[dict[str, float], dict[str, float], float, float]:
    return asyncio.run(_push(job))


async def _push(job: Job) -> tuple[dict[str, float], dict[str, float], float, float]:
    started: dict[str, float] = {}
    accepted: dict[str, float] = {}
    gate = asyncio.Semaphore(job.at_once)
    bodies = []
    for n in range(WARM_UP + job.conversations):
        phone = f"5521{job.first_number + n}"
        bodies.append(
            (phone, *signed(webhook_body(messages=[text_message(phone, "Tenho um Golden Retriever de 3 anos chamado Rex")]), APP_SECRET))
        )
    kwargs = {"autocommit": True, "row_factory": dict_row}
    async with (
        AsyncConnectionPool(job.database_url, min_size=1, max_size=20, kwargs=kwargs) as pool,
        aiohttp.ClientSession() as http,
    ):

        async def one(phone: str, raw: bytes, headers: dict[str, str]) -> None:
            async with gate:
                started[phone] = time.perf_counter()
                await _answer(job, pool, http, raw, headers["X-Hub-Signature-256"])
                accepted[phone] = time.perf_counter()

        await asyncio.gather(*(one(*body) for body in bodies[:WARM_UP]))
        started.clear()
        accepted.clear()
        before, begun = psutil.Process().cpu_times(), time.perf_counter()
        await asyncio.gather(*(one(*body) for body in bodies[WARM_UP:]))
        after, elapsed = psutil.Process().cpu_times(), time.perf_counter() - begun
    return started, accepted, after.user + after.system - before.user - before.system, elapsed


async def _answer(job: Job, pool: Any, http: aiohttp.ClientSession, raw: bytes, signature: str) -> None:
    assert verify(raw, signature, APP_SECRET)
    value = json.loads(raw)["entry"][0]["changes"][0]["value"]
    message, number = value["messages"][0], value["metadata"]["phone_number_id"]
    phone, text = message["from"], message["text"]["body"]
    (row,) = await _query(
        pool, INTAKE, number=number, phone=phone, name=value["contacts"][0]["profile"]["name"], text=text,
        external_id=message["id"], raw=Jsonb(message),
    )  # fmt: skip
    await _query(pool, CONTEXT, conversation_id=row["conversation_id"])
    typing = asyncio.create_task(
        _post(http, f"{job.meta_url}/{number}/messages", {
            "messaging_product": "whatsapp", "status": "read", "message_id": message["id"], "typing_indicator": {"type": "text"},
        })
    )  # fmt: skip
    conversation = [*job.request["messages"]]
    first = await _post(http, f"{job.openai_url}/chat/completions", job.request)
    asked = first["choices"][0]["message"]
    arguments = json.loads(asked["tool_calls"][0]["function"]["arguments"])
    (pet,) = await _query(
        pool,
        PET,
        organization_id=row["organization_id"],
        contact_id=row["contact_id"],
        **{k: arguments[k] for k in ("name", "species", "breed")},
    )
    result = {"success": True, "pet": {"id": str(pet["id"]), **arguments}}
    conversation += [asked, {"role": "tool", "tool_call_id": asked["tool_calls"][0]["id"], "content": json.dumps(result)}]
    second = await _post(http, f"{job.openai_url}/chat/completions", {**job.request, "messages": conversation})
    reply = second["choices"][0]["message"]["content"]
    (sent,) = await _query(
        pool, COMMIT, id=row["id"], organization_id=row["organization_id"], conversation_id=row["conversation_id"],
        instance_id=row["instance_id"], turn_id=uuid4(), prompt=200, completion=40, calls=Jsonb([arguments]), results=Jsonb([result]),
        content=reply,
    )  # fmt: skip
    await typing
    answer = await _post(http, f"{job.meta_url}/{number}/messages", {
        "messaging_product": "whatsapp", "recipient_type": "individual", "to": phone, "type": "text", "text": {"body": reply},
        "biz_opaque_callback_data": str(sent["id"]),
    })  # fmt: skip
    await _query(pool, SETTLE, id=sent["id"], external_id=answer["messages"][0]["id"])


async def _query(pool: Any, sql: Any, **params: Any) -> list[dict[str, Any]]:
    async with pool.connection() as conn:
        cursor = await conn.execute(sql, params)
        return list(await cursor.fetchall()) if cursor.description else []


async def _post(http: aiohttp.ClientSession, url: str, body: Any) -> Any:
    async with http.post(url, json=body, headers={"Authorization": "Bearer test"}) as response:
        assert response.status == 200, await response.text()
        return await response.json()
