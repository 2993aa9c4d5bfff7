"""Sound from phone to server and back: what the addresses promise to a phone, and to who listens."""

from __future__ import annotations

import base64
import json
import uuid
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from interviews import consents, recordings
from interviews.access import actor_for
from interviews.db import transaction
from interviews.keys import KeyStore
from interviews.models import AuditEntry, Interview, Recording
from interviews.models.interview import How
from interviews.models.recording import RecordingOrigin, RecordingState
from interviews.scopes import Scope
from interviews.sealedfiles import SealedFiles
from tests import factories
from tests.factories import Cast
from tests.pages import PageClient, browser
from webapp.settings import Settings
from webapp.views import recordings as pages

SOUND = bytes(range(256)) * 1200
"""300 kB, in which every place tells where it is."""


@pytest.fixture
def asked(app: Flask, monkeypatch: pytest.MonkeyPatch) -> list[uuid.UUID]:
    """The recordings that the worker was asked to make ready."""
    wanted: list[uuid.UUID] = []
    monkeypatch.setattr(app.extensions["jobs"], "prepare", wanted.append, raising=False)
    return wanted


@pytest.fixture
def files(settings: Settings) -> SealedFiles:
    """The folder of sealed files of the installation."""
    return SealedFiles(settings.data / "files")


@pytest.fixture
def carla(app: Flask, cast: Cast, asked: list[uuid.UUID]) -> PageClient:
    """The interviewer's browser."""
    return browser(app).sign_in(cast.carla)


@pytest.fixture
def interview(db: Session, cast: Cast) -> Interview:
    """An interview that may be recorded; committed."""
    with transaction(db):
        return factories.interview(db, actor_for(db, cast.carla.id), cast.project)


def start(
    client: PageClient, interview_id: uuid.UUID, recording_id: uuid.UUID | None = None, **more: Any
) -> TestResponse:
    sent = {
        "id": str(recording_id or uuid.uuid4()),
        "origin": "recorded",
        "media_type": "audio/webm;codecs=opus",
        "started_at": "2026-03-01T12:00:00.000Z",
    }
    return client.post(f"/gesprekken/{interview_id}/opnames", json=sent | more)


def put(client: PageClient, recording_id: uuid.UUID, part: int, number: int, content: bytes) -> TestResponse:
    return client.put(
        f"/opnames/{recording_id}/stukken/{part}/{number}", data=content, content_type="application/octet-stream"
    )


@pytest.fixture
def begun(carla: PageClient, interview: Interview) -> uuid.UUID:
    """A recording that has just begun."""
    recording_id = uuid.uuid4()
    assert start(carla, interview.id, recording_id).status_code == 200
    return recording_id


@pytest.fixture
def ready(db: Session, cast: Cast, interview: Interview, keys: KeyStore, files: SealedFiles) -> uuid.UUID:
    """A recording that plays; committed."""
    with transaction(db):
        by = actor_for(db, cast.carla.id)
        row = recordings.begin(
            db, by, interview, recording_id=uuid.uuid4(), origin=RecordingOrigin.ADDED, media_type="audio/mpeg"
        )
        recordings.receive(db, by, row, part=0, number=0, content=SOUND, keys=keys, files=files)
        recordings.finish(db, by, row)
        work = recordings.work_on(db, row, keys=keys, files=files)
        assert work is not None
        with work.sound() as out:
            out.write(SOUND)
        recordings.store_ready(db, row, media_type="audio/mpeg", duration_ms=9000, peaks=bytes(90), keys=keys)
        return row.id


# Coming in.


def test_a_phone_records_with_pieces_out_of_order_and_sent_twice(
    carla: PageClient, db: Session, begun: uuid.UUID, interview: Interview, asked: list[uuid.UUID]
) -> None:
    assert start(carla, interview.id, begun).json == {"id": str(begun), "state": "receiving"}
    for number in (1, 0, 1):
        assert put(carla, begun, 0, number, b"stuk%d" % number).status_code == 200
    missing = carla.post(f"/opnames/{begun}/klaar", json={"pieces": 4, "parts": [3, 1]})
    assert missing.status_code == 409
    assert missing.json is not None
    assert missing.json["missing"] == [[0, 2], [1, 0]]
    assert "nog niet helemaal binnen" in missing.json["error"]
    assert asked == []
    put(carla, begun, 0, 2, b"stuk2")
    put(carla, begun, 1, 0, b"na de val")
    known = carla.get(f"/opnames/{begun}/stukken.json").json
    assert known == {"have": [[0, 0], [0, 1], [0, 2], [1, 0]], "state": "receiving"}
    for _ in range(2):
        whole = carla.post(f"/opnames/{begun}/klaar", json={"pieces": 4, "parts": [3, 1]})
        assert whole.json == {"id": str(begun), "state": "whole"}
    assert asked == [begun, begun]
    assert db.get_one(Recording, begun).size == len(b"stuk0") * 3 + len(b"na de val")


def test_other_sound_in_the_same_place_is_refused(carla: PageClient, begun: uuid.UUID) -> None:
    put(carla, begun, 0, 0, b"een")
    refused = put(carla, begun, 0, 0, b"twee")
    assert refused.status_code == 409
    assert refused.json is not None
    assert "ander geluid" in refused.json["error"]


@pytest.mark.parametrize(
    ("content", "status"),
    [(b"", 422), (b"x" * recordings.PIECE_BYTES, 200), (b"x" * (recordings.PIECE_BYTES + 1), 413)],
)
def test_a_piece_has_sound_and_no_more_than_fits(
    carla: PageClient, begun: uuid.UUID, content: bytes, status: int
) -> None:
    answer = put(carla, begun, 0, 0, content)
    assert answer.status_code == status
    assert answer.is_json


def test_without_a_yes_the_phone_hears_why(
    carla: PageClient, db: Session, cast: Cast, begun: uuid.UUID, interview: Interview
) -> None:
    person_id = interview.interviewees[0].id
    with transaction(db):
        row = db.get_one(Interview, interview.id)
        assert row.interviewees[0].id == person_id
        # The rows only: what a no does to the sound is told elsewhere.
        consents.record(
            db, actor_for(db, cast.carla.id), row.interviewees[0], choices={Scope.RECORD: False}, how=How.SPOKEN
        )
    for answer in (start(carla, interview.id), put(carla, begun, 0, 0, b"x")):
        assert answer.status_code == 422
        assert answer.json == {"error": "Deze persoon wil geen opname. Je kunt wel typen wat er is gezegd."}


def test_a_file_that_is_too_large_names_whom_to_call(carla: PageClient, interview: Interview) -> None:
    answer = start(carla, interview.id, origin="added", size=600_000_000)
    assert answer.status_code == 422
    said = "Deze opname is te groot (600 MB). Het mag 500 MB zijn. Bel Hanna, die kan helpen."
    assert answer.json == {"error": said}


def test_a_kind_of_file_that_is_no_sound_is_refused(carla: PageClient, interview: Interview) -> None:
    answer = start(carla, interview.id, media_type="application/pdf")
    assert answer.status_code == 422
    assert answer.json is not None
    assert "mp3 of m4a" in answer.json["error"]


NONSENSE: list[Any] = [
    None,
    [],
    "x",
    {"id": 7},
    {"id": "x", "origin": "recorded", "media_type": "audio/webm"},
    {"id": str(uuid.uuid4()), "origin": "elders", "media_type": "audio/webm"},
    {"id": str(uuid.uuid4()), "origin": "added", "media_type": []},
    {"id": str(uuid.uuid4()), "origin": "added", "media_type": "audio/webm", "started_at": "gisteren"},
    {"id": str(uuid.uuid4()), "origin": "added", "media_type": "audio/webm", "started_at": "2026-01-01T00:00:00"},
    {"id": str(uuid.uuid4()), "origin": "added", "media_type": "audio/webm", "started_at": "0001-01-01T00:00:00+14:00"},
    {"id": str(uuid.uuid4()), "origin": "added", "media_type": "audio/webm", "size": -1},
    {"id": str(uuid.uuid4()), "origin": "added", "media_type": "audio/webm", "size": 1e400},
    {"parts": [1], "pieces": 2},
    {"parts": [-1], "pieces": -1},
    {"parts": [True], "pieces": 1},
    {"parts": [10**9], "pieces": 10**9},
    {"parts": "abc", "pieces": 3},
    {"parts": [0] * 20_000, "pieces": 0},
    {"id": str(uuid.uuid4()), "at_ms": -5},
    {"id": str(uuid.uuid4()), "at_ms": 10**12},
    {"id": str(uuid.uuid4()), "at_ms": 1, "kind": "gek"},
    {"id": str(uuid.uuid4()), "at_ms": 1, "note": {"a": 1}},
]


def test_nonsense_is_refused_with_a_sentence(carla: PageClient, interview: Interview, begun: uuid.UUID) -> None:
    for sent in NONSENSE:
        for url in (f"/gesprekken/{interview.id}/opnames", f"/opnames/{begun}/klaar", f"/opnames/{begun}/markeringen"):
            answer = carla.post(url, data=json.dumps(sent), content_type="application/json")
            assert answer.status_code == 422, (url, sent)
            assert answer.json is not None
            assert answer.json["error"]


def test_a_phone_that_lost_everything_else_finishes_with_what_is_here(
    carla: PageClient, begun: uuid.UUID, interview: Interview, asked: list[uuid.UUID]
) -> None:
    put(carla, begun, 0, 3, b"x")
    assert carla.post(f"/opnames/{begun}/klaar", json={"pieces": None, "parts": None}).status_code == 200
    assert asked == [begun]


def test_the_form_finishes_a_recording_of_a_phone_that_died(
    carla: PageClient, db: Session, begun: uuid.UUID, interview: Interview, asked: list[uuid.UUID]
) -> None:
    put(carla, begun, 0, 0, b"x")
    answer = carla.post(f"/opnames/{begun}/afronden")
    assert answer.status_code == 303
    assert answer.location == f"/gesprekken/{interview.id}/opnames"
    assert asked == [begun]
    assert db.get_one(Recording, begun).state is RecordingState.WHOLE


# Going out.


def listen(client: PageClient, recording_id: uuid.UUID, wanted: str | None = None, **more: str) -> TestResponse:
    headers = more if wanted is None else {"Range": wanted} | more
    return client.get(f"/opnames/{recording_id}/geluid", headers=headers)


def test_the_whole_sound_plays(carla: PageClient, ready: uuid.UUID) -> None:
    answer = listen(carla, ready)
    assert (answer.status_code, answer.data) == (200, SOUND)
    assert answer.headers["Content-Type"] == "audio/mpeg"
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert answer.headers["Content-Length"] == str(len(SOUND))
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("wanted", "start", "end"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=100-199", 100, 200),
        ("bytes=65530-65550", 65530, 65551),
        ("bytes=200000-", 200_000, len(SOUND)),
        ("bytes=-500", len(SOUND) - 500, len(SOUND)),
        ("bytes=-99999999", 0, len(SOUND)),
        ("bytes=10-99999999", 10, len(SOUND)),
    ],
)
def test_a_range_is_sent_as_it_was_asked(
    carla: PageClient, ready: uuid.UUID, wanted: str, start: int, end: int
) -> None:
    answer = listen(carla, ready, wanted)
    assert (answer.status_code, answer.data) == (206, SOUND[start:end])
    assert answer.headers["Content-Range"] == f"bytes {start}-{end - 1}/{len(SOUND)}"
    assert answer.headers["Content-Length"] == str(end - start)


@pytest.mark.parametrize("wanted", ["bytes=300000000-", f"bytes={len(SOUND)}-{len(SOUND) + 1}"])
def test_a_place_after_the_end_does_not_exist(carla: PageClient, ready: uuid.UUID, wanted: str) -> None:
    answer = listen(carla, ready, wanted)
    assert (answer.status_code, answer.data) == (416, b"")
    assert answer.headers["Content-Range"] == f"bytes */{len(SOUND)}"


@pytest.mark.parametrize("wanted", ["", "bytes=", "bytes=5-2", "bytes=a-b", "seconds=1-2", "bytes=0-1,5-6"])
def test_a_range_that_is_none_gives_everything(carla: PageClient, ready: uuid.UUID, wanted: str) -> None:
    assert listen(carla, ready, wanted).status_code == 200


def test_who_asks_for_the_rest_gets_a_part_of_it(
    carla: PageClient, ready: uuid.UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "AT_ONCE", 70_000)
    answer = listen(carla, ready, "bytes=10-")
    assert answer.data == SOUND[10:70_010]
    assert answer.headers["Content-Range"] == f"bytes 10-70009/{len(SOUND)}"


def test_a_part_of_another_sound_than_before_is_not_mixed_in(carla: PageClient, ready: uuid.UUID) -> None:
    tag = listen(carla, ready).headers["ETag"]
    assert listen(carla, ready, "bytes=0-9", **{"If-Range": tag}).status_code == 206
    assert listen(carla, ready, "bytes=0-9", **{"If-Range": '"ander"'}).status_code == 200


def test_head_tells_the_size_and_sends_nothing(carla: PageClient, ready: uuid.UUID) -> None:
    answer = carla.head(f"/opnames/{ready}/geluid")
    assert (answer.status_code, answer.data) == (200, b"")
    assert answer.headers["Content-Length"] == str(len(SOUND))


def test_listening_is_in_the_log_once_a_sitting(carla: PageClient, db: Session, ready: uuid.UUID) -> None:
    for place in (0, 100, 200):
        listen(carla, ready, f"bytes={place}-{place + 9}")
    assert db.scalars(sa.select(AuditEntry.action)).all().count("recording.play") == 1


def test_the_shape_of_the_sound(carla: PageClient, ready: uuid.UUID) -> None:
    told = carla.get(f"/opnames/{ready}/golf.json").json
    assert told == {"step_ms": recordings.PEAK_MS, "peaks": base64.b64encode(bytes(90)).decode()}


def test_what_is_not_ready_yet_says_so(carla: PageClient, begun: uuid.UUID) -> None:
    for place in ("geluid", "golf.json"):
        answer = carla.get(f"/opnames/{begun}/{place}")
        assert answer.status_code == 422
        assert answer.json == {"error": "Deze opname is nog niet klaar om af te spelen. Kijk straks nog een keer."}


def test_a_listener_holds_no_session_while_sound_is_sent(
    carla: PageClient, app: Flask, ready: uuid.UUID, db: Session
) -> None:
    answer = carla.get(f"/opnames/{ready}/geluid", buffered=False)
    pool: Any = db.get_bind().engine.pool
    db.rollback()
    assert pool.checkedout() == 0
    assert answer.data == SOUND


# Marks.


def test_a_moment_is_marked_changed_and_taken_away(carla: PageClient, begun: uuid.UUID, ready: uuid.UUID) -> None:
    mark_id = str(uuid.uuid4())
    for note in ("eerst", "dan"):
        sent = {"id": mark_id, "at_ms": 5000, "kind": "leave_out", "note": note}
        assert carla.post(f"/opnames/{ready}/markeringen", json=sent).json == {"id": mark_id}
    told = carla.get(f"/opnames/{ready}/markeringen.json").json
    assert told == {"marks": [{"id": mark_id, "at_ms": 5000, "kind": "leave_out", "note": "dan"}]}
    assert carla.post(f"/opnames/{begun}/markeringen", json={"id": mark_id, "at_ms": 1}).status_code == 404
    assert carla.delete(f"/opnames/{ready}/markeringen/{mark_id}").status_code == 200
    assert carla.get(f"/opnames/{ready}/markeringen.json").json == {"marks": []}


# The page, and erasing.


def test_the_page_tells_how_far_each_recording_is(
    carla: PageClient, interview: Interview, begun: uuid.UUID, ready: uuid.UUID
) -> None:
    page = carla.get(f"/gesprekken/{interview.id}/opnames")
    assert page.status_code == 200
    assert "nog niet helemaal binnen" in page.text
    assert "klaar om te luisteren" in page.text


def test_erasing_asks_first_and_then_is_for_good(
    carla: PageClient, db: Session, interview: Interview, ready: uuid.UUID, files: SealedFiles
) -> None:
    page = carla.post(f"/opnames/{ready}/wissen")
    assert "Weet je het zeker?" in page.text
    assert files.names("recording") != []
    answer = carla.post(f"/opnames/{ready}/wissen", data={"sure": "yes"})
    assert answer.location == f"/gesprekken/{interview.id}/opnames"
    assert files.names("recording") == []
    assert db.get_one(Recording, ready).state is RecordingState.ERASED
    gone = listen(carla, ready)
    assert gone.status_code == 410
    assert gone.json == {"error": "Deze opname is gewist. Je kunt hem niet meer horen."}
    assert "Gewist op" in carla.get(f"/gesprekken/{interview.id}/opnames").text
    assert put(carla, ready, 0, 1, b"x").status_code == 410


# Whose it is.


def addresses(interview_id: uuid.UUID, recording_id: uuid.UUID) -> list[tuple[str, str]]:
    here = f"/opnames/{recording_id}"
    return [
        ("GET", f"/gesprekken/{interview_id}/opnames"),
        ("POST", f"/gesprekken/{interview_id}/opnames"),
        ("PUT", f"{here}/stukken/0/7"),
        ("GET", f"{here}/stukken.json"),
        ("POST", f"{here}/klaar"),
        ("POST", f"{here}/afronden"),
        ("GET", f"{here}/geluid"),
        ("HEAD", f"{here}/geluid"),
        ("GET", f"{here}/golf.json"),
        ("GET", f"{here}/markeringen.json"),
        ("POST", f"{here}/markeringen"),
        ("DELETE", f"{here}/markeringen/{uuid.uuid4()}"),
        ("POST", f"{here}/wissen"),
    ]


def test_to_a_stranger_a_recording_is_not_there(
    app: Flask, cast: Cast, interview: Interview, ready: uuid.UUID, files: SealedFiles
) -> None:
    zoe, before = browser(app).sign_in(cast.zoe), files.names("recording")
    for method, url in addresses(interview.id, ready):
        assert zoe.open(url, method=method, data=b"x").status_code == 404, url
        absent = url.replace(str(ready), str(uuid.uuid4())).replace(str(interview.id), str(uuid.uuid4()))
        assert zoe.open(absent, method=method, data=b"x").status_code == 404, url
    assert files.names("recording") == before


def test_a_member_without_the_right_neither_hears_nor_adds(
    app: Flask, cast: Cast, interview: Interview, ready: uuid.UUID, files: SealedFiles
) -> None:
    before = files.names("recording")
    lead_may = {f"/gesprekken/{interview.id}/opnames", f"/opnames/{ready}/wissen"}
    for person in (cast.dirk, cast.esra, cast.alice):
        client = browser(app).sign_in(person)
        for method, url in addresses(interview.id, ready):
            if person is cast.alice and url in lead_may:
                continue
            body: Any = {"json": {"id": str(uuid.uuid4()), "at_ms": 1, "parts": None, "pieces": None}}
            sent = body if method == "POST" else {"data": b"x"}
            assert client.open(url, method=method, **sent).status_code == 403, (person.display_name, method, url)
    assert files.names("recording") == before


def test_without_a_token_nothing_comes_in(carla: PageClient, begun: uuid.UUID) -> None:
    answer = carla.put(f"/opnames/{begun}/stukken/0/0", data=b"x", csrf=False)
    assert answer.status_code == 400
