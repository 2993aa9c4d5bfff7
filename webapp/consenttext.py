"""What is read out to somebody who is asked for consent: in Dutch, with `u` or `je`, for who tells and for who sits in.

Read aloud to interviewees, so it is not translated with the pages. Where the start guide has a sentence it is taken
from there; it has the explanations in the form with `u` only, and nothing for a companion: those are written here.
Another text is another version: `interviews.consents.TEXT_VERSION` (a test holds the two together).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

import yaml

from coding.starter import start_guide_text
from coding.summaries import wording
from interviews.consents import asked_of
from interviews.models import Project
from interviews.models.interview import Address, Part
from interviews.models.project import AfterExport
from interviews.scopes import Scope


@dataclass(frozen=True, slots=True)
class ScopeText:
    """One use of the story as it is read out: the sentence, what it means, and the question that checks it."""

    scope: Scope
    label: str
    explain: str
    check: str
    picture: str
    """Name of the icon."""


@dataclass(frozen=True, slots=True)
class ConsentText:
    """Everything that is read out to one person."""

    intro: str
    representative: str
    """Instead of the intro, for who decides for somebody else."""
    agrees: str
    """The question to somebody who does not decide alone."""
    teach_back: str
    refused: str
    """To somebody who does not take part."""
    withdraw: str
    thanks: str
    scopes: tuple[ScopeText, ...]


_PICTURES = {
    Scope.USE_RESEARCH: "heart-handshake",
    Scope.RECORD: "mic",
    Scope.QUOTE_PSEUDONYM: "quote",
    Scope.SUMMARY_SELF: "file-text",
    Scope.MUNICIPALITY_REPORT: "landmark",
    Scope.PORTRAIT: "book-open",
    Scope.OWN_NAME: "user",
    Scope.CO_READ: "users",
    Scope.ARCHIVE: "archive",
    Scope.CONTACT_AGAIN: "phone",
}

_EXPLAIN_JE = {
    Scope.USE_RESEARCH: "We halen namen, adressen en nummers weg. Je krijgt een andere naam.",
    Scope.QUOTE_PSEUDONYM: "Dan staat er een zin van jou in het verslag. Niemand ziet je echte naam.",
    Scope.SUMMARY_SELF: "Je leest of hoort de samenvatting. Je zegt wat er beter moet of wat eruit moet.",
    Scope.MUNICIPALITY_REPORT: "In dat verslag staat niets waaraan de gemeente jou herkent.",
    Scope.PORTRAIT: "Een portret gaat over één persoon. Mensen die jou kennen kunnen je herkennen.",
    Scope.OWN_NAME: "Dan is het niet meer geheim dat jij het bent. Namen van anderen halen we altijd weg.",
    Scope.CONTACT_AGAIN: "Je kunt dan nog steeds nee zeggen.",
}
_CHECK_JE = {
    Scope.USE_RESEARCH: "Wat doen wij met je naam?",
    Scope.QUOTE_PSEUDONYM: "Mag een zin van jou in het verslag komen?",
    Scope.SUMMARY_SELF: "Wat kun je doen als er iets niet klopt?",
    Scope.MUNICIPALITY_REPORT: "Ziet de gemeente je naam?",
    Scope.PORTRAIT: "Wie kan jou herkennen in een portret?",
    Scope.OWN_NAME: "Wat verandert er als je eigen naam erbij staat?",
    Scope.CO_READ: "Wie lezen jouw tekst nog meer?",
    Scope.ARCHIVE: "Mag iedereen jouw tekst zo lezen?",
    Scope.CONTACT_AGAIN: "Moet je meedoen als wij bellen?",
}
_COMPANION_LABELS = {
    Scope.USE_RESEARCH: "Ik zit erbij. Wat ik zeg mag in het onderzoek, zonder mijn naam.",
    Scope.MUNICIPALITY_REPORT: "De gemeente mag een verslag krijgen waarin meetelt wat ik zeg.",
}

_INTRO = {
    (Address.U, Part.TELLER): (
        "U hoort zo een paar keuzes. U kiest zelf. Zeg ja of nee bij elke keuze. Nee zeggen mag altijd."
    ),
    (Address.JE, Part.TELLER): (
        "Je hoort zo een paar keuzes. Je kiest zelf. Zeg ja of nee bij elke keuze. Nee zeggen mag altijd."
    ),
    (Address.U, Part.COMPANION): (
        "U zit erbij. Daarom vragen we het u ook. Het gaat om wat u zelf zegt. Nee zeggen mag altijd."
    ),
    (Address.JE, Part.COMPANION): (
        "Je zit erbij. Daarom vragen we het jou ook. Het gaat om wat je zelf zegt. Nee zeggen mag altijd."
    ),
}
_REPRESENTATIVE = {
    Address.U: (
        "U beslist samen met de ander. In elke zin betekent ‘ik’ de ander. Zeg ja of nee. Nee zeggen mag altijd. "
        "Daarna vragen we het ook aan de ander zelf."
    ),
    Address.JE: (
        "Je beslist samen met de ander. In elke zin betekent ‘ik’ de ander. Zeg ja of nee. Nee zeggen mag altijd. "
        "Daarna vragen we het ook aan de ander zelf."
    ),
}
_AGREES = {
    Address.U: "Wilt u dit zelf ook? Nee zeggen mag altijd. Dan doen we het niet.",
    Address.JE: "Wil je dit zelf ook? Nee zeggen mag altijd. Dan doen we het niet.",
}
_TEACH_BACK = {
    Address.U: "Kunt u in eigen woorden zeggen wat er met het gesprek gebeurt?",
    Address.JE: "Kun je in eigen woorden zeggen wat er met het gesprek gebeurt?",
}
_REFUSED = {
    Address.U: "U doet niet mee. Dat is goed. We nemen niets op en we bewaren geen tekst.",
    Address.JE: "Je doet niet mee. Dat is goed. We nemen niets op en we bewaren geen tekst.",
}
_THANKS = {
    Address.U: "Dank u wel. U krijgt een blad met uw keuzes.",
    Address.JE: "Dank je wel. Je krijgt een blad met jouw keuzes.",
}


_UNTIL = {
    Address.U: "Tot en met {day} wissen we alles als u stopt.",
    Address.JE: "Tot en met {day} wissen we alles als je stopt.",
}
_AFTER = {
    (Address.U, AfterExport.ERASE): "Daarna ook, maar wat al in een verslag staat, blijft daar staan.",
    (Address.JE, AfterExport.ERASE): "Daarna ook, maar wat al in een verslag staat, blijft daar staan.",
    (Address.U, AfterExport.KEEP): "Daarna gebruikt niemand uw verhaal nog. De tekst bewaren we dan achter slot.",
    (Address.JE, AfterExport.KEEP): "Daarna gebruikt niemand jouw verhaal nog. De tekst bewaren we dan achter slot.",
}


def erased_until(project: Project, address: Address) -> str:
    """Say until which day who stops has everything erased, and what happens after it; "" when no day was set."""
    if project.erase_until is None:
        return ""
    day = wording.long_date(project.erase_until, "nl")
    return f"{_UNTIL[address].format(day=day)} {_AFTER[address, project.after_export]}"


def text_for(project: Project, address: Address, part: Part = Part.TELLER) -> ConsentText:
    """Return what is read out in this project: to who tells, with the day that was agreed on for stopping.

    That day is the project's own and stands beside the text: another day is no other version.
    """
    text = consent_text(address, part)
    until = erased_until(project, address) if part is Part.TELLER else ""
    return replace(text, withdraw=f"{text.withdraw} {until}") if until else text


@cache
def consent_text(address: Address = Address.U, part: Part = Part.TELLER) -> ConsentText:
    """Return what is read out to somebody with this part, in this form of address."""
    guide = yaml.safe_load(start_guide_text())["consent"]
    entries = {Scope(entry["id"]): entry for entry in guide["scopes"]}
    withdraw = guide["withdraw"]
    informal = address is Address.JE
    scopes = []
    for scope in asked_of(part):
        entry = entries[scope]
        label = entry[f"label_{address.value}"]
        explain, check = entry["explain"], entry["check"]
        scopes.append(
            ScopeText(
                scope,
                label=_COMPANION_LABELS.get(scope, label) if part is Part.COMPANION else label,
                explain=_EXPLAIN_JE.get(scope, explain) if informal else explain,
                check=_CHECK_JE.get(scope, check) if informal else check,
                picture=_PICTURES[scope],
            )
        )
    return ConsentText(
        intro=_INTRO[address, part],
        representative=_REPRESENTATIVE[address],
        agrees=_AGREES[address],
        teach_back=_TEACH_BACK[address],
        refused=_REFUSED[address],
        withdraw=f"{withdraw[f'text_{address.value}']} {withdraw[f'limit_{address.value}']}",
        thanks=_THANKS[address],
        scopes=tuple(scopes),
    )
