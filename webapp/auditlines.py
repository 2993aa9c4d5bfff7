"""Lines of the log as people read them: a sentence each, and a list for a spreadsheet."""

from __future__ import annotations

import csv
import io
import uuid
from collections.abc import Iterable, Mapping

from flask_babel import gettext as _

from interviews.audit import Finding
from interviews.breaches import kind_of
from interviews.models import AuditEntry
from webapp.messages import SENTENCES, audit_words, sentence

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would take for a formula."""


def words_of(line: AuditEntry, code: str | None) -> str:
    """Return what somebody did, with the code of the interview where there is one: "las de tekst van D-03"."""
    action, reason = line.action, line.reason
    if code is None:
        return audit_words(action, reason)
    if f"audit.of.{action}.{reason}" in SENTENCES:
        return sentence(f"audit.of.{action}.{reason}", code=code)
    if f"audit.{action}.{reason}" not in SENTENCES and f"audit.of.{action}" in SENTENCES:
        return sentence(f"audit.of.{action}", code=code)
    return sentence("audit.of.other", what=audit_words(action, reason), code=code)


def finding_words(one: Finding) -> str:
    """Return what is wrong with the log, and where."""
    many = f"finding.{one.kind}.many"
    if one.last > one.first and many in SENTENCES:
        return sentence(many, first=one.first, last=one.last)
    return sentence(f"finding.{one.kind}", first=one.first)


def reason_of(line: AuditEntry) -> str:
    """Return why somebody read something, where that was asked; "" otherwise."""
    if line.reason is None or kind_of(line.action) is None or f"audit.{line.action}.{line.reason}" in SENTENCES:
        return ""
    return "" if line.action.startswith(("raw.edit", "report.", "names.", "backup.")) else line.reason


def as_csv(lines: Iterable[AuditEntry], names: Mapping[uuid.UUID, str], codes: Mapping[uuid.UUID, str]) -> bytes:
    """Return lines for a spreadsheet: UTF-8 with its mark, semicolons as a Dutch one expects, moments in UTC."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=";", quoting=csv.QUOTE_ALL)
    writer.writerow([_("Regel"), _("Tijd (UTC)"), _("Wie"), _("Wat"), _("Gesprek"), _("Waarom"), "action", "object"])
    for line in lines:
        code = codes.get(line.interview_id) if line.interview_id else None
        who = names.get(line.actor_id, "") if line.actor_id else _("Dichterbij zelf")
        row = [
            "" if line.seq is None else str(line.seq),
            f"{line.at:%Y-%m-%d %H:%M:%S}",
            who,
            words_of(line, code),
            code or "",
            line.reason or "",
            line.action,
            f"{line.object_kind} {line.object_id}",
        ]
        writer.writerow([_safe(cell) for cell in row])
    return written.getvalue().encode("utf-8-sig")


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_DANGEROUS) else cell
