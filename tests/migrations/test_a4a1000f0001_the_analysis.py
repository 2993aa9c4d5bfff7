"""Revision a4a1000f0001: the tables of the analysis, beside a field that is already in use."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from webapp import migrating

BEFORE, REVISION = "f1e1d0000001", "a4a1000f0001"
Insert = Callable[..., dict[str, Any]]
Contents = Callable[[sa.Engine], dict[str, list[tuple[object, ...]]]]


@pytest.fixture
def in_use(engine: sa.Engine, fill: Callable[[sa.Engine], None]) -> sa.Engine:
    migrating.upgrade(engine, to=BEFORE)
    fill(engine)
    return engine


def test_every_word_of_the_field_is_the_same_after_it_and_after_going_back(
    in_use: sa.Engine, insert: Insert, contents: Contents
) -> None:
    before = contents(in_use)
    migrating.upgrade(in_use, to=REVISION)
    after = contents(in_use)
    assert {table: after[table] for table in before} == before
    with in_use.begin() as connection:
        revision = connection.exec_driver_sql("SELECT id, transcript_id FROM revision").first()
        assert revision is not None
        theme = insert(connection, "theme", codebook_id=a_codebook(connection, insert))
        place = {"revision_id": as_hex(revision.id), "transcript_id": as_hex(revision.transcript_id)}
        insert(connection, "segment", theme_id=theme["id"], **place)
        insert(connection, "suggestion", theme_id=theme["id"], **place)
    migrating.downgrade(in_use, to=BEFORE)
    assert contents(in_use) == before


def as_hex(value: object) -> str:
    return str(value).replace("-", "")


def a_codebook(connection: sa.Connection, insert: Insert) -> object:
    project = connection.exec_driver_sql("SELECT id FROM project").scalars().first()
    return insert(connection, "codebook", project_id=as_hex(project))["id"]


def test_erasing_a_transcript_takes_its_codings_along(in_use: sa.Engine, insert: Insert, contents: Contents) -> None:
    migrating.upgrade(in_use, to=REVISION)
    with in_use.begin() as connection:
        segment = insert(connection, "segment")
        suggestion = insert(
            connection, "suggestion", transcript_id=segment["transcript_id"], revision_id=segment["revision_id"]
        )
        insert(connection, "suggestion_answer", suggestion_id=suggestion["id"], segment_id=segment["id"])
        insert(connection, "memo", segment_id=segment["id"])
        connection.exec_driver_sql("DELETE FROM transcript")
    left = contents(in_use)
    assert [left[table] for table in ("segment", "suggestion", "suggestion_answer", "memo")] == [[]] * 4


def test_a_coding_survives_the_account_of_its_coder(in_use: sa.Engine, insert: Insert) -> None:
    migrating.upgrade(in_use, to=REVISION)
    with in_use.begin() as connection:
        coder = insert(connection, "person")
        insert(connection, "segment", coder_id=coder["id"])
        connection.exec_driver_sql("DELETE FROM person")
        assert connection.exec_driver_sql("SELECT coder_id FROM segment").scalars().all() == [None]


def test_a_memo_is_about_one_thing(in_use: sa.Engine, insert: Insert) -> None:
    migrating.upgrade(in_use, to=REVISION)
    with in_use.connect() as connection:
        segment = insert(connection, "segment")
        with pytest.raises(sa.exc.IntegrityError, match="ck__memo__one_subject"):
            insert(connection, "memo", segment_id=segment["id"], theme_id=segment["theme_id"])


def test_a_passage_holds_at_least_one_character(in_use: sa.Engine, insert: Insert) -> None:
    migrating.upgrade(in_use, to=REVISION)
    with in_use.connect() as connection, pytest.raises(sa.exc.IntegrityError, match="ck__segment__span"):
        insert(connection, "segment", start=7, end=7)


def test_nobody_answers_one_suggestion_twice(in_use: sa.Engine, insert: Insert) -> None:
    migrating.upgrade(in_use, to=REVISION)
    with in_use.connect() as connection:
        answer = insert(connection, "suggestion_answer", answer="no")
        with pytest.raises(sa.exc.IntegrityError):
            insert(
                connection,
                "suggestion_answer",
                answer="yes",
                suggestion_id=answer["suggestion_id"],
                person_id=answer["person_id"],
            )
