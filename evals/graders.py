"""What a dialogue came to, held against what it should have come to: end state first, then calls, then replies."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from evals.dialogue import Expect, ExpectedCall, ExpectedReply, ExpectedRequest
from service.language.days import parse_day
from service.language.text import fold
from service.language.times import parse_time
from service.platform.errors import BadRequest

Subject = Literal["script", "state", "calls", "sends", "replies", "request"]


@dataclass(frozen=True, slots=True)
class Check:
    """One expectation: `where` is the step or the whole dialogue, `detail` what was found instead where it failed."""

    subject: Subject
    where: str
    passed: bool
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What happened in the graded stretch. `sent` is (phone, text) in order; `requests` the bodies that the model got."""

    today: date
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    calls: Sequence[dict[str, Any]] = ()
    sent: Sequence[tuple[str, str]] = ()
    requests: Sequence[Any] = ()


def matches(expected: Any, actual: Any, today: date) -> bool:
    """Whether a value is as expected: mappings as subsets, texts without regard to case and accents, instants as instants.

    A mapping with one of these keys is a rule: `contains`, `lacks`, `regex`, `any_of`, `empty`, `day` and `time` (the last two however a
    person writes them).
    """
    if isinstance(expected, dict):
        if len(expected) == 1 and (rule := next(iter(expected))) in _RULES:
            return _RULES[rule](expected[rule], actual, today)
        return isinstance(actual, dict) and all(matches(value, actual.get(key), today) for key, value in expected.items())
    if isinstance(expected, list):
        return isinstance(actual, list) and len(expected) == len(actual) and all(map(matches, expected, actual, [today] * len(actual)))
    if isinstance(actual, datetime):
        return isinstance(expected, str) and datetime.fromisoformat(expected) == actual
    if isinstance(actual, date | UUID):
        actual = str(actual)
    if isinstance(expected, str) and isinstance(actual, str):
        return fold(expected) == fold(actual)
    return bool(expected == actual)


def _says_day(expected: Any, actual: Any, today: date) -> bool:
    try:
        return parse_day(str(actual), today).isoformat() == expected
    except BadRequest:
        return False


def _says_time(expected: Any, actual: Any, today: date) -> bool:
    try:
        return parse_time(str(actual)) == parse_time(expected)
    except BadRequest:
        return False


def _written(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


_RULES: dict[str, Any] = {
    "contains": lambda wanted, actual, _: holds(_written(actual), wanted),
    "lacks": lambda wanted, actual, _: not holds(_written(actual), wanted),
    "regex": lambda pattern, actual, _: re.search(pattern, str(actual)) is not None,
    "any_of": lambda options, actual, today: any(matches(option, actual, today) for option in options),
    "empty": lambda empty, actual, _: bool(actual) is not empty,
    "day": _says_day,
    "time": _says_time,
}


def holds(text: str, wanted: str | Sequence[str]) -> bool:
    """Whether a text has the wanted words in it (of several, any), without regard to case and accents."""
    return any(fold(option) in fold(text) for option in ([wanted] if isinstance(wanted, str) else wanted))


def grade(expect: Expect, seen: Evidence, *, phone: str, where: str, live: bool) -> list[Check]:
    """Every check of one `expect`. In a live run those about wording or about our own requests are left out."""
    checks = [
        Check("state", where, len(found) == wanted.count, f"{wanted.table} {_short(wanted.where)}: {len(found)} instead of {wanted.count}")
        for wanted in expect.rows
        if not (live and wanted.scripted_only)
        for found in [[row for row in seen.rows[wanted.table] if matches(wanted.where, row, seen.today)]]
    ]
    wanted_calls = [call for call in expect.calls if not (live and call.scripted_only)]
    checks += _calls(wanted_calls, seen, where, any_order=expect.any_order)
    called = {call["name"] for call in seen.calls}
    checks += [Check("calls", where, name not in called, f"{name} was called") for name in expect.no_calls]
    if expect.sent is not None:
        to_phone = [text for to, text in seen.sent if to == phone]
        found = f"{len(to_phone)} messages sent to {phone} instead of {expect.sent}: {to_phone}"
        checks.append(Check("sends", where, len(to_phone) == expect.sent, found))
    checks += [_reply(reply, seen, phone, where) for reply in expect.replies if not (live and reply.scripted_only)]
    if not live:
        checks += _requests(expect.request, expect.requests, seen, where)
    return checks


def _calls(wanted: Sequence[ExpectedCall], seen: Evidence, where: str, *, any_order: bool) -> list[Check]:
    """Each expected call once: in order, others may stand in between; or in any order."""
    checks, left = [], list(seen.calls)
    for call in wanted:
        at = next((i for i, made in enumerate(left) if _is_call(call, made, seen.today)), None)
        found = f"{call.name}{_short(call.args)} → {_short(call.result or {})} not among {_short(list(seen.calls))}"
        checks.append(Check("calls", where, at is not None, found))
        if at is not None:
            left = left[:at] + left[at + 1 :] if any_order else left[at + 1 :]
    return checks


def _is_call(wanted: ExpectedCall, made: dict[str, Any], today: date) -> bool:
    if wanted.name != made["name"] or not matches(wanted.args, made["args"] or {}, today):
        return False
    return wanted.result is None or matches(wanted.result, json.loads(made["result"] or "{}"), today)


def _reply(wanted: ExpectedReply, seen: Evidence, phone: str, where: str) -> Check:
    to = wanted.to or phone
    texts = [text for sent_to, text in seen.sent if sent_to == to]
    good = any(all(holds(text, w) for w in wanted.contains) and re.search(wanted.regex or "", text) for text in texts)
    wanted_something = bool(wanted.contains or wanted.regex)
    forbidden = [word for word in wanted.lacks for text in texts if holds(text, word)]
    detail = f"to {to}: {texts}" + (f" says {forbidden}" if forbidden else f" lacks {wanted.regex or wanted.contains}")
    return Check("replies", where, (good or not wanted_something) and not forbidden, detail)


def _requests(wanted: ExpectedRequest | None, count: int | None, seen: Evidence, where: str) -> list[Check]:
    checks = []
    if count is not None:
        checks.append(Check("request", where, len(seen.requests) == count, f"the model was asked {len(seen.requests)} times, not {count}"))
    if wanted is None:
        return checks
    if not seen.requests:
        return [*checks, Check("request", where, False, "the model was not asked at all")]
    body = seen.requests[-1]
    text = "\n".join(json.dumps(message, ensure_ascii=False) for message in body["messages"])
    offered = {tool["function"]["name"] for tool in body.get("tools", [])}
    checks += [Check("request", where, holds(text, word), f"the model was not told {word!r}") for word in wanted.contains]
    checks += [Check("request", where, not holds(text, word), f"the model was told {word!r}") for word in wanted.lacks]
    checks += [Check("request", where, tool in offered, f"{tool} was not offered to the model") for tool in wanted.offers]
    checks += [Check("request", where, tool not in offered, f"{tool} was offered to the model") for tool in wanted.withholds]
    return checks


def _short(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)
