"""Patterns put together from phrases, which are patterns themselves."""

import re


def either(*phrases: str) -> str:
    """Return one of several phrases, to be part of a longer one."""
    return f"(?:{'|'.join(phrases)})"


def any_of(*phrases: str) -> re.Pattern[str]:
    """Compile what finds any of several phrases."""
    return re.compile("|".join(phrases))


def whole_words(*phrases: str) -> re.Pattern[str]:
    """Compile what finds any of several phrases where they begin and end with a word."""
    return re.compile(rf"\b{either(*phrases)}\b")
