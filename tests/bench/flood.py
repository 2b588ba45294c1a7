"""One shop's flood and another shop's customers: how much longer these wait while it lasts."""

import asyncio
import itertools
import time
from typing import Any

import aiohttp
import psycopg

from tests.bench.fakes import MODEL_CALLS, Fakes, percentiles
from tests.kit.fakes.meta import PHONE_NUMBER_ID, signed, text_message, webhook_body
from tests.kit.running import APP_SECRET

WORDS = "Tenho um Golden Retriever de 3 anos chamado Rex"
OTHER_NUMBER = "200000000000002"
OTHER_SHOP = """
with shop as (insert into organizations (name) values ('Outra loja') returning id),
settings as (insert into organization_settings (organization_id) select id from shop)
insert into whatsapp_instances (organization_id, channel, name, phone_number_id) select id, 'cloud_api', 'principal', %s from shop
"""
AT_ONCE = 64
PAUSE = 0.25
ALONE = 40
PATIENCE = 300.0


class Flood:
    """One run over a system's webhook."""

    def __init__(self, url: str, database_url: str, fakes: Fakes) -> None:
        self._url, self._fakes = url, fakes
        self._numbers = itertools.count(800_000_000)
        with psycopg.connect(database_url, autocommit=True) as conn:
            conn.execute(OTHER_SHOP, (OTHER_NUMBER,))

    async def measure(self, messages: int) -> dict[str, Any]:
        """Milliseconds of the other shop's answers without the model's share, alone and during a flood of so many customers."""
        self._fakes.clear()
        async with aiohttp.ClientSession() as http:
            alone = [await self._answered(http) for _ in range(ALONE)]
            flood = [f"5511{next(self._numbers)}" for _ in range(messages)]
            begun = time.perf_counter()
            gate = asyncio.Semaphore(AT_ONCE)
            posting = asyncio.gather(*(self._post(http, PHONE_NUMBER_ID, phone, gate) for phone in flood))
            during: list[float] = []
            while not all(phone in self._fakes.meta.accepted for phone in flood):
                assert time.perf_counter() - begun < PATIENCE, "the flood is never answered"
                during.append(await self._answered(http))
            await posting
        return {
            "messages": messages,
            "seconds": time.perf_counter() - begun,
            **{f"alone_{key}": value for key, value in percentiles(alone).items()},
            **{f"during_{key}": value for key, value in percentiles(during).items()},
            "during_most_ms": max(during) * 1000,
            "during": len(during),
        }

    async def _answered(self, http: aiohttp.ClientSession) -> float:
        """Let a customer of the other shop write; seconds until the answer, without the model's."""
        phone = f"5521{next(self._numbers)}"
        written = time.perf_counter()
        await self._post(http, OTHER_NUMBER, phone, asyncio.Semaphore(1))
        await self._fakes.meta.until(lambda: phone in self._fakes.meta.accepted, PATIENCE)
        await asyncio.sleep(PAUSE)
        return self._fakes.meta.accepted[phone] - written - MODEL_CALLS * self._fakes.model_latency

    async def _post(self, http: aiohttp.ClientSession, number: str, phone: str, gate: asyncio.Semaphore) -> None:
        raw, headers = signed(webhook_body(messages=[text_message(phone, WORDS)], phone_number_id=number), APP_SECRET)
        async with gate, http.post(f"{self._url}/webhook", data=raw, headers=headers) as response:
            assert response.status == 200, await response.text()
