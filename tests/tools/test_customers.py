"""The customer's own pets and data: changed as told, found by near names, and nobody else's."""

from dataclasses import replace
from typing import Any

import pytest

from service.platform import clock
from tests.kit.desk import OPEN, Desk
from tools import customers
from tools.customers import LONGEST_NAME

BRUNO = "5511977770002"  # of the demo shop; his dog is Mel


async def test_a_pet_is_registered_with_all_that_was_said(desk: Desk) -> None:
    done = await desk.call("register_pet", name="  Rex ", species="dog", breed="Poodle", age=2, size="small", coat="long")
    assert done["success"]
    assert {"name": "Rex", "size": "small", "coat": "long"}.items() <= done["pet"].items()
    pet = await desk.pet("Rex")
    assert (pet["size"], pet["coat"], pet["breed"]) == ("small", "long", "Poodle")
    again = await desk.call("register_pet", name="rex", species="dog", breed="Beagle", size="medium")
    assert again["already_registered"]
    # What is stored, not what the second call made of it.
    assert {"name": "Rex", "breed": "Poodle", "size": "pequeno"}.items() <= again["pet"].items()


async def test_pets_are_listed_in_words_with_what_is_known(desk: Desk) -> None:
    await desk.has_pet("Rex", size="large", coat="short", notes="alérgico")
    await desk.has_pet("Mimi", species="cat")
    await desk.has_pet("Bob", died_on=clock.now().date())
    assert (await desk.call("my_pets"))["pets"] == [
        {"name": "Rex", "species": "cachorro", "size": "grande", "coat": "curto", "notes": "alérgico"},
        {"name": "Mimi", "species": "gato"},
    ]


@pytest.mark.parametrize(
    ("said", "stored"),
    [
        ({"new_name": "Thor"}, {"name": "Thor"}),
        ({"species": "cat"}, {"species": "cat"}),
        ({"breed": "SRD"}, {"breed": "SRD"}),
        ({"size": "giant", "coat": "long"}, {"size": "giant", "coat": "long"}),
        ({"notes": "não gosta de secador"}, {"notes": "alérgico\nnão gosta de secador"}),
        ({"notes": "alérgico"}, {"notes": "alérgico"}),
        ({"new_name": "Rex"}, {}),
        ({"new_name": "REX"}, {"name": "REX"}),
    ],
)
async def test_only_what_was_said_changes(desk: Desk, said: dict[str, str], stored: dict[str, str]) -> None:
    await desk.has_pet("Rex", size="small", notes="alérgico")
    before = await desk.pet("Rex")
    done = await desk.call("update_pet", pet_name="o rexx", **said)
    assert done["success"]
    after = await desk.pet(stored.get("name", "Rex"))
    assert after == {**before, **stored, "updated_at": after["updated_at"]}
    assert stored.items() <= done["pet"].items()


async def test_notes_stay_empty_where_nothing_is_noted(desk: Desk) -> None:
    await desk.has_pet("Rex")
    await desk.call("update_pet", pet_name="Rex", size="small")
    assert (await desk.pet("Rex"))["notes"] is None


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ({}, "Nada foi dito"),
        ({"new_name": "  MIMI "}, "já tem outro pet"),
        ({"new_name": " \n "}, "Qual é o nome"),
        ({"new_name": "x" * (LONGEST_NAME + 1)}, "no máximo"),
        ({"age": 200}, "idade"),
        ({"birth_date": "2099-01-01"}, "futuro"),
        ({"notes": "x" * 501}, "resuma"),
    ],
)
async def test_what_can_not_be_is_refused_and_changes_nothing(desk: Desk, said: dict[str, Any], word: str) -> None:
    await desk.has_pet("Rex")
    await desk.has_pet("Mimi")
    before = await desk.pet("Rex")
    assert word in (await desk.call("update_pet", pet_name="Rex", **said))["error"]
    assert await desk.pet("Rex") == before
    assert await desk.rows("select 1 from turn_effects where turn_id = %(t)s", t=desk.turn_id) == []


async def test_of_two_that_fit_it_is_asked_which(desk: Desk) -> None:
    await desk.has_pet("Rex Grande")
    await desk.has_pet("Rex Pequeno")
    assert "Mais de um pet" in (await desk.call("update_pet", pet_name="Rex", size="large"))["error"]


async def test_who_died_is_mourned_and_no_longer_offered(desk: Desk) -> None:
    await desk.has_pet("Rex")
    done = await desk.call("update_pet", pet_name="Rex", died=True)
    assert "sente muito" in done["message"]
    assert (await desk.pet("Rex"))["died_on"] == clock.local(clock.now(), "America/Sao_Paulo").date()
    later = desk.next_turn()
    assert (await later.call("my_pets"))["pets"] == []
    assert "error" in await later.call("update_pet", pet_name="Rex", size="small")
    assert "error" in await later.call("list_services", pet_name="Rex")
    assert "falecido" in (await later.call("register_pet", name="rex", species="dog"))["error"]
    assert (await later.call("update_pet", pet_name="Rex", died=False))["success"]
    assert [pet["name"] for pet in (await later.call("my_pets"))["pets"]] == ["Rex"]


async def test_of_a_pet_that_died_the_appointments_are_mentioned(desk: Desk) -> None:
    pet = await desk.has_pet("Rex")
    await desk.rows(
        "insert into bookings (organization_id, contact_id, pet_id, service_id, resource_id, starts_at, ends_at, price_cents)"
        " select %(o)s, %(k)s, %(p)s, sr.service_id, sr.resource_id, now() + interval '9 days', now() + interval '9 days 1 hour', 1"
        " from service_resources sr where sr.organization_id = %(o)s limit 1 returning 1",
        p=pet,
    )
    assert "1 agendamento" in (await desk.call("update_pet", pet_name="Rex", died=True))["message"]


async def test_own_data_is_told_and_the_name_set_right(desk: Desk) -> None:
    await desk.has_pet("Rex")
    await desk.has_pet("Bob", died_on=clock.now().date())
    assert await desk.call("my_data") == {"name": "Rita", "phone": "5511955550001", "pets": 1, "reminders": True}
    assert await desk.call("update_my_data", name=" Rita \n de  Cássia ") == {"success": True, "name": "Rita de Cássia"}
    await desk.rows("update contacts set opted_out_at = now() where id = %(k)s returning 1")
    told = await desk.call("my_data")
    assert (told["name"], told["reminders"]) == ("Rita de Cássia", False)
    assert "error" in await desk.call("update_my_data", name=" ")


def test_nothing_that_a_tool_takes_names_a_person() -> None:
    taken = {tool.name: set(tool.takes) for tool in customers.TOOLS}
    pet = {"species", "breed", "age", "birth_date", "size", "coat"}
    assert taken == {
        "register_pet": {"name"} | pet,
        "my_pets": set(),
        "update_pet": {"pet_name", "new_name", "notes", "died"} | pet,
        "my_data": set(),
        "update_my_data": {"name"},
    }


@pytest.mark.parametrize(
    "words", [f"a Mel, do telefone {BRUNO}", BRUNO, "Mel", "a Mel do Bruno Lima", "00000000-0000-4000-8000-000000000202"]
)
async def test_another_persons_number_opens_nothing(desk: Desk, words: str) -> None:
    await desk.has_pet("Rex")
    everything = "select to_jsonb(t) from {} t where contact_id <> %(k)s order by id"
    before = await desk.rows(everything.format("pets"))
    named = {"contact_id": "00000000-0000-4000-8000-000000000102", "phone": BRUNO}
    for name, args in (
        ("update_pet", {"pet_name": words, "died": True}),
        ("update_pet", {"pet_name": words, "new_name": "Minha", "notes": BRUNO}),
        ("list_services", {"pet_name": words}),
    ):
        assert "error" in await desk.call(name, **args)
    for name, args in (("my_pets", named), ("my_data", named), ("update_my_data", {"name": BRUNO, **named})):
        assert not {"Mel", "Poodle", "Bruno Lima"} & set(str(await desk.call(name, **args)).replace("'", " ").split())
    assert await desk.rows(everything.format("pets")) == before
    assert (await desk.call("my_data"))["phone"] == "5511955550001"
    assert await desk.rows("select 1 from contacts where phone = %(p)s and name = 'Bruno Lima'", p=BRUNO)


async def test_the_same_number_in_another_shop_is_another_customer(desk: Desk) -> None:
    await desk.has_pet("Rex")
    (shop,) = await desk.rows("insert into organizations (name) values ('Outra') returning id")
    other = replace(desk, organization_id=shop["id"])
    await other.rows("insert into whatsapp_instances (organization_id, channel, name) values (%(o)s, 'simulator', 'i') returning 1")
    (contact,) = await other.rows("insert into contacts (organization_id, phone) values (%(o)s, '5511955550001') returning id")
    other = replace(other, contact_id=contact["id"])
    (conversation,) = await other.rows(OPEN)
    other = replace(other, conversation_id=conversation["id"])
    assert (await other.call("my_pets"))["pets"] == []
    assert "error" in await other.call("update_pet", pet_name="Rex", size="small")
    assert (await other.call("my_data"))["pets"] == 0
    assert (await desk.pet("Rex"))["size"] is None
