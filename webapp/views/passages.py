"""Choosing themes, for the script of the desk (JSON) and for plain forms: the same verbs behind both."""

from __future__ import annotations

import uuid
from typing import Any

from flask import Blueprint, flash, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coding import segments, suggestions
from coding.access import CodingPermission
from coding.codebooks import add_theme, near_duplicates
from coding.errors import TextMoved
from coding.models import Segment, Suggestion, Theme
from coding.models.segment import Origin
from coding.models.suggestion import Answer
from interviews.access import Permission, allows
from interviews.db import transaction
from interviews.errors import Invalid, NotVisible
from interviews.models import Transcript
from webapp import identity
from webapp.db import session
from webapp.forms.desk import ChooseForm, Passage, answer_from, as_id, passage_from
from webapp.guard import opens
from webapp.messages import sentence
from webapp.views.numbered import Numbered
from webapp.views.reading import Reading, reading_page, tell

bp = Blueprint("passages", __name__)


@bp.errorhandler(TextMoved)
def text_moved(error: TextMoved) -> ResponseReturnValue:
    """Tell that the text was corrected meanwhile; a form brings people back to the new text."""
    said = sentence(error.key)
    if request.is_json:
        return jsonify(error=said), 409
    arguments = request.view_args or {}
    transcript_id = arguments.get("transcript_id")
    if transcript_id is None:
        suggestion = session().get(Suggestion, arguments["suggestion_id"])
        transcript_id = None if suggestion is None else suggestion.transcript_id
    if transcript_id is None:
        raise NotVisible
    flash(said, "error")
    return redirect(url_for("desk.show", transcript_id=transcript_id), code=303)


@bp.get("/lezen/<uuid:transcript_id>/stukken")
@opens(Transcript, Permission.RESEARCH_READ)
def index(transcript: Transcript) -> ResponseReturnValue:
    """Return the segments that may be seen, and the suggestions once the own first reading is done."""
    reading = Reading(transcript)
    found: dict[str, Any] = {
        "segments": [reading.segment_json(row) for row in reading.visible() if reading.placed(row)]
    }
    if reading.done and reading.may_code:
        found["suggestions"] = [reading.suggestion_json(row) for row in reading.proposals()]
    return jsonify(found)


@bp.post("/lezen/<uuid:transcript_id>/stukken")
@opens(Transcript, CodingPermission.CODE)
def create(transcript: Transcript) -> ResponseReturnValue:
    """Give a passage a theme. Sent twice it is one segment: the one there is comes back."""
    passage = passage_from(request.get_json(silent=True))
    with transaction(session()):
        segment = _code(transcript, passage)
    return jsonify(segment=Reading(transcript).segment_json(segment))


def _code(transcript: Transcript, passage: Passage) -> Segment:
    revision = segments.newest_text(session(), transcript, revision_id=passage.revision_id)
    shown = (revision.text or "")[passage.start : passage.end]
    if passage.quote is not None and passage.quote != shown:
        # Browsers count in other units: what was not meant is never stored.
        raise Invalid("segment.outside")
    theme = session().get(Theme, passage.theme_id)
    if theme is None:
        raise Invalid("theme.other_project")
    return segments.code(
        session(),
        identity.actor(),
        transcript,
        revision_id=revision.id,
        theme=theme,
        start=passage.start,
        end=passage.end,
        origin=passage.origin,
    )


@bp.post("/lezen/<uuid:transcript_id>/stukken/kiezen")
@opens(Transcript, CodingPermission.CODE)
def choose(transcript: Transcript) -> ResponseReturnValue:
    """Give lines, or words in them, a theme: the form that needs no script."""
    form = ChooseForm()
    if not form.validate():
        return reading_page(transcript, choose=form), 422
    theme_id = as_id(form.theme.data)
    theme = session().get(Theme, theme_id) if theme_id else None
    if theme is None:
        # The same answer as for a theme of another project: nobody learns which themes there are elsewhere.
        raise Invalid("theme.other_project")
    revision = segments.newest_text(session(), transcript, revision_id=as_id(form.revision.data))
    try:
        start, end = Numbered(revision).span_of(*form.place())
    except Invalid as error:
        form.refuse("words" if form.words.data else "last", error)
        return reading_page(transcript, choose=form), 422
    passage = Passage(revision.id, theme.id, start, end)
    with transaction(session()):
        segment = _code(transcript, passage)
    undo = url_for(".remove", transcript_id=transcript.id, segment_id=segment.id)
    place = Numbered(revision).place(segment.start, segment.end)
    text = _("Thema ‘%(theme)s’ staat bij %(place)s.", theme=theme.name, place=place)
    return tell(transcript, "themas", text, undo)


@bp.post("/lezen/<uuid:transcript_id>/stukken/<uuid:segment_id>/weghalen")
@opens(Transcript, Permission.RESEARCH_READ)
def remove(transcript: Transcript, segment_id: uuid.UUID) -> ResponseReturnValue:
    """Take one's own theme off a passage. What is gone already stays gone: sent twice it is done once.

    A passage elsewhere, or one that the actor may not see yet, is the same as one that is gone.
    """
    segment = session().get(Segment, segment_id)
    if segment is None or segment.transcript_id != transcript.id or not _may_know(segment):
        return jsonify(removed=str(segment_id)) if request.is_json else tell(transcript, "themas", _("Weggehaald."))
    name, undo = segment.theme.name, _restore_address(segment)
    with transaction(session()):
        segments.uncode(session(), identity.actor(), segment)
    if request.is_json:
        return jsonify(removed=str(segment_id), undo_url=undo)
    return tell(transcript, "themas", _("Thema ‘%(theme)s’ weggehaald.", theme=name), undo)


def _may_know(segment: Segment) -> bool:
    """Tell whether the actor sees a passage: the own ones, others' after the own first reading."""
    actor = identity.actor()
    return segment.coder_id == actor.person_id or allows(actor, CodingPermission.OTHERS_SEE, segment.transcript)


def _restore_address(segment: Segment) -> str:
    return url_for(
        ".restore",
        transcript_id=segment.transcript_id,
        revision=segment.revision_id,
        theme=segment.theme_id,
        start=segment.start,
        end=segment.end,
        origin=Origin.ACCEPTED.value if segment.origin is Origin.ACCEPTED else Origin.SELF.value,
    )


@bp.post("/lezen/<uuid:transcript_id>/stukken/terugzetten")
@opens(Transcript, CodingPermission.CODE)
def restore(transcript: Transcript) -> ResponseReturnValue:
    """Give a passage back the theme that was taken off; the address says which."""
    with transaction(session()):
        segment = _code(transcript, passage_from(request.args))
    if request.is_json:
        return jsonify(segment=Reading(transcript).segment_json(segment))
    return tell(transcript, "themas", _("Teruggezet."))


@bp.post("/lezen/<uuid:transcript_id>/voorstellen")
@opens(Transcript, CodingPermission.CODE)
def answer(transcript: Transcript) -> ResponseReturnValue:
    """Say whether a suggestion fits."""
    suggestion_id, said = answer_from(request.get_json(silent=True) if request.is_json else request.form)
    suggestion = session().get(Suggestion, suggestion_id)
    if suggestion is None or suggestion.transcript_id != transcript.id:
        raise NotVisible
    before = _segment_of(suggestion)
    with transaction(session()):
        segment = suggestions.answer(session(), identity.actor(), suggestion, said)
    undo = url_for(".take_back", suggestion_id=suggestion.id)
    if request.is_json:
        result: dict[str, Any] = {"undo_url": undo}
        if segment is not None:
            result["segment"] = Reading(transcript).segment_json(segment)
        elif before is not None:
            result["removed"] = str(before)
        return jsonify(result)
    return tell(transcript, "voorstellen", _answered(said, suggestion.theme.name), undo)


def _segment_of(suggestion: Suggestion) -> uuid.UUID | None:
    """Return the segment that the actor's yes made, if there is one."""
    person_id = identity.actor().person_id
    made = next((row.segment_id for row in suggestion.answers if row.person_id == person_id), None)
    segment = None if made is None else session().get(Segment, made)
    return segment.id if segment is not None and segment.origin is Origin.ACCEPTED else None


def _answered(said: Answer, theme: str) -> str:
    words: dict[Answer, str] = {
        Answer.YES: _("‘%(theme)s’ past wel. Het staat nu bij de tekst.", theme=theme),
        Answer.NO: _("‘%(theme)s’ past niet. Het voorstel is weg.", theme=theme),
        Answer.LATER: _("‘%(theme)s’ staat nu onderaan.", theme=theme),
    }
    return words[said]


@bp.post("/voorstellen/<uuid:suggestion_id>/terugzetten")
@opens(Suggestion, CodingPermission.CODE)
def take_back(suggestion: Suggestion) -> ResponseReturnValue:
    """Undo one's answer, and the segment that it made."""
    made = _segment_of(suggestion)
    with transaction(session()):
        suggestions.take_back(session(), identity.actor(), suggestion)
    if request.is_json:
        return jsonify({} if made is None else {"removed": str(made)})
    return tell(suggestion.transcript, "voorstellen", _("Teruggezet."))


@bp.post("/lezen/<uuid:transcript_id>/themas")
@opens(Transcript, CodingPermission.THEME_ADD)
def new_theme(transcript: Transcript) -> ResponseReturnValue:
    """Make a theme in somebody's own words. Names much like it are shown first, unless the sender is sure."""
    sent = request.get_json(silent=True)
    name = sent.get("name") if isinstance(sent, dict) else None
    if not isinstance(name, str) or not isinstance(sent, dict):
        raise Invalid("segment.outside")
    project = transcript.interview.project
    reading = Reading(transcript)
    alike = [] if sent.get("sure") is True else near_duplicates(session(), project.id, name)
    if alike:
        said = _("Er is al een thema dat hierop lijkt. Kies dat thema, of maak toch een nieuw thema.")
        return jsonify(error=said, similar=[reading.theme_json(theme) for theme in alike]), 409
    with transaction(session()):
        theme = add_theme(session(), identity.actor(), project, name=name)
    return jsonify(theme=Reading(transcript).theme_json(theme))
