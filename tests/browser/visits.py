"""Every page of the application, with addresses that show it in each of its states."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from coding import reports, withdrawing
from coding.codebooks import codebook_of
from coding.models.report import ReportKind
from interviews import (
    attachments,
    consents,
    drafts,
    guides,
    interviews,
    memberchecks,
    passes,
    people,
    recordings,
    tasks,
    transcripts,
)
from interviews.access import Actor, actor_for
from interviews.detect.finder import default_finder
from interviews.detect.findings import IdentifierType
from interviews.drafts import Save, WorkingText
from interviews.formats import reading
from interviews.keys import KeyStore
from interviews.models import (
    Contact,
    Interview,
    MemberCheck,
    NameEntity,
    Person,
    Project,
    RemovalRequest,
    Transcript,
    Withdrawal,
)
from interviews.models.interview import How, Perspective, Status
from interviews.models.membercheck import PassPurpose
from interviews.models.project import Role
from interviews.models.task import TaskKind
from interviews.names import propose
from interviews.scopes import Scope
from interviews.turns import Speaker, SpeakerRole, Turn
from webapp.example import ACCOUNTS
from webapp.shells import SCREENS

NOT_PAGES = {
    "static": "files",
    "retention.register": "a file to keep or share",
    "desk.passages.index": "data for the script of the desk",
    "audit.breach_lines": "a list for a spreadsheet",
    "audit.breach_paper": "a Word file",
    "audit.download": "a list for a spreadsheet",
    "bring_in.preview_again": "only sends back to bring_in.choose",
    "home.start": "sends everybody with one project to home.project; with more it is a list of projects",
    "auth.sign_in": "opened by nobody who is signed in; a visit of its own below",
    "attachments.picture": "a picture",
    "consents.copy_file": "a Word file",
    "guests.choices": "only after the spoken code: visited in test_guests",
    "guests.stopping": "only after the spoken code",
    "guests.thanks": "only after the spoken code: visited in test_guests",
    "guides.download": "a file to keep or share",
    "offline.along": "data for the store on the phone",
    "offline.device": "data for the store on the phone",
    "offline.manifest": "what a phone needs to put the program on its first screen",
    "offline.pack": "data for the store on the phone",
    "offline.worker": "the script that answers without network",
    "recordings.have": "data for the recorder",
    "recordings.marks": "data for the player",
    "recordings.peaks": "data for the player",
    "recordings.sound": "sound",
    "locking.locked": "only while the session is locked: visited in test_locking",
    "stepping.code": "only between the passphrase and the code: visited in test_accounts_pages",
    "tasks.state": "data for the page that shows how far work is",
    "withdrawals.letter": "a Word file",
    "withdrawals.recall_letter": "a Word file",
}
"""Addresses that are answered by GET and not visited for every role, each with the reason."""


@dataclass(frozen=True)
class Sights:
    """What there is to see in the example project."""

    project: uuid.UUID
    person: uuid.UUID
    invitation: uuid.UUID
    login_card: uuid.UUID
    code: str
    themes: Sequence[uuid.UUID]
    planned: uuid.UUID
    """An interview without an answer about consent."""
    agreed: uuid.UUID
    """An interview with consent and no text yet."""
    typed: uuid.UUID
    """An interview whose names are being looked at."""
    handed_in: uuid.UUID
    """An interview whose names wait for a second person."""
    named: Sequence[uuid.UUID]
    """Somebody and some place that were found in `handed_in`."""
    approved: uuid.UUID
    """An interview that is ready to read."""
    text: uuid.UUID
    """The transcript of `approved`."""
    invited: uuid.UUID
    """An interview that is planned, with day, place and channel."""
    recorded: uuid.UUID
    """An interview that was held, with a recording, notes and a drawing."""
    recording: uuid.UUID
    drawing: uuid.UUID
    worried: uuid.UUID
    """An interview that is half typed out, with something that must go and a worry that nobody saw."""
    worried_recording: uuid.UUID
    twice: uuid.UUID
    """An interview of which two devices saved another text."""
    versions: Sequence[uuid.UUID]
    """Of `twice`: the text that was saved, and the one that was kept aside."""
    taken_over: uuid.UUID
    """An interview that somebody else handed over, with a companion."""
    practice: uuid.UUID
    wished: uuid.UUID
    """An interview of which somebody wants a sentence said in another way."""
    silent: uuid.UUID
    """An interview of which somebody was asked whether it is right, and did not answer."""
    checks: Sequence[uuid.UUID]
    """One with answers, one without."""
    guest: str
    """The token of a link for an interviewee."""
    guest_code: str
    """The code that is said aloud with it."""
    guide: uuid.UUID
    concept: uuid.UUID
    """The next version of the guide, that nobody uses yet."""
    questions: Sequence[uuid.UUID]
    """Of the concept."""
    interviewer: uuid.UUID
    task: uuid.UUID
    report: uuid.UUID
    """Of the whole project, given to somebody outside."""
    contact: uuid.UUID
    """How to reach somebody; only the key opens it."""
    withdrawal: uuid.UUID
    """Of the interview that somebody took back."""
    wishes: Sequence[uuid.UUID]
    """Something that must go and was destroyed, and something that is hidden only."""


Addresses = Callable[[Sights], Sequence[str]]

VISITS: dict[str, Addresses] = {
    "aftercare.cared": lambda see: [f"/gesprekken/{see.recorded}/daarna/opgeslagen"],
    "aftercare.debrief": lambda see: [f"/gesprekken/{one}/daarna" for one in (see.agreed, see.recorded)],
    "aftercare.show": lambda see: [f"/gesprekken/{one}/daarna/lezen" for one in (see.agreed, see.recorded)],
    "attachments.edit": lambda see: [f"/plaatjes/{see.drawing}"],
    "attachments.index": lambda see: [f"/gesprekken/{one}/plaatjes" for one in (see.recorded, see.worried)],
    "audit.breach": lambda see: [
        f"/p/{see.project}/logboek/datalek",
        f"/p/{see.project}/logboek/datalek?van=2020-01-01T09:00&tot=2030-01-01T09:00",
    ],
    "audit.check": lambda see: [f"/p/{see.project}/logboek/controle"],
    "audit.index": lambda see: [f"/p/{see.project}/logboek", f"/p/{see.project}/logboek?soort=read&pagina=2"],
    "auth.devices": lambda see: ["/apparaten"],
    "auth.invitation": lambda see: [f"/uitnodiging/{see.code}", "/uitnodiging/geen-echte-code"],
    "auth.invitation_code": lambda see: ["/uitnodiging"],
    "bring_in.choose": lambda see: [f"/gesprekken/{one}/tekst" for one in (see.agreed, see.planned, see.typed)],
    "checks.ask": lambda see: [f"/gesprekken/{one}/nakijken/vragen" for one in (see.approved, see.recorded)],
    "checks.fill": lambda see: [f"/nakijken/{one}/invullen" for one in see.checks],
    "checks.index": lambda see: [f"/gesprekken/{one}/nakijken" for one in (see.wished, see.silent, see.approved)],
    "checks.paper": lambda see: [f"/nakijken/{see.checks[0]}/papier"],
    "bundles.show": lambda see: [f"/gesprekken/{one}/alles" for one in (see.approved, see.taken_over)],
    "handouts.index": lambda see: [f"/verslagen/{see.report}/gegeven"],
    "withdrawals.ask": lambda see: [f"/gesprekken/{one}/stoppen" for one in (see.recorded, see.taken_over)],
    "withdrawals.index": lambda see: [f"/p/{see.project}/gestopt"],
    "withdrawals.proof": lambda see: [f"/gestopt/{see.withdrawal}"],
    "codebook.index": lambda see: [f"/p/{see.project}/themas"],
    "codebook.new": lambda see: [f"/p/{see.project}/themas/nieuw"],
    "codebook.theme": lambda see: [f"/themas/{theme}" for theme in see.themes],
    "consents.copy": lambda see: [f"/gesprekken/{one}/toestemming/kopie" for one in (see.recorded, see.planned)],
    "consents.plain": lambda see: [
        f"/gesprekken/{see.recorded}/toestemming/lijst",
        f"/gesprekken/{see.taken_over}/toestemming/lijst?persoon=2",
    ],
    "consents.show": lambda see: [
        f"/gesprekken/{one}/toestemming" for one in (see.invited, see.taken_over, see.recorded, see.approved)
    ],
    "contacts.fill": lambda see: [f"/gesprekken/{one}/contact" for one in (see.invited, see.recorded, see.practice)],
    "contacts.index": lambda see: [f"/p/{see.project}/contacten"],
    "contacts.show": lambda see: [f"/contacten/{see.contact}"],
    "contacts.whole": lambda see: [f"/p/{see.project}/contacten/lijst"],
    "desk.changed": lambda see: [f"/lezen/{see.text}/veranderd"],
    "desk.index": lambda see: [f"/p/{see.project}/lezen"],
    "desk.show": lambda see: [f"/lezen/{see.text}"],
    "guests.start": lambda see: [f"/mee/{see.guest}", "/mee/geen-echte-link"],
    "guides.edit": lambda see: [f"/vragenlijst/{see.concept}/maken"],
    "guides.index": lambda see: [f"/p/{see.project}/vragenlijst"],
    "guides.new_question": lambda see: [f"/vragenlijst/{see.concept}/vraag"],
    "guides.question": lambda see: [f"/vragen/{one}/aanpassen" for one in see.questions],
    "guides.version": lambda see: [f"/vragenlijst/{one}" for one in (see.guide, see.concept)],
    "help.index": lambda see: ["/hulp"],
    "help.rest": lambda see: ["/rust"],
    "home.project": lambda see: [f"/p/{see.project}"],
    "interviews.index": lambda see: [f"/p/{see.project}/gesprekken"],
    "interviews.show": lambda see: [
        f"/gesprekken/{one}"
        for one in (
            see.planned,
            see.invited,
            see.recorded,
            see.worried,
            see.taken_over,
            see.practice,
            see.typed,
            see.handed_in,
            see.approved,
            see.wished,
            see.silent,
        )
    ],
    "approval.show": lambda see: [f"/gesprekken/{one}/namen/klaar" for one in (see.typed, see.handed_in, see.approved)],
    "indirect.show": lambda see: [
        f"/gesprekken/{one}/namen/stukken" for one in (see.typed, see.handed_in, see.approved)
    ],
    "names.thing": lambda see: [f"/gesprekken/{see.handed_in}/namen/wie?wie={one}" for one in see.named],
    "keys.index": lambda see: [f"/p/{see.project}/sleutel"],
    "keys.sheet": lambda see: [f"/p/{see.project}/herstelblad"],
    "names.review": lambda see: [f"/gesprekken/{one}/namen" for one in (see.typed, see.handed_in, see.approved)],
    "offline.shell": lambda see: [f"/schil/{screen.name}" for screen in SCREENS],
    "people.login_card": lambda see: [f"/p/{see.project}/mensen/{see.interviewer}/kaartje/{see.login_card}"],
    "people.member": lambda see: [f"/p/{see.project}/mensen/{one}" for one in (see.person, see.interviewer)],
    "people.reset_factor": lambda see: [f"/p/{see.project}/mensen/{see.person}/tweede-stap"],
    "cards.card": lambda see: ["/inloggen/kaart"],
    "cards.passphrase": lambda see: ["/wachtzin"],
    "cards.pin": lambda see: ["/pincode"],
    "secondfactor.codes": lambda see: ["/tweede-stap/codes"],
    "secondfactor.set_up": lambda see: ["/tweede-stap/instellen"],
    "stepping.second_step": lambda see: ["/tweede-stap"],
    "people.card": lambda see: [f"/p/{see.project}/mensen/uitnodigen/{see.invitation}"],
    "people.end_access": lambda see: [f"/p/{see.project}/mensen/{see.person}/weghalen"],
    "people.index": lambda see: [f"/p/{see.project}/mensen"],
    "people.invite": lambda see: [f"/p/{see.project}/mensen/uitnodigen"],
    "planning.edit": lambda see: [f"/gesprekken/{one}/afspraak" for one in (see.invited, see.taken_over, see.recorded)],
    "planning.hand_over": lambda see: [f"/gesprekken/{see.invited}/overdragen"],
    "planning.new": lambda see: [f"/p/{see.project}/gesprekken/nieuw"],
    "recordings.index": lambda see: [
        f"/gesprekken/{one}/opnames" for one in (see.recorded, see.agreed, see.planned, see.handed_in)
    ],
    "removals.index": lambda see: [f"/gesprekken/{one}/eruit" for one in (see.worried, see.recorded)],
    "redactions.show": lambda see: [f"/eruit/{one}" for one in see.wishes],
    "retention.index": lambda see: [f"/p/{see.project}/bewaren"],
    "removals.point": lambda see: [f"/gesprekken/{one}/eruit/aanwijzen" for one in (see.typed, see.approved)],
    "reports.index": lambda see: [f"/p/{see.project}/verslagen"],
    "reports.interview": lambda see: [f"/gesprekken/{one}/verslagen" for one in (see.approved, see.planned)],
    "speakers.index": lambda see: [f"/gesprekken/{see.typed}/sprekers"],
    "talk.show": lambda see: [
        f"/gesprekken/{one}/gesprek" for one in (see.invited, see.recorded, see.taken_over, see.practice)
    ],
    "tasks.offer_speech": lambda see: [f"/opnames/{see.recording}/meeschrijven"],
    "tasks.show": lambda see: [f"/taken/{see.task}"],
    "training.own": lambda see: [f"/p/{see.project}/training"],
    "training.person": lambda see: [f"/p/{see.project}/training/{see.interviewer}"],
    "training.team": lambda see: [f"/p/{see.project}/training/team"],
    "typing.show": lambda see: [
        f"/gesprekken/{one}/uittypen"
        for one in (see.worried, see.twice, see.agreed, see.typed, see.planned, see.approved)
    ],
    "typing.version": lambda see: [f"/versies/{one}" for one in see.versions],
    "typing.versions": lambda see: [f"/gesprekken/{one}/uittypen/versies" for one in (see.worried, see.agreed)],
    "worries.index": lambda see: [f"/p/{see.project}/zorgen"],
    "worries.show": lambda see: [f"/gesprekken/{one}/zorgen" for one in (see.worried, see.recorded)],
    "worries.tell": lambda see: [f"/gesprekken/{see.recorded}/zorgen/melden"],
}
"""Per page its addresses. Who may not open one is answered 403 or 404, and that visit is passed over."""

OTHER_VISITS: dict[str, Addresses] = {
    "errors": lambda see: ["/bestaat-niet"],
    "auth.sign_in": lambda see: ["/inloggen"],
}
"""Pages that no rule of the address map stands for, or that only visitors see."""

TALK = """\
Interviewer: Hoe ging het toen de brief kwam?
Respondent: Ik woonde net in Wilgenburg, aan de Beukelaan 12. Mijn zus Karima las hem voor.
Interviewer: En daarna?
Respondent: Toen belde ik, nul zes twaalf vierendertig zesenvijftig achtenzeventig was hun nummer. Ik wist van niks.
"""


def pages_of(app: Flask) -> set[str]:
    """Return the endpoints that answer GET."""
    return {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}


def sights(session: Session, keys: KeyStore) -> Sights:
    """Add to the example project what it has no example of; return what there is to see."""
    project = session.scalars(select(Project)).one()
    words = {account.role: account.login_word for account in ACCOUNTS}
    person = {
        role: session.scalars(select(Person).where(Person.login_word == word)).one() for role, word in words.items()
    }
    interviewer = actor_for(session, person[Role.PEER_INTERVIEWER].id)
    lead = actor_for(session, person[Role.PROJECT_LEAD].id)
    planned = interviews.plan(session, interviewer, project, perspective=Perspective.CLIENT, people=1)
    agreed = _agreed(session, interviewer, project)
    typed = _agreed(session, interviewer, project)
    transcript = transcripts.bring_in(session, interviewer, typed, reading.read_pasted(TALK), keys=keys).transcript
    propose(session, transcript, keys=keys, finder=default_finder())
    invited, code = people.invite(session, lead, project, display_name="Nieuw", roles=[Role.RESEARCHER])
    login_card, _code = people.make_card(session, lead, project, person[Role.PEER_INTERVIEWER])
    waiting = session.scalars(select(Interview).where(Interview.status == Status.HANDED_IN)).one()
    ready = session.scalars(
        select(Transcript).join(Interview).where(Transcript.approved_at.is_not(None)).order_by(Interview.code)
    ).all()
    # One that nobody was asked about yet, and that may be co-read.
    asked = set(session.scalars(select(MemberCheck.interview_id)))
    text = max(ready, key=lambda one: (one.interview_id not in asked, one.interview.allows(Scope.CO_READ)))
    codebook = codebook_of(session, project.id)
    assert codebook is not None
    themes = codebook.themes
    twice, versions = _typed_twice(session, interviewer, project, keys)
    by_code = {row.code: row for row in session.scalars(select(Interview).where(Interview.project_id == project.id))}
    recorded, worried = by_code["D-08"], by_code["D-09"]
    recording, worried_recording = (
        recordings.recordings_of(session, interviewer, one)[0] for one in (recorded, worried)
    )
    answered, silent = (memberchecks.checks_of(session, by_code[code])[0] for code in ("D-01", "D-05"))
    link = passes.make(session, interviewer, silent.interview, silent.interviewee, purpose=PassPurpose.CHECK)
    silent.pass_id = link.row.id
    guide = guides.newest(session, project.id)
    assert guide is not None
    concept = guides.new_version(session, lead, guide)
    task = tasks.ask(session, project_id=project.id, kind=TaskKind.PREPARE_RECORDING, subject_id=worried_recording.id)
    report = reports.build(
        session, actor_for(session, person[Role.RESEARCHER].id), kind=ReportKind.CODEBOOK, project=project
    ).report
    withdrawing.give(session, lead, report, holder="gemeente Wilgenburg")
    return Sights(
        project=project.id,
        person=person[Role.RESEARCHER].id,
        invitation=invited.id,
        login_card=login_card.id,
        code=code,
        themes=[next(one.id for one in themes if one.assignable), next(one.id for one in themes if not one.assignable)],
        planned=planned.id,
        agreed=agreed.id,
        typed=typed.id,
        handed_in=waiting.id,
        named=_named(session, waiting),
        approved=text.interview_id,
        text=text.id,
        invited=by_code["D-07"].id,
        recorded=recorded.id,
        recording=recording.id,
        drawing=attachments.pictures_of(session, recorded)[0].id,
        worried=worried.id,
        worried_recording=worried_recording.id,
        twice=twice,
        versions=versions,
        taken_over=by_code["D-10"].id,
        practice=by_code["O-01"].id,
        wished=answered.interview_id,
        silent=silent.interview_id,
        checks=[answered.id, silent.id],
        guest=link.token,
        guest_code=link.code,
        guide=guide.id,
        concept=concept.id,
        questions=[next(one.id for one in concept.questions if one.key == key) for key in ("c.werk", "c.goed")],
        interviewer=interviewer.person_id,
        task=task.id,
        report=report.id,
        contact=session.scalars(
            select(Contact.id).where(Contact.interviewee_id == by_code["D-07"].interviewees[0].id)
        ).one(),
        withdrawal=session.scalars(select(Withdrawal.id)).one(),
        wishes=session.scalars(select(RemovalRequest.id).order_by(RemovalRequest.state)).all(),
    )


def _typed_twice(
    session: Session, actor: Actor, project: Project, keys: KeyStore
) -> tuple[uuid.UUID, Sequence[uuid.UUID]]:
    """An interview of which a phone and a laptop saved another text, and those two texts."""
    interview = _agreed(session, actor, project)
    speakers = (Speaker("I", SpeakerRole.INTERVIEWER), Speaker("R", SpeakerRole.INTERVIEWEE))
    ids = []
    for device, words in (
        ("Chrome · Android", "Ik ging er lopend heen."),
        ("Firefox · Windows", "Ik ging met de bus."),
    ):
        text = WorkingText((Turn("I", "Hoe kwam je daar?"), Turn("R", words)), speakers)
        ids.append(uuid.uuid4())
        drafts.save(session, actor, interview, Save(ids[-1], 0, text, device=device), keys=keys)
    return interview.id, ids


def _named(session: Session, interview: Interview) -> list[uuid.UUID]:
    """Return one person and one thing of another kind that were found in the text of an interview."""
    found = session.scalars(
        select(NameEntity)
        .join(Transcript, Transcript.id == NameEntity.transcript_id)
        .where(Transcript.interview_id == interview.id)
        .order_by(NameEntity.position)
    ).all()
    kinds = (IdentifierType.PERSON, IdentifierType.ORG)
    return [next(one.id for one in found if one.type is kind) for kind in kinds]


def _agreed(session: Session, actor: Actor, project: Project) -> Interview:
    interview = interviews.plan(session, actor, project, perspective=Perspective.CLIENT, people=1)
    for interviewee in interview.interviewees:
        consents.record(session, actor, interviewee, choices=dict.fromkeys(Scope, True), how=How.SPOKEN)
    return interview
