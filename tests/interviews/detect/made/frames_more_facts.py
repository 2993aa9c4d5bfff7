"""A second lot of sentences with facts, and with nobody in them; as `frames_more`."""

from __future__ import annotations

FACTS = """
Hun postcode is {spokenpostcode}.
Toen ik wegging was mijn zoontje {young}.
Mijn oudste twee zijn {young} en {young}.
Dat nummer van de belasting is {bsn}, die staat op elke brief.
Vul in: {bsn}. En dan op enter drukken, zei hij.
Het bsn van mijn zoon is {spokenbsn}, die heb ik ook nodig.
Mijn BSN nummer is {wrongbsn} of iets wat erop lijkt.
Ze lezen het gewoon hardop voor: {spokenbsn}, waar iedereen bij zit.
De huur gaat van {iban} af, en daar staat niks op.
Ik zeg: stort maar op {spokeniban}, dan zien we wel.
Ik heb het nog in mijn telefoon staan: {mobile}, dat is haar privé.
Mijn oude 06 was {mobile}, die doet het niet meer.
Draai {landline}, kies drie, en dan wachten.
Mijn moeder heeft nog een vaste lijn, {spokenphone}, al veertig jaar hetzelfde.
Dan krijg je zo'n briefje mee met {mobile} erop.
Op welk nummer? | {spokenphone}. Zo. Ik ken het uit mijn hoofd.
Ik moet altijd {postcode} intoetsen en dan het huisnummer.
Mijn vorige postcode was {spokenpostcode}, die weet ik nog.
Is het {postcode}? Nee, dat was het oude huis.
Die auto, {plate}, stond er al weken zonder wielen.
Op het kenteken {looseplate} zat nog een boete open.
Het kenteken? Wacht, {spokenplate}.
Onder nummer {client} ligt mijn dossier daar in een kast.
Mijn relatienummer is {client}, dat moet je bij alles noemen.
Zij heeft cliëntnummer {spokenclient}, ik weet het zo.
Ik heb een nieuw mailadres, {email}, want dat andere was gehackt.
Haar mail was {spokenemail}, dat kreeg ik op een briefje.
Mijn naam daar is {handle}, met een bloemetje erbij.
Op Snapchat ben ik {username}, maar daar kijk ik nooit.
Haar account heette {spokenhandle} op Insta.
Op {date} hebben we de sleutel ingeleverd.
Ik weet nog precies: {date}, half drie 's middags.
De uitspraak van {writtendate} ligt in die la.
Zij is geboren op {spokenbirthday}, in een tent.
Op mijn verjaardag, {date}, stond de politie voor de deur.
Met {grown} begin je niet meer opnieuw. Ik ben {grown}, hè.
Mijn vrouw is {grown} en die werkt in de thuiszorg.
Die jongen is {young}, die hoort op school te zitten.
Een meisje van {young} op de gang, helemaal alleen.
Hij zal nu rond de {round} zijn.
Iemand van begin {round}, zonder kinderen, die heeft makkelijk praten.
Ik kreeg mijn eerste kind toen ik {grown} was.
Hoe oud is uw dochter? | Die is {young}, bijna.
{a.first} ({grown}) zit in hetzelfde schuitje.
Ik ben van huis weggelopen toen ik {young} was.
Word ik straks {grown}, heb ik nog niks.
Onze jongste, die is nou {months} maanden, lacht de hele dag.
Mijn schoonmoeder is {grown} geworden.
Toen mijn zoon {young} werd, hadden we geen geld voor taart.
We huurden een kamer in {town}, boven een kroeg.
Mijn man komt uit {abroad} en ik uit {town}.
Ze wilden dat ik in {town} ging werken, drie bussen ver.
Onze familie komt uit een dorpje bij {abroad}.
Die cursus werd in {town} gegeven, in een zaaltje.
Ik ben toen van {town} naar {madeplace} verhuisd.
Het asielzoekerscentrum in {madeplace}, daar begon het.
Ze hebben ons in {madeplace} geplaatst, we kenden niemand.
Heel {madeplace} wist dat wij schulden hadden.
Tussen {town} en {town2} rijdt geen bus meer na zessen.
Ik hou van {madeplace}, maar het is een dood gat.
In de {district} help je elkaar nog.
Je komt de {district} niet uit, zeggen ze.
Mijn zus woont in {quarter}, tien hoog.
Vanuit {quarter} fiets je er in tien minuten heen.
Ik heb altijd in {compass} gewoond, nooit ergens anders.
Ze zetten ons uit op {address}, met alles op de stoep.
Op {address} woonde vroeger mijn opa.
Ik sta ingeschreven op {address}, maar ik slaap daar niet.
De rommelmarkt is op de {streetonly}, elk jaar.
Bezorgen op {address} in {town}, graag.
Ik woon {spokenaddress}, achter het station.
Op maandag zit ik in {venue} te naaien met die dames.
Ze sluiten {venue}, en waar moeten wij dan heen?
Bij {firm} hebben ze mij nooit uitbetaald.
Ik ben begonnen als inpakker bij {firm}.
Eerst {firm}, toen een jaar niks, toen de bijstand.
Mijn begeleiding komt van {care}, twee uur per week.
Mijn vader ligt in {care}, kamer vier.
Onze meiden gaan naar {school}, dat is dichtbij.
Ik heb mijn diploma gehaald op {school}.
Volgens {practice} was het stress.
In {church} leerde ik haar kennen, bij het koffiedrinken.
Dan tikken ze {spokenbsn} in, dat is mijn bsn, en dan zien ze alles.
Als er iets is: {spokenphone}. Dag en nacht.
Mijn scooter met kenteken {looseplate} is gejat.
Mijn zaak heeft nummer {client} bij de rechtbank.
Wij waren {young} en {young} toen we hier kwamen.
Ik heb er een van {young} en een van {young}.
Ik ben een echte {town}se, geboren in {town2}.
In het centrum van {madeplace} zit een inloop.
Tussen {madeplace} en de stad ligt een dijk.
De burgemeester van {madeplace} heeft me een hand gegeven.
Vroeger was {madeplace} een vissersdorp.
Je hebt {compass} en je hebt de rest, zeggen ze. Ik woon in {compass}.
Toen moest ik mijn nummer geven, {bsn}, en mijn handtekening.
Het burgerservicenummer, dat is bij mij {wrongbsn}.
Ik heb {bsn} als sofinummer gekregen toen ik hier kwam.
Rekeningnummer {iban} ten name van mijn zoon.
De toeslag komt binnen op {spokeniban}.
App me gerust, {mobile}.
Ze heeft een nieuw nummer: {mobile}.
De balie is {landline}, keuze twee.
Zal ik het even voorlezen? {spokenphone}.
En de postcode? | Even denken. {spokenpostcode}.
Het pakje ging naar {postcode}, huisnummer vergeten.
De auto die wegreed had {plate} als nummer.
Het nummerbord begint met {spokenplate}, meen ik.
Klantnummer {client}, dat roep ik al in mijn slaap.
Polisnummer {client} staat op mijn pasje.
Het klantnummer is {spokenclient}, toch?
Schrijf me op {email}, dan krijg je het verslag.
Ik stuurde alles naar {spokenemail}, nooit antwoord.
Volg haar eens, {handle}, die maakt mooie filmpjes.
Mijn inlognaam is {username}, dat mag je best weten.
Hij zat op Insta als {spokenhandle}.
De zitting is verplaatst naar {date}.
Mijn contract liep af op {writtendate}.
Ik ben van {spokenbirthday}, een oorlogskind bijna.
{date} staat in mijn geheugen gegrift.
Tot {date} kreeg ik nog huurtoeslag.
Ik ben nu {grown} en ik huur nog steeds een kamer.
Mijn dochter wordt morgen {young}.
Een oude man van {grown} stond achter mij te huilen.
Toen ik {young} was, ging mijn vader dood.
Mijn man is {grown}, die kan niet meer werken.
Op mijn {grown} jaar moet ik weer naar school.
Ze is ergens in de {round}, gok ik.
Eind {round} is hij, en zo fit als een hoentje.
En uw leeftijd? | {Grown}.
{a.first} van {young} snapte het beter dan ik.
Onze baby is {months} maanden oud.
Ik verhuisde naar {town} omdat het daar goedkoper was.
De rechtbank in {town} gaf mij gelijk.
Mijn wieg stond in {abroad}.
Mijn ouders liggen begraven in {abroad}.
Vanuit {abroad} kwamen we met de boot.
Ik kreeg een huisje in {madeplace} toegewezen.
Wij komen allemaal uit de {district}.
In de {district} ken ik elke steen.
Ik werd geplaatst in {quarter}, in een portiekflat.
Ik woonde toen op {address}.
Het pand aan de {streetonly} staat nu leeg.
Op de hoek van de {streetonly} zit een Turkse bakker.
Ze kwamen aan de deur op {address}, om zeven uur 's ochtends.
Ik zit op {spokenaddress}, derde bel.
Mijn postadres is {address}, {postcode} {madeplace}.
Iedere woensdag eten we in {venue}.
Het spreekuur in {venue} is afgeschaft.
Ik ben vrijwilliger bij {venue}, in de keuken.
Mijn eerste baantje was bij {firm}.
Ik werd aangenomen bij {firm} als schoonmaakster.
Bij {firm} werkte ik zwart, dat zeg ik eerlijk.
Ik word geholpen door {care}, ambulant.
Ze brachten haar naar {care}, midden in de nacht.
De juf van {school} belde mij.
Hij ging naar {school}, maar daar werd hij gepest.
Mijn dossier lag nog bij {practice}.
Wij gingen elke zondag naar {church}.
Mijn neefje is pas {young}.
De helft van {district} zit in de schulden, geloof mij maar.
Ze heeft een vriend uit {town}, een nette jongen.
Ik ga vaak naar {compass}, daar woont mijn dochter.
Ik ben met de taxi naar {madeplace} gebracht.
Onder zaaknummer {client} loopt nu een klacht.
Hij reed door rood met {plate}, en ik kreeg de boete.
Wilt u mij bellen? {spokenphone}, liefst na tienen.
Ik moest mijn bsn hardop zeggen: {spokenbsn}.
Een jongen van {young} uit de buurt helpt mij met tillen.
Hij is net {grown} en nu al versleten.
In {madeplace} kom je elkaar overal tegen.
De postcode weet ik nog, {spokenpostcode}.
Mijn kenteken is {looseplate}, kijk maar buiten.
Ik, {grown} jaar, met een rollator, in die rij.
Halverwege de {round} begin je van voren af aan.
Mijn vader is {grown} geworden, mijn moeder {grown}.
Mijn vader haalde de {grown} niet eens.
Op haar {grown} is ze nog gaan studeren.
""".strip().splitlines()

NEUTRAL = """
De SVB betaalt mijn AOW en het UWV niks meer.
Bij het Juridisch Loket zeiden ze dat ik bezwaar moest maken.
Ik heb bij de Kringloop een bank gekocht voor vijftien euro.
Onze poes Pluis kreeg medicijnen, en ik niet.
Hij kijkt naar Studio Sport en ik naar Boer zoekt Vrouw.
In november stond het water binnen, in december nog.
Ik leef van veertig euro in de week. Veertig euro!
Het regende, het was donker, en de bus kwam niet.
De wet zegt in artikel 3 dat het moet, en artikel 4 zegt van niet.
Mijn diploma's uit Syrië tellen hier niet.
Ze praten Tigrinya met elkaar, en Engels met mij.
Om vijf voor half tien ging de deur open.
Er stonden vier stoelen en een plant. Meer niet.
Toen kwam er een Duitser, of een Oostenrijker, dat weet ik niet.
Alles ging via Teams en Zoom, ik kreeg het niet voor elkaar.
Achteraf denk je: had ik maar gebeld.
Zwijgen, dat kan ik goed. Slikken ook.
De Kamer heeft erover vergaderd, en de minister zei sorry.
Ik heb acht jaar gewacht op een huurwoning.
Op Koningsdag verkopen we oude spullen.
Mijn Nissan is door de keuring gekomen, wonder boven wonder.
Voor de Ramadan sparen we altijd wat.
Je hoofd zit vol. Vol met cijfers. Vol met data.
Nergens werd ik zo vriendelijk geholpen als daar.
De Hema had luiers in de aanbieding.
Ze belden zeven keer op één dag. Zeven keer.
Vakantie? Dat woord ken ik niet.
Ik stond op plek honderdtwaalf van de lijst.
Een gezin met vier kinderen, in twee kamers.
Ik heb tachtig sollicitaties verstuurd en drie antwoorden gekregen.
Van de honderd mensen vallen er negentig buiten de boot.
In groep vijf leerde hij lezen.
Hartstikke fijn dat je langskomt. Thee? Suiker?
Jeugdzorg kwam langs, en Veilig Thuis ook, alsof ik een misdadiger was.
De ene zegt ja, de andere zegt nee, en ik sta ertussen.
Met de NS ben je een uur onderweg.
Dan ga je naar de Jumbo met een tientje.
Burenhulp bestaat nog, hoor. Gelukkig wel.
Twintig minuten, langer duurde dat gesprek niet.
Volgend jaar juni loopt mijn traject af.
Een Marokkaanse vrouw uit de straat hielp met vertalen.
De Sociale Dienst, zo heette dat vroeger.
Ik lees graag. De bijbel, maar ook de Donald Duck.
Weet je, soms wil je gewoon weg. Weg van alles.
Windows, Android, het zegt me allemaal niks.
Een energierekening van driehonderd euro. Driehonderd!
Op het Jeugdjournaal ging het over armoede.
Tandarts? Kan ik niet betalen. Bril? Ook niet.
Van de SVB hoorde ik niks, van het CAK te veel.
De Belastingdienst wil alles terug, tot de laatste cent.
Ik stond ingeschreven bij WoningNet, negen jaar lang.
Op maandag doe ik de was, op donderdag de boodschappen.
Mijn paspoort ligt bij de IND, al zeven maanden.
De kinderbijslag is tweehonderd euro en een beetje.
Met een bijstandsuitkering kom je er niet, punt.
Mijn hond heet Takkie, die is mijn alles. Takkie slaapt naast mijn bed.
We keken samen naar Spoorloos, met een zak chips.
Facebook heb ik eraf gegooid, WhatsApp niet.
In januari is het koud en in juli ook, in dat huis.
Zes jaar en vier maanden, zo lang heeft het geduurd.
Artikel 35 gaat over bijzondere bijstand, dat weet ik nu.
Ik moest om kwart voor acht op een bus wachten.
Bij de Blokker kocht ik een pan van twintig euro.
De Nederlandse taal is moeilijk, en die brieven helemaal.
Thuis praten we Somalisch en een beetje Engels.
Hij was Surinaams, zij was Hindoestaans, en ze waren zo lief samen.
Ik heb reuma en astma, allebei.
Vanwege de Wet langdurige zorg mocht het niet.
Het Leger des Heils gaf mij een bed.
Er zaten dertig man in een kamer voor tien.
Ik kreeg een briefje van vijftig in mijn hand gedrukt.
Tijdens de Tweede Wereldoorlog was het ook zo, zei mijn oma.
Iedereen heeft recht op een dak. Iedereen!
Respectloos vond ik het. Vernederend ook.
Stapels papieren. Stapels. Ordners vol.
Ergens snap ik het wel. Ergens ook niet.
Vrijwilligerswerk mag, maar dan krijg je minder.
Met Suikerfeest kwamen alle buren eten.
Hij reed in een Mercedes en ik op een oude Gazelle.
De Tweede Kamer praat, en wij wachten.
Volgende week dinsdag moet ik weer.
Een half brood, drie eieren, dat was het voor zes dagen.
Ik belde 112 en daarna de huisartsenpost.
Wachtlijsten van achttien maanden, dat is toch geen hulp.
Google maar eens, dan zie je het.
Ik heb vijf formulieren ingevuld, in drievoud.
De trein van tien over acht, daar zat ik altijd in.
Honderden mensen. Honderden! En één loket.
""".strip().splitlines()
