"""A whole installation that customers send voice notes to, over both providers, and the operator's webhook that it pages."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import psycopg
from aiohttp import web

from service.messaging.channels.base import ChannelName
from tests.kit.fakes import evolution, meta
from tests.kit.fakes.evolution import FakeEvolution
from tests.kit.fakes.meta import FakeMeta
from tests.kit.fakes.server import FakeServer
from tests.kit.running import APP_SECRET, Running, running

NUMBER = """
insert into whatsapp_instances (organization_id, channel, name, instance_name, webhook_secret, api_url)
select id, 'evolution', 'Celular', %s, 'segredo', %s from organizations order by created_at limit 1
"""
PHONES: dict[ChannelName, str] = {"cloud_api": "5511955550031", "evolution": "5511955550032"}


class FakeOperator(FakeServer):
    """`url` is what PATAS_OPERATOR_WEBHOOK_URL takes; `alerts` are what it was told."""

    def __init__(self, **server: Any) -> None:
        super().__init__(**server)
        self.alerts: list[Any] = []

    def routes(self) -> list[web.RouteDef]:
        return [web.post("/", self._told)]

    async def _told(self, request: web.Request) -> web.Response:
        self.alerts.append(await request.json())
        self.changed()
        return web.Response(status=204)


@dataclass
class Paging:
    """The installation, and those around it."""

    system: Running
    meta: FakeMeta
    evolution: FakeEvolution
    operator: FakeOperator

    def page(self, channel: ChannelName, note: bytes, *, patience: float = 60.0) -> float:
        """Let a customer send a voice note; return after how many seconds somebody was paged for it."""
        phone, before = PHONES[channel], len(self.operator.alerts)
        begun = time.perf_counter()
        if channel == "cloud_api":
            self.meta.files["note"] = meta.File(note)
            spoken = meta.message(phone, "audio", {"id": "note", "mime_type": "audio/ogg; codecs=opus", "voice": True})
            raw, headers = meta.signed(meta.webhook_body(messages=[spoken]), APP_SECRET)
            response = httpx.post(f"{self.system.url}/webhook", content=raw, headers=headers, timeout=10)
        else:
            self.evolution.files["NOTE"] = note, "audio/ogg; codecs=opus"
            message = {"audioMessage": {"mimetype": "audio/ogg; codecs=opus", "seconds": 3, "ptt": True}}
            body = evolution.webhook_body(evolution.upsert(f"{phone}@s.whatsapp.net", message, id="NOTE"))
            response = httpx.post(f"{self.system.url}/webhook/evolution/{evolution.INSTANCE}/segredo", json=body, timeout=10)
        assert response.status_code == 200, response.text
        self.operator.wait_until(lambda: len(self.operator.alerts) > before, patience)
        return time.perf_counter() - begun

    def answers(self, channel: ChannelName) -> list[str]:
        """Return what the customer got."""
        phone = PHONES[channel]
        if channel == "cloud_api":
            self.meta.wait_until(lambda: bool(self.meta.texts_to(phone)), 30)
            return self.meta.texts_to(phone)
        self.evolution.wait_until(lambda: bool(self.evolution.sends), 30)
        return [sent.text for sent in self.evolution.sends if sent.number.startswith(phone)]


@contextmanager
def paging(folder: Path, database_url: str, redis_url: str, **settings: str) -> Iterator[Paging]:
    """Run the web process and a worker over a seeded database, until the block ends."""
    with FakeMeta(token="meta-token") as cloud, FakeEvolution() as phone, FakeOperator() as operator:
        with psycopg.connect(database_url, autocommit=True) as conn:
            conn.execute(NUMBER, (evolution.INSTANCE, phone.url))
        known = {
            "DATABASE_URL": database_url,
            "REDIS_URL": redis_url,
            "WHATSAPP_API_URL": cloud.url,
            "PATAS_OPERATOR_WEBHOOK_URL": f"{operator.url}/",
            "PATAS_QUIET_WINDOW": "2",
            "PATAS_QUIET_CAP": "15",
        }
        with running(folder, **known | settings) as system:
            yield Paging(system, cloud, phone, operator)
