"""A third lot of sentences with ages and numbers, for mending rules on; as `frames_more_facts`."""

from __future__ import annotations

AGES = """
{Grown} ben ik nou, en nog steeds hetzelfde liedje.
{Grown} jaar ben ik. Dan denk je dat je er wel bent.
{Young} was hij, en hij snapte het eerder dan ik.
Ik ben al {grown} hoor, ik ben geen kind meer.
Nou, {grown} alweer, waar blijft de tijd.
Mijn zoon, die is {young}, wil niet meer naar school.
Ik was een jaar of {young}, denk ik, toen het misging.
Op mijn {ordage} stond ik er alleen voor.
Sinds mijn {ordage} werk ik al.
Mijn kinderen zijn {young}, {young2} en {young3}.
Ik heb er drie: {young}, {young2} en {young3}.
De oudste is {young}, de middelste {young2} en de kleinste {young3}.
Hij heeft de {round} niet gehaald, mijn vader.
Ze is maar {grown} geworden, veel te jong.
Als {yearsold} vrouw kom je nergens meer tussen.
Er kwam een {yearsold} jongen aan het loket.
Toen mijn man {grown} werd, kreeg hij die brief.
Mijn vader is overleden, {grown} was hij.
Ik schat hem {grown}, misschien ouder.
Ik schat haar een jaar of {grown}.
Die zal nu ook {grown} zijn.
Ze moet inmiddels {grown} zijn, als ze nog leeft.
Hij was toen {grown}, ik {grown2}.
Ik voel me {grown}, maar ik ben {grown2}.
Ik ben de {round} gepasseerd.
Ik ben de {round} al voorbij.
Ik heb een zoon ({young}) en een dochter ({young2}).
Mijn moeder ({grown}) woont bij ons in.
Wie neemt er nou iemand aan van {grown}?
Een vrouw, {grown} jaar, gescheiden, dat ben ik.
De dochter is nu {young}, de zoon {young2}.
Ze werd in maart {young}.
We waren allebei {grown}, we wisten van niks.
Ze is al in de {round}.
Toen ik trouwde was ik {grown}.
Ik trouwde toen ik {grown} was.
Ik was nog geen {young} en ik stond in de fabriek.
Ze zeiden: u bent te oud. Ik ben {grown}!
Hoe oud ik ben? {Grown}.
Nog een paar maanden en ik ben {grown}.
Ik heb tot mijn {ordage} thuis gewoond.
Hij is ouder dan ik, {grown}.
Ik ben nu {grown}plus, zeg maar.
Mijn leeftijd? {Grown}.
Ik word er {grown} van het jaar.
U bent toch ook al {grown}, zei ze.
Ik ga {grown} worden in mei.
Op haar {young}de kreeg ze haar eerste kind.
Een meid van {young}, dat hoort op school te zitten.
Met {grown} ben je afgeschreven.
Het was een jonge vent, {grown} of zo.
Mijn man is drie jaar ouder, die is {grown}.
Mijn zusje van net {young} hielp mij.
Hij ziet eruit als {grown}.
Dat kind was {months} maanden toen we kwamen.
Ik ben {grown}. Ik heb geen diploma's.
Vorige week werd ik {grown}, niemand heeft gebeld.
Ik ben zelf {grown}, dus ik snap die mensen wel.
Mijn jongste zoon is nou {young}, en de oudste wordt {young2}.
Ze heeft twee kleintjes, {young} en {young2}.
Ik heb twee dochters, eentje van {young} en eentje van {young2}.
Een jongedame van {grown} zat achter de balie.
{Grown} was ik toen ik voor het eerst hulp vroeg.
Mijn opa is {grown} geworden, met al zijn tanden nog.
Mijn oma leeft nog, die is {grown}.
Op m'n {ordage} was ik al weduwe.
Vanaf mijn {ordage} heb ik schulden.
Ik ging op mijn {ordage} het huis uit.
Ze zien een {yearsold} man en ze denken: laat maar.
Mijn {yearsold} buurvrouw doet nog alles zelf.
Je bent {grown} en dan moet je nog je hand ophouden.
Mijn man, {grown}, ligt in het ziekenhuis.
Hij zal een jaar of {grown} geweest zijn.
Ik denk dat ze rond de {round} was.
Ze was achter in de {round}, die consulente.
Ik ben ver over de {round}.
Wat wil je, ik ben {grown}.
Dat zeg ik als vrouw van {grown}.
Ik was pas {young} jaar toen mijn moeder stierf.
Mijn zoon is {young} en die snapt het nog beter dan ik.
Die kleine van mij is nu {months} maanden.
Ik ben over twee jaar {grown}, dan krijg ik AOW.
Hij is net {young} geworden en hij mag nog niet stemmen.
Ik mocht van school toen ik {young} was.
Ze vroegen hoe oud ik was. {Grown}, zei ik.
Hoe oud was je toen? | Ik denk {young}.
Hoe oud zijn je kinderen? | {Young} en {young2}.
Hoe oud ben je nu? | Nu ben ik {grown}.
Mag ik je leeftijd weten? | {Grown}, bijna {grown2}.
Ik zeg: mevrouw, mijn vader is {grown}.
Nou ben ik {grown} en heb ik niks.
Als je dan {grown} bent, sta je achteraan.
Zij is {grown}, ik ben {grown2}, we redden ons wel.
Mijn broertje was {young}, mijn zusje {young2}, en ik moest koken.
Twee pubers, {young} en {young2}, en een hond.
Ik had een dochter van {young} thuis.
Met een kind van {young} kun je niet in een auto slapen.
Ze wordt van de zomer {young}.
Ik werd gisteren {grown}, hoera.
Hij haalde de {round} net niet.
Hij was, wat zal het zijn, {grown}.
Ik ben van middelbare leeftijd, {grown} om precies te zijn.
Mijn schoonmoeder is dik in de {round}.
Ik moest op mijn {ordage} weer naar school.
Ja, {grown} ben ik, je gelooft het niet.
Eigenlijk ben ik pas {grown}, maar ik voel me ouder.
Ik kwam hier als jongen van {young}.
Ik kwam hier toen ik {grown} jaar oud was.
Ik was {young}, bijna {young2}.
Ouder dan {grown} wordt niemand bij ons, mijn vader was {grown2}.
Mijn dochter zegt, die is nu {young}: mama, waarom huil je?
Dan ben je {grown} en dan begin je opnieuw.
Een knul van een jaar of {young} deed open.
""".strip().splitlines()

NUMBERS = """
Mijn postcode is {otherpostcode}, zoek maar op.
De postcode was {othersmallpostcode}, geloof ik.
Wat is uw postcode? | {otherspokenpostcode}.
Mijn postcode? Dat is {otherspokenpostcode}.
Ik zit op {otherpostcode}, huisnummer acht.
Je kunt me bellen op {otherphone}.
Haar nummer: {otherphone}.
Mijn telefoonnummer is {otherspokenphone}, na vijven.
Wat is je nummer? | {otherspokenphone}.
Bel {otherspokenphone} als er iets is.
Mijn rekeningnummer is {otheriban}.
Maak het over naar {otheriban}, alsjeblieft.
De rekening is {otherspokeniban}, van de bewindvoerder.
Mijn BSN is {otherbsn}.
Mijn burgerservicenummer, dat is {otherspokenbsn}.
Wat is je bsn? | {otherspokenbsn}.
Mijn mailadres is {otheremail}.
Stuur het naar {otheremail}, dan lees ik het.
Je kunt mailen naar {otherspokenemail}.
Mijn mail? {otherspokenemail}.
Onze postcode daar was {otherpostcode}.
Ik heb postcode {othersmallpostcode}, dat is de flat.
Postcode graag? | {otherspokenpostcode}.
De postcode, wacht, {otherspokenpostcode}.
Het is postcode {otherpostcode}, niet ver van het station.
Ik geef je mijn 06: {otherphone}.
Mijn moeder is te bereiken op {otherphone}.
App me maar, {otherphone}.
Telefoonnummer? | Ja, {otherspokenphone}.
Het noodnummer van mijn begeleider is {otherspokenphone}.
Op {otherspokenphone} kun je me altijd krijgen.
Alles gaat naar {otheriban}, behalve het leefgeld.
IBAN {otheriban}, staat op de brief.
Het rekeningnummer is {otherspokeniban}.
Bsn {otherbsn}, dat moest ik invullen.
Ze vragen je burgerservicenummer: {otherbsn}.
Mijn sofinummer was {otherspokenbsn}.
Wat is uw burgerservicenummer? | Momentje. {otherspokenbsn}.
E-mail: {otheremail}.
Ik heb een mailtje gestuurd vanaf {otheremail}.
Ik zeg: {otherspokenemail}, en zij typt wat anders.
Het mailadres van de bewindvoerder is {otherspokenemail}.
""".strip().splitlines()

NEUTRAL = """
Zestig was er te veel, zeiden ze, het waren er vijftig.
Ik woon er nu twintig jaar.
Na veertig jaar huwelijk ken je elkaar wel.
Twintig minuten, langer was het niet.
Tussen de vijftig en de zestig euro per week.
Ik was de dertigste in de rij.
Er zijn veertig wachtenden voor u.
De verwarming staat op achttien.
Ik ben twintig kilo afgevallen.
Hij rijdt er tachtig, waar je vijftig mag.
Ik kreeg er dertig, en de rest later.
Van negen tot twaalf zat ik te wachten.
Ze was zes weken weg.
Dat is drie jaar geleden, of vier.
Het was dertig graden in die kamer.
Dertig, veertig mails, en nooit antwoord.
Ik had er twaalf aangevraagd en twee gekregen.
De bus van elf uur was al weg.
Ze zitten daar met z'n twintigen op een afdeling.
Vijf, zes, zeven keer heb ik gebeld.
In de jaren tachtig was dat anders.
Ik sta op plek veertig van de wachtlijst.
Mijn huur is zevenhonderdtwintig.
Wij hebben zestig dozen ingepakt.
Ik heb vijftien jaar in de zorg gewerkt.
Ik heb zestien formulieren ingevuld.
Het gaat om vijfendertig euro, hè.
Na twaalf jaar werken sta je zo op straat.
Ze bellen je tussen tien en twaalf.
Het duurde nog zeker veertig minuten.
Ik woon op de achtste, zonder lift.
We waren met dertig in dat lokaal.
Ik had er eenentwintig van de dertig goed.
Een schuld van veertigduizend, ga er maar aan staan.
Bladzijde dertig moest ik tekenen.
Ik krijg vijftig per week, daar doe ik alles van.
De trein van twintig over was weg.
Er stonden er zeker zestig buiten.
Van de twintig zijn er twaalf gestopt.
Ik slaap vier uur, soms vijf.
Het zijn er nou nog zeven.
Hij belde na dertig dagen terug.
Drie maanden huurachterstand, meer was het niet.
Dat kost je zo tachtig.
Het is een huis van tachtig vierkante meter.
Een lening van vijftig, dat begon klein.
Een wachttijd van zestien weken.
Ik ben een van de twintig die mee mochten doen.
Dat was in de jaren negentig.
Ik was om acht uur al op.
""".strip().splitlines()
