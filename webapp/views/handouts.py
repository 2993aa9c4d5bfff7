"""Who has a report: whoever made it, and everybody it was given to."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coding import withdrawing
from coding.access import CodingPermission
from coding.models import Report
from interviews.db import transaction
from interviews.errors import Invalid
from webapp import identity
from webapp.db import session
from webapp.forms.withdrawals import HolderForm
from webapp.guard import opens
from webapp.views.reports import kind_words
from webapp.views.withdrawals import holder_name

bp = Blueprint("handouts", __name__)


@bp.get("/verslagen/<uuid:report_id>/gegeven")
@opens(Report, CodingPermission.REPORT_PROJECT)
def index(report: Report) -> ResponseReturnValue:
    """Show who has a report, and ask who else got it."""
    return _page(report, HolderForm(formdata=None))


def _page(report: Report, form: HolderForm) -> str:
    return render_template(
        "handouts/index.html",
        report=report,
        project_id=report.project_id,
        kind=kind_words()[report.kind][0],
        rows=[(row, holder_name(row)) for row in withdrawing.hand_outs_of(session(), identity.actor(), report)],
        form=form,
    )


@bp.post("/verslagen/<uuid:report_id>/gegeven")
@opens(Report, CodingPermission.REPORT_PROJECT)
def give(report: Report) -> ResponseReturnValue:
    """Write down that somebody has it now."""
    form = HolderForm()
    try:
        with transaction(session()):
            withdrawing.give(session(), identity.actor(), report, holder=form.holder.data or "")
    except Invalid as error:
        form.refuse("holder", error)
        return _page(report, form), 422
    flash(_("Opgeslagen. Stopt er iemand? Dan zie je wie je moet vragen."), "ok")
    return redirect(url_for(".index", report_id=report.id), code=303)
