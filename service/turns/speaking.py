"""Which fact a sentence of a model's speaks of. A guess by words, days, times and prices: whatever fact it comes to is true."""

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from datetime import date, time
from functools import lru_cache

from service.language.grammar import date_words
from service.language.money import prices_in
from service.language.phrases import whole_words
from service.language.said import days_in, times_in
from service.language.text import fold
from service.turns.telling import Fact, FactKind

# Facts that one sentence may stand for: "a tosa fica 120, o banho 70, e abrimos às 9h".
MOST_FACTS = 6
# Words of a line of a list: "Valor: R$ 70,00", "🐶 Rex".
SHORT = 4
# Days from which on a sentence speaks of the week: "de segunda a sexta, e no sábado".
WEEK = 3

_HINTS: dict[FactKind, re.Pattern[str]] = {
    "slots": whole_words(
        r"(?:tenho|temos|tem|consigo|ha|restam|resta|sobr\w+) .{0,40}"
        r"(?:vagas?|horarios?|as|\d{1,2}h\d*|\d{1,2}:\d\d|manha|tarde|livres?|nada)",
        r"vagas?|livres?|disponive(?:l|is)|disponibilidade|encaix\w+|lotad[oa]s?|lotou|cheio|ocupad[oa]s?|atende as",
    ),
    "appointments": whole_words(
        r"(?:esta|estao|ta|tao|segue\w*|continua\w*|ficou|fica|permanece\w*|ja) (?:\w+ ){0,2}"
        r"(?:marcad[oa]s?|agendad[oa]s?|confirmad[oa]s?|de pe|certos?)",
        r"(?:seu|sua|seus|suas|proxim[oa]) (?:\w+ )?(?:agendamentos?|horarios?|banho|tosa|consulta|visita)",
        r"(?:banho|tosa|consulta|hotel|creche) d[aoe] (?:\w+ ){1,2}(?:eh|e|esta|sera|vai ser|fica)",
        r"voce tem|faltam? \d+ dias?|agendamentos?|toma banho|passa com",
        r"(?:nao|nenhuma?|nada|nem)\b.{0,40}\b"
        r"(?:agend\w+|marc\w+|reserv\w+|registrad\w+|consta\w*|confirmad\w+|banho|tosa|consulta|horario)",
    ),
    "prices": whole_words(
        r"precos?|precinho|valor\w*|cust\w+|cobr\w+|total|reais|real|gratis|gratuit\w+|cortesia",
        r"quanto (?:e|eh|custa\w*|fica\w*|sai|saem|cobra\w*|da|seria|ta|esta)",
        r"por \d+|desconto|promoc\w+|pag[ao]\w*|a partir de|combo|pix|mangos|conto|pila|minutos?",
    ),
    "hours": whole_words(
        r"abr(?:e|em|imos|iremos|iu)|fech(?:a|am|amos|ado|ada|ados|aremos)|funciona\w*|expediente|abert[oa]s?|recesso|feriados?|domingos?",
        r"nosso horario|(?:ate )?que horas (?:voces|vcs)",
        r"estamos (?:por )?aqui (?:\w+ )?ate|horario de (?:atendimento|funcionamento)",
        r"atende(?:m|mos)? (?:de|das|ate|aos?|n[oa]s?|sabados?) ",
    ),
    "place": whole_words(
        r"enderec\w+|rua|avenida|av|bairro|ficamos|fica n[ao]|estamos (?:n[ao]|localizad\w+)|localiza\w+|telefone|ligar|estacion\w+",
        r"onde (?:voces |vcs |a loja )?(?:ficam?|eh?|est(?:a|ao))",
    ),
    "payment": whole_words(r"pagament\w*|pagar|pix|cart(?:ao|oes)|dinheiro|parcel\w+|credito|debito|boleto|sinal|formas?"),
    "pets": whole_words(r"cadastr\w+|registr\w+|ficha|pets?"),
    "waiting": whole_words(r"lista de espera|fila|esper\w+|avis\w+ (?:se|quando)"),
    "people": whole_words(r"profission\w+|quem (?:faz|fara|da|dara|vai|atende|cuida)|com (?:o|a) \w+|veterinari[oa]|tosador\w*|groomer"),
    "shop": whole_words(
        r"(?:posso|podemos|consigo) (?:te )?(?:ajudar|cadastrar|agendar|ver horarios|dizer os precos)",
        r"robos?|chatbot|inteligencia artificial|maquina|human[oa]|pessoa (?:real|de verdade)",
        r"(?:com )?quem (?:eu )?(?:fala|falo|esta falando)",
        r"ajudo com|servicos?|fazemos|oferecemos|trabalhamos|atendemos|assistente|assunto",
        r"nao (?:posso|podemos|consigo|conseguimos|falo|trato|sou)",
    ),
    "knowledge": whole_words(r"equipe|perguntar|nao (?:sei|tenho|consigo)|informac\w+"),
}  # fmt: skip
# What says something of a price or a length only with a number beside it, or as a question: "fica pra próxima", "fica em boas mãos".
_COMES_TO = whole_words("sai|saem|sairia|fica|ficam|ficaria|dariam?|leva|demora", r"dura\w*")
_NUMBERED = re.compile(
    r"\d|\?|\b(?:(?:uma|meia|duas|tres) horas?|dez|quinze|vinte|trinta|quarenta|cinquenta|sessenta|setenta|oitenta|noventa|cem|cento"
    r"|duzentos|quanto|isso|mesmo preco)\b"
)
# What was paid once is no price of today's.
_ONCE = whole_words(
    r"quanto (?:\w+ ){0,2}(?:foi|paguei|pagou|pagamos|gastei|gastou|gastamos|cobraram|cobrou|custou)",
    r"(?:paguei|pagamos|gastei|gastamos|cobraram) (?:\w+ ){0,3}quanto",
)
_DEED = whole_words(
    r"(?:agend|marqu|marc|reserv|confirm|cancel|desmarqu|desmarc|remarqu|remarc|mud|troqu|troc|pass|transfer|anot|registr|cadastr|coloqu"
    r"|coloc|inclu|atualiz|tir|deix|separ|lanc|garant|bloque|encaix|salv|adicion|resolv|avis|alter)(?:ei|i|amos|imos)",
    r"(?:agendad|marcad|reservad|confirmad|cancelad|desmarcad|remarcad|mudad|trocad|cadastrad|registrad|anotad|garantid|bookad|salv|inclus"
    r"|incluid|atualizad|efetuad|concluid|finalizad|processad|liberad|reagendad|transferid|encaixad|lancad)\w*",
    "prontinho|pronto|feito|combinado|fechei|fechou|fechado",
)
# "Domingo fechado" is no deed.
_SHUT = whole_words(
    r"(?:domingos?|dom|sabados?|sab|feriados?|natal|estamos|estaremos|ficamos|fica|estara|loja|dia \d\S*"
    r"|(?:segunda|terca|quarta|quinta|sexta)(?:-feira)?)[:,]? (?:\w+ ){0,2}fechad[oa]s?"
)
# "Ainda não marquei nada": what a reply says of itself, not of the agenda.
_UNDONE = whole_words(
    r"(?:ainda )?nao (?:\w+ )?(?:marquei|agendei|reservei|cancelei|desmarquei|remarquei|mudei|mexi|alterei|troquei|confirmei)",
    r"(?:nada|ainda nao|nao) (?:\w+ ){0,2}(?:marcad|agendad|reservad|cancelad|alterad|mudad)[oa] ainda",
    r"(?:nada|nao) (?:foi|esta) (?:\w+ )?(?:marcad|agendad|reservad|cancelad|alterad|mudad)[oa]",
    r"ainda nao (?:esta|foi|ficou|ta) (?:\w+ )?(?:marcad|agendad|reservad|cancelad|alterad|mudad)[oa]",
)
_CANCELS = whole_words(r"\w*cancel\w+|desmar\w+|remar\w+|mud\w+|mexi|alter\w+|troq\w+")
_DENIES = whole_words("nao|nenhuma?|nada|nem|sem")
# Words that tell no fact from another.
_STOP = frozenset(
    """
    para pela pelo esta este essa esse isso voce vamos aqui mais muito nosso nossa sobre como quando quer temos tenho hoje amanha agora
    segunda terca quarta quinta sexta sabado domingo feira abrimos abre fechado fechados horario loja posso estamos estaremos funcionamos
    funcionamento funciona normalmente atendemos
    """.split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a sentence names: the kinds of facts that it may speak of, names, days, times, prices in cents, and its words' beginnings."""

    kinds: frozenset[FactKind]
    names: frozenset[str]
    days: frozenset[date]
    times: frozenset[time]
    cents: frozenset[int]
    words: frozenset[str]
    claims_deed: bool
    shut: bool
    undone: bool
    cancels: bool
    denies: bool
    length: int


def spoken(sentence: str, today: date, facts: Sequence[Fact]) -> Spoken:
    """Return what a sentence names of what facts state."""
    words = date_words(re.sub(r"[*_~]", "", sentence))
    kinds = {kind for kind, hint in _HINTS.items() if hint.search(words)}
    cents = {amount for _, _, amount in prices_in(words)}
    if cents or (_COMES_TO.search(words) and _NUMBERED.search(sentence if "?" in sentence else words)):
        kinds.add("prices")
    said = set(re.findall(r"\w+", words))
    names = {name for fact in facts for name in fact.names if set(re.findall(r"\w+", name)) <= said or f"{name}s" in said}
    return Spoken(
        kinds=frozenset(kinds),
        names=frozenset(names),
        days=frozenset(day for found in days_in(words, today) for day in found.days),
        times=frozenset(at for found in times_in(words) for at in found.times),
        cents=frozenset(cents),
        words=stems(sentence),
        claims_deed=bool(_DEED.search(_SHUT.sub(" ", words))),
        shut=bool(re.search(r"\bfechad|\bnao abr", words)),
        undone=bool(_UNDONE.search(words)),
        cancels=bool(_CANCELS.search(words)),
        denies=bool(_DENIES.search(words)),
        length=len(re.findall(r"[^\W\d_]+", words)),
    )


def stems(text: str) -> frozenset[str]:
    """Return the beginnings of a text's longer words."""
    return frozenset(word[:5] for word in re.findall(r"[^\W\d_]{4,}", fold(text)) if word not in _STOP)


@lru_cache(maxsize=1024)
def _words_of(fact: Fact) -> frozenset[str]:
    """Return the beginnings of the words that a fact is found by, its names aside. Each sentence of a reply is held against each fact."""
    return stems(f"{fact.text} {fact.about}") - stems(" ".join(fact.names))


def in_answer(said: Spoken, asked: str) -> Spoken:
    """Return a sentence of which nothing says what it speaks of as one about what the customer asked: "sábado sim, das 9h às 13h"."""
    if said.kinds or said.claims_deed or not details_of(said):
        return said
    words = date_words(asked)
    return replace(said, kinds=frozenset(kind for kind in ("hours", "prices") if _HINTS[kind].search(words)))


def asks_what_was_paid(asked: str) -> bool:
    """Tell whether a customer asks what something has cost them: what it costs now does not answer that."""
    return bool(_ONCE.search(date_words(asked)))


def of_the_services_of(said: Spoken, asked: str, services: Set[str]) -> Spoken:
    """Return a sentence that names no service as one about those that the customer asked about: "fica em 150", "leva uma hora e meia"."""
    if "prices" in said.kinds and asks_what_was_paid(asked):
        return replace(said, kinds=said.kinds - {"prices"}, names=said.names - services, cents=frozenset())
    if said.kinds != {"prices"} or said.names & services:
        return said
    words = set(re.findall(r"\w+", date_words(asked)))
    meant = {name for name in services if set(name.split()) <= words or f"{name}s" in words}
    # Its own figure may be another service's.
    return replace(said, names=said.names | meant, cents=frozenset()) if meant else said


def on_the_days_of(said: Spoken, sentence: str, asked: str, today: date) -> Spoken:
    """Return a sentence with a mere "dia 24" as the 24th that the customer asked about, where that is of another month."""
    if not said.days:
        return said
    own = {day.day: day for found in days_in(date_words(asked), today) for day in found.days}
    meant = {own.get(day.day, day) if re.search(rf"\bdia 0?{day.day}\b(?!/| de )", sentence) else day for day in said.days}
    return replace(said, days=frozenset(meant))


def details_of(said: Spoken) -> frozenset[object]:
    """Return everything that a sentence names."""
    return said.days | said.times | said.cents | said.names


def best(said: Spoken, turn: Sequence[Fact], standing: Sequence[Fact], told: Sequence[Fact] = ()) -> list[Fact]:
    """Return the facts that a sentence speaks of, the likeliest first; none where it is not plain that it speaks of any.

    What was just done, asked or found is meant before what stands, and before what is `told` already. A deed that nobody did is not
    answered by what stands: the model should do it, or say that it is not done.
    """
    turn, standing = _without_longer_lists(said, turn), _without_longer_lists(said, standing)
    done = [fact for fact in turn if fact.must]
    if said.claims_deed and not said.denies and not done:
        standing = [fact for fact in standing if _stands(said, fact)]
    ranked = sorted(
        ((_score(said, fact, fresh=fresh, told=fact in told), number, fact) for fresh, facts in ((True, turn), (False, standing))
         for number, fact in enumerate(facts)),
        key=lambda one: (-one[0], one[1]),
    )  # fmt: skip
    chosen: list[Fact] = []
    open_ = set(said.days | said.times | said.cents | said.names)
    for score, _, fact in ranked:
        if score <= 0 or len(chosen) == MOST_FACTS:
            break
        if fact.kind == "hours" and said.days and fact.days and not said.days & fact.days:
            continue
        covers = open_ & details(fact)
        if not chosen or (covers - said.names) or (covers and fact.kind in (chosen[0].kind, "people")):
            chosen.append(fact)
            open_ -= covers
            if fact.kind == "hours" and not fact.days:
                open_ -= said.days
    return chosen


def _without_longer_lists(said: Spoken, facts: Sequence[Fact]) -> list[Fact]:
    """Return facts without a list of prices of which the sentence names a part that is told by itself."""
    apart = any(fact.kind == "prices" and "\n" not in fact.text and fact.names <= said.names for fact in facts)
    return [fact for fact in facts if not (apart and fact.kind == "prices" and "\n" in fact.text and not fact.names <= said.names)]


def details(fact: Fact) -> frozenset[object]:
    """Return everything that a fact states by name or number."""
    return fact.days | fact.times | fact.cents | fact.names


def in_numbers(said: Spoken, fact: Fact) -> bool:
    """Tell whether a sentence names a day, a time or a price that a fact states."""
    return bool(said.days & fact.days or said.times & fact.times or said.cents & fact.cents)


def is_promised(said: Spoken, turn: Sequence[Fact]) -> bool:
    """Tell whether a sentence takes something for done at a day or time of which nothing was done, asked or refused in the turn."""
    done = [fact for fact in turn if fact.must]
    if not done or not said.claims_deed or said.denies:
        return False
    return all(
        (said.days and fact.days.isdisjoint(said.days)) or (said.times and fact.times.isdisjoint(said.times)) for fact in done
    )  # fmt: skip


def says_nothing_new(said: Spoken, told: Sequence[Fact]) -> bool:
    """Tell whether a short line ("Valor: R$ 70,00") is of what one fact has told already."""
    own = said.days | said.times | said.cents | said.names
    return bool(own) and said.length <= SHORT and any(own <= details(fact) for fact in told)


def about(text: str, today: date, facts: Sequence[Fact]) -> list[Fact]:
    """Return those of some facts that a customer's question is about, by the names and days in it: best those about nothing else."""
    said = spoken(text, today, facts)
    named = [fact for fact in facts if said.names & fact.names and (not fact.days or not said.days or said.days & fact.days)]
    return [fact for fact in named if fact.names <= said.names and fact.kind == named[0].kind] or named


def _stands(said: Spoken, fact: Fact) -> bool:
    """Tell whether a fact may be what a sentence takes for done: an appointment at that very time, a person's word."""
    if fact.kind == "knowledge":
        return in_numbers(said, fact)
    known = bool(said.days and said.times) or (bool(fact.names & said.names) and bool(said.days or said.times))
    return fact.kind == "appointments" and known and bool(said.days & fact.days or not said.days) and said.times <= fact.times


def _score(said: Spoken, fact: Fact, *, fresh: bool, told: bool) -> float:
    """Return how likely a sentence speaks of a fact; nothing where too little speaks for it."""
    days, times, cents = len(said.days & fact.days), len(said.times & fact.times), len(said.cents & fact.cents)
    names, more = len(said.names & fact.names), len(fact.names - said.names) * 0.75 + len(fact.cents - said.cents)
    words = len(said.words & _words_of(fact))
    hinted = fact.kind in said.kinds
    like: float = 2 * days + 3 * times + 2 * cents + 3 * names + words
    if fact.kind == "hours" and said.days:
        like += 10 if days else -6 if len(said.days) < WEEK else 10
    if fact.kind == "hours":
        like += 12 * bool(words) + 8 * (said.shut and not fact.times) + 14 * (len(said.days) >= WEEK and not fact.days)
    if fact.must and not told:
        # It is told in any case: what shares nothing with it rather speaks of what was asked beside ("e aceitamos pix").
        return (9 if said.claims_deed or days or times or cents or names or words > 1 else 2) + like
    if fact.kind == "shop" and fact.names and not (names or words):
        return 0
    like -= more if fact.kind == "prices" and said.names else 0
    if fresh and fact.kind == "figures":
        return 5 + like
    if fresh:
        return 4 * hinted + max(like, 0) + 1 if hinted or days or times or cents or words > 1 else 0
    return _score_of_standing(said, fact, like, words, hinted=hinted)


def _score_of_standing(said: Spoken, fact: Fact, like: float, words: int, *, hinted: bool) -> float:
    days, times, cents = said.days & fact.days, said.times & fact.times, said.cents & fact.cents
    if fact.kind == "undone":
        return 4 + (bool(_CANCELS.search(fold(fact.text))) == said.cancels) if said.undone else 0
    if fact.kind == "appointments" and not fact.names:
        return 3 if hinted and said.denies and not (said.cents or times) else 0
    if fact.kind in ("appointments", "question") and days and times:
        return 4 + like
    if fact.kind == "appointments" and days and said.days <= fact.days and not (said.kinds or said.claims_deed):
        return 3 + like
    if fact.kind == "knowledge" and (days or times or cents):
        # A person's own words are about that day more than what is so on every one.
        return 18 + like
    if not hinted:
        return 0
    if fact.kind == "pets" and not fact.names:
        return 4 if said.denies else 0
    if fact.kind == "hours" and not fact.days:
        return max(4 + like, 3)
    if fact.kind == "appointments" and not said.days and not said.names:
        return 4 + len(fact.days)
    if fact.kind == "shop" and not fact.names and ("não" in fact.text) != said.denies:
        return 0
    if fact.kind == "shop" and said.denies:
        return 4 + like
    if fact.kind == "prices" and not said.names & fact.names and said.claims_deed:
        return 0
    by_words = fact.kind in ("place", "payment", "shop", "knowledge", "waiting", "hours")
    if fact.kind != "shop" and (days or times or cents or said.names & fact.names):
        return 4 + max(like, 0)
    return 4 + like if by_words and words else 0
