"""Row-level security from both sides, for every table that the database has; and an index behind every foreign key."""

import json
from collections.abc import Iterator
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg import Connection, sql
from psycopg.errors import InsufficientPrivilege

from service.platform.settings import Settings

TABLES = "select tablename from pg_tables where schemaname = 'public' order by 1"

# One row of each table of a shop.
ROWS = """
insert into organizations (id, name) values (%(organization)s, 'Loja');
insert into organization_members (organization_id, user_id) values (%(organization)s, %(user)s);
insert into organization_settings (organization_id) values (%(organization)s);
insert into whatsapp_instances (id, organization_id, channel, name) values (%(instance)s, %(organization)s, 'simulator', 'i');
insert into aurora_owner_numbers (organization_id, phone) values (%(organization)s, '5511988887777');
insert into contacts (id, organization_id, phone) values (%(contact)s, %(organization)s, '5511977776666');
insert into conversations (id, organization_id, instance_id, contact_id)
  values (%(conversation)s, %(organization)s, %(instance)s, %(contact)s);
insert into messages (organization_id, conversation_id, instance_id, direction)
  values (%(organization)s, %(conversation)s, %(instance)s, 'incoming');
insert into pets (id, organization_id, contact_id, name) values (%(pet)s, %(organization)s, %(contact)s, 'Rex');
insert into pet_treatments (organization_id, pet_id, kind, name, due_on) values (%(organization)s, %(pet)s, 'vaccine', 'V10', '2027-01-01');
insert into services (id, organization_id, name, duration_minutes, price_cents) values (%(service)s, %(organization)s, 'Banho', 60, 1);
insert into resources (id, organization_id, name, kind) values (%(resource)s, %(organization)s, 'Bia', 'groomer');
insert into service_resources (organization_id, service_id, resource_id) values (%(organization)s, %(service)s, %(resource)s);
insert into business_hours (organization_id, weekday, opens_at, closes_at) values (%(organization)s, 1, '09:00', '18:00');
insert into special_hours (organization_id, day) values (%(organization)s, '2026-12-24');
insert into resource_hours (organization_id, resource_id, weekday, starts_at, ends_at)
  values (%(organization)s, %(resource)s, 1, '09:00', '18:00');
insert into resource_absences (organization_id, resource_id, starts_at, ends_at)
  values (%(organization)s, %(resource)s, '2026-12-02 12:00Z', '2026-12-02 13:00Z');
insert into service_rates (organization_id, service_id, size, price_cents) values (%(organization)s, %(service)s, 'large', 2);
insert into packages (organization_id, service_id, name, sessions, valid_days, price_cents)
  values (%(organization)s, %(service)s, '4 banhos', 4, 60, 4);
insert into contact_packages (organization_id, contact_id, service_id, name, sessions, price_cents, starts_on, expires_on)
  values (%(organization)s, %(contact)s, %(service)s, '4 banhos', 4, 4, '2026-12-01', '2027-01-30');
insert into pickup_zones (organization_id, name, fee_cents) values (%(organization)s, 'Centro', 1);
insert into proposals (organization_id, conversation_id, contact_id, kind, items, result, call, expires_at)
  values (%(organization)s, %(conversation)s, %(contact)s, 'book', '[]', '{}', '{}', now());
insert into waiting_list (organization_id, conversation_id, contact_id, visit, first_day, last_day)
  values (%(organization)s, %(conversation)s, %(contact)s, '{}', '2026-12-01', '2026-12-01');
insert into outreach (organization_id, contact_id, kind, subject_id, occasion, status)
  values (%(organization)s, %(contact)s, 'reminder', gen_random_uuid(), '24', 'queued');
insert into knowledge_entries (organization_id, title, content) values (%(organization)s, 'Estacionamento', 'Na rua.');
insert into closures (organization_id, starts_on, ends_on) values (%(organization)s, '2026-12-25', '2026-12-25');
insert into bookings (organization_id, contact_id, service_id, resource_id, starts_at, ends_at, price_cents)
  values (%(organization)s, %(contact)s, %(service)s, %(resource)s, '2026-12-01 12:00Z', '2026-12-01 13:00Z', 1);
insert into turn_effects (organization_id, conversation_id, turn_id, effect_key, tool_call_id, name, args, result)
  values (%(organization)s, %(conversation)s, gen_random_uuid(), 'k', 'c', 'n', '{}', '{}');
insert into escalations (organization_id, conversation_id, case_key, reason, pause_until)
  values (%(organization)s, %(conversation)s, 'k', 'r', now());
insert into ai_interactions (organization_id, conversation_id, turn_id, ai_type, model, status)
  values (%(organization)s, %(conversation)s, gen_random_uuid(), 'client', 'm', 'success');
insert into aurora_proactive_messages (organization_id, content) values (%(organization)s, 'c');
insert into dead_letters (organization_id, kind, error_type, error, attempts) values (%(organization)s, 'turn', 'e', 'e', 1);
insert into erased_messages (organization_id, instance_id, digest) values (%(organization)s, %(instance)s, 'x');
insert into alerts (organization_id, kind, title) values (%(organization)s, 'k', 't');
insert into api_tokens (organization_id, name, scope, digest) values (%(organization)s, 'TV', 'read', sha256(%(organization)s::text::bytea))
"""


@pytest.fixture
def conn(settings: Settings) -> Iterator[Connection]:
    with psycopg.connect(settings.database_url or "", autocommit=True) as opened:
        yield opened


def make_shop(conn: Connection) -> dict[str, UUID]:
    ids = {name: uuid4() for name in ("organization", "user", "instance", "contact", "conversation", "service", "resource", "pet")}
    for statement in ROWS.split(";\n"):
        conn.execute(statement.encode(), ids)
    return ids


def tables(conn: Connection) -> list[str]:
    return [row[0] for row in conn.execute(TABLES)]


def owner(table: str) -> sql.Identifier:
    return sql.Identifier("id" if table == "organizations" else "organization_id")


def as_role(conn: Connection, role: str, **claims: UUID | None) -> None:
    conn.execute(sql.SQL("reset role"))
    conn.execute("select set_config('patas.organization_id', %s, false)", (str(claims.get("organization") or ""),))
    conn.execute("select set_config('request.jwt.claim.sub', %s, false)", (str(claims.get("user") or ""),))
    conn.execute("select set_config('request.jwt.claims', %s, false)", (json.dumps({"sub": str(claims.get("user") or "")}),))
    conn.execute(sql.SQL("set role {}").format(sql.Identifier(role)))


def organizations_seen(conn: Connection, table: str) -> set[UUID]:
    query = sql.SQL("select distinct {} from public.{}").format(owner(table), sql.Identifier(table))
    return {row[0] for row in conn.execute(query)}


def test_every_table_has_rows_here_and_row_level_security(conn: Connection) -> None:
    shop = make_shop(conn)
    for table in tables(conn):
        assert shop["organization"] in organizations_seen(conn, table), table
        (enabled,) = conn.execute("select relrowsecurity from pg_class where oid = %s::regclass", (f"public.{table}",)).fetchone() or (
            None,
        )
        assert enabled, table


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
          and not exists (select 1 from pg_index i where i.indrelid = c.conrelid and i.indkey[0] = any (c.conkey))
        """
    ).fetchall()
    assert bare == []
