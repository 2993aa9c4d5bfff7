"""What must go is destroyed in every copy; what people wrote about it waits for a person; codings keep their place."""

from __future__ import annotations

import json
import uuid
import zlib
from dataclasses import dataclass

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coding import codebooks, memos, redacting, reports, segments, suggestions
from coding.models import Memo, Report, Segment, Suggestion, Theme
from coding.models.report import ReportKind
from coding.models.segment import Placement
from coding.models.suggestion import Answer
from interviews import drafts, memberchecks, names, passes, recordings, redactions, removals, transcripts, withdrawal
from interviews.access import Actor, actor_for
from interviews.db import Base
from interviews.detect.finder import default_finder
from interviews.errors import Invalid, NotAllowed
from interviews.hidden import BLOCK, OMITTED
from interviews.keys import KeyStore
from interviews.ledger import Ledger
from interviews.models import (
    Interview,
    NameEntity,
    Redaction,
    RemovalRequest,
    Revision,
    Transcript,
    TypingVersion,
)
from interviews.models.aftercare import RemovalState
from interviews.models.membercheck import CheckForm, CheckMatter, PassPurpose, Verdict
from interviews.models.name import MentionStatus
from interviews.models.recording import RecordingOrigin
from interviews.models.redaction import Outcome, PlaceKind
from interviews.models.transcript import Layer
from interviews.names.rows import canonical_of, entities_of
from interviews.redactions.sealed import SEALINGS
from interviews.sealedfiles import SealedFiles
from interviews.turns import Turn
from tests import factories
from tests.coding.studies import WordTagger, small_lexicon
from tests.factories import Cast
from webapp.settings import Settings

SECRET = "Mijn broer Zebulon zat toen vast in Zwammerdam met kanariegeel haar."
TALK = (
    ("I", "Hoe was dat?"),
    ("R", f"Zwaar. {SECRET} Daarna kwam de brief en kreeg ik stress."),
    ("I", "Dank je."),
    ("R", "Die brief was het ergste."),
)
CANARIES = ("Zebulon", "Zwammerdam", "kanariegeel")
START = TALK[1][1].index(SECRET)


@dataclass
class Story:
    interview: Interview
    transcript: Transcript
    request: RemovalRequest


@pytest.fixture
def carla(db: Session, cast: Cast) -> Actor:
    return actor_for(db, cast.carla.id)


@pytest.fixture
def alice(db: Session, cast: Cast) -> Actor:
    return actor_for(db, cast.alice.id)


@pytest.fixture
def bob(db: Session, cast: Cast) -> Actor:
    return actor_for(db, cast.bob.id)


@pytest.fixture
def ledger(settings: Settings) -> Ledger:
    return Ledger(settings.data / "ledger")


@pytest.fixture
def files(settings: Settings) -> SealedFiles:
    return SealedFiles(settings.data / "files")


def coded(db: Session, actor: Actor, text: Transcript, theme: Theme, words: str) -> Segment:
    revision = transcripts.newest(db, text, Layer.RESEARCH)
    assert revision is not None
    start = (revision.text or "").index(words)
    return segments.code(db, actor, text, revision_id=revision.id, theme=theme, start=start, end=start + len(words))


@pytest.fixture
def story(db: Session, cast: Cast, carla: Actor, alice: Actor, bob: Actor, keys: KeyStore) -> Story:
    """A story with the words in every place there is: both layers twice, a draft, codings, notes, wishes, a mark."""
    interview = factories.interview(db, carla, cast.project)
    text = factories.transcript(db, carla, interview, keys=keys, talk=TALK)
    names.propose(db, text, keys=keys, finder=default_finder())
    names.accept_rest(db, carla, text)
    for mention in (one for entity in entities_of(db, text) for one in entity.mentions):
        mention.status = MentionStatus.REJECTED
    factories.approved(db, text, by=alice, keys=keys)
    theme = next(one for one in codebooks.adopt(db, cast.project, small_lexicon()).themes if one.key == "bel.brief")
    theme.example = "Mijn broer Zebulon zat toen vast in een cel."
    on_it = coded(db, bob, text, theme, SECRET)
    coded(db, bob, text, theme, "Daarna kwam de brief")
    suggestions.refresh(db, text, WordTagger(bel_brief="kanariegeel"))
    segments.finish_first_reading(db, bob, text)
    suggestions.answer(db, bob, suggestions.visible_suggestions(db, bob, text)[0], Answer.LATER)
    memos.add(db, bob, on_it, text="Die Zebulon raakt me.", shared=True)
    memos.add(db, bob, on_it, text="Zwammerdam, dat ken ik.")
    memos.add(db, bob, on_it, text="Over stress gesproken.")
    person = interview.interviewees[0]
    memberchecks.ask(
        db, carla, interview, person, form=CheckForm.LINK, matter=CheckMatter.SUMMARY, keys=keys,
        sentences=["U vertelde over de brief.", SECRET],
    )  # fmt: skip
    made = passes.make(db, carla, interview, person, purpose=PassPurpose.CHECK)
    check = memberchecks.ask(
        db, carla, interview, person, form=CheckForm.LINK, matter=CheckMatter.TRANSCRIPT, keys=keys, pass_id=made.row.id
    )
    wish = memberchecks.Answer(Verdict.OTHER, "Niet dat hij toen vast in Zwammerdam zat.")
    memberchecks.answer(
        db, carla, check, answers={3: wish}, keys=keys, top=["De brief", "Zebulon"], remark="kanariegeel"
    )
    recording = recordings.begin(
        db, bob, interview, recording_id=uuid.uuid4(), origin=RecordingOrigin.RECORDED, media_type="audio/webm"
    )
    recordings.mark(db, bob, recording, mark_id=uuid.uuid4(), at_ms=5, note="hier Zebulon", keys=keys)
    reports.build(db, bob, kind=ReportKind.TRANSCRIPT, project=cast.project, interview=interview)
    interview.reflection = "Zwammerdam bleef bij me."
    # Another spelling of the same words, in a text that is being corrected, and an older version of it.
    base, turns = transcripts.open_raw(db, text, keys=keys)
    typed = drafts.open_draft(db, bob, interview, keys=keys, reason="Nalopen.")
    assert typed.base == base.id
    for number, said in enumerate((SECRET, SECRET.replace("Zwammerdam", "Zwammerdam-Oost"))):
        changed = (*turns[:1], Turn("R", f"Zwaar. {said} Daarna kwam de brief."), *turns[2:])
        asked = drafts.Save(uuid.uuid4(), number, drafts.WorkingText(changed, typed.text.speakers), base=base.id)
        assert isinstance(drafts.save(db, bob, interview, asked, keys=keys), drafts.Saved)
    request = removals.ask_passage(
        db, carla, interview, turn=1, start=START, end=START + len(SECRET), keys=keys, reason="Zebulon is herkenbaar."
    )
    segments.follow(db, text)
    db.flush()
    return Story(interview, text, request)


def everything(db: Session, interview: Interview, keys: KeyStore) -> str:
    """Every row of the database in plain words: what is sealed is opened, and what is packed is unpacked."""
    db.expire_all()
    told = []
    for table in Base.metadata.sorted_tables:
        told += [repr(tuple(row)) for row in db.execute(sa.select(table))]
    key = keys.open(interview.id)
    for sealing in SEALINGS:
        for row in sealing.of(db, interview.id):
            plain = key.open(getattr(row, sealing.column), context=sealing.context(row))
            if sealing.model.__tablename__ in ("typing_draft", "typing_version"):
                plain = zlib.decompress(plain)
            told.append(plain.decode("utf-8", "replace"))
    return "\n".join(told)


def places_with(text: str) -> list[str]:
    return [canary for canary in CANARIES if canary in text]


def destroyed(db: Session, alice: Actor, story: Story, keys: KeyStore, ledger: Ledger) -> Redaction:
    return redacting.destroy(db, alice, story.request, keys=keys, ledger=ledger)


def settled(db: Session, actor: Actor, redaction: Redaction, keys: KeyStore, outcome: Outcome) -> None:
    for one in redacting.open_places(db, actor, redaction, keys=keys):
        redacting.decide(db, actor, one.decision, outcome, keys=keys)


def test_after_the_lead_and_a_person_are_done_the_words_are_in_no_row_at_all(
    db: Session, alice: Actor, story: Story, keys: KeyStore, ledger: Ledger
) -> None:
    assert places_with(everything(db, story.interview, keys)) == list(CANARIES)
    redaction = destroyed(db, alice, story, keys, ledger)
    kinds = {one.decision.kind for one in redacting.open_places(db, alice, redaction, keys=keys)}
    assert {PlaceKind.MEMO, PlaceKind.MARK_NOTE, PlaceKind.REFLECTION, PlaceKind.THEME, PlaceKind.WISH} <= kinds
    settled(db, alice, redaction, keys, Outcome.WORDS_OUT)
    assert places_with(everything(db, story.interview, keys)) == []
    assert story.request.state is RemovalState.DESTROYED
    assert not redaction.waiting
    assert redaction.counts["raw"] == 1
    assert redaction.counts["drafts"] == 3
    assert redaction.counts["reports"] == 1


def test_what_was_not_asked_to_go_stays_word_for_word(
    db: Session, alice: Actor, bob: Actor, story: Story, keys: KeyStore, ledger: Ledger
) -> None:
    redaction = destroyed(db, alice, story, keys, ledger)
    _, turns = transcripts.open_raw(db, story.transcript, keys=keys)
    assert turns[1].text == f"Zwaar. {BLOCK * len(SECRET)} Daarna kwam de brief en kreeg ik stress."
    assert [turn.text for turn in turns[2:]] == [text for _, text in TALK[2:]]
    _, research = transcripts.read_research(db, bob, story.transcript)
    assert research[1].text == f"Zwaar. {OMITTED} Daarna kwam de brief en kreeg ik stress."
    typed = drafts.open_draft(db, bob, story.interview, keys=keys, reason="Nalopen.").text
    assert typed.turns[1].text.endswith(" Daarna kwam de brief.")
    assert "Over stress gesproken." in db.scalars(sa.select(Memo.text)).all()
    summary = memberchecks.checks_of(db, story.interview)[-1]
    assert memberchecks.passages(db, summary, keys=keys)[0].text == "U vertelde over de brief."
    assert len(redaction.decisions) < 12


def test_a_coded_passage_on_it_is_an_orphan_without_text_and_one_beside_it_stays(
    db: Session, alice: Actor, story: Story, keys: KeyStore, ledger: Ledger
) -> None:
    destroyed(db, alice, story, keys, ledger)
    rows = {row.quote: row for row in db.scalars(sa.select(Segment))}
    assert rows[BLOCK * len(SECRET)].placement is Placement.ORPHAN
    assert rows["Daarna kwam de brief"].placement is Placement.PLACED
    answered = db.scalars(sa.select(Suggestion)).all()
    assert [(row.reason, set(row.quote)) for row in answered] == [([], {BLOCK})]
    assert segments.follow(db, story.transcript).orphans == 0


def test_a_deleted_memo_is_gone_and_a_kept_one_says_what_it_said(
    db: Session, alice: Actor, story: Story, keys: KeyStore, ledger: Ledger
) -> None:
    redaction = destroyed(db, alice, story, keys, ledger)
    outcomes = iter((Outcome.DELETED, Outcome.KEPT))
    for one in redacting.open_places(db, alice, redaction, keys=keys):
        if one.decision.kind is PlaceKind.MEMO:
            redacting.decide(db, alice, one.decision, next(outcomes), keys=keys)
    left = db.scalars(sa.select(Memo.text)).all()
    assert sorted(left) in (
        ["Over stress gesproken.", "Zwammerdam, dat ken ik."],
        ["Die Zebulon raakt me.", "Over stress gesproken."],
    )


def test_words_do_not_go_out_of_a_text_that_somebody_changed_meanwhile(
    db: Session, alice: Actor, story: Story, keys: KeyStore, ledger: Ledger
) -> None:
    redaction = destroyed(db, alice, story, keys, ledger)
    story.interview.reflection = "Ik denk nog vaak aan Zwammerdam en aan de brief."
    (one,) = [
        one
        for one in redacting.open_places(db, alice, redaction, keys=keys)
        if one.decision.kind is PlaceKind.REFLECTION
    ]
    assert one.spans == ()
    with pytest.raises(Invalid, match=r"removal\.place_changed"):
        redacting.decide(db, alice, one.decision, Outcome.WORDS_OUT, keys=keys)
    redacting.decide(db, alice, one.decision, Outcome.DELETED, keys=keys)
    assert story.interview.reflection is None


def test_who_may_not_settle_destroys_nothing_and_nobody_destroys_twice(
    db: Session, alice: Actor, bob: Actor, carla: Actor, story: Story, keys: KeyStore, ledger: Ledger
) -> None:
    for actor in (bob, carla):
        with pytest.raises(NotAllowed):
            redacting.destroy(db, actor, story.request, keys=keys, ledger=ledger)
    redaction = destroyed(db, alice, story, keys, ledger)
    with pytest.raises(NotAllowed):
        redacting.open_places(db, bob, redaction, keys=keys)
    for again in (
        lambda: redacting.destroy(db, alice, story.request, keys=keys, ledger=ledger),
        lambda: removals.take_back(db, alice, story.request, keys=keys),
    ):
        with pytest.raises(Invalid, match=r"removal\.settled"):
            again()


def test_the_ledger_holds_places_and_no_words(
    db: Session, alice: Actor, story: Story, keys: KeyStore, ledger: Ledger
) -> None:
    destroyed(db, alice, story, keys, ledger)
    entries = ledger.entries()
    assert {entry.kind for entry in entries} == {"redaction"}
    known = {str(one) for one in db.scalars(sa.select(Revision.id))}
    assert {entry.ids["revision"] for entry in entries} <= known
    text = ledger.path.read_text()
    assert json.loads(text.splitlines()[0])["ids"]["request"] == str(story.request.id)
    assert places_with(text) == []


def test_a_name_that_was_said_there_only_is_forgotten_with_its_pseudonym(
    db: Session, alice: Actor, story: Story, keys: KeyStore, ledger: Ledger
) -> None:
    assert db.scalars(sa.select(NameEntity)).all()
    destroyed(db, alice, story, keys, ledger)
    key = keys.open(story.interview.id)
    left = [canonical_of(one, key) for one in db.scalars(sa.select(NameEntity))]
    assert places_with(" ".join(left)) == []


def test_a_phone_that_still_has_the_words_does_not_bring_them_back(
    db: Session, alice: Actor, bob: Actor, story: Story, keys: KeyStore, ledger: Ledger
) -> None:
    before = drafts.open_draft(db, bob, story.interview, keys=keys, reason="Nalopen.")
    destroyed(db, alice, story, keys, ledger)
    _, turns = transcripts.open_raw(db, story.transcript, keys=keys)
    old = (*turns[:1], Turn("R", TALK[1][1]), *turns[2:])
    late = drafts.Save(uuid.uuid4(), before.version, drafts.WorkingText(old, before.text.speakers), base=before.base)
    answer = drafts.save(db, bob, story.interview, late, keys=keys)
    assert isinstance(answer, drafts.Stale)
    assert db.scalar(sa.select(sa.func.count()).select_from(TypingVersion).where(TypingVersion.kind == "aside")) == 1
    opened = drafts.open_draft(db, bob, story.interview, keys=keys, reason="Nalopen.")
    assert [turn.text for turn in opened.asides[0].text.turns][1].startswith(f"Zwaar. {BLOCK}")
    key = keys.open(story.interview.id)
    for version in db.scalars(sa.select(TypingVersion)):
        assert places_with(str(drafts.rows.text_of_version(version, key))) == []


def test_an_old_copy_that_is_put_back_loses_the_words_again(
    db: Session, alice: Actor, story: Story, keys: KeyStore, ledger: Ledger, files: SealedFiles
) -> None:
    with db.begin_nested() as copy:
        destroyed(db, alice, story, keys, ledger)
        copy.rollback()
    db.expire_all()
    assert places_with(everything(db, story.interview, keys)) == list(CANARIES)
    # The copy is from before the request was made, too.
    db.execute(sa.delete(RemovalRequest))
    db.expire_all()
    assert withdrawal.replay(db, keys, files, ledger) >= 1
    redaction = db.scalars(sa.select(Redaction)).one()
    settled(db, alice, redaction, keys, Outcome.WORDS_OUT)
    assert places_with(everything(db, story.interview, keys)) == []
    assert withdrawal.replay(db, keys, files, ledger) == 0
    assert db.scalars(sa.select(Redaction)).one().renewed_at is None


def test_an_old_copy_whose_key_is_gone_keeps_its_text_without_names_and_not_the_words(
    db: Session, alice: Actor, bob: Actor, story: Story, keys: KeyStore, ledger: Ledger, files: SealedFiles
) -> None:
    with db.begin_nested() as copy:
        destroyed(db, alice, story, keys, ledger)
        copy.rollback()
    db.expire_all()
    keys.renew(story.interview.id)
    keys.settle(story.interview.id, renewed=True)
    assert withdrawal.replay(db, keys, files, ledger) >= 1
    _, raw = transcripts.open_raw(db, story.transcript, keys=keys)
    assert set("".join(turn.text for turn in raw)) == {BLOCK}
    _, research = transcripts.read_research(db, bob, story.transcript)
    assert research[1].text == f"Zwaar. {OMITTED} Daarna kwam de brief en kreeg ik stress."
    assert places_with(" ".join(one.text or "" for one in db.scalars(sa.select(Revision)))) == []


def test_a_request_in_words_loses_its_words_when_it_is_handled(
    db: Session, alice: Actor, carla: Actor, story: Story, keys: KeyStore, ledger: Ledger
) -> None:
    said = removals.ask_in_words(db, carla, story.interview, words="Het stuk over kanariegeel.", keys=keys)
    redacting.destroy(db, alice, said, keys=keys, ledger=ledger)
    assert said.words_sealed == b""
    assert removals.in_words(said, keys=keys) == ""
    assert said.state is RemovalState.DESTROYED


def test_the_reports_that_may_hold_the_words_are_to_be_built_again(
    db: Session, alice: Actor, story: Story, keys: KeyStore, ledger: Ledger
) -> None:
    destroyed(db, alice, story, keys, ledger)
    assert [report.outdated_at is not None for report in db.scalars(sa.select(Report))] == [True]
    assert redactions.waiting(db, story.interview.project_id)
