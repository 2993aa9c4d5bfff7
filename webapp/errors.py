"""When something cannot be done: a page in plain words that says what to do next and whom to call."""

from __future__ import annotations

import logging
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, flash, g, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from markupsafe import escape
from sqlalchemy.exc import IntegrityError
from werkzeug.exceptions import HTTPException, InternalServerError, SecurityError
from werkzeug.routing import RequestRedirect

from interviews.errors import Invalid, NotAllowed, NotVisible
from interviews.keys import KeyDestroyed, KeysError
from webapp import db, i18n, identity, stepping
from webapp.messages import sentence
from webapp.navigation import help_contact
from webapp.settings import MAX_UPLOAD_BYTES

logger = logging.getLogger(__name__)
TYPED_ENOUGH = 40
"""From this many characters on, what was typed is worth showing to somebody who turned out to be signed out."""
_OWN_PAGES = frozenset({400, 401, 403, 404, 405, 413, 422, 429, 500})


def wants_json() -> bool:
    """Tell whether a script asks, so that the answer is for a script."""
    accept = request.accept_mimetypes
    return request.is_json or accept["application/json"] > accept["text/html"]


def init_app(app: Flask) -> None:
    """Give `app` its error pages."""
    app.register_error_handler(NotAllowed, _not_allowed)
    app.register_error_handler(NotVisible, _not_visible)
    app.register_error_handler(Invalid, _refused)
    app.register_error_handler(KeyDestroyed, _erased)
    app.register_error_handler(KeysError, _locked)
    app.register_error_handler(IntegrityError, _somebody_was_first)
    app.register_error_handler(identity.NotSignedIn, _not_signed_in)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(InternalServerError, _broken)


def page(status: int, *, title: str, text: str, typed: tuple[str, ...] = ()) -> ResponseReturnValue:
    """Return an error page, or for a script the same sentence as JSON."""
    if wants_json():
        return jsonify(error=text), status
    return render_template("errors/page.html", status=status, title=title, text=text, typed=typed), status


def _not_allowed(error: NotAllowed) -> ResponseReturnValue:
    contact = help_contact()
    if contact is None:
        text = sentence("error.403.text")
    else:
        text = sentence("error.403.text_call", name=contact.name)
    return page(403, title=sentence("error.403.title"), text=text)


def _not_visible(error: NotVisible) -> ResponseReturnValue:
    return page(404, title=sentence("error.404.title"), text=sentence("error.404.text"))


def _erased(error: KeyDestroyed) -> ResponseReturnValue:
    return page(410, title=sentence("error.404.title"), text=sentence("key.destroyed"))


def _locked(error: KeysError) -> ResponseReturnValue:
    """Say that a text does not open. For the one who keeps the installation there is a line in the log, ids only."""
    logger.error("%s: %s", type(error).__name__, error)
    return page(503, title=sentence("error.500.title"), text=sentence("key.missing"))


def _somebody_was_first(error: IntegrityError) -> ResponseReturnValue:
    """Two did the same at one moment, and the database let one in; the other one looks again."""
    logger.warning("%s refused by the database: %s", request.endpoint, type(error.orig).__name__)
    return page(409, title=sentence("error.422.title"), text=sentence("busy.same_moment"))


def _refused(error: Invalid) -> ResponseReturnValue:
    """Bring people back to the page they sent, with a sentence; a page that cannot be shown says why."""
    said = sentence(error.key, **error.fields)
    if wants_json():
        return jsonify(error=said), 422
    back = page_of_the_form() if request.method not in db.SAFE_METHODS else None
    if back is None:
        return page(422, title=sentence("error.422.title"), text=said)
    flash(said, "error")
    return redirect(back, code=303)


def page_of_the_form() -> str | None:
    """Return the address of the page with the form: what the form says, else the page that was left, else this one."""
    named = identity.safe_next(request.form.get("next"))
    if named is not None:
        return named
    try:
        left = urlsplit(request.referrer or "")
    except ValueError:
        # No browser sends what is no address.
        left = urlsplit("")
    if left.netloc == request.host and left.path:
        query = f"?{left.query}" if left.query else ""
        return identity.safe_next(left.path + query)
    try:
        request_context = current_app.url_map.bind_to_environ(request.environ)
        request_context.match(request.path, method="GET")
    except (HTTPException, RequestRedirect):
        return None
    return request.path


def _not_signed_in(error: identity.NotSignedIn) -> ResponseReturnValue:
    """Ask to sign in. Who sent text meanwhile sees it back: it is stored nowhere else."""
    if wants_json():
        return jsonify(error=sentence("session.lost")), 401
    if request.method in db.SAFE_METHODS:
        way = stepping.way_in()
        if way is not None:
            return redirect(way, code=303)
        lost = identity.lost_session()
        if lost:
            identity.leave()
            flash(sentence("session.lost"), "info")
        asked = identity.asked_address()
        address = current_app.url_for("auth.sign_in", next=asked if asked != "/" else None)
        return redirect(address, code=303)
    typed = tuple(
        value
        for name, value in request.form.items(multi=True)
        if len(value) >= TYPED_ENOUGH and name != "csrf_token" and "passphrase" not in name
    )
    return page(401, title=sentence("error.401.title"), text=sentence("error.401.text"), typed=typed)


def _csrf(error: CSRFError) -> ResponseReturnValue:
    return page(400, title=sentence("error.csrf.title"), text=sentence("error.csrf.text"))


def _http(error: HTTPException) -> ResponseReturnValue:
    status = error.code or 500
    if isinstance(error, SecurityError):
        # Asked for by a name that is not ours: no address can be made for such a request, so no whole page either.
        return _bare(status, title=sentence("error.400.title"), text=sentence("error.400.text"))
    if status < 400 or isinstance(error, RequestRedirect):
        return error.get_response()
    known = status if status in _OWN_PAGES else 400 if status < 500 else 500
    answer = page(
        status,
        title=sentence(f"error.{known}.title"),
        text=sentence(f"error.{known}.text", megabytes=MAX_UPLOAD_BYTES // (1024 * 1024)),
    )
    response = current_app.make_response(answer)
    for name, value in error.get_headers():
        if name.lower() in ("allow", "retry-after"):
            response.headers[name] = value
    return response


def _broken(error: InternalServerError) -> ResponseReturnValue:
    """Say that it is our fault, and nothing about what went wrong: that is in the log."""
    g.broken = True
    title, text = sentence("error.500.title"), sentence("error.500.text")
    try:
        return page(500, title=title, text=text)
    except Exception:  # whatever else is broken, people get an answer
        logger.exception("the error page itself cannot be shown")
        return _bare(500, title=title, text=text)


def _bare(status: int, *, title: str, text: str) -> Response:
    """Return an answer that needs nothing: no template, no styles, no database."""
    page = (
        f'<!doctype html><html lang="{i18n.language()}"><title>{escape(title)}</title>'
        f"<h1>{escape(title)}</h1><p>{escape(text)}</p></html>"
    )
    return Response(page, status=status, mimetype="text/html")
