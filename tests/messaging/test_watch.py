"""What Evolution has and never brought, phones that are not connected, and silence."""

import inspect
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

import tasks.watch
from service.messaging import watch
from service.messaging.channels.base import ChannelName, KeepsHistory
from service.messaging.queries import watch as queries
from service.outreach import silence
from service.platform import clock
from tests.kit.fakes import evolution
from tests.kit.fakes.evolution import FakeEvolution
from tests.kit.fakes.openai import FakeOpenAI, text
from tests.kit.fakes.server import Fault
from tests.kit.phones import Number

ANA, BIA = "5511955560001", "5511955560002"
MINUTE, HOUR = 60.0, 3600.0


@pytest.fixture
async def number(open_number: Callable[[ChannelName], Number]) -> Number:
    found = open_number("evolution")
    await found.shop.rows("update whatsapp_instances set created_at = now() - interval '30 days' where channel = 'evolution' returning 1")
    return found


def has(number: Number, phone: str, said: Any, *, ago: float = MINUTE, id: str | None = None, **key: Any) -> str:
    """Let Evolution have a message in its store, which its webhook did not bring; return its id."""
    assert isinstance(number.server, FakeEvolution)
    row = evolution.upsert(f"{phone}@s.whatsapp.net", said, id=id, timestamp=time.time() - ago, **key)
    number.server.history.append(row)
    found: str = row["key"]["id"]
    return found


async def look(number: Number) -> watch.Found:
    r = number.shop.resources
    (row,) = await number.shop.rows("select id, organization_id from whatsapp_instances where channel = 'evolution'")
    watched = await queries.watched(r.db, row["organization_id"], row["id"])
    channel = r.channels["evolution"]
    assert watched
    assert isinstance(channel, KeepsHistory)
    return await watch.look_at(r.db, channel, watched, settings=r.settings)


async def stored(number: Number) -> list[str]:
    rows = await number.shop.rows("select content from messages where instance_id in "
        "(select id from whatsapp_instances where channel = 'evolution') order by seq")  # fmt: skip
    return [row["content"] for row in rows]


async def alerts(number: Number) -> list[tuple[str, bool]]:
    """Return the kinds of alerts, and whether they are of a conversation."""
    rows = await number.shop.rows("select kind, conversation_id from alerts order by created_at")
    return [(row["kind"], row["conversation_id"] is not None) for row in rows]


# What never came in


async def test_what_the_webhook_swallowed_is_found_stored_once_and_answered(number: Number, openai: FakeOpenAI) -> None:
    conversation = await number.customer(ANA, "oi", id="A1")
    has(number, ANA, "oi", id="A1", ago=3 * MINUTE)
    has(number, ANA, "quero um banho pro Rex", id="A2")
    openai.script([text("Para qual dia?")])

    assert (await look(number)).messages == 1
    assert (await look(number)).messages == 0
    await number.customer(ANA, "quero um banho pro Rex", id="A2")  # the webhook comes after all

    assert await stored(number) == ["oi", "quero um banho pro Rex"]
    assert len(number.queued("conversation.process")) == 2, "it was woken by what came in, and by what was found"
    await number.shop.work(conversation)
    assert number.sent(ANA) == ["Para qual dia?"]


async def test_what_was_written_while_nobody_could_be_reached_comes_in_in_its_order(number: Number) -> None:
    for minutes in (90, 10, 50):
        has(number, ANA, f"há {minutes}", ago=minutes * MINUTE)
    has(number, BIA, "há 30", ago=30 * MINUTE)
    assert (await look(number)).messages == 4
    assert await stored(number) == ["há 90", "há 50", "há 30", "há 10"]


async def test_pages_are_looked_through_until_one_brings_nothing_and_is_old(number: Number) -> None:
    for n in range(250):
        has(number, ANA, f"{n}", ago=20 * MINUTE - n)
    has(number, BIA, "oi", ago=5 * HOUR)
    assert (await look(number)).messages == 251
    has(number, BIA, "e agora?", ago=19 * MINUTE)
    assert (await look(number)).messages == 1
    assert isinstance(number.server, FakeEvolution)
    number.server.requests.clear()
    assert (await look(number)).messages == 0
    pages = [r.json["page"] for r in number.server.requests if "findMessages" in r.path]
    assert pages == [1, 2, 3], "the last half hour is compared whole"


@pytest.mark.parametrize("ago", [25 * HOUR, 40 * 24 * HOUR])
async def test_what_is_older_than_a_day_or_than_the_number_itself_is_left(number: Number, ago: float) -> None:
    has(number, ANA, "oi", ago=ago)
    assert (await look(number)).messages == 0
    await number.shop.rows("update whatsapp_instances set created_at = now() - interval '1 hour' where channel = 'evolution' returning 1")
    has(number, BIA, "antes de vocês", ago=2 * HOUR)
    assert (await look(number)).messages == 0
    assert await stored(number) == []


async def test_what_comes_too_late_for_the_ai_is_stored_and_told_once(number: Number) -> None:
    has(number, ANA, "tem vaga hoje?", ago=10 * HOUR)
    has(number, ANA, "oi?", ago=9 * HOUR)
    found = await look(number)
    assert (found.messages, len(found.alerts)) == (2, 1)
    assert await alerts(number) == [("found_late", True)]
    assert not number.queued("conversation.process")
    assert (await look(number)).alerts == ()


async def test_what_a_person_has_answered_since_is_stored_and_left_to_that_person(number: Number) -> None:
    has(number, ANA, "oi, tem vaga?", ago=9 * MINUTE)
    await number.echo(ANA, "Tem sim, pode trazer!", id="P1")
    has(number, ANA, "Tem sim, pode trazer!", ago=5 * MINUTE, id="P1", fromMe=True)
    has(number, BIA, "vocês abrem sábado?", ago=9 * MINUTE)
    assert (await look(number)).messages == 2
    assert [row["content"] for row in await number.shop.rows("select content from messages where processed_at is null")] == [
        "vocês abrem sábado?"
    ]


async def test_a_persons_message_that_never_came_in_pauses_the_ai(number: Number) -> None:
    conversation = await number.customer(ANA, "oi")
    has(number, ANA, "Oi Ana, aqui é a Paula, já te respondo", fromMe=True)
    await look(number)
    assert await number.status(conversation) == "escalated"


async def test_what_the_ai_has_said_meanwhile_does_not_answer_what_it_never_saw(number: Number, openai: FakeOpenAI) -> None:
    openai.script([text("Oi! Como posso ajudar?")])
    conversation = await number.customer(ANA, "oi")
    await number.shop.work(conversation)
    (reply,) = await number.shop.rows("select external_id from messages where sent_by_ai")
    has(number, ANA, "Oi! Como posso ajudar?", id=reply["external_id"], ago=MINUTE, fromMe=True)
    has(number, ANA, "quero um banho", ago=2 * MINUTE)
    await look(number)
    assert len(await number.shop.rows("select 1 from messages where processed_at is null and content = 'quero um banho'")) == 1


async def test_who_was_erased_does_not_come_back(number: Number) -> None:
    await number.customer(ANA, "oi", id="A1")
    has(number, ANA, "oi", id="A1")
    await number.shop.rows(
        "insert into erased_messages (organization_id, instance_id, digest) select organization_id, instance_id,"
        " sha256(convert_to(external_id, 'UTF8')) from messages where external_id = 'A1' returning 1"
    )
    await number.shop.rows("delete from messages where external_id = 'A1' returning 1")
    await look(number)
    assert await stored(number) == []


async def test_groups_pins_and_odd_rows_are_as_they_are_in_a_webhook(number: Number) -> None:
    assert isinstance(number.server, FakeEvolution)
    has(number, ANA, {"pinInChatMessage": {"key": {"id": "x"}, "type": "PIN_FOR_ALL"}})
    number.server.history.append(evolution.upsert("120363@g.us", "bom dia grupo", timestamp=time.time()))
    number.server.history.append({"key": None, "message": 7, "messageTimestamp": 0})
    number.server.history.append({"key": {"id": "n" * 5000, "remoteJid": f"{ANA}@s.whatsapp.net"}, "message": {}, "messageTimestamp": 1e99})
    await look(number)
    assert not number.queued("conversation.process")
    assert (await look(number)).messages == 0


async def test_a_server_without_pages_does_not_go_on_for_ever(number: Number) -> None:
    assert isinstance(number.server, FakeEvolution)
    row = evolution.upsert(f"{ANA}@s.whatsapp.net", "oi", id="A1", timestamp=time.time())
    body = {"messages": {"total": 1, "pages": 1, "currentPage": 1, "records": [row]}}
    number.server.fail_when(lambda asked: Fault(status=201, body=body) if "page" in asked else None)
    assert (await look(number)).messages == 1
    assert len([r for r in number.server.requests if "findMessages" in r.path]) == 2


# Phones that are not connected


async def passes(number: Number, seconds: float) -> None:
    await number.shop.rows(
        "update whatsapp_instances set down_since = down_since - make_interval(secs => %(s)s) where channel = 'evolution' returning 1",
        s=seconds,
    )


@pytest.mark.parametrize("how", ["close", "connecting", "refuses", "unreachable"])
async def test_people_hear_once_that_a_number_is_down_and_that_it_is_back(number: Number, how: str) -> None:
    assert isinstance(number.server, FakeEvolution)
    address = number.server.url
    match how:
        case "refuses":
            number.server.fail_when(lambda asked: Fault(status=401, body={"error": "Unauthorized"}))
        case "unreachable":
            await number.shop.rows("update whatsapp_instances set api_url = 'http://127.0.0.1:1' where channel = 'evolution' returning 1")
        case state:
            number.server.state = state
    assert (await look(number)).alerts == (), "a phone that changes networks is back at the next look"
    await passes(number, watch.PATIENCE + 1)
    assert len((await look(number)).alerts) == 1
    assert (await look(number)).alerts == ()

    number.server.fail_when(None)
    number.server.state = "open"
    await number.shop.rows("update whatsapp_instances set api_url = %(u)s where channel = 'evolution' returning 1", u=address)
    has(number, ANA, "oi")
    back = await look(number)
    assert (back.messages, len(back.alerts)) == (1, 1)
    assert await alerts(number) == [("number_down", False), ("number_up", False)]
    assert (await look(number)).alerts == ()

    number.server.state = "close"
    await look(number)
    await passes(number, watch.PATIENCE + 1)
    assert len((await look(number)).alerts) == 1, "the next outage is told anew"


async def test_a_short_absence_is_nobodys_business(number: Number) -> None:
    assert isinstance(number.server, FakeEvolution)
    number.server.state = "connecting"
    await look(number)
    number.server.state = "open"
    assert (await look(number)).alerts == ()
    assert await alerts(number) == []


# Silence


async def came(number: Number, *, weeks_ago: int, messages: int, minutes: float = 30) -> None:
    for n in range(messages):
        id = f"S{weeks_ago}-{n}"
        await number.customer(ANA, "oi", id=id)
        at = clock.now() - timedelta(days=7 * weeks_ago, minutes=minutes)
        await number.shop.rows("update messages set created_at = %(at)s where external_id = %(id)s returning 1", at=at, id=id)


async def heard(number: Number) -> list[UUID]:
    return await silence.hear(number.shop.resources.db)


@pytest.fixture
def no_holiday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(silence.holidays, "between", lambda state, first, last: {})


@pytest.mark.usefixtures("no_holiday")
async def test_a_number_that_is_silent_against_its_habit_is_told_once_a_day(number: Number) -> None:
    for weeks in (1, 2):
        await came(number, weeks_ago=weeks, messages=5)
    assert await heard(number) == [], "two weeks are no habit"
    await came(number, weeks_ago=3, messages=5)
    assert len(await heard(number)) == 1
    assert await heard(number) == []
    assert await alerts(number) == [("number_silent", False)]


@pytest.mark.usefixtures("no_holiday")
@pytest.mark.parametrize("today", ["one", "quiet weeks", "inactive"])
async def test_no_silence_where_somebody_writes_or_nobody_ever_did(number: Number, today: str) -> None:
    for weeks in (1, 2, 3):
        await came(number, weeks_ago=weeks, messages=4 if today == "quiet weeks" and weeks == 2 else 5)
    if today == "one":
        await came(number, weeks_ago=0, messages=1)
    if today == "inactive":
        await number.shop.rows("update whatsapp_instances set is_active = false where channel = 'evolution' returning 1")
    assert await heard(number) == []


async def test_on_a_holiday_silence_means_nothing(number: Number, monkeypatch: pytest.MonkeyPatch) -> None:
    for weeks in (1, 2, 3):
        await came(number, weeks_ago=weeks, messages=5)
    monkeypatch.setattr(silence.holidays, "between", lambda state, first, last: {first: "Natal"})
    assert await heard(number) == []


# The actors


async def test_every_number_is_looked_at_by_itself_and_what_people_must_hear_is_on_the_queue(
    number: Number, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tasks.resources._resources", number.shop.resources)
    assert isinstance(number.server, FakeEvolution)
    number.server.state = "close"
    await look(number)
    await passes(number, watch.PATIENCE + 1)
    watch_all, look_at = (inspect.unwrap(actor.fn) for actor in (tasks.watch.watch_all, tasks.watch.look_at))  # not on dramatiq's own loop
    await watch_all()
    (args,) = number.queued("watch.look_at")
    await look_at(*args)
    assert len(number.queued("escalation.notify")) == 1
    await number.shop.rows("update whatsapp_instances set is_active = false where channel = 'evolution' returning 1")
    await look_at(*args)
