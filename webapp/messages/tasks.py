"""Long work, sound that is made ready, and the computer that writes down what it hears."""

from __future__ import annotations

from webapp.messages.marks import Counted, _l

SENTENCES: dict[str, str | Counted] = {
    "unreadable.no_sound_file": _l("Dit soort bestand kan ik niet openen. Kies een geluidsbestand, zoals mp3 of m4a."),
    "unreadable.silent_film": _l("In dit filmpje zit geen geluid. Kies een geluidsbestand, zoals mp3 of m4a."),
    "unreadable.broken_sound": _l("Dit geluid is kapot. Het bestand blijft bewaard. Vraag om hulp."),
    "unreadable.sound_too_long": _l("Deze opname is te lang. Een opname duurt hooguit 3 uur."),
    "unreadable.sound_too_heavy": _l("Deze opname kost te veel tijd om te openen. Hij blijft bewaard. Vraag om hulp."),
    "task.prepare_recording.waiting": _l("De opname wacht even. Daarna maken we hem klaar."),
    "task.prepare_recording.running": _l("We maken de opname klaar om te luisteren."),
    "task.prepare_recording.done": _l("De opname is klaar om te luisteren."),
    "task.prepare_recording.failed": _l("De opname speelt niet af."),
    "task.speech_to_text.waiting": _l("De computer begint zo met meeschrijven."),
    "task.speech_to_text.running": _l("De computer schrijft mee. Dat duurt lang. Je kunt intussen iets anders doen."),
    "task.speech_to_text.done": _l("De computer is klaar. De eerste tekst staat bij het uittypen."),
    "task.speech_to_text.failed": _l("Meeschrijven is niet gelukt."),
    "task.unexpected": _l("Er ging iets mis op de computer. Wat er is, blijft bewaard. Vraag om hulp."),
    "task.gave_up": _l("De computer probeerde het drie keer. Het lukt niet. Wat er is, blijft bewaard. Vraag om hulp."),
    "speech.no_program": _l(
        "De computer kan hier nog niet meeschrijven. Er ontbreekt een programma. Vraag je projectleider om hulp."
    ),
    "speech.no_model": _l(
        "De computer kan hier nog niet meeschrijven. Hij kent nog geen Nederlands. Vraag je projectleider om hulp."
    ),
    "speech.broken_model": _l(
        "De computer kan nu niet meeschrijven. Er is iets kapot. Vraag je projectleider om hulp."
    ),
    "speech.nothing_heard": _l("De computer hoorde geen woorden in deze opname. Luister zelf of er wordt gepraat."),
    "speech.gone": _l("De computer is gestopt. Deze opname mag niet meer gebruikt worden."),
    "audit.recording.speech_to_text": _l("vroeg de computer om een eerste tekst"),
    "audit.recording.speech_to_text.asked": _l("vroeg de computer om een eerste tekst"),
}
