"""Accounts, signing in, people of a project."""

from __future__ import annotations

from webapp.messages.marks import GENERAL, Counted, _l, _n

SENTENCES: dict[str, str | Counted] = {
    GENERAL: _l("Dit lukt nu niet. Kijk na wat je hebt ingevuld en probeer het nog een keer."),
    "sign_in.wrong": _l(
        "Dit klopt niet. Kijk op je kaartje of typ je inlogwoord opnieuw. Lukt het niet? Bel je projectleider."
    ),
    "sign_in.wrong_call": _l(
        "Dit klopt niet. Kijk op je kaartje of typ je inlogwoord opnieuw. Lukt het niet? Bel %(name)s."
    ),
    "sign_in.wait": _n(
        "Je hebt het een paar keer geprobeerd. Wacht %(minutes)s minuut en probeer het dan opnieuw.",
        "Je hebt het een paar keer geprobeerd. Wacht %(minutes)s minuten en probeer het dan opnieuw.",
        "minutes",
    ),
    "sign_in.busy": _l("Er loggen nu veel mensen tegelijk in. Wacht even en probeer het dan opnieuw."),
    "signed_out": _l("Je bent uitgelogd. Tot ziens."),
    "session.lost": _l("Je bent uitgelogd. Log opnieuw in."),
    "session.ended": _l("Dit apparaat is nu uitgelogd."),
    "session.others_ended": _l("Op alle andere apparaten ben je nu uitgelogd."),
    "login_word.shape": _l(
        "Kies een inlogwoord van 3 tot 40 tekens. Gebruik letters, cijfers, een punt of een streepje."
    ),
    "login_word.taken": _l("Dit inlogwoord is al van iemand anders. Kies een ander woord."),
    "passphrase.short": _l("Je wachtzin is te kort. Gebruik %(minimum)s tekens of meer, bijvoorbeeld vier woorden."),
    "passphrase.long": _l("Je wachtzin is te lang. Gebruik niet meer dan %(maximum)s tekens."),
    "passphrase.easy": _l("Deze wachtzin is te makkelijk te raden. Kies een paar woorden die niet bij elkaar horen."),
    "passphrase.differs": _l("De twee wachtzinnen zijn niet hetzelfde. Typ ze nog een keer."),
    "passphrase.empty": _l("Typ je wachtzin. Dan kun je verder."),
    "login_word.empty": _l("Typ eerst je inlogwoord. Dan kun je verder."),
    "display_name.empty": _l("Vul een naam in. Een andere naam dan de echte mag ook."),
    "roles.none": _l("Kies wat deze persoon gaat doen. Kies er minstens één."),
    "invitation.over": _l("Deze uitnodiging werkt niet meer. Vraag je projectleider om een nieuwe."),
    "invitation.key_held": _l(
        "Er is intussen een andere sleutelhouder. Vraag je projectleider om een nieuwe uitnodiging."
    ),
    "invitation.empty": _l("Typ de code van je kaartje. Dan kun je verder."),
    "invitation.municipality": _l("Kies van welke gemeente deze lezer is."),
    "invitation.accepted": _l("Welkom, %(name)s. Je kunt nu beginnen."),
    "people.self": _l("Je kunt jezelf niet weghalen. Vraag een andere projectleider om dat te doen."),
    "people.last_lead": _l(
        "Dit is de laatste projectleider. Maak eerst iemand anders projectleider, dan kan deze persoon weg."
    ),
    "people.ended": _l("%(name)s kan niet meer in dit project. Wat diegene maakte, blijft bewaard."),
    "recovery_code.length": _l(
        "De herstelcode heeft %(expected)s groepen nodig. Je typte er %(found)s. Kijk op het papier."
    ),
    "recovery_code.group": _l("In groep %(group)s van de herstelcode staat een fout. Kijk die groep na op het papier."),
    "recovery_code.unknown": _l("Deze herstelcode klopt niet. Kijk alle groepen na op het papier."),
    "busy.same_moment": _l(
        "Iemand deed dit op hetzelfde moment. Ga terug en kijk hoe het nu staat. Probeer het zo nodig nog een keer."
    ),
    "key.destroyed": _l("De tekst van dit gesprek is voorgoed gewist. Niemand kan hem nog lezen."),
    "key.missing": _l("De tekst van dit gesprek kan nu niet open. Er is niets gewist. Bel je projectleider."),
    "passphrase.old_wrong": _l("Dit is niet je wachtzin van nu. Typ hem nog een keer."),
    "passphrase.changed": _l("Je hebt een nieuwe wachtzin. Op andere apparaten ben je uitgelogd."),
    "changed.passphrase": _l("Je wachtzin is veranderd op %(moment)s."),
    "changed.factor": _l("Je tweede stap is ingesteld op %(moment)s."),
    "changed.factor_gone": _l("Je tweede stap is teruggezet op %(moment)s."),
    "changed.card": _l("Er is een kaartje voor je gemaakt op %(moment)s."),
    "changed.card_used": _l("Met je kaartje is ingelogd op %(moment)s."),
    "changed.call": _l("Was jij dat niet, en wist je er niet van? Bel %(name)s: %(phone)s."),
    "changed.call_lead": _l("Was jij dat niet, en wist je er niet van? Bel je projectleider."),
    "pin.empty": _l("Kies een pincode. Dan kun je verder."),
    "pin.shape": _l("Een pincode heeft %(digits)s cijfers. Typ er precies zoveel."),
    "pin.easy": _l("Deze pincode is te makkelijk te raden. Kies geen datum, geen jaartal en geen rijtje."),
    "pin.differs": _l("De twee pincodes zijn niet hetzelfde. Typ ze nog een keer."),
    "pin.set": _l("Dit apparaat heeft nu een pincode. Vertel hem aan niemand."),
    "proof.empty": _l("Typ eerst je wachtzin of je pincode. Dan kun je verder."),
    "card.wrong": _l("Dit klopt niet. Kijk op je kaartje. Is de code al gebruikt? Vraag dan een nieuw kaartje."),
    "card.used": _l("Je bent ingelogd. Hier log je voortaan in met je pincode."),
    "card.factor": _l("Deze persoon logt in met een wachtzin en een code van de telefoon. Een kaartje werkt dan niet."),
    "card.elsewhere": _l("Deze persoon werkt ook in een ander project. Daarom kun jij geen kaartje maken."),
    "second_factor.empty": _l("Typ eerst de code. Dan kun je verder."),
    "second_factor.wrong": _l("Deze code klopt niet, of hij is al gebruikt. Wacht op de volgende en typ die."),
    "second_factor.over": _l("Dat duurde te lang. Log opnieuw in."),
    "second_factor.new_codes": _l("Je hebt tien nieuwe codes. De oude werken niet meer."),
    "second_factor.reset": _l("De tweede stap van %(name)s is teruggezet. Diegene is overal uitgelogd."),
    "second_factor.self": _l("Je kunt je eigen tweede stap niet terugzetten. Vraag een andere projectleider."),
    "second_factor.none": _l("Deze persoon heeft geen tweede stap. Er is niets veranderd."),
    "second_step.needed": _l("Deze pagina is extra beschermd. Laat eerst zien dat jij het bent."),
    "second_step.send_again": _l("Laat eerst zien dat jij het bent. Verstuur het daarna nog een keer."),
    "second_step.wrong": _l("Dit klopt niet. Typ het nog een keer."),
    "people.handed_over": _n("%(count)s gesprek is nu van %(name)s.", "%(count)s gesprekken zijn nu van %(name)s."),
    "audit.second_factor.set_up": _l("stelde een tweede stap in"),
    "audit.second_factor.codes": _l("maakte nieuwe herstelcodes"),
    "audit.second_factor.recovery_used": _l("logde in met een herstelcode"),
    "audit.passphrase.change": _l("koos een nieuwe wachtzin"),
    "audit.device.pin": _l("koos een pincode op een apparaat"),
    "audit.session.end_others": _l("logde de andere apparaten uit"),
    "people.signed_out": _l("%(name)s is overal uitgelogd. Maak zo nodig een nieuw kaartje."),
    "people.self_devices": _l("Je kunt jezelf hier niet uitloggen. Dat doe je bij Mijn apparaten."),
    "audit.people.manage.signed out": _l("logde iemand op elk apparaat uit"),
    "audit.card.use": _l("logde in met een kaartje"),
    "audit.people.manage.card made": _l("maakte een kaartje voor iemand"),
    "audit.people.manage.second factor reset": _l("zette een tweede stap terug"),
    "audit.people.manage.passphrase reset": _l("gaf iemand een nieuwe wachtzin"),
    "audit.keys.appoint.by invitation": _l("werd sleutelhouder, met een uitnodiging"),
    "account.closed": _l("Dit account is gestopt. Nodig diegene opnieuw uit."),
    "project.title": _l("Geef het project een naam. Dan kun je verder."),
    "project.question": _l("Schrijf op wat je wilt weten. Dan kun je verder."),
    "municipality.name": _l("Vul de naam van de gemeente in. Dan kun je verder."),
}
