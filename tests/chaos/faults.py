"""What goes wrong: every kind by its name, and how it is brought about while a round of conversations runs."""

import asyncio
import random
import signal
from collections.abc import Awaitable, Callable
from typing import Any

from tests.chaos.people import Model, People
from tests.chaos.system import WORKERS, System
from tests.kit.fakes.meta import error
from tests.kit.fakes.openai import MALFORMED, AnyStep, Step, ToolCall
from tests.kit.fakes.server import Fault

KILLS = (
    "before_claim", "after_claim", "during_model", "after_pet", "after_booking", "after_proposal", "after_consent", "after_refusal",
    "after_case", "after_checkpoint", "before_commit", "after_commit", "before_send", "after_send",
)  # fmt: skip

TOO_LONG = "Posso ajudar com banho, tosa e consulta. " * 200

MODEL: dict[str, AnyStep] = {
    "model_500": Fault(status=500, body="broken"),
    "model_429": Fault(status=429, body="{}", headers={"Retry-After": "1"}),
    "model_reset": Fault(reset="before"),
    "model_lost_answer": Step(text="nunca lido", fault=Fault(reset="after")),
    "model_timeout": Fault(delay=3),
    "model_malformed": MALFORMED,
    "model_empty": Step(text=""),
    "model_unknown_tool": Step(tool_calls=(ToolCall("delete_everything", {}),)),
    "model_bad_arguments": Step(tool_calls=(ToolCall("register_pet", '{"name": '),)),
    "model_endless_tools": Step(tool_calls=(ToolCall("list_services", {}),)),
    "model_too_long": Step(text=TOO_LONG),
}

META: dict[str, Fault] = {
    "meta_500": Fault(status=500, body="broken"),
    "meta_429": Fault(status=429, body="", headers={"Retry-After": "1"}),
    "meta_throughput": error(130429, status=429),
    "meta_refused": error(131026),
    "meta_reset": Fault(reset="before"),
    "meta_lost_answer": Fault(reset="after"),
    "meta_timeout": Fault(delay=3),
}

SERVERS = (
    "redis_flush", "redis_restart", "postgres_restart", "connections_cut", "worker_killed", "worker_stalled", "web_killed",
    "scheduler_killed", "deploy", "webhook_doubled",
)  # fmt: skip

ALL = (*KILLS, *MODEL, *META, *SERVERS)

# How often a request meets the fault of its round.
OFTEN = 0.3


class Faults:
    """Counts what was injected, by kind."""

    def __init__(self, system: System, people: People, model: Model, seed: int) -> None:
        self.system, self.people, self.model = system, people, model
        self.random = random.Random(seed)
        self.injected: dict[str, int] = dict.fromkeys(ALL, 0)
        self._kinds: tuple[str, ...] = ()
        people.openai.respond(self._model)
        people.meta.fail_when(self._meta)

    def begin(self, kinds: tuple[str, ...]) -> None:
        self._kinds = kinds
        self.people.double_webhooks = "webhook_doubled" in kinds

    def end(self) -> None:
        self.injected["webhook_doubled"] = self.people.doubled
        self._kinds = ()
        self.people.double_webhooks = False
        self.system.disarm()

    @property
    def endless(self) -> int:
        """How often the model was made to come to no end, so that the server may answer without its words."""
        return self.injected["model_too_long"] + self.injected["model_endless_tools"]

    async def inject(self, done: Callable[[], bool], times: int) -> None:
        """Kill and cut until the round is done, each kind at most so many times. Requests meet their faults by themselves."""
        steps: dict[str, Callable[[], Awaitable[None]]] = {
            "redis_flush": self._flush, "redis_restart": self._redis, "postgres_restart": self._postgres, "connections_cut": self._cut,
            "worker_killed": self._kill_worker, "worker_stalled": self._stall, "web_killed": self._kill_web,
            "scheduler_killed": self._kill_scheduler, "deploy": self._deploy,
        }  # fmt: skip
        for _ in range(times):
            kinds = [kind for kind in self._kinds if kind in steps or kind in KILLS]
            self.random.shuffle(kinds)
            for kind in kinds:
                if done():
                    return
                if kind in KILLS:
                    await self._kill_at(kind, done)
                else:
                    await asyncio.sleep(self.random.uniform(0.5, 2.5))
                    await steps[kind]()
                    self.injected[kind] += 1

    async def _kill_at(self, point: str, done: Callable[[], bool]) -> None:
        self.system.arm(point)
        for _ in range(200):
            if self.system.fired(point):
                self.injected[point] += 1
                await asyncio.sleep(self.random.uniform(0.2, 2.0))
                return
            if done():
                break
            await asyncio.sleep(0.1)
        self.system.disarm()

    async def _flush(self) -> None:
        await asyncio.to_thread(self.system.flush_redis)

    async def _redis(self) -> None:
        self.system.kill_server(self.system.redis)

    async def _postgres(self) -> None:
        self.system.kill_server(self.system.postgres)
        await asyncio.sleep(3)

    async def _cut(self) -> None:
        await asyncio.to_thread(self.system.cut_connections)

    async def _kill_worker(self) -> None:
        self.system.signal(self.random.choice(WORKERS), signal.SIGKILL)

    async def _stall(self) -> None:
        """Stop a worker for longer than its leases live, and let it go on as if nothing had been."""
        name = self.random.choice(WORKERS)
        self.system.signal(name, signal.SIGSTOP)
        await asyncio.sleep(8)
        self.system.signal(name, signal.SIGCONT)

    async def _kill_web(self) -> None:
        self.system.signal("api", signal.SIGKILL)

    async def _kill_scheduler(self) -> None:
        self.system.signal("scheduler", signal.SIGKILL)

    async def _deploy(self) -> None:
        """One process after the other is asked to end and followed by its successor."""
        for name in (*WORKERS, "api", "scheduler"):
            self.system.terminate(name)
            await asyncio.sleep(2)

    def _model(self, body: Any) -> AnyStep:
        kind = self._met(MODEL)
        return MODEL[kind] if kind else self.model.answer(body)

    def _meta(self, body: Any) -> Fault | None:
        kind = self._met(META) if "text" in body else None
        return META[kind] if kind else None

    def _met(self, kinds: dict[str, Any]) -> str | None:
        possible = [kind for kind in self._kinds if kind in kinds]
        if not possible or self.random.random() > OFTEN:
            return None
        kind = self.random.choice(possible)
        self.injected[kind] += 1
        return kind
