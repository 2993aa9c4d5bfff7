"""Reading stories: which ones, one of them with its themes, and what a correction of the text moved."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coding import readings, segments
from coding.access import CodingPermission
from coding.models import Segment
from coding.models.segment import Placement
from interviews.access import Permission, allows
from interviews.db import transaction
from interviews.errors import Invalid, NotVisible
from interviews.models import Project, Transcript
from webapp import identity
from webapp.db import session
from webapp.forms.desk import PlaceForm, as_id
from webapp.guard import opens
from webapp.views import memos, passages
from webapp.views.looks import look_of, looks_of, perspective_word, story_name
from webapp.views.numbered import Numbered
from webapp.views.reading import Reading, coder_of, reading_page, tell

bp = Blueprint("desk", __name__)
bp.register_blueprint(passages.bp)
bp.register_blueprint(memos.bp)


@bp.get("/p/<uuid:project_id>/lezen")
@opens(Project, CodingPermission.THEMES_READ)
def index(project: Project) -> ResponseReturnValue:
    """Show the stories that may be read, and how far one is."""
    stories = readings.readable(session(), identity.actor(), project)
    return render_template(
        "desk/index.html",
        layout="desk",
        project_id=project.id,
        stories=[
            (story, story_name(story.interview), perspective_word(project, story.interview.perspective))
            for story in stories
        ],
        left=sum(not story.first_reading_done for story in stories),
        codes=any(allows(identity.actor(), CodingPermission.CODE, story.transcript) for story in stories[:1]),
    )


@bp.get("/lezen/<uuid:transcript_id>")
@opens(Transcript, Permission.RESEARCH_READ)
def show(transcript: Transcript) -> ResponseReturnValue:
    """Show one story, to read and to choose themes in."""
    return reading_page(transcript)


@bp.post("/lezen/<uuid:transcript_id>/gelezen")
@opens(Transcript, CodingPermission.CODE)
def finish(transcript: Transcript) -> ResponseReturnValue:
    """Say: I have read it myself. Then suggestions and what others chose are shown."""
    with transaction(session()):
        segments.finish_first_reading(session(), identity.actor(), transcript)
    return tell(transcript, "voorstellen", _("Je hebt dit gesprek zelf gelezen. Nu zie je ook de voorstellen."))


@bp.get("/lezen/<uuid:transcript_id>/veranderd")
@opens(Transcript, CodingPermission.CODE)
def changed(transcript: Transcript) -> ResponseReturnValue:
    """Show the passages that a correction of the text changed or lost, to be looked at by a person."""
    return _changed_page(transcript)


def _changed_page(transcript: Transcript, refused: Segment | None = None, form: PlaceForm | None = None) -> str:
    reading = Reading(transcript)
    page = Numbered(reading.revision)
    waiting = [
        row
        for row in segments.to_look_at(session(), [transcript])
        if reading.sees_others or row.coder_id == reading.actor.person_id
    ]
    looks = looks_of([] if reading.codebook is None else reading.codebook.themes)
    return render_template(
        "desk/changed.html",
        layout="desk",
        project_id=transcript.interview.project_id,
        transcript=transcript,
        name=story_name(transcript.interview),
        lines=page.count,
        revision_id=reading.revision.id,
        waiting=[
            {
                "row": row,
                "look": look_of(row.theme, looks),
                "who": coder_of(row),
                "mine": row.coder_id == reading.actor.person_id,
                "moved": row.placement is Placement.TO_CONFIRM,
                "place": page.place(row.start, row.end) if reading.placed(row) else "",
                "now": page.text[row.start : row.end] if reading.placed(row) else "",
                **_refusal(row, refused, form),
            }
            for row in waiting
        ],
    )


def _refusal(row: Segment, refused: Segment | None, form: PlaceForm | None) -> dict[str, Any]:
    """Return the form that was refused where it belongs to `row`; its fields there are named after the row."""
    if form is None or refused is None or row.id != refused.id:
        return {"form": None, "problems": []}
    return {"form": form, "problems": [(f"{name}-{row.id}", said) for name, said in form.problems()]}


def _require_visible(segment: Segment) -> None:
    """Raise NotVisible for somebody else's passage before the own first reading."""
    actor = identity.actor()
    if segment.coder_id != actor.person_id and not allows(actor, CodingPermission.OTHERS_SEE, segment.transcript):
        raise NotVisible


@bp.post("/stukken/<uuid:segment_id>/klopt")
@opens(Segment, CodingPermission.CODE)
def confirm(segment: Segment) -> ResponseReturnValue:
    """Say that a passage that moved with changes is where it belongs."""
    _require_visible(segment)
    with transaction(session()):
        segments.confirm(session(), identity.actor(), segment)
    return redirect(url_for(".changed", transcript_id=segment.transcript_id), code=303)


@bp.post("/stukken/<uuid:segment_id>/plek")
@opens(Segment, CodingPermission.CODE)
def place(segment: Segment) -> ResponseReturnValue:
    """Give a passage its place in the corrected text."""
    _require_visible(segment)
    form = PlaceForm()
    if not form.validate():
        return _changed_page(segment.transcript, segment, form), 422
    revision = segments.newest_text(session(), segment.transcript)
    try:
        start, end = Numbered(revision).span_of(*form.place())
        with transaction(session()):
            segments.place(
                session(),
                identity.actor(),
                segment,
                revision_id=as_id(form.revision.data) or revision.id,
                start=start,
                end=end,
            )
    except Invalid as error:
        form.refuse("words" if form.words.data else "last", error)
        return _changed_page(segment.transcript, segment, form), 422
    return redirect(url_for(".changed", transcript_id=segment.transcript_id), code=303)
