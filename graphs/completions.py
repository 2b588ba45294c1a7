"""The async client that ChatOpenAI is given: openai's own, without the walk over every message and tool that `create()` makes.

`create()` checks and rewrites the whole request against its type hints, some 3 ms of CPU a call; what LangChain hands it is plain JSON
already. `AsyncOpenAI.post` keeps the rest: authentication, time-outs, error classes.
"""

from typing import Any

from openai import AsyncOpenAI


class Completions:
    """What ChatOpenAI asks of `client.chat.completions`: `create`, and the same `with_raw_response`."""

    def __init__(self, client: AsyncOpenAI) -> None:
        self._client = client

    @property
    def with_raw_response(self) -> "Completions":
        return self

    async def create(self, **payload: Any) -> "Completion":
        """POST a chat completion; raises openai's errors. Only without streaming."""
        return Completion(await self._client.post("/chat/completions", body=payload, cast_to=object))


class Completion:
    """An answer's JSON, unchecked: ChatOpenAI says what is missing in it."""

    def __init__(self, answer: object) -> None:
        self._answer = answer

    def parse(self) -> object:
        return self._answer
