"""Reports out of the rows: through the consent gate, into Word, and into the register."""

from __future__ import annotations

import hashlib
import io
import re
import uuid
import zipfile

import docx
import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coding import memos, reports, segments, suggestions
from coding.models import Report
from coding.models.report import ReportKind
from coding.models.suggestion import Answer
from interviews import consents, interviews, transcripts
from interviews.access import Actor
from interviews.db import transaction, writing
from interviews.errors import Invalid, NotAllowed
from interviews.keys import KeyStore
from interviews.models import AuditEntry, ConsentChoice, Transcript
from interviews.models.interview import How, Status
from interviews.scopes import Scope
from interviews.turns import Turn
from tests import factories
from tests.coding.studies import Study, WordTagger
from tests.factories import ALL_SCOPES, Cast

KINDS = tuple(ReportKind)


@pytest.fixture
def study(db: Session, cast: Cast, keys: KeyStore) -> Study:
    """One coded story."""
    made = Study(db, cast, keys)
    code(made, made.transcript, "Ik wist van niks toen de brief kwam")
    return made


def code(
    study: Study, transcript: Transcript, words: str, *, by: Actor | None = None, theme: str = "bel.brief"
) -> None:
    start, end = study.place(words, transcript)
    segments.code(
        study.db,
        by or study.bob,
        transcript,
        revision_id=study.text(transcript).id,
        theme=study.theme(theme),
        start=start,
        end=end,
    )


def build(
    study: Study, kind: ReportKind, *, language: str = "nl", transcript: Transcript | None = None
) -> reports.BuiltReport:
    return reports.build(
        study.db,
        study.bob,
        kind=kind,
        project=study.cast.project,
        interview=(transcript or study.transcript).interview,
        language=language,
    )


def words_of(built: reports.BuiltReport) -> str:
    """All text of a Word file, tables and side parts too."""
    with zipfile.ZipFile(io.BytesIO(built.content)) as packed:
        parts = [
            packed.read(name).decode()
            for name in packed.namelist()
            if name.startswith("word/") and name.endswith(".xml")
        ]
    return re.sub(r"<[^>]+>", "", "\n".join(re.sub(r"</w:p>", "\n", part) for part in parts))


def refuse(study: Study, transcript: Transcript, *scopes: Scope) -> None:
    for person in transcript.interview.interviewees:
        consents.record(study.db, study.alice, person, choices=dict.fromkeys(scopes, False), how=How.SPOKEN)


def test_a_team_report_quotes_what_was_coded(study: Study) -> None:
    built = build(study, ReportKind.TEAM)
    assert "Ik wist van niks toen de brief kwam" in words_of(built)
    assert "Brief" in words_of(built)
    assert built.report.quotes == 1


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_report_opens_in_word_in_both_languages(study: Study, kind: ReportKind, language: str) -> None:
    built = build(study, kind, language=language)
    document = docx.Document(io.BytesIO(built.content))
    assert document.core_properties.author == study.cast.project.title
    assert document.core_properties.language.startswith(language)
    assert built.file_name.endswith(".docx")
    said = words_of(built)
    assert len(said.split()) > 80
    assert not re.search(r"%\(\w+\)|\{\w*\}|\bNone\b|TODO|lorem", said), said
    for person in ("Alice", "Bob", "Carla", "Dirk", "Esra"):
        assert not re.search(rf"\b{person}\b", said)


def test_the_two_languages_say_it_differently(study: Study) -> None:
    assert words_of(build(study, ReportKind.TEAM)) != words_of(build(study, ReportKind.TEAM, language="en"))


@pytest.mark.parametrize("kind", [ReportKind.TEAM, ReportKind.TRANSCRIPT])
def test_nobody_builds_a_report_on_somebody_who_does_not_take_part(study: Study, kind: ReportKind) -> None:
    refuse(study, study.transcript, Scope.USE_RESEARCH)
    with pytest.raises(NotAllowed):
        build(study, kind)


def told_by(study: Study, secret: str, scopes: frozenset[Scope] = ALL_SCOPES) -> Transcript:
    """A coded story with a word of its own, and a shared memo that repeats it."""
    said = f"Mijn {secret} is het verhaal dat ik wil vertellen."
    made = study.story(scopes=scopes, talk=[("I", "En toen?"), ("R", said)])
    code(study, made, said)
    memos.add(study.db, study.bob, made, text=f"Let op: {secret}.", shared=True)
    return made


def test_nobody_who_said_no_is_quoted_in_a_report_on_all(study: Study) -> None:
    told_by(study, "parelhoen")
    told_by(study, "vuurtoren", ALL_SCOPES - {Scope.QUOTE_PSEUDONYM})
    refuse(study, told_by(study, "waterrad"), Scope.USE_RESEARCH)
    told_by(study, "houtduif").interview.status = Status.STOPPED
    study.db.flush()
    said = words_of(build(study, ReportKind.CODEBOOK))
    assert "‘Mijn parelhoen" in said
    assert "Mijn vuurtoren" not in said
    assert "waterrad" not in said
    assert "houtduif" not in said


def test_a_change_of_mind_counts_in_the_next_report(study: Study) -> None:
    story = told_by(study, "parelhoen")
    assert "‘Mijn parelhoen" in words_of(build(study, ReportKind.CODEBOOK))
    refuse(study, story, Scope.QUOTE_PSEUDONYM)
    assert "‘Mijn parelhoen" not in words_of(build(study, ReportKind.CODEBOOK))


def test_in_a_group_the_words_of_who_said_no_are_not_quoted(study: Study) -> None:
    talk = [("I", "En?"), ("A", "Mijn parelhoen is weg."), ("B", "Mijn waterrad staat stil.")]
    made = study.story(talk=talk, people=2)
    code(study, made, "Mijn parelhoen is weg.")
    code(study, made, "Mijn waterrad staat stil.")
    second = made.interview.interviewees[1]
    consents.record(study.db, study.alice, second, choices={Scope.QUOTE_PSEUDONYM: False}, how=How.SPOKEN)
    assert "waterrad" not in words_of(build(study, ReportKind.TEAM, transcript=made))
    assert "‘Mijn waterrad" not in words_of(build(study, ReportKind.CODEBOOK))


def test_a_text_that_is_being_corrected_waits(study: Study) -> None:
    raw, turns = transcripts.open_raw(study.db, study.transcript, keys=study.keys)
    transcripts.correct(
        study.db, study.bob, study.transcript, [*turns, Turn("R", "Nog iets.")], base=raw.id, keys=study.keys
    )
    for kind in KINDS:
        with pytest.raises(Invalid, match=r"report\.nothing"):
            build(study, kind)


def test_the_codebook_report_counts_segments_and_answers(study: Study) -> None:
    suggestions.refresh(study.db, study.transcript, WordTagger(hlp_luisteren="luisterde", bel_brief="brief"))
    for actor, answered in ((study.bob, Answer.YES), (study.dirk, Answer.NO)):
        segments.finish_first_reading(study.db, actor, study.transcript)
        for suggestion in suggestions.visible_suggestions(study.db, actor, study.transcript):
            suggestions.answer(study.db, actor, suggestion, answered)
    document = docx.Document(io.BytesIO(build(study, ReportKind.CODEBOOK).content))
    rows = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    # The brief was coded whole by hand, and once more by a yes.
    assert ["Brief", "2"] in rows
    assert ["Luisteren", "1"] in rows
    said = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "De computer deed 2 voorstellen. Daarvan pasten er 2 wel en 2 niet; 0 zijn bewaard voor later." in said
    assert "De computer stelde dit 1 keer voor: 1 past wel, 1 past niet, 0 later." in said


def test_agreeing_coders_are_one_quote(study: Study) -> None:
    code(study, study.transcript, "Ik wist van niks toen de brief kwam", by=study.dirk)
    assert build(study, ReportKind.TEAM).report.quotes == 1


def test_words_of_the_interviewer_in_a_passage_are_left_out_of_the_quote(study: Study) -> None:
    text = study.text().text or ""
    start, end = text.index("toen de brief"), text.index("Later")
    segments.code(study.db, study.bob, study.transcript, revision_id=study.text().id, theme=study.theme(),
                  start=start, end=end)  # fmt: skip
    said = words_of(build(study, ReportKind.TEAM))
    assert "toen de brief kwam. […] Ik durfde niet te bellen." in said
    assert "Wat deed dat met je" not in said


def test_what_struck_the_interviewer_is_in_the_team_report(study: Study) -> None:
    interviews.note_reflection(study.db, study.bob, study.transcript.interview, "De koffie brak het ijs.")
    assert "De koffie brak het ijs." in words_of(build(study, ReportKind.TEAM))


def test_the_register_knows_file_choices_and_quotes(study: Study) -> None:
    refused = told_by(study, "waterrad")
    refuse(study, refused, Scope.USE_RESEARCH)
    built = build(study, ReportKind.CODEBOOK)
    row = study.db.scalars(sa.select(Report)).one()
    assert row is built.report
    assert row.sha256 == hashlib.sha256(built.content).hexdigest()
    assert (row.kind, row.interview_id, row.built_by_id) == (ReportKind.CODEBOOK, None, study.cast.bob.id)
    relied = {study.db.get_one(ConsentChoice, uuid.UUID(key)) for key in row.consent_choices}
    assert {choice.scope for choice in relied} == {Scope.USE_RESEARCH, Scope.QUOTE_PSEUDONYM}
    assert all(choice.given for choice in relied)
    assert {choice.interviewee for choice in relied} == set(study.transcript.interview.interviewees)
    assert reports.register(study.db, study.cast.project) == [row]
    assert reports.register(study.db, study.cast.elsewhere) == []
    assert (
        study.db.scalars(sa.select(AuditEntry).where(AuditEntry.action == "report.codebook")).one().object_id == row.id
    )


def test_the_same_rows_give_the_same_words(study: Study) -> None:
    first, second = (words_of(build(study, ReportKind.TRANSCRIPT)) for _ in range(2))
    assert first == second


def test_who_may_build_what(study: Study) -> None:
    def built(actor: Actor, kind: ReportKind) -> bool:
        try:
            reports.build(study.db, actor, kind=kind, project=study.cast.project, interview=study.transcript.interview)
        except NotAllowed:
            return False
        return True

    people = {"alice": study.alice, "bob": study.bob, "carla": study.carla, "dirk": study.dirk, "esra": study.esra}
    may = {kind: "".join(name[0] for name, actor in people.items() if built(actor, kind)) for kind in KINDS}
    assert may == {ReportKind.TEAM: "abc", ReportKind.CODEBOOK: "ab", ReportKind.TRANSCRIPT: "abc"}


def test_there_must_be_something_to_report(db: Session, cast: Cast, keys: KeyStore) -> None:
    from coding import codebooks
    from interviews.access import actor_for
    from tests.coding.studies import small_lexicon

    bob, zoe = actor_for(db, cast.bob.id), actor_for(db, cast.zoe.id)
    elsewhere = factories.interview(db, zoe, cast.elsewhere)
    with pytest.raises(Invalid, match=r"report\.interview"):
        reports.build(db, bob, kind=ReportKind.TEAM, project=cast.project)
    with pytest.raises(Invalid, match=r"report\.interview"):
        reports.build(db, bob, kind=ReportKind.TEAM, project=cast.project, interview=elsewhere)
    with pytest.raises(Invalid, match=r"codebook\.none"):
        reports.build(db, bob, kind=ReportKind.CODEBOOK, project=cast.project)
    codebooks.adopt(db, cast.project, small_lexicon())
    with pytest.raises(Invalid, match=r"report\.nothing"):
        reports.build(db, bob, kind=ReportKind.CODEBOOK, project=cast.project)


def test_reports_work_on_both_databases(any_engine: sa.Engine, keys: KeyStore) -> None:
    with writing(any_engine)() as db, transaction(db):
        made = Study(db, factories.cast(db), keys)
        code(made, made.transcript, "brief")
        for kind in KINDS:
            assert build(made, kind).content.startswith(b"PK")
