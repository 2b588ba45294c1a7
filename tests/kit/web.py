"""The web process in this process: the real application with its lifespan run, on real Postgres and Redis, called over ASGI."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from fastapi import FastAPI
from prometheus_client import REGISTRY
from pydantic import SecretStr
from redis import Redis

from service.platform.database import Database, Row
from service.platform.settings import Settings
from service.web.app import create_app
from tests.kit.fakes import meta
from tests.kit.providers import HOST, PROVIDERS, settings_of

APP_SECRET = "app-secret-of-the-tests"
VERIFY_TOKEN = "verify-token-of-the-tests"
API_TOKEN = "api-token-of-the-tests"
PHONE = "5511955550001"
CLOUD_API = UUID("00000000-0000-4000-8000-000000000011")


@dataclass
class Web:
    """The web process and what it works on. `db` is the application's own pool, `other` one that is not counted."""

    app: FastAPI
    client: httpx.AsyncClient
    settings: Settings
    other: Database

    @property
    def db(self) -> Database:
        db: Database = self.app.state.db
        return db

    async def hook(self, body: Any = None, *, secret: str = APP_SECRET, **change: Any) -> httpx.Response:
        """Call the webhook, signed as Meta signs; `change` describes the body where none is given."""
        raw, headers = meta.signed(meta.webhook_body(**change) if body is None else body, secret)
        return await self.client.post("/webhook", content=raw, headers=headers)

    async def raw(self, raw: bytes, **headers: str) -> httpx.Response:
        """Post these very bytes, well signed."""
        return await self.client.post("/webhook", content=raw, headers={"X-Hub-Signature-256": meta.sign(raw, APP_SECRET)} | headers)

    async def conversation(self, phone: str = PHONE, text: str = "Oi") -> UUID:
        """Let a customer write; return the conversation."""
        wamid = f"wamid.{uuid4().hex}"
        response = await self.hook(messages=[meta.text_message(phone, text, id=wamid)])
        assert response.status_code == 200, response.text
        found: UUID = (await self.message(wamid))["conversation_id"]
        return found

    async def rows(self, sql: Any, **params: Any) -> list[Row]:
        return (await self.other.system((sql, params)))[0]

    async def message(self, external_id: str) -> Row:
        (row,) = await self.rows("select * from messages where external_id = %(id)s", id=external_id)
        return row

    async def call(self, method: str, path: str, token: str | None = API_TOKEN, **more: Any) -> httpx.Response:
        """Call the API for people."""
        headers = {"Authorization": f"Bearer {token}"} if token is not None else {}
        return await self.client.request(method, path, headers=headers, **more)

    def queued(self, actor: str = "conversation.process") -> list[list[str]]:
        """Return the arguments of what waits on the queue for an actor, delayed or not."""
        with Redis.from_url(self.settings.redis_url or "") as redis:
            keys = [f"{self.settings.queue_namespace}:default{part}.msgs" for part in ("", ".DQ")]
            found = [json.loads(value) for key in keys for value in redis.hvals(key)]
        return [message["args"] for message in found if message["actor_name"] == actor]


@pytest.fixture
async def open_web(settings: Settings, db: Database) -> AsyncIterator[Callable[..., Awaitable[Web]]]:
    """Start the web process with changed settings."""
    async with AsyncExitStack() as stack:

        async def start(**changes: Any) -> Web:
            known = settings_of(provider(APP_SECRET) for provider in PROVIDERS.values())
            defaults = known | {"whatsapp_verify_token": SecretStr(VERIFY_TOKEN), "api_token": SecretStr(API_TOKEN)}
            changed = settings.model_copy(update=defaults | changes)
            app = create_app(changed)
            await stack.enter_async_context(app.router.lifespan_context(app))
            transport = httpx.ASGITransport(app, raise_app_exceptions=False)
            client = await stack.enter_async_context(httpx.AsyncClient(transport=transport, base_url=HOST))
            return Web(app, client, changed, db)

        yield start


@pytest.fixture
async def web(open_web: Callable[..., Awaitable[Web]]) -> Web:
    return await open_web()


def scope(path: str, *headers: tuple[bytes, bytes]) -> dict[str, Any]:
    """Return a POST as a server hands it to the application, for what a client of HTTP never does."""
    return {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST", "scheme": "http", "path": path,
        "raw_path": path.encode(), "query_string": b"", "root_path": "", "headers": [(b"host", b"patas"), *headers],
        "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 80),
    }  # fmt: skip


def metric(name: str, **labels: str) -> float:
    """Return a counter's value now."""
    return REGISTRY.get_sample_value(name, labels) or 0.0


async def make_shop(db: Database, name: str = "Outra loja") -> dict[str, UUID]:
    """Another shop with a Cloud API number, an Evolution instance, a contact, and an open conversation."""
    ids = {key: uuid4() for key in ("organization", "instance", "evolution", "contact", "conversation")}
    params = ids | {"name": name, "number": str(uuid4().int)[:15], "phone": f"55219{uuid4().int % 10**8:08d}"}
    await db.system(
        ("insert into organizations (id, name) values (%(organization)s, %(name)s)", params),
        ("insert into organization_settings (organization_id) values (%(organization)s)", params),
        (
            "insert into whatsapp_instances (id, organization_id, channel, name, phone_number_id)"
            " values (%(instance)s, %(organization)s, 'cloud_api', 'Número', %(number)s)",
            params,
        ),
        (
            "insert into whatsapp_instances (id, organization_id, channel, name, instance_name, webhook_secret)"
            " values (%(evolution)s, %(organization)s, 'evolution', 'Celular', 'loja', %(evolution)s::text)",
            params,
        ),
        ("insert into contacts (id, organization_id, phone, name) values (%(contact)s, %(organization)s, %(phone)s, 'Zeca')", params),
        (
            "insert into conversations (id, organization_id, instance_id, contact_id)"
            " values (%(conversation)s, %(organization)s, %(instance)s, %(contact)s)",
            params,
        ),
    )
    return ids
