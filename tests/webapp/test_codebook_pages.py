"""The list of themes, and the page of one theme."""

from __future__ import annotations

from typing import Any

import lxml.html
import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from coding import codebooks
from coding.models import Theme
from coding.models.theme import ThemeStatus
from interviews.db import transaction
from interviews.keys import KeyStore
from interviews.scopes import Scope
from tests.factories import ALL_SCOPES, Cast
from tests.pages import PageClient, browser, untranslated
from tests.webapp.test_desk_pages import Story, add_story, choose, counted, fresh, read_it, story

__all__ = ["story"]


@pytest.fixture
def dirk(app: Flask, cast: Cast) -> PageClient:
    """The browser of the ervaringsdeskundige."""
    return browser(app).sign_in(cast.dirk)


@pytest.fixture
def bob(app: Flask, cast: Cast) -> PageClient:
    """The browser of the researcher."""
    return browser(app).sign_in(cast.bob)


def entries(html: str) -> list[str]:
    """The names of the themes in the list."""
    root: Any = lxml.html.document_fromstring(html)
    return [link.text for link in root.xpath("//*[@class='lexicon__name']/a")]


def test_every_theme_stands_under_its_group(dirk: PageClient, cast: Cast, story: Story) -> None:
    text = dirk.get(f"/p/{cast.project.id}/themas").text
    assert len(entries(text)) == 38
    assert "Belemmerend" in text
    assert "nog niet gehoord" in text


def test_a_theme_is_counted_in_stories_and_passages(
    dirk: PageClient, cast: Cast, story: Story, db: Session, keys: KeyStore
) -> None:
    with transaction(db):
        add_story(db, cast, keys)
    choose(db, cast.dirk, story, "Ik wist van niks")
    choose(db, cast.bob, story, "die luisterde echt")
    root: Any = lxml.html.document_fromstring(dirk.get(f"/p/{cast.project.id}/themas").text)
    found = root.xpath("//*[@class='small soft' and contains(., 'gesprekken')]")
    assert [" ".join(one.text_content().split()) for one in found] == [
        "in 1 van de 2 gesprekken · 2 stukken · 1 van jou"
    ]


def test_a_search_finds_names_and_meanings_without_accents(dirk: PageClient, cast: Cast, story: Story) -> None:
    address = f"/p/{cast.project.id}/themas"
    name = story.theme.name
    assert name in entries(dirk.get(address, query_string={"q": name.upper()}).text)
    nothing = dirk.get(address, query_string={"q": "qqq<b>"})
    assert entries(nothing.text) == []
    assert "Geen thema gevonden met ‘qqq&lt;b&gt;’" in nothing.text


def test_the_list_asks_the_database_as_often_with_many_passages(
    dirk: PageClient, cast: Cast, story: Story, db: Session, engine: sa.Engine
) -> None:
    address = f"/p/{cast.project.id}/themas"
    choose(db, cast.dirk, story, "brief")
    dirk.get(address)
    with counted(engine) as few:
        dirk.get(address)
    for theme in codebooks.themes_of(db, cast.project.id)[:12]:
        choose(db, cast.dirk, story, "die luisterde echt", theme=theme)
    with counted(engine) as many:
        dirk.get(address)
    assert len(many) == len(few)


def test_the_page_of_a_theme_says_what_it_means_and_which_knowledge_is_silent(dirk: PageClient, story: Story) -> None:
    text = dirk.get(f"/themas/{story.theme.id}").text
    root: Any = lxml.html.document_fromstring(text)
    assert story.theme.definition[:30] in root.text_content()
    lamps = root.xpath("//li[contains(@class, 'lamp')]")
    assert len(lamps) == 4
    assert len(root.xpath("//li[contains(@class, 'lamp--lit')]")) == len(story.theme.knowledge)
    assert "Wat cliënten zeggen" in text
    assert "Wat consulenten zeggen" in text


def test_words_of_a_story_stand_on_their_side_with_where_to_read_on(
    dirk: PageClient, cast: Cast, story: Story, db: Session
) -> None:
    choose(db, cast.dirk, story, "Ik wist van niks")
    root: Any = lxml.html.document_fromstring(dirk.get(f"/themas/{story.theme.id}").text)
    assert [one.text for one in root.xpath("//blockquote")] == ["Ik wist van niks"]
    link = root.xpath("//figcaption/a")[0]
    assert link.text.endswith("regel 2")
    assert link.get("href") == f"{story.url}#turn-2"


def test_words_that_others_chose_wait_for_the_own_reading(
    dirk: PageClient, cast: Cast, story: Story, db: Session
) -> None:
    choose(db, cast.bob, story, "die luisterde echt")
    address = f"/themas/{story.theme.id}"
    assert "<blockquote" not in dirk.get(address).text
    read_it(db, cast.dirk, story)
    assert "die luisterde echt" in dirk.get(address).text


def test_words_of_a_story_that_may_not_be_read_are_not_shown(
    dirk: PageClient, bob: PageClient, cast: Cast, story: Story, db: Session, keys: KeyStore
) -> None:
    from interviews import transcripts
    from interviews.models.transcript import Layer

    with transaction(db):
        hidden = add_story(db, cast, keys, scopes=ALL_SCOPES - {Scope.CO_READ}, talk=(("R", "Dit is van mij."),))
    revision = transcripts.newest(db, hidden, Layer.RESEARCH)
    assert revision is not None
    choose(db, cast.bob, Story(hidden, revision.id, revision.text or "", story.theme, story.other), "van mij")
    assert "van mij" in bob.get(f"/themas/{story.theme.id}").text
    assert "van mij" not in dirk.get(f"/themas/{story.theme.id}").text


def test_a_new_theme_is_made_in_ones_own_words(dirk: PageClient, cast: Cast, story: Story, db: Session) -> None:
    page = dirk.get(f"/p/{cast.project.id}/themas/nieuw")
    answer = dirk.submit(page, name="Bang voor de brievenbus", definition="Post durven openen.")
    row = fresh(db).scalars(sa.select(Theme).where(Theme.name == "Bang voor de brievenbus")).one()
    assert answer.location == f"/themas/{row.id}"
    assert (row.status, row.created_by_id, row.definition) == (
        ThemeStatus.CONCEPT, cast.dirk.id, "Post durven openen."
    )  # fmt: skip
    assert "staat nu in de lijst" in dirk.get(answer.location).text
    assert "Bang voor de brievenbus" in entries(dirk.get(f"/p/{cast.project.id}/themas").text)


def test_a_name_much_like_a_theme_is_asked_about_first(dirk: PageClient, cast: Cast, story: Story, db: Session) -> None:
    part = story.theme.name[: max(5, len(story.theme.name) - 2)]
    address = f"/p/{cast.project.id}/themas/nieuw"
    asked = dirk.submit(dirk.get(address), name=part)
    assert asked.status_code == 409
    assert story.theme.name in asked.text
    assert dirk.submit(asked, sure="y").status_code == 303
    assert fresh(db).scalars(sa.select(Theme).where(Theme.name == part)).one()


def test_a_theme_without_a_name_is_refused(dirk: PageClient, cast: Cast, story: Story) -> None:
    answer = dirk.submit(dirk.get(f"/p/{cast.project.id}/themas/nieuw"), name="  ")
    assert answer.status_code == 422
    assert "Geef het thema een naam" in answer.text


def test_a_theme_does_not_go_into_another_projects_group(
    dirk: PageClient, cast: Cast, story: Story, db: Session
) -> None:
    from coding.starter import start_lexicon

    with transaction(db):
        codebooks.adopt(db, cast.elsewhere, start_lexicon())
    strange = db.scalars(
        sa.select(Theme).where(Theme.parent_id.is_(None), Theme.codebook.has(project_id=cast.elsewhere.id))
    ).first()
    assert strange is not None
    dirk.submit(dirk.get(f"/p/{cast.project.id}/themas/nieuw"), name="Kastje en muur", group=str(strange.id))
    row = fresh(db).scalars(sa.select(Theme).where(Theme.name == "Kastje en muur")).one()
    assert row.codebook.project_id == cast.project.id
    assert row.group_key == "eigen"


def test_a_project_without_a_list_of_themes_says_what_to_do(dirk: PageClient, cast: Cast) -> None:
    assert "Vraag je projectleider" in dirk.get(f"/p/{cast.project.id}/themas").text


def test_strangers_and_municipalities_do_not_see_themes(app: Flask, cast: Cast, story: Story) -> None:
    for member, refused in ((cast.esra, 403), (cast.zoe, 404)):
        client = browser(app).sign_in(member)
        assert client.get(f"/p/{cast.project.id}/themas").status_code == refused
        assert client.get(f"/themas/{story.theme.id}").status_code == refused


def test_every_sentence_of_these_pages_can_be_translated(app: Flask, cast: Cast, story: Story, db: Session) -> None:
    choose(db, cast.dirk, story, "Ik wist van niks")
    app.config["PSEUDO_LANGUAGE"] = True
    client = browser(app).sign_in(cast.dirk)
    data = [cast.project.title, "Dirk", "Hanna", "06 12 34 56 78", story.theme.name, "cliënten", "consulenten"]
    data += [theme.name for theme in story.theme.codebook.themes if theme.parent_id is None]
    project = cast.project.id
    for address in (f"/p/{project}/themas?q=", f"/p/{project}/themas/nieuw", f"/themas/{story.theme.id}"):
        assert untranslated(client.get(address).text, data=data) == []
