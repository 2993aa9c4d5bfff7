"""Drawings and photos of an interview."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from interviews import attachments
from interviews.access import Permission, allows
from interviews.db import transaction
from interviews.errors import Invalid, Unreadable
from interviews.formats import pictures
from interviews.models import Attachment, Interview
from interviews.models.attachment import AttachmentKind
from interviews.models.interview import How
from webapp import identity
from webapp.db import files, keystore, let_go, session, store
from webapp.forms.attachments import AddForm, DescribeForm, how_words, kind_words, shown_words
from webapp.guard import opens
from webapp.logged import log_reading
from webapp.messages import sentence

bp = Blueprint("attachments", __name__)


@bp.get("/gesprekken/<uuid:interview_id>/plaatjes")
@opens(Interview, Permission.ATTACHMENT_SEE)
def index(interview: Interview) -> ResponseReturnValue:
    """Show every picture with its description."""
    return _page(interview, AddForm(formdata=None))


def _page(interview: Interview, form: AddForm, *, file_error: str | None = None) -> str:
    keys, pictures_of = keystore(), attachments.pictures_of(session(), interview)
    for row in pictures_of:
        _log_description(row)
    return render_template(
        "attachments/index.html",
        interview=interview,
        rows=[(row, attachments.description_of(row, keys=keys)) for row in pictures_of],
        may_add=allows(identity.actor(), Permission.ATTACHMENT_ADD, interview),
        form=form,
        file_error=file_error,
        kinds=kind_words(),
        shown=shown_words(),
        hows=how_words(),
        megabytes=pictures.MOST_BYTES // 1024 // 1024,
    )  # fmt: skip


@bp.post("/gesprekken/<uuid:interview_id>/plaatjes")
@opens(Interview, Permission.ATTACHMENT_ADD)
def add(interview: Interview) -> ResponseReturnValue:
    """Keep a picture, made anew without what a phone hides in it."""
    form, file = AddForm(), request.files.get("file")
    chosen = file is not None and bool(file.filename)
    right = form.validate()
    if not (form.description.data or "").strip():
        form.refuse("description", Invalid("attachment.description"))
        right = False
    if not right or not chosen or file is None:
        return _page(interview, form, file_error=None if chosen else sentence("attachment.none")), 422
    interview_id = interview.id
    try:
        attachments.require_room(session(), identity.actor(), interview)
        # Reading a picture takes a while, in a process of its own, and so does writing a file: nobody waits for it.
        let_go()
        picture = pictures.remake(file.read())
        kept = attachments.put(interview_id, picture, keys=keystore(), files=files())
    except Unreadable as error:
        return _page(interview, form, file_error=sentence(error.key, **error.fields)), 422
    except Invalid as error:
        form.refuse("description", error)
        return _page(interview, form), 422
    interview = session().get_one(Interview, interview_id)
    try:
        with transaction(session()):
            attachments.add(
                session(), identity.actor(), interview, picture,
                kind=AttachmentKind(form.kind.data), description=form.description.data or "",
                may_be_shown=form.may_be_shown, how=How(form.how.data), keys=keystore(), files=files(), kept=kept,
            )  # fmt: skip
    except Invalid as error:
        form.refuse("description", error)
        return _page(interview, form), 422
    flash(_("Het plaatje is bewaard."), "ok")
    return redirect(url_for("attachments.index", interview_id=interview_id), code=303)


@bp.get("/plaatjes/<uuid:attachment_id>.jpg")
@opens(Attachment, Permission.ATTACHMENT_SEE)
def picture(attachment: Attachment) -> ResponseReturnValue:
    """Return the picture itself."""
    return Response(_seen_logged(attachment), mimetype=attachment.media_type)


def _log_description(row: Attachment) -> None:
    """Write that somebody reads what a picture of another shows, as that the picture was seen."""
    if row.description_sealed and row.made_by_id != identity.actor().person_id:
        log_reading(Permission.ATTACHMENT_SEE, row.interview)


def _seen_logged(row: Attachment) -> bytes:
    """Return a picture; that somebody looked is in the log when this returns.

    A page that is only read has a session that cannot write, so a new line is written in a transaction of its own.
    """
    actor, keys = identity.actor(), keystore()
    if attachments.seeing_is_logged(session(), actor, row):
        return attachments.see(session(), actor, row, keys=keys, files=files())
    with store().write() as apart, transaction(apart):
        return attachments.see(apart, actor, apart.get_one(Attachment, row.id), keys=keys, files=files())


@bp.get("/plaatjes/<uuid:attachment_id>")
@opens(Attachment, Permission.ATTACHMENT_ADD)
def edit(attachment: Attachment) -> ResponseReturnValue:
    """Describe a picture anew, or change the answer on showing it."""
    _log_description(attachment)
    form = DescribeForm(
        formdata=None,
        data={
            "description": attachments.description_of(attachment, keys=keystore()),
            "shown": "yes" if attachment.may_be_shown else "no",
            "how": attachment.how.value,
        },
    )
    return _edit_page(attachment, form)


def _edit_page(row: Attachment, form: DescribeForm) -> str:
    return render_template(
        "attachments/edit.html", row=row, interview=row.interview, form=form, shown=shown_words(), hows=how_words()
    )


@bp.post("/plaatjes/<uuid:attachment_id>")
@opens(Attachment, Permission.ATTACHMENT_ADD)
def change(attachment: Attachment) -> ResponseReturnValue:
    """Keep the description and the answer."""
    form = DescribeForm()
    if not form.validate():
        return _edit_page(attachment, form), 422
    try:
        with transaction(session()):
            attachments.change(
                session(), identity.actor(), attachment,
                description=form.description.data or "", may_be_shown=form.may_be_shown,
                how=How(form.how.data), keys=keystore(),
            )  # fmt: skip
    except Invalid as error:
        form.refuse("description", error)
        return _edit_page(attachment, form), 422
    flash(_("Opgeslagen."), "ok")
    return redirect(url_for("attachments.index", interview_id=attachment.interview_id), code=303)


@bp.post("/plaatjes/<uuid:attachment_id>/wissen")
@opens(Attachment, Permission.ATTACHMENT_ADD)
def erase(attachment: Attachment) -> ResponseReturnValue:
    """Erase a picture for good."""
    interview_id = attachment.interview_id
    with transaction(session()):
        name = attachments.erase(session(), identity.actor(), attachment)
    files().erase(name)
    flash(_("Het plaatje is gewist."), "ok")
    return redirect(url_for("attachments.index", interview_id=interview_id), code=303)
