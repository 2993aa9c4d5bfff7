"""Who is at the other end: a random token in a cookie, a row in the database, and nothing else.

Flask-Login keeps who that is for the length of a request (`current_user`). Its own cookies are not used: a signed cookie
cannot be ended by the server, and "remember me" would outlive the row.
"""

from __future__ import annotations

import base64
import binascii
import json
import logging
import secrets
from datetime import timedelta
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from flask import Flask, Request, Response, current_app, g, request
from flask import session as cookie
from flask.json.tag import TaggedJSONSerializer
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from flask_login import LoginManager, UserMixin, current_user
from itsdangerous import BadSignature
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from interviews import devices, people, throttle
from interviews.access import Actor, actor_for
from interviews.clock import now
from interviews.db import transaction
from interviews.keys import InstallationKey
from interviews.models import Device, LoginSession, Person
from interviews.people import Held, Standing
from webapp import db

logger = logging.getLogger(__name__)
_TOKEN = "token"  # noqa: S105  # the name of a field
_NONCE_BYTES = 12
_FLASHED = "_flashes"
"""Where Flask keeps the sentences for the next page."""
MOST_FLASHED = 5
TOUCH_EVERY = timedelta(minutes=1)
DEVICE_DAYS = 400
"""How long a browser keeps the cookie of its device after its last use: the longest that browsers allow."""
MOST_ON_A_DEVICE = 5
"""People who share one browser and keep drafts in it, each under an own key."""


class NotSignedIn(Exception):
    """The page needs to know who asks, and nobody is signed in."""


class _Seal:
    """Encrypts what Flask keeps in the cookie.

    Flask's own cookie is signed, but whoever finds the phone can read it: a sentence shown after a redirect may hold
    words from an interview.
    """

    def __init__(self, key: bytes) -> None:
        self._aead = AESGCM(key)
        self._json = TaggedJSONSerializer()

    def dumps(self, value: dict[str, Any]) -> str:
        nonce = secrets.token_bytes(_NONCE_BYTES)
        sealed = self._aead.encrypt(nonce, self._json.dumps(value).encode(), b"cookie")
        return base64.urlsafe_b64encode(nonce + sealed).decode("ascii")

    def loads(self, text: str, max_age: int | None = None) -> dict[str, Any]:
        # No age is checked: the session row in the database decides how long a token lives.
        try:
            raw = base64.urlsafe_b64decode(text.encode("ascii"))
            plain = self._aead.decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], b"cookie")
            value: dict[str, Any] = self._json.loads(plain.decode())
        except (InvalidTag, UnicodeError, binascii.Error, ValueError, json.JSONDecodeError) as error:
            raise BadSignature("not a cookie of this installation") from error
        return value


class SealedCookies(SecureCookieSessionInterface):
    """Flask's session in a cookie that only this installation can read."""

    def __init__(self, key: InstallationKey) -> None:
        self._seal = _Seal(key.derive("flask cookie"))

    def get_signing_serializer(self, app: Flask) -> _Seal:  # type: ignore[override]  # same two methods, sealed
        """Return what turns a session into the value of the cookie and back."""
        return self._seal

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Write the cookie, with the newest sentences only: browsers drop a cookie over 4 kB, and the sign-in with it.

        Files of the build are the same for everybody and stay out of it: an answer that varies with the cookie is
        fetched again as soon as that changes, over somebody's slow line.
        """
        if request.endpoint == "static":
            return
        if isinstance(session, SecureCookieSession):
            # As a plain dictionary: to look is not to use, and a page that uses nothing sets no cookie.
            waiting = dict.get(session, _FLASHED)
            if waiting and len(waiting) > MOST_FLASHED:
                dict.__setitem__(session, _FLASHED, waiting[-MOST_FLASHED:])
        super().save_session(app, session, response)

    def should_set_cookie(self, app: Flask, session: SessionMixin) -> bool:
        """Tell whether this response renews the cookie: not for files, which a shared cache may keep."""
        accessed = isinstance(session, SecureCookieSession) and session.accessed
        return session.modified or (session.permanent and accessed)


def init_app(app: Flask, key: InstallationKey, *, https: bool) -> None:
    """Set the cookie of `app`: unreadable, unreachable for scripts, and bound to this host when it is https."""
    app.session_interface = SealedCookies(key)
    app.extensions["dichterbij.device_key"] = partial(devices.key_of, key)
    app.extensions["dichterbij.address_mark"] = partial(throttle.of_address, key=key.derive("addresses"))
    app.extensions["dichterbij.factor_key"] = key
    app.config.update(
        DEVICE_COOKIE_NAME="__Host-dichterbij-device" if https else "dichterbij-device",
        # The prefix makes browsers refuse the cookie from a subdomain or over http.
        SESSION_COOKIE_NAME="__Host-dichterbij" if https else "dichterbij",
        SESSION_COOKIE_SECURE=https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_PATH="/",
        # Not Strict: who follows a link from a message to a page would look signed out, and sign in again and again.
        SESSION_COOKIE_SAMESITE="Lax",
        # A phone that closes its browser to save memory must not sign its owner out; the row ends the session.
        PERMANENT_SESSION_LIFETIME=people.IDLE,
        # Flask-Login looks for this cookie first; under a name that nobody can know there is none.
        REMEMBER_COOKIE_NAME=secrets.token_urlsafe(16),
    )
    manager = LoginManager(app)
    manager.session_protection = None  # it binds a session to an address, and phones change theirs all day
    manager.anonymous_user = lambda: None
    manager.request_loader(_visitor)


class Visitor(UserMixin):  # type: ignore[misc]  # Flask-Login has no types
    """Somebody with a live session, as Flask-Login knows them."""

    def __init__(self, session: LoginSession) -> None:
        self.session = session

    def get_id(self) -> str:
        """Return the id of the session: a person signed in on two phones is two visitors, ended apart."""
        return str(self.session.id)


def _visitor(_: Request) -> Visitor | None:
    found = held()
    if found is None or found.standing is not Standing.OPEN:
        # Locked, or not all the way in: to every page but the ones that say so this is nobody.
        return None
    _touch(found.session)
    return Visitor(found.session)


def held() -> Held | None:
    """Return the live session of whoever asks and where it stands, also one that opens no page now; or None.

    For the pages that unlock, ask the code or set up a second factor. Looked up once per request.
    """
    if "held" not in g:
        token = cookie.get(_TOKEN)
        g.held = people.held(db.session(), token) if isinstance(token, str) else None
    found: Held | None = g.held
    return found


def login() -> LoginSession | None:
    """Return the live session of whoever asks, or None; None too while it is locked or awaits a code."""
    found: LoginSession | None = current_user.session if current_user else None
    return found


def _touch(row: LoginSession) -> None:
    """Remember that the session is in use, at most once a minute and in a transaction of its own."""
    if now() - row.last_seen_at <= TOUCH_EVERY:
        return
    try:
        if request.method not in db.SAFE_METHODS:
            # This request's session already holds the write lock: a second one would wait for the first for ever.
            with transaction(db.session()):
                _note_use(db.session(), row)
            return
        with db.store().write() as apart, transaction(apart):
            own = apart.get(LoginSession, row.id)
            if own is not None:
                _note_use(apart, own)
    except OperationalError:
        # A full or busy disk is no reason to keep a page from being read.
        logger.warning("last use of session %s not noted", row.id)


def _note_use(session: Session, row: LoginSession) -> None:
    people.touch(row)
    device = None if row.device_id is None else session.get(Device, row.device_id)
    if device is not None:
        device.last_seen_at = row.last_seen_at


def lost_session() -> bool:
    """Tell whether the browser holds a token that no longer works: then somebody was signed out."""
    return _TOKEN in cookie and held() is None


def person() -> Person | None:
    """Return who is signed in, or None."""
    row = login()
    return None if row is None else row.person


def actor() -> Actor:
    """Return who asks, with the roles as they are now: a changed role counts at the next request.

    Raises NotSignedIn.
    """
    if "actor" not in g:
        row = login()
        if row is None:
            raise NotSignedIn
        g.actor = actor_for(db.session(), row.person_id)
    found: Actor = g.actor
    return found


def begin(opened: people.Opened) -> None:
    """Put a new session in the cookie. What was there goes: nobody can plant a session or a token beforehand."""
    language = cookie.get("language")
    cookie.clear()
    if language is not None:
        cookie["language"] = language
    cookie[_TOKEN] = opened.token
    cookie.permanent = True
    forget()


def renew(opened: people.Opened) -> None:
    """Put the new token of the same session in the cookie. The rest stays: a form in another tab still counts."""
    cookie[_TOKEN] = opened.token
    cookie.permanent = True
    forget()


def leave() -> None:
    """Empty the cookie. The caller ends the row in a transaction."""
    cookie.clear()
    forget()


def forget() -> None:
    """Look up again who asks."""
    g.pop("_login_user", None)
    g.pop("actor", None)
    g.pop("held", None)


def device_tokens() -> list[str]:
    """Return the tokens of the devices that this browser is, one per person who keeps drafts in it, the newest first."""
    found = request.cookies.get(current_app.config["DEVICE_COOKIE_NAME"], "")
    return [token for token in found.split(".") if token][:MOST_ON_A_DEVICE]


def devices_here() -> list[tuple[str, Device]]:
    """Return the devices that this browser is, each with its token; revoked ones too."""
    return devices.find(db.session(), device_tokens())


def device_of(person: Person) -> Device | None:
    """Return the device that this browser is for `person`; None when it is not one yet, or not any more."""
    return next(
        (one for _, one in devices_here() if one.person_id == person.id and not devices.is_over(one)),
        None,
    )


def device_key(device: Device) -> bytes:
    """Return the key of the drafts on `device`. Raises `interviews.devices.DeviceRevoked`."""
    key: bytes = current_app.extensions["dichterbij.device_key"](device)
    return key


def address() -> bytes:
    """Return what tries from this address count against: a keyed hash, never the address itself."""
    mark: bytes = current_app.extensions["dichterbij.address_mark"](request.remote_addr or "")
    return mark


def factor_key() -> InstallationKey:
    """Return the key under which the secrets of second factors are sealed."""
    key: InstallationKey = current_app.extensions["dichterbij.factor_key"]
    return key


def keep_devices(response: Response, tokens: list[str]) -> Response:
    """Let the browser keep these tokens, and no other, in a cookie that outlives sessions; return `response`."""
    name, https = current_app.config["DEVICE_COOKIE_NAME"], current_app.config["SESSION_COOKIE_SECURE"]
    if tokens:
        response.set_cookie(
            name,
            ".".join(tokens[:MOST_ON_A_DEVICE]),
            max_age=DEVICE_DAYS * 24 * 3600,
            secure=https,
            httponly=True,
            samesite="Lax",
            path="/",
        )
    else:
        response.delete_cookie(name, path="/", secure=https, httponly=True, samesite="Lax")
    return response


_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux"),
)
# In this order: browsers name the ones they descend from as well.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("Chrome", "Chrome"),
    ("CriOS", "Chrome"),
    ("Safari", "Safari"),
)


def device_name(user_agent: str) -> str:
    """Return what somebody recognises a device by, such as "Chrome · Android"; "" when the browser does not say."""
    found = [next((name for sign, name in names if sign in user_agent), "") for names in (_BROWSERS, _SYSTEMS)]
    return " · ".join(name for name in found if name)


def safe_next(address: str | None) -> str | None:
    """Return `address` when it is a path on this host, else None: a link must not lead people elsewhere after signing in.

    Browsers read a backslash as a slash and drop tabs and line ends, so those are refused.
    """
    if not address or not address.startswith("/") or address.startswith("//"):
        return None
    if "\\" in address or any(ord(character) < 0x21 for character in address):
        return None
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return None
    return address.rstrip("?")


def asked_address() -> str:
    """Return path and query of this request."""
    return request.full_path.rstrip("?")
