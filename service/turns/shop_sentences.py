"""The sentences about a shop: what it does and costs, when it opens, where it is, how one pays."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import groupby

from service.agenda.engine import Rules, opening
from service.agenda.opening import CLOSED
from service.language.formatting import format_length, format_phone, format_time
from service.language.grammar import date_words
from service.language.money import format_brl
from service.language.said import times_in
from service.language.spoken import Price
from service.platform import clock
from service.turns.sentences import LONGEST_VISIT_MINUTES, clipped, ended, fee, of_pet
from service.turns.telling import Fact, Voice, itemised

UNITS = {"day": "por dia", "night": "por noite"}
# So far is looked for when a closed shop opens again.
LOOK_AHEAD_DAYS = 31


@dataclass(frozen=True, slots=True)
class Offered:
    """A service with what it costs, for a pet where one is meant. `minutes` where they are known, `unit` as "por noite" where it is one."""

    service: str
    price: Price
    pet: str | None = None
    minutes: int | None = None
    unit: str | None = None

    @property
    def costs(self) -> str:
        """Write what it costs: "a partir de R$ 60,00", "R$ 80,00 por noite"."""
        return f"{self.price}{f' {self.unit}' if self.unit else ''}"

    @property
    def lasts(self) -> str:
        """Write how long it takes, where that is the same for every pet that is meant; else ""."""
        known = self.minutes and not self.unit and not self.price.is_lowest and self.minutes < LONGEST_VISIT_MINUTES
        return format_length(self.minutes) if known and self.minutes else ""


def price_facts(offers: Sequence[Offered], voice: Voice) -> list[Fact]:
    """Tell what each service costs, and what all of them do."""
    facts = [_price(offered, voice) for offered in offers]
    if len(offers) < 2:
        return facts
    lines = itemised([f"{of_pet(o.service, o.pet)}: {o.costs}" for o in offers])
    begin = voice.choose(("Nossos serviços:", "Estes são os nossos serviços:"))
    names, cents = [name for o in offers for name in (o.service, o.pet)], [o.price.cents for o in offers]
    return [*facts, Fact.of("prices", f"{begin}\n{lines}", names=names, cents=cents)]


def _price(offered: Offered, voice: Voice) -> Fact:
    what, lasts = of_pet(offered.service, offered.pet), f" e leva {offered.lasts}" if offered.lasts else ""
    wordings = (f"{what} custa {offered.costs}{lasts}.", f"{what} fica {offered.costs}{lasts}.", f"{what}: {offered.costs}{lasts}.")
    return Fact.of("prices", voice.choose(wordings), names=[offered.service, offered.pet], cents=[offered.price.cents])


def week_fact(hours: Mapping[str, str], voice: Voice) -> Fact:
    """Tell the hours of an ordinary week, days in a row with the same hours together."""
    if all(said == CLOSED for said in hours.values()):
        unknown = ("O horário de funcionamento eu não tenho aqui.", "Não tenho aqui o horário de funcionamento.")
        return Fact.of("hours", voice.choose(unknown))
    runs = [[day for day, _ in run] for _, run in groupby(hours.items(), key=lambda one: one[1])]
    said = "; ".join(f"{_days_named(days)}, {hours[days[0]]}" for days in runs)
    text = voice.choose((f"Nosso horário: {said}.", f"Funcionamos assim: {said}.", f"Horário de funcionamento: {said}."))
    return Fact.of("hours", text, times=_times_of(said))


@lru_cache(maxsize=1024)
def _times_of(hours: str) -> frozenset[time]:
    """Return the times in words for opening hours: a week says the same ones again and again."""
    return frozenset(at for said in times_in(date_words(hours)) for at in said.times)


def _days_named(days: Sequence[str]) -> str:
    if len(days) == 1:
        return days[0]
    first = days[0].removesuffix("-feira") if days[-1].endswith("-feira") else days[0]
    return f"{first} {'e' if len(days) == 2 else 'a'} {days[-1]}"


def day_fact(day: date, hours: str, voice: Voice) -> Fact:
    """Tell when the shop opens on a day; of a closed one the hours may say why ("fechado (Natal)")."""
    on = voice.on(day)
    if hours.startswith(CLOSED):
        why = hours.removeprefix(CLOSED)
        return Fact.of("hours", voice.choose((f"{on}, não abrimos{why}.", f"{on}, estamos fechados{why}.")), days=[day])
    text = voice.choose((f"{on}, abrimos {hours}.", f"{on}, o horário é {hours}."))
    return Fact.of("hours", text, days=[day], times=_times_of(hours))


def unusual_fact(first: date, last: date, hours: str, voice: Voice) -> Fact:
    """Tell the hours of days that are out of the ordinary."""
    if first == last:
        return day_fact(first, hours, voice)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    span = f"de {voice.day(first)} até {voice.day(last)}"
    why = hours.removeprefix(CLOSED)
    text = f"{span}, não abrimos{why}." if hours.startswith(CLOSED) else f"{span}, abrimos {hours}."
    return Fact.of("hours", text, days=days, times=_times_of(hours))


def place_facts(name: str, address: str | None, phone: str | None, voice: Voice) -> list[Fact]:
    """Tell where the shop is and how it is reached, as far as it has said so."""
    facts = []
    if address:
        text = voice.choose((f"Ficamos em: {ended(address)}", f"Nosso endereço: {ended(address)}"))
        facts.append(Fact.of("place", text, names=[name], about="endereço onde"))
    if phone:
        phone = format_phone(phone)
        facts.append(Fact.of("place", voice.choose((f"Nosso telefone: {phone}.", f"O telefone da loja é {phone}.")), about="telefone"))
    return facts


def payment_facts(methods: str | None, voice: Voice) -> list[Fact]:
    """Tell how one pays, in the shop's own words."""
    if not methods:
        return []
    text = ended(clipped(methods))
    told = voice.choose((f"Formas de pagamento: {text}", f"Sobre o pagamento: {text}"))
    return [Fact.of("payment", told, about="pagamento aceitamos pagar")]


def service_fact(name: str, description: str) -> Fact:
    """Tell what a service is, in the shop's own words."""
    return Fact.of("shop", f"{name}: {ended(clipped(description))}", names=[name])


def pickup_facts(zones: Sequence[tuple[str, int]], voice: Voice) -> list[Fact]:
    """Tell where pets are fetched, and for what."""
    facts = [
        Fact.of("prices", voice.choose((f"Leva e traz em {name}: {fee(cents)}.", f"O leva e traz em {name} é {fee(cents)}.")),
                names=[name], cents=[cents or None])
        for name, cents in zones
    ]  # fmt: skip
    if len(zones) > 1:
        lines = itemised([f"{name}: {fee(cents)}" for name, cents in zones])
        facts.append(
            Fact.of("prices", f"Leva e traz:\n{lines}", names=[name for name, _ in zones], cents=[cents or None for _, cents in zones])
        )
    return facts


def package_fact(name: str, service: str, sessions: int, valid_days: int, cents: int, voice: Voice) -> Fact:
    """Tell what a package that can be bought holds and costs."""
    many = f"{sessions} {'sessões' if sessions > 1 else 'sessão'} de {service}"
    valid = f"com validade de {valid_days} {'dias' if valid_days > 1 else 'dia'}"
    each = f" ({format_brl(cents // sessions)} cada)" if sessions > 1 and cents % sessions == 0 else ""
    holds = f"{many} por {format_brl(cents)}{each}, {valid}"
    text = voice.choose((f"Pacote {name}: {holds}.", f"No pacote {name} são {holds}."))
    return Fact.of("prices", text, names=[name, service], cents=[cents, *([cents // sessions] if each else [])])


def open_now_fact(rules: Rules, now: datetime, voice: Voice) -> Fact:
    """Tell whether the shop is open at an aware instant, and until when; of a closed one when it opens next."""
    today = clock.local(now, rules.zone).date()
    for begins, ends in opening(rules, today):
        if begins <= now < ends:
            until = clock.local(ends, rules.zone).time()
            closes = "a meia-noite" if until == clock.MIDNIGHT else f"as {format_time(until)}"
            text = voice.choose((f"Estamos abertos agora, até {closes}.", f"Agora estamos abertos, até {closes}."))
            return Fact.of("hours", text, days=[today], times=[until])
    ahead = (stretch for n in range(LOOK_AHEAD_DAYS) for stretch in opening(rules, today + timedelta(days=n)))
    following = next((begins for begins, _ in ahead if begins > now), None)
    if following is None:
        return Fact.of("hours", "Agora estamos fechados.", days=[today])
    opens = clock.local(following, rules.zone)
    when = f"{voice.on(opens.date())}, às {format_time(opens.time())}"
    text = voice.choose((f"Agora estamos fechados. Abrimos {when}.", f"No momento a loja está fechada; abrimos {when}."))
    return Fact.of("hours", text, days=[today, opens.date()], times=[opens.time()])
