"""What a phone needs to go on without network: its key, what it takes along, the pages it keeps."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from typing import Any

from flask import Blueprint, Response, current_app, g, jsonify, make_response, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import generate_csrf

from interviews import devices
from interviews.access import Permission
from interviews.db import transaction
from interviews.errors import NotAllowed, NotVisible
from interviews.models import Device, Interview, Person
from interviews.models.interview import Status
from interviews.models.project import Role
from webapp import assets, i18n, identity, shells
from webapp.db import session
from webapp.guard import opens, public, signed_in
from webapp.messages import sentence
from webapp.navigation import help_contact
from webapp.packs import pack_of
from webapp.packs.interview import going_along

bp = Blueprint("offline", __name__)
TAKES_ALONG = frozenset({Role.PEER_INTERVIEWER, Role.RESEARCHER})
"""Who holds interviews, and so keeps things on a phone."""


@bp.app_context_processor
def _frame() -> dict[str, Any]:
    """Tell the frame of every page whose drafts this phone may keep."""
    # A page that says something is broken asks no database.
    person = None if g.get("broken") else identity.person()
    if person is None or not any(roles & TAKES_ALONG for roles in identity.actor().roles.values()):
        return {"keeps_for": None}
    return {"keeps_for": person.id}


@bp.get("/apparaat.json")
@public
def device() -> ResponseReturnValue:
    """Give the key of the drafts to their owner; say 410 to a browser whose drafts must go, signed in or not.

    Nobody signed in, or a browser that is new to somebody, is no error: then `person` or `device` is null.
    """
    person, here = identity.person(), identity.devices_here()
    over = [(token, one) for token, one in here if devices.is_over(one)]
    wiped = set(request.headers.get("X-Wiped", "").split())
    if any(str(one.id) not in wiped for _token, one in over):
        answer = jsonify(error=sentence("device.revoked"), revoked=[str(one.id) for _token, one in over])
        answer.status_code = 410
        # Said until the phone says that it is done: a page that was left half-way may not have wiped anything.
        return answer
    # After that this browser may be let in again, with a new key.
    gone = {token for token, _one in over}
    tokens = [token for token in identity.device_tokens() if token not in gone]
    if person is None:
        return identity.keep_devices(jsonify(person=None), tokens) if gone else jsonify(person=None)
    own, login = identity.device_of(person), identity.login()
    if own is None or login is None or login.device_id != own.id:
        # Asking changes nothing: the page registers the device next.
        unknown = jsonify(person=str(person.id), device=None, csrf=generate_csrf())
        return identity.keep_devices(unknown, tokens) if gone else unknown
    return identity.keep_devices(_known(person, own), tokens)


def _known(person: Person, own: Device) -> Response:
    return jsonify(
        person=str(person.id),
        device=str(own.id),
        key=b64encode(identity.device_key(own)).decode("ascii"),
        csrf=generate_csrf(),
    )


@bp.post("/apparaat")
@signed_in
def register() -> ResponseReturnValue:
    """Let this browser keep drafts for whoever is signed in; the same browser again is the same device."""
    person, login = identity.person(), identity.login()
    if person is None or login is None:
        raise identity.NotSignedIn
    tokens = identity.device_tokens()
    with transaction(session()):
        own = identity.device_of(person)
        if own is None:
            added = devices.add(session(), person, name=identity.device_name(request.user_agent.string))
            own, tokens = added.device, [added.token, *tokens]
        devices.link(login, own)
    return identity.keep_devices(_known(person, own), tokens)


@bp.get("/meegaan.json")
@signed_in
def along() -> ResponseReturnValue:
    """Say which interviews this person takes along on a phone, and whom to call."""
    rows = going_along(session(), identity.actor())
    contact = help_contact()
    return jsonify(
        interviews=[str(row.id) for row in rows],
        contact=None if contact is None else {"name": contact.name, "phone": contact.phone, "uri": contact.phone_uri},
    )


@bp.get("/gesprekken/<uuid:interview_id>/pakket.json")
@opens(Interview, Permission.INTERVIEW_SEE)
def pack(interview: Interview) -> ResponseReturnValue:
    """Give everything that the screens of one interview need without network; 304 when the phone has just that.

    Of an interview that was stopped nothing goes along any more.
    """
    if interview.status is Status.STOPPED:
        raise NotAllowed
    found = pack_of(session(), identity.actor(), interview)
    same = {name: part for name, part in found.items() if name != "made_at"}
    answer = jsonify(found)
    answer.set_etag(sha256(current_app.json.dumps(same, sort_keys=True).encode()).hexdigest()[:32])
    return answer.make_conditional(request)


@bp.get("/schil/<screen>")
@public
def shell(screen: str) -> ResponseReturnValue:
    """Show a page without anybody's words, for the phone to keep."""
    page = shells.render(screen)
    if page is None:
        raise NotVisible
    return page


@bp.get("/sw.js")
@public
def worker() -> ResponseReturnValue:
    """Give the service worker, with what it keeps written in front."""
    built = assets.Assets.read()
    script = (assets.BUILD / built.js("sw").removeprefix(built.root)).read_text(encoding="utf-8")
    answer = make_response(f"self.KEPT={shells.kept().as_json()};\n{script}")
    answer.mimetype = "text/javascript"
    return answer


@bp.get("/app.webmanifest")
@public
def manifest() -> ResponseReturnValue:
    """Let people put Dichterbij on the first screen of their phone."""
    answer = jsonify(
        {
            "name": "Dichterbij",
            "short_name": "Dichterbij",
            "description": _("Gesprekken opnemen, uittypen en lezen, ook zonder internet."),
            "lang": i18n.language(),
            "start_url": "/",
            "scope": "/",
            "display": "standalone",
            "background_color": "#fffdf8",
            "theme_color": "#fffdf8",
            "icons": [
                {"src": url_for("static", filename="sign.svg"), "sizes": "any", "type": "image/svg+xml"},
            ],
        }
    )
    answer.mimetype = "application/manifest+json"
    return answer
