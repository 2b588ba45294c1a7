"""Whoever wants nothing gets a courteous word, never a person; whoever wants something is not put off with one (`courtesies.yaml`)."""

from dataclasses import replace
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
import yaml

from service.language.small_talk import talk
from service.turns.compose import compose
from service.turns.pieces import pieces
from service.turns.telling import Fact
from tests.kit import replies

LOTS: dict[str, list[dict[str, Any]]] = yaml.safe_load((Path(replies.__file__).parent / "data" / "courtesies.yaml").read_text("utf-8"))
ROWS = [(lot, row) for lot, rows in LOTS.items() for row in rows]
FRIDAY = date(2026, 11, 27)
PROPOSED = "Fica assim: Banho de Rex, sexta-feira, 27/11/2026, às 10h, R$ 70,00. Posso confirmar?"
QUESTION = Fact.of("question", PROPOSED, names=["Banho", "Rex"], days=[FRIDAY], times=[time(10)], cents=[7000])


@pytest.mark.parametrize(("lot", "row"), ROWS, ids=lambda one: one["said"][:40] if isinstance(one, dict) else one)
def test_what_is_said_to_whom(lot: str, row: dict[str, Any]) -> None:
    told = replies.in_scene(row.get("scene", "hello"), row["said"])
    text = compose(row["reply"], told).text
    if row.get("none"):
        assert text is None
    if row.get("talk") or row.get("has"):
        assert text is not None
    if row.get("talk"):
        own = {piece.text for piece in pieces(told.courtesy or "")}
        assert [piece.text for piece in pieces(str(text)) if piece.text not in own and talk(piece.text, told.around) is None] == []
    for words in row.get("has", ()):
        assert words in str(text)
    for words in row.get("not", ()):
        assert words not in str(text)


@pytest.mark.parametrize(
    "said", ["vou falar com meu marido", "peraí", "um minutinho", "já te respondo", "deixa eu ver minha agenda", "vou pensar"]
)
@pytest.mark.parametrize("reply", ["Ok!", "Certo! Posso confirmar?", "Perfeito!", PROPOSED, "Já deixei marcado."])
def test_who_answers_later_is_not_asked_the_whole_question_again(said: str, reply: str) -> None:
    told = replies.in_scene("hello", said)
    text = compose(reply, replace(told, standing=[QUESTION, *told.standing], missing=PROPOSED)).text
    assert text is not None
    assert "27/11" not in text
    assert "?" not in text


def test_what_was_stored_is_told_as_it_was_noted() -> None:
    told = replies.told_in({"customer": ["o Rex tem medo de secador"], "tools": [{"update_pet": _noted("Tem medo de secador")}]})
    for reply in ("Anotei que o Rex tem medo de secador.", "Pronto!", ""):
        assert "tem medo de secador" in str(compose(reply, told).text).casefold()


def _noted(note: str) -> dict[str, Any]:
    return {"success": True, "pet": {"name": "Rex", "species": "dog", "notes": f"Alergia a frango. {note}"}, "noted": note}
