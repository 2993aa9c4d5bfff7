"""The table of rules: which predicates must hold for which permission."""

from __future__ import annotations

from collections.abc import Callable

from interviews.access.actors import Actor, Subject
from interviews.access.permissions import Permission
from interviews.models.interview import Status
from interviews.models.project import Role
from interviews.scopes import Scope

Predicate = Callable[[Actor, Subject], bool]
Rules = dict[str, list[list[Predicate]]]


def member(actor: Actor, subject: Subject) -> bool:
    """The actor has a role in the project."""
    return bool(actor.roles_in(subject.project_id))


def peer_interviewer(actor: Actor, subject: Subject) -> bool:
    """The actor is a peer interviewer in the project."""
    return Role.PEER_INTERVIEWER in actor.roles_in(subject.project_id)


def co_coder(actor: Actor, subject: Subject) -> bool:
    """The actor is an ervaringsdeskundige co-coder in the project."""
    return Role.CO_CODER in actor.roles_in(subject.project_id)


def researcher(actor: Actor, subject: Subject) -> bool:
    """The actor is a researcher in the project."""
    return Role.RESEARCHER in actor.roles_in(subject.project_id)


def project_lead(actor: Actor, subject: Subject) -> bool:
    """The actor leads the project."""
    return Role.PROJECT_LEAD in actor.roles_in(subject.project_id)


def municipality_reader(actor: Actor, subject: Subject) -> bool:
    """The actor reads for a municipality of the project."""
    return Role.MUNICIPALITY_READER in actor.roles_in(subject.project_id)


def key_holder(actor: Actor, subject: Subject) -> bool:
    """The actor holds the key of the project's contacts."""
    return Role.KEY_HOLDER in actor.roles_in(subject.project_id)


def own_interview(actor: Actor, subject: Subject) -> bool:
    """The actor held the interview."""
    return subject.interview is not None and subject.interview.interviewer_id == actor.person_id


def not_yet_approved(actor: Actor, subject: Subject) -> bool:
    """Nobody has approved the names yet."""
    return subject.transcript is None or subject.transcript.approved_at is None


def not_stopped(actor: Actor, subject: Subject) -> bool:
    """The interview goes on: nobody took the story back."""
    return subject.interview is None or subject.interview.status is not Status.STOPPED


def may_be_co_read(actor: Actor, subject: Subject) -> bool:
    """Every interviewee said yes to being read by other ervaringsdeskundigen."""
    return subject.interview is not None and subject.interview.allows(Scope.CO_READ)


def allowed_in_research(actor: Actor, subject: Subject) -> bool:
    """Every interviewee takes part, and the interview was not stopped."""
    interview = subject.interview
    return interview is not None and interview.status is not Status.STOPPED and interview.allows(Scope.USE_RESEARCH)


def may_be_recorded(actor: Actor, subject: Subject) -> bool:
    """Everybody in the interview takes part and said yes to a recording."""
    interview = subject.interview
    return interview is not None and interview.allows(Scope.USE_RESEARCH) and interview.allows(Scope.RECORD)


RULES: Rules = {
    Permission.PROJECT_SEE: [[member]],
    Permission.INTERVIEW_LIST: [[peer_interviewer], [researcher], [project_lead]],
    Permission.INTERVIEW_SEE: [[peer_interviewer, own_interview], [researcher], [project_lead]],
    Permission.INTERVIEW_ADD: [[peer_interviewer], [researcher], [project_lead]],
    Permission.CONSENT_RECORD: [[peer_interviewer, own_interview], [project_lead]],
    Permission.RAW_READ: [
        [peer_interviewer, own_interview, not_yet_approved, not_stopped],
        [researcher, not_yet_approved, not_stopped],
        [project_lead, not_yet_approved, not_stopped],
    ],
    Permission.RAW_REREAD: [[researcher, not_stopped], [project_lead, not_stopped]],
    Permission.RAW_EDIT: [
        [peer_interviewer, own_interview, not_yet_approved, not_stopped],
        [researcher, not_stopped],
    ],
    Permission.NAMES_PROPOSE: [
        [peer_interviewer, own_interview, not_yet_approved, not_stopped],
        [researcher, not_yet_approved, not_stopped],
    ],
    Permission.NAMES_APPROVE: [
        [researcher, not_yet_approved, not_stopped],
        [project_lead, not_yet_approved, not_stopped],
    ],
    Permission.RESEARCH_READ: [
        [peer_interviewer, own_interview, allowed_in_research],
        [peer_interviewer, may_be_co_read, allowed_in_research],
        [co_coder, may_be_co_read, allowed_in_research],
        [researcher, allowed_in_research],
        [project_lead, allowed_in_research],
    ],
    Permission.INTERVIEW_PLAN: [
        [peer_interviewer, own_interview, not_stopped],
        [researcher, own_interview, not_stopped],
        [project_lead, not_stopped],
    ],
    Permission.INTERVIEW_HAND_OVER: [
        [peer_interviewer, own_interview, not_stopped],
        [researcher, own_interview, not_stopped],
        [project_lead, not_stopped],
    ],
    Permission.GUIDE_READ: [[peer_interviewer], [co_coder], [researcher], [project_lead]],
    Permission.GUIDE_EDIT: [[researcher], [project_lead]],
    Permission.TALK_HOLD: [
        [peer_interviewer, own_interview, not_yet_approved, not_stopped],
        [researcher, own_interview, not_yet_approved, not_stopped],
    ],
    Permission.RECORDING_ADD: [
        [peer_interviewer, own_interview, not_yet_approved, not_stopped, may_be_recorded],
        [researcher, not_stopped, may_be_recorded],
    ],
    Permission.RECORDING_PLAY: [
        [peer_interviewer, own_interview, not_yet_approved, not_stopped, may_be_recorded],
        [researcher, not_stopped, may_be_recorded],
    ],
    Permission.RECORDING_ERASE: [[peer_interviewer, own_interview], [researcher], [project_lead]],
    Permission.SPEECH_TO_TEXT: [
        [peer_interviewer, own_interview, not_yet_approved, not_stopped, may_be_recorded],
        [researcher, not_yet_approved, not_stopped, may_be_recorded],
    ],
    Permission.DEBRIEF_WRITE: [[peer_interviewer, own_interview], [researcher, own_interview]],
    Permission.DEBRIEF_READ: [[peer_interviewer, own_interview], [researcher, own_interview], [project_lead]],
    Permission.SAFETY_FLAG: [[peer_interviewer, own_interview], [researcher], [project_lead]],
    Permission.SAFETY_CLOSE: [[project_lead]],
    # As easy as giving consent, so for the same people (AVG art. 7(3)); also once the interview was stopped.
    Permission.WITHDRAW: [[peer_interviewer, own_interview], [project_lead]],
    Permission.WITHDRAWAL_KEEP: [[project_lead]],
    Permission.ACCESS_BUNDLE: [[project_lead]],
    Permission.REMOVAL_ASK: [[peer_interviewer, own_interview], [researcher, own_interview], [project_lead]],
    Permission.REMOVAL_SETTLE: [[project_lead]],
    Permission.CHECK_ASK: [
        [peer_interviewer, own_interview, not_stopped],
        [researcher, own_interview, not_stopped],
        [project_lead, not_stopped],
    ],
    Permission.CHECK_REPLY: [
        [peer_interviewer, own_interview, not_stopped],
        [researcher, not_stopped],
        [project_lead, not_stopped],
    ],
    Permission.ATTACHMENT_ADD: [
        [peer_interviewer, own_interview, not_stopped],
        [researcher, own_interview, not_stopped],
    ],
    Permission.ATTACHMENT_SEE: [[peer_interviewer, own_interview, not_stopped], [researcher, not_stopped]],
    Permission.HOURS_NOTE: [[peer_interviewer], [co_coder], [researcher], [project_lead]],
    Permission.CONTACT_WRITE: [
        [peer_interviewer, own_interview, not_stopped],
        [researcher, own_interview, not_stopped],
        [project_lead, not_stopped],
    ],
    Permission.CONTACT_OPEN: [[key_holder]],
    Permission.KEYS_SEE: [[key_holder], [project_lead]],
    Permission.KEYS_APPOINT: [[project_lead]],
    Permission.KEYS_HAND_OVER: [[key_holder]],
    Permission.KEYS_END: [[key_holder], [project_lead]],
    Permission.RETENTION_SET: [[project_lead]],
    Permission.TRAINING_KEEP: [[project_lead]],
    Permission.PEOPLE_MANAGE: [[project_lead]],
    Permission.AUDIT_READ: [[project_lead]],
}
