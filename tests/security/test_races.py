"""Two at once, two tabs, a key that is gone: one wins, the other hears so in words."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from coding.models import FirstReading, Segment, SuggestionAnswer
from interviews import drafts, names, worries
from interviews.access import Actor, actor_for
from interviews.db import transaction, writing
from interviews.keys import KeyStore
from interviews.models import Interview, Revision, Transcript, TypingVersion
from interviews.models.transcript import Layer
from tests import factories
from tests.pages import PageClient, browser, let_go
from tests.security.estate import Estate


def at_once(*asked: Callable[[], TestResponse]) -> list[TestResponse]:
    """Ask all at the same moment, each from a thread of its own; what one raises, this raises."""
    let_go()
    start = threading.Barrier(len(asked))
    answers: list[TestResponse | BaseException] = []

    def ask(one: Callable[[], TestResponse]) -> None:
        start.wait()
        try:
            answers.append(one())
        except BaseException as error:  # noqa: BLE001  # shown by the test itself
            answers.append(error)

    threads = [threading.Thread(target=ask, args=(one,)) for one in asked]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for answer in answers:
        if isinstance(answer, BaseException):
            raise answer
    return [answer for answer in answers if not isinstance(answer, BaseException)]


def prepared(client: PageClient, url: str, **sent: object) -> Callable[..., TestResponse]:
    """Return a request that can be sent from a thread: the token is taken beforehand."""
    token = client.csrf_token()
    own = browser(client.application)
    with client.session_transaction() as cookie, own.session_transaction() as copy:
        copy.update(cookie)

    # The plain client of Flask: ours also lets go of the test's own session, which is not for several threads at once.
    def ask(method: str = "POST") -> TestResponse:
        return FlaskClient.open(own, url, method=method, headers={"X-CSRFToken": token}, **sent)  # type: ignore[arg-type]

    return ask


def test_of_two_who_approve_at_once_one_makes_the_text(app: Flask, ours: Estate, db: Session) -> None:
    with transaction(db):
        names.accept_rest(db, actor_for(db, ours.peer.id), ours.typed)
        names.hand_in(db, actor_for(db, ours.peer.id), ours.typed)
    url = f"/gesprekken/{ours.typed.interview_id}/namen/goedkeuren"
    answers = at_once(
        *(
            prepared(browser(app).sign_in(person), url, data={"risk": "low", "reason": "Niemand is te herkennen."})
            for person in (ours.lead, ours.researcher, ours.lead)
        )
    )
    assert sorted(answer.status_code for answer in answers) == [303, 403, 403]
    made = db.scalars(
        sa.select(Revision).where(Revision.transcript_id == ours.typed.id, Revision.layer == Layer.RESEARCH)
    ).all()
    assert [row.number for row in made] == [1]


def test_a_text_that_is_stored_twice_is_one_text(app: Flask, ours: Estate, db: Session) -> None:
    carla = browser(app).sign_in(ours.peer)
    url = f"/gesprekken/{ours.planned_id}/tekst"
    page = carla.post(f"{url}/bekijken", data={"pasted": "I: Dag.\nR: Hallo, ik ben Annelies."})
    sealed = page.text.split('name="draft" value="')[1].split('"')[0]
    answers = at_once(*(prepared(carla, f"{url}/opslaan", data={"draft": sealed}) for _ in range(3)))
    assert sorted(answer.status_code for answer in answers) == [303, 422, 422]
    assert all("staat al een tekst" in answer.text for answer in answers if answer.status_code == 422)
    assert len(db.scalars(sa.select(Transcript).where(Transcript.interview_id == ours.planned_id)).all()) == 1


def test_two_tabs_that_answer_the_same_suggestion_give_one_answer(app: Flask, ours: Estate, db: Session) -> None:
    bob = browser(app).sign_in(ours.researcher)
    url = f"/lezen/{ours.ready.id}/voorstellen"
    sent = {"suggestion": str(ours.suggestion.id), "answer": "fits"}
    answers = at_once(*(prepared(bob, url, json=sent) for _ in range(4)))
    assert {answer.status_code for answer in answers} == {200}
    assert len(db.scalars(sa.select(SuggestionAnswer)).all()) == 1
    assert len(db.scalars(sa.select(Segment).where(Segment.origin == "accepted")).all()) == 1
    back = at_once(*(prepared(bob, f"/voorstellen/{ours.suggestion.id}/terugzetten", json={}) for _ in range(3)))
    assert {answer.status_code for answer in back} == {200}
    assert db.scalars(sa.select(SuggestionAnswer)).all() == []


def test_the_same_theme_on_the_same_words_from_two_tabs_is_one_passage(app: Flask, ours: Estate, db: Session) -> None:
    bob = browser(app).sign_in(ours.researcher)
    text = ours.text(db)
    sent = {"revision": str(text.id), "theme": str(ours.theme.id), "start": 0, "end": 3}
    answers = at_once(*(prepared(bob, f"/lezen/{ours.ready.id}/stukken", json=sent) for _ in range(4)))
    assert len({answer.json["segment"]["id"] for answer in answers if answer.json}) == 1


def test_saying_twice_at_once_that_one_has_read_it_is_saying_it_once(app: Flask, ours: Estate, db: Session) -> None:
    carla = browser(app).sign_in(ours.peer)
    answers = at_once(*(prepared(carla, f"/lezen/{ours.ready.id}/gelezen") for _ in range(4)))
    assert {answer.status_code for answer in answers} == {303}
    assert len(db.scalars(sa.select(FirstReading).where(FirstReading.person_id == ours.peer.id)).all()) == 1


def test_what_the_database_refuses_as_double_is_told_in_words(app: Flask, ours: Estate, db: Session) -> None:
    # On PostgreSQL two requests look before either has written; here a trigger plays the other one.
    with transaction(db):
        db.execute(
            sa.text(
                "CREATE TRIGGER twice BEFORE INSERT ON suggestion_answer BEGIN "
                "SELECT RAISE(ABORT, 'UNIQUE constraint failed: suggestion_answer'); END"
            )
        )
    bob = browser(app).sign_in(ours.researcher)
    sent = {"suggestion": str(ours.suggestion.id), "answer": "fits"}
    script = bob.post(f"/lezen/{ours.ready.id}/voorstellen", json=sent)
    assert script.status_code == 409
    assert script.json is not None
    assert script.json["error"].startswith("Iemand deed dit op hetzelfde moment.")
    page = bob.post(f"/lezen/{ours.ready.id}/voorstellen", data=sent)
    assert page.status_code == 409
    assert "hetzelfde moment" in page.text
    assert db.scalars(sa.select(SuggestionAnswer)).all() == []


def key_file(keys: KeyStore, interview_id: uuid.UUID) -> None:
    (keys.directory / f"{interview_id}.key").unlink()


@pytest.mark.parametrize(
    ("gone", "status", "said"), [("destroyed", 410, "voorgoed gewist"), ("lost", 503, "kan nu niet open")]
)
def test_a_text_whose_key_is_gone_is_told_in_words_on_every_page(
    app: Flask, ours: Estate, keys: KeyStore, gone: str, status: int, said: str
) -> None:
    talk = ours.typed.interview_id
    if gone == "destroyed":
        keys.destroy(talk)
    else:
        key_file(keys, talk)
    carla = browser(app).sign_in(ours.peer)
    told = 0
    for method, part in (
        ("GET", "namen"),
        ("GET", "uittypen"),
        ("GET", "sprekers"),
        ("POST", "sprekers"),
        ("POST", "namen/erbij"),
        ("POST", "uittypen/lezen"),
    ):
        answer = carla.open(
            f"/gesprekken/{talk}/{part}", method=method, data={"words": "Annelies"} if method == "POST" else None
        )
        assert answer.status_code == status, part
        assert said in answer.text
        told += 1
    assert told == 6
    assert carla.get(f"/gesprekken/{talk}").status_code == 200
    assert carla.get(f"/p/{ours.project.id}/gesprekken").status_code == 200


def test_after_its_key_was_destroyed_no_new_text_comes_in(app: Flask, ours: Estate, keys: KeyStore) -> None:
    keys.destroy(ours.planned_id)
    carla = browser(app).sign_in(ours.peer)
    url = f"/gesprekken/{ours.planned_id}/tekst"
    assert carla.post(f"{url}/bekijken", data={"pasted": "I: Dag.\nR: Hallo."}).status_code == 410
    typed = {"text-0": "Hallo.", "role": "interviewee", "label": "R", "who-0": "R", "version": "0"}
    assert carla.post(f"/gesprekken/{ours.planned_id}/uittypen/opslaan", data=typed).status_code == 410


def test_a_code_that_two_people_use_at_once_lets_one_in(app: Flask, ours: Estate, db: Session) -> None:
    from interviews import people
    from interviews.models import Person
    from interviews.models.project import Role

    with transaction(db):
        _row, code = people.invite(
            db, actor_for(db, ours.lead.id), ours.project, display_name="Guus", roles=[Role.CO_CODER]
        )
    passphrase = "vier gewone woorden achter"
    answers = at_once(
        *(
            prepared(
                browser(app),
                f"/uitnodiging/{code}",
                data={"login_word": word, "passphrase": passphrase, "again": passphrase},
            )
            for word in ("guus", "dief")
        )
    )
    assert sorted(answer.status_code for answer in answers) == [303, 404]
    assert len(db.scalars(sa.select(Person).where(Person.login_word.in_(["guus", "dief"]))).all()) == 1


def test_while_a_file_is_being_read_others_can_save(
    app: Flask, ours: Estate, engine: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    from interviews.db import writing
    from interviews.formats import reading
    from interviews.models import Project

    real, saved = reading.read_pasted, []

    def slow(text: str) -> object:
        def other() -> None:
            with writing(engine)() as apart, transaction(apart):
                apart.execute(sa.update(Project).values(audio_days=7))
                saved.append(text)

        thread = threading.Thread(target=other, daemon=True)
        thread.start()
        thread.join(5)
        return real(text)

    monkeypatch.setattr(reading, "read_pasted", slow)
    carla = browser(app).sign_in(ours.peer)
    page = carla.post(f"/gesprekken/{ours.planned_id}/tekst/bekijken", data={"pasted": "I: Dag.\nR: Hallo."})
    assert page.status_code == 200
    assert len(saved) == 1


def draft_put(client: PageClient, talk: uuid.UUID, words: str, version: int) -> Callable[[], TestResponse]:
    """Return a save of one turn, to be sent from a thread."""
    sent = {"save": str(uuid.uuid4()), "version": version, "turns": [{"speaker": "I", "text": words}], "speakers": []}
    ask = prepared(client, f"/gesprekken/{talk}/uittypen/concept", json=sent)
    return lambda: ask(method="PUT")


def texts_of(db: Session, keys: KeyStore, person_id: uuid.UUID, talk_id: uuid.UUID) -> tuple[set[str], int]:
    """Return the first words of every version of a working text, and how many were saved as the newest."""
    actor, talk = actor_for(db, person_id), db.get_one(Interview, talk_id)
    lines = drafts.versions(db, actor, talk)
    read = {
        drafts.read_version(db, actor, db.get_one(TypingVersion, line.id), keys=keys).turns[0].text for line in lines
    }
    return read, sum(not line.aside for line in lines)


def test_of_two_who_save_on_the_same_text_at_once_one_wins_and_the_other_sees_both(
    app: Flask, ours: Estate, db: Session, keys: KeyStore
) -> None:
    phones = [browser(app).sign_in(person) for person in (ours.peer, ours.researcher, ours.peer, ours.researcher)]
    answers = at_once(*(draft_put(phone, ours.planned_id, f"tekst {n}", 0) for n, phone in enumerate(phones)))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409]
    for answer in answers:
        if answer.status_code == 409:
            said = answer.json
            assert said is not None
            assert said["turns"]
            assert said["aside_id"] in {one["id"] for one in said["aside"]}
    assert texts_of(db, keys, ours.peer.id, ours.planned_id) == ({f"tekst {n}" for n in range(4)}, 1)


def answered(asked: list[Callable[[], TestResponse]]) -> dict[int, TestResponse]:
    """Ask all at the same moment; return each answer under its place."""
    answers: dict[int, TestResponse] = {}
    at_once(*(lambda place=place, ask=ask: answers.setdefault(place, ask()) for place, ask in enumerate(asked)))
    return answers


def test_eight_interviewers_autosaving_lose_no_word(app: Flask, ours: Estate, db: Session, keys: KeyStore) -> None:
    # The small sister of benchmarks/autosave.py: five texts of one's own, and one that three people share.
    with transaction(db):
        actor = actor_for(db, ours.peer.id)
        own = [factories.interview(db, actor, ours.project).id for _ in range(5)]
    talks = [*own, *[ours.planned_id] * 3]
    phones = [browser(app).sign_in(ours.peer if n % 2 else ours.researcher) for n in range(8)]
    version, conflicts = [0] * 8, 0
    for turn in range(10):
        asked = [draft_put(phones[n], talks[n], f"{n} typt {turn}", version[n]) for n in range(8)]
        for n, answer in answered(asked).items():
            assert answer.status_code in (200, 409), answer.text
            assert answer.json is not None
            conflicts += answer.status_code == 409
            version[n] = answer.json["version"]
    assert conflicts == 20, "of three who share a text two hear that somebody was first, each time"
    for n in range(5):
        assert texts_of(db, keys, ours.peer.id, own[n]) == ({f"{n} typt {turn}" for turn in range(10)}, 10)
    shared = {f"{n} typt {turn}" for n in range(5, 8) for turn in range(10)}
    assert texts_of(db, keys, ours.peer.id, ours.planned_id) == (shared, 10)


def test_of_worries_that_several_people_say_at_once_none_is_lost(any_engine: sa.Engine, keys: KeyStore) -> None:
    with writing(any_engine)() as db, transaction(db):
        cast = factories.cast(db)
        talk = factories.interview(db, actor_for(db, cast.carla.id), cast.project).id
        actors = [actor_for(db, person.id) for person in (cast.alice, cast.bob, cast.carla)]
    start = threading.Barrier(len(actors))

    def say(actor: Actor) -> None:
        start.wait()
        with writing(any_engine)() as own, transaction(own):
            worries.flag(own, actor, own.get_one(Interview, talk), note=f"Zegt {actor.person_id}.", keys=keys)

    threads = [threading.Thread(target=say, args=(actor,)) for actor in actors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with writing(any_engine)() as db:
        told = worries.read(db, actors[0], db.get_one(Interview, talk), keys=keys)
        assert {one.note for one in told} == {f"Zegt {actor.person_id}." for actor in actors}
        db.rollback()
