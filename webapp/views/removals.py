"""What must go: pointed at in the text or said in words; hidden from then on, everywhere."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from coding import segments
from interviews import recordings, removals, transcripts
from interviews.access import Permission, allows
from interviews.db import transaction
from interviews.errors import Invalid
from interviews.models import Interview, RemovalRequest, Transcript
from interviews.models.aftercare import RemovalState
from interviews.models.recording import RecordingState
from interviews.models.transcript import Layer
from interviews.readings import Reading
from interviews.turns import Turn
from webapp import identity
from webapp.db import keystore, session
from webapp.forms.removals import PassageForm, StretchForm, WordsForm, pieces_of, runs
from webapp.guard import opens
from webapp.i18n import format_moment
from webapp.jobs import Jobs
from webapp.logged import log_reading
from webapp.messages import sentence
from webapp.views.bring_in import read_logged

bp = Blueprint("removals", __name__)
PAGE = 15
"""Turns on a page: what a thumb scrolls through without losing the way."""


@bp.get("/gesprekken/<uuid:interview_id>/eruit")
@opens(Interview, Permission.REMOVAL_ASK)
def index(interview: Interview) -> ResponseReturnValue:
    """Show what was asked to go, and ask in words what else."""
    return _index_page(interview, WordsForm(formdata=None))


def _index_page(
    interview: Interview, form: WordsForm, *, error: str | None = None, stretch: StretchForm | None = None
) -> str:
    actor, keys = identity.actor(), keystore()
    sounds = [row for row in recordings.recordings_of(session(), actor, interview) if row.state is RecordingState.READY]
    asked = removals.requests_of(session(), actor, interview)
    if any(row.asked_by_id != actor.person_id and removals.has_words(row) for row in asked):
        log_reading(Reading.REMOVAL, interview)
    return render_template(
        "removals/index.html",
        interview=interview,
        asked=[(row, removals.in_words(row, keys=keys), removals.reason_of(row, keys=keys)) for row in asked],
        states=RemovalState,
        may_settle=allows(actor, Permission.REMOVAL_SETTLE, interview),
        may_point=_layer(interview) is not None,
        form=form,
        error=error,
        stretch=stretch or StretchForm(formdata=None),
        stretch_error=None if stretch is None else sentence("removal.stretch"),
        sounds=[(str(row.id), f"{format_moment(row.started_at)} · {clock_of(row.duration_ms or 0)}") for row in sounds],
        clock=clock_of,
    )


def clock_of(milliseconds: int) -> str:
    """Return a moment in a recording as its player shows it: 12:05, or 1:12:05."""
    minutes, seconds = divmod(milliseconds // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


@bp.post("/gesprekken/<uuid:interview_id>/eruit/geluid")
@opens(Interview, Permission.REMOVAL_ASK)
def hide_sound(interview: Interview) -> ResponseReturnValue:
    """Pass over a stretch of a recording from now on."""
    form = StretchForm()
    asked = form.stretch()
    if asked is None:
        return _index_page(interview, WordsForm(formdata=None), stretch=form), 422
    recording_id, start, end = asked
    with transaction(session()):
        removals.ask_stretch(
            session(), identity.actor(), interview,
            recording_id=recording_id, from_ms=start, to_ms=end, keys=keystore(),
        )  # fmt: skip
    flash(_("Dit stuk hoort niemand meer in de speler."), "ok")
    return redirect(url_for("removals.index", interview_id=interview.id), code=303)


def _layer(interview: Interview) -> Layer | None:
    """Return the text that the actor may point in: the one with names while it may be read, else the one without."""
    actor, transcript = identity.actor(), transcripts.transcript_of(session(), interview)
    if transcript is None:
        return None
    if allows(actor, Permission.RAW_READ, transcript):
        return Layer.RAW
    approved = transcript.approved_at is not None
    return Layer.RESEARCH if approved and allows(actor, Permission.RESEARCH_READ, transcript) else None


def _text(interview: Interview, layer: Layer) -> tuple[Transcript, str, Sequence[Turn]]:
    """Return the transcript, the id of the revision that is shown, and its turns."""
    transcript = transcripts.transcript_of(session(), interview)
    if transcript is None:
        raise Invalid("transcript.empty")
    if layer is Layer.RAW:
        shown, turns = read_logged(transcript)
        return transcript, str(shown), turns
    revision, research = transcripts.read_research(session(), identity.actor(), transcript)
    return transcript, str(revision.id), research


@bp.post("/gesprekken/<uuid:interview_id>/eruit/woorden")
@opens(Interview, Permission.REMOVAL_ASK)
def say(interview: Interview) -> ResponseReturnValue:
    """Note in words what must go."""
    form = WordsForm()
    try:
        with transaction(session()):
            removals.ask_in_words(session(), identity.actor(), interview, words=form.words.data or "", keys=keystore())
    except Invalid as error:
        return _index_page(interview, form, error=sentence(error.key, **error.fields)), 422
    flash(_("Opgeslagen. Wie het gesprek uittypt, ziet dit en laat het weg."), "ok")
    return redirect(url_for("removals.index", interview_id=interview.id), code=303)


@bp.get("/gesprekken/<uuid:interview_id>/eruit/aanwijzen")
@opens(Interview, Permission.REMOVAL_ASK)
def point(interview: Interview) -> ResponseReturnValue:
    """Show the text sentence by sentence, to tick what must go."""
    return _point_page(interview, PassageForm(formdata=None))


def _point_page(interview: Interview, form: PassageForm, *, word: str = "", error: str | None = None) -> str | Response:
    layer = _layer(interview)
    if layer is None:
        return redirect(url_for("removals.index", interview_id=interview.id), code=303)
    _transcript, base, turns = _text(interview, layer)
    shown = [number for number, turn in enumerate(turns) if word.casefold() in turn.text.casefold()]
    pages = max(1, -(-len(shown) // PAGE))
    asked = request.args.get("blad", "1")
    page = min(int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1, pages) or 1
    return render_template(
        "removals/point.html",
        interview=interview,
        turns=[(number, turns[number].speaker, pieces_of(number, turns[number]))
               for number in shown[(page - 1) * PAGE : page * PAGE]],
        page=page,
        pages=pages,
        page_url=lambda number: url_for("removals.point", interview_id=interview.id, blad=number),
        word=word,
        base=base,
        form=form,
        error=error,
    )  # fmt: skip


@bp.post("/gesprekken/<uuid:interview_id>/eruit/zoeken")
@opens(Interview, Permission.REMOVAL_ASK)
def search(interview: Interview) -> ResponseReturnValue:
    """Show only what holds a word. Posted, so that no word of a story is in an address."""
    return _point_page(interview, PassageForm(formdata=None), word=request.form.get("word", "").strip()[:80])


@bp.post("/gesprekken/<uuid:interview_id>/eruit/aanwijzen")
@opens(Interview, Permission.REMOVAL_ASK)
def hide(interview: Interview) -> ResponseReturnValue:
    """Hide the ticked sentences; coded passages move along with what is left."""
    form = PassageForm()
    layer = _layer(interview)
    if layer is None:
        return redirect(url_for("removals.index", interview_id=interview.id), code=303)
    transcript, base, turns = _text(interview, layer)
    if form.base.data and form.base.data != base:
        again = PassageForm(formdata=None, data={"reason": form.reason.data or ""})
        return _point_page(interview, again, error=sentence("segment.text_moved")), 409
    chosen = runs(form.pieces.data or [], turns)
    if not form.validate() or not chosen:
        return _point_page(interview, form, error=sentence("removal.nothing")), 422
    with transaction(session()):
        # From the back: what is hidden in the text without names changes the places behind it.
        for turn, start, end in reversed(chosen):
            removals.ask_passage(
                session(), identity.actor(), interview,
                turn=turn, start=start, end=end, layer=layer, reason=form.reason.data or "", keys=keystore(),
            )  # fmt: skip
        _move_along(transcript)
    _tag(transcript)
    flash(_("Dit staat nu nergens meer in de tekst."), "ok")
    return redirect(url_for("removals.index", interview_id=interview.id), code=303)


@bp.post("/eruit/<uuid:removal_request_id>/terug")
@opens(RemovalRequest, Permission.REMOVAL_SETTLE)
def take_back(removal_request: RemovalRequest) -> ResponseReturnValue:
    """Show again what was hidden."""
    interview = removal_request.interview
    transcript = transcripts.transcript_of(session(), interview)
    with transaction(session()):
        looked_at_again = removals.take_back(session(), identity.actor(), removal_request, keys=keystore())
        if transcript is not None:
            _move_along(transcript)
    if transcript is not None:
        _tag(transcript)
    again = _("Teruggezet. Kijk de namen in deze tekst opnieuw na.")
    flash(again if looked_at_again else _("Teruggezet."), "ok")
    return redirect(url_for("removals.index", interview_id=interview.id), code=303)


def _move_along(transcript: Transcript) -> None:
    """Move what was coded to the text as it is now, in the same transaction: nobody reads what must go in a quote."""
    if transcript.approved_at is not None:
        segments.follow(session(), transcript)


def _tag(transcript: Transcript) -> None:
    if transcript.approved_at is not None:
        queue: Jobs = current_app.extensions["jobs"]
        queue.tag(transcript.id)
