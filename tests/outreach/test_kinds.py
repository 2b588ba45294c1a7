"""The registry of what is written unasked: each piece that a new kind needs is named here where it is missing."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any, get_args
from uuid import uuid4

import psycopg
import pytest

from service.outreach import reminders
from service.outreach.kinds import KINDS, OutreachKind
from service.outreach.message import Due, Notice, Occasion, Question
from service.outreach.queries import unasked
from service.outreach.queries.due import Addressed
from service.outreach.quiet_hours import Quiet
from service.platform import clock
from service.platform.database import Database, Row, Statement
from tests.kit.notices import EXAMPLES
from tests.kit.shop import Shop

GUIDE = (Path(__file__).parents[2] / "docs" / "agenda-and-safety.md").read_text("utf-8").partition("\n## What is written unasked\n")[2]
NAMES = list(KINDS)


def rows_of(kind: str) -> list[list[str]]:
    """Return the cells of the guide's tables that are about a kind, without the first, which names it."""
    rows = [line.strip("| ").split("|") for line in GUIDE.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in cells[1:] if cell.strip()] for cells in rows if f"`{kind}`" in cells[0]]


def test_every_kind_has_its_entry() -> None:
    assert set(KINDS) == set(get_args(OutreachKind)), "service/outreach/kinds.py: KINDS"


def test_every_kind_has_an_example() -> None:
    assert set(EXAMPLES) == set(NAMES), "tests/kit/notices.py: EXAMPLES"


@pytest.mark.parametrize("kind", NAMES)
def test_the_guide_says_when_a_kind_is_written_and_by_which_settings(kind: OutreachKind) -> None:
    assert rows_of(kind), f"docs/agenda-and-safety.md: no row of the first table is about {kind}"
    said = " ".join(rows_of(kind)[0])
    for column in KINDS[kind].settings:
        assert f"`{column}`" in said, f"docs/agenda-and-safety.md: the row of {kind} lacks its setting"


@pytest.mark.parametrize("kind", NAMES)
def test_the_guide_lists_the_placeholders_in_order(kind: OutreachKind) -> None:
    assert rows_of(kind)[1:] == [list(KINDS[kind].parameters)], f"docs/agenda-and-safety.md: the placeholders of {kind}"


@pytest.mark.parametrize("kind", NAMES)
def test_the_placeholders_are_what_the_notice_fills_them_with(kind: OutreachKind) -> None:
    notice, told = EXAMPLES[kind], KINDS[kind].parameters
    assert len(notice.parameters) == len(told), f"service/outreach/kinds.py: parameters of {kind}"
    assert notice.parameters[:2] == ("Ana", "Pet Shop Patinhas")
    for value, words in zip(notice.parameters[2:], told[2:], strict=True):
        assert value in re.findall(r'"([^"]+)"', words), f"service/outreach/kinds.py: parameters of {kind}"


@pytest.mark.parametrize("kind", NAMES)
async def test_settings_are_columns_of_the_shops(kind: OutreachKind, shop: Shop) -> None:
    found = await shop.rows("select column_name from information_schema.columns where table_name = 'organization_settings'")
    assert set(KINDS[kind].settings) <= {row["column_name"] for row in found}, f"supabase/migrations: the settings of {kind}"


@pytest.mark.parametrize("kind", [kind for kind in NAMES if KINDS[kind].find])
async def test_settings_are_the_columns_that_the_kinds_query_reads(kind: OutreachKind, shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    found = await shop.rows("select column_name from information_schema.columns where table_name = 'organization_settings'")
    find, queries, db = KINDS[kind].find, list[str](), shop.resources.db
    assert find

    async def system(*statements: Statement) -> list[list[Row]]:
        queries.extend(str(sql) for sql, _ in statements)
        return await Database.system(db, *statements)

    monkeypatch.setattr(db, "system", system)
    await find(db, clock.now())
    read = set(re.findall(r"\w+", " ".join(queries))) & {row["column_name"] for row in found}
    of_every_kind = {*Addressed.model_fields, "created_at", "updated_at"}
    assert read - of_every_kind == set(KINDS[kind].settings), f"service/outreach/kinds.py: settings of {kind}"


@pytest.mark.parametrize("kind", [kind for kind in NAMES if KINDS[kind].find])
async def test_every_finder_looks_and_finds_nothing_where_nothing_is_due(kind: OutreachKind, shop: Shop) -> None:
    await shop.rows("delete from bookings returning 1")
    find = KINDS[kind].find
    assert find
    assert await find(shop.resources.db, clock.now()) == []


@pytest.mark.parametrize("kind", NAMES)
async def test_every_kind_can_be_written(kind: OutreachKind, shop: Shop) -> None:
    contact = await _contact(shop)
    written = await _write(shop, kind, contact)
    assert written.status == "queued", written
    (row,) = await shop.rows("select kind, status from outreach")
    assert row == {"kind": kind, "status": "queued"}


@pytest.mark.parametrize("kind", NAMES)
async def test_who_opted_out_gets_only_what_is_about_a_visit_under_way(kind: OutreachKind, shop: Shop) -> None:
    contact = await _contact(shop)
    await shop.rows("update contacts set opted_out_at = now() returning 1")
    assert ((await _write(shop, kind, contact)).status == "queued") is KINDS[kind].is_service


@pytest.mark.parametrize("kind", NAMES)
async def test_the_team_is_told_of_what_a_customer_misses(kind: OutreachKind, shop: Shop) -> None:
    contact = await _contact(shop)
    await shop.rows("update conversations set last_inbound_at = now() - interval '2 days' returning 1")
    assert (await _write(shop, kind, contact)).reason == "no_template"
    alerts = await shop.rows("select body from alerts")
    assert len(alerts) == KINDS[kind].is_alerted
    assert all(f"({KINDS[kind].called})" in alert["body"] for alert in alerts)


@pytest.mark.parametrize("kind", [kind for kind in NAMES if KINDS[kind].asks])
async def test_a_question_opens_the_proposal_that_the_kind_asks_for(kind: OutreachKind, shop: Shop) -> None:
    contact = await _contact(shop)
    assert (await _write(shop, kind, contact, question=_question())).proposal_id
    assert [row["kind"] for row in await shop.rows("select kind from proposals")] == [KINDS[kind].asks]


async def test_a_question_of_a_kind_that_asks_nothing_is_named(shop: Shop) -> None:
    with pytest.raises(ValueError, match=r"vaccine .* service/outreach/kinds\.py"):
        await _write(shop, "vaccine", await _contact(shop), question=_question())


@pytest.mark.parametrize("by_default", [True, False])
@pytest.mark.parametrize("switch", [None, True, False])
async def test_a_shop_switches_a_kind_on_or_off(by_default: bool, switch: bool | None, shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    contact = await _contact(shop)
    switches = {} if switch is None else {"vaccine": switch}
    message = Due(shop.organization_id, contact, [Occasion(uuid4(), "once")], EXAMPLES["vaccine"], _awake(), switches)

    async def find(*_: Any) -> list[Due]:
        return [message]

    for kind, facts in KINDS.items():
        monkeypatch.setitem(KINDS, kind, replace(facts, find=find if kind == "vaccine" else None, by_default=by_default))
    wanted = by_default if switch is None else switch
    assert await reminders.remind(shop.resources.db, shop.resources.redis, clock.now()) == wanted


async def test_a_kind_that_fails_keeps_no_other_from_being_written(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    message = Due(shop.organization_id, await _contact(shop), [Occasion(uuid4(), "once")], EXAMPLES["vaccine"], _awake(), {})

    async def fails(db: Database, now: datetime) -> list[Due]:
        await db.system(("select s.no_such_days from organization_settings s where now() > %(now)s", {"now": now}))
        return []

    async def finds(*_: Any) -> list[Due]:
        return [message]

    for kind, facts in KINDS.items():
        find = fails if kind == next(iter(KINDS)) else finds if kind == "vaccine" else None
        monkeypatch.setitem(KINDS, kind, replace(facts, find=find))
    with pytest.raises(ExceptionGroup, match=r"^reminder: UndefinedColumn.*no_such_days") as failed:
        await reminders.remind(shop.resources.db, shop.resources.redis, clock.now())
    assert [type(error) for error in failed.value.exceptions] == [psycopg.errors.UndefinedColumn]
    assert await shop.rows("select kind, status from outreach") == [{"kind": "vaccine", "status": "queued"}]


async def test_a_finder_tells_what_the_shop_switched(shop: Shop) -> None:
    await shop.rows(
        """update organization_settings set vaccine_reminder_days = '{30}', outreach_kinds = '{"vaccine": false}' returning 1"""
    )
    contact = await _contact(shop)
    sql = """with p as (insert into pets (organization_id, contact_id, name) values (%(o)s, %(c)s, 'Rex') returning id)
      insert into pet_treatments (organization_id, pet_id, kind, name, due_on, created_at)
      select %(o)s, id, 'vaccine', 'V10', %(due)s, now() - interval '2 days' from p returning 1"""
    today = clock.local(clock.now(), "America/Sao_Paulo").date()
    await shop.rows(sql, o=shop.organization_id, c=contact, due=today + timedelta(days=30))
    find = KINDS["vaccine"].find
    assert find
    noon = clock.at(today, time(12), "America/Sao_Paulo")
    assert [message.switches for message in await find(shop.resources.db, noon)] == [{"vaccine": False}]
    assert await reminders.remind(shop.resources.db, shop.resources.redis, noon) == 0


async def test_a_switch_is_yes_or_no(shop: Shop) -> None:
    with pytest.raises(psycopg.errors.CheckViolation):
        await shop.rows("""update organization_settings set outreach_kinds = '{"vaccine": "sim"}' returning 1""")


@pytest.fixture
async def shop(open_shop: Callable[..., Awaitable[Shop]]) -> Shop:
    opened = await open_shop()
    await opened.rows("update organization_settings set quiet_from = '00:00', quiet_until = '00:00' returning 1")
    return opened


async def _contact(shop: Shop) -> Any:
    conversation = await shop.receive("oi")
    await shop.rows("update messages set processed_at = now() where conversation_id = %(c)s returning 1", c=conversation)
    (row,) = await shop.rows("select contact_id from conversations where id = %(c)s", c=conversation)
    return row["contact_id"]


async def _write(shop: Shop, kind: OutreachKind, contact: Any, question: Question | None = None) -> unasked.Written:
    occasions = [Occasion(uuid4(), "once")]
    return await unasked.write(
        shop.resources.db, shop.organization_id, kind=kind, occasions=occasions, contact_id=contact, notice=EXAMPLES[kind],
        now=clock.now(), question=question,
    )  # fmt: skip


def _question() -> Question:
    return Question(Notice("Posso?", ("Ana", "Patinhas")), [{"booking_id": "x"}], {"name": "confirm_appointment", "args": {}}, clock.now())


def _awake() -> Quiet:
    return Quiet(time(0), time(0), "America/Sao_Paulo")
