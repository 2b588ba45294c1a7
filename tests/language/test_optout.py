"""Only a message that is an opt-out, or an opt-in, as a whole counts as one."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from service.language.optout import LONGEST, QUESTIONS, Wish, agreed, questioned, wish

OUT = [
    "PARAR", "parar", "Pare", "parem", "sair", "SAIR", "stop", "STOP", "quero sair", "Unsubscribe",
    "descadastrar", "me descadastra", "Descadastre-me", "quero me descadastrar", "descadastrar meu número",
    "não quero mais receber mensagens", "nao quero receber mais mensagens", "Não quero mais receber", "não quero receber mais nada",
    "n quero mais receber msgs", "não quero mais receber lembretes nem promoções", "Não quero mais mensagens de vocês",
    "eu não quero receber propaganda", "não me mande mais mensagens", "não me enviem mais nada", "não aceito receber ofertas",
    "parar de receber mensagens", "quero parar de receber as mensagens", "pare de me mandar mensagem", "para de mandar promoção",
    "Parar promoções", "chega de mensagens", "quero sair da lista", "sair da lista de transmissão", "me tira dessa lista",
    "me remova da lista", "cancelar inscrição", "cancelar lembretes", "desativar notificações", "por favor, parar. Obrigada!",
]  # fmt: skip

IN = [
    "VOLTAR", "voltar", "Voltar!", "quero voltar", "voltar, por favor", "oi, voltar", "quero voltar a receber", "voltar a receber",
    "Quero voltar a receber mensagens", "quero voltar a receber as novidades de vocês", "gostaria de voltar a receber lembretes",
    "queria voltar a receber promoções", "voltar a receber mensagens", "voltar a receber lembretes e novidades",
    "pode voltar a mandar", "pode voltar a me enviar lembretes", "aceito voltar a receber", "quero receber mensagens",
    "quero receber mensagens de novo", "quero receber novamente", "quero receber de novo as mensagens", "quero receber os lembretes",
    "aceito receber mensagens", "autorizo receber ofertas", "reativar mensagens", "reativa as notificações", "quero reativar os lembretes",
    "ativar lembretes", "voltar para a lista", "eu quero voltar pra lista",
]  # fmt: skip

NEITHER = [
    "", "   ", "👍", "oi", "quero sair amanhã", "pode parar o banho?", "o Rex vai sair que horas?", "cancelar", "quero cancelar",
    "cancelar o banho do Rex", "cancela o agendamento", "não quero mais", "não quero nada", "não quero mais nada", "não quero mais o banho",
    "para", "para amanhã", "parar de latir tem jeito?", "ele não consegue parar de se coçar", "sair daqui que horas?",
    "posso sair com ele depois da vacina?", "vou sair agora", "voltar amanhã", "quando posso voltar?", "quero voltar amanhã",
    "pode mandar", "pode mandar mensagem quando ele ficar pronto", "me cadastra", "quero cadastrar o Rex", "stop motion", "não",
    "não recebi a mensagem", "quero receber a nota fiscal", "vocês mandam lembretes?", "não me mandaram o lembrete", "sair ou parar?",
    "quero marcar um banho e parar de receber mensagens", "PARAR o quê?", "lista", "mensagens", "lembretes", "tira o pelo da orelha",
    "não quero receber a visita hoje", "desativar", "reativar", "me avisa quando parar", "pare no portão azul",
]  # fmt: skip


PHRASES: dict[str, list[str]] = yaml.safe_load((Path(__file__).parents[1] / "kit" / "data" / "opt_out.yaml").read_text("utf-8"))
# What the docs state: all but this, which nobody needs to say in these words.
UNHEARD = {"bloqueia meu número nas mensagens automáticas"}


@pytest.mark.parametrize("text", [text for text in PHRASES["outs"] if text not in UNHEARD])
def test_the_many_ways_to_say_it(text: str) -> None:
    assert wish(text) == "out"


@pytest.mark.parametrize("text", PHRASES["not_outs"])
def test_what_only_sounds_like_it_is_none(text: str) -> None:
    assert wish(text) is None


@pytest.mark.parametrize("text", ["sair da lista", "Me tira da lista!", "quero sair da lista", "me remova dessa lista"])
def test_who_waits_for_a_time_may_mean_the_waiting_list(text: str) -> None:
    assert wish(text) == "out"
    assert wish(text, waits=True) is None


@pytest.mark.parametrize("text", ["parar", "sair da lista de transmissão", "não quero mais receber mensagens", "quero parar de receber"])
def test_what_says_which_it_is_counts_for_who_waits_too(text: str) -> None:
    assert wish(text, waits=True) == "out"


@pytest.mark.parametrize(
    ("asked", "text", "found"),
    [
        ("out", "sim", "out"), ("out", "Sim, por favor!", "out"), ("out", "quero sim", "out"), ("out", "sim, quero parar", "out"),
        ("out", "ok obrigada", None), ("out", "PARAR", "out"), ("in", "sim", "in"), ("in", "pode", None), ("out", "não", None),
        ("out", "sim, mas o lembrete não", None), ("out", "por favor", None), ("out", "voltar", None), ("in", "parar", None),
        ("out", "sim, amanhã", None), ("in", "sim, quero parar", None), ("out", "", None), ("out", "sim?", None), ("out", "quero", None),
        ("out", "confirmo", None), ("out", "pode", None), ("out", "ok", None), ("out", "certo", None), ("out", "pode parar?", None),
        ("out", "pode parar", "out"), ("out", "isso", "out"), ("out", "confirmo, quero parar", "out"), ("out", "sim, pode", "out"),
        ("out", "com certeza", "out"), ("in", "quero voltar", "in"), ("in", "sim, pode sim", "in"), ("in", "quero", None),
    ],
)  # fmt: skip
def test_only_a_plain_yes_to_the_question_agrees(asked: Wish, text: str, found: Wish | None) -> None:
    assert agreed(f"Claro! {QUESTIONS[asked]}", text) == found
    assert agreed("Posso marcar o banho?", text) is None


@pytest.mark.parametrize("text", OUT)
def test_an_opt_out_is_one(text: str) -> None:
    assert wish(text) == "out"


@pytest.mark.parametrize("text", IN)
def test_an_opt_in_is_one(text: str) -> None:
    assert wish(text) == "in"


@pytest.mark.parametrize("text", NEITHER)
def test_everything_else_is_neither(text: str) -> None:
    assert wish(text) is None


@pytest.mark.parametrize("text", OUT + IN)
def test_a_question_asks_for_nothing_by_itself_and_is_worth_one_of_ours(text: str) -> None:
    asked = f"{text.rstrip('!')}?"
    assert (wish(asked), questioned(asked)) == (None, wish(text))
    assert questioned(text) is None


DECORATION = st.text(alphabet=" \n.,!…\"'*_-🙏🛑😡🐾👍🏽❤️", max_size=8)


@given(st.sampled_from(OUT + IN), DECORATION, DECORATION, st.sampled_from([str.upper, str.lower, str.title, str.swapcase]))
def test_case_punctuation_and_emoji_do_not_matter(text: str, before: str, after: str, case: object) -> None:
    assert wish(before + case(text) + after) == wish(text)  # type: ignore[operator]


@given(st.sampled_from(OUT + IN), st.sampled_from(["amanhã", "o banho", "o Rex", "que horas", "depois da consulta", "agendamento"]))
def test_with_more_to_it_it_is_neither(text: str, more: str) -> None:
    assert wish(f"{text} {more}") is None


@given(st.text(max_size=4 * LONGEST))
def test_any_text_is_read(text: str) -> None:
    assert wish(text) in ("out", "in", None)
