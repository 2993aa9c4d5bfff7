"""The page on which a story is read and themes are chosen: everything it shows, gathered once."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import redirect, render_template, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coding import memos, segments, suggestions
from coding.access import CodingPermission
from coding.codebooks import codebook_of
from coding.models import Codebook, Memo, Segment, Suggestion, Theme
from coding.models.segment import Origin, Placement
from coding.models.suggestion import Answer
from coding.models.theme import ThemeStatus
from interviews.access import Actor, allows
from interviews.errors import Invalid
from interviews.models import Transcript
from interviews.turns import SpeakerRole
from webapp import identity
from webapp.db import session
from webapp.forms.desk import ChooseForm
from webapp.forms.memos import MemoForm
from webapp.messages import role_name
from webapp.views.deskwords import desk_words
from webapp.views.looks import excerpt, look_of, looks_of, memo_kinds, perspective_word, story_name
from webapp.views.numbered import Numbered

_TOLD = "desk_told"
_STATES = {None: "open", Answer.YES: "fits", Answer.NO: "not", Answer.LATER: "later"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A coded or proposed passage as lists show it."""

    id: uuid.UUID
    look: str
    theme: str
    place: str
    line: int
    """First line of its turn, to link to."""
    quote: str
    who: str = ""
    state: str = ""
    why: tuple[str, ...] = ()


class Reading:
    """One transcript for one reader: text, themes, and what this person may see of the coding."""

    def __init__(self, transcript: Transcript) -> None:
        self.actor: Actor = identity.actor()
        self.transcript = transcript
        # Speakers first: the turns then find theirs without asking again.
        self.speakers = list(transcript.speakers)
        if transcript.approved_at is None:
            # A text that is being corrected waits: what is corrected may be a name that was missed.
            raise Invalid("research.none")
        self.revision = segments.newest_text(session(), transcript)
        self.may_code = allows(self.actor, CodingPermission.CODE, transcript)
        self.sees_others = allows(self.actor, CodingPermission.OTHERS_SEE, transcript)
        self.done = segments.first_reading_done(session(), self.actor, transcript)
        self.codebook: Codebook | None = codebook_of(session(), transcript.interview.project_id)
        self.looks = looks_of([] if self.codebook is None else self.codebook.themes)

    def themes(self) -> list[Theme]:
        """Return the themes that can be chosen, in the order of the codebook."""
        return [theme for theme in self.entries() if theme.assignable and theme.status is not ThemeStatus.RETIRED]

    def entries(self) -> list[Theme]:
        """Return every row of the codebook, groups included."""
        return [] if self.codebook is None else self.codebook.themes

    def visible(self) -> Sequence[Segment]:
        """Return the segments that this person may see, in text order."""
        return segments.visible_segments(session(), self.actor, self.transcript)

    def placed(self, row: Segment | Suggestion) -> bool:
        """Tell whether a passage stands in the text that is shown, so that it can be drawn there."""
        if isinstance(row, Segment) and row.placement is Placement.ORPHAN:
            return False
        return row.revision_id == self.revision.id

    def proposals(self) -> list[Suggestion]:
        """Return the suggestions for this person: none before the own first reading, or without the right to answer."""
        if not (self.done and self.may_code):
            return []
        found = suggestions.visible_suggestions(session(), self.actor, self.transcript)
        return [row for row in found if self.placed(row)]

    def segment_json(self, segment: Segment) -> dict[str, Any]:
        """Return one segment for the script of the desk; the words themselves it has already."""
        mine = segment.coder_id == self.actor.person_id
        shown: dict[str, Any] = {
            "id": str(segment.id),
            "theme": str(segment.theme_id),
            "group": look_of(segment.theme, self.looks),
            "name": segment.theme.name,
            "start": segment.start,
            "end": segment.end,
            "mine": mine,
            "coder": "" if mine else coder_of(segment),
            "origin": "suggestion" if segment.origin is Origin.ACCEPTED else "person",
        }
        if mine:
            shown["remove_url"] = url_for(
                "desk.passages.remove", transcript_id=self.transcript.id, segment_id=segment.id
            )
        return shown

    def suggestion_json(self, suggestion: Suggestion) -> dict[str, Any]:
        """Return one suggestion for the script of the desk."""
        return {
            "id": str(suggestion.id),
            "theme": str(suggestion.theme_id),
            "group": look_of(suggestion.theme, self.looks),
            "name": suggestion.theme.name,
            "start": suggestion.start,
            "end": suggestion.end,
            "why": list(suggestion.reason),
            "state": _STATES[suggestions.answer_of(suggestion, self.actor)],
        }

    def theme_json(self, theme: Theme) -> dict[str, Any]:
        """Return one theme for the script of the desk."""
        groups = {one.key: one.name for one in self.entries() if one.parent_id is None}
        return {
            "id": str(theme.id),
            "group": look_of(theme, self.looks),
            "group_name": groups.get(theme.group_key, ""),
            "name": theme.name,
            "definition": theme.definition,
            "assignable": theme.assignable,
        }

    def shown(self, page: Numbered, row: Segment | Suggestion) -> Shown:
        """Return one passage as a list shows it."""
        shown = Shown(
            row.id,
            look_of(row.theme, self.looks),
            row.theme.name,
            page.place(row.start, row.end) if self.placed(row) else "",
            page.turn_line(row.start) if self.placed(row) else 0,
            excerpt(row.quote),
        )
        if isinstance(row, Segment):
            return replace(shown, who=coder_of(row))
        return replace(shown, state=_STATES[suggestions.answer_of(row, self.actor)], why=tuple(row.reason))


def coder_of(segment: Segment) -> str:
    """Return who chose a theme, with the role in which: that two roles read differently is a finding."""
    name = _("iemand die weg is") if segment.coder is None else segment.coder.display_name
    return f"{name} ({role_name(segment.coder_role).lower()})"


def tell(transcript: Transcript, part: str, text: str, undo: str | None = None) -> ResponseReturnValue:
    """Go to a part of the page of `transcript`, and say there what was done, with a button to undo it if that can be."""
    cookie[_TOLD] = {"transcript": str(transcript.id), "part": part, "text": text, "undo": undo}
    return redirect(url_for("desk.show", transcript_id=transcript.id, _anchor=part), code=303)


def _told(transcript: Transcript) -> dict[str, str | None]:
    kept: dict[str, str | None] | None = cookie.get(_TOLD)
    if not kept or kept.get("transcript") != str(transcript.id):
        return {}
    del cookie[_TOLD]
    return kept


def reading_page(transcript: Transcript, *, choose: ChooseForm | None = None, memo: MemoForm | None = None) -> str:
    """Return the page of one transcript, with the form that was refused, if one was."""
    reading = Reading(transcript)
    page = Numbered(reading.revision)
    visible = reading.visible()
    own = [row for row in visible if row.coder_id == reading.actor.person_id]
    themes = reading.themes()
    groups = {theme.key: theme.name for theme in reading.entries() if theme.parent_id is None}
    mine_in_text = [row for row in own if reading.placed(row)]
    return render_template(
        "desk/show.html",
        layout="desk",
        project_id=transcript.interview.project_id,
        transcript=transcript,
        interview=transcript.interview,
        name=story_name(transcript.interview),
        perspective=perspective_word(transcript.interview.project, transcript.interview.perspective),
        reading=reading,
        page=page,
        voices=_voices(reading),
        themes_json=[reading.theme_json(theme) for theme in themes],
        theme_choices=[
            ("", _("Kies een thema")),
            *((str(theme.id), f"{groups.get(theme.group_key, '')}: {theme.name}") for theme in themes),
        ],
        words=desk_words(),
        told=_told(transcript),
        own=[reading.shown(page, row) for row in mine_in_text],
        others=_by_coder(reading, page, [row for row in visible if row.coder_id != reading.actor.person_id]),
        proposals=[reading.shown(page, row) for row in reading.proposals()],
        behind=sum(row.revision_id != reading.revision.id and row.placement is not Placement.ORPHAN for row in visible),
        to_look_at=sum(row.placement is not Placement.PLACED for row in visible),
        choose=choose or ChooseForm(),
        memo=memo or MemoForm(),
        memo_kinds=memo_kinds(),
        memo_subjects=[
            ("", _("Het hele gesprek")),
            *((str(row.id), f"{page.place(row.start, row.end)}: {row.theme.name}") for row in mine_in_text),
        ],
        memos=_memos(reading, page, visible),
    )


def _voices(reading: Reading) -> list[tuple[str, str, bool]]:
    """Return who the letters in the margin stand for: label, name, and whether that name is somebody's own."""
    told = []
    for row in reading.speakers:
        person = row.interviewee
        if row.role is SpeakerRole.INTERVIEWER:
            told.append((row.label, _("interviewer"), False))
        elif person is not None:
            told.append((row.label, person.pseudonym or person.code, True))
        elif row.role is SpeakerRole.COMPANION:
            told.append((row.label, _("iemand die erbij was"), False))
    return told


def _by_coder(reading: Reading, page: Numbered, rows: Sequence[Segment]) -> dict[str, list[Shown]]:
    found: dict[str, list[Shown]] = {}
    for row in rows:
        if reading.placed(row):
            found.setdefault(coder_of(row), []).append(reading.shown(page, row))
    return found


def _memos(reading: Reading, page: Numbered, visible: Sequence[Segment]) -> list[tuple[Memo, Shown | None, str, bool]]:
    """Return each memo with its passage, its kind, and whether it is one's own.

    What others wrote tells what they chose: it waits for the own first reading, as their themes do.
    """
    kinds = dict(memo_kinds())
    rows = {row.id: row for row in visible}
    found = []
    for row in memos.visible_memos(session(), reading.actor, reading.transcript):
        own = row.author_id == reading.actor.person_id
        if own or reading.sees_others:
            segment = rows.get(row.segment_id) if row.segment_id else None
            about = None if segment is None else reading.shown(page, segment)
            found.append((row, about, kinds[row.kind.value], own))
    return found
