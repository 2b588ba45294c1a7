"""A small lot of what `make fuzz` posts, and that its audit sees what is wrong."""

from pathlib import Path

import psycopg
import pytest

from tests.fuzz.__main__ import audit, fuzz
from tests.fuzz.bodies import Body, Whole, body
from tests.kit.shop import Shop

NOW = 1_764_000_000.0
PHONE, ID = "5511955550001", "fuzz.1.1"


def test_a_body_is_made_of_its_seed_and_number_alone() -> None:
    assert [body(7, n, NOW) for n in range(300)] == [body(7, n, NOW) for n in range(300)]
    assert len({body(7, n, NOW).raw for n in range(300)}) == 300


def test_most_bodies_have_a_message_that_must_be_stored() -> None:
    assert sum(body(7, n, NOW).whole is not None for n in range(1000)) > 500


def test_no_500_and_no_whole_message_lost(tmp_path: Path) -> None:
    assert fuzz(tmp_path, 2, range(200)) == []


@pytest.mark.parametrize(
    ("done", "told"),
    [
        ("select 1", []),
        ("delete from messages", [f"{ID}: lost"]),
        ("update messages set content = 'outra coisa'", [f"{ID}: stored as"]),
        ("update messages set processed_at = now()", [f"{ID}: stored as"]),
        (f"update contacts set phone = '551195555999' where phone = '{PHONE}'", [f"{ID}: stored as"]),
        (
            "insert into messages (organization_id, conversation_id, instance_id, direction, content, external_id)"
            " select organization_id, conversation_id, instance_id, 'incoming', 'junto', 'x' from messages"
            f" where external_id = '{ID}'",
            [f"{ID}: stored as"],
        ),
        (
            "update messages set instance_id = (select id from whatsapp_instances where channel = 'simulator' limit 1)",
            ["a message outside"],
        ),
    ],
)
async def test_the_audit_sees_what_is_wrong(shop: Shop, database_url: str, done: str, told: list[str]) -> None:
    await shop.receive("oi", phone=PHONE, external_id=ID)
    with psycopg.connect(database_url, autocommit=True) as conn:
        conn.execute(done.encode())
    wrong = audit(database_url, [Body(1, "cloud_api", b"", Whole(ID, PHONE, "oi"))])
    assert [found.startswith(what) for found, what in zip(wrong, told, strict=True)] == [True] * len(told)
