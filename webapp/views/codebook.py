"""The list of themes: as a small lexicon, and one theme with what both sides of the table say about it."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import exists, select
from sqlalchemy.orm import aliased

from coding import readings
from coding.access import CodingPermission
from coding.codebooks import add_theme, codebook_of, folded, near_duplicates
from coding.heard import counts, passages
from coding.lexicon import with_names
from coding.models import Segment, Theme
from coding.models.theme import ThemeStatus
from interviews.access import allows
from interviews.db import transaction
from interviews.errors import Invalid
from interviews.models import Project, Revision, Transcript, TurnRow
from interviews.models.interview import Perspective
from webapp import identity
from webapp.db import session
from webapp.forms.codebook import ThemeForm
from webapp.forms.desk import as_id
from webapp.guard import opens
from webapp.views.looks import look_of, looks_of, perspective_word, story_name
from webapp.views.numbered import LineNumbers

bp = Blueprint("codebook", __name__)
MOST_QUOTES = 12
"""Quotes per side of the table on the page of a theme."""


@dataclass(frozen=True, slots=True)
class Said:
    """One passage on the page of a theme, with where it comes from and where to read on."""

    words: str
    source: str
    url: str


@dataclass(slots=True)
class Column:
    """What one side of the table says about a theme."""

    title: str
    quotes: list[Said] = field(default_factory=list)
    more: int = 0


@bp.get("/p/<uuid:project_id>/themas")
@opens(Project, CodingPermission.THEMES_READ)
def index(project: Project) -> ResponseReturnValue:
    """Show every theme under its group, or those that answer `?q=`."""
    codebook = codebook_of(session(), project.id)
    themes = [] if codebook is None else [one for one in codebook.themes if one.status is not ThemeStatus.RETIRED]
    looks = looks_of(themes)
    typed = (request.args.get("q") or "").strip()[:80]
    heard = counts(session(), identity.actor(), readings.approved(session(), project))
    groups = []
    for group in (theme for theme in themes if theme.parent_id is None):
        rows = [
            (theme, look_of(theme, looks), heard.of(theme), _searched(theme))
            for theme in themes
            if theme.parent_id == group.id and _answers(theme, typed)
        ]
        if rows:
            groups.append((group, look_of(group, looks), rows))
    return render_template(
        "codebook/index.html",
        layout="desk",
        project_id=project.id,
        codebook=codebook,
        groups=groups,
        typed=typed,
        interviews=heard.interviews,
        found=sum(len(rows) for _group, _look, rows in groups),
        may_add=codebook is not None and allows(identity.actor(), CodingPermission.THEME_ADD, project),
    )


def _searched(theme: Theme) -> str:
    """Return the words of a theme that a search looks in."""
    return folded(f"{theme.name} {theme.definition} {theme.include}")


def _answers(theme: Theme, typed: str) -> bool:
    words = _searched(theme)
    return all(word in words for word in folded(typed).split())


@bp.get("/themas/<uuid:theme_id>")
@opens(Theme, CodingPermission.THEMES_READ)
def theme(theme: Theme) -> ResponseReturnValue:
    """Show one theme: what it means, which kinds of knowledge speak in it, and who says what."""
    project = session().get_one(Project, theme.codebook.project_id)
    looks = looks_of(theme.codebook.themes)
    names = {one.key: one.name for one in theme.codebook.themes}
    stories = readings.approved(session(), project)
    heard = counts(session(), identity.actor(), stories)
    return render_template(
        "codebook/theme.html",
        layout="desk",
        project_id=project.id,
        theme=theme,
        include=with_names(theme.include, names),
        exclude=with_names(theme.exclude, names),
        look=look_of(theme, looks),
        heard=heard.of(theme),
        interviews=heard.interviews,
        lamps=[
            (name, source in theme.knowledge)
            for source, name in (
                ("ervaring", _("ervaring")),
                ("praktijk", _("praktijk")),
                ("wetenschap", _("wetenschap")),
                ("beleid", _("beleid")),
            )
        ],
        columns=_columns(project, theme, stories),
        neighbours=[
            (one, look_of(one, looks))
            for one in theme.codebook.themes
            if one.parent_id == theme.parent_id and one.id != theme.id and one.assignable
        ],
    )


def _columns(project: Project, theme: Theme, stories: Sequence[Transcript]) -> list[Column]:
    """Return what clients and caseworkers say, side by side; others only where they say something."""
    columns = {
        Perspective.CLIENT: Column(_("Wat %(people)s zeggen", people=_many(project.client_word))),
        Perspective.CONSULENT: Column(_("Wat %(people)s zeggen", people=_many(project.consulent_word))),
    }
    chosen: dict[Perspective, list[Segment]] = {}
    for row in passages(session(), identity.actor(), theme, stories):
        perspective = row.transcript.interview.perspective
        if perspective not in columns:
            columns[perspective] = Column(_("Wat anderen zeggen (%(who)s)", who=perspective_word(project, perspective)))
        chosen.setdefault(perspective, []).append(row)
    numbers = _line_numbers({row.revision_id for rows in chosen.values() for row in rows[:MOST_QUOTES]})
    for perspective, rows in chosen.items():
        column = columns[perspective]
        column.quotes = [
            _said(row, numbers[row.revision_id]) for row in rows[:MOST_QUOTES] if row.revision_id in numbers
        ]
        column.more = len(rows[MOST_QUOTES:])
    return list(columns.values())


def _said(row: Segment, numbers: LineNumbers) -> Said:
    return Said(
        " / ".join(row.quote.splitlines()),
        f"{story_name(row.transcript.interview)} · {numbers.place(row.start, row.end)}",
        url_for("desk.show", transcript_id=row.transcript_id, _anchor=f"turn-{numbers.turn_line(row.start)}"),
    )


def _many(word: str) -> str:
    return f"{word}s" if word.endswith(("er", "el", "en")) else f"{word}en"


def _line_numbers(revision_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, LineNumbers]:
    """Return the line numbers of those revisions that are the newest text of their transcript."""
    newer = aliased(Revision)
    texts = session().execute(
        select(Revision.id, Revision.text).where(
            Revision.id.in_(revision_ids),
            ~exists().where(
                newer.transcript_id == Revision.transcript_id,
                newer.layer == Revision.layer,
                newer.number > Revision.number,
            ),
        )
    )
    turns: dict[uuid.UUID, list[tuple[int, int]]] = {}
    for revision_id, start, end in session().execute(
        select(TurnRow.revision_id, TurnRow.start, TurnRow.end)
        .where(TurnRow.revision_id.in_(revision_ids))
        .order_by(TurnRow.number)
    ):
        turns.setdefault(revision_id, []).append((start, end))
    return {revision_id: LineNumbers(text or "", turns.get(revision_id, [])) for revision_id, text in texts}


@bp.get("/p/<uuid:project_id>/themas/nieuw")
@opens(Project, CodingPermission.THEME_ADD)
def new(project: Project) -> ResponseReturnValue:
    """Ask for a new theme."""
    return _new_page(project, ThemeForm(), [])


def _new_page(project: Project, form: ThemeForm, alike: list[Theme]) -> str:
    codebook = codebook_of(session(), project.id)
    themes = [] if codebook is None else codebook.themes
    looks = looks_of(themes)
    return render_template(
        "codebook/new.html",
        layout="desk",
        project_id=project.id,
        form=form,
        alike=[(theme, look_of(theme, looks)) for theme in alike],
        groups=[
            ("", _("Eigen thema's")),
            *((str(one.id), one.name) for one in themes if one.parent_id is None and one.key != "eigen"),
        ],
    )


@bp.post("/p/<uuid:project_id>/themas/nieuw")
@opens(Project, CodingPermission.THEME_ADD)
def new_submit(project: Project) -> ResponseReturnValue:
    """Make the theme; a name much like one that is there is shown first."""
    form = ThemeForm()
    name = form.name.data or ""
    alike = [] if form.sure.data else near_duplicates(session(), project.id, name)
    if alike:
        return _new_page(project, form, alike), 409
    wanted = as_id(form.group.data)
    group = session().get(Theme, wanted) if wanted else None
    if group is not None and (group.codebook.project_id != project.id or group.parent_id is not None):
        group = None
    try:
        with transaction(session()):
            made = add_theme(
                session(),
                identity.actor(),
                project,
                name=name,
                group=group,
                definition=(form.definition.data or "").strip()[:2000],
            )
    except Invalid as error:
        form.refuse("name", error)
        return _new_page(project, form, []), 422
    flash(_("Het thema ‘%(name)s’ staat nu in de lijst.", name=made.name), "ok")
    return redirect(url_for(".theme", theme_id=made.id), code=303)
