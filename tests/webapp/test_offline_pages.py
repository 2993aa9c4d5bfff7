"""What the server gives a phone for working without network, and to whom."""

from __future__ import annotations

import json
import re
import uuid
from base64 import b64decode

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from interviews import devices, people
from interviews.access import Actor, actor_for
from interviews.clock import now
from interviews.db import transaction
from interviews.keys import InstallationKey, KeyStore
from interviews.models import Device, Interview, LoginSession
from interviews.models.interview import Status
from tests import factories
from tests.factories import Cast, passphrase_of
from tests.pages import PageClient, browser
from webapp import shells
from webapp.packs import interview as along

COOKIE = "dichterbij-device"


def registered(client: PageClient) -> dict[str, str]:
    """What the phone is told when it registers."""
    answer = client.post("/apparaat", json={})
    assert answer.status_code == 200, answer.text
    found: dict[str, str] = answer.json  # type: ignore[assignment]
    return found


@pytest.fixture
def phone(app: Flask, cast: Cast) -> PageClient:
    """Carla's phone, signed in."""
    return browser(app).sign_in(cast.carla)


@pytest.fixture
def planned(db: Session, cast: Cast) -> Interview:
    """An interview of Carla's."""
    with transaction(db):
        return factories.interview(db, actor_for(db, cast.carla.id), cast.project, pseudonyms=["Merel"])


class TestTheKey:
    """Who gets the key of the drafts on a phone."""

    def test_a_new_phone_is_registered_and_then_known(
        self, phone: PageClient, cast: Cast, db: Session, installation_key: InstallationKey
    ) -> None:
        before = phone.get("/apparaat.json")
        assert before.json is not None
        assert (before.json["person"], before.json["device"]) == (str(cast.carla.id), None)
        given = registered(phone)
        again = phone.get("/apparaat.json").json
        assert again is not None
        assert (again["key"], again["device"]) == (given["key"], given["device"])
        device = db.get_one(Device, uuid.UUID(given["device"]))
        assert b64decode(given["key"]) == devices.key_of(installation_key, device)
        assert registered(phone)["device"] == given["device"]

    def test_the_cookie_of_a_device_is_out_of_reach_and_outlives_a_session(self, phone: PageClient) -> None:
        answer = phone.post("/apparaat", json={})
        cookie = next(line for line in answer.headers.getlist("Set-Cookie") if line.startswith(COOKIE))
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie
        assert int(re.findall(r"Max-Age=(\d+)", cookie)[0]) > 300 * 24 * 3600

    def test_after_signing_out_nobody_gets_it_and_after_signing_in_the_same_person_does(
        self, phone: PageClient, cast: Cast, db: Session
    ) -> None:
        given = registered(phone)
        phone.post("/uitloggen")
        assert phone.get("/apparaat.json").json == {"person": None}
        page = phone.get("/inloggen")
        phone.submit(page, "/inloggen", login_word="carla", passphrase=passphrase_of("carla"))
        again = phone.get("/apparaat.json").json
        assert again is not None
        assert again["key"] == given["key"]
        linked = db.scalars(sa.select(LoginSession.device_id).where(LoginSession.ended_at.is_(None)))
        assert list(linked) == [uuid.UUID(given["device"])]

    def test_another_person_on_the_same_phone_has_another_key_and_the_first_one_keeps_hers(
        self, phone: PageClient, cast: Cast
    ) -> None:
        first = registered(phone)
        phone.sign_in(cast.bob)
        second = registered(phone)
        assert second["device"] != first["device"]
        assert second["key"] != first["key"]
        phone.sign_in(cast.carla)
        assert registered(phone)["key"] == first["key"]

    def test_a_revoked_phone_is_told_to_wipe_also_when_nobody_is_signed_in(
        self, app: Flask, phone: PageClient, cast: Cast, db: Session
    ) -> None:
        given = registered(phone)
        elsewhere = browser(app).sign_in(cast.carla)
        page = elsewhere.get("/apparaten")
        assert "Apparaten waar je teksten op staan" in page.text
        elsewhere.submit(page, f"/apparaten/{given['device']}/afmelden")
        assert phone.get("/").location.startswith("/inloggen")
        answer = phone.get("/apparaat.json")
        assert answer.status_code == 410
        assert answer.json is not None
        assert answer.json["revoked"] == [given["device"]]
        # Until it says that it wiped: the page that heard it may have been left before. Found again, it starts anew.
        assert phone.get("/apparaat.json").status_code == 410
        done = phone.get("/apparaat.json", headers={"X-Wiped": given["device"]})
        assert (done.status_code, done.json) == (200, {"person": None})
        assert phone.get("/apparaat.json").json == {"person": None}
        phone.sign_in(cast.carla)
        assert registered(phone)["key"] != given["key"]

    def test_who_lost_access_gets_no_key_at_the_next_request(self, phone: PageClient, cast: Cast, db: Session) -> None:
        registered(phone)
        with transaction(db):
            people.end_access(db, actor_for(db, cast.alice.id), cast.project, cast.carla)
        assert phone.get("/apparaat.json").status_code == 410
        assert phone.post("/apparaat", json={}).status_code == 401

    def test_who_has_a_closed_account_gets_no_key(self, phone: PageClient, cast: Cast, db: Session) -> None:
        registered(phone)
        with transaction(db):
            cast.carla.disabled_at = now()
            db.add(cast.carla)
        assert phone.get("/apparaat.json").status_code == 410

    def test_nobody_revokes_the_device_of_another(self, app: Flask, phone: PageClient, cast: Cast) -> None:
        given = registered(phone)
        assert browser(app).sign_in(cast.alice).post(f"/apparaten/{given['device']}/afmelden").status_code == 404
        assert phone.get("/apparaat.json").status_code == 200

    def test_revoking_the_phone_in_ones_hand_signs_out(self, phone: PageClient) -> None:
        given = registered(phone)
        answer = phone.post(f"/apparaten/{given['device']}/afmelden")
        assert answer.location == "/inloggen"
        assert phone.get("/apparaat.json").status_code == 410

    def test_a_made_up_token_is_nothing(self, phone: PageClient) -> None:
        phone.set_cookie(COOKIE, "x.y.." + "z" * 500)
        assert phone.get("/apparaat.json").status_code == 200
        assert phone.post("/apparaat", json={}).status_code == 200


class TestWhatGoesAlong:
    """The packs, and whose."""

    def test_a_pack_has_everything_a_screen_needs(self, phone: PageClient, planned: Interview, cast: Cast) -> None:
        answer = phone.get(f"/gesprekken/{planned.id}/pakket.json")
        pack = answer.json
        assert pack is not None
        assert set(pack) == {
            "interview", "people", "guide", "consent", "recording", "typing", "may", "contact", "made_at",
        }  # fmt: skip
        assert pack["interview"]["names"] == ["Merel"]
        assert pack["interview"]["next"].endswith(".")
        assert pack["people"][0]["choices"]["record"] is True
        assert pack["may"]["TALK_HOLD"] is True
        assert pack["may"]["PEOPLE_MANAGE"] is False
        assert pack["contact"] == {"name": "Hanna", "phone": "06 12 34 56 78", "uri": "tel:+31612345678"}

    def test_a_pack_that_did_not_change_is_not_sent_again(
        self, phone: PageClient, planned: Interview, db: Session
    ) -> None:
        address = f"/gesprekken/{planned.id}/pakket.json"
        tag = phone.get(address).headers["ETag"]
        again = phone.get(address, headers={"If-None-Match": tag})
        assert (again.status_code, again.data) == (304, b"")
        with transaction(db):
            db.add(planned)
            planned.code = "D-99"
        assert phone.get(address, headers={"If-None-Match": tag}).status_code == 200

    def test_only_ones_own_interviews_with_work_in_them_go_along(
        self, app: Flask, phone: PageClient, planned: Interview, cast: Cast, db: Session
    ) -> None:
        carla, alice = (actor_for(db, person.id) for person in (cast.carla, cast.alice))
        with transaction(db):
            factories.interview(db, alice, cast.project)
            stopped = factories.interview(db, carla, cast.project)
            stopped.status = Status.STOPPED
        told = phone.get("/meegaan.json").json
        assert told is not None
        assert told["interviews"] == [str(planned.id)]
        assert told["contact"]["name"] == "Hanna"
        assert browser(app).sign_in(cast.esra).get("/meegaan.json").json["interviews"] == []  # type: ignore[index]

    def test_no_more_than_a_phone_can_carry_and_the_next_ones_first(
        self, db: Session, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(along, "MOST", 3)
        carla = actor_for(db, cast.carla.id)
        with transaction(db):
            rows = [factories.interview(db, carla, cast.project) for _ in range(4)]
            rows[2].planned_for = now()
        found = along.going_along(db, carla)
        assert found == [rows[2], rows[3], rows[1]]

    def test_a_pack_is_for_who_may_see_the_interview(self, app: Flask, planned: Interview, cast: Cast) -> None:
        address = f"/gesprekken/{planned.id}/pakket.json"
        headers = {"Accept": "application/json"}
        expected = {cast.alice: 200, cast.bob: 200, cast.dirk: 403, cast.esra: 403, cast.zoe: 404}
        for person, status in expected.items():
            assert browser(app).sign_in(person).get(address, headers=headers).status_code == status
        assert browser(app).get(address, headers=headers).status_code == 401

    def test_a_pack_holds_no_raw_text_for_who_may_not_read_it(
        self, app: Flask, planned: Interview, cast: Cast, db: Session, keys: KeyStore
    ) -> None:
        with transaction(db):
            carla: Actor = actor_for(db, cast.carla.id)
            text = factories.transcript(db, carla, planned, keys=keys)
            factories.approved(db, text, by=actor_for(db, cast.bob.id), keys=keys)
        pack = browser(app).sign_in(cast.carla).get(f"/gesprekken/{planned.id}/pakket.json")
        for _speaker, said in factories.TALK:
            assert said not in json.loads(pack.text).__str__()


class TestTheShells:
    """Pages that a phone keeps: nobody's, without words."""

    @pytest.fixture
    def names(self, app: Flask) -> list[str]:
        with app.test_request_context():
            return [name for name, _ in shells.kept().shells]

    def test_a_shell_knows_nobody(self, app: Flask, phone: PageClient, planned: Interview, names: list[str]) -> None:
        assert {"lijst", "elders"} <= set(names)
        for name in names:
            page = phone.get(f"/schil/{name}").text
            for known in ("Carla", "Merel", "Dichterbij de brief", planned.code, str(planned.id), "csrf-token"):
                assert known not in page, (name, known)
            assert browser(app).get(f"/schil/{name}").status_code == 200

    def test_a_waiting_message_is_not_kept_in_a_shell(self, phone: PageClient) -> None:
        with phone.session_transaction() as cookie:
            cookie["_flashes"] = [("ok", "Anja is aangemaakt.")]
        assert "Anja" not in phone.get("/schil/lijst").text
        assert "Anja" in phone.get("/apparaten").text

    def test_an_unknown_shell_is_not_there(self, phone: PageClient) -> None:
        assert phone.get("/schil/elders/x").status_code == 404
        assert phone.get("/schil/onbekend").status_code == 404

    def test_a_screen_that_cannot_do_without_the_server_is_left_out(
        self, app: Flask, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        gone = shells.Screen("gesprek", "talk/none.html", "^/x$")
        monkeypatch.setattr(shells, "SCREENS", (gone, shells.SCREENS[-1]))
        with app.test_request_context():
            assert [name for name, _ in shells.kept().shells] == ["elders"]

    @pytest.mark.parametrize(
        ("path", "screen"),
        [
            ("/", "lijst"),
            (f"/p/{uuid.UUID(int=1)}/gesprekken", "lijst"),
            (f"/gesprekken/{uuid.UUID(int=1)}/gesprek", "gesprek"),
            (f"/gesprekken/{uuid.UUID(int=1)}/uittypen", "uittypen"),
            (f"/gesprekken/{uuid.UUID(int=1)}/toestemming", "toestemming"),
            (f"/gesprekken/{uuid.UUID(int=1)}/toestemming/verder", "elders"),
            ("/hulp", "elders"),
        ],
    )
    def test_each_address_has_its_shell(self, path: str, screen: str) -> None:
        assert next(one.name for one in shells.SCREENS if re.match(one.pattern, path)) == screen

    def test_the_service_worker_names_what_it_keeps(self, app: Flask, phone: PageClient) -> None:
        from webapp import assets

        if not (assets.BUILD / "manifest.json").exists():
            pytest.skip("webapp/frontend is not built")
        answer = phone.get("/sw.js")
        assert answer.mimetype == "text/javascript"
        kept = json.loads(re.match(r"self\.KEPT=(.*);\n", answer.text)[1])  # type: ignore[index]
        assert kept["version"] in kept["shells"][0]["url"]
        for file in kept["files"]:
            with phone.get(file) as found:
                assert found.status_code == 200, file
        assert not re.search(r"^\s*(?:import|export)\b", answer.text, re.MULTILINE)

    def test_another_language_is_another_version(self, app: Flask) -> None:
        versions = set()
        for language in ("nl", "en"):
            with app.test_request_context(headers={"Accept-Language": language}):
                versions.add(shells.kept().version)
                assert shells.kept() is shells.kept()
        assert len(versions) == 2

    def test_the_manifest_names_the_start(self, phone: PageClient) -> None:
        answer = phone.get("/app.webmanifest")
        assert answer.mimetype == "application/manifest+json"
        assert json.loads(answer.text)["start_url"] == "/"


class TestTheFrame:
    """What a page says to the phone."""

    def test_who_holds_interviews_keeps_drafts_and_others_do_not(self, app: Flask, cast: Cast) -> None:
        page = browser(app).sign_in(cast.carla).get("/apparaten").text
        assert f'<meta name="person" content="{cast.carla.id}">' in page
        assert "data-net" in page
        for person in (cast.dirk, cast.esra):
            other = browser(app).sign_in(person).get("/apparaten").text
            assert '<meta name="person" content="other">' in other
            assert "data-net" not in other
        assert "person" not in browser(app).get("/inloggen").text.split("</head>")[0].split("<title>")[1]
