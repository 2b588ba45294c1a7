"""The async client that ChatOpenAI is given: one POST of plain JSON on aiohttp, and everything that can go wrong with it.

openai's own `create()` checks and rewrites every message and tool against its type hints and sends through httpx: some 4 ms of CPU
a call, a third of a whole turn. What LangChain hands over is plain JSON already.

Whatever goes wrong is a `ModelFailed`. Nothing is repeated here: the turn's retries are the one layer that does. An endpoint that does
not answer is left alone for a while (`graphs.breaker`), and a fallback, where one is set, is asked instead.
"""

import json
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
import httpx
import structlog

from graphs.breaker import Breaker
from service.platform import clock
from service.platform.errors import ModelFailed
from service.platform.settings import Settings
from service.platform.telemetry import MODEL_CALLS

log = structlog.get_logger()

CONNECT_TIMEOUT = 5.0
LONGEST_WAIT = 60.0
SHOWN = 500


class Unavailable(ModelFailed):
    """The endpoint could not be used at all: another one might answer."""


class Completions:
    """What ChatOpenAI asks of `client.chat.completions`: `create`, and the same `with_raw_response`. Without streaming.

    Its connections are opened with the first call, on the loop that makes it.
    """

    def __init__(self, settings: Settings) -> None:
        key = settings.openai_api_key.get_secret_value() if settings.openai_api_key else "none"
        self._primary = Endpoint("primary", settings.openai_base_url, key)
        self._fallback: Endpoint | None = None
        self._fallback_model = settings.fallback_model
        if settings.fallback_model:
            own_key = settings.fallback_api_key.get_secret_value() if settings.fallback_api_key else key
            self._fallback = Endpoint("fallback", settings.fallback_base_url or settings.openai_base_url, own_key)
        self._timeout = aiohttp.ClientTimeout(total=settings.model_timeout, sock_connect=min(CONNECT_TIMEOUT, settings.model_timeout))
        self._connections = settings.worker_threads
        self._session: aiohttp.ClientSession | None = None

    @property
    def with_raw_response(self) -> "Completions":
        return self

    async def create(self, **payload: Any) -> "Completion":
        """POST a chat completion; raises ModelFailed for anything but an answer in JSON.

        Where the fallback answers, the completion names its model. Where it fails too, the error is the primary's.
        """
        try:
            return Completion(await self._primary.post(self._open(), payload))
        except Unavailable as error:
            if self._fallback is None:
                raise
            log.warning("[MODEL] Asking the fallback model", model=self._fallback_model, err=str(error))
            try:
                answer = await self._fallback.post(self._open(), {**payload, "model": self._fallback_model})
            except ModelFailed as second:
                log.warning("[MODEL] The fallback model failed too", err=str(second))
                raise error from second
            return Completion({**answer, "model": self._fallback_model})

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            # httpx's TLS context brings its own root certificates; the system's may be missing.
            connector = aiohttp.TCPConnector(limit=self._connections, ssl=httpx.create_ssl_context())
            self._session = aiohttp.ClientSession(connector=connector, timeout=self._timeout, cookie_jar=aiohttp.DummyCookieJar())
        return self._session


class Endpoint:
    """One server that speaks OpenAI's chat completions, and the breaker over it."""

    def __init__(self, role: str, base_url: str, key: str) -> None:
        self._role = role
        self._url = f"{base_url.rstrip('/')}/chat/completions"
        self._headers = {"Authorization": f"Bearer {key}"}
        self._proxy = _proxy(self._url)
        self.breaker = Breaker()

    async def post(self, session: aiohttp.ClientSession, payload: dict[str, Any]) -> dict[str, Any]:
        """Return the answer's JSON object. Raises Unavailable, and ModelFailed where the request itself was refused."""
        if wait := self.breaker.wait():
            self._count("open")
            why = "asked for it" if self.breaker.limits else "does not answer"
            raise Unavailable(f"The model's server is left alone for a while: it {why}.", retry_after=wait, limited=self.breaker.limits)
        settled = False
        try:
            outcome, result = await self._ask(session, payload)
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

    async def _ask(self, session: aiohttp.ClientSession, payload: dict[str, Any]) -> tuple[str, dict[str, Any] | ModelFailed]:
        try:
            async with session.post(self._url, json=payload, headers=self._headers, proxy=self._proxy) as response:
                body = await response.read()
        except TimeoutError:
            return "timeout", Unavailable(f"The model did not answer within {session.timeout.total:g} s.")
        except aiohttp.ClientError as error:
            return "unreachable", Unavailable(f"The model's server could not be reached: {error}")
        said = body[:SHOWN].decode("utf-8", "replace")
        if response.status != 200:
            message = f"The model's server answered {response.status}: {said}"
            wait = _retry_after(response.headers.get("Retry-After", ""))
            if response.status in (429, 503) and wait:
                return "limited", Unavailable(message, retry_after=wait, limited=True)
            if response.status == 429:
                return "limited", Unavailable(message, limited=True)
            return ("server_error", Unavailable(message)) if response.status >= 500 else ("refused", ModelFailed(message))
        try:
            answer = json.loads(body)
        except ValueError:
            answer = None
        if not _is_completion(answer):
            return "malformed", Unavailable(f"The model's server answered something that is no completion: {said}")
        _mark_broken_arguments(answer)
        return "ok", answer

    def _count(self, outcome: str) -> None:
        MODEL_CALLS.labels(self._role, outcome).inc()


def _is_completion(answer: object) -> bool:
    """Tell whether there is a message in it, as far as ChatOpenAI relies on one."""
    if not isinstance(answer, dict) or answer.get("error") or not isinstance(choices := answer.get("choices"), list):
        return False
    return bool(choices) and all(isinstance(c, dict) and isinstance(c.get("message"), dict) and c["message"].get("role") for c in choices)


def _mark_broken_arguments(answer: dict[str, Any]) -> None:
    """Make arguments that are JSON but no object, at which ChatOpenAI fails, no JSON at all: so they go back to the model."""
    for choice in answer["choices"]:
        for call in choice["message"].get("tool_calls") or ():
            arguments = call.get("function", {}).get("arguments")
            if isinstance(arguments, str) and arguments.strip() and not arguments.lstrip().startswith("{"):
                call["function"]["arguments"] = f"not an object: {arguments}"


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


class Completion:
    """An answer's JSON, for ChatOpenAI to read."""

    def __init__(self, answer: object) -> None:
        self._answer = answer

    def parse(self) -> object:
        return self._answer
