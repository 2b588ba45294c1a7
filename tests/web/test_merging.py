"""A person of the shop says who is one customer and who is not, and takes it back."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from service.platform import auth
from tests.conftest import DEMO_SHOP
from tests.kit.identities import LID, PHONE, Customers
from tests.kit.phones import Number
from tests.kit.shop import Shop
from tests.kit.web import Web

BY_LID: dict[str, Any] = {"lid": LID}
BY_PHONE: dict[str, Any] = {"phone": PHONE}


@pytest.fixture
async def customers(web: Web, shop: Shop, open_number: Callable[..., Number]) -> Customers:
    open_number("evolution")
    return Customers(shop, web.db)


async def two(customers: Customers, *pets: str) -> tuple[Any, Any]:
    """Let two customers write; each has a pet and all else, under these names."""
    ids = [await customers.writes("evolution", **names) for names in (BY_PHONE, BY_LID)]
    for id, pet in zip(ids, pets or ("Nina", "Tobias"), strict=True):
        await customers.furnish(id, pet)
    by_phone, by_lid = [await customers.of(id) for id in ids]
    return by_phone["contact_id"], by_lid["contact_id"]


async def pets_of(customers: Customers, contact: Any) -> set[str]:
    return {row["name"] for row in await customers.shop.rows("select name from pets where contact_id = %(c)s", c=contact)}


async def test_two_are_made_one_and_two_again(web: Web, customers: Customers) -> None:
    stays, goes = await two(customers)
    before = await customers.standing()
    response = await web.call("POST", f"/api/contacts/{stays}/merge", json={"contact_id": str(goes)})
    assert response.status_code == 201, response.text
    made = response.json()
    assert (made["status"], made["reason"], made["actor"], made["survivor"]["id"]) == ("merged", "by_hand", "operator", str(stays))
    assert (made["survivor"]["phone"], made["absorbed"]["phone"]) == (PHONE, LID)
    assert {"Nina", "Tobias"} <= await pets_of(customers, stays)
    later = await customers.of(await customers.writes("evolution", **BY_LID))
    assert later["contact_id"] == stays
    response = await web.call("POST", f"/api/contact-merges/{made['id']}/undo")
    assert (response.status_code, response.json()["status"], response.json()["settled_by"]) == (200, "undone", "operator")
    after = await customers.standing()
    assert {place: {id: after[place][id] for id in rows} for place, rows in before.items()} == before
    messages = [id for id in after["messages.conversation_id"] if id not in before["messages.conversation_id"]]
    assert [after["messages.conversation_id"][id] for id in messages] == [later["conversation_id"]], "what came since stays"
    response = await web.call("POST", f"/api/contact-merges/{made['id']}/undo")
    assert (response.status_code, "não está em vigor" in response.json()["error"]) == (409, True)


async def test_what_the_machine_merged_a_person_can_take_back(web: Web, customers: Customers) -> None:
    await two(customers)
    await customers.writes("evolution", **BY_LID, **BY_PHONE)
    (found,) = (await web.call("GET", f"/api/organizations/{DEMO_SHOP}/contact-merges", params={"status": "merged"})).json()
    assert (found["reason"], found["actor"]) == ("named_together", "evolution")
    assert (await web.call("POST", f"/api/contact-merges/{found['id']}/undo")).status_code == 200


@pytest.mark.parametrize("pets", ["one", "two"])
async def test_of_pets_of_one_name_a_person_says_whether_they_are_one(web: Web, customers: Customers, pets: str) -> None:
    stays, goes = await two(customers, "Faísca", "faísca ")
    before = await customers.standing()
    pointing = "select count(*)::int as n from bookings b join pets p on p.id = b.pet_id where p.contact_id = %(c)s and p.name = 'Faísca'"
    response = await web.call("POST", f"/api/contacts/{stays}/merge", json={"contact_id": str(goes)})
    assert (response.status_code, "mesmo nome" in response.json()["error"]) == (409, True)
    assert await customers.standing() == before
    response = await web.call("POST", f"/api/contacts/{stays}/merge", json={"contact_id": str(goes), "pets": pets})
    assert response.status_code == 201, response.text
    names = await pets_of(customers, stays)
    assert ("Faísca" in names, "faísca (2)" in names) == (True, pets == "two")
    assert await customers.shop.rows(pointing, c=stays) == [{"n": 2 if pets == "one" else 1}]
    assert (await web.call("POST", f"/api/contact-merges/{response.json()['id']}/undo")).status_code == 200
    assert await customers.standing() == before
    assert await pets_of(customers, goes) == {"faísca "}


async def test_a_pet_that_would_be_in_two_places_is_no_one(web: Web, customers: Customers) -> None:
    stays, goes = await two(customers, "Faísca", "Faísca")
    await customers.shop.rows(
        "update bookings b set status = 'scheduled', starts_at = now() + interval '300 days', ends_at = now() + interval '300 days 1 hour',"
        " resource_id = (select id from resources where organization_id = b.organization_id order by id offset (b.contact_id = %(c)s)::int"
        " limit 1) where b.contact_id = any(%(both)s) and b.pet_id in (select id from pets where name = 'Faísca') returning 1",
        c=goes, both=[stays, goes],
    )  # fmt: skip
    response = await web.call("POST", f"/api/contacts/{stays}/merge", json={"contact_id": str(goes), "pets": "one"})
    assert (response.status_code, "mesmo horário" in response.json()["error"]) == (409, True), response.text
    assert await customers.merges() == []


async def test_what_is_asked_is_answered_and_not_asked_again(web: Web, customers: Customers) -> None:
    stays, goes = await two(customers, "Faísca", "Faísca")
    await customers.writes("evolution", **BY_LID, **BY_PHONE)
    address = f"/api/organizations/{DEMO_SHOP}/contact-merges"
    (asked,) = (await web.call("GET", address, params={"status": "asked"})).json()
    assert (asked["survivor"]["id"], asked["absorbed"]["id"], asked["reason"]) == (str(stays), str(goes), "same_pet")
    for status in (200, 409):
        assert (await web.call("POST", f"/api/contact-merges/{asked['id']}/refuse")).status_code == status
    assert await customers.shop.rows("select 1 from alerts where kind = 'identity' and seen_at is null") == []
    await customers.writes("evolution", **BY_LID, **BY_PHONE)
    assert (await web.call("GET", address, params={"status": "asked"})).json() == []
    assert len(await customers.shop.rows("select 1 from alerts where kind = 'identity'")) == 1


async def test_the_answer_yes_is_a_merge(web: Web, customers: Customers) -> None:
    stays, goes = await two(customers, "Faísca", "Faísca")
    await customers.writes("evolution", **BY_LID, **BY_PHONE)
    response = await web.call("POST", f"/api/contacts/{stays}/merge", json={"contact_id": str(goes), "pets": "one"})
    assert response.status_code == 201
    assert await customers.merges("asked") == []
    assert await customers.shop.rows("select 1 from alerts where kind = 'identity' and seen_at is null") == []


async def test_the_names_are_shown(web: Web, customers: Customers) -> None:
    stays, goes = await two(customers)
    await web.call("POST", f"/api/contacts/{stays}/merge", json={"contact_id": str(goes)})
    found = (await web.call("GET", f"/api/contacts/{stays}/identities")).json()
    assert {(one["kind"], one["value"], one["on"]) for one in found} == {("phone", PHONE, None), ("lid", LID, "Celular")}


async def test_what_can_not_be_merged_is_said(web: Web, customers: Customers) -> None:
    stays, goes = await two(customers)
    path = f"/api/contacts/{stays}/merge"
    assert (await web.call("POST", path, json={"contact_id": str(stays)})).status_code == 409
    assert (await web.call("POST", path, json={"contact_id": str(uuid4())})).status_code == 404
    assert (await web.call("POST", path, json={"contact_id": str(goes), "pets": "three"})).status_code == 422
    assert (await web.call("POST", path, json={"contact_id": str(goes)})).status_code == 201
    response = await web.call("POST", path, json={"contact_id": str(goes)})
    assert (response.status_code, "já foi juntado" in response.json()["error"]) == (409, True)


async def test_a_chain_is_undone_from_its_end(web: Web, customers: Customers) -> None:
    stays, goes = await two(customers)
    third = (await customers.of(await customers.writes("evolution", phone="5511955550003")))["contact_id"]
    first = (await web.call("POST", f"/api/contacts/{stays}/merge", json={"contact_id": str(goes)})).json()
    second = (await web.call("POST", f"/api/contacts/{third}/merge", json={"contact_id": str(stays)})).json()
    assert (await customers.of(await customers.writes("evolution", **BY_LID)))["contact_id"] == third
    assert (await web.call("POST", f"/api/contact-merges/{first['id']}/undo")).status_code == 409
    for merge in (second, first):
        assert (await web.call("POST", f"/api/contact-merges/{merge['id']}/undo")).status_code == 200
    assert (await customers.of(await customers.writes("evolution", **BY_LID)))["contact_id"] == goes


async def test_another_shops_customer_is_nobody_and_a_token_that_looks_does_not_act(web: Web, customers: Customers) -> None:
    stays, goes = await two(customers)
    (other,) = await web.rows(
        "with o as (insert into organizations (name) values ('Outra') returning id)"
        " insert into contacts (organization_id, phone) select id, '5511911112222' from o returning id"
    )
    response = await web.call("POST", f"/api/contacts/{stays}/merge", json={"contact_id": str(other["id"])})
    assert response.status_code == 404
    token = auth.new_token()
    await web.rows(
        "insert into api_tokens (organization_id, name, scope, digest) values (%(o)s, 'TV', 'read', %(d)s) returning 1",
        o=DEMO_SHOP, d=auth.digest_of(token),
    )  # fmt: skip
    assert (await web.call("POST", f"/api/contacts/{stays}/merge", token, json={"contact_id": str(goes)})).status_code == 403
    assert (await web.call("GET", f"/api/contacts/{stays}/identities", token)).status_code == 200


async def test_a_number_that_was_passed_on_is_whoever_has_it_now(web: Web, customers: Customers) -> None:
    """The answer that they are two: nothing goes to that number any more for the customer who had it."""
    had = await customers.of(await customers.writes("cloud_api", phone=PHONE, bsuid="BR.111"))
    has = await customers.of(await customers.writes("cloud_api", phone=PHONE, bsuid="BR.222"))
    (asked,) = (await web.call("GET", f"/api/organizations/{DEMO_SHOP}/contact-merges", params={"status": "asked"})).json()
    response = await web.call("POST", f"/api/contact-merges/{asked['id']}/refuse")
    assert (response.status_code, response.json()["status"]) == (200, "refused")
    by_number = await customers.of(await customers.writes("cloud_api", phone=PHONE))
    assert (by_number["contact_id"], by_number["phone_key"]) == (has["contact_id"], PHONE)
    (before,) = await customers.shop.rows(
        "select k.phone_key, c.address from contacts k join conversations c on c.contact_id = k.id where k.id = %(k)s", k=had["contact_id"]
    )
    assert tuple(before.values()) == (None, "")
    assert (await customers.of(await customers.writes("cloud_api", bsuid="BR.111")))["contact_id"] == had["contact_id"]
    await customers.writes("cloud_api", phone=PHONE, bsuid="BR.222")
    assert await customers.merges("asked") == []
