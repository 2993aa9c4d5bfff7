"""The ledger of erasures: only ever added to, tampering found, and no word in it."""

from __future__ import annotations

import json
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from interviews.ledger import FILE, Ledger, LedgerDamaged

AT = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """A ledger with three lines."""
    made = Ledger(tmp_path / "data")
    for number in range(3):
        made.note("withdrawal", {"interview": str(uuid.UUID(int=number))}, AT + timedelta(days=number))
    return made


def lines(ledger: Ledger) -> list[str]:
    return ledger.path.read_text().splitlines()


def write(ledger: Ledger, changed: list[str]) -> None:
    ledger.path.write_text("".join(line + "\n" for line in changed))


def test_what_was_noted_is_read_back_in_order(ledger: Ledger) -> None:
    found = ledger.entries()
    assert [entry.ids["interview"] for entry in found] == [str(uuid.UUID(int=number)) for number in range(3)]
    assert [entry.at for entry in found] == [AT + timedelta(days=number) for number in range(3)]
    assert Ledger(ledger.folder / "elsewhere").entries() == []


@pytest.mark.parametrize(
    "change",
    [
        lambda row: [row[0].replace("withdrawal", "redaction"), *row[1:]],
        lambda row: [row[0], row[1].replace("00000000001", "00000000009"), row[2]],
        lambda row: [row[0], row[2]],
        lambda row: [row[1], row[0], row[2]],
        lambda row: [row[0], row[1], row[1], row[2]],
        lambda row: [row[0], row[1][:-20], row[2]],
        lambda row: [*row[:2], row[2].replace("2026", "2027")],
        lambda row: row[1:],
        lambda row: ["", *row],
    ],
    ids=["edited", "other id", "left out", "moved", "doubled", "cut short", "last one edited", "first gone", "empty"],
)
def test_tampering_is_found(ledger: Ledger, change: object) -> None:
    write(ledger, change(lines(ledger)))  # type: ignore[operator]
    with pytest.raises(LedgerDamaged):
        ledger.entries()
    with pytest.raises(LedgerDamaged):
        ledger.note("withdrawal", {}, AT)


def test_half_a_line_of_a_crash_is_not_there_and_the_next_one_takes_its_place(ledger: Ledger) -> None:
    whole = ledger.path.read_bytes()
    ledger.path.write_bytes(whole + b'{"at": "2026-1')
    assert len(ledger.entries()) == 3
    ledger.note("redaction", {"request": str(uuid.UUID(int=9))}, AT)
    assert [entry.kind for entry in ledger.entries()] == ["withdrawal"] * 3 + ["redaction"]
    assert ledger.path.read_bytes().startswith(whole)


@pytest.mark.parametrize("word", ["Fatima", "de brief", "D-07", "", "zus"])
def test_no_word_gets_in(ledger: Ledger, word: str) -> None:
    with pytest.raises(ValueError, match="ids"):
        ledger.note("withdrawal", {"interview": word}, AT)
    with pytest.raises(ValueError, match="lower case"):
        ledger.note("with drawal", {}, AT)
    with pytest.raises(ValueError, match="lower case"):
        ledger.note("withdrawal", {"Naam van": "12"}, AT)
    assert len(ledger.entries()) == 3


def test_ids_ranges_digests_and_uses_get_in(ledger: Ledger) -> None:
    ids = {"person": str(uuid.uuid4()), "span": "12-40,60-75", "digest": "ab" * 32, "scope": "quote_pseudonym"}
    ledger.note("redaction", ids, AT)
    assert dict(ledger.entries()[-1].ids) == ids
    with pytest.raises(ValueError, match="time zone"):
        ledger.note("redaction", ids, datetime(2026, 1, 1))  # noqa: DTZ001  # that is what is refused


def test_the_head_tells_one_ledger_from_a_longer_one(ledger: Ledger) -> None:
    head = ledger.head()
    assert json.loads(lines(ledger)[-1])["hash"] == head
    ledger.note("withdrawal", {}, AT)
    assert ledger.head() != head


def test_only_its_owner_reads_it(ledger: Ledger) -> None:
    assert (ledger.folder / FILE).stat().st_mode & 0o077 == 0
