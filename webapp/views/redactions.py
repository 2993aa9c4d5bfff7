"""One wish that something goes, from asked to destroyed: what went, what somebody still decides, and the proof."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coding import redacting
from coding.access import CodingPermission
from coding.models import Memo
from interviews import recordings, redactions, removals
from interviews.access import Permission, allows
from interviews.db import empty_log, transaction
from interviews.errors import Invalid
from interviews.models import Person, Recording, Redaction, RedactionDecision, RemovalRequest
from interviews.models.aftercare import RemovalState
from interviews.models.recording import RecordingState
from interviews.models.redaction import Outcome, PlaceKind
from interviews.readings import Reading
from interviews.redactions import Open, stretch_of
from webapp import identity
from webapp.db import keystore, let_go, session, store
from webapp.erasing import ledger
from webapp.forms.redactions import NOT_HEARD, SILENT, DestroyForm, SoundAnswer
from webapp.guard import opens
from webapp.jobs import Jobs
from webapp.logged import log_reading
from webapp.messages import sentence
from webapp.stepping import second_step
from webapp.views.removals import clock_of

bp = Blueprint("redactions", __name__)
COUNTS = ("raw", "research", "names", "drafts", "copies", "segments", "suggestions", "reports")
"""What is counted, in the order of the page."""


@bp.get("/eruit/<uuid:removal_request_id>")
@opens(RemovalRequest, Permission.REMOVAL_ASK)
def show(removal_request: RemovalRequest) -> ResponseReturnValue:
    """Show how far one wish is."""
    return _page(removal_request, _form(removal_request))


def _form(wish: RemovalRequest) -> DestroyForm:
    """Return the questions about the sound: of a stretch of sound it is known already."""
    if wish.recording_id is not None or wish.revision_id is None:
        return DestroyForm(())
    known = stretch_of(session(), wish)
    start, end = ("", "") if known is None else (clock_of(known[0]), clock_of(known[1] + 999))
    return DestroyForm([SoundAnswer(row, start=start, end=end) for row in _sounds(wish, RecordingState.READY)])


def _sounds(wish: RemovalRequest, *states: RecordingState) -> Sequence[Recording]:
    rows = recordings.recordings_of(session(), identity.actor(), wish.interview)
    return [row for row in rows if row.state in states]


def _page(wish: RemovalRequest, form: DestroyForm) -> str:
    actor, keys = identity.actor(), keystore()
    may_settle = allows(actor, Permission.REMOVAL_SETTLE, wish)
    redaction = redactions.redaction_of(session(), actor, wish)
    open_places: list[Open] = []
    if redaction is not None and may_settle:
        open_places = redacting.open_places(session(), actor, redaction, keys=keys)
    if open_places or (wish.asked_by_id != actor.person_id and removals.has_words(wish)):
        # The places are text of others, in which the words may stand.
        log_reading(Reading.REMOVAL, wish.interview)
    unready = _sounds(wish, RecordingState.RECEIVING, RecordingState.WHOLE, RecordingState.FAILED)
    return render_template(
        "redactions/show.html",
        wish=wish,
        interview=wish.interview,
        words=removals.in_words(wish, keys=keys),
        reason=removals.reason_of(wish, keys=keys),
        states=RemovalState,
        redaction=redaction,
        by=_name(wish.settled_by_id),
        may_settle=may_settle,
        may_destroy=may_settle and wish.state is RemovalState.HIDDEN,
        form=form,
        unready=unready if wish.revision_id is not None or wish.recording_id in {row.id for row in unready} else [],
        counts=[] if redaction is None else _counted(redaction),
        places=[_shown(one) for one in open_places],
        decided=0 if redaction is None else len(redaction.decisions) - len(redaction.waiting),
        reports=_reports(redaction),
        outcomes=Outcome,
        silent=SILENT,
        not_heard=NOT_HEARD,
        clock=clock_of,
    )


def _name(person_id: object) -> str:
    person = None if person_id is None else session().get(Person, person_id)
    return "" if person is None else person.display_name


def _counted(redaction: Redaction) -> list[tuple[str, int]]:
    return [(sentence(f"removal.count.{name}"), redaction.counts[name]) for name in COUNTS if name in redaction.counts]


def _reports(redaction: Redaction | None) -> list[tuple[str, object]]:
    if redaction is None or "reports" not in redaction.counts:
        return []
    rows = redacting.reports_with(session(), redaction.interview)
    return [
        (sentence(f"removal.report.{row.kind.value}"), row.built_at)
        for row in rows
        if row.outdated_at is not None and row.built_at <= row.outdated_at
    ]


def _shown(one: Open) -> tuple[RedactionDecision, str, list[tuple[str, bool]] | None, bool]:
    """Return a place as the page shows it: its text in pieces, marked or not; None for what the actor may not read."""
    decision = one.decision
    name = sentence(f"removal.place.{decision.kind.value}")
    if one.place is None:
        return decision, name, [], False
    if decision.kind is PlaceKind.MEMO:
        memo = session().get_one(Memo, decision.subject_id)
        if not allows(identity.actor(), CodingPermission.MEMO_READ, memo):
            return decision, name, None, bool(one.spans)
    pieces, at = [], 0
    for start, end in one.spans:
        pieces += [(one.place.text[at:start], False), (one.place.text[start:end], True)]
        at = end
    return decision, name, [*pieces, (one.place.text[at:], False)], bool(one.spans)


@bp.post("/eruit/<uuid:removal_request_id>/wissen")
@opens(RemovalRequest, Permission.REMOVAL_SETTLE)
@second_step
def destroy(removal_request: RemovalRequest) -> ResponseReturnValue:
    """Destroy the words in every copy; sound and keys follow by a job."""
    form = _form(removal_request)
    if not form.read():
        return _page(removal_request, form), 422
    wish_id = removal_request.id
    try:
        with transaction(session()):
            redaction = redacting.destroy(
                session(), identity.actor(), removal_request,
                keys=keystore(), ledger=ledger(), silences=form.stretches(),
            )  # fmt: skip
            transcript_id = redacting.to_tag(session(), redaction)
    except Invalid as error:
        form.error = error.key
        return _page(removal_request, form), 422
    queue: Jobs = current_app.extensions["jobs"]
    queue.redact(redaction.id)
    if transcript_id is not None:
        queue.tag(transcript_id)
    _empty_log()
    flash(_("Voorgoed gewist. Hieronder zie je wat er nog te doen is."), "ok")
    return redirect(url_for("redactions.show", removal_request_id=wish_id), code=303)


@bp.post("/eruit/besluit/<uuid:redaction_decision_id>")
@opens(RedactionDecision, Permission.REMOVAL_SETTLE)
def decide(redaction_decision: RedactionDecision) -> ResponseReturnValue:
    """Say what happens with one text that may hold the words."""
    wish_id = redaction_decision.redaction.request_id
    asked = request.form.get("outcome", "")
    if asked not in {one.value for one in Outcome}:
        flash(sentence("removal.choose"), "error")
        return redirect(url_for("redactions.show", removal_request_id=wish_id), code=303)
    try:
        with transaction(session()):
            redacting.decide(session(), identity.actor(), redaction_decision, Outcome(asked), keys=keystore())
    except Invalid as error:
        flash(sentence(error.key, **error.fields), "error")
        return redirect(url_for("redactions.show", removal_request_id=wish_id), code=303)
    _empty_log()
    flash(_("Opgeslagen."), "ok")
    return redirect(url_for("redactions.show", removal_request_id=wish_id), code=303)


def _empty_log() -> None:
    """Empty the database's own log, which still has the pages as they were; a job makes up for it when somebody reads."""
    let_go()
    empty_log(store().engine)
