"""One shop's bad row: the doctor tells of it, and nothing of any other shop stops."""

import asyncio
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from psycopg import sql

from service.operations.doctor import ShopState, examine
from service.outreach import waiting_list
from service.platform import clock
from service.turns.queries import sweep
from tests.kit.outreach import book, known, noon, remind
from tests.kit.shop import Shop
from tests.kit.walls import make_shop

SETTINGS, SHOP = "update organization_settings set {}", "update organizations set {}"

# What is changed in another shop, and the words that the doctor finds for it; none where nothing is wrong.
BAD: dict[str, str | None] = {
    SHOP.format("timezone = 'America/Sampa'"): "organizations.timezone",
    SHOP.format("timezone = '-03'"): "organizations.timezone",
    SHOP.format("timezone = 'BRT3'"): "organizations.timezone",
    SHOP.format("timezone = 'America/Sampa+3'"): "organizations.timezone",
    SHOP.format("timezone = ''"): "organizations.timezone",
    SETTINGS.format("reminder_hours = '{24,null}'"): "organization_settings.reminder_hours",
    SETTINGS.format("reminder_hours = '{2147483647,24}'"): "organization_settings.reminder_hours",
    SETTINGS.format("vaccine_reminder_days = '{2147483647,null,7}'"): "organization_settings.vaccine_reminder_days",
    SETTINGS.format("follow_up_hours = 2147483647"): "follow_up_hours is over 8760",
    SETTINGS.format("no_show_follow_up_hours = 2147483647"): "follow_up_hours is over 8760",
    SETTINGS.format("quiet_window_seconds = 'NaN'"): "quiet_window_seconds is over 86400",
    SETTINGS.format("""ai_config = '"gpt"'"""): "organization_settings.ai_config is no object",
    SETTINGS.format("""ai_config = '{"temperature": "hot"}'"""): "nothing readable for temperature",
    SETTINGS.format("""ai_personality = '{"name": ["Luna"]}'"""): "nothing readable for name",
    SETTINGS.format("quiet_from = '24:00', quiet_until = '24:00'"): None,
    "update business_hours set closes_at = '24:00' where true": None,
    "update special_hours set opens_at = '10:00', closes_at = '24:00' where true": None,
    "update resource_hours set ends_at = '24:00' where true": None,
    "update waiting_list set until_time = '24:00', last_day = current_date + 900, status = 'waiting' where true": None,
}


def spoil(shop: Shop, change: str) -> dict[str, Any]:
    """Make another shop, whose booking is at noon as well, and spoil it."""
    with psycopg.connect(shop.resources.settings.database_url or "", autocommit=True) as conn:
        ids = make_shop(conn)
        at = noon()
        conn.execute(
            "update bookings set starts_at = %s, ends_at = %s where organization_id = %s",
            (at, at + timedelta(hours=1), ids["organization"]),
        )
        conn.execute("update messages set processed_at = now() where organization_id = %s", (ids["organization"],))
        where = "id" if change.startswith("update organizations ") else "organization_id"
        joined = " and" if " where true" in change else " where"
        conn.execute(f"{change}{joined} {where} = %s".encode(), (ids["organization"],))
    return dict(ids)


def seen(shop: Shop) -> list[ShopState]:
    return examine(shop.resources.settings).shops


@pytest.mark.parametrize(("change", "words"), BAD.items(), ids=range(len(BAD)))
async def test_a_bad_row_is_told_of_and_stops_nothing_else(shop: Shop, change: str, words: str | None) -> None:
    before, _ = await asyncio.to_thread(seen, shop), await shop.rows("delete from bookings returning 1")
    other = await asyncio.to_thread(spoil, shop, change)
    conversation, _ = await known(shop)
    await book(shop, conversation, noon())
    # Nor is the shop's own customer left without.
    assert await remind(shop, noon() - timedelta(hours=24)) == 2
    await waiting_list.offer_freed_times(shop.resources.db, shop.resources.redis, clock.now())
    await sweep.find_left_behind(shop.resources.db, shop.resources.settings)
    states = {state["id"]: state["missing"] for state in await asyncio.to_thread(seen, shop)}
    assert states[str(shop.organization_id)] == before[0]["missing"]
    told = [sentence for sentence in states[str(other["organization"])] if words and words in sentence]
    assert bool(told) == (words is not None), states
    assert not [sentence for sentence in states[str(other["organization"])] if "can't be read" in sentence]


async def test_an_agenda_that_can_not_be_read_is_told_of(shop: Shop) -> None:
    """A service's rate with a size that nobody knows: what is beyond the database's own rules."""
    other = await asyncio.to_thread(spoil, shop, SHOP.format("name = 'Outra'"))
    with psycopg.connect(shop.resources.settings.database_url or "", autocommit=True) as conn:
        conn.execute("alter table service_rates drop constraint service_rates_size_check")
        conn.execute("update service_rates set size = 'enorme' where organization_id = %s", (other["organization"],))
    states = {state["id"]: state["missing"] for state in await asyncio.to_thread(seen, shop)}
    assert any("Its agenda can't be read" in sentence and "enorme" in sentence for sentence in states[str(other["organization"])])
    assert not any("can't be read" in sentence for sentence in states[str(shop.organization_id)])


async def test_a_message_that_can_not_be_written_keeps_no_other_back(shop: Shop) -> None:
    """Whatever is wrong with one shop's is raised once the others are written, and written the next time."""
    other = await asyncio.to_thread(spoil, shop, SHOP.format("name = 'A primeira'"))
    conversation, _ = await known(shop)
    await shop.rows("delete from bookings where organization_id = %(o)s returning 1", o=shop.organization_id)
    await book(shop, conversation, noon())
    with psycopg.connect(shop.resources.settings.database_url or "", autocommit=True) as conn:
        conn.execute("create function broken() returns trigger language plpgsql as $$ begin raise 'broken'; end $$")
        conn.execute(
            sql.SQL(
                "create trigger broken before insert on outreach for each row when (new.organization_id = {}) execute function broken()"
            ).format(sql.Literal(other["organization"]))
        )
    with pytest.raises(ExceptionGroup, match="reminder"):
        await remind(shop, noon() - timedelta(hours=24))
    (written,) = await shop.rows("select organization_id, content from messages where direction = 'outgoing'")
    assert (written["organization_id"], "Lembrete" in written["content"]) == (shop.organization_id, True)


@pytest.mark.parametrize("status", ["completed", "no_show"])
async def test_a_bound_is_none_where_the_shop_wants_no_follow_up(shop: Shop, status: str) -> None:
    """A year after the visit, which is as far as hours are counted, nobody is asked."""
    conversation, _ = await known(shop)
    await shop.rows("delete from bookings returning 1")
    await shop.rows("update organization_settings set follow_up_hours = null, no_show_follow_up_hours = null returning 1")
    await book(shop, conversation, noon(-366), status=status)
    assert await remind(shop, noon(0)) == 0
    await shop.rows("update organization_settings set follow_up_hours = 8760, no_show_follow_up_hours = 9999 returning 1")
    assert await remind(shop, noon(0)) == 1
