"""Who may do what: the matrix of roles and permissions, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coding.access import CodingPermission
from interviews import access
from interviews.access import Permission, actor_for, allows, require
from interviews.clock import now
from interviews.db import transaction
from interviews.errors import NotAllowed, NotVisible
from interviews.keys import KeyStore
from interviews.models import Interview, Interviewee, Person, SpeakerRow, Transcript
from interviews.models.interview import Status
from interviews.scopes import Scope
from tests import factories
from tests.factories import ALL_SCOPES, Cast

NOBODY = ""
# One letter per member of the cast: Alice leads, Bob researches, Carla interviews, Dirk codes, Esra reads.
# Per permission: (Carla's own interview, an interview of another interviewer), each with co_read yes and no.
MATRIX: dict[str, tuple[tuple[str, str], tuple[str, str]]] = {
    Permission.INTERVIEW_SEE: (("ABC", "ABC"), ("AB", "AB")),
    Permission.CONSENT_RECORD: (("AC", "AC"), ("A", "A")),
    Permission.RAW_READ: (("ABC", "ABC"), ("AB", "AB")),
    Permission.RAW_REREAD: (("AB", "AB"), ("AB", "AB")),
    Permission.RAW_EDIT: (("BC", "BC"), ("B", "B")),
    Permission.NAMES_PROPOSE: (("BC", "BC"), ("B", "B")),
    Permission.NAMES_APPROVE: (("AB", "AB"), ("AB", "AB")),
    Permission.RESEARCH_READ: (("ABCD", "ABC"), ("ABCD", "AB")),
    Permission.INTERVIEW_PLAN: (("AC", "AC"), ("A", "A")),
    Permission.INTERVIEW_HAND_OVER: (("AC", "AC"), ("A", "A")),
    # Bob holds no interview here; a researcher who does is in `test_a_researcher_who_holds_an_interview…`.
    Permission.TALK_HOLD: (("C", "C"), (NOBODY, NOBODY)),
    Permission.RECORDING_ADD: (("BC", "BC"), ("B", "B")),
    Permission.RECORDING_PLAY: (("BC", "BC"), ("B", "B")),
    Permission.RECORDING_ERASE: (("ABC", "ABC"), ("AB", "AB")),
    Permission.SPEECH_TO_TEXT: (("BC", "BC"), ("B", "B")),
    Permission.DEBRIEF_WRITE: (("C", "C"), (NOBODY, NOBODY)),
    Permission.DEBRIEF_READ: (("AC", "AC"), ("A", "A")),
    Permission.SAFETY_FLAG: (("ABC", "ABC"), ("AB", "AB")),
    Permission.SAFETY_CLOSE: (("A", "A"), ("A", "A")),
    Permission.REMOVAL_ASK: (("AC", "AC"), ("A", "A")),
    Permission.REMOVAL_SETTLE: (("A", "A"), ("A", "A")),
    Permission.WITHDRAW: (("AC", "AC"), ("A", "A")),
    Permission.WITHDRAWAL_KEEP: (("A", "A"), ("A", "A")),
    Permission.ACCESS_BUNDLE: (("A", "A"), ("A", "A")),
    Permission.CHECK_ASK: (("AC", "AC"), ("A", "A")),
    Permission.CHECK_REPLY: (("ABC", "ABC"), ("AB", "AB")),
    Permission.CONTACT_WRITE: (("AC", "AC"), ("A", "A")),
    Permission.ATTACHMENT_ADD: (("C", "C"), (NOBODY, NOBODY)),
    Permission.ATTACHMENT_SEE: (("BC", "BC"), ("B", "B")),
    CodingPermission.CODE: (("BCD", "BC"), ("BCD", "B")),
    # Before anybody finished the own first reading.
    CodingPermission.OTHERS_SEE: (("AB", "AB"), ("AB", "AB")),
    CodingPermission.REPORT_INTERVIEW: (("ABC", "ABC"), ("AB", "AB")),
}
# What changes when a second person approved that the names are away.
AFTER_APPROVAL: dict[str, tuple[str, str]] = {
    Permission.RAW_READ: (NOBODY, NOBODY),
    Permission.RAW_REREAD: ("AB", "AB"),
    Permission.RAW_EDIT: ("B", "B"),
    Permission.NAMES_PROPOSE: (NOBODY, NOBODY),
    Permission.NAMES_APPROVE: (NOBODY, NOBODY),
    Permission.RESEARCH_READ: ("ABCD", "ABCD"),
    Permission.TALK_HOLD: (NOBODY, NOBODY),
    Permission.RECORDING_ADD: ("B", "B"),
    Permission.RECORDING_PLAY: ("B", "B"),
    Permission.SPEECH_TO_TEXT: (NOBODY, NOBODY),
}
# Rights on the project itself.
ON_PROJECT: dict[str, str] = {
    Permission.PROJECT_SEE: "ABCDE",
    Permission.INTERVIEW_LIST: "ABC",
    Permission.INTERVIEW_ADD: "ABC",
    Permission.GUIDE_READ: "ABCD",
    Permission.GUIDE_EDIT: "AB",
    Permission.HOURS_NOTE: "ABCD",
    # Nobody of the cast holds the key: who does is in `test_contacts`.
    Permission.CONTACT_OPEN: NOBODY,
    Permission.KEYS_SEE: "A",
    Permission.KEYS_APPOINT: "A",
    Permission.KEYS_HAND_OVER: NOBODY,
    Permission.KEYS_END: "A",
    Permission.TRAINING_KEEP: "A",
    Permission.RETENTION_SET: "A",
    Permission.PEOPLE_MANAGE: "A",
    Permission.AUDIT_READ: "A",
    CodingPermission.THEMES_READ: "ABCD",
    CodingPermission.THEME_ADD: "BCD",
    CodingPermission.MEMO_ADD: "ABCD",
    CodingPermission.REPORT_PROJECT: "AB",
}
# What one may still do with an interview that was stopped: look after people, and take away what is left.
STAYS_OPEN = {
    Permission.INTERVIEW_SEE,
    Permission.CONSENT_RECORD,
    Permission.RECORDING_ERASE,
    Permission.DEBRIEF_WRITE,
    Permission.DEBRIEF_READ,
    Permission.SAFETY_FLAG,
    Permission.SAFETY_CLOSE,
    Permission.REMOVAL_ASK,
    Permission.REMOVAL_SETTLE,
    Permission.WITHDRAW,
    Permission.WITHDRAWAL_KEEP,
    Permission.ACCESS_BUNDLE,
}
# Asked of things that somebody made: see tests/coding.
OF_THE_MAKER = {CodingPermission.UNCODE, CodingPermission.MEMO_READ}


def letters(db: Session, cast: Cast, permission: str, thing: object) -> str:
    """The members of the cast who may, one letter each."""
    found = [
        member.display_name[0] for member in cast.everybody() if allows(actor_for(db, member.id), permission, thing)
    ]
    return "".join(sorted(found))


@pytest.fixture
def other_interviewer(db: Session, cast: Cast) -> Person:
    """A second peer interviewer."""
    from interviews import projects
    from interviews.models.project import Role

    with transaction(db):
        fatou = factories.person(db, "fatou")
        projects.give_role(db, cast.project, fatou, Role.PEER_INTERVIEWER)
    return fatou


def stories(db: Session, cast: Cast, other: Person, keys: KeyStore) -> Iterator[tuple[bool, bool, Transcript]]:
    """A transcript per (Carla's own, co_read)."""
    for own in (True, False):
        for co_read in (True, False):
            holder = actor_for(db, cast.carla.id if own else other.id)
            scopes = ALL_SCOPES if co_read else ALL_SCOPES - {Scope.CO_READ}
            row = factories.interview(db, holder, cast.project, scopes=scopes)
            yield own, co_read, factories.transcript(db, holder, row, keys=keys)


def cells(permission: str) -> Iterator[tuple[bool, bool, str]]:
    """(own, co_read, who may) of one row of the matrix."""
    for own, row in zip((True, False), MATRIX[permission], strict=True):
        for co_read, who in zip((True, False), row, strict=True):
            yield own, co_read, who


@pytest.mark.parametrize("permission", MATRIX)
def test_each_cell_of_the_matrix_holds(
    permission: str, db: Session, cast: Cast, other_interviewer: Person, keys: KeyStore
) -> None:
    expected = {(own, co_read): who for own, co_read, who in cells(permission)}
    found = {}
    for own, co_read, transcript in stories(db, cast, other_interviewer, keys):
        found[own, co_read] = letters(db, cast, permission, transcript)
        assert letters(db, cast, permission, transcript.interview) == found[own, co_read]
    db.rollback()
    assert found == expected


@pytest.mark.parametrize("permission", AFTER_APPROVAL)
def test_approval_closes_the_text_with_names(
    permission: str, db: Session, cast: Cast, other_interviewer: Person, keys: KeyStore
) -> None:
    found = {}
    for own, co_read, transcript in stories(db, cast, other_interviewer, keys):
        transcript.approved_at = now()
        if co_read:
            found[own] = letters(db, cast, permission, transcript)
    db.rollback()
    assert (found[True], found[False]) == AFTER_APPROVAL[permission]


@pytest.mark.parametrize("permission", ON_PROJECT)
def test_each_right_on_a_project_holds(permission: str, db: Session, cast: Cast) -> None:
    assert letters(db, cast, permission, cast.project) == ON_PROJECT[permission]


def test_every_permission_has_rules_and_a_row_in_these_tables() -> None:
    named = {*Permission, *CodingPermission}
    assert set(access.RULES) == named
    assert {*MATRIX, *ON_PROJECT, *OF_THE_MAKER} == named


def test_a_permission_without_a_rule_is_never_allowed(db: Session, cast: Cast) -> None:
    assert letters(db, cast, "story.sell", cast.project) == NOBODY


@pytest.mark.parametrize(
    "permission", [Permission.RESEARCH_READ, CodingPermission.CODE, CodingPermission.OTHERS_SEE,
                   CodingPermission.REPORT_INTERVIEW]
)  # fmt: skip
def test_nobody_reads_or_codes_a_story_of_somebody_who_does_not_take_part(
    permission: str, db: Session, cast: Cast, keys: KeyStore
) -> None:
    carla = actor_for(db, cast.carla.id)
    transcript = factories.transcript(db, carla, factories.interview(db, carla, cast.project), keys=keys)
    assert letters(db, cast, permission, transcript) != NOBODY
    for person in transcript.interview.interviewees:
        from interviews import consents
        from interviews.models.interview import How

        consents.record(db, carla, person, choices={Scope.USE_RESEARCH: False}, how=How.SPOKEN)
    assert letters(db, cast, permission, transcript) == NOBODY


def test_a_stopped_interview_is_closed_to_everybody(db: Session, cast: Cast, keys: KeyStore) -> None:
    carla = actor_for(db, cast.carla.id)
    transcript = factories.transcript(db, carla, factories.interview(db, carla, cast.project), keys=keys)
    transcript.interview.status = Status.STOPPED
    for permission in MATRIX:
        if permission not in STAYS_OPEN:
            assert letters(db, cast, permission, transcript) == NOBODY, permission


def test_a_researcher_who_holds_an_interview_does_in_it_what_an_interviewer_does(db: Session, cast: Cast) -> None:
    own = factories.interview(db, actor_for(db, cast.alice.id), cast.project)
    own.interviewer_id = cast.bob.id
    for permission in (Permission.TALK_HOLD, Permission.DEBRIEF_WRITE, Permission.CHECK_ASK, Permission.ATTACHMENT_ADD):
        assert letters(db, cast, permission, own) in ("B", "AB"), permission


@pytest.mark.parametrize("permission", [Permission.RECORDING_ADD, Permission.RECORDING_PLAY, Permission.SPEECH_TO_TEXT])
def test_nobody_records_or_listens_to_somebody_who_wants_no_recording(permission: str, db: Session, cast: Cast) -> None:
    carla = actor_for(db, cast.carla.id)
    row = factories.interview(db, carla, cast.project, scopes=ALL_SCOPES - {Scope.RECORD})
    assert letters(db, cast, permission, row) == NOBODY


def test_a_stranger_learns_nothing_and_a_member_that_it_is_not_for_her(db: Session, cast: Cast) -> None:
    with pytest.raises(NotVisible):
        require(actor_for(db, cast.zoe.id), Permission.PROJECT_SEE, cast.project)
    with pytest.raises(NotAllowed):
        require(actor_for(db, cast.esra.id), Permission.AUDIT_READ, cast.project)
    require(actor_for(db, cast.alice.id), Permission.AUDIT_READ, cast.project)


def test_a_thing_that_no_rule_speaks_of_is_an_error_of_the_programmer(db: Session, cast: Cast) -> None:
    with pytest.raises(TypeError):
        allows(actor_for(db, cast.alice.id), Permission.PROJECT_SEE, object())
    with pytest.raises(TypeError):
        access.subject_of(SpeakerRow(transcript_id=cast.project.id))


def test_every_row_that_a_rule_speaks_of_leads_to_its_project(db: Session, cast: Cast, keys: KeyStore) -> None:
    carla = actor_for(db, cast.carla.id)
    row = factories.interview(db, carla, cast.project)
    transcript = factories.transcript(
        db, carla, row, keys=keys, talk=[("R", "Bel mij op 0612345678, zei Fatma Yilmaz.")]
    )
    from interviews import names
    from interviews.detect.finder import default_finder
    from interviews.models import Membership, NameEntity, NameMention

    names.propose(db, transcript, keys=keys, finder=default_finder())
    things = [
        cast.project,
        row,
        transcript,
        transcript.speakers[0],
        db.scalars(sa.select(Interviewee)).first(),
        db.scalars(sa.select(NameEntity)).first(),
        db.scalars(sa.select(NameMention)).first(),
        db.scalars(sa.select(Membership).where(Membership.project_id == cast.project.id)).first(),
    ]
    assert {access.subject_of(thing).project_id for thing in things} == {cast.project.id}


def test_the_list_shows_a_peer_interviewer_her_own_interviews_only(
    db: Session, cast: Cast, other_interviewer: Person
) -> None:
    own = factories.interview(db, actor_for(db, cast.carla.id), cast.project)
    other = factories.interview(db, actor_for(db, other_interviewer.id), cast.project)
    seen: dict[str, list[Interview]] = {
        member.display_name: list(db.scalars(access.visible_interviews(actor_for(db, member.id), cast.project)))
        for member in cast.everybody()
    }
    assert seen == {"Alice": [own, other], "Bob": [own, other], "Carla": [own], "Dirk": [], "Esra": [], "Zoë": []}


def test_everybody_sees_the_projects_they_work_in_and_no_other(db: Session, cast: Cast) -> None:
    assert list(db.scalars(access.visible_projects(actor_for(db, cast.esra.id)))) == [cast.project]
    assert list(db.scalars(access.visible_projects(actor_for(db, cast.zoe.id)))) == [cast.elsewhere]


def test_a_reader_knows_the_reach_of_the_own_municipality(db: Session, cast: Cast) -> None:
    assert actor_for(db, cast.esra.id).municipalities == {cast.project.id: {cast.municipality.id}}
