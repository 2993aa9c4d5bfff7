"""Files that are read, and what was noticed in them."""

from __future__ import annotations

from webapp.messages.marks import Counted, _l, _n

SENTENCES: dict[str, str | Counted] = {
    "unreadable.broken": _l("Dit bestand is kapot. Sla het opnieuw op en probeer het nog een keer."),
    "unreadable.doctype": _l("Dit bestand heeft een onderdeel dat niet veilig is. Plak de tekst in het vak."),
    "unreadable.empty": _l("Dit bestand is leeg. Kies een ander bestand."),
    "unreadable.json": _l("Dit bestand is geen gesprek dat ik ken. Kies een ander bestand of plak de tekst."),
    "unreadable.no_text_column": _l("In deze tabel vind ik geen kolom met tekst. Noem die kolom ‘tekst’."),
    "unreadable.no_words": _l("In dit bestand staan geen woorden. Kies een ander bestand."),
    "unreadable.old_office": _l("Dit bestand is van een oud programma. Sla het op als .docx en probeer het opnieuw."),
    "unreadable.old_word": _l("Dit is een oud Word-bestand. Open het in Word en sla het op als .docx."),
    "unreadable.packed": _l("Dit is een ingepakt bestand. Pak het uit en kies het gesprek dat erin zit."),
    "unreadable.par_version": _l("Dit bestand komt uit een andere versie van Dichterbij (%(schema)s). Vraag om hulp."),
    "unreadable.password": _l("Op dit bestand zit een wachtwoord. Haal dat eraf en probeer het opnieuw."),
    "unreadable.pdf": _l("Een pdf kan ik niet goed lezen. Kies het Word-bestand, of plak de tekst in het vak."),
    "unreadable.picture": _l("Dit is een foto of plaatje. Kies een bestand met tekst."),
    "unreadable.refi_project": _l("Dit is een heel project. Vraag je projectleider om het binnen te halen."),
    "unreadable.rtf": _l("Dit soort bestand (rtf) kan ik niet openen. Sla het op als .docx."),
    "unreadable.slides": _l("Dit is een presentatie. Kies een bestand met tekst."),
    "unreadable.sound": _l("Dit is een opname. Kies hier een bestand met tekst."),
    "unreadable.spreadsheet": _l("Dit soort rekenblad kan ik niet openen. Sla het op als .csv."),
    "unreadable.too_heavy": _l("Dit bestand kost te veel tijd om te openen. Plak de tekst in het vak."),
    "unreadable.too_large": _l("Dit bestand is te groot. Het mag %(megabytes)s MB zijn. Bel je projectleider."),
    "unreadable.too_long": _l("Dit gesprek is te lang om in één keer te openen. Knip het in twee bestanden."),
    "unreadable.unknown": _l("Dit soort bestand kan ik niet openen. Kies een Word-bestand of plak de tekst."),
    "unreadable.word_xml": _l("Dit is een Word-bestand in xml. Open het in Word en sla het op als .docx."),
    "unreadable.xml": _l("Dit bestand is in xml. Dat lees ik niet. Kies een Word-bestand of plak de tekst."),
    "read.altchunk_left_out": _n(
        "1 ingevoegd bestand is niet meegenomen. Kijk of daar tekst in stond.",
        "%(count)s ingevoegde bestanden zijn niet meegenomen. Kijk of daar tekst in stond.",
    ),
    "read.changes_accepted": _l(
        "In het bestand stonden wijzigingen. De nieuwe tekst is gebruikt (%(inserted)s erbij, %(deleted)s eruit)."
    ),
    "read.chat_times": _n(
        "1 chatbericht heeft een kloktijd. Die is niet gebruikt als tijd in de opname.",
        "%(count)s chatberichten hebben een kloktijd. Die is niet gebruikt als tijd in de opname.",
    ),
    "read.columns_left_out": _l("Deze kolommen zijn niet meegenomen: %(columns)s."),
    "read.comments_left_out": _n(
        "1 opmerking in de kantlijn is niet meegenomen.", "%(count)s opmerkingen in de kantlijn zijn niet meegenomen."
    ),
    "read.empty_turns": _n("1 leeg stuk is overgeslagen.", "%(count)s lege stukken zijn overgeslagen."),
    "read.encoding_guessed": _l("Kijk of letters zoals é en ï goed staan. Het bestand zei niet hoe het is opgeslagen."),
    "read.footnotes": _n("1 voetnoot staat nu tussen de tekst.", "%(count)s voetnoten staan nu tussen de tekst."),
    "read.heading": _l("Dit leek een kop en hoort niet bij het gesprek: ‘%(text)s’."),
    "read.hidden_left_out": _n(
        "1 verborgen woord is niet meegenomen.", "%(count)s verborgen woorden zijn niet meegenomen."
    ),
    "read.no_speakers": _l("Ik kon niet zien wie er praat. Kies dat zelf bij elk stuk."),
    "read.page_text": _l("Dit staat boven of onder elke bladzijde en is niet meegenomen: ‘%(text)s’."),
    "read.remark": _l("Dit leek een opmerking en hoort niet bij het gesprek: ‘%(text)s’."),
    "read.times_not_rising": _n(
        "Bij 1 stuk loopt de tijd terug. Kijk die na.", "Bij %(count)s stukken loopt de tijd terug. Kijk die na."
    ),
}
