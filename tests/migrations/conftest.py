"""An empty database on each engine, and rows put in without the models: a revision's test must outlive them."""

from __future__ import annotations

import itertools
import os
import re
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa

from interviews.db import make_engine

POSTGRES = os.environ.get("DICHTERBIJ_TEST_POSTGRES", "postgresql+psycopg://postgres@127.0.0.1:5432/test")

# Where any value would not do.
FITTING: dict[str, dict[str, object]] = {
    "revision": {"layer": "research", "text": "Het was een lang gesprek."},
    "task": {"done": 0, "total": 0},
    "hours": {"minutes": 45},
    "project": {"min_group_size": 3, "audio_days": 30, "contact_days": 90, "text_years": 10},
}
EVERYWHERE: dict[str, object] = {"start": 0, "end": 5}
"""A span holds at least one character."""

SUBJECT = {"memo": ("transcript_id", "transcript"), "removal_request": ("words_sealed", None)}
"""A row that is about something though each of its columns may be empty: the column, and the table it points at, if
any."""

Insert = Callable[..., dict[str, Any]]
Contents = dict[str, list[tuple[tuple[str, Any], ...]]]


@pytest.fixture(params=["sqlcipher", pytest.param("postgres", marks=pytest.mark.postgres)])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, bytes | None]]:
    """Where an empty database of each kind is, and its key; PostgreSQL in a schema of its own."""
    if request.param == "sqlcipher":
        yield f"sqlite+pysqlcipher:///{tmp_path / 'dichterbij.db'}", secrets.token_bytes(32)
        return
    schema = f"migrations_{secrets.token_hex(6)}"
    server = make_engine(POSTGRES)
    try:
        with server.begin() as connection:
            connection.exec_driver_sql(f"CREATE SCHEMA {schema}")
    except sa.exc.OperationalError:
        if os.environ.get("DICHTERBIJ_CI"):
            raise
        pytest.skip("no PostgreSQL at " + sa.make_url(POSTGRES).render_as_string(hide_password=True))
    own = sa.make_url(POSTGRES).update_query_dict({"options": f"-csearch_path={schema}"})
    try:
        yield own.render_as_string(hide_password=False), None
    finally:
        with server.begin() as connection:
            connection.exec_driver_sql(f"DROP SCHEMA {schema} CASCADE")
        server.dispose()


@pytest.fixture
def engine(address: tuple[str, bytes | None]) -> Iterator[sa.Engine]:
    """An engine on an empty database of each kind."""
    url, key = address
    database = make_engine(url, key=key)
    yield database
    database.dispose()


def literal(value: object, dialect: str) -> str:
    """Write a value as SQL: an untyped literal becomes whatever the column is, on both engines."""
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, bytes):
        return f"'\\x{value.hex()}'" if dialect == "postgresql" else f"x'{value.hex()}'"
    if isinstance(value, int | float):
        return repr(value)
    return "'" + str(value).replace("'", "''") + "'"


def first_word(checks: list[Any], column: str) -> str | None:
    """The first of the words that a CHECK allows in `column`, None when no CHECK lists words."""
    for check in checks:
        listed = re.match(rf"\(*\(?{column}\)?(::text)? (IN|= ANY)\W+(ARRAY\W+)?'(\w+)'", check["sqltext"])
        listed = listed or re.match(rf"\(*{column}\W.*?(IN|ANY)[^']*'(\w+)'", check["sqltext"])
        if listed:
            return listed[listed.lastindex or 1]
    return None


@pytest.fixture
def insert() -> Insert:
    """Insert one row and return it; columns not named get a value that fits, rows it needs are made first."""
    numbers = itertools.count(1)

    def a_row(connection: sa.Connection, table: str, **given: object) -> dict[str, Any]:
        inspector = sa.inspect(connection)
        parents = {key["constrained_columns"][0]: key["referred_table"] for key in inspector.get_foreign_keys(table)}
        checks = inspector.get_check_constraints(table)
        row: dict[str, Any] = {}
        for column in inspector.get_columns(table):
            name, kind = column["name"], column["type"]
            if name in given:
                row[name] = given[name]
            elif name in FITTING.get(table, {}) or (name in EVERYWHERE and isinstance(kind, sa.Integer)):
                row[name] = FITTING.get(table, EVERYWHERE).get(name, EVERYWHERE.get(name))
            elif column["nullable"]:
                row[name] = None
            elif name in parents:
                row[name] = a_row(connection, parents[name])["id"]
            elif name == "id":
                row[name] = uuid4().hex
            elif word := first_word(checks, name):
                row[name] = word
            else:
                row[name] = fitting(kind, next(numbers))
        names = ", ".join(f'"{name}"' for name in row)
        values = ", ".join(literal(value, connection.dialect.name) for value in row.values())
        connection.execute(sa.text(f'INSERT INTO "{table}" ({names}) VALUES ({values})'.replace(":", r"\:")))
        return row

    return a_row


def fitting(kind: sa.types.TypeEngine[Any], number: int) -> object:
    """A value for a column of this kind; text and numbers differ each time."""
    if isinstance(kind, sa.JSON):
        return "[]"
    if isinstance(kind, sa.Uuid) or (isinstance(kind, sa.CHAR) and kind.length == 32):
        return uuid4().hex
    if isinstance(kind, sa.Boolean):
        return False
    if isinstance(kind, sa.DateTime):
        return "2026-11-22 09:30:00.000000"
    if isinstance(kind, sa.Date):
        return "2026-11-22"
    if isinstance(kind, sa.LargeBinary):
        return number.to_bytes(32, "big")
    if isinstance(kind, sa.Integer | sa.Float | sa.Numeric):
        return number
    return f"Woorden {number}: één mens, ’t ging om €12 en 😀"


@pytest.fixture
def fill(insert: Insert) -> Callable[[sa.Engine], None]:
    """Put at least one row in every table there is."""

    def fill_every_table(engine: sa.Engine) -> None:
        with engine.begin() as connection:
            for table in sa.inspect(connection).get_table_names():
                if table in SUBJECT:
                    column, parent = SUBJECT[table]
                    subject = insert(connection, parent)["id"] if parent else b"sealed words"
                    insert(connection, table, **{column: subject})
                elif table != "alembic_version":
                    insert(connection, table)

    return fill_every_table


@pytest.fixture
def contents() -> Callable[..., Contents]:
    """Read every row of every table, in one order, each value with its column.

    With `as_in` (what was read before): only the tables and columns that were there then.
    """

    def rows(engine: sa.Engine, *, as_in: Contents | None = None) -> Contents:
        with engine.connect() as connection:
            inspector = sa.inspect(connection)
            tables = set(inspector.get_table_names()) - {"alembic_version"} if as_in is None else set(as_in)
            found: Contents = {}
            for table in tables:
                names = sorted(column["name"] for column in inspector.get_columns(table))
                if as_in is not None and as_in[table]:
                    names = [name for name, _ in as_in[table][0]]
                wanted = ", ".join(f'"{name}"' for name in names)
                read = connection.execute(sa.text(f'SELECT {wanted} FROM "{table}"'))
                found[table] = sorted((tuple(zip(names, row, strict=True)) for row in read), key=str)
            return found

    return rows


def triggers_of(engine: sa.Engine) -> dict[str, list[tuple[str, str]]]:
    """What the engine itself does at a change of a row, by table: name and text of each trigger."""
    asked = {
        "sqlite": "SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name",
        "postgresql": "SELECT c.relname, t.tgname, pg_get_triggerdef(t.oid) FROM pg_trigger t"
        " JOIN pg_class c ON c.oid = t.tgrelid WHERE NOT t.tgisinternal"
        " AND c.relnamespace = current_schema()::regnamespace ORDER BY t.tgname",
    }
    found: dict[str, list[tuple[str, str]]] = {}
    with engine.connect() as connection:
        for table, name, text in connection.exec_driver_sql(asked[engine.dialect.name]):
            found.setdefault(table, []).append((name, text))
    return found


@pytest.fixture
def schema() -> Callable[[sa.Engine], dict[str, Any]]:
    """Describe every table as the engine itself sees it: columns, keys, indexes, CHECKs and triggers, with their names."""

    def describe(engine: sa.Engine) -> dict[str, Any]:
        inspector = sa.inspect(engine)
        triggers = triggers_of(engine)
        return {
            table: {
                "triggers": triggers.get(table, []),
                "columns": {
                    column["name"]: (str(column["type"]), column["nullable"], column["default"])
                    for column in inspector.get_columns(table)
                },
                "primary key": inspector.get_pk_constraint(table),
                "foreign keys": sorted(inspector.get_foreign_keys(table), key=str),
                "unique": sorted((key["name"], key["column_names"]) for key in inspector.get_unique_constraints(table)),
                "checks": sorted((key["name"], key["sqltext"]) for key in inspector.get_check_constraints(table)),
                "indexes": sorted(
                    (index["name"], index["column_names"], bool(index["unique"]))
                    for index in inspector.get_indexes(table)
                ),
            }
            for table in inspector.get_table_names()
            if table != "alembic_version"
        }

    return describe
