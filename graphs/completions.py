"""The async client that ChatOpenAI is given: one POST of plain JSON on aiohttp.

openai's own `create()` checks and rewrites every message and tool against its type hints and sends through httpx: some 4 ms of CPU
a call, a third of a whole turn. What LangChain hands over is plain JSON already.
"""

import json
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
import httpx

from service.errors import ModelFailed
from service.settings import Settings

CONNECT_TIMEOUT = 5.0
SHOWN = 500


class Completions:
    """What ChatOpenAI asks of `client.chat.completions`: `create`, and the same `with_raw_response`. Without streaming.

    Opened with the first call, on the loop that makes it. Retries live in one layer, the turn's: none here.
    """

    def __init__(self, settings: Settings) -> None:
        key = settings.openai_api_key.get_secret_value() if settings.openai_api_key else "none"
        self._url = f"{settings.openai_base_url.rstrip('/')}/chat/completions"
        self._headers = {"Authorization": f"Bearer {key}"}
        self._timeout = aiohttp.ClientTimeout(total=settings.model_timeout, sock_connect=min(CONNECT_TIMEOUT, settings.model_timeout))
        self._connections = settings.worker_threads
        self._session: aiohttp.ClientSession | None = None

    @property
    def with_raw_response(self) -> "Completions":
        return self

    async def create(self, **payload: Any) -> "Completion":
        """POST a chat completion; raises ModelFailed for anything but an answer in JSON."""
        try:
            async with self._open().post(self._url, json=payload) as response:
                body = await response.read()
        except TimeoutError as error:
            raise ModelFailed(f"The model did not answer within {self._timeout.total:g} s.") from error
        except aiohttp.ClientError as error:
            raise ModelFailed(f"The model's server could not be reached: {error}") from error
        said = body[:SHOWN].decode("utf-8", "replace")
        if response.status != 200:
            raise ModelFailed(f"The model's server answered {response.status}: {said}")
        try:
            return Completion(json.loads(body))
        except ValueError as error:
            raise ModelFailed(f"The model's server answered something that is not JSON: {said}") from error

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            # httpx's TLS context brings its own root certificates; the system's may be missing.
            connector = aiohttp.TCPConnector(limit=self._connections, ssl=httpx.create_ssl_context())
            self._session = aiohttp.ClientSession(
                connector=connector,
                headers=self._headers,
                timeout=self._timeout,
                cookie_jar=aiohttp.DummyCookieJar(),
                proxy=_proxy(self._url),
            )
        return self._session


def _proxy(url: str) -> str | None:
    """The environment's proxy for an address. aiohttp's own `trust_env` would read the environment and .netrc with every call."""
    address = urlsplit(url)
    return None if proxy_bypass(address.netloc) else getproxies().get(address.scheme)


class Completion:
    """An answer's JSON, unchecked: ChatOpenAI says what is missing in it."""

    def __init__(self, answer: object) -> None:
        self._answer = answer

    def parse(self) -> object:
        return self._answer
