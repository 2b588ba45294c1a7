"""What an opt-out does to the customer's row, and who answers it."""

from uuid import UUID

from graphs.consent import CONFIRMED
from service.language.optout import QUESTIONS
from tests.kit.fakes.meta import FakeMeta
from tests.kit.fakes.openai import FakeOpenAI, call, dialogue, text
from tests.kit.shop import Shop

PHONE = "5511955550001"


async def opted_out(shop: Shop, phone: str = PHONE) -> bool:
    (row,) = await shop.rows("select opted_out_at from contacts where phone = %(phone)s", phone=phone)
    return row["opted_out_at"] is not None


async def test_out_and_in_again_are_confirmed_without_the_model(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    conversation = await shop.say("oi, parar!")
    assert await opted_out(shop)
    assert [sent.text for sent in meta.sends] == [CONFIRMED["out"]]
    (first,) = await shop.rows("select opted_out_at from contacts where phone = %(phone)s", phone=PHONE)
    await shop.say("Sair")
    assert (await shop.rows("select opted_out_at from contacts where phone = %(phone)s", phone=PHONE)) == [first], "since the first time"
    await shop.say("Voltar")
    assert not await opted_out(shop)
    assert [sent.text for sent in meta.sends] == [CONFIRMED["out"], CONFIRMED["out"], CONFIRMED["in"]]
    assert openai.requests == []
    assert await shop.rows("select 1 from ai_interactions") == []
    assert all(m["processed_at"] for m in await shop.messages(conversation) if m["direction"] == "incoming")


async def test_a_question_is_asked_without_the_model_and_a_plain_yes_does_it(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    await shop.say("sair?")
    assert not await opted_out(shop)
    assert [sent.text for sent in meta.sends] == [QUESTIONS["out"]]
    await shop.say("sim")
    assert await opted_out(shop)
    assert meta.sends[-1].text == CONFIRMED["out"]
    assert openai.requests == []


async def test_the_last_word_of_a_burst_counts(shop: Shop, meta: FakeMeta) -> None:
    await shop.receive("parar")
    await shop.say("voltar")
    assert not await opted_out(shop)
    assert [sent.text for sent in meta.sends] == [CONFIRMED["in"]]


async def test_beside_a_question_the_model_answers(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    openai.script(["O banho custa R$ 70,00."])
    await shop.receive("PARAR")
    await shop.say("quanto é o banho?")
    assert await opted_out(shop)
    assert "R$ 70,00" in meta.sends[0].text


async def test_what_a_customer_may_say_without_leaving(shop: Shop, openai: FakeOpenAI) -> None:
    openai.respond(lambda _: text("Claro!"))
    await shop.say("quero sair amanhã")
    await shop.receive("parar", message_type="reaction")
    await shop.receive("parar", from_me=True)
    await shop.receive("parar", answerable=False)
    assert not await opted_out(shop)


async def test_a_duplicate_changes_nothing(shop: Shop) -> None:
    await shop.say("parar", external_id="wamid.one")
    await shop.say("voltar")
    await shop.receive("parar", external_id="wamid.one")
    assert not await opted_out(shop)


async def test_an_owner_talks_to_aurora(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    openai.script(["O que você precisa?"])
    await shop.say("parar", phone="5511988880001")
    assert not await opted_out(shop, "5511988880001")
    assert [sent.text for sent in meta.sends] == ["O que você precisa?"]


async def parked(shop: Shop, openai: FakeOpenAI) -> UUID:
    openai.script([call("escalate_to_human", reason="pediu uma pessoa")])
    return await shop.say("quero uma pessoa")


async def test_said_to_a_person_it_counts_and_is_confirmed_after_the_hand_back(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    conversation = await parked(shop, openai)
    await shop.say("parar")
    assert await opted_out(shop)
    asked, said = len(openai.requests), len(meta.sends)
    await shop.hand_back(conversation)
    assert await shop.work(conversation) == 1
    assert [sent.text for sent in meta.sends[said:]] == [CONFIRMED["out"]]
    assert len(openai.requests) == asked
    openai.script(["Custa R$ 70,00."])
    await shop.say("quanto é o banho?")
    history = dialogue(openai.requests[-1].json)
    assert [m["content"] for m in history[-3:]] == ["parar", CONFIRMED["out"], "quanto é o banho?"]


async def test_among_other_words_it_is_asked_and_a_plain_yes_does_it(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    openai.script([call("stop_messages"), "Claro! O banho custa R$ 70,00."])
    await shop.say("quanto é o banho? e não quero mais essas mensagens chegando")
    answer, _, question = meta.sends[-1].text.partition("\n\n")
    assert "R$ 70,00" in answer
    assert question == QUESTIONS["out"]
    assert not await opted_out(shop)
    asked = len(openai.requests)
    await shop.say("sim, por favor")
    assert await opted_out(shop)
    assert meta.sends[-1].text == CONFIRMED["out"]
    assert len(openai.requests) == asked
    openai.script([call("stop_messages", resume=True), f"Que bom! {QUESTIONS['in']}"])
    await shop.say("mudei de ideia, volta com os lembretes vai")
    await shop.say("sim")
    assert not await opted_out(shop)
    assert meta.sends[-1].text == CONFIRMED["in"]


async def test_anything_but_a_plain_yes_goes_to_the_model(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    openai.script([call("stop_messages"), "Claro!"])
    await shop.say("cansei de mensagem, e quanto é o banho?")
    openai.script(["Qual serviço você gostaria?"])
    await shop.say("sim, mas só as promoções")
    assert not await opted_out(shop)
    assert meta.sends[-1].text == "Qual serviço você gostaria?"


async def test_who_waits_for_a_time_is_not_opted_out_by_leaving_a_list(shop: Shop, openai: FakeOpenAI, meta: FakeMeta) -> None:
    openai.respond(lambda _: text("Quer entrar na lista de espera?"))
    conversation = await shop.say("oi")
    await shop.rows(
        "insert into waiting_list (organization_id, conversation_id, contact_id, visit, first_day, last_day, from_time, until_time)"
        " select organization_id, id, contact_id, '{}', current_date, current_date, '00:00', '23:59' from conversations"
        " where id = %(c)s returning 1", c=conversation,
    )  # fmt: skip
    await shop.say("Me tira daqui!")
    assert not await opted_out(shop)
    assert meta.sends[-1].text == "Quer entrar na lista de espera?"
    await shop.say("Me tira da lista!")
    assert not await opted_out(shop)
    assert meta.sends[-1].text == CONFIRMED["leave"]
    await shop.say("Me tira da lista!")
    assert await opted_out(shop)
