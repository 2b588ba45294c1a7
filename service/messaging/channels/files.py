"""Which files are fetched: of which kind, type and size."""

import base64
import binascii
from typing import Final

from service.messaging.channels.payload import text
from service.platform.errors import SendFailed

MIB: Final = 1024 * 1024
# What WhatsApp lets people send, of documents as much as makes sense here, in bytes.
LARGEST: Final = {"audio": 16 * MIB, "image": 5 * MIB, "video": 16 * MIB, "document": 16 * MIB}
KINDS: Final = frozenset(LARGEST)

_PICTURES: Final = frozenset({"image/jpeg", "image/png", "image/webp"})
TYPES: Final[dict[str, frozenset[str]]] = {
    "audio": frozenset({
        "audio/ogg", "audio/opus", "audio/mpeg", "audio/mp3", "audio/mp4", "audio/m4a", "audio/x-m4a", "audio/aac", "audio/amr",
        "audio/wav", "audio/x-wav", "audio/webm", "audio/flac",
    }),
    "image": _PICTURES,
    "video": frozenset({"video/mp4", "video/3gpp"}),
    "document": frozenset({"application/pdf", *_PICTURES}),
}  # fmt: skip


def mime_of(told: str) -> str:
    """Return a type without its parameters: "audio/ogg" of "audio/ogg; codecs=opus"."""
    return told.partition(";")[0].strip().lower()


def require_type(kind: str, mime: str) -> None:
    """Raise SendFailed where files of this type are not kept."""
    if mime not in TYPES.get(kind, ()):
        raise SendFailed("Este tipo de arquivo não é guardado.", code="bad_type", retry="never")


def require_size(kind: str, size: int) -> None:
    """Raise SendFailed where a file is larger than its kind may be."""
    if size > LARGEST.get(kind, 0):
        raise SendFailed("O arquivo é grande demais.", code="too_large", retry="never")


def from_base64(written: object) -> bytes | None:
    """Return the bytes of a base64 text; None where it is none."""
    try:
        return base64.b64decode(text(written), validate=True) or None
    except (ValueError, binascii.Error):
        return None
