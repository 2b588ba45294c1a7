"""What the customer tools change is changed once, and not what the customer has corrected (for every tool: `test_writing_tools`)."""

from typing import Any
from uuid import UUID

from tests.kit.fakes.meta import FakeMeta
from tests.kit.fakes.openai import FakeOpenAI, call, calls, text
from tests.kit.fakes.server import Fault
from tests.kit.meanwhile import thinking, write
from tests.kit.shop import Shop

CHANGES = [
    call("update_pet", pet_name="Rex", size="large", notes="tem medo de secador"),
    call("update_pet", pet_name="Rex", died=True),
    call("update_my_data", name="Ana Maria"),
]


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


async def test_a_retried_turn_changes_once(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    openai.script([calls(*CHANGES), Fault(reset="before")])
    conversation = await with_rex(shop, "o Rex era grande e tem medo de secador, mas morreu ontem. Sou a Ana Maria")
    await shop.work(conversation)
    assert meta.sends == []
    await shop.rows("update pets set notes = notes || ' (a equipe conferiu)' where name = 'Rex' returning 1")
    await shop.rows("update conversations set retry_at = null where id = %(c)s returning 1", c=conversation)

    openai.script([calls(*CHANGES), "Anotado!"])
    await shop.work(conversation)
    (said,) = meta.sends
    assert [said.text.count(what) for what in ("💛", "Ana Maria", "porte grande")] == [1, 1, 1], "each change is told, and once"
    assert await stored(shop, conversation) == {
        "name": "Ana Maria",
        "size": "large",
        "notes": "dócil\ntem medo de secador (a equipe conferiu)",
        "died": True,
    }
    assert len(await shop.rows("select 1 from turn_effects")) == len(CHANGES)


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
