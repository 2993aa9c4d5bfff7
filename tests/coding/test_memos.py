"""Memos: what strikes somebody. Private unless shared, and shared after one's own reading."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coding import memos, segments
from coding.access import CodingPermission
from coding.models import Memo
from coding.models.memo import MemoKind
from interviews.access import allows
from interviews.errors import Invalid, NotAllowed, NotVisible
from interviews.keys import KeyStore
from interviews.models import Membership
from interviews.scopes import Scope
from tests.coding.studies import Study
from tests.factories import ALL_SCOPES, Cast


@pytest.fixture
def study(db: Session, cast: Cast, keys: KeyStore) -> Study:
    """One approved story and a small codebook."""
    return Study(db, cast, keys)


def test_a_memo_is_about_a_story_a_passage_or_a_theme(study: Study) -> None:
    start, end = study.place("brief")
    segment = segments.code(study.db, study.bob, study.transcript, revision_id=study.text().id, theme=study.theme(),
                            start=start, end=end)  # fmt: skip
    for about in (study.transcript, segment, study.theme()):
        memo = memos.add(study.db, study.bob, about, text=" Dit valt op.\x00 ", kind=MemoKind.METHOD)
        assert (memo.text, memo.kind, memo.project_id) == ("Dit valt op.", MemoKind.METHOD, study.cast.project.id)
    seen = memos.visible_memos(study.db, study.bob, study.transcript)
    assert [memo.theme_id for memo in seen] == [None, None]


@pytest.mark.parametrize("text", ["", "  \n", "x" * (memos.MAX_LENGTH + 1)])
def test_an_empty_or_endless_memo_is_refused(study: Study, text: str) -> None:
    with pytest.raises(Invalid, match=r"memo\.length"):
        memos.add(study.db, study.bob, study.transcript, text=text)


def test_a_private_memo_is_seen_by_nobody_else(study: Study) -> None:
    memo = memos.add(study.db, study.dirk, study.transcript, text="Van mij.")
    assert memos.visible_memos(study.db, study.dirk, study.transcript) == [memo]
    for actor in (study.alice, study.bob, study.carla):
        assert memos.visible_memos(study.db, actor, study.transcript) == []
        assert not allows(actor, CodingPermission.MEMO_READ, memo)


def test_a_shared_memo_shows_after_ones_own_first_reading(study: Study) -> None:
    memo = memos.add(study.db, study.bob, study.transcript, text="Voor ons.", shared=True)
    assert memos.visible_memos(study.db, study.dirk, study.transcript) == []
    segments.finish_first_reading(study.db, study.dirk, study.transcript)
    assert memos.visible_memos(study.db, study.dirk, study.transcript) == [memo]
    assert memos.visible_memos(study.db, study.alice, study.transcript) == [memo]


def test_a_shared_memo_goes_no_further_than_its_story(db: Session, cast: Cast, keys: KeyStore) -> None:
    study = Study(db, cast, keys, scopes=ALL_SCOPES - {Scope.CO_READ})
    memo = memos.add(db, study.bob, study.transcript, text="Voor ons.", shared=True)
    about_theme = memos.add(db, study.bob, study.theme(), text="Scherper maken.", shared=True)
    who = "".join(
        p.display_name[0]
        for p, a in zip(
            cast.everybody(), (study.alice, study.bob, study.carla, study.dirk, study.esra, study.zoe), strict=True
        )
        if allows(a, CodingPermission.MEMO_READ, memo)
    )
    assert who == "ABC"
    assert allows(study.dirk, CodingPermission.MEMO_READ, about_theme)
    assert not allows(study.esra, CodingPermission.MEMO_READ, about_theme)
    with pytest.raises(NotAllowed):
        memos.visible_memos(db, study.dirk, study.transcript)


def test_who_left_the_project_reads_no_own_memo_any_more(study: Study) -> None:
    memo = memos.add(study.db, study.dirk, study.transcript, text="Van mij.")
    study.db.execute(sa.delete(Membership).where(Membership.person_id == study.cast.dirk.id))
    from interviews.access import actor_for

    assert not allows(actor_for(study.db, study.cast.dirk.id), CodingPermission.MEMO_READ, memo)


def test_who_may_not_read_the_story_writes_nothing_at_it(study: Study) -> None:
    with pytest.raises(NotAllowed):
        memos.add(study.db, study.esra, study.transcript, text="Hm.")
    with pytest.raises(NotVisible):
        memos.add(study.db, study.zoe, study.theme(), text="Hm.")


def test_only_the_writer_throws_a_memo_away(study: Study) -> None:
    memo = memos.add(study.db, study.bob, study.transcript, text="Voor ons.", shared=True)
    with pytest.raises(Invalid, match=r"memo\.not_own"):
        memos.remove(study.db, study.dirk, memo)
    memos.remove(study.db, study.bob, memo)
    assert study.db.scalars(sa.select(Memo)).all() == []
