"""Who a customer is, in whatever order a provider names them: one customer with one history, and what may be somebody else's is asked."""

import asyncio
from itertools import permutations
from typing import Any

import pytest

from service.messaging.channels.base import ChannelName
from service.platform.database import Database
from tests.conftest import DEMO_SHOP
from tests.kit.identities import BSUID, LID, PARENT, PHONE, Customers, by_meta
from tests.kit.phones import Number
from tests.kit.shop import Shop

# What a provider may call one person, in the messages of one day.
NAMES: dict[str, tuple[ChannelName, dict[str, dict[str, Any]]]] = {
    "lid": ("evolution", {"alias": {"lid": LID}, "phone": {"phone": PHONE}, "both": {"lid": LID, "phone": PHONE}}),
    "bsuid": ("cloud_api", {"alias": {"bsuid": BSUID}, "phone": {"phone": PHONE}, "both": {"bsuid": BSUID, "phone": PHONE}}),
    "parent": (
        "cloud_api",
        {"alias": {"bsuid": BSUID, "parent": PARENT}, "phone": {"phone": PHONE}, "both": {"parent": PARENT, "phone": PHONE}},
    ),
}  # fmt: skip
ORDERS = [(kind, order) for kind in NAMES for order in permutations(("alias", "phone", "both"))]


@pytest.fixture
async def customers(shop: Shop, db: Database, open_number: Any) -> Customers:
    open_number("evolution")
    await shop.rows("delete from contacts where phone_key = %(p)s returning 1", p=PHONE)
    return Customers(shop, db)


async def test_every_order_of_names_is_one_customer_and_undoing_puts_back_what_was_moved(customers: Customers) -> None:
    """Every order of being known by an alias, by the phone and by both, on both providers."""
    shop = customers.shop
    for kind, order in ORDERS:
        channel, names = NAMES[kind]
        ids: list[str] = []
        before = await customers.standing()
        for position, which in enumerate(order):
            before = await customers.standing()
            ids.append(await customers.writes(channel, f"{which} de {kind}", **names[which]))
            if position < 2:
                await customers.furnish(ids[-1], f"{kind} {'-'.join(order)} {which}")
            if which == "alias":
                await shop.rows(
                    "update contacts set opted_out_at = now() where id = %(k)s returning 1", k=(await customers.of(ids[-1]))["contact_id"]
                )
        after = await customers.standing()
        found = [await customers.of(id) for id in ids]
        assert len({who["contact_id"] for who in found}) == 1, (kind, order)
        assert len({who["conversation_id"] for who in found}) == 1, (kind, order)
        one = found[0]
        assert one["opted_out_at"] is not None, "the stricter counts"
        said = await shop.rows("select content from messages where conversation_id = %(c)s order by seq", c=one["conversation_id"])
        assert [row["content"] for row in said] == [f"{which} de {kind}" for which in order]
        for place in ("pets", "bookings", "contact_packages", "waiting_list", "outreach", "proposals"):
            assert sorted(after[f"{place}.contact_id"].values()).count(one["contact_id"]) == 2, (kind, order, place)
        gone = [row["id"] for row in await shop.rows("select id from contacts where merged_into is not null")]
        assert not [place for place, rows in after.items() for at in rows.values() if at in gone], "nothing points at who is gone"
        merges = await customers.merges()
        assert len(merges) == (1 if order[2] == "both" else 0), (kind, order)
        for merge in merges:
            (undone,) = await undo(customers, merge["id"])
            assert undone["it"] is not None
            back = await customers.standing()
            message = (await shop.rows("select id from messages where external_id = %(id)s", id=ids[2]))[0]["id"]
            # The one message that named both, and the names that it taught, are new.
            for place, rows in before.items():
                assert {id: at for id, at in back[place].items() if id in rows} == rows, (kind, order, place)
            assert back["messages.conversation_id"][str(message)] == one["conversation_id"]
            opted = await shop.rows("select id, opted_out_at is not null as out from contacts where phone_key = %(p)s", p=PHONE)
            assert [row["out"] for row in opted] == [False]
        await shop.rows("delete from conversations where contact_id in (select id from contacts where name = 'Ana') returning 1")
        await shop.rows("delete from bookings where contact_id in (select id from contacts where name = 'Ana') returning 1")
        await shop.rows("delete from contacts where name = 'Ana' and phone_key is distinct from '5511999990001' returning 1")


async def undo(customers: Customers, merge: Any) -> list[Any]:
    sql = "select patas.undo_merge(%(m)s, 'Paula') as it"
    return (await customers.db.run(DEMO_SHOP, (sql, {"m": merge})))[0]


async def test_two_names_at_the_same_moment_end_in_one_customer(customers: Customers, settings: Any) -> None:
    """Three messages of one person's names, to several workers at once, again and again."""
    other = Database(settings.database_url or "", size=5)
    await other.open()
    try:
        beside = Customers(customers.shop, other)
        for round_ in range(12):
            phone, lid = f"55119444400{round_:02d}", f"9944{round_}@lid"
            told: list[dict[str, Any]] = [{"lid": lid}, {"phone": phone}, {"lid": lid, "phone": phone}, {"lid": lid}, {"phone": phone}]
            ids = await asyncio.gather(*((customers, beside)[n % 2].writes("evolution", f"{n}", **names) for n, names in enumerate(told)))
            found = [await customers.of(id) for id in ids]
            assert len({(who["contact_id"], who["conversation_id"]) for who in found}) == 1, round_
            assert len(await customers.shop.rows("select 1 from contacts where phone_key = %(p)s", p=phone)) == 1
    finally:
        await other.close()


async def test_of_what_is_there_already_nothing_is_learned(customers: Customers) -> None:
    """After an undo a delivery that comes a second time makes nobody one again, and a new one that says the same does not either."""
    ids = [await customers.writes("evolution", **names) for names in NAMES["lid"][1].values()]
    (merge,) = await customers.merges()
    await undo(customers, merge["id"])
    await customers.writes("evolution", id=ids[2], **NAMES["lid"][1]["both"])
    again = await customers.writes("evolution", **NAMES["lid"][1]["both"])
    assert (await customers.of(again))["phone_key"] == PHONE, "whoever has the phone wrote"
    assert await customers.merges() == []
    assert await customers.merges("asked") == [], "it was decided"
    assert (await customers.of(await customers.writes("evolution", lid=LID)))["phone_key"] is None
    assert await undo(customers, merge["id"]) == [{"it": None}], "once"


# What is not sure


async def asked(customers: Customers) -> list[str]:
    """Return why people were asked, where they were: once, in an alert that names both."""
    found = await customers.merges("asked")
    alerts = await customers.shop.rows("select title, body from alerts where kind = 'identity'")
    assert len(alerts) == len(found)
    assert all(alert["title"] == "É a mesma pessoa?" and "{" not in alert["body"] and "Ana" in alert["body"] for alert in alerts)
    return [row["reason"] for row in found]


async def test_a_number_with_another_id_may_be_somebody_elses_now(customers: Customers) -> None:
    """She is served like a stranger, and people are asked: nothing of who had the number before is shown."""
    first = await customers.of(await customers.writes("cloud_api", phone=PHONE, bsuid=BSUID))
    for _ in range(2):
        now = await customers.of(await customers.writes("cloud_api", phone=PHONE, bsuid="BR.999"))
        assert now["contact_id"] != first["contact_id"]
        assert (now["phone_key"], now["whatsapp_user_id"], now["address"]) == (None, "BR.999", PHONE)
    assert await asked(customers) == ["passed_on"]
    assert (await customers.of(await customers.writes("cloud_api", phone=PHONE)))["contact_id"] == first["contact_id"]


async def test_an_id_with_another_number_is_not_followed_without_word_of_a_change(customers: Customers) -> None:
    first = await customers.of(await customers.writes("evolution", phone=PHONE, lid=LID))
    now = await customers.of(await customers.writes("evolution", phone="5511955550009", lid=LID))
    assert (now["contact_id"] != first["contact_id"], now["phone_key"]) == (True, "5511955550009")
    assert await asked(customers) == ["passed_on"]
    assert (await customers.of(await customers.writes("evolution", lid=LID)))["contact_id"] == first["contact_id"]


async def test_two_pets_of_one_name_are_for_a_person_to_tell_apart(customers: Customers) -> None:
    for names in NAMES["lid"][1]["alias"], NAMES["lid"][1]["phone"]:
        await customers.furnish(await customers.writes("evolution", **names), "Rex")
    now = await customers.of(await customers.writes("evolution", lid=LID, phone=PHONE))
    assert (now["phone_key"], await customers.merges()) == (PHONE, [])
    await customers.writes("evolution", lid=LID, phone=PHONE)
    assert await asked(customers) == ["same_pet"]


async def test_the_alert_is_told_to_people_at_once(customers: Customers, open_number: Any) -> None:
    await customers.writes("evolution", phone=PHONE, lid=LID)
    await customers.writes("evolution", phone=PHONE, lid="2@lid")
    (alert,) = await customers.shop.rows("select id, conversation_id from alerts where kind = 'identity'")
    number = Number(customers.shop, "evolution", None)  # type: ignore[arg-type]
    assert [str(alert["id"])] in number.queued("escalation.notify")
    assert alert["conversation_id"] is not None


async def test_a_username_and_a_push_name_make_nobody_one(customers: Customers) -> None:
    first = await customers.of(await customers.writes("cloud_api", bsuid=BSUID, username="ana.souza", name="Ana Souza"))
    second = await customers.of(await customers.writes("cloud_api", bsuid="BR.2", username="ana.souza", name="Ana Souza"))
    third = await customers.of(await customers.writes("cloud_api", phone=PHONE, username="ana.souza", name="Ana Souza"))
    assert len({first["contact_id"], second["contact_id"], third["contact_id"]}) == 3
    assert await customers.merges() + await customers.merges("asked") == []


async def test_the_names_are_on_record(customers: Customers) -> None:
    id = await customers.writes("cloud_api", phone=PHONE, bsuid=BSUID, parent=PARENT, username="ana", at=1_790_000_000)
    await customers.writes("cloud_api", bsuid=BSUID, username="ana.nova")
    who = await customers.of(id)
    rows = await customers.shop.rows(
        "select kind, value, scope is null as everywhere, source, first_seen_at < now() - interval '1 day' as old,"
        " last_seen_at > now() - interval '1 hour' as new, superseded_at is not null as past, superseded_by is not null as by"
        " from contact_identities where contact_id = %(k)s order by kind, first_seen_at",
        k=who["contact_id"],
    )
    assert [tuple(row.values()) for row in rows] == [
        ("bsuid", BSUID, False, "cloud_api", True, True, False, False),
        ("parent_bsuid", PARENT, True, "cloud_api", True, False, False, False),
        ("phone", PHONE, True, "cloud_api", True, False, False, False),
        ("username", "ana", False, "cloud_api", True, False, True, True),
        ("username", "ana.nova", False, "cloud_api", False, True, False, False),
    ]


async def test_an_alias_belongs_to_the_number_that_it_was_told_to(customers: Customers) -> None:
    """Another number may know another person by it; a phone and a parent's id hold for the whole shop."""
    first = await customers.of(await customers.writes("cloud_api", bsuid=BSUID, parent=PARENT))
    await customers.shop.rows(
        "insert into whatsapp_instances (organization_id, channel, name, phone_number_id) values (%(o)s, 'cloud_api', 'Outro', '77')"
        " returning 1", o=DEMO_SHOP,
    )  # fmt: skip

    def elsewhere(id: str, **names: Any) -> Any:
        body = by_meta("oi", id, None, **names)
        body["entry"][0]["changes"][0]["value"]["metadata"]["phone_number_id"] = "77"
        return body

    alone = await customers.of(await customers.post("cloud_api", elsewhere("a", bsuid=BSUID), "a"))
    assert alone["contact_id"] != first["contact_id"]
    related = await customers.of(await customers.post("cloud_api", elsewhere("b", bsuid="BR.3", parent=PARENT), "b"))
    assert related["contact_id"] == first["contact_id"]


async def test_what_the_version_before_writes_has_identities_too(customers: Customers) -> None:
    await customers.shop.rows(
        "insert into contacts (organization_id, phone, whatsapp_user_id) values (%(o)s, '11 95555-0001', %(b)s) returning 1",
        o=DEMO_SHOP,
        b=BSUID,
    )
    by_phone, by_id = [
        await customers.of(await customers.writes("cloud_api", **names)) for names in (NAMES["bsuid"][1][n] for n in ("phone", "alias"))
    ]
    assert by_phone["contact_id"] == by_id["contact_id"]
    await customers.shop.rows("update contacts set phone = '5511955550002' where id = %(k)s returning 1", k=by_phone["contact_id"])
    assert (await customers.of(await customers.writes("cloud_api", phone="5511955550002")))["contact_id"] == by_phone["contact_id"]
    assert (await customers.of(await customers.writes("cloud_api", phone=PHONE)))["contact_id"] != by_phone["contact_id"]


async def test_what_is_written_to_who_is_gone_is_the_survivors(customers: Customers) -> None:
    """A person at the counter may have had the old card open."""
    shop = customers.shop
    (lid, phone, _) = [await customers.of(await customers.writes("evolution", **names)) for names in NAMES["lid"][1].values()]
    (pet,) = await shop.rows(
        "insert into pets (organization_id, contact_id, name) values (%(o)s, %(k)s, 'Nina') returning contact_id",
        o=DEMO_SHOP,
        k=lid["contact_id"],
    )
    assert pet["contact_id"] == phone["contact_id"]
