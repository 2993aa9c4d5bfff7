"""Drawings and photos."""

from __future__ import annotations

from webapp.messages.marks import Counted, _l

SENTENCES: dict[str, str | Counted] = {
    "attachment.description": _l("Schrijf in een paar woorden wat er te zien is. Dan kun je verder."),
    "attachment.many": _l("Er staan al %(maximum)s plaatjes bij dit gesprek. Haal er eerst een weg."),
    "attachment.gone": _l("Dit plaatje is gewist."),
    "attachment.none": _l("Kies eerst een foto of tekening. Dan kun je verder."),
    "unreadable.no_picture": _l("Dit soort bestand kan ik niet openen. Kies een foto, zoals jpg of png."),
    "unreadable.picture_too_large": _l("Dit plaatje is te groot. Het mag %(megabytes)s MB zijn. Maak een nieuwe foto."),
}
