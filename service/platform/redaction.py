"""Keeping secrets out of what is shown: the passwords inside addresses, and every secret of the settings wherever a text repeats it."""

import json
import re
from collections.abc import Callable, Iterator
from urllib.parse import quote, unquote

from pydantic import SecretStr

from service.platform import addresses
from service.platform.addresses import MASK
from service.platform.settings import Settings

# A shorter one would be found inside ordinary words; in an address it is masked by its place.
SHORTEST = 6

# A password may hold anything, also what an address should have encoded: everything up to the last @ of the word.
_USERINFO = re.compile(r"(?P<before>\w://[^\s/?#:@\"']*:)[^\s\"'\\]*(?=@)")
_USER = re.compile(r"(?P<before>\bhttps?://)[^\s/?#:@\"']+(?=@)")
_NAMED = re.compile(
    r"(?P<before>\b(?:ssl)?password\s*=\s*|[?&](?:api_?key|access_token|token|secret)=)"
    r"(?:'(?:[^'\\]|\\+[^\\])*'|(?:[^\s&'\"\\]|\\+[ '])+)",
    re.IGNORECASE,
)


def masked_address(text: str) -> str:
    """Return the text with the passwords inside its addresses masked, whether written as a URL or as `password=…`."""
    for pattern in (_USERINFO, _USER, _NAMED):
        text = pattern.sub(rf"\g<before>{MASK}", text)
    return text


def redactor(settings: Settings) -> Callable[[str], str]:
    """Return a function that masks passwords in addresses and every secret of `settings` in a text, also in one that is JSON."""
    secrets = sorted({spelling for secret in _secrets(settings) for spelling in _spellings(secret)}, key=len, reverse=True)

    def redact(text: str) -> str:
        for secret in secrets:
            if secret in text:
                text = text.replace(secret, MASK)
        return masked_address(text) if "://" in text or "=" in text else text

    return redact


def _secrets(settings: Settings) -> Iterator[str]:
    for name in Settings.model_fields:
        value = getattr(settings, name)
        if isinstance(value, SecretStr):
            yield value.get_secret_value()
        elif isinstance(value, str) and (name == "database_url" or "://" in value):
            yield from addresses.secrets(name, value)


def _spellings(secret: str) -> Iterator[str]:
    """Yield a secret as it is, as an address encodes it, and as JSON escapes it; nothing where it is too short to be told from words."""
    for plain in {secret, unquote(secret), quote(secret, safe="")}:
        if len(plain) >= SHORTEST:
            yield plain
            yield from (json.dumps(plain, ensure_ascii=escaped)[1:-1] for escaped in (False, True))
