"""What a turn may tell: the facts of its own calls, those that stand, and what its free words may name (`service.turns.compose`)."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from langchain_core.messages import AIMessage, AnyMessage, HumanMessage, ToolCall, ToolMessage

from graphs.aurora.facts import owners_facts
from graphs.history import TEAM
from service.language.formatting import listed
from service.language.grammar import date_words
from service.language.money import prices_in
from service.language.said import days_in, times_in
from service.language.small_talk import Around, Times, talk
from service.language.text import fold
from service.language.together import named_together
from service.platform.documents import JsonObject
from service.turns.briefing import Briefing
from service.turns.changed import asked_anew
from service.turns.compose import Told
from service.turns.courtesy import condolence, courtesy, missing, unanswered
from service.turns.owing import is_proposal
from service.turns.pieces import pieces
from service.turns.standing import standing_facts, voice_of
from service.turns.telling import DeedKind, Fact
from tools import registry
from tools.results import Refused

# A word with a capital letter within a sentence.
_WRITTEN_NAME = re.compile(r"(?<=[a-zà-ú,] )[A-ZÀ-Ú][a-zà-ú]+\b")
# What a shop is, before what it is called: customers leave it out.
_KIND_OF_SHOP = re.compile(r"^(?:pet ?shop|cl[ií]nica(?: veterin[aá]ria)?)\s+", re.IGNORECASE)
# Persons' words that a reply may repeat: the newest ones. Longer ones are not for repeating.
TEAM_MESSAGES = 3
LONGEST_QUOTE = 500


# What waits for the answer to a proposal, by the deed of its tool.
_LATER: dict[DeedKind, str] = {
    "cancelled": "O cancelamento",
    "moved": "A mudança do outro horário",
    "waiting": "A lista de espera",
    "registered": "O cadastro",
}
_ONLY = re.compile(r"\b(?:so|apenas|somente)\b")
# Characters of sentences that a result is shown in: beyond them nobody reads.
LONGEST_SHOWN = 1200
# What a result says to the model alone, and how it is shown.
_NOTES = ("error", "message", "left_out")
_NOTE = "(Só para você: {})"
_NO_BRACKETS = str.maketrans("()", "[]")
_NOTED = re.compile(r"\(Só para você:[^)]*\)?")


def result_message(call_id: str | None, name: str, content: JsonObject, briefing: Briefing) -> ToolMessage:
    """Return a call's result as a message: its JSON, and in `artifact` what the model is shown in its place.

    A model copies what it is shown. So that is the very sentences that a reply may take from the result, and what it says to the model
    alone; None where it has no sentence, as an owner's, which brings its own words.
    """
    written = json.dumps(content, ensure_ascii=False)
    return ToolMessage(written, tool_call_id=call_id or "", name=name, artifact=_shown(name, content, written, briefing))


def _shown(name: str, content: JsonObject, written: str, briefing: Briefing) -> str | None:
    kind = registry.named(name)
    result = kind.read(written) if kind and "text" not in content else None
    sentences = [fact.text for fact in kind.tell(result, voice_of(briefing))] if kind and result else []
    fits = [text for n, text in enumerate(sentences) if len("".join(sentences[: n + 1])) <= LONGEST_SHOWN]
    notes = " ".join(str(content[note]) for note in _NOTES if content.get(note))
    return "\n".join([*fits, *([_NOTE.format(notes.translate(_NO_BRACKETS))] if notes else [])]) if fits else None


def without_notes(reply: str) -> str:
    """Return a reply without what the model copied of a result that was for it alone."""
    return _NOTED.sub("", reply).strip()


def told_to_customer(messages: Sequence[AnyMessage], turn: Sequence[AnyMessage], briefing: Briefing) -> Told:
    """Return what a reply may tell a customer: `messages` are all of the window, `turn` those of them that the running turn added.

    What tools returned in earlier turns may not stand any longer, the briefing is newer.
    """
    voice = voice_of(briefing)
    facts, said = _of_calls(turn, briefing), _said(turn)
    facts = [*_wished_beside(said, facts, briefing), *facts]
    named = [day for found in days_in(date_words(said), briefing.local_date) for day in found.days]
    standing = [fact for fact in standing_facts(briefing, voice, named) if not _overtaken(fact, facts)]
    standing, anew = _without_changed(standing, said, briefing)
    around = _around(messages, said, facts, briefing, standing)
    written = "\n".join(message.text for message in messages if isinstance(message, HumanMessage))
    lacks = missing(said, written, around, briefing) or unanswered(said, around, voice, asked=_asked(messages, around))
    return Told(
        facts,
        [*standing, *_undone(messages, facts), *_of_the_team(messages, briefing.local_date)],
        around,
        said,
        courtesy=courtesy(said, around, briefing, voice),
        missing=anew or _open_question(standing) or lacks,
        condolence=condolence(said, voice),
    )


def _said(turn: Sequence[AnyMessage]) -> str:
    """Return what the customer said in a turn. What a person of the shop has answered within it is not for the AI to answer."""
    persons = (at + 1 for at, message in reversed([*enumerate(turn)]) if _is_of_the_team(message))
    return "\n".join(message.text for message in turn[next(persons, 0) :] if isinstance(message, HumanMessage))


def told_to_owner(messages: Sequence[AnyMessage], turn: Sequence[AnyMessage], briefing: Briefing) -> Told:
    """Return what a reply may tell an owner: the figures of this turn's calls, and those of the day so far."""
    said = "\n".join(message.text for message in turn if isinstance(message, HumanMessage))
    facts = _of_calls(turn, briefing)
    return Told(facts, owners_facts(briefing), _around(messages, said, facts, briefing), said, owner=True)


def _asked(messages: Sequence[AnyMessage], around: Around) -> bool:
    """Tell whether the last message to the customer asked something more than how to help."""
    ours = (message.text for message in reversed(messages) if isinstance(message, AIMessage) and message.text)
    return any("?" in piece.text and talk(piece.text, around) not in ("greeting", "opening", "closing") for piece in pieces(next(ours, "")))


def _open_question(standing: Sequence[Fact]) -> str | None:
    """Return what the customer was asked and has not answered."""
    return next((fact.text for fact in standing if fact.kind == "question" and (fact.days or fact.times)), None)


def _without_changed(standing: Sequence[Fact], said: str, briefing: Briefing) -> tuple[list[Fact], str | None]:
    """Return what stands without a question of which the customer has just named another day or hour, and what is asked instead."""
    question = next((fact for fact in standing if is_proposal(fact)), None)
    if question is None or not said:
        return list(standing), None
    opening = sorted({(hours.opens_at, hours.closes_at) for hours in briefing.hours}) or None
    names = [*(pet.name for pet in briefing.pets), *(service.name for service in briefing.services)]
    known = frozenset(word for name in names for word in fold(name).split())
    anew = asked_anew(said, question, briefing.local_date, opening, known)
    return ([fact for fact in standing if fact is not question], anew) if anew else (list(standing), None)


def _undone(messages: Sequence[AnyMessage], turn: Sequence[Fact]) -> list[Fact]:
    """Return that nothing was done, where nothing was in all of the window, and nothing waits for a yes."""
    if any(fact.must and fact.kind in ("deed", "question") for fact in turn) or any(map(_wrote, messages)):
        return []
    return [Fact.of("undone", text) for text in ("Ainda não marquei nada.", "Ainda não cancelei nem mudei nada.")]


def _wrote(message: AnyMessage) -> bool:
    return isinstance(message, ToolMessage) and registry.writes(message.name or "") and '"success": false' not in message.text


def _overtaken(fact: Fact, turn: Sequence[Fact]) -> bool:
    """Tell whether what stood when the turn began may not stand any longer, after what the turn did."""
    if fact.kind == "question":
        return any(done.must for done in turn)
    if fact.kind == "prices":
        return any(found.kind == "prices" and found.names & fact.names for found in turn)
    names = frozenset(name for done in turn if done.kind == "deed" for name in done.names)
    return fact.kind in ("appointments", "people", "pets", "waiting") and bool(names) and (not fact.names or bool(fact.names & names))


def _of_calls(turn: Sequence[AnyMessage], briefing: Briefing) -> list[Fact]:
    """Return the facts of a turn's calls in order. What a later call of the same tool put right is not refused any longer."""
    voice = voice_of(briefing)
    told: list[tuple[registry.Kind, list[Fact]]] = []
    calls = {call["id"]: call for message in turn if isinstance(message, AIMessage) for call in message.tool_calls}
    for message in turn:
        kind = registry.named(message.name) if isinstance(message, ToolMessage) else None
        result = kind.read(message.text) if kind else None
        if kind is None or result is None or not isinstance(message, ToolMessage):
            continue
        facts = list(kind.tell(result, voice))
        if isinstance(result, Refused) and not registry.writes(kind.name):
            # What a look lacks is asked only where nothing else answers the customer.
            facts = [replace(fact, must=False) if fact.kind == "question" else fact for fact in facts]
        stands = [fact for other, before in told if other.proposes for fact in before if _is_answered(fact)]
        if stands and kind.proposes and not any(_answers_instead(fact, stands) for fact in facts):
            # What was proposed, or found not to be free, is not called in question by what the model tries after it.
            about = _named(calls.get(message.tool_call_id))
            facts = [replace(fact, must=False) if _is_beside(fact, about, stands) else fact for fact in facts]
        else:
            for number, (other, before) in enumerate(told):
                if other.name == kind.name or (other.proposes and kind.proposes):
                    told[number] = (other, [_put_right(fact, facts) for fact in before])
        told.append((kind, facts))
    return [*_left_for_later(told), *(fact for _, facts in told for fact in facts)]


def _left_for_later(told: Sequence[tuple[registry.Kind, Sequence[Fact]]]) -> Iterator[Fact]:
    """Yield that what was refused with a question, which cannot be asked beside a proposal, is seen to after its answer."""
    proposing = next((kind for kind, facts in reversed(told) if any(fact.must and is_proposal(fact) for fact in facts)), None)
    left = {kind.deed for kind, facts in told if any(fact.kind == "question" and not is_proposal(fact) for fact in facts)}
    for deed, what in _LATER.items():
        if proposing and deed in left and deed != proposing.deed:
            yield Fact.of("refusal", f"{what} eu vejo assim que você responder.", must=True)


def _wished_beside(said: str, turn: Sequence[Fact], briefing: Briefing) -> list[Fact]:
    """Return that what the customer named in one breath with what is proposed is seen to after its answer."""
    proposal = next((fact for fact in turn if fact.must and is_proposal(fact)), None)
    names = [service.name for service in briefing.services]
    proposed = [name for name in names if proposal and fold(name) in proposal.names]
    known = {name for fact in turn if fact.must for name in fact.names}
    beside = [other for name in proposed for other in named_together(name, [one for one in names if one != name], said)]
    left = [name for name in dict.fromkeys(beside) if fold(name) not in known and not _ONLY.search(fold(said))]
    return [Fact.of("refusal", f"{listed(left)} eu vejo assim que você responder.", must=True, names=left)] if left else []


def _is_answered(fact: Fact) -> bool:
    """Tell whether a fact is a proposal, or says when there is a place instead."""
    return fact.must and fact.kind in ("question", "refusal") and bool(fact.days or fact.times)


def _answers_instead(fact: Fact, stands: Sequence[Fact]) -> bool:
    """Tell whether a later fact takes the place of those that stand: a deed, a proposal, and of what is not free another such answer."""
    return fact.kind == "deed" or is_proposal(fact) or (_is_answered(fact) and not any(map(is_proposal, stands)))


def _named(call: ToolCall | None) -> frozenset[str]:
    """Return the pet and the service that a call is about, folded."""
    return frozenset(fold(str(call["args"][name])) for name in ("pet_name", "service_type") if call and call["args"].get(name))


def _is_beside(fact: Fact, about: frozenset[str], stands: Sequence[Fact]) -> bool:
    """Tell whether a refusal need not be told: it is about what is answered already, or would be a second question beside a proposal."""
    names = about or fact.names
    if bool(names) and any(names <= other.names for other in stands):
        return True
    return fact.kind == "question" and any(map(is_proposal, stands))


def _put_right(fact: Fact, later: Iterable[Fact]) -> Fact:
    """Return a refusal, or a question, that need not be told after what came later; one about another pet still must be."""
    names = frozenset(name for other in later for name in other.names)
    apart = bool(fact.names) and bool(names) and not fact.names <= names and fact.kind == "refusal"
    return replace(fact, must=False) if fact.must and fact.kind in ("refusal", "question") and not apart else fact


def _of_the_team(messages: Sequence[AnyMessage], today: date) -> list[Fact]:
    """Return what persons of the shop wrote to this customer, in their words. A model that begins its reply like one is none."""
    written = [message.text.removeprefix(TEAM).strip() for message in messages if _is_of_the_team(message)]
    return [_quoted(text, today) for text in written[-TEAM_MESSAGES:] if text and len(text) <= LONGEST_QUOTE]


def _is_of_the_team(message: AnyMessage) -> bool:
    return isinstance(message, AIMessage) and not message.response_metadata and message.text.startswith(TEAM)


def _quoted(text: str, today: date) -> Fact:
    words = date_words(text)
    return Fact.of(
        "knowledge", f"A nossa equipe escreveu: “{text}”",
        days=[day for said in days_in(words, today) for day in said.days],
        times=[at for said in times_in(words) for at in said.times],
        cents=[cents for _, _, cents in prices_in(words)],
        about="equipe combinou deixou",
    )  # fmt: skip


def _around(messages: Sequence[AnyMessage], own: str, turn: Sequence[Fact], briefing: Briefing, standing: Sequence[Fact] = ()) -> Around:
    """Return what free words may name."""
    shop, contact = briefing.organization.name, briefing.contact.name or ""
    owner = (briefing.owner.name if briefing.owner else None) or ""
    own_name = _KIND_OF_SHOP.sub("", shop)
    people = (owner, owner.split(" ")[0], contact, contact.split(" ")[0], briefing.settings.ai_personality.name or "", shop, own_name)
    services = frozenset(fold(service.name) for service in briefing.services)
    pets = {fold(pet.name) for pet in briefing.pets} | {name for fact in turn if fact.kind == "deed" for name in fact.names}
    written = [message.text for message in messages if isinstance(message, HumanMessage)]
    words = date_words(own)
    asked = Times(
        frozenset(day for found in days_in(words, briefing.local_date) for day in found.days),
        frozenset(at for found in times_in(words) for at in found.times),
        own=True,
    )
    offered = [fact for fact in (*turn, *standing) if fact.kind in ("slots", "refusal", "appointments")]
    return Around(
        today=briefing.local_date,
        people=frozenset(fold(name) for name in people if name.strip()),
        pets=frozenset(pets) - services,
        services=services,
        words=frozenset(word for text in written for word in re.findall(r"[^\W_]+", fold(text))),
        names=frozenset(fold(name) for text in written for name in _WRITTEN_NAME.findall(text)),
        times=(asked, *(Times(fact.days, fact.times, free=fact.kind != "appointments") for fact in offered if fact.days)),
    )
