"""Revision f1e1d0000001: the tables of the field."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from webapp import migrating

REVISION = "f1e1d0000001"
Insert = Callable[..., dict[str, Any]]


@pytest.fixture
def field(engine: sa.Engine) -> sa.Engine:
    with engine.begin() as connection:
        # A table of somebody else in the same database: neither way may touch it.
        connection.exec_driver_sql("CREATE TABLE of_somebody_else (words TEXT)")
        connection.exec_driver_sql("INSERT INTO of_somebody_else VALUES ('blijft')")
    migrating.upgrade(engine, to=REVISION)
    return engine


def test_what_was_there_before_stays_both_ways(field: sa.Engine) -> None:
    migrating.downgrade(field, to="base")
    with field.connect() as connection:
        assert set(sa.inspect(connection).get_table_names()) == {"alembic_version", "of_somebody_else"}
        assert connection.exec_driver_sql("SELECT words FROM of_somebody_else").scalar_one() == "blijft"


def test_the_database_itself_refuses_a_raw_text_in_plain_words(field: sa.Engine, insert: Insert) -> None:
    with field.connect() as connection:
        transcript = insert(connection, "transcript")["id"]
        with pytest.raises(sa.exc.IntegrityError, match="ck__revision__raw_is_ciphertext"):
            insert(connection, "revision", transcript_id=transcript, layer="raw", number=1, text="Ik heet anders.")


def test_the_database_refuses_a_raw_text_that_is_sealed_and_plain_at_once(field: sa.Engine, insert: Insert) -> None:
    with field.connect() as connection:
        transcript = insert(connection, "transcript")["id"]
        with pytest.raises(sa.exc.IntegrityError, match="ck__revision__raw_is_ciphertext"):
            insert(connection, "revision", transcript_id=transcript, layer="raw", text="Ik heet anders.", sealed=b"x")


def test_a_sealed_raw_text_and_a_plain_research_text_are_taken(field: sa.Engine, insert: Insert) -> None:
    with field.begin() as connection:
        transcript = insert(connection, "transcript")["id"]
        raw = insert(connection, "revision", transcript_id=transcript, layer="raw", text=None, sealed=b"\x00\xff")
        insert(connection, "revision", transcript_id=transcript, layer="research", derived_from_id=raw["id"])
        found = connection.execute(sa.text("SELECT layer, text, sealed FROM revision ORDER BY layer"))
        assert [tuple(row) for row in found] == [
            ("raw", None, b"\x00\xff"),
            ("research", "Het was een lang gesprek.", None),
        ]


def test_a_group_smaller_than_three_cannot_be_set(field: sa.Engine, insert: Insert) -> None:
    with field.connect() as connection, pytest.raises(sa.exc.IntegrityError, match="ck__project__min_group_size"):
        insert(connection, "project", min_group_size=2)


def test_a_word_that_is_not_on_the_list_is_refused(field: sa.Engine, insert: Insert) -> None:
    with field.connect() as connection, pytest.raises(sa.exc.IntegrityError, match="ck__consent_choice__scope"):
        insert(connection, "consent_choice", scope="everything")


def test_a_turn_without_words_is_refused(field: sa.Engine, insert: Insert) -> None:
    with field.connect() as connection, pytest.raises(sa.exc.IntegrityError, match="ck__turn__span"):
        insert(connection, "turn", start=5, end=5)


def test_two_people_cannot_have_one_login_word(field: sa.Engine, insert: Insert) -> None:
    with field.connect() as connection:
        insert(connection, "person", login_word="merel")
        with pytest.raises(sa.exc.IntegrityError):
            insert(connection, "person", login_word="merel")


def test_erasing_a_project_erases_what_was_told_in_it(
    field: sa.Engine, insert: Insert, contents: Callable[[sa.Engine], dict[str, list[tuple[object, ...]]]]
) -> None:
    with field.begin() as connection:
        interview = insert(connection, "interview")
        transcript = insert(connection, "transcript", interview_id=interview["id"])
        revision = insert(connection, "revision", transcript_id=transcript["id"])
        insert(connection, "turn", revision_id=revision["id"])
        entity = insert(connection, "name_entity", transcript_id=transcript["id"])
        insert(connection, "name_mention", entity_id=entity["id"], revision_id=revision["id"])
    with field.begin() as connection:
        connection.exec_driver_sql("DELETE FROM project")
    left = contents(field)
    told = ("interview", "transcript", "revision", "turn", "name_entity", "name_mention")
    assert [left[table] for table in told] == [[]] * len(told)


def test_an_account_that_goes_leaves_the_story(field: sa.Engine, insert: Insert) -> None:
    with field.begin() as connection:
        person = insert(connection, "person")
        insert(connection, "interview", interviewer_id=person["id"])
        connection.exec_driver_sql("DELETE FROM person")
        assert connection.exec_driver_sql("SELECT interviewer_id FROM interview").scalars().all() == [None]
