"""What the functions know of the shop, in words for the customer: services and prices, hours, place, payment."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from graphs.offline.pets import PetWords, breed_in, read_pet, species_in
from graphs.offline.talk import Talk
from graphs.offline.topics import Topic
from service.language.days import find_day, find_days
from service.language.formatting import format_day
from service.language.text import fold
from service.language.words import COATS, SIZES, SPECIES
from service.platform.clock import WEEKDAYS
from service.platform.errors import BadRequest

NOT_TOLD = "Essa informação eu não tenho por aqui. Se quiser, chamo uma pessoa da equipe."


def told_of_services(talk: Talk, topics: Sequence[Topic], services: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return the answer to what was asked about services: those that were named, else all of them."""
    if not services:
        return ["Ainda não temos serviços cadastrados."]
    said = []
    named = [service for service in services if service["name"] in talk.priced]
    if talk.not_offered and "services" not in topics:
        words = " ".join(talk.not_offered)
        said.append(f"Não tenho um preço só para “{words}”." if named else f"Não achei “{words}” entre os nossos serviços.")
    if topics == ["accepts"]:
        return [*said, _accepted(talk.example, named or services)]
    if not named or "services" in topics:
        return [*said, "\n".join(["Nossos serviços:", *(f"- {_price(service, talk.example)}" for service in services)])]
    each = ", por pet" if talk.each else ""
    return [*(f"{_price(service, talk.example)}{each}." for service in named), *said]


def _price(service: Mapping[str, Any], example: PetWords) -> str:
    """Return a service's price: for the animal that was given as an example, where the shop has rates and one of them is its own."""
    name = service["name"]
    if "not_accepted" in service:
        return str(service["not_accepted"]).rstrip(".")
    unit = f" {service['unit']}" if "unit" in service else ""
    minutes = f", {service['duration_minutes']} minutos" if "duration_minutes" in service else ""
    only = f" (só para {' e '.join(service['only_for'])})" if service.get("only_for") else ""
    if not (rates := service.get("rates")):
        same = ", o mesmo para qualquer raça, porte e pelo" if example != PetWords() and "unit" not in service and not only else ""
        return f"{name}{only}: {service['price']}{unit}{minutes}{same}"
    own = [
        word
        for key, words in ((example.species, SPECIES), (example.size, SIZES), (example.coat, COATS))
        if key and (word := words.get(key))
    ]
    fitting = [rate for rate in rates if set(own) & set(rate["for"].split(", "))] if own else []
    best = max(fitting, key=lambda rate: len(set(own) & set(rate["for"].split(", "))), default=None)
    if best and set(best["for"].split(", ")) <= set(own):
        return (
            f"{name} para {best['for']}: {best['price']}, {best['duration_minutes']} minutos"
            if "price" in best
            else f"{name} não é feito para {best['for']}"
        )
    listed = "; ".join(f"{rate['for']} {rate.get('price', 'não fazemos')}" for rate in rates)
    return f"{name}{only}: {service['price']}{unit}, depende do pet ({listed})"


def _accepted(example: PetWords, services: Sequence[Mapping[str, Any]]) -> str:
    kind = SPECIES.get(example.species or "", "")
    done = [s["name"] for s in services if not s.get("only_for") or kind in s["only_for"]]
    return f"Para {kind} temos: {', '.join(done)}." if done else f"Para {kind} não temos nenhum serviço."


def told_of_shop(talk: Talk, topics: Sequence[Topic], info: Mapping[str, Any]) -> list[str]:
    """Return the answers to what was asked about the shop itself."""
    said = []
    for topic in topics:
        if topic == "hours":
            said.append(_hours(talk, info))
        elif topic == "phone":
            said.append(f"Nosso telefone é {_phone(info['phone'])}." if info["phone"] else NOT_TOLD)
        elif topic == "place":
            said.append(f"Estamos aqui: {info['address']}." if info["address"] else NOT_TOLD)
        elif topic == "payment":
            said.append(f"Formas de pagamento: {info['payment_methods'] or 'é melhor perguntar no balcão.'}")
        elif topic == "pickup":
            zones = "; ".join(f"{zone['name']} ({zone['fee']})" for zone in info["pickup_zones"])
            said.append(
                f"Temos leva e traz nestes bairros: {zones}."
                if zones
                else "Não temos leva e traz cadastrado. Se quiser, chamo uma pessoa da equipe."
            )
        elif topic == "packages":
            listed = [f"- {p['name']}: {p['price']}, vale por {p['valid_days']} dias" for p in info["packages"]]
            said.append("\n".join(["Nossos pacotes:", *listed]) if listed else "Não temos pacotes à venda no momento.")
    if talk.not_known:
        said.append(f"Sobre “{' '.join(talk.not_known)}” não tenho informação; se quiser, chamo uma pessoa da equipe.")
    return said


def _phone(number: str) -> str:
    found = re.fullmatch(r"55(\d{2})(\d{4,5})(\d{4})", re.sub(r"\D", "", number))
    return f"({found[1]}) {found[2]}-{found[3]}" if found else number


def _hours(talk: Talk, info: Mapping[str, Any]) -> str:
    """Return the hours of the days that were named, the week's where none was; holidays and closed days as the shop has them."""
    asked, today = fold(talk.asked_hours or ""), talk.prompt.today
    unusual = [(_stretch(entry, today), entry) for entry in info["unusual_days"]]
    if "feriado" in asked:
        listed = [f"- {' a '.join(filter(None, (entry['day'], entry.get('until'))))}: {entry['hours']}" for _, entry in unusual]
        return (
            "\n".join(["Nos próximos 30 dias, fora do horário normal:", *listed])
            if listed
            else "Nos próximos 30 dias não temos nenhum dia fora do horário normal."
        )
    try:
        days = find_days(talk.asked_hours or "", today)
    except BadRequest as error:
        return str(error)
    weekly: Mapping[str, str] = info["opening_hours"]
    if days and (days[1] - days[0]).days <= 2:
        lines = [_day(day, weekly, unusual) for day in (date.fromordinal(n) for n in range(days[0].toordinal(), days[1].toordinal() + 1))]
        return "\n".join(lines)
    return (
        "Nosso horário: "
        + "; ".join(f"{first if first == last else f'{first} a {last}'} {words}" for first, last, words in _week(weekly))
        + "."
    )


def _day(day: date, weekly: Mapping[str, str], unusual: Iterable[tuple[tuple[date, date], Mapping[str, str]]]) -> str:
    hours = next((entry["hours"] for (first, last), entry in unusual if first <= day <= last), weekly[WEEKDAYS[day.weekday()]])
    when = format_day(day)
    if hours.startswith("fechado"):
        why = hours.removeprefix("fechado")
        return f"{when[0].upper()}{when[1:]} não abrimos{why}."
    return f"{when[0].upper()}{when[1:]} abrimos {hours}."


def _week(weekly: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Return the week's days with equal hours together, as first and last day with their hours."""
    runs: list[tuple[str, str, str]] = []
    for name in WEEKDAYS:
        short, words = name.removesuffix("-feira"), weekly[name]
        if runs and runs[-1][2] == words:
            runs[-1] = (runs[-1][0], short, words)
        else:
            runs.append((short, short, words))
    return runs


def _stretch(entry: Mapping[str, str], today: date) -> tuple[date, date]:
    first = find_day(entry["day"], today) or today
    return first, find_day(entry.get("until", entry["day"]), today) or first


def example_in(text: str, so_far: PetWords) -> PetWords:
    """Return the animal that a question about prices gives as an example."""
    kind = species_in(text) or breed_in(text)[1]
    # Another animal is another example; "e peludo?" goes on with it.
    return read_pet(text, PetWords() if kind else so_far)
