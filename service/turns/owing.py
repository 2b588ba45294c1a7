"""What a customer is owed: the facts that answer what they asked, told before anything is asked of them."""

import re
from collections.abc import Sequence
from dataclasses import replace

from service.language.grammar import date_words
from service.language.phrases import whole_words
from service.language.small_talk import Around
from service.turns.pieces import pieces
from service.turns.speaking import Spoken, asks_what_was_paid, best, spoken, stems
from service.turns.telling import Fact
from service.turns.wanted import Wanted, asks_for_something

# Sentences of a message that are looked at, days that one may name, and facts that are owed for all of them.
MOST_ASKED, MOST_DAYS, MOST_OWED = 8, 2, 3

# What everything costs is asked.
_PRICES = whole_words(r"quanto (?:custa\w*|fica\w*|sai|e|eh|ta|esta)|(?:os|tabela de) (?:precos|valores)|precos|valores")
# "Vocês dão banho?": what it costs says that they do.
_DOES = re.compile(r"\b(?:dao|da|fazem|faz|oferecem|trabalham com) (?:o |a |um |uma )?(.+)")
# What a shop may do, after a question whether it does: where it does not, what it does is told.
_TRADE = re.compile(
    r"\b(?:dao|da|faz|fazem|oferecem|trabalham com|tem|voces|vcs) (?:o |a |um |uma |servico de )?"
    r"(?:consult|veterinari|vacin|castra|cirurgi|exame|hotel|hosped|creche|day ?care|adestra|passeio|banh|tos[ao]|hidrata|corte de unha"
    r"|escova|interna[cr]|raio ?x|ultras|fisio|acupunt|plantao|taxi ?dog|leva e traz|spa\b|ofuro|clareamento|desembolo)"
)
# What asks for what is booked: that nothing is answers no other question.
_BOOKED = whole_words(
    r"(?:marcad|agendad|reservad)[oa]s?|agendamentos?", r"(?:meu|minha|meus|minhas) (?:horarios?|hora|consultas?|banhos?|tosas?)"
)


def owed(said: str, around: Around, turn: Sequence[Fact], standing: Sequence[Fact], told: Sequence[Fact]) -> list[Fact]:
    """Return the facts that answer what a customer asked, without those of whose kind something is `told`."""
    found: list[Fact] = []
    # "Quanto tempo dura?" is asked of what was proposed, or of the service that was spoken of.
    proposed = (fact.names for fact in (*turn, *standing) if is_proposal(fact))
    meant = next(proposed, frozenset(name for name in around.services if around.words.issuperset(name.split())))
    looked = any(fact.must or fact.kind == "slots" for fact in turn)
    for piece in pieces(said)[:MOST_ASKED]:
        asked = spoken(piece.text, around.today, standing)
        facts = _answers(piece.text, asked, meant, standing)
        # What a day's look says of it, it says better than its hours.
        heard = Wanted(piece.text, around)
        facts += _shut(asked, standing) if not looked and (heard.visit or heard.asks or heard.answers) else []
        found += [fact for fact in facts if not (fact in found or any(_is_covered(fact, other) for other in told))]
    offers = offers_instead(said, standing)
    return [*found, *([offers] if offers and not any(fact.kind == "prices" for fact in found) else [])][:MOST_OWED]


def offers_instead(said: str, standing: Sequence[Fact]) -> Fact | None:
    """Return what the shop does, where the customer asks whether it does what it does not; None elsewhere."""
    words = date_words(said)
    if "?" not in said or not _TRADE.search(words):
        return None
    known = [fact for fact in standing if fact.kind == "shop" and fact.about == "serviços"]
    return next((fact for fact in known if not stems(words) & stems(" ".join(fact.names))), None)


def _answers(text: str, asked: Spoken, meant: frozenset[str], standing: Sequence[Fact]) -> list[Fact]:
    if not asks_for_something(text):
        return []
    if asks_what_was_paid(text):
        return []
    facts = best(asked, (), standing)
    if not _BOOKED.search(date_words(text)):
        facts = [fact for fact in facts if fact.kind != "appointments" or fact.names]
    if not facts and not asked.names and meant:
        facts = best(replace(asked, names=meant), (), standing)
    if not facts and _PRICES.search(date_words(text)):
        facts = [fact for fact in standing if fact.kind == "prices" and "\n" in fact.text][:1]
    if not facts and (does := _DOES.search(date_words(text))):
        facts = [fact for fact in standing if fact.kind == "prices" and len(fact.names) == 1 and does[1].startswith(tuple(fact.names))][:1]
    # "O endereço e o telefone": each has its own sentence.
    facts += [fact for fact in standing if fact.kind == "place" and fact not in facts and stems(fact.about) & asked.words]
    return [fact for fact in facts if fact.kind not in ("undone", "knowledge", "question")]


def is_proposal(fact: Fact) -> bool:
    """Tell whether a fact asks for the yes to something: it says when it is."""
    return fact.kind == "question" and bool(fact.days or fact.times)


def _shut(asked: Spoken, standing: Sequence[Fact]) -> list[Fact]:
    """Return the hours of the days that are named where the shop is closed then, or at every time that is named."""
    if not 0 < len(asked.days) <= MOST_DAYS:
        return []
    of_days = [fact for fact in standing if fact.kind == "hours" and len(fact.days) == 1 and fact.days <= asked.days]
    return [fact for fact in of_days if _is_shut(asked, fact)]


def _is_shut(asked: Spoken, hours: Fact) -> bool:
    if not hours.times:
        return True
    return len(hours.times) > 1 and bool(asked.times) and all(at < min(hours.times) or at >= max(hours.times) for at in asked.times)


def _is_covered(fact: Fact, told: Fact) -> bool:
    """Tell whether something of a fact's kind, for its day, is told already."""
    if fact == told or (fact.kind == told.kind == "place" and fact.about == told.about):
        return True
    if fact.kind == told.kind and fact.kind != "place" and (not fact.days or bool(fact.days & told.days)):
        return True
    return fact.kind in ("hours", "appointments") and told.kind in ("refusal", "slots", "deed")
