"""What a worker process holds open for its actors, made once on its event loop."""

import asyncio
import gc
import os
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any, TypeVar

import httpx
import structlog
from dramatiq import Broker, Middleware
from dramatiq.asyncio import get_event_loop_thread
from langgraph.checkpoint.postgres.aio import AsyncPostgresSaver
from psycopg import AsyncConnection
from psycopg import Error as PostgresError
from psycopg.rows import dict_row
from psycopg_pool import AsyncConnectionPool, PoolTimeout
from redis.asyncio import Redis

from graphs.checkpoints import FencedSaver
from graphs.models import Models
from graphs.router import build_graph
from graphs.tracing import build_callbacks
from service.messaging.channels import build_channels, build_http
from service.messaging.channels.base import Channel, ChannelName
from service.messaging.media.store import Files, build_files
from service.messaging.voice.build import build_transcriber
from service.messaging.voice.transcriber import Transcriber
from service.platform import jobs
from service.platform.database import Database
from service.platform.errors import AppError
from service.platform.settings import Settings
from service.turns.failures import Stopped
from tasks.line import Line

log = structlog.get_logger()

Result = TypeVar("Result")

# Any number that nothing else locks on: LangGraph's own set-up must not run twice at once.
SETUP_LOCK = 7042_2026


@dataclass
class Resources:
    """Everything an actor needs."""

    settings: Settings
    db: Database
    models: Models
    graph: Any
    callbacks: list[Any]
    channels: dict[ChannelName, Channel]
    files: Files
    transcriber: Transcriber | None
    http: httpx.AsyncClient
    redis: Redis
    checkpoints: AsyncConnectionPool[Any]
    line: Line
    stopping: bool = False
    hearing: int = 0
    background: set[asyncio.Task[None]] = field(default_factory=set)
    thinking: set[asyncio.Task[Any]] = field(default_factory=set)
    told_gone: set[str] = field(default_factory=set)

    def in_background(self, work: Coroutine[Any, Any, None]) -> None:
        """Run something beside the turn that nothing waits for; closing cancels it."""
        task = asyncio.create_task(work)
        self.background.add(task)
        task.add_done_callback(self.background.discard)

    async def until_stopped(self, thought: Coroutine[Any, Any, Result]) -> Result:
        """Await what may be begun anew elsewhere. Raises Stopped where the worker could not wait for it any longer."""
        task = asyncio.create_task(thought)
        self.thinking.add(task)
        task.add_done_callback(self.thinking.discard)
        try:
            return await task
        except asyncio.CancelledError:
            if task.cancelled() and self.stopping:
                raise Stopped from None
            task.cancel()
            raise

    async def stop(self) -> None:
        """Take nothing new; let running turns think for `PATAS_SHUTDOWN_SECONDS`, and make those that still do give theirs back."""
        self.stopping = True
        for shop, conversation in self.line.empty():
            jobs.enqueue("conversation.process", shop, conversation)
        if self.thinking:
            await asyncio.wait(self.thinking, timeout=self.settings.shutdown_seconds)
        for task in list(self.thinking):
            task.cancel()

    async def close(self) -> None:
        for task in list(self.background):
            task.cancel()
        await asyncio.gather(*self.background, return_exceptions=True)
        await self.models.close()
        await self.http.aclose()
        await self.redis.aclose()
        await self.checkpoints.close()
        await self.db.close()


async def open_resources(settings: Settings, *, checkpoint_url: str | None = None) -> Resources:
    """Open pools and clients and build the graph, on the running loop. `checkpoint_url`: where checkpoints go, if elsewhere."""
    if settings.database_url is None or settings.redis_url is None:
        raise RuntimeError("A worker needs DATABASE_URL and REDIS_URL; `patas up` and `patas worker` set them.")
    db = Database(settings.database_url, size=settings.database_pool_size)
    await db.open()
    checkpoints = await open_checkpoints(checkpoint_url or settings.database_url, size=settings.database_pool_size)
    models = Models(settings)
    http = build_http(settings)
    return Resources(
        settings=settings,
        db=db,
        models=models,
        graph=build_graph(db, models, settings, checkpointer=FencedSaver(checkpoints)),
        callbacks=build_callbacks(settings),
        channels=build_channels(settings, http),
        files=build_files(settings, http),
        transcriber=build_transcriber(settings, http),
        http=http,
        redis=Redis.from_url(settings.redis_url, socket_timeout=5, socket_connect_timeout=1),
        checkpoints=checkpoints,
        line=Line(max(1, round(settings.worker_threads * settings.shop_share))),
    )


async def open_checkpoints(url: str, *, size: int) -> AsyncConnectionPool[Any]:
    """Return the checkpointer's own pool, in its own schema, with LangGraph's tables set up once, and walled."""

    async def configure(conn: AsyncConnection[Any]) -> None:
        # Not as a start-up option: poolers in between refuse those, or forget them.
        await conn.execute("set search_path to checkpoints")

    pool: AsyncConnectionPool[Any] = AsyncConnectionPool(
        url,
        min_size=1,
        max_size=size,
        open=False,
        configure=configure,
        kwargs={"autocommit": True, "row_factory": dict_row, "application_name": "patas-checkpoints"},
    )
    await pool.open(wait=True, timeout=15)
    async with pool.connection() as conn:
        await conn.execute("select pg_advisory_lock(%s)", (SETUP_LOCK,))
        try:
            await AsyncPostgresSaver(conn).setup()
            await conn.execute("select patas.wall_checkpoints()")
        finally:
            await conn.execute("select pg_advisory_unlock(%s)", (SETUP_LOCK,))
    return pool


_resources: Resources | None = None


def resources() -> Resources:
    """Return the process's resources; set while its worker runs."""
    if _resources is None:
        raise RuntimeError("No worker is running in this process.")
    return _resources


class OpenResources(Middleware):
    """Opens the resources before a worker takes its first message, and closes them after its last."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def before_worker_boot(self, broker: Broker, worker: Any) -> None:
        global _resources
        try:
            _resources = run(open_resources(self.settings))
            run(_prepare(_resources))
        except (PostgresError, PoolTimeout, AppError) as error:
            log.critical("[WORKER] Can't start", err=str(error))
            # Dramatiq would go on without what every actor needs. Its master ends with this process, and whoever runs it tries again.
            os._exit(os.EX_UNAVAILABLE)
        # What was loaded lives as long as the process: without this every full collection walks through all of it, and for some 200 ms
        # no turn goes on.
        gc.collect()
        gc.freeze()
        gc.set_threshold(20_000, 50, 50)
        log.info("[WORKER] Ready", threads=self.settings.worker_threads, offlineModel=self.settings.offline_model)

    def before_worker_shutdown(self, broker: Broker, worker: Any) -> None:
        if _resources is not None:
            log.info("[WORKER] Stopping", turns=len(_resources.thinking), patience=self.settings.shutdown_seconds)
            run(_resources.stop())

    def after_worker_shutdown(self, broker: Broker, worker: Any) -> None:
        global _resources
        if _resources is not None:
            run(_resources.close())
            _resources = None


async def _prepare(r: Resources) -> None:
    """Let the transcriber get ready, while other work goes on."""

    async def prepare(transcriber: Transcriber) -> None:
        try:
            await transcriber.prepare()
        except AppError as error:
            log.error("[VOICE] Transcriber can't get ready", err=str(error))

    if r.transcriber:
        r.in_background(prepare(r.transcriber))


def run(coroutine: Any) -> Any:
    """Run a coroutine on the worker's event-loop thread and wait for it."""
    thread = get_event_loop_thread()
    if thread is None:
        raise RuntimeError("Dramatiq's AsyncIO middleware is not running.")
    return asyncio.run_coroutine_threadsafe(coroutine, thread.loop).result()
