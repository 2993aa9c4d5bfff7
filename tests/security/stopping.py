"""A story that holds three words which nobody ever said, in every place that people write or say something."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from sqlalchemy.orm import Session

from coding import codebooks, memos, reports, segments, suggestions
from coding.models import Segment, Theme
from coding.models.report import ReportKind
from interviews import (
    aftercare,
    attachments,
    drafts,
    guides,
    handing_over,
    interviews,
    memberchecks,
    recordings,
    removals,
    talks,
    tasks,
    transcripts,
    worries,
)
from interviews.access import Actor, actor_for
from interviews.drafts import Save, WorkingText
from interviews.formats.pictures import Picture
from interviews.keys import KeyStore
from interviews.memberchecks import Answer
from interviews.models import Interview, Transcript
from interviews.models.attachment import AttachmentKind
from interviews.models.interview import How
from interviews.models.membercheck import CheckForm, CheckMatter, Verdict
from interviews.models.recording import RecordingOrigin
from interviews.models.task import TaskKind
from interviews.models.transcript import Layer
from interviews.sealedfiles import SealedFiles
from interviews.talks import Jotting
from interviews.turns import Speaker, SpeakerRole, Turn
from tests import factories
from tests.coding.studies import WordTagger, small_lexicon
from tests.factories import Cast
from tests.security.estate import GUIDE

WORDS = ("Zwoelmond", "Qwarstel", "Vrimpelaar")
"""Three words that stand nowhere else in the world."""
ONE, TWO, THREE = WORDS
TALK = (
    ("I", "Hoe ging dat met de brief?"),
    ("R", f"Ik zei tegen de {ONE} dat de brief over mijn {TWO} niet klopte, en dat was zo."),
    ("I", "En toen?"),
    ("R", f"Toen heb ik de {THREE} gebeld, en die luisterde echt naar wat ik zei over de brief."),
)
QUOTE = f"de brief over mijn {TWO} niet klopte"


@dataclass(frozen=True)
class Told:
    """The ids of what was made."""

    interview: uuid.UUID
    other: uuid.UUID
    """Another interview, of which nothing may go."""
    theme: uuid.UUID
    """Made from a passage of this story alone."""
    known: uuid.UUID
    """Of the codebook, and used in both stories."""
    report: uuid.UUID
    recording: uuid.UUID
    picture: uuid.UUID


def tell(db: Session, cast: Cast, keys: KeyStore, files: SealedFiles) -> Told:
    """Let Carla, Bob and Alice make a story with everything in it, and another one without these words."""
    carla, bob, alice = (actor_for(db, person.id) for person in (cast.carla, cast.bob, cast.alice))
    guide = guides.adopt(db, cast.project, GUIDE)
    codebook = codebooks.adopt(db, cast.project, small_lexicon())
    other = factories.transcript(db, carla, factories.interview(db, carla, cast.project), keys=keys)
    factories.approved(db, other, by=alice, keys=keys)
    interview = factories.interview(db, carla, cast.project, pseudonyms=[f"Bo {ONE}"])
    recording = _recorded(db, carla, interview, keys, files)
    talks.note(db, carla, interview, guide.questions[0], Jotting(asked=True, text=f"Over de {ONE}."), keys=keys)
    picture = attachments.add(
        db, carla, interview, Picture(f"\xff\xd8 {TWO}".encode("latin-1"), 3, 2), kind=AttachmentKind.DRAWING,
        description=f"Een {TWO}.", may_be_shown=False, how=How.SPOKEN, keys=keys, files=files,
    )  # fmt: skip
    interviews.note_reflection(db, carla, interview, f"Mij viel de {THREE} op.")
    aftercare.write(db, carla, interview, feeling="goed", struck=f"De {ONE}.", keys=keys)
    worries.flag(db, carla, interview, note=f"Ik maak me zorgen over {ONE}.", keys=keys)
    removals.ask_in_words(db, carla, interview, words=f"Het stuk over {THREE}.", keys=keys)
    # Drafts are destroyed when they are handed in: this one lies in the freed pages.
    typed = WorkingText(
        tuple(Turn(label, text) for label, text in TALK),
        (Speaker("I", SpeakerRole.INTERVIEWER), Speaker("R", SpeakerRole.INTERVIEWEE)),
    )
    drafts.save(db, carla, interview, Save(uuid.uuid4(), 0, typed, device="Chrome"), keys=keys)
    drafts.hand_in(db, carla, interview, base_version=1, keys=keys)
    transcript = transcripts.transcript_of(db, interview)
    assert transcript is not None
    factories.approved(db, transcript, by=alice, keys=keys)
    raw, turns = transcripts.open_raw(db, transcript, keys=keys)
    changed = [*turns[:-1], Turn(turns[-1].speaker, turns[-1].text + f" Echt, de {TWO}.")]
    transcripts.correct(db, bob, transcript, changed, base=raw.id, keys=keys)
    factories.approved(db, transcript, by=alice, keys=keys)
    suggestions.refresh(db, transcript, WordTagger(bel_brief="brief"))
    theme = codebooks.add_theme(db, bob, cast.project, name=f"Bang voor de {THREE}")
    known = next(one for one in codebook.themes if one.key == "bel.brief")
    segments.finish_first_reading(db, bob, transcript)
    coded = _coded(db, bob, transcript, theme, QUOTE)
    _coded(db, bob, transcript, known, QUOTE)
    _coded(db, bob, other, known, "brief")
    for about, text in (
        (coded, f"Let op {TWO}."),
        (transcript, f"Een verhaal over {ONE}."),
        (known, f"Iemand zei: {QUOTE}."),
        (known, "Een eigen gedachte van het team."),
    ):
        memos.add(db, bob, about, text=text, shared=True)
    known.example = f"Zoals: {QUOTE}."
    known.definition = "Alles over een brief."
    check = memberchecks.ask(
        db, carla, interview, interview.interviewees[0], form=CheckForm.ALOUD, matter=CheckMatter.SUMMARY, keys=keys,
        sentences=[f"U sprak over de {ONE}."],
    )  # fmt: skip
    memberchecks.answer(db, carla, check, answers={0: Answer(Verdict.OTHER, f"Het was de {TWO}.")}, keys=keys)
    report = reports.build(db, bob, kind=ReportKind.CODEBOOK, project=cast.project)
    reports.build(db, bob, kind=ReportKind.TEAM, project=cast.project, interview=interview)
    tasks.ask(db, project_id=cast.project.id, kind=TaskKind.SPEECH_TO_TEXT, subject_id=recording)
    # To somebody else in the end, with a note: who held it is not who holds it.
    handing_over.hand_over(db, alice, interview, to=cast.bob, note=f"Let op de {THREE}.", keys=keys)
    return Told(interview.id, other.interview_id, theme.id, known.id, report.report.id, recording, picture.id)


def _coded(db: Session, actor: Actor, transcript: Transcript, theme: Theme, words: str) -> Segment:
    revision = transcripts.newest(db, transcript, Layer.RESEARCH)
    assert revision is not None
    start = (revision.text or "").index(words)
    return segments.code(
        db, actor, transcript, revision_id=revision.id, theme=theme, start=start, end=start + len(words)
    )


def _recorded(db: Session, actor: Actor, interview: Interview, keys: KeyStore, files: SealedFiles) -> uuid.UUID:
    sound = f"RIFF title={ONE}; nobody hears {TWO}".encode()
    row = recordings.begin(
        db, actor, interview, recording_id=uuid.uuid4(), origin=RecordingOrigin.RECORDED, media_type="audio/webm"
    )
    recordings.receive(db, actor, row, part=0, number=0, content=sound, keys=keys, files=files)
    recordings.finish(db, actor, row, parts=[1])
    work = recordings.work_on(db, row, keys=keys, files=files)
    assert work is not None
    with work.sound() as out:
        out.write(sound)
    recordings.store_ready(db, row, media_type="audio/webm", duration_ms=1_000, peaks=bytes(10), keys=keys)
    recordings.mark(db, actor, row, mark_id=uuid.uuid4(), at_ms=500, note=f"Hier de {THREE}.", keys=keys)
    return row.id
