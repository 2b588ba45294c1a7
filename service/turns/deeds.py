"""Whether what a reply says was done was done: every claim held against the deeds and appointments that the evidence has."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time

from service.language.claims import Claim, ClaimKind, Sentence, claims_in, denies, leaves_open, sentences_of, takes_as_done, told_by
from service.language.text import ending_at, fold
from service.platform.clock import WEEKDAYS
from service.turns.evidence import STANDING, Deed, Evidence
from service.turns.statements import CLOSED, OFFERED, OPENING, among, edge, moment_words, named

SAID: dict[ClaimKind, str] = {
    "booked": "está agendado", "moved": "foi remarcado", "cancelled": "foi cancelado", "confirmed": "está confirmado",
    "registered": "está cadastrado", "waiting": "está na lista de espera", "held": "está reservado", "released": "foi liberado",
}  # fmt: skip


def take_team(evidence: Evidence, text: str) -> None:
    """Let what a person of the team wrote be repeated, deeds too: "já deixei o Rex marcado quinta às 16h"."""
    evidence.take_words(text)
    sentences = sentences_of(text, evidence.today)
    for claim in claims_in(sentences, evidence.services, evidence.pets):
        about = _About.of(sentences, claim.index, evidence)
        for days, times in about.moments or (((), ()),):
            day = days[0] if len(days) == 1 else None
            moment = times[0] if len(times) == 1 else None
            for pet in about.pets or (None,):
                evidence.take_deed(Deed(claim.kind, day, moment, pet))


def undone(sentences: Sequence[Sentence], evidence: Evidence) -> Iterator[str]:
    """Yield, in sentences for the model, what is told as done and is not."""
    for claim in claims_in(sentences, evidence.services, evidence.pets):
        about = _About.of(sentences, claim.index, evidence)
        if not about.backed_by(_records(claim, evidence), every=claim.kind != "moved"):
            yield f"Você disse que {about.words}{SAID[claim.kind]}, mas nenhuma função devolveu isso com success true."
    yield from _told_flatly(sentences, evidence)
    if evidence.unsettled and not any(sentence.asks for sentence in sentences):
        yield from (f'"{sentence.raw}" soa como se já estivesse feito, e não está.' for sentence in sentences if takes_as_done(sentence))


_AWAITS_A_YES = re.compile(
    r"\b(?:depois que|assim que|quando|se|basta|falta|aguard\w+) (?:voce |vc |a sua |sua |so )?(?:confirm\w+|dizer sim|dizer que sim)"
)


# Words that an item of a list of times has at the most: "quinta-feira, 24/12/2026 às 16h".
LIST_ITEM = 6


def _told_flatly(sentences: Sequence[Sentence], evidence: Evidence) -> Iterator[str]:
    """Yield the times that might be booked and are not, in a reply that neither offers nor asks: the customer takes them as booked."""
    if any(sentence.asks or _AWAITS_A_YES.search(sentence.words) for sentence in sentences):
        return
    done = [*evidence.appointments, *(deed for deed in evidence.deeds if deed.kind not in ("held", "released"))]
    found: dict[str, None] = {}
    last: tuple[date, ...] = ()
    offered = False
    for sentence in sentences:
        last = sentence.days[-1].days if sentence.days else last
        # "Livres: quinta às 16h; quinta às 16h30": what goes on with a list is offered with it.
        offered = bool(OFFERED.search(sentence.words)) or (offered and len(sentence.words.split()) <= LIST_ITEM)
        if offered:
            continue
        if leaves_open(sentence) or "held" in told_by(sentence) or any(look.search(sentence.words) for look in (OPENING, CLOSED)):
            continue
        for said, own in sentence.moments:
            days = own.days if own else last
            possible = evidence.asked.intersection(said.times) or among(said, days, evidence.free)
            if days and possible and not edge(sentence, said) and not any(_fits(deed, days, said.times) for deed in done):
                found[moment_words(said, days)] = None
    # Several times without a word are a list to choose from, unless a question waits for its answer.
    if len(found) == 1 or evidence.unsettled:
        yield from (f"{words} não está agendado, e a resposta soa como se estivesse: pergunte ou ofereça." for words in found)


def _records(claim: Claim, evidence: Evidence) -> list[Deed]:
    if claim.strict:
        confirmed = [a for a in evidence.appointments if a.kind == "confirmed"]
        return confirmed + [d for d in evidence.deeds if d.kind in ("booked", "moved", "confirmed")]
    if claim.kind in STANDING:
        return evidence.appointments
    done = [deed for deed in evidence.deeds if deed.kind == claim.kind]
    if claim.kind == "held":
        done += evidence.appointments
    if claim.kind == "released":
        done += [deed for deed in evidence.deeds if deed.kind == "cancelled"]
    if claim.kind == "registered":
        done += [Deed("registered", pet=pet) for pet in evidence.pets]
    return done


@dataclass(frozen=True, slots=True)
class _About:
    """What a claim is about: the days, times, pets and services that are said with it."""

    moments: tuple[tuple[tuple[date, ...], tuple[time, ...]], ...]
    pets: frozenset[str]
    services: frozenset[str]

    @classmethod
    def of(cls, sentences: Sequence[Sentence], index: int, evidence: Evidence) -> "_About":
        said = _told_with(sentences, index)
        moments = [m for sentence in said for m in _when(sentence)]
        things = evidence.services | evidence.packages
        services = {name for sentence in said for _, _, name in named(sentence.words, things)} - evidence.packages
        return cls(tuple(moments), frozenset(p for s in said for p in _pets(s, evidence)), frozenset(services))

    @property
    def words(self) -> str:
        return "".join(f"{name} " for name in sorted(self.pets | self.services))

    def backed_by(self, records: Sequence[Deed], *, every: bool) -> bool:
        fitting = [[r for r in records if _fits(r, days, times)] for days, times in self.moments]
        if not records or (self.moments and not (all if every else any)(fitting)):
            return False
        about = [r for found in fitting for r in found] if self.moments else list(records)
        pets = {fold(r.pet) for r in about if r.pet}
        services = {fold(r.service) for r in about if r.service}
        return (not pets or self.pets <= pets) and (not services or self.services <= services)


def _fits(record: Deed, days: tuple[date, ...], times: tuple[time, ...]) -> bool:
    if record.kind == "waiting" and record.day and record.until and days:
        return any(record.day <= day <= record.until for day in days)
    return any((not days or day is None or day in days) and (not times or at is None or at in times) for day, at in record.moments)


_GOES_ON = re.compile(r"\b(?:continua\w*|segue\w*|permanece\w*|mantid[oa]s?|mantem|de pe)\b")


def _told_with(sentences: Sequence[Sentence], index: int) -> list[Sentence]:
    """Return a claim's sentence, with those after it that say when, or the one before it, where it does not say itself."""
    own = sentences[index]
    if own.days or own.times:
        return [own]
    after: list[Sentence] = []
    for sentence in sentences[index + 1 :]:
        if sentence.asks or OPENING.search(sentence.words) or _GOES_ON.search(sentence.words) or any(told_by(sentence)):
            break
        after.append(sentence)
    if any(map(_says_when, after)):
        return [own, *after]
    before = sentences[index - 1] if index else None
    return [before, own] if before and _says_when(before) and not before.asks else [own]


def _says_when(sentence: Sentence) -> bool:
    return bool(sentence.times) or any(day.dated or day.weekday is not None for day in sentence.days)


_INSTEAD_OF = re.compile(
    r"\b(?:no lugar|em vez|ao inves) d[aeo]s? $|\b(?:mudar|trocar|passar|remarcar|(?:ate|se) voce (?:confirmar|dizer|aceitar))\b.*$"
)


def _when(sentence: Sentence) -> Iterator[tuple[tuple[date, ...], tuple[time, ...]]]:
    """Yield the moments that a sentence affirms: starts, not the end of "das 10h às 11h", nor what they are instead of."""
    denying = {start for start, end in sentence.clauses if denies(sentence.words[start:end])} if sentence.times else set()
    for said, day in sentence.moments:
        begins = sentence.words.startswith("das ", said.start) or sentence.words.endswith("das ", 0, said.start)
        first = min(said.start, day.start) if day else said.start
        denied = sentence.clause_of(said.start)[0] in denying or ending_at(_INSTEAD_OF, sentence.words, first)
        if (begins or not edge(sentence, said)) and not denied:
            yield (day.days if day else ()), said.times
    if not sentence.times:
        yield from ((day.days, ()) for day in sentence.days)


# Common nouns that people write with a capital letter.
_CAPITALISED = (
    "Agenda", "Avenida", "Bairro", "Clínica", "Creche", "Endereço", "Equipe", "Hotel", "Hospedagem", "Loja", "Natal", "Obs", "Pacote",
    "Pet", "Pix", "Plano", "Rua", "Sessão", "Shop", "Total", "Unidade", "Valor", "Vacina", "Vermífugo", "Vila", "WhatsApp",
)  # fmt: skip
_A_NAME = re.compile(r"(?<!com )\b(?:[oaOA]|d[oa]|pr[oa]|n[oa]|para [oa]) ([A-ZÀ-Ý][a-zà-ÿ]+)\b")


def _pets(sentence: Sentence, evidence: Evidence) -> Iterator[str]:
    """Yield the pets that a sentence names, known or not: a name that is nothing else's."""
    yield from (name for _, _, name in named(sentence.words, evidence.pets))
    known = (*evidence.pets, *evidence.services, *evidence.packages, *WEEKDAYS, *_CAPITALISED)
    others = evidence.names | {word for name in known for word in fold(name).replace("-", " ").split()}
    yield from (name for name in map(fold, _A_NAME.findall(sentence.raw)) if name not in others)
