"""What a person would read of a message that is more than text: a place, people, an order, a form, a poll. The same for every channel."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from service.language.money import format_brl
from service.messaging.channels.payload import digits, obj, text, whole

# Of a list that is longer, people see the rest in the app.
MOST_LINES = 30
# Where a form's answers are nested deeper, it is not by people's hands.
DEEPEST_ANSWER = 3
# Where words stand in what is of no known kind, the likeliest first; how deep they are looked for.
WORDS = (
    "text", "conversation", "caption", "contentText", "hydratedContentText", "selectedDisplayText", "title", "description", "body", "name",
    "note",
)  # fmt: skip
DEEPEST_WORDS = 6
# What a message says that carries what it quotes.
QUOTES = frozenset({"contextInfo", "context"})
# A form's message says this whatever was filled in.
SENT = frozenset({"sent", "enviado", "enviada", "resposta enviada"})
# What forms and buttons carry beside the answers.
NO_ANSWERS = frozenset({"flow_token", "id", "flow_id", "flow_name", "wa_flow_response_params"})
# Of an advertisement, as much as tells what it offers.
LONGEST_REFERRAL = 300
# More of one article is a typing error.
MOST_ORDERED = 10_000


@dataclass(frozen=True, slots=True)
class Ordered:
    """An item of an order; `cents` of one in the order's currency, None where the provider does not say."""

    quantity: int
    name: str
    cents: int | None


def place(name: Any, address: Any, latitude: Any, longitude: Any) -> str:
    """Return where a location is: its name and address, else its coordinates."""
    named = ", ".join(filter(None, (text(name).strip(), text(address).strip())))
    return named or ", ".join(str(part) for part in (latitude, longitude) if isinstance(part, int | float) and not isinstance(part, bool))


def people(cards: Iterable[tuple[str, Sequence[str]]]) -> str:
    """Return whose contact was sent, each with the numbers on it."""
    lines = ((name.strip(), [number for number in numbers if number]) for name, numbers in cards)
    return ", ".join(_bounded(f"{name} ({', '.join(numbers)})".strip() if numbers else name for name, numbers in lines if name or numbers))


def order(items: Sequence[Ordered], note: str, *, currency: str = "BRL") -> str:
    """Return an order as its items with their prices, what they come to where all prices are known, and what was written with it."""
    lines = [f"{item.quantity} × {item.name}{f' ({money(item.cents, currency)})' if item.cents is not None else ''}" for item in items]
    cents = [item.quantity * item.cents for item in items if item.cents is not None]
    total = f". Total: {money(sum(cents), currency)}" if cents and len(cents) == len(items) else ""
    said = "; ".join(_bounded(lines))
    return "\n".join(filter(None, (note.strip(), f"Pedido: {said}{total}" if said else "")))


def announced_order(title: str, items: int | None, total: int | None, note: str, *, currency: str = "BRL") -> str:
    """Return an order of which only its title is told, how many `items` it has, and what they come to in cents."""
    counted = f"{items} {'item' if items == 1 else 'itens'}" if items else ""
    ordered = ", ".join(filter(None, (title.strip(), counted)))
    price = f"Total: {money(total, currency)}" if total is not None else ""
    said = ". ".join(filter(None, (f"Pedido: {ordered}" if ordered else "Pedido" if price else "", price)))
    return "\n".join(filter(None, (note.strip(), said)))


def money(cents: int, currency: str) -> str:
    """Return an amount for people, in whatever currency the provider names."""
    return format_brl(cents) if currency in ("BRL", "") else f"{currency[:3]} {cents // 100}.{cents % 100:02d}"


def advertisement(title: Any, words: Any) -> str:
    """Return what a message was written from, where that was an advertisement: its title and words."""
    said = ": ".join(dict.fromkeys(filter(None, (" ".join(text(part).split()) for part in (title, words)))))
    return f"o anúncio “{said[:LONGEST_REFERRAL]}”" if said else ""


def chosen(title: str, description: str = "") -> str:
    """Return the row of a list that was chosen, with what stands under its title."""
    title, description = title.strip(), description.strip()
    return f"{title} ({description})" if title and description and description != title else title or description


def form(answers: Any, *, beside: str = "") -> str:
    """Return the answers of a form, "pet: Rex; data: 2026-12-03": an object, or the JSON of one; empty where there are none.

    What is only said `beside` it once more is left out.
    """
    if isinstance(answers, str):
        try:
            answers = json.loads(answers)
        except (ValueError, RecursionError):
            return ""
    return "; ".join(_bounded(f"{name}: {said}" for name, said in _answers(obj(answers), DEEPEST_ANSWER) if said != beside.strip()))


def filled_in(shown: str, answers: Any) -> str:
    """Return what was chosen as it was `shown`, with what was filled in; that a form was sent says nothing beside its answers."""
    written = form(answers, beside=shown)
    return "\n".join(filter(None, ("" if written and shown.strip().casefold() in SENT else shown.strip(), written)))


def any_words(part: Mapping[str, Any], deep: int = DEEPEST_WORDS) -> str:
    """Return the likeliest words of something that is of no known kind; empty where it has none."""
    named = (part[name] for name in WORDS if isinstance(part.get(name), str))
    if found := next((words for words in named if words.strip()), ""):
        return found
    inner = (any_words(value, deep - 1) for name, value in part.items() if name not in QUOTES and isinstance(value, dict) and deep)
    return next(filter(None, inner), "")


def _answers(answers: dict[str, Any], deep: int) -> Iterator[tuple[str, str]]:
    for name, value in answers.items():
        if name in NO_ANSWERS:
            continue
        if isinstance(value, dict):
            yield from _answers(value, deep - 1) if deep else ()
        elif said := ", ".join(filter(None, (_said(one, deep) for one in (value[:MOST_LINES] if isinstance(value, list) else [value])))):
            yield name, said


def _said(value: Any, deep: int) -> str:
    if isinstance(value, dict):
        return " e ".join(f"{name} {said}" for name, said in _answers(value, deep - 1)) if deep else ""
    if isinstance(value, bool):
        return "sim" if value else "não"
    return str(value) if isinstance(value, float) else text(value).strip()


def poll(question: str, options: Iterable[str]) -> str:
    """Return what a poll asks and what can be chosen."""
    choices = "; ".join(_bounded(filter(None, options)))
    return ": ".join(filter(None, (question.strip(), choices)))


def in_cents(amount: Any, units: int = 1) -> int | None:
    """Return an amount in cents; `units` is how many of its units are one real, or whatever the currency. None where it is no amount."""
    if isinstance(amount, dict | str):
        amount = _decimal(amount) if isinstance(amount, str) and digits(amount) is None else whole(amount)
    if isinstance(amount, bool) or not isinstance(amount, int | float) or not 0 <= amount < 10**12:
        return None
    return round(amount * 100 / units)


def quantity(value: Any) -> int:
    """Return how many of an article were ordered; one where the provider does not say."""
    number = None if isinstance(value, bool) else whole(value)
    return number if number and number <= MOST_ORDERED else 1


def _decimal(written: str) -> float | None:
    try:
        return float(written[:20])
    except ValueError:
        return None


def _bounded(lines: Iterable[str]) -> list[str]:
    made = list(lines)
    return made if len(made) <= MOST_LINES else [*made[:MOST_LINES], f"e mais {len(made) - MOST_LINES}"]
