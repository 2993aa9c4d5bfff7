"""The sentences that the script of the desk says, in the language of the page. `{fields}` are filled in there."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import ngettext


def desk_words() -> dict[str, str]:
    """Return every sentence that the script of the desk asks for, by its key."""
    return {**_choosing(), **_suggesting(), **_telling()}


def _choosing() -> dict[str, str]:
    return {
        "margin.more": _("+ {count} meer"),
        "margin.fewer": _("minder"),
        "box.title": _("Thema kiezen"),
        "box.label": _("Welk thema past hier?"),
        "box.themes": _("Thema's"),
        "box.close": _("Sluiten"),
        "box.none": _("Geen thema gevonden met ‘{typed}’. Probeer een ander woord."),
        "box.new": _("Nieuw thema maken: {name}"),
        "box.sure": _("Toch nieuw thema maken: {name}"),
        "adjust.title": _("Stuk groter of kleiner maken"),
        "adjust.word-": _("− woord"),
        "adjust.word+": _("+ woord"),
        "adjust.sentence+": _("+ zin"),
        "adjust.turn": _("hele beurt"),
    }


def _suggesting() -> dict[str, str]:
    return {
        "suggestions.one": ngettext("Nog 1 voorstel niet bekeken.", "Nog %(num)s voorstellen niet bekeken.", 1),
        "suggestions.many": _("Nog {count} voorstellen niet bekeken."),
        "suggestions.none": _("Je hebt alle voorstellen bekeken."),
        "line": _("Regel {number}"),
        "why": _("Waarom:"),
        "why.reason": _("‘{reason}’"),
        "answer.fits": _("Past wel"),
        "answer.not": _("Past niet"),
        "answer.later": _("Later"),
        "answered.fits": _("‘{theme}’ past wel. Het staat nu bij de tekst."),
        "answered.not": _("‘{theme}’ past niet. Het voorstel is weg."),
        "answered.later": _("‘{theme}’ staat nu onderaan."),
    }


def _telling() -> dict[str, str]:
    return {
        "details.title": _("Dit stuk tekst"),
        "details.close": _("Sluiten"),
        "details.mine": _("Gekozen door jou"),
        "details.by": _("Gekozen door {coder}"),
        "details.suggested": _("voorstel van de computer"),
        "details.remove": _("Weghalen"),
        "mine.none": _("Je hebt hier nog geen thema's gekozen. Kies eerst woorden in de tekst."),
        "mine.one": ngettext("Je koos 1 stuk.", "Je koos %(num)s stukken.", 1),
        "mine.many": _("Je koos {count} stukken."),
        "status.wrong": _("Dat lukte niet."),
        "status.undo": _("Toch terugzetten"),
        "coded": _("Thema ‘{theme}’ staat bij regel {line}."),
        "removed": _("Thema ‘{theme}’ weggehaald."),
        "undo.nothing": _("Er is niets om terug te zetten."),
        "undone": _("Teruggezet."),
        "refused": _("Er is geen verbinding. Probeer het straks opnieuw."),
    }
