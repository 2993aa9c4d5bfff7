"""Words for roles, and for what the log says."""

from __future__ import annotations

from webapp.messages.marks import Counted, _l

SENTENCES: dict[str, str | Counted] = {
    "role.peer_interviewer": _l("Interviewer"),
    "role.co_coder": _l("Ervaringsdeskundige"),
    "role.researcher": _l("Onderzoeker"),
    "role.project_lead": _l("Projectleider"),
    "role.municipality_reader": _l("Gemeente"),
    "role.peer_interviewer.hint": _l("Voert gesprekken, typt ze uit en haalt namen weg."),
    "role.co_coder.hint": _l("Leest gesprekken zonder namen en kiest thema's."),
    "role.researcher.hint": _l("Kijkt na, kiest thema's en maakt verslagen."),
    "role.project_lead.hint": _l("Nodigt mensen uit en let op de afspraken."),
    "role.municipality_reader.hint": _l("Leest verslagen die zijn vrijgegeven."),
    "audit.other": _l("deed: %(action)s"),
    "audit.segment.place": _l("zette een stuk op zijn plek in de nieuwe tekst"),
    "audit.session.start": _l("logde in"),
    "audit.session.end": _l("logde een apparaat uit"),
    "audit.project.start": _l("begon het project"),
    "audit.invitation.accept": _l("nam een uitnodiging aan"),
    "audit.people.manage": _l("veranderde wie er meedoet"),
    "audit.people.manage.invited": _l("nodigde iemand uit"),
    "audit.people.manage.access ended": _l("haalde iemand uit het project"),
    "audit.interview.add": _l("maakte een gesprek"),
    "audit.consent.yes": _l("schreef een ja op bij toestemming"),
    "audit.consent.no": _l("schreef een nee op bij toestemming"),
    "audit.raw.read": _l("las een tekst met namen"),
    "audit.raw.reread": _l("las een nagekeken tekst met namen"),
    "audit.raw.edit": _l("veranderde een tekst met namen"),
    "audit.raw.edit.brought in": _l("voegde een tekst toe"),
    "audit.names.propose": _l("leverde de namen in"),
    "audit.names.approve": _l("keek de namen na"),
    "audit.theme.add": _l("maakte een thema"),
    "audit.segments.follow": _l("zette gekozen stukken om naar een nieuwe tekst"),
}
