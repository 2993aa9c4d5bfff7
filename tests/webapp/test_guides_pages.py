"""The interview guide on its pages: reading it, saying something about a question, making the next version."""

from __future__ import annotations

import io
from typing import Any

import lxml.html
import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from coding import codebooks
from coding.starter import start_guide_text, start_lexicon
from interviews import guides
from interviews.access import actor_for
from interviews.db import transaction
from interviews.models import Guide, Question, QuestionRemark
from tests.factories import Cast
from tests.pages import PageClient, browser, untranslated

LONG = "Hoe was, omdat je daar regelmatig kwam, het contact op het moment dat je voor het eerst een brief kreeg die niet klopte?"


@pytest.fixture
def carla(app: Flask, cast: Cast) -> PageClient:
    """The browser of the peer interviewer."""
    return browser(app).sign_in(cast.carla)


@pytest.fixture
def bob(app: Flask, cast: Cast) -> PageClient:
    """The browser of the researcher."""
    return browser(app).sign_in(cast.bob)


@pytest.fixture
def guide(db: Session, cast: Cast) -> Guide:
    """The start guide, in use, beside the start codebook."""
    with transaction(db):
        codebooks.adopt(db, cast.project, start_lexicon())
        return guides.adopt(db, cast.project, start_guide_text())


@pytest.fixture
def concept(db: Session, cast: Cast, guide: Guide) -> Guide:
    """The next version, being made."""
    with transaction(db):
        return guides.new_version(db, actor_for(db, cast.bob.id), guide)


def page(cast: Cast) -> str:
    return f"/p/{cast.project.id}/vragenlijst"


def questions(html: str) -> list[str]:
    """The questions on a page, in order."""
    root: Any = lxml.html.document_fromstring(html)
    return [one.text_content().strip() for one in root.xpath("//p[@class='guide__text']")]


def test_everybody_who_talks_or_reads_finds_the_guide_in_the_menu(app: Flask, cast: Cast, guide: Guide) -> None:
    for person in (cast.carla, cast.dirk, cast.bob):
        home = browser(app).sign_in(person).get(f"/p/{cast.project.id}").text
        assert home.count(page(cast)) >= 2, "in the menu and on the start page"
    lead = browser(app).sign_in(cast.alice).get(f"/p/{cast.project.id}").text
    assert page(cast) in lead
    assert f"/p/{cast.project.id}/mensen" in lead
    assert browser(app).sign_in(cast.esra).get(page(cast)).status_code == 403
    assert browser(app).sign_in(cast.zoe).get(page(cast)).status_code == 404


def test_an_interviewer_reads_questions_with_what_they_serve(carla: PageClient, cast: Cast, guide: Guide) -> None:
    text = carla.get(page(cast)).text
    assert questions(text) == [one.text_je for one in guide.questions]
    assert "Vragen aan: cliënt" in text
    assert "Hoe voelde je je die dag?" in text
    assert "Stress en spanning" in text
    assert "altijd vragen" in text
    assert "Nieuwe versie maken" not in text


def test_who_has_no_guide_yet_is_told_who_makes_it(carla: PageClient, bob: PageClient, cast: Cast, db: Session) -> None:
    assert "Er is nog geen vragenlijst" in carla.get(page(cast)).text
    empty = bob.get(page(cast))
    assert "Met deze vragen beginnen" in empty.text
    answer = bob.post(f"{page(cast)}/toevoegen", data={"start": "1"})
    made = guides.concept(db, cast.project.id)
    assert made is not None
    assert answer.location == f"/vragenlijst/{made.id}/maken"
    assert "Er is nog geen vragenlijst" in carla.get(page(cast)).text, "nobody sees a concept"


def test_an_interviewer_says_what_could_be_better_and_an_editor_settles_it(
    carla: PageClient, bob: PageClient, cast: Cast, guide: Guide, concept: Guide, db: Session
) -> None:
    question = guide.questions[5]
    form = f"/vragen/{question.id}/opmerking"
    refused = carla.submit(carla.get(page(cast)), form, text=" ")
    assert refused.status_code == 422
    assert "Schrijf op wat je van de vraag vindt" in refused.text
    said = carla.submit(carla.get(page(cast)), form, text="Mensen vragen: <b>welke</b> dag?")
    assert said.status_code == 303
    assert "Mensen vragen: &lt;b&gt;welke&lt;/b&gt; dag?" in carla.get(page(cast)).text
    editing = bob.get(f"/vragenlijst/{concept.id}/maken")
    assert "Mensen vragen" in editing.text
    row = db.scalars(sa.select(QuestionRemark)).one()
    assert carla.post(f"/opmerkingen/{row.id}/klaar").status_code == 403
    assert bob.submit(editing, f"/opmerkingen/{row.id}/klaar").status_code == 303
    assert "Mensen vragen" not in bob.get(page(cast)).text


def test_a_researcher_makes_a_version_and_takes_it_into_use(
    bob: PageClient, carla: PageClient, cast: Cast, guide: Guide, db: Session
) -> None:
    first = bob.get(page(cast))
    begun = bob.submit(first, f"/vragenlijst/{guide.id}/nieuw")
    concept = guides.concept(db, cast.project.id)
    assert concept is not None
    assert begun.location == f"/vragenlijst/{concept.id}/maken"
    key, question_id = concept.questions[6].key, concept.questions[6].id
    asked = bob.get(f"/vragen/{question_id}/aanpassen")
    bob.submit(
        asked,
        text_je="Hoe ging het eerste gesprek?",
        text_u="Hoe ging het eerste gesprek?",
        follow_up="En toen?\n\nWat dacht je? / Wat dacht u?",
    )
    editing = bob.get(f"/vragenlijst/{concept.id}/maken")
    assert "Andere woorden" in editing.text
    assert "Andere vragen om door te vragen" in editing.text
    assert carla.get(f"/vragenlijst/{concept.id}").status_code == 303, "a concept is for who makes it"
    assert "Hoe ging het eerste gesprek?" not in carla.get(page(cast)).text
    assert bob.submit(editing, f"/vragenlijst/{concept.id}/gebruiken").status_code == 303
    assert "Hoe ging het eerste gesprek?" in carla.get(page(cast)).text
    changed = db.scalars(sa.select(Question).where(Question.guide_id == concept.id, Question.key == key)).one()
    assert changed.follow_up == ["En toen?", "Wat dacht je? / Wat dacht u?"]
    older = carla.get(f"/vragenlijst/{guide.id}").text
    assert "Er is nu een nieuwere versie" in older
    assert "Wat er veranderde" in carla.get(f"/vragenlijst/{concept.id}").text
    for address in (
        f"/vragenlijst/{concept.id}/maken",
        f"/vragen/{question_id}/aanpassen",
        f"/vragenlijst/{concept.id}/vraag",
    ):
        assert bob.get(address).location == f"/vragenlijst/{concept.id}"
    late = bob.post(f"/vragen/{question_id}/aanpassen", data={"text_je": "x", "text_u": "x", "topic": "client"})
    assert late.status_code == 422
    assert "verandert niet meer" in late.text


def test_tips_stand_beside_a_hard_question_and_never_stop_anybody(bob: PageClient, concept: Guide, db: Session) -> None:
    question = concept.questions[6]
    address, before = f"/vragen/{question.id}/aanpassen", question.text_je
    looked = bob.submit(bob.get(address), text_je=LONG, nakijken="1")
    assert looked.status_code == 200
    assert "Maak er twee zinnen van" in looked.text
    assert "Makkelijker is: vaak" in looked.text
    assert LONG in looked.text
    assert db.get_one(Question, question.id).text_je == before, "looking stores nothing"
    kept = bob.submit(looked, text_je=LONG)
    assert kept.status_code == 303
    assert "Kijk nog even naar de tips" in bob.get(f"/vragenlijst/{concept.id}/maken").text


def test_what_is_not_right_is_shown_beside_its_field_and_nothing_is_lost(bob: PageClient, concept: Guide) -> None:
    asked = bob.get(f"/vragenlijst/{concept.id}/vraag?bij=closing")
    refused = bob.submit(asked, text_je="Wil je nog iets?", text_u="", follow_up="Echt?")
    assert refused.status_code == 422
    assert 'href="#text_u"' in refused.text
    assert "Wil je nog iets?" in refused.text
    assert "Echt?" in refused.text
    added = bob.submit(refused, text_u="Wilt u nog iets?", themes=["hlp.luisteren", "bestaat.niet"])
    assert added.status_code == 303
    text = bob.get(f"/vragenlijst/{concept.id}/maken").text
    assert questions(text)[-1] == "Wil je nog iets?"
    assert "Echt luisteren" in text


def test_questions_are_moved_taken_out_and_put_back(bob: PageClient, concept: Guide) -> None:
    one, two = concept.questions[5], concept.questions[6]
    editing = f"/vragenlijst/{concept.id}/maken"
    first, second = one.text_je, two.text_je
    one_id, key = one.id, one.key
    bob.post(f"/vragen/{two.id}/verplaatsen", data={"richting": "omhoog"})
    assert questions(bob.get(editing).text)[5:7] == [second, first]
    bob.post(f"/vragen/{one_id}/weghalen")
    gone = bob.get(editing)
    assert first not in questions(gone.text)
    assert bob.post(f"/vragenlijst/{concept.id}/terugzetten", data={"vraag": key}).status_code == 303
    assert first in questions(bob.get(editing).text)
    assert bob.post(f"/vragenlijst/{concept.id}/terugzetten", data={"vraag": "zomaar"}).status_code == 404


def test_a_concept_is_thrown_away_on_purpose_only(
    bob: PageClient, cast: Cast, guide: Guide, concept: Guide, db: Session
) -> None:
    editing = bob.get(f"/vragenlijst/{concept.id}/maken")
    assert bob.submit(editing, f"/vragenlijst/{concept.id}/weggooien").status_code == 303
    assert guides.concept(db, cast.project.id) is None
    assert bob.post(f"/vragenlijst/{guide.id}/weggooien").status_code == 422


def test_a_guide_is_taken_along_as_a_file_and_taken_in_elsewhere(
    app: Flask, bob: PageClient, cast: Cast, guide: Guide, db: Session
) -> None:
    file = bob.get(f"/vragenlijst/{guide.id}/bestand")
    assert file.headers["Content-Disposition"] == 'attachment; filename="vragenlijst-0.1.yaml"'
    zoe = browser(app).sign_in(cast.zoe)
    assert zoe.get(f"/vragenlijst/{guide.id}/bestand").status_code == 404
    there = f"/p/{cast.elsewhere.id}/vragenlijst"
    for content in (b"", b"\xff\xfe\x00", b"schema: par-guide/2"):
        refused = zoe.post(f"{there}/toevoegen", data={"file": (io.BytesIO(content), "gids.yaml")})
        assert refused.status_code == 422
        assert "kan ik niet lezen" in refused.text
    assert "Kies eerst een bestand" in zoe.post(f"{there}/toevoegen").text
    zoe.post(f"{there}/toevoegen", data={"file": (io.BytesIO(file.data), "gids.yaml")})
    made = guides.concept(db, cast.elsewhere.id)
    assert made is not None
    assert len(made.questions) == len(guide.questions)


def test_no_text_on_these_pages_escaped_the_translators(app: Flask, cast: Cast, guide: Guide, concept: Guide) -> None:
    app.config["PSEUDO_LANGUAGE"] = True
    client = browser(app).sign_in(cast.bob)
    data = ["Testbrowser", cast.project.title, "Bob", "0.1", "0.2"]
    addresses = [
        page(cast),
        f"/vragenlijst/{guide.id}",
        f"/vragenlijst/{concept.id}/maken",
        f"/vragenlijst/{concept.id}/vraag",
        f"/vragen/{concept.questions[6].id}/aanpassen",
    ]
    for address in addresses:
        assert untranslated(client.get(address).text, data=data) == [], address
