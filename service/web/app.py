"""The web process: webhooks, API for people and its pages, simulator, health and metrics. It never loads the agents' stack."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog
from fastapi import FastAPI
from redis.asyncio import Redis
from starlette.types import ASGIApp

from service.messaging.channels import build_http
from service.messaging.media.store import build_files
from service.platform import log as logs
from service.platform import version
from service.platform.auth import Authenticator
from service.platform.database import Database
from service.platform.errors import Misconfigured
from service.platform.secrets import api_token
from service.platform.settings import Settings, get_settings
from service.web import (
    board,
    conversations,
    days_off,
    errors,
    health,
    identities,
    knowledge,
    media,
    metrics,
    packages,
    pages,
    pickup,
    reception,
    together,
    treatments,
    webhooks,
)
from service.web.door import Door
from service.web.senders import Senders

log = structlog.get_logger()

LARGEST_BODY = 1024 * 1024
ROUTERS = (
    webhooks, conversations, identities, media, board, days_off, pickup, packages, treatments, together, reception, knowledge, health,
    metrics, pages,
)  # fmt: skip


class Application(FastAPI):
    """FastAPI behind our door: also what refuses a body, or answers a failure of ours, stands inside of it."""

    def build_middleware_stack(self) -> ASGIApp:
        return Door(super().build_middleware_stack(), self.state.settings)


def create_app(settings: Settings | None = None) -> FastAPI:
    """Build the application. Raises Misconfigured where a setting that it can't do without is missing."""
    settings = settings or get_settings()
    if settings.database_url is None or settings.redis_url is None:
        raise Misconfigured("DATABASE_URL and REDIS_URL must be set for the web process; `patas up` and `patas api` set them.")
    logs.configure(settings)
    app = Application(
        title="Patas",
        version=version.current(),
        summary="Atendimento de pet shops pelo WhatsApp.",
        lifespan=_open,
        openapi_url=None,  # FastAPI's own pages need the internet and are open to everybody; ours are in pages
        max_body_size=LARGEST_BODY,
    )
    app.state.settings = settings
    errors.install(app)
    for module in ROUTERS:
        app.include_router(module.router)
    app.mount("/static", pages.Static())
    if settings.simulator:
        from service.web import simulator

        app.include_router(simulator.router)
    return app


@asynccontextmanager
async def _open(app: FastAPI) -> AsyncIterator[None]:
    settings: Settings = app.state.settings
    app.state.db = Database(settings.database_url or "", size=settings.database_pool_size)
    await app.state.db.open()
    app.state.redis = Redis.from_url(settings.redis_url or "", socket_timeout=5, socket_connect_timeout=1)
    app.state.http = build_http(settings)
    app.state.files = build_files(settings, app.state.http)
    app.state.senders = Senders()
    app.state.authenticator = Authenticator(settings, api_token(settings), app.state.http)
    log.info("[API] Ready", host=settings.host, port=settings.port)
    try:
        yield
    finally:
        await app.state.http.aclose()
        await app.state.redis.aclose()
        await app.state.db.close()
