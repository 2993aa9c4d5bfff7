"""After an interview: debrief, worries, hours, training."""

from __future__ import annotations

from webapp.messages.marks import Counted, _l

SENTENCES: dict[str, str | Counted] = {
    "worry.none": _l("Bij dit gesprek zijn nu geen zorgen."),
    "worry.done": _l("Schrijf eerst op wat je hebt gedaan. Dan kun je verder."),
    "hours.minutes": _l("Vul een tijd in van 1 minuut tot 24 uur."),
    "audit.debrief.write": _l("vertelde hoe een gesprek was"),
    "audit.debrief.read": _l("las hoe een gesprek was"),
    "audit.safety.flag": _l("meldde zorgen"),
    "audit.safety.read": _l("las wat er over zorgen is geschreven"),
    "audit.safety.seen": _l("zag dat er zorgen zijn"),
    "audit.safety.close": _l("schreef op wat er met zorgen is gedaan"),
    "audit.training.keep": _l("veranderde een lijst met training"),
}
