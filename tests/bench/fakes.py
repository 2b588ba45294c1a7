"""The model and WhatsApp of the benchmark, in the benchmark's own process: their CPU is nobody's that is measured."""

import re
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from tests.kit.fakes.meta import FakeMeta
from tests.kit.fakes.openai import FakeOpenAI, Step, ToolCall, dialogue
from tests.kit.fakes.server import Fault

MODEL_CALLS = 2
# How a customer who converses signs: the model is not told the number otherwise.
SIGNED = re.compile(r"\((\d+)\)$")


@dataclass
class Exchange:
    """A customer's message and what became of it. Instants are seconds of time.perf_counter."""

    written: float
    on_reply: Callable[[], object]
    stored: float = 0.0
    """The webhook was answered."""
    model_calls: list[tuple[float, float]] = field(default_factory=list)
    """When each call came in and when it was answered."""
    refused: int = 0
    """Tool calls that did not succeed."""
    replied: float = 0.0
    """The reply was accepted; 0 where none came."""


class TimedMeta(FakeMeta):
    """Notes when each customer's reply was accepted."""

    def __init__(self, exchanges: dict[str, Exchange]) -> None:
        super().__init__()
        self.accepted: dict[str, float] = {}
        self._exchanges = exchanges

    def _accept(self, number: str, body: Any, token: str | None) -> dict[str, Any]:
        answer = super()._accept(number, body, token)
        now = self.accepted[body["to"]] = time.perf_counter()
        if exchange := self._exchanges.get(body["to"]):
            exchange.replied = now
            exchange.on_reply()
        return answer


class TimedOpenAI(FakeOpenAI):
    """Notes when the calls about each customer's message came and went. Keeps no requests: a long run's would fill the memory."""

    def __init__(self, exchanges: dict[str, Exchange]) -> None:
        super().__init__()
        self._exchanges = exchanges

    async def read(self, request: web.Request) -> Any:
        body = await request.json()
        signed = SIGNED.search(last_words(body))
        request["exchange"] = exchange = self._exchanges.get(signed[1]) if signed else None
        if exchange and '"success": false' in str(dialogue(body)[-1]["content"]):
            exchange.refused += 1
        return body

    async def _complete(self, request: web.Request) -> web.StreamResponse:
        begun = time.perf_counter()
        response = await super()._complete(request)
        if exchange := request.get("exchange"):
            exchange.model_calls.append((begun, time.perf_counter()))
        return response


def last_words(body: Any) -> str:
    """Return what the customer wrote last, in a request to the model."""
    return next(str(m["content"]) for m in reversed(body["messages"]) if m["role"] == "user")


REGISTERED = "Pronto! Cadastrei o Rex e já posso agendar o banho dele. Qual dia fica melhor?"
LOOKED_UP = "Tenho vários horários livres nesse dia, de manhã e à tarde. Qual fica melhor para você?"


class Fakes:
    """Both servers. Every turn is: one tool call, then a sentence. `exchanges`: the messages under way of customers who converse."""

    def __init__(self, model_latency: float) -> None:
        self.model_latency = model_latency
        self.exchanges: dict[str, Exchange] = {}
        self.openai, self.meta = TimedOpenAI(self.exchanges), TimedMeta(self.exchanges)
        self.request: dict[str, Any] = {}
        self._lock = threading.Lock()
        self.openai.respond(self._answer)

    def _answer(self, body: Any) -> Step:
        self.request = self.request or body
        wait = Fault(delay=self.model_latency)
        registers = "Rex" in last_words(body)
        if dialogue(body)[-1]["role"] == "tool":
            return Step(text=REGISTERED if registers else LOOKED_UP, fault=wait)
        if registers:
            arguments = {"name": "Rex", "species": "dog", "breed": "Golden Retriever", "age": 3}
            return Step(tool_calls=(ToolCall("register_pet", arguments),), fault=wait)
        day = last_words(body).partition("?")[0].rpartition(" ")[2]
        return Step(tool_calls=(ToolCall("check_availability", {"service_type": "Banho", "preferred_date": day}),), fault=wait)

    def clear(self) -> None:
        """Forget what was recorded, so that a long run's memory does not grow."""
        self.meta.requests.clear()
        self.meta.sends.clear()
        self.meta.typing.clear()
        self.meta.accepted.clear()

    def __enter__(self) -> Self:
        self.openai.start()
        self.meta.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.openai.stop()
        self.meta.stop()


def latencies(started: dict[str, float], accepted: dict[str, float], model_seconds: float) -> dict[str, float]:
    """Percentiles in milliseconds from a message's coming in to its reply's acceptance, without the model's share."""
    return percentiles([accepted[phone] - begun - model_seconds for phone, begun in started.items()])


def percentiles(seconds: Sequence[float]) -> dict[str, float]:
    """p50, p95 and p99 in milliseconds; nothing of nothing."""
    values = sorted(seconds)
    return {f"p{p}_ms": values[min(len(values) - 1, len(values) * p // 100)] * 1000 for p in (50, 95, 99)} if values else {}
