"""The scripted model: hands the fake OpenAI server one answer after another, its texts filled from the tool results of the window."""

import json
import re
from collections import deque
from collections.abc import Iterable, Sequence
from typing import Any

from langchain_core.callbacks import AsyncCallbackHandler
from langchain_core.messages import BaseMessage, ToolMessage

from evals.dialogue import ModelAnswer
from tests.kit.fakes.openai import Step, ToolCall

_RESULT = re.compile(r"\$\{result((?:\.\w+)+)\}")


class Script(AsyncCallbackHandler):
    """A rule for `FakeOpenAI.respond`: None, once the answers are used up, makes the server refuse the request.

    A model is sent results in sentences. What they hold the script learns as the callback of the run that asks.
    """

    def __init__(self) -> None:
        self._answers: deque[ModelAnswer] = deque()
        self._results: list[Any] = []
        self.unfilled: list[str] = []

    async def on_chat_model_start(self, serialized: dict[str, Any], messages: list[list[BaseMessage]], **_: Any) -> None:
        """Keep the results that the request goes with, the newest first."""
        told = [message for message in messages[0] if isinstance(message, ToolMessage)]
        self._results = [json.loads(message.artifact or message.text) for message in reversed(told)]

    def add(self, answers: Iterable[ModelAnswer]) -> None:
        self._answers.extend(answers)

    @property
    def unused(self) -> list[ModelAnswer]:
        """Answers that nothing asked for."""
        return list(self._answers)

    def __call__(self, request: Any) -> Step | None:
        if not self._answers:
            return None
        answer = self._answers.popleft()
        calls = tuple(ToolCall(c.name, c.args if c.raw is None else c.raw) for c in answer.calls)
        text = None if answer.say is None else spoken(answer.say, self._results)
        self.unfilled += [text] if text and _RESULT.search(text) else []
        return Step(text=text, tool_calls=calls)


def spoken(text: str, results: Sequence[Any]) -> str:
    """Fill each `${result.path}` from the first result that has such a path; leave it as it is where none has."""

    def found(match: re.Match[str]) -> str:
        path = match[1].strip(".").split(".")
        values = (value for result in results if (value := _at(result, path)) is not None)
        return str(next(values, match[0]))

    return _RESULT.sub(found, text)


def _at(value: Any, path: list[str]) -> Any:
    for name in path:
        if isinstance(value, list) and name.isdigit() and int(name) < len(value):
            value = value[int(name)]
        elif isinstance(value, dict):
            value = value.get(name)
        else:
            return None
    return value
