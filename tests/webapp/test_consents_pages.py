"""Asking for consent on screen: one choice at a time, the plain form, and the paper that people keep."""

from __future__ import annotations

import hashlib
import io
import json
import uuid
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from docx import Document
from flask import Flask
from sqlalchemy.orm import Session

from interviews import consents, passes
from interviews import interviews as planning
from interviews.access import actor_for
from interviews.db import transaction
from interviews.models import AuditEntry, ConsentChoice, ConsentTalk, Interview, Project
from interviews.models.interview import Address, How, InterviewKind, Part, Perspective, Representative
from interviews.models.membercheck import PassPurpose
from interviews.models.project import AfterExport
from interviews.scopes import COMPANION_SCOPES, Scope
from tests.factories import Cast
from tests.pages import PageClient, browser, untranslated
from webapp.consenttext import consent_text, text_for

ALL_YES = {scope.value: "yes" for scope in Scope}
SIGNED = "M10,20 L300,120 L590,230"


@pytest.fixture
def carla(app: Flask, cast: Cast) -> PageClient:
    """The interviewer, signed in."""
    return browser(app).sign_in(cast.carla)


def planned(db: Session, cast: Cast, *, people: int = 1, names: tuple[str, ...] = ("Merel",)) -> Interview:
    """An interview of Carla where nothing was asked yet."""
    with transaction(db):
        return planning.plan(
            db,
            actor_for(db, cast.carla.id),
            cast.project,
            perspective=Perspective.CLIENT,
            kind=InterviewKind.GROUP if people > 1 else InterviewKind.INDIVIDUAL,
            people=people,
            pseudonyms=names,
        )


def address(row: Interview, rest: str = "") -> str:
    return f"/gesprekken/{row.id}/toestemming{rest}"


def said(row: Interview, number: int = 0, **more: Any) -> dict[str, Any]:
    """What a phone sends: everybody's yes to everything, spoken, unless `more` says otherwise."""
    return {
        "id": str(uuid.uuid4()),
        "person": str(consents.people_of(row)[number].id),
        "choices": dict.fromkeys((scope.value for scope in Scope), True),
        "how": "spoken",
        "teach_back": "right",
        "signature": None,
        "by_representative": False,
        "agrees": None,
        "at": "2026-11-22T09:30:00.000Z",
        "text_version": consents.TEXT_VERSION,
        **more,
    }


def send(client: PageClient, row: Interview, body: object, *, key: str | None = None) -> Any:
    headers = {"Idempotency-Key": key or str(uuid.uuid4())}
    return client.post(address(row, "/gesprek"), json=body, headers=headers)


def pack_in(text: str) -> dict[str, Any]:
    """The pack that a page carries."""
    block = text.split('id="pack"', 1)[1].split(">", 1)[1].split("</script>", 1)[0]
    found: dict[str, Any] = json.loads(block)
    return found


def test_the_page_carries_what_is_asked_of_everybody(carla: PageClient, cast: Cast, db: Session) -> None:
    row = planned(db, cast, people=2, names=("Merel", "Daan"))
    with transaction(db):
        actor = actor_for(db, cast.carla.id)
        consents.add_companion(db, actor, db.merge(row), pseudonym="Tante Bea")
        consents.add_representative(db, actor, db.merge(row), db.merge(row).interviewees[1], Representative.PARENT)
    consent = pack_in(carla.get(address(row)).text)["consent"]
    assert [(one["part"], one["represented_by"]) for one in consent["people"]] == [
        ("teller", None), ("teller", "ouder"), ("companion", None),
    ]  # fmt: skip
    assert [one["id"] for one in consent["texts"]["teller"]["scopes"]] == [scope.value for scope in Scope]
    assert {one["id"] for one in consent["texts"]["companion"]["scopes"]} == {one.value for one in COMPANION_SCOPES}
    assert all(one["choices"] == {} for one in consent["people"])


def test_the_page_speaks_as_the_interview_does(carla: PageClient, cast: Cast, db: Session) -> None:
    row = planned(db, cast)
    assert (
        "Kunt u in eigen woorden" in pack_in(carla.get(address(row)).text)["consent"]["texts"]["teller"]["teach_back"]
    )
    with transaction(db):
        db.merge(row).address = Address.JE
    assert (
        "Kun je in eigen woorden" in pack_in(carla.get(address(row)).text)["consent"]["texts"]["teller"]["teach_back"]
    )


@pytest.mark.parametrize("after", list(AfterExport))
@pytest.mark.parametrize("part", list(Part))
def test_je_and_u_are_never_mixed(part: Part, after: AfterExport) -> None:
    project = Project(erase_until=date(2026, 12, 31), after_export=after)
    for form, other in ((Address.U, {"je", "jij", "jou", "jouw"}), (Address.JE, {"u", "uw", "uzelf"})):
        text = text_for(project, form, part)
        sentences = [
            text.intro,
            text.representative,
            text.agrees,
            text.teach_back,
            text.refused,
            text.withdraw,
            text.thanks,
        ]
        sentences += [piece for scope in text.scopes for piece in (scope.label, scope.explain, scope.check)]
        for sentence in sentences:
            assert not other & {word.strip(".,?‘’").casefold() for word in sentence.split()}, sentence
            assert all(len(one.split()) <= 15 for one in sentence.replace("?", ".").split(".")), sentence


def test_the_day_until_which_everything_is_erased_is_told_where_one_chooses_and_on_what_one_keeps(
    app: Flask, carla: PageClient, cast: Cast, db: Session
) -> None:
    row = planned(db, cast)
    said = "Tot en met donderdag 31 december 2026 wissen we alles als u stopt."
    pages = (address(row), address(row, "/lijst"), address(row, "/kopie"))
    assert not any("wissen we alles" in carla.get(page).text for page in pages)
    with transaction(db):
        project = db.merge(row).project
        project.erase_until, project.after_export = date(2026, 12, 31), AfterExport.KEEP
        made = passes.make(
            db, actor_for(db, cast.carla.id), db.merge(row), row.interviewees[0], purpose=PassPurpose.CONSENT
        )
        token, code = made.token, made.code
    assert [page for page in pages if said not in carla.get(page).text] == []
    texts = pack_in(carla.get(address(row)).text)["consent"]["texts"]
    assert said in texts["teller"]["withdraw"]
    # Who sits in says no to a use; only who tells has the whole story erased.
    assert said not in texts["companion"]["withdraw"]
    paper = Document(io.BytesIO(carla.get(address(row, "/kopie.docx")).data))
    assert any(said in cell.text for table in paper.tables for line in table.rows for cell in line.cells) or any(
        said in line.text for line in paper.paragraphs
    )
    guest = browser(app)
    guest.post(f"/mee/{token}", data={"code": code})
    page = guest.get(f"/mee/{token}").text
    assert said in page
    assert "De tekst bewaren we dan achter slot." in page


VERSIONS = {"0.2": "7f3ac48ba61d8d54"}
"""Each version of the consent text with its fingerprint: another text takes another version, and a line here."""


def test_another_consent_text_has_another_version() -> None:
    texts = repr([consent_text(form, part) for form in Address for part in Part])
    assert VERSIONS[consents.TEXT_VERSION] == hashlib.sha256(texts.encode()).hexdigest()[:16]


def test_a_talk_from_the_phone_is_written_once_with_what_was_drawn(carla: PageClient, cast: Cast, db: Session) -> None:
    row = planned(db, cast)
    body = said(row, how="signed", signature=SIGNED)
    for key in (body["id"], body["id"], str(uuid.uuid4())):
        answer = send(carla, row, body, key=key)
        assert answer.status_code == 200
        assert answer.json["choices"] == body["choices"]
    made = db.scalars(sa.select(ConsentTalk)).one()
    assert (str(made.id), made.how, made.by_id) == (body["id"], How.SIGNED, cast.carla.id)
    assert made.at.isoformat() == "2026-11-22T09:30:00+00:00" or made.at.year == 2026
    assert len(db.scalars(sa.select(ConsentChoice)).all()) == len(Scope)
    assert pack_in(carla.get(address(row)).text)["consent"]["people"][0]["talks"] == [body["id"]]


def test_the_answer_tells_what_counts_and_not_what_was_sent(carla: PageClient, cast: Cast, db: Session) -> None:
    row = planned(db, cast)
    choices = dict.fromkeys((scope.value for scope in Scope), True) | {"use_research": False}
    answer = send(carla, row, said(row, choices=choices))
    assert set(answer.json["choices"].values()) == {False}


ODD: list[Any] = [
    [],
    "ja",
    3,
    {"choices": None},
    {"choices": {"use_research": "yes"}},
    {"choices": {"verkopen": True}},
    {"choices": {}},
    {"how": "imported"},
    {"how": None},
    {"how": 1},
    {"id": "x"},
    {"id": None},
    {"person": "x"},
    {"at": "gisteren"},
    {"at": "2026-11-22T09:30:00"},
    {"at": 7},
    {"at": "0001-01-01T00:00:00+14:00"},
    {"signature": "M1,1 <script>"},
    {"signature": 4},
    {"signature": "M" + "1" * 50_000},
    {"by_representative": True},
    {"by_representative": "ja"},
    {"agrees": True},
    {"agrees": 1},
    {"teach_back": "onzin"},
    {"teach_back": ["right"]},
    {"text_version": None},
    {"text_version": "<b>"},
]


def test_what_is_no_talk_is_refused_in_words_and_writes_nothing(carla: PageClient, cast: Cast, db: Session) -> None:
    row = planned(db, cast)
    for odd in ODD:
        answer = send(carla, row, said(row) | odd if isinstance(odd, dict) else odd)
        assert answer.status_code == 422, odd
        assert answer.json["error"].endswith("."), odd
    assert db.scalars(sa.select(ConsentTalk)).all() == []


def test_nobody_elses_person_can_be_asked_here(carla: PageClient, cast: Cast, db: Session) -> None:
    row, other = planned(db, cast), planned(db, cast, names=("Daan",))
    assert send(carla, row, said(other)).status_code == 404
    assert send(carla, row, said(row, person=str(uuid.uuid4()))).status_code == 404
    talk = said(row)
    assert send(carla, row, talk).status_code == 200
    assert send(carla, other, said(other, id=talk["id"])).status_code == 404


def test_every_role_finds_its_own_door(app: Flask, cast: Cast, db: Session) -> None:
    row = planned(db, cast)
    pages = ("", "/lijst", "/kopie", "/kopie.docx")
    for person, status in (
        (cast.alice, 200), (cast.carla, 200), (cast.bob, 403), (cast.dirk, 403), (cast.esra, 403), (cast.zoe, 404),
    ):  # fmt: skip
        client = browser(app).sign_in(person)
        for page in pages:
            assert client.get(address(row, page)).status_code == status, (person.login_word, page)
        assert send(client, row, said(row)).status_code == status
        form = client.post(address(row, "/lijst"), data={**ALL_YES, "how": "spoken"})
        assert form.status_code == (303 if status == 200 else status)
    assert browser(app).get(address(row)).status_code in (302, 303)


def test_no_answer_is_chosen_before_somebody_chooses(carla: PageClient, cast: Cast, db: Session) -> None:
    page = carla.get(address(planned(db, cast), "/lijst"))
    assert "checked" not in page.text
    assert page.text.count("Nee, liever niet") == len(Scope)
    assert page.text.index("Nee, liever niet") < page.text.index("Ja, dat mag")


def test_choices_are_written_down_with_how_they_were_given(carla: PageClient, cast: Cast, db: Session) -> None:
    row = planned(db, cast)
    page = carla.get(address(row, "/lijst"))
    answer = carla.submit(
        page, **{**ALL_YES, "portrait": "no", "own_name": "no", "how": "cross", "teach_back": "right"}
    )
    assert (answer.status_code, answer.location) == (303, f"/gesprekken/{row.id}")
    person = db.get_one(Interview, row.id).interviewees[0]
    assert person.allows(Scope.USE_RESEARCH)
    assert not person.allows(Scope.PORTRAIT)
    assert {choice.how.value for choice in person.choices} == {"cross"}
    # The same form once more, by a double tap: the same talk.
    carla.submit(page, **{**ALL_YES, "how": "cross"})
    assert len(db.scalars(sa.select(ConsentTalk)).all()) == 1


def test_open_choices_are_counted_and_what_was_chosen_stays(carla: PageClient, cast: Cast, db: Session) -> None:
    row = planned(db, cast)
    page = carla.get(address(row, "/lijst"))
    typed = {name: value for name, value in ALL_YES.items() if name not in ("archive", "contact_again")}
    answer = carla.submit(page, **typed)
    assert answer.status_code == 422
    assert "Bij 2 keuzes staat nog geen ja of nee. Vraag die nog even." in answer.text
    assert "Kies hoe de ander het heeft gezegd." in answer.text
    assert answer.text.count(" checked") == len(Scope) - 2
    assert db.scalars(sa.select(ConsentChoice)).all() == []


def test_who_does_not_take_part_is_asked_nothing_more(carla: PageClient, cast: Cast, db: Session) -> None:
    row = planned(db, cast)
    answer = carla.submit(carla.get(address(row, "/lijst")), use_research="no", how="spoken")
    assert (answer.status_code, answer.location) == (303, f"/gesprekken/{row.id}")
    assert [choice.scope for choice in db.scalars(sa.select(ConsentChoice))] == [Scope.USE_RESEARCH]
    assert (
        carla.post(f"/gesprekken/{row.id}/uittypen/opslaan", data={"text-0": "Toch.", "who-0": "R"}).status_code != 303
    )


def test_in_a_group_everybody_is_asked_companions_too(carla: PageClient, cast: Cast, db: Session) -> None:
    row = planned(db, cast, people=2, names=("Merel", "Daan"))
    with transaction(db):
        consents.add_companion(db, actor_for(db, cast.carla.id), db.merge(row))
    form = address(row, "/lijst")
    answer = carla.submit(carla.get(form), **ALL_YES, how="spoken")
    assert answer.location == f"{form}?persoon=2"
    answer = carla.submit(carla.get(answer.location), **ALL_YES, how="spoken")
    assert answer.location == f"{form}?persoon=3"
    page = carla.get(answer.location)
    assert page.text.count("Nee, liever niet") == len(COMPANION_SCOPES)
    few = {scope.value: "yes" for scope in COMPANION_SCOPES}
    assert carla.submit(page, **few, how="spoken").location == f"/gesprekken/{row.id}"
    assert db.get_one(Interview, row.id).allows(Scope.RECORD)


def test_for_a_minor_both_are_asked(carla: PageClient, cast: Cast, db: Session) -> None:
    row = planned(db, cast)
    with transaction(db):
        ours = db.merge(row)
        consents.add_representative(db, actor_for(db, cast.carla.id), ours, ours.interviewees[0], Representative.PARENT)
    form = address(row, "/lijst")
    refused = carla.submit(carla.get(form), **ALL_YES, how="spoken")
    assert refused.status_code == 422
    assert "Vraag het ook aan de persoon zelf." in refused.text
    assert carla.submit(refused, **ALL_YES, how="spoken", agrees="yes").status_code == 303
    assert db.get_one(Interview, row.id).allows(Scope.RECORD)
    assert send(carla, row, said(row)).status_code == 422


def test_a_change_of_mind_is_added_and_the_first_choice_stays_in_sight(
    carla: PageClient, cast: Cast, db: Session
) -> None:
    row = planned(db, cast)
    send(carla, row, said(row))
    send(carla, row, said(row, choices={"quote_pseudonym": False}, at="2026-11-22T09:40:00+00:00"))
    person = db.get_one(Interview, row.id).interviewees[0]
    assert not person.allows(Scope.QUOTE_PSEUDONYM)
    assert len(person.choices) == len(Scope) + 1
    page = carla.get(address(row, "/lijst"))
    assert "Wat er eerder is gekozen" in page.text
    history = pack_in(carla.get(address(row)).text)["consent"]["people"][0]["history"]
    assert history[0]["answers"] == [["quote_pseudonym", False]]
    assert len(history[1]["answers"]) == len(Scope)
    assert history[0]["who"] == cast.carla.display_name
    actions = list(db.scalars(sa.select(AuditEntry.action)))
    assert (actions.count("consent.yes"), actions.count("consent.no")) == (len(Scope), 1)


def test_the_paper_says_what_was_chosen_on_screen_and_in_word(carla: PageClient, cast: Cast, db: Session) -> None:
    row = planned(db, cast)
    empty = carla.get(address(row, "/kopie"))
    assert empty.text.count("Niet gevraagd") == len(Scope)
    send(carla, row, said(row, how="signed", signature=SIGNED))
    send(carla, row, said(row, choices={"record": False}, how="signed", signature=SIGNED, at="2026-11-22T10:00:00Z"))
    page = carla.get(address(row, "/kopie"))
    assert f'd="{SIGNED}"' in page.text
    assert page.text.count("Ja, dat mag") == len(Scope) - 1
    assert "06 12 34 56 78" in page.text
    file = carla.get(address(row, "/kopie.docx"))
    assert file.headers["Content-Disposition"].startswith("attachment; filename=keuzes-d-01-")
    assert "Merel" not in file.headers["Content-Disposition"]
    table = Document(io.BytesIO(file.get_data())).tables[0]
    answers = [line.cells[1].text for line in table.rows][1:]
    assert (answers.count("Ja, dat mag"), answers.count("Nee")) == (len(Scope) - 1, 1)


def test_the_paper_is_in_dutch_for_an_english_interviewer_too(app: Flask, cast: Cast, db: Session) -> None:
    row = planned(db, cast)
    with transaction(db):
        db.merge(cast.carla).language = "en"
    client = browser(app).sign_in(cast.carla)
    send(client, row, said(row))
    page = client.get(address(row, "/kopie"))
    assert "hardop gezegd" in page.text
    assert "Uw keuzes" in page.text


def test_no_text_on_these_pages_escaped_the_translators(app: Flask, cast: Cast, db: Session) -> None:
    row = planned(db, cast)
    app.config["PSEUDO_LANGUAGE"] = True
    data = ["Carla", cast.project.title, "D-01", "Merel", "Hanna"]
    client = browser(app).sign_in(cast.carla)
    for page in ("", "/lijst", "/kopie"):
        assert untranslated(client.get(address(row, page)).text, data=data) == [], page
