"""Plays one task: the customer against the real code, with whatever model the settings name, on a fresh copy of the one shop."""

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import Any

from langchain_core.callbacks import AsyncCallbackHandler
from langchain_core.messages import AIMessage
from langchain_core.outputs import ChatGeneration, LLMResult
from psycopg import connect
from psycopg.types.json import Jsonb

from evals import fixtures, state
from evals.runner import Fakes, listening, opened, quiet, settings_for, today
from evals.servers import Servers
from evals.tau.customer import Customer
from evals.tau.grade import Snapshot, grade, snapshot
from evals.tau.judge import Facts, days_named, untrue
from evals.tau.ledger import Result
from evals.tau.task import Task, the_shop
from service.agenda.queries import desk
from service.messaging import intake
from service.messaging.channels import CHANNELS
from service.platform.settings import RETRY_DELAYS, Settings
from tasks.conversation import answer
from tasks.resources import Resources

# What stands for the graph; given the worker's resources, which it may replace.
Agent = Callable[[Resources], Any]


@dataclass(eq=False)
class Meter(AsyncCallbackHandler):
    """What the model's answers took, as it tells it itself."""

    calls: int = 0
    prompt: int = 0
    cached: int = 0
    completion: int = 0

    async def on_llm_end(self, response: LLMResult, **_: Any) -> None:
        self.calls += 1
        for generation in response.generations[0][:1]:
            message = generation.message if isinstance(generation, ChatGeneration) else None
            if isinstance(message, AIMessage) and (usage := message.usage_metadata):
                self.prompt += usage["input_tokens"]
                self.completion += usage["output_tokens"]
                self.cached += usage.get("input_token_details", {}).get("cache_read") or 0


@dataclass
class Conversation:
    """One task being played; `false` are the untrue sentences that were sent so far, `written` what the customer wrote."""

    task: Task
    resources: Resources
    fakes: Fakes
    errors: list[str]
    before: Snapshot
    transcript: list[str] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    sent: list[str] = field(default_factory=list)
    false: list[str] = field(default_factory=list)
    turns: int = 0

    async def play(self, customer: Customer) -> str:
        """Return how it ended: satisfied, gave_up, silent (a person has it), failed or cap."""
        says = customer.opens()
        while self.turns < self.task.turns:
            self.turns += 1
            replies = await self._turn(says)
            if replies is None:
                return "failed"
            if not replies:
                return "silent"
            says = customer.answers(replies)
            if not says:
                return customer.ended or "gave_up"
        return "cap"

    async def _turn(self, says: Sequence[str]) -> list[str] | None:
        """Let the customer write and the worker answer. None where the turn broke."""
        self.transcript += [f"{text}" for text in says]
        self.written += says
        sent, made = len(self._said()), len(await state.tool_calls(self.resources.db))
        await self._work(await self._store(says))
        calls = (await state.tool_calls(self.resources.db))[made:]
        self.transcript += [f"  {call['name']} {call['args']} → {str(call['result'])[:400]}" for call in calls]
        replies = self._said()[sent:]
        self.transcript += [f"→ {text}" for text in replies]
        self.sent += replies
        await self._judge(replies)
        broken = [row for row in await state.conversations(self.resources.db) if row["turn_failures"]]
        buried = await state.rows(self.resources.db, "dead_letters")
        if broken or buried:
            self.transcript += [f"  ({error})" for error in self.errors]
            return None
        return replies

    async def _store(self, says: Sequence[str]) -> list[intake.Woken]:
        webhook, provider, r = CHANNELS["cloud_api"].webhook, self.fakes.providers["cloud_api"], self.resources
        assert webhook is not None
        woken: list[intake.Woken] = []
        for text in says:
            posted = provider.message(self.task.phone, text, at=time.time())
            deliveries = webhook.read(posted.call(), r.settings)
            woken += await intake.receive(r.db, deliveries, settings=r.settings, correlation_id="tasks", redis=r.redis)
        return woken

    async def _work(self, woken: Sequence[intake.Woken]) -> None:
        """Do what the worker does, its retries included; not after a time-out, whose repetition would only double the cost."""
        for one in dict.fromkeys(woken):
            for delay in (0.0, *RETRY_DELAYS):
                await asyncio.sleep(delay)
                started = time.perf_counter()
                await answer(self.resources, one.organization_id, one.conversation_id, job_id="tasks")
                failing = [
                    row for row in await state.conversations(self.resources.db) if row["id"] == one.conversation_id and row["retry_in"]
                ]
                if not failing or time.perf_counter() - started >= self.resources.settings.model_timeout:
                    break

    def _said(self) -> list[str]:
        return [said.text for said in self.fakes.providers["cloud_api"].said() if said.to == self.task.phone]

    async def _judge(self, replies: Sequence[str]) -> None:
        now, db = today(), self.resources.db
        named = {day for text in (*self.written, *replies) for day in days_named(text, now)}
        near = [day for day in named if now <= day <= now + timedelta(days=60)] or [now]
        facts = Facts(
            today=now,
            zone=fixtures.ZONE,
            phone=self.task.phone,
            before=self.before,
            rows=await snapshot(db),
            desk=await desk.load(db, fixtures.DEMO_ID, fixtures.ZONE, min(near), max(near) + timedelta(days=1)),
            said=self.written,
            figures=" ".join(str(call["result"]) for call in await state.tool_calls(db)),
            owner=self.task.owner,
            named=frozenset(near),
        )
        self.false += [wrong for text in replies for wrong in untrue(text, facts)]


async def play(task: Task, servers: Servers, fakes: Fakes, settings: Settings, *, trial: int, model: str, agent: Agent | None) -> Result:
    """Play one task once and grade it. `settings` say which model is asked, `agent` replaces our graph."""
    started = time.perf_counter()
    fakes.clear()
    with servers.fresh_database() as url, quiet() as errors:
        open_shop(url, task, fakes, model)
        asked = settings_for(settings, url, fakes, live=True).model_copy(update={"offline_model": settings.offline_model})
        async with opened(asked) as resources:
            meter = Meter()
            if agent:
                resources.graph = agent(resources)
            before = await snapshot(resources.db)
            talk = Conversation(task, resources, fakes, errors, before)
            services = [row["name"] for row in await _services(resources)]
            with listening(resources, meter):
                ended = await talk.play(Customer(task, today(), fixtures.ZONE, services))
            found = grade(task, before, await snapshot(resources.db), talk.sent, today())
            cost = await _cost(resources)
    if ended == "failed":
        found.missing.append(f"a turn failed: {(errors or ['?'])[0]}")
    return Result(
        task=task.name, tags=task.tags, trial=trial, ended=ended, turns=talk.turns, missing=found.missing, commits=found.commits,
        unasked=found.unasked, false=talk.false, person=found.person, calls=meter.calls, prompt=meter.prompt, cached=meter.cached,
        completion=meter.completion, cost=cost, seconds=round(time.perf_counter() - started, 2), transcript=talk.transcript,
    )  # fmt: skip


def open_shop(url: str, task: Task, fakes: Fakes, model: str) -> None:
    """Write the shop, and what it knows of the customer. Both agents are asked at one model, at temperature 0 where it is taken."""
    shop = the_shop(today(), fixtures.ZONE)
    contacts = [*shop.contacts, *([task.contact] if task.contact and not task.owner else [])]
    whole = shop.model_copy(update={"contacts": contacts, "bookings": [*shop.bookings, *task.bookings]})
    fixtures.write(url, {"demo": whole}, fakes.providers)
    with connect(url) as conn:
        conn.execute(
            "update organization_settings set ai_config = %s where organization_id = %s",
            [Jsonb({"model": model, "aurora_model": model, "temperature": 0}), fixtures.DEMO_ID],
        )


async def _services(resources: Resources) -> list[dict[str, Any]]:
    return (await resources.db.system(("select name from services order by name", {})))[0]


async def _cost(resources: Resources) -> float | None:
    """Return what the turns cost in US dollars, None where the model's price is not known."""
    spent: list[Decimal | None] = [row["cost_usd"] for row in await state.rows(resources.db, "ai_interactions") if row["model_calls"]]
    return None if not spent or None in spent else float(sum(filter(None, spent)))
