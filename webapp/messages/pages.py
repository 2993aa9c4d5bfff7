"""Error pages."""

from __future__ import annotations

from webapp.messages.marks import Counted, _l

SENTENCES: dict[str, str | Counted] = {
    "error.400.title": _l("Dit ging niet goed"),
    "error.400.text": _l("Er kwam iets binnen dat ik niet begrijp. Ga terug en probeer het nog een keer."),
    "error.csrf.title": _l("Deze pagina stond te lang open"),
    "error.csrf.text": _l("Ga terug, ververs de pagina en probeer het nog een keer. Kopieer eerst wat je hebt getypt."),
    "error.401.title": _l("Je bent uitgelogd"),
    "error.401.text": _l("Er is nog niets opgeslagen. Log opnieuw in. Ga daarna terug en probeer het nog een keer."),
    "error.403.title": _l("Dit is niet voor jou"),
    "error.403.text": _l(
        "Dit stuk is voor anderen in je project. Wil je het toch zien? Vraag het aan je projectleider."
    ),
    "error.403.text_call": _l("Dit stuk is voor anderen in je project. Wil je het toch zien? Vraag het aan %(name)s."),
    "error.404.title": _l("Deze pagina is er niet"),
    "error.404.text": _l("Misschien klopt het adres niet, of is de pagina weg. Ga naar het begin en zoek daar verder."),
    "error.405.title": _l("Dit kan hier niet"),
    "error.405.text": _l("Deze pagina kun je niet zo openen. Ga naar het begin en probeer het vanaf daar."),
    "error.413.title": _l("Dit is te groot"),
    "error.413.text": _l("Het mag %(megabytes)s MB zijn. Kies een kleiner bestand, of bel iemand die kan helpen."),
    "error.422.title": _l("Dit kan nog niet"),
    "error.429.title": _l("Even wachten"),
    "error.429.text": _l("Je probeert het heel vaak achter elkaar. Wacht een minuut en probeer het dan opnieuw."),
    "error.500.title": _l("Er gaat iets mis bij ons"),
    "error.500.text": _l(
        "Het ligt niet aan jou. Wat al was opgeslagen, is bewaard. Probeer het over een paar minuten weer."
    ),
}
