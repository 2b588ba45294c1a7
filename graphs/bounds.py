"""How much of a model's answer is taken. What goes beyond makes no sense: it is no answer, or goes back to the model."""

import json
import math
import re
from typing import Any

# Bytes of an answer, characters that are said in it and of a call's arguments; what a reply or a call may really be is far less.
LARGEST_ANSWER = 4 * 1024 * 1024
LONGEST_SAID = 32 * 1024
LONGEST_ARGUMENTS = 16 * 1024
# Calls in one answer: more than any customer's wish takes.
MOST_CALLS = 20
# Of arguments: how deep, and which numbers. Nothing that a tool takes is deeper or greater, and Postgres' counts end beyond.
DEEPEST = 8
GREATEST = 10**15
# Tokens that one call may be said to have taken: more than any model reads.
MOST_TOKENS = 10_000_000

_NAME = re.compile(r"[^A-Za-z0-9_-]")
_ID = re.compile(r"[\w.:-]{1,64}", re.ASCII)


def arguments(given: object) -> str:
    """Return a call's arguments as the JSON of an object. What is none, or not sound, is made no JSON: so it goes back to the model."""
    if given is None or given == "":
        return "{}"
    written = given if isinstance(given, str) else json.dumps(given, ensure_ascii=False)
    try:
        taken = len(written) <= LONGEST_ARGUMENTS and isinstance(read := json.loads(written, strict=False), dict) and _is_sound(read)
    except (ValueError, RecursionError):
        taken = False
    return written if taken else f"not an object: {written[:LONGEST_ARGUMENTS]}"


def name(given: object) -> str:
    """Return a function's name in the letters that servers take back. Raises ValueError where there is none."""
    if not isinstance(given, str) or not given:
        raise ValueError("a call of nothing")
    return _NAME.sub("_", given[:64])


def is_id(given: object) -> bool:
    """Tell whether a call's id is one that can be kept and handed back."""
    return isinstance(given, str) and bool(_ID.fullmatch(given))


def tokens(value: object) -> int:
    """Return a count of tokens; 0 where it is none."""
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST_TOKENS else 0


def _is_sound(value: Any, depth: int = 0) -> bool:
    """Tell whether JSON can be kept and worked on: its numbers are finite and small enough, and it is not too deep."""
    if isinstance(value, dict | list):
        inner = value.values() if isinstance(value, dict) else value
        return depth < DEEPEST and all(_is_sound(one, depth + 1) for one in inner)
    return not isinstance(value, int | float) or (math.isfinite(value) and abs(value) <= GREATEST)
