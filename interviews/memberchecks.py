"""The interviewee checks: reads or hears it back, says of each passage whether it fits, and is told what was done.

After Birt et al. (2016), synthesised member checking: a short summary by default, the whole text for who wants it. No
answer is not a yes: nothing here ever turns silence into one.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from interviews import audit, removals
from interviews.access import Actor, Permission, require
from interviews.bsn import taken_out
from interviews.clock import now
from interviews.errors import Invalid, NotVisible
from interviews.hidden import left_out, masker
from interviews.keys import KeyStore
from interviews.models import CheckAnswer, Interview, Interviewee, MemberCheck, Revision
from interviews.models.interview import InterviewKind, Status
from interviews.models.membercheck import CheckForm, CheckMatter, Verdict, WishState
from interviews.models.transcript import Layer
from interviews.scopes import Scope
from interviews.text import clean, one_line
from interviews.transcripts import newest, transcript_of, turns_of
from interviews.turns import SpeakerRole

MOST_SENTENCES = 12
LONGEST_SENTENCE = 300
MOST_TOP = 3
LONGEST_REMARK = 2_000


@dataclass(frozen=True, slots=True)
class Passage:
    """One thing to say something of: a sentence of the summary, or a turn. `place` is its number."""

    place: int
    text: str
    own: bool = True
    """False for a question of the interviewer, shown so that the answer makes sense; nobody says anything of it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody says of one passage; `words` is how it should be said instead."""

    verdict: Verdict
    words: str = ""


def ask(
    session: Session,
    actor: Actor,
    interview: Interview,
    interviewee: Interviewee,
    *,
    form: CheckForm,
    matter: CheckMatter,
    keys: KeyStore,
    sentences: Sequence[str] = (),
    ask_again_on: date | None = None,
    pass_id: uuid.UUID | None = None,
) -> MemberCheck:
    """Ask somebody whether it is right: the short `sentences` of a summary, or the text without names.

    Raises NotVisible for somebody who told no story here; Invalid("check.no_summary") for who wants no summary,
    Invalid("check.sentences") without or with too many sentences, Invalid("check.long") for one that is too long, and
    Invalid("research.none") while the names are not away.
    """
    require(actor, Permission.CHECK_ASK, interview)
    if interviewee not in interview.interviewees:
        raise NotVisible
    check = MemberCheck(
        id=uuid.uuid4(),
        interview=interview,
        interviewee=interviewee,
        form=form,
        matter=matter,
        asked_by_id=actor.person_id,
        ask_again_on=ask_again_on,
        pass_id=pass_id,
    )
    if matter is CheckMatter.SUMMARY:
        _keep_summary(check, sentences, keys)
    else:
        check.revision_id = _shown_revision(session, interview).id
    session.add(check)
    session.flush()
    audit.record(session, actor, Permission.CHECK_ASK, check, project_id=interview.project_id, reason=form)
    return check


def _keep_summary(check: MemberCheck, sentences: Sequence[str], keys: KeyStore) -> None:
    if not check.interviewee.allows(Scope.SUMMARY_SELF):
        raise Invalid("check.no_summary")
    plain = [said for sentence in sentences if (said := taken_out(one_line(sentence))[0])]
    if not 1 <= len(plain) <= MOST_SENTENCES:
        raise Invalid("check.sentences", maximum=MOST_SENTENCES)
    if any(len(said) > LONGEST_SENTENCE for said in plain):
        raise Invalid("check.long", maximum=LONGEST_SENTENCE)
    key = keys.create(check.interview.id)
    check.summary_sealed = key.seal_text(json.dumps(plain, ensure_ascii=False), context=_context(check, "summary"))


def _context(check: MemberCheck, part: str) -> str:
    return f"member_check:{check.id}:{part}"


def _shown_revision(session: Session, interview: Interview) -> Revision:
    transcript = transcript_of(session, interview)
    revision = None if transcript is None else newest(session, transcript, Layer.RESEARCH)
    if transcript is None or transcript.approved_at is None or revision is None:
        raise Invalid("research.none")
    if not interview.allows(Scope.USE_RESEARCH):
        raise Invalid("consent.no_research")
    return revision


def may_be_seen(check: MemberCheck) -> bool:
    """Tell whether what was asked and answered may still be shown: the interview goes on, and the person takes part.

    A summary only to who still wants one. Who took a yes back sees nothing, and is not read any more.
    """
    scopes = [Scope.USE_RESEARCH] + ([Scope.SUMMARY_SELF] if check.matter is CheckMatter.SUMMARY else [])
    stopped = check.interview.status is Status.STOPPED
    return not stopped and all(check.interviewee.allows(scope) for scope in scopes)


def passages(session: Session, check: MemberCheck, *, keys: KeyStore) -> list[Passage]:
    """Return what somebody checks, in order. Asks no permission: for verbs and pages that have.

    Of a text: one's own words, and with one storyteller the questions between them; in a group nobody sees another's.
    What was asked to go meanwhile is not shown: the newest text counts. Raises Invalid("consent.no_research") when it
    may not be seen any more, and Invalid("research.none") while the names are looked at again.
    """
    if not may_be_seen(check):
        raise Invalid("consent.no_research")
    if check.matter is CheckMatter.SUMMARY:
        if check.summary_sealed is None:
            return []
        key = keys.open(check.interview_id)
        masked = masker(session, check.interview_id, key=key)
        told = key.open_text(check.summary_sealed, context=_context(check, "summary"))
        return [Passage(number, left_out(masked(sentence))) for number, sentence in enumerate(json.loads(told))]
    revision = _shown_revision(session, check.interview)
    alone = check.interview.kind is InterviewKind.INDIVIDUAL
    found = []
    for number, (row, turn) in enumerate(zip(revision.turns, turns_of(revision, revision.text or ""), strict=True)):
        own = row.speaker is not None and row.speaker.interviewee_id == check.interviewee_id
        question = alone and row.speaker is not None and row.speaker.role is SpeakerRole.INTERVIEWER
        if own or question:
            found.append(Passage(number, turn.text, own))
    return found


def is_outdated(session: Session, check: MemberCheck) -> bool:
    """Tell whether the text was corrected since somebody was asked: then the places are others, and one asks again."""
    if check.matter is CheckMatter.SUMMARY:
        return False
    asked = None if check.revision_id is None else session.get(Revision, check.revision_id)
    return asked is None or asked.derived_from_id != _shown_revision(session, check.interview).derived_from_id


def answer(
    session: Session,
    actor: Actor | None,
    check: MemberCheck,
    *,
    answers: Mapping[int, Answer],
    keys: KeyStore,
    top: Sequence[str] = (),
    remark: str = "",
) -> None:
    """Write down what somebody says; saying it again changes the answers that have no reply yet.

    `actor` None is the interviewee in person, whose pass the caller checked. A passage of the text that must go is
    hidden at once. Raises Invalid("check.closed") when every wish was replied to already, Invalid("check.outdated") when
    the text was corrected since, and Invalid("check.place") for a passage that was not shown.
    """
    if actor is not None:
        require(actor, Permission.CHECK_ASK, check)
    # Locked: what is sent twice at one moment is written once.
    session.refresh(check, with_for_update=True)
    session.expire(check, ["answers"])
    if check.closed_at is not None:
        raise Invalid("check.closed")
    if is_outdated(session, check):
        raise Invalid("check.outdated")
    shown = {passage.place: passage for passage in passages(session, check, keys=keys) if passage.own}
    if not set(answers) <= set(shown):
        raise Invalid("check.place")
    key = keys.create(check.interview_id)
    known = {row.place: row for row in check.answers}
    gone = []
    for place, wish in sorted(answers.items()):
        row = known.get(place)
        if row is not None and row.replied_at is not None:
            continue
        if row is None:
            row = CheckAnswer(id=uuid.uuid4(), place=place, verdict=wish.verdict)
            check.answers.append(row)
            hidden_before = False
        else:
            hidden_before = row.verdict is Verdict.OUT
        if wish.verdict is Verdict.OUT and not hidden_before and check.matter is CheckMatter.TRANSCRIPT:
            gone.append(place)
        words = taken_out(clean(wish.words).strip()[:LONGEST_REMARK])[0]
        row.verdict = wish.verdict
        row.words_sealed = key.seal_text(words, context=f"check_answer:{row.id}") if words else None
        row.state = WishState.DONE if wish.verdict is Verdict.FITS else WishState.OPEN
        row.answered_at = now()
    named = [said for each in top if (said := taken_out(one_line(each)[:LONGEST_SENTENCE])[0])][:MOST_TOP]
    check.top_sealed = (
        key.seal_text(json.dumps(named, ensure_ascii=False), context=_context(check, "top")) if named else None
    )
    more = taken_out(clean(remark).strip()[:LONGEST_REMARK])[0]
    check.remark_sealed = key.seal_text(more, context=_context(check, "remark")) if more else None
    check.answered_at = now()
    session.flush()
    audit.record(session, actor, "check.answered", check, project_id=check.interview.project_id)
    for place in reversed(gone):
        _hide_turn(session, actor, check, place, keys)
    _settle(session, check)


def _hide_turn(session: Session, actor: Actor | None, check: MemberCheck, turn: int, keys: KeyStore) -> None:
    row = _shown_revision(session, check.interview).turns[turn]
    removals.ask_passage(
        session,
        actor,
        check.interview,
        turn=turn,
        start=0,
        end=row.end - row.start,
        layer=Layer.RESEARCH,
        keys=keys,
        asked_by_interviewee=True,
    )


def reply(session: Session, actor: Actor, row: CheckAnswer, *, state: WishState, words: str = "") -> None:
    """Say what was done with a wish; the interviewee sees it. Raises Invalid("check.reply") for a no without a reason."""
    require(actor, Permission.CHECK_REPLY, row)
    said = taken_out(one_line(words)[:LONGEST_REMARK])[0]
    if state is WishState.NOT_DONE and not said:
        raise Invalid("check.reply")
    row.state, row.reply = state, said or None
    row.replied_at = now() if state is not WishState.OPEN else None
    row.replied_by_id = actor.person_id
    session.flush()
    audit.record(session, actor, Permission.CHECK_REPLY, row, project_id=row.check.interview.project_id, reason=state)
    _settle(session, row.check)


def _settle(session: Session, check: MemberCheck) -> None:
    """Close a check whose wishes are all answered; when everybody's newest check is closed, the interview is checked."""
    done = check.answered_at is not None and not open_wishes(check)
    check.closed_at = (check.closed_at or now()) if done else None
    session.flush()
    interview = check.interview
    newest_checks = [latest(session, interview, person) for person in interview.interviewees]
    if interview.status is Status.NAMES_AWAY and all(one is not None and one.closed_at for one in newest_checks):
        interview.status = Status.CHECKED
        session.flush()


def open_wishes(check: MemberCheck) -> list[CheckAnswer]:
    """Return the wishes that nobody has replied to."""
    return [row for row in check.answers if row.verdict is not Verdict.FITS and row.state is WishState.OPEN]


def latest(session: Session, interview: Interview, interviewee: Interviewee) -> MemberCheck | None:
    """Return the newest time somebody was asked, if ever."""
    return session.scalar(
        select(MemberCheck)
        .where(MemberCheck.interview_id == interview.id, MemberCheck.interviewee_id == interviewee.id)
        .order_by(MemberCheck.asked_at.desc(), MemberCheck.id)
        .limit(1)
    )


def checks_of(session: Session, interview: Interview) -> Sequence[MemberCheck]:
    """Return every time somebody was asked in this interview, newest first."""
    return session.scalars(
        select(MemberCheck)
        .where(MemberCheck.interview_id == interview.id)
        .order_by(MemberCheck.asked_at.desc(), MemberCheck.id)
    ).all()


def silent(session: Session, project_id: uuid.UUID, on: date) -> Sequence[MemberCheck]:
    """Return the checks of a project without an answer whose day to ask again has come."""
    return session.scalars(
        select(MemberCheck)
        .join(Interview)
        .where(
            Interview.project_id == project_id,
            Interview.practice.is_(False),
            Interview.status != Status.STOPPED,
            MemberCheck.answered_at.is_(None),
            MemberCheck.ask_again_on <= on,
        )
        .order_by(MemberCheck.ask_again_on, MemberCheck.id)
    ).all()


def has_words(check: MemberCheck) -> bool:
    """Tell whether there is a summary to read, or something that somebody wrote, while it may still be shown."""
    told = (check.summary_sealed, check.top_sealed, check.remark_sealed, *(row.words_sealed for row in check.answers))
    return may_be_seen(check) and any(told)


def words_of(row: CheckAnswer, *, keys: KeyStore) -> str:
    """Return how somebody wants it said; "" when nothing was written. Asks no permission: for pages that have."""
    if row.words_sealed is None or not may_be_seen(row.check):
        return ""
    return keys.open(row.check.interview_id).open_text(row.words_sealed, context=f"check_answer:{row.id}")


def top_of(check: MemberCheck, *, keys: KeyStore) -> list[str]:
    """Return what somebody finds most important, in order."""
    if check.top_sealed is None or not may_be_seen(check):
        return []
    told: list[str] = json.loads(
        keys.open(check.interview_id).open_text(check.top_sealed, context=_context(check, "top"))
    )
    return told


def remark_of(check: MemberCheck, *, keys: KeyStore) -> str:
    """Return what else somebody wrote."""
    if check.remark_sealed is None or not may_be_seen(check):
        return ""
    return keys.open(check.interview_id).open_text(check.remark_sealed, context=_context(check, "remark"))
