"""The installation's key: what lies in a media store is sealed with it, and links to files are signed with it."""

import hashlib
import hmac
import os
from collections.abc import Callable
from functools import cached_property

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from service.platform.errors import AppError

# What a sealed file begins with; another way of sealing would begin otherwise.
SEALED = b"patas1"
NONCE_BYTES = 12


class Unreadable(AppError):
    """A file that this installation's key does not open, or that is not what was stored under its name."""


class Vault:
    """Seals and signs with keys made of one secret, which is asked for at first use. A sealed file opens under its own name alone.

    Everything raises Misconfigured where the secret can't be had.
    """

    def __init__(self, secret: Callable[[], str]) -> None:
        self._secret = secret

    @cached_property
    def _seal(self) -> AESGCM:
        return AESGCM(_key(self._secret(), b"patas media files"))

    @cached_property
    def _signs(self) -> bytes:
        return _key(self._secret(), b"patas media links")

    def sealed(self, content: bytes, name: str) -> bytes:
        """Encrypt a file for its name."""
        nonce = os.urandom(NONCE_BYTES)
        return SEALED + nonce + self._seal.encrypt(nonce, content, name.encode())

    def opened(self, sealed: bytes, name: str) -> bytes:
        """Decrypt what was sealed for this name. Raises Unreadable."""
        head = len(SEALED)
        nonce, encrypted = sealed[head : head + NONCE_BYTES], sealed[head + NONCE_BYTES :]
        try:
            if not sealed.startswith(SEALED) or len(nonce) < NONCE_BYTES:
                raise InvalidTag
            return self._seal.decrypt(nonce, encrypted, name.encode())
        except InvalidTag as error:
            raise Unreadable("The file can't be opened with this installation's key (PATAS_MEDIA_KEY).") from error

    def signature(self, of: str) -> str:
        """Sign a text."""
        return hmac.new(self._signs, of.encode(), hashlib.sha256).hexdigest()

    def is_signed(self, of: str, signature: str) -> bool:
        """Tell whether a signature is ours, in constant time."""
        return hmac.compare_digest(self.signature(of).encode(), signature.encode("utf-8", "replace"))


def _key(secret: str, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(secret.encode())
