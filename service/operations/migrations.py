"""Applies `supabase/migrations`, `supabase/seed.sql` and `supabase/seed_today.sql`.

What was applied is kept in the Supabase CLI's own history table, so our command and `supabase db push` take turns freely.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import psycopg
from psycopg import Connection

from service.agenda import holidays
from service.platform import addresses, clock
from service.platform.errors import Misconfigured

SUPABASE = Path(__file__).resolve().parents[2] / "supabase"
MIGRATIONS = SUPABASE / "migrations"
SEED = SUPABASE / "seed.sql"
DEMO_DAY = SUPABASE / "seed_today.sql"

CONNECT_SECONDS = 10
# One number for every process that migrates this database.
_LOCK = 0x70617461
_NAME = re.compile(r"(\d{14})_(\w+)\.sql")

_HISTORY = b"""
create schema if not exists supabase_migrations;
create table if not exists supabase_migrations.schema_migrations (version text not null primary key, statements text[], name text);
"""

LOCK_MILLISECONDS = 5000


@dataclass(frozen=True, slots=True)
class Migration:
    """One file: `version` is the 14 digits of its name, `name` the rest."""

    version: str
    name: str
    sql: str

    def __str__(self) -> str:
        return f"{self.version}_{self.name}"


def migrate(database_url: str, folder: Path = MIGRATIONS) -> list[str]:
    """Apply what is missing, oldest first, each in a transaction of its own; returns the file names (without `.sql`).

    Safe to run from several processes at once. Raises Misconfigured where the server can't be reached or a migration fails;
    those before it stay applied.
    """
    applied = []
    with _connected(database_url) as conn:
        for migration in _files(folder):
            with conn.transaction():
                # Inside the transaction, since a session's lock would not survive a transaction-mode pooler.
                conn.execute("select pg_advisory_xact_lock(%s)", [_LOCK])
                if migration.version in _applied(conn):
                    continue
                # A statement that waits for a lock makes everybody behind it wait too: rather give up and be run again.
                conn.execute(f"set local lock_timeout = {LOCK_MILLISECONDS}")
                conn.execute(_HISTORY)
                try:
                    conn.execute(migration.sql.encode())
                except psycopg.Error as error:
                    raise Misconfigured(f"Migration {migration} failed: {error.diag.message_primary or error}.") from error
                conn.execute("reset role")
                conn.execute("reset all")  # a file may have set its own search_path
                conn.execute(
                    "insert into supabase_migrations.schema_migrations (version, statements, name) values (%s, %s, %s)",
                    [migration.version, [migration.sql], migration.name],
                )
            applied.append(str(migration))
    return applied


def prepare(database_url: str, say: Callable[[str], None] = lambda _: None) -> None:
    """Bring a database to where Patas can work: the schema, and the demo shop where no shop is there. `say` hears what was done.

    Raises Misconfigured.
    """
    for name in migrate(database_url):
        say(f"Applied migration {name}.")
    if not has_organizations(database_url):
        apply_seed(database_url)
        apply_demo_day(database_url)
        say("Made the demo shop.")


def require(database_url: str) -> None:
    """Raise Misconfigured, with what to do, where the database can't be reached or lacks migrations."""
    if lacking := pending(database_url):
        made = f"lacks {len(lacking)} of its migrations" if len(lacking) < len(_files(MIGRATIONS)) else "has no tables of Patas yet"
        raise Misconfigured(
            f"The database {made}: run `patas migrate` first (`patas up` does it by itself, `patas seed` adds a demo shop)."
        )


def pending(database_url: str, folder: Path = MIGRATIONS) -> list[str]:
    """Return the file names (without `.sql`) that `migrate` would apply. Writes nothing. Raises Misconfigured."""
    with _connected(database_url) as conn:
        applied = _applied(conn)
    return [str(migration) for migration in _files(folder) if migration.version not in applied]


def broken_keys(database_url: str) -> list[str]:
    """Return the keys, as "table.constraint", that rows break which were there before them. Raises Misconfigured."""
    with _connected(database_url) as conn:
        rows = conn.execute(
            "select conrelid::regclass::text || '.' || conname from pg_constraint"
            " where connamespace = 'public'::regnamespace and not convalidated order by 1"
        ).fetchall()
    return [row[0] for row in rows]


def apply_seed(database_url: str, file: Path = SEED) -> None:
    """Run the demo shop's file in one transaction; running it again changes nothing. Raises Misconfigured."""
    with _connected(database_url) as conn, conn.transaction():
        try:
            conn.execute(file.read_bytes())
        except psycopg.Error as error:
            raise Misconfigured(f"{file.name} failed: {error.diag.message_primary or error}.") from error


def apply_demo_day(database_url: str) -> None:
    """Give the demo shop its living day around now; where the shop lives already nothing changes. Raises Misconfigured.

    It is apart from `apply_seed` because tests and dialogues count on a shop in which nothing is booked from today on.
    """
    with _connected(database_url) as conn, conn.transaction():
        try:
            write_demo_day(conn, clock.now())
        except psycopg.Error as error:
            raise Misconfigured(f"{DEMO_DAY.name} failed: {error.diag.message_primary or error}.") from error


def write_demo_day(conn: Connection, now: datetime) -> None:
    """Write the living day around an aware instant in the connection's transaction."""
    closed = holidays.between("SP", now.date() - timedelta(days=1), now.date() + timedelta(days=15))
    listed = ",".join(day.isoformat() for day in closed)
    conn.execute("select set_config('patas.now', %s, true), set_config('patas.holidays', %s, true)", [now.isoformat(), listed])
    conn.execute(DEMO_DAY.read_bytes())


def has_organizations(database_url: str) -> bool:
    """Whether any shop is in a migrated database. Raises Misconfigured."""
    with _connected(database_url) as conn:
        return conn.execute("select from public.organizations limit 1").fetchone() is not None


def server_version(database_url: str) -> str:
    """Return the Postgres server's version, such as "18.6". Raises Misconfigured where it can't be reached."""
    with _connected(database_url) as conn:
        return conn.info.parameter_status("server_version") or str(conn.info.server_version)


@contextmanager
def _connected(database_url: str) -> Iterator[Connection]:
    """Connect for the length of a block. Whatever the server refuses in it is a Misconfigured that names DATABASE_URL."""
    try:
        # Never prepared: a transaction-mode pooler in between would mix up the names.
        with psycopg.connect(
            database_url, autocommit=True, prepare_threshold=None, connect_timeout=CONNECT_SECONDS, application_name="patas"
        ) as conn:
            yield conn
    except psycopg.Error as error:
        place = addresses.postgres_place(database_url)
        raise Misconfigured(f"DATABASE_URL: the database {place} can't be used ({addresses.reason(error)}).") from error


def _applied(conn: Connection) -> set[str]:
    if conn.execute("select to_regclass('supabase_migrations.schema_migrations')").fetchone() == (None,):
        return set()
    return {row[0] for row in conn.execute("select version from supabase_migrations.schema_migrations")}


def _files(folder: Path) -> list[Migration]:
    found: dict[str, Migration] = {}
    for path in sorted(folder.glob("*.sql")):
        match = _NAME.fullmatch(path.name)
        if match is None:
            raise Misconfigured(f"{path.name}: a migration is named <14 digits>_<name>.sql.")
        version, name = match.groups()
        if version in found:
            raise Misconfigured(f"{path.name}: another migration has the same 14 digits.")
        found[version] = Migration(version, name, path.read_text(encoding="utf-8"))
    return list(found.values())
