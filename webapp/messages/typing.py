"""Typing out: drafts, conflicts, handing in."""

from __future__ import annotations

from webapp.messages.marks import Counted, _l

SENTENCES: dict[str, str | Counted] = {
    "typing.unreadable": _l("Deze tekst kwam niet goed binnen. Hij staat nog op je scherm. Probeer het opnieuw."),
    "typing.too_long": _l("Deze tekst is te lang om te bewaren. Bel voor hulp. Je tekst staat nog op je scherm."),
    "typing.no_aside": _l("Hier valt niets te kiezen. Ga terug naar de tekst."),
    "typing.choose_first": _l("Er zijn nog twee teksten. Kies eerst welke je houdt. Daarna kun je inleveren."),
    "typing.changed": _l("Deze tekst is intussen veranderd. Kijk eerst of alles klopt. Lever daarna in."),
    "audit.raw.edit.typing": _l("typte aan een tekst met namen"),
    "audit.raw.edit.made by the computer": _l("kreeg een eerste tekst van de computer"),
}
