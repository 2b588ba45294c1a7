"""The gate before everything that is written: each word of a message is accounted for, or the customer is asked.

The list names what may stand in a wish. What it lacks is not understood, whatever it is: a negation, a condition, somebody else's pet.
"""

import re
from collections.abc import Sequence
from datetime import date
from itertools import groupby

from graphs.offline.pets import BREED_WORDS, NUMBERS
from graphs.offline.talk import Goal
from service.language.common import is_laughter
from service.language.days import find_days
from service.language.grammar import clocks, date_words, dates, parts, relatives, weekdays
from service.language.pets_words import COATS, SIZES, SPECIES
from service.language.said import days_in, times_in
from service.language.text import LEFT_OUT, fold
from service.platform.errors import BadRequest

# Courtesies and fixed phrases: their words mean nothing else in them.
_PHRASES = re.compile(
    r"\b(?:bom dia|boa (?:tarde|noite)|(?:tudo|td) (?:bem|bom|joia)|por (?:favor|gentileza)|se possivel|(?:ta|esta) bom|so isso"
    r"|na verdade|ou seja|isso mesmo|se chamam?|chama-se|pode ser"
    r"|que (?:se )?chamam?|que vem|que tem|no mesmo horario|mesmo horario|nomes? (?:del[ea]s? )?|os dois|as duas"
    r"|lista de espera|me avis[ae]\w*(?: (?:se|quando) (?:abrir|surgir|tiver)(?: uma?)?(?= vaga| horario))?"
    r"|sim,? mas|(?:tenho|temos) (?:dois|duas|tres)|meu nome (?:e|eh) \w+|(?:eu )?sou [oa] \w+|aqui (?:e|eh) [oa] \w+)\b"
)
_WORDS = frozenset(
    re.findall(
        r"\S+",
        """
        a o as os um uma uns umas e é de do da dos das no na nos nas ao à em pra pro pras pros para p eu me meu minha meus minhas
        ele ela eles elas são sao eh tem tenho temos há ter mim você vocês vc vcs moça moço querida querido amiga amigo pessoal
        gente perfeito ótimo combinado show fechado legal maravilha entrar entra tá ta oi olá ola opa ei ah sim s ok okay certo
        beleza blz isso claro aí ai então entao agora bem obrigado obrigada obg brigado brigada valeu vlw grato grata favor pf pfv
        pfvr gentileza quero queria queremos gostaria preciso precisa precisamos adoraria quer vou vamos pode podem poderia
        consegue dá acho fazer faz dar colocar coloca marcar marca marque marcado agendar agenda agende agendado reservar reserva
        reserve agendamento agendamentos remarcar remarca remarque mudar muda mude trocar troca troque alterar altera adiar adia
        transferir transfere passar passa cancelar cancela cancele esquece esqueça desmarcar desmarca desmarque cadastrar cadastra cadastre
        registrar registra confirmar confirma confirmo fica horário horários hora horas vaga vagas disponível livre encaixe espera
        dia semana próxima proximo também tambem tb tbm incluir inclui acrescentar acrescenta adicionar adiciona chamado chamada
        chamados chamadas chama chamam adotei comprei ganhei idade raça raca porte pelo pelos pêlo muito macho fêmea femea adulto
        adulta idoso idosa pet pets bichinho bichinhos
        """,
    )
)  # fmt: skip
_ALLOWED = frozenset(fold(word) for word in _WORDS)
_STEMS = tuple(stem for kinds in (SPECIES, SIZES, COATS) for stems in kinds.values() for stem in stems)
_KIND_WORD = re.compile(rf"\b(?:{'|'.join(_STEMS)})[a-z]{{0,6}}")
_AGE = re.compile(rf"\b(?:\d+(?:[.,]\d+)?|{'|'.join(NUMBERS)}|uma) (?:anos?|aninhos?|mes|meses)\b")
_NIGHTS = re.compile(r"\b(?:\d{1,2}|uma|duas|tres|quatro|cinco) (?:noite|diaria|pernoite)s?\b")
# A bound that an hour ends is a part of the day, which only free times are looked for in.
_BOUND = re.compile(r"\b(?:depois d|a partir d|apos |antes d|ate )[aeo]?s? ?(?=\d{1,2}(?:h|:))")
# A correction of what stands: "não, às 15h", "banho não, quero consulta".
_CORRECTS = re.compile(r"(?:nao|n),? (?=as |\d)|(?:nao|n), ")
# Why a booking is moved or cancelled, said before it is asked for.
_CANNOT = re.compile(r"(?:(?:oi|ola)\W+)?nao (?:vou (?:poder|conseguir)|posso|consigo)(?: ir| levar)?\b")
_STRETCH = frozenset({"ate", "entre"})


def is_whole(
    text: str, today: date, services: Sequence[str], names: Sequence[str], *, professional: str | None, change: Goal | None, goes_on: bool
) -> bool:
    """Return whether every word of a text is accounted for, with one day, one time, and one set of services for one set of pets.

    `names` are the pets that are known or were named in it. One that wants a `change` of a booking may begin with why, and
    name the day that it leaves, too; one that `goes_on` with a wish may begin with the "não" of a correction.
    """
    if LEFT_OUT in text:
        return False
    words = date_words(text)
    try:
        days = find_days(text, today)
    except BadRequest:
        # From one day to another: two days at odds, and not more than that.
        if change != "reschedule":
            return False
        days = None
    stretch = days is not None and days[0] != days[1]
    said = days_in(words, today)
    if (
        len({day.days for day in said}) > (2 if change == "reschedule" or stretch else 1)
        or len({moment.times for moment in times_in(words)}) > 1
    ):
        return False
    if not _one_visit(words, services, names):
        return False
    if change:
        words = _CANNOT.sub(" ", words, count=1) if _CANNOT.match(words) else words
    if goes_on:
        words = _swapped(_CORRECTS.sub(" ", words, count=1) if _CORRECTS.match(words) else words, services)
    left = _beside(_without_times(_BOUND.sub(" ", words)), services, names, professional)
    return all(word in _ALLOWED or is_laughter(word) or (stretch and word in _STRETCH) for word in left)


def _without_times(words: str) -> str:
    """Return the words without what the grammar reads as days and times; a weekday of every week is left."""
    spans = [(one.start, one.end) for scan in (dates, relatives, clocks, parts) for one in scan(words)]
    spans += [(one.start, one.end) for one in weekdays(words) if not (one.many or one.past or one.ordinal)]
    taken = bytearray(len(words))
    for start, end in spans:
        taken[start:end] = b"\1" * (end - start)
    return "".join(" " if hidden else letter for letter, hidden in zip(words, taken, strict=True))


def _beside(words: str, services: Sequence[str], names: Sequence[str], professional: str | None) -> list[str]:
    """Return the words that are no phrase, name, service, kind of animal, nor age."""
    if professional:
        words = re.sub(rf"\bcom [oa] (?:dr\.? |dra\.? |doutora? )?{re.escape(fold(professional))}\b", " ", words)
    for pattern in (_PHRASES, _AGE, _NIGHTS, _KIND_WORD):
        words = pattern.sub(" ", words)
    own = {word for name in names for word in re.findall(r"\w+", fold(name))}
    is_service = _service_words(services)
    return [
        word for word in re.findall(r"\w+", words) if not (word in own or word in BREED_WORDS or is_service.fullmatch(word))
    ]  # fmt: skip


def _service_words(services: Sequence[str]) -> re.Pattern[str]:
    """Return the pattern of a service's word, in the endings that people give it: "banhos", "banhinho"."""
    stems = {word for name in services for word in re.findall(r"\w+", fold(name)) if len(word) > 2}
    either = "|".join(re.escape(word[: max(4, len(word) - 1)]) + r"(?:[aeo]?s?|inh[ao]s?)" for word in sorted(stems))
    return re.compile(rf"(?:{either})") if stems else re.compile(r"(?!)")


def _one_visit(words: str, services: Sequence[str], names: Sequence[str]) -> bool:
    """Return whether a text names its services in one place and its pets in one: "banho pro Bob, tosa pra Mel" are two visits."""
    is_service, own = _service_words(services), {fold(name).split()[0] for name in names if name.strip()}
    told = [
        "service" if is_service.fullmatch(word) else "pet"
        for word in re.findall(r"\w+", words) if word in own or is_service.fullmatch(word)
    ]  # fmt: skip
    return len(list(groupby(told))) <= 2


def _swapped(words: str, services: Sequence[str]) -> str:
    """Return the words without a "banho não" right before another service is asked for."""
    service = _service_words(services).pattern
    return re.sub(rf"\b{service} nao,? (?=quero {service}\b)", " ", words)
