"""Encrypting values, and the key that does it for one interview.

AES-256-GCM with random 96-bit nonces (NIST SP 800-38D: at most 2**32 messages per key; a data key seals the parts of
one interview, thousands at most). Subkeys by HKDF-SHA256 (RFC 5869), one per purpose.
"""

from __future__ import annotations

import secrets
from contextlib import suppress
from dataclasses import dataclass, field
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from interviews.keys.errors import SealBroken

KEY_BYTES = 32
_NONCE_BYTES = 12
_TAG_BYTES = 16
_SEALED = b"DBs1"


def encrypt(key: bytes, magic: bytes, plain: bytes, bound: bytes) -> bytes:
    """Return `magic`, a nonce and the ciphertext of `plain`, with `magic` and `bound` as associated data."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return magic + nonce + AESGCM(key).encrypt(nonce, plain, magic + bound)


def decrypt(key: bytes, magic: bytes, sealed: bytes, bound: bytes) -> bytes:
    """Raise InvalidTag for anything that `encrypt` did not make with the same key, magic and `bound`."""
    start = len(magic) + _NONCE_BYTES
    if len(sealed) < start + _TAG_BYTES or not sealed.startswith(magic):
        raise InvalidTag
    return AESGCM(key).decrypt(sealed[len(magic) : start], sealed[start:], magic + bound)


def derived(key: bytes, purpose: str) -> bytes:
    """Return a 32-byte key for one purpose. Raises ValueError without one."""
    if not purpose:
        raise ValueError("a derived key has a purpose")
    info = b"dichterbij/1/" + purpose.encode()
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=info).derive(key)


def check_length(key: bytes) -> None:
    """Raise ValueError for a key that has not 256 bits."""
    if len(key) != KEY_BYTES:
        raise ValueError(f"a key has {KEY_BYTES} bytes, not {len(key)}")


@dataclass(frozen=True, slots=True, eq=False)
class DataKey:
    """The key of one interview. Seals its raw text, original and name list. Never shown by `repr`.

    In the drawer of contacts the same kind of key belongs to a project.
    """

    interview: UUID
    raw: bytes = field(repr=False)
    beside: tuple[bytes, ...] = field(default=(), repr=False)
    """The other key of an interview that is getting a new one (`KeyStore.renew`): opens, and never seals."""

    def __post_init__(self) -> None:
        check_length(self.raw)

    def seal(self, plain: bytes, *, context: str) -> bytes:
        """Encrypt `plain`; 32 bytes longer than it.

        `context` says where the value belongs ("revision/<id>/text"): it is bound to the ciphertext, so that nobody
        can put it in another field or row. Sealing the same bytes twice gives two different results.
        """
        return encrypt(self.raw, _SEALED, plain, self._bound(context))

    def open(self, sealed: bytes, *, context: str) -> bytes:
        """Decrypt what `seal` made for this `context`. Raises `SealBroken` for anything else."""
        for key in (self.raw, *self.beside):
            with suppress(InvalidTag):
                return decrypt(key, _SEALED, sealed, self._bound(context))
        raise SealBroken(context)

    def seal_text(self, text: str, *, context: str) -> bytes:
        """Encrypt a clean text (see `interviews.text.clean`). Raises ValueError when it holds a lone surrogate."""
        return self.seal(text.encode(), context=context)

    def open_text(self, sealed: bytes, *, context: str) -> str:
        """Decrypt what `seal_text` made. Raises `SealBroken`."""
        return self.open(sealed, context=context).decode()

    def derive(self, purpose: str) -> bytes:
        """Return a 32-byte key for one purpose under this interview, such as one recording's audio stream."""
        return derived(self.raw, purpose)

    def _bound(self, context: str) -> bytes:
        if not context:
            raise ValueError("a sealed value has a context")
        return self.interview.bytes + context.encode()
