"""`patas dead`: what was given up on is seen and tried again, once."""

import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import psycopg
import pytest
from psycopg.rows import dict_row
from redis import Redis

from service.operations import dead_letters
from service.platform.errors import Conflict, NotFound
from service.platform.settings import Settings

NEW_CONVERSATION = """
with k as (
  insert into contacts (organization_id, phone, name) select id, '5511955550001', 'Ana' from organizations limit 1
  returning id, organization_id
)
insert into conversations (organization_id, instance_id, contact_id, status)
select k.organization_id, i.id, k.id, 'escalated' from k
join whatsapp_instances i on i.organization_id = k.organization_id and i.channel = 'cloud_api'
returning id, organization_id, instance_id
"""


@pytest.fixture
def conn(settings: Settings) -> Iterator[psycopg.Connection[dict[str, Any]]]:
    with psycopg.connect(settings.database_url or "", autocommit=True, row_factory=dict_row) as connection:
        yield connection


def one(conn: psycopg.Connection[dict[str, Any]], sql: Any, *params: Any) -> dict[str, Any]:
    row = conn.execute(sql, params).fetchone()
    assert row is not None
    return row


@pytest.fixture
def conversation(conn: psycopg.Connection[dict[str, Any]]) -> dict[str, Any]:
    return one(conn, NEW_CONVERSATION)


def letter(conn: psycopg.Connection[dict[str, Any]], conversation: dict[str, Any], kind: str, payload: dict[str, Any]) -> UUID:
    sql = (
        "insert into dead_letters (organization_id, conversation_id, kind, payload, error_type, error, attempts)"
        " values (%s, %s, %s, %s, 'ModelFailed', 'it was broken', 4) returning id"
    )
    found: UUID = one(conn, sql, conversation["organization_id"], conversation["id"], kind, json.dumps(payload))["id"]
    return found


def enqueued(settings: Settings) -> list[dict[str, Any]]:
    with Redis.from_url(settings.redis_url or "") as client:
        return [json.loads(raw) for raw in client.hvals(f"{settings.queue_namespace}:default.msgs")]


def test_a_turn_is_seen_and_tried_again_once(
    settings: Settings, conn: psycopg.Connection[dict[str, Any]], conversation: dict[str, Any]
) -> None:
    message = one(
        conn,
        "insert into messages (organization_id, conversation_id, instance_id, direction, content, external_id, processed_at)"
        " values (%s, %s, %s, 'incoming', 'oi', 'x', now()) returning id",
        conversation["organization_id"], conversation["id"], conversation["instance_id"],
    )["id"]  # fmt: skip
    turn = "00000000-0000-4000-8000-00000000abcd"
    dead_letter = letter(conn, conversation, "turn", {"turn_id": turn, "message_ids": [str(message)]})
    assert "ModelFailed: it was broken" in dead_letters.list_dead(settings, limit=10)
    assert json.loads(dead_letters.show_dead(settings, dead_letter))["contact"] == "Ana"

    assert str(dead_letter) in dead_letters.replay_dead(settings, dead_letter)
    row = one(
        conn,
        "select processed_at, turn_id::text, c.status from messages m join conversations c on c.id = m.conversation_id where m.id = %s",
        message,
    )
    assert row == {"processed_at": None, "turn_id": turn, "status": "active"}, "with its journal: nothing is done twice"
    assert [(job["actor_name"], job["args"][1]) for job in enqueued(settings)] == [("conversation.process", str(conversation["id"]))]
    with pytest.raises(Conflict):
        dead_letters.replay_dead(settings, dead_letter)
    assert "replayed" in dead_letters.list_dead(settings, limit=10)


def test_a_send_goes_back_in_line(settings: Settings, conn: psycopg.Connection[dict[str, Any]], conversation: dict[str, Any]) -> None:
    message = one(
        conn,
        "insert into messages"
        " (organization_id, conversation_id, instance_id, direction, from_me, sent_by_ai, content, status, send_attempts)"
        " values (%s, %s, %s, 'outgoing', true, true, 'Olá!', 'failed', 4) returning id",
        conversation["organization_id"], conversation["id"], conversation["instance_id"],
    )["id"]  # fmt: skip
    dead_letters.replay_dead(settings, letter(conn, conversation, "send", {"message_id": str(message)}))
    assert one(conn, "select status, send_attempts from messages where id = %s", message) == {"status": "queued", "send_attempts": 0}
    assert [job["actor_name"] for job in enqueued(settings)] == ["outbox.deliver"]


def test_a_job_is_enqueued_as_it_was(settings: Settings, conn: psycopg.Connection[dict[str, Any]], conversation: dict[str, Any]) -> None:
    payload = {"actor_name": "escalation.notify", "args": ["an-id"], "kwargs": {}}
    dead_letters.replay_dead(settings, letter(conn, conversation, "job", payload))
    assert [(job["actor_name"], job["args"]) for job in enqueued(settings)] == [("escalation.notify", ["an-id"])]


def test_what_is_not_there(settings: Settings) -> None:
    assert dead_letters.list_dead(settings, limit=10) == "No dead letters."
    for command in (dead_letters.show_dead, dead_letters.replay_dead):
        with pytest.raises(NotFound):
            command(settings, UUID(int=0))
