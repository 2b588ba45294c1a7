"""Customers who converse at the same time: each writes, waits for the reply, thinks, and writes again."""

import asyncio
import itertools
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

import aiohttp
import psutil

from tests.bench.fakes import MODEL_CALLS, Exchange, Fakes, percentiles
from tests.kit.fakes.meta import signed, text_message, webhook_body
from tests.kit.running import APP_SECRET

FIRST = "Tenho um Golden Retriever de 3 anos chamado Rex"
# Who says the same again and again is taken for a machine.
LATER = tuple(f"Tem horário para banho na {day}?" for day in ("terça", "quarta", "quinta", "sexta", "segunda"))
TIMEOUT = 60.0
SAMPLE = 0.1


@dataclass(frozen=True)
class Manners:
    """How the customers behave: how many, what pauses they make (seconds), and for how long all of them are measured (seconds)."""

    people: int
    pause: tuple[float, float]
    seconds: float
    seed: int


class People:
    """One run over a system's webhook. `cpu` gives the CPU seconds that each process has used so far, by name."""

    def __init__(self, url: str, fakes: Fakes, manners: Manners, cpu: Callable[[], dict[str, float]]) -> None:
        self._url, self._fakes, self._manners, self._cpu = url, fakes, manners, cpu
        self._numbers = itertools.count(700_000_000)
        self._said: list[Exchange] = []
        self._waiting = 0
        self._sampled: list[int] = []

    async def converse(self) -> dict[str, float]:
        """Let the customers begin over the time from one message to the next, then measure what they write from there on."""
        self._fakes.clear()
        ramp = sum(self._manners.pause) / 2 + MODEL_CALLS * self._fakes.model_latency  # no faster than they go on, or a queue is left
        begin = time.perf_counter() + ramp
        end = begin + self._manners.seconds
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(TIMEOUT)) as http, asyncio.TaskGroup() as group:
            for n in range(self._manners.people):
                group.create_task(self._live(http, Random(f"{self._manners.seed} {n}"), ramp, end))
            await asyncio.sleep(begin - time.perf_counter())
            before = self._cpu()
            psutil.cpu_percent()
            await self._sample(end)
            elapsed, machine = time.perf_counter() - begin, psutil.cpu_percent()
            used = {name: seconds - before[name] for name, seconds in self._cpu().items()}
        replies = sum(begin <= e.replied < begin + elapsed for e in self._said)
        return {
            "throughput": replies / elapsed,
            **{f"cpu_{name}_ms": seconds / max(replies, 1) * 1000 for name, seconds in used.items()},
            **{f"core_{name}_percent": seconds / elapsed * 100 for name, seconds in used.items()},
            "machine_percent": machine,
            "under_way_median": statistics.median(self._sampled),
            "under_way_max": max(self._sampled),
            **described([e for e in self._said if e.written >= begin], self._fakes.model_latency),
        }

    async def _live(self, http: aiohttp.ClientSession, random: Random, ramp: float, end: float) -> None:
        await asyncio.sleep(random.uniform(0, ramp))
        phone, known, later = f"5511{next(self._numbers)}", False, itertools.cycle(LATER)
        while time.perf_counter() < end:
            if await self._say(http, phone, next(later) if known else FIRST):
                known = True
            else:  # whoever got no answer goes away, and somebody new comes: a late reply then disturbs nobody
                phone, known = f"5511{next(self._numbers)}", False
            await asyncio.sleep(max(0.0, min(random.uniform(*self._manners.pause), end - time.perf_counter())))

    async def _say(self, http: aiohttp.ClientSession, phone: str, words: str) -> bool:
        """Write, and wait for the reply. The number in the words tells the fake model who asks."""
        raw, headers = signed(webhook_body(messages=[text_message(phone, f"{words} ({phone})")]), APP_SECRET)
        loop, replied = asyncio.get_running_loop(), asyncio.Event()
        exchange = self._fakes.exchanges[phone] = Exchange(time.perf_counter(), lambda: loop.call_soon_threadsafe(replied.set))
        self._said.append(exchange)
        self._waiting += 1
        try:
            async with asyncio.timeout(TIMEOUT):
                async with http.post(f"{self._url}/webhook", data=raw, headers=headers) as response:
                    assert response.status == 200, await response.text()
                exchange.stored = time.perf_counter()
                await replied.wait()
        except TimeoutError:
            return False
        finally:
            self._waiting -= 1
            del self._fakes.exchanges[phone]
        return True

    async def _sample(self, end: float) -> None:
        while time.perf_counter() < end:
            self._sampled.append(self._waiting)
            await asyncio.sleep(SAMPLE)


def described(said: Sequence[Exchange], model_latency: float) -> dict[str, float]:
    """Return counts, and percentiles in milliseconds of the whole latency without the model's share and of its parts."""
    answered = [e for e in said if e.replied]
    # A turn that was tried again asked more often: its parts can't be told, its latency counts.
    plain = [e for e in answered if len(e.model_calls) == MODEL_CALLS]
    parts = {
        "stored": [e.stored - e.written for e in answered],
        "asked": [e.model_calls[0][0] - e.written for e in plain],
        "tool": [e.model_calls[1][0] - e.model_calls[0][1] for e in plain],
        "sent": [e.replied - e.model_calls[1][1] for e in plain],
        "late": [end - begun - model_latency for e in plain for begun, end in e.model_calls],
    }
    return {
        "answered": len(answered),
        "timeouts": len(said) - len(answered),
        "model_calls": statistics.fmean(len(e.model_calls) for e in answered) if answered else 0.0,
        "refused_calls": sum(e.refused for e in said),
        **percentiles([e.replied - e.written - MODEL_CALLS * model_latency for e in answered]),
        **{f"{part}_{key}": value for part, values in parts.items() for key, value in percentiles(values).items()},
    }
