"""A second lot of sentences, once held out and mended on since. Slots as in `frames_people`."""

from __future__ import annotations

PEOPLE = """
Mijn collega's noemden mij {a.nick}, maar ik ben {a.first}.
Ze hadden mij doorgestuurd naar {a.full}, die over de toeslagen ging.
Vrijdags kwam {a.first} altijd koffie drinken, met zo'n grote tas.
Wat {a.first} toen deed, dat vergeet ik nooit.
Mijn kleinzoon, {a.first} is dat, die zet alles op de telefoon.
Het was {a.first} die mij overhaalde om toch te gaan.
Ik heb drie zussen: {a.first}, {b.first} en dan nog {c.first}, die woont ver weg.
Bij haar op kantoor zat ook nog {a.full}, een jonge vent.
Toen mijn man, {a.first} dus, zijn baan verloor, ging alles mis.
Nou ja, {a.first} had makkelijk praten met dat huis.
{a.first} gaf mij een boterham en {b.first} een deken.
Die avond sliep ik bij {a.first} op zolder.
We noemden haar {a.nick}, maar ze was gedoopt als {a.first}.
Aan {a.first} heb ik veel te danken.
Rond die tijd leerde ik {a.full} kennen, in de rij bij de bakker.
Vertel eens over {a.first}, hoe gaat het daar nu mee?
En hoe was dat voor jou, {a.first}, om dat te horen?
Oké {a.first}, dan gaan we naar de laatste vraag.
Je noemde net {a.first}. Is dat je broer?
Heb je daar met {a.first} over gepraat, of met mevrouw {b.last}?
Wij hadden toen als gezinscoach {a.full}.
Er zijn er twee die ik vertrouw, {a.first} en {b.first}.
Sinds {a.first} op de afdeling zit, wordt er tenminste teruggebeld.
De wijkverpleegkundige, {a.first}, zag meteen dat er niks in de koelkast stond.
Ik sprak een mevrouw {a.last}, heel deftig, die zou terugbellen.
De dienstdoende arts was dokter {a.last}, of zoiets.
Een brief van meneer mr. {a.last}, de deurwaarder.
Dhr. {a.last} en mevr. {b.last} waren er allebei bij.
De hulp heette {a.first}, of nee, {b.first}, zo heette ze.
Dus ik bel die {a.last}, en die hangt gewoon op.
En wie krijg ik? {a.first} weer. Natuurlijk.
{a.first} en ik zijn toen samen een cursus gaan doen.
Ik heb {a.first} nooit meer teruggezien na die rechtszaak.
Mijn dochters, {a.first} van {young} en {b.first} van {young}, weten van niks.
Als mijn broer {a.first} niet had bijgesprongen, stond ik op straat.
Zijn naam was {a.full}, een keurige man, pak aan.
Mijn eigen naam? {a.full}. Met dubbel t.
Ik ging naar {a.poss} kantoor en ik zei: ik teken niks.
Dat huis was nog van {a.first}, die is overleden.
Voor {a.first} was het nog erger dan voor mij.
Er stond een kaartje bij: veel sterkte, {a.first} en {b.first}.
Met dank aan {a.first} heb ik nu een eigen plek.
Moeten ze {a.first} soms ook nog straffen?
Mijn moeder, {a.full}, heeft hier veertig jaar gewoond.
O, {a.first}! Die moet je hebben.
Vroeg {a.first} nog: gaat het wel?
Zelf heb ik {a.first} gekend toen hij nog klein was.
De oude mevrouw {a.last} van beneden, die hield alles in de gaten.
Of {a.first} erbij mag zijn, vroeg ik. Nee dus.
Wij, {a.first} en ik, hebben alles samen gedaan.
Die kleine van mij, {a.first}, slaapt nog bij ons in bed.
Ik moest denken aan wat {a.first} zei, dat je altijd een kopie moet maken.
Op de bank zat {a.first}, met een hond op schoot.
Groepsleider was toen {a.first}, die kon goed koken.
Ze riepen: is er een {a.last} in de zaal?
Hij stelde zich voor als {a.full} van de reclassering.
{a.first} kreeg wel een uitkering en ik niet, snap je dat?
{a.first}! Kom eens. Wil jij ook iets zeggen?
Van de kinderen is {a.first} de gevoeligste.
Hier, dat is een foto van {a.first} op het strand.
Zij is met {a.first} getrouwd, de zoon van de slager.
Via {a.first} hoorde ik dat er een potje was.
Onder ons gezegd: {a.first} deugt niet.
Lieve {a.first}, schreef ik, ik hoop dat je dit leest.
Beste mevrouw {a.last}, stond er boven, u heeft geen recht.
Was getekend {a.init}, teamleider.
Contactpersoon: {a.full}. Die heb ik nooit gezien.
Mijn buurman, een Pool, {a.first}, heeft die kast getimmerd.
Die leraar van jou, meester {a.last}, weet je nog?
Ik zal haar {a.first} noemen, want zo heet ze.
Uh, {a.first}. Ja. Die was het.
Je spelt mijn naam als {a.spell}, {a.last} dus.
{a.first} schrijf je zo: {a.spellfirst}.
Ik dacht eerst dat {a.stutter} het gedaan had.
Mijn zusje {w.first} zat naast me in de auto.
Samen met {w.first} heb ik dat bezwaar geschreven.
Maar {w.first} zei dat het niet klopte.
Daar zat {w.full}, die ken je vast wel.
mijn vriend heet {k.small} en die werkt in de bouw
ik had een afspraak met mevrouw {k.smalllast} van de sociale dienst
[{a.first} lacht] Ga door hoor.
Welnu, mevrouw {a.last}, dat ging dus niet door.
Rechter {a.last} keek me niet aan.
Volgens notaris {a.last} was er niks te erven.
Het groepje bestond uit {a.first} en {b.first}.
Van geboorte ben ik een {a.last}.
Ik bel {a.last} wel even, zei die receptioniste.
Mijn achternaam, {a.last}, kunnen ze nooit uitspreken.
Bij de d van {a.last}, zo zit het archief.
mijn moeder {k.small} past op de kinderen
Je spelt het {a.spell}, met aan het eind {a.last}.
We hadden een hele goeie op de groep, {a.full} was dat.
Ik zweer het je, {a.first} heeft me gered.
Daar ben ik {a.first} eeuwig dankbaar voor.
Ze deed alsof ze {a.first} niet kende.
Twee weken later hing {a.first} aan de telefoon.
Of wacht, het was niet {a.first}, het was {b.first}.
Kun je iets meer vertellen over die keer met {a.first}?
Dus {a.first} was erbij toen dat gebeurde?
Nee {a.first}, dat bedoel ik niet.
Goed {a.first}, ik zet de recorder uit.
Bij de intake zat een meneer {a.last} tegenover me.
Meneer en mevrouw {a.last} van de winkel gaven ons altijd iets mee.
Zuster {a.last} bracht me een kopje thee.
Een zekere dokter {a.last} had dat zo opgeschreven.
Mijn huisarts is {a.init}, al twintig jaar.
De brief was van {a.full}, senior medewerker.
Ondertekend door {a.init} namens het college.
Toen {a.first} doodging, heb ik een jaar niks gedaan.
Mijn schoonmoeder {a.first} bemoeide zich overal mee.
Met mijn nichtje {a.first} kan ik lachen.
{a.first}, mijn oudste kleinkind, wil dokter worden.
Hij is een zoon van {a.full}, van de garage.
Ik wou dat {a.first} dat kon zien.
Zou {a.first} dat gedaan hebben, denk je?
Niemand behalve {a.first} had dat door.
Zij ging scheiden van {a.first}, na al die jaren.
Ik slaap op de bank bij {a.first}, tijdelijk.
Mijn lotgenoten zijn {a.first}, {b.first} en {c.first}.
De oppas, {a.first}, kwam niet opdagen.
Hoe die stagiaire heette? {a.first}, geloof ik.
{a.first} heette ze, of zoiets.
Maar {a.poss} vader wilde er niks van weten.
Het was {a.poss} beurt, niet de mijne.
Dankzij {a.poss} hulp kwam ik op die lijst.
Ik hoorde {a.first} door de muur heen.
We gingen met {a.first} en {b.first} naar het strand.
Kijk, daar loopt {a.first} net.
{a.full} heeft mij leren lezen.
Mijn doopnaam is {a.full}, maar dat gebruikt niemand.
Dat had {a.cap} me beloofd, zwart op wit.
Ze is getrouwd met een {a.last} van de overkant.
{a.first}?! Die? Dat meen je niet.
Eén iemand bleef: {a.first}.
Toen las ik de naam {a.full} in de krant.
De klantmanager, mevrouw {a.last}, en haar chef, meneer {b.last}, zaten samen te lachen.
Geef {a.first} maar de schuld, dat doen ze altijd.
Wat heeft {a.first} daarmee te maken?
Ik schaamde me voor {a.first}, want die had wel werk.
Hallo, u spreekt met {a.full}, zeg ik dan netjes.
Ik kreeg een tikje op mijn schouder en daar stond {a.first}.
Juf {a.first} heeft voor haar gezorgd.
Oom {a.first} leende ons zijn busje.
Ja, met {a.first}. Nee, niet met {b.first}.
Op het bordje stond {a.full}, zwart met goud.
Voor mij is {a.first} een tweede moeder.
Dat liedje was voor {a.first}.
Zonder hulp van {w.first} was ik verdwaald.
Daarna nam {w.first} mij mee naar binnen.
Mijn beste vriendin, {w.first}, woont om de hoek.
Ik vroeg {w.full} om raad.
ze heette {k.small} geloof ik
dat was mevrouw {k.smalllast} die dat zei
Dat is {a.stutter}, die heeft dat geregeld.
[{a.first} zucht] Tja.
Nou, {a.first}, wat zal ik zeggen, een schat van een mens.
Ik kwam {a.first} tegen bij de kassa.
De vorige was {a.full}, die ging met zwangerschapsverlof.
Later bleek dat {a.first} dat briefje had verstopt.
Kapitein {a.last}, zo noemden we hem, want hij had een bootje.
Mijn petekind {a.first} komt elke maand logeren.
Ik wil het niet over {a.first} hebben.
En toen, ja, toen ging {a.first} huilen.
Officieel heet ik {a.full}, maar dat staat alleen op mijn pas.
mijn tante {k.small} heeft me opgevoed
Vergeet {a.first} niet, die deed het meeste werk.
{w.first} heeft het me voorgedaan.
mijn broer {k.small} heeft een busje
[iemand roept {a.first}] Zo, waar waren we?
""".strip().splitlines()

TWO_MENTIONS = """
Meneer {a.last} was streng. | Altijd? | Nee. Soms gaf {a.cap} je een knipoog.
Wie heeft u toen geholpen? | {a.full} van het steunpunt. | En is dat goed gegaan? | Ja, mevrouw {a.last} heeft alles nagebeld. Die {a.first} is goud waard.
Mijn neef {a.first} woont hier ook. | Is {a.first} ouder dan jij? | Nee, {a.poss} vader is mijn oudste broer.
De deurwaarder was een zekere {a.last}. | En kwam {a.cap} alleen? | Nee, meneer {a.last} had een slotenmaker bij zich.
{a.full} en haar dochter {sa.full} deden de inloop. | Wie mocht je het liefst? | {sa.first}. Maar {a.first} kookte beter.
Ik heet {a.first}, maar op straat ben ik {a.nick}. | Mag ik {a.nick} zeggen? | Tuurlijk. Alleen mijn moeder zegt {a.first}.
Met {a.typo} ging het mis. | Wie is dat? | Sorry, {a.first} bedoel ik. {a.first} met die krullen.
Dokter {a.last} is met pensioen. | Vond je dat erg? | Ja, {a.cap} kende mijn hele familie.
Ik werk samen met {a.full}. | Wat doet {a.first} precies? | {a.first} doet de administratie. Meneer {a.last}, zeggen de klanten.
Toen kwam {a.typo} binnen. | Wie? | {a.first}. De vrouw van de bakker. {a.first} dus.
{a.full} en zijn broer {sa.full} hadden een zaak. | Bij wie werkte je? | Bij {sa.first}. {a.first} zag ik zelden.
De mentor was {a.full}. | Was hij aardig? | Heel. Meneer {a.last} belde zelfs op zondag. Dat doet niet iedereen, {a.first} wel.
Mijn zus heet {a.first}, oftewel {a.nick}. | Komt {a.nick} vaak? | {a.first} komt elke zondag.
""".strip().splitlines()
