"""Why the pages are not served, and what to do about it; and how it stands with copies and the log (`doctor`)."""

from __future__ import annotations

from webapp.messages.marks import Counted, _l

SENTENCES: dict[str, str | Counted] = {
    "unsafe.debug": _l("FLASK_DEBUG staat aan: dan ziet iedereen wat er misgaat. Haal die instelling weg."),
    "unsafe.http": _l(
        "Op %(host)s komen anderen er zonder https bij. Zet er een proxy met https voor, en zet DICHTERBIJ_PROXIES=1. "
        "Of gebruik --host 127.0.0.1."
    ),
    "unsafe.key_missing": _l("Er is geen sleutel in %(path)s. Zet hem terug met `dichterbij init --recover`."),
    "unsafe.key_weak": _l("De sleutel is te raden. Maak een nieuwe met `dichterbij keys rotate`."),
    "unsafe.key_exposed": _l("Anderen op deze computer kunnen de sleutel lezen: chmod 600 %(path)s"),
    "unsafe.key_inside": _l(
        "De sleutel staat bij de gegevens: %(path)s. Zet hem ergens anders, en zet DICHTERBIJ_KEY_FILE."
    ),
    "unsafe.data_exposed": _l("Anderen op deze computer kunnen bij de gegevens: chmod 700 %(path)s"),
    "unsafe.demo_account": _l(
        "Er is een account uit het voorbeeld, met een wachtzin die iedereen kent. Haal die mensen weg bij Mensen."
    ),
    "doctor.backup.none_yet": _l("Er is nog geen reservekopie. Maak er een met `dichterbij backup`."),
    "doctor.backup.old": _l("De laatste reservekopie is van %(day)s. Maak een nieuwe met `dichterbij backup`."),
    "doctor.backup.keys": _l(
        "De laatste kopie van de sleutels is te oud. Maak een nieuwe: `dichterbij backup --keys`."
    ),
    "doctor.backup.ok": _l("De laatste reservekopie is van %(day)s."),
    "doctor.tried.never": _l("Geen reservekopie is op proef teruggezet. Doe dat met `dichterbij backup --verify`."),
    "doctor.tried.old": _l("Een kopie is te lang niet op proef teruggezet. Doe dat met `dichterbij backup --verify`."),
    "doctor.tried.ok": _l("Een reservekopie is op proef teruggezet op %(day)s."),
    "doctor.files.missing": _l("Er zijn %(count)s opnames of plaatjes weg. Zet een reservekopie terug."),
    "doctor.files.damaged": _l("Er zijn %(count)s opnames of plaatjes beschadigd. Zet een reservekopie terug."),
    "doctor.files.unnamed": _l("Er zijn %(count)s bestanden die nergens bij horen. Start `dichterbij worker`."),
    "doctor.files.ok": _l("Alle %(count)s opnames en plaatjes zijn heel."),
    "doctor.log.touched": _l("Iemand heeft aan het logboek gezeten. Kijk met `dichterbij audit verify`."),
    "doctor.log.behind": _l("Het dagcijfer van het logboek is te oud. Start `dichterbij worker`."),
    "doctor.log.ok": _l("Het logboek klopt, tot en met regel %(seq)s."),
}
