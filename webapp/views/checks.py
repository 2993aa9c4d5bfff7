"""The interviewer's side of checking: ask it, fill it in together, and tell what was done with every wish."""

from __future__ import annotations

import uuid

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coding import segments
from interviews import memberchecks, passes, transcripts
from interviews.access import Permission, allows
from interviews.db import transaction
from interviews.errors import Invalid
from interviews.models import CheckAnswer, GuestPass, Interview, Interviewee, MemberCheck
from interviews.models.membercheck import CheckForm, CheckMatter, PassPurpose, Verdict, WishState
from interviews.readings import Reading
from interviews.scopes import Scope
from webapp import identity
from webapp.db import keystore, let_go, session
from webapp.forms.checks import (
    AskForm,
    ReplyForm,
    Said,
    form_words,
    in_two_weeks,
    matter_words,
    read_answers,
    verdict_words,
)
from webapp.guard import opens
from webapp.logged import log_reading
from webapp.messages import sentence

bp = Blueprint("checks", __name__)


@bp.get("/gesprekken/<uuid:interview_id>/nakijken")
@opens(Interview, Permission.CHECK_REPLY)
def index(interview: Interview) -> ResponseReturnValue:
    """Show per person what was asked, what was answered, and which wishes wait."""
    return _index_page(interview)


def _index_page(interview: Interview, *, errors: dict[uuid.UUID, str] | None = None) -> str:
    keys = keystore()
    people = []
    for person in interview.interviewees:
        check = memberchecks.latest(session(), interview, person)
        _log(check)
        people.append((person, check, _told(check), _pass_of(check)))
    return render_template(
        "checks/index.html",
        interview=interview,
        people=people,
        may_ask=allows(identity.actor(), Permission.CHECK_ASK, interview),
        verdicts=dict(verdict_words()),
        Verdict=Verdict,
        WishState=WishState,
        form_words={value: word for value, word, _hint in form_words()},
        words_of=lambda row: memberchecks.words_of(row, keys=keys),
        top_of=lambda check: memberchecks.top_of(check, keys=keys),
        remark_of=lambda check: memberchecks.remark_of(check, keys=keys),
        errors=errors or {},
    )


def _log(check: MemberCheck | None) -> None:
    """Write that somebody of the team reads a summary or what was answered, where there is one."""
    if check is not None and memberchecks.has_words(check):
        log_reading(Reading.CHECK, check.interview)


def _told(check: MemberCheck | None) -> dict[int, str]:
    """Return the passages of a check by place; nothing where the text is being corrected."""
    if check is None:
        return {}
    try:
        return {one.place: one.text for one in memberchecks.passages(session(), check, keys=keystore())}
    except Invalid:
        return {}


def _pass_of(check: MemberCheck | None) -> GuestPass | None:
    row = None if check is None or check.pass_id is None else session().get(GuestPass, check.pass_id)
    return row if row is not None and passes.is_live(row) else None


def _person(interview: Interview) -> Interviewee:
    """Return the person that the address asks for; the first one otherwise."""
    asked = request.args.get("persoon", "1")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 4 else 1
    people = interview.interviewees
    return people[number - 1] if 0 < number <= len(people) else people[0]


@bp.get("/gesprekken/<uuid:interview_id>/nakijken/vragen")
@opens(Interview, Permission.CHECK_ASK)
def ask(interview: Interview) -> ResponseReturnValue:
    """Ask how the person hears back what."""
    person = _person(interview)
    before = memberchecks.latest(session(), interview, person)
    _log(before)
    kept = _told(before).values() if before is not None and before.matter is CheckMatter.SUMMARY else []
    form = AskForm(formdata=None, data={"sentences": "\n".join(kept), "ask_again_on": in_two_weeks()})
    return _ask_page(interview, person, form)


def _ask_page(interview: Interview, person: Interviewee, form: AskForm) -> str:
    transcript = transcripts.transcript_of(session(), interview)
    ready = transcript is not None and transcript.approved_at is not None
    summary = person.allows(Scope.SUMMARY_SELF)
    return render_template(
        "checks/ask.html",
        interview=interview,
        person=person,
        number=interview.interviewees.index(person) + 1,
        form=form,
        forms=form_words(),
        matters=[one for one in matter_words()
                 if (one[0] == CheckMatter.SUMMARY and summary) or (one[0] == CheckMatter.TRANSCRIPT and ready)],
        wants_summary=summary,
    )  # fmt: skip


@bp.post("/gesprekken/<uuid:interview_id>/nakijken/vragen")
@opens(Interview, Permission.CHECK_ASK)
def send(interview: Interview) -> ResponseReturnValue:
    """Ask it: show the link and the code once, or go to the paper, or fill it in together."""
    form, person = AskForm(), _person(interview)
    if not form.validate():
        return _ask_page(interview, person, form), 422
    actor, how = identity.actor(), CheckForm(form.form.data)
    made = code = None
    if how is CheckForm.LINK:
        # Making a code takes a while on purpose: nobody waits for it.
        let_go()
        code = passes.new_code()
    try:
        with transaction(session()):
            if code is not None:
                made = passes.make(session(), actor, interview, person, purpose=PassPurpose.CHECK, code=code)
            check = memberchecks.ask(
                session(), actor, interview, person,
                form=how, matter=CheckMatter(form.matter.data), sentences=form.lines, keys=keystore(),
                ask_again_on=form.ask_again_on.data, pass_id=None if made is None else made.row.id,
            )  # fmt: skip
    except Invalid as error:
        form.refuse("sentences" if error.key.startswith("check.") else "matter", error)
        return _ask_page(interview, person, form), 422
    if made is not None:
        link = url_for("guests.start", token=made.token, _external=True)
        # Shown in this answer and nowhere else: neither half is stored, and no cookie carries them.
        return render_template(
            "checks/link.html", interview=interview, link=link, code=made.code, row=made.row,
            back=(_("Nakijken door de ander"), url_for("checks.index", interview_id=interview.id)),
        )  # fmt: skip
    page = "checks.paper" if how is CheckForm.PAPER else "checks.fill"
    return redirect(url_for(page, member_check_id=check.id), code=303)


@bp.get("/nakijken/<uuid:member_check_id>/papier")
@opens(MemberCheck, Permission.CHECK_ASK)
def paper(member_check: MemberCheck) -> ResponseReturnValue:
    """Show the check as a page to print: large letters, boxes to tick, lines to write on."""
    _log(member_check)
    return render_template(
        "checks/paper.html",
        check=member_check,
        interview=member_check.interview,
        passages=memberchecks.passages(session(), member_check, keys=keystore()),
        verdicts=verdict_words(),
    )


@bp.get("/nakijken/<uuid:member_check_id>/invullen")
@opens(MemberCheck, Permission.CHECK_ASK)
def fill(member_check: MemberCheck) -> ResponseReturnValue:
    """Show the check to fill in together: read aloud, or from paper that came back."""
    return _fill_page(member_check)


def _fill_page(check: MemberCheck, *, said: Said | None = None, error: str | None = None) -> str:
    _log(check)
    return render_template(
        "checks/fill.html",
        check=check,
        interview=check.interview,
        **answers_context(check, said=said),
        error=error,
    )


def answers_context(check: MemberCheck, *, said: Said | None = None) -> dict[str, object]:
    """Return what the page with answers shows: the passages, what was said of them until now, and the top three."""
    keys = keystore()
    passages = memberchecks.passages(session(), check, keys=keys)
    known = {row.place: row for row in check.answers}
    chosen = {place: row.verdict.value for place, row in known.items()}
    words = {place: memberchecks.words_of(row, keys=keys) for place, row in known.items()}
    if said is not None:
        chosen |= {place: answer.verdict.value for place, answer in said.answers.items()}
        words |= {place: answer.words for place, answer in said.answers.items()}
    return {
        "passages": passages,
        "known": known,
        "chosen": chosen,
        "words": words,
        "verdicts": verdict_words(),
        "top": memberchecks.top_of(check, keys=keys) if said is None else said.top,
        "remark": memberchecks.remark_of(check, keys=keys) if said is None else said.remark,
        "is_summary": check.matter is CheckMatter.SUMMARY,
    }


@bp.post("/nakijken/<uuid:member_check_id>/invullen")
@opens(MemberCheck, Permission.CHECK_ASK)
def filled(member_check: MemberCheck) -> ResponseReturnValue:
    """Keep what the person said."""
    said = read_answers(memberchecks.passages(session(), member_check, keys=keystore()))
    try:
        with transaction(session()):
            keep(member_check, said, aloud=True)
    except Invalid as error:
        return _fill_page(member_check, said=said, error=sentence(error.key, **error.fields)), 422
    flash(_("Opgeslagen."), "ok")
    return redirect(url_for("checks.index", interview_id=member_check.interview_id), code=303)


def keep(check: MemberCheck, said: Said, *, aloud: bool) -> None:
    """Write the answers down, and move coded passages along when something went out of the text."""
    actor = identity.actor() if aloud else None
    memberchecks.answer(
        session(), actor, check, answers=said.answers, top=said.top, remark=said.remark, keys=keystore()
    )
    transcript = transcripts.transcript_of(session(), check.interview)
    if transcript is not None and transcript.approved_at is not None:
        segments.follow(session(), transcript)


@bp.post("/wensen/<uuid:check_answer_id>")
@opens(CheckAnswer, Permission.CHECK_REPLY)
def reply(check_answer: CheckAnswer) -> ResponseReturnValue:
    """Say what was done with a wish."""
    form, interview = ReplyForm(), check_answer.check.interview
    if not form.validate():
        return _index_page(interview, errors={check_answer.id: form.problems()[0][1]}), 422
    try:
        with transaction(session()):
            memberchecks.reply(
                session(), identity.actor(), check_answer, state=WishState(form.state.data), words=form.reply.data or ""
            )
    except Invalid as error:
        return _index_page(interview, errors={check_answer.id: sentence(error.key, **error.fields)}), 422
    flash(_("Opgeslagen. De ander kan dit lezen."), "ok")
    return redirect(url_for("checks.index", interview_id=interview.id), code=303)


@bp.post("/passen/<uuid:guest_pass_id>/stop")
@opens(GuestPass, Permission.CHECK_ASK)
def end_link(guest_pass: GuestPass) -> ResponseReturnValue:
    """End a link at once."""
    with transaction(session()):
        passes.revoke(session(), identity.actor(), guest_pass)
    flash(_("De link werkt niet meer."), "ok")
    return redirect(url_for("checks.index", interview_id=guest_pass.interview_id), code=303)
