"""Sentences that no rule was written on: measured, never looked at while mending. Slots as in `frames_people`.

Who mends a rule because of one of these moves it to `frames_more` or `frames_more_facts` and writes a new one.
"""

from __future__ import annotations

PEOPLE = """
Stel je voor: {a.first} met een baby op de arm in die wachtkamer.
Zo is {a.first} nou eenmaal, altijd haast.
De een heette {a.first} en de ander {b.first}, dat weet ik nog.
Mijn overgrootmoeder, {a.full}, kon niet lezen.
We kregen bezoek van {a.full} en een collega van haar.
Toen ik dat aan {a.first} vertelde, werd ze kwaad.
Er is er maar eentje die mij begrijpt en dat is {a.first}.
De nieuwe vriend van mijn moeder, {a.first}, dronk.
Dat laatste had {a.first} er zelf bij geschreven.
Wie is {a.first}, als ik vragen mag?
Bedoel je {a.first} of {b.first}?
Ik begrijp het, {a.first}. Neem je tijd.
Mevrouw {a.last}, zeg ik, kijkt u mij eens aan.
Ik moest mijn verhaal doen bij mevrouw {a.last} en een stagiair.
Meneer {a.last} junior heeft de zaak overgenomen.
De oude heer {a.last} groette altijd.
Ik werd gebeld door een agent, {a.last} heette die.
De handtekening was van {a.init}, die ken ik niet.
Van {a.poss} moeder kreeg ik een jas.
De kamer naast mij was van {a.first}.
Haar man {a.first} zit al jaren in een rolstoel.
Mijn kinderen {a.first} en {b.first} wonen bij hun vader.
Laatst nog: {a.first} stond daar in haar ochtendjas.
Wat zou {a.first} daarvan vinden, denk ik dan.
Op papier ben ik {a.full}, thuis gewoon {a.first}.
Zij daar, dat is {a.first}. En die met die pet is {b.first}.
Alles wat ik weet, weet ik van {a.first}.
In het ziekenhuis lag ik naast een {a.first}, een vrolijke tante.
Ik stond op de lijst onder de naam {a.last}.
Bijna had {a.first} opgegeven.
{a.first} kwam me halen, in haar eigen tijd nota bene.
{a.full} was de eerste die vroeg hoe het met mij ging.
Samen met {a.first} zit ik in de cliëntenraad.
Toen belde {w.first} weer af.
ik zeg mevrouw {k.smalllast} ik kan dat niet betalen
Hij schrijft zijn naam als {a.spellfirst}, {a.first} dus.
[{a.first} knikt] Precies.
{w.first} vertelde me over dat spreekuur.
mijn zwager {k.small} heeft dat getimmerd
Zeg {a.first} gedag van mij.
""".strip().splitlines()

TWO_MENTIONS = """
Ken je {a.full}? | Ja, {a.first} ken ik. | Die heeft mij geholpen. Mevrouw {a.last} zeggen we niet, gewoon {a.first}.
Mijn man, {a.first}, en mijn zoon, {sa.first}, lijken op elkaar. | Wie is driftiger? | {sa.first}. {a.first} is een lam.
Ik schreef een brief aan meneer {a.last}. | Kreeg je antwoord? | Nee. Meneer {a.last} was met verlof, en later was {a.cap} weg.
{a.full} zat naast mij. | Hoe is het nu met {a.first}? | Goed. {a.poss} dochter is afgestudeerd.
""".strip().splitlines()

FACTS = """
Als ze bellen vragen ze eerst {bsn}, dat bsn dus, en dan pas je naam.
Mijn burgerservicenummer eindigt niet op een zeven, het is {wrongbsn}.
Ik dreun het op: {spokenbsn}. Bsn dus.
Het oude nummer van mijn rekening was {iban}.
Kun je overmaken naar {spokeniban}?
Hier heb je mijn nummer, {mobile}, bel maar.
Het nummer van de wijkzuster is {mobile} of anders {landline}.
Zeg, schrijf eens op: {spokenphone}.
Welk nummer had ze? | {spokenphone}.
Ons huis heeft postcode {smallpostcode}.
Het was {postcode}, dat stuk bij het spoor.
Ik zag een witte bus, {plate}, en die reed weg.
Kenteken {spokenplate}, schreef hij op.
Vermeld altijd kenmerk {client}, staat er dan.
Bij de woningbouw ben ik klantnummer {spokenclient}.
Het makkelijkst is mailen: {email}.
Haar adres is {spokenemail}, zonder hoofdletters.
Zoek mij op, {handle}.
Mijn gamertag is {username}.
De laatste keer was op {date}, bij mijn zus thuis.
Ingangsdatum {writtendate}, stond er.
Ik kwam ter wereld op {spokenbirthday}.
Ik ben een kerel van {grown}, ik kan best wat hebben.
Mijn vriendin is net {grown} geworden.
Dat ventje is pas {young} en die kookt al.
Ze was {young} toen ze het huis uit moest.
Ik kom net uit {town}, met de trein.
Mijn eerste huisje stond in {madeplace}.
Bij ons in {madeplace} ging het gerucht.
Haar hele familie bleef achter in {abroad}.
De {district} is niet zo slecht als ze zeggen.
Ze sturen je van {quarter} naar de andere kant van de stad.
Ik woon nu aan de {streetonly}, eerst op {address}.
Mijn zoon staat ingeschreven op {address} bij zijn vader.
Het feestje was in {venue}, met slingers.
Ik heb een contract gekregen bij {firm}, halve dagen.
Sinds kort loop ik bij {care}.
Mijn nichtje doet eindexamen op {school}.
Bel {practice} maar, zeiden ze.
We eten samen in {church}, iedereen mag komen.
Mijn zus is {grown} en mijn broer is {grown}.
Hij vroeg om de postcode: {spokenpostcode}.
Hij belde over het kenteken, {looseplate}, dat was van mij.
Ze hebben mijn oma van {grown} laten staan.
Wacht maar tot je {grown} bent.
""".strip().splitlines()

NEUTRAL = """
De gemeente zegt dat de Belastingdienst het moet doen, en andersom.
Bij het UWV heb ik een uur in de rij gestaan.
Van DUO kreeg ik een boete van honderdtachtig euro.
De dinsdag erop was het kantoor dicht.
In augustus heb ik niks gegeten behalve rijst.
Mijn kat heet Snuf. Snuf slaapt op de verwarming.
Wij vierden Kerst bij de buren, met zijn achten.
Ik heb negen maanden gewacht, en toen nog eens drie.
De wet is de wet, zeggen ze bij de SVB.
Dat was op een zondag, na de voetbal.
Radeloos was ik. Uitgeput ook.
Ineens was alles weg. Poef.
Waarschijnlijk ligt het aan het systeem.
Trouwens, koffie was er nooit.
Spijt? Nee. Boos, dat wel.
De Aldi zit om de hoek en de Lidl een straat verder.
Op YouTube heb ik Nederlands geleerd.
Ik spreek Farsi, Dari en een beetje Duits.
Een uitkering van achthonderd euro, daar doe je niks mee.
Artikel 16 geldt bij dringende redenen.
Om tien voor twaalf stond ik buiten.
We waren met zijn zevenen aan tafel.
Kinderen snappen dat niet. Volwassenen ook niet.
Hoofdpijn, buikpijn, slapeloze nachten.
Er was een Poolse man en een Eritrese vrouw.
Iets eenvoudigs: bel even terug. Klaar.
Die brief telde elf bladzijden.
Het Journaal had er niks over.
""".strip().splitlines()
