"""Words that are changed or deleted, before a turn reads them, while it thinks, and after: through the webhooks of both providers."""

import asyncio
from collections.abc import Callable
from typing import Any, Literal

import pytest

from service.agenda.queries import proposals as stored
from tests.kit.cellphone import JID, SHOP, Cellphone
from tests.kit.fakes import evolution
from tests.kit.fakes import meta as wire
from tests.kit.fakes.meta import FakeMeta
from tests.kit.fakes.openai import FakeOpenAI, Step, text
from tests.kit.proposing import book, bookings, monday, proposed, statuses, with_pets
from tests.kit.shop import Shop
from tests.kit.web import PHONE, Web

Provider = Literal["cloud_api", "evolution"]
BOTH: tuple[Provider, ...] = ("cloud_api", "evolution")


class Customer:
    """A customer on one of the providers, whose ids of messages are the test's."""

    def __init__(self, cellphone: Cellphone, meta: FakeMeta, provider: Provider) -> None:
        self.cellphone, self.shop, self.web, self._meta = cellphone, cellphone.shop, cellphone.web, meta
        self._is_cloud = provider == "cloud_api"

    @property
    def got(self) -> list[str]:
        return [sent.text for sent in (self._meta.sends if self._is_cloud else self.cellphone.fake.sends)]

    async def write(self, words: str, id: str) -> None:
        if self._is_cloud:
            await self.web.hook(messages=[wire.text_message(PHONE, words, id=id)])
        else:
            await self.cellphone.post(_upsert(words, id))

    async def edit(self, id: str, words: str) -> None:
        if self._is_cloud:
            content = {"original_message_id": id, "message": {"type": "text", "text": {"body": words}}}
            await self.web.hook(messages=[wire.message(PHONE, "edit", content)])
        else:
            await self.cellphone.edited(id, words)

    async def delete(self, id: str) -> None:
        if self._is_cloud:
            await self.web.hook(messages=[wire.message(PHONE, "revoke", {"original_message_id": id})])
        else:
            await self.cellphone.deleted(id)

    def meanwhile(self, doing: Callable[[], Any]) -> Callable[[], None]:
        """Return what does it from the fake's thread, to its end."""
        loop = asyncio.get_running_loop()
        return lambda: asyncio.run_coroutine_threadsafe(doing(), loop).result(30)


def _upsert(words: str, id: str, **key: Any) -> Any:
    return evolution.webhook_body(evolution.upsert(JID, words, id=id, **key))


@pytest.fixture(params=BOTH)
def customer(cellphone: Cellphone, meta: FakeMeta, request: pytest.FixtureRequest) -> Customer:
    return Customer(cellphone, meta, request.param)


# Small talk, which is sent whatever was said.
HELLO, WHICH = "Olá!", "Qual serviço você gostaria?"


def thinking(*steps: tuple[Callable[[], None], Step]) -> Callable[[Any], Step]:
    """Return the model's answers, each with what happens while it thinks; what comes after is small talk."""
    left = list(steps)

    def answer(_: Any) -> Step:
        if not left:
            return text(WHICH)
        meanwhile, step = left.pop(0)
        meanwhile()
        return step

    return answer


def read(openai: FakeOpenAI) -> list[str]:
    return [m["content"] for m in openai.requests[-1].json["messages"] if m["role"] == "user"]


def said(openai: FakeOpenAI) -> list[str]:
    return [m["content"] for m in openai.requests[-1].json["messages"] if m["role"] == "assistant"]


# While the model thinks


async def test_an_edit_while_the_model_thinks_is_answered_instead(customer: Customer, openai: FakeOpenAI) -> None:
    await customer.write("quero banho sexta", "A1")
    edit = customer.meanwhile(lambda: customer.edit("A1", "quero banho sábado"))
    openai.respond(thinking((edit, text(HELLO))))
    await customer.cellphone.work()
    assert customer.got == [WHICH]
    assert (read(openai), said(openai)) == (["quero banho sábado"], [])
    (row,) = await customer.shop.rows("select content, edited_at is not null as edited from messages where external_id = 'A1'")
    assert tuple(row.values()) == ("quero banho sábado", True)


async def test_a_deed_that_the_words_no_longer_ask_for_is_not_done(customer: Customer, openai: FakeOpenAI) -> None:
    conversation = await with_pets(customer.shop, openai, "Rex")
    named = f"marca banho pro Rex segunda, {monday():%d/%m}, às 10h"
    await customer.write(named, "A1")
    edit = customer.meanwhile(lambda: customer.edit("A1", named.replace("10h", "11h")))
    openai.respond(thinking((edit, book("10:00")), (lambda: None, book("11:00"))))
    await customer.cellphone.work()
    assert await bookings(customer.shop, conversation) == []
    assert await statuses(customer.shop) == ["open"]
    assert "às 11h" in customer.got[-1]


async def test_what_is_deleted_while_the_model_thinks_is_not_answered(customer: Customer, openai: FakeOpenAI) -> None:
    await customer.write("esquece, mandei errado", "A1")
    delete = customer.meanwhile(lambda: customer.delete("A1"))
    openai.respond(thinking((delete, text(HELLO))))
    assert await customer.cellphone.work() == 0
    assert customer.got == []
    await customer.write("tem banho amanhã?", "A2")
    assert await customer.cellphone.work() == 1
    assert (read(openai), said(openai)) == (["tem banho amanhã?"], [])


async def test_what_is_left_of_a_burst_is_answered(customer: Customer, openai: FakeOpenAI) -> None:
    await customer.write("quero banho", "A1")
    await customer.write("e tosa", "A2")
    delete = customer.meanwhile(lambda: customer.delete("A1"))
    openai.respond(thinking((delete, text(HELLO))))
    assert await customer.cellphone.work() == 1
    assert (read(openai), said(openai)) == (["e tosa"], [])
    assert customer.got == [WHICH]


@pytest.mark.parametrize("change", ["deleted", "edited"])
async def test_a_yes_that_is_taken_back_before_the_deed_books_nothing(
    web: Web, shop: Shop, openai: FakeOpenAI, meta: FakeMeta, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    conversation = await proposed(shop, openai)
    accept = stored.accept
    changed: list[Any] = []
    content = {"original_message_id": "wamid.yes"} | ({"message": {"type": "text", "text": {"body": "não"}}} if change == "edited" else {})
    kind = "edit" if change == "edited" else "revoke"

    async def late(*args: Any, **more: Any) -> Any:
        if not changed:
            changed.append(await web.hook(messages=[wire.message(PHONE, kind, content)]))
        return await accept(*args, **more)

    monkeypatch.setattr(stored, "accept", late)
    await web.hook(messages=[wire.text_message(PHONE, "sim", id="wamid.yes")])
    assert await shop.work(conversation) == (1 if change == "edited" else 0)
    assert await bookings(shop, conversation) == []
    assert await statuses(shop) == ["open"]
    if change == "edited":
        assert meta.sends[-1].text.startswith("Responda SIM para confirmar")


# Whose message it is


async def test_an_edit_of_what_is_not_known_yet_waits_for_it(cellphone: Cellphone, openai: FakeOpenAI) -> None:
    await cellphone.edited("A1", "quero banho domingo")
    await cellphone.edited("A1", "quero banho sábado")
    await cellphone.edited("A2", "não")
    assert await cellphone.shop.rows("select 1 from contacts where phone = '551133330002'") == [], "the shop is no customer of its own"
    await cellphone.deleted("A2")
    await cellphone.post(_upsert("quero banho sexta", "A1"))
    await cellphone.post(_upsert("sim", "A2"))
    openai.respond(thinking())
    assert await cellphone.work() == 1
    assert read(openai) == ["quero banho sábado"]


async def test_edits_go_back_and_forth(customer: Customer, openai: FakeOpenAI) -> None:
    await customer.write("sexta", "A1")
    for words in ("sábado", "sexta", "sábado"):
        await customer.edit("A1", words)
    (row,) = await customer.shop.rows("select content from messages where external_id = 'A1'")
    assert row["content"] == "sábado"


async def test_a_deletion_finds_its_message_under_a_lid(cellphone: Cellphone, openai: FakeOpenAI) -> None:
    await cellphone.post(_upsert("sim", "A1"))
    await cellphone.deleted("A1", jid="166270768711694@lid")
    (row,) = await cellphone.shop.rows("select revoked_at is not null as gone from messages where external_id = 'A1'")
    assert row["gone"]
    (contact,) = await cellphone.shop.rows("select phone from contacts where id in (select contact_id from conversations)")
    assert contact["phone"] == PHONE


async def test_nobody_edits_or_deletes_our_words_from_outside(cellphone: Cellphone, openai: FakeOpenAI) -> None:
    openai.script(["O banho custa R$ 70,00."])
    await cellphone.came("quanto custa o banho?")
    (ours,) = cellphone.fake.sends
    await cellphone.edited(ours.id, "O banho custa R$ 1,00.")
    await cellphone.hook("messages.edited", {"key": {"remoteJid": SHOP, "fromMe": True, "id": ours.id}, "type": 0})
    rows = await cellphone.shop.rows("select direction, content, revoked_at from messages order by seq")
    assert [tuple(row.values()) for row in rows] == [("incoming", "quanto custa o banho?", None), ("outgoing", ours.text, None)]
    assert await cellphone.shop.rows("select 1 from early_news") == []


async def test_what_the_shop_deletes_on_its_phone_is_no_longer_said(cellphone: Cellphone, openai: FakeOpenAI) -> None:
    await cellphone.post(_upsert("oi", "A0"))
    openai.script(["Olá!"])
    await cellphone.work()
    await cellphone.post(_upsert("Te dou 50% de desconto", "A1", fromMe=True))
    await cellphone.deleted("A1", from_me=True)
    openai.script(["Quer marcar?"])
    await cellphone.came("e aí?")
    assert not any("desconto" in str(message["content"]) for message in openai.requests[-1].json["messages"])


# After it was answered


async def test_an_answered_message_keeps_its_words_and_the_next_turn_reads_the_edit(customer: Customer, openai: FakeOpenAI) -> None:
    await customer.write("quero banho sexta", "A1")
    openai.respond(thinking())
    await customer.cellphone.work()
    await customer.edit("A1", "quero banho sábado")
    assert await customer.cellphone.work() == 0
    (row,) = await customer.shop.rows("select content from messages where external_id = 'A1'")
    assert row["content"] == "quero banho sexta"
    await customer.write("pro Rex", "A2")
    await customer.cellphone.work()
    assert read(openai) == ["quero banho sexta", "quero banho sábado", "pro Rex"]


async def test_an_emergency_that_an_edit_tells_too_late_pages_a_person(customer: Customer, openai: FakeOpenAI) -> None:
    await customer.write("oi", "A1")
    openai.respond(thinking())
    await customer.cellphone.work()
    await customer.edit("A1", "meu cachorro comeu veneno de rato")
    assert await customer.cellphone.work() == 1
    (alert,) = await customer.shop.rows("select kind from alerts")
    assert alert["kind"] == "emergency"
    assert SHOP not in str(await customer.shop.rows("select address from conversations"))
