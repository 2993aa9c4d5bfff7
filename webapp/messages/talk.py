"""The interview itself: questions, notes."""

from __future__ import annotations

from webapp.messages.marks import Counted, _l

SENTENCES: dict[str, str | Counted] = {
    "talk.mark": _l("De tijd bij deze vraag klopt niet. Probeer het nog een keer."),
    "talk.day": _l("Deze dag is nog niet geweest. Kies de dag van het gesprek."),
    "talk.other_note": _l("Op een ander apparaat staat een andere tekst bij deze vraag. We bewaren ze allebei."),
    "talk.unreadable": _l("Deze aantekening kwam niet goed aan. Je tekst staat nog op dit apparaat."),
    "audit.interview.held": _l("zei dat het gesprek is gehouden"),
}
