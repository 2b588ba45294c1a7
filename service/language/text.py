"""Text as people type it."""

import unicodedata


def fold(text: str) -> str:
    """Lower case, no accents, single spaces."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


def storable(text: str) -> str:
    """What Postgres takes of a text: no NUL, no half characters; trimmed."""
    return text.replace("\0", "").encode("utf-8", "replace").decode().strip()
