"""Without network: what waits, what was sent, devices."""

from __future__ import annotations

from webapp.messages.marks import Counted, _l

SENTENCES: dict[str, str | Counted] = {
    "offline.key_missing": _l(
        "De telefoon stuurde dit niet goed op. Laad de bladzijde opnieuw. Je tekst blijft staan."
    ),
    "offline.key_used": _l("Dit is al eerder verstuurd, maar dan iets anders. Bel je projectleider."),
    "device.revoked": _l("Dit apparaat is afgemeld. De teksten die hier nog stonden, zijn gewist."),
    "device.gone": _l("Het apparaat is afgemeld. De teksten die daar nog stonden, kan niemand meer lezen."),
    "audit.device.add": _l("nam een apparaat in gebruik"),
    "audit.device.revoke": _l("meldde een apparaat af"),
}
