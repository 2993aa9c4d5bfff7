"""Sentences with numbers, days, ages, places and houses that point at somebody. Slots as in `frames_people`."""

from __future__ import annotations

NUMBERS = """
Moet ik dat nummer noemen? {bsn}, dat staat achter op mijn pas.
Ze wilden weten: {bsn}. En of ik dat even wilde bevestigen.
Schrijf maar op, {bsn}, dat ben ik voor de overheid.
Mijn burgerservicenummer is {wrongbsn}, als ik het goed heb.
BSN: {wrongbsn}, zo staat het er.
M'n sofinummer, zo heette dat toen, {wrongbsn}.
Dan noem je je BSN, {spokenbsn}, en dan pas mag je verder.
Burgerservicenummer? Eh, {spokenbsn}.
Wat is uw BSN? | Dat is {spokenbsn}, dacht ik.
Ik ken hem nog, m'n bsn: {spokenbsn}.
Je kunt het storten op {iban}, graag voor de eerste.
Mijn rekeningnummer? {iban}. Op naam van mijn man.
De alimentatie moest op {iban} en niet op die andere.
Het geld komt op {spokeniban}, dat is van mijn dochter.
Rekening {spokeniban}, hebt u dat?
Je mag me appen op {mobile}, liever niet bellen.
Telefoon is {mobile}, na zessen.
Dan draai je {mobile} en dan krijg je een bandje.
Voor noodgevallen heb ik {mobile}, die neemt altijd op.
Thuis zijn we te bereiken op {landline}.
De praktijk, {landline}, neemt nooit op.
Het algemene nummer daar is {landline}.
Noteer maar even: {spokenphone}.
Mijn nummer is {spokenphone}, en anders sta ik in het boek.
Heb je een pen? {spokenphone}. Zo is het goed.
Bel dan {spokenphone} en vraag naar mij.
Kan ik u ergens bereiken? | Ja hoor, {spokenphone}.
Het was op {postcode}, dat weet ik nog.
Op de envelop stond {postcode}, dus die was van ons.
Postcode {smallpostcode}, en het huisnummer weet je.
Onze postcode is {smallpostcode}.
De postcode is {spokenpostcode}, bij de kerk.
Postcode? {spokenpostcode}.
Wat is de postcode daar? | {spokenpostcode}, geloof ik.
Ze hebben {plate} weggesleept en ik kon lopen.
Kenteken {looseplate}, die stond op mijn naam.
Het kenteken was {looseplate}, een oude Opel.
Ik weet het kenteken nog: {spokenplate}.
Zijn nummerbord is {spokenplate}, zei de agent.
Mijn dossiernummer is {client}, dat moet je er altijd bij zetten.
Cliëntnummer {client}, staat er op die brief.
Zaaknummer {client}. Alsof ik een pak melk ben.
Onder kenmerk {client} hebben ze dat geweigerd.
Klantnummer? Wacht, {spokenclient}.
Mijn cliëntnummer is {spokenclient}, ik droom ervan.
Dossier {spokenclient}, zo noemden ze mij.
Je kunt mailen naar {email}, dat lees ik elke dag.
Mijn mail is {email}, met een kleine letter.
E-mail? Dat is {spokenemail}, alles aan elkaar.
Stuur het naar {spokenemail}.
Mijn mailadres is {spokenemail}, heb je dat?
Op Instagram heet ik {handle}, daar post ik mijn taarten.
Je vindt mij als {handle}.
Mijn gebruikersnaam is {username}, vroeger op dat forum.
Ik zit op TikTok onder {username}.
Op Insta heet ik {spokenhandle}, zoek maar op.
""".strip().splitlines()

DAYS = """
Ik ben jarig op {date}, en precies toen kwam die brief.
Op {date} moest ik voorkomen.
{date}, dat vergeet ik nooit meer.
Die zitting was op {writtendate}, om half tien.
Geboortedatum {writtendate}, zo staat het in mijn paspoort.
Ik ben geboren op {spokenbirthday}, midden in de winter.
De brief was van {date} en die kreeg ik twee weken later.
Mijn moeder overleed op {writtendate}.
Wanneer bent u geboren? | Op {spokenbirthday}.
Vanaf {date} krijg ik niks meer.
We zijn getrouwd op {writtendate}, met alleen de getuigen.
Hij is van {spokenbirthday}, dus reken maar uit.
""".strip().splitlines()

AGES = """
Ik word volgende week {grown}, dus ja.
Mijn moeder werd {grown} en ze fietste nog.
Hij wordt {young}, in de zomer.
Een jongetje van {young}, dat moet je niet laten wachten.
Ik was {young} toen we hierheen kwamen.
Mijn oudste is {young}, die helpt met de formulieren.
Ze is {grown} en ze moet nog solliciteren.
{a.first} is {young}, die zit nog op school.
Mijn dochtertje van {young} vroeg waarom ik huilde.
Hij ging al vroeg uit huis, hij is nu {grown}.
Ik ben inmiddels {grown} jaar, dan val je overal buiten.
Met mijn {grown} jaar hoef ik niet meer bij te leren, zeiden ze.
Als je {grown} bent, nemen ze je niet meer aan.
Hij was pas {young} toen zijn vader wegging.
Ik loop tegen de {round}, dus ze zien me niet staan.
Ze is begin {round}, schat ik, die mevrouw van het loket.
Een man van eind {round} deed het woord.
Hij is achter in de {round}, denk ik.
Hoe oud bent u? | {Grown}. Net geworden.
En hoe oud is je zoon? | {Young} jaar.
Een vrouw van {grown}, met een stok, die liep ons voorbij.
{a.first}, {grown}, zit al tien jaar thuis.
Mijn vader was toen al {grown}.
De jongste is net {young} geworden.
M'n kleinzoon is {months} maanden, zo'n hummeltje.
Zij is {grown} jaar oud en woont op zichzelf.
Ik ben een vrouw van {grown} en ik laat me niet wegsturen.
Toen ik {young} was, werkte ik al op het land.
Ik ga naar de {round}, hoor, ik ben {grown}.
""".strip().splitlines()

PLACES = """
Ik ben opgegroeid in {town}, op een boerderij.
Wij zijn toen verhuisd naar {town}, voor de rust.
Mijn zus zit in {town}, die zie ik nooit.
Van {town} naar {town2} is het een uur met de bus.
Ik moest helemaal naar {town} voor een keuring.
In {town} ging het altijd anders dan hier.
Ik kom van oorsprong uit {abroad}, maar ik ben hier al lang.
Geboren ben ik in {abroad}, mijn vader werkte daar.
Mijn familie zit nog in {abroad}, ik bel elke zondag.
We zijn gevlucht uit {abroad}, in de nacht.
Hier in {madeplace} kent iedereen elkaar.
De gemeente {madeplace} doet daar moeilijk over.
Ik woon nu in {madeplace}, met mijn zoontje.
Toen zijn we naar {madeplace} gegaan, daar was een huis.
Vlak bij {town} is dat, je rijdt er zo voorbij.
Het ziekenhuis in {town} wilde mij niet hebben.
In {madeplace} zelf is geen bank meer.
Dat was in {town}, toen woonde ik nog samen.
Ik fiets van {madeplace} naar {madeplace2}, elke dag.
We wonen in de {district}, driehoog.
Ik ben een kind van de {district}, dat hoor je wel.
Heel de {district} wist ervan.
Ze willen de {district} platgooien, zeggen ze.
In {quarter} zaten we met z'n vijven op drie kamers.
Ik kom uit {quarter}, dus ik ben wel wat gewend.
Ik woon in {compass}, aan het einde van de tramlijn.
Wij zaten toen in {compass}, en nu in {compass2}.
Het adres is {address}, drie trappen op.
Ik woon op {address}, naast de snackbar.
Toen woonden we nog aan de {streetonly}, met uitzicht op het water.
Stuur de post naar {address}, {postcode} {town}.
{address} was het, boven de kapper.
Bij mij om de hoek, {streetonly}, daar zit een goede kringloop.
We hebben jaren gewoond op {spokenaddress}, met z'n zessen.
Mijn kamer is op {address}, achterin.
De inloop in {venue} is op donderdag.
Ik ga elke week eten in {venue}, met de buurt.
We zitten nu in {venue}, boven de bieb.
Buurthuis {venue} ging dicht, dat deed pijn.
Bij {venue} kun je gewoon binnenlopen.
Ik heb jaren gewerkt bij {firm}, aan de band.
Mijn man zat bij {firm}, tot ze failliet gingen.
Ik mocht beginnen bij {firm} als proef.
{firm} heeft mij toen ontslagen, zomaar.
Via {firm} kwam ik daar binnen.
Ik loop bij {care}, al drie jaar.
Mijn moeder zit in {care}, op de gesloten afdeling.
Ze hebben hem opgenomen in {care}.
Mijn zoon zit op {school}, in de tweede.
Ik heb op {school} gezeten, maar niet afgemaakt.
{Practice} heeft mij doorverwezen.
Ik sta ingeschreven bij {practice}, al jaren.
Op vrijdag ga ik naar {church}, dat geeft rust.
In {church} geven ze ook eten uit.
""".strip().splitlines()

NEUTRAL = """
Het UWV zegt dit en de SVB zegt dat, en ik zit ertussen.
Bij de Belastingdienst kreeg ik een bandje, bij DUO ook.
De IND heeft er vier jaar over gedaan, en toen kwam COA nog.
Volgens artikel 18 van de Participatiewet mag dat niet.
Het CAK stuurt elke maand een acceptgiro.
Ik doe boodschappen bij de Lidl en bij de Aldi, nooit bij Albert Heijn.
Bij de Action kocht ik een lampje voor drie euro.
Onze hond Bello moest weg, dat was het ergste.
Ik had toen nog een kat, Minoes, die sliep bij mij.
Met Sinterklaas en met Kerst is het extra moeilijk.
In maart kreeg ik niks, in april de helft, en in mei alles.
Op een dinsdag kreeg ik die brief, en woensdag belde ik.
Het heeft zes jaar geduurd voordat iemand het snapte.
Ik krijg 1.143 euro per maand, en de huur is 712.
We hebben vijftig euro per week voor eten, met z'n vieren.
Om kwart over negen moest ik er zijn, en om tien uur stond ik nog te wachten.
Ik keek naar Hart van Nederland, en toen zag ik het.
Op televisie heet dat dan Ik Vertrek, of zoiets.
Op Netflix kijk ik series om te vergeten.
Via WhatsApp gaat alles, zelfs de afspraken.
De DigiD deed het niet, en Mijn Overheid ook niet.
Er waren tien mensen voor mij, en daarna nog twintig.
Zij spreekt Turks en Koerdisch, ik alleen Nederlands.
De Nederlanders, de Marokkanen, iedereen zat daar door elkaar.
Wij zijn christelijk, maar niet streng. Met Pasen gaan we wel.
Het kabinet heeft dat bedacht, in Den Haag.
In Nederland moet je voor alles een formulier hebben.
Ik heb een oude Volkswagen gehad, en daarvoor een Fiat.
Ze hadden het over de WMO en de Wajong, ik snapte er niks van.
Ik heb diabetes en COPD, en de dokter zegt: rustig aan.
Die brief was vier kantjes lang, met drie bijlagen.
Toen dacht ik: nou, mooi. Dag hoop, dag toekomst.
De zon scheen, er was storm voorspeld, en ik stond daar maar.
God zij dank was er koffie. Jezus, wat had ik dorst.
Het was vijf graden en ik had geen jas.
Elke keer dezelfde vraag. Elke keer hetzelfde antwoord. Moedeloos word je ervan.
Regels zijn regels, zeggen ze dan. Makkelijk praten.
Gewoon een mens die luistert. Meer vraag ik niet.
Respect. Daar gaat het om. Begrijp je?
Natuurlijk snap ik dat zij ook haar werk doet.
Eerlijk gezegd had ik het anders verwacht.
Misschien ligt het ook aan mij, dat kan best.
Schaamte, dat is het woord. Vreselijk vind ik het.
Werken wil ik wel, maar wie neemt mij aan?
Lekker eten, dat deden we vroeger. Samen koken.
Praten helpt. Huilen ook. Lachen nog het meest.
Ik las de Telegraaf en de Libelle in de wachtkamer.
Tijdens corona was alles dicht, toen zat ik helemaal alleen.
Ik kreeg 43 procent, en de rest moest ik terugbetalen.
Drie keer per week naar de fysio, een half uur.
Een fles melk, twee broden, dat was het.
De wachttijd was acht weken, het werden er dertig.
Kamer 12, derde verdieping, en dan links.
Lijn 4 stopt daar niet meer, dus ik loop.
Ze gaven mij een zes, op een schaal van tien.
Buurvrouwen onder elkaar, dat kent u wel.
Vijf jaar bijstand, en dan vragen ze of je gemotiveerd bent.
Nummer zeven was aan de beurt, en ik had nummer dertig.
In 2019 werd ik ziek, en in 2021 kreeg ik mijn huis kwijt.
De Moeder Teresa uithangen, dat doen ze graag.
Ik ben geen Einstein, maar dit kon ik wel uitrekenen.
Alsof ze Sinterklaas zelf waren, zo deden ze.
Op de fiets naar de Intratuin, dat is mijn uitje.
Het kost achtendertig euro, alleen de reis al.
Maandag tot en met vrijdag, van negen tot vijf.
Ik drink Senseo en ik rook Drum, dat is mijn luxe.
Van het een kwam het ander. Van lieverlee ging het beter.
De Voedselbank en het Leger des Heils hebben mij gered.
Twee pubers in huis, een hond, en geen cent.
We waren met twaalf man, allemaal in hetzelfde schuitje.
Toeslagenaffaire, dat woord alleen al.
De rechter gaf mij gelijk. De Hoge Raad ook, in een andere zaak.
Anderhalf jaar. Zo lang heb ik gewacht.
Dat is nummer drie op mijn lijstje. Punt uit.
Kijk, mijn moeder zei altijd: doe maar gewoon.
Ik heb een havo-diploma en een rijbewijs B.
Ze zat in groep zes en ik in groep acht.
Een pak van achttien kilo tillen, dat kan ik niet meer.
Om acht uur was ik er, als eerste, en toen zei die man: volgende week.
Hun zeggen dit, hun zeggen dat. Wie moet je geloven?
Zeventig brieven had ik geschreven. Zeventig!
Pinkpop, daar ben ik één keer geweest.
Excel, Word, dat leerde ik allemaal op die cursus.
""".strip().splitlines()
