"""The interview guide: reading it, saying what one thinks of a question, and making the next version."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from coding.starter import start_guide_text
from interviews import guides
from interviews.access import Permission, allows
from interviews.db import transaction
from interviews.errors import Invalid
from interviews.models import Guide, Project, Question, QuestionRemark
from interviews.text import decode
from webapp import identity
from webapp.db import session
from webapp.forms.guides import QuestionForm, RemarkForm, field_of
from webapp.guard import opens
from webapp.messages import sentence
from webapp.views.guidepages import edit_page, hints_of, index_page, question_page, themes_by_key, version_page

bp = Blueprint("guides", __name__)


@bp.get("/p/<uuid:project_id>/vragenlijst")
@opens(Project, Permission.GUIDE_READ)
def index(project: Project) -> ResponseReturnValue:
    """Show the guide that is in use: every question with its themes and what the team thinks of it."""
    return index_page(project)


@bp.get("/vragenlijst/<uuid:guide_id>")
@opens(Guide, Permission.GUIDE_READ)
def version(guide: Guide) -> ResponseReturnValue:
    """Show one version and what changed in it."""
    if guide.published_at is None:
        if allows(identity.actor(), Permission.GUIDE_EDIT, guide):
            return redirect(url_for(".edit", guide_id=guide.id), code=303)
        return redirect(url_for(".index", project_id=guide.project_id), code=303)
    return version_page(guide)


@bp.get("/vragenlijst/<uuid:guide_id>/bestand")
@opens(Guide, Permission.GUIDE_READ)
def download(guide: Guide) -> ResponseReturnValue:
    """Give the guide as a file, to take to another project."""
    # The number is the team's own text: only what fits in any file name stays.
    number = "".join(one if one.isascii() and (one.isalnum() or one in ".-") else "-" for one in guide.version)
    return Response(
        guides.write(guide),
        mimetype="application/yaml",
        headers={"Content-Disposition": f'attachment; filename="vragenlijst-{number[:40]}.yaml"'},
    )


@bp.post("/vragen/<uuid:question_id>/opmerking")
@opens(Question, Permission.GUIDE_READ)
def remark(question: Question) -> ResponseReturnValue:
    """Keep what somebody thinks of a question."""
    guide = session().get_one(Guide, question.guide_id)
    form = RemarkForm()
    try:
        with transaction(session()):
            guides.remark(session(), identity.actor(), question, form.text.data or "")
    except Invalid as error:
        form.refuse("text", error)
        project = session().get_one(Project, guide.project_id)
        return index_page(project, remark_form=form, refused=question), 422
    flash(_("Opgeslagen. Het team ziet wat je van de vraag vindt."), "ok")
    return redirect(url_for(".index", project_id=guide.project_id, _anchor=f"vraag-{question.key}"), code=303)


@bp.post("/opmerkingen/<uuid:question_remark_id>/klaar")
@opens(QuestionRemark, Permission.GUIDE_EDIT)
def settle(row: QuestionRemark) -> ResponseReturnValue:
    """Say that a remark was dealt with."""
    question = session().get_one(Question, row.question_id)
    guide = session().get_one(Guide, question.guide_id)
    with transaction(session()):
        guides.settle_remark(session(), identity.actor(), row)
    flash(_("Dat is nu klaar."), "ok")
    concept = guides.concept(session(), guide.project_id)
    anchor = f"vraag-{question.key}"
    if concept is not None:
        return redirect(url_for(".edit", guide_id=concept.id, _anchor=anchor), code=303)
    return redirect(url_for(".index", project_id=guide.project_id, _anchor=anchor), code=303)


@bp.post("/p/<uuid:project_id>/vragenlijst/toevoegen")
@opens(Project, Permission.GUIDE_EDIT)
def take_in(project: Project) -> ResponseReturnValue:
    """Take in a guide from a file, or the one that comes with the toolkit, as a concept."""
    file = request.files.get("file")
    try:
        if request.form.get("start"):
            source = start_guide_text()
        elif file is None or not file.filename:
            raise Invalid("guide.no_file")
        else:
            source = decode(file.read()).text
        with transaction(session()):
            made = guides.take_in(session(), identity.actor(), project, source)
    except Invalid as error:
        return index_page(project, file_error=sentence(error.key, **error.fields)), 422
    flash(_("De vragenlijst staat klaar. Kijk hem na en neem hem in gebruik."), "ok")
    return redirect(url_for(".edit", guide_id=made.id), code=303)


@bp.post("/vragenlijst/<uuid:guide_id>/nieuw")
@opens(Guide, Permission.GUIDE_EDIT)
def new_version(guide: Guide) -> ResponseReturnValue:
    """Begin the next version, or go on with the one that was begun."""
    with transaction(session()):
        made = guides.new_version(session(), identity.actor(), guide)
    return redirect(url_for(".edit", guide_id=made.id), code=303)


@bp.get("/vragenlijst/<uuid:guide_id>/maken")
@opens(Guide, Permission.GUIDE_EDIT)
def edit(guide: Guide) -> ResponseReturnValue:
    """Show the concept with hints on how it reads."""
    if guide.published_at is not None:
        return redirect(url_for(".version", guide_id=guide.id), code=303)
    return edit_page(guide)


@bp.post("/vragenlijst/<uuid:guide_id>/gebruiken")
@opens(Guide, Permission.GUIDE_EDIT)
def publish(guide: Guide) -> ResponseReturnValue:
    """Take the concept into use."""
    try:
        with transaction(session()):
            guides.publish(session(), identity.actor(), guide)
    except Invalid as error:
        return edit_page(guide, refused=sentence(error.key, **error.fields)), 422
    flash(_("Deze versie is nu in gebruik. Nieuwe gesprekken gaan met deze vragen."), "ok")
    return redirect(url_for(".index", project_id=guide.project_id), code=303)


@bp.post("/vragenlijst/<uuid:guide_id>/weggooien")
@opens(Guide, Permission.GUIDE_EDIT)
def discard(guide: Guide) -> ResponseReturnValue:
    """Throw the concept away."""
    project_id = guide.project_id
    with transaction(session()):
        guides.discard(session(), identity.actor(), guide)
    flash(_("De nieuwe versie is weg. De vragenlijst die in gebruik is, bleef zoals hij was."), "ok")
    return redirect(url_for(".index", project_id=project_id), code=303)


@bp.get("/vragenlijst/<uuid:guide_id>/vraag")
@opens(Guide, Permission.GUIDE_EDIT)
def new_question(guide: Guide) -> ResponseReturnValue:
    """Ask for a new question."""
    if guide.published_at is not None:
        return redirect(url_for(".version", guide_id=guide.id), code=303)
    form = QuestionForm(formdata=None, data={"topic": request.args.get("bij", "")})
    return question_page(guide, form, None)


@bp.post("/vragenlijst/<uuid:guide_id>/vraag")
@opens(Guide, Permission.GUIDE_EDIT)
def add_question(guide: Guide) -> ResponseReturnValue:
    """Add the question; with "Zinnen nakijken" only say how it reads."""
    return _put(guide, None)


@bp.get("/vragen/<uuid:question_id>/aanpassen")
@opens(Question, Permission.GUIDE_EDIT)
def question(question: Question) -> ResponseReturnValue:
    """Show one question to change it."""
    guide = session().get_one(Guide, question.guide_id)
    if guide.published_at is not None:
        return redirect(url_for(".version", guide_id=guide.id), code=303)
    return question_page(guide, QuestionForm.of(question), question)


@bp.post("/vragen/<uuid:question_id>/aanpassen")
@opens(Question, Permission.GUIDE_EDIT)
def edit_question(question: Question) -> ResponseReturnValue:
    """Change the question; with "Zinnen nakijken" only say how it reads."""
    return _put(session().get_one(Guide, question.guide_id), question)


def _put(guide: Guide, question: Question | None) -> ResponseReturnValue:
    form = QuestionForm()
    if request.form.get("nakijken"):
        return question_page(guide, form, question, checked=True)
    words = form.words(frozenset(themes_by_key(guide.project_id)))
    try:
        with transaction(session()):
            if question is None:
                question = guides.add_question(session(), identity.actor(), guide, words)
            else:
                guides.edit_question(session(), identity.actor(), question, words)
    except Invalid as error:
        form.refuse(field_of(error.key, words), error)
        return question_page(guide, form, question), 422
    said = _("De vraag is opgeslagen.")
    if hints_of(question):
        said = _("De vraag is opgeslagen. Kijk nog even naar de tips erbij.")
    flash(said, "ok")
    return redirect(url_for(".edit", guide_id=guide.id, _anchor=f"vraag-{question.key}"), code=303)


@bp.post("/vragen/<uuid:question_id>/verplaatsen")
@opens(Question, Permission.GUIDE_EDIT)
def move_question(question: Question) -> ResponseReturnValue:
    """Move a question one place up or down within its topic."""
    with transaction(session()):
        guides.move_question(session(), identity.actor(), question, up=request.form.get("richting") == "omhoog")
    return redirect(url_for(".edit", guide_id=question.guide_id, _anchor=f"vraag-{question.key}"), code=303)


@bp.post("/vragen/<uuid:question_id>/weghalen")
@opens(Question, Permission.GUIDE_EDIT)
def remove_question(question: Question) -> ResponseReturnValue:
    """Take a question out of the concept."""
    guide_id = question.guide_id
    with transaction(session()):
        guides.remove_question(session(), identity.actor(), question)
    flash(_("De vraag is weggehaald."), "ok")
    return redirect(url_for(".edit", guide_id=guide_id, _anchor="weggehaald"), code=303)


@bp.post("/vragenlijst/<uuid:guide_id>/terugzetten")
@opens(Guide, Permission.GUIDE_EDIT)
def restore_question(guide: Guide) -> ResponseReturnValue:
    """Put a question of the version before back."""
    with transaction(session()):
        back = guides.restore_question(session(), identity.actor(), guide, request.form.get("vraag", ""))
    flash(_("De vraag staat er weer in."), "ok")
    return redirect(url_for(".edit", guide_id=guide.id, _anchor=f"vraag-{back.key}"), code=303)
