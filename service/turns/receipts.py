"""Whether what a reply states is backed: its days, times and prices, and whatever it says was booked, moved, cancelled or registered.

What it claims is found by rules over its words (`language.claims`) and held against the conversation's `Evidence`. How well that does,
and what it does not see, is in docs/agenda-and-safety.md.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations_with_replacement

from service.language.claims import FIGURE, PERCENT, Sentence, denies, prices_in, sentences_of, takes_as_done, told_by
from service.language.money import format_brl
from service.language.said import SaidTime, names_day
from service.turns.deeds import undone
from service.turns.evidence import Deed, Evidence, Moment
from service.turns.statements import CLOSED, OFFERED, OPENING, among, edge, moment_words, named

_TOTAL = re.compile(r"\b(?:total|som[ao]\w*|juntos?|juntas?|ao todo|tudo|os dois|as duas|ambos|ambas)\b")


def unbacked(reply: str, evidence: Evidence) -> list[str]:
    """Return what a reply states without anything to back it, as short Portuguese sentences for the model; empty when all is backed."""
    sentences = sentences_of(reply, evidence.today)
    reasons = [*_unknown_days(sentences, evidence), *_unknown_times(sentences, evidence), *_unknown_prices(sentences, evidence)]
    reasons += undone(sentences, evidence)
    return list(dict.fromkeys(reasons))


def states_something(reply: str) -> bool:
    """Tell whether there is anything to back in a reply: a figure, a day, a deed. Most greetings and questions need no evidence."""
    sentences = sentences_of(reply, date.max)
    return any(
        FIGURE.search(sentence.words) or names_day(sentence.words) or any(told_by(sentence)) or takes_as_done(sentence)
        for sentence in sentences
    )


def _unknown_days(sentences: Sequence[Sentence], evidence: Evidence) -> Iterator[str]:
    for sentence in sentences:
        for said in sentence.days:
            if said.problem:
                yield f"Data errada: {said.problem.removesuffix(' Qual dos dois?').removesuffix(' Qual é a data?')}"
            elif said.dated and not evidence.days.intersection(said.days):
                yield f'A data "{sentence.words[said.start : said.end]}" não veio de nenhuma função nem da conversa.'


def _unknown_times(sentences: Sequence[Sentence], evidence: Evidence) -> Iterator[str]:
    for sentence in sentences:
        tone = _Tone.of(sentence) if sentence.times else _Tone()
        for said, day in sentence.moments:
            days: tuple[date | None, ...] = day.days if day and not day.problem else (None,)
            if why := _wrong_time(sentence, tone, said, days, evidence):
                yield f"{moment_words(said, days)} {why}"


@dataclass(frozen=True, slots=True)
class _Tone:
    """How a sentence speaks of its times, looked up once; `denied` are the starts of clauses that deny or say "fechado"."""

    opens: bool = False
    offers: bool = False
    denied: frozenset[int] = frozenset()

    @classmethod
    def of(cls, sentence: Sentence) -> "_Tone":
        clauses = [(start, sentence.words[start:end]) for start, end in sentence.clauses]
        denied = frozenset(start for start, clause in clauses if denies(clause) or CLOSED.search(clause))
        return cls(bool(OPENING.search(sentence.words)), bool(OFFERED.search(sentence.words)), denied)


def _wrong_time(sentence: Sentence, tone: _Tone, said: SaidTime, days: tuple[date | None, ...], evidence: Evidence) -> str | None:
    denied = sentence.clause_of(said.start)[0] in tone.denied
    stated, opening = among(said, days, evidence.times), _in_hours(said, days, evidence)
    asked = bool(evidence.asked.intersection(said.times))
    lasting = any(t.hour * 60 + t.minute in evidence.durations for t in said.times)
    if not denied and tone.opens:
        return None if stated or opening else "não é horário de abrir nem de fechar da loja nesse dia."
    free = among(said, days, evidence.free)
    offered = not denied and tone.offers and not edge(sentence, said)
    if offered and not (free or lasting or among(said, days, _moments_of(evidence.appointments))):
        return "não está entre os horários livres que as funções devolveram; consulte check_availability antes de oferecer."
    if stated or free or opening or asked or lasting:
        return None
    return "não veio de nenhuma função nem da conversa."


def _in_hours(said: SaidTime, days: tuple[date | None, ...], evidence: Evidence) -> bool:
    hours = evidence.hours
    of_days = [evidence.unusual.get(day, hours.get(day.weekday(), set())) for day in days if day]
    open_at = of_days if days != (None,) else list(hours.values())
    return any(t in times for times in open_at for t in said.times)


def _moments_of(deeds: Iterable[Deed]) -> set[Moment]:
    return {(day, at) for deed in deeds for day, at in deed.moments if at}


def _unknown_prices(sentences: Sequence[Sentence], evidence: Evidence) -> Iterator[str]:
    known = {cents for _, cents in evidence.prices}
    sums = {a + b for a, b in combinations_with_replacement(known, 2)} | {sum(three) for three in combinations_with_replacement(known, 3)}
    loose = {c for s, c in evidence.prices if s is None}
    for sentence in sentences:
        mentioned = named(sentence.words, evidence.services | evidence.packages) if FIGURE.search(sentence.words) else []
        prices = {service: _prices_of(service, sentence, evidence) for service in {name for _, _, name in mentioned}}
        adds_up = bool(_TOTAL.search(sentence.words))
        for start, end, cents in prices_in(sentence.words):
            service = _priced(sentence.words, start, end, mentioned)
            own = prices[service] if service else set()
            if cents in ((own | loose) if own else known) or (adds_up and cents in sums):
                continue
            if not denies(sentence.before(start)):
                yield f"O preço {format_brl(cents)}{f' de {service}' if own else ''} não veio de nenhuma função."
        for percent in PERCENT.findall(sentence.words):
            if percent not in evidence.percents and percent != "100":
                yield f"Os {percent}% não vieram de nenhuma função nem da equipe."


_BY_SORT = re.compile(r"\ba partir de\b|\bporte\b|\bpequen|\bmedi[oa]|\bgrande|\bgigante|\bmini\b|\bpelo|\bpelagem\b|\bnormal")


def _prices_of(service: str, sentence: Sentence, evidence: Evidence) -> set[int]:
    """Return the prices of a service that a sentence may tell: of the pet that it is about, where a tool told that pet's."""
    pets = {name for _, _, name in named(sentence.words, evidence.pets)} or evidence.pets
    prices = {cents for of, cents in evidence.prices if of == service}
    told = evidence.prices_for.get((next(iter(pets)), service)) if len(pets) == 1 else None
    if told is None or _BY_SORT.search(sentence.words):
        return prices
    listed, booked = ({cents for of, cents in some if of == service} for some in (evidence.listed, evidence.booked_for))
    return prices - listed | told | booked


_OF_IT = re.compile(r" (?:(?:o|a|no|na|do|da|d?pelo|d?pela|para o|para a|pro|pra|de) )?")


def _priced(words: str, start: int, end: int, mentioned: Sequence[tuple[int, int, str]]) -> str | None:
    """Return the service that a price is of: the one that follows at once ("R$ 70 o banho"), else the last before it."""
    follows = bisect_left(mentioned, (end, 0, ""))
    if follows < len(mentioned) and _OF_IT.fullmatch(words, end, mentioned[follows][0]):
        return mentioned[follows][2]
    before = bisect_right(mentioned, start, key=lambda one: one[1])
    return mentioned[before - 1][2] if before else None
