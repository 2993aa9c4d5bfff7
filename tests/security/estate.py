"""Two projects with one of everything, so that whoever belongs to one can try to reach into the other."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from coding import codebooks, memos, reports, segments, suggestions, withdrawing
from coding.models import Memo, Segment, Suggestion, Theme
from coding.models.report import ReportKind
from interviews import (
    attachments,
    contacts,
    drafts,
    guides,
    memberchecks,
    names,
    passes,
    people,
    projects,
    recordings,
    removals,
    talks,
    tasks,
    training,
    transcripts,
    withdrawal,
)
from interviews.access import Actor, actor_for
from interviews.clock import now
from interviews.contacts import Details
from interviews.detect.finder import default_finder
from interviews.drafts import Save, WorkingText
from interviews.formats.pictures import Picture
from interviews.keys import KeyStore
from interviews.ledger import Ledger
from interviews.memberchecks import Answer
from interviews.models import (
    Interview,
    Invitation,
    Municipality,
    NameEntity,
    Person,
    Project,
    Recording,
    Revision,
    Transcript,
)
from interviews.models.aftercare import HoursKind, RemovalState
from interviews.models.attachment import AttachmentKind
from interviews.models.interview import How
from interviews.models.membercheck import CheckForm, CheckMatter, PassPurpose, Verdict
from interviews.models.project import Role
from interviews.models.recording import RecordingOrigin
from interviews.models.redaction import PlaceKind, Redaction, RedactionDecision
from interviews.models.task import TaskKind
from interviews.models.transcript import Layer
from interviews.models.withdrawal import Asked
from interviews.names.rows import entities_of
from interviews.scopes import Scope
from interviews.sealedfiles import SealedFiles
from interviews.talks import Jotting
from interviews.turns import Speaker, SpeakerRole, Turn
from tests import factories
from tests.coding.studies import WordTagger, small_lexicon
from tests.factories import Cast

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
NAMED = (
    ("I", "Hoe ging dat met de brief?"),
    ("R", "Goed. Mijn zus Annelies hielp me. Annelies belde mevrouw Terpstra in Zwolle."),
    ("I", "En toen?"),
    ("R", "Mevrouw Terpstra luisterde. Zonder Annelies was ik nergens."),
)
"""A talk with names in it; everybody in it is made up."""
GUIDE = """
schema: par-guide/1
id: klein
version: "1"
topics:
  client:
    - {id: c.brief, must: true, je: "Hoe ging het met je brief?", u: "Hoe ging het met uw brief?"}
    - {id: c.daarna, je: "En toen?", u: "En toen?"}
"""
WORDS = {"screen": "gesprek"}
"""Parts of an address that are no id and must be something that is there."""
SOUND = b"RIFF this is no sound that plays, and nobody plays it"


@dataclass(frozen=True)
class Field:
    """Ids of what an interviewer has at hand; `recorded` is the interview of most of it."""

    recorded: uuid.UUID
    drafting: uuid.UUID
    """An interview of which two devices saved another text."""
    recording: uuid.UUID
    """Ready to play, in name."""
    receiving: uuid.UUID
    """A recording of which pieces may still come."""
    mark: uuid.UUID
    check: uuid.UUID
    check_answer: uuid.UUID
    guest_pass: uuid.UUID
    attachment: uuid.UUID
    removal: uuid.UUID
    decision: uuid.UUID
    """A text that a project lead still looks at, after words were destroyed."""
    used_question: uuid.UUID
    """Of the guide in use; `concept` and `question` may still change."""
    concept: uuid.UUID
    question: uuid.UUID
    remark: uuid.UUID
    version: uuid.UUID
    """The text that was kept aside."""
    task: uuid.UUID
    hours: uuid.UUID
    contact: uuid.UUID


@dataclass
class Estate:
    """One project with one of everything."""

    project: Project
    lead: Person
    researcher: Person
    peer: Person
    municipality: Municipality
    planned: Interview
    """Consent is given, no text is there yet."""
    typed: Transcript
    """With names in it, as the finder proposed them."""
    ready: Transcript
    """Names away; the researcher has read it and chosen a theme."""
    theme: Theme
    segment: Segment
    suggestion: Suggestion
    memo: Memo
    invitation: Invitation
    card: uuid.UUID
    """Of the peer, to log in with."""
    device: uuid.UUID
    """A session of the peer."""
    report: uuid.UUID
    """Of the whole project; its builder has it."""
    hand_out: uuid.UUID
    withdrawal: uuid.UUID
    """Somebody does not want to be called again."""
    field: Field

    def entity(self, db: Session) -> NameEntity:
        """Somebody who is named in the typed text."""
        return entities_of(db, self.typed)[0]

    def text(self, db: Session) -> Revision:
        """The newest research text of the story that is ready."""
        found = transcripts.newest(db, self.ready, Layer.RESEARCH)
        assert found is not None
        return found

    def __post_init__(self) -> None:
        """Keep the ids apart from the rows: a page may have deleted a row that is asked for again."""
        self.planned_id, self.told_id = self.planned.id, self.ready.interview_id
        self._ids = {
            "project_id": self.project.id,
            "interview_id": self.typed.interview_id,
            "transcript_id": self.ready.id,
            "theme_id": self.theme.id,
            "segment_id": self.segment.id,
            "suggestion_id": self.suggestion.id,
            "memo_id": self.memo.id,
            "invitation_id": self.invitation.id,
            "person_id": self.peer.id,
            "card_id": self.card,
            "speaker_id": self.typed.speakers[0].id,
            "device": self.device,
            "recording_id": self.field.recording,
            "mark_id": self.field.mark,
            "member_check_id": self.field.check,
            "check_answer_id": self.field.check_answer,
            "guest_pass_id": self.field.guest_pass,
            "attachment_id": self.field.attachment,
            "removal_request_id": self.field.removal,
            "redaction_decision_id": self.field.decision,
            "guide_id": self.field.concept,
            "question_id": self.field.question,
            "question_remark_id": self.field.remark,
            "version_id": self.field.version,
            "task_id": self.field.task,
            "hours_id": self.field.hours,
            "report_id": self.report,
            "hand_out_id": self.hand_out,
            "withdrawal_id": self.withdrawal,
            "contact_id": self.field.contact,
        }

    def ids(self) -> dict[str, uuid.UUID]:
        """An id per part of an address, for the interview that is typed and the story that is ready."""
        return dict(self._ids)


def furnish(
    db: Session,
    keys: KeyStore,
    files: SealedFiles,
    *,
    project: Project,
    lead: Person,
    researcher: Person,
    peer: Person,
    municipality: Municipality,
) -> Estate:
    """Fill a project by the same verbs that the pages use."""
    first, second, third = (actor_for(db, person.id) for person in (peer, researcher, lead))
    codebook = codebooks.adopt(db, project, small_lexicon())
    theme = next(one for one in codebook.themes if one.key == "bel.brief")
    planned = factories.interview(db, first, project)
    typed = factories.transcript(db, first, factories.interview(db, first, project), keys=keys, talk=NAMED)
    names.propose(db, typed, keys=keys, finder=default_finder())
    ready = factories.transcript(db, first, factories.interview(db, first, project), keys=keys)
    factories.approved(db, ready, by=third, keys=keys)
    suggestions.refresh(db, ready, WordTagger(bel_brief="brief"))
    segments.finish_first_reading(db, second, ready)
    suggestion = suggestions.visible_suggestions(db, second, ready)[0]
    segment = _chosen(db, second, ready, theme, "niks")
    report = reports.build(db, second, kind=ReportKind.CODEBOOK, project=project).report
    fewer = withdrawal.take_back(
        db,
        third,
        ready.interview,
        ready.interview.interviewees[0],
        [Scope.CONTACT_AGAIN],
        asked=Asked.PHONE,
        ledger=Ledger(keys.directory.parent),
    )
    return Estate(
        project=project,
        lead=lead,
        researcher=researcher,
        peer=peer,
        municipality=municipality,
        planned=planned,
        typed=typed,
        ready=ready,
        theme=theme,
        segment=segment,
        suggestion=suggestion,
        memo=memos.add(db, second, segment, text="Van mij alleen."),
        invitation=people.invite(db, third, project, display_name="Guus", roles=[Role.CO_CODER])[0],
        card=people.make_card(db, third, project, peer)[0].id,
        device=people.open_session(db, peer, device="Telefoon").session.id,
        report=report.id,
        hand_out=withdrawing.give(db, second, report, holder="een gemeente").id,
        withdrawal=fewer.id,
        field=at_hand(db, keys, files, (first, second), project, ready),
    )


def at_hand(
    db: Session,
    keys: KeyStore,
    files: SealedFiles,
    actors: tuple[Actor, Actor],
    project: Project,
    ready: Transcript,
) -> Field:
    """Let a peer interviewer and a researcher make one of everything that goes with an interview."""
    peer, researcher = actors
    guide = guides.adopt(db, project, GUIDE)
    recorded = factories.interview(db, peer, project)
    recording, receiving = (_recording(db, peer, recorded, keys, files, whole=whole) for whole in (True, False))
    mark = recordings.mark(db, peer, recording, mark_id=uuid.uuid4(), at_ms=500, note="Hier.", keys=keys)
    jotting = Jotting(asked=True, recording_id=recording.id, at_ms=500, text="Over de brief.")
    talks.note(db, peer, recorded, guide.questions[0], jotting, keys=keys)
    person = ready.interview.interviewees[0]
    made = passes.make(db, peer, ready.interview, person, purpose=PassPurpose.CHECK)
    check = memberchecks.ask(
        db,
        peer,
        ready.interview,
        person,
        form=CheckForm.LINK,
        matter=CheckMatter.SUMMARY,
        keys=keys,
        sentences=["U schrok van de brief.", "U belde niet."],
        pass_id=made.row.id,
    )
    wishes = {0: Answer(Verdict.FITS), 1: Answer(Verdict.OTHER, "Ik belde later.")}
    memberchecks.answer(db, peer, check, answers=wishes, keys=keys)
    attachment = attachments.add(
        db,
        peer,
        recorded,
        Picture(b"\xff\xd8 no picture that shows anything", 3, 2),
        kind=AttachmentKind.DRAWING,
        description="Een huis.",
        may_be_shown=False,
        how=How.SPOKEN,
        keys=keys,
        files=files,
    )
    removal = removals.ask_in_words(db, peer, recorded, words="Wat er over de broer gezegd werd.", keys=keys)
    gone = removals.ask_in_words(db, peer, recorded, words="Wat er over de zus gezegd werd.", keys=keys)
    gone.state, gone.settled_at, gone.words_sealed = RemovalState.DESTROYED, now(), b""
    decision = RedactionDecision(kind=PlaceKind.REFLECTION, subject_id=recorded.id, length=3)
    db.add(Redaction(request=gone, interview=recorded, decisions=[decision], renewed_at=now()))
    db.flush()
    concept = guides.new_version(db, researcher, guide)
    drafting, version = _typed_twice(db, peer, project, keys)
    asked = tasks.ask(db, project_id=project.id, kind=TaskKind.PREPARE_RECORDING, subject_id=receiving.id)
    spent = training.note_hours(db, peer, project, kind=HoursKind.TALK, minutes=60, on=recorded.created_at.date())
    return Field(
        recorded=recorded.id,
        drafting=drafting.id,
        recording=recording.id,
        receiving=receiving.id,
        mark=mark.id,
        check=check.id,
        check_answer=check.answers[1].id,
        guest_pass=made.row.id,
        attachment=attachment.id,
        removal=removal.id,
        decision=decision.id,
        used_question=guide.questions[0].id,
        concept=concept.id,
        question=concept.questions[0].id,
        remark=guides.remark(db, peer, guide.questions[0], "Deze vraag is te lang.").id,
        version=version,
        task=asked.id,
        hours=spent.id,
        contact=contacts.keep(
            db, peer, recorded, recorded.interviewees[0], Details(name="Corrie", phone="06 00 00 00 01"), keys=keys
        ).id,
    )


def _recording(
    db: Session, actor: Actor, interview: Interview, keys: KeyStore, files: SealedFiles, *, whole: bool
) -> Recording:
    row = recordings.begin(
        db,
        actor,
        interview,
        recording_id=uuid.uuid4(),
        origin=RecordingOrigin.RECORDED,
        media_type="audio/webm",
    )
    recordings.receive(db, actor, row, part=0, number=0, content=SOUND, keys=keys, files=files)
    if whole:
        recordings.finish(db, actor, row, parts=[1])
        work = recordings.work_on(db, row, keys=keys, files=files)
        assert work is not None
        with work.sound() as out:
            out.write(SOUND)
        recordings.store_ready(db, row, media_type="audio/webm", duration_ms=1_000, peaks=bytes(10), keys=keys)
    return row


def _typed_twice(db: Session, actor: Actor, project: Project, keys: KeyStore) -> tuple[Interview, uuid.UUID]:
    """An interview of which two devices saved another text, and the text that was kept aside."""
    interview = factories.interview(db, actor, project)
    speakers = (Speaker("I", SpeakerRole.INTERVIEWER), Speaker("R", SpeakerRole.INTERVIEWEE))
    first, second = uuid.uuid4(), uuid.uuid4()
    for version, words in ((first, "Ik liep."), (second, "Ik fietste.")):
        text = WorkingText((Turn("I", "Hoe ging je?"), Turn("R", words)), speakers)
        drafts.save(db, actor, interview, Save(version, 0, text, device="Chrome · Android"), keys=keys)
    return interview, second


def _chosen(db: Session, actor: Actor, transcript: Transcript, theme: Theme, words: str) -> Segment:
    revision = transcripts.newest(db, transcript, Layer.RESEARCH)
    assert revision is not None
    start = (revision.text or "").index(words)
    return segments.code(
        db, actor, transcript, revision_id=revision.id, theme=theme, start=start, end=start + len(words)
    )


def estates(db: Session, cast: Cast, keys: KeyStore, files: SealedFiles) -> tuple[Estate, Estate]:
    """Alice's project and Zoë's, each with everything; nobody works in both."""
    yara, wim = factories.person(db, "yara"), factories.person(db, "wim")
    projects.give_role(db, cast.elsewhere, yara, Role.RESEARCHER)
    projects.give_role(db, cast.elsewhere, wim, Role.PEER_INTERVIEWER)
    place = projects.add_municipality(db, cast.elsewhere, "Eikenhove")
    return (
        furnish(
            db,
            keys,
            files,
            project=cast.project,
            lead=cast.alice,
            researcher=cast.bob,
            peer=cast.carla,
            municipality=cast.municipality,
        ),
        furnish(db, keys, files, project=cast.elsewhere, lead=cast.zoe, researcher=yara, peer=wim, municipality=place),
    )


def rules(app: Flask) -> Iterator[tuple[Rule, str]]:
    """Every address with each of its methods; files of the build and the doors of the demo are left out."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint not in ("static", "auth.demo_sign_in"):
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                yield rule, method


def address(rule: Rule, ids: dict[str, uuid.UUID]) -> str:
    """The address of `rule` with these ids; what is no id is made up."""

    def part(found: re.Match[str]) -> str:
        nobody = {"int": "0", "uuid": str(uuid.UUID(int=0))}
        made_up = nobody.get(found[1], WORDS.get(found[2], "abcd-efgh-jkmn-pqrs"))
        return str(ids.get(found[2], made_up))

    return re.sub(r"<(?:([^:<>]+):)?(\w+)>", part, rule.rule)


def mask(page: str) -> str:
    """A page without what differs each time it is asked for: nonces, tokens and ids."""
    page = re.sub(r'nonce="[^"]+"', "nonce", page)
    page = re.sub(r'(name="csrf_token" value|name="csrf-token" content)="[^"]+"', "token", page)
    return re.sub(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", "id", page)
