"""The models that the shops are answered by: which are about to end, and one real call for `patas doctor --ask`."""

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Literal

import httpx

from service.platform.settings import Settings
from service.turns.briefing import AiConfig
from service.turns.choice import Choice, choice, named
from service.turns.models import ended, find, successor
from service.turns.turn import AiType

QUESTION = "Responda só: ok"
SHOWN = 200

# From so long before its end on, a shop is told that its model ends.
NOTICE = timedelta(days=90)

AGENTS: dict[AiType, str] = {"client": "client agent", "aurora": "Aurora"}

# Whether a model may be called with functions shows only where there is one.
TOOL = {"name": "nothing", "description": "Não faz nada.", "parameters": {"type": "object", "properties": {}}}


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A server that speaks OpenAI's interfaces, and what it is asked; `choice` None where no shop names a model yet."""

    base_url: str
    key: str = field(repr=False)
    choice: Choice | None

    @property
    def model(self) -> str | None:
        return self.choice.model if self.choice else None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of the call: `said` is the answer's beginning, or what went wrong; `seconds` how long it took."""

    state: Literal["ok", "refused", "unreachable"]
    said: str
    seconds: float


def ending(ai_config: AiConfig, today: date) -> Iterator[str]:
    """Say of each of a shop's models that it has ended or ends soon."""
    agents: dict[str, list[str]] = {}
    for ai_type, agent in AGENTS.items():
        agents.setdefault(named(ai_config, ai_type), []).append(agent)
    for model, whose in agents.items():
        known = find(model)
        if known is None or known.ends is None or known.ends > today + NOTICE:
            continue
        when = "has ended" if ended(model, today) else "ends"
        follows = successor(model, known.ends)
        yield (
            f"The model of its {' and '.join(whose)}, {model}, {when} on {known.ends:%d %B %Y}; {follows} answers from then on: "
            f"set another in organization_settings.ai_config."
        )


def endpoints(settings: Settings, ai_config: AiConfig | None, today: date) -> tuple[Endpoint | None, Endpoint | None]:
    """Return the endpoint that answers a shop's customers and its fallback, each None where it is not set."""
    key = settings.openai_api_key.get_secret_value() if settings.openai_api_key else None
    asked = None
    if ai_config is not None:
        asked = choice(ai_config, "client", model=successor(named(ai_config, "client"), today))
    primary = Endpoint(settings.openai_base_url, key, asked) if key else None
    own_key = settings.fallback_api_key.get_secret_value() if settings.fallback_api_key else key
    fallback = None
    if settings.fallback_model:
        stands_in = choice(ai_config or AiConfig(), "client", model=settings.fallback_model)
        fallback = Endpoint(settings.fallback_base_url or settings.openai_base_url, own_key or "none", stands_in)
    return primary, fallback


def ask(endpoint: Endpoint, *, timeout: float) -> Outcome:
    """Ask for two letters as the agents ask, by the same interface, with a function (or, without a model, for the list of models).

    The whole of it takes `timeout` seconds at the most, however slowly the answer drips.
    """
    started = time.monotonic()
    try:
        state, said = asyncio.run(asyncio.wait_for(_answer(endpoint), timeout))
    except TimeoutError:
        state, said = "unreachable", f"no answer within {timeout:g} s"
    except httpx.HTTPError as error:
        state, said = "unreachable", f"{type(error).__name__}: {error}"
    return Outcome(state, said[:SHOWN], round(time.monotonic() - started, 1))


async def _answer(endpoint: Endpoint) -> tuple[Literal["ok", "refused", "unreachable"], str]:
    route, asked = _request(endpoint.choice)
    url = f"{endpoint.base_url.rstrip('/')}/{route}"
    async with httpx.AsyncClient(headers={"Authorization": f"Bearer {endpoint.key}"}, timeout=None) as client:
        response = await (client.post(url, json=asked) if asked else client.get(url))
    if response.status_code != 200:
        said = " ".join(response.text.split()) or "nothing"
        return "unreachable" if response.status_code >= 500 else "refused", f"HTTP {response.status_code}: {said}"
    try:
        return "ok", _said(response.json(), endpoint.choice)
    except (ValueError, LookupError, TypeError, AttributeError):
        return "refused", f"an answer that is no completion: {response.text}"


def _request(chosen: Choice | None) -> tuple[str, dict[str, Any] | None]:
    """Return the route and the body of the call."""
    if chosen is None:
        return "models", None
    asked: dict[str, Any] = {"model": chosen.model}
    if chosen.temperature is not None:
        asked["temperature"] = chosen.temperature
    if chosen.api == "responses":
        asked |= {"input": QUESTION, "store": False, "tools": [{"type": "function", **TOOL}]}
        return "responses", asked | ({"reasoning": {"effort": chosen.effort}} if chosen.effort else {})
    asked |= {"messages": [{"role": "user", "content": QUESTION}], "tools": [{"type": "function", "function": TOOL}]}
    return "chat/completions", asked | ({"reasoning_effort": chosen.effort} if chosen.effort else {})


def _said(body: Any, chosen: Choice | None) -> str:
    """Return what the answer says; a call of the function is an answer, too."""
    if chosen is None:
        return f"{len(body['data'])} models"
    if chosen.api == "chat":
        message = body["choices"][0]["message"]
        return str(message["content"] or "a call")
    parts = [part["text"] for item in body["output"] if item["type"] == "message" for part in item["content"] if "text" in part]
    return "".join(parts) or "a call"
