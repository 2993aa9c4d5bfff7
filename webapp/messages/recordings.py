"""Recordings: making, adding, playing, erasing."""

from __future__ import annotations

from webapp.messages.marks import Counted, _l

SENTENCES: dict[str, str | Counted] = {
    "recording.no_consent": _l("Deze persoon wil geen opname. Je kunt wel typen wat er is gezegd."),
    "recording.too_large": _l(
        "Deze opname is te groot (%(size)s MB). Het mag %(maximum)s MB zijn. Bel %(name)s, die kan helpen."
    ),
    "recording.too_large_nobody": _l("Deze opname is te groot (%(size)s MB). Het mag %(maximum)s MB zijn."),
    "recording.too_long": _l("Deze opname is te lang. Een opname duurt hooguit %(hours)s uur."),
    "recording.wrong_type": _l("Dit soort bestand kan ik niet openen. Kies een geluidsbestand, zoals mp3 of m4a."),
    "recording.incomplete": _l(
        "De opname is nog niet helemaal binnen. Je telefoon bewaart hem. Probeer het straks opnieuw."
    ),
    "recording.empty": _l("In deze opname zit nog geen geluid. Neem eerst iets op."),
    "recording.piece_too_large": _l("Dit stuk van de opname is te groot. Je telefoon bewaart het. Vraag om hulp."),
    "recording.other_bytes": _l("Op deze plek staat al ander geluid. Je telefoon bewaart dit stuk. Vraag om hulp."),
    "recording.closed": _l("Deze opname is al afgerond. Er kan niets meer bij. Begin een nieuwe opname."),
    "recording.erased": _l("Deze opname is gewist. Je kunt hem niet meer horen."),
    "recording.not_ready": _l("Deze opname is nog niet klaar om af te spelen. Kijk straks nog een keer."),
    "recording.damaged": _l("Het geluid van deze opname is beschadigd. Vraag om hulp."),
    "recording.unclear": _l("Dit klopt niet met de opname. Laad deze pagina opnieuw en probeer het nog eens."),
    "recording.note_too_long": _l("Deze notitie is te lang. Schrijf hooguit %(maximum)s tekens."),
    "recording.marks": _l("Er staan al %(maximum)s tekens bij deze opname. Haal er eerst een weg."),
    "recording.finished": _l("De opname is afgerond. We maken hem klaar om te luisteren."),
    "recording.erased_now": _l("De opname is gewist."),
    "recording.state.receiving": _l("nog niet helemaal binnen"),
    "recording.state.whole": _l("wordt klaargemaakt"),
    "recording.state.ready": _l("klaar om te luisteren"),
    "recording.state.failed": _l("speelt niet af"),
    "recording.state.erased": _l("gewist"),
    "recording.origin.recorded": _l("hier opgenomen"),
    "recording.origin.added": _l("bestand toegevoegd"),
    "audit.recording.add": _l("begon een opname"),
    "audit.recording.add.added": _l("voegde een opname toe"),
    "audit.recording.add.finished": _l("rondde een opname af"),
    "audit.recording.play": _l("luisterde naar een opname"),
    "audit.recording.erase": _l("wiste een opname"),
    "audit.recording.erase.time": _l("wiste een opname, omdat de tijd om was"),
    "audit.recording.erase.consent": _l("wiste een opname, omdat iemand geen opname meer wil"),
    "audit.recording.erase.stopped": _l("wiste een opname, omdat iemand het verhaal terugnam"),
}
