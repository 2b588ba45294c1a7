"""What a person would read of a message that is more than text: a place, people, an order, a form, a poll. The same for every channel."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from service.language.money import format_brl
from service.messaging.channels.payload import digits, obj, text

# Of a list that is longer, people see the rest in the app.
MOST_LINES = 30
# Where a form's answers are nested deeper, it is not by people's hands.
DEEPEST_ANSWER = 3
# Where words stand in what is of no known kind, the likeliest first; how deep they are looked for.
WORDS = (
    "text",
    "conversation",
    "caption",
    "contentText",
    "hydratedContentText",
    "selectedDisplayText",
    "title",
    "description",
    "body",
    "name",
)
DEEPEST_WORDS = 6
# What a message says that carries what it quotes.
QUOTES = frozenset({"contextInfo", "context"})
# A form's message says this whatever was filled in.
SENT = frozenset({"sent", "enviado", "enviada", "resposta enviada"})
# What forms and buttons carry beside the answers.
NO_ANSWERS = frozenset({"flow_token", "id", "flow_id", "flow_name", "wa_flow_response_params", "description"})


@dataclass(frozen=True, slots=True)
class Ordered:
    """An item of an order; `cents` of one, None where the provider does not say."""

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


def order(items: Sequence[Ordered], note: str, total: int | None = None) -> str:
    """Return an order as its items with their prices, the `total` in cents where it is known, and what was written with it."""
    lines = [f"{item.quantity} × {item.name}{f' ({format_brl(item.cents)})' if item.cents is not None else ''}" for item in items]
    if total is None and items and all(item.cents is not None for item in items):
        total = sum(item.quantity * (item.cents or 0) for item in items)
    said = "; ".join(_bounded(lines))
    ordered = f"Pedido: {said}" if said else ""
    ordered += f". Total: {format_brl(total)}" if ordered and total is not None else ""
    return "\n".join(filter(None, (note.strip(), ordered)))


def form(answers: Any) -> str:
    """Return the answers of a form, "pet: Rex; data: 2026-12-03": an object, or the JSON of one; empty where there are none."""
    if isinstance(answers, str):
        try:
            answers = json.loads(answers)
        except (ValueError, RecursionError):
            return ""
    return "; ".join(_bounded(f"{name}: {said}" for name, said in _answers(obj(answers), DEEPEST_ANSWER)))


def filled_in(shown: str, answers: Any) -> str:
    """Return what was chosen as it was `shown`, or, where it only says that a form was sent, the form's answers."""
    written = form(answers)
    return written if written and (not shown.strip() or shown.strip().casefold() in SENT) else shown or written


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
        else:
            said = ", ".join(filter(None, map(_said, value[:MOST_LINES] if isinstance(value, list) else [value])))
            if said:
                yield name, said


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return "sim" if value else "não"
    return str(value) if isinstance(value, float) else text(value).strip()


def poll(question: str, options: Iterable[str]) -> str:
    """Return what a poll asks and what can be chosen."""
    choices = "; ".join(_bounded(filter(None, options)))
    return ": ".join(filter(None, (question.strip(), choices)))


def in_cents(amount: Any, units: int = 1) -> int | None:
    """Return an amount in cents of reais; `units` is how many of its units are one real. None where it is no amount."""
    number = digits(amount) if isinstance(amount, str) else amount
    if isinstance(number, str) and len(number) <= len(str(10**12)):
        number = int(number)
    if isinstance(number, bool) or not isinstance(number, int | float) or not 0 <= number < 10**12:
        return None
    return round(number * 100 / units)


def _bounded(lines: Iterable[str]) -> list[str]:
    made = list(lines)
    return made if len(made) <= MOST_LINES else [*made[:MOST_LINES], f"e mais {len(made) - MOST_LINES}"]
