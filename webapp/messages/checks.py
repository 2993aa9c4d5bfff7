"""The interviewee checks; passes for guests."""

from __future__ import annotations

from webapp.messages.marks import Counted, _l

SENTENCES: dict[str, str | Counted] = {
    "check.no_summary": _l("Deze persoon wil geen samenvatting. Je kunt wel de hele tekst laten nakijken."),
    "check.sentences": _l("Schrijf 1 tot %(maximum)s korte zinnen. Zet elke zin op een nieuwe regel."),
    "check.long": _l("Er is een zin met meer dan %(maximum)s tekens. Maak er twee korte zinnen van."),
    "check.closed": _l("Op elke wens is al een antwoord gegeven. Wilt u nog iets anders? Bel dan even."),
    "check.outdated": _l("De tekst is intussen verbeterd. We vragen het u opnieuw."),
    "check.place": _l("Dit stuk staat niet op deze pagina. Open de pagina opnieuw."),
    "check.reply": _l("Schrijf op waarom het niet kan. De ander leest dat."),
    "pass.wrong": _l("Deze code klopt niet. Kijk nog eens goed. U kunt het nog %(count)s keer proberen."),
    "pass.over": _l("Deze link werkt niet meer. Vraag uw interviewer om een nieuwe."),
}
