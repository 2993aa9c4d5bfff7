"""Arranging a test: people, projects, interviews and texts, made by the same verbs that the pages use."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from interviews import consents, interviews, names, people, projects, transcripts
from interviews.access import Actor, actor_for
from interviews.formats.draft import TranscriptDraft
from interviews.keys import KeyStore
from interviews.models import Interview, Municipality, Person, Project, Transcript
from interviews.models.interview import How, InterviewKind, Perspective
from interviews.models.name import RiskLevel
from interviews.models.project import Role
from interviews.scopes import Scope
from interviews.turns import Speaker, SpeakerRole, Turn

ALL_SCOPES = frozenset(Scope)
TALK = (
    ("I", "Hoe gaat het nu met je?"),
    ("R", "Het gaat wel. Ik wist van niks toen de brief kwam."),
    ("I", "Wat deed dat met je?"),
    ("R", "Ik durfde niet te bellen. Later belde er een vrouw van de gemeente, die luisterde echt."),
)
"""A short conversation without a name in it; nobody said it."""
RISK = names.Risk(RiskLevel.LOW, "Er staat niets meer in dat iemand herkent.")
"""What somebody who approves says of the risk that is left."""


def passphrase_of(word: str) -> str:
    """The passphrase of whoever signs in with `word`."""
    return f"{word} leest graag brieven"


def person(session: Session, word: str, *, name: str | None = None, language: str = "nl") -> Person:
    """An account that signs in with `word` and `passphrase_of(word)`."""
    return people.add_person(
        session,
        word=word,
        passphrase=passphrase_of(word),
        display_name=name or word.capitalize(),
        language=language,
    )


def project(session: Session, lead: Person, *, title: str = "Dichterbij de brief", help_name: str = "Hanna") -> Project:
    """A project with its lead and somebody to call."""
    return projects.start_project(
        session,
        title=title,
        research_question="Wat helpt mensen als er een brief van de gemeente komt?",
        lead=lead,
        help_name=help_name,
        help_phone="06 12 34 56 78",
        made_up=True,
    )


def interview(
    session: Session,
    actor: Actor,
    project: Project,
    *,
    scopes: Collection[Scope] = ALL_SCOPES,
    perspective: Perspective = Perspective.CLIENT,
    people: int = 1,
    municipality: Municipality | None = None,
    pseudonyms: Sequence[str] = (),
) -> Interview:
    """An interview that the actor held, with everybody's answer to each question about consent."""
    row = interviews.plan(
        session,
        actor,
        project,
        perspective=perspective,
        kind=InterviewKind.INDIVIDUAL if people == 1 else InterviewKind.GROUP,
        people=people,
        pseudonyms=pseudonyms,
        municipality=municipality,
    )
    for interviewee in row.interviewees:
        consents.record(
            session, actor, interviewee, choices={scope: scope in scopes for scope in Scope}, how=How.SPOKEN
        )
    return row


def draft(talk: Iterable[tuple[str, str]] = TALK) -> TranscriptDraft:
    """A talk of (label, text) as a reader hands it over; "I" is the interviewer."""
    turns = tuple(Turn(label, text) for label, text in talk)
    labels = dict.fromkeys(turn.speaker for turn in turns if turn.speaker is not None)
    return TranscriptDraft(
        turns=turns,
        speakers=tuple(
            Speaker(label, SpeakerRole.INTERVIEWER if label == "I" else SpeakerRole.INTERVIEWEE) for label in labels
        ),
        format="plain",
    )


def transcript(
    session: Session,
    actor: Actor,
    interview: Interview,
    *,
    keys: KeyStore,
    talk: Iterable[tuple[str, str]] = TALK,
) -> Transcript:
    """The raw text of an interview, stored as ciphertext."""
    return transcripts.bring_in(session, actor, interview, draft(talk), keys=keys).transcript


def approved(session: Session, transcript: Transcript, *, by: Actor, keys: KeyStore) -> Transcript:
    """The same transcript after its interviewer handed it in and `by` approved; no names were proposed."""
    interviewer = transcript.interview.interviewer_id
    assert interviewer is not None
    names.hand_in(session, actor_for(session, interviewer), transcript)
    names.approve(session, by, transcript, keys=keys, risk=RISK)
    return transcript


@dataclass(frozen=True)
class Cast:
    """The people every test knows. All but Zoë work in `project`; Zoë leads `elsewhere`."""

    alice: Person
    """Project lead."""
    bob: Person
    """Researcher."""
    carla: Person
    """Peer interviewer."""
    dirk: Person
    """Ervaringsdeskundige who codes."""
    esra: Person
    """Reads for a municipality."""
    zoe: Person
    """A stranger with a project of her own."""
    project: Project
    elsewhere: Project
    municipality: Municipality

    @property
    def members(self) -> dict[Role, Person]:
        """One person per role."""
        return {
            Role.PROJECT_LEAD: self.alice,
            Role.RESEARCHER: self.bob,
            Role.PEER_INTERVIEWER: self.carla,
            Role.CO_CODER: self.dirk,
            Role.MUNICIPALITY_READER: self.esra,
        }

    def everybody(self) -> list[Person]:
        """The whole cast, the stranger last."""
        return [*self.members.values(), self.zoe]


def cast(session: Session) -> Cast:
    """The whole cast in its two projects."""
    alice, bob, carla, dirk, esra = (person(session, word) for word in ("alice", "bob", "carla", "dirk", "esra"))
    zoe = person(session, "zoe", name="Zoë")
    own = project(session, alice)
    place = projects.add_municipality(session, own, "Wilgenburg")
    projects.give_role(session, own, bob, Role.RESEARCHER)
    projects.give_role(session, own, carla, Role.PEER_INTERVIEWER)
    projects.give_role(session, own, dirk, Role.CO_CODER)
    projects.give_role(session, own, esra, Role.MUNICIPALITY_READER, municipality_id=place.id)
    elsewhere = project(session, zoe, title="Een ander project", help_name="Ilse")
    return Cast(alice, bob, carla, dirk, esra, zoe, own, elsewhere, place)
