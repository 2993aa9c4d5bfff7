"""Backups: what an operator is told when one cannot be made, is not whole, or does not come back."""

from __future__ import annotations

from webapp.messages.marks import Counted, _l

SENTENCES: dict[str, str | Counted] = {
    "backup.disk": _l("Schrijven lukt niet in %(folder)s. Is de schijf vol? Maak ruimte, of kies een andere map."),
    "backup.none": _l("In %(folder)s staat geen reservekopie. Kies de map die met dichterbij- begint."),
    "backup.key": _l(
        "Deze reservekopie gaat niet open: %(folder)s. De sleutel is een andere, of de kopie is beschadigd. "
        "Neem de goede sleutel, of een andere kopie."
    ),
    "backup.newer": _l("Deze reservekopie is van een nieuwere versie: %(folder)s. Werk eerst het programma bij."),
    "backup.damaged": _l("De reservekopie is beschadigd: %(name)s klopt niet. Gebruik een andere kopie."),
    "backup.database": _l("De gegevens in de reservekopie zijn beschadigd. Gebruik een andere kopie."),
    "backup.ledger": _l("De lijst van wat is gewist klopt niet, bij regel %(line)s. Zoek een andere ledger.jsonl."),
    "backup.pg_dump": _l("Er kwam geen kopie van PostgreSQL. Installeer pg_dump in de versie van de server."),
    "backup.pg_restore": _l("PostgreSQL nam de kopie niet aan. Installeer pg_restore in de versie van de server."),
    "backup.no_scratch": _l(
        "Op proef terugzetten lukt niet: PostgreSQL laat geen nieuwe database toe. Geef het account het recht CREATEDB."
    ),
    "restore.not_empty": _l("De map %(folder)s is niet leeg. Kies een lege map."),
    "restore.not_empty_database": _l("In deze PostgreSQL-database staat al iets. Maak een lege database."),
    "restore.other_database": _l(
        "De kopie is van een andere soort database. Zet DATABASE_URL zoals het bij de kopie was."
    ),
    "restore.kind": _l(
        "In %(folder)s staat een andere soort kopie. Noem eerst die van de gegevens, en met --keys die van de sleutels."
    ),
    "restore.ledger": _l(
        "Wie na deze kopie is gestopt, moet opnieuw worden gewist. Geef de nieuwste ledger.jsonl met --ledger. "
        "Is die er niet meer? Gebruik dan --without-ledger."
    ),
    "restore.old_ledger": _l("Deze ledger.jsonl is ouder dan die in de kopie. Geef de nieuwste."),
    "restore.no_ledger_file": _l("Geef met --ledger het bestand dat %(file)s heet."),
    "restore.unknown_erasure": _l("In de lijst van wat is gewist staat iets onbekends. Werk eerst het programma bij."),
    "restore.key": _l("De sleutel past niet bij deze kopie. Zet het goede sleutelbestand terug."),
    "audit.backup.made": _l("maakte een reservekopie"),
    "audit.backup.made.keys": _l("maakte een reservekopie van de sleutels"),
    "audit.backup.restored": _l("zette een reservekopie terug"),
}
