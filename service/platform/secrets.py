"""Secrets that Patas makes for itself: random, made once, kept in a file that only their owner may read."""

import os
import secrets
from pathlib import Path
from uuid import uuid4

from service.platform import addresses
from service.platform.errors import Misconfigured
from service.platform.settings import Settings

# Of the letters and digits that tokens are written in, so many are 128 bits.
SHORTEST_TOKEN = 22


def api_token_path(settings: Settings) -> Path:
    """Where the generated bearer token of /api is kept while PATAS_API_TOKEN is unset."""
    return settings.data_dir.absolute() / "api_token"


def api_token(settings: Settings) -> str:
    """Return the bearer token of /api: PATAS_API_TOKEN, or else the generated one.

    Raises Misconfigured where it can't be had, or is one that other machines could guess.
    """
    given = settings.api_token.get_secret_value() if settings.api_token else ""
    if 0 < len(given) < SHORTEST_TOKEN and not addresses.is_loopback(settings.host):
        raise Misconfigured(
            f"PATAS_API_TOKEN: fewer than {SHORTEST_TOKEN} characters can be guessed, and HOST lets other machines try: "
            "set one that `openssl rand -hex 24` makes, or none, to have one made."
        )
    return given or kept_secret(api_token_path(settings))


def media_secret(settings: Settings) -> str:
    """Return the secret that stored media are sealed with: PATAS_MEDIA_KEY, or else one that is made and kept. Raises Misconfigured."""
    given = settings.media_key.get_secret_value() if settings.media_key else ""
    if 0 < len(given) < SHORTEST_TOKEN:
        raise Misconfigured(
            f"PATAS_MEDIA_KEY: fewer than {SHORTEST_TOKEN} characters can be guessed: set one that `openssl rand -hex 24` makes, or none."
        )
    return given or kept_secret(settings.data_dir.absolute() / "media_key")


def kept_secret(path: Path) -> str:
    """Return the secret in a file, made on first use, by one process even where several ask at once. Raises Misconfigured."""
    try:
        if not path.exists():
            _make(path)
        return path.read_text().strip()
    except OSError as error:
        raise Misconfigured(f"PATAS_DATA_DIR: {path} can't be made or read ({error.strerror}).") from error


def _make(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{uuid4().hex}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(secrets.token_hex(24) + "\n")
    try:
        # A link, not a rename: the first one wins, and whoever comes second reads that one.
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
