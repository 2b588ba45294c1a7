"""Whether what a reply states is backed: its days, times and prices, and whatever it says was booked, moved, cancelled or registered.

What it claims is found by rules over its words (`language.claims`) and held against the conversation's `Evidence`. How well that does,
and what it does not see, is in docs/agenda-and-safety.md.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from itertools import combinations_with_replacement

from service.language.claims import (
    FIGURE,
    PERCENT,
    Claim,
    ClaimKind,
    Sentence,
    claims_in,
    denies,
    leaves_open,
    prices_in,
    sentences_of,
    takes_as_done,
    told_by,
)
from service.language.formatting import format_day, format_time
from service.language.money import format_brl
from service.language.said import SaidTime, names_day
from service.language.text import ending_at, fold
from service.platform.clock import WEEKDAYS

Moment = tuple[date | None, time]

SAID: dict[ClaimKind, str] = {
    "booked": "está agendado", "moved": "foi remarcado", "cancelled": "foi cancelado", "confirmed": "está confirmado",
    "registered": "está cadastrado", "waiting": "está na lista de espera", "held": "está reservado", "released": "foi liberado",
}  # fmt: skip
# What stands in the agenda; the other kinds are deeds of their own.
STANDING: frozenset[ClaimKind] = frozenset({"booked", "confirmed"})


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that was done, or an appointment that stands; what is not known of it is None.

    `until` and `until_at` are where it ends, of a stay and of what is waited for.
    """

    kind: ClaimKind
    day: date | None = None
    at: time | None = None
    pet: str | None = None
    service: str | None = None
    until: date | None = None
    until_at: time | None = None

    @property
    def moments(self) -> list[tuple[date | None, time | None]]:
        return [(self.day, self.at), *([(self.until, self.until_at)] if self.until else [])]


@dataclass(slots=True)
class Evidence:
    """What a conversation's tool results, rows and words back.

    `times` are those that may be stated, `free` those that may be offered, `asked` the customer's own, which may be repeated but back no
    claim; a time without day goes with every day. `hours` are the opening and closing times by weekday, `unusual` those of the days that
    have others. `prices` are cents of a service or a package, or of none: `listed` those that a service has whatever the pet, `prices_for`
    those that the price list told for a pet and a service, `booked_for` those that stand in the agenda. `appointments` stand now; `deeds`
    were done in this conversation; `unsettled` is whether what this turn tried to book, move or cancel has not come true. `names` are
    those that belong to no pet.
    """

    today: date
    days: set[date] = field(default_factory=set)
    times: set[Moment] = field(default_factory=set)
    free: set[Moment] = field(default_factory=set)
    asked: set[time] = field(default_factory=set)
    hours: dict[int, set[time]] = field(default_factory=dict)
    unusual: dict[date, set[time]] = field(default_factory=dict)
    durations: set[int] = field(default_factory=set)
    prices: set[tuple[str | None, int]] = field(default_factory=set)
    listed: set[tuple[str | None, int]] = field(default_factory=set)
    prices_for: dict[tuple[str, str], set[int]] = field(default_factory=dict)
    booked_for: set[tuple[str, int]] = field(default_factory=set)
    percents: set[str] = field(default_factory=set)
    appointments: list[Deed] = field(default_factory=list)
    deeds: list[Deed] = field(default_factory=list)
    unsettled: bool = False
    pets: set[str] = field(default_factory=set)
    services: set[str] = field(default_factory=set)
    packages: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)

    def take_words(self, text: str) -> None:
        """Let everything that a text states be stated: a tool's sentence, the shop's own words."""
        for sentence in sentences_of(text, self.today):
            for day in sentence.days:
                self.days.update(day.days)
            for said, day_of in sentence.moments:
                self.times.update((day, moment) for moment in said.times for day in (day_of.days if day_of else (None,)))
            self.prices.update((None, cents) for _, _, cents in prices_in(sentence.words))
            self.percents.update(PERCENT.findall(sentence.words))

    def take_request(self, text: str) -> None:
        """Let the customer's own days and times be repeated."""
        for sentence in sentences_of(text, self.today):
            for day in sentence.days:
                self.days.update(day.days)
            for said in sentence.times:
                self.asked.update(said.times)
            for number in map(int, re.findall(r"\b\d{1,2}\b", sentence.words)):
                self.asked.update(time(hour) for hour in (number, number + 12) if hour < 24)

    def take_team(self, text: str) -> None:
        """Let what a person of the team wrote be repeated, deeds too: "já deixei o Rex marcado quinta às 16h"."""
        self.take_words(text)
        sentences = sentences_of(text, self.today)
        for claim in claims_in(sentences, self.services, self.pets):
            about = _About.of(sentences, claim.index, self)
            for days, times in about.moments or (((), ()),):
                day, moment = (only[0] if len(only) == 1 else None for only in (days, times))
                for pet in about.pets or (None,):
                    self.take_deed(Deed(claim.kind, day, moment, pet))  # type: ignore[arg-type]

    def take_deed(self, deed: Deed) -> None:
        """Add a deed, and let the appointments be what they are after it."""
        self.deeds.append(deed)
        if deed.kind == "cancelled":
            self.appointments = [a for a in self.appointments if not _same_visit(a, deed)]
        elif deed.kind == "moved":
            self.appointments = [a for a in self.appointments if (a.pet, a.service) != (deed.pet, deed.service)]
        if deed.kind in ("booked", "moved", "confirmed"):
            self.appointments.append(deed)
        if deed.kind == "registered" and deed.pet:
            self.pets.add(fold(deed.pet))


def _same_visit(one: Deed, other: Deed) -> bool:
    """Whether two are about the same visit, as far as either knows."""
    pairs = ((one.day, other.day), (one.at, other.at), (one.pet, other.pet), (one.service, other.service))
    return all(a is None or b is None or a == b for a, b in pairs)


_OFFERED = re.compile(
    r"\b(?<!voce )(?<!vc )(?:tenho|temos|consigo|conseguimos)\b(?! (?:anotad|registrad|agendad|marcad|aqui que|que|certeza|como))"
    r"|\b(?:ha|tem) (?:as|vagas?|horarios?|disponibilidade|sim)\b|\b(?:vagas?|(?<!ficou )livres?)\b"
    r"|\b(?:disponive(?:l|is)|disponibilidade|encaix\w+|oferec\w+|opc(?:ao|oes))\b"
)
_CLOSED = re.compile(r"\bfechad[oa]s?\b|\bja (?:fech|tera fech)\w+")
_OPENING = re.compile(r"\b(?:abr\w+|fech\w+|funcionam\w*|expediente|horario de (?:atendimento|funcionamento)|atendemos)\b")
_TOTAL = re.compile(r"\b(?:total|som[ao]\w*|juntos?|juntas?|ao todo|tudo|os dois|as duas|ambos|ambas)\b")
_EDGE = re.compile(r"\b(?:ate|das|entre|a partir|desde)(?: d?[ae]s?)? ?$")
_TO = re.compile(r" (?:ate )?(?:as |a |e )?(?:as )?")


def unbacked(reply: str, evidence: Evidence) -> list[str]:
    """What a reply states without anything to back it, as short Portuguese sentences for the model; empty when all is backed."""
    sentences = sentences_of(reply, evidence.today)
    reasons = [*_unknown_days(sentences, evidence), *_unknown_times(sentences, evidence), *_unknown_prices(sentences, evidence)]
    reasons += _undone(sentences, evidence)
    return list(dict.fromkeys(reasons))


def states_something(reply: str) -> bool:
    """Whether there is anything to back in a reply: a figure, a day, a deed. Most greetings and questions need no evidence gathered."""
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
                yield f"{_moment_words(said, days)} {why}"


@dataclass(frozen=True, slots=True)
class _Tone:
    """How a sentence speaks of its times, looked up once; `denied` are the starts of clauses that deny or say "fechado"."""

    opens: bool = False
    offers: bool = False
    denied: frozenset[int] = frozenset()

    @classmethod
    def of(cls, sentence: Sentence) -> "_Tone":
        clauses = [(start, sentence.words[start:end]) for start, end in sentence.clauses]
        denied = frozenset(start for start, clause in clauses if denies(clause) or _CLOSED.search(clause))
        return cls(bool(_OPENING.search(sentence.words)), bool(_OFFERED.search(sentence.words)), denied)


def _wrong_time(sentence: Sentence, tone: _Tone, said: SaidTime, days: tuple[date | None, ...], evidence: Evidence) -> str | None:
    denied = sentence.clause_of(said.start)[0] in tone.denied
    stated, opening = _among(said, days, evidence.times), _in_hours(said, days, evidence)
    asked = bool(evidence.asked.intersection(said.times))
    lasting = any(t.hour * 60 + t.minute in evidence.durations for t in said.times)
    if not denied and tone.opens:
        return None if stated or opening else "não é horário de abrir nem de fechar da loja nesse dia."
    free = _among(said, days, evidence.free)
    offered = not denied and tone.offers and not _edge(sentence, said)
    if offered and not (free or lasting or _among(said, days, _moments_of(evidence.appointments))):
        return "não está entre os horários livres que as funções devolveram; consulte check_availability antes de oferecer."
    if stated or free or opening or asked or lasting:
        return None
    return "não veio de nenhuma função nem da conversa."


def _among(said: SaidTime, days: tuple[date | None, ...], moments: set[Moment]) -> bool:
    if days == (None,):
        return any(t in said.times for _, t in moments)
    return any((day, t) in moments for t in said.times for day in (*days, None))


def _in_hours(said: SaidTime, days: tuple[date | None, ...], evidence: Evidence) -> bool:
    hours = evidence.hours
    of_days = [evidence.unusual.get(day, hours.get(day.weekday(), set())) for day in days if day]
    open_at = of_days if days != (None,) else list(hours.values())
    return any(t in times for times in open_at for t in said.times)


def _moments_of(deeds: Iterable[Deed]) -> set[Moment]:
    return {(day, at) for deed in deeds for day, at in deed.moments if at}


def _edge(sentence: Sentence, said: SaidTime) -> bool:
    """Whether a time is where something begins or ends ("das 9h às 18h", "até as 18h"), not a start that is offered."""

    def begins(one: SaidTime) -> bool:
        return sentence.words.startswith(("das ", "entre "), one.start) or ending_at(_EDGE, sentence.words, one.start) is not None

    before = bisect_right(sentence.times, said.start, key=lambda other: other.end)
    last = sentence.times[before - 1] if before else None
    return begins(said) or bool(last and begins(last) and _TO.fullmatch(sentence.words[last.end : said.start]))


def _moment_words(said: SaidTime, days: tuple[date | None, ...]) -> str:
    day = days[0]
    return f"O horário {format_time(said.times[-1])}{f' de {format_day(day)}' if day else ''}"


def _unknown_prices(sentences: Sequence[Sentence], evidence: Evidence) -> Iterator[str]:
    known = {cents for _, cents in evidence.prices}
    sums = {a + b for a, b in combinations_with_replacement(known, 2)} | {sum(three) for three in combinations_with_replacement(known, 3)}
    loose = {c for s, c in evidence.prices if s is None}
    for sentence in sentences:
        named = _named(sentence.words, evidence.services | evidence.packages) if FIGURE.search(sentence.words) else []
        prices = {service: _prices_of(service, sentence, evidence) for service in {name for _, _, name in named}}
        adds_up = bool(_TOTAL.search(sentence.words))
        for start, end, cents in prices_in(sentence.words):
            service = _priced(sentence.words, start, end, named)
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
    """The prices of a service that a sentence may tell: of the pet that it is about, where a tool told that pet's."""
    pets = {name for _, _, name in _named(sentence.words, evidence.pets)} or evidence.pets
    prices = {cents for of, cents in evidence.prices if of == service}
    told = evidence.prices_for.get((next(iter(pets)), service)) if len(pets) == 1 else None
    if told is None or _BY_SORT.search(sentence.words):
        return prices
    listed, booked = ({cents for of, cents in some if of == service} for some in (evidence.listed, evidence.booked_for))
    return prices - listed | told | booked


def _named(words: str, names: Iterable[str]) -> list[tuple[int, int, str]]:
    """Where names stand in plain words, the longest of overlapping ones, in order."""
    found: list[tuple[int, int, str]] = []
    taken = bytearray(len(words))
    for name in sorted(names, key=len, reverse=True):
        for match in re.finditer(rf"\b{re.escape(name)}s?\b", words):
            if not any(taken[match.start() : match.end()]):
                taken[match.start() : match.end()] = b"\1" * len(match.group())
                found.append((match.start(), match.end(), name))
    return sorted(found)


_OF_IT = re.compile(r" (?:(?:o|a|no|na|do|da|d?pelo|d?pela|para o|para a|pro|pra|de) )?")


def _priced(words: str, start: int, end: int, named: Sequence[tuple[int, int, str]]) -> str | None:
    """The service that a price is of: the one that follows at once ("R$ 70 o banho"), else the last before it."""
    follows = bisect_left(named, (end, 0, ""))
    if follows < len(named) and _OF_IT.fullmatch(words, end, named[follows][0]):
        return named[follows][2]
    before = bisect_right(named, start, key=lambda one: one[1])
    return named[before - 1][2] if before else None


def _undone(sentences: Sequence[Sentence], evidence: Evidence) -> Iterator[str]:
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
    """Times that might be booked and are not, in a reply that neither offers nor asks: the customer takes them as booked."""
    if any(sentence.asks or _AWAITS_A_YES.search(sentence.words) for sentence in sentences):
        return
    done = [*evidence.appointments, *(deed for deed in evidence.deeds if deed.kind not in ("held", "released"))]
    found: dict[str, None] = {}
    last: tuple[date, ...] = ()
    offered = False
    for sentence in sentences:
        last = sentence.days[-1].days if sentence.days else last
        # "Livres: quinta às 16h; quinta às 16h30": what goes on with a list is offered with it.
        offered = bool(_OFFERED.search(sentence.words)) or (offered and len(sentence.words.split()) <= LIST_ITEM)
        if offered:
            continue
        if leaves_open(sentence) or "held" in told_by(sentence) or any(look.search(sentence.words) for look in (_OPENING, _CLOSED)):
            continue
        for said, own in sentence.moments:
            days = own.days if own else last
            possible = evidence.asked.intersection(said.times) or _among(said, days, evidence.free)
            if days and possible and not _edge(sentence, said) and not any(_fits(deed, days, said.times) for deed in done):
                found[_moment_words(said, days)] = None
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
        named = {name for sentence in said for _, _, name in _named(sentence.words, evidence.services | evidence.packages)}
        services = named - evidence.packages
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
    """A claim's sentence, with those after it that say when, or the one before it, where it does not say itself."""
    own = sentences[index]
    if own.days or own.times:
        return [own]
    after: list[Sentence] = []
    for sentence in sentences[index + 1 :]:
        if sentence.asks or _OPENING.search(sentence.words) or _GOES_ON.search(sentence.words) or any(told_by(sentence)):
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
    """The moments that a sentence affirms: starts, not the end of "das 10h às 11h", nor what they are instead of."""
    denying = {start for start, end in sentence.clauses if denies(sentence.words[start:end])} if sentence.times else set()
    for said, day in sentence.moments:
        begins = sentence.words.startswith("das ", said.start) or sentence.words.endswith("das ", 0, said.start)
        first = min(said.start, day.start) if day else said.start
        denied = sentence.clause_of(said.start)[0] in denying or ending_at(_INSTEAD_OF, sentence.words, first)
        if (begins or not _edge(sentence, said)) and not denied:
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
    """The pets that a sentence names, known or not: a name that is nothing else's."""
    yield from (name for _, _, name in _named(sentence.words, evidence.pets))
    known = (*evidence.pets, *evidence.services, *evidence.packages, *WEEKDAYS, *_CAPITALISED)
    others = evidence.names | {word for name in known for word in fold(name).replace("-", " ").split()}
    yield from (name for name in map(fold, _A_NAME.findall(sentence.raw)) if name not in others)
