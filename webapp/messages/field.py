"""Interviews, consent, transcripts, names and keys."""

from __future__ import annotations

from webapp.messages.marks import Counted, _l, _n

SENTENCES: dict[str, str | Counted] = {
    "guide.unreadable": _l("Deze vragenlijst kan ik niet lezen. Kies het bestand dat uit Dichterbij komt."),
    "interview.people": _l("Aan een gesprek doen 1 tot %(maximum)s mensen mee. Kies een ander aantal."),
    "pseudonym.taken": _l("In dit project heet al iemand ‘%(name)s’. Kies een andere naam."),
    "consent.no_research": _l(
        "Deze persoon heeft nog geen ja gezegd tegen meedoen. Vraag dat eerst. Daarna kun je de tekst toevoegen."
    ),
    "transcript.exists": _l("Bij dit gesprek staat al een tekst. Open die tekst om hem te veranderen."),
    "transcript.empty": _l("Er staat nog geen tekst. Typ of plak eerst wat er is gezegd."),
    "transcript.speakers": _l("In dit gesprek praten te veel mensen. Het mogen er %(maximum)s zijn."),
    "revision.stale": _l(
        "Iemand anders heeft deze tekst net veranderd. Jouw tekst is niet weg. Leg de twee teksten naast elkaar."
    ),
    "raw.reason": _l("Schrijf op waarom je de tekst met namen wilt lezen. Dat wordt bewaard."),
    "draft.lost": _l("Deze tekst hoort niet bij dit gesprek. Voeg het bestand nog een keer toe."),
    "research.none": _l("De namen in deze tekst zijn nog niet weg. Daarna kun je hem hier lezen."),
    "speaker.unknown": _l("Deze spreker staat niet in het gesprek. Kies een spreker uit de lijst."),
    "speaker.label": _l("Geef de spreker een korte naam, van 1 tot %(maximum)s tekens."),
    "speaker.taken": _l("Er is al een spreker ‘%(label)s’. Kies een andere naam."),
    "speaker.merge": _l("Deze twee sprekers horen niet bij hetzelfde gesprek. Kies een andere spreker."),
    "names.own_proposal": _l("Je hebt deze namen zelf weggehaald. Vraag iemand anders om ze na te kijken."),
    "names.changed": _l("Deze tekst is intussen veranderd. Kijk de namen nog een keer na."),
    "names.text_changed": _l("Deze tekst is intussen veranderd. Kijk de namen nog een keer na."),
    "names.empty": _l("Kies eerst de woorden die weg moeten."),
    "names.not_found": _l("‘%(words)s’ staat niet in de tekst. Kijk of je het goed hebt getypt."),
    "names.other_transcript": _l("Deze naam hoort bij een ander gesprek. Kies een naam uit dit gesprek."),
    "names.join": _l("Deze twee namen kunnen niet samen. Kies namen uit hetzelfde gesprek, van dezelfde soort."),
    "names.not_handed_in": _l("De namen zijn nog niet ingeleverd. Vraag de interviewer om dat te doen."),
    "names.undecided": _n(
        "Nog 1 stuk is niet bekeken. Bekijk dat eerst.", "Nog %(count)s stukken zijn niet bekeken. Bekijk die eerst."
    ),
    "replacement.length": _l("De andere naam heeft 1 tot %(maximum)s tekens. Kies een kortere naam."),
    "replacement.in_text": _l("‘%(name)s’ staat ook echt in de tekst. Kies een andere naam."),
    "replacement.taken": _l("‘%(name)s’ is al de naam van iemand anders in dit gesprek. Kies een andere naam."),
}
