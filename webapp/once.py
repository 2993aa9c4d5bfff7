"""The same thing sent twice is done once.

A phone that hears nothing sends again, with the same `Idempotency-Key`. The first time the change and the answer are
written in one transaction; after that the stored answer is given and nothing is done.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec

from flask import Response, jsonify, make_response, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import IntegrityError

from interviews.clock import now
from interviews.db import transaction
from interviews.models import Received
from webapp import identity
from webapp.db import session
from webapp.messages import sentence

P = ParamSpec("P")
View = Callable[P, ResponseReturnValue]
_WORDLESS = re.compile(
    r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"  # an id
    r"|\d{4}-\d{2}-\d{2}(?:T[0-9:.+Z-]{5,30})?"  # a day, a moment
    r"|/[A-Za-z0-9:._/?&=#-]{0,200}"  # an address of ours
)
_OWN_WORDS = frozenset({"state", "status", "kind", "origin", "how", "part"})
"""Fields of an answer that hold one of our own words, such as "held"."""
_MOST_PARTS = 200
"""Longest list that is kept of an answer."""


def once(kind: str) -> Callable[[View[P]], View[P]]:
    """Let a JSON view that changes something be asked again without doing it again. `kind` says what was sent.

    Goes below the door (`@opens` … `@once`), so that rights are asked for each time. The view may open its own
    `transaction`; its commit waits for this one. An answer of 2xx is kept, without its words; what was refused may be
    asked again. A request without a key, or with somebody else's, is answered 400 or 401.
    """

    def mark(view: View[P]) -> View[P]:
        @wraps(view)
        def answered(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
            if _another_person():
                return jsonify(error=sentence("session.lost")), 401
            key = _key()
            if key is None:
                return jsonify(error=sentence("offline.key_missing")), 400
            known = _answered(key, kind)
            if known is not None:
                return known
            try:
                return _do(key, kind, lambda: view(*args, **kwargs))
            except IntegrityError:
                # Sent twice at one moment: the other one was written first.
                session().rollback()
                known = _answered(key, kind)
                if known is None:
                    raise
                return known

        return answered

    return mark


def _another_person() -> bool:
    """Tell whether the item is not of the person whose session came with it: two people share one phone."""
    said = request.headers.get("X-Person")
    return said is not None and said != str(identity.actor().person_id)


def _key() -> uuid.UUID | None:
    try:
        return uuid.UUID(request.headers.get("Idempotency-Key", ""))
    except ValueError:
        return None


def _answered(key: uuid.UUID, kind: str) -> ResponseReturnValue | None:
    known = session().get(Received, key)
    if known is None:
        return None
    if known.person_id != identity.actor().person_id or known.kind != kind:
        return jsonify(error=sentence("offline.key_used")), 422
    return jsonify(known.answer), known.status


def _do(key: uuid.UUID, kind: str, view: Callable[[], ResponseReturnValue]) -> Response:
    with transaction(session()):
        answer = make_response(view())
        if 200 <= answer.status_code < 300:
            session().add(
                Received(
                    id=key,
                    person_id=identity.actor().person_id,
                    kind=kind,
                    status=answer.status_code,
                    answer=wordless(answer.get_json(silent=True)),
                    at=now(),
                )
            )
    return answer


def wordless(answer: Any) -> dict[str, Any]:
    """Return what may be kept of an answer: numbers, yes and no, ids, moments and addresses, in at most two levels.

    Everything else is left out: what somebody wrote is kept in one place only, under the interview's own key.
    """
    if not isinstance(answer, dict):
        return {}
    return {
        str(name): kept
        for name, value in answer.items()
        if (kept := value if _is_own_word(name, value) else _without_words(value, depth=2)) is not _LEFT_OUT
    }


_LEFT_OUT: Any = object()


def _is_own_word(name: object, value: object) -> bool:
    return name in _OWN_WORDS and isinstance(value, str) and re.fullmatch("[a-z_]{1,24}", value) is not None


def _without_words(value: Any, *, depth: int) -> Any:
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, str):
        return value if _WORDLESS.fullmatch(value) else _LEFT_OUT
    if depth and isinstance(value, list | tuple) and len(value) <= _MOST_PARTS:
        found = [_without_words(one, depth=depth - 1) for one in value]
        return _LEFT_OUT if any(one is _LEFT_OUT for one in found) else found
    if depth and isinstance(value, dict):
        return {
            str(name): kept
            for name, one in value.items()
            if (kept := _without_words(one, depth=depth - 1)) is not _LEFT_OUT
        }
    return _LEFT_OUT
