"""Names away: marking, undoing, approving and sending back."""

from __future__ import annotations

from webapp.messages.marks import Counted, _l

SENTENCES: dict[str, str | Counted] = {
    "names.own_decision": _l(
        "Je hebt hier zelf iets gekozen. Zet dat terug, of vraag iemand anders om goed te keuren."
    ),
    "names.split": _l("Vink een paar plekken aan, maar niet allemaal. Die gaan dan over iemand anders."),
    "names.undo_gone": _l("Dit kan niet meer terug. De tekst is intussen veranderd, of het is al teruggezet."),
    "names.undo_later": _l("Later is hier nog iets aan veranderd. Zet dat eerst terug."),
    "names.part": _l("Dit deel is er niet meer. De tekst is intussen veranderd."),
    "names.note": _l("Schrijf op wat de interviewer nog moet doen. Het mogen %(maximum)s tekens zijn."),
    "names.replacement_names": _l("In ‘%(name)s’ staat een naam die weg moet. Kies daar eerst andere woorden."),
    "replacement.in_project": _l("‘%(name)s’ is in dit project al in gebruik. Kies een andere naam."),
    "risk.level": _l("Kies eerst hoe groot de kans is dat iemand herkend wordt."),
    "risk.reason": _l("Schrijf op waarom je dat denkt. Het mogen %(maximum)s tekens zijn."),
    "mark.nothing": _l("Kies eerst wat het vertelt over iemand."),
    "mark.handling": _l("Kies eerst wat ermee moet gebeuren."),
    "mark.place": _l("Deze woorden staan niet in dit deel. Typ ze zoals ze er staan."),
    "mark.words": _l("Schrijf op wat er dan komt te staan. Het mogen %(maximum)s tekens zijn."),
    "mark.again": _l("Dit stuk is al aangewezen. Het staat in de lijst."),
    "audit.names.propose.handed in": _l("leverde de namen in"),
    "audit.names.propose.marked": _l("wees aan wat iemand herkenbaar maakt"),
    "audit.names.approve.sent back": _l("gaf een tekst met namen terug"),
}
