"""Whether what a reply states is backed: its days, times and prices, and whatever it says was booked, moved, cancelled or registered.

Rules over Portuguese words, sentence by sentence, against the conversation's `Evidence`; no model is asked. Questions, offers to act,
conditions and negations claim nothing. How well the rules do, and what they do not see, is in docs/agenda-and-safety.md.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from functools import cached_property
from itertools import combinations_with_replacement
from typing import Literal

from service.clock import WEEKDAYS
from service.dates import SaidDay, SaidTime, days_in, format_day, format_time, names_day, plain, times_in
from service.money import format_brl
from service.text import fold

Kind = Literal["booked", "moved", "cancelled", "confirmed", "registered", "waiting"]
Moment = tuple[date | None, time]

SAID: dict[Kind, str] = {
    "booked": "está agendado", "moved": "foi remarcado", "cancelled": "foi cancelado", "confirmed": "está confirmado",
    "registered": "está cadastrado", "waiting": "está na lista de espera",
}  # fmt: skip
# What stands in the agenda; the other kinds are deeds of their own.
STANDING: frozenset[Kind] = frozenset({"booked", "confirmed"})


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that was done, or an appointment that stands; what is not known of it is None."""

    kind: Kind
    day: date | None = None
    at: time | None = None
    pet: str | None = None
    service: str | None = None


@dataclass(slots=True)
class Evidence:
    """What a conversation's tool results, rows and words back.

    `times` are those that may be stated, `free` those that may be offered, `asked` the customer's own, which may be repeated but back no
    claim; a time without day goes with every day. `hours` are the opening and closing times by weekday. `prices` are cents of a service,
    or of none. `appointments` stand now; `deeds` were done in this conversation. `names` are those that belong to no pet.
    """

    today: date
    days: set[date] = field(default_factory=set)
    times: set[Moment] = field(default_factory=set)
    free: set[Moment] = field(default_factory=set)
    asked: set[time] = field(default_factory=set)
    hours: dict[int, set[time]] = field(default_factory=dict)
    durations: set[int] = field(default_factory=set)
    prices: set[tuple[str | None, int]] = field(default_factory=set)
    percents: set[str] = field(default_factory=set)
    appointments: list[Deed] = field(default_factory=list)
    deeds: list[Deed] = field(default_factory=list)
    pets: set[str] = field(default_factory=set)
    services: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)

    def take_words(self, text: str) -> None:
        """Let everything that a text states be stated: a tool's sentence, the shop's own words."""
        for sentence in _sentences(text, self.today):
            for day in sentence.days:
                self.days.update(day.days)
            for said, day_of in sentence.moments:
                self.times.update((day, moment) for moment in said.times for day in (day_of.days if day_of else (None,)))
            self.prices.update((None, cents) for _, _, cents in prices_in(sentence.words))
            self.percents.update(_PERCENT.findall(sentence.words))

    def take_request(self, text: str) -> None:
        """Let the customer's own days and times be repeated."""
        for sentence in _sentences(text, self.today):
            for day in sentence.days:
                self.days.update(day.days)
            for said in sentence.times:
                self.asked.update(said.times)
            for number in map(int, re.findall(r"\b\d{1,2}\b", sentence.words)):
                self.asked.update(time(hour) for hour in (number, number + 12) if hour < 24)

    def take_team(self, text: str) -> None:
        """Let what a person of the team wrote be repeated, deeds too: "já deixei o Rex marcado quinta às 16h"."""
        self.take_words(text)
        sentences = _sentences(text, self.today)
        for claim in _claims(sentences, self.services, self.pets):
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


# ---------------------------------------------------------------- words

_END = re.compile(r"(?<=[.!?;…])\s+|\n+")
_ABBREVIATION = re.compile(r"\b(?:Dra?|Sra?|Av|R|Prof|Tel|n|nº|obs|ex)\.$", re.IGNORECASE)
_INTERJECTION = re.compile(
    r"(?:muito bem|combinado|fechado|feito|pront\w+|tudo (?:certo|pronto|ok)|anotado|maravilha|show|otimo|sim|isso|certo"
    r"|(?:ta|esta|eh|tem) sim)\W*"
)
# A comma before a day, a time, a price or a name goes on with its clause.
_CLAUSE = re.compile(
    r"\s*[;:()!–—]\s*|\s-\s|,\s+(?!(?:as|das|dia|no|na|a|hoje|amanha|com|r\$|seg\w*|ter\w*|qua\w*|qui\w*|sex\w*|sab\w*|dom\w*|do|da|de)\b|\d)"
    r"|\b(?:mas|porem|so que|entretanto)\b|\be (?=ja\b)"
)
_TAG = re.compile(
    r"(?:ok|ta ok|certo|ta certo|tudo bem|ta bom|ta|blz|beleza|combinado|viu|fechado|pode ser|tudo certo|ne|sim|e ai|certinho)\W*\?"
)
_PLEASANTRY = re.compile(r"\b(?:mais alguma coisa|algo mais|alguma duvida|posso (?:te |lhe )?ajudar|em que mais|outra coisa|mais alguem)\b")
_PRICE = re.compile(r"r\$ ?(?P<a>\d[\d.]*)(?:,(?P<ac>\d{2}))?|\b(?P<b>\d[\d.]*)(?:,(?P<bc>\d{2}))? ?(?:reais|real|contos?|pila)\b")
_FIGURE = re.compile(r"\d")
_PERCENT = re.compile(r"\b(\d{1,3}) ?%")


@dataclass(frozen=True)
class _Sentence:
    """A sentence, its words without case and accents, and what it names; `is` is written "eh", which "e" is not."""

    raw: str
    today: date

    @cached_property
    def words(self) -> str:
        return plain(re.sub(r"\b[Éé]\b", "eh", re.sub(r"[*_~`]", "", self.raw)))

    @cached_property
    def days(self) -> list[SaidDay]:
        return days_in(self.words, self.today)

    @cached_property
    def times(self) -> list[SaidTime]:
        return times_in(self.words)

    @cached_property
    def moments(self) -> list[tuple[SaidTime, SaidDay | None]]:
        """Each time with its day: the one that follows at once ("10h de sábado"), else the last before it, else the first."""
        return [(said, self._day_of(said)) for said in self.times]

    def _day_of(self, said: SaidTime) -> SaidDay | None:
        for day in self.days:
            if day.start >= said.end and re.fullmatch(r" (?:d[aeo]|n[ao])(?: proxim[ao])? | ?\(", self.words[said.end : day.start]):
                return day
        before = [day for day in self.days if day.end <= said.start]
        return before[-1] if before else next(iter(self.days), None)

    @cached_property
    def clauses(self) -> list[tuple[int, int]]:
        """Start and end of each clause."""
        cuts = [0, *(end for found in _CLAUSE.finditer(self.words) for end in (found.start(), found.end())), len(self.words)]
        return [(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=True) if b > a]

    @cached_property
    def asked_from(self) -> int:
        """Where its question begins; its length where it asks nothing, or only "tudo bem?"."""
        if not re.search(r"\?\W*$", self.words):
            return len(self.words)
        start = self.clauses[-1][0]
        return len(self.words) if _TAG.fullmatch(self.words[start:].strip()) else start

    @property
    def asks(self) -> bool:
        return self.asked_from < len(self.words) and not _PLEASANTRY.search(self.words)

    def clause_of(self, position: int) -> tuple[int, int]:
        return next((a, b) for a, b in reversed(self.clauses) if a <= position)

    def before(self, position: int) -> str:
        """What its clause says before a position."""
        return self.words[self.clause_of(position)[0] : position]


def _sentences(text: str, today: date) -> list[_Sentence]:
    found: list[str] = []
    for piece in _END.split(text):
        if found and (_ABBREVIATION.search(found[-1]) or _INTERJECTION.fullmatch(fold(found[-1]))):
            found[-1] += " " + piece
        elif piece.strip():
            found.append(piece)
    return [_Sentence(piece.strip(), today) for piece in found]


def prices_in(words: str) -> Iterator[tuple[int, int, int]]:
    """Start, end and cents of every price in plain words."""
    for found in _PRICE.finditer(words):
        reais, cents = (found["a"], found["ac"]) if found["a"] else (found["b"], found["bc"])
        reais = reais.rstrip(".")
        if not cents and re.fullmatch(r"\d+\.\d{2}", reais):
            reais, cents = reais.split(".")
        yield found.start(), found.end(), int(reais.replace(".", "")) * 100 + int(cents or 0)


# ---------------------------------------------------------------- what a reply claims

_NOT = re.compile(r"\b(?:nao|nada|nenhum\w*|nunca|nem|sem|ninguem)\b")
_NOT_REALLY = re.compile(
    r"\bnao (?:se preocup\w+|precisa (?:se preocupar|fazer mais nada)|tem problema|esquec\w+|ha de que|deix\w+ de)\b"
    r"|\bsem (?:problemas?|falta|custo|duvidas?|erro)\b|\b(?:por|de|que) nada\b|\bnao so\b"
)
_NOT_JUST_BEFORE = re.compile(r"\b(?:nao|nem|nunca|nada|se)(?: \w+){0,2} $")
# What makes a participle no deed: a condition, a wish, a plan.
_OPEN = re.compile(
    r"\b(?:posso|podemos|pode|podia|poderia|quer(?:em|es|ia)?|gostaria\w*|deseja\w*|prefere\w*|vou|vamos|irei|iremos|vai|vao|se|caso|quando"
    r"|assim que|depois que|depois de|apos|so|somente|apenas|pr?a(?:ra)? (?:deixar|ficar|ser|que|ter|estar)|precis\w+|antes de|seria\w*"
    r"|ficaria\w*|ficara\w*|sera|deve\w*|deixar|deixe|ser|estar|estiver|for|tenha|tem que|seja|fique|esteja|falta\w*|aguard\w+|me (?:diz|diga|fal[ae]|avis[ae]|confirm[ae]|pass[ae]|mand[ae]|inform[ae]))\b"
)
_CONDITION = re.compile(r"\b(?:depois que|assim que|apos|somente|mediante|quando|se|caso|so)\b")
_IN_THAT_CASE = re.compile(r"(?:^|[,!] )(?:assim que|depois que|apos|quando|se|caso)\b.*\b(?:fica|eh) $")
_NO_DEED = re.compile(
    r"\b(?:com|por|sem|mediante) (?:hora|horario|agendamento) (?:marcad|agendad)\w+|\bhora marcada\b|\bcomo (?:combinado|agendado)\b"
)
_OF_NO_PET = r"(?! (?:o |a |seu |sua |esse |essa )?(?:pedido|recado|interesse|solicitac\w+|preferencia|observac\w+|reclamac\w+))"

_I_DID = r"\b(?:consegui|conseguimos|acabei de|acabamos de|terminei de) "
# First person, perfect: done, whatever else the sentence is.
_DID: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("booked", re.compile(rf"\b(?:agendei|marquei|reservei|garanti|encaixei)\b|{_I_DID}(?:agendar|marcar|reservar|garantir|encaixar)\b")),
    ("booked", re.compile(r"\b(?:coloquei|pus|botei|inclui|adicionei)\b.*\bna agenda\b")),
    ("moved", re.compile(r"\b(?:remarquei|reagendei|transferi|adiei|antecipei|adiantei|mudei|alterei|troquei|passei)\b")),
    ("moved", re.compile(rf"{_I_DID}(?:remarcar|reagendar|transferir|adiar|antecipar|mudar)\b")),
    ("cancelled", re.compile(rf"\b(?:cancelei|desmarquei)\b|{_I_DID}(?:cancelar|desmarcar)\b")),
    ("cancelled", re.compile(r"\b(?:tirei|retirei|removi|exclui|apaguei)\b.*\b(?:agenda|horario|agendamento)\b")),
    ("confirmed", re.compile(r"\bconfirmei\b")),
    ("registered", re.compile(rf"\b(?:cadastrei|registrei|atualizei)\b{_OF_NO_PET}|{_I_DID}(?:cadastrar|registrar)\b{_OF_NO_PET}")),
    ("waiting", re.compile(r"\b(?:coloquei|inclui|adicionei|deixei|anotei|pus|botei)\b.*\b(?:lista|fila) de espera\b")),
)
# "Agendamos" may be what a shop does in general; with a time it is a deed.
_WE_DID: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("booked", re.compile(r"\b(?:agendamos|marcamos|reservamos|encaixamos)\b")),
    ("moved", re.compile(r"\b(?:remarcamos|reagendamos|transferimos|mudamos)\b")),
    ("cancelled", re.compile(r"\b(?:cancelamos|desmarcamos)\b")),
)
# Between a noun and what became of it: "agendamento do Rex já foi ...".
_WAS = r"(?: d[aeo]s? \w+| ja| foi| esta| ficou)* "
_MADE = r"(?:feit|realizad|concluid|efetuad|criad|registrad)[oa]s?"
_DONE: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("booked", re.compile(rf"\b(?:agendad|marcad|reservad|garantid|encaixad)[oa]s?\b|\b(?:agendamento|reserva)s?{_WAS}{_MADE}\b")),
    ("moved", re.compile(r"\b(?:remarcad|reagendad|transferid|adiad|antecipad|alterad|mudad|trocad)[oa]s?\b")),
    ("cancelled", re.compile(rf"\b(?:cancelad|desmarcad)[oa]s?\b|\bcancelamento{_WAS}(?:{_MADE}|confirmado)\b")),
    ("confirmed", re.compile(r"(?<!cancelamento )(?<!cadastro )\bconfirmad[oa]s?\b")),
    ("registered", re.compile(r"\b(?:esta|ficou|entrou) (?:agora )?(?:no|em) (?:nosso )?(?:sistema|cadastro)\b")),
    ("registered", re.compile(rf"\bcadastrad[oa]s?\b|\bcadastro{_WAS}(?:{_MADE}|atualizado|pronto|confirmado)\b")),
    ("registered", re.compile(rf"(?<!agendamento )(?<!cadastro )\bregistrad[oa]s?\b{_OF_NO_PET}")),
    ("waiting", re.compile(r"\b(?:entrou|esta|ficou|foi|incluid[oa]|ja)\b[^,]*\b(?:lista|fila) de espera\b")),
)
_UNSPECIFIC = re.compile(r"(?:mudei|alterei|troquei|passei|alterad|mudad|trocad)")
_PRESENCE = re.compile(r"\bconfirmei\b|\bpresenca (?:esta |foi |ja )*confirmada\b")

_DAY_BEGINS = r"(?:hoje|amanha|depois de|seg|ter|qua|qui|sex|sab|dom)"
# A promise of a visit says that it is booked.
_PROMISE = re.compile(
    r"\b(?:espero|esperamos|aguardo|aguardamos|esperando|aguardando)\b(?! (?:a |o )?(?:sua?|confirmac\w+|resposta|retorno))"
    rf"|\b(?:eh|esta|estao) esperad[oa]s?\b|\b(?:nos vemos|a gente se ve|conto com voce|contamos com)\b|^\W*(?:\w+[,!] )?(?:entao )?ate (?:a |o )?(?={_DAY_BEGINS}|dia|\d)"
)
_SETTLED = re.compile(
    r"^\W*(?:combinado|fechado|anotado|feito|pront\w+|tudo (?:certo|pronto|ok)|esta tudo (?:certo|pronto|ok)|ta tudo (?:certo|pronto)|(?:ta|esta) sim|ficou|fica) ?(?:entao)?\b"
)
_IT_IS = r"(?:eh|esta|continua|segue|permanece|sera|vai ser|ficou|fica)\b(?! (?:livre|disponive\w+|aberto|em|por|r\$|(?:de )?\d+ reais))"


@dataclass(frozen=True, slots=True)
class _Claim:
    kind: Kind
    index: int
    """Of the sentence that makes it."""
    strict: bool = False


def _claims(sentences: Sequence[_Sentence], services: Iterable[str], pets: Iterable[str]) -> Iterator[_Claim]:
    asks = any(sentence.asks for sentence in sentences)
    visit = "|".join(("agendamento", "horario", "atendimento", "visita", *map(re.escape, services)))
    who = "|".join(("voce", "vc", *map(re.escape, pets)))
    standing = re.compile(
        rf"\b(?:seu|sua|o|a) (?:proxim[oa] )?(?:{visit}) (?:d[aeo] \w+ )?(?:\w+ )?{_IT_IS}"
        rf"|^\W*(?:isso|sim|certo)?\W*eh (?:n[oa] |dia |{_DAY_BEGINS})"
        rf"|\b(?:{who}) (?:ja |ainda )?tem\b(?! (?:preferencia|algum|outr|ate))"
    )
    for index, sentence in enumerate(sentences):
        for kind in _told(sentence):
            yield _Claim(kind, index, strict=kind == "confirmed" and bool(_PRESENCE.search(sentence.words)))
        if _implied(sentence, standing, settled=not asks):
            yield _Claim("booked", index)


def _told(sentence: _Sentence) -> Iterator[Kind]:
    """What a sentence says was done."""
    words = _NO_DEED.sub(lambda found: " " * len(found.group()), sentence.words)
    for kind, pattern in _DID:
        for found in pattern.finditer(words):
            if not _NOT_JUST_BEFORE.search(_NOT_REALLY.sub("", sentence.before(found.start()))):
                yield from _specific(kind, found.group(), sentence)
    for kind, pattern in _WE_DID:
        for found in pattern.finditer(words):
            if sentence.times and found.start() < sentence.asked_from and not _denied(sentence.before(found.start())):
                yield kind
    for kind, pattern in _DONE:
        for found in pattern.finditer(words):
            before, after = sentence.before(found.start()), words[found.end() : sentence.clause_of(found.start())[1]]
            conditional = _OPEN.search(before) or _CONDITION.search(after) or _IN_THAT_CASE.search(words[: found.start()])
            if found.start() < sentence.asked_from and not (_denied(before) or conditional):
                yield from _specific(kind, found.group(), sentence)


def _specific(kind: Kind, said: str, sentence: _Sentence) -> Iterator[Kind]:
    """ "Mudei" may be a visit, a pet's data, or neither."""
    if not _UNSPECIFIC.match(said):
        yield kind
    elif re.search(r"\b(?:cadastro|nome|raca|idade|telefone|peso)\b", sentence.words):
        yield "registered"
    elif sentence.days or sentence.times or re.search(r"\b(?:horario|agendamento|data)\b", sentence.words):
        yield kind


def _implied(sentence: _Sentence, standing: re.Pattern[str], *, settled: bool) -> bool:
    """Whether a sentence speaks of a visit as of something fixed: "te espero sexta às 10h", "seu banho é sábado às 9h"."""
    said = [
        (_PROMISE, bool(sentence.times or sentence.days)),
        (standing, bool(sentence.times)),
        (_SETTLED, settled and bool(sentence.times)),
    ]
    for pattern, possible in said:
        found = pattern.search(sentence.words) if possible else None
        if (
            found
            and found.start() < sentence.asked_from
            and not (_denied(sentence.before(found.end())) or _OPEN.search(sentence.before(found.start())))
        ):
            return True
    return False


def _denied(before: str) -> bool:
    return bool(_NOT.search(_NOT_REALLY.sub("", before)))


# ---------------------------------------------------------------- what backs it

_OFFERED = re.compile(
    r"\b(?<!voce )(?<!vc )(?:tenho|temos|consigo|conseguimos)\b(?! (?:anotad|registrad|agendad|marcad|aqui que|que|certeza|como))"
    r"|\b(?:ha|tem) (?:as|vagas?|horarios?|disponibilidade|sim)\b|\b(?:vagas?|(?<!ficou )livres?|disponive(?:l|is)|disponibilidade|encaix\w+|oferec\w+|opc(?:ao|oes))\b"
)
_SUGGESTED = re.compile(r"\b(?:que tal|pode ser|poderia ser|serve|funciona para voce)\b")
_CLOSED = re.compile(r"\bfechad[oa]s?\b|\bja (?:fech|tera fech)\w+")
_OPENING = re.compile(r"\b(?:abr\w+|fech\w+|funcionam\w*|expediente|horario de (?:atendimento|funcionamento)|atendemos)\b")
_TOTAL = re.compile(r"\b(?:total|som[ao]\w*|juntos?|juntas?|ao todo|tudo|os dois|as duas|ambos|ambas)\b")
_EDGE = re.compile(r"\b(?:ate|das|entre|a partir|desde)(?: d?[ae]s?)? ?$")
_TO = re.compile(r" (?:ate )?(?:as |a |e )?(?:as )?")


def unbacked(reply: str, evidence: Evidence) -> list[str]:
    """What a reply states without anything to back it, as short Portuguese sentences for the model; empty when all is backed."""
    sentences = _sentences(reply, evidence.today)
    reasons = [*_unknown_days(sentences, evidence), *_unknown_times(sentences, evidence), *_unknown_prices(sentences, evidence)]
    reasons += _undone(sentences, evidence)
    return list(dict.fromkeys(reasons))


def states_something(reply: str) -> bool:
    """Whether there is anything to back in a reply: a figure, a day, a deed. Most greetings and questions need no evidence gathered."""
    sentences = _sentences(reply, date.max)
    return any(_FIGURE.search(sentence.words) or names_day(sentence.words) or any(_told(sentence)) for sentence in sentences)


def _unknown_days(sentences: Sequence[_Sentence], evidence: Evidence) -> Iterator[str]:
    for sentence in sentences:
        for said in sentence.days:
            if said.problem:
                yield f"Data errada: {said.problem.removesuffix(' Qual dos dois?').removesuffix(' Qual é a data?')}"
            elif said.dated and not evidence.days.intersection(said.days):
                yield f'A data "{sentence.words[said.start : said.end]}" não veio de nenhuma função nem da conversa.'


def _unknown_times(sentences: Sequence[_Sentence], evidence: Evidence) -> Iterator[str]:
    for sentence in sentences:
        for said, day in sentence.moments:
            days: tuple[date | None, ...] = day.days if day and not day.problem else (None,)
            if why := _wrong_time(sentence, said, days, evidence):
                yield f"{_moment_words(said, days)} {why}"


def _wrong_time(sentence: _Sentence, said: SaidTime, days: tuple[date | None, ...], evidence: Evidence) -> str | None:
    clause = sentence.words[slice(*sentence.clause_of(said.start))]
    denied = _denied(clause) or _CLOSED.search(clause)
    stated, opening = _among(said, days, evidence.times), _in_hours(said, days, evidence)
    asked = bool(evidence.asked.intersection(said.times))
    lasting = any(t.hour * 60 + t.minute in evidence.durations for t in said.times)
    if not denied and _OPENING.search(sentence.words):
        return None if stated or opening else "não é horário de abrir nem de fechar da loja nesse dia."
    free = _among(said, days, evidence.free)
    offered = not denied and _OFFERED.search(sentence.words) and not _edge(sentence, said)
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
    open_at = [hours.get(day.weekday(), set()) for day in days if day] if days != (None,) else list(hours.values())
    return any(t in times for times in open_at for t in said.times)


def _moments_of(deeds: Iterable[Deed]) -> set[Moment]:
    return {(deed.day, deed.at) for deed in deeds if deed.at}


def _edge(sentence: _Sentence, said: SaidTime) -> bool:
    """Whether a time is where something begins or ends ("das 9h às 18h", "até as 18h"), not a start that is offered."""

    def begins(one: SaidTime) -> bool:
        return sentence.words[one.start : one.end].startswith(("das ", "entre ")) or bool(_EDGE.search(sentence.words[: one.start]))

    last = next((other for other in reversed(sentence.times) if other.end <= said.start), None)
    return begins(said) or bool(last and begins(last) and _TO.fullmatch(sentence.words[last.end : said.start]))


def _moment_words(said: SaidTime, days: tuple[date | None, ...]) -> str:
    day = days[0]
    return f"O horário {format_time(said.times[-1])}{f' de {format_day(day)}' if day else ''}"


def _unknown_prices(sentences: Sequence[_Sentence], evidence: Evidence) -> Iterator[str]:
    known = {cents for _, cents in evidence.prices}
    sums = {a + b for a, b in combinations_with_replacement(known, 2)} | {sum(three) for three in combinations_with_replacement(known, 3)}
    for sentence in sentences:
        for start, end, cents in prices_in(sentence.words):
            service = _priced(sentence.words, start, end, evidence.services)
            own = {c for s, c in evidence.prices if s == service}
            loose = {c for s, c in evidence.prices if s is None}
            if cents in ((own | loose) if own else known) or (_TOTAL.search(sentence.words) and cents in sums):
                continue
            if not _denied(sentence.before(start)):
                yield f"O preço {format_brl(cents)}{f' de {service}' if own else ''} não veio de nenhuma função."
        for percent in _PERCENT.findall(sentence.words):
            if percent not in evidence.percents and percent != "100":
                yield f"Os {percent}% não vieram de nenhuma função nem da equipe."


def _named(words: str, names: Iterable[str]) -> list[tuple[int, int, str]]:
    """Where names stand in plain words, the longest of overlapping ones, in order."""
    found: list[tuple[int, int, str]] = []
    for name in sorted(names, key=len, reverse=True):
        for match in re.finditer(rf"\b{re.escape(name)}s?\b", words):
            if all(match.end() <= a or match.start() >= b for a, b, _ in found):
                found.append((match.start(), match.end(), name))
    return sorted(found)


def _priced(words: str, start: int, end: int, services: Iterable[str]) -> str | None:
    """The service that a price is of: the one that follows at once ("R$ 70 o banho"), else the last before it."""
    named = _named(words, services)
    for a, _, name in named:
        if a >= end and re.fullmatch(r" (?:(?:o|a|no|na|do|da|d?pelo|d?pela|para o|para a|pro|pra|de) )?", words[end:a]):
            return name
    before = [name for _, b, name in named if b <= start]
    return before[-1] if before else None


def _undone(sentences: Sequence[_Sentence], evidence: Evidence) -> Iterator[str]:
    for claim in _claims(sentences, evidence.services, evidence.pets):
        about = _About.of(sentences, claim.index, evidence)
        if not about.backed_by(_records(claim, evidence, about), every=claim.kind != "moved"):
            yield f"Você disse que {about.words}{SAID[claim.kind]}, mas nenhuma função devolveu isso com success true."


def _records(claim: _Claim, evidence: Evidence, about: "_About") -> list[Deed]:
    if claim.strict:
        confirmed = [a for a in evidence.appointments if a.kind == "confirmed"]
        return confirmed + [d for d in evidence.deeds if d.kind in ("booked", "moved", "confirmed")]
    if claim.kind in STANDING:
        return evidence.appointments
    done = [deed for deed in evidence.deeds if deed.kind == claim.kind]
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
    def of(cls, sentences: Sequence[_Sentence], index: int, evidence: Evidence) -> "_About":
        said = _told_with(sentences, index)
        moments = [m for sentence in said for m in _when(sentence)]
        services = {name for sentence in said for _, _, name in _named(sentence.words, evidence.services)}
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
    return (not days or record.day is None or record.day in days) and (not times or record.at is None or record.at in times)


def _told_with(sentences: Sequence[_Sentence], index: int) -> list[_Sentence]:
    """A claim's sentence, with those after it that say when, or the one before it, where it does not say itself."""
    own = sentences[index]
    if own.days or own.times:
        return [own]
    after: list[_Sentence] = []
    for sentence in sentences[index + 1 :]:
        if sentence.asks or _OPENING.search(sentence.words) or any(_told(sentence)):
            break
        after.append(sentence)
    if any(map(_says_when, after)):
        return [own, *after]
    before = sentences[index - 1] if index else None
    return [before, own] if before and _says_when(before) and not before.asks else [own]


def _says_when(sentence: _Sentence) -> bool:
    return bool(sentence.times) or any(day.dated or day.weekday is not None for day in sentence.days)


_INSTEAD_OF = re.compile(r"\b(?:no lugar|em vez|ao inves) d[aeo]s? $")


def _when(sentence: _Sentence) -> Iterator[tuple[tuple[date, ...], tuple[time, ...]]]:
    """The moments that a sentence affirms: starts, not the end of "das 10h às 11h", nor what they are instead of."""
    for said, day in sentence.moments:
        before = sentence.words[: min(said.start, day.start) if day else said.start]
        begins = sentence.words[said.start : said.end].startswith("das ") or sentence.words[: said.start].endswith("das ")
        denied = _denied(sentence.words[slice(*sentence.clause_of(said.start))]) or _INSTEAD_OF.search(before)
        if (begins or not _edge(sentence, said)) and not denied:
            yield (day.days if day else ()), said.times
    if not sentence.times:
        yield from ((day.days, ()) for day in sentence.days)


_A_NAME = re.compile(r"(?<!com )\b(?:[oaOA]|d[oa]|pr[oa]|n[oa]|para [oa]) ([A-ZÀ-Ý][a-zà-ÿ]+)\b")


def _pets(sentence: _Sentence, evidence: Evidence) -> Iterator[str]:
    """The pets that a sentence names, known or not: a name that is nothing else's."""
    yield from (name for _, _, name in _named(sentence.words, evidence.pets))
    known = (*evidence.pets, *evidence.services, *WEEKDAYS)
    others = evidence.names | {word for name in known for word in fold(name).replace("-", " ").split()}
    yield from (name for name in map(fold, _A_NAME.findall(sentence.raw)) if name not in others)
