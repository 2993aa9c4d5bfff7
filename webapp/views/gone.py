"""What went and what is left of an interview, per table, in words for people."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext as _


def _words() -> dict[str, tuple[str, ...]]:
    """Return what people call it, with the tables that it is in; in the order of the page."""
    return {
        _("de opname"): ("recording", "recording_piece", "time_mark"),
        _("de tekst, in alle versies"): ("transcript", "revision", "turn", "speaker", "typing_draft", "typing_version"),
        _("namen en wat er in de plaats stond"): (
            "name_entity", "name_mention", "name_step", "part_look", "residual_risk",
        ),
        _("tekeningen en foto's"): ("attachment",),
        _("aantekeningen en briefjes"): ("question_note", "hand_over", "debrief"),
        _("thema's bij stukken van de tekst"): ("segment", "first_reading"),
        _("voorstellen van de computer"): ("suggestion", "suggestion_answer"),
        _("opmerkingen van het team"): ("memo", "theme_memo"),
        _("thema's in eigen woorden van deze persoon"): ("theme", "theme_text"),
        _("antwoorden bij het nakijken"): ("member_check", "check_answer"),
        _("wat eruit moest"): ("removal_request", "redaction", "redaction_decision"),
        _("naam en telefoon"): ("contact",),
        _("toestemming"): ("consent_talk", "consent_choice"),
        _("links naar het verhaal"): ("guest_pass",),
        _("het gesprek zelf en wie erin zat"): ("interview", "interviewee", "participation", "task"),
        _("versleutelde bestanden"): ("file",),
    }  # fmt: skip


def gone_words(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """Return what went, as (words, number of rows or files), in the order of the page."""
    known = {name for names in _words().values() for name in names} | {"report", "report_recalled"}
    lines = [(said, sum(counts.get(name, 0) for name in names)) for said, names in _words().items()]
    lines.append((_("andere gegevens bij dit gesprek"), sum(n for name, n in counts.items() if name not in known)))
    return [line for line in lines if line[1]]


def left_words(rows: Mapping[str, int]) -> list[tuple[str, int]]:
    """Return what is left, as (words, number of rows)."""
    said = {
        "withdrawal": _("de regel in de lijst van wie stopte: een code, een dag en aantallen"),
        "audit_entry": _("regels in het logboek: wie wat deed, zonder een woord van het verhaal"),
    }
    return [(said.get(name, _("nog iets in %(table)s", table=name)), count) for name, count in sorted(rows.items())]
