"""The simulator's pages on a test's own servers, and shops to talk to on them."""

from typing import Any
from uuid import UUID, uuid4

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from redis.asyncio import Redis

from service.platform.database import Database
from service.platform.errors import AppError
from service.platform.settings import Settings
from service.web import simulation
from service.web.pages import Static
from service.web.simulator import router


def build(db: Database, redis: Redis, **settings: Any) -> FastAPI:
    """Make an application that serves the simulator and its files, and nothing else."""
    app = FastAPI()
    app.state.db, app.state.redis = db, redis
    app.state.settings = Settings(**({"simulator": True} | settings))
    app.include_router(router)
    app.mount("/static", Static())

    @app.exception_handler(AppError)
    async def refuse(_: Request, error: AppError) -> JSONResponse:
        return JSONResponse({"error": str(error)}, error.status)

    return app


async def make_shop(db: Database, name: str) -> simulation.Shop:
    """Make a shop with a simulator instance and an owner's number."""
    organization_id, instance_id = uuid4(), uuid4()
    params = {"o": organization_id, "i": instance_id, "name": name, "phone": f"55118{uuid4().int % 10**8:08d}"}
    await db.system(
        ("insert into organizations (id, name) values (%(o)s, %(name)s)", params),
        ("insert into organization_settings (organization_id) values (%(o)s)", params),
        ("insert into whatsapp_instances (id, organization_id, channel, name) values (%(i)s, %(o)s, 'simulator', 'Simulador')", params),
        ("insert into aurora_owner_numbers (organization_id, phone, name) values (%(o)s, %(phone)s, 'Dona')", params),
    )
    return await simulation.shop_of(db, instance_id)


async def reply(db: Database, shop: simulation.Shop, conversation_id: str, text: str) -> None:
    """Commit what the worker does at the end of a turn."""
    params = {"c": UUID(conversation_id), "text": text}
    await db.run(
        shop.organization_id,
        ("update messages set processed_at = now() where conversation_id = %(c)s and direction = 'incoming'", params),
        (
            "insert into messages (organization_id, conversation_id, instance_id, direction, from_me, sent_by_ai, content, status)"
            " select organization_id, id, instance_id, 'outgoing', true, true, %(text)s, 'queued' from conversations where id = %(c)s",
            params,
        ),
    )
