"""The scripted model: hands the fake OpenAI server one answer after another, its texts filled from the tool results it was sent."""

import json
import re
from collections import deque
from collections.abc import Iterable
from typing import Any

from evals.dialogue import ModelAnswer
from tests.kit.fakes.openai import Step, ToolCall

_RESULT = re.compile(r"\$\{result((?:\.\w+)+)\}")


class Script:
    """A rule for `FakeOpenAI.respond`: None, once the answers are used up, makes the server refuse the request."""

    def __init__(self) -> None:
        self._answers: deque[ModelAnswer] = deque()

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
        return Step(text=None if answer.say is None else spoken(answer.say, request["messages"]), tool_calls=calls)


def spoken(text: str, messages: list[Any]) -> str:
    """Fill each `${result.path}` from the newest tool result that has such a path; leave it as it is where none has."""
    results = [json.loads(m["content"]) for m in reversed(messages) if m["role"] == "tool"]

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
