"""The log: who did what, and when; whether it is whole; and what to tell when there was a data leak."""

from __future__ import annotations

import io
import uuid
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from flask import Blueprint, current_app, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import func, select

from coding.formats.word import breach_pack
from interviews import audit, auditheads, breaches
from interviews.access import Permission
from interviews.audit import Head
from interviews.auditheads import HeadsDamaged
from interviews.breaches import Pack
from interviews.clock import now
from interviews.errors import NotVisible
from interviews.models import AuditEntry, Device, Interview, Membership, Person, Project
from webapp import auditlines, identity
from webapp.db import session
from webapp.forms.audit import BreachForm, LogForm, kind_options
from webapp.guard import opens
from webapp.messages import sentence
from webapp.moments import HERE
from webapp.navigation import role_label
from webapp.settings import Settings
from webapp.stepping import second_step

bp = Blueprint("audit", __name__)
PAGE = 50
"""Lines on a page."""
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CSV = "text/csv; charset=utf-8"
Line = tuple[AuditEntry, str | None, str, str]
"""A line, who did it, what, and why."""


@bp.get("/p/<uuid:project_id>/logboek")
@opens(Project, Permission.AUDIT_READ)
def index(project: Project) -> ResponseReturnValue:
    """Show who did what, newest first, and let one look for a person, an interview, a kind or a time."""
    form = LogForm.read(request.args)
    query = audit.find(session(), identity.actor(), project, form.asked)
    count = session().scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
    pages = max(1, -(-count // PAGE))
    page = min(form.page, pages)
    found = session().scalars(query.limit(PAGE).offset((page - 1) * PAGE)).all()
    shown: dict[str, Any] = {} if form.errors else {name: value for name, value in form.typed.items() if value}
    answer = render_template(
        "audit/index.html",
        project_id=project.id,
        form=form,
        lines=[] if form.errors else _lines(found),
        count=count,
        page=page,
        pages=pages,
        url_for_page=lambda number: url_for(".index", project_id=project.id, pagina=number, **shown),
        shown=shown,
        people=[("", _("Iedereen")), *_people(project)],
        talks=[("", _("Alle gesprekken")), *_talks(project)],
        kinds=kind_options(),
    )
    return (answer, 422) if form.errors else answer


def _lines(found: Sequence[AuditEntry]) -> list[Line]:
    names, codes = _names(found), audit.codes_of(session(), found)
    return [
        (
            line,
            names.get(line.actor_id) if line.actor_id else None,
            auditlines.words_of(line, codes.get(line.interview_id) if line.interview_id else None),
            auditlines.reason_of(line),
        )
        for line in found
    ]


def _names(lines: Sequence[AuditEntry]) -> dict[uuid.UUID, str]:
    ids = {line.actor_id for line in lines if line.actor_id is not None}
    return {row.id: row.display_name for row in session().scalars(select(Person).where(Person.id.in_(ids)))}


def _people(project: Project) -> list[tuple[str, str]]:
    """Return who is in the project or in its log, to choose from."""
    members = select(Membership.person_id).where(Membership.project_id == project.id)
    acted = select(AuditEntry.actor_id).where(AuditEntry.project_id == project.id)
    found = session().scalars(
        select(Person).where(Person.id.in_(members) | Person.id.in_(acted)).order_by(Person.display_name, Person.id)
    )
    return [(str(one.id), one.display_name) for one in found]


def _talks(project: Project) -> list[tuple[str, str]]:
    found = session().execute(
        select(Interview.id, Interview.code).where(Interview.project_id == project.id).order_by(Interview.code)
    )
    return [(str(row.id), row.code) for row in found]


@bp.get("/p/<uuid:project_id>/logboek.csv")
@opens(Project, Permission.AUDIT_READ)
def download(project: Project) -> ResponseReturnValue:
    """Hand over the lines that were looked for as a list for a spreadsheet."""
    form = LogForm.read(request.args)
    if form.errors:
        return index(project_id=project.id)
    found = session().scalars(audit.find(session(), identity.actor(), project, form.asked)).all()
    content = auditlines.as_csv(found, _names(found), audit.codes_of(session(), found))
    return _file(content, CSV, f"logboek-{now():%Y-%m-%d}.csv")


def _file(content: bytes, kind: str, name: str) -> ResponseReturnValue:
    return send_file(io.BytesIO(content), mimetype=kind, as_attachment=True, download_name=name, max_age=0)


@bp.get("/p/<uuid:project_id>/logboek/controle")
@opens(Project, Permission.AUDIT_READ)
def check(project: Project) -> ResponseReturnValue:
    """Tell whether anybody changed the log."""
    heads, damaged = _heads()
    findings = audit.verify(session(), heads)
    newest = auditheads.newest(heads)
    return render_template(
        "audit/check.html",
        project_id=project.id,
        count=audit.head(session()).seq,
        findings=[auditlines.finding_words(one) for one in findings],
        damaged=damaged,
        kept=None if newest is None else newest.at,
    )


def _heads() -> tuple[list[Head], str | None]:
    settings: Settings = current_app.extensions["dichterbij.settings"]
    try:
        return auditheads.read(settings.heads_file), None
    except HeadsDamaged as error:
        return [], sentence("audit.heads_damaged", line=error.line)


@bp.get("/p/<uuid:project_id>/logboek/datalek")
@opens(Project, Permission.AUDIT_READ)
@second_step
def breach(project: Project) -> ResponseReturnValue:
    """Gather what must be known within 72 hours of a data leak."""
    form = BreachForm.read(request.args)
    pack = _pack(project, form)
    if not form.typed["van"] and not form.errors:
        # Somebody who has just heard of it looks back a day.
        here = now().astimezone(HERE).replace(second=0, microsecond=0, tzinfo=None)
        form.typed.update(van=(here - timedelta(days=1)).isoformat(), tot=here.isoformat())
    answer = render_template(
        "audit/breach.html",
        project_id=project.id,
        form=form,
        about=_about_options(project),
        pack=pack,
        shown={name: value for name, value in form.typed.items() if value},
        steps=breach_steps(),
        what=what_words(),
        short=breach_pack.moment,
        role_label=role_label,
        whole=pack is not None and not audit.verify(session(), _heads()[0]),
    )
    return (answer, 422) if form.errors else answer


def _pack(project: Project, form: BreachForm) -> Pack | None:
    if form.reach is None:
        return None
    try:
        return breaches.pack(session(), identity.actor(), project, form.reach)
    except NotVisible:
        form.errors["over"] = sentence("breach.filter")
        return None


def _about_options(project: Project) -> list[tuple[str, str]]:
    members = _people(project)
    devices = session().scalars(
        select(Device)
        .where(Device.person_id.in_([uuid.UUID(one) for one, _name in members]))
        .order_by(Device.first_seen_at)
    )
    names = dict(members)
    return [
        ("", _("Het hele project")),
        *((f"p:{one}", name) for one, name in members),
        *((f"a:{one.id}", f"{names[str(one.person_id)]} · {one.name or _('apparaat')}") for one in devices),
        *((f"g:{one}", code) for one, code in _talks(project)),
    ]


def breach_steps() -> list[str]:
    """Return what to do after a data leak, in this order (AVG art. 33 and 34)."""
    return [
        _("Stop het lek: meld het apparaat af, of haal de toegang van iemand weg."),
        _("Schrijf op wat er is gebeurd, en wanneer je dat hebt ontdekt."),
        _("Bel vandaag nog wie bij jullie over privacy gaat."),
        _("Melden bij de Autoriteit Persoonsgegevens moet binnen 72 uur nadat je het hebt ontdekt."),
        _("Beslis samen of de mensen zelf het moeten weten. Bij veel risico moet dat."),
        _("Bewaar deze lijst, ook als melden niet hoeft."),
    ]


def what_words() -> dict[str, str]:
    """Return what somebody can have seen or taken along."""
    return {
        "names": _("de tekst met namen"),
        "sound": _("de opname"),
        "pictures": _("tekeningen en foto's"),
        "aftercare": _("zorgen, of hoe het gesprek was"),
        "signatures": _("de handtekening"),
        "notes": _("aantekeningen, wensen of antwoorden"),
        "contacts": _("wie het is, en hoe je diegene bereikt"),
        "reports": _("een verslag of bestand"),
        "backups": _("een reservekopie"),
    }


@bp.get("/p/<uuid:project_id>/logboek/datalek.docx")
@opens(Project, Permission.AUDIT_READ)
@second_step
def breach_paper(project: Project) -> ResponseReturnValue:
    """Hand over what is known about a data leak as a Word file."""
    form = BreachForm.read(request.args)
    pack = _pack(project, form)
    if pack is None:
        return breach(project_id=project.id)
    file = io.BytesIO()
    whole = not audit.verify(session(), _heads()[0])
    breach_pack.write(pack, file, made=now(), log_is_whole=whole)
    return _file(file.getvalue(), DOCX, f"datalek-{now():%Y-%m-%d}.docx")


@bp.get("/p/<uuid:project_id>/logboek/datalek.csv")
@opens(Project, Permission.AUDIT_READ)
@second_step
def breach_lines(project: Project) -> ResponseReturnValue:
    """Hand over every line of the log about a data leak as a list for a spreadsheet."""
    form = BreachForm.read(request.args)
    pack = _pack(project, form)
    if pack is None:
        return breach(project_id=project.id)
    return _file(auditlines.as_csv(pack.lines, pack.names, pack.codes), CSV, f"datalek-{now():%Y-%m-%d}.csv")
