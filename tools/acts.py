"""Whether the customer asked for what a tool does: just now, or before and still open.

What is open: the customer asked for it, and what came since is our question and an answer that only says which or when; or we asked whether
it is wanted, and the answer is a plain yes; or its proposal waits for an answer (docs/decisions/0019).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any, Literal

from service.agenda.proposals import ProposalKind
from service.language.acts import Act, acts_in, asked_by_us, is_assent, only_details, says_too
from service.language.grammar import date_words
from service.language.loss import tells_of_death
from service.language.not_yet import books
from service.language.optout import QUESTIONS, Wish
from service.language.said import days_in
from service.language.unwanted import speaks_of
from service.platform import clock
from service.turns.briefing import Briefing, Message
from tools.grounds import Unsaid
from tools.heard import Heard

Deed = Act | Literal["stop", "resume"]

_OF: dict[ProposalKind, Act] = {"cancel": "cancel", "reschedule": "move"}
_WISH: dict[Deed, Wish] = {"stop": "out", "resume": "in"}
# Why a call is refused, and the question where it was spoken of.
_UNASKED: dict[Deed, tuple[str, str]] = {
    "cancel": ("O cliente não pediu para cancelar nada: nada foi feito.", "Você quer cancelar o horário que está marcado?"),
    "move": ("O cliente não pediu para mudar o que está marcado: nada foi feito.", "Você quer mudar o horário que já está marcado?"),
    "wait": ("O cliente não pediu para entrar na lista de espera: pergunte se ele quer.", "Quer entrar na lista de espera?"),
    "leave": ("O cliente não pediu para sair da lista de espera: nada foi feito.", "Você quer sair da lista de espera?"),
    "stop": ("O cliente não pediu para parar de receber mensagens: não pergunte isso.", ""),
    "resume": ("O cliente não pediu para voltar a receber mensagens: não pergunte isso.", ""),
}
ANSWER_THEM = "Responda ao que ele disse."
FORBIDDEN = "O cliente disse que ainda não é para marcar: nada foi marcado. Consulte e responda ao que ele perguntou."
NOTHING_BOOKED_YET = "Tudo bem, por enquanto não marco nada."


def act(which: Deed) -> Callable[[Mapping[str, Any], Heard], Unsaid | None]:
    """Return what looks whether the customer asked for an act."""
    return lambda _, heard: _unasked(which, heard)


def on_messages(args: Mapping[str, Any], heard: Heard) -> Unsaid | None:
    """Look whether the customer spoke of being written to no more, or again."""
    return _unasked("resume" if args.get("resume") in (True, "true", "True") else "stop", heard)


def not_forbidden(args: Mapping[str, Any], heard: Heard) -> Unsaid | None:
    """Look whether the customer said lately that nothing is to be booked yet, and has not wanted it since."""
    names = _names(heard)
    for messages in _back(heard.messages, heard):
        if messages[0].direction == "outgoing":
            continue
        said = "\n".join(message.content for message in messages)
        wanted = books(said)
        if wanted is False:
            return Unsaid(FORBIDDEN, NOTHING_BOOKED_YET)
        if wanted or is_assent(said, names) or ("?" not in said and only_details(said, names, named=True)):
            return None
    return None


def is_asked_for(which: Deed, heard: Heard) -> bool:
    """Tell whether the customer asks for an act, or has asked for it and it is open."""
    return _unasked(which, heard) is None


def _unasked(which: Deed, heard: Heard) -> Unsaid | None:
    waiting = [message for message in heard.messages if message.unanswered]
    before = [message for message in heard.messages if not waiting or message.seq < waiting[0].seq]
    said = "\n".join(message.content for message in waiting)
    if _asks_for(which, waiting, heard) or _is_open(which, before, said, heard):
        return None
    if which == "cancel" and any(tells_of_death(line.words) for line in heard.fresh if not line.ours):
        return None
    why, ask = _UNASKED[which]
    doubtful = ask and (which in acts_in(said, _names(heard, which)).spoken_of or _is_near(which, before, heard))
    return Unsaid(f"{why} Não está claro se ele quer: pergunte." if doubtful else f"{why} {ANSWER_THEM}", ask if doubtful else "")


def whose_list(briefing: Briefing) -> list[str]:
    """Return the names that may stand in a wish to wait no longer, which is for all that is waited for: of several pets none."""
    return briefing.names if len(briefing.pets) < 2 else [service.name for service in briefing.services]


def _names(heard: Heard, which: Deed | None = None) -> list[str]:
    briefing = heard.briefing
    if which == "leave":
        return whose_list(briefing)
    booked = [name for one in briefing.appointments for name in (one.pet, one.service, one.professional) if name]
    return [*briefing.names, *booked, *([briefing.contact.name] if briefing.contact.name else [])]


def _asks_for(which: Deed, messages: Sequence[Message], heard: Heard) -> bool:
    """Return whether what was written in a row asks for an act."""
    if not messages:
        return False
    if wanted := _WISH.get(which):
        # What it leads to is a question: to speak of it is enough.
        return any(speaks_of(wanted, message.content) for message in messages)
    found = acts_in("\n".join(message.content for message in messages), _names(heard, which))
    if which in found.said:
        return True
    today = clock.local(messages[-1].at, heard.briefing.zone).date()
    return any(which == implied and _is_of_a_visit(words, today, heard) for implied, words in found.implied)


def _is_of_a_visit(words: str, today: date, heard: Heard) -> bool:
    """Return whether what only implies a wish is said of a visit that stands: of its day, or of none while no other is being booked."""
    named = {day for said in days_in(date_words(words), today) for day in said.days}
    proposal = heard.briefing.proposal
    books = proposal is not None and proposal.kind == "book" and not proposal.expired
    return bool(named & heard.booked_days) if named else not books


def _is_open(which: Deed, before: Sequence[Message], answer: str, heard: Heard) -> bool:
    """Return whether an act that was asked for before waits for what the customer has just answered."""
    names, too = _names(heard), says_too(answer)
    for messages in _back(before, heard):
        if not (only_details(answer, names) or is_assent(answer, names)):
            return False
        if messages[0].direction == "incoming":
            if _asks_for(which, messages, heard):
                return True
            answer = "\n".join(message.content for message in messages)
            continue
        asked = _asked(messages, heard)
        if asked == which and (is_assent(answer, names) or _proposed(messages, heard) == which):
            return True
        agrees_to_another = asked not in (None, which) and is_assent(answer, names)
        if not too and (agrees_to_another or not _waits(messages, heard)):
            return False
    return False


def _is_near(which: Deed, before: Sequence[Message], heard: Heard) -> bool:
    """Return whether the customer asked for an act right before our last question."""
    rows = list(_back(before, heard))[:2]
    return len(rows) == 2 and rows[0][0].direction == "outgoing" and _waits(rows[0], heard) and _asks_for(which, rows[1], heard)


def _back(before: Sequence[Message], heard: Heard) -> Iterator[list[Message]]:
    """Yield what was written lately, back from the end, each time what one side wrote in a row."""
    fresh = [message for message, line in zip(heard.messages, heard.lines, strict=True) if line.fresh and message in before]
    for _, row in groupby(reversed(fresh), key=lambda message: message.direction):
        yield list(row)[::-1]


def _asked(ours: Sequence[Message], heard: Heard) -> Deed | None:
    """Return the act that we asked for the customer's word on."""
    text = ours[-1].content
    if wanted := next((of for of, question in QUESTIONS.items() if text.rstrip().endswith(question)), None):
        return "stop" if wanted == "out" else "resume"
    return _proposed(ours, heard) or asked_by_us(text)


def _proposed(ours: Sequence[Message], heard: Heard) -> Act | None:
    proposal = heard.briefing.proposal
    is_current = proposal is not None and any(message.proposal_id == proposal.id for message in ours)
    return _OF.get(proposal.kind) if proposal is not None and is_current else None


def _waits(ours: Sequence[Message], heard: Heard) -> bool:
    """Return whether we asked something, and no proposal with it that is over or is about something else."""
    proposes = any(message.proposal_id for message in ours)
    return any("?" in message.content for message in ours) and (not proposes or _proposed(ours, heard) is not None)
