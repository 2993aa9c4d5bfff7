"""The interviewee's own page: no account, a link and a spoken code, large letters, and nothing that must be typed."""

from __future__ import annotations

import uuid

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from interviews import consents, memberchecks, passes, withdrawal
from interviews.clock import now
from interviews.db import transaction
from interviews.errors import Invalid
from interviews.models import GuestPass, MemberCheck
from interviews.models.interview import Address, Part
from interviews.models.membercheck import PassPurpose
from interviews.models.withdrawal import Asked, Outcome
from webapp.consenttext import consent_text, erased_until
from webapp.db import keystore, session
from webapp.erasing import finish_at_the_end, ledger
from webapp.forms.checks import CodeForm, Said, read_answers
from webapp.guard import limiter, public
from webapp.messages import sentence
from webapp.views.checks import answers_context, keep
from webapp.views.consents import sweep_at_the_end

bp = Blueprint("guests", __name__)
_GUEST = "guest"
"""Where the sealed cookie keeps which pass was opened on this device, and when."""
OPEN_SECONDS = 12 * 60 * 60
"""After that the code is asked again."""


def _pass(token: str) -> GuestPass | None:
    """Return the pass of a link that works; the page then knows whom to call."""
    row = passes.find(session(), token)
    if row is not None:
        g.project_id = row.interview.project_id
    return row


def _is_open(row: GuestPass) -> bool:
    """Tell whether the code was given on this device, today: the link stays in the history of a shared phone."""
    match cookie.get(_GUEST):
        case [str(opened), int(at)]:
            return opened == str(row.id) and 0 <= now().timestamp() - at < OPEN_SECONDS
    return False


def _over(key: str = "pass.over") -> tuple[str, int]:
    return render_template("guests/over.html", text=sentence(key)), 404


@bp.get("/mee/<token>")
@public
def start(token: str) -> ResponseReturnValue:
    """Ask for the code, or show what to check when it was given."""
    row = _pass(token)
    if row is None:
        return _over()
    if not _is_open(row):
        return render_template("guests/code.html", form=CodeForm(formdata=None), token=token)
    return _check_page(row, token) if row.purpose is PassPurpose.CHECK else _choices_page(row, token)


@bp.post("/mee/<token>")
@public
@limiter.limit("20 per minute")
def enter(token: str) -> ResponseReturnValue:
    """Open the pass when the code is right."""
    row = _pass(token)
    if row is None:
        return _over()
    form = CodeForm()
    with transaction(session()):
        counted = passes.count_try(session(), row)
    # Checking a code takes a while on purpose: nothing is locked meanwhile.
    right = counted and passes.fits(row, form.code.data or "")
    if not right:
        if not passes.is_live(row):
            return _over()
        form.refuse("code", Invalid("pass.wrong", count=passes.tries_left(row)))
        return render_template("guests/code.html", form=form, token=token), 422
    with transaction(session()):
        passes.opened(session(), row)
    cookie[_GUEST] = [str(row.id), int(now().timestamp())]
    return redirect(url_for("guests.start", token=token), code=303)


def _check_of(row: GuestPass) -> MemberCheck | None:
    return session().scalar(select(MemberCheck).where(MemberCheck.pass_id == row.id))


def _check_page(row: GuestPass, token: str, *, said: Said | None = None, error: str | None = None) -> tuple[str, int]:
    check = _check_of(row)
    if check is None:
        return _over()
    try:
        shown = answers_context(check, said=said)
    except Invalid:
        # The names are being looked at again, or somebody took the story back.
        return _over("check.outdated")
    page = render_template(
        "guests/check.html",
        check=check,
        token=token,
        interview=row.interview,
        person=row.interviewee,
        formal=row.interview.address is Address.U,
        error=error,
        **shown,
    )
    return page, 200 if error is None else 422


@bp.post("/mee/<token>/nakijken")
@public
@limiter.limit("30 per minute")
def answer(token: str) -> ResponseReturnValue:
    """Keep what somebody said; one may come back and change it until there is a reply."""
    row = _pass(token)
    if row is None or not _is_open(row):
        return _over()
    check = _check_of(row)
    if check is None:
        return _over()
    try:
        said = read_answers(memberchecks.passages(session(), check, keys=keystore()))
    except Invalid as error:
        return _over(error.key)
    try:
        with transaction(session()):
            keep(check, said, aloud=False)
    except Invalid as error:
        return _check_page(row, token, said=said, error=sentence(error.key, **error.fields))
    return redirect(url_for("guests.thanks", token=token), code=303)


@bp.get("/mee/<token>/keuzes")
@public
def choices(token: str) -> ResponseReturnValue:
    """Show what somebody allows, each with a yes and a no."""
    row = _pass(token)
    return _over() if row is None or not _is_open(row) else _choices_page(row, token)


def _choices_page(row: GuestPass, token: str, *, error: str | None = None) -> tuple[str, int]:
    person, interview = row.interviewee, row.interview
    part = consents.part_of(interview, person) or Part.TELLER
    page = render_template(
        "guests/choices.html",
        token=token,
        person=person,
        formal=interview.address is Address.U,
        text=consent_text(interview.address, part),
        current={scope: choice.given for scope, choice in person.current_choices().items()},
        talk=uuid.uuid4(),
        checks=row.purpose is PassPurpose.CHECK,
        may_stop=_may_stop(row),
        until=erased_until(interview.project, interview.address),
        error=error,
    )
    return page, 200 if error is None else 422


@bp.post("/mee/<token>/keuzes")
@public
@limiter.limit("30 per minute")
def choose(token: str) -> ResponseReturnValue:
    """Write down what changed. It counts from now on."""
    row = _pass(token)
    if row is None or not _is_open(row):
        return _over()
    person, interview = row.interviewee, row.interview
    known = {scope: choice.given for scope, choice in person.current_choices().items()}
    changed = {
        scope: request.form[scope.value] == "yes"
        for scope in consents.asked_of(consents.part_of(interview, person) or Part.TELLER)
        if request.form.get(scope.value) in ("yes", "no") and known.get(scope) != (request.form[scope.value] == "yes")
    }
    if changed:
        sweep_at_the_end(interview)
        try:
            with transaction(session()):
                consents.told_by_pass(session(), person, interview, id=_talk_id(), choices=changed)
        except Invalid as error:
            return _choices_page(row, token, error=sentence(error.key, **error.fields))
    return redirect(url_for("guests.thanks", token=token), code=303)


def _talk_id() -> uuid.UUID:
    """Return the id that the page gave this change, so that sending it twice writes it once."""
    try:
        return uuid.UUID(request.form.get("talk", ""))
    except ValueError:
        return uuid.uuid4()


@bp.get("/mee/<token>/stoppen")
@public
def stopping(token: str) -> ResponseReturnValue:
    """Say what stopping does. Only for who tells: a companion says no to each use."""
    row = _pass(token)
    if row is None or not _is_open(row):
        return _over()
    return _stop_page(row, token) if _may_stop(row) else redirect(url_for("guests.choices", token=token))


def _may_stop(row: GuestPass) -> bool:
    return consents.part_of(row.interview, row.interviewee) is Part.TELLER


def _stop_page(row: GuestPass, token: str, *, sure: bool = False) -> str:
    interview = row.interview
    return render_template(
        "guests/stop.html",
        token=token,
        sure=sure,
        formal=interview.address is Address.U,
        erases=withdrawal.outcome_of(interview.project) is Outcome.ERASED,
        others=len(interview.interviewees) > 1,
    )


@bp.post("/mee/<token>/stoppen")
@public
@limiter.limit("10 per minute")
def stop(token: str) -> ResponseReturnValue:
    """Ask a second time, and then stop: as easy as taking part was."""
    row = _pass(token)
    if row is None or not _is_open(row) or not _may_stop(row):
        return _over()
    if request.form.get("sure") != "yes":
        return _stop_page(row, token, sure=True)
    formal = row.interview.address is Address.U
    finish_at_the_end()
    with transaction(session()):
        done = withdrawal.withdraw(session(), None, row.interview, asked=Asked.LINK, keys=keystore(), ledger=ledger())
        erased = done.outcome is Outcome.ERASED
    cookie.pop(_GUEST, None)
    # Shown in this answer: the link that it could be asked for by leads nowhere any more.
    return render_template("guests/stopped.html", formal=formal, erased=erased)


@bp.get("/mee/<token>/bedankt")
@public
def thanks(token: str) -> ResponseReturnValue:
    """Say that it was kept, and what happens next."""
    row = _pass(token)
    if row is None or not _is_open(row):
        return _over()
    return render_template("guests/thanks.html", token=token, interview=row.interview, check=_check_of(row))


@bp.post("/mee/<token>/klaar")
@public
def leave(token: str) -> ResponseReturnValue:
    """Close the page on this device: who picks up the phone next needs the code again."""
    cookie.pop(_GUEST, None)
    return redirect(url_for("guests.start", token=token), code=303)
