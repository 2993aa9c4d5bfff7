"""Pages: a drawing is kept with its description, and shown to nobody outside without a yes of its own."""

from __future__ import annotations

import io
import os

import pytest
import sqlalchemy as sa
from flask import Flask
from PIL import Image
from sqlalchemy.orm import Session

from interviews import attachments, consents
from interviews.access import Permission, actor_for
from interviews.db import transaction
from interviews.formats.pictures import Picture
from interviews.keys import KeyStore
from interviews.models import Attachment, AuditEntry, Interview
from interviews.models.interview import How
from interviews.scopes import Scope
from interviews.sealedfiles import SealedFiles
from tests import factories
from tests.factories import Cast
from tests.pages import PageClient, browser
from webapp.settings import Settings

WORDS = "Een huis met een dichte deur. Zwammerdorff."


def drawing() -> tuple[io.BytesIO, str]:
    kept = io.BytesIO()
    Image.new("RGB", (40, 20), (10, 90, 100)).save(kept, "PNG")
    kept.seek(0)
    return kept, "tekening.png"


@pytest.fixture
def talk(db: Session, cast: Cast) -> Interview:
    with transaction(db):
        return factories.interview(db, actor_for(db, cast.carla.id), cast.project)


@pytest.fixture
def carla(app: Flask, cast: Cast) -> PageClient:
    return browser(app).sign_in(cast.carla)


def add(carla: PageClient, talk: Interview, **data: object) -> int:
    sent = {"file": drawing(), "kind": "drawing", "description": WORDS, "shown": "no", "how": "spoken"} | data
    given = {name: value for name, value in sent.items() if value is not None}
    return carla.post(f"/gesprekken/{talk.id}/plaatjes", data=given).status_code


def the_only(db: Session) -> Attachment:
    return db.scalars(sa.select(Attachment)).one()


def test_carla_adds_a_drawing_and_the_team_sees_it(
    app: Flask, carla: PageClient, cast: Cast, talk: Interview, db: Session
) -> None:
    assert add(carla, talk) == 303
    row = the_only(db)
    assert (row.width, row.height, row.may_be_shown) == (40, 20, False)
    bob = browser(app).sign_in(cast.bob)
    assert WORDS in bob.get(f"/gesprekken/{talk.id}/plaatjes").text
    shown = bob.get(f"/plaatjes/{row.id}.jpg")
    assert shown.mimetype == "image/jpeg"
    assert shown.data.startswith(b"\xff\xd8")
    assert browser(app).sign_in(cast.esra).get(f"/plaatjes/{row.id}.jpg").status_code == 403
    assert browser(app).sign_in(cast.zoe).get(f"/plaatjes/{row.id}.jpg").status_code == 404


def test_neither_the_picture_nor_its_description_is_on_the_disk_in_the_clear(
    carla: PageClient, talk: Interview, settings: Settings, db: Session
) -> None:
    add(carla, talk)
    picture = carla.get(f"/plaatjes/{the_only(db).id}.jpg").data
    files = [path.read_bytes() for path in settings.data.rglob("*") if path.is_file()]
    assert files
    assert not any(b"Zwammerdorff" in content or picture[200:260] in content for content in files)


def test_the_answer_on_showing_it_can_change(carla: PageClient, talk: Interview, db: Session) -> None:
    add(carla, talk)
    row = the_only(db)
    sent = carla.post(f"/plaatjes/{row.id}", data={"description": "Een huis.", "shown": "yes", "how": "signed"})
    assert sent.status_code == 303
    db.refresh(row)
    assert row.may_be_shown
    assert carla.post(f"/plaatjes/{row.id}", data={"description": "", "shown": "yes", "how": "duif"}).status_code == 422


def test_erased_is_gone(carla: PageClient, talk: Interview, db: Session, settings: Settings) -> None:
    add(carla, talk)
    row = the_only(db)
    assert list((settings.data / "files").rglob("*")) != []
    carla.post(f"/plaatjes/{row.id}/wissen")
    assert carla.get(f"/plaatjes/{row.id}.jpg").status_code == 422
    assert not any(path.is_file() for path in (settings.data / "files").rglob("*"))
    assert WORDS not in carla.get(f"/gesprekken/{talk.id}/plaatjes").text


@pytest.mark.parametrize(
    "wrong",
    [
        {"file": None},
        {"file": (io.BytesIO(b"Dit is tekst."), "foto.jpg")},
        {"description": " "},
        {"shown": None},
        {"shown": "misschien"},
        {"kind": "film"},
        {"how": "duif"},
    ],
)
def test_what_is_not_right_gets_a_sentence_and_keeps_the_words(
    carla: PageClient, talk: Interview, wrong: dict[str, object], db: Session
) -> None:
    assert add(carla, talk, **wrong) == 422
    assert db.scalars(sa.select(Attachment)).all() == []


def test_who_looks_at_pictures_is_in_the_log_once_a_sitting(carla: PageClient, talk: Interview, db: Session) -> None:
    add(carla, talk)
    address = f"/plaatjes/{the_only(db).id}.jpg"
    assert carla.get(address).status_code == carla.get(address).status_code == 200
    lines = db.scalars(sa.select(AuditEntry).where(AuditEntry.action == Permission.ATTACHMENT_SEE)).all()
    assert [line.object_id for line in lines] == [talk.id]


def test_after_a_no_nobody_reads_what_a_picture_shows(
    carla: PageClient, cast: Cast, talk: Interview, db: Session
) -> None:
    add(carla, talk)
    picture = the_only(db).id
    with transaction(db):
        (person,) = db.get_one(Interview, talk.id).interviewees
        consents.record(db, actor_for(db, cast.alice.id), person, choices={Scope.USE_RESEARCH: False}, how=How.SPOKEN)
    for address in (f"/gesprekken/{talk.id}/plaatjes", f"/plaatjes/{picture}", f"/plaatjes/{picture}.jpg"):
        assert "dichte deur" not in carla.get(address).text
    assert carla.get(f"/plaatjes/{picture}.jpg").status_code == 422
    # Erasing it stays possible.
    assert carla.post(f"/plaatjes/{picture}/wissen").status_code == 303


def test_what_a_crash_left_of_pictures_is_swept_up(
    carla: PageClient, talk: Interview, db: Session, keys: KeyStore, settings: Settings
) -> None:
    add(carla, talk)
    add(carla, talk)
    files = SealedFiles(settings.data / "files")
    erased, stays = db.scalars(sa.select(Attachment.id)).all()
    with transaction(db):
        # The machine went down between this and the erasing of the file.
        attachments.erase(db, actor_for(db, talk.interviewer_id), db.get_one(Attachment, erased))  # type: ignore[arg-type]
    fresh, old = (attachments.put(talk.id, Picture(b"x", 1, 1), keys=keys, files=files) for _ in range(2))
    os.utime(settings.data / "files" / "picture" / str(old), (0, 0))
    attachments.sweep(db, files)
    assert files.names("picture") == sorted(f"picture/{one}" for one in (stays, fresh))


def test_a_picture_without_a_description_leaves_no_file(carla: PageClient, talk: Interview, settings: Settings) -> None:
    assert add(carla, talk, description=" ") == 422
    assert SealedFiles(settings.data / "files").names("picture") == []
