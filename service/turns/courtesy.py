"""What the server says of its own where nothing of a reply is left: a courtesy for a courtesy, or the question of what a wish lacks."""

import re
from collections.abc import Sequence

from service.language.grammar import date_words
from service.language.loss import tells_of_death
from service.language.phrases import whole_words
from service.language.said import days_in, times_in
from service.language.small_talk import Around, Said, Tells, said_in_passing, wants_nothing
from service.language.text import fold
from service.turns.briefing import Briefing
from service.turns.pieces import pieces
from service.turns.sentences import UNKNOWN
from service.turns.telling import Voice
from service.turns.wanted import Wanted

_BOOKS = whole_words(r"(?:marca|agenda|reserva)r?", "marque|agende|reserve|marcando|agendando")
_WISHES = whole_words("quero|queria|gostaria|preciso|da pra|tem como|pode ser|consegue")
# What is wanted where these are said is no new appointment.
_OTHER = whole_words(
    "nao|mudar|trocar|quanto", r"cancel\w+|desmarc\w+|remarc\w+|reagend\w+|precos?|valor\w*|cust\w+|marcad[oa]s?|agendad[oa]s?"
)
# More of them are no question.
MOST_SERVICES = 5
_DAYTIMES = (("bom dia", "Bom dia"), ("boa tarde", "Boa tarde"), ("boa noite", "Boa noite"))


def courtesy(said: str, around: Around, briefing: Briefing, voice: Voice) -> str | None:
    """Return what answers a customer who wants nothing; None where they may want something, or only said that they heard."""
    if wants_nothing(said, around) and (condoled := condolence(said, voice)):
        return condoled
    kind = said_in_passing(said, around)
    if kind == "greeting":
        return _greeting(said, briefing, voice)
    return voice.say(**_ANSWERS[kind]) if kind in _ANSWERS else None


def condolence(said: str, voice: Voice) -> str | None:
    """Return what is said to a customer who tells of a death; None to any other."""
    if not tells_of_death(said):
        return None
    return voice.say(
        warm=("Sinto muito pela sua perda. Um abraço bem apertado. 💛", "Meus sentimentos. Receba um abraço carinhoso. 💛"),
        earnest=("Sentimos muito pela sua perda.", "Lamentamos muito. Nossos sentimentos."),
    )


_ANSWERS: dict[Said | Tells | None, dict[str, tuple[str, ...]]] = {
    "thanks": {
        "warm": ("Por nada! Qualquer coisa, é só chamar. 🐾", "Imagina! Quando precisar, é só chamar. 💛"),
        "earnest": ("Por nada. Se precisar, é só chamar.", "De nada. Estamos à disposição."),
    },
    "farewell": {
        "warm": ("Até mais! Quando precisar, é só chamar. 🐾", "Até logo! Um abraço! 💛"),
        "earnest": ("Até logo. Estamos à disposição.", "Até mais. Se precisar, é só chamar."),
    },
    "praise": {
        "warm": ("Ganhei o dia! Qualquer coisa, é só chamar. 💛", "Fico feliz! Se precisar, é só chamar. 🐾"),
        "earnest": ("Agradecemos pelo carinho. Estamos à disposição.", "Agradecemos pela gentileza. Se precisar, é só chamar."),
    },
    "pause": {
        "warm": ("Sem pressa! Estou por aqui. 🐾", "Fique à vontade! Quando quiser, é só chamar. 💛"),
        "earnest": ("Fique à vontade. Estamos à disposição.", "Sem pressa. Estamos à disposição."),
    },
    "sorry": {
        "warm": ("Imagina, sem problema! Estou por aqui. 🐾", "Que isso, acontece! Se precisar, é só chamar. 💛"),
        "earnest": ("Não se preocupe. Estamos à disposição.", "Sem problema. Se precisar, é só chamar."),
    },
    "aside": {
        "warm": ("Haha! Se precisar, é só chamar. 🐾", "Que bom falar com você! Se precisar, é só chamar. 💛"),
        "earnest": ("Se precisar, é só chamar.", "Estamos à disposição."),
    },
    "glad": {
        "warm": ("Que alegria! Se precisar, é só chamar. 🐾", "Que notícia boa! Qualquer coisa, é só chamar. 💛"),
        "earnest": ("Ficamos felizes em saber. Estamos à disposição.", "Que bom. Se precisar, é só chamar."),
    },
}  # fmt: skip


def _greeting(said: str, briefing: Briefing, voice: Voice) -> str:
    """Greet as the customer did, say who answers, and ask what is wanted."""
    folded = " ".join(re.findall(r"\w+", date_words(said)))
    hello = next((own for words, own in _DAYTIMES if words in folded), "Olá" if not voice.warm else "Oi")
    customer = (briefing.contact.name or "").split(" ")[0]
    name, shop = briefing.settings.ai_personality.name, briefing.organization.name
    who = f"Aqui é {name}, da {shop}." if name else f"Aqui é o atendimento da {shop}."
    return f"{hello}{f', {customer}' if customer else ''}{'!' if voice.warm else '.'} {who} Como posso ajudar?"


def missing(said: str, written: str, around: Around, briefing: Briefing) -> str | None:
    """Return the question of what a wish for an appointment lacks; None where it is none, or lacks nothing.

    `said` is what the customer wrote in this turn, `written` everything that is known of them.
    """
    words, whole = date_words(said), date_words(written)
    services, pets = [service.name for service in briefing.services], [pet.name for pet in briefing.pets]
    if _OTHER.search(words) or not (_BOOKS.search(words) or (_WISHES.search(words) and _named(services, words))):
        return None
    if not _named(services, whole):
        return f"Qual serviço você gostaria: {_or(services)}?" if 0 < len(services) <= MOST_SERVICES else "Qual serviço você gostaria?"
    if not pets and not around.names:
        return "Como se chama o seu pet?"
    if len(pets) > 1 and not _named(pets, whole):
        return f"Para qual pet: {_or(pets)}?"
    if not days_in(whole, around.today):
        return "Para qual dia?"
    return None if times_in(whole) else "Qual horário você prefere?"


def _named(names: Sequence[str], words: str) -> bool:
    return any(re.search(rf"\b{re.escape(fold(name))}s?\b", words) for name in names)


def _or(names: Sequence[str]) -> str:
    return " ou ".join(filter(None, (", ".join(names[:-1]), names[-1])))


# What who agrees to nothing is asked.
WHAT_ELSE = "Se quiser, me conte por aqui o que você precisa. 🐾"


def unanswered(said: str, around: Around, voice: Voice, *, asked: bool) -> str | None:
    """Return what is said where nothing answers: that it is not known here what was asked, or what else there is; None elsewhere.

    `asked` is whether the customer was asked something: then an "ok" answers it, and wants more than that.
    """
    wanted = Wanted(said, around)
    if wanted.passing == "heard":
        return None if asked else WHAT_ELSE
    if wanted.tells == "glad":
        return voice.say(**_ANSWERS["glad"])
    own = [piece.text for piece in pieces(said)]
    questions = [text for text in own if text.rstrip().endswith("?")]
    others = all(said_in_passing(text, around) for text in own if text not in questions)
    return voice.choose(UNKNOWN) if questions and others and not (wanted.visit or wanted.changes or wanted.mourns) else None
