"""Everything about one person, for that person: a page that says what it is, and the file."""

from __future__ import annotations

import uuid

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

import coding.bundling  # noqa: F401  # adds the analysis to the bundle
from coding.formats import bundle as writing
from interviews import bundles, consents
from interviews.access import Permission
from interviews.db import transaction
from interviews.errors import Invalid, NotVisible
from interviews.models import Interview, Interviewee
from webapp import identity
from webapp.db import files, keystore, session
from webapp.guard import opens
from webapp.messages import sentence
from webapp.stepping import second_step

bp = Blueprint("bundles", __name__)


@bp.get("/gesprekken/<uuid:interview_id>/alles")
@opens(Interview, Permission.ACCESS_BUNDLE)
@second_step
def show(interview: Interview) -> ResponseReturnValue:
    """Say what is in it, and ask about whom and why."""
    return _page(interview)


def _page(interview: Interview, *, error: str | None = None) -> str:
    return render_template(
        "bundles/show.html",
        interview=interview,
        error=error,
        reason=request.form.get("reason", ""),
        person=request.form.get("person", ""),
        people=[(str(one.id), one.pseudonym or one.code) for one in consents.people_of(interview)],
    )


@bp.post("/gesprekken/<uuid:interview_id>/alles")
@opens(Interview, Permission.ACCESS_BUNDLE)
@second_step
def take(interview: Interview) -> ResponseReturnValue:
    """Hand over everything as a ZIP file, written while it is sent: nothing of it is on the server's disk."""
    person, reason = _chosen(interview), request.form.get("reason", "")
    try:
        with transaction(session()):
            gathered = bundles.gather(
                session(), identity.actor(), interview, person, keys=keystore(), reason=reason
            )  # fmt: skip
    except Invalid as error:
        if error.key != "bundle.reason":
            raise
        return _page(interview, error=sentence(error.key)), 422
    answer = Response(writing.stream(gathered, files()), mimetype="application/zip")
    answer.headers.set("Content-Disposition", "attachment", filename=writing.file_name(gathered))
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _chosen(interview: Interview) -> Interviewee:
    people = consents.people_of(interview)
    try:
        wanted = uuid.UUID(request.form.get("person", ""))
    except ValueError:
        wanted = people[0].id if people else uuid.uuid4()
    found = next((one for one in people if one.id == wanted), None)
    if found is None:
        raise NotVisible
    return found
