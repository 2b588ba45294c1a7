"""What a Portuguese text says was done, and the sentences, clauses, days, times and prices in it. No model is asked.

Questions, offers to act, plans, conditions and negations claim nothing.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

from service.language.grammar import date_words
from service.language.said import SaidDay, SaidTime, days_in, times_in
from service.language.text import fold

ClaimKind = Literal["booked", "moved", "cancelled", "confirmed", "registered", "waiting", "held", "released"]

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
FIGURE = re.compile(r"\d")
PERCENT = re.compile(r"\b(\d{1,3}) ?%")


@dataclass(frozen=True)
class Sentence:
    """A sentence, its words without case and accents, and what it names; `is` is written "eh", which "e" is not."""

    raw: str
    today: date

    @cached_property
    def words(self) -> str:
        return date_words(re.sub(r"\b[Éé]\b", "eh", re.sub(r"[*_~`]", "", self.raw)))

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


def sentences_of(text: str, today: date) -> list[Sentence]:
    """A text's sentences; "Pronto!" belongs to the one after it."""
    found: list[str] = []
    for piece in _END.split(text):
        if found and (_ABBREVIATION.search(found[-1]) or _INTERJECTION.fullmatch(fold(found[-1]))):
            found[-1] += " " + piece
        elif piece.strip():
            found.append(piece)
    return [Sentence(piece.strip(), today) for piece in found]


def prices_in(words: str) -> Iterator[tuple[int, int, int]]:
    """Start, end and cents of every price in plain words."""
    for found in _PRICE.finditer(words):
        reais, cents = (found["a"], found["ac"]) if found["a"] else (found["b"], found["bc"])
        reais = reais.rstrip(".")
        if not cents and re.fullmatch(r"\d+\.\d{2}", reais):
            reais, cents = reais.split(".")
        yield found.start(), found.end(), int(reais.replace(".", "")) * 100 + int(cents or 0)


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
_DID: tuple[tuple[ClaimKind, re.Pattern[str]], ...] = (
    ("booked", re.compile(rf"\b(?:agendei|marquei|reservei|garanti|encaixei)\b|{_I_DID}(?:agendar|marcar|reservar|garantir|encaixar)\b")),
    ("booked", re.compile(r"\b(?:coloquei|pus|botei|inclui|adicionei)\b.*\bna agenda\b")),
    ("held", re.compile(r"\b(?:separei|segurei|bloqueei|guardei)\b.*\b(?:horario|vaga|lugar|data|dia)\b")),
    ("released", re.compile(r"\b(?:liberei|soltei)\b.*\b(?:horario|vaga|lugar|data)\b")),
    ("moved", re.compile(r"\b(?:remarquei|reagendei|transferi|adiei|antecipei|adiantei|mudei|alterei|troquei|passei)\b")),
    ("moved", re.compile(rf"{_I_DID}(?:remarcar|reagendar|transferir|adiar|antecipar|mudar)\b")),
    ("cancelled", re.compile(rf"\b(?:cancelei|desmarquei)\b|{_I_DID}(?:cancelar|desmarcar)\b")),
    ("cancelled", re.compile(r"\bdei baixa\b|\bnao (?:esta|consta|tem|fica) mais (?:marcad|agendad|reservad|na agenda|no sistema)")),
    ("cancelled", re.compile(r"\b(?:tirei|retirei|removi|exclui|apaguei)\b.*\b(?:agenda|horario|agendamento)\b")),
    ("confirmed", re.compile(r"\bconfirmei\b")),
    ("registered", re.compile(rf"\b(?:cadastrei|registrei|atualizei)\b{_OF_NO_PET}|{_I_DID}(?:cadastrar|registrar)\b{_OF_NO_PET}")),
    ("waiting", re.compile(r"\b(?:coloquei|inclui|adicionei|deixei|anotei|pus|botei)\b.*\b(?:lista|fila) de espera\b")),
)
# "Agendamos" may be what a shop does in general; with a time it is a deed.
_WE_DID: tuple[tuple[ClaimKind, re.Pattern[str]], ...] = (
    ("booked", re.compile(r"\b(?:agendamos|marcamos|reservamos|encaixamos)\b")),
    ("moved", re.compile(r"\b(?:remarcamos|reagendamos|transferimos|mudamos)\b")),
    ("cancelled", re.compile(r"\b(?:cancelamos|desmarcamos)\b")),
)
# Between a noun and what became of it: "agendamento do Rex já foi ...".
_WAS = r"(?: d[aeo]s? \w+| ja| foi| esta| ficou)* "
_MADE = r"(?:feit|realizad|concluid|efetuad|criad|registrad)[oa]s?"
_DONE: tuple[tuple[ClaimKind, re.Pattern[str]], ...] = (
    ("booked", re.compile(rf"\b(?:agendad|marcad|reservad|garantid|encaixad)[oa]s?\b|\b(?:agendamento|reserva)s?{_WAS}{_MADE}\b")),
    ("booked", re.compile(r"\b(?:esta|estao|ta|tao|entrou|entraram|ficou|ficaram)\b[^,]*\bna (?:nossa )?agenda\b")),
    ("released", re.compile(r"\b(?:horario|vaga|lugar|data)\b[^,]*\bliberad[oa]s?\b")),
    ("moved", re.compile(rf"\b(?:mudanca|alteracao|troca|remarcacao|reagendamento)s?(?:{_WAS}| ){_MADE}\b")),
    ("moved", re.compile(r"\b(?:remarcad|reagendad|transferid|adiad|antecipad|alterad|mudad|trocad)[oa]s?\b")),
    ("cancelled", re.compile(rf"\b(?:cancelad|desmarcad)[oa]s?\b|\bcancelamento{_WAS}(?:{_MADE}|confirmado)\b")),
    ("confirmed", re.compile(r"(?<!cancelamento )(?<!cadastro )\bconfirmad[oa]s?\b")),
    ("registered", re.compile(r"\b(?:esta|ficou|entrou) (?:agora )?(?:no|em) (?:nosso )?(?:sistema|cadastro)\b")),
    ("registered", re.compile(rf"\bcadastrad[oa]s?\b|\bcadastro{_WAS}(?:{_MADE}|atualizado|pronto|confirmado)\b")),
    ("registered", re.compile(rf"(?<!agendamento )(?<!cadastro )\bregistrad[oa]s?\b{_OF_NO_PET}")),
    ("waiting", re.compile(r"\b(?:entrou|esta|ficou|foi|incluid[oa]|ja)\b[^,]*\b(?:lista|fila) de espera\b")),
)
_UNSPECIFIC = re.compile(r"(?:mudei|alterei|troquei|passei|alterad|mudad|trocad)")
_PRESENCE = re.compile(r"\bconfirmei\b|\bpresenca\b[^,]*\bconfirmada\b")

_DAY_BEGINS = r"(?:hoje|amanha|depois de|seg|ter|qua|qui|sex|sab|dom)"
# A promise of a visit says that it is booked.
_PROMISE = re.compile(
    r"\b(?:espero|esperamos|aguardo|aguardamos|esperando|aguardando)\b(?! (?:a |o )?(?:sua?|confirmac\w+|resposta|retorno))"
    rf"|\b(?:eh|esta|estao) esperad[oa]s?\b|\b(?:nos vemos|a gente se ve|conto com voce|contamos com)\b|^\W*(?:\w+[,!] )?(?:entao )?ate (?:a |o )?(?={_DAY_BEGINS}|dia|\d)"
)
_SETTLED = re.compile(
    r"^\W*(?:combinado|fechado|anotado|feito|pront\w+|tudo (?:certo|pronto|ok)|esta tudo (?:certo|pronto|ok)|ta tudo (?:certo|pronto)|(?:ta|esta) sim|ficou|fica) ?(?:entao)?\b"
)
# "Ficou para sexta", "agora é quinta às 15h", "sexta às 10h é do Rex".
_FIXED = re.compile(
    rf"\b(?:ficou|ficaram)(?: \w+)? (?:para|pra|n[oa]) (?=(?:a |o )?{_DAY_BEGINS}|dia|\d|as )"
    rf"|\bagora (?:eh|fica|ficou|esta) (?:para |pra |n[oa] )?(?={_DAY_BEGINS}|dia|\d|as )"
    r"|\b(?:eh|ja eh) (?:todo |toda )?(?:seu|sua|dele|dela|de voces)\b(?! (?:\w+ )?(?:preferencia|escolha|melhor|vez))"
)
# What is said of something that has come about, without a day: "está tudo anotado", "nos vemos em breve", "até lá".
_AS_DONE = re.compile(
    r"\b(?:espero|esperamos|aguardo|aguardamos) (?:voce|voces|vcs?|[oa]s?)\b(?! (?:sua?|confirmac\w+|resposta|retorno))|\bnos vemos\b"
    r"|\ba gente se ve\b|^\W*(?:entao )?ate la\b"
    r"|\b(?:esta|ta|ficou|fica) (?:ja )?(?:tudo )?(?:anotad|resolvid|pront|feit|garantid|combinad|fechad|encaminhad|acertad)[oa]s?\b"
    r"|^\W*(?:prontinho|feito|resolvido|fechado|tudo (?:certo|pronto|resolvido|anotado))\W*$"
)
_IT_IS = r"(?:eh|esta|continua|segue|permanece|sera|vai ser|ficou|fica)\b(?! (?:livre|disponive\w+|aberto|em|por|r\$|(?:de )?\d+ reais))"


@dataclass(frozen=True, slots=True)
class Claim:
    """That something was done: said by the sentence at `index`. `strict` where a standing appointment alone does not make it true."""

    kind: ClaimKind
    index: int
    strict: bool = False


def claims_in(sentences: Sequence[Sentence], services: Iterable[str], pets: Iterable[str]) -> Iterator[Claim]:
    """What a text says was done or stands, outright or by implication. `services` and `pets` are the names that visits go by."""
    asks = any(sentence.asks for sentence in sentences)
    visit = "|".join(("agendamento", "horario", "atendimento", "visita", *map(re.escape, services)))
    who = "|".join(("voce", "vc", *map(re.escape, pets)))
    standing = re.compile(
        rf"\b(?:seu|sua|o|a) (?:proxim[oa] )?(?:{visit}) (?:d[aeo] \w+ )?(?:(?!vag|livre|disponive)\w+ )?{_IT_IS}"
        rf"|^\W*(?:isso|sim|certo)?\W*eh (?:n[oa] |dia |{_DAY_BEGINS})"
        rf"|\b(?:eh|fica|ficou) d(?:[oa]s?|e) (?:{who})\b"
        rf"|\b(?:{who}) (?:ja |ainda )?tem\b(?! (?:preferencia|algum|outr|ate))"
    )
    for index, sentence in enumerate(sentences):
        told = list(told_by(sentence))
        for kind in told:
            yield Claim(kind, index, strict=kind == "confirmed" and bool(_PRESENCE.search(sentence.words)))
        # "Pronto, cancelado: Tosa do Tom, terça às 10h": the time is that of what is no more, or was moved.
        if not {"cancelled", "moved"}.intersection(told) and _implied(sentence, standing, settled=not asks):
            yield Claim("booked", index)


def told_by(sentence: Sentence) -> Iterator[ClaimKind]:
    """What a sentence says was done."""
    words = _NO_DEED.sub(lambda found: " " * len(found.group()), sentence.words)
    for kind, pattern in _DID:
        for found in pattern.finditer(words):
            if not _NOT_JUST_BEFORE.search(_NOT_REALLY.sub("", sentence.before(found.start()))):
                yield from _specific(kind, found.group(), sentence)
    for kind, pattern in _WE_DID:
        for found in pattern.finditer(words):
            if sentence.times and found.start() < sentence.asked_from and not denies(sentence.before(found.start())):
                yield kind
    for kind, pattern in _DONE:
        for found in pattern.finditer(words):
            before, after = sentence.before(found.start()), words[found.end() : sentence.clause_of(found.start())[1]]
            conditional = _OPEN.search(before) or _CONDITION.search(after) or _IN_THAT_CASE.search(words[: found.start()])
            if found.start() < sentence.asked_from and not (denies(before) or conditional):
                yield from _specific(kind, found.group(), sentence)


def _specific(kind: ClaimKind, said: str, sentence: Sentence) -> Iterator[ClaimKind]:
    """ "Mudei" may be a visit, a pet's data, or neither."""
    if not _UNSPECIFIC.match(said):
        yield kind
    elif re.search(r"\b(?:cadastro|nome|raca|idade|telefone|peso)\b", sentence.words):
        yield "registered"
    elif sentence.days or sentence.times or re.search(r"\b(?:horario|agendamento|data)\b", sentence.words):
        yield kind


# What leaves a time open: it is looked for, wished, somebody else's to settle, or over.
_UNDECIDED = re.compile(
    r"\b(?:verific\w+|consult(?:o|ar|ando|aremos)|instante|minut(?:o|inho)|moment(?:o|inho)|pedi(?:do|u)|solicit\w+|prefer\w+|desej\w+|entendi\w*"
    r"|equipe|alguem|pessoa|atendente|ocupad\w*|lotad\w*|indisponive\w+|esgotad\w*|infelizmente|prazo|expir\w*|passou|lembrete|proposta"
    r"|respond\w+|escolh\w+|me (?:diz|diga|fal[ae]|avis[ae]|confirm[ae]|pass[ae]|mand[ae]|inform[ae]|conta)|basta|eh so|sugir\w+|sugest\w+|alternativ\w+"
    r"|mais (?:proxim\w+|cedo|tarde)|(?:proxim\w+|primeir\w+) (?:horarios?|dias?|datas?|vagas?)|vag[oa]s?|rest\w+|sobr\w+)\b"
)


def leaves_open(sentence: Sentence) -> bool:
    """Whether a sentence asks, wishes, plans or denies: what it names is not told as settled."""
    words = sentence.words
    return sentence.asks or bool(_UNDECIDED.search(words) or _OPEN.search(words)) or denies(words)


def takes_as_done(sentence: Sentence) -> bool:
    """Whether a sentence that claims nothing in so many words sounds as if all had been done."""
    found = _AS_DONE.search(sentence.words)
    if not found or found.start() >= sentence.asked_from:
        return False
    before = sentence.before(found.start())
    return not (denies(before) or _OPEN.search(before))


def _implied(sentence: Sentence, standing: re.Pattern[str], *, settled: bool) -> bool:
    """Whether a sentence speaks of a visit as of something fixed: "te espero sexta às 10h", "seu banho é sábado às 9h"."""
    said = [
        (_FIXED, bool(sentence.times or sentence.days)),
        (_PROMISE, bool(sentence.times or sentence.days)),
        (standing, bool(sentence.times)),
        (_SETTLED, settled and bool(sentence.times)),
    ]
    for pattern, possible in said:
        found = pattern.search(sentence.words) if possible else None
        if (
            found
            and found.start() < sentence.asked_from
            and not (denies(sentence.before(found.end())) or _OPEN.search(sentence.before(found.start())))
        ):
            return True
    return False


def denies(before: str) -> bool:
    """Whether words deny what comes after them; "não se preocupe" does not."""
    return bool(_NOT.search(_NOT_REALLY.sub("", before)))
