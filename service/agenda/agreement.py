"""Whether a customer's own words agree to exactly what was proposed, or name everything of it themselves. Pure, without a model.

Careful by design: what is not plainly a yes is none, and the customer is asked once more. How well it reads: docs/agenda-and-safety.md.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal

from service.agenda.proposals import ProposalKind, total_cents
from service.agenda.visits import Item
from service.language.days import find_day
from service.language.grammar import MONTHS, date_words
from service.language.said import days_in
from service.language.text import fold
from service.language.times import find_part, find_time
from service.platform import clock
from service.platform.errors import BadRequest

Answer = Literal["yes", "no"]
# "harmless" has only words that change nothing, "open" others that turn nothing round.
Clause = Literal["yes", "no", "harmless", "open", "contrary"]

_EMOJI = {"👍": " sim ", "👌": " sim ", "✅": " sim ", "🆗": " ok ", "👎": " nao ", "✔": " sim ", "☑": " sim "} | dict.fromkeys(
    "🙄😒🤨😤🤔😡🫤", " duvida "
)
_EMOJI |= {" sô": " ", "Sô": " "}  # a word of Minas, which "só" (only) is not
_FINE = re.compile(
    r"\b(?:(?:ta|esta|por mim) (?:bom|otimo|certo|ok|joia|valendo|perfeito|ta)|sem duvidas?|(?:manda|pode) ver|de boa|demorou|partiu|isso ai|eh isso|show d[e']? ?bola|pode contar (?:comigo|cmg))\b"
)
_NOT = re.compile(r"\b(?:n|ñ|naum|nop|nops)\b")
_LONG = re.compile(r"([a-z])\1{2,}")
_NO_MATTER = re.compile(
    r"\b(?:nao (?:tem|ha|da|vejo) (?:nenhum )?problemas?(?: nenhum)?|sem problemas?|nao se preocup\w+|nao precisa (?:nem )?perguntar|nao esquec\w+)\b"
)
_CLAUSES = re.compile(r"(?<=[?!])|[.;\n]+(?!\d)|,(?!\d)")

# Words that say yes, alone or among fillers; and for each kind of proposal the verb of what it does.
_YES = frozenset(
    """sim s ss siim simm isso exato exatamente correto certo certinho ok okay okey blz beleza bele pode podem podi pd confirma confirmo
    confirmar confirmado confirmada confirmadissimo confirmadissima confirmados confirmadas confirme fechado fechados combinados fecha fecho fechou combinado perfeito perfeitamente otimo claro certeza quero
    aceito bora vamos show top joia positivo uhum aham massa concordo acordo yes yep ctz tranquilo maravilha excelente legal firmeza suave aham ahan arra unhum okok""".split()
)
_VERBS: dict[ProposalKind, frozenset[str]] = {
    "book": frozenset(
        "agenda agendar agende agendado marca marcar marque marcado reserva reservar reserve reservado garante garantir agendados marcados reservados anota bota botar".split()
    ),
    "reschedule": frozenset(
        """remarca remarcar remarque muda mudar mude troca trocar troque transfere transferir passa passar altera alterar agenda agendar
        marca marcar mudanca troca remarcacao""".split()
    ),
    "cancel": frozenset("cancela cancelar cancele cancelado desmarca desmarcar desmarque cancelamento".split()),
    "confirm": frozenset("vou iremos irei estaremos estarei levo levarei presenca".split()),
}
# What may stand beside a yes without changing it.
_FILLERS = frozenset(
    """a o as os e é eh de do da dos das no na nos nas ao aos em por para pra pro pros p com q que la aqui ai entao ja mesmo msm tb td tudo ta
    esta estou to tou bom boa bem favor gentileza pf pfv pfvr obrigado obrigada obg brigado brigada brigadao valeu vlw agradeco
    grato grata viu gente moca moco querida querido amiga amigo linda flor amor senhora senhor vc voce voces vcs mim me eu meu
    minha meus minhas nosso nossa ele ela eles elas dele dela esse essa este nesse nessa neste nesta desse horario hora horas dia
    data vaga ser sera fica ficar ficou fico ficamos assim ate aguardo k kk rs rsrs haha hahaha uai oxe oxente eita vixe bah tche
    visse mano rei ne hein ha ir fazer deixa deixar agendamento visita oi ola opa bom reais real""".split()
)
_DATE_WORDS = frozenset(
    """segunda terca quarta quinta sexta sabado domingo seg qua qui sex sab feira hoje hj amanha depoisdeamanha manha tarde noite meia
    meio h hs hrs min janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro""".split()
)
# "pode confirmar os dois" agrees to a proposal of two, and asks for more than one of one.
_ALL_OF = {2: frozenset(("dois", "duas", "ambos", "ambas")), 3: frozenset(("tres",)), 4: frozenset(("quatro",))}
_ALL = frozenset(("todos", "todas"))
_DAYS = frozenset("segunda terca quarta quinta sexta sabado domingo hoje amanha depoisdeamanha".split())
# What makes a clause say more than yes, or something else, wherever it stands.
_CONTRARY = re.compile(
    r"""\b(?: nao | n | nem | nunca | mas | porem | so | se | ou | sem | outr[oa]s? | prefir\w* | prefer\w* | troc\w* | mud\w* | alter\w* | cancel\w*
    | desmarc\w* | remarc\w* | adi(?:ar|a|e|o|amos) | esper\w* | calma | perai | pera | aguarda | aguarde | talvez | ach(?:o|ei) | depois | antes
    | mais | verdade | quem\ sabe | ver | pens\w+ | duvida | errad\w* | engan\w* | em\ vez | inves | menos | desist\w* | esquec\w* | ainda | tir\w+
    | tambem | junto | inclu\w+ | adicion\w+ | acrescent\w+ | aproveit\w+ | ambos | ambas | dois | duas | tres | todos | todas | pessoa | atendente | humano | quanto | qual
    | quais | quando | qdo | como | porque | pq | car[oa] | desconto | consegue\w* | da\ pra | semana | mes | proxim\w+ | barat\w+ | preco | valor
    | sei | entend\w+ | saber | fal(?:o|ar|e|a) | explic\w+ | depend\w+ | consult(?:ar|o) | olh(?:ar|o|a) | confer(?:ir|e) | avis(?:o|a|e) | retorn\w+
    | respond\w+ | diz | diga | manda | mandar | passa | tent(?:ar|o) | gostaria | queria | pergunt\w* )\b""",
    re.VERBOSE,
)
# Words in a row that agree by themselves; what follows them in the clause may be anything that turns nothing round.
_STRONG = re.compile(
    r"(?:[a-z]+ ){0,2}?(?:sim|confirmo|confirmado|confirmada|combinado|fechado|fechou|pode (?:sim|confirmar|marcar|agendar|reservar|fechar)|quero sim)\b"
)
# What people ask beside a yes: what to bring, where to go, how to pay.
_PRACTICAL = re.compile(
    r"\b(?:lev(?:o|ar)|traz(?:er)?|cheg(?:o|ar)|pix|cartao|pag(?:o|ar)|estaciona\w*|endereco|onde|documento|vacina\w*)\b"
)
_TURN = re.compile(r"\b(?:nao|mas|outr[oa]s?|se|ou|mudar|trocar)\b")
_WRITTEN_DATE = re.compile(r"\b\d{1,2}/\d{1,2}(?:/\d{2,4})?\b|\b\d{4}-\d\d-\d\d\b|\bde \d{4}\b")

_NO = re.compile(
    r"""(?:(?:ah|oi|opa|hum|humm|entao|olha|poxa|desculpa|desculpe)\ )*
    (?: (?:acho\ que\ |agora\ |hoje\ |quero\ |precisa\ |infelizmente\ )?(?:nao|nn|nem|negativo)(?:\ (?:quero|precisa|vou\ querer|vai\ dar|da|obrigad[oa]|nao|mais|agora|vou|posso))* | melhor\ nao
      | nao\ (?:e\ (?:pra|para)\ )?(?:confirm|marc|agend|remarc|cancel|mud|desmarc)\w+ | nao\ (?:quero|precisa|vou\ querer)\ (?:marcar|agendar|mudar|cancelar|remarcar|confirmar)(?:\ (?:mais|nao))*
      | (?:vou\ )?deix(?:a|e|ar)(?:\ (?:pra|para)\ la)? | desist[oi] | esquec[ea] | mudei\ de\ ideia | deixa\ quieto | fica\ (?:pra|para)\ (?:a\ )?proxima )
    (?:\ (?:isso|moca|amiga|querida|gente|viu|ta|por\ favor|pf|pfv|obrigad[oa]|obg|valeu|brigad[oa]|por\ enquanto|dessa\ vez|entao|mais|nao))*""",
    re.VERBOSE,
)
_CALLS_OFF = re.compile(r"\b(?:cancel|desmarc|desmarqu)\w+|\bnao (?:vou|vamos|posso|podemos|poderei|consigo)\b")
# What is to be cancelled or moved stays.
_KEEP = re.compile(
    r"(?:(?:nao|quero|vou|pode|melhor|prefiro|e pra|era pra) )*(?:manter|mantem|mantenha|deixa (?:como esta\w*|marcado|assim|no horario original)|nao cancela\w*)(?: (?:o|a|meu|minha|nao|horario|agendamento|consulta|banho|tosa|visita))*"
)
# A presence that is asked for is refused by these, too.
_NOT_COMING = re.compile(
    r"""(?:(?:oi|nao|infelizmente|poxa|pode|quero|queria|preciso|gostaria\ de|vou\ ter\ que|pf|n|por\ favor)\ )*
    (?: cancel(?:a|ar|e) | desmarc(?:a|ar) | desmarque | nao\ (?:vou|vamos|posso|podemos|poderei|consigo|conseguirei|vai\ dar)
      (?:\ (?:poder|conseguir))?(?:\ (?:ir|levar|comparecer))* )
    (?:\ (?:o|a|meu|minha|horario|agendamento|amanha|hoje|mais|por\ favor|pf|pfv|obrigad[oa]|ele|ela))*""",
    re.VERBOSE,
)

_ASKED: dict[ProposalKind, re.Pattern[str]] = {
    "book": re.compile(
        r"""\b(?: (?:pode|quero|queria|gostaria\ de|preciso|vou|vamos|favor)\ (?:agendar|marcar|reservar|deixar\ (?:agend|marc|reserv)ado)
        | agenda | agende | marca | marque | reserva | reserve | pode\ confirmar | deixa\ (?:agend|marc|reserv)ado )\b""",
        re.VERBOSE,
    ),
    "cancel": re.compile(
        r"""\b(?: (?:pode|quero|queria|gostaria\ de|preciso|vou|favor|tenho\ que)\ (?:cancelar|desmarcar)
        | cancela | cancele | desmarca | desmarque )\b""",
        re.VERBOSE,
    ),
}
_HEDGES = re.compile(
    r"""\b(?: nao | ou | talvez | ach[oe]\w* | sera | se | qual | quais | quanto | saber | teria | tem | consegue\w* | da\ pra | semana | mes | proxim\w+ | barat\w+ | preco | valor
    | sei | entend\w+ | saber | fal(?:o|ar|e|a) | explic\w+ | depend\w+ | consult(?:ar|o) | olh(?:ar|o|a) | confer(?:ir|e) | avis(?:o|a|e) | retorn\w+
    | respond\w+ | diz | diga | manda | mandar | passa | tent(?:ar|o) | posso | possivel
    | depois | ainda | antes | verificar | ver | pens\w+ | outr[oa] | mas | espera )\b""",
    re.VERBOSE,
)


# What asks for more than one visit at one price.
_MORE = re.compile(
    r"\b(?:tod[ao]s?|cada|semanal\w*|semanas|vezes|leva e traz|busc\w+|gratis|de graca|cortesia|desconto|pacote|tambem|adiant\w+|antecip\w+)\b"
)


def decide(text: str, kind: ProposalKind, items: Sequence[Item], today: date, zone: str, others: Iterable[str] = ()) -> Answer | None:
    """What a message answers to a proposal that it follows: yes to all of it, no, or neither.

    Every day, time and number in a yes must be the proposal's own, and none of the `others` (the customer's other pets, the shop's other
    services) may be named. A no to a reminder cancels, so it must be nothing but that. `today` is the shop's date.
    """
    foreign = _foreign(items, others)
    clauses = [clause.strip() for clause in _CLAUSES.split(_answer_words(text)) if clause.strip()]
    said = [_read(clause, kind, items, foreign, today, zone) for clause in clauses]
    if "yes" in said:
        return "yes" if not {"no", "contrary"}.intersection(said) else None
    spoken = [clause for clause in said if clause != "harmless"]
    if not spoken or spoken[0] != "no":
        return None
    plain_only = kind == "confirm" and not _CALLS_OFF.search(clauses[said.index("no")])
    return "no" if {"no"}.union(() if plain_only else {"open"}).issuperset(spoken) else None


def names_everything(text: str, kind: ProposalKind, item: Item, today: date, zone: str, others: Iterable[str] = ()) -> bool:
    """Whether a customer's message itself asks for exactly this booking, or cancellation: plainly, by pet, service, day and time.

    "marca banho pro Rex sexta às 10h, pode confirmar" does; a question does not, nor do two days to choose from, nor what asks for more
    than this: one of the `others` (pets and services), another price, a move, every week.
    """
    plain, asked = _answer_words(text), _ASKED.get(kind)
    if asked is None or not asked.search(plain) or "?" in plain or _HEDGES.search(asked.sub(" ", plain)):
        return False
    other_deeds = frozenset().union(*_VERBS.values()) - _VERBS[kind] - _VERBS["confirm"]
    if other_deeds.intersection(_words(plain)) or _MORE.search(plain) or _foreign([item], others).intersection(_words(plain)):
        return False
    if not _same_details(plain, [item], today, zone) or len(days_in(date_words(text), today)) > 1:
        return False
    local = clock.local(item.starts_at, zone)
    try:
        exact = find_day(text, today) == local.date() and find_time(text) == local.time()
    except BadRequest:
        return False
    words = _words(plain)
    stems = [word[: max(4, len(word) - 1)] for word in _words(item.service) if len(word) > 2]
    named = set(_words(item.pet)) <= set(words) and all(any(word.startswith(stem) for word in words) for stem in stems)
    return exact and named and len(_days_said(words)) <= 1 and len(_times_said(plain)) <= 1


def _answer_words(text: str) -> str:
    for emoji, word in _EMOJI.items():
        text = text.replace(emoji, word)
    folded = "\n".join(fold(line) for line in text.splitlines())
    folded = _LONG.sub(r"\1", _NO_MATTER.sub(" ", folded))
    folded = _NOT.sub("nao", folded)
    return _FINE.sub("sim", folded).replace("depois de amanha", "depoisdeamanha")


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", fold(text))


def _foreign(items: Sequence[Item], others: Iterable[str]) -> set[str]:
    """Words of names that these bookings are not about."""
    return {word for name in others for word in _words(name) if len(word) > 2} - _own_words(items) - _FILLERS - {"sim"}


def _own_words(items: Sequence[Item]) -> set[str]:
    return {word for i in items for word in _words(f"{i.pet} {i.service} {i.professional} {i.package or ''} {i.pickup_zone or ''}")}


def _read(clause: str, kind: ProposalKind, items: Sequence[Item], foreign: set[str], today: date, zone: str) -> Clause:
    words, asks = _words(clause), clause.endswith("?")
    if not words:
        return "harmless"
    if not asks and _says_no(" ".join(words), kind):
        return "no"
    yes = _YES | _VERBS[kind]
    if kind == "cancel" and not asks and _NOT_COMING.fullmatch(" ".join(words)) and not yes.intersection(words):
        return "harmless"  # why it is to be cancelled
    if foreign.intersection(words) or not _same_details(clause, items, today, zone):
        return "contrary"
    harmless = _FILLERS | _DATE_WORDS | _own_words(items) | _ALL_OF.get(len(items), frozenset()) | (_ALL if len(items) > 2 else frozenset())
    # A pet called Beleza that is named beside other words is no yes; "sim" alone is one, whatever the pet is called.
    yes = yes if len(words) == 1 else yes - _own_words(items)
    if all(word in yes or word in harmless or word[0].isdigit() for word in words):
        return "yes" if yes.intersection(words) and not asks else "harmless"
    if asks and _PRACTICAL.search(clause) and not _TURN.search(clause):
        return "harmless"
    other_deeds = frozenset().union(*_VERBS.values()) - _VERBS[kind] - _VERBS["confirm"]
    if _CONTRARY.search(clause) or other_deeds.intersection(words):
        return "contrary"
    strong = _STRONG.match(" ".join(words))
    return "yes" if strong and not asks and all(w in yes or w in harmless for w in strong.group().split()) else "open"


def _says_no(words: str, kind: ProposalKind) -> bool:
    if kind == "confirm" and _NOT_COMING.fullmatch(words):
        return True
    return bool(_NO.fullmatch(words) or (kind in ("cancel", "reschedule") and _KEEP.fullmatch(words)))


def _same_details(clause: str, items: Sequence[Item], today: date, zone: str) -> bool:
    """Whether every day, time and number in a clause is one of the proposal's."""
    instants = [i.starts_at for i in items] + [i.ends_at for i in items if i.unit == "night"]
    own = [clock.local(instant, zone) for instant in instants]
    try:
        day, moment = find_day(clause.replace("depoisdeamanha", "depois de amanha"), today), find_time(clause)
        part = find_part(clause)
    except BadRequest:
        return False
    if (day and day not in {o.date() for o in own}) or (moment and moment not in {o.time() for o in own}):
        return False
    if part and not moment and not any(part[0] <= o.time() <= part[1] for o in own):
        return False
    words = set(_words(clause))
    if not {MONTHS.index(word) + 1 for word in words.intersection(MONTHS)} <= {o.month for o in own}:
        return False
    cents = {total_cents(items)} | {c for i in items for c in (i.price_cents, i.pickup_fee_cents)}
    numbers = {n for o in own for n in (o.day, o.hour, o.hour % 12, o.minute)} | {n for c in cents for n in divmod(c, 100)}
    numbers |= {len(items)} if len(items) > 1 else set()
    # Months are looked at with their days, above.
    if not {_SAID_NUMBERS[word] for word in words.intersection(_SAID_NUMBERS)} <= numbers:
        return False
    return all(int(number) in numbers for number in re.findall(r"\d+", _WRITTEN_DATE.sub(" ", clause)))


_SAID_NUMBERS = dict(
    zip("sete oito nove dez onze doze treze quatorze quinze dezesseis dezessete dezoito dezenove vinte".split(), range(7, 21), strict=True)
)


def _days_said(words: Sequence[str]) -> frozenset[str]:
    return _DAYS.intersection(words)


def _times_said(plain: str) -> set[tuple[int, int]]:
    found = re.findall(r"\b(\d{1,2}) ?(?:h(?:s|rs?|oras?)?|:)(\d{2})?", plain)
    return {(int(hour), int(minute or 0)) for hour, minute in found}
