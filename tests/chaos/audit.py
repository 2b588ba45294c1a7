"""What must hold after any kill and fault, read from the database and from what Meta accepted."""

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import psycopg
from langgraph.checkpoint.postgres import PostgresSaver
from psycopg.rows import dict_row

from tests.chaos.people import AGREEING, MARK, Customer
from tests.kit.fakes.meta import Sent

MESSAGES = """
select m.*, k.phone, c.status as conversation_status from messages m join conversations c on c.id = m.conversation_id
join contacts k on k.id = c.contact_id where k.phone = any(%(phones)s) order by m.seq
"""
LETTERS = "select payload, kind from dead_letters where kind in ('turn', 'send')"
PETS = (
    "select k.phone, p.name, count(*) as n from pets p join contacts k on k.id = p.contact_id where k.phone = any(%(phones)s) group by 1, 2"
)
EFFECTS = """
select k.phone, f.turn_id, f.name, count(*) as n from turn_effects f join conversations c on c.id = f.conversation_id
join contacts k on k.id = c.contact_id where k.phone = any(%(phones)s) group by 1, 2, 3
"""
BOOKINGS = "select k.phone, count(*) as n from bookings b join contacts k on k.id = b.contact_id where k.phone = any(%(phones)s) group by 1"
CASES = """
select k.phone, count(*) as n from escalations e join conversations c on c.id = e.conversation_id join contacts k on k.id = c.contact_id
where k.phone = any(%(phones)s) and e.reason = 'pediu uma pessoa' group by 1
"""
OPEN_CASES = "select distinct conversation_id from escalations where closed_at is null"
LEASES = """
select c.id from conversations c join contacts k on k.id = c.contact_id where k.phone = any(%(phones)s) and c.lease_token is not null
"""

# A booking stands on the proposal that holds it, and that on words: "agenda" in the turn that proposed, or "sim" in a later one.
UNAGREED = """
select k.phone from bookings b join contacts k on k.id = b.contact_id
where k.phone = any(%(phones)s) and not exists (
  select from proposals p, jsonb_to_recordset(p.items) as i(id uuid, starts_at timestamptz, resource_id uuid)
  where p.id = b.plan_id and p.status = 'accepted' and p.contact_id = b.contact_id
    and (i.id, i.starts_at, i.resource_id) = (b.id, b.starts_at, b.resource_id))
"""
ACCEPTED = """
select k.phone, p.id, p.turn_id, p.settled_by,
  (select count(*) from bookings b where b.plan_id = p.id) as bookings, jsonb_array_length(p.items) as items,
  (select count(*) from turn_effects f where f.turn_id = p.settled_by and f.name = 'book_appointment' and f.result = p.result) as deeds
from proposals p join contacts k on k.id = p.contact_id where k.phone = any(%(phones)s) and p.status = 'accepted'
"""
# What is open holds its places, and nothing else does.
HOLDS = """
select k.phone, p.id, p.status, count(a.id) as holds from proposals p join contacts k on k.id = p.contact_id
left join allocations a on a.proposal_id = p.id where k.phone = any(%(phones)s) group by 1, 2, 3
having count(a.id) <> case when p.status = 'open' then jsonb_array_length(p.items) else 0 end
"""
OCCUPIED = """
select coalesce(b.id, a.booking_id) as id, b.status, a.starts_at, b.starts_at as booked from (
  select b.*, r as occupies, b.starts_at - make_interval(mins => s.buffer_before_minutes) as since,
    b.ends_at + make_interval(mins => s.buffer_after_minutes) as until
  from bookings b join services s on s.id = b.service_id, unnest(array[b.resource_id] || b.also_resource_ids) r
  where b.status not in ('cancelled', 'no_show')) b
full join (select * from allocations where proposal_id is null) a on a.booking_id = b.id and a.resource_id = b.occupies
where b.id is null or a.id is null or (a.starts_at, a.ends_at) is distinct from (b.since, b.until)
"""

# What the server asks by itself, whatever the model says: to whom a yes comes late, and where nothing is known.
SERVERS_OWN = ("Responda SIM", "Posso confirmar?", "Quer que eu pergunte à equipe?")

INVARIANTS = ("lost", "twice answered", "twice sent", "twice done", "order", "stuck", "leases", "checkpoints", "consent", "places")


@dataclass
class Findings:
    """Violations by invariant, and what was left to people by policy."""

    violations: dict[str, list[str]] = field(default_factory=lambda: {name: [] for name in INVARIANTS})
    messages: int = 0
    replies: int = 0
    to_people: int = 0
    unconfirmed: int = 0
    slowest: float = 0.0
    """Seconds that the slowest answered message waited for the commit of its answer."""

    @property
    def clean(self) -> bool:
        return not any(self.violations.values())


def audit(database_url: str, customers: list[Customer], sends: list[Sent], stuck: list[str], endless: int = 0) -> Findings:
    """Audit the conversations of these customers. The model came to no end `endless` times, and the server answered without its words."""
    found = Findings()
    wrong = found.violations
    wrong["stuck"] += stuck
    phones = {"phones": [c.phone for c in customers]}
    with psycopg.connect(database_url, row_factory=dict_row, autocommit=True) as conn:

        def rows(sql: Any) -> list[dict[str, Any]]:
            return conn.execute(sql, phones).fetchall()

        messages = rows(MESSAGES)
        buried = {m for letter in rows(LETTERS) for m in letter["payload"].get("message_ids") or [letter["payload"].get("message_id")]}
        open_cases = {row["conversation_id"] for row in rows(OPEN_CASES)}
        _audit_replies(found, customers, messages, buried, open_cases, endless)
        _audit_sends(found, messages, [s for s in sends if s.to in phones["phones"]], buried)
        limits = {c.phone: Counter(_verb(words) for words in c.said.values()) for c in customers}
        wrong["twice done"] += [f"pet {p['name']} of {p['phone']}: {p['n']}" for p in rows(PETS) if p["n"] > 1]
        for kind, verbs, sql in (("bookings", AGREEING, BOOKINGS), ("cases", ("pessoa",), CASES)):
            wrong["twice done"] += [
                f"{kind} of {r['phone']}: {r['n']}" for r in rows(sql) if r["n"] > sum(limits[r["phone"]][verb] for verb in verbs)
            ]
        wrong["twice done"] += _repeated_effects(messages, rows(EFFECTS), {r["phone"]: r["n"] for r in rows(BOOKINGS)})
        wrong["consent"] += [f"{r['phone']} has a booking that no accepted proposal is about" for r in rows(UNAGREED)]
        wrong["consent"] += _unwanted(messages, rows(ACCEPTED))
        wrong["places"] += [f"{r['holds']} places held for a proposal of {r['phone']} that is {r['status']}" for r in rows(HOLDS)]
        wrong["places"] += [f"booking {r['id']} ({r['status']}) and its allocation disagree" for r in rows(OCCUPIED)]
        wrong["leases"] += [str(row["id"]) for row in rows(LEASES)]
        conversations = {str(m["conversation_id"]) for m in messages}
    wrong["checkpoints"] += _unreadable(database_url, conversations)
    return found


def _audit_replies(
    found: Findings, customers: list[Customer], messages: list[dict[str, Any]], buried: set[str], open_cases: set[Any], endless: int
) -> None:
    """Every inbound message is stored once, and answered by one reply that repeats its mark, or before a person.

    A reply without any mark is the server's alone: what it asks by itself, or one for each time that the model came to no end.
    """
    wrong = found.violations
    stored = Counter(m["external_id"] for m in messages if m["direction"] == "incoming")
    wrong["lost"] += [f"{i} of {c.phone} stored {stored[i]} times" for c in customers for i in c.external_ids if stored[i] != 1]
    answers: dict[Any, list[dict[str, Any]]] = {}
    for message in messages:
        if message["direction"] == "outgoing" and message["ai_message_id"] == str(message["turn_id"]):
            answers.setdefault(message["turn_id"], []).append(message)
    held = {m["turn_id"] for m in messages if m["direction"] == "outgoing" and str(m["ai_message_id"]).startswith(("holding:", "limit:"))}
    repeated: Counter[str] = Counter(mark for replies in answers.values() for reply in replies for mark in _marks(reply["content"]))
    unmarked = {turn: replies for turn, replies in answers.items() if not any(_marks(reply["content"]) for reply in replies)}
    asked = {turn for turn, replies in unmarked.items() if any(own in reply["content"] for reply in replies for own in SERVERS_OWN)}
    alone = asked.union([turn for turn in unmarked if turn not in asked][:endless])
    for message in messages:
        if message["direction"] != "incoming":
            continue
        found.messages += 1
        (mark,) = _marks(message["content"])
        if message["processed_at"] is None:
            before_people = message["conversation_status"] == "escalated" and message["conversation_id"] in open_cases
            found.to_people += before_people
            if not before_people:
                wrong["lost"].append(f"{mark} is unanswered")
        elif str(message["id"]) in buried or message["turn_id"] in held:
            found.to_people += 1
        elif repeated[mark] or message["turn_id"] in alone:
            found.slowest = max(found.slowest, (message["processed_at"] - message["created_at"]).total_seconds())
        else:
            wrong["lost"].append(f"{mark} counts as answered, but no reply is to it")
        if repeated[mark] > 1:
            wrong["twice answered"].append(f"{mark} in {repeated[mark]} replies")


def _repeated_effects(messages: list[dict[str, Any]], effects: list[dict[str, Any]], bookings: dict[str, int]) -> list[str]:
    """Find turns that did more of a kind than their messages ask for, and bookings that stand in no turn's journal."""
    asked = Counter((m["turn_id"], _verb(m["content"])) for m in messages if m["direction"] == "incoming")
    verbs = {"register_pet": ("cadastra",), "book_appointment": AGREEING}
    wrong = [
        f"{e['n']} times {e['name']} in turn {e['turn_id']} of {e['phone']}"
        for e in effects
        if e["n"] > sum(asked[e["turn_id"], verb] for verb in verbs[e["name"]])
    ]
    journaled = Counter({e["phone"]: 0 for e in effects})
    for effect in effects:
        journaled[effect["phone"]] += effect["n"] * (effect["name"] == "book_appointment")
    return wrong + [f"{n} bookings of {phone}, {journaled[phone]} in the journal" for phone, n in bookings.items() if n != journaled[phone]]


def _unwanted(messages: list[dict[str, Any]], accepted: list[dict[str, Any]]) -> list[str]:
    """Find accepted proposals that the customer's words did not agree to, or that became true more or less than once."""
    said: dict[Any, set[str]] = {}
    for message in messages:
        if message["direction"] == "incoming":
            said.setdefault(message["turn_id"], set()).add(_verb(message["content"]))
    wrong = []
    for one in accepted:
        verb = "agenda" if one["settled_by"] == one["turn_id"] else "sim"
        if verb not in said.get(one["settled_by"], ()):
            wrong.append(f"{one['phone']} never agreed to {one['id']}")
        if one["bookings"] != one["items"] or one["deeds"] != 1:
            wrong.append(f"{one['id']} of {one['phone']} was accepted {one['deeds']} times and is {one['bookings']} bookings")
    return wrong


def _audit_sends(found: Findings, messages: list[dict[str, Any]], sends: list[Sent], buried: set[str]) -> None:
    """Hold what Meta accepted against the rows: each once, in order; what was not accepted is before a person."""
    wrong = found.violations
    accepted = Counter(s.our_id for s in sends)
    outgoing = [m for m in messages if m["direction"] == "outgoing"]
    found.replies = len(outgoing)
    for message in outgoing:
        times = accepted[str(message["id"])]
        if times > 1:
            wrong["twice sent"].append(f"{message['content'][:40]!r}: {times} times")
        if message["status"] in ("queued", "sending"):
            wrong["stuck"].append(f"{message['content'][:40]!r} is {message['status']}")
        elif message["status"] == "failed":
            found.unconfirmed += 1
            if str(message["id"]) not in buried:
                wrong["lost"].append(f"{message['content'][:40]!r} failed and nobody was told")
        elif times == 0:
            wrong["lost"].append(f"{message['content'][:40]!r} is {message['status']}, but Meta never had it")
    seq = {str(m["id"]): m["seq"] for m in outgoing}
    for phone in {s.to for s in sends}:
        order = [seq[s.our_id] for s in sends if s.to == phone and s.our_id in seq]
        if order != sorted(order):
            wrong["order"].append(f"{phone}: {order}")


def _unreadable(database_url: str, threads: set[str]) -> list[str]:
    wrong = []
    with psycopg.connect(database_url, row_factory=dict_row, autocommit=True, options="-c search_path=checkpoints") as conn:
        saver = PostgresSaver(conn)
        for thread in threads:
            found = saver.get_tuple({"configurable": {"thread_id": thread, "checkpoint_ns": ""}})
            if found is not None and "messages" not in found.checkpoint["channel_values"]:
                wrong.append(thread)
    return wrong


def _marks(words: str) -> list[str]:
    return [found.group() for found in MARK.finditer(words)]


def _verb(words: str) -> str:
    return re.sub(r"^\(.*?\) ", "", words).split()[0].rstrip("?")
