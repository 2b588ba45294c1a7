"""Small talk greets, is kind and asks; what states anything is none, however it is dressed up."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.language.phrasebook import Phrasebook, Token
from service.language.small_talk import Around, Talk, Times, asked_for, in_passing, talk

FRIDAY = date(2026, 11, 27)
AROUND = Around(
    date(2026, 11, 23), frozenset({"ana", "luna", "pet shop patinhas"}), frozenset({"rex", "mia"}), frozenset({"banho", "tosa"}),
    frozenset({"thor"}), (Times(frozenset({FRIDAY}), frozenset({time(10)})), Times(frozenset({FRIDAY}), frozenset({time(9)}), free=True)),
)  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Oi, Ana! Tudo bem? 🐾", "greeting"),
        ("Aqui é Luna, da Pet Shop Patinhas.", "greeting"),
        ("Que nome bonito, Thor!", "warmth"),
        ("Sinto muito pela sua perda, Ana.", "warmth"),
        ("Como posso te ajudar hoje?", "opening"),
        ("Posso ajudar em mais alguma coisa?", "closing"),
        ("Perfeito!", "assent"),
        ("Poxa, Ana!", "courtesy"),
        ("De nada! Qualquer coisa, é só chamar.", "farewell"),
        ("Qual é o porte do Rex: pequeno, médio ou grande?", "asking"),
        ("É para o Rex ou para a Mia?", "asking"),
        ("Me conta o nome e a raça do seu cachorrinho?", "asking"),
        ("Quer marcar o banho para sexta às 10h?", "asking"),
        ("Prefere às 9h na sexta?", "asking"),
        ("Quer que eu chame uma pessoa da equipe?", "asking"),
        ("Para qual dia e horário você gostaria?", "asking"),
    ],
)
def test_small_talk(sentence: str, kind: Talk) -> None:
    assert talk(sentence, AROUND) == kind


@pytest.mark.parametrize(
    "sentence",
    [
        "Sim!", "Claro!", "Combinado!", "Prontinho!", "Tudo certo!", "Tudo bem, Ana.", "Até sexta!", "Até lá!", "Pode deixar!",
        "Temos sim!", "Marcado!", "M a r c a d o", "Ｏi", "O\u200bi", "✅", "👍 Oi", "Rex", "Ana", "Rex, banho, sexta às 10h",
        "Posso confirmar?",
        "Confirma?", "Prefere às 10h na sexta?", "Quer marcar para sábado às 10h?", "Pode ser às 9h30?", "Oi, Marcado!", "R$ 70",
        "Que nome bonito, Marcado!", "Qual o porte do Rex? Já marquei.", "Quer o banho de sexta com o Caio?", "10h", "A tosa é grátis?",
        "Vou ver!",
    ],
)  # fmt: skip
def test_no_small_talk(sentence: str) -> None:
    assert talk(sentence, AROUND) is None


@given(st.text(max_size=60))
def test_text_of_any_kind_is_read(text: str) -> None:
    talk(text, AROUND)
    in_passing(text, AROUND)
    asked_for(text)


@pytest.mark.parametrize(
    "said", ["obrigada!", "ok, muito obrigado Luna", "oi, tudo bem?", "não, era só isso", "valeu, até mais", "Bom dia"]
)
def test_said_in_passing(said: str) -> None:
    assert in_passing(said, AROUND)


@pytest.mark.parametrize("said", ["obrigada, e cancela o banho", "sim, pode marcar", "quanto custa?", "", "ok mas não sexta"])
def test_not_said_in_passing(said: str) -> None:
    assert not in_passing(said, AROUND)


@pytest.mark.parametrize(
    "said",
    [
        "vou falar com a veterinária", "vou ver outro lugar", "vou decidir na justiça", "quero uma resposta", "depois eu pago",
        "só um banho",
        "amanhã eu levo ele", "espera, é sexta", "vou pensar em cancelar", "desculpa, me confundi de dia", "mandei errado o endereço",
        "foi engano a cobrança", "ele tá latindo muito de dor", "o Rex só apronta no banho", "me dá um horário", "aguardo um retorno",
        "quero ver com minha mãe se tem vaga", "nossa que demora", "vou ver se dá sexta", "tô esperando", "aguarda que vou reclamar",
    ],
)  # fmt: skip
def test_one_word_more_may_want_something(said: str) -> None:
    assert not in_passing(said, AROUND)


def test_a_question_in_other_words_is_asked_in_the_servers() -> None:
    assert asked_for("E qual seria o portezinho, digo, o porte do meninão?") == "Qual é o porte: pequeno, médio ou grande?"
    assert asked_for("O porte dele é grande, combinado?") is None
    assert asked_for("Qual o porte dele") is None


@pytest.mark.parametrize(
    ("words", "made"),
    [("a c", True), ("a b c", True), ("d", True), ("d a c x", True), ("a", False), ("b c", False), ("x", False), ("", False)],
)
def test_a_phrasebook_accounts_for_every_word(words: str, made: bool) -> None:
    book = Phrasebook({"own": "(a [b] <end>|d)", "other": "x"}, {"end": "c"})
    split = words.split()
    found = book.phrases_in([Token(word, at, at + 1) for at, word in enumerate(split)], len(split))
    assert found.account_for_all({"own"}, {"other"}) is made


def test_a_longer_token_stands_for_several_words() -> None:
    book = Phrasebook({"own": "oi NAME"})
    assert book.phrases_in([Token("oi", 0, 1), Token("NAME", 1, 3)], 3).account_for_all({"own"})
    assert not book.phrases_in([Token("oi", 0, 1), Token("NAME", 1, 2)], 3).account_for_all({"own"})


@pytest.mark.parametrize("phrase", ["(a", "a)", "[a)", "a-b"])
def test_a_broken_phrase_is_refused(phrase: str) -> None:
    with pytest.raises(ValueError, match=r"phrase|bracket"):
        Phrasebook({"own": phrase})
