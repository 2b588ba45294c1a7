"""A shop's number that is on a phone as well: customers write to it, and persons of the shop, or the app by itself, write there."""

import asyncio
import base64
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import pytest
from redis import Redis

from service.messaging import intake, outbox
from service.messaging.channels import cloud_api
from service.messaging.channels import evolution as evolution_channel
from service.messaging.channels.base import ChannelName, Delivery
from service.messaging.media import fetching
from service.platform.database import Row
from tests.kit.fakes import evolution, meta
from tests.kit.fakes.evolution import FakeEvolution
from tests.kit.fakes.meta import FakeMeta
from tests.kit.shop import Shop

SECRET = "segredo"
# What a fake hands out for a voice note; nobody listens to it.
NOTE = b"OggS" + bytes(range(256)) * 8
SHOP = "551133330001"

# What can be written on a phone that is no text: as Meta tells it, and as Evolution does.
KINDS: dict[str, tuple[tuple[str, Any], dict[str, Any]]] = {
    "image": (("image", {"id": "1"}), {"imageMessage": {"mimetype": "image/jpeg"}}),
    "caption": (("image", {"id": "1", "caption": "Olha o Rex!"}), {"imageMessage": {"caption": "Olha o Rex!"}}),
    "audio": (("audio", {"id": "1", "voice": True}), {"audioMessage": {"ptt": True}}),
    "document": (("document", {"id": "1", "filename": "orçamento.pdf"}), {"documentMessage": {"fileName": "orçamento.pdf"}}),
    "location": (
        ("location", {"latitude": -23.5, "longitude": -46.6}),
        {"locationMessage": {"degreesLatitude": -23.5, "degreesLongitude": -46.6}},
    ),
    "reaction": (("reaction", {"message_id": "x", "emoji": "👍"}), {"reactionMessage": {"text": "👍", "key": {"id": "x"}}}),
    "revoke": (("revoke", {"original_message_id": "x"}), {"protocolMessage": {"type": 0, "key": {"id": "x"}}}),
    "edit": (
        ("edit", {"original_message_id": "x", "message": {"type": "text", "text": {"body": "às 16h"}}}),
        {"protocolMessage": {"type": 14, "key": {"id": "x"}, "editedMessage": {"conversation": "às 16h"}}},
    ),
    "system": (("system", {}), {"protocolMessage": {"type": "APP_STATE_SYNC_KEY_SHARE"}}),
    "pin": (("unsupported", {}), {"pinInChatMessage": {"key": {"id": "x"}, "type": "PIN_FOR_ALL"}}),
    "empty": (("text", {"body": " "}), {"conversation": " "}),
}  # fmt: skip


@dataclass
class Number:
    """One number of the shop. Whatever it is told goes through its channel's own reading of webhooks."""

    shop: Shop
    channel: ChannelName
    server: FakeMeta | FakeEvolution
    loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.get_running_loop)

    async def customer(self, phone: str, text: str, *, at: float | None = None, id: str | None = None) -> UUID:
        """Let a customer write; return the conversation."""
        id = id or f"in.{uuid4().hex}"
        if self.channel == "cloud_api":
            await self.receive(cloud_api.parse(meta.webhook_body(messages=[meta.text_message(phone, text, id=id, timestamp=at)])))
        else:
            await self.upsert(evolution.upsert(_jid(phone), text, id=id, timestamp=at))
        found: UUID = (await self.row(id))["conversation_id"]
        return found

    async def note(
        self,
        phone: str,
        content: bytes = NOTE,
        *,
        id: str | None = None,
        at: float | None = None,
        inline: bool = False,
        mime: str = "audio/ogg; codecs=opus",
        from_me: bool = False,
    ) -> str:
        """Let a voice note come in, or (`from_me`) be spoken on the shop's phone; return its id. `inline`: its webhook brings the file."""
        id = id or f"note.{uuid4().hex}"
        if isinstance(self.server, FakeMeta):
            self.server.files[f"media-{id}"] = meta.File(content, mime)
            audio = {"id": f"media-{id}", "mime_type": mime, "sha256": "x", "voice": True}
            spoken = meta.message(SHOP if from_me else phone, "audio", audio, id=id, timestamp=at, **({"to": phone} if from_me else {}))
            body = meta.webhook_body(echoes=[spoken]) if from_me else meta.webhook_body(messages=[spoken])
            await self.receive(cloud_api.parse(body))
            return id
        self.server.files[id] = (content, mime)
        message: dict[str, Any] = {"audioMessage": {"mimetype": mime, "seconds": 4, "ptt": True}}
        if inline:
            message["base64"] = base64.b64encode(content).decode()
        await self.upsert(evolution.upsert(_jid(phone), message, id=id, timestamp=at, fromMe=from_me))
        return id

    async def fetch(self) -> list[str | None]:
        """Fetch what is to be fetched, as the worker does when it is time; return what came of each."""
        r = self.shop.resources
        due = await self.shop.rows("select id, organization_id from media where status = 'fetch' order by created_at, id")
        return [await fetching.fetch(r.db, r.channels, r.files, row["organization_id"], row["id"]) for row in due]

    async def file(self, external_id: str) -> Row:
        """Return the row of a message's file."""
        of = "select v.* from media v join messages m on m.id = v.message_id where m.external_id = %(id)s"
        (row,) = await self.shop.rows(of, id=external_id)
        return row

    async def echo(
        self,
        phone: str,
        text: str = "Oi, aqui é a Paula!",
        *,
        kind: str | None = None,
        at: float | None = None,
        id: str | None = None,
        **envelope: Any,
    ) -> str:
        """Let something be written on the shop's phone, or come back as an echo of ours; return its id. `envelope` is Evolution's alone."""
        id = id or f"echo.{uuid4().hex}"
        of_meta, of_evolution = KINDS[kind] if kind else (("text", {"body": text}), {"conversation": text})
        if self.channel == "cloud_api":
            written = meta.message(SHOP, *of_meta, to=phone, id=id, timestamp=at)
            await self.receive(cloud_api.parse(meta.webhook_body(echoes=[written])))
        else:
            await self.upsert(evolution.upsert(_jid(phone), of_evolution, id=id, timestamp=at, fromMe=True), **envelope)
        return id

    def echo_now(self, phone: str, text: str = "Oi, aqui é a Paula!", **more: Any) -> None:
        """Do the same from a fake's thread, and return when it is stored."""
        asyncio.run_coroutine_threadsafe(self.echo(phone, text, **more), self.loop).result(30)

    async def upsert(self, data: Any, **envelope: Any) -> None:
        await self.receive(evolution_channel.parse(evolution.webhook_body(data) | envelope, secret=SECRET))

    async def receive(self, deliveries: list[Delivery]) -> None:
        await intake.receive(self.shop.resources.db, deliveries, settings=self.shop.resources.settings, correlation_id="test")

    async def deliver(self, conversation_id: UUID) -> None:
        """Send what is in line, as the worker does."""
        r = self.shop.resources
        await outbox.deliver(r.db, r.channels, r.redis, r.settings, self.shop.organization_id, conversation_id)

    def sent(self, phone: str) -> list[str]:
        """Return what a customer got, in order."""
        if isinstance(self.server, FakeMeta):
            return self.server.texts_to(phone)
        return [sent.text for sent in self.server.sends if sent.number.startswith(phone)]

    async def row(self, external_id: str) -> Row:
        (row,) = await self.shop.rows("select * from messages where external_id = %(id)s", id=external_id)
        return row

    async def status(self, conversation_id: UUID) -> str:
        (row,) = await self.shop.rows("select status from conversations where id = %(c)s", c=conversation_id)
        status: str = row["status"]
        return status

    def queued(self, actor: str) -> list[list[str]]:
        """Return the arguments of what waits on the queue for an actor, delayed or not."""
        settings = self.shop.resources.settings
        with Redis.from_url(settings.redis_url or "") as redis:
            keys = [f"{settings.queue_namespace}:default{part}.msgs" for part in ("", ".DQ")]
            found = [json.loads(value) for key in keys for value in redis.hvals(key)]
        return [message["args"] for message in found if message["actor_name"] == actor]

    async def cases(self, conversation_id: UUID) -> list[Row]:
        return await self.shop.rows("select * from escalations where conversation_id = %(c)s order by opened_at", c=conversation_id)


def _jid(phone: str) -> str:
    return f"{phone}@s.whatsapp.net"


@pytest.fixture
def evolution_server() -> Iterator[FakeEvolution]:
    with FakeEvolution() as fake:
        yield fake


@pytest.fixture
async def open_number(shop: Shop, meta: FakeMeta, evolution_server: FakeEvolution) -> Callable[[ChannelName], Number]:
    """Open the shop's number of a channel."""
    await shop.rows(
        "insert into whatsapp_instances (organization_id, channel, name, instance_name, webhook_secret, api_url, access_token)"
        " values (%(shop)s, 'evolution', 'Celular', %(name)s, %(secret)s, %(url)s, 'chave') returning id",
        shop=shop.organization_id, name=evolution.INSTANCE, secret=SECRET, url=evolution_server.url,
    )  # fmt: skip
    return lambda channel: Number(shop, channel, meta if channel == "cloud_api" else evolution_server)


@pytest.fixture(params=["cloud_api", "evolution"])
async def number(request: pytest.FixtureRequest, open_number: Callable[[ChannelName], Number]) -> Number:
    """Provide the shop's number of each channel."""
    return open_number(request.param)
