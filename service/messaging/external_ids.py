"""Providers' ids as they are kept: an odd or a huge one is as good as any other, and no two become one."""

import hashlib

# Beyond any real id or name; an index has room for them.
LONGEST_ID = 256


def kept(external_id: str) -> str:
    """Return an id as it is kept: itself, or, where Postgres can't hold it or an index has no room for it, its beginning and its digest."""
    held = external_id.replace("\0", "").encode("utf-8", "replace").decode()
    if held == external_id and len(held) <= LONGEST_ID:
        return held
    digest = hashlib.sha256(external_id.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{held[: LONGEST_ID - len(digest) - 1]}~{digest}"
