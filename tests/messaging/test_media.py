"""A message's file is fetched once, whatever happens on the way, within limits, and kept for as long as the shop says."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from service.messaging.media import expiry, fetching
from service.messaging.queries import media
from service.turns.queries import sweep
from tests.kit.fakes import evolution
from tests.kit.fakes import meta as wire
from tests.kit.fakes.evolution import FakeEvolution
from tests.kit.fakes.meta import FakeMeta
from tests.kit.fakes.server import Fault
from tests.kit.phones import NOTE, Number
from tests.kit.shop import Shop

PHONE = "5511955550001"
NOW = "update media set due_at = now() returning 1"
# The client itself sends a GET on a broken connection once more.
CUT = (Fault(reset="before"), Fault(reset="before"))


async def kept(number: Number, external_id: str) -> bytes | None:
    row = await number.file(external_id)
    return await number.shop.resources.files.read(row["organization_id"], row["id"])


def asked(number: Number) -> int:
    """Return how often the provider was asked for a file itself."""
    return sum(request.path.startswith(("/download/", "/chat/getBase64")) for request in number.server.requests)


async def test_a_voice_note_is_fetched_and_kept(number: Number) -> None:
    note = await number.note(PHONE)
    assert number.queued("media.fetch") == [[str(number.shop.organization_id), str((await number.file(note))["id"])]]
    assert await number.fetch() == ["kept"]
    assert await kept(number, note) == NOTE
    row = await number.file(note)
    assert (row["status"], row["kind"], row["mime"], row["bytes"]) == ("kept", "audio", "audio/ogg", len(NOTE))


async def test_it_is_fetched_once(number: Number) -> None:
    note = await number.note(PHONE)
    row = await number.file(note)
    await number.note(PHONE, id=note)
    r = number.shop.resources
    outcomes = await asyncio.gather(*(fetching.fetch(r.db, r.channels, r.files, row["organization_id"], row["id"]) for _ in range(5)))
    assert sorted(map(str, outcomes)) == ["None"] * 4 + ["kept"]
    assert asked(number) == 1
    assert len(await number.shop.rows("select 1 from media")) == 1


async def test_the_numbers_own_token_goes_along(number: Number, meta: FakeMeta) -> None:
    await number.shop.rows("update whatsapp_instances set access_token = 'own' where channel = 'cloud_api' returning 1")
    await number.note(PHONE)
    assert await number.fetch() == ["kept"]
    key = "Authorization" if number.server is meta else "apikey"
    assert {request.headers.get(key) for request in number.server.requests} == {"Bearer own" if number.server is meta else "chave"}


async def test_what_came_along_is_not_asked_for(open_number: Any, evolution_server: FakeEvolution) -> None:
    number = open_number("evolution")
    note = await number.note(PHONE, inline=True)
    row = await number.file(note)
    assert NOTE not in row["inline"], "it is sealed where it waits, too"
    assert "base64" not in str((await number.row(note))["raw"])
    assert await number.fetch() == ["kept"]
    assert await kept(number, note) == NOTE
    assert evolution_server.requests == []
    assert (await number.file(note))["inline"] is None


async def test_base64_that_is_none_is_asked_for(open_number: Any, evolution_server: FakeEvolution) -> None:
    number = open_number("evolution")
    evolution_server.files["odd"] = (NOTE, "audio/ogg")
    message = {"audioMessage": {"mimetype": "audio/ogg"}, "base64": "not base64 at all!"}
    await number.upsert(evolution.upsert(f"{PHONE}@s.whatsapp.net", message, id="odd"))
    assert await number.fetch() == ["kept"]
    assert await kept(number, "odd") == NOTE


@pytest.mark.parametrize("of", ["a group", "history", "long ago"])
async def test_what_is_not_answered_is_not_fetched(open_number: Any, of: str) -> None:
    number = open_number("evolution")
    jid = "123@g.us" if of == "a group" else f"{PHONE}@s.whatsapp.net"
    data = evolution.upsert(jid, {"audioMessage": {"mimetype": "audio/ogg"}}, timestamp=1_700_000_000 if of == "long ago" else None)
    await number.upsert(data, **({"event": "messages.set"} if of == "history" else {}))
    assert len(await number.shop.rows("select 1 from messages where raw is not null")) == 1
    assert await number.shop.rows("select 1 from media") == []


# Limits


@pytest.mark.parametrize(
    ("mime", "size", "code"),
    [("audio/midi", 100, "bad_type"), ("text/html", 100, "bad_type"), ("audio/ogg", 16 * 2**20 + 1, "too_large")],
    ids=["a type of no voice", "a page", "too large"],
)
async def test_what_is_beyond_the_limits_is_not_kept(number: Number, mime: str, size: int, code: str) -> None:
    note = await number.note(PHONE, bytes(size), mime=mime)
    assert await number.fetch() == ["failed"]
    row = await number.file(note)
    assert (row["status"], row["failure"], row["attempts"]) == ("failed", code, 1)
    assert await kept(number, note) is None


async def test_what_is_said_to_be_too_large_is_not_even_asked_for(open_number: Any, meta: FakeMeta) -> None:
    number = open_number("cloud_api")
    await number.note(PHONE, id="huge")
    meta.files["media-huge"] = replace(meta.files["media-huge"], told_size=10**9)
    assert await number.fetch() == ["failed"]
    assert asked(number) == 0


@pytest.mark.parametrize("url", ["http://169.254.169.254/latest", "file:///etc/passwd", "nowhere", "http://example.com/x"])
async def test_the_token_goes_to_no_other_place(open_number: Any, meta: FakeMeta, url: str) -> None:
    number = open_number("cloud_api")
    await number.note(PHONE, id="odd")
    meta.files["media-odd"] = replace(meta.files["media-odd"], url=url)
    assert await number.fetch() == ["failed"]
    assert (await number.file("odd"))["failure"] == "bad_address"
    assert len(meta.requests) == 1


async def test_an_answer_without_end_is_cut_off(number: Number, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.messaging.channels.http.LARGEST_ANSWER", 1000)
    note = await number.note(PHONE, bytes(5000))
    assert await number.fetch() == ["later"]
    assert (await number.file(note))["failure"] == "connection_lost"


# Failures


async def test_what_was_not_answered_is_tried_again(number: Number) -> None:
    note = await number.note(PHONE)
    for attempt in (1, 2, 3):
        number.server.fail_next_files(*CUT)
        assert await number.fetch() == ["later"]
        row = await number.file(note)
        assert (row["attempts"], row["status"]) == (attempt, "fetch")
        assert await number.fetch() == [None], "not before its time"
        await number.shop.rows(NOW)
    number.server.fail_next_files()
    assert await number.fetch() == ["kept"]


async def test_after_the_last_retry_it_is_given_up_and_nobody_waits_any_longer(number: Number) -> None:
    note = await number.note(PHONE)
    last: list[str | None] = []
    for _ in range(4):
        number.server.fail_next_files(*CUT)
        last = await number.fetch()
        await number.shop.rows(NOW)
    assert last == ["failed"]
    assert (await number.file(note))["status"] == "failed"
    woken = number.queued("conversation.process")
    assert len(woken) == 2
    assert {args[1] for args in woken} == {str((await number.row(note))["conversation_id"])}


async def test_a_provider_that_answers_with_an_error_is_asked_once_more_only(number: Number) -> None:
    """Of five failures within an hour, Meta locks a number out of all media."""
    await number.note(PHONE)
    number.server.fail_next_files(Fault(status=500), Fault(status=500))
    assert await number.fetch() == ["later"]
    await number.shop.rows(NOW)
    assert await number.fetch() == ["failed"]


async def test_what_is_refused_for_good_is_not_asked_again(number: Number) -> None:
    await number.note(PHONE)
    number.server.files.clear()
    assert await number.fetch() == ["failed"]


@pytest.mark.parametrize(("headers", "seconds"), [({"Retry-After": "1800"}, 1800), ({}, fetching.LOCKED_OUT)], ids=["told", "not told"])
async def test_a_lock_out_is_respected_by_the_whole_number(number: Number, headers: dict[str, str], seconds: float) -> None:
    note = await number.note(PHONE)
    other = await number.note("5511955550002")
    number.server.fail_next_files(Fault(status=429, headers=headers))
    assert await number.fetch() == ["later", None]
    assert len(number.server.requests) == 1
    until = "select extract(epoch from media_paused_until - now())::int as seconds from whatsapp_instances where channel = %(c)s"
    (paused,) = await number.shop.rows(until, c=number.channel)
    assert seconds - 5 <= paused["seconds"] <= seconds
    assert (await number.file(note))["attempts"] == 0, "no fault of the file"
    await number.shop.rows("update media set due_at = now() - interval '1 minute' returning 1")
    assert await number.fetch() == [None, None], "nobody asks before"
    left = await sweep.find_left_behind(number.shop.resources.db, number.shop.resources.settings)
    assert left["files"] == [], "nor wakes who would"
    await number.shop.rows("update whatsapp_instances set media_paused_until = now() returning 1")
    assert await number.fetch() == ["kept", "kept"]
    assert await kept(number, other) == NOTE


async def test_a_lock_out_without_end_is_given_up(number: Number) -> None:
    note = await number.note(PHONE)
    await number.shop.rows("update media set created_at = now() - interval '2 days' returning 1")
    number.server.fail_next_files(Fault(status=429))
    assert await number.fetch() == ["failed"]
    assert (await number.file(note))["failure"] == "429"


async def test_metas_own_code_of_a_limit_is_one(open_number: Any, meta: FakeMeta) -> None:
    number = open_number("cloud_api")
    await number.note(PHONE)
    meta.fail_next_files(wire.error(80007))
    assert await number.fetch() == ["later"]
    assert len(await number.shop.rows("select 1 from whatsapp_instances where media_paused_until > now()")) == 1


async def test_a_worker_that_dies_leaves_it_to_another(number: Number) -> None:
    await number.note(PHONE)
    (row,) = await number.shop.rows("select id, organization_id from media")
    db, settings = number.shop.resources.db, number.shop.resources.settings
    assert await media.claim(db, row["organization_id"], row["id"])
    assert await number.fetch() == [None], "somebody is at it"
    assert (await sweep.find_left_behind(db, settings))["files"] == []
    await number.shop.rows("update media set due_at = now() - interval '1 minute' returning 1")
    assert [found["id"] for found in (await sweep.find_left_behind(db, settings))["files"]] == [row["id"]]
    assert await number.fetch() == ["kept"]


# How long


async def test_files_are_kept_as_long_as_the_shop_says(number: Number, shop: Shop) -> None:
    note, other = await number.note(PHONE), await number.note(PHONE)
    assert await number.fetch() == ["kept", "kept"]
    r, row = shop.resources, await number.file(note)
    await shop.rows("update media set created_at = now() - interval '40 days' where id = %(id)s returning 1", id=row["id"])
    assert await expiry.delete_expired(r.db, r.files, days=90) == 0
    await shop.rows("update organization_settings set media_retention_days = 30 returning 1")
    assert await expiry.delete_expired(r.db, r.files, days=90) == 1
    assert await r.files.read(row["organization_id"], row["id"]) is None
    assert await kept(number, other) == NOTE


async def test_the_installation_says_where_the_shop_does_not(number: Number, shop: Shop) -> None:
    await number.note(PHONE)
    await number.fetch()
    await shop.rows("update media set created_at = now() - interval '40 days' returning 1")
    assert await expiry.delete_expired(shop.resources.db, shop.resources.files, days=30) == 1


async def test_a_file_whose_message_is_gone_is_deleted(number: Number, shop: Shop) -> None:
    note = await number.note(PHONE)
    await number.fetch()
    row = await number.file(note)
    await shop.rows("delete from messages where external_id = %(id)s returning 1", id=note)
    assert await expiry.delete_expired(shop.resources.db, shop.resources.files, days=90) == 1
    assert await shop.resources.files.read(row["organization_id"], row["id"]) is None
    assert await shop.rows("select 1 from media") == []
