"""What the customer tools change is changed once, and not what the customer has corrected (for every tool: `test_writing_tools`)."""

from typing import Any
from uuid import UUID

import pytest

from tests.kit.fakes.meta import FakeMeta
from tests.kit.fakes.openai import FakeOpenAI, Step, call, calls, text
from tests.kit.fakes.server import Fault
from tests.kit.meanwhile import thinking, write
from tests.kit.shop import Shop

CHANGES = [call("update_pet", pet_name="Rex", size="large", notes="tem medo de secador"), call("update_my_data", name="Ana Maria")]
DEATH = [call("update_pet", pet_name="Rex", died=True)]


async def with_rex(shop: Shop, content: str) -> UUID:
    conversation = await shop.receive(content)
    await shop.rows(
        "insert into pets (organization_id, contact_id, name, notes) select organization_id, contact_id, 'Rex', 'dócil' from conversations"
        " where id = %(c)s returning 1",
        c=conversation,
    )
    return conversation


async def stored(shop: Shop, conversation: UUID) -> Any:
    (row,) = await shop.rows(
        "select k.name, p.size, p.notes, p.died_on is not null as died from conversations c join contacts k on k.id = c.contact_id"
        " join pets p on p.contact_id = k.id where c.id = %(c)s",
        c=conversation,
    )
    return row


@pytest.mark.parametrize(
    ("said", "changes", "told", "left"),
    [
        (
            "o Rex é grande e tem medo de secador. Sou a Ana Maria", CHANGES, ("Ana Maria", "porte grande"),
            {"name": "Ana Maria", "size": "large", "notes": "dócil\ntem medo de secador (a equipe conferiu)", "died": False},
        ),
        ("o Rex morreu ontem", DEATH, ("💛",), {"name": None, "size": None, "notes": "dócil (a equipe conferiu)", "died": True}),
    ],
)  # fmt: skip
async def test_a_retried_turn_changes_once(
    shop: Shop, openai: FakeOpenAI, meta: FakeMeta, said: str, changes: list[Step], told: tuple[str, ...], left: dict[str, Any]
) -> None:
    openai.script([calls(*changes), Fault(reset="before")])
    conversation = await with_rex(shop, said)
    await shop.work(conversation)
    assert meta.sends == []
    await shop.rows("update pets set notes = notes || ' (a equipe conferiu)' where name = 'Rex' returning 1")
    await shop.rows("update conversations set retry_at = null where id = %(c)s returning 1", c=conversation)

    openai.script([calls(*changes), "Anotado!"])
    await shop.work(conversation)
    (sent,) = meta.sends
    assert [sent.text.count(what) for what in told] == [1] * len(told), "each change is told, and once"
    stands = await stored(shop, conversation)
    assert stands == left | {"name": left["name"] or stands["name"]}
    assert len(await shop.rows("select 1 from turn_effects")) == len(changes)


async def test_a_correction_stops_what_was_about_to_be_changed(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    conversation = await with_rex(shop, "o Rex é grande")
    openai.respond(
        thinking(
            (lambda: write(shop, conversation, "não, é pequeno"), call("update_pet", pet_name="Rex", size="large")),
            (None, call("update_pet", pet_name="Rex", size="small")),
            (None, text("Pequeno, anotado!")),
        )
    )
    await shop.work(conversation)
    assert (await stored(shop, conversation))["size"] == "small"
    assert len(await shop.rows("select 1 from turn_effects")) == 1


async def test_a_pet_that_died_is_not_booked(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    conversation = await with_rex(shop, "oi")
    await shop.rows("update pets set died_on = current_date where name = 'Rex' returning 1")
    booking = call("book_appointment", pet_name="Rex", service_type="Banho", preferred_date="segunda", preferred_time="10:00")
    openai.script([booking, "Qual pet?"])
    await shop.work(conversation)
    assert await shop.rows("select 1 from bookings where conversation_id = %(c)s", c=conversation) == []


async def test_how_one_pays_is_told_without_a_function_and_may_be_said(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    await shop.rows("update organization_settings set payment_methods = 'Pix, com 5%% de desconto, e cartão em até 3x.' returning 1")
    openai.script(["Aceitamos Pix, com 5% de desconto, e cartão em até 3x."])
    await shop.say("aceita pix?")
    assert "Pagamento: Pix, com 5% de desconto, e cartão em até 3x." in openai.requests[0].json["messages"][0]["content"]
    assert [s.text.partition(": ")[2] for s in meta.sends] == ["Pix, com 5% de desconto, e cartão em até 3x."]
