"""The words of the names review: what kind of thing was found and why, what people mark, and what they did."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext

from interviews.detect.findings import IdentifierType
from interviews.models.name import IndirectKind, RiskLevel, SpecialCategory, StepKind
from interviews.names import Handling
from interviews.names.choices import Scale


def _l(text: str) -> str:
    """Mark `text` for the catalogue; it is translated when it is said."""
    return text


_KINDS: Mapping[IdentifierType, str] = {
    IdentifierType.PERSON: _l("naam van een persoon"),
    IdentifierType.PLACE: _l("plaats"),
    IdentifierType.LOCATION: _l("wijk of gebouw"),
    IdentifierType.ADDRESS: _l("adres"),
    IdentifierType.POSTCODE: _l("postcode"),
    IdentifierType.ORG: _l("organisatie"),
    IdentifierType.AGE: _l("leeftijd"),
    IdentifierType.DATE: _l("datum"),
    IdentifierType.PHONE: _l("telefoonnummer"),
    IdentifierType.EMAIL: _l("e-mailadres"),
    IdentifierType.USERNAME: _l("naam op internet"),
    IdentifierType.BSN: _l("BSN"),
    IdentifierType.IBAN: _l("rekeningnummer"),
    IdentifierType.CLIENT_NO: _l("klantnummer"),
    IdentifierType.LICENSE_PLATE: _l("kenteken"),
    IdentifierType.INDIRECT: _l("iets anders dat iemand herkenbaar maakt"),
}

_GENERAL = _l("Dit kan vertellen over wie het gaat.")
_REASONS: Mapping[str, str] = {
    "by_hand": _l("Iemand heeft dit zelf aangewezen."),
    "says_own_name": _l("Iemand zegt hier hoe hij of zij heet."),
    "called": _l("Er staat bij dat iemand zo heet."),
    "surname": _l("Dit is een achternaam."),
    "initials": _l("Er staan voorletters voor."),
    "spelled": _l("Hier spelt iemand een naam."),
    "first_name": _l("Dit is een voornaam."),
    "first_name_small": _l("Dit is een voornaam zonder hoofdletter."),
    "after_title": _l("Er staat ‘meneer’, ‘mevrouw’ of zoiets voor."),
    "after_relation": _l("Er staat een familielid of bekende voor, zoals ‘mijn zus’."),
    "capital_inside": _l("Dit woord heeft een hoofdletter, midden in een zin."),
    "capital_opening": _l("Dit woord heeft een hoofdletter en is geen gewoon woord."),
    "odd_capital": _l("Dit woord heeft een hoofdletter en is geen gewoon woord."),
    "named_elsewhere": _l("Dit woord is op een andere plek in het gesprek een naam."),
    "known_place": _l("Dit is een plaats in Nederland of daarbuiten."),
    "after_in": _l("Er staat ‘in’ voor. Dan is het vaak een plaats."),
    "part_of_town": _l("Dit is een deel van een stad of dorp."),
    "after_in_the": _l("Er staat ‘in de’ of ‘in het’ voor. Dan is het vaak een wijk of gebouw."),
    "after_to": _l("Er staat ‘naar’ voor. Dan is het vaak een plaats."),
    "after_place_word": _l("Er staat een woord als ‘dorp’ of ‘wonen in’ voor."),
    "meeting_place_word": _l("Dit is een plek waar mensen samenkomen."),
    "name_with_article": _l("Dit is een naam met ‘de’ of ‘het’ ervoor."),
    "after_at": _l("Er staat ‘bij’ voor. Dan is het vaak een organisatie."),
    "known_organisation": _l("Dit is een bekende organisatie."),
    "organisation_word": _l("Hier zit een woord in als ‘stichting’ of ‘school’."),
    "street": _l("Dit is een straat."),
    "street_number": _l("Dit is een straat met een huisnummer."),
    "postcode": _l("Dit ziet eruit als een postcode."),
    "after_postcode": _l("Er staat een postcode voor. Dan is het een plaats."),
    "postcode_spoken": _l("Dit is een postcode, uitgesproken."),
    "age_said": _l("Iemand zegt hier hoe oud iemand is."),
    "age_asked": _l("Er werd net gevraagd hoe oud iemand is."),
    "age_beside_age": _l("Er staat een leeftijd bij in de buurt."),
    "age_of_person": _l("Dit is de leeftijd van iemand."),
    "age_years_old": _l("Er staat ‘jaar oud’ of zoiets bij."),
    "age_after_name": _l("Dit getal staat achter een naam. Dan is het vaak een leeftijd."),
    "age_at_birthday": _l("Dit gaat over een verjaardag."),
    "age_decade": _l("Dit zegt ongeveer hoe oud iemand is."),
    "year_of_birth": _l("Dit is een geboortejaar."),
    "date_spoken": _l("Dit is een datum, uitgesproken."),
    "date": _l("Dit is een datum."),
    "phone_spoken": _l("Dit is een telefoonnummer, uitgesproken."),
    "phone": _l("Dit ziet eruit als een telefoonnummer."),
    "email": _l("Dit is een e-mailadres."),
    "email_spoken": _l("Dit is een e-mailadres, uitgesproken."),
    "web_address": _l("Dit is een adres op internet."),
    "profile_address": _l("Dit is een pagina van iemand op internet."),
    "handle": _l("Er staat een apenstaartje (@) voor. Dan is het een naam op internet."),
    "user_name_shape": _l("Dit ziet eruit als een naam op internet."),
    "user_name_spoken": _l("Dit is een naam op internet, uitgesproken."),
    "user_name_named": _l("Iemand zegt dat dit een naam op internet is."),
    "bsn_eleven_test": _l("Dit getal past bij een BSN."),
    "bsn_spoken": _l("Dit is een BSN, uitgesproken."),
    "bsn_named": _l("Er staat bij dat dit een BSN is."),
    "iban": _l("Dit is een rekeningnummer."),
    "iban_checked": _l("Dit is een rekeningnummer."),
    "account_spoken": _l("Dit is een rekeningnummer, uitgesproken."),
    "account_named": _l("Er staat bij dat dit een rekeningnummer is."),
    "client_number_spoken": _l("Dit is een klantnummer, uitgesproken."),
    "client_number_named": _l("Er staat bij dat dit een klantnummer of dossiernummer is."),
    "licence_plate": _l("Dit ziet eruit als een kenteken."),
    "licence_plate_spoken": _l("Dit is een kenteken, uitgesproken."),
    "long_number": _l("Dit is een lang nummer."),
    "long_number_spoken": _l("Dit is een lang nummer, uitgesproken."),
}


def kind_word(kind: IdentifierType) -> str:
    """Return what kind of thing this is, as people say it."""
    return str(gettext(_KINDS[kind]))


def reason_sentence(reason: str) -> str:
    """Return why something was proposed, for a reader who knows no rules; a reason without words gets a general one."""
    return str(gettext(_REASONS.get(reason, _GENERAL)))


INDIRECT: Mapping[IndirectKind, str] = {
    IndirectKind.JOB: _l("een bijzonder beroep"),
    IndirectKind.ILLNESS: _l("een zeldzame ziekte of beperking"),
    IndirectKind.FAMILY: _l("een bijzonder gezin of huishouden"),
    IndirectKind.CONVICTION: _l("een straf of contact met de politie"),
    IndirectKind.ORIGIN: _l("waar iemand vandaan komt"),
    IndirectKind.OTHER: _l("iets anders dat weinig mensen hebben"),
}
CATEGORIES: Mapping[SpecialCategory, str] = {
    SpecialCategory.HEALTH: _l("gezondheid"),
    SpecialCategory.ORIGIN: _l("afkomst"),
    SpecialCategory.RELIGION: _l("geloof"),
    SpecialCategory.SEXUAL: _l("seks of van wie iemand houdt"),
    SpecialCategory.CRIMINAL: _l("straf of politie"),
    SpecialCategory.POLITICAL: _l("politiek of vakbond"),
}
HANDLINGS: Mapping[Handling, str] = {
    Handling.GENERALISE: _l("Minder precies zeggen"),
    Handling.TAKE_OUT: _l("Weglaten"),
    Handling.LEAVE: _l("Laten staan"),
}
RISKS: Mapping[RiskLevel, str] = {
    RiskLevel.LOW: _l("Klein"),
    RiskLevel.MEDIUM: _l("Middel"),
    RiskLevel.HIGH: _l("Groot"),
}
SCALES: Mapping[Scale, str] = {
    Scale.ROLE: _l("Zeg wie het is in het verhaal"),
    Scale.PLACE: _l("Zeg wat voor plek het is"),
    Scale.SORT: _l("Zeg wat voor organisatie het is"),
    Scale.AGE: _l("Zeg ongeveer hoe oud"),
    Scale.DATE: _l("Zeg ongeveer wanneer"),
    Scale.LEFT_OUT: _l("Zeg alleen wat het was"),
}
STEPS: Mapping[StepKind, str] = {
    StepKind.DECIDED: _l("zei of het weg moet"),
    StepKind.RENAMED: _l("koos een andere naam"),
    StepKind.JOINED: _l("voegde twee namen samen"),
    StepKind.SPLIT: _l("maakte er twee van"),
    StepKind.ADDED: _l("voegde woorden toe"),
    StepKind.MARKED: _l("wees een stuk aan"),
    StepKind.HANDED_IN: _l("leverde in"),
    StepKind.SENT_BACK: _l("gaf de tekst terug"),
    StepKind.APPROVED: _l("keurde goed"),
}
