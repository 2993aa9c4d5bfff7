"""Asking for consent, one choice at a time."""

from __future__ import annotations

from webapp.messages.marks import Counted, _l

SENTENCES: dict[str, str | Counted] = {
    "consent.unreadable": _l("Deze keuzes kan ik niet lezen. Vul ze nog een keer in."),
    "consent.nothing_asked": _l("Er is nog niets gekozen. Vraag eerst ja of nee."),
    "consent.companion": _l("Wie erbij zit, kiest alleen over eigen woorden. Vraag de andere keuzes niet."),
    "consent.companions": _l("Er mogen %(maximum)s mensen bij zitten. Haal eerst iemand weg."),
    "consent.companion_asked": _l("Deze persoon heeft al gekozen. Daarom kan die niet meer weg."),
    "consent.how": _l("Kies hoe de ander het heeft gezegd."),
    "consent.signature": _l("Deze handtekening kan ik niet lezen. Wis hem en zet hem opnieuw."),
    "consent.text_version": _l("Deze keuzes horen bij een tekst die ik niet ken. Vul ze nog een keer in."),
    "consent.representative": _l("Deze persoon beslist niet alleen. Vraag het aan allebei."),
    "consent.agrees": _l("Vraag het ook aan de persoon zelf. Kies daarna ja of nee."),
    "consent.nobody_represents": _l("Deze persoon beslist alleen. Vraag het aan de persoon zelf."),
    "audit.consent.talk": _l("vroeg wat er met een verhaal mag"),
}
