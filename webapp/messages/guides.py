"""The interview guide: reading, changing, remarks."""

from __future__ import annotations

from webapp.messages.marks import Counted, _l

SENTENCES: dict[str, str | Counted] = {
    "guide.concept_there": _l(
        "Er is al een nieuwe versie in de maak. Neem die eerst in gebruik, of gooi die eerst weg."
    ),
    "guide.fixed": _l("Deze versie is in gebruik en verandert niet meer. Maak een nieuwe versie."),
    "guide.empty": _l("Er staat nog geen vraag in. Voeg eerst een vraag toe."),
    "guide.full": _l("Er passen niet meer dan %(maximum)s vragen in een lijst. Haal er eerst een weg."),
    "guide.text": _l("Schrijf de vraag op, in niet meer dan %(maximum)s tekens."),
    "guide.topic": _l("Kies bij wie deze vraag hoort."),
    "guide.follow_up": _l(
        "Schrijf niet meer dan %(maximum)s vragen om door te vragen. Elke regel mag %(length)s tekens lang zijn."
    ),
    "guide.themes": _l("Kies niet meer dan %(maximum)s thema's bij één vraag."),
    "guide.remark": _l("Schrijf op wat je van de vraag vindt, in niet meer dan %(maximum)s tekens."),
    "guide.remark_bsn": _l(
        "Dit lijkt op een BSN. Dat mogen we niet bewaren. Haal het weg en probeer het nog een keer."
    ),
    "guide.no_file": _l("Kies eerst een bestand. Dan kun je verder."),
    "plain.too_long": _l("Deze zin heeft %(count)s woorden. Maak er twee zinnen van."),
    "plain.long": _l("Deze zin heeft %(count)s woorden. Korter leest makkelijker."),
    "plain.avoid": _l("‘%(words)s’ gebruiken we niet. Kies liever: %(better)s."),
    "plain.hard_word": _l("‘%(words)s’ is een moeilijk woord. Makkelijker is: %(better)s."),
    "plain.english": _l("‘%(words)s’ is Engels. Gewoner is: %(better)s."),
    "plain.clauses": _l("Deze zin bestaat uit veel stukken. Maak er losse zinnen van."),
    "plain.passive": _l("Staat erbij wie het doet? Zet die persoon vooraan."),
    "plain.mixed_address": _l("Hier staan ‘je’ en ‘u’ door elkaar. Kies er één."),
    "plain.wrong_address": _l("Hier staat ‘%(words)s’. Past dat bij hoe je de ander aanspreekt?"),
    "guide.change.added": _l("Nieuwe vraag"),
    "guide.change.removed": _l("Weggehaald"),
    "guide.change.words": _l("Andere woorden"),
    "guide.change.must": _l("Deze vraag stel je nu altijd"),
    "guide.change.no_must": _l("Deze vraag hoeft niet meer altijd"),
    "guide.change.topic": _l("Hoort nu bij iemand anders"),
    "guide.change.follow_up": _l("Andere vragen om door te vragen"),
    "guide.change.themes": _l("Past bij andere thema's"),
    "guide.change.moved": _l("Staat op een andere plek"),
    "guide.topic.opening": _l("Om te beginnen"),
    "guide.topic.closing": _l("Om af te ronden"),
    "guide.topic.group": _l("Voor een groep"),
    "audit.guide.take_in": _l("voegde een vragenlijst toe"),
    "audit.guide.new_version": _l("begon een nieuwe versie van de vragenlijst"),
    "audit.guide.publish": _l("nam een versie van de vragenlijst in gebruik"),
    "audit.guide.discard": _l("gooide een versie van de vragenlijst weg"),
    "audit.guide.question.add": _l("voegde een vraag toe aan de vragenlijst"),
    "audit.guide.question.edit": _l("veranderde een vraag van de vragenlijst"),
    "audit.guide.question.remove": _l("haalde een vraag uit de vragenlijst"),
    "audit.guide.remark": _l("schreef iets op bij een vraag"),
}
