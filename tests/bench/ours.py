"""Our side: the web process and a worker as an installation runs them."""

import asyncio
import itertools
import time
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

import aiohttp
import psutil

from tests.bench.fakes import MODEL_CALLS, Fakes, latencies
from tests.kit.fakes.meta import signed, text_message, webhook_body
from tests.kit.running import APP_SECRET, Running, running

AT_ONCE = 64
WORDS = "Tenho um Golden Retriever de 3 anos chamado Rex"


class Ours:
    """Runs while the block does; `push` sends conversations through and measures."""

    def __init__(self, folder: Path, database_url: str, redis_url: str, fakes: Fakes, *, processes: int, threads: int) -> None:
        self._stack = ExitStack()
        self._fakes = fakes
        self._numbers = itertools.count(900_000_000)
        self._start = lambda: running(
            folder,
            DATABASE_URL=database_url,
            REDIS_URL=redis_url,
            OPENAI_BASE_URL=fakes.openai.base_url,
            WHATSAPP_API_URL=fakes.meta.url,
            PATAS_WORKER_PROCESSES=str(processes),
            PATAS_WORKER_THREADS=str(threads),
            PATAS_DATABASE_POOL_SIZE="20",
        )
        self._running: Running | None = None

    def __enter__(self) -> Self:
        self._running = self._stack.enter_context(self._start())
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._stack.close()

    @property
    def url(self) -> str:
        assert self._running is not None
        return self._running.url

    def cpu(self) -> dict[str, float]:
        """CPU seconds so far of `api` and `worker`."""
        assert self._running is not None
        return {name: cpu_seconds(process.pid) for name, process in self._running.processes.items()}

    async def push(self, conversations: int) -> dict[str, float]:
        """Post one message for each of so many new customers, wait for all replies, and return what it took."""
        self._fakes.clear()
        before = self.cpu()
        started: dict[str, float] = {}
        begun = time.perf_counter()
        gate = asyncio.Semaphore(AT_ONCE)

        async def one(http: aiohttp.ClientSession) -> None:
            phone = f"5511{next(self._numbers)}"
            raw, headers = signed(webhook_body(messages=[text_message(phone, WORDS)]), APP_SECRET)
            async with gate:
                started[phone] = time.perf_counter()
                async with http.post(f"{self.url}/webhook", data=raw, headers=headers) as response:
                    assert response.status == 200, await response.text()
                await self._fakes.meta.until(lambda: phone in self._fakes.meta.accepted, 120)

        async with aiohttp.ClientSession() as http:
            await asyncio.gather(*(one(http) for _ in range(conversations)))
        elapsed = time.perf_counter() - begun
        await asyncio.sleep(0.5)  # what follows the send (settling, logs) belongs to the message too
        used = {name: seconds - before[name] for name, seconds in self.cpu().items()}
        return {
            "cpu_ms": sum(used.values()) / conversations * 1000,
            **{f"cpu_{name}_ms": seconds / conversations * 1000 for name, seconds in used.items()},
            "throughput": conversations / elapsed,
            **latencies(started, self._fakes.meta.accepted, MODEL_CALLS * self._fakes.model_latency),
        }


def cpu_seconds(pid: int) -> float:
    """User and system time of a process and of all that it started."""
    family = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
    return sum(t.user + t.system for t in (p.cpu_times() for p in family))
