"""The demo shop's number on an Evolution server, and what its webhook brings."""

import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from tests.conftest import DEMO_SHOP
from tests.kit.fakes import evolution
from tests.kit.fakes.evolution import FakeEvolution
from tests.kit.shop import Shop
from tests.kit.web import PHONE, Web

JID = f"{PHONE}@s.whatsapp.net"
# The shop's own number.
SHOP = "551133330002@s.whatsapp.net"
ADDRESS = "/webhook/evolution/loja/secret"


@dataclass
class Cellphone:
    """The number: `hook` lets an event come in, `came` a customer's message, which the worker then answers."""

    fake: FakeEvolution
    web: Web
    shop: Shop

    async def post(self, body: Any) -> httpx.Response:
        response = await self.web.client.post(ADDRESS, json=body)
        assert response.status_code == 200, response.text
        return response

    async def hook(self, event: str, data: Any) -> None:
        await self.post(evolution.webhook_body(data, event=event))

    async def came(self, content: Any, **key: Any) -> int:
        await self.hook("messages.upsert", evolution.upsert(JID, content, **key))
        return await self.work()

    async def edited(self, of: str, words: str, *, as_sender: bool = True) -> None:
        """Let a customer edit a message: Evolution hands on the key as the customer sees it, unless told otherwise."""
        key = {"remoteJid": SHOP if as_sender else JID, "fromMe": as_sender, "id": of}
        edit = {"key": key, "type": 14, "editedMessage": {"conversation": words}, "timestampMs": str(time.time_ns() // 1_000_000)}
        await self.hook("messages.edited", edit)

    async def deleted(self, of: str, *, jid: str = JID, from_me: bool = False) -> None:
        await self.hook("messages.delete", {"remoteJid": jid, "fromMe": from_me, "id": of})

    async def work(self) -> int:
        """Let the worker do what waits in the newest conversation; return how many turns it took."""
        (row,) = await self.shop.rows("select id from conversations where status <> 'closed' order by created_at desc limit 1")
        return await self.shop.work(row["id"])


@pytest.fixture
async def cellphone(web: Web, shop: Shop) -> AsyncIterator[Cellphone]:
    with FakeEvolution() as fake:
        await shop.rows(
            "insert into whatsapp_instances (organization_id, channel, name, instance_name, webhook_secret, api_url, access_token)"
            " values (%(o)s, 'evolution', 'Celular', 'loja', 'secret', %(url)s, 'chave') returning 1",
            o=DEMO_SHOP, url=fake.url,
        )  # fmt: skip
        yield Cellphone(fake, web, shop)
