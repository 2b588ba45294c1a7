"""What comes over the wire, from the webhook to the answer: the cases of kit/data/wire, and what is written to something else."""

import json
import time
from pathlib import Path
from typing import Any

import pytest

from service.language import emergency
from tests.kit.cellphone import Cellphone
from tests.kit.fakes import meta as wire
from tests.kit.fakes.meta import FakeMeta
from tests.kit.fakes.openai import FakeOpenAI, text
from tests.kit.fakes.server import Fault
from tests.kit.proposing import bookings, proposed
from tests.kit.shop import Shop
from tests.kit.web import PHONE, Web

CASES = Path(__file__).parents[1] / "kit" / "data" / "wire"


def case(name: str, **values: str) -> list[Any]:
    """Return the bodies of a case, with the instant of now and what else it leaves open."""
    written = (CASES / f"{name}.json").read_text().replace('"NOW"', str(int(time.time())))
    for placeholder, value in values.items():
        written = written.replace(f"<{placeholder}>", value)
    bodies: list[Any] = json.loads(written)["bodies"]
    return bodies


# Small talk, which is sent whatever was said.
ANSWER = "Qual serviço você gostaria?"


def read(openai: FakeOpenAI) -> list[str]:
    """Return what the model was shown of the customer's words."""
    return [m["content"] for m in openai.requests[-1].json["messages"] if m["role"] == "user"]


async def came(web: Web, shop: Shop, *messages: dict[str, Any]) -> int:
    assert (await web.hook(messages=list(messages))).status_code == 200
    (row,) = await shop.rows("select id from conversations where status <> 'closed'")
    return await shop.work(row["id"])


# Albums


async def test_an_album_is_one_burst_with_its_captions(cellphone: Cellphone, openai: FakeOpenAI) -> None:
    for body in case("album"):
        await cellphone.post(body)
    assert await cellphone.work() == 1
    rows = await cellphone.shop.rows(
        "select message_type, content, emergency is not null as urgent from messages where not from_me order by seq"
    )
    caption = "meu cachorro foi atropelado e está sangrando muito"
    assert [tuple(row.values()) for row in rows] == [("system", "", False), ("image", caption, True), ("image", "", False)]
    assert [sent.text.startswith(emergency.TEXT) for sent in cellphone.fake.sends] == [True]
    assert openai.requests == []


async def test_an_albums_pictures_are_waited_for(cellphone: Cellphone, openai: FakeOpenAI) -> None:
    await cellphone.shop.rows("update organization_settings set quiet_window_seconds = 0.001, quiet_cap_seconds = 3600 returning 1")
    marker, first, second = case("album")
    await cellphone.post(marker)
    first["data"]["message"]["associatedChildMessage"]["message"]["imageMessage"]["caption"] = "olha o pelo dele"
    await cellphone.post(first)
    assert await cellphone.work() == 0
    await cellphone.post(second)
    openai.respond(lambda _: text(ANSWER))
    assert await cellphone.work() == 1
    assert ["olha o pelo dele" in words for words in read(openai)] == [True, False]


async def test_the_pictures_that_never_come_are_not_waited_for_long(cellphone: Cellphone, openai: FakeOpenAI) -> None:
    await cellphone.shop.rows("update organization_settings set quiet_window_seconds = 0.001, quiet_cap_seconds = 3600 returning 1")
    for body in case("album")[:2]:
        body["data"]["message"].get("associatedChildMessage", {}).get("message", {}).get("imageMessage", {}).pop("caption", None)
        await cellphone.post(body)
    assert await cellphone.work() == 0
    await cellphone.shop.rows("update messages set created_at = created_at - interval '1 hour' returning 1")
    assert await cellphone.work() == 1


async def test_what_nobody_wrote_is_kept_and_starts_no_turn(cellphone: Cellphone, openai: FakeOpenAI) -> None:
    kinds = ({"albumMessage": {"expectedImageCount": 2}}, {"pinInChatMessage": {"key": {"id": "1"}}}, {"hologramMessage": {"url": "x"}})
    assert [await cellphone.came(kind) for kind in kinds] == [0, 0, 0]
    rows = await cellphone.shop.rows("select message_type, processed_at is not null as done, raw is not null as kept from messages")
    assert [tuple(row.values()) for row in rows] == [("system", True, True)] * 3
    assert cellphone.web.queued() == []


# What carries words


async def test_the_model_reads_sábado(cellphone: Cellphone, openai: FakeOpenAI) -> None:
    for body in case("edit_evolution"):
        await cellphone.post(body)
    openai.respond(lambda _: text(ANSWER))
    assert await cellphone.work() == 1
    assert read(openai) == ["quero banho sábado"]


async def test_a_transcript_is_the_messages_text(cellphone: Cellphone, openai: FakeOpenAI) -> None:
    (body,) = case("speech_to_text")
    await cellphone.post(body)
    assert await cellphone.work() == 1
    (row,) = await cellphone.shop.rows("select message_type, content, emergency from messages where not from_me")
    assert (row["message_type"], row["content"]) == ("audio", "meu cachorro comeu veneno de rato agora")
    (alert,) = await cellphone.shop.rows("select kind from alerts")
    assert (row["emergency"] is not None, alert["kind"]) == (True, "emergency")


@pytest.mark.parametrize(
    ("name", "signed", "words"),
    [
        ("nfm_reply", True, "pet: Rex; servico: Banho; data: 2026-12-03; hora: 10:00"),
        ("nfm_reply", False, "pet: Rex; dia: 2026-12-03"),
        ("order", True, "[o cliente enviou um pedido] Pedido: 2 × racao-10kg (R$ 199,90). Total: R$ 399,80"),
        ("order", False, "[o cliente enviou um pedido] Quero estes\nPedido: Ração 10 kg, 2 itens. Total: R$ 399,80"),
    ],
)
async def test_forms_and_orders_are_read(
    cellphone: Cellphone, openai: FakeOpenAI, meta: FakeMeta, name: str, signed: bool, words: str
) -> None:
    cloud, evolution = case(name)
    openai.respond(lambda _: text(ANSWER))
    if signed:
        assert (await cellphone.web.hook(cloud)).status_code == 200
    else:
        await cellphone.post(evolution)
    assert await cellphone.work() == 1
    assert read(openai) == [words]
    (row,) = await cellphone.shop.rows("select content from messages where not from_me")
    assert words.endswith(row["content"]), "people read the same"


async def test_a_reaction_to_the_question_is_read(web: Web, shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    conversation = await proposed(shop, openai)
    (body,) = case("reaction_to_the_question", **{"wamid of the question": meta.sends[-1].id})
    openai.script(["Agendado! 🐾"])
    assert (await web.hook(body)).status_code == 200
    assert await shop.work(conversation) == 1
    assert len(await bookings(shop, conversation)) == 1


async def test_arguments_that_are_an_object_register_the_pet(web: Web, shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    await shop.rows("""update organization_settings set ai_config = '{"api": "chat"}' returning 1""")
    (answer,) = case("arguments_as_object")
    openai.fail_next(Fault(status=200, body=answer))
    openai.respond(lambda _: text(ANSWER))
    assert await came(web, shop, wire.text_message(PHONE, "meu cachorro se chama Rex")) == 1
    assert [row["name"] for row in await shop.rows("select name from pets where name = 'Rex'")] == ["Rex"]


# Whose it is


async def test_who_comes_by_lid_then_by_number_then_by_both_is_one_customer(cellphone: Cellphone, openai: FakeOpenAI) -> None:
    shop = cellphone.shop
    by_lid, by_number, by_both = case("lid")
    for body, pet in ((by_lid, "Mel"), (by_number, "Rex")):
        await cellphone.post(body)
        (contact,) = await shop.rows("select contact_id from conversations where status <> 'closed' order by created_at desc limit 1")
        await shop.rows(
            "insert into pets (organization_id, contact_id, name) values (%(o)s, %(c)s, %(n)s) returning 1",
            o=shop.organization_id, c=contact["contact_id"], n=pet,
        )  # fmt: skip
    await cellphone.post(by_both)
    openai.respond(lambda _: text(ANSWER))
    assert await cellphone.work() + await cellphone.work() == 1, "one answer to all of it"
    assert read(openai) == ["oi do lid", "oi do número", "oi de ambos"]
    (customer,) = await shop.rows("select id, phone_key, whatsapp_user_id from contacts where identity is not null and name = 'Ana'")
    assert (customer["phone_key"], customer["whatsapp_user_id"]) == ("5511955550001", "166270768711694@lid")
    (conversation,) = await shop.rows("select id, contact_id from conversations where status <> 'closed'")
    assert conversation["contact_id"] == customer["id"]
    pets = await shop.rows("select name from pets where contact_id = %(c)s order by name", c=customer["id"])
    assert [pet["name"] for pet in pets] == ["Mel", "Rex"]
    for again in (by_lid, by_number):
        again["data"]["key"]["id"] += "-again"
        await cellphone.post(again)
    assert {row["c"] for row in await shop.rows("select conversation_id as c from messages")} == {conversation["id"]}


# What it is written to


async def test_the_model_is_shown_what_is_quoted_and_the_rules_are_not(web: Web, shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    openai.respond(lambda _: text(ANSWER))
    await came(web, shop, wire.text_message(PHONE, "o que vocês fazem?", id="wamid.first"))
    (sent,) = meta.sends
    openai.respond(lambda _: text(ANSWER))
    await came(
        web,
        shop,
        wire.text_message(PHONE, "quero esse", context={"id": sent.id}),
        wire.text_message(PHONE, "e esse", context={"id": "wamid.first"}),
    )
    shown = f"[em resposta à mensagem “{sent.text}”]\nquero esse"
    assert read(openai)[-2:] == [shown, "[em resposta à própria mensagem “o que vocês fazem?”]\ne esse"]
    rows = await shop.rows("select content from messages where quoted_external_id is not null order by seq")
    assert [row["content"] for row in rows] == ["quero esse", "e esse"]


async def test_an_advertisement_is_told_and_is_nobodys_emergency(web: Web, shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    ad = {"source_type": "ad", "headline": "Seu cachorro comeu veneno?", "body": "Plantão 24 h", "ctwa_clid": "x"}
    openai.respond(lambda _: text(ANSWER))
    await came(web, shop, wire.text_message(PHONE, "Olá, quero saber mais", referral=ad))
    assert read(openai) == [
        "[antes de escrever, o cliente viu o anúncio “Seu cachorro comeu veneno?: Plantão 24 h”]\nOlá, quero saber mais"
    ]
    assert await shop.rows("select 1 from alerts where kind = 'emergency'") == []
    # The words of the shop's own advertisement are no wish of the customer's either, in a later turn.
    openai.respond(lambda _: text(ANSWER))
    await came(web, shop, wire.text_message(PHONE, "obrigada"))
    assert read(openai)[0].startswith("[antes de escrever, o cliente viu o anúncio")
