"""Stopping, wanting less, and getting reports back."""

from __future__ import annotations

from webapp.messages.marks import Counted, _l

SENTENCES: dict[str, str | Counted] = {
    "withdrawal.stopped": _l("Dit gesprek is al gestopt."),
    "withdrawal.nothing": _l("Kies wat er niet meer mag. Dan kun je verder."),
    "withdrawal.whole": _l("Wie niet meer meedoet, stopt helemaal. Kies dan: helemaal stoppen."),
    "withdrawal.reach": _l("Kies: helemaal stoppen of minder delen."),
    "withdrawal.asked": _l("Kies hoe de ander het vroeg."),
    "withdrawal.sure": _l("Zet het vinkje als je het zeker weet. Gewist is echt weg."),
    "withdrawal.date": _l("Vul een dag in, zoals 31-12-2027. Of laat het leeg."),
    "withdrawal.after": _l("Kies wat er na die dag gebeurt."),
    "handout.holder": _l("Vul in wie het verslag kreeg."),
    "audit.withdrawal.ask": _l("schreef op dat iemand stopt of minder wil delen"),
    "audit.withdrawal.ask.erased": _l("wiste een verhaal, omdat iemand stopte"),
    "audit.withdrawal.ask.closed": _l("sloot een verhaal af, omdat iemand stopte"),
    "audit.withdrawal.ask.less": _l("schreef op dat iemand minder wil delen"),
    "audit.withdrawal.keep": _l("veranderde tot wanneer alles gewist kan worden"),
    "audit.interview.erased": _l("wiste een gesprek"),
    "bundle.reason": _l("Schrijf op waarom je dit ophaalt. Dat wordt bewaard."),
    "audit.access.bundle.stopping": _l("haalde alles op wat bij een persoon hoort, bij het stoppen"),
    "audit.access.bundle": _l("haalde alles op wat bij een persoon hoort"),
    "audit.report.given": _l("schreef op wie een verslag kreeg"),
    "audit.report.recalled": _l("vroeg iemand om een verslag weg te gooien"),
}
