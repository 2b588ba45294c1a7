"""Plays dialogues: everything but the model and WhatsApp is the real thing, in this process.

What customers write goes through the channels' parsers and the intake; turns run through `tasks.conversation.answer`; the model is a
fake OpenAI server at the wire, or in a live run whatever OPENAI_BASE_URL points at.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import structlog
from langchain_core.callbacks import BaseCallbackHandler

from evals import fixtures, state
from evals.dialogue import AnyStep, Dialogue, Expect, HandsBack, Offers, OnBoard, PersonSays, Reminds, Says
from evals.graders import Check, Evidence, grade, matches
from evals.script import Script
from evals.servers import Servers
from service.messaging import inbox, intake, outbox
from service.messaging.channels import CHANNELS
from service.messaging.channels.base import ChannelName, Delivery
from service.outreach import reminders, waiting_list
from service.platform import clock
from service.platform.errors import AppError
from service.platform.settings import RETRY_DELAYS, Settings
from service.shop import board
from service.turns.queries import sweep
from tasks.conversation import answer
from tasks.resources import Resources, open_resources
from tests.kit.fakes.openai import FakeOpenAI
from tests.kit.occasions import found_again
from tests.kit.providers import Provider, Said, open_providers, settings_of

PERSON = "Paula"
APP_SECRET = "segredo-das-avaliacoes"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A dialogue that was played: its checks, and what was said and called, line by line."""

    name: str
    about: str
    checks: list[Check]
    transcript: list[str]
    started: datetime
    seconds: float

    @property
    def passed(self) -> bool:
        return all(check.passed for check in self.checks)

    @property
    def failures(self) -> list[Check]:
        return [check for check in self.checks if not check.passed]


@dataclass(frozen=True, slots=True)
class Fakes:
    """The providers at the wire, shared by a run's dialogues one after another."""

    openai: FakeOpenAI
    providers: Mapping[ChannelName, Provider]

    def clear(self) -> None:
        for fake in (self.openai, *(provider.server for provider in self.providers.values())):
            fake.clear()


@contextmanager
def open_fakes() -> Iterator[Fakes]:
    with FakeOpenAI() as openai, open_providers(APP_SECRET) as providers:
        yield Fakes(openai, providers)


async def play(dialogue: Dialogue, servers: Servers, fakes: Fakes, *, live: bool = False) -> Outcome:
    """Play one dialogue on a fresh database and grade it."""
    started, clock_started = datetime.now(UTC), time.perf_counter()
    fakes.clear()
    with servers.fresh_database() as url, quiet() as errors:
        shops = fixtures.write(url, dialogue.shops, fakes.providers)
        async with opened(settings_for(servers.settings, url, fakes, live=live)) as resources:
            stage = Stage(dialogue, resources, fakes, shops, live, errors)
            with listening(resources, stage.script):
                await stage.play()
            await stage.grade_everything()
    seconds = time.perf_counter() - clock_started
    return Outcome(dialogue.name, dialogue.about, stage.checks, stage.transcript, started, seconds)


def settings_for(settings: Settings, database_url: str, fakes: Fakes, *, live: bool) -> Settings:
    """Return the settings of a run over one database and the fake providers; a live one keeps its model's endpoint."""
    changes: dict[str, Any] = {
        **settings_of(fakes.providers.values()), "database_url": database_url, "offline_model": False,
        "quiet_window": 0.0, "quiet_cap": 0.0, "operator_webhook_url": None,
    }  # fmt: skip
    if not live:
        changes |= {"openai_api_key": "evals", "openai_base_url": fakes.openai.base_url}
    return Settings.model_validate({**settings.model_dump(), **changes})


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Resources]:
    """Hold a worker's resources open for the length of a block."""
    resources = await open_resources(settings)
    try:
        yield resources
    finally:
        for callback in resources.callbacks:
            await asyncio.to_thread(callback.client.flush)
        await resources.close()


@contextmanager
def listening(resources: Resources, callback: BaseCallbackHandler) -> Iterator[None]:
    """Have a callback hear every run inside."""
    traced, resources.callbacks = resources.callbacks, [*resources.callbacks, callback]
    try:
        yield
    finally:
        resources.callbacks = traced


@contextmanager
def quiet() -> Iterator[list[str]]:
    """No log lines on standard output; errors among them are collected."""
    errors: list[str] = []

    def collect(_: Any, method: str, event: Any) -> Any:
        if method in ("error", "exception", "critical"):
            errors.append(f"{event.get('event')}: {event.get('err') or event.get('error') or ''}".strip())
        raise structlog.DropEvent

    before = structlog.get_config()
    structlog.configure(processors=[collect], cache_logger_on_first_use=False)
    try:
        yield errors
    finally:
        structlog.configure(**before)


@dataclass(frozen=True, slots=True)
class Mark:
    """A moment of a dialogue: how much there was of everything that only grows."""

    calls: int = 0
    requests: int = 0
    sent: Mapping[ChannelName, int] = field(default_factory=dict)


START = Mark()


@dataclass
class Stage:
    """One dialogue being played; `checks` are those of the steps so far."""

    dialogue: Dialogue
    resources: Resources
    fakes: Fakes
    shops: dict[str, UUID]
    live: bool
    errors: list[str]
    script: Script = field(default_factory=Script)
    checks: list[Check] = field(default_factory=list)
    transcript: list[str] = field(default_factory=list)

    async def play(self) -> None:
        """Every step in order; a script that is overrun or left over ends the dialogue, since what follows would make no sense."""
        self.fakes.openai.respond(self.script)
        for number, step in enumerate(self.dialogue.steps, start=1):
            where = f"step {number}"
            before = await self._mark()
            self.script.add(step.model)
            try:
                await self._take(step)
            except AppError as error:
                self.checks.append(Check("script", where, False, str(error)))
                return
            made = (await state.tool_calls(self.resources.db))[before.calls :]
            self.transcript += [f"  {call['name']} {call['args']} → {call['result']}" for call in made]
            self.transcript += [f"→ {to}: {text}" for to, text in self._sent(before)]
            await self._grade(step.expect, before, self._phone(step), where)
            if not self.live and not self._script_held(where, before):
                return

    async def grade_everything(self) -> None:
        """Wake every conversation once more, which must change nothing; then what holds for every dialogue, and its own `expect`."""
        told = len(self.fakes.openai.requests), len(self._sent())
        for row in await state.conversations(self.resources.db):
            await answer(self.resources, row["organization_id"], row["id"], job_id="evals")
        again = len(self.fakes.openai.requests), len(self._sent())
        checks = [Check("sends", "a wake-up too many", told == again, "a stray wake-up was answered")]
        ours = [sent.our_id for sent in self._said() if sent.our_id]
        outbound = (await state.unsent(self.resources.db))[0]
        checks.append(Check("sends", "every message once", len(ours) == len(set(ours)), "one message was sent twice"))
        counts = f"{outbound['total']} messages written, {outbound['waiting']} of them not sent, {len(self._sent())} sends"
        checks.append(Check("sends", "every message sent", outbound["waiting"] == 0 and outbound["total"] == len(self._sent()), counts))
        failing = [row for row in await state.conversations(self.resources.db) if row["turn_failures"]]
        buried = await state.rows(self.resources.db, "dead_letters")
        checks.append(Check("state", "no turn failed", not failing and not buried, "; ".join(self.errors) or "a turn failed"))
        self.checks += checks
        await self._grade(self.dialogue.expect, START, self.dialogue.phone, "the end")

    async def _take(self, step: AnyStep) -> None:
        if step.minutes_later:
            self.transcript.append(f"({step.minutes_later} minutes later)")
            await state.pass_time(self.resources.db, step.minutes_later)
        match step:
            case Says():
                await self._receive(step)
            case PersonSays():
                organization_id, conversation_id = await self._conversation(step)
                await inbox.send_as_person(self.resources.db, organization_id, conversation_id, step.person, author=PERSON)
                await self._deliver(organization_id, conversation_id)
            case HandsBack():
                self.transcript.append(f"({PERSON} hands back: {step.hand_back})")
                organization_id, conversation_id = await self._conversation(step)
                await inbox.hand_back(self.resources.db, organization_id, conversation_id, step.hand_back, by=PERSON)
                await self._work([intake.Woken(organization_id, conversation_id)])
            case OnBoard():
                await self._move(step)
            case Reminds():
                now = clock.now() if step.remind == "now" else datetime.fromisoformat(step.remind)
                self.transcript.append(f"(what is due at {clock.local(now, fixtures.ZONE):%d/%m %H:%M})")
                await reminders.remind(self.resources.db, self.resources.redis, now)
                again = await found_again(self.resources.db, now)
                self.checks.append(Check("state", "nothing is found again", not again, f"noted, and found again: {', '.join(again)}"))
            case Offers():
                self.transcript.append("(freed times are offered)")
                await sweep.find_left_behind(self.resources.db, self.resources.settings)
                await waiting_list.offer_freed_times(self.resources.db, self.resources.redis, clock.now())
        if isinstance(step, OnBoard | Reminds | Offers):
            for row in await state.conversations(self.resources.db):
                await self._deliver(row["organization_id"], row["id"])

    async def _move(self, step: OnBoard) -> None:
        found = [row for row in await state.rows(self.resources.db, "bookings") if matches(step.booking, row, today())]
        if len(found) != 1:
            raise AppError(f"{len(found)} bookings are {step.booking}.")
        for move in step.board:
            self.transcript.append(f"({PERSON}: {found[0]['service']} de {found[0]['pet']}, {move})")
            await board.move(self.resources.db, found[0]["organization_id"], found[0]["id"], move, by=PERSON)

    async def _deliver(self, organization_id: UUID, conversation_id: UUID) -> None:
        r = self.resources
        await outbox.deliver(r.db, r.channels, r.redis, r.settings, organization_id, conversation_id)

    async def _receive(self, step: Says) -> None:
        texts = [step.says] if isinstance(step.says, str) else step.says
        self.transcript += [f"{self._phone(step)}: {text or f'[{step.type}]'}" for text in texts]
        bodies = [self._webhook(step, text) for text in texts]
        woken: list[intake.Woken] = []
        for deliveries in bodies:
            for found in await asyncio.gather(*(self._store(deliveries) for _ in range(step.deliveries))):
                woken += found
        await self._work(woken)
        if step.deliveries > 1:
            await self._work([one for deliveries in bodies for one in await self._store(deliveries)])

    async def _store(self, deliveries: Sequence[Delivery]) -> list[intake.Woken]:
        r = self.resources
        return await intake.receive(r.db, deliveries, settings=r.settings, correlation_id="evals", redis=r.redis)

    def _webhook(self, step: Says, text: str) -> list[Delivery]:
        if step.via not in self.fakes.providers:
            raise AppError(f"Nobody writes through {step.via}: it has no provider.")
        at = time.time() - step.hours_ago * 3600
        posted = self.fakes.providers[step.via].message(
            self._phone(step), text, at=at, kind=step.type, sender=step.jid, number=fixtures.number_of(self.dialogue.shops, step)
        )
        webhook = CHANNELS[step.via].webhook
        assert webhook is not None
        return webhook.read(posted.call(), self.resources.settings)

    async def _work(self, woken: Sequence[intake.Woken]) -> None:
        """Do what the worker does with the wake-ups. A live model may fail; its turn is then tried again, as the queue would."""
        for one in dict.fromkeys(woken):
            await answer(self.resources, one.organization_id, one.conversation_id, job_id="evals")
            for _ in RETRY_DELAYS if self.live else ():
                waiting = [
                    row for row in await state.conversations(self.resources.db) if row["id"] == one.conversation_id and row["retry_in"]
                ]
                if not waiting:
                    break
                await asyncio.sleep(max(0.0, waiting[0]["retry_in"]))
                await answer(self.resources, one.organization_id, one.conversation_id, job_id="evals")

    async def _conversation(self, step: AnyStep) -> tuple[UUID, UUID]:
        organization_id = self.shops[step.shop]
        found = await state.conversation_of(self.resources.db, organization_id, self._phone(step))
        if found is None:
            raise AppError(f"{self._phone(step)} has no conversation with {step.shop} yet.")
        return organization_id, found

    def _phone(self, step: AnyStep) -> str:
        return step.phone or self.dialogue.phone

    def _sent(self, since: Mark = START) -> list[tuple[str, str]]:
        return [(said.to, said.text) for said in self._said(since)]

    def _said(self, since: Mark = START) -> list[Said]:
        return [said for name, provider in self.fakes.providers.items() for said in provider.said()[since.sent.get(name, 0) :]]

    def _script_held(self, where: str, since: Mark) -> bool:
        unused = [answer.say or [call.name for call in answer.calls] for answer in self.script.unused]
        wrong = [*self.fakes.openai.failures, *([f"the model was never asked for: {unused}"] if unused else [])]
        wrong += [f"no tool result fills {text!r}" for text in self.script.unfilled]
        self.checks.append(Check("script", where, not wrong, "; ".join(wrong + self.errors)))
        return not wrong

    async def _mark(self) -> Mark:
        calls, fakes = await state.tool_calls(self.resources.db), self.fakes
        sent = {name: len(provider.said()) for name, provider in fakes.providers.items()}
        return Mark(len(calls), len(fakes.openai.requests), sent)

    async def _grade(self, expect: Expect, since: Mark, phone: str, where: str) -> None:
        db = self.resources.db
        seen = Evidence(
            today=today(),
            rows={wanted.table: await state.rows(db, wanted.table) for wanted in expect.rows},
            calls=(await state.tool_calls(db))[since.calls :],
            sent=self._sent(since),
            requests=[request.json for request in self.fakes.openai.requests[since.requests :]],
        )
        self.checks += grade(expect, seen, phone=phone, where=where, live=self.live)


def today() -> date:
    """Return the demo shop's date."""
    return clock.local(clock.now(), fixtures.ZONE).date()
