"""The database, the key store and the sealed files as a request sees them: one session, opened when it is first asked for.

Views never commit. They open `interviews.db.transaction(session())` around one verb.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, current_app, g, request
from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from interviews.db import reading, writing
from interviews.keys import KeyStore
from interviews.sealedfiles import SealedFiles

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_EXTENSION = "dichterbij.store"


@dataclass(frozen=True, slots=True)
class Store:
    """Where an application keeps its rows, its keys and its sealed files."""

    engine: Engine
    keys: KeyStore
    files: SealedFiles
    read: sessionmaker[Session]
    write: sessionmaker[Session]


def init_app(app: Flask, engine: Engine, keys: KeyStore, files: SealedFiles) -> None:
    """Give `app` its engine, key store and sealed files, and close each request's session when the request is over."""
    app.extensions[_EXTENSION] = Store(engine, keys, files, reading(engine), writing(engine))
    app.teardown_appcontext(_close)


def store() -> Store:
    """Return the store of the present application."""
    found: Store = current_app.extensions[_EXTENSION]
    return found


def session() -> Session:
    """Return the session of this request: one that reads for GET, HEAD and OPTIONS, else one that may write.

    Raises RuntimeError outside a request: jobs and commands open their own.
    """
    if "db_session" not in g:
        makes = store().read if request.method in SAFE_METHODS else store().write
        g.db_session = makes()
    found: Session = g.db_session
    return found


def let_go() -> None:
    """End what this request's session is reading, and with it its lock, before slow work that asks no database.

    The session of a change holds the write lock of the embedded database from its first question on: who reads a file
    or checks a passphrase meanwhile would let everybody else wait. Rows are read anew when they are asked again.
    """
    opened: Session | None = g.get("db_session")
    if opened is not None:
        opened.rollback()


def keystore() -> KeyStore:
    """Return the key store of the present application."""
    return store().keys


def files() -> SealedFiles:
    """Return the folder of sealed files of the present application."""
    return store().files


def _close(error: BaseException | None) -> None:
    opened: Session | None = g.pop("db_session", None)
    if opened is not None:
        opened.close()
