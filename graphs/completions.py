"""The async client that ChatOpenAI is given: one POST of plain JSON on aiohttp, and everything that can go wrong with it.

openai's own `create()` checks and rewrites every message and tool against its type hints and sends through httpx: some 4 ms of CPU
a call, a third of a whole turn. What LangChain hands over is plain JSON already.

Whatever goes wrong is a `ModelFailed`. Nothing is repeated here: the turn's retries are the one layer that does. An endpoint that does
not answer is left alone for a while (`graphs.breaker`).
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any, Literal
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
import httpx

from graphs import bounds, wire
from graphs.breaker import Breaker
from graphs.prompting import with_breakpoints
from service.platform import clock
from service.platform.errors import ModelFailed
from service.platform.settings import Settings
from service.platform.telemetry import MODEL_CALLS
from service.turns.models import find

CONNECT_TIMEOUT = 5.0
LONGEST_WAIT = 60.0
SHOWN = 500

# What Azure and others say of a request whose words their filter does not let through.
FILTERED = "content_filter"

# The error codes of OpenAI, and of those who answer like it, for a model that is not (or no longer) there; and the status.
GONE = frozenset({"model_not_found", "model_deprecated", "model_decommissioned"})
GONE_STATUSES = (404, 410)

_WORD = re.compile(r"[a-z][a-z0-9_]{1,39}")

Role = Literal["primary", "fallback"]
Read = Callable[[object, Mapping[str, Any]], wire.Json | None]


class Unavailable(ModelFailed):
    """The endpoint could not be used at all: another one might answer."""


class ModelGone(Unavailable):
    """The endpoint has no such model: its successor might be there."""


class ParameterRefused(ModelFailed):
    """The model does not take one of the request's parameters, which `parameter` names."""

    def __init__(self, message: str, parameter: str, *, detail: str) -> None:
        super().__init__(message, detail=detail)
        self.parameter = parameter


class Filtered(ModelFailed):
    """A filter before the model did not let the request through: the same would not get through the next time either."""


class Connections:
    """The one HTTP client of all endpoints. Its connections are opened with the first call, on the loop that makes it."""

    def __init__(self, settings: Settings) -> None:
        self._timeout = aiohttp.ClientTimeout(total=settings.model_timeout, sock_connect=min(CONNECT_TIMEOUT, settings.model_timeout))
        self._limit = settings.worker_threads
        self._session: aiohttp.ClientSession | None = None

    def open(self) -> aiohttp.ClientSession:
        if self._session is None:
            # httpx's TLS context brings its own root certificates; the system's may be missing.
            connector = aiohttp.TCPConnector(limit=self._limit, ssl=httpx.create_ssl_context())
            self._session = aiohttp.ClientSession(connector=connector, timeout=self._timeout, cookie_jar=aiohttp.DummyCookieJar())
        return self._session

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()


class Endpoint:
    """One server that speaks OpenAI's interfaces, and the breaker over it."""

    def __init__(self, role: Role, base_url: str, key: str, connections: Connections) -> None:
        self.role = role
        self._base_url = base_url.rstrip("/")
        self._headers = {"Authorization": f"Bearer {key}"}
        self._proxy = _proxy(self._base_url)
        self._connections = connections
        host = urlsplit(base_url).hostname or ""
        # OpenAI's own servers take what others may refuse.
        self.is_openai = host == "api.openai.com" or host.endswith(".api.openai.com")
        self.breaker = Breaker()
        self.chat = Interface(self, "chat/completions", wire.completion)
        self.responses = Interface(self, "responses", wire.response)

    async def post(self, path: str, payload: dict[str, Any], read: Read) -> wire.Json:
        """Return the answer as `read` has it. Raises Unavailable, and ModelFailed where the request itself was refused."""
        if wait := self.breaker.wait():
            self._count("open")
            why = "asked for it" if self.breaker.limits else "does not answer"
            raise Unavailable(f"The model's server is left alone for a while: it {why}.", retry_after=wait, limited=self.breaker.limits)
        settled = False
        try:
            outcome, result = await self._ask(f"{self._base_url}/{path}", payload, read)
            settled = True
        finally:
            if not settled:
                self.breaker.abandoned()
        self._count(outcome)
        if isinstance(result, ModelFailed):
            if outcome == "limited" and result.retry_after:
                self.breaker.limited(result.retry_after)
            elif outcome in ("timeout", "unreachable", "server_error"):
                self.breaker.failed()
            else:
                self.breaker.succeeded()
            raise result
        self.breaker.succeeded()
        return result

    async def _ask(self, url: str, payload: dict[str, Any], read: Read) -> tuple[str, wire.Json | ModelFailed]:
        session = self._connections.open()
        try:
            async with session.post(url, json=payload, headers=self._headers, proxy=self._proxy) as response:
                body = await _body(response)
        except TimeoutError:
            return "timeout", Unavailable(f"The model did not answer within {session.timeout.total:g} s.")
        except aiohttp.ClientError as error:
            return "unreachable", Unavailable(f"The model's server could not be reached: {error}")
        if body is None:
            return "malformed", Unavailable(f"The model's server answered {response.status} with more than {bounds.LARGEST_ANSWER} bytes.")
        if response.status != 200:
            return _refusal(response.status, response.headers.get("Retry-After", ""), body)
        try:
            answer = read(json.loads(body), payload)
        except (ValueError, RecursionError):
            answer = None
        if answer is None and _says_gone(body):
            return "gone", ModelGone("The model's server answered that it has no such model.", detail=_shown(body))
        if answer is None:
            return "malformed", Unavailable("The model's server answered something that is no completion.", detail=_shown(body))
        return "ok", answer

    def _count(self, outcome: str) -> None:
        MODEL_CALLS.labels(self.role, outcome).inc()


class Interface:
    """What ChatOpenAI asks of `client.chat.completions` and of `client.responses`: `create`, and `with_raw_response`, the same."""

    def __init__(self, endpoint: Endpoint, path: str, read: Read) -> None:
        self._endpoint, self._path, self._read = endpoint, path, read

    @property
    def with_raw_response(self) -> "Interface":
        return self

    async def create(self, *, extra_body: Mapping[str, Any] | None = None, **payload: Any) -> "Answer":
        """POST a request; `extra_body` goes with it, as openai's client has it. Raises ModelFailed for anything but an answer in JSON."""
        payload |= extra_body or {}
        if self._endpoint.is_openai and (known := find(payload["model"])) and known.breakpoints:
            payload = with_breakpoints(payload)
        return Answer(await self._endpoint.post(self._path, payload, self._read))


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer's JSON, for ChatOpenAI to read."""

    answer: wire.Json

    def parse(self) -> wire.Json:
        return self.answer


def _refusal(status: int, retry_after: str, body: bytes) -> tuple[str, ModelFailed]:
    """Return what a status other than 200 comes to."""
    code, detail = _code(body), _shown(body)
    message = f"The model's server answered {status}{f' ({code})' if code else ''}."
    wait = _retry_after(retry_after)
    if status in (429, 503) and wait:
        return "limited", Unavailable(message, retry_after=wait, limited=True, detail=detail)
    if status == 429:
        return "limited", Unavailable(message, limited=True, detail=detail)
    if status >= 500:
        return "server_error", Unavailable(message, detail=detail)
    if status in GONE_STATUSES or _says_gone(body):
        return "gone", ModelGone(message, detail=detail)
    if code == FILTERED:
        return "refused", Filtered(message, detail=detail)
    if isinstance(parameter := _error(body).get("param"), str):
        return "refused", ParameterRefused(message, parameter, detail=detail)
    return "refused", ModelFailed(message, detail=detail)


async def _body(response: aiohttp.ClientResponse) -> bytes | None:
    """Return an answer's body; None where it has no end that we would wait for."""
    body = bytearray()
    async for part in response.content.iter_any():
        body += part
        if len(body) > bounds.LARGEST_ANSWER:
            return None
    return bytes(body)


def _code(body: bytes) -> str:
    """Return the code of an error, which is a word and never a customer's; empty where there is none."""
    said = (_error(body).get("code"), _error(body).get("type"))
    return next((word for word in said if isinstance(word, str) and _WORD.fullmatch(word)), "")


def _says_gone(body: bytes) -> bool:
    """Tell whether an error is that there is no such model, under the key that OpenAI has it or the one beside it."""
    error = _error(body)
    return any(isinstance(said, str) and said in GONE for said in (error.get("code"), error.get("type")))


def _error(body: bytes) -> Mapping[str, Any]:
    """Return the error that a body describes."""
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    error = said.get("error") if isinstance(said, dict) else None
    return error if isinstance(error, dict) else {}


def _shown(body: bytes) -> str:
    return body[:SHOWN].decode("utf-8", "replace")


def _retry_after(value: str) -> float:
    """Return the seconds, at most a minute, that the header says in either of its two forms; 0 where it says nothing."""
    if value.isascii() and value.isdigit():
        return min(float(value), LONGEST_WAIT)
    try:
        seconds = (parsedate_to_datetime(value) - clock.now()).total_seconds()
    except (ValueError, TypeError):
        return 0.0
    return min(max(seconds, 0.0), LONGEST_WAIT)


def _proxy(url: str) -> str | None:
    """Return the environment's proxy for an address. aiohttp's own `trust_env` would read the environment and .netrc with every call."""
    address = urlsplit(url)
    return None if proxy_bypass(address.netloc) else getproxies().get(address.scheme)
