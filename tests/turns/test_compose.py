"""What is sent of a reply: small talk and facts, and nothing else, whatever the model wrote."""

from dataclasses import replace
from datetime import date, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.language.small_talk import Around, Times, talk
from service.turns.compose import Told, compose, looks_like_code, pieces
from service.turns.speaking import spoken
from service.turns.telling import Fact
from tests.kit.replies import Answer, Reply, answers, free, replies, told
from tools.registry import AURORA, CLIENT

FRIDAY, TODAY = date(2026, 11, 27), date(2026, 11, 23)
SLOTS = Fact.of("slots", "Na sexta-feira, 27/11, tenho para Banho: 9h e 16h.", names=["Banho"], days=[FRIDAY], times=[time(9), time(16)])
PRICE = Fact.of("prices", "Banho custa R$ 70,00.", names=["Banho"], cents=[7000])
BOOKED = Fact.of(
    "deed", "Prontinho, está marcado: Banho de Rex, sexta-feira, 27/11, às 10h.", must=True, names=["Banho", "Rex"], days=[FRIDAY]
)
ASKED = Fact.of("question", "Fica assim: Banho de Rex, às 10h. Posso confirmar?", must=True, names=["Banho", "Rex"], times=[time(10)])
FULL = Fact.of("refusal", "Às 10h não tenho vaga.", must=True)
PLACE = Fact.of("place", "Ficamos em: Rua das Acácias, 120.")
NAMES = [tool.name for tool in (*CLIENT, *AURORA)]

# Truths that no fact stands for: the model is asked again, and does what it announced, or asks in other words.
LOST = {
    "Oi, Ana! Vou verificar sexta às 10h para o banho do Rex. Só um instante!",
    "Só pra eu não errar: é nesta sexta agora, 27, daqui a quatro dias?",
    "Ótimo! Quando olhei, o das três da tarde de quarta aparecia livre. Preciso reconferir antes de agendar.",
    "Gatinho de 3 anos 😻 Ele ainda não está registrado por aqui, posso fazer isso?",
}


def around(*times: Times) -> Around:
    return Around(TODAY, frozenset({"ana"}), frozenset({"rex", "mia"}), frozenset({"banho", "tosa"}), frozenset({"rex"}), times)


def may_tell(*turn: Fact, standing: tuple[Fact, ...] = (), said: str = "quero um banho") -> Told:
    return Told(turn, standing, around(Times(FRIDAY_ONLY, SLOTS.times, free=True)), said)


FRIDAY_ONLY = frozenset({FRIDAY})


def sent(reply: str, *turn: Fact, standing: tuple[Fact, ...] = (), said: str = "quero um banho") -> str | None:
    return compose(reply, may_tell(*turn, standing=standing, said=said)).text


def stated(text: str, told: Told) -> list[str]:
    """Return the sentences of what is sent that are neither a fact's nor small talk, nor a question of the server's own."""
    own = {plain(piece.text) for fact in (*told.turn, *told.standing) for piece in pieces(fact.text)}
    return [piece.text for piece in pieces(text) if plain(piece.text) not in own and talk(piece.text, told.around) is None]


def plain(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def labelled(*, true: bool) -> list[Reply]:
    return [reply for reply in replies() if reply.true is true]


@pytest.mark.parametrize("reply", labelled(true=False), ids=lambda reply: f"{reply.lot}: {reply.scene}: {reply.text[:40]}")
def test_no_lie_is_sent(reply: Reply) -> None:
    text = compose(reply.text, told(reply.scene)).text
    if looks_like_code(reply.text, NAMES) or text is None:
        return
    assert stated(text, told(reply.scene)) == []


@pytest.mark.parametrize("reply", labelled(true=True), ids=lambda reply: f"{reply.lot}: {reply.scene}: {reply.text[:40]}")
def test_no_truth_is_lost(reply: Reply) -> None:
    """What this turn found out and the reply speaks of is in what is sent: its days, times and prices, in these words or the server's."""
    may = told(reply.scene)
    text = compose(reply.text, may).text
    if reply.text in LOST:
        assert text is None
        return
    assert text is not None
    assert stated(text, may) == []
    own = [fact for fact in (*may.turn, *may.standing) if fact.kind in ("deed", "question", "slots", "appointments", "prices", "refusal")]
    facts = [fact for fact in own if fact.must or fact in may.turn or fact.kind == "appointments"]
    said, got = (spoken(words, TODAY, own) for words in (reply.text, text))
    held = frozenset(at for fact in facts for at in fact.times), frozenset(c for fact in facts for c in fact.cents)
    assert said.times & held[0] <= got.times
    assert said.cents & held[1] <= got.cents
    assert all(fact.text in text for fact in may.turn if fact.must and fact.kind == "deed")


@pytest.mark.parametrize("answer", answers(), ids=lambda answer: f"{answer.said[:40]}: {answer.reply[:40]}")
def test_what_answers_a_customer(answer: Answer) -> None:
    text = compose(answer.reply, answer.told).text
    assert (text is None) is answer.none
    for words in answer.has:
        assert words in str(text)
    for words in answer.lacks:
        assert words not in str(text)


@pytest.mark.parametrize(("lot", "least"), [("lot 7", 54), ("lot 8", 43)])
def test_warmth_and_questions_are_left_as_they_are(lot: str, least: int) -> None:
    kept = [(scene, text) for scene, text in free(lot) if all(talk(piece.text, told(scene).around) for piece in pieces(text))]
    assert len(kept) >= least
    assert [text for scene, text in kept if compose(text, replace(told(scene), courtesy=None)).text is None] == []


VOCABULARY = """
    sim não claro pronto prontinho marcado agendado cancelado confirmado está foi já agora hoje amanhã sexta quinta sábado às 10h 9h 16h
    27/11 03/12 R$ 70,00 45 reais banho tosa Rex Mia Ana Bia Caio oi bom dia obrigada tudo bem que nome lindo qual o porte do é de pequeno
    médio ou grande quer marcar para pode ser prefere posso ajudar em mais alguma coisa perfeito até lá tenho vaga livre não abrimos domingo
    custa fica grátis lista de espera ✅ 🐾 👍 ? ! . , : ; * \u200b １０ como se chama o seu pet me diz dia e a hora com a equipe
""".split()  # noqa: SIM905
TEXTS = st.lists(st.one_of(st.sampled_from(VOCABULARY), st.text(max_size=6), st.sampled_from(["\n", "? ", "! ", ". "])), max_size=40).map(
    " ".join
)
FACTS = st.lists(st.sampled_from([SLOTS, PRICE, BOOKED, ASKED, FULL]), unique_by=id, max_size=4)


@settings(max_examples=400)
@given(TEXTS, FACTS)
def test_whatever_the_model_writes_what_is_sent_is_facts_and_small_talk(reply: str, turn: list[Fact]) -> None:
    may = may_tell(*turn, standing=(PLACE,))
    text = compose(reply, may).text
    if text is None:
        assert not any(fact.must for fact in turn), "what must be told is told"
        return
    assert stated(text, may) == []
    for fact in turn:
        if fact.must:
            assert text.count(fact.text) == 1
    if ASKED in turn:
        assert text.endswith(ASKED.text)
        assert text.count("?") == ASKED.text.count("?"), "a second question would confuse the answer"


@settings(max_examples=200)
@given(st.lists(st.sampled_from([reply.text for reply in labelled(true=False)]), min_size=1, max_size=3).map(" ".join))
def test_lies_of_other_scenes_are_no_better(reply: str) -> None:
    may = may_tell(PRICE, standing=(PLACE,))
    text = compose(reply, may).text
    assert text is None or stated(text, may) == []


def test_a_fact_stands_where_the_model_spoke_of_it() -> None:
    reply = "Oi, Ana! O banho sai por 65 reais. Qual o porte do Rex?"
    assert sent(reply, standing=(PRICE,)) == "Oi, Ana! Banho custa R$ 70,00. Qual o porte do Rex?"


def test_a_fact_is_told_once() -> None:
    assert sent("Banho custa R$ 70,00. O banho é R$ 70,00, viu?", standing=(PRICE,)) == "Banho custa R$ 70,00."


def test_what_was_asked_beside_a_deed_is_answered_in_any_words() -> None:
    for done in (ASKED, BOOKED, FULL):
        assert PLACE.text in str(sent("A gente fica na Rua das Acácias.", done, standing=(PLACE,)))


def test_what_was_done_is_told_though_the_model_forgets_it() -> None:
    assert sent("Oi, Ana! Posso ajudar em mais alguma coisa?", BOOKED) == f"Oi, Ana! {BOOKED.text} Posso ajudar em mais alguma coisa?"
    assert sent("", BOOKED) == BOOKED.text


def test_a_question_that_waits_comes_last_and_alone() -> None:
    assert sent("Posso confirmar? Qual o porte do Rex?", PRICE, ASKED) == ASKED.text
    assert sent("O banho custa R$ 70,00. Pode ser?", PRICE, ASKED) == f"{PRICE.text}\n\n{ASKED.text}"


@pytest.mark.parametrize(
    "reply", ["Prontinho!", "Agendei! Até sexta!", "Perfeito! Precisa de mais alguma coisa?", "Tudo bem, Ana.", "👍", ""]
)
def test_an_interjection_alone_would_be_taken_for_a_yes(reply: str) -> None:
    assert sent(reply) is None
    assert str(sent(reply, SLOTS)).startswith(SLOTS.text), "what was looked up is told instead"


def test_a_courtesy_answers_a_courtesy() -> None:
    assert sent("De nada, Ana! Até mais! 🐾", said="muito obrigada!") == "De nada, Ana! Até mais! 🐾"
    assert sent("De nada, Ana! Até mais! 🐾", said="cancela o banho de sexta") is None


def test_a_greeting_answers_anything_that_nothing_was_said_about() -> None:
    assert sent("Oi, Ana! Como posso ajudar?", said="oi") == "Oi, Ana! Como posso ajudar?"
    assert sent("Oi, Ana! Agendei. Como posso ajudar?", said="oi") is None


def test_only_free_times_are_offered_in_a_question() -> None:
    assert sent("Prefere às 9h ou às 16h?", SLOTS) == f"{SLOTS.text} Prefere às 9h ou às 16h?"
    assert sent("Prefere às 9h ou às 11h?", SLOTS) == SLOTS.text


def test_figures_may_be_told_in_part_with_their_first_line() -> None:
    figures = Fact.of("figures", "Hoje você atendeu 5 clientes!\n\n- 3 banhos\n\nFaturamento: R$ 630,00\n\nOntem: R$ 70,00")
    assert (
        sent("Hoje você atendeu 5 clientes!\n\nFaturamento: R$ 630,00", figures)
        == "Hoje você atendeu 5 clientes!\n\nFaturamento: R$ 630,00"
    )
    assert sent("Faturamento: R$ 630,00", figures) == figures.text, "without it nobody knows of when they are"
    assert sent("Hoje foram R$ 900,00", figures) == figures.text


def test_a_refusal_is_no_small_thing() -> None:
    assert sent("Perfeito! Posso ajudar em mais alguma coisa?", FULL) == f"{FULL.text} Posso ajudar em mais alguma coisa?"


@pytest.mark.parametrize(
    "text",
    [
        '{"name": "greeting", "parameters": {}}', "book_appointment(pet_name='Rex')", "```json\n[]\n```", "<tool_call>",
        'chamo "pet_name": Rex',         "Vou usar check_availability agora", "functions.my_pets({})", '["Rex"]',
    ],
)  # fmt: skip
def test_what_looks_like_code_is_known(text: str) -> None:
    assert looks_like_code(text, NAMES)


@pytest.mark.parametrize("reply", labelled(true=True), ids=lambda reply: reply.text[:40])
def test_what_people_write_looks_like_no_code(reply: Reply) -> None:
    assert not looks_like_code(reply.text, NAMES)


def test_dropped_sentences_are_named() -> None:
    assert compose("Oi! Marquei o Rex. Te espero!", may_tell()).dropped == ("Marquei o Rex.", "Te espero!")
    assert compose("Oi!", replace(may_tell(), said="oi")).dropped == ()


def test_what_leans_on_a_dropped_sentence_goes_with_it() -> None:
    assert sent("Sexta só depois do almoço, serve?") is None
    assert sent("Agendei às 10h. Qual você prefere?") is None
    assert sent("Tenho às 9h e às 16h. Qual você prefere?", SLOTS) == f"{SLOTS.text} Qual você prefere?"


def test_a_courtesy_is_answered_with_the_servers_where_nothing_is_left() -> None:
    assert told("hello").courtesy is not None
    for said in ("Marquei o Rex!", "Segunda-feira pede café em dobro, né?"):
        assert compose(said, told("hello")).text == told("hello").courtesy
    assert told("asked").courtesy is None


def test_warmth_stands_alone_where_nothing_was_asked() -> None:
    assert sent("Ai, que dó! Tomara que melhore logo!", said="o Rex ficou doentinho") == "Ai, que dó! Tomara que melhore logo!"
    assert sent("Que notícia boa!", said="quero cancelar o banho") is None


def test_prices_that_are_named_are_told_rather_than_the_list() -> None:
    text = compose("O banho custa R$ 70,00 e a tosa R$ 120,00.", told("prices")).text
    assert text is not None
    assert "Consulta" not in text
    assert text.count("R$ 70,00") == 1


SERVICES = {"Banho": (7000, "1 hora"), "Tosa": (12000, "1 hora e 30 minutos"), "Consulta": (15000, "30 minutos")}
COSTS = {
    name: Fact.of("prices", f"{name} custa R$ {cents // 100},00 e leva {lasts}.", names=[name], cents=[cents])
    for name, (cents, lasts) in SERVICES.items()
}


@pytest.mark.parametrize(
    ("said", "replies", "answers"),
    [
        ("quanto custa a consulta?", ["Fica em 150.", "R$ 150,00", "Sai por 70 reais"], ["Consulta"]),
        ("e a consulta, quanto sai?", ["150 reais!", "Fica R$ 150,00 🐾"], ["Consulta"]),
        ("quanto tempo demora a tosa?", ["90 minutos!", "Leva 1h30.", "Dura uma hora e meia."], ["Tosa"]),
        ("qual o valor da tosa do Rex?", ["R$ 70,00", "Fica em 120."], ["Tosa"]),
        ("quanto fica banho e tosa juntos?", ["R$ 190,00 no total.", "Os dois saem por 190 reais."], ["Banho", "Tosa"]),
        ("quanto fica banho, tosa e consulta?", ["R$ 340,00.", "Fica 340 no total"], ["Banho", "Tosa", "Consulta"]),
    ],
)
def test_a_price_that_names_no_service_is_of_the_one_that_was_asked_about(said: str, replies: list[str], answers: list[str]) -> None:
    around = replace(may_tell().around, services=frozenset(map(str.lower, SERVICES)))
    for order in (list(COSTS.values()), list(COSTS.values())[::-1]):
        for reply in replies:
            for may in (Told(order, [], around, said), Told([], order, around, said)):
                text = str(compose(reply, may).text)
                assert {name for name in SERVICES if name in text} == set(answers), (reply, text)


@pytest.mark.parametrize(
    ("said", "answers"),
    [
        ("aceita cartão? onde fica?", ["pagamento", "Acácias"]),
        ("onde vocês ficam", ["Acácias"]),
        ("me passa o endereço e o telefone", ["Acácias", "3333-4444"]),
        ("qual o telefone? e o endereço?", ["Acácias", "3333-4444"]),
        ("você é um robô ou uma pessoa?", ["assistente virtual"]),
        ("tô falando com uma pessoa de verdade?", ["assistente virtual"]),
        ("quem vai dar banho no Rex?", ["Bia"]),
    ],
)
@pytest.mark.parametrize("reply", ["Claro!", "Sim!", "Já te digo.", "Aceitamos sim!", "Sou um robô.", "É a Bia!"])
def test_each_plain_question_is_answered_whatever_the_model_says(said: str, answers: list[str], reply: str) -> None:
    standing = [
        Fact.of("place", "Ficamos em: Rua das Acácias, 120.", names=["Patinhas"], about="endereço onde"),
        Fact.of("place", "Nosso telefone: (11) 3333-4444.", about="telefone"),
        Fact.of("payment", "Formas de pagamento: Pix e cartão.", about="pagamento aceitamos pagar"),
        Fact.of("shop", "Aqui é Luna, assistente virtual da loja.", names=["Luna"], about="robô humano máquina verdade"),
        Fact.of("people", "Quem faz Banho de Rex na sexta é Bia.", names=["Banho", "Rex", "Bia"], days=[FRIDAY], times=[time(9)]),
    ]
    text = str(compose(reply, Told([], standing, may_tell().around, said)).text)
    assert all(answer in text for answer in answers), text


def test_that_nothing_was_done_may_be_said_only_where_nothing_was() -> None:
    assert compose("Ainda não marquei nada, tá?", told("asked")).text == "Ainda não marquei nada."
    for scene in ("booked", "proposed"):
        assert "Ainda não" not in str(compose("Ainda não marquei nada, tá?", told(scene)).text)
