"""How long the example keeps what: stories that were approved on several days, so that something goes soon, and went.

The days are set back after the verbs were done: nobody waits a hundred days for an example.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from interviews import contacts, recordings, retention, transcripts
from interviews.access import Actor
from interviews.clock import now
from interviews.contacts import Details
from interviews.keys import KeyStore
from interviews.ledger import Ledger
from interviews.models import Contact, Interview
from interviews.models.project import Role
from interviews.sealedfiles import SealedFiles
from webapp.example.making import Voice, sound
from webapp.example.sounding import record

APPROVED_DAYS_AGO = (80, 61, 95, 40, 12)
"""Of the told interviews, in order; the text with names of the third went."""
_GONE, _SOON = 2, 4
"""The one of which all went whose time is over, and the one that still has sound."""
_WITH_CONTACT = {1: "Toos Verzonnen", 2: "Henk Bedacht", 3: "Anneke Voorbeeld"}
_WAITS_DAYS = 130
"""Since then the names of one interview wait: longer than is reasonable."""
_VOICES = (Voice(198, [(200, 1_400)]), Voice(112, [(1_700, 3_700)]))
_MS = 4_000


def add(
    session: Session, actors: Mapping[Role, Actor], told: Sequence[Interview], *, keys: KeyStore, files: SealedFiles
) -> None:
    """Let time pass for the told interviews, and erase what is due by now, as the worker does each day."""
    # The interviewer brings no sound in any more: the names are away.
    marjan, joost = actors[Role.PEER_INTERVIEWER], actors[Role.RESEARCHER]
    for number in (_GONE, _SOON):
        at = now() - timedelta(days=APPROVED_DAYS_AGO[number] + 7)
        record(session, joost, told[number], sound(_VOICES, milliseconds=_MS), at, keys=keys, files=files)
    for number, name in _WITH_CONTACT.items():
        person = told[number].interviewees[0]
        details = Details(name=name, phone=f"06 00 00 00 {number:02}")
        contacts.keep(session, marjan, told[number], person, details, keys=keys)
        row = session.scalars(select(Contact).where(Contact.interviewee_id == person.id)).one()
        row.changed_at = now() - timedelta(days=APPROVED_DAYS_AGO[number])
    for interview, days in zip(told, (*APPROVED_DAYS_AGO, None), strict=True):
        transcript = transcripts.transcript_of(session, interview)
        if transcript is None:
            raise LookupError(interview.code)
        if days is None:
            transcript.created_at = now() - timedelta(days=_WAITS_DAYS)
        else:
            transcript.approved_at = now() - timedelta(days=days)
            recordings.schedule_erasure(session, transcript)
    session.flush()
    retention.erase_due(session, keys=keys, ledger=Ledger(files.directory.parent))
