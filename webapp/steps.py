"""Where an interview stands and what the next step is, as one person sees it: one word, one sentence, one button.

The whole process is the tuple `_STAGES`, in order; the first stage that is not done says what comes next. Asks no
database: `webapp.standing` loads what a list needs in a fixed number of questions.
"""

from __future__ import annotations

import enum
from collections.abc import Callable
from dataclasses import dataclass

from flask_babel import gettext as _

from interviews.access import Actor, Permission, Subject, allows
from interviews.clock import now
from interviews.consents import waiting_for
from interviews.models import Interview, Transcript
from interviews.models.interview import Status
from interviews.scopes import Scope
from webapp.moments import when
from webapp.navigation import endpoint_exists


class Turn(enum.Enum):
    """Who must act now."""

    YOURS = "yours"
    ANOTHERS = "anothers"
    NOBODYS = "nobodys"


@dataclass(frozen=True, slots=True)
class Step:
    """The status word with its look (a kind of badge), the next step in one sentence, and the button that leads there."""

    status: str
    kind: str
    next: str
    action: str
    endpoint: str
    """Where the button leads: a page that this installation has."""
    turn: Turn


@dataclass(frozen=True, slots=True)
class Known:
    """What a step needs to know beside the rows, for one viewer."""

    undecided: int = 0
    """Names that nobody decided on."""
    named: bool = False
    """The viewer added a name by hand, and so is no second person."""
    told: bool = False
    """The viewer told how it was."""
    recordings: int = 0
    typing: bool = False
    """Somebody began to type it out."""
    note_from: str | None = None
    """Who handed it to the viewer, with a note that was not read yet."""
    interviewer_left: bool = False
    """The interviewer does not work in the project any more."""
    checking: bool = False
    """Somebody was asked whether it is right, and did not answer yet."""
    silent: bool = False
    """Somebody did not answer, and the day to ask again has come."""
    wishes: int = 0
    """Wishes of interviewees without an answer."""
    checked: bool = False
    """Somebody was asked whether it is right."""


@dataclass(frozen=True, slots=True)
class _Case:
    """One interview as one person sees it."""

    actor: Actor
    interview: Interview
    transcript: Transcript | None
    subject: Subject
    known: Known

    def may(self, permission: Permission) -> bool:
        return allows(self.actor, permission, self.subject)

    @property
    def own(self) -> bool:
        """The interviewer's steps are the viewer's: those of one's own interview, of nobody's or of no peer's."""
        return self.interview.interviewer_id in (self.actor.person_id, None) or not self.interview.peer

    @property
    def interviewer(self) -> str:
        """Who does the interviewer's steps: a researcher may stand in for another one."""
        if not self.interview.peer:
            return str(_("een onderzoeker"))
        return (
            self.interview.interviewer.display_name if self.interview.interviewer is not None else _("de interviewer")
        )

    def step(self, sentence: str, action: str = "", endpoint: str = "", turn: Turn | None = None) -> Step:
        """Return a step: the viewer's when it has a button, somebody else's when it has none, unless `turn` says."""
        return Step(
            status=status_word(self.interview.status),
            kind=_KINDS[self.interview.status],
            next=sentence,
            action=action or _("Gesprek bekijken"),
            endpoint=endpoint or "interviews.show",
            turn=turn or (Turn.YOURS if action else Turn.ANOTHERS),
        )


def status_word(status: Status) -> str:
    """Return the word for where an interview stands; the same word everywhere."""
    words: dict[Status, str] = {
        Status.PLANNED: _("gepland"),
        Status.HELD: _("gehouden"),
        Status.TYPED: _("uitgetypt"),
        # Between typed and names away nothing changes for who tells the story: it is one word.
        Status.HANDED_IN: _("uitgetypt"),
        Status.NAMES_AWAY: _("namen weg"),
        Status.CHECKED: _("nagekeken"),
        Status.READY: _("klaar voor thema's"),
        Status.USED: _("gebruikt in verslag"),
        Status.STOPPED: _("gestopt"),
    }
    return words[status]


_KINDS = {
    Status.PLANNED: "neutral",
    Status.HELD: "neutral",
    Status.TYPED: "active",
    Status.HANDED_IN: "active",
    Status.NAMES_AWAY: "ok",
    Status.CHECKED: "ok",
    Status.READY: "ok",
    Status.USED: "ok",
    Status.STOPPED: "quiet",
}


def step_of(actor: Actor, interview: Interview, transcript: Transcript | None, known: Known | None = None) -> Step:
    """Return where `interview` stands for `actor`."""
    subject = Subject(interview.project_id, interview=interview, transcript=transcript)
    case = _Case(actor, interview, transcript, subject, known or Known())
    return next(step for stage in _STAGES if (step := stage(case)) is not None)


def _stopped(case: _Case) -> Step | None:
    if case.interview.status is not Status.STOPPED:
        return None
    return case.step(_("er is niets meer te doen. Dit gesprek telt niet mee."), turn=Turn.NOBODYS)


def _interviewer_left(case: _Case) -> Step | None:
    waits = case.transcript is None or case.transcript.handed_in_at is None
    if not (case.known.interviewer_left and waits and case.may(Permission.INTERVIEW_HAND_OVER)):
        return None
    sentence = _("%(who)s doet niet meer mee. Geef het gesprek door.", who=case.interviewer)
    return case.step(sentence, _("Gesprek doorgeven"), "planning.hand_over")


def _taken_over(case: _Case) -> Step | None:
    if case.known.note_from is None:
        return None
    sentence = _("lees het briefje van %(who)s.", who=case.known.note_from)
    return case.step(sentence, _("Briefje lezen"), "interviews.show")


def _refused(case: _Case) -> Step | None:
    said_no = any(
        not choice.given
        for person in case.interview.interviewees
        if (choice := person.current_choices().get(Scope.USE_RESEARCH)) is not None
    )
    if case.transcript is not None or not said_no:
        return None
    return case.step(_("er is niets te doen. De ander doet niet mee."), turn=Turn.NOBODYS)


def _consent(case: _Case) -> Step | None:
    if case.transcript is not None or not waiting_for(case.interview):
        return None
    if case.own and case.may(Permission.CONSENT_RECORD):
        sentence = _("vraag wat er met het verhaal mag.")
        return case.step(_with_moment(case.interview, sentence), _("Toestemming vragen"), "consents.show")
    # A researcher holds interviews, and may not write down what somebody allows.
    who = case.interviewer if case.interview.peer else _("de projectleider")
    return case.step(_("%(who)s vraagt wat er met het verhaal mag.", who=who))


def _with_moment(interview: Interview, sentence: str) -> str:
    """Return the sentence, and after it when the interview is, while that is still to come."""
    to_come = interview.status is Status.PLANNED and interview.planned_for is not None and interview.planned_for > now()
    if interview.planned_for is None or not to_come:
        return sentence
    moment = _("Het gesprek is %(moment)s.", moment=when(interview.planned_for))
    return f"{sentence} {moment}"


def _talk(case: _Case) -> Step | None:
    if case.transcript is not None or case.interview.status is not Status.PLANNED or not endpoint_exists("talk.show"):
        return None
    if case.may(Permission.TALK_HOLD):
        sentence = _with_moment(case.interview, _("houd het gesprek. De vragen staan klaar."))
        return case.step(sentence, _("Gesprek beginnen"), "talk.show")
    return case.step(_with_moment(case.interview, _("%(who)s houdt het gesprek.", who=case.interviewer)))


def _told(case: _Case) -> Step | None:
    held = case.transcript is None and case.interview.status is Status.HELD
    if not held or case.known.told or not case.may(Permission.DEBRIEF_WRITE):
        return None
    return case.step(_("vertel hoe het gesprek voor jou was."), _("Na het gesprek"), "aftercare.debrief")


def _text(case: _Case) -> Step | None:
    if case.transcript is not None:
        return None
    if not (case.own and case.may(Permission.RAW_EDIT)):
        return case.step(_("%(who)s typt het gesprek uit.", who=case.interviewer))
    if not endpoint_exists("typing.show"):
        return case.step(_("typ het gesprek uit of voeg de tekst toe."), _("Tekst toevoegen"), "bring_in.choose")
    if case.known.typing:
        return case.step(_("typ het gesprek verder uit."), _("Verder typen"), "typing.show")
    if case.known.recordings:
        return case.step(_("luister naar de opname en typ het gesprek uit."), _("Uittypen"), "typing.show")
    return case.step(_("typ het gesprek uit of voeg de tekst toe."), _("Uittypen"), "typing.show")


def _names(case: _Case) -> Step | None:
    if case.transcript is None or case.transcript.handed_in_at is not None or case.transcript.approved_at is not None:
        return None
    if case.own and case.may(Permission.NAMES_PROPOSE):
        return case.step(_("haal de namen weg en lever de tekst in."), _("Namen weghalen"), "names.review")
    return case.step(_("%(who)s haalt de namen weg.", who=case.interviewer))


def _second_pair_of_eyes(case: _Case) -> Step | None:
    if case.transcript is None or case.transcript.approved_at is not None:
        return None
    first = {case.transcript.handed_in_by_id, case.interview.interviewer_id}
    if case.actor.person_id not in first and not case.known.named and case.may(Permission.NAMES_APPROVE):
        return case.step(_("kijk na of alle namen weg zijn."), _("Namen nakijken"), "names.review")
    return case.step(_("een onderzoeker kijkt na of alle namen weg zijn."))


def _check(case: _Case) -> Step | None:
    """The interviewee reads or hears it back; the interviewer's work, beside which others read on."""
    if not endpoint_exists("checks.ask"):
        return None
    if case.known.wishes and case.own and case.may(Permission.CHECK_REPLY):
        return case.step(_("kijk wat de ander anders wil, en geef antwoord."), _("Wensen bekijken"), "checks.index")
    if case.interview.interviewer_id != case.actor.person_id or not case.may(Permission.CHECK_ASK):
        return None
    if case.known.silent:
        return case.step(_("je hoorde nog niets. Vraag opnieuw of het klopt."), _("Nog eens vragen"), "checks.index")
    if case.known.checking:
        return case.step(_("de ander kijkt na of het klopt."))
    if case.known.checked or not any(person.allows(Scope.SUMMARY_SELF) for person in case.interview.interviewees):
        return None
    names = ", ".join(person.pseudonym for person in case.interview.interviewees if person.pseudonym)
    return case.step(
        _("laat %(who)s nakijken of het klopt.", who=names or _("de ander")), _("Laten nakijken"), "checks.ask"
    )


def _themes(case: _Case) -> Step:
    if case.may(Permission.RESEARCH_READ) and endpoint_exists("desk.show"):
        return case.step(
            _("lees het gesprek en kies thema's."), _("Lezen en thema's kiezen"), "desk.show", Turn.NOBODYS
        )
    return case.step(_("anderen lezen het gesprek en kiezen thema's."), turn=Turn.NOBODYS)


_STAGES: tuple[Callable[[_Case], Step | None], ...] = (
    _stopped,
    _interviewer_left,
    _taken_over,
    _refused,
    _consent,
    _talk,
    _told,
    _text,
    _names,
    _second_pair_of_eyes,
    _check,
    _themes,
)
"""The process in order (`domain.md` §2, steps 5 to 13)."""
