"""Walls between shops that the database holds by itself: keys that name the shop, owners under row-level security, threads of a shop."""

from collections.abc import Iterator
from contextlib import nullcontext
from typing import Any, cast
from uuid import UUID, uuid4

import psycopg
import pytest
from langgraph.checkpoint.base import empty_checkpoint
from psycopg import Connection, sql
from psycopg.errors import CheckViolation, ForeignKeyViolation, InsufficientPrivilege

from graphs.checkpoints import FencedSaver, bound, configurable
from service.operations import migrations
from service.platform.settings import Settings
from tasks.resources import open_checkpoints
from tests.kit.walls import as_role, make_shop, owner, tables

# Every foreign key between two tables that have an organization, by the child's columns and the parent's.
KEYS = """
select c.conrelid::regclass::text, c.conname, c.confrelid::regclass::text, c.convalidated,
  array(select a.attname::text from unnest(c.conkey) with ordinality k(n, at)
    join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.n order by k.at),
  array(select a.attname::text from unnest(c.confkey) with ordinality k(n, at)
    join pg_attribute a on a.attrelid = c.confrelid and a.attnum = k.n order by k.at)
from pg_constraint c
where c.contype = 'f' and c.connamespace = 'public'::regnamespace
  and exists (select from pg_attribute o where o.attrelid = c.conrelid and o.attname = 'organization_id' and not o.attisdropped)
  and exists (select from pg_attribute o where o.attrelid = c.confrelid and o.attname = 'organization_id' and not o.attisdropped)
order by 1, 2
"""

# Columns that hold an id, and those of them that no foreign key is about: what they name is no row of a shop, or may not be there yet.
IDS = """
select a.attrelid::regclass::text || '.' || a.attname
from pg_attribute a join pg_class t on t.oid = a.attrelid
where t.relnamespace = 'public'::regnamespace and t.relkind = 'r' and a.attnum > 0 and not a.attisdropped
  and a.atttypid in ('uuid'::regtype, 'uuid[]'::regtype) and a.attname <> 'id'
  and not exists (select from pg_constraint c where c.contype = 'f' and c.conrelid = a.attrelid and a.attnum = any (c.conkey))
"""
FREE = {
    # People of Supabase's Auth, who may work in several shops.
    "organization_members.user_id",
    "aurora_owner_numbers.user_id",
    # Tokens and names of turns and visits: nothing has a row for them.
    "conversations.lease_token",
    "messages.turn_id",
    "turn_effects.turn_id",
    "ai_interactions.turn_id",
    "aurora_proactive_messages.turn_id",
    "proposals.turn_id",
    "proposals.settled_by",
    "bookings.plan_id",
    # The booking that a hold may become.
    "allocations.booking_id",
    # Of one of several tables, by the kind.
    "outreach.subject_id",
    # Held by the allocations that they become.
    "bookings.also_resource_ids",
}


@pytest.fixture
def conn(settings: Settings) -> Iterator[Connection]:
    with psycopg.connect(settings.database_url or "", autocommit=True) as opened:
        yield opened


def test_every_foreign_key_between_rows_of_a_shop_carries_the_shop(conn: Connection) -> None:
    keys = conn.execute(KEYS).fetchall()
    assert len(keys) > 40
    for child, name, _, is_validated, pointers, pointed in keys:
        assert (pointers[0], pointed[0]) == ("organization_id", "organization_id"), f"{name} of {child} points past the shop"
        assert is_validated, name


def test_no_column_holds_an_id_without_a_key(conn: Connection) -> None:
    assert {row[0] for row in conn.execute(IDS)} == FREE


def test_no_row_can_be_made_to_point_at_another_shops_row(conn: Connection) -> None:
    """By whoever goes past row-level security: each key of each table, tried. Other rules of the rows are out of the way."""
    mine, other = make_shop(conn), make_shop(conn)
    for table, check in conn.execute(
        "select conrelid::regclass::text, conname from pg_constraint where contype = 'c' and connamespace = 'public'::regnamespace"
    ).fetchall():
        conn.execute(sql.SQL("alter table {} drop constraint {}").format(sql.Identifier(table), sql.Identifier(check)))
    tried = 0
    for child, name, parent, _, pointers, pointed in conn.execute(KEYS).fetchall():
        shop = sql.SQL("{} from {} where organization_id = %s")
        with conn.transaction(force_rollback=True):
            found = conn.execute(
                sql.SQL("select ") + shop.format(sql.Identifier(pointed[1]), sql.Identifier(parent)), (other["organization"],)
            ).fetchone()
            assert found, parent
            if child != parent:
                # Nor is it refused because the other has the same row.
                conn.execute(sql.SQL("delete") + shop.format(sql.SQL(""), sql.Identifier(child)), (other["organization"],))
            write = sql.SQL("update {} set {} = %s where organization_id = %s").format(sql.Identifier(child), sql.Identifier(pointers[1]))
            with pytest.raises(ForeignKeyViolation, match=name):
                conn.execute(write, (found[0], mine["organization"]))
        tried += 1
    assert tried > 40


def test_a_booking_can_not_occupy_another_shops_tub(conn: Connection) -> None:
    mine, other = make_shop(conn), make_shop(conn)
    conn.execute("delete from bookings where organization_id = %s", (other["organization"],))
    with pytest.raises(ForeignKeyViolation, match="allocations_resource_id"):
        conn.execute(
            "update bookings set also_resource_ids = array[%s::uuid] where organization_id = %s", (other["resource"], mine["organization"])
        )


@pytest.mark.parametrize("table", ["alerts", "dead_letters"])
def test_what_belongs_to_no_shop_points_at_nothing_of_one(conn: Connection, table: str) -> None:
    shop = make_shop(conn)
    write = sql.SQL("update {} set organization_id = null, conversation_id = %s where organization_id = %s").format(sql.Identifier(table))
    with pytest.raises(CheckViolation):
        conn.execute(write, (shop["conversation"], shop["organization"]))


def test_a_pets_end_leaves_its_bookings_to_their_shop(conn: Connection) -> None:
    """`on delete set null` empties the pointer, and not the organization beside it."""
    shop = make_shop(conn)
    conn.execute("update bookings set pet_id = %s where organization_id = %s", (shop["pet"], shop["organization"]))
    conn.execute("delete from pets where id = %s", (shop["pet"],))
    kept = conn.execute("select pet_id from bookings where organization_id = %s", (shop["organization"],)).fetchall()
    assert kept == [(None,)]


def test_rows_that_pointed_elsewhere_before_stop_no_migration(conn: Connection, settings: Settings) -> None:
    """They stay as they are and are told of; what is written from then on is held to the shop."""
    mine, other = make_shop(conn), make_shop(conn)
    conn.execute("alter table pets drop constraint pets_contact_id_fkey")
    conn.execute("update pets set contact_id = %s, name = 'Bob' where id = %s", (other["contact"], mine["pet"]))
    conn.execute("alter table pets add constraint pets_contact_id_fkey foreign key (contact_id) references contacts (id) on delete cascade")
    for name in ("organization_keys", "organization_keys_validated"):
        (file,) = migrations.MIGRATIONS.glob(f"*_{name}.sql")
        with conn.transaction():
            conn.execute(file.read_text().partition("-- What belongs to no shop")[0].encode())
    assert conn.execute("select conname from pg_constraint where not convalidated").fetchall() == [("pets_contact_id_fkey",)]
    with pytest.raises(ForeignKeyViolation):
        conn.execute(
            "insert into pets (organization_id, contact_id, name) values (%s, %s, 'Mel')", (mine["organization"], other["contact"])
        )
    assert migrations.broken_keys(settings.database_url or "") == ["pets.pets_contact_id_fkey"]


@pytest.fixture
def owned(conn: Connection, settings: Settings) -> Iterator[Connection]:
    """Provide the connection of an owner who is no superuser: all tables are theirs."""
    name = f"owner_{uuid4().hex[:8]}"
    role = sql.Identifier(name)
    conn.execute(sql.SQL("create role {}").format(role))
    for table in tables(conn):
        conn.execute(sql.SQL("alter table public.{} owner to {}").format(sql.Identifier(table), role))
    conn.execute(sql.SQL("grant usage on schema patas to {}").format(role))
    with psycopg.connect(settings.database_url or "", autocommit=True) as opened:
        opened.execute(sql.SQL("set role {}").format(role))
        yield opened
    conn.execute("reset role")
    conn.execute(sql.SQL("reassign owned by {} to current_user").format(role))
    conn.execute(sql.SQL("drop owned by {}").format(role))
    conn.execute(sql.SQL("drop role {}").format(role))


def test_an_owner_is_walled_in_too_unless_it_is_the_system(conn: Connection, owned: Connection) -> None:
    shop = make_shop(conn)
    seen = sql.SQL("select from public.{} where {} = %s")
    role = owned.execute("select current_user").fetchone()
    assert role
    for table in tables(conn):
        assert owned.execute(seen.format(sql.Identifier(table), owner(table)), (shop["organization"],)).fetchall() == [], table
    conn.execute(sql.SQL("grant patas_system to {}").format(sql.Identifier(role[0])))
    for table in tables(conn):
        assert owned.execute(seen.format(sql.Identifier(table), owner(table)), (shop["organization"],)).fetchall(), table


def test_an_owners_keys_still_hold(conn: Connection, owned: Connection) -> None:
    """What a foreign key looks up and deletes is done past row-level security, whoever owns the tables."""
    shop = make_shop(conn)
    as_role(conn, "patas_backend", organization=shop["organization"])
    conn.execute("insert into pets (organization_id, contact_id, name) values (%s, %s, 'Mel')", (shop["organization"], shop["contact"]))
    conn.execute("delete from conversations where id = %s", (shop["conversation"],))
    assert conn.execute("select from messages").fetchall() == []


WRITTEN = {"source": "loop", "step": 1}


class Threads:
    """The checkpointer as a shop's run has it, for one conversation's thread."""

    def __init__(self, saver: FencedSaver, conversation: UUID) -> None:
        self.saver = saver
        self.config: Any = {"configurable": {**configurable(conversation, None), "checkpoint_ns": ""}}

    async def write(self, organization: UUID | None) -> None:
        with bound(organization) if organization else nullcontext():
            await self.saver.aput(self.config, empty_checkpoint(), cast("Any", WRITTEN), {})

    async def read(self, organization: UUID | None) -> object:
        with bound(organization) if organization else nullcontext():
            found = await self.saver.aget_tuple(self.config)
        return found.metadata if found else None


async def test_a_thread_belongs_to_the_shop_of_its_conversation(conn: Connection, settings: Settings) -> None:
    mine, other = make_shop(conn), make_shop(conn)
    pool = await open_checkpoints(settings.database_url or "", size=2)
    try:
        thread = Threads(FencedSaver(pool), mine["conversation"])
        for stranger in (other["organization"], None):
            with pytest.raises(InsufficientPrivilege, match="row-level security"):
                await thread.write(stranger)
        await thread.write(mine["organization"])
        assert [await thread.read(who) for who in (mine["organization"], other["organization"], None)] == [WRITTEN, None, None]
        with bound(other["organization"]):
            await thread.saver.adelete_thread(str(mine["conversation"]))
        assert await thread.read(mine["organization"]) == WRITTEN
    finally:
        await pool.close()


async def test_every_table_of_threads_is_walled(conn: Connection, settings: Settings) -> None:
    pool = await open_checkpoints(settings.database_url or "", size=1)
    await pool.close()
    with_threads = conn.execute(
        "select c.relname, c.relforcerowsecurity from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'thread_id'"
        " where c.relnamespace = 'checkpoints'::regnamespace and c.relkind = 'r' order by 1"
    ).fetchall()
    assert with_threads == [("checkpoint_blobs", True), ("checkpoint_writes", True), ("checkpoints", True)]
