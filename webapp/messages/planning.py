"""Planning an interview, handing it over, what one sees in one's list."""

from __future__ import annotations

from webapp.messages.marks import Counted, _l

SENTENCES: dict[str, str | Counted] = {
    "note.long": _l("Deze tekst is te lang. Het mogen %(maximum)s tekens zijn. Maak hem korter."),
    "pseudonym.in_text": _l("Deze naam staat al in de tekst. Verander hem bij ‘Namen weghalen’."),
    "hand_over.note": _l("Schrijf eerst een briefje. Dan weet de volgende wat er al is gedaan."),
    "hand_over.person": _l("Kies eerst wie het gesprek overneemt. Dan kun je verder."),
    "audit.interview.plan": _l("veranderde een afspraak"),
    "audit.interview.plan.planned_for": _l("veranderde de dag of tijd van een gesprek"),
    "audit.interview.plan.place_type": _l("veranderde de plek van een gesprek"),
    "audit.interview.plan.channel": _l("veranderde hoe iemand is gevonden"),
    "audit.interview.plan.address": _l("veranderde je of u"),
    "audit.interview.plan.perspective": _l("veranderde met wie het gesprek is"),
    "audit.interview.plan.municipality_id": _l("veranderde de gemeente van een gesprek"),
    "audit.interview.plan.pseudonym": _l("koos een andere naam voor iemand"),
    "audit.interview.plan.held_on": _l("veranderde de dag van een gesprek"),
    "audit.interview.plan.representative": _l("veranderde wie er meebeslist"),
    "audit.interview.plan.companion": _l("schreef op dat er iemand meekomt"),
    "audit.interview.plan.companion gone": _l("schreef op dat er toch niemand meekomt"),
    "audit.interview.hand_over": _l("gaf een gesprek door"),
}
