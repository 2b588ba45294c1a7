"""Recognising that an animal is in acute danger, from a customer's words alone and before any model reads them.

Rules over folded text (`service.language.text.fold`); the words are in `emergency_signs` and `emergency_words`. One sign of danger is
enough; of the hints, which are harmless alone ("babando", "bamba"), it takes two of different sorts. Neither counts where the words speak
of the past, of a possibility, of a product, of a person or in jest. A false alarm costs a person a look; a miss may cost an animal: in
doubt it is one. How well it does is measured by `tests/language/test_emergency.py` and written down in docs/agenda-and-safety.md. What is
said to the customer names no diagnosis, no medicine and no dose; it only calls people.
"""

import re
from collections.abc import Mapping
from typing import Any

import phonenumbers

from service.language import emergency_words as said_by
from service.language.emergency_signs import HINTS, SIGNS, Danger
from service.language.text import fold

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

# Characters looked at, at either end of a message: the rules' time grows faster than a text does.
ENDS = 1000


def recognise(text: str) -> Danger | None:
    """Return the kind of acute danger that a message tells of; None where it tells of none."""
    looked_at = text if len(text) <= 2 * ENDS else f"{text[:ENDS]}\n{text[-ENDS:]}"
    folded = said_by.NOT_SO.sub(" ", said_by.HARMLESS.sub(" ", fold(looked_at.replace("\n", " . "))))
    jest = bool(said_by.JEST.search(folded))
    not_serious = jest or bool(said_by.ONLY_ASKING.search(folded))
    hints: set[re.Pattern[str]] = set()
    for sentence in said_by.SENTENCE.split(folded):
        if not (said := _told(sentence)):
            continue
        light = jest or bool(said_by.EVERY_TIME.search(said) and not said_by.HAPPENING.search(said) and not said_by.HAPPENED.search(said))
        for sign in SIGNS:
            if not (sign.weak and not_serious) and not (light and sign.kind in said_by.MAY_BE_JEST) and sign.words.search(said):
                return sign.kind
        if not light:
            hints.update(hint for hint in HINTS if hint.search(said))
    return "other" if len(hints) > 1 else None


def _told(sentence: str) -> str:
    """Return what of a sentence tells of something that happens now: without what is only asked; nothing, where it is about the past."""
    if said_by.HAPPENING.search(sentence):
        return sentence
    if said_by.NOT_NOW.search(sentence):
        return ""
    return ",".join(
        piece for piece in sentence.split(",") if said_by.HAPPENED.search(piece) or not said_by.ONLY_ASKING.search(piece.lstrip())
    )


def reply(text: str | None, shop: Mapping[str, Any]) -> str:
    """Return what the customer is told at once: the shop's own words or `TEXT`, with `address` and `phone` where they do not say them."""
    said = text or TEXT
    lines = [said]
    if (address := shop["address"]) and fold(address) not in fold(said):
        lines.append(f"Endereço: {address}")
    if (phone := shop["phone"]) and _digits(phone)[-8:] not in _digits(said):
        lines.append(f"Telefone: {_dialled(phone)}")
    return "\n".join(lines)


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _dialled(phone: str) -> str:
    """Write a number as people in Brazil dial it; as it was written where it is none."""
    digits = _digits(phone)
    try:
        number = phonenumbers.parse(f"+{digits}" if len(digits) > 11 else digits, "BR")
    except phonenumbers.NumberParseException:
        return phone
    if not phonenumbers.is_valid_number(number):
        return phone
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
