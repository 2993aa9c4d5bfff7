"""Names away: every proposal is somebody's decision, and a second person looks."""

from __future__ import annotations

import uuid

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from interviews import names, projects, transcripts
from interviews.access import actor_for
from interviews.clock import now
from interviews.db import transaction
from interviews.detect.finder import default_finder
from interviews.keys import KeyStore
from interviews.models import AuditEntry, Interview, NameEntity, NameMention, Person, Revision, Transcript
from interviews.models.interview import Status
from interviews.models.name import MentionStatus
from interviews.models.project import Role
from interviews.models.transcript import Layer
from tests import factories
from tests.factories import Cast
from tests.pages import PageClient, browser, untranslated
from webapp.namewords import reason_sentence

TALK = (
    ("I", "Hoe gaat het met je?"),
    ("R", "Goed. Mijn zus Annelies hielp me. Annelies belde mevrouw Terpstra in Zwolle."),
    ("I", "En toen?"),
    ("R", "Mevrouw Terpstra luisterde. Zonder Annelies was ik nergens. De kwibus van hiernaast ook."),
)


@pytest.fixture
def talk(db: Session, cast: Cast) -> Interview:
    """An interview that Carla held."""
    with transaction(db):
        return factories.interview(db, actor_for(db, cast.carla.id), cast.project, pseudonyms=["Merel"])


@pytest.fixture
def text(talk: Interview, cast: Cast, db: Session, keys: KeyStore) -> Transcript:
    """Its text, with what the finder proposed."""
    with transaction(db):
        made = factories.transcript(db, actor_for(db, cast.carla.id), talk, keys=keys, talk=TALK)
        names.propose(db, made, keys=keys, finder=default_finder())
    return made


@pytest.fixture
def carla(app: Flask, cast: Cast) -> PageClient:
    """The browser of the peer interviewer."""
    return browser(app).sign_in(cast.carla)


@pytest.fixture
def bob(app: Flask, cast: Cast) -> PageClient:
    """The browser of the researcher, the second person here."""
    return browser(app).sign_in(cast.bob)


def address(talk: Interview, rest: str = "") -> str:
    return f"/gesprekken/{talk.id}/namen{rest}"


def entity_of(db: Session, text: Transcript, words: str, keys: KeyStore) -> NameEntity:
    """Who is called `words` somewhere in the text."""
    with transaction(db):
        _, turns = transcripts.open_raw(db, text, keys=keys)
        for reading in names.review(db, text, turns, keys=keys):
            if any(found == words for _mention, found in reading.mentions):
                return reading.entity
    raise AssertionError(words)


def statuses(db: Session, entity: NameEntity) -> list[MentionStatus]:
    rows = db.scalars(
        sa.select(NameMention).where(NameMention.entity_id == entity.id).order_by(NameMention.turn, NameMention.start)
    )
    return [row.status for row in rows]


def handed_in(db: Session, text: Transcript, by: Person) -> None:
    with transaction(db):
        names.accept_rest(db, actor_for(db, by.id), text)
        names.hand_in(db, actor_for(db, by.id), text)


def test_what_was_found_is_shown_with_why_and_where(carla: PageClient, talk: Interview, text: Transcript) -> None:
    page = carla.get(address(talk))
    assert "Annelies" in page.text
    assert "3 plekken" in page.text
    assert "naam van een persoon" in page.text
    assert "Er staat een familielid of bekende voor" in page.text
    assert "stukken niet bekeken." in page.text


def test_the_title_and_the_addresses_hold_no_name(carla: PageClient, talk: Interview, text: Transcript) -> None:
    page = carla.get(address(talk)).text
    head = page[: page.index("</head>")]
    assert "Annelies" not in head
    assert "Terpstra" not in "".join(part.partition('"')[0] for part in page.split('href="')[1:])


def test_reading_the_page_is_logged_once_a_sitting(
    carla: PageClient, bob: PageClient, talk: Interview, text: Transcript, db: Session
) -> None:
    for reader in (carla, carla, bob, carla):
        reader.get(address(talk))
    log = db.scalars(sa.select(AuditEntry).where(AuditEntry.action == "raw.read")).all()
    assert [line.object_id for line in log] == [text.id, text.id]
    assert len({line.actor_id for line in log}) == 2


def test_one_answer_counts_for_a_whole_person_and_leads_back_to_the_same_place(
    carla: PageClient, talk: Interview, text: Transcript, db: Session, keys: KeyStore
) -> None:
    annelies = entity_of(db, text, "Annelies", keys)
    answer = carla.post(address(talk, "/besluit"), data={"decide": f"yes.e-{annelies.id}"})
    assert answer.status_code == 303
    assert answer.location.endswith(f"#e-{annelies.id}")
    assert statuses(db, annelies) == [MentionStatus.ACCEPTED] * 3
    page = carla.get(answer.location.partition("#")[0]).text
    assert page.count(f'data-of="{annelies.id}" data-status="accepted"') == 3
    assert f'<span class="said">Annelies</span><span class="instead"> {annelies.replacement}</span>' in page


def test_one_place_can_be_left_as_it_is(
    carla: PageClient, talk: Interview, text: Transcript, db: Session, keys: KeyStore
) -> None:
    annelies = entity_of(db, text, "Annelies", keys)
    second = sorted(annelies.mentions, key=lambda row: (row.turn, row.start))[1]
    answer = carla.post(address(talk, "/besluit"), data={"decide": f"no.m-{second.id}"})
    assert answer.location.endswith(f"#p-{second.id}")
    assert statuses(db, annelies) == [MentionStatus.PROPOSED, MentionStatus.REJECTED, MentionStatus.PROPOSED]


def test_another_name_is_chosen(
    carla: PageClient, talk: Interview, text: Transcript, db: Session, keys: KeyStore
) -> None:
    annelies = entity_of(db, text, "Annelies", keys)
    data = {"entity": str(annelies.id), "replacement": "Robin"}
    assert carla.post(address(talk, "/andere-naam"), data=data).status_code == 303
    assert db.get_one(NameEntity, annelies.id).replacement == "Robin"


def test_a_name_that_stands_in_the_text_is_refused_beside_the_field(
    carla: PageClient, talk: Interview, text: Transcript, db: Session, keys: KeyStore
) -> None:
    annelies = entity_of(db, text, "Annelies", keys)
    data = {"entity": str(annelies.id), "replacement": "Terpstra"}
    page = carla.post(address(talk, "/andere-naam"), data=data)
    assert page.status_code == 422
    assert "‘Terpstra’ staat ook echt in de tekst." in page.text
    assert f'href="#name-{annelies.id}"' in page.text


def test_two_people_who_are_one_are_joined(
    carla: PageClient, talk: Interview, text: Transcript, db: Session, keys: KeyStore
) -> None:
    annelies, zwolle = entity_of(db, text, "Annelies", keys), entity_of(db, text, "Zwolle", keys)
    data = {"entity": str(zwolle.id), "into": str(annelies.id)}
    assert carla.post(address(talk, "/samen"), data=data).status_code == 303
    assert len(statuses(db, annelies)) == 4
    wrong = carla.post(address(talk, "/samen"), data={"entity": str(annelies.id), "into": ""})
    assert wrong.status_code == 422
    assert "Deze twee namen kunnen niet samen." in wrong.text


def test_words_that_were_missed_are_added(
    carla: PageClient, talk: Interview, text: Transcript, db: Session, keys: KeyStore
) -> None:
    answer = carla.post(address(talk, "/erbij"), data={"words": "kwibus", "kind": "INDIRECT"})
    assert answer.status_code == 303
    assert statuses(db, entity_of(db, text, "kwibus", keys)) == [MentionStatus.ACCEPTED]
    missing = carla.post(address(talk, "/erbij"), data={"words": "Zoutkamp", "kind": "PLACE"})
    assert missing.status_code == 422
    assert "‘Zoutkamp’ staat niet in de tekst." in missing.text


def test_everything_still_open_is_accepted_at_once_and_handed_in(
    carla: PageClient, talk: Interview, text: Transcript, db: Session
) -> None:
    assert carla.post(address(talk, "/rest")).status_code == 303
    assert "Alle stukken zijn bekeken." in carla.get(address(talk)).text
    answer = carla.post(address(talk, "/inleveren"))
    assert answer.location == f"/gesprekken/{talk.id}"
    assert db.get_one(Interview, talk.id).status is Status.HANDED_IN
    page = carla.get(address(talk)).text
    assert "Je hebt deze tekst ingeleverd." in page
    assert "Inleveren</span>" not in page


def test_after_handing_in_the_interviewer_decides_no_more(
    carla: PageClient, talk: Interview, text: Transcript, cast: Cast, db: Session, keys: KeyStore
) -> None:
    annelies = entity_of(db, text, "Annelies", keys)
    handed_in(db, text, cast.carla)
    assert carla.post(address(talk, "/besluit"), data={"decide": f"no.e-{annelies.id}"}).status_code == 403
    assert statuses(db, annelies) == [MentionStatus.ACCEPTED] * 3


RISK = {"risk": "low", "reason": "Er staat niets meer in dat iemand herkent."}


class Asked:
    """A queue that remembers what it was asked, and whether the approval was stored by then."""

    def __init__(self, db: Session) -> None:
        self.db = db
        self.asked: list[tuple[uuid.UUID, bool]] = []

    def tag(self, transcript_id: uuid.UUID) -> None:
        self.db.rollback()
        self.asked.append((transcript_id, self.db.get_one(Transcript, transcript_id).approved_at is not None))


def test_a_second_person_approves_and_then_the_text_is_read(
    app: Flask, bob: PageClient, talk: Interview, text: Transcript, cast: Cast, db: Session
) -> None:
    queue = Asked(db)
    app.extensions["jobs"] = queue
    handed_in(db, text, cast.carla)
    assert "Goedkeuren" in bob.get(address(talk, "/klaar")).text
    answer = bob.post(address(talk, "/goedkeuren"), data=RISK)
    assert (answer.status_code, answer.location) == (303, f"/gesprekken/{talk.id}")
    research = db.scalars(sa.select(Revision).where(Revision.layer == Layer.RESEARCH)).one()
    assert research.text is not None
    assert "Annelies" not in research.text
    assert "Terpstra" not in research.text
    assert queue.asked == [(text.id, True)]
    page = bob.get(address(talk))
    assert page.status_code == 200
    assert "Annelies" not in page.text
    assert RISK["reason"] in page.text


def test_without_a_queue_approving_works_too(
    app: Flask, bob: PageClient, talk: Interview, text: Transcript, cast: Cast, db: Session
) -> None:
    app.extensions.pop("jobs", None)
    handed_in(db, text, cast.carla)
    assert bob.post(address(talk, "/goedkeuren"), data=RISK).status_code == 303


def test_nothing_is_approved_while_pieces_are_not_looked_at(
    bob: PageClient, talk: Interview, text: Transcript, cast: Cast, db: Session
) -> None:
    with transaction(db):
        names.hand_in(db, actor_for(db, cast.carla.id), text)
    page = bob.post(address(talk, "/goedkeuren"), data=RISK)
    assert page.status_code == 422
    assert "stukken zijn niet bekeken. Bekijk die eerst." in page.text
    assert db.get_one(Transcript, text.id).approved_at is None


def test_who_handed_in_may_not_approve_and_reads_who_may(
    app: Flask, talk: Interview, text: Transcript, cast: Cast, db: Session
) -> None:
    with transaction(db):
        projects.give_role(db, cast.project, cast.carla, Role.RESEARCHER)
    handed_in(db, text, cast.carla)
    both = browser(app).sign_in(cast.carla)
    page = both.get(address(talk, "/klaar")).text
    assert "Vraag iemand anders om ze na te kijken." in page
    assert "Alice, Bob" in page
    assert "Goedkeuren: de namen zijn weg" not in page
    refused = both.post(address(talk, "/goedkeuren"), data=RISK)
    assert refused.status_code == 422
    assert db.get_one(Transcript, text.id).approved_at is None


def test_a_text_goes_back_to_the_interviewer(
    bob: PageClient, carla: PageClient, talk: Interview, text: Transcript, cast: Cast, db: Session
) -> None:
    handed_in(db, text, cast.carla)
    empty = bob.post(address(talk, "/terug"), data={"why": " "})
    assert empty.status_code == 422
    assert "Schrijf op wat de interviewer nog moet doen." in empty.text
    assert bob.post(address(talk, "/terug"), data={"why": "Kijk nog naar de kwibus."}).status_code == 303
    assert db.get_one(Interview, talk.id).status is Status.TYPED
    page = carla.get(address(talk)).text
    assert "Bob gaf de tekst terug:" in page
    assert "Kijk nog naar de kwibus." in page
    handed_in(db, text, cast.carla)
    assert "gaf de tekst terug:" not in bob.get(address(talk)).text


def test_what_was_found_before_a_correction_is_not_decided_on(
    carla: PageClient, talk: Interview, text: Transcript, db: Session, keys: KeyStore
) -> None:
    gone = entity_of(db, text, "Annelies", keys).id
    page = carla.get(f"/gesprekken/{talk.id}/uittypen")
    carla.submit(page, f"/gesprekken/{talk.id}/uittypen/opslaan", **{"text-3": "Ze luisterde.", "hand_in": "1"})
    answer = carla.post(address(talk, "/besluit"), data={"decide": f"yes.e-{gone}"})
    assert "Deze tekst is intussen veranderd." in carla.get(answer.location).text
    assert set(db.scalars(sa.select(NameMention.status))) == {MentionStatus.PROPOSED}


def test_a_name_of_another_interview_is_not_reached_through_this_one(
    carla: PageClient, talk: Interview, text: Transcript, cast: Cast, db: Session, keys: KeyStore
) -> None:
    with transaction(db):
        elsewhere = factories.interview(db, actor_for(db, cast.alice.id), cast.project)
        secret = Transcript(interview_id=elsewhere.id, source_format="plain", created_at=now())
        db.add(secret)
        db.flush()
        strange = NameEntity(
            transcript_id=secret.id, key="PERSON-x", type="PERSON", canonical_sealed=b"x", replacement="Bo", position=0
        )
        db.add(strange)
    refused = carla.post(address(talk, "/andere-naam"), data={"entity": str(strange.id), "replacement": "Robin"})
    assert refused.status_code == 422
    assert db.get_one(NameEntity, strange.id).replacement == "Bo"


def test_only_the_people_of_this_interview_see_its_names(
    app: Flask, talk: Interview, text: Transcript, cast: Cast
) -> None:
    for person, status in ((cast.dirk, 403), (cast.esra, 403), (cast.zoe, 404), (cast.alice, 200), (cast.bob, 200)):
        page = browser(app).sign_in(person).get(address(talk))
        assert page.status_code == status
        assert ("Annelies" in page.text) == (status == 200)


def test_a_lead_reads_along_before_handing_in_and_decides_nothing(
    app: Flask, talk: Interview, text: Transcript, cast: Cast, db: Session, keys: KeyStore
) -> None:
    alice = browser(app).sign_in(cast.alice)
    assert "Hier hoef jij nu niets te doen." in alice.get(address(talk)).text
    annelies = entity_of(db, text, "Annelies", keys)
    assert alice.post(address(talk, "/besluit"), data={"decide": f"yes.e-{annelies.id}"}).status_code == 403


def test_every_reason_of_the_finder_has_a_sentence_of_its_own(text: Transcript, db: Session, app: Flask) -> None:
    with app.test_request_context():
        general = reason_sentence("something nobody wrote words for")
        for reason in set(db.scalars(sa.select(NameMention.reason))):
            assert reason_sentence(reason) != general, reason


def test_no_text_on_this_page_escaped_the_translators(
    app: Flask, talk: Interview, text: Transcript, cast: Cast
) -> None:
    app.config["PSEUDO_LANGUAGE"] = True
    data = ["Carla", cast.project.title, "D-01", "Merel"]
    carla = browser(app).sign_in(cast.carla)
    said = ["Annelies", "mevrouw Terpstra", "Mevrouw Terpstra", "Terpstra", "Zwolle"]
    for rest in ("", "/stukken", "/klaar"):
        assert untranslated(carla.get(address(talk, rest)).text, data=[*data, *said]) == [], rest


# One person at a time


def test_one_person_is_shown_place_for_place_with_other_names_to_choose_from(
    carla: PageClient, talk: Interview, text: Transcript, db: Session, keys: KeyStore
) -> None:
    annelies = entity_of(db, text, "Annelies", keys)
    page = carla.get(address(talk, f"/wie?wie={annelies.id}"))
    assert page.text.count('class="card place"') == 3
    assert "Zeg wie het is in het verhaal" in page.text
    assert "[mijn zus]" in page.text
    assert page.text.count('name="choice"') > 15
    data = {"entity": str(annelies.id), "choice": "[mijn zus]", "replacement": " "}
    assert carla.post(address(talk, "/andere-naam"), data=data).status_code == 303
    assert db.get_one(NameEntity, annelies.id).replacement == "[mijn zus]"


def test_a_place_is_said_by_kind_and_province(
    carla: PageClient, talk: Interview, text: Transcript, db: Session, keys: KeyStore
) -> None:
    zwolle = entity_of(db, text, "Zwolle", keys)
    assert "In welke provincie?" in carla.get(address(talk, f"/wie?wie={zwolle.id}")).text
    data = {"entity": str(zwolle.id), "choice": "[een stad]", "province": "Overijssel"}
    assert carla.post(address(talk, "/andere-naam"), data=data).status_code == 303
    assert db.get_one(NameEntity, zwolle.id).replacement == "[een stad in Overijssel]"


def test_a_place_that_is_about_somebody_else_is_split_off(
    carla: PageClient, talk: Interview, text: Transcript, db: Session, keys: KeyStore
) -> None:
    annelies = entity_of(db, text, "Annelies", keys)
    place = annelies.mentions[1].id
    answer = carla.post(address(talk, "/apart"), data={"entity": str(annelies.id), "places": [str(place)]})
    assert answer.status_code == 303
    assert db.get_one(NameMention, place).entity_id != annelies.id
    none = carla.post(address(talk, "/apart"), data={"entity": str(annelies.id)})
    assert none.status_code == 422
    assert "Vink een paar plekken aan" in none.text


def test_the_page_of_something_that_is_gone_leads_back_to_the_list(
    carla: PageClient, talk: Interview, text: Transcript
) -> None:
    for asked in ("", "?wie=niets", f"?wie={uuid.uuid4()}"):
        assert carla.get(address(talk, f"/wie{asked}")).location == address(talk)


# Undo


def test_a_step_is_undone_from_the_list_and_from_the_history(
    carla: PageClient, talk: Interview, text: Transcript, db: Session, keys: KeyStore
) -> None:
    annelies = entity_of(db, text, "Annelies", keys)
    carla.post(address(talk, "/besluit"), data={"decide": f"yes.e-{annelies.id}"})
    assert carla.post(address(talk, "/ongedaan")).status_code == 303
    assert statuses(db, annelies) == [MentionStatus.PROPOSED] * 3
    carla.post(address(talk, "/besluit"), data={"decide": f"no.e-{annelies.id}"})
    page = carla.get(address(talk, "/klaar")).text
    assert "zei of het weg moet" in page
    step = page.split('name="step" value="')[1].split('"')[0]
    answer = carla.post(address(talk, "/ongedaan"), data={"step": step, "from": "approval"})
    assert answer.location == f"{address(talk, '/klaar')}#stappen"
    assert statuses(db, annelies) == [MentionStatus.PROPOSED] * 3
    again = carla.post(address(talk, "/ongedaan"), data={"step": step})
    assert "Dit kan niet meer terug." in carla.get(again.location).text


def test_a_script_hears_how_it_stands_without_a_word_of_the_text(
    carla: PageClient, talk: Interview, text: Transcript, db: Session, keys: KeyStore
) -> None:
    annelies = entity_of(db, text, "Annelies", keys)
    wants = {"Accept": "application/json"}
    answer = carla.post(address(talk, "/besluit"), data={"decide": f"yes.e-{annelies.id}"}, headers=wants)
    assert answer.json is not None
    assert answer.json["things"][str(annelies.id)]["state"] == "yes"
    assert set(answer.json["things"][str(annelies.id)]["places"].values()) == {"accepted"}
    assert "niet bekeken" in answer.json["progress"]
    assert answer.json["may_undo"]
    back = carla.post(address(talk, "/ongedaan"), headers=wants)
    assert back.json is not None
    assert back.json["things"][str(annelies.id)]["state"] == "open"
    assert "Annelies" not in answer.text + back.text
    refused = carla.post(address(talk, "/ongedaan"), headers=wants)
    assert refused.status_code == 422
    assert refused.json == {
        "error": "Dit kan niet meer terug. De tekst is intussen veranderd, of het is al teruggezet."
    }


# Also without a name


MARK = {"part": "1", "words": "Zonder  annelies was ik", "kind": "family", "handling": "generalise", "general": "was ik alleen"}  # fmt: skip


def test_words_that_tell_who_it_is_are_marked_and_said_less_exactly(
    app: Flask, carla: PageClient, talk: Interview, text: Transcript, db: Session, keys: KeyStore, cast: Cast
) -> None:
    assert "Is iemand in dit deel te herkennen" in carla.get(address(talk, "/stukken")).text
    answer = carla.post(address(talk, "/stukken/aanwijzen"), data=MARK | {"categories": ["health", "criminal"]})
    assert answer.location == f"{address(talk, '/stukken')}?deel=1#passages"
    made = entity_of(db, text, "Zonder Annelies was ik", keys)
    assert (made.replacement, made.categories) == ("[was ik alleen]", ["criminal", "health"])
    page = carla.get(answer.location).text
    assert "een bijzonder gezin of huishouden, gezondheid, straf of politie" in page
    handed_in(db, text, cast.carla)
    second = browser(app).sign_in(cast.bob)
    page = second.get(address(talk, "/klaar")).text
    assert "<del>Zonder Annelies was ik</del> <ins>[was ik alleen]</ins>" in page
    assert "gezondheid</strong> 1×" in page
    assert second.post(address(talk, "/goedkeuren"), data=RISK).status_code == 303
    research = db.scalars(sa.select(Revision).where(Revision.layer == Layer.RESEARCH)).one()
    assert "[was ik alleen] nergens." in (research.text or "")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"words": "staat er niet"}, "Deze woorden staan niet in dit deel."),
        ({"kind": ""}, "Kies eerst wat het vertelt over iemand."),
        ({"handling": "iets"}, "Kies eerst wat ermee moet gebeuren."),
        ({"general": ""}, "Schrijf op wat er dan komt te staan."),
        ({"general": "samen met Annelies"}, "staat ook echt in de tekst"),
    ],
)
def test_a_mark_that_cannot_be_is_refused_beside_its_field_and_what_was_typed_stays(
    carla: PageClient, talk: Interview, text: Transcript, change: dict[str, str], sentence: str
) -> None:
    page = carla.post(address(talk, "/stukken/aanwijzen"), data=MARK | change)
    assert page.status_code == 422
    assert sentence in page.text
    assert (MARK | change)["words"] in page.text


def test_each_part_is_looked_at_and_what_nobody_looked_at_is_listed(
    carla: PageClient, talk: Interview, text: Transcript
) -> None:
    page = carla.get(address(talk, "/klaar")).text
    assert "Bij 1 deel van de 1 is niet gevraagd" in page
    assert "Deel 1" in page
    done = carla.post(address(talk, "/stukken/gezien"), data={"part": "1"})
    assert done.location == address(talk, "/klaar")
    assert "Bij elk deel is gevraagd" in carla.get(done.location).text
    gone = carla.post(address(talk, "/stukken/gezien"), data={"part": "9"})
    assert "Dit deel is er niet meer." in carla.get(gone.location).text


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [({"reason": "Klein."}, "Kies eerst hoe groot de kans is"), ({"risk": "high"}, "Schrijf op waarom je dat denkt.")],
)
def test_who_approves_says_how_large_the_risk_is_and_why(
    bob: PageClient, talk: Interview, text: Transcript, cast: Cast, db: Session, sent: dict[str, str], sentence: str
) -> None:
    handed_in(db, text, cast.carla)
    page = bob.post(address(talk, "/goedkeuren"), data=sent)
    assert page.status_code == 422
    assert sentence in page.text
    assert sent.get("reason", "") in page.text
    assert db.get_one(Transcript, text.id).approved_at is None


def test_after_approval_only_who_may_read_names_again_sees_the_risk(
    app: Flask, bob: PageClient, carla: PageClient, talk: Interview, text: Transcript, cast: Cast, db: Session
) -> None:
    handed_in(db, text, cast.carla)
    bob.post(address(talk, "/goedkeuren"), data=RISK)
    assert RISK["reason"] in browser(app).sign_in(cast.alice).get(address(talk)).text
    assert RISK["reason"] not in carla.get(address(talk)).text
    for rest in ("/klaar", "/stukken"):
        assert carla.get(address(talk, rest)).location == address(talk)
