"""A model that makes things up, through the whole turn: nothing that nobody said is stored, booked or proposed."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from service.platform import clock
from tests.kit.fakes.meta import FakeMeta
from tests.kit.fakes.openai import FakeOpenAI, Step, call, calls
from tests.kit.fakes.server import Fault
from tests.kit.proposing import ZONE, bookings, monday, statuses
from tests.kit.shop import Shop

OWNER = "5511988880001"


async def with_pet(shop: Shop, content: str, name: str = "Rex", species: str = "dog") -> UUID:
    """Let a customer write who has a pet on record."""
    conversation = await shop.receive(content)
    await shop.rows(
        "insert into pets (organization_id, contact_id, name, species) select organization_id, contact_id, %(name)s, %(species)s"
        " from conversations where id = %(c)s returning 1",
        c=conversation, name=name, species=species,
    )  # fmt: skip
    return conversation


async def answered(shop: Shop, openai: FakeOpenAI, conversation: UUID, *steps: Step | Fault | str) -> list[dict[str, Any]]:
    """Let the model do these things, and return what its calls came to."""
    openai.script([*steps, "Certo, e agora?"])
    assert await shop.work(conversation) == 1
    openai.assert_finished()
    return await shop.results()


async def pets(shop: Shop, conversation: UUID) -> list[dict[str, Any]]:
    """Return what is on record of the customer's pets."""
    sql = "select p.name, p.species, p.breed, p.size, p.birth_date from pets p join conversations c using (contact_id) where c.id = %(c)s"
    return [dict(row) for row in await shop.rows(sql, c=conversation)]


async def proposed(shop: Shop) -> list[tuple[str, str, str]]:
    """Return what is open: of each booking the pet, the service and the shop's time."""
    rows = await shop.rows("select items from proposals where status = 'open'")
    return [(i["pet"], i["service"], _local(i["starts_at"])) for row in rows for i in row["items"]]


def _local(instant: str) -> str:
    return f"{clock.local(datetime.fromisoformat(instant), ZONE):%d/%m %H:%M}"


def book(day: date | None = None, hour: str = "10:00", **more: Any) -> Step:
    args = {"pet_name": "Rex", "service_type": "Banho", "preferred_date": (day or monday()).isoformat(), "preferred_time": hour}
    return call("book_appointment", **(args | more))


@pytest.mark.parametrize(
    ("said", "made_up", "why"),
    [
        ("bom dia", {"name": "Buddy", "species": "dog"}, "não disse que tem um pet chamado Buddy"),
        ("bom dia", {"name": "Bom Dia", "species": "dog"}, "pergunte o nome do pet"),
        ("oi, aqui é a Ana, quero um banho", {"name": "Ana", "species": "cat"}, "não disse que tem um pet chamado Ana"),
        ("cadastra o Pipo, meu coelho", {"name": "Pipo", "species": "dog"}, "O cliente disse coelho, não cachorro."),
        ("cadastra o Pipo", {"name": "Pipo", "species": "dog"}, "não disse se é cachorro, gato ou outro bicho"),
    ],
)  # fmt: skip
async def test_no_pet_is_made_up(shop: Shop, openai: FakeOpenAI, meta: FakeMeta, said: str, made_up: dict[str, str], why: str) -> None:
    conversation = await shop.receive(said)
    (told,) = await answered(shop, openai, conversation, call("register_pet", **made_up))
    assert (told["success"], why in told["error"]) == (False, True), told
    assert await pets(shop, conversation) == []
    assert await shop.rows("select 1 from turn_effects") == []


async def test_what_is_made_up_of_a_pet_is_left_out(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    conversation = await shop.receive("cadastra meu cachorro Pipo, ele é pequeno")
    made_up = {"name": "Pipo", "species": "dog", "breed": "Poodle", "age": 3, "size": "small", "coat": "long"}
    (told,) = await answered(shop, openai, conversation, call("register_pet", **made_up))
    assert told["success"] is True
    assert all(f"{name} ficou de fora" in told["left_out"] for name in ("breed", "age", "coat"))
    assert await pets(shop, conversation) == [
        {"name": "Pipo", "species": "dog", "breed": None, "size": "small", "birth_date": None},
    ]  # fmt: skip
    (effect,) = await shop.rows("select args from turn_effects")
    assert effect["args"] == {"name": "Pipo", "species": "dog", "size": "small"}, "the journal has what was carried out"


async def test_no_pet_is_renamed(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    conversation = await with_pet(shop, "o Rex é grande")
    (told,) = await answered(shop, openai, conversation, call("update_pet", pet_name="Rex", new_name="Max", size="large"))
    assert "se chama Max" in told["error"]
    assert [pet["name"] for pet in await pets(shop, conversation)] == ["Rex"]


async def test_no_visit_is_made_up(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    conversation = await with_pet(shop, "quero um banho pro Rex, me avisa se abrir vaga")
    told = await answered(
        shop, openai, conversation,
        call("check_availability", service_type="Banho", preferred_date="amanhã"),
        calls(book(), call("join_waiting_list", service_type="Banho", preferred_date="sexta")),
    )  # fmt: skip
    assert ["não disse o dia: pergunte qual" in result["error"] for result in told] == [True] * 3
    assert await statuses(shop) == []
    assert await shop.rows("select 1 from waiting_list") == []


async def test_the_customers_hour_takes_the_place_of_another(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    conversation = await with_pet(shop, f"banho pro Rex dia {monday():%d/%m} às 10h30?")
    (done,) = await answered(shop, openai, conversation, book(hour="10:00"))
    assert done["awaiting_confirmation"] is True
    assert await proposed(shop) == [("Rex", "Banho", f"{monday():%d/%m} 10:30")]


async def test_what_nobody_asked_of_a_visit_is_left_out(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    conversation = await with_pet(shop, f"banho pro Rex dia {monday():%d/%m} às 10h?")
    more: dict[str, Any] = {"nights": 1, "professional": "Caio", "pickup_zone": "Moema", "repeat_weeks": 4}
    (told,) = await answered(shop, openai, conversation, book(**more))
    assert told["awaiting_confirmation"] is True
    assert "professional ficou de fora: o cliente não pediu ninguém pelo nome." in told["left_out"]
    (row,) = await shop.rows("select items, call from proposals")
    (item,) = row["items"]
    assert (item["asked_for"], item["pickup_zone"], _local(item["ends_at"])) == (False, None, f"{monday():%d/%m} 11:00")
    assert set(row["call"]["args"]) == {"pet_name", "service_type", "preferred_date", "preferred_time"}


async def test_bubbles_are_one_wish(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    conversation = await with_pet(shop, "quero banho")
    for words in ("pro rex", f"dia {monday():%d/%m}", "10h"):
        await shop.receive(words)
    await answered(shop, openai, conversation, book())
    assert await proposed(shop) == [("Rex", "Banho", f"{monday():%d/%m} 10:00")]


async def test_what_was_corrected_is_no_longer_said(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    conversation = await with_pet(shop, f"banho pro Rex dia {monday():%d/%m} às 10h?")
    await answered(shop, openai, conversation, book())
    assert await proposed(shop) == [("Rex", "Banho", f"{monday():%d/%m} 10:00")]
    await shop.receive("não, às 15h")
    *_, done = await answered(shop, openai, conversation, book(hour="10:00"))
    assert done["awaiting_confirmation"] is True
    assert await proposed(shop) == [("Rex", "Banho", f"{monday():%d/%m} 15:00")]


async def test_what_was_offered_may_be_chosen(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    day = monday()
    conversation = await with_pet(shop, f"quero banho pro Rex dia {day:%d/%m} às 8h")
    openai.script([book(hour="08:00"), "Qual você prefere?"])
    assert await shop.work(conversation) == 1
    assert "9h, 9h30" in meta.sends[-1].text, "the shop opens at 9"
    await shop.receive("a segunda opção")
    told = await answered(shop, openai, conversation, book(hour="16:00"), book(hour="09:30"))
    assert "awaiting_confirmation" not in told[-2]
    assert await proposed(shop) == [("Rex", "Banho", f"{day:%d/%m} 09:30")]


async def test_a_retried_turn_does_what_stands_once(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    made_up = call("register_pet", name="Pipo", species="dog", breed="Poodle")
    conversation = await shop.receive("cadastra meu cachorro Pipo")
    openai.script([made_up, Fault(reset="before")])
    assert await shop.work(conversation) == 0
    await shop.rows("update conversations set retry_at = null where id = %(c)s returning 1", c=conversation)
    openai.script([calls(made_up, call("register_pet", name="Pipo", species="dog"))])
    assert await shop.work(conversation) == 1
    assert "Pipo" in meta.sends[-1].text
    assert len(await shop.rows("select 1 from turn_effects")) == 1
    assert len(await pets(shop, conversation)) == 1


async def test_the_owners_period_is_the_owners(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    conversation = await shop.receive("como foi ontem?", phone=OWNER)
    wrong, right = await answered(
        shop, openai, conversation, call("business_summary", period="mês passado"), call("business_summary", period="ontem")
    )
    assert wrong["error"].startswith("O dono não disse mês passado")
    assert right["period"]["start"] == (clock.local(clock.now(), ZONE).date() - timedelta(days=1)).isoformat()


async def test_a_person_is_called_for_in_the_models_own_words(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    conversation = await shop.receive("quero falar com alguém")
    openai.script([call("escalate_to_human", reason="Cliente impaciente com a demora.")])
    await shop.work(conversation)
    (case,) = await shop.rows("select reason from escalations where conversation_id = %(c)s", c=conversation)
    assert case["reason"] == "Cliente impaciente com a demora."
    assert await bookings(shop, conversation) == []
