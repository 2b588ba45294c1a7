"""Shops with one row of each table, and the roles that look at them."""

import json
from uuid import UUID, uuid4

from psycopg import Connection, sql

TABLES = "select tablename from pg_tables where schemaname = 'public' order by 1"

# One row of each table of a shop.
ROWS = """
insert into organizations (id, name) values (%(organization)s, 'Loja');
insert into organization_members (organization_id, user_id) values (%(organization)s, %(user)s);
insert into organization_settings (organization_id) values (%(organization)s);
insert into whatsapp_instances (id, organization_id, channel, name) values (%(instance)s, %(organization)s, 'simulator', 'i');
insert into aurora_owner_numbers (organization_id, phone) values (%(organization)s, '5511988887777');
insert into contacts (id, organization_id, phone) values (%(contact)s, %(organization)s, '5511977776666');
insert into contacts (id, organization_id, phone) values (%(other_contact)s, %(organization)s, '5511977775555');
insert into contact_identities (organization_id, contact_id, scope, kind, value, source)
  values (%(organization)s, %(contact)s, %(instance)s, 'lid', '1@lid', 'evolution');
insert into contact_merges (organization_id, survivor_id, absorbed_id, status, reason, actor)
  values (%(organization)s, %(contact)s, %(other_contact)s, 'asked', 'same_pet', 'evolution');
insert into conversations (id, organization_id, instance_id, contact_id)
  values (%(conversation)s, %(organization)s, %(instance)s, %(contact)s);
insert into messages (organization_id, conversation_id, instance_id, direction)
  values (%(organization)s, %(conversation)s, %(instance)s, 'incoming');
insert into pets (id, organization_id, contact_id, name) values (%(pet)s, %(organization)s, %(contact)s, 'Rex');
insert into pet_treatments (organization_id, pet_id, kind, name, due_on) values (%(organization)s, %(pet)s, 'vaccine', 'V10', '2027-01-01');
insert into services (id, organization_id, name, duration_minutes, price_cents) values (%(service)s, %(organization)s, 'Banho', 60, 1);
insert into services (id, organization_id, name, duration_minutes, price_cents)
  values (%(other_service)s, %(organization)s, 'Hospedagem', 60, 1);
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
insert into services_together (organization_id, service_id, with_service_id) values (%(organization)s, %(service)s, %(other_service)s);
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
insert into early_news (organization_id, instance_id, external_id, kind, at) values (%(organization)s, %(instance)s, 'x', 'read', now());
insert into media (organization_id, instance_id, kind) values (%(organization)s, %(instance)s, 'audio');
insert into alerts (organization_id, kind, title) values (%(organization)s, 'k', 't');
insert into api_tokens (organization_id, name, scope, digest) values (%(organization)s, 'TV', 'read', sha256(%(organization)s::text::bytea))
"""


def make_shop(conn: Connection) -> dict[str, UUID]:
    """Make a shop with one row of each table; return the ids by their names in `ROWS`."""
    names = ("organization", "user", "instance", "contact", "other_contact", "conversation", "service", "other_service", "resource", "pet")
    ids = {name: uuid4() for name in names}
    for statement in ROWS.split(";\n"):
        conn.execute(statement.encode(), ids)
    return ids


def tables(conn: Connection) -> list[str]:
    """List the tables of `public`."""
    return [row[0] for row in conn.execute(TABLES)]


def owner(table: str) -> sql.Identifier:
    """Return the column that says whose a row is."""
    return sql.Identifier("id" if table == "organizations" else "organization_id")


def as_role(conn: Connection, role: str, **claims: UUID | None) -> None:
    """Go on as a role, bound to the `organization`, for the signed-in `user`."""
    conn.execute(sql.SQL("reset role"))
    conn.execute("select set_config('patas.organization_id', %s, false)", (str(claims.get("organization") or ""),))
    conn.execute("select set_config('request.jwt.claim.sub', %s, false)", (str(claims.get("user") or ""),))
    conn.execute("select set_config('request.jwt.claims', %s, false)", (json.dumps({"sub": str(claims.get("user") or "")}),))
    conn.execute(sql.SQL("set role {}").format(sql.Identifier(role)))
