"""The servers that a run needs: Postgres and Redis as given or embedded for its length, and a fresh database for every dialogue."""

import asyncio
import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg
from psycopg import sql
from redis import Redis

from service.operations import migrations
from service.operations.embedded import start_postgres, start_redis
from service.platform import jobs
from service.platform.errors import Misconfigured
from service.platform.settings import Settings, get_settings
from tasks.resources import open_resources


@dataclass(frozen=True, slots=True)
class Servers:
    """`settings` points at both servers, and at a queue that no worker listens on; `template` is the migrated and seeded database."""

    settings: Settings
    template: str

    @contextmanager
    def fresh_database(self) -> Iterator[str]:
        """Provide the address of a new copy of the demo shop, dropped at the end."""
        name = f"patas_eval_{uuid4().hex[:12]}"
        _create(self.settings.database_url or "", name, self.template)
        try:
            yield _named(self.settings.database_url or "", name)
        finally:
            _drop(self.settings.database_url or "", name)


@contextmanager
def running(settings: Settings, *, traced: bool = False) -> Iterator[Servers]:
    """Start what is not given, and prepare the template. Raises Misconfigured where a server can't be used.

    `traced` sends the turns' traces to LangSmith.
    """
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="patas-evals-", ignore_cleanup_errors=True)))
        urls = {"DATABASE_URL": settings.database_url, "REDIS_URL": settings.redis_url}
        for variable, start in (("DATABASE_URL", start_postgres), ("REDIS_URL", start_redis)):
            if not urls[variable]:
                server = start(folder, durable=False)
                stack.callback(server.stop)
                urls[variable] = server.url
        namespace = f"patas-evals-{uuid4().hex[:12]}"
        changed = stack.enter_context(_process_settings({**urls, "PATAS_QUEUE_NAMESPACE": namespace}))
        stack.callback(_forget_queue, changed.redis_url or "", namespace)
        template = f"patas_evals_{uuid4().hex[:12]}"
        _create(changed.database_url or "", template, "template0")
        stack.callback(_drop, changed.database_url or "", template)
        _prepare(changed, _named(changed.database_url or "", template))
        yield Servers(changed.model_copy(update={"langsmith_tracing": traced}), template)


@contextmanager
def _process_settings(variables: dict[str, str | None]) -> Iterator[Settings]:
    """Provide what `get_settings()` gives inside the block, since enqueueing and the inbox read it."""
    before = {name: os.environ.get(name) for name in variables}
    os.environ.update({name: value for name, value in variables.items() if value})
    _reread()
    try:
        yield get_settings()
    finally:
        for name, value in before.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value
        _reread()


def _reread() -> None:
    get_settings.cache_clear()
    jobs.get_broker.cache_clear()


def _prepare(settings: Settings, url: str) -> None:
    migrations.migrate(url)
    migrations.apply_seed(url)

    async def make_checkpoint_tables() -> None:
        await (await open_resources(settings.model_copy(update={"database_url": url}))).close()

    asyncio.run(make_checkpoint_tables())


def _named(url: str, name: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def _create(url: str, name: str, template: str) -> None:
    try:
        with psycopg.connect(url, autocommit=True, connect_timeout=10) as conn:
            # A copy of files needs no write-ahead log: the quicker way for a database of a few megabytes on a server that does not sync.
            conn.execute(
                sql.SQL("create database {} template {} strategy file_copy").format(sql.Identifier(name), sql.Identifier(template))
            )
    except psycopg.Error as error:
        reason = str(error).strip().splitlines() or ["no answer"]
        raise Misconfigured(f"DATABASE_URL: the evals can't create a database of their own there ({reason[0]}).") from error


def _drop(url: str, name: str) -> None:
    with psycopg.connect(url, autocommit=True, connect_timeout=10) as conn:
        conn.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))


def _forget_queue(url: str, namespace: str) -> None:
    with Redis.from_url(url) as client:
        for key in client.scan_iter(f"{namespace}*"):
            client.delete(key)
