"""Two languages, and the means for a third."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from flask import Flask
from sqlalchemy.orm import Session

from interviews.models import Person
from tests.factories import Cast
from tests.pages import PageClient, browser, untranslated
from webapp import i18n, messages

PUBLIC = ("/inloggen", "/uitnodiging", "/uitnodiging/abcd-efgh-jkmn-pqrs", "/hulp", "/rust", "/bestaat-niet")
OWN = (
    "/apparaten",
    "/p/{}",
    "/p/{}/mensen",
    "/p/{}/mensen/uitnodigen",
    "/p/{}/logboek",
    "/p/{}/mensen/{carla}/weghalen",
)


def own_pages(cast: Cast) -> list[str]:
    return [path.format(cast.project.id, carla=cast.carla.id) for path in OWN]


def test_the_english_catalogue_lacks_nothing() -> None:
    assert i18n.missing("en") == []


def test_the_english_catalogue_holds_nothing_that_no_page_says() -> None:
    assert i18n.unused("en") == []


def test_every_translation_fills_in_the_same_fields() -> None:
    differing = []
    for message in i18n.read_catalogue("en"):
        if not message.id:
            continue
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        if not all(strings):
            continue
        asked = [set(re.findall(r"%\((\w+)\)", str(text))) for text in ids]
        given = [set(re.findall(r"%\((\w+)\)", str(text))) for text in strings]
        if any(fields - asked[-1] for fields in given) or asked[-1] - given[-1]:
            differing.append(ids[0])
    assert differing == []


def test_the_browser_s_language_is_followed_until_somebody_chooses(client: PageClient, cast: Cast) -> None:
    assert "Inloggen" in client.get("/inloggen").text
    assert "Sign in" in client.get("/inloggen", headers={"Accept-Language": "en-GB,en;q=0.9"}).text
    assert "Inloggen" in client.get("/inloggen", headers={"Accept-Language": "tr"}).text


def test_a_choice_holds_before_and_after_signing_in(client: PageClient, cast: Cast, db: Session) -> None:
    page = client.get("/hulp")
    answer = client.submit(page, "/taal", locale="en")
    assert answer.location == "/hulp"
    assert '<html lang="en"' in client.get("/hulp").text
    client.sign_in(cast.alice)
    assert '<html lang="nl"' in client.get("/hulp").text
    client.submit(client.get("/hulp"), "/taal", locale="en")
    assert db.get_one(Person, cast.alice.id).language == "en"
    assert '<html lang="en"' in client.get("/hulp").text


def test_an_unknown_language_changes_nothing(client: PageClient, cast: Cast, db: Session) -> None:
    client.sign_in(cast.alice)
    client.post("/taal", data={"locale": "xx"})
    assert db.get_one(Person, cast.alice.id).language == "nl"


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_page_is_whole_in_both_languages(client: PageClient, cast: Cast, language: str) -> None:
    client.post("/taal", data={"locale": language})
    for path in PUBLIC:
        assert f'<html lang="{language}"' in client.get(path).text
    client.sign_in(cast.alice)
    client.post("/taal", data={"locale": language})
    for path in own_pages(cast):
        answer = client.get(path)
        assert answer.status_code == 200
        assert f'<html lang="{language}"' in answer.text


def test_no_text_on_these_pages_escaped_the_translators(app: Flask, cast: Cast) -> None:
    app.config["PSEUDO_LANGUAGE"] = True
    client = browser(app)
    # The frame shows names as they are.
    data = ["Testbrowser", cast.project.title, "Wilgenburg", *(person.display_name for person in cast.everybody())]
    for path in PUBLIC:
        assert untranslated(client.get(path).text, data=data) == [], path
    client.sign_in(cast.alice)
    for path in own_pages(cast):
        assert untranslated(client.get(path).text, data=data) == [], path
    page = client.get(f"/p/{cast.project.id}/mensen/uitnodigen")
    refused = client.submit(page, display_name="")
    assert untranslated(refused.text, data=data) == []
    card = client.get(client.submit(page, display_name="Fatou", roles=["researcher"]).location)
    assert untranslated(card.text, data=data) == []


def test_a_text_that_escaped_is_found() -> None:
    page = '<html><body><p>⟦Goed⟧</p><p>Vergeten</p><img alt="Ook vergeten"><p translate="no">Merel</p></body></html>'
    assert untranslated(page) == ["Vergeten", "Ook vergeten"]
    assert untranslated("<html><body><p>⟦Een <strong>heel</strong> stuk⟧ 12</p></body></html>") == []


@pytest.mark.parametrize(
    ("language", "day", "time"),
    [("nl", "dinsdag 12 maart 2024", "14.05 uur"), ("en", "Tuesday 12 March 2024", "14:05")],
)
def test_a_moment_is_said_as_people_say_it(app: Flask, language: str, day: str, time: str) -> None:
    moment = datetime(2024, 3, 12, 13, 5, tzinfo=UTC)  # winter: one hour later in the Netherlands
    with app.test_request_context("/", headers={"Accept-Language": language}):
        assert i18n.format_day(date(2024, 3, 12)) == day
        assert i18n.format_time(moment) == time
        assert i18n.format_moment(moment).startswith(day)
        # Just before midnight in Greenwich it is already the next day here.
        assert i18n.format_day(datetime(2024, 3, 11, 23, 30, tzinfo=UTC)) == day


def test_one_and_many_differ_in_english_too(app: Flask) -> None:
    with app.test_request_context("/", headers={"Accept-Language": "en"}):
        one, many = (messages.sentence("names.undecided", count=count) for count in (1, 3))
    assert one != many
    assert "3" in many


def test_check_tells_what_is_missing(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(i18n, "missing", lambda _language: [])
    assert i18n.main(["check"]) == 0
    monkeypatch.setattr(i18n, "missing", lambda _language: ["Een nieuwe zin."])
    assert i18n.main(["check"]) == 1
    assert "en: Een nieuwe zin." in capsys.readouterr().out
    assert i18n.main([]) == 2


def test_update_keeps_what_is_translated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = i18n.read_catalogue("en").get("Inloggen")
    assert before is not None
    path = tmp_path / "messages.po"
    path.write_bytes(i18n.catalogue_path("en").read_bytes())
    monkeypatch.setattr(i18n, "catalogue_path", lambda _language: path)
    i18n.update("en")
    again = path.read_bytes()
    i18n.update("en")
    assert path.read_bytes() == again
    kept = i18n.read_catalogue("en").get("Inloggen")
    assert kept is not None
    assert kept.string == before.string


def test_a_sentence_without_a_translation_stays_dutch() -> None:
    catalogue = Catalog(locale="en")
    catalogue.add("Nog niet vertaald", "")
    catalogue.add("Begin", "Start")
    sentences = i18n.Sentences(catalogue)
    assert sentences.gettext("Nog niet vertaald") == "Nog niet vertaald"
    assert sentences.gettext("Begin") == "Start"
    assert sentences.ngettext("een", "meer", 2) == "meer"
