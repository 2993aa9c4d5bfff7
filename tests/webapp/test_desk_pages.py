"""Reading a story and choosing themes in it: with the script of the desk (JSON) and without it."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import lxml.html
import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from coding import codebooks, memos, segments
from coding.models import FirstReading, Memo, Segment, Suggestion, SuggestionAnswer, Theme
from coding.models.segment import Origin, Placement
from coding.starter import start_lexicon
from interviews import transcripts
from interviews.access import actor_for
from interviews.clock import now
from interviews.db import transaction
from interviews.keys import KeyStore
from interviews.models import Person, Transcript
from interviews.models.transcript import Layer
from interviews.scopes import Scope
from interviews.turns import Turn
from tests.factories import ALL_SCOPES, TALK, Cast, approved, interview, transcript
from tests.pages import PageClient, browser, untranslated

WORDS = "Ik wist van niks"


@dataclass(frozen=True)
class Story:
    """An approved story by Carla, its text, and a theme to choose."""

    transcript: Transcript
    revision_id: uuid.UUID
    text: str
    theme: Theme
    other: Theme

    @property
    def url(self) -> str:
        return f"/lezen/{self.transcript.id}"

    def passage(self, words: str = WORDS, **changed: object) -> dict[str, object]:
        """What the script sends when somebody chooses these words."""
        start = self.text.index(words)
        sent = {
            "revision": str(self.revision_id),
            "theme": str(self.theme.id),
            "start": start,
            "end": start + len(words),
            "quote": words,
            "key": "once",
        }
        return {**sent, **changed}


@pytest.fixture
def story(db: Session, cast: Cast, keys: KeyStore) -> Story:
    """One story in the project, with the start codebook."""
    with transaction(db):
        codebooks.adopt(db, cast.project, start_lexicon())
        made = add_story(db, cast, keys)
    revision = transcripts.newest(db, made, Layer.RESEARCH)
    assert revision is not None
    first, second, *_rest = codebooks.themes_of(db, cast.project.id)
    return Story(made, revision.id, revision.text or "", first, second)


def add_story(
    db: Session, cast: Cast, keys: KeyStore, *, scopes: frozenset[Scope] = ALL_SCOPES, talk: Any = TALK
) -> Transcript:
    carla, alice = actor_for(db, cast.carla.id), actor_for(db, cast.alice.id)
    row = interview(db, carla, cast.project, scopes=scopes)
    return approved(db, transcript(db, carla, row, keys=keys, talk=talk), by=alice, keys=keys)


def choose(db: Session, person: Person, story: Story, words: str, *, theme: Theme | None = None) -> Segment:
    """Choose a theme as somebody else, in the rows themselves."""
    start = story.text.index(words)
    with transaction(db):
        return segments.code(
            db,
            actor_for(db, person.id),
            story.transcript,
            revision_id=story.revision_id,
            theme=theme or story.theme,
            start=start,
            end=start + len(words),
        )


def suggest(db: Session, story: Story, words: str, *, theme: Theme | None = None) -> Suggestion:
    """What the tagger would have left behind."""
    start = story.text.index(words)
    with transaction(db):
        row = Suggestion(
            transcript_id=story.transcript.id,
            revision_id=story.revision_id,
            theme_id=(theme or story.theme).id,
            start=start,
            end=start + len(words),
            quote=words,
            before="",
            after="",
            score=0.5,
            reason=["wist van niks"],
        )
        db.add(row)
        db.get_one(Transcript, story.transcript.id).tagged_at = now()
    return row


def read_it(db: Session, person: Person, story: Story) -> None:
    with transaction(db):
        segments.finish_first_reading(db, actor_for(db, person.id), story.transcript)


@contextmanager
def counted(engine: sa.Engine) -> Iterator[list[str]]:
    asked: list[str] = []

    def note(*args: Any) -> None:
        asked.append(args[2])

    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)


@pytest.fixture
def dirk(app: Flask, cast: Cast) -> PageClient:
    """The browser of the ervaringsdeskundige."""
    return browser(app).sign_in(cast.dirk)


@pytest.fixture
def bob(app: Flask, cast: Cast) -> PageClient:
    """The browser of the researcher."""
    return browser(app).sign_in(cast.bob)


def said(answer: Any) -> Any:
    return json.loads(answer.text)


def name_of(story: Story) -> str:
    """What the storyteller is called."""
    return str(story.transcript.interview.interviewees[0].pseudonym)


def fresh(session: Session) -> Session:
    """The same session, about to see what pages committed since."""
    session.rollback()
    session.expire_all()
    return session


# Which stories


def test_a_co_coder_sees_the_stories_that_may_be_read(
    dirk: PageClient, cast: Cast, story: Story, db: Session, keys: KeyStore
) -> None:
    with transaction(db):
        hidden = add_story(db, cast, keys, scopes=ALL_SCOPES - {Scope.CO_READ})
    text = dirk.get(f"/p/{cast.project.id}/lezen").text
    assert story.url in text
    assert f"/lezen/{hidden.id}" not in text
    assert "Je koos hier nog geen thema" in text


def test_an_empty_list_of_stories_says_when_there_will_be_one(dirk: PageClient, cast: Cast) -> None:
    assert "Een gesprek staat hier als de namen weg zijn" in dirk.get(f"/p/{cast.project.id}/lezen").text


def test_the_list_of_stories_asks_the_database_as_often_for_eight_as_for_one(
    bob: PageClient, cast: Cast, story: Story, db: Session, keys: KeyStore, engine: sa.Engine
) -> None:
    address = f"/p/{cast.project.id}/lezen"
    bob.get(address)
    with counted(engine) as few:
        bob.get(address)
    with transaction(db):
        for _number in range(7):
            add_story(db, cast, keys)
    with counted(engine) as many:
        assert bob.get(address).text.count('<article class="card">') == 8
    assert len(many) == len(few)


@pytest.mark.parametrize("who", ["esra", "zoe"])
def test_a_reader_of_a_municipality_and_a_stranger_do_not_read_stories(
    app: Flask, cast: Cast, story: Story, who: str
) -> None:
    client = browser(app).sign_in(getattr(cast, who))
    refused = 403 if who == "esra" else 404
    for address in (f"/p/{cast.project.id}/lezen", story.url, f"{story.url}/stukken"):
        assert client.get(address).status_code == refused
    assert client.post(f"{story.url}/stukken", json=story.passage()).status_code == refused


# The page


def test_the_page_shows_the_text_with_line_numbers_as_in_word(dirk: PageClient, story: Story) -> None:
    root: Any = lxml.html.document_fromstring(dirk.get(story.url).text)
    turns = root.xpath("//*[@data-turn]")
    assert [turn.text for turn in turns] == [text for _label, text in TALK]
    assert [int(turn.get("data-start")) for turn in turns] == [story.text.index(text) for _label, text in TALK]
    # The last turn is longer than a line of 72 characters.
    assert [turn.get("data-turn") for turn in turns] == ["1", "2", "3", "4"]
    assert len(turns[-1].get("data-lines").split()) == 2
    assert root.xpath("//*[@class='gutter__number']")[-1].text == "4–5"


def test_the_page_tells_the_script_where_to_send_what_and_every_theme(dirk: PageClient, story: Story) -> None:
    root: Any = lxml.html.document_fromstring(dirk.get(story.url).text)
    section = root.xpath("//*[@data-desk]")[0]
    assert section.get("data-revision") == str(story.revision_id)
    assert section.get("data-create-url") == section.get("data-segments-url") == f"{story.url}/stukken"
    themes = json.loads(root.get_element_by_id("themes-json").text)
    assert len(themes) == 38
    assert themes[0]["group_name"] == "Belemmerend"
    words = json.loads(root.get_element_by_id("desk-words").text)
    assert words["answer.fits"] == "Past wel"
    assert words["mine.many"] == "Je koos {count} stukken."
    assert all(words.values())


def test_a_project_lead_reads_and_is_not_offered_to_choose(app: Flask, cast: Cast, story: Story) -> None:
    page = browser(app).sign_in(cast.alice).get(story.url)
    assert page.status_code == 200
    assert "data-create-url" not in page.text
    assert "/stukken/kiezen" not in page.text


def test_every_sentence_of_these_pages_can_be_translated(app: Flask, cast: Cast, story: Story, db: Session) -> None:
    read_it(db, cast.dirk, story)
    choose(db, cast.dirk, story, WORDS)
    choose(db, cast.bob, story, "die luisterde echt")
    suggest(db, story, "Ik durfde niet te bellen")
    app.config["PSEUDO_LANGUAGE"] = True
    client = browser(app).sign_in(cast.dirk)
    data = [cast.project.title, "Dirk", "Hanna", "06 12 34 56 78", name_of(story)]
    data += [theme.name for theme in story.theme.codebook.themes]
    data += ["Shift", "Enter", "Esc", *"jksSwtiuvynl"]
    for address in (f"/p/{cast.project.id}/lezen", story.url, f"{story.url}/veranderd"):
        assert untranslated(client.get(address).text, data=data) == []


# Choosing, with the script


def test_a_chosen_passage_is_stored_with_its_words_and_comes_back(
    dirk: PageClient, cast: Cast, story: Story, db: Session
) -> None:
    made = said(dirk.post(f"{story.url}/stukken", json=story.passage()))["segment"]
    assert made["mine"] is True
    assert made["name"] == story.theme.name
    row = fresh(db).scalars(sa.select(Segment)).one()
    assert (row.quote, row.coder_id, row.theme_id) == (WORDS, cast.dirk.id, story.theme.id)
    assert [one["id"] for one in said(dirk.get(f"{story.url}/stukken"))["segments"]] == [made["id"]]


def test_a_passage_sent_twice_is_one(dirk: PageClient, story: Story, db: Session) -> None:
    first, second = (said(dirk.post(f"{story.url}/stukken", json=story.passage())) for _time in range(2))
    assert first["segment"]["id"] == second["segment"]["id"]
    assert len(fresh(db).scalars(sa.select(Segment)).all()) == 1


def test_places_count_characters_as_people_do_not_as_browsers_do(
    dirk: PageClient, cast: Cast, story: Story, db: Session, keys: KeyStore
) -> None:
    with transaction(db):
        made = add_story(db, cast, keys, talk=(("R", "Toen 😀 kwam de é brief."),))
    revision = transcripts.newest(db, made, Layer.RESEARCH)
    assert revision is not None
    assert revision.text is not None
    start = revision.text.index("brief")
    sent = story.passage(revision=str(revision.id), start=start, end=start + 5, quote="brief")
    assert dirk.post(f"/lezen/{made.id}/stukken", json=sent).status_code == 200
    wrong = {**sent, "start": start + 1, "end": start + 6}
    assert dirk.post(f"/lezen/{made.id}/stukken", json=wrong).status_code == 422
    assert [row.quote for row in fresh(db).scalars(sa.select(Segment))] == ["brief"]


@pytest.mark.parametrize(
    "changed",
    [
        {"start": -1},
        {"start": "x"},
        {"start": True},
        {"end": 10**9, "quote": None},
        {"theme": "none"},
        {"theme": str(uuid.uuid4())},
        {"revision": None},
    ],
)
def test_what_makes_no_passage_is_refused_with_a_sentence(
    dirk: PageClient, story: Story, db: Session, changed: dict[str, Any]
) -> None:
    answer = dirk.post(f"{story.url}/stukken", json=story.passage(**changed))
    assert answer.status_code == 422
    assert said(answer)["error"].endswith(".")
    assert fresh(db).scalars(sa.select(Segment)).all() == []


@pytest.mark.parametrize("sent", [[], "text", 3, None])
def test_json_that_is_no_passage_is_refused(dirk: PageClient, story: Story, sent: object) -> None:
    for rest in ("stukken", "voorstellen", "themas"):
        answer = dirk.post(f"{story.url}/{rest}", data=json.dumps(sent), content_type="application/json")
        assert answer.status_code == 422


def test_a_text_corrected_meanwhile_is_not_coded(
    dirk: PageClient, bob: PageClient, cast: Cast, story: Story, db: Session, keys: KeyStore
) -> None:
    correct(db, cast, story, keys, "Het gaat wel. Ik wist niets toen de brief kwam.")
    answer = dirk.post(f"{story.url}/stukken", json=story.passage())
    assert answer.status_code == 409
    assert "Lees de pagina opnieuw" in said(answer)["error"]
    assert fresh(db).scalars(sa.select(Segment)).all() == []


def correct(db: Session, cast: Cast, story: Story, keys: KeyStore, second: str) -> None:
    """Correct the second turn, approve again, and let the passages follow."""
    bob, alice = actor_for(db, cast.bob.id), actor_for(db, cast.alice.id)
    with transaction(db):
        row = db.get_one(Transcript, story.transcript.id)
        raw, turns = transcripts.open_raw(db, row, keys=keys)
        turns[1] = Turn(turns[1].speaker, second)
        transcripts.correct(db, bob, row, turns, base=raw.id, keys=keys)
        approved(db, row, by=alice, keys=keys)
        segments.follow(db, row)


def test_taking_a_theme_off_can_be_undone(dirk: PageClient, story: Story, db: Session) -> None:
    made = said(dirk.post(f"{story.url}/stukken", json=story.passage()))["segment"]
    gone = said(dirk.post(made["remove_url"], json={"key": "a"}))
    assert gone["removed"] == made["id"]
    assert fresh(db).scalars(sa.select(Segment)).all() == []
    back = said(dirk.post(gone["undo_url"], json={"key": "b"}))["segment"]
    assert (back["start"], back["theme"]) == (made["start"], made["theme"])
    # Sent again after it is gone: nothing happens, and nobody sees an error.
    assert dirk.post(made["remove_url"], json={"key": "a"}).status_code == 200


def test_nobody_takes_off_what_another_chose(dirk: PageClient, cast: Cast, story: Story, db: Session) -> None:
    row = choose(db, cast.bob, story, WORDS)
    read_it(db, cast.dirk, story)
    assert dirk.post(f"{story.url}/stukken/{row.id}/weghalen", json={}).status_code == 403
    assert fresh(db).get(Segment, row.id) is not None


def test_the_passages_ask_the_database_as_often_for_many_as_for_one(
    dirk: PageClient, cast: Cast, story: Story, db: Session, engine: sa.Engine
) -> None:
    read_it(db, cast.dirk, story)
    choose(db, cast.bob, story, WORDS)
    suggest(db, story, "brief")
    address = f"{story.url}/stukken"
    dirk.get(address)
    with counted(engine) as few:
        dirk.get(address)
    for words in ("toen de brief kwam", "niet te bellen", "die luisterde echt", "een vrouw"):
        choose(db, cast.bob, story, words)
        choose(db, cast.dirk, story, words, theme=story.other)
        suggest(db, story, words)
    with counted(engine) as many:
        found = said(dirk.get(address))
    assert (len(found["segments"]), len(found["suggestions"])) == (9, 5)
    assert len(many) == len(few)


# First the own eyes


def test_before_the_own_reading_nothing_of_others_is_shown(
    dirk: PageClient, cast: Cast, story: Story, db: Session
) -> None:
    choose(db, cast.bob, story, "die luisterde echt")
    suggest(db, story, WORDS)
    with transaction(db):
        memos.add(db, actor_for(db, cast.bob.id), story.transcript, text="Let op de toon.", shared=True)
    found = said(dirk.get(f"{story.url}/stukken"))
    assert found == {"segments": []}
    text = dirk.get(story.url).text
    assert "Let op de toon." not in text
    assert 'data-tab="Voorstellen"' not in text
    assert "Bob" not in text


def test_after_the_own_reading_suggestions_and_others_are_shown(
    dirk: PageClient, cast: Cast, story: Story, db: Session
) -> None:
    choose(db, cast.bob, story, "die luisterde echt")
    suggest(db, story, WORDS)
    with transaction(db):
        memos.add(db, actor_for(db, cast.bob.id), story.transcript, text="Let op de toon.", shared=True)
    answer = dirk.submit(dirk.get(story.url), f"{story.url}/gelezen")
    assert answer.location == f"{story.url}#voorstellen"
    text = dirk.get(story.url).text
    assert "wist van niks" in text
    assert "Bob (onderzoeker)" in text
    assert "Let op de toon." in text
    found = said(dirk.get(f"{story.url}/stukken"))
    assert [one["mine"] for one in found["segments"]] == [False]
    assert "remove_url" not in found["segments"][0]
    assert found["suggestions"][0]["state"] == "open"
    assert fresh(db).scalars(sa.select(FirstReading)).one().person_id == cast.dirk.id


def test_while_the_computer_looks_the_page_says_so(dirk: PageClient, cast: Cast, story: Story, db: Session) -> None:
    read_it(db, cast.dirk, story)
    assert "De computer zoekt nog naar thema" in dirk.get(story.url).text


# Suggestions


@pytest.mark.parametrize(("answer", "made"), [("fits", 1), ("not", 0), ("later", 0)])
def test_an_answer_to_a_suggestion_is_kept_and_can_be_undone(
    dirk: PageClient, cast: Cast, story: Story, db: Session, answer: str, made: int
) -> None:
    read_it(db, cast.dirk, story)
    row = suggest(db, story, WORDS)
    result = said(dirk.post(f"{story.url}/voorstellen", json={"suggestion": str(row.id), "answer": answer}))
    found = fresh(db).scalars(sa.select(Segment)).all()
    assert [one.origin for one in found] == [Origin.ACCEPTED] * made
    assert ("segment" in result) == bool(made)
    assert said(dirk.get(f"{story.url}/stukken"))["suggestions"][0]["state"] == answer
    undone = said(dirk.post(result["undo_url"], json={}))
    assert ("removed" in undone) == bool(made)
    assert fresh(db).scalars(sa.select(SuggestionAnswer)).all() == []
    assert fresh(db).scalars(sa.select(Segment)).all() == []


def test_suggestions_are_answered_without_a_script_too(dirk: PageClient, cast: Cast, story: Story, db: Session) -> None:
    read_it(db, cast.dirk, story)
    suggest(db, story, WORDS)
    page = dirk.get(story.url)
    assert dirk.submit(page, f"{story.url}/voorstellen", answer="fits").status_code == 303
    page = dirk.get(story.url)
    assert "Het staat nu bij de tekst." in page.text
    undo = re.search(r'action="(/voorstellen/[^"]+/terugzetten)"', page.text)
    assert undo
    dirk.post(undo[1], data={})
    assert "Teruggezet." in dirk.get(story.url).text
    assert fresh(db).scalars(sa.select(Segment)).all() == []


def test_a_suggestion_is_not_answered_before_the_own_reading(dirk: PageClient, story: Story, db: Session) -> None:
    row = suggest(db, story, WORDS)
    answer = dirk.post(f"{story.url}/voorstellen", json={"suggestion": str(row.id), "answer": "fits"})
    assert answer.status_code == 422
    assert "Lees eerst zelf" in said(answer)["error"]


def test_a_suggestion_of_another_story_is_not_found_here(
    bob: PageClient, cast: Cast, story: Story, db: Session, keys: KeyStore
) -> None:
    row = suggest(db, story, WORDS)
    with transaction(db):
        other = add_story(db, cast, keys)
    sent = {"suggestion": str(row.id), "answer": "fits"}
    assert bob.post(f"/lezen/{other.id}/voorstellen", json=sent).status_code == 404


# New themes


def test_a_theme_in_ones_own_words_is_made_while_reading(dirk: PageClient, story: Story, db: Session) -> None:
    made = said(dirk.post(f"{story.url}/themas", json={"name": "Bang voor de brievenbus"}))["theme"]
    assert made["name"] == "Bang voor de brievenbus"
    assert made["group"] == "hue-6"
    assert dirk.post(f"{story.url}/stukken", json=story.passage(theme=made["id"])).status_code == 200


def test_a_name_much_like_a_theme_is_asked_about_first(dirk: PageClient, story: Story, db: Session) -> None:
    part = story.theme.name[: max(5, len(story.theme.name) - 2)]
    answer = dirk.post(f"{story.url}/themas", json={"name": part})
    assert answer.status_code == 409
    assert story.theme.name in [one["name"] for one in said(answer)["similar"]]
    assert dirk.post(f"{story.url}/themas", json={"name": part, "sure": True}).status_code == 200
    assert fresh(db).scalars(sa.select(Theme).where(Theme.name == part)).one()


# Without a script


def test_lines_get_a_theme_by_a_plain_form(dirk: PageClient, story: Story, db: Session) -> None:
    page = dirk.get(story.url)
    form = f"{story.url}/stukken/kiezen"
    answer = dirk.submit(page, form, first="2", last="2", theme=str(story.theme.id))
    assert answer.status_code == 303
    row = fresh(db).scalars(sa.select(Segment)).one()
    assert row.quote == TALK[1][1]
    page = dirk.get(story.url)
    assert f"Thema ‘{story.theme.name}’ staat bij regel 2." in page.text
    dirk.submit(page, form, first="2", last="2", words=WORDS, theme=str(story.theme.id))
    assert {one.quote for one in fresh(db).scalars(sa.select(Segment))} == {TALK[1][1], WORDS}
    undo = f"{story.url}/stukken/{row.id}/weghalen"
    dirk.post(undo, data={})
    page = dirk.get(story.url)
    assert "weggehaald." in page.text
    back = re.search(r'action="([^"]+/stukken/terugzetten[^"]*)"', page.text)
    assert back
    assert dirk.post(back[1].replace("&amp;", "&"), data={}).status_code == 303
    assert len(fresh(db).scalars(sa.select(Segment)).all()) == 2


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"first": "twee", "last": "2"}, "Typ het nummer van de eerste regel."),
        ({"first": "2", "last": ""}, "Typ het nummer van de laatste regel."),
        ({"first": "2", "last": "99"}, "Dit stuk past niet bij de tekst."),
        ({"first": "2", "last": "1"}, "Dit stuk past niet bij de tekst."),
        ({"first": "2", "last": "2", "words": "iets anders"}, "Dit stuk past niet bij de tekst."),
        ({"first": "2", "last": "2", "theme": ""}, "Kies een thema uit de lijst."),
    ],
)
def test_lines_that_are_not_there_are_said(
    dirk: PageClient, story: Story, db: Session, typed: dict[str, str], sentence: str
) -> None:
    page = dirk.get(story.url)
    values = {"theme": str(story.theme.id), **typed}
    answer = dirk.submit(page, f"{story.url}/stukken/kiezen", **values)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert fresh(db).scalars(sa.select(Segment)).all() == []


# What strikes people


def test_what_strikes_somebody_is_theirs_until_they_share_it(
    dirk: PageClient, bob: PageClient, cast: Cast, story: Story, db: Session
) -> None:
    row = choose(db, cast.dirk, story, WORDS)
    form = f"{story.url}/opvallend"
    dirk.submit(dirk.get(story.url), form, text="Dit raakt me.", about=str(row.id))
    dirk.submit(dirk.get(story.url), form, text="Ik ken dit zelf ook.", kind="own_view", shared="1")
    text = dirk.get(story.url).text
    assert "Dit raakt me." in text
    assert "alleen voor jou" in text
    theirs = bob.get(story.url).text
    assert "Dit raakt me." not in theirs
    assert "Ik ken dit zelf ook." in theirs
    shared = fresh(db).scalars(sa.select(Memo).where(Memo.shared)).one()
    assert bob.post(f"/opvallend/{shared.id}/weghalen", data={}).status_code == 422
    assert fresh(db).get(Memo, shared.id) is not None
    private = db.scalars(sa.select(Memo).where(Memo.shared.is_(False))).one()
    assert private.segment_id == row.id
    assert bob.post(f"/opvallend/{private.id}/weghalen", data={}).status_code == 403
    gone = shared.id
    dirk.post(f"/opvallend/{gone}/weghalen", data={})
    assert fresh(db).get(Memo, gone) is None


def test_an_empty_memo_is_refused_beside_the_field(dirk: PageClient, story: Story) -> None:
    answer = dirk.submit(dirk.get(story.url), f"{story.url}/opvallend", text="  ")
    assert answer.status_code == 422
    assert "Schrijf op wat je opvalt" in answer.text


# After a correction


def test_a_passage_whose_words_changed_waits_for_a_person(
    dirk: PageClient, cast: Cast, story: Story, db: Session, keys: KeyStore
) -> None:
    row = choose(db, cast.dirk, story, "Ik wist van niks toen de brief kwam.")
    correct(db, cast, story, keys, "Het gaat wel. Ik wist echt van niks, toen de blauwe brief kwam.")
    waiting = fresh(db).get_one(Segment, row.id).placement
    assert waiting is not Placement.PLACED
    page = dirk.get(story.url)
    assert "1 stuk is veranderd. Kijk het na." in page.text
    page = dirk.get(f"{story.url}/veranderd")
    assert story.theme.name in page.text
    refused = dirk.submit(page, f"/stukken/{row.id}/plek", first="x", last="2")
    assert refused.status_code == 422
    assert "Typ het nummer van de eerste regel." in refused.text
    dirk.submit(page, f"/stukken/{row.id}/plek", first="2", last="2", words="Ik wist echt van niks")
    moved = fresh(db).get_one(Segment, row.id)
    assert (moved.placement, moved.quote) == (Placement.PLACED, "Ik wist echt van niks")
    assert "Alles staat op zijn plek" in dirk.get(f"{story.url}/veranderd").text


def test_a_person_confirms_a_passage_that_moved(dirk: PageClient, cast: Cast, story: Story, db: Session) -> None:
    row = choose(db, cast.dirk, story, WORDS)
    with transaction(db):
        db.get_one(Segment, row.id).placement = Placement.TO_CONFIRM
    dirk.submit(dirk.get(f"{story.url}/veranderd"), f"/stukken/{row.id}/klopt")
    assert fresh(db).get_one(Segment, row.id).placement is Placement.PLACED


def test_what_others_chose_waits_unseen_before_the_own_reading(
    dirk: PageClient, cast: Cast, story: Story, db: Session
) -> None:
    row = choose(db, cast.bob, story, WORDS)
    with transaction(db):
        db.get_one(Segment, row.id).placement = Placement.ORPHAN
    assert "Alles staat op zijn plek" in dirk.get(f"{story.url}/veranderd").text
    assert dirk.post(f"/stukken/{row.id}/klopt", data={}).status_code == 404
    assert dirk.post(f"/stukken/{row.id}/plek", data={"first": "1", "last": "1"}).status_code == 404


def test_a_lost_passage_is_not_drawn_in_the_text(bob: PageClient, cast: Cast, story: Story, db: Session) -> None:
    row = choose(db, cast.bob, story, WORDS)
    with transaction(db):
        db.get_one(Segment, row.id).placement = Placement.ORPHAN
    assert said(bob.get(f"{story.url}/stukken"))["segments"] == []
    assert "1 stuk is veranderd" in bob.get(story.url).text
