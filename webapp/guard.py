"""The door: every page says who may open it, and a page that does not say is closed.

`@public`, `@signed_in` and `@opens(Model, permission)` mark a view. `opens` loads the row that the address names and
asks `interviews.access` in one move, so that no view ever holds a row it did not ask for. To a stranger a row that
exists and a row that does not are one and the same 404.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, Literal, ParamSpec, TypeVar

from flask import Flask, abort, current_app, g, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

from interviews.access import require, subject_of
from interviews.errors import NotVisible
from webapp import db, identity

logger = logging.getLogger(__name__)

P = ParamSpec("P")
R = TypeVar("R")
Row = TypeVar("Row")
_MARK = "__door__"

limiter = Limiter(get_remote_address, storage_uri="memory://", default_limits=[])
"""Coarse limits per address, per process. What slows down guessing a passphrase is in `interviews.people`."""


@dataclass(frozen=True, slots=True)
class Door:
    """What a view says about who may open it."""

    kind: Literal["public", "signed_in", "opens"]
    model: type[object] | None = None
    permission: str | None = None
    arg: str | None = None
    """Name of the address part with the row's id."""


def public(view: Callable[P, R]) -> Callable[P, R]:
    """Let everybody open this page."""
    setattr(view, _MARK, Door("public"))
    return view


def signed_in(view: Callable[P, R]) -> Callable[P, R]:
    """Let everybody with an account open this page."""
    setattr(view, _MARK, Door("signed_in"))
    return view


def opens(
    model: type[Row], permission: str, *, arg: str | None = None
) -> Callable[[Callable[Concatenate[Row, P], R]], Callable[..., R]]:
    """Give the view the row that `<uuid:arg>` names, in the id's place and first, when the actor may do `permission`.

    `arg` is the model's name with `_id` unless given: `interview_id` for Interview. The wrapped view raises NotVisible
    (404) to a stranger or for a row that is not there, and NotAllowed (403) to a member without the right.
    """
    name = arg or re.sub(r"(?<!^)(?=[A-Z])", "_", model.__name__).lower() + "_id"

    def mark(view: Callable[Concatenate[Row, P], R]) -> Callable[..., R]:
        @wraps(view)
        def opened(*args: P.args, **kwargs: P.kwargs) -> R:
            actor = identity.actor()
            row = db.session().get(model, kwargs.pop(name))
            if row is None:
                raise NotVisible
            subject = subject_of(row)
            if actor.roles_in(subject.project_id):
                # Known before the right is: a member who may not is told whom to ask.
                g.project_id = subject.project_id
            require(actor, permission, subject)
            return view(row, *args, **kwargs)

        setattr(opened, _MARK, Door("opens", model, permission, name))
        return opened

    return mark


def door_of(view: object) -> Door | None:
    """Return what `view` says about who may open it; None when it says nothing."""
    found: Door | None = getattr(view, _MARK, None)
    return found


def permissions_of(app: Flask) -> dict[str, Door | None]:
    """Return every endpoint of `app` with its door. None stands for a page that nobody can open."""
    return {rule.endpoint: door_of(app.view_functions.get(rule.endpoint)) for rule in app.url_map.iter_rules()}


class _WithoutAddress(logging.Filter):
    """Takes the address of who asks out of the lines of the library of limits: no address is kept (`safety.md` T11)."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep the line, with its limit and endpoint only."""
        if record.args and str(record.msg).startswith("ratelimit "):
            limit, _address, endpoint = (*record.args, None, None)[:3] if isinstance(record.args, tuple) else (0, 0, 0)
            record.msg, record.args = "ratelimit %s exceeded at endpoint: %s", (limit, endpoint)
        return True


_WITHOUT_ADDRESS = _WithoutAddress()


def init_app(app: Flask) -> None:
    """Set the guard on every request of `app`."""
    limiter.init_app(app)
    limiter.logger.addFilter(_WITHOUT_ADDRESS)
    if "static" in app.view_functions:
        # Flask's own view for files is a lambda that cannot be decorated where it is written.
        setattr(app.view_functions["static"], _MARK, Door("public"))
    app.before_request(_refuse_other_sites)
    app.before_request(_stand_at_the_door)


def _refuse_other_sites() -> None:
    """Refuse a change that another site's page asks for. Browsers that do not say are held by the token alone."""
    if request.method not in db.SAFE_METHODS and request.headers.get("Sec-Fetch-Site") not in (
        None,
        "same-origin",
        "none",
    ):
        abort(403)


def _stand_at_the_door() -> None:
    if request.endpoint is None:
        return  # Flask answers 404 or 405 itself, the same to everybody.
    door = door_of(current_app.view_functions.get(request.endpoint))
    if door is None:
        logger.error("endpoint %s does not say who may open it", request.endpoint)
        abort(403)
    if door.kind != "public" and identity.login() is None:
        raise identity.NotSignedIn
