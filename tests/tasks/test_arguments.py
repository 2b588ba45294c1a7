"""Whatever a model passes to a tool, the turn goes on: a refusal to the model, never a failure, and never another price."""

from typing import Any

import pytest

from tests.kit.fakes.openai import FakeOpenAI, call
from tests.kit.proposing import monday, with_pets
from tests.kit.shop import Shop

ODD: tuple[dict[str, Any], ...] = (
    {"nights": -1}, {"nights": 10**9}, {"nights": 5000}, {"nights": None}, {"nights": "dois"}, {"nights": 1.5},
    {"repeat_weeks": 500_000}, {"repeat_weeks": -5},
    {"preferred_date": "9999-12-31"}, {"preferred_date": "0001-01-01"}, {"preferred_date": "2999-12-31"}, {"preferred_date": ""},
    {"preferred_date": None}, {"preferred_date": "🐶"}, {"preferred_date": "\0"},
    {"preferred_time": "às 25h"}, {"preferred_time": ""}, {"preferred_time": 10}, {"preferred_time": "\0"},
    {"pet_name": "x" * 5000}, {"pet_name": "   "}, {"pet_name": "Re\0x"}, {"pet_name": "\ud83d"},
    {"service_type": ""}, {"service_type": "'; drop table bookings;--"}, {"service_type": "\ud83d"}, {"professional": "\0"},
)  # fmt: skip


def results(openai: FakeOpenAI) -> list[str]:
    return [str(message["content"]) for message in openai.requests[-1].json["messages"] if message["role"] == "tool"]


@pytest.mark.parametrize("tool", ["book_appointment", "check_availability", "join_waiting_list"])
async def test_odd_arguments_fail_no_turn_and_change_no_price(shop: Shop, openai: FakeOpenAI, tool: str) -> None:
    conversation = await with_pets(shop, openai, "Rex")
    openai.script(["Para quando?"])
    await shop.say(f"quero banho pro Rex dia {monday():%d/%m} às 10h")
    usual = {"pet_name": "Rex", "service_type": "Banho", "preferred_date": monday().isoformat(), "preferred_time": "10:00"}
    for n, odd in enumerate(ODD):
        openai.script([call(tool, **(usual | odd)), f"Certo{'!' * n} Qual horário você prefere?"])
        await shop.say(f"tem vaga {n}? me avisa se abrir")
        (row,) = await shop.rows("select turn_failures, status from conversations where id = %(c)s", c=conversation)
        assert (row["turn_failures"], row["status"]) == (0, "active"), odd
    assert {row["price_cents"] for row in await shop.rows("select (items -> 0 ->> 'price_cents')::int as price_cents from proposals")} <= {
        7000
    }


async def test_odd_arguments_of_the_other_tools(shop: Shop, openai: FakeOpenAI) -> None:
    conversation = await with_pets(shop, openai, "Rex")
    openai.script(
        [call("book_appointment", pet_name="Rex", service_type="Banho", preferred_date=monday().isoformat(), preferred_time="10h"), "Ok."]
    )
    await shop.say(f"marca banho pro Rex segunda, {monday():%d/%m}, às 10h")
    odd: tuple[tuple[str, dict[str, Any]], ...] = (
        ("reschedule_appointment", {"new_date": "9999-12-31"}), ("reschedule_appointment", {"new_date": "0001-01-01"}),
        ("reschedule_appointment", {"new_date": monday().isoformat(), "new_time": "\0"}), ("cancel_appointment", {"service_type": "\0"}),
        ("cancel_appointment", {"pet_name": "x" * 5000}), ("register_pet", {"name": "B\0ob", "species": "dog"}),
        ("register_pet", {"name": "\ud83d", "species": "dog"}), ("search_knowledge", {"query": "\0"}),
    )  # fmt: skip
    for n, (tool, arguments) in enumerate(odd):
        openai.script([call(tool, **arguments), f"Certo,\0 qual horário você prefere{'?' * n}"])
        await shop.say(f"e então {n}? Quero remarcar. Preciso cancelar!")
        (row,) = await shop.rows("select turn_failures, status from conversations where id = %(c)s", c=conversation)
        assert (row["turn_failures"], row["status"]) == (0, "active"), (tool, arguments)


@pytest.mark.parametrize("more", [{"nights": 2}, {"repeat_weeks": 0}, {"nights": 1, "repeat_weeks": 1}])
async def test_what_does_not_belong_to_a_service_changes_nothing(shop: Shop, openai: FakeOpenAI, more: dict[str, Any]) -> None:
    await with_pets(shop, openai, "Rex")
    day = monday().isoformat()
    at_ten = call("book_appointment", pet_name="Rex", service_type="Banho", preferred_date=day, preferred_time=f"{day}T10:00:00", **more)
    openai.script([at_ten, "Confere?"])
    await shop.say(f"tem banho pro Rex dia {monday():%d/%m} às 10h?")
    assert "às 10h, R$ 70,00. Posso confirmar?" in results(openai)[-1]


async def test_nights_of_a_day_care_are_asked_for_day_by_day(shop: Shop, openai: FakeOpenAI) -> None:
    await with_pets(shop, openai, "Rex")
    await shop.rows("with s as (update services set unit = 'day' where name = 'Banho' returning 1) select 1 from s")
    openai.script(
        [call("book_appointment", pet_name="Rex", service_type="Banho", preferred_date=monday().isoformat(), nights=3), "Certo, qual dia?"]
    )
    await shop.say(f"quero banho para o Rex por três dias, desde {monday():%d/%m}")
    assert "um dia de cada vez" in results(openai)[-1]
