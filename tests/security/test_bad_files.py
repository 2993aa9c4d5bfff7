"""Whatever file is sent to whichever door: its words, or a sentence that says what to do; never a crash, a hang or a call."""

from __future__ import annotations

import html
import json
import os
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from click.testing import CliRunner
from flask import Flask, g
from flask_babel import gettext
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from interviews.formats import sandbox
from interviews.keys import KeyStore
from interviews.models import Attachment, Recording
from interviews.models.recording import RecordingState
from interviews.sealedfiles import SealedFiles
from tests.pages import PageClient, browser
from tests.security.badfiles import CORPUS, EVIL_NAMES, of
from tests.security.estate import Estate
from tests.security.evil.kinds import GOOD, BadFile, talk
from tests.security.evil.packages import good
from tests.security.evil.pictures import _saved as saved
from tests.security.watching import Beacon, Reach, children
from webapp import i18n
from webapp.cli import main
from webapp.jobs import Jobs
from webapp.messages import SENTENCES, sentence
from webapp.settings import Settings

FULL = bool(os.environ.get("DICHTERBIJ_FULL"))
FIELDS = {"megabytes": 20, "schema": "x", "turns": 0, "characters": 0}
ESCAPED = "dichterbij-uitgebroken"
"""In the name of whatever wants to land outside."""


@pytest.fixture
def beacon() -> Iterator[Beacon]:
    """An address that nobody may ask for anything."""
    made = Beacon()
    yield made
    made.close()


@pytest.fixture
def reach(tmp_path: Path, compiled_once: Path, monkeypatch: pytest.MonkeyPatch, ours: Estate) -> Iterator[Reach]:
    """What is reached for outside the folder of this test, which is also where temporary files go."""
    for name in ("TMPDIR", "HOME"):
        (tmp_path / name.lower()).mkdir()
        monkeypatch.setenv(name, str(tmp_path / name.lower()))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmpdir"))
    with Reach(tmp_path, besides=compiled_once) as watched:
        watched.before = children()
        yield watched


def nothing_got_out(beacon: Beacon, reach: Reach, tmp_path: Path) -> None:
    """Nobody was called, nothing lies anywhere it should not, and no child is left."""
    assert beacon.asked == []
    assert [call for call in reach.calls if beacon.address.rpartition(":")[2] in call] == []
    assert reach.calls == []
    assert reach.files == []
    assert [path for name in ("tmpdir", "home") for path in (tmp_path / name).rglob("*")] == []
    lying = [path for folder in ("/", "/tmp", ".", "..") for path in Path(folder).glob(f"*{ESCAPED}*")]
    assert lying == []
    if sys.platform == "linux":
        assert set(children()) <= set(reach.before)


def seen(answer: TestResponse) -> str:
    """The words of a page as a person reads them."""
    return " ".join(html.unescape(answer.text).split())


def said(app: Flask, key: str, language: str) -> str:
    """The sentence of a refusal, up to the first number in it."""
    with app.test_request_context():
        g.language = language
        megabytes = 15 if "picture" in key else 20
        return " ".join(sentence(key, **(FIELDS | {"megabytes": megabytes})).split())


def faults(app: Flask, one: BadFile, answer: TestResponse, language: str) -> list[str]:
    """What is wrong with the answer to a file, by its verdict."""
    words = seen(answer)
    if answer.status_code == 422:
        refused = [key for key in one.keys if said(app, key, language) in words]
        return [] if refused else [f"{one.title}: 422 without any of the sentences of {sorted(one.keys)}"]
    if answer.status_code != 200:
        return [f"{one.title}: status {answer.status_code}"]
    if one.refused and not one.either:
        return [f"{one.title}: was read"]
    found = [f"{one.title}: {word!r} is not shown" for word in one.shown if html.unescape(word) not in words]
    found += [f"{one.title}: {word!r} is shown" for word in one.hidden if word in words]
    told = [note for note in one.told if _opening(app, note, language) not in words]
    return found + [f"{one.title}: {note} is not told" for note in told]


def _opening(app: Flask, note: str, language: str) -> str:
    """The beginning of a note, before what it counts."""
    text = SENTENCES[note]
    with app.test_request_context():
        g.language = language
        return str(gettext(text if isinstance(text, str) else text.many)).partition("%(")[0].strip()


def multipart(name: str, content: bytes, **fields: str) -> dict[str, Any]:
    """A form with a file as it goes over the line, also where no browser would write such a name."""
    parts = [
        f'--rand\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n' for key, value in fields.items()
    ]
    head = f'--rand\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    body = "".join(parts).encode() + head.encode("utf-8", "surrogatepass") + content + b"\r\n--rand--\r\n"
    return {"data": body, "content_type": "multipart/form-data; boundary=rand"}


def speaking(app: Flask, ours: Estate) -> list[tuple[PageClient, str]]:
    """The interviewer's browser in Dutch and in English."""
    dutch, english = (browser(app).sign_in(ours.peer) for _ in range(2))
    return [(dutch, "nl"), (english, "en")]


def sent_text(client: PageClient, ours: Estate, language: str, **form: Any) -> TestResponse:
    """Send a file to look at what would be understood."""
    client.post("/taal", data={"locale": language})
    return client.post(f"/gesprekken/{ours.planned_id}/tekst/bekijken", **form)


def test_every_text_is_shown_or_refused_with_its_own_sentence(
    app: Flask, ours: Estate, beacon: Beacon, reach: Reach, tmp_path: Path
) -> None:
    doors = speaking(app, ours)
    found: list[str] = []
    for number, one in enumerate(of("text")):
        if not FULL and number % 2:
            continue
        content = one.make(beacon.address)
        for client, language in doors if FULL else doors[number // 2 % 2 : number // 2 % 2 + 1]:
            found += faults(app, one, sent_text(client, ours, language, **multipart(one.name, content)), language)
    assert found == []
    nothing_got_out(beacon, reach, tmp_path)


def test_the_command_says_the_same_and_goes_on_with_the_next_file(
    app: Flask, ours: Estate, beacon: Beacon, reach: Reach, tmp_path: Path
) -> None:
    folder = tmp_path / "bestanden"
    folder.mkdir()
    files = {}
    for number, one in enumerate(of("text")[:: 1 if FULL else 6]):
        path = folder / f"{number:03}-{one.name}"
        path.write_bytes(one.make(beacon.address))
        files[path.name] = one
    ran = CliRunner().invoke(main, ["import", "--dry-run", "--json", *(str(folder / name) for name in files)])
    assert not isinstance(ran.exception, Exception) or isinstance(ran.exception, SystemExit), ran.exception
    assert ran.exit_code == 1
    read = {row["file"]: row for row in json.loads(ran.stdout)["transcripts"]}
    found = []
    for name, one in files.items():
        words = " ".join(" ".join(str(turn["text"]) for turn in read[name]["turns"]).split()) if name in read else None
        if words is None:
            refused = [key for key in one.keys if f"{name}: {said(app, key, 'nl')}" in " ".join(ran.stderr.split())]
            found += [] if refused else [f"{one.title}: no sentence"]
        elif one.refused and not one.either:
            found.append(f"{one.title}: was read")
        else:
            words += " ".join(map(str, read[name]["notes"]))
            found += [f"{one.title}: {word!r} is not there" for word in one.shown if html.unescape(word) not in words]
            found += [f"{one.title}: {word!r} is there" for word in one.hidden if word in words]
    assert found == []
    nothing_got_out(beacon, reach, tmp_path)


def test_every_picture_is_made_anew_or_refused_with_its_own_sentence(
    app: Flask, ours: Estate, db: Session, beacon: Beacon, reach: Reach, tmp_path: Path
) -> None:
    url = f"/gesprekken/{ours.field.recorded}/plaatjes"
    form = {"kind": "photo", "description": "Een huis.", "shown": "no", "how": "spoken"}
    found: list[str] = []
    for number, one in enumerate(of("picture")):
        client, language = speaking(app, ours)[number % 2]
        client.post("/taal", data={"locale": language})
        content = one.make(beacon.address)
        before = set(db.scalars(sa.select(Attachment.id)))
        answer = client.post(url, **multipart(one.name, content, **form))
        if answer.status_code != 303:
            found += faults(app, one, answer, language)
            continue
        (made,) = set(db.scalars(sa.select(Attachment.id))) - before
        kept = client.get(f"/plaatjes/{made}.jpg")
        if one.refused and not one.either:
            found.append(f"{one.title}: was kept")
        if kept.mimetype != "image/jpeg" or not kept.data.startswith(b"\xff\xd8\xff"):
            found.append(f"{one.title}: is no jpeg")
        found += [f"{one.title}: {word!r} is in it" for word in one.hidden if word.encode() in kept.data]
        client.post(f"/plaatjes/{made}/wissen")
    assert found == []
    nothing_got_out(beacon, reach, tmp_path)


def test_every_recording_plays_or_the_page_says_why_not(
    app: Flask,
    ours: Estate,
    db: Session,
    engine: sa.Engine,
    keys: KeyStore,
    settings: Settings,
    beacon: Beacon,
    reach: Reach,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(app.extensions, "jobs", Jobs(engine, folder=settings.data, immediate=True, keys=keys))
    found: list[str] = []
    for number, one in enumerate(of("sound")):
        client, language = speaking(app, ours)[number % 2]
        client.post("/taal", data={"locale": language})
        recording_id = str(uuid.uuid4())
        begun = {"id": recording_id, "origin": "added", "media_type": "audio/mpeg"}
        url = f"/gesprekken/{ours.field.recorded}/opnames"
        assert client.post(url, json=begun).status_code == 200
        content = one.make(beacon.address)
        piece = client.put(f"/opnames/{recording_id}/stukken/0/0", data=content)
        done = client.post(f"/opnames/{recording_id}/klaar", json={"pieces": 1, "parts": [1]})
        assert (piece.status_code, done.status_code) == (200, 200), one.title
        row = db.get_one(Recording, uuid.UUID(recording_id))
        page = seen(client.get(url))
        if row.state is RecordingState.FAILED:
            right = row.failure in one.keys and said(app, str(row.failure), language) in page
            found += [] if right else [f"{one.title}: {row.failure}"]
        elif row.state is not RecordingState.READY or (one.refused and not one.either):
            found.append(f"{one.title}: {row.state}")
        else:
            sound = client.get(f"/opnames/{recording_id}/geluid", headers={"Range": "bytes=0-99"})
            found += [] if sound.status_code == 206 else [f"{one.title}: does not play"]
        db.rollback()
        client.post(f"/opnames/{recording_id}/wissen", data={"sure": "yes"})
    assert found == []
    left = SealedFiles(settings.data / "files").names("recording")
    assert all("dichterbij" not in name for name in left)
    nothing_got_out(beacon, reach, tmp_path)


def test_no_name_of_a_file_leads_anywhere(
    app: Flask, ours: Estate, beacon: Beacon, reach: Reach, tmp_path: Path
) -> None:
    client, _ = speaking(app, ours)[0]
    picture = {"kind": "photo", "description": "Een huis.", "shown": "maybe", "how": "spoken"}
    for number, name in enumerate(EVIL_NAMES):
        content = talk(f"{GOOD}naam").encode() if number % 2 else good(f"{GOOD}naam")
        # As a browser writes such a name, and as somebody who means harm does.
        written = name.replace("\r", "%0D").replace("\n", "%0A").replace('"', "%22")
        answer = sent_text(client, ours, "nl", **multipart(written, content))
        assert (answer.status_code, f"{GOOD}naam" in answer.text) == (200, True), name
        if written != name:
            answer = sent_text(client, ours, "nl", **multipart(name, content))
            assert answer.status_code in (200, 400, 422), name
        shown = client.post(f"/gesprekken/{ours.field.recorded}/plaatjes", **multipart(name, saved("JPEG"), **picture))
        assert shown.status_code in (400, 422), name
        assert "x=y" not in str(answer.headers), name
    nothing_got_out(beacon, reach, tmp_path)


def test_a_command_opens_files_under_any_name_the_disk_takes(tmp_path: Path, beacon: Beacon) -> None:
    paths = []
    for number, name in enumerate(
        name for name in EVIL_NAMES if not set("/\x00") & set(name) and name not in (".", "..")
    ):
        folder = tmp_path / str(number)
        folder.mkdir()
        try:
            (folder / name).write_text(talk(f"{GOOD}naam"), encoding="utf-8")
        except OSError:
            continue  # longer than this disk takes
        paths.append(folder / name)
    ran = CliRunner().invoke(main, ["import", "--dry-run", "--json", *map(str, paths)])
    assert ran.exit_code == 0
    rows = json.loads(ran.stdout)["transcripts"]
    assert len(rows) == len(paths) > 15
    assert all(f"{GOOD}naam" in row["turns"][1]["text"] for row in rows)


def test_a_file_holds_nobody_up_for_ten_seconds() -> None:
    assert sandbox.CPU_SECONDS < sandbox.WALL_SECONDS < 10
    assert sandbox.MEMORY_BYTES <= 512 * 1024 * 1024


def test_every_refusal_has_a_sentence_of_its_own_in_both_languages(app: Flask) -> None:
    keys = sorted({key for one in CORPUS for key in one.keys})
    assert len(keys) > 25
    for language in ("nl", "en"):
        sentences = {key: said(app, key, language) for key in keys}
        assert len(set(sentences.values())) == len(keys), language
        for key, text in sentences.items():
            assert text.endswith((".", "?")), key
            assert len(text.split(". ")) >= 2, f"{key} does not say what to do"
    dutch, english = ({key: said(app, key, language) for key in keys} for language in ("nl", "en"))
    assert [key for key in keys if dutch[key] == english[key]] == []
    assert i18n.SOURCE == "nl"


def test_the_corpus_is_large_and_no_two_files_are_the_same() -> None:
    assert len(CORPUS) >= 170
    assert len(EVIL_NAMES) >= 30
    titles = [(one.door, one.title) for one in CORPUS]
    assert len(titles) == len(set(titles))
    light = [one.make("http://127.0.0.1:9") for one in CORPUS if "bomb" not in one.title and one.door == "text"]
    assert len(light) - len(set(light)) <= 1, "two files of the corpus are one"
    assert all(one.refused or one.shown or one.hidden or one.door != "text" for one in CORPUS)


def test_a_visit_and_a_stray_file_would_be_seen(beacon: Beacon, tmp_path: Path) -> None:
    import urllib.request

    with Reach(tmp_path / "thuis", besides=tmp_path / "sjablonen") as watched:
        urllib.request.urlopen(f"{beacon.address}/x", timeout=10).read()
        (tmp_path / "elders").write_text("x")
    assert beacon.asked == ["/x"]
    assert watched.calls != []
    assert watched.files == [str(tmp_path / "elders")]
