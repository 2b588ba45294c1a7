"""Real Postgres and Redis for every test: the given ones, or embedded ones for the session. Each test gets a database of its own."""

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import UUID, uuid4

import hypothesis
import psycopg
import pytest
from psycopg import sql
from redis import Redis

from service.operations import migrations
from service.operations.embedded import start_postgres, start_redis
from service.platform import jobs, log
from service.platform.database import Database
from service.platform.settings import Settings, get_settings

pytest_plugins = [
    "tests.kit.shop", "tests.kit.phones", "tests.kit.cellphone", "tests.kit.web", "tests.kit.staff", "tests.kit.desk",
]  # fmt: skip

# No test asserts a time: how long an example takes says how busy the machine is. All else is as CI or a developer has it.
hypothesis.settings.register_profile("untimed", hypothesis.settings(), deadline=None)
hypothesis.settings.load_profile("untimed")

DEMO_SHOP = UUID("00000000-0000-4000-8000-000000000001")
TEMPLATE = "patas_test_template"


@pytest.fixture(scope="session")
def postgres_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Provide a server on which tests may create databases."""
    if given := os.environ.get("DATABASE_URL"):
        yield given
        return
    server = start_postgres(tmp_path_factory.mktemp("postgres"), durable=False)
    yield server.url
    server.stop()


@pytest.fixture(scope="session")
def redis_server_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if given := os.environ.get("REDIS_URL"):
        yield given
        return
    server = start_redis(tmp_path_factory.mktemp("redis"), durable=False)
    yield server.url
    server.stop()


def _database(url: str, name: str) -> str:
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path=f"/{name}"))


def _recreate(url: str, name: str, template: str = "template0") -> None:
    with psycopg.connect(url, autocommit=True) as conn:
        conn.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))
        conn.execute(sql.SQL("create database {} template {}").format(sql.Identifier(name), sql.Identifier(template)))


@pytest.fixture(scope="session")
def template(postgres_url: str) -> Iterator[str]:
    """Provide a migrated and seeded database that each test copies, LangGraph's tables included."""
    name = f"{TEMPLATE}_{os.getpid()}"
    _recreate(postgres_url, name)
    url = _database(postgres_url, name)
    migrations.migrate(url)
    migrations.apply_seed(url)
    yield name
    with psycopg.connect(postgres_url, autocommit=True) as conn:
        conn.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))


@pytest.fixture
def database_url(postgres_url: str, template: str) -> Iterator[str]:
    """Provide a fresh copy of the demo shop's database."""
    name = f"patas_test_{uuid4().hex[:12]}"
    _recreate(postgres_url, name, template)
    yield _database(postgres_url, name)
    with psycopg.connect(postgres_url, autocommit=True) as conn:
        conn.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))


@pytest.fixture
def redis_url(redis_server_url: str) -> str:
    """Provide an empty Redis."""
    with Redis.from_url(redis_server_url) as client:
        client.flushdb()
    return redis_server_url


@pytest.fixture
def settings(database_url: str, redis_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    """Provide the process's settings, pointing at this test's servers; `get_settings()` gives the same."""
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("REDIS_URL", redis_url)
    monkeypatch.setenv("PATAS_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("PATAS_VOICE", "off")  # whatever is installed
    get_settings.cache_clear()
    jobs.get_broker.cache_clear()
    log.configure(get_settings())
    yield get_settings()
    get_settings.cache_clear()
    jobs.get_broker.cache_clear()


@pytest.fixture
async def db(settings: Settings) -> AsyncIterator[Database]:
    database = Database(settings.database_url or "", size=5)
    await database.open()
    yield database
    await database.close()


@pytest.fixture
def organization_id() -> UUID:
    """Provide the demo shop."""
    return DEMO_SHOP
