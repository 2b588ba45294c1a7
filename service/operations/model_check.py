"""One real call to the model's endpoint, for `patas doctor --ask`."""

import asyncio
import time
from dataclasses import dataclass, field
from typing import Literal

import httpx

from service.platform.settings import Settings

QUESTION = "Responda só: ok"
SHOWN = 200
ROUTES = {True: "chat/completions", False: "models"}


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A server that speaks OpenAI's chat completions; `model` None where no shop names one yet."""

    base_url: str
    key: str = field(repr=False)
    model: str | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of the call: `said` is the answer's beginning, or what went wrong; `seconds` how long it took."""

    state: Literal["ok", "refused", "unreachable"]
    said: str
    seconds: float


def endpoints(settings: Settings, model: str | None) -> tuple[Endpoint | None, Endpoint | None]:
    """Return the endpoint that answers `model` and its fallback, each None where it is not set."""
    key = settings.openai_api_key.get_secret_value() if settings.openai_api_key else None
    primary = Endpoint(settings.openai_base_url, key, model) if key else None
    own_key = settings.fallback_api_key.get_secret_value() if settings.fallback_api_key else key
    fallback = None
    if settings.fallback_model:
        fallback = Endpoint(settings.fallback_base_url or settings.openai_base_url, own_key or "none", settings.fallback_model)
    return primary, fallback


def ask(endpoint: Endpoint, *, timeout: float) -> Outcome:
    """Ask for two letters (or, without a model, for the list of models).

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
    url = f"{endpoint.base_url.rstrip('/')}/{ROUTES[endpoint.model is not None]}"
    asked = {"model": endpoint.model, "messages": [{"role": "user", "content": QUESTION}]}
    async with httpx.AsyncClient(headers={"Authorization": f"Bearer {endpoint.key}"}, timeout=None) as client:
        response = await (client.post(url, json=asked) if endpoint.model else client.get(url))
    if response.status_code != 200:
        said = " ".join(response.text.split()) or "nothing"
        return "unreachable" if response.status_code >= 500 else "refused", f"HTTP {response.status_code}: {said}"
    try:
        body = response.json()
        said = body["choices"][0]["message"]["content"] if endpoint.model else f"{len(body['data'])} models"
    except (ValueError, LookupError, TypeError):
        return "refused", f"an answer that is no completion: {response.text}"
    return "ok", str(said)
