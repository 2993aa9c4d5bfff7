"""Word files: which ones somebody may make, what consent leaves out of them, and which were made before."""

from __future__ import annotations

import io
from collections.abc import Iterable

from flask import Blueprint, abort, render_template, request, send_file
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from coding import reports, withdrawing
from coding.access import CodingPermission
from coding.models import Report
from coding.models.report import ReportKind
from interviews.access import Permission, Subject, allows, visible_interviews
from interviews.db import transaction
from interviews.models import Interview, Interviewee, Participation, Project, Transcript
from interviews.scopes import Scope
from webapp import i18n, identity
from webapp.db import session
from webapp.guard import opens
from webapp.views.looks import perspective_word, story_name

bp = Blueprint("reports", __name__)
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def kind_words() -> dict[ReportKind, tuple[str, str]]:
    """Return what each kind of report is called, and for whom it is."""
    return {
        ReportKind.TEAM: (
            _("Verslag voor het team"),
            _("Voor de mensen van dit project: het gesprek in het kort, de thema's en wat opviel."),
        ),
        ReportKind.TRANSCRIPT: (
            _("Het gesprek op papier"),
            _("Voor de mensen van dit project: de hele tekst zonder namen, met regelnummers."),
        ),
        ReportKind.CODEBOOK: (
            _("Verslag van de lijst met thema's"),
            _("Voor onderzoekers: elk thema met wat het betekent, hoe vaak het voorkomt en citaten."),
        ),
    }


@bp.get("/p/<uuid:project_id>/verslagen")
@opens(Project, Permission.INTERVIEW_LIST)
def index(project: Project) -> ResponseReturnValue:
    """Show which reports can be made, and which were made."""
    actor = identity.actor()
    interviews = _interviews(project)
    ready = [one for one in interviews if one.id in _approved(project)]
    whole = allows(actor, CodingPermission.REPORT_PROJECT, project)
    buildable = [one for one in ready if allows(actor, CodingPermission.REPORT_INTERVIEW, _subject(one))]
    shown = {one.id: one for one in interviews}
    return render_template(
        "reports/index.html",
        layout="desk",
        project_id=project.id,
        kinds=kind_words(),
        codebook_kind=ReportKind.CODEBOOK,
        may_project=whole and bool(ready),
        left_out=_left_out(ready),
        stories=[
            (one, story_name(one), perspective_word(project, one.perspective), left_out_of_one(one))
            for one in buildable
        ],
        closed=len(ready) - len(buildable),
        built=[
            (row, kind_words()[row.kind][0], "" if row.interview_id is None else shown[row.interview_id].code)
            for row in reports.register(session(), project)
            if (whole if row.interview_id is None else row.interview_id in shown)
        ],
        outdated=outdated_ids(project),
        may_give=whole,
    )


def outdated_ids(project: Project) -> dict[object, bool]:
    """Return which reports say more than may be said now; True for one of which every copy must go."""
    destroyed = select(Report.id).where(Report.project_id == project.id, Report.outdated_at.is_not(None))
    found: dict[object, bool] = dict.fromkeys(session().scalars(destroyed), False)
    return found | {one.report.id: one.whole for one in withdrawing.outdated(session(), project)}


def _subject(interview: Interview) -> Subject:
    return Subject(interview.project_id, interview=interview)


def _interviews(project: Project) -> list[Interview]:
    """Return the interviews that the actor sees, each with its people and what they allow."""
    return list(
        session().scalars(
            visible_interviews(identity.actor(), project).options(
                selectinload(Interview.participations)
                .joinedload(Participation.interviewee)
                .options(selectinload(Interviewee.choices)),
                joinedload(Interview.project),
            )
        )
    )


def _approved(project: Project) -> set[object]:
    return set(
        session().scalars(
            select(Transcript.interview_id)
            .join(Interview, Interview.id == Transcript.interview_id)
            .where(Interview.project_id == project.id, Transcript.approved_at.is_not(None))
        )
    )


def left_out_of_one(interview: Interview) -> str:
    """Return in one sentence what consent leaves out of the reports about one interview."""
    if not interview.allows(Scope.USE_RESEARCH):
        return str(_("Niet iedereen in dit gesprek doet mee. Er kan geen verslag van komen."))
    if interview.allows(Scope.QUOTE_PSEUDONYM):
        return str(_("Citaten mogen erin, met een andere naam."))
    return str(_("Citaten mogen er niet in: daar is geen ja op gezegd."))


def _left_out(interviews: Iterable[Interview]) -> str:
    """Return in one sentence what consent leaves out of a report about all interviews."""
    stories = list(interviews)
    closed = sum(not one.allows(Scope.USE_RESEARCH) for one in stories)
    silent = sum(one.allows(Scope.USE_RESEARCH) and not one.allows(Scope.QUOTE_PSEUDONYM) for one in stories)
    if closed:
        said = ngettext(
            "1 gesprek doet niet mee. Dat staat niet in het verslag.",
            "%(num)s gesprekken doen niet mee. Die staan niet in het verslag.",
            closed,
        )
        return str(said)
    if silent:
        said = ngettext(
            "Uit 1 gesprek komen geen citaten: daar is geen ja op gezegd.",
            "Uit %(num)s gesprekken komen geen citaten: daar is geen ja op gezegd.",
            silent,
        )
        return str(said)
    return str(_("Uit alle gesprekken mogen citaten komen, met een andere naam."))


@bp.post("/p/<uuid:project_id>/verslagen")
@opens(Project, CodingPermission.REPORT_PROJECT)
def build(project: Project) -> ResponseReturnValue:
    """Make the report about the list of themes and hand it over."""
    return _handed_over(ReportKind.CODEBOOK, project, None)


@bp.get("/gesprekken/<uuid:interview_id>/verslagen")
@opens(Interview, CodingPermission.REPORT_INTERVIEW)
def interview(interview: Interview) -> ResponseReturnValue:
    """Show which reports about one interview can be made."""
    kinds = kind_words()
    rows = session().scalars(
        select(Report)
        .where(Report.interview_id == interview.id)
        .order_by(Report.built_at.desc(), Report.id)
        .options(joinedload(Report.built_by))
    )
    return render_template(
        "reports/interview.html",
        layout="desk",
        project_id=interview.project_id,
        interview=interview,
        name=story_name(interview),
        perspective=perspective_word(interview.project, interview.perspective),
        ready=session().scalar(
            select(Transcript.id).where(Transcript.interview_id == interview.id, Transcript.approved_at.is_not(None))
        )
        is not None,
        kinds=[(kind, *kinds[kind]) for kind in (ReportKind.TEAM, ReportKind.TRANSCRIPT)],
        left_out=left_out_of_one(interview),
        built=[(row, kinds[row.kind][0], "") for row in rows],
        outdated=outdated_ids(interview.project),
        may_give=allows(identity.actor(), CodingPermission.REPORT_PROJECT, interview.project),
    )


@bp.post("/gesprekken/<uuid:interview_id>/verslagen")
@opens(Interview, CodingPermission.REPORT_INTERVIEW)
def build_interview(interview: Interview) -> ResponseReturnValue:
    """Make a report about one interview and hand it over."""
    wanted = {kind.value: kind for kind in (ReportKind.TEAM, ReportKind.TRANSCRIPT)}.get(request.form.get("kind", ""))
    if wanted is None:
        abort(400)
    return _handed_over(wanted, interview.project, interview)


def _handed_over(kind: ReportKind, project: Project, interview: Interview | None) -> ResponseReturnValue:
    with transaction(session()):
        built = reports.build(
            session(), identity.actor(), kind=kind, project=project, interview=interview, language=i18n.spoken()
        )
    # Outside the transaction: a slow reader holds no lock.
    return send_file(
        io.BytesIO(built.content), mimetype=DOCX, as_attachment=True, download_name=built.file_name, max_age=0
    )
