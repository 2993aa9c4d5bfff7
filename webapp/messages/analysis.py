"""Themes, coded passages, suggestions, memos and reports."""

from __future__ import annotations

from webapp.messages.marks import Counted, _l

SENTENCES: dict[str, str | Counted] = {
    "codebook.none": _l("Dit project heeft nog geen lijst met thema's. Vraag je projectleider om er een te kiezen."),
    "codebook.not_yaml": _l("Regel %(line)s van de lijst met thema's kan ik niet lezen. Kijk die regel na."),
    "codebook.wrong_schema": _l("Dit is geen lijst met thema's van Dichterbij (regel %(line)s: ‘%(schema)s’)."),
    "codebook.missing": _l("Op regel %(line)s van de lijst ontbreekt ‘%(field)s’. Vul dat in."),
    "codebook.alias": _l("Regel %(line)s van de lijst verwijst naar een andere regel. Schrijf de tekst zelf op."),
    "codebook.too_deep": _l("Regel %(line)s van de lijst is te diep ingesprongen. Maak de lijst eenvoudiger."),
    "codebook.too_big": _l("Deze lijst is te groot (vanaf regel %(line)s). De grens is %(limit)s. Maak hem kleiner."),
    "codebook.wrong_shape": _l("Op regel %(line)s van de lijst verwacht ik iets anders (%(expected)s). Kijk die na."),
    "codebook.unknown_field": _l("Regel %(line)s van de lijst: ‘%(field)s’ ken ik niet. Haal het weg of verbeter het."),
    "codebook.field_twice": _l("Regel %(line)s van de lijst: ‘%(field)s’ staat er twee keer. Haal er één weg."),
    "codebook.no_such_group": _l("Thema ‘%(theme)s’ hoort bij groep ‘%(group)s’, maar die groep is er niet."),
    "codebook.no_id": _l("Een thema of groep in de lijst heeft geen kenmerk (id). Vul dat in."),
    "codebook.theme_twice": _l("Het thema ‘%(id)s’ staat twee keer in de lijst. Haal er één weg."),
    "codebook.group_twice": _l("De groep ‘%(id)s’ staat twee keer in de lijst. Haal er één weg."),
    "theme.name": _l("Geef het thema een naam van 1 tot %(maximum)s tekens."),
    "theme.taken": _l("Er is al een thema ‘%(name)s’. Gebruik dat thema of kies een andere naam."),
    "theme.other_project": _l("Dit thema hoort bij een ander project. Kies een thema uit de lijst."),
    "segment.empty": _l("Kies eerst een stuk tekst. Kies daarna een thema."),
    "segment.outside": _l("Dit stuk past niet bij de tekst. Kies het stuk opnieuw."),
    "segment.text_moved": _l("Deze tekst is net verbeterd. Lees de pagina opnieuw en kies dan het stuk."),
    "suggestion.before_reading": _l("Lees eerst zelf het hele gesprek. Daarna zie je de voorstellen van de computer."),
    "memo.length": _l("Schrijf op wat je opvalt, in niet meer dan %(maximum)s tekens."),
    "memo.not_own": _l("Dit heeft iemand anders opgeschreven. Alleen diegene kan het veranderen."),
    "report.interview": _l("Kies eerst over welk gesprek het verslag gaat."),
    "report.nothing": _l("Er is nog niets om een verslag van te maken. Kies eerst thema's in een gesprek."),
    "summary.no_research": _l("Gesprek %(code)s mag niet gebruikt worden. De persoon zei daar geen ja tegen."),
    "summary.no_lines": _l("In gesprek %(code)s staat nog geen tekst. Vul die eerst in."),
}
