"""After the names, one question per part of the text: is somebody recognisable here without a name?"""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from interviews import names, transcripts
from interviews.access import Permission
from interviews.db import transaction
from interviews.errors import Invalid
from interviews.models import Interview, Transcript
from interviews.names import Part
from webapp import identity
from webapp.db import keystore, session
from webapp.forms.names import Marking, Typed, found, marked
from webapp.guard import opens
from webapp.messages import sentence
from webapp.namewords import CATEGORIES, HANDLINGS, INDIRECT
from webapp.views.bring_in import clock, read_logged
from webapp.views.names import frame, refused, roles_of, text_of

bp = Blueprint("indirect", __name__)
_FIELDS = {
    "mark.nothing": "kind",
    "mark.words": "general",
    "replacement.in_text": "general",
    "mark.handling": "handling",
}


@bp.get("/gesprekken/<uuid:interview_id>/namen/stukken")
@opens(Interview, Permission.INTERVIEW_SEE)
def show(interview: Interview) -> ResponseReturnValue:
    """Show one part of the text with the question; without a number the first that nobody looked at."""
    transcript = transcripts.transcript_of(session(), interview)
    if transcript is None or transcript.approved_at is not None:
        return redirect(url_for("names.review", interview_id=interview.id), code=303)
    return _page(interview, transcript, _number(request.args.get("deel")))


def _number(word: str | None) -> int | None:
    """Return the number of a part as it was asked for, None for anything else."""
    return int(word) if word and word.isascii() and word.isdigit() and len(word) < 6 else None


def _page(interview: Interview, transcript: Transcript, number: int | None, typed: Typed | None = None) -> str:
    _base, turns = read_logged(transcript)
    revision = transcripts.open_raw(session(), transcript, keys=keystore())[0]
    readings = names.review(session(), transcript, turns, keys=keystore())
    parts, seen = names.parts_of(turns), names.lookers(session(), revision)
    part = _part(parts, number, seen)
    text = marked(readings, turns)
    here = range(part.first, part.last + 1)
    things = [
        thing
        for thing in found(readings, turns)
        if thing.passage and any(place.number - 1 in here for place in thing.places)
    ]
    me = identity.actor().person_id
    return render_template(
        "names/indirect.html",
        **frame(interview, transcript, "indirect"),
        part=part,
        parts=[(one.number, bool(seen.get(one.first)), me in seen.get(one.first, set())) for one in parts],
        seen=bool(seen.get(part.first)),
        mine=me in seen.get(part.first, set()),
        looked=sum(1 for one in parts if seen.get(one.first)),
        text=[(turn_number + 1, *text[turn_number]) for turn_number in here],
        clock=clock,
        roles=roles_of(transcript),
        passages=things,
        kinds=[(one.value, _(word)) for one, word in INDIRECT.items()],
        handlings=[(one.value, _(word)) for one, word in HANDLINGS.items()],
        categories=[(one.value, _(word)) for one, word in CATEGORIES.items()],
        typed=typed or Typed(),
    )


def _part(parts: list[Part], number: int | None, seen: dict[int, set[object]]) -> Part:
    asked = next((one for one in parts if one.number == number), None)
    return asked or next((one for one in parts if not seen.get(one.first)), parts[0])


@bp.post("/gesprekken/<uuid:interview_id>/namen/stukken/aanwijzen")
@opens(Interview, Permission.INTERVIEW_SEE)
def mark(interview: Interview) -> ResponseReturnValue:
    """Mark words of one part, say what they tell and what is done with them."""
    transcript = text_of(interview)
    asked, said = _number(request.form.get("part")), Marking.read(request.form)
    try:
        with transaction(session()):
            _base, turns = transcripts.open_raw(session(), transcript, keys=keystore())
            part = next((one for one in names.parts_of(turns) if one.number == asked), None)
            if part is None:
                raise Invalid("names.changed")
            if said.handling is None:
                raise Invalid("mark.handling")
            names.mark(
                session(),
                identity.actor(),
                transcript,
                names.places_in(turns, part, said.words),
                kind=said.kind,
                handling=said.handling,
                words=said.general,
                categories=said.categories,
                keys=keystore(),
            )
    except Invalid as error:
        if error.key.startswith("names."):
            return refused(interview, error)
        extra = {name: request.form.get(name, "") for name in ("kind", "handling", "general")}
        extra["categories"] = " ".join(one.value for one in said.categories)
        typed = Typed(_FIELDS.get(error.key, "words"), said.words, sentence(error.key, **error.fields), extra)
        return _page(interview, transcript, asked, typed), 422
    flash(_("Opgeslagen. Het staat nu ook in de lijst."), "ok")
    return redirect(url_for("indirect.show", interview_id=interview.id, deel=part.number, _anchor="passages"), code=303)


@bp.post("/gesprekken/<uuid:interview_id>/namen/stukken/gezien")
@opens(Interview, Permission.INTERVIEW_SEE)
def look(interview: Interview) -> ResponseReturnValue:
    """Say that a part holds nothing more, and go on to the next."""
    transcript = text_of(interview)
    asked = _number(request.form.get("part")) or 0
    try:
        with transaction(session()):
            names.look(session(), identity.actor(), transcript, part=asked, keys=keystore())
            _base, turns = transcripts.open_raw(session(), transcript, keys=keystore())
            last = asked >= len(names.parts_of(turns))
    except Invalid as error:
        return refused(interview, error)
    if last:
        flash(_("Dat was het laatste deel."), "ok")
        return redirect(url_for("approval.show", interview_id=interview.id), code=303)
    return redirect(url_for("indirect.show", interview_id=interview.id, deel=asked + 1), code=303)
