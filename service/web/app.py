"""The web process: webhooks, API for people and its pages, simulator, health and metrics. It never loads the agents' stack."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import uuid4

import structlog
from fastapi import FastAPI
from redis.asyncio import Redis
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.messaging.channels import build_http
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
    knowledge,
    metrics,
    packages,
    pages,
    pickup,
    reception,
    treatments,
    webhooks,
)

log = structlog.get_logger()

LARGEST_BODY = 1024 * 1024
ROUTERS = (
    webhooks, conversations, board, days_off, pickup, packages, treatments, reception, knowledge, health, metrics, pages,
)  # fmt: skip


def create_app(settings: Settings | None = None) -> FastAPI:
    """Build the application. Raises Misconfigured where a setting that it can't do without is missing."""
    settings = settings or get_settings()
    if settings.database_url is None or settings.redis_url is None:
        raise Misconfigured("DATABASE_URL and REDIS_URL must be set for the web process; `patas up` and `patas api` set them.")
    logs.configure(settings)
    app = FastAPI(
        title="Patas",
        version=version.current(),
        summary="Atendimento de pet shops pelo WhatsApp.",
        lifespan=_open,
        docs_url=None,  # FastAPI's own page needs the internet; ours is in pages
        redoc_url=None,
        max_body_size=LARGEST_BODY,
    )
    app.state.settings = settings
    app.add_middleware(Correlation)
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
    app.state.authenticator = Authenticator(settings, api_token(settings), app.state.http)
    log.info("[API] Ready", host=settings.host, port=settings.port)
    try:
        yield
    finally:
        await app.state.http.aclose()
        await app.state.redis.aclose()
        await app.state.db.close()


class Correlation:
    """Gives every request an id that its log lines, its rows and its answer carry."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        correlation_id = str(uuid4())
        scope.setdefault("state", {})["correlation_id"] = correlation_id

        async def send_with_id(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["X-Correlation-Id"] = correlation_id
                headers.setdefault("X-Content-Type-Options", "nosniff")
            await send(message)

        with logs.bound(correlationId=correlation_id):
            await self.app(scope, receive, send_with_id)
