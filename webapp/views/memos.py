"""What people write down while they read."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coding import memos
from coding.access import CodingPermission
from coding.models import Memo, Segment
from coding.models.memo import MemoKind
from interviews.access import Permission
from interviews.db import transaction
from interviews.errors import Invalid, NotVisible
from interviews.models import Transcript
from webapp import identity
from webapp.db import session
from webapp.forms.desk import as_id
from webapp.forms.memos import MemoForm
from webapp.guard import opens
from webapp.views.reading import reading_page, tell

bp = Blueprint("memos", __name__)


@bp.post("/lezen/<uuid:transcript_id>/opvallend")
@opens(Transcript, Permission.RESEARCH_READ)
def add(transcript: Transcript) -> ResponseReturnValue:
    """Write something down about the story, or about one of one's own passages.

    What was written about a passage that is gone stays, with the story; so does a passage that is none of one's own.
    """
    form = MemoForm()
    about = as_id(form.about.data)
    segment = session().get(Segment, about) if about else None
    if segment is not None and (
        segment.transcript_id != transcript.id or segment.coder_id != identity.actor().person_id
    ):
        segment = None
    try:
        kind = MemoKind(form.kind.data)
    except ValueError:
        kind = MemoKind.STRIKES
    try:
        with transaction(session()):
            memos.add(
                session(),
                identity.actor(),
                segment or transcript,
                text=form.text.data or "",
                kind=kind,
                shared=bool(form.shared.data),
            )
    except Invalid as error:
        form.refuse("text", error)
        return reading_page(transcript, memo=form), 422
    return tell(transcript, "opvallend", _("Opgeschreven."))


@bp.post("/opvallend/<uuid:memo_id>/weghalen")
@opens(Memo, CodingPermission.MEMO_READ)
def remove(memo: Memo) -> ResponseReturnValue:
    """Throw away what one wrote oneself."""
    segment = session().get(Segment, memo.segment_id) if memo.segment_id else None
    transcript_id = memo.transcript_id if segment is None else segment.transcript_id
    transcript = session().get(Transcript, transcript_id) if transcript_id else None
    if transcript is None:
        raise NotVisible
    with transaction(session()):
        memos.remove(session(), identity.actor(), memo)
    return tell(transcript, "opvallend", _("Weggehaald."))
