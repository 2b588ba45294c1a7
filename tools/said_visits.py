"""What was said of a visit: which service, how long, by whom; and of the figures that an owner asks for. When: `tools.said_days`."""

from collections.abc import Sequence
from contextlib import suppress

from service.agenda.catalog import Service
from service.language import periods
from service.language.together import is_one_wish, named_together
from service.platform.errors import BadRequest
from tools.grounds import Asked, Instead, Unsaid, Verdict
from tools.heard import Heard
from tools.meant import is_service_said, said_words
from tools.names import all_of, either

ASK_SERVICE = "O cliente não disse qual serviço: pergunte."
WHICH_SERVICE = "Qual serviço você quer?"


def service(asked: Asked, heard: Heard) -> Verdict:
    """Take a service that either spoke of, by its words or such as stand for it; what nobody spoke of gives way to what was."""
    said = _services(heard)
    try:
        chosen = all_of(asked.value, heard.services, "serviço")
    except BadRequest:
        # A name that somebody wrote is the tool's to refuse.
        return Instead(said[0].name) if len(said) == 1 and not said_words(asked.value, heard.words)[1] else None
    unsaid = [service.name for service in chosen if service not in said]
    now = _services(heard.latest)
    if asked.writes and len(now) == 1 and now[0] not in chosen:
        return Instead(now[0].name)
    if not unsaid:
        return _with_what_was_wished_beside(chosen, heard) if asked.writes else None
    if left := [service for service in chosen if service in said] or (said if len(said) == 1 else []):
        return Instead(" e ".join(service.name for service in left))
    if said:
        named = either(service.name for service in said)
        return Unsaid(f"O cliente falou de {named}, não de {either(unsaid)}.", f"Qual serviço: {named}?", refuses=asked.writes)
    return Unsaid(ASK_SERVICE, WHICH_SERVICE)


def _with_what_was_wished_beside(chosen: Sequence[Service], heard: Heard) -> Verdict:
    """Take the services that the customer has just wished for in one breath with the one that a call is about: "banho e tosa"."""
    said = "\n".join(line.text for line in heard.latest.theirs)
    visits = [service for service in heard.services if service.unit == "visit"]
    if len(chosen) != 1 or chosen[0] not in visits:
        return None
    beside = named_together(chosen[0].name, [service.name for service in heard.services if service not in chosen], said)
    if not beside or not is_one_wish(said, [chosen[0].name, *beside]) or not {service.name for service in visits} >= set(beside):
        return None
    return Instead(" e ".join(service.name for service in visits if service in chosen or service.name in beside))


def the_service(heard: Heard) -> Verdict:
    """Return the only service that was spoken of."""
    said = _services(heard)
    return Instead(said[0].name) if len(said) == 1 else Unsaid(ASK_SERVICE, WHICH_SERVICE)


def _services(heard: Heard) -> list[Service]:
    return [service for service in heard.services if is_service_said(service, heard)]


def person(asked: Asked, heard: Heard) -> Verdict:
    """Take somebody who was named by either; of a longer name the words that were said."""
    return _by_words(asked, heard, Unsaid("o cliente não pediu ninguém pelo nome.", told=True))


def zone(asked: Asked, heard: Heard) -> Verdict:
    """Take a part of town that was named, where the pets are to be fetched at all."""
    if not heard.wants_pick_up:
        return Unsaid("o cliente não pediu leva e traz.", told=True)
    return _by_words(
        asked,
        heard,
        Unsaid("O cliente não disse o bairro do leva e traz: pergunte qual.", "Qual é o bairro, para o leva e traz?", refuses=True),
    )


def _by_words(asked: Asked, heard: Heard, otherwise: Unsaid) -> Verdict:
    own, said = said_words(asked.value, heard.wanted_words)
    if not said:
        return otherwise
    return None if len(said) == len(own) else Instead(" ".join(said))


# How long, how often


def nights(asked: Asked, heard: Heard) -> Verdict:
    if asked.value in heard.nights:
        return None
    return the_nights(heard) or Unsaid("O cliente não disse quantas noites: pergunte.", "Quantas noites?")


def the_nights(heard: Heard) -> Verdict:
    """Return the only number of nights that the customer named just now, or at all."""
    said = heard.latest.their_nights or heard.their_nights
    return Instead(said) if said else None


def weeks(asked: Asked, heard: Heard) -> Verdict:
    if asked.value in heard.weeks or asked.value in (0, 1):
        return None
    if heard.every_week:
        return Unsaid("O cliente não disse por quantas semanas: pergunte.", "Por quantas semanas?", refuses=True)
    return Unsaid("o cliente não pediu que se repita.", told=True)


# An owner's questions


def period(asked: Asked, heard: Heard) -> Verdict:
    """Take a period that either spoke of, or the tool's own."""
    with suppress(BadRequest):
        period = periods.find_period(asked.value, heard.today)
        usual = periods.find_period(asked.default, heard.today) if asked.default else None
        if period is None or (period.first, period.last) in heard.periods:
            return None
        if usual and (period.first, period.last) == (usual.first, usual.last):
            return None
        if {period.first, period.last} <= heard.owner_days:
            return None
        said = f" Falou de {either(heard.periods.values())}." if heard.periods else ""
        why = f"O dono não disse {period.label}.{said} Use as palavras dele, ou pergunte qual período."
        return Unsaid(why, "De qual período?", refuses=True)
    return None


def count(asked: Asked, heard: Heard) -> Verdict:
    return None if asked.value in heard.numbers else Unsaid("o dono não disse esse número; vale o usual.", told=True)
