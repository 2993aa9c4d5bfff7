"""Going through the choices with somebody: what was said, how, and the proof, written down once."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from interviews import audit, recordings
from interviews.access import Actor, Permission, require
from interviews.clock import now
from interviews.consents.asking import asked_of, part_of
from interviews.consents.signatures import strokes
from interviews.consents.writing import TEXT_VERSION, log, require_consent
from interviews.errors import Invalid, NotVisible
from interviews.keys import KeyStore
from interviews.models import ConsentChoice, ConsentTalk, Interview, Interviewee
from interviews.models.interview import How, TeachBack
from interviews.scopes import Scope

_A_MOMENT = timedelta(microseconds=1)
_VERSION = re.compile(r"\d{1,3}(\.\d{1,3}){1,3}", re.ASCII)


def talk(  # noqa: PLR0913  # one talk is written down whole, each part by name
    session: Session,
    actor: Actor,
    interviewee: Interviewee,
    interview: Interview,
    *,
    id: uuid.UUID,
    choices: Mapping[Scope, bool],
    how: How,
    keys: KeyStore,
    teach_back: TeachBack = TeachBack.NOT_ASKED,
    signature: str | None = None,
    by_representative: bool = False,
    agrees: bool | None = None,
    at: datetime | None = None,
    text_version: str = TEXT_VERSION,
) -> ConsentTalk:
    """Write down what somebody said about each use that was asked; return the talk.

    `id` is made where the talk was held: the same id again writes nothing and returns what was written. `at` is when it
    was held, by that device's clock; a moment to come counts as now. `signature` is an SVG path (`signatures.strokes`),
    kept under the interview's key.

    A yes counts only for who takes part: without `use_research` every use is no. For somebody who is represented a yes
    takes the representative (`by_representative`) and the person (`agrees`). Where two devices disagree about what was
    said last, no wins: a yes that was said before a no that is on file does not undo it.

    A no to `record` erases what was recorded; call `recordings.sweep` after the commit.

    Raises NotAllowed unless the actor may write down consent for every interview this person is in, NotVisible for
    somebody who is not in `interview` or an id of another person's talk, and Invalid with a key of `consent.`.
    """
    require(actor, Permission.CONSENT_RECORD, interview)
    known = session.get(ConsentTalk, id)
    if known is not None:
        if known.interviewee_id != interviewee.id:
            raise NotVisible
        return known
    require_consent(session, actor, interviewee)
    _check(interviewee, interview, choices, how, signature, by_representative, agrees, text_version)
    made = ConsentTalk(
        id=id,
        interviewee_id=interviewee.id,
        interview_id=interview.id,
        how=how,
        text_version=text_version,
        teach_back=teach_back,
        by_representative=by_representative,
        agrees=agrees,
        at=min(at or now(), now()),
        by_id=actor.person_id,
    )
    if signature is not None:
        made.signature_sealed = keys.create(interview.id).seal_text(signature, context=_context(id))
    return _put_down(session, actor, interviewee, made, choices)


def told_by_pass(
    session: Session, interviewee: Interviewee, interview: Interview, *, id: uuid.UUID, choices: Mapping[Scope, bool]
) -> ConsentTalk:
    """Write down what the person chose alone, by a pass that the caller checked. Only what changes need be in `choices`.

    As easy as giving consent (AVG art. 7(3)), with nobody in between. Who is represented can say no alone, and not yes.
    Raises as `talk` does.
    """
    known = session.get(ConsentTalk, id)
    if known is not None:
        if known.interviewee_id != interviewee.id:
            raise NotVisible
        return known
    if interviewee.represented_by is not None and any(choices.values()):
        raise Invalid("consent.representative")
    _check(interviewee, interview, choices, How.SPOKEN, None, False, None, TEXT_VERSION)
    made = ConsentTalk(
        id=id, interviewee_id=interviewee.id, interview_id=interview.id, how=How.SPOKEN, text_version=TEXT_VERSION,
        teach_back=TeachBack.NOT_ASKED, at=now(), by_id=None,
    )  # fmt: skip
    return _put_down(session, None, interviewee, made, choices)


def _put_down(
    session: Session,
    actor: Actor | None,
    interviewee: Interviewee,
    made: ConsentTalk,
    choices: Mapping[Scope, bool],
) -> ConsentTalk:
    session.add(made)
    session.flush()
    before = {scope: choice.given for scope, choice in interviewee.current_choices().items()}
    _write(session, interviewee, made, _that_count(interviewee, made, choices))
    audit.record(session, actor, "consent.talk", interviewee, project_id=interviewee.project_id, reason=made.how)
    after = {scope: choice.given for scope, choice in interviewee.current_choices().items()}
    log(session, actor, interviewee, {scope: yes for scope, yes in after.items() if before.get(scope) != yes})
    # What was recorded with a yes goes with the no. The files follow after the commit: `recordings.sweep`.
    if before.get(Scope.RECORD) and not after.get(Scope.RECORD):
        recordings.erase_disallowed(session, actor, interviewee)
    return made


def _context(talk_id: uuid.UUID) -> str:
    return f"consent_talk:{talk_id}"


def _check(
    interviewee: Interviewee,
    interview: Interview,
    choices: Mapping[Scope, bool],
    how: How,
    signature: str | None,
    by_representative: bool,
    agrees: bool | None,
    text_version: str,
) -> None:
    part = part_of(interview, interviewee)
    if part is None:
        raise NotVisible
    if not choices:
        raise Invalid("consent.nothing_asked")
    if not set(choices) <= set(asked_of(part)):
        raise Invalid("consent.companion")
    if how is How.IMPORTED:
        raise Invalid("consent.how")
    if not _VERSION.fullmatch(text_version):
        raise Invalid("consent.text_version")
    if signature is not None:
        strokes(signature)
    if interviewee.represented_by is None:
        if by_representative or agrees is not None:
            raise Invalid("consent.nobody_represents")
    elif any(choices.values()) and not by_representative:
        raise Invalid("consent.representative")
    elif any(choices.values()) and agrees is None:
        raise Invalid("consent.agrees")


def _that_count(interviewee: Interviewee, talk: ConsentTalk, choices: Mapping[Scope, bool]) -> dict[Scope, bool]:
    """Return the answers as they count: nothing without taking part, and nothing that the person does not want."""
    on_file = interviewee.current_choices()
    first = on_file.get(Scope.USE_RESEARCH)
    takes_part = choices.get(Scope.USE_RESEARCH, first is not None and first.given)
    if first is not None and not first.given and first.at >= talk.at:
        takes_part = False
    if interviewee.represented_by is not None and talk.agrees is not True:
        takes_part = False
    counting = {scope: yes and takes_part for scope, yes in choices.items()}
    if Scope.USE_RESEARCH in choices and not takes_part:
        counting |= {scope: False for scope, choice in on_file.items() if choice.given}
    return counting


def _write(session: Session, interviewee: Interviewee, talk: ConsentTalk, choices: Mapping[Scope, bool]) -> None:
    on_file = interviewee.current_choices()
    for scope, yes in choices.items():
        newest = on_file.get(scope)
        at = talk.at
        if newest is not None and newest.at >= at:
            # Said earlier than what is on file, or a clock is wrong. A no counts all the same; a yes does not undo one.
            at = min(at, newest.at - _A_MOMENT) if yes and not newest.given else newest.at + _A_MOMENT
        session.add(
            ConsentChoice(
                interviewee_id=interviewee.id,
                scope=scope,
                given=yes,
                how=talk.how,
                text_version=talk.text_version,
                at=at,
                recorded_by_id=talk.by_id,
                talk_id=talk.id,
            )
        )
    session.flush()
    session.expire(interviewee, ["choices"])


def talks_of(session: Session, interviewee: Interviewee) -> list[ConsentTalk]:
    """Return every time the choices were gone through with this person, the newest first."""
    return list(
        session.scalars(
            select(ConsentTalk)
            .where(ConsentTalk.interviewee_id == interviewee.id)
            .order_by(ConsentTalk.at.desc(), ConsentTalk.id)
        )
    )


def signature_of(session: Session, actor: Actor, talk: ConsentTalk, *, keys: KeyStore) -> str | None:
    """Return what was drawn in this talk as an SVG path; None when nothing was, or when its interview is gone.

    Raises NotAllowed unless the actor may write down consent for that interview, and as `KeyStore.open` does.
    """
    if talk.signature_sealed is None or talk.interview_id is None:
        return None
    require(actor, Permission.CONSENT_RECORD, session.get_one(Interview, talk.interview_id))
    return keys.open(talk.interview_id).open_text(talk.signature_sealed, context=_context(talk.id))
