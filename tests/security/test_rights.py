"""Everything that leads to a person is known to the bundle and to the withdrawal (check B23); no table is forgotten."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

import coding.bundling  # noqa: F401  # adds the analysis to the bundle
from coding.formats import bundle as writing
from interviews import belongings, bundles, withdrawal
from interviews.access import actor_for
from interviews.db import Base, transaction
from interviews.keys import KeyStore
from interviews.ledger import Ledger
from interviews.models import AuditEntry, Interview
from interviews.models.withdrawal import Asked
from interviews.redactions.sealed import SEALINGS
from interviews.sealedfiles import SealedFiles
from tests import factories
from tests.factories import Cast
from tests.security.stopping import QUOTE, WORDS, Told, tell
from webapp.settings import Settings

LOOSE = {
    "audit_entry": "the log: ids only, and it outlives what it is about",
    "withdrawal": "the register of who stopped: it outlives the interview on purpose",
    "task": "forgotten with the interview, by the ids of its rows",
    "redaction_decision": "hangs on the redaction, which hangs on the interview",
}
"""Tables with a column of ids that is no foreign key, each with what becomes of it."""


@pytest.fixture
def files(settings: Settings) -> SealedFiles:
    return SealedFiles(settings.data / "files")


@pytest.fixture
def told(db: Session, cast: Cast, keys: KeyStore, files: SealedFiles) -> Told:
    with transaction(db):
        return tell(db, cast, keys, files)


def test_every_table_that_leads_to_an_interview_has_a_title_in_the_bundle() -> None:
    named = {table.name for table in belongings.tables()}
    assert named - set(bundles.TITLES) == set(), "give these tables a title in interviews.bundles or coding.bundling"
    assert set(bundles.TITLES) - named - {"hand_out"} == set()
    assert {klass for _title, klass in bundles.TITLES.values()} <= set("KRPEA")


def test_every_table_that_leads_to_an_interview_goes_with_it() -> None:
    going = {"interview", "interviewee"}
    for table in belongings.tables():
        ways = [key for key in table.foreign_keys if key.column.table.name in going and key.ondelete == "CASCADE"]
        if table.name in going or ways:
            going.add(table.name)
    assert {table.name for table in belongings.tables()} - going == set(), "nothing erases these rows"
    referring = {
        table.name
        for table in Base.metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table.name in {one.name for one in belongings.tables()}
    }
    assert referring - {table.name for table in belongings.tables()} == set(belongings.STAYS)


def test_every_sealed_or_secret_column_is_opened_or_left_out_with_a_reason() -> None:
    opened = {(one.model.__table__.name, one.column) for one in SEALINGS} | {("contact", "sealed")}
    unknown = {
        (table.name, column.name)
        for table in belongings.tables()
        for column in table.columns
        if isinstance(column.type, sa.LargeBinary) and (table.name, column.name) not in bundles.LEFT_OUT
    }
    assert unknown - opened == set()


def test_every_id_without_a_foreign_key_is_known() -> None:
    loose = {
        column.table.name for column in belongings.id_columns() if not column.foreign_keys and not column.primary_key
    }
    assert loose == set(LOOSE)


def test_the_bundle_holds_every_row_and_every_word_of_the_person(
    db: Session, cast: Cast, told: Told, keys: KeyStore, files: SealedFiles
) -> None:
    interview = db.get_one(Interview, told.interview)
    with transaction(db):
        gathered = bundles.gather(
            db, actor_for(db, cast.alice.id), interview, interview.interviewees[0], keys=keys, reason="vroeg erom"
        )
    found = belongings.of(db, interview)
    rows = {section.name: len(section.rows) for section in gathered.sections}
    assert {name: len(ids) for name, ids in found.items()} == {name: rows[name] for name in found}
    package = zipfile.ZipFile(io.BytesIO(b"".join(writing.stream(gathered, files))))
    assert package.testzip() is None
    assert package.namelist() == ["gegevens.json", "opname/1.webm", "tekeningen/1.jpg", "lees-mij.html"]
    said = json.loads(package.read("gegevens.json"))
    assert {"K", "R", "P", "E", "A"} - {"K"} <= {table["class"] for table in said["tables"].values()}
    page = package.read("lees-mij.html").decode()
    for word in WORDS:
        assert word in page
        assert word in package.read("gegevens.json").decode()
    assert QUOTE in page
    assert WORDS[0].encode() in package.read("opname/1.webm")
    assert WORDS[1].encode() in package.read("tekeningen/1.jpg")
    assert said["tables"]["hand_out_of_project"]["rows"][0]["holder"] == "iemand van het team"
    logged = db.scalars(sa.select(AuditEntry).where(AuditEntry.action == "access.bundle")).all()
    assert [(line.object_id, line.reason) for line in logged] == [(told.interview, "vroeg erom")]


def test_the_bundle_names_nobody_of_the_team_and_no_secret(
    db: Session, cast: Cast, told: Told, keys: KeyStore, files: SealedFiles
) -> None:
    interview = db.get_one(Interview, told.interview)
    with transaction(db):
        gathered = bundles.gather(
            db, actor_for(db, cast.alice.id), interview, interview.interviewees[0], keys=keys, reason="vroeg erom"
        )
    text = writing.as_json(gathered) + writing.as_page(gathered)
    for person in cast.everybody():
        assert str(person.id) not in text
        assert person.display_name not in text
    assert "argon2" not in text
    assert "token_hash" not in text


def test_in_a_group_nobody_gets_the_words_of_another(
    db: Session, cast: Cast, keys: KeyStore, files: SealedFiles
) -> None:
    from interviews.models import SpeakerRow

    with transaction(db):
        carla, alice = actor_for(db, cast.carla.id), actor_for(db, cast.alice.id)
        interview = factories.interview(db, carla, cast.project, people=2)
        talk = (("I", "Hoe gaat het?"), ("R", f"Met {WORDS[0]}."), ("R2", f"En met {WORDS[1]}."))
        transcript = factories.transcript(db, carla, interview, keys=keys, talk=talk)
        first, second = interview.interviewees
        for label, person in (("R1", first), ("R2", second)):
            row = db.scalar(
                sa.select(SpeakerRow).where(SpeakerRow.transcript_id == transcript.id, SpeakerRow.label == label)
            )
            assert row is not None
            row.interviewee_id = person.id
        db.flush()
        gathered = bundles.gather(db, alice, interview, first, keys=keys, reason="vroeg erom")
    text = writing.as_json(gathered) + writing.as_page(gathered)
    assert gathered.words == (f"Met {WORDS[0]}.",)
    assert WORDS[0] in text
    assert WORDS[1] not in text
    assert str(second.id) not in text
    assert gathered.files == ()
    assert "meer mensen" in text


def test_words_hidden_on_request_are_not_handed_over_and_a_bundle_of_an_erased_story_is_refused(
    db: Session, cast: Cast, told: Told, keys: KeyStore, files: SealedFiles, settings: Settings
) -> None:
    from interviews import removals
    from interviews.errors import NotVisible

    alice = actor_for(db, cast.alice.id)
    interview = db.get_one(Interview, told.interview)
    person = interview.interviewees[0]
    with transaction(db):
        removals.ask_passage(db, alice, interview, turn=1, start=0, end=35, keys=keys, asked_by_interviewee=True)
        gathered = bundles.gather(db, alice, interview, person, keys=keys, reason="vroeg erom")
    page = writing.as_page(gathered)
    assert "█" in page
    assert "Ik zei tegen de" not in page
    with pytest.raises(NotVisible):
        bundles.gather(
            db, alice, interview, db.get_one(Interview, told.other).interviewees[0], keys=keys, reason="vroeg erom"
        )
    with transaction(db):
        withdrawal.withdraw(db, alice, interview, asked=Asked.PHONE, keys=keys, ledger=Ledger(settings.data))
    assert belongings.mentions(db, [told.interview]).keys() == {"audit_entry", "withdrawal"}
