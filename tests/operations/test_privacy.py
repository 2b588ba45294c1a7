"""Who is erased is nowhere: not in any cell of the database, not through a turn that was under way, not through a late delivery."""

import asyncio
import json
import threading
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest
from psycopg import sql

from service.messaging import intake
from service.messaging.channels.base import Delivery, Inbound, InstanceKey
from service.operations import privacy
from service.platform import clock
from service.platform.errors import BadRequest, Conflict, NotFound
from tests.kit.fakes.meta import PHONE_NUMBER_ID, FakeMeta
from tests.kit.fakes.openai import FakeOpenAI, Step, call, text
from tests.kit.shop import Shop

PHONE, DIGITS, NAME, PET, WORD = "5511955557788", "55557788", "Zuleide Quaresma", "Trovoada", "jabuticabeira"
TERMS = (DIGITS, NAME, PET, WORD)
OWNER = "5511988880001"
DEMO, OTHER = "Pet Shop Patinhas", "Outra Loja"

# Every cell of every table that is not Postgres' own, bytes as the text in them.
COLUMNS = """
select n.nspname, c.relname, a.attname, a.atttypid = 'bytea'::regtype as is_bytes,
  exists (select from pg_attribute o where o.attrelid = c.oid and o.attname = 'organization_id') as has_organization
from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped
  and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast', 'supabase_migrations')
order by 1, 2, a.attnum
"""

# Tables that hang on a customer, directly or by what hangs on them.
REFERENCING = """
select distinct conrelid::regclass::text from pg_constraint where contype = 'f'
  and confrelid in ('contacts'::regclass, 'conversations'::regclass, 'messages'::regclass, 'pets'::regclass, 'bookings'::regclass)
"""

BOOKING = """
insert into bookings
  (organization_id, contact_id, pet_id, service_id, resource_id, conversation_id, starts_at, ends_at, status, price_cents, notes)
select k.organization_id, k.id, p.id, s.id, r.id, c.id, %(at)s, %(at)s + interval '1 hour', %(status)s, 7000,
  'Trovoada morde a jabuticabeira'
from conversations c join contacts k on k.id = c.contact_id join pets p on p.contact_id = k.id,
  (select id from services where organization_id = %(organization)s limit 1) s,
  (select id from resources where organization_id = %(organization)s limit 1) r
where c.id = %(conversation)s
"""

EVERYTHING_ELSE = """
insert into aurora_proactive_messages (organization_id, conversation_id, content)
  select organization_id, id, 'Zuleide Quaresma quer jabuticabeira' from conversations where id = %(conversation)s;
insert into aurora_proactive_messages (organization_id, content)
  values (%(organization)s, 'Zuleide Quaresma não vem mais; ligue para (11) 95555-7788.');
insert into dead_letters (organization_id, conversation_id, kind, payload, error_type, error, attempts)
  values (%(organization)s, %(conversation)s, 'turn', '{"said": "jabuticabeira"}', 'E', 'Zuleide Quaresma', 4);
with letter as (
  insert into dead_letters (kind, payload, error_type, error, attempts)
  values ('job', jsonb_build_object('actor_name', 'x', 'args', jsonb_build_array(%(conversation)s::text)), 'E', 'no Zuleide Quaresma', 4)
) insert into alerts (kind, title, body) values ('job_failed', 'Tarefa interna falhou', 'no Zuleide Quaresma');
insert into booking_events (organization_id, booking_id, actor, change)
  select organization_id, id, 'Zuleide Quaresma', '{}' from bookings where conversation_id = %(conversation)s;
insert into proposals (organization_id, conversation_id, contact_id, kind, items, result, call, expires_at)
  select organization_id, id, contact_id, 'book', '[]', '{"ask": "Trovoada, banho?"}', '{}', now() from conversations
  where id = %(conversation)s;
insert into waiting_list (organization_id, conversation_id, contact_id, visit, first_day, last_day)
  select organization_id, id, contact_id, '{"name": "Trovoada"}', '2027-01-01', '2027-01-02' from conversations where id = %(conversation)s;
insert into outreach (organization_id, contact_id, kind, subject_id, occasion, status, reason)
  select organization_id, contact_id, 'reminder', id, '24', 'skipped', 'Zuleide Quaresma' from conversations where id = %(conversation)s;
insert into contact_packages (organization_id, contact_id, pet_id, service_id, name, sessions, price_cents, starts_on, expires_on)
  select p.organization_id, p.contact_id, p.id, (select id from services where organization_id = p.organization_id limit 1),
    'Banhos da Trovoada', 4, 100, '2026-01-01', '2026-02-01'
  from pets p join conversations c on c.contact_id = p.contact_id where c.id = %(conversation)s;
insert into pet_treatments (organization_id, pet_id, kind, name, due_on)
  select p.organization_id, p.id, 'vaccine', 'jabuticabeira', '2027-01-01'
  from pets p join conversations c on c.contact_id = p.contact_id where c.id = %(conversation)s;
insert into media (organization_id, instance_id, message_id, kind, status, transcript)
  select organization_id, instance_id, id, 'audio', 'kept', 'fala da jabuticabeira' from messages
  where conversation_id = %(conversation)s and direction = 'incoming' order by seq limit 1;
update messages set raw = '{"from": "5511955557788", "text": "jabuticabeira"}'
  where conversation_id = %(conversation)s and direction = 'incoming';
update contacts set whatsapp_user_id = 'BR.55557788' where phone = %(phone)s;
insert into contacts (organization_id, whatsapp_user_id, name) values (%(organization)s, '55557788@lid', 'Zuleide Quaresma');
select patas.merge_contacts(c.contact_id, k.id, 'jabuticabeira', 'x') from conversations c, contacts k
  where c.id = %(conversation)s and k.whatsapp_user_id = '55557788@lid'
"""

OTHER_SHOP = """
with shop as (
  insert into organizations (name) values ('Outra Loja') returning id
), k as (
  insert into contacts (organization_id, phone, name) select id, '5511955557788', 'Zuleide Quaresma' from shop returning id, organization_id
), p as (
  insert into pets (organization_id, contact_id, name) select organization_id, id, 'Trovoada' from k
), i as (
  insert into whatsapp_instances (organization_id, channel, name) select id, 'simulator', 'i' from shop returning id, organization_id
), c as (
  insert into conversations (organization_id, instance_id, contact_id, address)
  select k.organization_id, i.id, k.id, '5511955557788' from k, i returning id, organization_id, instance_id
)
insert into messages (organization_id, conversation_id, instance_id, direction, content)
select organization_id, id, instance_id, 'incoming', 'jabuticabeira' from c returning organization_id
"""


def tables_with(shop: Shop, *terms: str, but: UUID | None = None) -> dict[str, int]:
    """How many cells of each table hold one of the terms; rows of the organization `but` are not looked at."""
    found: dict[str, int] = {}
    pattern = "|".join(terms)
    with psycopg.connect(shop.resources.settings.database_url or "", autocommit=True) as conn:
        for schema, table, column, is_bytes, has_organization in conn.execute(COLUMNS).fetchall():
            cell = sql.SQL("encode({}, 'escape')" if is_bytes else "{}::text").format(sql.Identifier(column))
            query = sql.SQL("select count(*) from {} where {} ~* {}").format(sql.Identifier(schema, table), cell, pattern)
            if has_organization and but:
                query += sql.SQL(" and organization_id is distinct from {}").format(but)
            row = conn.execute(query).fetchone()
            if row and row[0]:
                name = table if schema == "public" else f"{schema}.{table}"
                found[name] = found.get(name, 0) + row[0]
    return found


async def erase(shop: Shop, organization: str | None = DEMO) -> str:
    """Do what `patas contact erase --yes` does."""

    def run() -> str:
        settings = shop.resources.settings
        return privacy.erase_contact(settings, privacy.find_contact(settings, "+55 (11) 95555-7788", organization))

    return await asyncio.to_thread(run)


async def fill(shop: Shop, openai: FakeOpenAI) -> tuple[UUID, UUID]:
    """Make a customer with something in every table, known to another shop too; return the conversation, and that shop."""
    openai.script([call("register_pet", name=PET, species="dog"), text(f"{PET} cadastrada!")])
    conversation = await shop.receive(f"cadastra a {PET}, minha cachorra, a da {WORD}", phone=PHONE)
    await shop.rows("update contacts set name = %(name)s where phone = %(phone)s returning 1", name=NAME, phone=PHONE)
    await shop.work(conversation)
    with psycopg.connect(shop.resources.settings.database_url or "", autocommit=True) as conn:
        params = {"organization": shop.organization_id, "conversation": conversation, "phone": PHONE}
        now = clock.now()
        conn.execute(BOOKING, {**params, "at": now - timedelta(days=400), "status": "completed"})
        # Aurora tells the owner who stopped coming, and what she said is asked about.
        openai.script([call("inactive_clients", days=300), text(f"{NAME} sumiu, e {PET} também."), text("Oi!")])
        await shop.say("quem sumiu há 300 dias?", phone=OWNER)
        await shop.say(f"e a {NAME.upper()}?", phone=OWNER)
        conn.execute(BOOKING, {**params, "at": now + timedelta(days=400), "status": "scheduled"})
        openai.script([call("escalate_to_human", reason=f"{NAME} fala da {WORD}")])
        await shop.say(f"quero uma pessoa, é sobre a {WORD}", phone=PHONE)
        for statement in EVERYTHING_ELSE.split(";\n"):
            conn.execute(statement.encode(), params)
        row = conn.execute(OTHER_SHOP).fetchone()
        assert row
        return conversation, row[0]


async def test_no_cell_of_the_database_holds_who_was_erased(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    _, other = await fill(shop, openai)
    before = tables_with(shop, *TERMS, but=other)
    referencing = {row["conrelid"] for row in await shop.rows(REFERENCING)}
    threads = {f"checkpoints.{name}" for name in ("checkpoints", "checkpoint_blobs", "checkpoint_writes")}
    assert referencing | threads - {"checkpoints.checkpoints"} <= set(before), "a new table is to be filled here, exported and erased"
    elsewhere = tables_with(shop, *TERMS)
    visits = await shop.rows("select status, price_cents, service_id, resource_id from bookings where notes is not null order by starts_at")

    with pytest.raises(BadRequest, match=f"--organization: {OTHER} .*, {DEMO} .*"):
        await erase(shop, None)
    assert "pets 1. Bookings cancelled: 1; kept as figures without a person: 2." in await erase(shop)

    assert tables_with(shop, *TERMS, but=other) == {}
    assert tables_with(shop, *TERMS) == {table: n - before.get(table, 0) for table, n in elsewhere.items() if n > before.get(table, 0)}
    assert visits[1]["status"] == "scheduled"
    visits[1]["status"] = "cancelled"
    nobodys = "from bookings b join contacts k on k.id = b.contact_id where k.identity is null"
    assert await shop.rows(f"select status, price_cents, service_id, resource_id {nobodys} order by starts_at") == visits
    assert (
        len(await shop.rows(f"select 1 {nobodys} and b.pet_id is null and b.conversation_id is null and k.opted_out_at is not null")) == 2
    )
    with pytest.raises(NotFound):
        await erase(shop)


async def test_aurora_goes_on_with_those_who_are_left(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    await fill(shop, openai)
    await erase(shop)
    openai.script([call("inactive_clients", days=1, limit=50), text("Ninguém.")])
    await shop.say("quem sumiu há mais de um dia?", phone=OWNER)
    (result,) = [m["content"] for m in openai.requests[-1].json["messages"] if m["role"] == "tool"]
    assert all(client["phone"] for client in json.loads(result)["clients"])
    told = json.dumps(openai.requests[-1].json["messages"], ensure_ascii=False)
    assert privacy.INSTEAD in told
    assert NAME not in told


async def test_who_writes_after_the_erasure_is_a_new_customer(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    await fill(shop, openai)
    await erase(shop)
    openai.script(["Olá! Como se chama o seu pet?"])
    conversation = await shop.say("oi", phone=PHONE)
    (contact,) = await shop.rows(
        "select name, opted_out_at from contacts k join conversations c on c.contact_id = k.id where c.id = %(c)s", c=conversation
    )
    assert contact == {"name": "Ana", "opted_out_at": None}
    assert PET not in json.dumps(openai.requests[-1].json, ensure_ascii=False)


async def test_a_late_delivery_of_an_old_message_stores_nothing(shop: Shop, openai: FakeOpenAI) -> None:
    openai.script(["Que árvore!"])
    await shop.say(f"tenho uma {WORD}", phone=PHONE, external_id="wamid.again")
    await erase(shop, None)
    again = Inbound("wamid.again", PHONE, None, PHONE, NAME, "text", f"tenho uma {WORD}", clock.now())
    delivery = Delivery(InstanceKey("cloud_api", PHONE_NUMBER_ID), (again,))
    assert await intake.receive(shop.resources.db, [delivery], settings=shop.resources.settings, correlation_id=None) == []
    assert tables_with(shop, *TERMS) == {}


Gate = tuple[threading.Event, threading.Event]


def gated(openai: FakeOpenAI, *steps: Step, at: int = 0) -> Gate:
    """Stop the model at its answer number `at` until it may go on; return two events: it thinks, it may go on."""
    thinks, goes_on = threading.Event(), threading.Event()
    left = list(enumerate(steps))

    def answer(_: Any) -> Step:
        number, step = left.pop(0)
        if number == at:
            thinks.set()
            assert goes_on.wait(30)
        return step

    openai.respond(answer)
    return thinks, goes_on


@pytest.mark.parametrize(
    ("steps", "at"),
    [
        ((text(f"A {WORD} dá fruta, {NAME}!"),), 0),
        ((call("register_pet", name=PET, species="dog"), text("Feito!")), 0),
        ((call("register_pet", name=PET, species="dog"), text(f"{PET} cadastrada!")), 1),
        ((call("escalate_to_human", reason=WORD),), 0),
        ((Step(text=None),), 0),
    ],
    ids=["answer", "deed", "answer after a deed", "person", "failure"],
)
async def test_a_turn_under_way_writes_nothing_back(
    shop: Shop, openai: FakeOpenAI, meta: FakeMeta, steps: tuple[Step, ...], at: int
) -> None:
    conversation = await shop.receive(f"conhece a {WORD}? E a {PET}, minha cachorra?", phone=PHONE)
    thinks, goes_on = gated(openai, *steps, at=at)
    turn = asyncio.create_task(shop.work(conversation))
    assert await asyncio.to_thread(thinks.wait, 30)
    await erase(shop, None)
    assert tables_with(shop, *TERMS) == {}
    goes_on.set()
    assert await turn == 0
    assert tables_with(shop, *TERMS) == {}
    assert meta.sends == []
    assert await shop.rows("select 1 from dead_letters union all select 1 from alerts") == []


async def until_waiting(shop: Shop, *tasks: asyncio.Task[Any]) -> None:
    """Until as many transactions wait for a lock as there are tasks."""
    waiting = "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
    while len(await shop.rows(waiting)) < len(tasks):
        assert not any(task.done() for task in tasks)


HOLD = "select 1 from conversations where id = %s for share"


async def test_a_checkpoint_under_way_is_waited_for_and_erased(shop: Shop) -> None:
    """A turn's fence holds its conversation, and what it has written is not committed when the erasure begins."""
    conversation = await shop.receive(f"conhece a {WORD}?", phone=PHONE)
    blob = "insert into checkpoints.checkpoint_blobs (thread_id, channel, version, type, blob) values (%s, 'messages', '1', 'json', %s)"
    with psycopg.connect(shop.resources.settings.database_url or "") as turn:
        turn.execute(HOLD, [conversation])
        turn.execute(blob, [str(conversation), WORD.encode()])
        erasure = asyncio.create_task(erase(shop))
        await until_waiting(shop, erasure)
        turn.commit()
        await erasure
    assert tables_with(shop, *TERMS) == {}


async def test_who_writes_during_the_erasure_is_a_new_customer(shop: Shop) -> None:
    conversation = await shop.receive(f"conhece a {WORD}?", phone=PHONE)
    with psycopg.connect(shop.resources.settings.database_url or "") as turn:
        turn.execute(HOLD, [conversation])
        erasure = asyncio.create_task(erase(shop))
        await until_waiting(shop, erasure)
        message = asyncio.create_task(shop.receive("oi", phone=PHONE))
        await until_waiting(shop, erasure, message)
        turn.commit()
        await erasure
    of_new = "select k.phone from contacts k join conversations c on c.contact_id = k.id where c.id = %(c)s"
    assert await shop.rows(of_new, c=await message) == [{"phone": PHONE}]
    assert len(await shop.rows("select 1 from messages")) == 1


async def test_what_aurora_is_about_to_say_is_thought_again(
    open_shop: Callable[..., Awaitable[Shop]], openai: FakeOpenAI, meta: FakeMeta
) -> None:
    shop = await open_shop()
    _, other = await fill(shop, openai)
    sent = len(meta.sends)
    question = await shop.receive("quem sumiu há 300 dias?", phone=OWNER)
    steps = (call("inactive_clients", days=300), text(f"{NAME} sumiu."), call("inactive_clients", days=300), text("Ninguém sumiu."))
    thinks, goes_on = gated(openai, *steps, at=1)
    turn = asyncio.create_task(shop.work(question))
    assert await asyncio.to_thread(thinks.wait, 30)
    await erase(shop)
    goes_on.set()
    assert await turn == 1
    (said,) = [m.text for m in meta.sends[sent:]]
    assert said.startswith("Ninguém está sem voltar")
    assert tables_with(shop, *TERMS, but=other) == {}


async def test_an_owners_number_is_the_shops(shop: Shop, openai: FakeOpenAI) -> None:
    openai.script(["Oi!"])
    await shop.say("oi", phone=OWNER)
    settings = shop.resources.settings
    owner = await asyncio.to_thread(privacy.find_contact, settings, OWNER, None)
    with pytest.raises(Conflict, match="owner's number"):
        await asyncio.to_thread(privacy.erase_contact, settings, owner)
    await shop.rows("update aurora_owner_numbers set is_active = false where phone = %(phone)s returning 1", phone=OWNER)
    owner = await asyncio.to_thread(privacy.find_contact, settings, OWNER, None)
    await asyncio.to_thread(privacy.erase_contact, settings, owner)
    assert tables_with(shop, OWNER[-8:]) == {}


async def test_export_has_everything_of_this_shop_and_nothing_of_the_others(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    conversation, other = await fill(shop, openai)
    await shop.rows("update whatsapp_instances set access_token = 'hush' returning 1")
    settings = shop.resources.settings
    document = await asyncio.to_thread(privacy.export_contact, settings, "011 95555-7788", str(shop.organization_id))
    exported = json.loads(document)
    referencing = {row["conrelid"] for row in await shop.rows(REFERENCING)}
    assert all(exported[table] for table in referencing | {"contacts"}), "a new table is to be exported"
    assert exported["contacts"][0]["phone"] == PHONE
    assert [pet["name"] for pet in exported["pets"]] == [PET]
    assert [letter["kind"] for letter in exported["dead_letters"]] == ["turn", "job"]
    assert WORD in json.dumps(exported["checkpoints"][str(conversation)], ensure_ascii=False)
    assert str(other) not in document
    assert "hush" not in document


@pytest.mark.parametrize(
    ("text", "names_the_person"),
    [
        ("liga pra Zuleide Quaresma hoje", True), ("ZULEIDE QUARESMA", True), ('["Zuleide Quaresma"]', True), ("(11) 95555-7788", True),
        ("5511955557788", True), ("5555 7788", True), ("Zuleide Quaresmal", False), ("Zuleide", False), ("5555-7789", False), ("Jô", False),
    ],
)  # fmt: skip
async def test_what_counts_as_a_mention(shop: Shop, text: str, names_the_person: bool) -> None:
    pattern = privacy.mention([NAME, "Jô", 'A. (B) "C"'], [PHONE])
    (row,) = await shop.rows("select %(text)s ~* %(pattern)s as found", text=text, pattern=pattern)
    assert row["found"] is names_the_person
