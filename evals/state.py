"""The end state that dialogues are graded by: tables as an SQL client would read them, with the names that expectations use."""

from typing import Any, LiteralString
from uuid import UUID

from evals.dialogue import Table
from service.platform.database import Database, Row

# `shop` is the organization's name; `phone`, `pet`, `service` and `resource` stand for the rows that the ids point at. A booking's
# `proposal` is the status of the one that it was agreed to by, `in_plan` how many were agreed to as one; a proposal `holds` so many places;
# an allocation is `held` until booked; a bought package has `left` so many sessions.
TABLES: dict[Table, LiteralString] = {
    "bookings": """
        select t.*, o.name as shop, k.phone, p.name as pet, s.name as service, r.name as resource, t.conversation_id is not null as by_ai,
          (select q.status from proposals q where q.id = t.plan_id) as proposal, b.name as package,
          (select count(*) from bookings x where x.plan_id = t.plan_id) as in_plan
        from bookings t join organizations o on o.id = t.organization_id join contacts k on k.id = t.contact_id
        join services s on s.id = t.service_id join resources r on r.id = t.resource_id left join pets p on p.id = t.pet_id
        left join contact_packages b on b.id = t.package_id""",
    "pets": """
        select t.*, o.name as shop, k.phone from pets t join organizations o on o.id = t.organization_id
        join contacts k on k.id = t.contact_id""",
    "contacts": "select t.*, o.name as shop from contacts t join organizations o on o.id = t.organization_id",
    "conversations": """
        select t.*, o.name as shop, k.phone from conversations t join organizations o on o.id = t.organization_id
        join contacts k on k.id = t.contact_id""",
    "messages": """
        select t.*, o.name as shop, k.phone, t.processed_at is not null as processed from messages t
        join organizations o on o.id = t.organization_id join conversations c on c.id = t.conversation_id
        join contacts k on k.id = c.contact_id""",
    "escalations": """
        select t.*, o.name as shop, k.phone, t.closed_at is null as open from escalations t
        join organizations o on o.id = t.organization_id join conversations c on c.id = t.conversation_id
        join contacts k on k.id = c.contact_id""",
    "ai_interactions": """
        select t.*, o.name as shop, k.phone from ai_interactions t join organizations o on o.id = t.organization_id
        join conversations c on c.id = t.conversation_id join contacts k on k.id = c.contact_id""",
    "aurora_proactive_messages": """
        select t.*, o.name as shop, n.phone as owner_phone from aurora_proactive_messages t join organizations o on o.id = t.organization_id
        left join aurora_owner_numbers n on n.id = t.owner_number_id""",
    "alerts": "select t.*, o.name as shop from alerts t left join organizations o on o.id = t.organization_id",
    "proposals": """
        select t.*, o.name as shop, k.phone, (select count(*) from allocations a where a.proposal_id = t.id) as holds
        from proposals t join organizations o on o.id = t.organization_id join contacts k on k.id = t.contact_id""",
    "allocations": """
        select t.*, o.name as shop, r.name as resource, t.proposal_id is not null as held
        from allocations t join organizations o on o.id = t.organization_id join resources r on r.id = t.resource_id""",
    "booking_events": """
        select t.*, o.name as shop, k.phone from booking_events t join organizations o on o.id = t.organization_id
        join bookings b on b.id = t.booking_id join contacts k on k.id = b.contact_id""",
    "waiting_list": """
        select t.*, o.name as shop, k.phone from waiting_list t join organizations o on o.id = t.organization_id
        join contacts k on k.id = t.contact_id""",
    "outreach": """
        select t.*, o.name as shop, k.phone from outreach t join organizations o on o.id = t.organization_id
        join contacts k on k.id = t.contact_id""",
    "contact_packages": """
        select t.*, o.name as shop, k.phone,
          t.sessions - (select count(*) from bookings b where b.package_id = t.id and b.status <> 'cancelled') as left
        from contact_packages t join organizations o on o.id = t.organization_id join contacts k on k.id = t.contact_id""",
    "dead_letters": "select t.*, o.name as shop from dead_letters t left join organizations o on o.id = t.organization_id",
}


async def rows(db: Database, table: Table) -> list[Row]:
    """Every row of a table, of all shops."""
    return (await db.system((TABLES[table], {})))[0]


async def conversation_of(db: Database, organization_id: UUID, phone: str) -> UUID | None:
    """Return the newest conversation of a number with a shop."""
    sql: LiteralString = """
        select c.id from conversations c join contacts k on k.id = c.contact_id
        where c.organization_id = %(organization_id)s and k.phone_key = patas.phone_key('+' || %(phone)s)
        order by c.created_at desc limit 1"""
    found = (await db.system((sql, {"organization_id": organization_id, "phone": phone})))[0]
    return found[0]["id"] if found else None


async def conversations(db: Database) -> list[Row]:
    """Every conversation's `id`, `organization_id`, and the seconds until a failed turn may be tried again, if one waits."""
    sql: LiteralString = """
        select id, organization_id, turn_failures, extract(epoch from retry_at - now())::float as retry_in from conversations
        order by created_at"""
    return (await db.system((sql, {})))[0]


async def tool_calls(db: Database) -> list[dict[str, Any]]:
    """Every tool call that turns recorded, in order: `name`, `args` (None where they were no JSON), `result`."""
    sql: LiteralString = "select function_calls, function_results from ai_interactions order by created_at, id"
    calls: list[dict[str, Any]] = []
    for row in (await db.system((sql, {})))[0]:
        args = {call["id"]: call["args"] for call in row["function_calls"]}
        results = {result["id"] for result in row["function_results"]}
        calls += [{"name": r["name"], "args": args.get(r["id"]), "result": r["result"]} for r in row["function_results"]]
        # A call that parks the thread may have no result yet.
        calls += [{"name": c["name"], "args": c["args"], "result": None} for c in row["function_calls"] if c["id"] not in results]
    return calls


async def pass_time(db: Database, minutes: int) -> None:
    """Make everything that is proposed or held older by some minutes."""
    shift = {"minutes": minutes}
    await db.system(
        (
            "update proposals set created_at = created_at - make_interval(mins => %(minutes)s), "
            "expires_at = expires_at - make_interval(mins => %(minutes)s)",
            shift,
        ),
        ("update allocations set expires_at = expires_at - make_interval(mins => %(minutes)s)", shift),
    )


async def unsent(db: Database) -> list[Row]:
    """Messages of ours that were not sent, and how many were to be sent at all (in the first row's `total`)."""
    sql: LiteralString = """
        select count(*) as total, count(*) filter (where status not in ('sent', 'delivered', 'read')) as waiting
        from messages where direction = 'outgoing' and author is distinct from 'shop_phone'"""
    return (await db.system((sql, {})))[0]
