"""Row-level security from both sides, for every table that the database has; and an index behind every foreign key."""

from collections.abc import Iterator
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg import Connection, sql
from psycopg.errors import InsufficientPrivilege

from service.platform.settings import Settings
from tests.kit.walls import ROWS, as_role, make_shop, owner, tables


@pytest.fixture
def conn(settings: Settings) -> Iterator[Connection]:
    with psycopg.connect(settings.database_url or "", autocommit=True) as opened:
        yield opened


def organizations_seen(conn: Connection, table: str) -> set[UUID]:
    query = sql.SQL("select distinct {} from public.{}").format(owner(table), sql.Identifier(table))
    return {row[0] for row in conn.execute(query)}


def test_every_table_has_rows_here_and_row_level_security(conn: Connection) -> None:
    shop = make_shop(conn)
    for table in tables(conn):
        assert shop["organization"] in organizations_seen(conn, table), table
        walls = "select relrowsecurity, relforcerowsecurity from pg_class where oid = %s::regclass"
        assert conn.execute(walls, (f"public.{table}",)).fetchone() == (True, True), table


def test_the_system_sees_and_touches_every_shop(conn: Connection) -> None:
    """What goes across shops is done by a role that owns nothing."""
    mine, other = make_shop(conn), make_shop(conn)
    as_role(conn, "patas_system")
    for table in tables(conn):
        assert {mine["organization"], other["organization"]} <= organizations_seen(conn, table), table
        key = owner(table)
        update = sql.SQL("update public.{} set {} = {} where {} = %s").format(sql.Identifier(table), key, key, key)
        assert conn.execute(update, (other["organization"],)).rowcount > 0, table


def test_the_backend_sees_and_touches_one_shop(conn: Connection) -> None:
    mine, other = make_shop(conn), make_shop(conn)
    as_role(conn, "patas_backend", organization=mine["organization"])
    for table in tables(conn):
        assert organizations_seen(conn, table) == {mine["organization"]}, table
        name, key = sql.Identifier(table), owner(table)
        theirs = sql.SQL("where {} = %s").format(key)
        update = sql.SQL("update public.{} set {} = {} ").format(name, key, key) + theirs
        assert conn.execute(update, (other["organization"],)).rowcount == 0, table
        assert conn.execute(sql.SQL("delete from public.{} ").format(name) + theirs, (other["organization"],)).rowcount == 0, table
        with pytest.raises(InsufficientPrivilege, match="row-level security"):
            conn.execute(sql.SQL("update public.{} set {} = %s").format(name, key), (other["organization"],))


def test_the_backend_can_not_write_into_another_shop(conn: Connection) -> None:
    mine, other = make_shop(conn), make_shop(conn)
    as_role(conn, "patas_backend", organization=mine["organization"])
    for statement in ROWS.split(";\n"):
        with pytest.raises(InsufficientPrivilege, match="row-level security"):
            conn.execute(statement.encode(), other)


def test_unbound_the_backend_sees_nothing(conn: Connection) -> None:
    make_shop(conn)
    as_role(conn, "patas_backend")
    for table in tables(conn):
        assert organizations_seen(conn, table) == set(), table


def test_staff_read_their_own_shop_and_write_nothing(conn: Connection) -> None:
    mine, other = make_shop(conn), make_shop(conn)
    for user, seen in ((mine["user"], {mine["organization"]}), (other["user"], {other["organization"]}), (uuid4(), set()), (None, set())):
        as_role(conn, "authenticated", user=user)
        for table in tables(conn):
            assert organizations_seen(conn, table) == seen, table
    as_role(conn, "authenticated", user=mine["user"])
    for table in tables(conn):
        for write in ("update public.{table} set {key} = {key}", "delete from public.{table}"):
            with pytest.raises(InsufficientPrivilege):
                conn.execute(sql.SQL(write).format(table=sql.Identifier(table), key=owner(table)))


def test_staff_never_see_a_numbers_secrets(conn: Connection) -> None:
    mine = make_shop(conn)
    as_role(conn, "authenticated", user=mine["user"])
    for column in ("access_token", "webhook_secret"):
        with pytest.raises(InsufficientPrivilege):
            conn.execute(sql.SQL("select {} from whatsapp_instances").format(sql.Identifier(column)))


def test_staff_never_see_what_a_token_is_known_by(conn: Connection) -> None:
    mine = make_shop(conn)
    as_role(conn, "authenticated", user=mine["user"])
    assert conn.execute("select name, scope from api_tokens").fetchall() == [("TV", "read")]
    with pytest.raises(InsufficientPrivilege):
        conn.execute("select digest from api_tokens")


def test_visitors_see_no_table(conn: Connection) -> None:
    as_role(conn, "anon")
    for table in tables(conn):
        with pytest.raises(InsufficientPrivilege):
            conn.execute(sql.SQL("select 1 from public.{}").format(sql.Identifier(table)))


def test_every_foreign_key_has_an_index(conn: Connection) -> None:
    """Without one a delete of the parent reads the whole child table. Whole shops are deleted so rarely that theirs may."""
    bare = conn.execute(
        """
        select c.conrelid::regclass::text, c.conname from pg_constraint c
        where c.contype = 'f' and c.connamespace = 'public'::regnamespace and c.confrelid <> 'organizations'::regclass
          and not exists (
            select 1 from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
            where i.indrelid = c.conrelid and i.indkey[0] = any (c.conkey) and a.attname <> 'organization_id')
        """
    ).fetchall()
    assert bare == []
