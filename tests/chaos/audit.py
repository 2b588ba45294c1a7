"""What must hold after any kill and fault, read from the database and from what Meta accepted."""

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import psycopg
from langgraph.checkpoint.postgres import PostgresSaver
from psycopg.rows import dict_row

from tests.chaos.people import MARK, Customer
from tests.fakes.meta import Sent

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

INVARIANTS = ("lost", "twice answered", "twice sent", "twice done", "order", "stuck", "leases", "checkpoints")


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


def audit(database_url: str, customers: list[Customer], sends: list[Sent], stuck: list[str]) -> Findings:
    """Audit the conversations of these customers."""
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
        _audit_replies(found, customers, messages, buried, open_cases)
        _audit_sends(found, messages, [s for s in sends if s.to in phones["phones"]], buried)
        limits = {c.phone: Counter(_verb(words) for words in c.said.values()) for c in customers}
        wrong["twice done"] += [f"pet {p['name']} of {p['phone']}: {p['n']}" for p in rows(PETS) if p["n"] > 1]
        for kind, verb, sql in (("bookings", "agenda", BOOKINGS), ("cases", "pessoa", CASES)):
            wrong["twice done"] += [f"{kind} of {r['phone']}: {r['n']}" for r in rows(sql) if r["n"] > limits[r["phone"]][verb]]
        wrong["twice done"] += _repeated_effects(messages, rows(EFFECTS), {r["phone"]: r["n"] for r in rows(BOOKINGS)})
        wrong["leases"] += [str(row["id"]) for row in rows(LEASES)]
        conversations = {str(m["conversation_id"]) for m in messages}
    wrong["checkpoints"] += _unreadable(database_url, conversations)
    return found


def _audit_replies(
    found: Findings, customers: list[Customer], messages: list[dict[str, Any]], buried: set[str], open_cases: set[Any]
) -> None:
    """Every inbound message is stored once, and answered by one reply that repeats its mark, or before a person."""
    wrong = found.violations
    stored = Counter(m["external_id"] for m in messages if m["direction"] == "incoming")
    wrong["lost"] += [f"{i} of {c.phone} stored {stored[i]} times" for c in customers for i in c.external_ids if stored[i] != 1]
    answers: dict[Any, list[dict[str, Any]]] = {}
    for message in messages:
        if message["direction"] == "outgoing" and message["ai_message_id"] == str(message["turn_id"]):
            answers.setdefault(message["turn_id"], []).append(message)
    held = {m["turn_id"] for m in messages if m["direction"] == "outgoing" and str(m["ai_message_id"]).startswith(("holding:", "limit:"))}
    repeated: Counter[str] = Counter(mark for replies in answers.values() for reply in replies for mark in MARK.findall(reply["content"]))
    for message in messages:
        if message["direction"] != "incoming":
            continue
        found.messages += 1
        (mark,) = MARK.findall(message["content"])
        if message["processed_at"] is None:
            before_people = message["conversation_status"] == "escalated" and message["conversation_id"] in open_cases
            found.to_people += before_people
            if not before_people:
                wrong["lost"].append(f"{mark} is unanswered")
        elif str(message["id"]) in buried or message["turn_id"] in held:
            found.to_people += 1
        elif repeated[mark]:
            found.slowest = max(found.slowest, (message["processed_at"] - message["created_at"]).total_seconds())
        else:
            wrong["lost"].append(f"{mark} counts as answered, but no reply is to it")
        if repeated[mark] > 1:
            wrong["twice answered"].append(f"{mark} in {repeated[mark]} replies")


def _repeated_effects(messages: list[dict[str, Any]], effects: list[dict[str, Any]], bookings: dict[str, int]) -> list[str]:
    """A turn does no more of a kind than its messages ask for, and every booking stands in the journal of a turn."""
    asked = Counter((m["turn_id"], _verb(m["content"])) for m in messages if m["direction"] == "incoming")
    verbs = {"register_pet": "cadastra", "book_appointment": "agenda"}
    wrong = [
        f"{e['n']} times {e['name']} in turn {e['turn_id']} of {e['phone']}"
        for e in effects
        if e["n"] > asked[e["turn_id"], verbs[e["name"]]]
    ]
    journaled = Counter({e["phone"]: 0 for e in effects})
    for effect in effects:
        journaled[effect["phone"]] += effect["n"] * (effect["name"] == "book_appointment")
    return wrong + [f"{n} bookings of {phone}, {journaled[phone]} in the journal" for phone, n in bookings.items() if n != journaled[phone]]


def _audit_sends(found: Findings, messages: list[dict[str, Any]], sends: list[Sent], buried: set[str]) -> None:
    """What Meta accepted, against the rows: each once, in order; what was not accepted is before a person."""
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


def _verb(words: str) -> str:
    return re.sub(r"^\[.*?\] ", "", words).split()[0].rstrip("?")
