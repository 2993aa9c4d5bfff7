"""Stopping: somebody stops or wants less, what went and what is left, and the letters that go with it."""

from __future__ import annotations

import io
import uuid

from flask import Blueprint, flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, get_timezone
from flask_babel import gettext as _
from sqlalchemy import select

from coding import withdrawing
from coding.formats.word import letters
from coding.models import HandOut
from coding.summaries.tree import Summary
from interviews import consents, withdrawal
from interviews.access import Permission, allows
from interviews.clock import now
from interviews.db import transaction
from interviews.errors import Invalid, NotVisible
from interviews.models import Interview, Interviewee, Project, Withdrawal
from interviews.models.interview import Address, Part
from interviews.models.project import AfterExport
from interviews.models.withdrawal import Outcome
from interviews.scopes import Scope
from webapp import identity
from webapp.consenttext import consent_text
from webapp.db import files, keystore, session
from webapp.erasing import finish_at_the_end, ledger
from webapp.forms.withdrawals import LESS, AgreementForm, StopForm, SureForm, after_words, asked_words, reach_words
from webapp.guard import opens
from webapp.navigation import help_contact
from webapp.stepping import ask as prove_first
from webapp.stepping import confirmed, second_step
from webapp.views.gone import gone_words, left_words
from webapp.views.reports import DOCX, kind_words

bp = Blueprint("withdrawals", __name__)


@bp.get("/gesprekken/<uuid:interview_id>/stoppen")
@opens(Interview, Permission.WITHDRAW)
def ask(interview: Interview) -> ResponseReturnValue:
    """Ask what somebody wants: to stop, or to share less."""
    return _ask_page(interview, StopForm(formdata=None))


def _ask_page(interview: Interview, form: StopForm) -> str:
    people = consents.people_of(interview)
    return render_template(
        "withdrawals/ask.html",
        interview=interview,
        form=form,
        reaches=reach_words(),
        ways=[(one.value, said) for one, said in asked_words().items() if one.value != "link"],
        uses=[(_name(interview, person), _uses(interview, person)) for person in people if _uses(interview, person)],
    )


def _name(interview: Interview, person: Interviewee) -> str:
    return person.pseudonym or person.code


def _uses(interview: Interview, person: Interviewee) -> list[tuple[str, str]]:
    """Return what somebody allows now and may take back, as (value, sentence). Taking part is the other choice."""
    part = consents.part_of(interview, person) or Part.TELLER
    return [
        (f"{person.id}:{entry.scope.value}", entry.label)
        for entry in consent_text(interview.address, part).scopes
        if person.allows(entry.scope) and not (part is Part.TELLER and entry.scope is Scope.USE_RESEARCH)
    ]


@bp.post("/gesprekken/<uuid:interview_id>/stoppen")
@opens(Interview, Permission.WITHDRAW)
def choose(interview: Interview) -> ResponseReturnValue:
    """Take back some uses at once, or ask a second time before everything goes."""
    form = StopForm()
    if not form.validate():
        return _ask_page(interview, form), 422
    if form.reach.data == LESS:
        return _less(interview, form)
    if not confirmed():
        # Before somebody is asked whether it is sure, so that the yes is not asked twice.
        return prove_first()
    return _sure_page(interview, SureForm(formdata=None, data={"asked": form.asked.data}))


def _less(interview: Interview, form: StopForm) -> ResponseReturnValue:
    people = {person.id: person for person in consents.people_of(interview)}
    chosen = form.taken_back(people)
    asked = SureForm(formdata=None, data={"asked": form.asked.data}).how()
    finish_at_the_end()
    try:
        if not chosen:
            raise Invalid("withdrawal.nothing")
        with transaction(session()):
            for person_id, scopes in chosen.items():
                withdrawal.take_back(
                    session(), identity.actor(), interview, people[person_id], scopes, asked=asked, ledger=ledger()
                )
    except Invalid as error:
        form.refuse("uses", error)
        return _ask_page(interview, form), 422
    flash(_("Opgeslagen. Dit geldt vanaf nu."), "ok")
    return redirect(url_for("interviews.show", interview_id=interview.id), code=303)


def _sure_page(interview: Interview, form: SureForm) -> str:
    return render_template(
        "withdrawals/sure.html",
        interview=interview,
        form=form,
        erases=withdrawal.outcome_of(interview.project) is Outcome.ERASED,
        others=len(interview.interviewees) > 1,
        given=len(withdrawing.reports_with(session(), interview.id, [one.id for one in interview.interviewees])),
    )


@bp.post("/gesprekken/<uuid:interview_id>/stoppen/zeker")
@opens(Interview, Permission.WITHDRAW)
@second_step
def stop(interview: Interview) -> ResponseReturnValue:
    """Stop: from here on it is done, and nobody can undo it."""
    form = SureForm()
    if not form.validate():
        return _sure_page(interview, form), 422
    actor, project_id = identity.actor(), interview.project_id
    may_see = allows(actor, Permission.WITHDRAWAL_KEEP, interview)
    finish_at_the_end()
    with transaction(session()):
        done = withdrawal.withdraw(
            session(), actor, interview, asked=form.how(), keys=keystore(), ledger=ledger()
        )  # fmt: skip
        withdrawal_id, erased = done.id, done.outcome is Outcome.ERASED
    flash(_("Het verhaal is gewist.") if erased else _("Niemand gebruikt dit verhaal nog."), "ok")
    if may_see:
        return redirect(url_for(".proof", withdrawal_id=withdrawal_id), code=303)
    return redirect(url_for("interviews.index", project_id=project_id), code=303)


@bp.get("/p/<uuid:project_id>/gestopt")
@opens(Project, Permission.WITHDRAWAL_KEEP)
def index(project: Project) -> ResponseReturnValue:
    """Show who stopped, which reports must come back, and until when everything is erased."""
    form = AgreementForm(
        formdata=None, data={"erase_until": project.erase_until, "after_export": project.after_export.value}
    )
    return _index_page(project, form)


def _index_page(project: Project, form: AgreementForm) -> str:
    return render_template(
        "withdrawals/index.html",
        project_id=project.id,
        rows=withdrawal.register_of(session(), identity.actor(), project),
        outcomes=_outcome_words(),
        reports=withdrawing.outdated(session(), project),
        kinds={kind: words[0] for kind, words in kind_words().items()},
        holder=holder_name,
        form=form,
        after=after_words(),
    )


def _outcome_words() -> dict[Outcome, str]:
    return {
        Outcome.ERASED: _("gewist"),
        Outcome.CLOSED: _("niet meer gebruikt"),
        Outcome.LESS: _("deelt minder"),
    }


def holder_name(row: HandOut) -> str:
    """Return who has a report."""
    if row.person is not None:
        return str(row.person.display_name)
    return row.holder or str(_("iemand die weg is uit het team"))


@bp.post("/p/<uuid:project_id>/gestopt")
@opens(Project, Permission.WITHDRAWAL_KEEP)
def agree(project: Project) -> ResponseReturnValue:
    """Set until which day everything is erased when somebody stops."""
    form = AgreementForm()
    if not form.validate():
        return _index_page(project, form), 422
    with transaction(session()):
        withdrawal.agree(
            session(), identity.actor(), project,
            erase_until=form.erase_until.data, after_export=AfterExport(form.after_export.data),
        )  # fmt: skip
    flash(_("Opgeslagen."), "ok")
    return redirect(url_for(".index", project_id=project.id), code=303)


@bp.get("/gestopt/<uuid:withdrawal_id>")
@opens(Withdrawal, Permission.WITHDRAWAL_KEEP)
def proof(withdrawal: Withdrawal) -> ResponseReturnValue:
    """Show what was erased and what is left, looked up now; a page to print."""
    return _proof_page(withdrawal)


def _proof_page(row: Withdrawal) -> str:
    left = withdrawal.what_is_left(
        session(), identity.actor(), row, keys=keystore(), files=files(), ledger=ledger()
    )  # fmt: skip
    return render_template(
        "withdrawals/proof.html",
        row=row,
        project_id=row.project_id,
        outcome=_outcome_words()[row.outcome],
        erased=row.outcome is Outcome.ERASED,
        asked=asked_words()[row.asked],
        scopes=_scope_labels(row),
        gone=gone_words(row.counts),
        left=left,
        rows=left_words(left.rows),
        noted=withdrawal.entry_of(ledger(), row.id) is not None,
        reports=len(row.reports),
    )


def _scope_labels(row: Withdrawal) -> list[str]:
    return [entry.label for entry in consent_text(row.address).scopes if entry.scope.value in row.scopes]


@bp.get("/gestopt/<uuid:withdrawal_id>/brief.docx")
@opens(Withdrawal, Permission.WITHDRAWAL_KEEP)
def letter(withdrawal: Withdrawal) -> ResponseReturnValue:
    """Hand over the letter to who stopped: in Dutch, whatever language the page is in."""
    with force_locale("nl"):
        return _word(_letter(withdrawal))


def _letter(withdrawal: Withdrawal) -> Summary:
    zone = get_timezone()
    project = session().get_one(Project, withdrawal.project_id)
    held = session().scalars(
        select(HandOut).where(HandOut.report_id.in_(_report_ids(withdrawal))).order_by(HandOut.given_at, HandOut.id)
    )
    holders: dict[str, tuple[str, str, bool]] = {}
    for row in held:
        who = row.holder or str(_("iemand van het team"))
        told = row.told_at is not None and row.told_at >= withdrawal.at
        before = holders.get(who)
        day = row.given_at.astimezone(zone).strftime("%d-%m-%Y")
        holders[who] = (who, day if before is None else before[1], told and (before is None or before[2]))
    return letters.stopped(
        letters.StoppedLetter(
            project=project.title,
            code=withdrawal.code,
            informal=withdrawal.address is Address.JE,
            made=now(),
            at=withdrawal.at.astimezone(zone).date(),
            erased=withdrawal.outcome is Outcome.ERASED,
            gone=tuple(_letter_lines(withdrawal)),
            less=withdrawal.outcome is Outcome.LESS,
            holders=tuple(holders.values()),
            contact=_contact(),
        )
    )


def _report_ids(row: Withdrawal) -> list[uuid.UUID]:
    return [uuid.UUID(one) for one in row.reports]


def _letter_lines(row: Withdrawal) -> list[str]:
    return _scope_labels(row) if row.outcome is Outcome.LESS else [said for said, _count in gone_words(row.counts)]


def _contact() -> tuple[str, str] | None:
    contact = help_contact()
    return None if contact is None else (contact.name, contact.phone)


def _word(made: Summary) -> ResponseReturnValue:
    file = io.BytesIO()
    letters.write(made, file)
    file.seek(0)
    return send_file(
        file, mimetype=DOCX, as_attachment=True, download_name=letters.file_name(made), max_age=0
    )  # fmt: skip


@bp.get("/uitgegeven/<uuid:hand_out_id>/brief.docx")
@opens(HandOut, Permission.WITHDRAWAL_KEEP)
def recall_letter(hand_out: HandOut) -> ResponseReturnValue:
    """Hand over the letter, in Dutch, to somebody who has a report that must go or be made anew."""
    with force_locale("nl"):
        return _word(_recall(hand_out))


def _recall(hand_out: HandOut) -> Summary:
    report = hand_out.report
    project = session().get_one(Project, report.project_id)
    found = next((one for one in withdrawing.outdated(session(), project) if one.report.id == report.id), None)
    if found is None:
        raise NotVisible
    zone = get_timezone()
    return letters.recall(
        letters.RecallLetter(
            project=project.title,
            holder=holder_name(hand_out),
            made=now(),
            report=kind_words()[report.kind][0],
            built_on=report.built_at.astimezone(zone).date(),
            given_on=hand_out.given_at.astimezone(zone).date(),
            sha256=hand_out.sha256,
            whole=found.whole,
            contact=_contact(),
        )
    )


@bp.post("/uitgegeven/<uuid:hand_out_id>/verteld")
@opens(HandOut, Permission.WITHDRAWAL_KEEP)
def told(hand_out: HandOut) -> ResponseReturnValue:
    """Write down that somebody was asked to throw a report away."""
    project_id = hand_out.report.project_id
    with transaction(session()):
        withdrawing.tell(session(), identity.actor(), hand_out)
    flash(_("Opgeslagen."), "ok")
    return redirect(url_for(".index", project_id=project_id), code=303)
