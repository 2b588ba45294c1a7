"""Round trips of one message, counted at the wire: the business pool goes through a counting proxy, the checkpointer's through another."""

from typing import Any
from uuid import UUID, uuid4

from service.messaging import intake
from service.messaging.channels.base import Delivery, Inbound, InstanceKey
from service.platform import clock, log
from service.platform.settings import Settings
from tasks import resources as worker
from tasks.conversation import answer
from tests.bench.fakes import Fakes
from tests.kit.fakes.meta import PHONE_NUMBER_ID
from tests.kit.wire import counted

DEMO_SHOP = UUID("00000000-0000-4000-8000-000000000001")


async def count_round_trips(database_url: str, redis_url: str, fakes: Fakes) -> dict[str, int]:
    """`intake`, `turn` (claim, tool, commit and send) and `checkpoints` of a client turn with one tool call."""
    given: dict[str, Any] = {
        "database_url": database_url,
        "redis_url": redis_url,
        "openai_api_key": "test",
        "openai_base_url": fakes.openai.base_url,
        "whatsapp_api_url": fakes.meta.url,
        "quiet_window": 0.0,
        "quiet_cap": 0.0,
        "database_pool_size": 1,
        "log_level": "error",
    }
    settings = Settings(**given)
    log.configure(settings)
    async with counted(database_url) as wire, counted(database_url) as checkpoint_wire:
        settings = settings.model_copy(update={"database_url": wire.url})
        resources = await worker.open_resources(settings, checkpoint_url=checkpoint_wire.url)
        try:
            found: dict[str, int] = {}
            for _ in range(8):  # statements are prepared from their fifth use on; the last count is the steady one
                message = _message()
                wire.reset()
                await intake.receive(
                    resources.db, [Delivery(InstanceKey("cloud_api", PHONE_NUMBER_ID), (message,))], settings=settings, correlation_id=None
                )
                found["intake"] = wire.round_trips
                sql = "select conversation_id from messages where external_id = %(id)s"
                ((row,),) = await resources.db.system((sql, {"id": message.external_id}))
                wire.reset()
                checkpoint_wire.reset()
                await answer(resources, DEMO_SHOP, row["conversation_id"], job_id="count")
                found |= {"turn": wire.round_trips, "checkpoints": checkpoint_wire.round_trips}
            return found
        finally:
            await resources.close()


def _message() -> Inbound:
    phone = f"5531{uuid4().int % 10**9:09d}"
    return Inbound(
        f"wamid.{uuid4().hex}", phone, None, phone, "Ana", "text", "Tenho um Golden Retriever de 3 anos chamado Rex", clock.now()
    )
