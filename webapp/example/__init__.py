"""The example project of `dichterbij demo`: made-up interviews, people in every role, work at every stage.

Everything goes through the same verbs as a real project: six told interviews (`told`), and interviews that are still
going on, from planned to checked (`ongoing`). Every name, word, sound and drawing in it is made up.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from coding import codebooks
from coding.starter import start_guide_text, start_lexicon
from coding.tagging.proposals import Proposer
from interviews import contacts, guides, interviews, projects
from interviews.access import Actor, actor_for
from interviews.contacts import Details
from interviews.keys import KeyStore
from interviews.ledger import Ledger
from interviews.models import Project
from interviews.models.project import Phase, Role
from interviews.names import Finder
from interviews.sealedfiles import SealedFiles
from webapp.example import accounts, destroyed, kept, ongoing, stopped, told
from webapp.example.accounts import ACCOUNTS, PASSPHRASE, Account, doors
from webapp.example.told import NOT_CO_READ, STILL_OPEN

__all__ = ["ACCOUNTS", "NOT_CO_READ", "PASSPHRASE", "STILL_OPEN", "Account", "create", "doors", "exists"]


def exists(session: Session) -> bool:
    """Tell whether the example project is there already."""
    return session.scalar(select(Project.id).where(Project.made_up)) is not None


def create(session: Session, *, keys: KeyStore, files: SealedFiles, finder: Finder, tagger: Proposer) -> Project:
    """Make the example project with its people, and with interviews at every stage from planned to coded.

    Sound and drawings are in `files` when this returns, also when the caller does not commit: sweep them then.
    """
    cast = {account.role: accounts.add(session, account) for account in ACCOUNTS}
    lexicon = start_lexicon()
    project = projects.start_project(
        session,
        title="Dichter bij elkaar (voorbeeld)",
        research_question=lexicon.research_question,
        lead=cast[Role.PROJECT_LEAD],
        help_name="Hanneke",
        help_phone="06 00 00 00 00",
        made_up=True,
    )
    project.phase = Phase.INTERPRET
    codebooks.adopt(session, project, lexicon)
    guide = guides.adopt(session, project, start_guide_text(), title="Vragenlijst werkrelatie")
    for place in told.municipalities():
        projects.add_municipality(session, project, place)
    reader_place = project.municipalities[0]
    for role, person in cast.items():
        projects.give_role(
            session,
            project,
            person,
            role,
            municipality_id=reader_place.id if role is Role.MUNICIPALITY_READER else None,
        )
    actors = {role: actor_for(session, person.id) for role, person in cast.items()}
    done = told.add(session, actors, project, guide, keys=keys, finder=finder, tagger=tagger)
    ongoing.add(session, actors, project, told=done, keys=keys, files=files)
    _one_contact(session, actors[Role.PEER_INTERVIEWER], project, keys)
    destroyed.add(session, actors, done, keys=keys, ledger=Ledger(files.directory.parent), tagger=tagger)
    stopped.add(session, actors, project, keys=keys, ledger=Ledger(files.directory.parent))
    kept.add(session, actors, done, keys=keys, files=files)
    session.flush()
    return project


def _one_contact(session: Session, marjan: Actor, project: Project, keys: KeyStore) -> None:
    """Write down how to reach whom Marjan will talk to; she cannot read it back."""
    planned = interviews.interview_by_code(session, project.id, "D-07")
    if planned is None:
        raise LookupError("D-07")
    details = Details(
        name="Corrie Voorbeeld",
        phone="06 00 00 00 07",
        address="Voorbeeldstraat 7\n0000 XX Verzonnen",
        language="Nederlands",
        reach="Alleen appen. Niet na zes uur.",
    )
    contacts.keep(session, marjan, planned, planned.interviewees[0], details, keys=keys)
