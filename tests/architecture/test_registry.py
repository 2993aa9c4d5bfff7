"""Every column of every table says which class of data it holds, what for and how long (AVG art. 30)."""

from __future__ import annotations

import re

from sqlalchemy import LargeBinary

import coding.models  # declares its tables
import coding.registry  # noqa: F401  # declares what they hold
from interviews.db import Base
from interviews.keys import DataKey
from interviews.models import Contact, SecondFactor
from interviews.redactions.sealed import SEALINGS
from interviews.registry import HOLDINGS, DataClass, Held, Term, columns
from interviews.retention import RULES

OTHER_KEYS = {
    (Contact.__tablename__, "sealed"): "under the project's contact key",
    (SecondFactor.__tablename__, "sealed"): "under the installation's key",
}
"""Sealed columns that are not under an interview's own key, each with the key that it is under."""


def test_every_column_is_declared_and_nothing_that_is_not_there() -> None:
    found = list(columns(Base.metadata))
    # To mend this: a line for the table in `interviews.registry.HOLDINGS` (or `coding.registry`), and for a column of
    # another class an entry in its `columns`.
    assert [one for one in found if not isinstance(one, Held)] == []
    tables = {table.name: table for table in Base.metadata.sorted_tables}
    assert HOLDINGS.keys() - tables.keys() == set()
    for name, holding in HOLDINGS.items():
        assert holding.columns.keys() <= set(tables[name].columns.keys()), name


def test_ciphertext_and_hashes_are_of_a_class_that_is_kept_apart() -> None:
    for one in columns(Base.metadata):
        assert isinstance(one, Held)
        kind = Base.metadata.tables[one.table].columns[one.column].type
        if re.search(r"(^|_)sealed$", one.column):
            assert one.data_class in {DataClass.IDENTITY, DataClass.RAW, DataClass.SECRET}, one
        if re.search(r"(token|code|passphrase|subject|pin)_hash$", one.column):
            assert one.data_class is DataClass.SECRET, one
        if one.data_class in {DataClass.IDENTITY, DataClass.RAW} and one.table != "recording_piece":
            assert isinstance(kind, LargeBinary) or one.table in {"contact", "typing_draft", "typing_version"}, one


def test_every_term_that_is_named_is_carried_out() -> None:
    assert {rule.key for rule in RULES} == {term.value for term in Term if term.name.startswith("RULE_")}


def test_every_value_under_the_key_of_an_interview_gets_the_new_one() -> None:
    known = {(one.model.__tablename__, one.column) for one in SEALINGS}
    sealed = {
        (table.name, column.name)
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if re.search(r"(^|_)sealed$|^key_proof$", column.name)
    }
    # To mend this: a `Sealing` in `interviews.redactions.sealed`, with what the value is bound to. A value that is
    # forgotten there would be lost when its interview gets a new key.
    assert sealed - known - OTHER_KEYS.keys() == set()
    assert known <= sealed
    assert DataKey.__dataclass_fields__["beside"].repr is False
