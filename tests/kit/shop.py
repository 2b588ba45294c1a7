"""A worker's resources in this process, against the fakes: `answer()` then runs exactly what the actor runs."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import pytest

from service.messaging import intake
from service.messaging.channels.base import Delivery, Inbound, InstanceKey
from service.messaging.queries import conversations
from service.platform import clock
from service.platform.database import Row
from service.platform.settings import Settings
from tasks.conversation import answer
from tasks.resources import Resources, open_resources
from tests.kit.fakes.meta import PHONE_NUMBER_ID, FakeMeta
from tests.kit.fakes.openai import FakeOpenAI


@pytest.fixture
def openai() -> Iterator[FakeOpenAI]:
    with FakeOpenAI() as fake:
        yield fake


@pytest.fixture
def meta() -> Iterator[FakeMeta]:
    with FakeMeta() as fake:
        yield fake


@dataclass
class Shop:
    """A shop whose worker runs in the test: people write, `work` answers, the rows tell."""

    resources: Resources
    organization_id: UUID

    async def receive(self, text: str, *, phone: str = "5511955550001", external_id: str | None = None, **more: Any) -> UUID:
        """Let a customer write; return the conversation."""
        message = Inbound(
            external_id=external_id or f"wamid.{uuid4().hex}",
            phone=phone,
            user_id=None,
            address=phone,
            name="Ana",
            message_type=more.pop("message_type", "text"),
            text=text,
            sent_at=clock.now(),
            **more,
        )
        delivery = Delivery(InstanceKey("cloud_api", PHONE_NUMBER_ID), (message,))
        await intake.receive(self.resources.db, [delivery], settings=self.resources.settings, correlation_id="test")
        (row,) = await self.rows("select conversation_id from messages where external_id = %(id)s", id=message.external_id)
        conversation_id: UUID = row["conversation_id"]
        return conversation_id

    async def work(self, conversation_id: UUID) -> int:
        return await answer(self.resources, self.organization_id, conversation_id, job_id="test")

    async def say(self, text: str, **more: Any) -> UUID:
        """Let a customer write and be answered."""
        conversation_id = await self.receive(text, **more)
        await self.work(conversation_id)
        return conversation_id

    async def hand_back(self, conversation_id: UUID) -> None:
        """Give the conversation back, as a person does."""
        assert await conversations.hand_back(self.resources.db, self.organization_id, conversation_id, by="Paula", note=None)

    async def results(self, of: str | None = None) -> list[dict[str, Any]]:
        """Return what the tools of the newest turn returned, in order; `of` one of them only."""
        newest = "select function_results from ai_interactions order by created_at desc, id desc limit 1"
        told = [one for row in await self.rows(newest) for one in row["function_results"]]
        return [json.loads(one["result"]) for one in told if of in (None, one["name"])]

    async def rows(self, sql: Any, **params: Any) -> list[Row]:
        return (await self.resources.db.system((sql, params)))[0]

    async def messages(self, conversation_id: UUID) -> list[Row]:
        return await self.rows("select * from messages where conversation_id = %(c)s order by seq", c=conversation_id)


@pytest.fixture
async def open_shop(
    settings: Settings, openai: FakeOpenAI, meta: FakeMeta, organization_id: UUID
) -> AsyncIterator[Callable[..., Awaitable[Shop]]]:
    """Open a shop's worker; several of them are several workers on one database."""
    opened: list[Resources] = []

    async def open_one(**changes: Any) -> Shop:
        changed = settings.model_copy(
            update={
                "openai_api_key": settings.openai_api_key or "test",
                "openai_base_url": openai.base_url,
                "whatsapp_api_url": meta.url,
                "quiet_window": 0.0,
                "quiet_cap": 0.0,
                **changes,
            }
        )
        opened.append(await open_resources(Settings.model_validate(changed.model_dump())))
        return Shop(opened[-1], organization_id)

    yield open_one
    for resources in opened:
        await resources.close()


@pytest.fixture
async def shop(open_shop: Callable[..., Awaitable[Shop]]) -> Shop:
    return await open_shop()
