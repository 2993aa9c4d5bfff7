"""The words around a name that tell what kind of name it is. All folded (see `interviews.detect.lexicon.fold`)."""

from __future__ import annotations

import functools
import re

CAPITAL = "A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮİĴĶĹĻĽĿŁŃŅŇŊŌŎŐŒŔŖŘŚŜŞŠȘŢŤȚŦŨŪŬŮŰŲŴŶŸŹŻŽ"
"""Capital letters, for a class in a regular expression."""
REMARK = re.compile(r"\[[^\[\]]*\]")
"""A note of the transcriber ("[lacht]"). Stops at the next bracket: a row of brackets that never end costs no time."""
AROUND = 80
"""How many characters around a find its signs may stand. Slices to the end would make a long turn slow."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TITLES = _words(
    """mevrouw mevr mw meneer mijnheer menheer dhr heer dokter dr drs doctor professor prof juf juffrouw meester ome oom tante
    tant zuster broeder pastoor dominee imam pater frau madam madame mister miss moeke hadji hadja sheikh ds ir mr zr"""
)
KIN = _words(
    """zoon zoontje zoons dochter dochtertje dochters kind kinderen kids zus zusje zussen broer broertje broers moeder vader man
    vrouw vrouwtje partner vriend vriendin vriendinnen vrienden ex oma opa neef neefje nicht nichtje tante oom schoonmoeder
    schoonvader schoonzus schoonzusje zwager schoonzoon schoondochter kleinzoon kleindochter kleinkind kleinkinderen
    stiefvader stiefmoeder stiefzoon stiefdochter pleegzoon pleegdochter pleegkind pleegmoeder pleegvader tweeling baby
    jongste oudste middelste kleinste mama papa mam pap ma pa verloofde vent maat maatje makker kameraad kennis
    buurvrouw buurman buurjongen buurmeisje buren buurtje overbuurvrouw overbuurman huisgenoot huisgenote
    collega collegaatje baas chef leidinggevende teamleider teamleidster manager directeur directrice voorganger opvolger
    opvolgster consulent consulente klantmanager contactpersoon begeleider begeleidster coach jobcoach werkcoach
    werkconsulent inkomensconsulent regisseur casemanager trajectbegeleider hulpverlener hulpverleenster
    maatschappelijk werker werkster jongerenwerker opbouwwerker wijkagent agent huisarts arts dokter tandarts psycholoog
    psychiater therapeut therapeute verpleegster verpleegkundige advocaat advocate bewindvoerder bewindvoerster mentor
    docent docente leraar lerares leerkracht taaldocent taalmaatje vrijwilliger vrijwilligster coordinator stagiair stagiaire
    interviewer wethouder burgemeester makelaar huisbaas dominee ervaringsdeskundige budgetcoach schuldhulpverlener
    bestuurder voorzitter secretaresse receptioniste conciërge concierge beheerder kok trainer meid meisje jongen
    jongeman jonge jochie gast gozer kerel knul dame vrouwen mannen kleine kleintje iemand eentje type figuur peettante peetoom
    werkmeester ploegbaas voorman planner assistente assistent medewerker medewerkster ambtenaar ambtenares gastvrouw gastheer
    hulp poetshulp thuishulp oppas overbuur onderbuurman bovenbuurvrouw onderbuurvrouw bovenbuurman klant client clienten"""
)
OWNED = _words(
    """huis kamer keuken verjaardag idee school fiets auto telefoon moeder vader ouders familie naam schuld geld werk baan
    verhaal leven hond kat tas jas brief adres nummer huwelijk begrafenis bruiloft schuur winkel bed bank tuin kantoor loket bureau praktijk kapsalon atelier woning flat tante oma opa advies plan vraag"""
)
COMPASS = _words("noord zuid oost west zuidoost zuidwest noordoost noordwest nieuw-west oud-west oud-zuid nieuw-zuid")
HUMAN_VERBS = _words(
    """zei zegt vroeg vraagt gaf geeft belde belt vond dacht lachte lacht huilde huilt knikte regelde regelt hielp helpt
    schreef schrijft riep roept vertelde vertelt wist snapte snapt luisterde luistert mailde appte zuchtte stuurde beloofde
    heeft kwam komt ging werkte woont woonde kookte heet heette fietst begrijpt begreep"""
)
ONLY_IN_SURNAMES = _words("ten ter den der el ait te")
OFFICIAL = re.compile(
    r"(?:wet|dienst|beleid|fonds|toeslag|uitkering|plan|raad|kamer|bestuur|commissie|afdeling|inkomen|werk|wonen|onderwijs|"
    r"regeling|loket|balie|ministerie|overheid|bijstand|spelen|feest|dag|weken|akkoord|verdrag|verklaring|register|pas|"
    r"telefoon|app|programma|journaal|krant|nieuws|team|bank|sociaal|sociale|nederlandse|bureau|raadslid|fractie|partij|"
    r"bijbel|koran|heer|god|kanaal|vertrouwen|innovatie|participatie|adviseur|coach|werker|consulent|makelaar|u|uw|jij|je)$"
)
VILLAGE_ENDINGS = re.compile(
    r".{3}(?:drecht|loo|hoven|wolde|wold|rade|kerk|zijl|mond|beek|veen|broek|sluis|horst|heem|gouw|kamp|meer|geest|burg|dam|wijk|"
    r"zand|voirt|stein|ingen|lo|haven|schans|oord|eind|einde|dorp|hem|wijchem|buren|klooster|veld|rode|donk|waal|diep|"
    r"molen|land|kerken|borg|um|ens|ooi|poort|terp|huizen|dijk|foort|borgen|zwaag|klief|wier|stede)$"
)
SHORTENED = _words("mevr mw dhr hr dr drs ds ir mr prof fam zr")
SHORT_NAMES = _words("ad wia noor")
TELLING = _words("zei zegt vroeg vraagt riep belde belt dacht heeft had kwam komt schreef mailde appte antwoordde")
PROFESSIONS = _words(
    """rechter notaris advocaat advocate wethouder burgemeester officier inspecteur agent deurwaarder curator bewindvoerder
    griffier raadslid minister staatssecretaris rector directeur directrice conrector makelaar psychiater psycholoog
    tandarts huisarts arts chirurg specialist verpleegkundige docent leraar lerares teamleider consulent consulente
    klantmanager casemanager wijkagent rechercheur kapitein sergeant gedeputeerde commissaris kantonrechter"""
)
TOWN_NOUNS = _words(
    """burgemeester centrum stad dorp wethouder inwoners bewoners buitengebied station omgeving rand noorden zuiden oosten
    westen raad bevolking geschiedenis kern dorpsplein marktplein straten haven ziekenhuis sociale"""
)
REVEREND = _words("pastoor dominee dokter doctor dr ds professor prof pater heer burgemeester")
STREET_ENDINGS = re.compile(r".{3,}(?:straat|laan|kade|plein|weg|gracht|singel|dreef|plantsoen|park|hof|steeg|pad)$")
PETS = _words(
    """hond hondje honden teef reu pup poes poesje kat kater katje katten kitten konijn konijntje cavia hamster marmot paard
    pony merrie hengst geit bok schaap lam koe papegaai parkiet kanarie vogel vogeltje vis schildpad ezel kip haan fret rat"""
)
FAMILY = _words("familie fam gezin achternaam meisjesnaam familienaam achteren")
NAMED = _words(
    "heet heette heten heetten hiet genaamd genoemd naam achternaam voornaam roepnaam bijnaam meisjesnaam familienaam noem noemt noemen noemden noemde alias oftewel ene zekere"
)
GREETINGS = _words(
    """dag hoi hallo hey hee dank bedankt dankje dankjewel ja nee nou jezus god sorry moi houdoe doei ach och kijk zeg
    luister welkom hai salaam goedemorgen goedemiddag goeiemorgen wel toch hoor he joh u je precies mooi oke goed dia"""
)
PERSON_VERBS = _words(
    """zei zegt zeggen vroeg vraagt had heeft is was kwam komt ging gaat deed doet belt belde weet wist wil wilde wou werkt
    werkte heet heette noemt noemde snapt snapte stuurt stuurde gaf geeft keek kijkt liet laat nam neemt bleef blijft
    vond vindt dacht denkt riep roept schreef schrijft las leest hielp helpt luisterde luistert regelde regelt vertelde
    vertelt stond staat zat zit woonde woont werd wordt moest moet mag mocht kan kon zou zal lachte lacht huilde huilt praatte
    praat sprak spreekt begon begint haalde haalt bracht brengt kreeg krijgt kende kent hoorde hoort zag ziet droeg draagt
    kookte kookt zorgde zorgt zong zingt speelt speelde leerde leert zocht zoekt pakte pakt legde legt zette zet hield
    houdt liep loopt viel valt slaapt sliep eet at drinkt dronk knikte knikt zuchtte zwaaide mailde mailt appte appt tekende
    tekent mopperde voelde voelt gelooft geloofde vertrok vertrekt stopte stopt wacht wachtte reageerde reageert ook en toen dus"""
)

IN_WORDS = _words("in te uit vanuit omgeving richting nabij buiten rondom tussen richting binnenstad centrum")
TO_WORDS = _words("naar tot rond van vlakbij")
PLACE_NOUNS = _words(
    "gemeente stad dorp plaats plaatsje dorpje stadje woonplaats geboorteplaats eiland regio streek wethouder burgemeester arrondissement kamp azc asielzoekerscentrum"
)
HOME_VERBS = _words(
    "woon woont wonen woonde woonden gewoond verhuisd verhuizen verhuisde geboren getogen opgegroeid opgroeide kom komt kwam kwamen komen gekomen opgegroeid gevlucht vandaan"
)
WORK_WORDS = _words(
    """werk werkt werkte werken gewerkt baan baantje stage contract gestaan begonnen solliciteren gesolliciteerd
    sollicitatie uitzendbureau dienst dagen uur ochtend middag ochtenden middagen aangenomen ontslagen vrijwilliger
    vrijwilligerswerk werkgever bedrijf fabriek winkel magazijn kantoor proefplaatsing werkervaringsplek jongerenwerker
    medewerker opleiding cursus school studeer studeerde les lessen leerling zorg begeleiding dagbesteding wonen daarna eerst
    schoonmaak schoonmaken poetsen vakken productie lopende band uitzendkracht chauffeur beveiliger consulent"""
)

ORG_NOUNS = _words(
    """stichting vereniging bakkerij kwekerij slagerij zorggroep zorgboerderij boerderij manege garage autobedrijf bouwbedrijf
    aannemersbedrijf aannemer schildersbedrijf schoonmaakbedrijf schoonmaakgroep uitzendbureau uitzendorganisatie drukkerij
    kapsalon kapper restaurant eetcafe cafe hotel supermarkt winkel fabriek bedrijf firma werkgever scheepsbouw
    scheepswerf jachtwerf werf rederij visserij kantoor praktijk huisartsenpraktijk tandartspraktijk apotheek kliniek ziekenhuis
    verzorgingshuis verzorgingstehuis verpleeghuis verpleegtehuis bejaardenhuis woonzorgcentrum zorgcentrum zorginstelling
    instelling huize gezondheidscentrum expertisecentrum hospice thuiszorg thuiszorgorganisatie kraamzorg jeugdzorginstelling opvang daklozenopvang noodopvang
    nachtopvang vrouwenopvang maatschappelijke blijfgroep kinderdagverblijf kinderopvang creche peuterspeelzaal
    basisschool school middelbare vmbo praktijkschool praktijkonderwijs college lyceum scholengemeenschap scholengroep mbo
    hogeschool universiteit opleidingscentrum leerwerkbedrijf leerbedrijf werkbedrijf kringloop kringloopwinkel
    kinderboerderij toko zaadhandel mosselhandel groothandel handel handelsonderneming transportbedrijf transport
    tuincentrum tuinderij kas hoveniersbedrijf hovenier timmerfabriek timmerbedrijf dakdekkersbedrijf installatiebedrijf
    loodgieter loodgietersbedrijf schoonmaak naaiatelier atelier studio galerie theater podiumtechniek woningcorporatie
    corporatie woningbouwvereniging woonstichting woningstichting bewindvoerderskantoor advocatenkantoor kredietkamer
    vleesgroep vishandel viskraam bloemisterij bloemenzaak groentezaak groenteverwerker verzekeraar administratiekantoor
    schilder cateraar catering cateringbedrijf wasserij wasserette stomerij callcenter distributiecentrum magazijn
    postsorteerder taxibedrijf busbedrijf rijschool sportschool fitnesscentrum voetbalclub vv sc club band koor zwembad
    kinderkledingwinkel boekhandel fietsenmaker fietsenzaak ggz-instelling expertisecentrum taalschool taalbureau
    reintegratiebureau re-integratiebureau bureau adviesbureau organisatie loonbedrijf melkveebedrijf camping museumwinkel
    grand brasserie lunchroom pizzeria snackbar cafetaria ijssalon weekblad krant kerkgenootschap bv vof modehuis
    meubelzaak makelaardij zorgbureau zorgorganisatie welzijnsorganisatie welzijnsstichting bouwgroep coöperatie cooperatie"""
)
VENUE_NOUNS = _words(
    """buurthuis wijkcentrum wijkgebouw dorpshuis inloophuis inloop taalhuis buurtkeuken buurtcentrum buurtkamer huiskamer
    ontmoetingscentrum jongerencentrum jeugdhonk clubhuis museum bibliotheek kerk moskee tempel synagoge sporthal
    sportpark speeltuin park volkstuin moestuin buurttuin huis wijk buurt buurtschap flat flatgebouw complex plein
    activiteitencentrum gebouw zaal zaaltje parochie parochiehuis kazerne azc gevangenis pi camping woonwagenkamp
    repaircafe weggeefwinkel wijkhuis mfa kulturhus straat multifunctioneel tuin bos station metrostation halte steunpunt
    woonwagencentrum vakantiepark eetzaal ruilwinkel eethuis kantine loods haven"""
)
ORG_ENDINGS = re.compile(
    r"(?:bv|b\.v|vof|nv|groep|zorg|bouw|afbouw|techniek|schoonmaak|schoonmaakgroep|college|lyceum|school|transport|logistiek|"
    r"logistics|catering|maaltijden|uitzend|uitzendbureau|bakkerij|slagerij|kwekerij|fabriek|werken|beheer|bewind|bewindvoering|"
    r"metaal|food|foods|services|service|security|beveiliging|installaties|installatietechniek|machines|vastgoed|wonen|welzijn|"
    r"onderwijs|advocaten|notarissen|makelaars|administraties|consultancy|riet|hout|staal|textiel|mode|bloemen|groenten|vis|"
    r"vlees|versnijding|zonen|zn|plus|flex|clean|pack|tech|care|thuis|kinderopvang|opvang|montage|schilders|schilderwerken|"
    r"stukadoors|dakwerken|tegels|tuinen|hoveniers|recycling|kringloop|scholengroep|opleidingen|mavo|vmbo|academie|instituut|"
    r"kliniek|praktijk|apotheek|ziekenhuis|stichting|corporatie|wasserij|drukkerij|keukens|interieur|autos|automotive)$"
)
ORG_WORD_ENDINGS = re.compile(
    r"(?:college|lyceum|school|schole|zorg|zorggroep|groep|ziekenhuis|kliniek|bouw|plus|flex|tech|fabriek|werf|bakkerij|mavo|"
    r"kwekerij|boerderij|hoeve-zorg|kas|brouwerij|drukkerij|slagerij|kapsalon|onderwijs|wonen|opvang|huisartsen|stichting)$"
)
LOCATION_ENDINGS = re.compile(
    r"(?:buurt|wijk|kwartier|polder|eiland|plein|markt|park|hof|flat|toren|torens|poort|kamp|hoek|burg|haven|huis|schuur|"
    r"boog|veste|oord|landen|dorp|tuinen|lanen|zoom|heuvel|meer|velden|plantage|stee|stede|weide|brink|warande)$"
)
SCHOOL_ENDINGS = re.compile(r"(?:college|lyceum|school|mavo)$")

PARTICLES = _words(
    "van de der den ter ten te het 't 's in op aan vd v/d el al ben bin ibn ait ould oulad da do dos das di del della la le du san abu abou bou oude"
)
PARTICLES_OPEN = _words("van de der den ter ten te het 't el al ait oude ben bin da dos di la le abu abou vd")
EMPLOYERS = _words(
    """philips tata hoogovens dsm asml vdl daf akzo unilever shell stork fokker nedcar bavaria grolsch vion vitens essent
    jumbo lidl aldi plus action hema blokker kruidvat zeeman primark ikea bol coolblue postnl dhl dpd ups schiphol klm ns
    randstad tempo-team manpower olympia ah albert-heijn albert praxis gamma hornbach karwei picnic gorillas thuisbezorgd
    uber mcdonalds mcdonald's kfc sligro makro nettorama dirk vomar hoogvliet deen coop spar"""
)
SCHOOL_SHORT = _words("roc aoc mbo obs cbs rkbs vso so obo azc ggz ggd mc bv vv sv fc sc hv rkvv asv")
SEATS_OF_POWER = frozenset({"den haag", "brussel"})
DIRECTIONS = _words("noord oost zuid west centrum binnenstad")


def ends_like(key: str, nouns: frozenset[str]) -> bool:
    """Tell whether `key` is one of `nouns`, or a compound that ends in one of more than five letters."""
    return key in nouns or key.endswith(_long_nouns(nouns))


@functools.cache
def _long_nouns(nouns: frozenset[str]) -> tuple[str, ...]:
    return tuple(noun for noun in nouns if len(noun) > 5)
