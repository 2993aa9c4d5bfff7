"""Typing out: the editor, saving from several devices, choosing between two texts, earlier versions, handing in."""

from __future__ import annotations

import uuid
from typing import Any

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from interviews import bsn, drafts, names
from interviews.access import Permission
from interviews.db import transaction
from interviews.detect.finder import default_finder
from interviews.drafts import HandedIn, Opened, Save, Saved, Stale, WorkingText
from interviews.errors import Invalid
from interviews.formats import reading
from interviews.models import Interview, TypingVersion
from interviews.models.typing import TypingKind
from interviews.scopes import Scope
from webapp import identity, packs
from webapp.db import keystore, let_go, session
from webapp.forms.bring_in import role_words
from webapp.forms.typing import TypingForm, beside, number_in, share_sentence, uuid_or_none, who_options, with_more
from webapp.guard import opens
from webapp.messages import sentence
from webapp.once import once
from webapp.packs.typing import may_be_shown, opened_logged, step_first, typing_json
from webapp.views.bring_in import bsn_sentence, clock

bp = Blueprint("typing", __name__)
MOST_IDS = 1000
"""Ids in one list of a save."""


@bp.get("/gesprekken/<uuid:interview_id>/uittypen")
@opens(Interview, Permission.RAW_EDIT)
def show(interview: Interview) -> ResponseReturnValue:
    """Show the editor. Without a yes to taking part no text is kept.

    After approval one shows first who one is, and says why one reads.
    """
    return _closed(interview) or _page(interview)


@bp.post("/gesprekken/<uuid:interview_id>/uittypen/lezen")
@opens(Interview, Permission.RAW_EDIT)
def show_for(interview: Interview) -> ResponseReturnValue:
    """Show the editor on a text that was approved, for a reason that is kept in the log."""
    return _closed(interview) or _page(interview, reason=request.form.get("reason", ""))


def _closed(interview: Interview, typed: WorkingText | None = None) -> str | None:
    """Return the page that says that nothing may be typed, with what was typed meanwhile; None when it may."""
    if interview.allows(Scope.USE_RESEARCH):
        return None
    lines = [f"{turn.speaker or '?'}: {turn.text}" for turn in typed.turns if turn.text] if typed else []
    return render_template("typing/closed.html", interview=interview, typed="\n".join(lines))


def _page(interview: Interview, *, reason: str | None = None) -> ResponseReturnValue:
    step = step_first(interview)
    if step is not None:
        return step
    try:
        opened = opened_logged(interview, reason=reason)
    except Invalid as error:
        if error.key != "raw.reason":
            raise
        said = None if reason is None else sentence(error.key)
        page = render_template("typing/reason.html", interview=interview, reason=reason or "", error=said)
        return page, 200 if reason is None else 422
    return _editor(interview, opened, reason=reason)


def _editor(
    interview: Interview,
    opened: Opened,
    *,
    reason: str | None = None,
    error: str | None = None,
    text: WorkingText | None = None,
) -> str:
    """Show the editor on what was opened, or on `text` that is not saved yet."""
    shown = opened.text if text is None else text
    pack = packs.pack_of(session(), identity.actor(), interview)
    pack["typing"] = typing_json(opened, reason=reason)
    return render_template(
        "typing/show.html",
        interview=interview,
        pack=pack,
        opened=opened,
        text=with_more(shown) if not any(turn.text for turn in shown.turns[-1:]) and not shown.spoken else shown,
        save_id=uuid.uuid4(),
        reason=reason,
        error=error,
        who=who_options(shown, role_words()),
        role_options=role_words(),
        share=share_sentence(drafts.share(shown).parts()),
        clock=clock,
    )


@bp.put("/gesprekken/<uuid:interview_id>/uittypen/concept")
@opens(Interview, Permission.RAW_EDIT)
def save(interview: Interview) -> ResponseReturnValue:
    """Keep what a device has. Somebody saved in between: 409, with what there is now; what came is kept aside."""
    if request.headers.get("X-Person", str(identity.actor().person_id)) != str(identity.actor().person_id):
        # Two people share a phone: what one typed waits until that one signs in.
        return jsonify(error=sentence("session.lost")), 401
    given = request.get_json(silent=True)
    if not isinstance(given, dict):
        raise Invalid("typing.unreadable")
    # Read before the session holds the lock: a long text takes its time.
    asked = _save_from(given)
    with transaction(session()):
        kept = drafts.save(session(), identity.actor(), interview, asked, keys=keystore())
        # Asked in the same breath: after it the embedded database would be locked once more.
        shown = isinstance(kept, Saved) or may_be_shown(interview)
    if isinstance(kept, Saved):
        return jsonify(
            version=kept.version,
            base=None if kept.base is None else str(kept.base),
            saved_at=kept.saved_at.isoformat(),
            bsn=[[number, _without_bsn(asked, number)] for number in kept.bsn_turns],
        )
    answer = typing_json(kept.current)
    if not shown:
        answer = {**answer, "turns": None, "aside": []}
    return jsonify({**answer, "aside_id": str(kept.aside)}), 409


def _without_bsn(asked: Save, number: int) -> str:
    (turn,), _count = bsn.without_bsn([asked.text.turns[number]])
    return turn.text


def _save_from(given: dict[str, Any]) -> Save:
    save_id, version = uuid_or_none(_word(given, "save")), given.get("version")
    if save_id is None or not isinstance(version, int) or isinstance(version, bool) or not 0 <= version < 10**9:
        raise Invalid("typing.unreadable")
    return Save(
        id=save_id,
        base_version=version,
        text=drafts.read_json(given),
        base=uuid_or_none(_word(given, "base")),
        after=_ids(given, "after"),
        settles=_ids(given, "settles"),
        device=_device(),
    )


def _ids(given: dict[str, Any], name: str) -> tuple[uuid.UUID, ...]:
    words = given.get(name) or []
    if not isinstance(words, list):
        raise Invalid("typing.unreadable")
    return tuple(one for word in words[:MOST_IDS] if isinstance(word, str) and (one := uuid_or_none(word)) is not None)


def _device() -> str:
    """Return the kind of device this is, in words for people."""
    return identity.device_name(request.user_agent.string)


def _word(given: dict[str, Any], name: str) -> str | None:
    found = given.get(name)
    return found if isinstance(found, str) else None


@bp.post("/gesprekken/<uuid:interview_id>/uittypen/opslaan")
@opens(Interview, Permission.RAW_EDIT)
def save_form(interview: Interview) -> ResponseReturnValue:
    """Keep what stands in the form, and do what its button asks: more pieces, another speaker, hand in."""
    reason = request.form.get("reason") or None
    form = TypingForm.read(request.form)
    closed = _closed(interview, form.text)
    if closed is not None:
        return closed, 422
    try:
        text = form.extended(request.form)
        asked = Save(form.save, form.version, text, base=form.base, device=_device())
        with transaction(session()):
            kept = drafts.save(session(), identity.actor(), interview, asked, keys=keystore())
    except Invalid as error:
        opened = Opened(form.version, form.base, form.text)
        return _editor(interview, opened, reason=reason, error=sentence(error.key, **error.fields)), 422
    if isinstance(kept, Stale):
        return _changed_page(interview, kept.current, kept.aside, reason=reason)
    bsn = bsn_sentence(len(kept.bsn_turns))
    if bsn is not None:
        flash(bsn, "warning")
    if "hand_in" in request.form:
        return _hand_in(interview, kept.version, reason=reason)
    if reason is not None:
        return _page(interview, reason=reason)
    where = f"text-{len(text.turns) - 2}" if "add" in request.form else None
    return redirect(url_for(".show", interview_id=interview.id, _anchor=where), code=303)


@bp.post("/gesprekken/<uuid:interview_id>/uittypen/plakken")
@opens(Interview, Permission.RAW_EDIT)
def paste(interview: Interview) -> ResponseReturnValue:
    """Return pasted text as turns, as the readers of files understand it. Nothing is stored."""
    given = request.get_json(silent=True)
    pasted = _word(given, "text") if isinstance(given, dict) else None
    if pasted is None:
        raise Invalid("typing.unreadable")
    let_go()
    draft = reading.read_pasted(pasted)
    turns, removed = bsn.without_bsn(draft.turns)
    return jsonify(**drafts.to_json(WorkingText(tuple(turns), draft.speakers)), bsn=bsn_sentence(removed))


@bp.post("/gesprekken/<uuid:interview_id>/uittypen/inleveren")
@opens(Interview, Permission.RAW_EDIT)
def hand_in(interview: Interview) -> ResponseReturnValue:
    """Make the saved text a transcript and go on to the names in it."""
    closed = _closed(interview)
    if closed is not None:
        return closed, 422
    return _hand_in(interview, number_in(request.form.get("version")), reason=request.form.get("reason") or None)


def _hand_in(interview: Interview, version: int, *, reason: str | None) -> ResponseReturnValue:
    try:
        with transaction(session()):
            done = drafts.hand_in(session(), identity.actor(), interview, base_version=version, keys=keystore())
            if isinstance(done, HandedIn):
                names.propose(session(), done.transcript, keys=keystore(), finder=default_finder())
    except Invalid as error:
        step = step_first(interview)
        if step is not None:
            return step
        opened = opened_logged(interview, reason=reason)
        return _editor(interview, opened, reason=reason, error=sentence(error.key, **error.fields)), 422
    if isinstance(done, Stale):
        return _changed_page(interview, done.current, done.aside, reason=reason, error=sentence("typing.changed"))
    flash(_("De tekst is ingeleverd. Haal nu de namen weg."), "ok")
    return redirect(url_for("names.review", interview_id=interview.id), code=303)


@bp.post("/gesprekken/<uuid:interview_id>/uittypen/inleveren.json")
@opens(Interview, Permission.RAW_EDIT)
@once("hand_in")
def hand_in_later(interview: Interview) -> ResponseReturnValue:
    """Hand in what a phone sent: asked for without network, done when the text itself has come in. 409: a person looks."""
    given = request.get_json(silent=True)
    if not isinstance(given, dict):
        raise Invalid("typing.unreadable")
    version = given.get("version")
    try:
        with transaction(session()):
            done = drafts.hand_in(
                session(),
                identity.actor(),
                interview,
                base_version=version if isinstance(version, int) else -1,
                after=_ids(given, "after"),
                keys=keystore(),
            )
            if isinstance(done, HandedIn):
                names.propose(session(), done.transcript, keys=keystore(), finder=default_finder())
    except Invalid as error:
        if error.key != "typing.choose_first":
            raise
        return jsonify(error=sentence(error.key)), 409
    if isinstance(done, Stale):
        return jsonify(error=sentence("typing.changed")), 409
    return jsonify(handed_in=True)


def _changed_page(
    interview: Interview, current: Opened, aside: uuid.UUID, *, reason: str | None, error: str | None = None
) -> ResponseReturnValue:
    """Show what there is now, beside what was kept aside where it waits for a choice.

    The text with names of an approved story is shown after the second step and for a reason only, which is in the log:
    else these are asked first. Nothing is lost by that: what came is kept aside.
    """
    step = step_first(interview)
    if step is not None:
        return step
    if not may_be_shown(interview):
        try:
            opened_logged(interview, reason=reason)
        except Invalid as refusal:
            if refusal.key != "raw.reason":
                raise
            return render_template("typing/reason.html", interview=interview, reason="", error=None), 409
    if any(one.id == aside for one in current.asides):
        return _choose_page(interview, current, aside, reason=reason, error=error), 409
    return _editor(interview, current, reason=reason, error=error), 409


def _choose_page(
    interview: Interview, opened: Opened, aside: uuid.UUID, *, reason: str | None = None, error: str | None = None
) -> str:
    """Show the saved text and the one that was kept aside, side by side."""
    other = next(one for one in opened.asides if one.id == aside)
    return render_template(
        "typing/choose.html",
        layout="desk",
        interview=interview,
        opened=opened,
        other=other,
        rows=beside(opened.text, other.text),
        reason=reason,
        error=error,
    )


@bp.get("/gesprekken/<uuid:interview_id>/uittypen/versies")
@opens(Interview, Permission.RAW_EDIT)
def versions(interview: Interview) -> ResponseReturnValue:
    """List what was saved: when, by whom and where. No words."""
    closed = _closed(interview)
    if closed is not None:
        return closed
    return render_template(
        "typing/versions.html",
        interview=interview,
        lines=drafts.versions(session(), identity.actor(), interview),
        readable=may_be_shown(interview),
    )


@bp.get("/versies/<uuid:version_id>")
@opens(TypingVersion, Permission.RAW_EDIT, arg="version_id")
def version(version: TypingVersion) -> ResponseReturnValue:
    """Show an earlier version; one that waits for a choice beside the saved text."""
    interview = version.draft.interview
    closed = _closed(interview)
    if closed is not None:
        return closed
    try:
        opened = opened_logged(interview)
    except Invalid as error:
        if error.key != "raw.reason":
            raise
        return render_template("typing/reason.html", interview=interview, reason="", error=None)
    if any(one.id == version.id for one in opened.asides):
        return _choose_page(interview, opened, version.id)
    # The line in the log was written apart: from here on this session sees it too, and writes none itself.
    let_go()
    text = drafts.read_version(session(), identity.actor(), version, keys=keystore())
    return render_template(
        "typing/version.html",
        interview=interview,
        version=version,
        opened=opened,
        text=text,
        aside=version.kind is TypingKind.ASIDE,
        clock=clock,
    )


@bp.post("/versies/<uuid:version_id>/terugzetten")
@opens(TypingVersion, Permission.RAW_EDIT, arg="version_id")
def put_back(version: TypingVersion) -> ResponseReturnValue:
    """Make an earlier version the newest text. What was newest stays a version."""
    interview, based = version.draft.interview, number_in(request.form.get("version"))
    with transaction(session()):
        kept = drafts.put_back(
            session(), identity.actor(), version, base_version=based, keys=keystore(), device=_device()
        )
    if isinstance(kept, Stale):
        flash(sentence("typing.changed"), "warning")
        return redirect(url_for(".versions", interview_id=interview.id), code=303)
    flash(_("Teruggezet. Wat er stond, vind je bij ‘Eerdere versies’."), "ok")
    return redirect(url_for(".show", interview_id=interview.id), code=303)


@bp.post("/versies/<uuid:version_id>/kiezen")
@opens(TypingVersion, Permission.RAW_EDIT, arg="version_id")
def settle(version: TypingVersion) -> ResponseReturnValue:
    """Choose between the saved text and one that was kept aside, or put them one below the other."""
    interview, reason = version.draft.interview, request.form.get("reason") or None
    chosen = request.form.get("choice", "")
    if chosen not in {one.value for one in drafts.Choice}:
        raise Invalid("typing.no_aside")
    with transaction(session()):
        kept = drafts.settle(
            session(),
            identity.actor(),
            version,
            choice=drafts.Choice(chosen),
            base_version=number_in(request.form.get("version")),
            keys=keystore(),
            device=_device(),
        )
    if isinstance(kept, Stale):
        return _changed_page(interview, kept.current, kept.aside, reason=reason, error=sentence("typing.changed"))
    if reason is not None:
        return _page(interview, reason=reason)
    flash(_("Gekozen. De andere tekst vind je bij ‘Eerdere versies’."), "ok")
    return redirect(url_for(".show", interview_id=interview.id), code=303)
