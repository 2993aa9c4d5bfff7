"""The codebook of a project: taken over, given back, and grown by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coding import codebooks
from coding.models.theme import ThemeStatus
from coding.starter import start_lexicon
from interviews.access import actor_for
from interviews.errors import Invalid, NotAllowed
from interviews.models import AuditEntry
from tests.coding.studies import small_lexicon
from tests.factories import Cast


def test_a_codebook_taken_over_and_given_back_is_the_same(db: Session, cast: Cast) -> None:
    lexicon = start_lexicon()
    given = codebooks.lexicon_of(codebooks.adopt(db, cast.project, lexicon))
    db.expire_all()
    assert (given.themes, given.groups, given.fields) == (lexicon.themes, lexicon.groups, lexicon.fields)


def test_a_project_is_tagged_exactly_as_a_loose_file(db: Session, cast: Cast) -> None:
    named = replace(small_lexicon(), fields={"post": ("brief", "mail")})
    kept = codebooks.lexicon_of(codebooks.adopt(db, cast.project, named))
    assert (kept.groups, kept.themes, kept.fields) == (named.groups, named.themes, named.fields)


def test_the_same_version_again_is_the_same_codebook(db: Session, cast: Cast) -> None:
    first = codebooks.adopt(db, cast.project, small_lexicon())
    assert codebooks.adopt(db, cast.project, small_lexicon()) is first
    assert codebooks.adopt(db, cast.elsewhere, small_lexicon()) is not first


def test_groups_are_not_chosen(db: Session, cast: Cast) -> None:
    assert codebooks.codebook_of(db, cast.project.id) is None
    assert codebooks.themes_of(db, cast.project.id) == []
    codebooks.adopt(db, cast.project, small_lexicon())
    assert [theme.key for theme in codebooks.themes_of(db, cast.project.id)] == ["bel.brief", "hlp.luisteren"]


def test_a_theme_in_own_words_is_a_concept_and_logged(db: Session, cast: Cast) -> None:
    codebook = codebooks.adopt(db, cast.project, small_lexicon())
    group = next(theme for theme in codebook.themes if theme.key == "bel")
    dirk = actor_for(db, cast.dirk.id)
    theme = codebooks.add_theme(db, dirk, cast.project, name=" Wachten op post ", group=group, definition="Stil\x00te.")
    assert (theme.key, theme.name, theme.definition) == ("bel.wachten_op_post", "Wachten op post", "Stilte.")
    assert (theme.status, theme.created_by_id) == (ThemeStatus.CONCEPT, cast.dirk.id)
    assert theme in codebooks.themes_of(db, cast.project.id)
    assert db.scalars(sa.select(AuditEntry).where(AuditEntry.action == "theme.add")).one().object_id == theme.id


def test_a_theme_without_a_group_stands_with_the_teams_own(db: Session, cast: Cast) -> None:
    codebooks.adopt(db, cast.project, small_lexicon())
    carla = actor_for(db, cast.carla.id)
    first = codebooks.add_theme(db, carla, cast.project, name="Rust")
    second = codebooks.add_theme(db, carla, cast.project, name="Ruimte")
    assert first.parent is second.parent
    assert (first.key, first.group_key) == ("eigen.rust", codebooks.OWN_GROUP)
    lexicon = codebooks.lexicon_of(first.codebook)
    assert "eigen.rust" in [theme.id for theme in lexicon.themes]


@pytest.mark.parametrize(
    ("name", "key"),
    [(" ", "theme.name"), ("x" * 81, "theme.name"), ("brief!", "theme.taken"), ("BRÍEF", "theme.taken")],
)
def test_a_name_that_is_empty_long_or_taken_is_refused(db: Session, cast: Cast, name: str, key: str) -> None:
    codebooks.adopt(db, cast.project, small_lexicon())
    with pytest.raises(Invalid, match=key):
        codebooks.add_theme(db, actor_for(db, cast.bob.id), cast.project, name=name)


def test_names_that_only_differ_in_signs_have_keys_of_their_own(db: Session, cast: Cast) -> None:
    codebooks.adopt(db, cast.project, small_lexicon())
    bob = actor_for(db, cast.bob.id)
    keys = {codebooks.add_theme(db, bob, cast.project, name=name).key for name in ("Στρες", "ストレス")}
    assert keys == {"eigen.thema", "eigen.thema_2"}


def test_somebody_is_shown_themes_much_like_a_new_one(db: Session, cast: Cast) -> None:
    codebooks.adopt(db, cast.project, small_lexicon())
    assert [theme.name for theme in codebooks.near_duplicates(db, cast.project.id, "luister")] == ["Luisteren"]
    assert [theme.name for theme in codebooks.near_duplicates(db, cast.project.id, "Brief.")] == ["Brief"]
    assert codebooks.near_duplicates(db, cast.project.id, "Vertrouwen") == []
    assert codebooks.near_duplicates(db, cast.project.id, "…") == []


def test_without_a_codebook_or_a_right_no_theme_is_made(db: Session, cast: Cast) -> None:
    with pytest.raises(Invalid, match=r"codebook\.none"):
        codebooks.add_theme(db, actor_for(db, cast.bob.id), cast.project, name="Rust")
    for member in (cast.alice, cast.esra):
        with pytest.raises(NotAllowed):
            codebooks.add_theme(db, actor_for(db, member.id), cast.project, name="Rust")


def test_a_retired_theme_is_chosen_by_nobody_and_proposed_by_nothing(db: Session, cast: Cast) -> None:
    codebook = codebooks.adopt(db, cast.project, small_lexicon())
    next(theme for theme in codebook.themes if theme.key == "bel.brief").status = ThemeStatus.RETIRED
    db.flush()
    assert [theme.key for theme in codebooks.themes_of(db, cast.project.id)] == ["hlp.luisteren"]
    assert [theme.id for theme in codebooks.lexicon_of(codebook).themes] == ["hlp.luisteren"]
