"""Asking what may be done with a story: one choice per screen, the plain form for who has no script, and the copy."""

from __future__ import annotations

import io

from flask import (
    Blueprint,
    Response,
    after_this_request,
    flash,
    jsonify,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import get_timezone
from flask_babel import gettext as _
from sqlalchemy import select

from coding.formats.word import consent_copy
from interviews import consents, passes, recordings
from interviews.access import Permission
from interviews.clock import now
from interviews.db import transaction
from interviews.errors import Invalid, NotVisible
from interviews.models import Interview, Interviewee, Person, Recording
from interviews.models.interview import Address, Part
from interviews.models.membercheck import PassPurpose
from interviews.readings import Reading
from interviews.scopes import Scope
from webapp import identity, packs
from webapp.consenttext import consent_text, text_for
from webapp.db import files, keystore, let_go, session, store
from webapp.forms.consents import (
    ConsentForm,
    how_options,
    representative_word,
    said_in,
    teach_back_options,
)
from webapp.guard import opens
from webapp.logged import log_reading
from webapp.messages import sentence
from webapp.navigation import help_contact
from webapp.once import once
from webapp.packs import consent as consent_pack
from webapp.views.reports import DOCX

bp = Blueprint("consents", __name__)


def _chosen(interview: Interview) -> tuple[int, Interviewee, Part]:
    """Return whom the address asks for, with the number in the row of people; the first one otherwise.

    Raises NotVisible when nobody is in this interview.
    """
    people = consents.people_of(interview)
    if not people:
        raise NotVisible
    number = request.args.get("persoon", "1")
    position = int(number) if number.isascii() and number.isdigit() and len(number) < 4 else 1
    position = position if 1 <= position <= len(people) else 1
    person = people[position - 1]
    return position, person, consents.part_of(interview, person) or Part.TELLER


def _label(person: Interviewee, number: int) -> str:
    return person.pseudonym or _("Persoon %(number)s", number=number)


@bp.get("/gesprekken/<uuid:interview_id>/toestemming")
@opens(Interview, Permission.CONSENT_RECORD)
def show(interview: Interview) -> ResponseReturnValue:
    """Show the choices, one per screen; the script draws them from the pack, with or without network."""
    return render_template(
        "consents/show.html", interview=interview, pack=packs.pack_of(session(), identity.actor(), interview)
    )


@bp.post("/gesprekken/<uuid:interview_id>/toestemming/gesprek")
@opens(Interview, Permission.CONSENT_RECORD)
@once("consent")
def talk(interview: Interview) -> ResponseReturnValue:
    """Write down one talk that a phone sends, and answer what counts now. Sent twice it is one talk."""
    said = said_in(request.get_json(silent=True))
    person = next((one for one in consents.people_of(interview) if one.id == said.person), None)
    if person is None:
        raise NotVisible
    sweep_at_the_end(interview)
    with transaction(session()):
        written = consents.talk(
            session(),
            identity.actor(),
            person,
            interview,
            id=said.id,
            choices=said.choices,
            how=said.how,
            teach_back=said.teach_back,
            signature=said.signature,
            by_representative=said.by_representative,
            agrees=said.agrees,
            at=said.at,
            text_version=said.text_version,
            keys=keystore(),
        )
    return jsonify(
        talk=str(written.id),
        person=str(person.id),
        choices={scope.value: choice.given for scope, choice in person.current_choices().items()},
    )


def sweep_at_the_end(interview: Interview) -> None:
    """After the commit, let the files go of recordings that a no has erased. `once` commits when the view is done."""
    interview_id = interview.id

    @after_this_request
    def swept(response: Response) -> Response:
        let_go()
        with store().read() as apart:
            rows = apart.scalars(select(Recording).where(Recording.interview_id == interview_id)).all()
            recordings.sweep(apart, files(), rows)
        return response


@bp.get("/gesprekken/<uuid:interview_id>/toestemming/lijst")
@opens(Interview, Permission.CONSENT_RECORD)
def plain(interview: Interview) -> ResponseReturnValue:
    """Show every choice of one person on one page."""
    number, person, part = _chosen(interview)
    return _plain_page(interview, number, person, ConsentForm.of(person, part, interview.address))


def _plain_page(interview: Interview, number: int, person: Interviewee, form: ConsentForm) -> str:
    people = consents.people_of(interview)
    names: dict[object, str] = {
        one.id: one.display_name
        for one in session().scalars(
            select(Person).where(Person.id.in_({choice.recorded_by_id for choice in person.choices}))
        )
    }
    return render_template(
        "consents/plain.html",
        interview=interview,
        person=person,
        number=number,
        tabs=[
            (_label(one, place), url_for(".plain", interview_id=interview.id, persoon=place), place == number)
            for place, one in enumerate(people, start=1)
        ],
        text=text_for(interview.project, interview.address, form.part),
        form=form,
        how=how_options(),
        teach_backs=teach_back_options(),
        represented_by=None if person.represented_by is None else representative_word(person.represented_by),
        history=consent_pack.history(person, names),
        labels=_labels(interview.address),
    )


def _labels(address: Address) -> dict[str, str]:
    return {entry.scope.value: entry.label for entry in consent_text(address).scopes}


@bp.post("/gesprekken/<uuid:interview_id>/toestemming/lijst")
@opens(Interview, Permission.CONSENT_RECORD)
def plain_submit(interview: Interview) -> ResponseReturnValue:
    """Write down the choices of the plain form; a change of mind is added, never written over."""
    number, person, part = _chosen(interview)
    form = ConsentForm.read(request.form, person, part, interview.address)
    if not form.validate() or form.how is None:
        return _plain_page(interview, number, person, form), 422
    represented = person.represented_by is not None and form.takes_part
    sweep_at_the_end(interview)
    try:
        with transaction(session()):
            consents.talk(
                session(),
                identity.actor(),
                person,
                interview,
                id=form.talk_id,
                choices=form.choices if form.takes_part else {Scope.USE_RESEARCH: False},
                how=form.how,
                teach_back=form.teach_back,
                by_representative=represented,
                agrees=form.agrees if represented else None,
                keys=keystore(),
            )
    except Invalid as error:
        form.errors["how"] = sentence(error.key, **error.fields)
        return _plain_page(interview, number, person, form), 422
    flash(_("Opgeslagen. De ander kan zich altijd bedenken."), "ok")
    waiting = consents.waiting_for(interview)
    if waiting:
        place = consents.people_of(interview).index(waiting[0]) + 1
        return redirect(url_for(".plain", interview_id=interview.id, persoon=place), code=303)
    return redirect(url_for("interviews.show", interview_id=interview.id), code=303)


def _copy_of(interview: Interview) -> tuple[consent_copy.ConsentCopy, str | None]:
    """Return what stands on one person's paper, and the path of the signature."""
    _number, person, part = _chosen(interview)
    talks = consents.talks_of(session(), person)
    newest = talks[0] if talks else None
    if newest is not None and newest.signature_sealed is not None:
        log_reading(Reading.SIGNATURE, interview)
    path = None if newest is None else consents.signature_of(session(), identity.actor(), newest, keys=keystore())
    given = person.current_choices()
    text = text_for(interview.project, interview.address, part)
    contact = help_contact()
    explained = session().get(Person, newest.by_id) if newest is not None and newest.by_id is not None else None
    made = consent_copy.ConsentCopy(
        project=interview.project.title,
        code=person.code,
        name=person.pseudonym or "",
        informal=interview.address is Address.JE,
        made=now(),
        given_on=None if not given else max(choice.at for choice in given.values()).astimezone(get_timezone()).date(),
        explained_by="" if explained is None else explained.display_name,
        how=None if newest is None else newest.how,
        represented_by=person.represented_by,
        choices=tuple(
            (entry.label, given[entry.scope].given if entry.scope in given else None) for entry in text.scopes
        ),
        withdraw=text.withdraw,
        contact=None if contact is None else (contact.name, contact.phone),
        text_version=consents.TEXT_VERSION if newest is None else newest.text_version,
        signature=None
        if path is None
        else consent_copy.Signature(consents.strokes(path), consents.WIDTH, consents.HEIGHT),
    )
    return made, path


@bp.get("/gesprekken/<uuid:interview_id>/toestemming/kopie")
@opens(Interview, Permission.CONSENT_RECORD)
def copy(interview: Interview) -> ResponseReturnValue:
    """Show one person's choices as a page to print or to hand over."""
    number, person, _part = _chosen(interview)
    made, path = _copy_of(interview)
    return render_template(
        "consents/copy.html",
        interview=interview,
        copy=made,
        number=number,
        label=_label(person, number),
        path=path,
        board=(consents.WIDTH, consents.HEIGHT),
    )


@bp.get("/gesprekken/<uuid:interview_id>/toestemming/kopie.docx")
@opens(Interview, Permission.CONSENT_RECORD)
def copy_file(interview: Interview) -> ResponseReturnValue:
    """Hand over one person's choices as a Word file."""
    made, _path = _copy_of(interview)
    file = io.BytesIO()
    consent_copy.write(made, file)
    file.seek(0)
    name = consent_copy.file_name(made.code, made.made)
    return send_file(file, mimetype=DOCX, as_attachment=True, download_name=name, max_age=0)


@bp.post("/gesprekken/<uuid:interview_id>/toestemming/link")
@opens(Interview, Permission.CONSENT_RECORD)
def link(interview: Interview) -> ResponseReturnValue:
    """Make a link with which somebody sees the own choices, and changes them without asking anybody."""
    _number, person, _part = _chosen(interview)
    with transaction(session()):
        made = passes.make(session(), identity.actor(), interview, person, purpose=PassPurpose.CONSENT)
    address = url_for("guests.start", token=made.token, _external=True)
    # Shown in this answer and nowhere else: neither half is stored, and no cookie carries them.
    return render_template(
        "checks/link.html",
        interview=interview,
        link=address,
        code=made.code,
        row=made.row,
        back=(_("Toestemming"), url_for("consents.show", interview_id=interview.id)),
    )
