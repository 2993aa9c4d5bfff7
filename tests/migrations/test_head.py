"""The revisions together make exactly the tables that the models declare, on each engine."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

import coding.models  # noqa: F401  # imported for the tables it declares
import interviews.models  # noqa: F401
from interviews.db import Base
from webapp import migrating

Describe = Callable[[sa.Engine], dict[str, Any]]
Contents = Callable[..., dict[str, list[tuple[object, ...]]]]


def test_head_is_what_the_models_declare(engine: sa.Engine) -> None:
    migrating.upgrade(engine)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        assert compare_metadata(context, Base.metadata) == []


def test_head_has_the_names_and_checks_of_the_models_too(engine: sa.Engine, schema: Describe) -> None:
    # Alembic compares neither CHECK constraints (so no list of words) nor the names of primary keys.
    migrating.upgrade(engine)
    by_revisions = schema(engine)
    migrating.downgrade(engine, to="base")
    Base.metadata.create_all(engine)
    assert by_revisions == schema(engine)


def test_every_constraint_is_named_after_its_table(engine: sa.Engine, schema: Describe) -> None:
    migrating.upgrade(engine)
    for table, told in schema(engine).items():
        names = {
            "pk": [told["primary key"]["name"]],
            "fk": [key["name"] for key in told["foreign keys"]],
            "uq": [name for name, _ in told["unique"]],
            "ck": [name for name, _ in told["checks"]],
        }
        for kind, found in names.items():
            assert all(name and name.startswith(f"{kind}__{table}") for name in found), (table, found)
        ours = [name for name, _, unique in told["indexes"] if not unique]
        assert all(name.startswith(f"ix__{table}__") for name in ours), (table, ours)


def test_there_is_one_line_of_revisions() -> None:
    script = ScriptDirectory.from_config(migrating.configuration())
    assert script.get_bases() == ["f1e1d0000001"]
    assert len(script.get_heads()) == 1


def test_revisions_import_nothing_of_the_program() -> None:
    for file in (migrating.folder() / "versions").glob("*.py"):
        text = file.read_text(encoding="utf-8")
        for package in ("interviews", "coding", "webapp"):
            assert not re.search(rf"^\s*(import|from) {package}\b", text, re.MULTILINE), file.name


def test_every_revision_has_a_test_of_its_own() -> None:
    here = {file.name for file in Path(__file__).parent.glob("test_*.py")}
    for revision in ScriptDirectory.from_config(migrating.configuration()).walk_revisions():
        assert any(name.startswith(f"test_{revision.revision}_") for name in here), revision.revision


def revisions() -> list[str]:
    script = ScriptDirectory.from_config(migrating.configuration())
    return [revision.revision for revision in reversed(list(script.walk_revisions()))]


@pytest.mark.parametrize("revision", revisions())
def test_up_and_down_leaves_the_schema_as_it_was(engine: sa.Engine, schema: Describe, revision: str) -> None:
    before = revisions()[: revisions().index(revision)]
    if before:
        migrating.upgrade(engine, to=before[-1])
    found = schema(engine)
    migrating.upgrade(engine, to=revision)
    assert schema(engine) != found
    migrating.downgrade(engine, to="-1")
    assert schema(engine) == found


@pytest.mark.parametrize("revision", revisions())
def test_each_revision_goes_on_to_head_and_back_with_every_table_filled(
    engine: sa.Engine, fill: Callable[[sa.Engine], None], contents: Contents, revision: str
) -> None:
    migrating.upgrade(engine, to=revision)
    fill(engine)
    before = contents(engine)
    assert all(before.values())
    migrating.upgrade(engine)
    assert contents(engine, as_in=before) == before
    migrating.downgrade(engine, to=revision)
    assert contents(engine) == before


def test_a_new_database_is_not_current_and_an_upgraded_one_is(engine: sa.Engine) -> None:
    assert migrating.current(engine) is None
    assert not migrating.is_current(engine)
    migrating.upgrade(engine)
    assert migrating.current(engine) == migrating.head()
    assert migrating.is_current(engine)


def test_upgrading_twice_changes_nothing(
    engine: sa.Engine, fill: Callable[[sa.Engine], None], contents: Contents
) -> None:
    migrating.upgrade(engine)
    fill(engine)
    before = contents(engine)
    migrating.upgrade(engine)
    assert contents(engine) == before


UPGRADE = """
import sys
from interviews.db import make_engine
from webapp import migrating
url, key = sys.stdin.read().split()
migrating.upgrade(make_engine(url, key=bytes.fromhex(key)))
"""


def test_two_processes_that_upgrade_at_once_do_it_once(engine: sa.Engine, address: tuple[str, bytes | None]) -> None:
    url, key = address
    told = f"{url} {(key or bytes(32)).hex()}"
    both = [
        subprocess.Popen([sys.executable, "-c", UPGRADE], stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    for process in both:
        assert process.stdin is not None
        process.stdin.write(told)
        process.stdin.close()
        process.stdin = None
    assert [process.communicate()[1] for process in both] == ["", ""]
    assert [process.returncode for process in both] == [0, 0]
    assert migrating.is_current(engine)


def test_two_threads_that_upgrade_at_once_do_it_once(engine: sa.Engine) -> None:
    with ThreadPoolExecutor(2) as pool:
        for upgraded in [pool.submit(migrating.upgrade, engine) for _ in range(2)]:
            upgraded.result()
    assert migrating.is_current(engine)


def test_an_upgrade_that_fails_halfway_leaves_nothing_behind(engine: sa.Engine, schema: Describe) -> None:
    first, *_, last = revisions()
    migrating.upgrade(engine, to=first)
    before = schema(engine)
    table = added(engine, last, before, schema)
    with engine.begin() as connection:
        # Somebody made one of the coming tables by hand: the revision stumbles over it.
        connection.exec_driver_sql(f'CREATE TABLE "{table}" (id INTEGER)')
    with pytest.raises(sa.exc.DBAPIError):
        migrating.upgrade(engine)
    assert migrating.current(engine) == first
    with engine.begin() as connection:
        connection.exec_driver_sql(f'DROP TABLE "{table}"')
    assert schema(engine) == before


def added(engine: sa.Engine, revision: str, before: dict[str, Any], schema: Describe) -> str:
    """The last table, by the order in which they are made, that upgrading to `revision` adds."""
    migrating.upgrade(engine, to=revision)
    new = set(schema(engine)) - set(before)
    migrating.downgrade(engine, to=revisions()[0])
    return next(table.name for table in reversed(Base.metadata.sorted_tables) if table.name in new)


def test_foreign_keys_are_guarded_again_after_an_upgrade(engine: sa.Engine) -> None:
    migrating.upgrade(engine)
    with engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1
        with pytest.raises(sa.exc.IntegrityError):
            connection.execute(
                sa.text(
                    "INSERT INTO municipality (id, project_id, name, export_name, context_note)"
                    " VALUES ('0123456789abcdef0123456789abcdef', 'fedcba9876543210fedcba9876543210', 'A', 'A', '')"
                )
            )
