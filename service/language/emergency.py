"""Recognising that an animal is in acute danger, from a customer's words alone and before any model reads them.

Rules over folded text (`service.language.text.fold`); the words are in `emergency_signs` and `emergency_words`. One sign of danger is
enough; of the hints, which are harmless alone ("babando", "bamba"), it takes two of different sorts. Neither counts where the words speak
of the past, of a possibility, of a product, of a person or in jest. A false alarm costs a person a look; a miss may cost an animal: in
doubt it is one. How well it does is measured by `tests/language/test_emergency.py` and written down in docs/agenda-and-safety.md. What is
said to the customer names no diagnosis, no medicine and no dose; it only calls people.
"""

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import dropwhile
from typing import Any

from service.language import emergency_words as said_by
from service.language.emergency_body_signs import BODY
from service.language.emergency_degree_signs import DEGREE
from service.language.emergency_hint_signs import CRIES, HINTS
from service.language.emergency_reading import NAMES, names_by_capital, read
from service.language.emergency_seen_signs import SEEN
from service.language.emergency_signs import ALONE, SIGNS, Danger
from service.language.formatting import format_phone
from service.language.loss import tells_of_death
from service.language.text import LONGEST_MESSAGE, fold

# What the team reads. The customer is told no name for it.
REASONS: dict[Danger, str] = {
    "poison": "Emergência: possível envenenamento",
    "seizure": "Emergência: possível convulsão",
    "bleeding": "Emergência: sangramento ou ferimento",
    "breathing": "Emergência: dificuldade para respirar",
    "accident": "Emergência: acidente ou ataque",
    "collapse": "Emergência: pet caído ou sem reação",
    "birth": "Emergência: parto com dificuldade",
    "other": "Emergência: pet passando mal",
}

# Said where the shop has no words of its own; nobody can tell here whether its doors are open.
TEXT = (
    "🚨 Entendi que é uma emergência e já chamei uma pessoa da nossa equipe. Traga o seu pet agora para atendimento. "
    "Se estivermos fechados ou longe de você, vá à clínica veterinária 24 horas mais próxima."
)

# Words of a message that are tried as names.
MOST_NAMES = 5

_LINES = re.compile(r"\n+")

# Characters looked at, at either end: together what is read of any message (`service.language.text.LONGEST_MESSAGE`).
ENDS = LONGEST_MESSAGE // 2


@dataclass(frozen=True, slots=True)
class _Mood:
    """How a whole message speaks: in `jest`, of everyday business (`routine`) or of something that happens `at_once`."""

    jest: bool
    asking: bool
    at_once: bool
    routine: bool


def recognise(text: str, names: Sequence[str] = ()) -> Danger | None:
    """Return the kind of acute danger that a message tells of; None where it tells of none. `names` are those of the customer's pets.

    Each clause is read for itself: who and what it speaks of (`emergency_reading`), whether it happens now, whether it is in earnest.
    """
    looked_at = text if len(text) <= 2 * ENDS else f"{text[:ENDS]}\n{text[-ENDS:]}"
    told = read(fold(_LINES.sub(" . ", looked_at)), [*(fold(name) for name in names), *names_by_capital(looked_at)])
    if ALONE.fullmatch(told):
        return "poison"
    if said_by.ONLY_SEEN.fullmatch(told):
        return None
    told = _without_others(said_by.NOT_SO.sub(" ", said_by.HARMLESS.sub(" ", _without_denied(told))))
    mood = _mood(told)
    found: list[Danger] = []
    hints: set[re.Pattern[str]] = set()
    for sentence in said_by.SENTENCE.split(told):
        if said := _told(sentence):
            light = _light(said, sentence, mood)
            found += _signs(said, mood, light) or _taken(said, told)
            hints.update(hint for hint in HINTS if not light and hint.search(said))
    serious = found or len(hints) > 1 or _in_a_hurry(told, hints, mood)
    return next((kind for kind in found if kind != "other"), "other" if serious else None)


def _without_denied(told: str) -> str:
    """Return words without what is asked and denied in one breath; "respira? não" is read as "não respira"."""
    told = said_by.NOT_EVEN.sub(r"nao \g<does>", told)
    return said_by.ASKED_AND_DENIED.sub(lambda asked: asked[0] if said_by.DOUBT.search(asked["asked"]) else " ", told)


def _without_others(told: str) -> str:
    """Return words without what was done to others' animals, where nothing happens to one that is here."""
    rest = said_by.OF_OTHERS.sub(" ", told)
    goes_on = any(words.search(rest) for words in (said_by.HAPPENED, said_by.HAPPENING, said_by.ASKS_FOR_HELP))
    return told if goes_on else rest


def _in_a_hurry(told: str, hints: Set[re.Pattern[str]], mood: _Mood) -> bool:
    """Tell whether help is asked for at once, for an animal that ails."""
    if mood.jest or mood.routine or said_by.PUT_OFF.search(told) or not said_by.URGENT.search(told):
        return False
    return bool(hints - {CRIES} or said_by.AILING.search(told))


def _mood(told: str) -> _Mood:
    jest, at_once = bool(said_by.JEST.search(told)), bool(said_by.AT_ONCE.search(told))
    asking = bool(said_by.ONLY_ASKING.search(told) or said_by.BUSINESS.search(told))
    return _Mood(jest, asking, at_once, routine=not at_once and bool(said_by.ROUTINE.search(told)))


def _light(said: str, sentence: str, mood: _Mood) -> bool:
    """Tell whether what is `said` in a sentence is in jest, or of how a pet always is, where it else would be a sign."""
    if mood.jest:
        return True
    if said_by.HAPPENING.search(said) or said_by.HAPPENED.search(said):
        return False
    always = said_by.EVERY_TIME.search(sentence) or (not mood.at_once and said_by.STANDING.search(said))
    return mood.routine or bool(always)


def _signs(said: str, mood: _Mood, light: bool) -> list[Danger]:
    """Return the kind of a clause's first sign."""
    for sign in (*SIGNS, *BODY, *SEEN, *DEGREE):
        taken_away = (sign.weak and (mood.jest or mood.asking)) or (light and sign.kind in said_by.MAY_BE_JEST)
        if not taken_away and sign.words.search(said):
            return [sign.kind]
    return []


def _taken(said: str, told: str) -> list[Danger]:
    """Return that it may be poisoned, where an animal took something in a message that asks of what is deadly."""
    return ["poison"] if said_by.TOOK_IT.search(said) and said_by.DEADLY.search(told) else []


def if_called(text: str) -> list[str]:
    """Return the folded words of an alarming text that would make it harmless, if one of them were the name of the customer's pet."""
    words = dict.fromkeys(re.findall(r"\w+", fold(text)))
    names = [word for word in words if NAMES.fullmatch(word)]
    return [name for name in names[:MOST_NAMES] if recognise(text, [name]) is None]


def _told(sentence: str) -> str:
    """Return what of a sentence tells of something that happens now: without what is only asked; nothing, where it is about the past."""
    if tells_of_death(sentence) and not said_by.SURVIVES.search(sentence):
        return ""
    if said_by.HAPPENING.search(sentence):
        return sentence
    if said_by.NOT_NOW.search(sentence):
        return _since_then(sentence)
    if said_by.JUST_ATE.search(sentence):
        return sentence
    if _of_effects(sentence):
        return ""
    return ",".join(
        piece for piece in sentence.split(",") if said_by.HAPPENED.search(piece) or not said_by.ONLY_ASKING.search(piece.lstrip())
    )


def _since_then(sentence: str) -> str:
    """Return what a sentence about the past tells of today, from where it comes to it ("teve cio faz um mês, tá saindo pus")."""
    pieces = [piece for piece in said_by.PIECE.split(sentence) if not said_by.NOT_NOW.search(piece)]
    return ",".join(dropwhile(lambda piece: not said_by.STILL.search(piece), pieces))


def _of_effects(said: str) -> bool:
    """Tell whether it is about what does harm in general ("li que dá convulsão em alguns bichos"), and of no animal that has it."""
    if not said_by.INFORMATION.search(said) or said_by.OWN.search(said):
        return False
    return not said_by.IS_SO.search(said_by.INFORMATION.sub(" ", said))


def reply(text: str | None, shop: Mapping[str, Any]) -> str:
    """Return what the customer is told at once: the shop's own words or `TEXT`, with `address` and `phone` where they do not say them."""
    said = text or TEXT
    lines = [said]
    if (address := shop["address"]) and fold(address) not in fold(said):
        lines.append(f"Endereço: {address}")
    if (phone := shop["phone"]) and _digits(phone)[-8:] not in _digits(said):
        lines.append(f"Telefone: {format_phone(phone)}")
    return "\n".join(lines)


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)
