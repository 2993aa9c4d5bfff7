"""Every sentence that the field and the analysis have a key for, once, in plain Dutch (B1).

`interviews` and `coding` raise keys with fields; pages ask `sentence(key, **fields)`. Dutch is also what translators
read, so a sentence stands here whole and is never glued together.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping

from flask import current_app, has_app_context
from flask_babel import gettext, ngettext

from interviews.models.project import Role
from webapp.messages import (
    accounts,
    aftercare,
    analysis,
    attachments,
    audit,
    backup,
    checks,
    consents,
    field,
    files,
    guides,
    keys,
    names,
    offline,
    pages,
    planning,
    production,
    recordings,
    removals,
    retention,
    talk,
    tasks,
    typing,
    withdrawals,
    words,
)
from webapp.messages.marks import GENERAL, Counted

logger = logging.getLogger(__name__)


class UnknownMessage(LookupError):
    """A key without a sentence, or a sentence whose fields were not given."""


_PARTS = (
    accounts,
    field,
    analysis,
    files,
    words,
    pages,
    planning,
    guides,
    talk,
    consents,
    recordings,
    typing,
    offline,
    aftercare,
    checks,
    removals,
    retention,
    withdrawals,
    attachments,
    names,
    keys,
    tasks,
    audit,
    backup,
    production,
)
SENTENCES: Mapping[str, str | Counted] = {key: said for part in _PARTS for key, said in part.SENTENCES.items()}
"""Every key with its Dutch sentence. A part of the product has a module of its own here."""


def sentence(key: str, /, **fields: object) -> str:
    """Return the sentence for `key` in this request's language, with `fields` filled in.

    Raises UnknownMessage for a key without a sentence, or a field that is not given, while testing or developing; in
    use people get a general sentence and the key is logged.
    """
    try:
        return _said(SENTENCES[key], fields)
    except (KeyError, TypeError, ValueError) as error:
        if _fails_loudly():
            raise UnknownMessage(key) from error
        logger.exception("no sentence for %s with %s", key, sorted(fields))
        return _said(SENTENCES[GENERAL], {})


def _fails_loudly() -> bool:
    if has_app_context():
        return current_app.testing or current_app.debug
    # Commands speak without an application.
    return bool(os.environ.get("DICHTERBIJ_TESTING"))


def _said(text: str | Counted, fields: Mapping[str, object]) -> str:
    if isinstance(text, str):
        return str(gettext(text)) % fields
    count = int(str(fields[text.field]))
    return str(ngettext(text.one, text.many, count, **fields))


def role_name(role: Role) -> str:
    """Return what a role is called."""
    return sentence(f"role.{role.value}")


def audit_words(action: str, reason: str | None) -> str:
    """Return what a line of the log says somebody did. An action without words of its own is named as it is."""
    for key in (f"audit.{action}.{reason}", f"audit.{action}"):
        if key in SENTENCES:
            return sentence(key)
    return sentence("audit.other", action=action)
