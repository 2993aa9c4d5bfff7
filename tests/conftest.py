"""What every test may use: an empty database, an application, a browser, the cast; and no network."""

from __future__ import annotations

import os
import shutil
import socket
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher
from flask import Flask
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from jinja2 import FileSystemBytecodeCache
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

import coding.models  # noqa: F401  # declares its tables
from interviews import passphrases
from interviews.access import Actor, actor_for
from interviews.db import Base, make_engine, transaction, writing
from interviews.keys import InstallationKey, KeyStore
from interviews.models import Person
from tests.pages import PageClient, browser, watch
from webapp import assets, create_app
from webapp.settings import Settings

if TYPE_CHECKING:
    from tests.factories import Cast

os.environ["DICHTERBIJ_TESTING"] = "1"
POSTGRES = os.environ.get("DICHTERBIJ_TEST_POSTGRES", "postgresql+psycopg://postgres@127.0.0.1:5432/test")
IN_CI = bool(os.environ.get("DICHTERBIJ_CI"))
LOOPBACK = ("127.0.0.1", "::1", "localhost")

# The same examples every time: a test that fails today failed yesterday too. No deadline: the machine may be busy.
_SLOW = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
hypothesis_settings.register_profile("local", derandomize=True, deadline=None, suppress_health_check=_SLOW)
hypothesis_settings.register_profile(
    "ci", derandomize=True, deadline=None, max_examples=500, suppress_health_check=_SLOW, print_blob=True
)
hypothesis_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "local"))


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing leaves this machine: a test that tries fails."""
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex

    def refuse(address: Any) -> None:
        if isinstance(address, tuple) and address[0] not in LOOPBACK:
            raise AssertionError(f"a test wanted to reach {address[0]}")

    def guarded(own: socket.socket, address: Any) -> None:
        refuse(address)
        connect(own, address)

    def guarded_ex(own: socket.socket, address: Any) -> int:
        refuse(address)
        return connect_ex(own, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)
    monkeypatch.setattr(socket.socket, "connect_ex", guarded_ex)


@pytest.fixture(scope="session", autouse=True)
def cheap_passphrases() -> Iterator[None]:
    """Hash passphrases with the real code at a price that tests can pay."""
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passphrases, "_hasher", cheap)
        passphrases.nobody.cache_clear()
        yield


@pytest.fixture(scope="session", autouse=True)
def compiled_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Nearly every test makes an application of its own; templates and addresses are the same each time.

    Compiled once for all of them; gives the folder with the templates. An address compiles to a function of its pattern
    alone.
    """
    compiled: dict[object, Any] = {}
    compile_builder = Rule._compile_builder  # werkzeug has no public way to keep them

    def once(rule: Rule, append_unknown: bool = True) -> Any:
        key = (rule.rule, str(rule._trace), str(rule.defaults), append_unknown)
        if key not in compiled:
            compiled[key] = compile_builder(rule, append_unknown)
        return compiled[key]

    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("templates")
        patch.setattr(
            Flask, "jinja_options", {**Flask.jinja_options, "bytecode_cache": FileSystemBytecodeCache(str(folder))}
        )
        patch.setattr(Rule, "_compile_builder", once)
        yield folder


@pytest.fixture(scope="session")
def installation_key() -> InstallationKey:
    """The key of the installation under test."""
    return InstallationKey.generate()


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory, installation_key: InstallationKey) -> Path:
    """A file with every table and no row, made once and copied for each test."""
    path = tmp_path_factory.mktemp("database") / "empty.db"
    made = make_engine(f"sqlite+pysqlcipher:///{path}", key=installation_key.database_key())
    Base.metadata.create_all(made)
    with made.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("BEGIN")
    made.dispose()
    return path


@pytest.fixture
def settings(tmp_path: Path, installation_key: InstallationKey) -> Settings:
    """An installation in a folder of its own, its key outside the data."""
    data, key_file = tmp_path / "data", tmp_path / "keys" / "installation.key"
    data.mkdir()
    installation_key.save(key_file)
    return Settings.from_environment(data, environment={}, key_file=key_file)


@pytest.fixture
def engine(settings: Settings, empty_database: Path, installation_key: InstallationKey) -> Iterator[sa.Engine]:
    """The embedded database, with every table and no row."""
    shutil.copy(empty_database, settings.data / "dichterbij.db")
    opened = make_engine(settings.database_url, key=installation_key.database_key())
    yield opened
    opened.dispose()


@pytest.fixture(scope="session")
def postgres_schema() -> Iterator[str]:
    """The address of a PostgreSQL schema for this run only, with every table. Without PostgreSQL its tests skip."""
    schema = f"test_{uuid.uuid4().hex[:12]}"
    server = make_engine(POSTGRES)
    try:
        with server.begin() as connection:
            connection.exec_driver_sql(f"CREATE SCHEMA {schema}")
    except sa.exc.OperationalError:
        server.dispose()
        if IN_CI:
            raise
        pytest.skip("no PostgreSQL at " + sa.make_url(POSTGRES).render_as_string(hide_password=True))
    address = sa.make_url(POSTGRES).update_query_dict({"options": f"-csearch_path={schema}"})
    own = address.render_as_string(hide_password=False)
    made = make_engine(own)
    Base.metadata.create_all(made)
    made.dispose()
    try:
        yield own
    finally:
        with server.begin() as connection:
            connection.exec_driver_sql(f"DROP SCHEMA {schema} CASCADE")
        server.dispose()


@pytest.fixture(params=["sqlcipher", pytest.param("postgres", marks=pytest.mark.postgres)])
def any_engine(request: pytest.FixtureRequest) -> Iterator[sa.Engine]:
    """Each kind of database in turn, with every table and no row."""
    if request.param == "sqlcipher":
        yield request.getfixturevalue("engine")
        return
    opened = make_engine(request.getfixturevalue("postgres_schema"))
    yield opened
    with opened.begin() as connection:
        tables = ", ".join(f'"{table.name}"' for table in Base.metadata.sorted_tables)
        connection.exec_driver_sql(f"TRUNCATE {tables} CASCADE")
    opened.dispose()


@pytest.fixture
def db(engine: sa.Engine) -> Iterator[Session]:
    """A session that may write. Pages see what was committed: arrange within `transaction(db)`."""
    with writing(engine)() as session:
        yield watch(session)


@pytest.fixture
def keys(settings: Settings, installation_key: InstallationKey) -> KeyStore:
    """The key store of the installation."""
    return KeyStore(settings.data / "keys", installation_key)


@pytest.fixture
def app(settings: Settings, engine: sa.Engine, keys: KeyStore, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """The application as it is served, except that it fails loudly."""
    if not (assets.BUILD / "manifest.json").exists():
        # Pages can be tested where the browser's part is not built.
        names = ("src/app.css", "src/app.ts", "src/desk.css", "src/desk.ts", "src/icons.svg")
        monkeypatch.setattr(assets.Assets, "read", lambda: assets.Assets({name: name for name in names}))
    return serve(create_app(settings, engine=engine, keys=keys))


def serve(made: Flask) -> Flask:
    """Make an application ready for a test."""
    made.testing = True
    made.config["RATELIMIT_ENABLED"] = False
    made.test_client_class = PageClient
    return made


@pytest.fixture
def client(app: Flask) -> PageClient:
    """A browser without cookies."""
    return browser(app)


@pytest.fixture
def cast(db: Session) -> Cast:
    """Alice, Bob, Carla, Dirk and Esra in one project, Zoë in another; committed."""
    # Imported here: a part of the field that is broken must not keep the tests of every other part from running.
    from tests import factories

    with transaction(db):
        return factories.cast(db)


@pytest.fixture
def acting(db: Session) -> Callable[[Person], Actor]:
    """Return what somebody may act as."""
    return lambda person: actor_for(db, person.id)
