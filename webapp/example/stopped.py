"""An interview of the example that somebody took back: what is left is a line in the ledger and one in the register."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

import coding.withdrawing  # noqa: F401  # what the analysis erases with it
from interviews import consents, interviews, transcripts, withdrawal
from interviews.access import Actor
from interviews.formats.draft import TranscriptDraft
from interviews.keys import KeyStore
from interviews.ledger import Ledger
from interviews.models import Project
from interviews.models.interview import Address, How, Perspective
from interviews.models.project import Role
from interviews.models.withdrawal import Asked
from interviews.scopes import Scope
from interviews.turns import Speaker, SpeakerRole, Turn

_TOLD = (
    Turn("I", "Wat wil je als eerste vertellen?", 0, 3_000),
    Turn("R", "Eigenlijk weet ik niet of ik dit wel wil.", 3_500, 8_000),
)


def add(session: Session, actors: Mapping[Role, Actor], project: Project, *, keys: KeyStore, ledger: Ledger) -> None:
    """Hold an interview, write it down, and erase it again because the person called."""
    marjan = actors[Role.PEER_INTERVIEWER]
    talk = interviews.plan(
        session, marjan, project, perspective=Perspective.CLIENT, appointment=interviews.Appointment(address=Address.JE)
    )
    for person in talk.interviewees:
        consents.record(session, marjan, person, choices=dict.fromkeys(Scope, True), how=How.SPOKEN)
    speakers = (Speaker("I", SpeakerRole.INTERVIEWER), Speaker("R", SpeakerRole.INTERVIEWEE))
    transcripts.bring_in(
        session, marjan, talk, TranscriptDraft(turns=_TOLD, speakers=speakers, format="plain"), keys=keys
    )
    row = withdrawal.withdraw(session, marjan, talk, asked=Asked.PHONE, keys=keys, ledger=ledger)
    # There was no recording, so no file has to go after the commit.
    withdrawal.finished(session, row, files=0)
