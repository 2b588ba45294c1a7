"""What a message of the agent's asks, states and tells as done, by its words alone: whoever wrote it, and whatever the task."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time
from functools import cached_property

from evals.tau.task import Kind, Slot
from service.language.grammar import date_words
from service.language.said import SaidDay, SaidTime, days_in, times_in
from service.language.text import fold

_END = re.compile(r"(?<!\bdr)(?<!\bdra)(?<!\bsr)(?<!\bsra)(?<=[.!?…])\s+|\n+", re.I)

_SLOTS: dict[Slot, re.Pattern[str]] = {
    "own_name": re.compile(
        r"\bseu nome\b|\bnome completo\b|\bcomo (?:voce|vc|posso te|te) (?:se )?chama|com quem (?:eu )?(?:falo|estou falando)"
    ),
    "pet": re.compile(
        r"\bnomes? (?:d[oae]s?|del[ea]s?|para)\b(?! cliente)|\bcomo (?:el[ea]s?|[oa]s? (?:seu |sua |seus )?\w+|se) chamam?\b"
        r"|\bqual (?:e )?o nome\b"
        r"|\b(?:qual|quais|que)(?: e| sao)?(?: d?[oa]s?)?(?: seus?)? (?:pets?|animal|animais|bichinhos?)\b|\bpra quem\b|\bpara quem\b"
    ),
    "species": re.compile(
        r"\bespecies?\b|\bcachorros?,? (?:ou )?(?:um )?gatos?\b|\bcao ou gato\b|\bqual animal\b|\btipo de (?:pet|animal)\b"
    ),
    "breed": re.compile(r"\braca\b"),
    "age": re.compile(r"\bidade\b|\bquantos anos\b|\bnascimento\b|\bnasceu\b"),
    "size": re.compile(r"\bportes?\b|\btamanho\b|\bpequeno, medio\b"),
    "coat": re.compile(r"\bpelagem\b|\btipo de pelo\b|\bpelo (?:curto|longo)\b|\bo pelo\b"),
    "service": re.compile(
        r"\b(?:qual|que|quais) (?:e o |dos |tipo de )?servicos?\b|\bservico (?:voce|vc|deseja|gostaria|quer)\b"
        r"|\bo que (?:voce|vc) (?:gostaria|deseja) (?:de )?(?:agendar|marcar)\b"
    ),
    "day": re.compile(
        r"\b(?:qual|que|quais)(?: e| seria)?(?: [oa])?(?: melhor)?(?: outr[oa])? (?:dia|data)s?\b|\b(?:para|pra) quando\b"
        r"|\bquando (?:voce|vc|deseja|gostaria|quer)\b|\boutro dia\b|\bo dia\b|\ba data\b"
    ),
    "time": re.compile(
        r"\bque horas\b|\b(?:qual|que|quais)(?: e| seria)?(?: o)?(?: melhor)? horarios?\b"
        r"|\bhorario (?:voce|vc|de preferencia|prefere|desejado)\b|\be (?:o )?horario\b|\bou horario\b|\ba hora\b|\bo horario\b"
    ),
    "nights": re.compile(r"\bquantas noites\b|\bquantos dias\b|\bate (?:que dia|quando)\b|\bdia (?:da |de )?saida\b"),
    "zone": re.compile(r"\bbairro\b|\bendereco\b"),
    "person": re.compile(r"\bprofissional\b|\bpreferencia por\b|\bcom quem (?:voce|vc|prefere)\b"),
    "which": re.compile(r"\bqual del[ea]s\b|\bqual (?:dos|desses) agendamentos?\b|\bqual agendamento\b"),
    "team": re.compile(
        r"\b(?:cham[eoa]r?|falar com|transfira|passe|encaminhe) (?:uma |um |a |alguem |para )*(?:pessoa|equipe|atendente|humano)\b"
    ),
}  # fmt: skip
# A request without a question mark: "me diga o nome do pet".
_DEMANDS = re.compile(
    r"\b(?:me )?(?:diga|informe|fale|conte|envie|mande|passe)\b"
    r"|\b(?:preciso|precisamos|falta|faltam) (?:saber|d[oae]|apenas|so|que)\b|\bpor favor,? (?:informe|diga)\b"
)

_CONFIRMS = re.compile(
    r"\bconfirm\w*|\bposso (?:agendar|marcar|reservar|fechar|cancelar|desmarcar|remarcar|mudar|prosseguir|seguir|por|colocar|cadastrar)\b"
    r"|\bpode ser\b|\b(?:certo|correto|combinado|fechado|beleza|isso mesmo|tudo bem|ok)\s*\?|\b(?:esta|ta) (?:certo|correto|bom|ok)\b"
    r"|\bquer (?:que eu )?(?:agend\w+|marc\w+|reserv\w+|cancel\w+|desmar\w+|remar\w+|mud\w+|entrar|ficar|esperar)\b"
    r"|\b(?:deseja|gostaria de|vamos) (?:agendar|marcar|reservar|cancelar|remarcar|confirmar|prosseguir|entrar)\b"
)
_ANSWER_YES = re.compile(r"\b(?:respond\w+|digit\w+|mand\w+|escrev\w+|diga) (?:com )?[\"“']?sim\b")

_KINDS: dict[Kind, re.Pattern[str]] = {
    "wait": re.compile(r"\blista de espera\b"),
    "cancel": re.compile(r"\bcancel\w+|\bdesmar[cq]\w+"),
    "move": re.compile(
        r"\bremar[cq]\w+|\bmud(?:o|ei|ar|anca|ad[oa]s?|amos)\b|\btransf[ei]r\w+|\balter(?:o|ei|ar|ad[oa]s?|amos|acao)\b"
        r"|\breagend\w+"
    ),
    "book": re.compile(r"\bagend\w+|\bmar(?:c|qu)\w+|\breserv\w+|\bfica assim\b"),
    "register": re.compile(r"\bcadastr\w+|\bregistr\w+"),
}  # fmt: skip

_DONE: dict[Kind, re.Pattern[str]] = {
    "wait": re.compile(
        r"\b(?:esta|estao|ficou|entrou|coloquei|adicionei|inclui|incluid[oa]|adicionad[oa]|pus|botei)\b.{0,60}\b(?:lista de espera|fila)\b"
        r"|\blista de espera\b.{0,40}\b(?:feit[oa]|pronto|confirmad[oa])\b"
    ),
    "cancel": re.compile(
        r"\b(?:(?:cancel|desmarc|anul)ad(?:inh)?[oa]s?|(?:cancel|desmarqu|anul)ei|cancelamos|desmarcamos|cancelamento feito)\b"
    ),
    "move": re.compile(
        r"\b(?:(?:remarc|reagend|mud|alter|adi|antecip)ad[oa]s?|transferid[oa]s?|mudanca feita"
        r"|(?:remarqu|reagend|mud|alter|adi|antecip|empurr|jogu|pass)ei|transferi)\b"
    ),
    "book": re.compile(
        r"\b(?:(?:agend|marc|reserv|confirm|encaix)ad(?:inh)?[oa]s?|garantid(?:inh)?[oa]s?|agendamento feito"
        r"|(?:agend|marqu|reserv|confirm|encaix|lanc)ei|inclui(?:d[oa])?)\b"
        r"|\best(?:a|ao) na agenda\b"
    ),
    "register": re.compile(
        r"\b(?:(?:cadastr|registr)ad[oa]s?|(?:cadastr|registr|salv)ei|cadastro feito)\b|\besta (?:agora )?no (?:nosso )?cadastro\b"
    ),
}  # fmt: skip
# What takes a deed back: a condition anywhere before it, a denial, wish or plan in its own clause.
_IF = re.compile(r"\b(?:se|caso|quando|assim que|depois (?:de|que)|antes (?:de|que)|para ser|basta|falta|aguard\w+)\b")
_NOT_DONE = re.compile(
    r"\b(?:nao|nunca|nenhum|nenhuma|nada|sem|ainda|posso|podemos|pode|poderia|quer|queria|gostaria|deseja|vou|vamos|sera|seria|precisa\w*"
    r"|devo|deve\w*|tentei|consigo|conseguir|ser|estar|reaberto|horarios?)\b"
)
_CLAUSE = re.compile(r"[,;:!]|\bmas\b")
_REFUSED = re.compile(
    r"\b(?:ocupad[oa]s?|lotad[oa]s?|indisponive\w+|esgotad[oa]s?|fechad[oa]s?|sem horarios?)\b"
    r"|\bnao (?:ha|tem|temos|tenho|esta|estao|existe|abre|abrimos|abriremos|consegu\w+|e possivel|podemos|posso|da|deu)\b"
    r"|\bnao (?:trabalhamos|oferecemos|aceitamos|atendemos|fazemos)\b"
)


_NOD = re.compile(r"\b(?:viu|ne|hein|ta) ?\?\W*$")


@dataclass(frozen=True)
class Sentence:
    """A sentence, and its words without case and accents."""

    raw: str
    today: date

    @cached_property
    def words(self) -> str:
        return date_words(re.sub(r"[*_~`]", "", self.raw))

    @cached_property
    def asks(self) -> bool:
        """Tell whether it is a question; one that only looks for a nod ("viu?") is none."""
        return self.raw.rstrip(" )\"”'*_😊🐾🐶🐱❤️😉").endswith("?") and not _NOD.search(self.words)

    @cached_property
    def demands(self) -> bool:
        return bool(_DEMANDS.search(self.words))

    @cached_property
    def days(self) -> list[SaidDay]:
        return days_in(self.words, self.today)

    @cached_property
    def times(self) -> list[SaidTime]:
        return times_in(self.words)

    @cached_property
    def done(self) -> tuple[Kind, ...]:
        """Return what it tells as done, outright."""
        if self.asks:
            return ()
        return tuple(
            kind for kind, look in _DONE.items() if (found := look.search(self.words)) and not _taken_back(self.words[: found.start()])
        )


def _taken_back(before: str) -> bool:
    return bool(_IF.search(before) or _NOT_DONE.search(_CLAUSE.split(before)[-1]))


def sentences_of(text: str, today: date) -> list[Sentence]:
    """Return a message's sentences and lines."""
    return [Sentence(piece.strip(), today) for piece in _END.split(text) if piece.strip()]


@dataclass(frozen=True, slots=True)
class Stated:
    """The days, times and names that some sentences state."""

    days: frozenset[date]
    times: tuple[frozenset[time], ...]
    names: frozenset[str]
    words: str


def stated_in(sentences: Iterable[Sentence], names: Iterable[str]) -> Stated:
    """Return what sentences state; `names` are the names of pets and services to look for."""
    chosen = list(sentences)
    words = " ".join(sentence.words for sentence in chosen)
    # A day may be any of those that its words can mean; only its first reading counts, a weekday's coming one.
    days = frozenset(day for sentence in chosen for said in sentence.days for day in said.days[-1:])
    times = tuple(frozenset(said.times) for sentence in chosen for said in sentence.times)
    found = frozenset(name for name in names if re.search(rf"\b{re.escape(fold(name))}s?\b", words))
    return Stated(days, times, found, words)


@dataclass(frozen=True, slots=True)
class Heard:
    """What a message comes to for the one who reads it.

    `asks` are the facts that it wants, `confirms` the sentences around its question whether something is to be, None where it has no such
    question; `done` the kinds of what it tells as done; `refuses` whether it says that something can't be.
    """

    sentences: tuple[Sentence, ...]
    asks: frozenset[Slot]
    confirms: tuple[Sentence, ...] | None
    kinds: frozenset[Kind]
    done: frozenset[Kind]
    refuses: bool
    questions: bool


# So many sentences before a question may belong to it, where they name a day, a time or what is asked about.
REACH = 12


def hear(text: str, today: date) -> Heard:
    """Read a message of the agent's."""
    sentences = sentences_of(text, today)
    asks: set[Slot] = set()
    confirms: tuple[Sentence, ...] | None = None
    for index, sentence in enumerate(sentences):
        if sentence.asks or sentence.demands:
            asks |= {slot for slot, look in _SLOTS.items() if look.search(sentence.words)}
        if (sentence.asks and _CONFIRMS.search(sentence.words)) or _ANSWER_YES.search(sentence.words):
            confirms = tuple(_belonging(sentences, index))
    if "own_name" in asks:
        asks.discard("pet")
    if "team" in asks:
        asks -= {"pet", "service", "day", "time"} if confirms is None else set()
    kinds = {kind for kind, look in _KINDS.items() if confirms and look.search(" ".join(s.words for s in confirms))}
    return Heard(
        tuple(sentences),
        frozenset(asks),
        confirms,
        frozenset(kinds),
        frozenset(kind for sentence in sentences for kind in sentence.done),
        any(_REFUSED.search(sentence.words) for sentence in sentences if not sentence.asks),
        any(sentence.asks for sentence in sentences),
    )


def _belonging(sentences: Sequence[Sentence], at: int) -> list[Sentence]:
    """Return a question with what it is about: itself where it names day and time, else also the sentences before that do."""
    own = [sentences[at]]
    if own[0].days and own[0].times:
        return own
    for sentence in reversed(sentences[max(at - REACH, 0) : at]):
        if sentence.asks:
            break
        own.insert(0, sentence)
        if sentence.words.startswith(("fica assim", "mudo para", "cancelar:", "voce tem")):
            break
    return own
