"""A conversation in a few lines, and what of a call's arguments it grounds. The shop's own lines begin with "loja:"."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import timedelta
from typing import Any

from pydantic import ValidationError

from service.platform.errors import BadRequest
from tests.kit import documents
from tools import grounds
from tools.grounds import Argument
from tools.heard import Heard
from tools.registry import AURORA, CLIENT, grounded
from tools.said import Said

SHOP = "loja: "
PETS = (documents.pet("Rex"), documents.pet("Mel", species="cat"))
SERVICES = ("Banho", "Tosa", "Consulta", "Hotel")


def heard(*lines: str, pets: tuple[Any, ...] = (), services: tuple[str, ...] = SERVICES, days_ago: float = 0, **more: Any) -> Heard:
    """Return what was said in a conversation of Ana's on Tuesday, 24/11/2026; its last line waits for an answer, said some days ago."""
    history = [
        documents.message(
            line.removeprefix(SHOP),
            seq=n,
            direction="outgoing" if line.startswith(SHOP) else "incoming",
            unanswered=n == len(lines) and not line.startswith(SHOP),
            status="sent" if line.startswith(SHOP) else "received",
            at=documents.NOW - timedelta(days=days_ago) + timedelta(seconds=n),
        )
        for n, line in enumerate(lines, start=1)
    ]
    given = {"pets": list(pets), "services": [documents.service(name) for name in services], "history": history, **more}
    return Heard(documents.briefing(**given))


def stands(said: Heard, tool: str, **args: Any) -> dict[str, Any]:
    """Return the arguments of a call that stand."""
    return grounded(tool, args, said).args


def refusal(said: Heard, tool: str, **args: Any) -> str:
    """Return why a call is refused; empty where it is not."""
    try:
        grounded(tool, args, said)
    except BadRequest as refused:
        return str(refused)
    return ""


def everything_heard(text: str) -> None:
    """Read all that can be asked of what a customer said, and ask every ground for something that was not."""
    said = heard(f"{SHOP}Qual é o nome e a idade?", text, pets=PETS)
    for tool in (*CLIENT, *AURORA):
        with suppress(BadRequest):
            grounded(tool.name, {}, said)
        for name, argument in tool.grounds.items():
            for value in _fitting(argument, (*text.split()[:1], "amanhã", 5, "dog", "large", "long", True)):
                with suppress(BadRequest):
                    args = {name: value, "pet_name": "Rex"} if argument.ground is not Said.PET else {name: value}
                    grounds.grounded(tool.grounds, args, said, writes=tool.writes)


def _fitting(argument: Argument, values: Iterable[Any]) -> list[Any]:
    """Return the first two of some values that an argument takes at all: what is of the wrong type is refused before anything is read."""

    def fits(value: Any) -> bool:
        with suppress(ValidationError):
            argument.reads.validate_python(value)
            return True
        return False

    return [value for value in values if fits(value)][:2]
