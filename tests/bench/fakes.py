"""The model and WhatsApp of the benchmark, in the benchmark's own process: their CPU is nobody's that is measured."""

import threading
import time
from types import TracebackType
from typing import Any, Self

from tests.fakes.meta import FakeMeta
from tests.fakes.openai import FakeOpenAI, Step, ToolCall
from tests.fakes.server import Fault

MODEL_CALLS = 2


class TimedMeta(FakeMeta):
    """Notes when each customer's reply was accepted."""

    def __init__(self) -> None:
        super().__init__()
        self.accepted: dict[str, float] = {}

    def _accept(self, number: str, body: Any, token: str | None) -> dict[str, Any]:
        answer = super()._accept(number, body, token)
        self.accepted[body["to"]] = time.perf_counter()
        return answer


class Fakes:
    """Both servers. Every turn is: one tool call, then a sentence."""

    def __init__(self, model_latency: float) -> None:
        self.model_latency = model_latency
        self.openai, self.meta = FakeOpenAI(), TimedMeta()
        self.request: dict[str, Any] = {}
        self._lock = threading.Lock()
        self.openai.respond(self._answer)

    def _answer(self, body: Any) -> Step:
        self.request = self.request or body
        wait = Fault(delay=self.model_latency)
        if body["messages"][-1]["role"] == "tool":
            return Step(text="Pronto! Cadastrei o Rex e já posso agendar o banho dele. Qual dia fica melhor?", fault=wait)
        arguments = {"name": "Rex", "species": "dog", "breed": "Golden Retriever", "age": 3}
        return Step(tool_calls=(ToolCall("register_pet", arguments),), fault=wait)

    def clear(self) -> None:
        """Forget what was recorded, so that a long run's memory does not grow."""
        self.openai.requests.clear()
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
    values = sorted((accepted[phone] - begun - model_seconds) * 1000 for phone, begun in started.items())
    return {f"p{p}_ms": values[min(len(values) - 1, len(values) * p // 100)] for p in (50, 95, 99)}
