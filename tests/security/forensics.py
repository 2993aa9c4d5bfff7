"""Reading what is on the disk as somebody would who has the key: every page of the database, freed ones too."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from sqlalchemy.orm import Session

from interviews.db import Base

PAGE = 4096
RESERVE, IV = 80, 16
"""Of a SQLCipher 4 page the last 80 bytes are 16 of IV and 64 of HMAC-SHA512."""
SALT = 16
WAL_HEAD, FRAME_HEAD = 32, 24


def _page(sealed: bytes, key: bytes, *, first: bool) -> bytes:
    start = SALT if first else 0
    iv = sealed[PAGE - RESERVE : PAGE - RESERVE + IV]
    opener = Cipher(algorithms.AES(key), modes.CBC(iv)).decryptor()
    return opener.update(sealed[start : PAGE - RESERVE]) + opener.finalize()


def plain_database(path: Path, key: bytes) -> bytes:
    """Every byte of a SQLCipher database with this raw key: rows, index, freed pages and the gaps within pages."""
    sealed = path.read_bytes()
    return b"".join(_page(sealed[at : at + PAGE], key, first=at == 0) for at in range(0, len(sealed) - PAGE + 1, PAGE))


def plain_log(path: Path, key: bytes) -> bytes:
    """Every page in the log (WAL) beside it, older versions too."""
    wal = path.with_name(path.name + "-wal")
    sealed = wal.read_bytes() if wal.exists() else b""
    step = FRAME_HEAD + PAGE
    pages = []
    for at in range(WAL_HEAD, len(sealed) - step + 1, step):
        number = int.from_bytes(sealed[at : at + 4], "big")
        pages.append(_page(sealed[at + FRAME_HEAD : at + step], key, first=number == 1))
    return b"".join(pages)


def rows_with(session: Session, words: tuple[str, ...]) -> list[str]:
    """The columns of every table in which one of the words stands, in plain or in bytes."""
    found = []
    for table in Base.metadata.sorted_tables:
        for row in session.execute(sa.select(table)).mappings():
            for name, value in row.items():
                said = value.decode("utf-8", "ignore") if isinstance(value, bytes) else str(value)
                found += [f"{table.name}.{name}" for word in words if word.casefold() in said.casefold()]
    return found
