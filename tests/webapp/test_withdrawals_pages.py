"""Pages: somebody stops or shares less, by Carla, by Alice or alone; and Alice sees what went and who has a report."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from coding import withdrawing
from coding.models import HandOut, Report
from interviews import passes
from interviews.access import actor_for
from interviews.clock import now
from interviews.db import transaction
from interviews.keys import KeyDestroyed, KeyStore
from interviews.ledger import Ledger
from interviews.models import AuditEntry, Interview, LoginSession, Project, Recording, Withdrawal
from interviews.models.interview import Status
from interviews.models.membercheck import PassPurpose
from interviews.models.project import AfterExport
from interviews.models.recording import RecordingState
from interviews.models.withdrawal import Asked, Outcome
from interviews.scopes import Scope
from interviews.sealedfiles import SealedFiles
from tests import factories
from tests.factories import Cast
from tests.pages import PageClient, browser
from tests.security.stopping import WORDS, Told, tell
from webapp.settings import Settings


@pytest.fixture
def files(settings: Settings) -> SealedFiles:
    return SealedFiles(settings.data / "files")


@pytest.fixture
def told(db: Session, cast: Cast, keys: KeyStore, files: SealedFiles) -> Told:
    with transaction(db):
        return tell(db, cast, keys, files)


@pytest.fixture
def alice(app: Flask, cast: Cast) -> PageClient:
    return browser(app).sign_in(cast.alice)


def words_of(content: bytes) -> str:
    """The running text of a Word file."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return re.sub(r"<[^>]+>", " ", package.read("word/document.xml").decode())


def test_alice_is_asked_twice_and_then_everything_is_gone(
    alice: PageClient, told: Told, db: Session, keys: KeyStore, files: SealedFiles, settings: Settings
) -> None:
    url = f"/gesprekken/{told.interview}/stoppen"
    assert "Iemand mag altijd stoppen." in alice.get(url).text
    sure = alice.post(url, data={"reach": "whole", "asked": "phone"})
    assert "Niemand kan het terughalen." in sure.text
    assert "2 verslagen" in sure.text
    assert alice.post(f"{url}/zeker", data={"asked": "phone"}).status_code == 422
    assert db.get(Interview, told.interview) is not None
    db.rollback()
    done = alice.post(f"{url}/zeker", data={"asked": "phone", "sure": "1"})
    assert done.status_code == 303
    page = alice.get(done.location).text
    assert "de opname" in page
    assert "De sleutel: weg." in page
    assert "Bestanden: geen." in page
    assert "nog iets in" not in page
    assert not any(word in page for word in WORDS)
    row = db.scalars(sa.select(Withdrawal)).one()
    assert (row.outcome, row.asked, row.finished_at is not None) == (Outcome.ERASED, Asked.PHONE, True)
    assert db.get(Interview, told.interview) is None
    assert files.names("recording") == []
    assert [entry.kind for entry in Ledger(settings.data).entries()] == ["withdrawal"]
    with pytest.raises(KeyDestroyed):
        keys.open(told.interview)
    assert alice.get(url).status_code == 404


def test_what_is_not_filled_in_is_asked_in_a_sentence(alice: PageClient, told: Told) -> None:
    url = f"/gesprekken/{told.interview}/stoppen"
    for data, said in (
        ({}, "Kies: helemaal stoppen of minder delen."),
        ({"reach": "whole"}, "Kies hoe de ander het vroeg."),
        ({"reach": "less", "asked": "phone"}, "Kies wat er niet meer mag."),
        ({"reach": "less", "asked": "phone", "uses": ["x:record", "y"]}, "Kies wat er niet meer mag."),
        ({"reach": "less", "asked": "link"}, "Kies hoe de ander het vroeg."),
    ):
        answer = alice.post(url, data=data)
        assert (answer.status_code, said in answer.text) == (422, True), data


def test_no_more_quotes_marks_the_reports_and_asks_the_holders(
    alice: PageClient, app: Flask, cast: Cast, told: Told, db: Session, settings: Settings
) -> None:
    (person,) = db.get_one(Interview, told.interview).interviewees
    person_id = person.id
    db.rollback()
    answer = alice.post(
        f"/gesprekken/{told.interview}/stoppen",
        data={"reach": "less", "asked": "in_person", "uses": [f"{person_id}:quote_pseudonym"]},
    )
    assert answer.status_code == 303
    assert not db.get_one(Interview, told.interview).allows(Scope.QUOTE_PSEUDONYM)
    assert db.get_one(Interview, told.interview).allows(Scope.USE_RESEARCH)
    assert [entry.kind for entry in Ledger(settings.data).entries()] == ["refusal"]
    db.rollback()
    page = alice.get(f"/p/{cast.project.id}/gestopt").text
    assert page.count("opnieuw maken") == 2
    assert "deelt minder" in page
    assert "opnieuw maken" in alice.get(f"/p/{cast.project.id}/verslagen").text
    hand_out = db.scalars(sa.select(HandOut).where(HandOut.report_id == told.report)).one()
    letter = words_of(alice.get(f"/uitgegeven/{hand_out.id}/brief.docx").data)
    assert "Vraag ons om het nieuwe verslag." in letter
    assert "D-0" not in letter
    db.rollback()
    assert alice.post(f"/uitgegeven/{hand_out.id}/verteld").status_code == 303
    assert "gevraagd op" in alice.get(f"/p/{cast.project.id}/gestopt").text


def test_no_more_recording_destroys_the_sound(alice: PageClient, told: Told, db: Session, files: SealedFiles) -> None:
    (person,) = db.get_one(Interview, told.interview).interviewees
    uses = [f"{person.id}:record"]
    db.rollback()
    alice.post(f"/gesprekken/{told.interview}/stoppen", data={"reach": "less", "asked": "phone", "uses": uses})
    assert db.get_one(Recording, told.recording).state is RecordingState.ERASED
    assert files.names("recording") == []
    assert db.get_one(Interview, told.interview).allows(Scope.USE_RESEARCH)


def test_a_no_on_the_page_for_consent_marks_the_reports_too(
    db: Session, cast: Cast, told: Told, keys: KeyStore, settings: Settings, engine: sa.Engine, files: SealedFiles
) -> None:
    from interviews import consents
    from interviews.models.interview import How
    from webapp import erasing

    with transaction(db):
        (person,) = db.get_one(Interview, told.interview).interviewees
        alice = actor_for(db, cast.alice.id)
        consents.record(db, alice, person, choices={Scope.QUOTE_PSEUDONYM: False}, how=How.SPOKEN)
        assert {one.whole for one in withdrawing.outdated(db, cast.project)} == {False}
    erasing.finish(engine, files, Ledger(settings.data))
    erasing.finish(engine, files, Ledger(settings.data))
    (entry,) = Ledger(settings.data).entries()
    assert (entry.kind, entry.ids["scope"], entry.ids["person"]) == ("refusal", "quote_pseudonym", str(person.id))


def test_after_the_export_date_a_project_may_close_and_keep(
    alice: PageClient, cast: Cast, told: Told, db: Session, keys: KeyStore, files: SealedFiles
) -> None:
    url, yesterday = f"/p/{cast.project.id}/gestopt", (now() - timedelta(days=2)).date().isoformat()
    assert alice.post(url, data={"erase_until": "gisteren", "after_export": "keep"}).status_code == 422
    assert alice.post(url, data={"erase_until": yesterday}).status_code == 422
    assert alice.post(url, data={"erase_until": yesterday, "after_export": "keep"}).status_code == 303
    assert db.get_one(Project, cast.project.id).after_export is AfterExport.KEEP
    db.rollback()
    stop = f"/gesprekken/{told.interview}/stoppen"
    assert "De tekst blijft bewaard" in alice.post(stop, data={"reach": "whole", "asked": "phone"}).text
    assert alice.post(f"{stop}/zeker", data={"sure": "1", "asked": "phone"}).status_code == 303
    interview = db.get_one(Interview, told.interview)
    assert interview.status is Status.STOPPED
    assert not any(interview.allows(scope) for scope in Scope)
    assert keys.open(told.interview)
    assert files.names("recording") == []
    assert len(withdrawing.outdated(db, db.get_one(Project, cast.project.id))) == 2
    db.rollback()
    again = alice.post(f"{stop}/zeker", data={"sure": "1", "asked": "phone"})
    assert (again.status_code, "al gestopt" in again.text) == (422, True)
    # The project thinks again: then what was kept goes after all.
    alice.post(url, data={"erase_until": "", "after_export": "erase"})
    assert alice.post(f"{stop}/zeker", data={"sure": "1", "asked": "phone"}).status_code == 303
    assert db.get(Interview, told.interview) is None


def test_the_letter_to_the_person_says_what_went_and_who_has_a_report(
    alice: PageClient, cast: Cast, told: Told, db: Session
) -> None:
    with transaction(db):
        withdrawing.give(db, actor_for(db, cast.bob.id), db.get_one(Report, told.report), holder="gemeente Wilgenburg")
    alice.post(f"/gesprekken/{told.interview}/stoppen/zeker", data={"sure": "1", "asked": "phone"})
    row = db.scalars(sa.select(Withdrawal)).one()
    db.rollback()
    said = words_of(alice.get(f"/gestopt/{row.id}/brief.docx").data)
    for part in (row.code, "de opname", "gemeente Wilgenburg", "Wat blijft er?", "nog niet"):
        assert part in said
    assert not any(word in said for word in WORDS)
    holders = db.scalars(sa.select(HandOut).where(HandOut.holder == "gemeente Wilgenburg")).all()
    letter = words_of(alice.get(f"/uitgegeven/{holders[0].id}/brief.docx").data)
    assert "Daarom moet dit verslag weg." in letter
    assert row.code not in letter


def test_who_stops_alone_is_asked_twice_on_the_own_page(
    app: Flask, db: Session, cast: Cast, told: Told, keys: KeyStore, files: SealedFiles
) -> None:
    with transaction(db):
        alice = actor_for(db, cast.alice.id)
        interview = db.get_one(Interview, told.interview)
        made = passes.make(db, alice, interview, interview.interviewees[0], purpose=PassPurpose.CONSENT)
        token, code = made.token, made.code
    guest = browser(app)
    assert "gewist" not in guest.get(f"/mee/{token}/stoppen").text
    assert guest.get(f"/mee/{token}/stoppen").status_code == 404
    guest.post(f"/mee/{token}", data={"code": code})
    assert f"/mee/{token}/stoppen" in guest.get(f"/mee/{token}").text
    assert "U hoeft niet te zeggen waarom." in guest.get(f"/mee/{token}/stoppen").text
    assert "Weet u het zeker?" in guest.post(f"/mee/{token}/stoppen").text
    assert db.get(Interview, told.interview) is not None
    db.rollback()
    done = guest.post(f"/mee/{token}/stoppen", data={"sure": "yes"})
    assert "Het verhaal en de opname zijn gewist." in done.text
    assert db.get(Interview, told.interview) is None
    assert db.scalars(sa.select(Withdrawal)).one().asked is Asked.LINK
    assert files.names("recording") == []
    assert guest.get(f"/mee/{token}").status_code == 404


def test_a_companion_cannot_erase_the_story_of_another(app: Flask, db: Session, cast: Cast, keys: KeyStore) -> None:
    from interviews import consents

    with transaction(db):
        carla = actor_for(db, cast.carla.id)
        interview = factories.interview(db, carla, cast.project)
        companion = consents.add_companion(db, carla, interview)
        made = passes.make(db, carla, interview, companion, purpose=PassPurpose.CONSENT)
        token, code, interview_id = made.token, made.code, interview.id
    guest = browser(app)
    guest.post(f"/mee/{token}", data={"code": code})
    assert "/stoppen" not in guest.get(f"/mee/{token}").text
    assert guest.get(f"/mee/{token}/stoppen").location.endswith("/keuzes")
    assert guest.post(f"/mee/{token}/stoppen", data={"sure": "yes"}).status_code == 404
    assert db.get(Interview, interview_id) is not None


@pytest.mark.parametrize(
    ("who", "status"), [("alice", 200), ("carla", 403), ("bob", 403), ("dirk", 403), ("esra", 403), ("zoe", 404)]
)
def test_only_the_lead_sees_who_stopped_and_takes_a_bundle(
    app: Flask, db: Session, cast: Cast, told: Told, who: str, status: int
) -> None:
    client = browser(app).sign_in(getattr(cast, who))
    assert client.get(f"/p/{cast.project.id}/gestopt").status_code == status
    assert client.get(f"/gesprekken/{told.other}/alles").status_code == status
    taken = client.post(f"/gesprekken/{told.other}/alles", data={"reason": "De persoon vroeg erom."})
    assert taken.status_code == status
    if status == 200:
        assert taken.mimetype == "application/zip"
        assert "lees-mij.html" in zipfile.ZipFile(io.BytesIO(taken.data)).namelist()


def test_carla_writes_down_that_her_own_interviewee_stops(
    app: Flask, db: Session, cast: Cast, told: Told, keys: KeyStore
) -> None:
    carla = browser(app).sign_in(cast.carla)
    # This one went on to Bob, who is no interviewer of hers any more.
    assert carla.get(f"/gesprekken/{told.interview}/stoppen").status_code == 403
    assert carla.get(f"/gesprekken/{told.other}/stoppen").status_code == 200
    done = carla.post(f"/gesprekken/{told.other}/stoppen/zeker", data={"sure": "1", "asked": "in_person"})
    assert done.location.endswith(f"/p/{cast.project.id}/gesprekken")
    assert db.get(Interview, told.other) is None


def test_who_got_a_report_is_written_down_with_a_name(app: Flask, cast: Cast, told: Told, db: Session) -> None:
    bob = browser(app).sign_in(cast.bob)
    url = f"/verslagen/{told.report}/gegeven"
    assert "Bob" in bob.get(url).text
    assert bob.post(url, data={"holder": "  "}).status_code == 422
    assert bob.post(url, data={"holder": "gemeente Wilgenburg"}).status_code == 303
    assert "gemeente Wilgenburg" in bob.get(url).text
    assert url in bob.get(f"/p/{cast.project.id}/verslagen").text
    assert browser(app).sign_in(cast.dirk).get(url).status_code == 403


def grown_cold(db: Session) -> None:
    """Let eleven minutes pass since anybody proved who they are."""
    with transaction(db):
        db.execute(sa.update(LoginSession).values(confirmed_at=now() - timedelta(minutes=11)))


def test_a_bundle_takes_the_second_step_and_a_reason_and_the_log_says_what_went_along(
    alice: PageClient, told: Told, db: Session
) -> None:
    way = f"/gesprekken/{told.interview}/alles"
    page = alice.get(way)
    for nothing in ("", "   "):
        refused = alice.submit(page, way, reason=nothing)
        assert refused.status_code == 422
        assert "Schrijf op waarom je dit ophaalt." in refused.text
    taken = alice.submit(page, way, reason="De persoon vroeg erom.")
    assert taken.status_code == 200
    assert zipfile.ZipFile(io.BytesIO(taken.data)).testzip() is None
    lines = db.scalars(sa.select(AuditEntry).where(AuditEntry.reason == "De persoon vroeg erom.")).all()
    assert {line.interview_id for line in lines} == {told.interview}
    assert {line.action for line in lines} == {
        "access.bundle", "raw.reread", "recording.play", "attachment.see", "debrief.read", "safety.read",
        "read.notes", "read.hand_over", "read.check", "read.risk",
    }  # fmt: skip
    grown_cold(db)
    for answer in (alice.get(way), alice.post(way, data={"reason": "Nog een keer."})):
        assert answer.status_code == 303
        assert answer.location.startswith("/tweede-stap")


def test_who_stops_for_somebody_shows_first_who_they_are(alice: PageClient, told: Told, db: Session) -> None:
    way = f"/gesprekken/{told.interview}/stoppen"
    grown_cold(db)
    assert alice.post(way, data={"reach": "whole", "asked": "phone"}).location.startswith("/tweede-stap")
    assert alice.post(f"{way}/zeker", data={"asked": "phone", "sure": "1"}).location.startswith("/tweede-stap")
    db.expire_all()
    assert db.get_one(Interview, told.interview).status is not Status.STOPPED
