"""Sentences written after the last mending, and first looked at by measuring; as `frames_held_out`."""

from __future__ import annotations

PEOPLE = """
Volgens {a.first} lag het aan de computer.
Ik bel {a.first} straks wel even terug.
Gelukkig was {a.first} erbij, anders had ik niks durven zeggen.
Mijn begeleider, {a.full}, is nu met zwangerschapsverlof.
Die ochtend stond {a.first} met een tas boodschappen op de stoep.
Ze noemen hem {a.first}, maar zo heet hij niet echt.
Mevrouw {a.last} van de schuldhulp heeft mij nooit teruggebeld.
Ik kreeg een brief, ondertekend door {a.init}, teamleider.
Eerst had ik {a.first}, daarna {b.first}, en nu weer een nieuwe.
Met dank aan {a.full} heb ik mijn huis nog.
Zonder {a.first} had ik hier niet gezeten.
{a.first} en ik zijn samen opgegroeid.
En toen kwam de broer van {a.first} erbij zitten.
Meneer {a.last} zei letterlijk: dat is niet mijn probleem.
Tegen dokter {a.last} durf ik alles te zeggen.
Dat is de zoon van {a.full}, die van de fietsenmaker.
Of ik {a.first} nog zie? Nee, al jaren niet.
Wij zaten met {a.first}, {b.first} en {c.first} in één groepje.
Ik mis {a.first} elke dag.
Het was {a.poss} idee om te gaan.
{a.full}, aangenaam.
Ga maar naar {a.first}, die weet het wel.
Mijn nichtje {a.first} vertaalt alles voor ons.
Weet {a.first} hiervan?
Ik zat tegenover een jongen, {a.first}, die nog nooit gewerkt had.
""".strip().splitlines()

AGES = """
Ik ben van huis weggelopen toen ik {young} was.
Met de verjaardag werd hij {young} en er was geen taart.
Ze is nog geen {grown}, en nu al versleten.
Mijn buurman, die is {grown}, die doet mijn tuin.
Straks ben ik {grown} en dan?
Hij was {grown} jaar toen hij stierf.
Op z'n {ordage} kreeg hij zijn eerste baan.
Ik ben hier komen wonen op mijn {ordage}.
Ja, hoe oud zal ze geweest zijn, {grown} denk ik.
Wat is uw leeftijd? | {Grown}.
Hoe oud is uw dochter inmiddels? | Ze is {young}, in groep acht dus.
Hoe jong was u toen? | {Young}, denk ik.
Ik heb er twee, van {young} en van {young2}.
Ik heb een tweeling van {young}.
Die man was zeker {grown}.
Ik liep tegen de {round} toen ik mijn baan kwijtraakte.
Ze was begin {round} en had drie banen.
Ik ben {grown} en mijn vrouw is {grown2}.
Wij zijn {grown} en {grown2}, wij hoeven niet meer zo nodig.
Een {yearsold} moeder met vier kinderen, dat ben ik.
Je gaat toch geen vrouw van {grown} op straat zetten.
Mijn oma werd {grown}, die heeft nooit hulp gehad.
Ik hoop {grown} te worden.
Zij daar is pas {young}, en zij regelt alles.
Ik ben een jongen van {young}, zei hij, ik weet dat toch niet.
Toen was ze {young} en nu is ze {grown}.
Mijn dochter, net {young}, vroeg of we arm waren.
Ik voel me soms {grown} in plaats van {grown2}.
De baby is {months} maanden.
Hij had het syndroom al toen hij {young} jaar was.
Ik werkte al toen ik {young} was, in de kassen.
Vergeet niet dat ik {grown} ben.
Omdat ik {grown} ben, krijg ik minder.
Als ik {grown} ben, hoop ik dat het klaar is.
""".strip().splitlines()

NUMBERS = """
De postcode hier is {otherpostcode}.
Dan vul je je postcode in, {othersmallpostcode}, en je huisnummer.
En de postcode erbij? | Ja, {otherspokenpostcode}.
Postcode {otherspokenpostcode}, zo stond het op de brief.
Hij gaf me zijn nummer: {otherphone}.
Het telefoonnummer van de school is {otherphone}.
Bel mijn dochter maar, {otherspokenphone}.
Mag ik uw nummer? | Jazeker. {otherspokenphone}.
Ik zeg het nog een keer: {otherspokenphone}.
Mijn bankrekening is {otheriban}.
Het moet naar rekening {otherspokeniban}.
Mijn bsn-nummer is {otherbsn}.
Ik moest mijn burgerservicenummer geven, dus ik zeg {otherspokenbsn}.
Bsn? | {otherspokenbsn}.
Mijn e-mailadres is {otheremail}.
Mail maar naar {otheremail}.
Mijn e-mail is {otherspokenemail}.
Ik heb {otherspokenemail}, maar die lees ik nooit.
""".strip().splitlines()

NEUTRAL = """
Ik heb er dertig gebeld, dertig!
Vijftien jaar geleden was dat nog anders.
We kregen twintig minuten, meer niet.
De helft van de veertig mensen was ziek.
Het werd acht uur en er was nog niemand.
Ik zit in traject twee van de drie.
Ze schrijven: binnen tien dagen reageren.
Bus twaalf gaat daar langs.
Van die tachtig houd ik er twintig over.
In totaal waren het er vijfenvijftig.
Op de vierde verdieping moest ik wachten.
Mijn schuld was ooit vijftig, nu is het zestigduizend.
Ik werk zestien uur, dat is mijn grens.
Rond elf uur belde ze terug.
Het is twee keer misgegaan, of drie keer.
Ik moest dertig kilometer fietsen.
We hebben al elf weken geen water.
Negen van de tien keer krijg je een bandje.
Ik heb maat veertig, dus dat paste niet.
Daar betaal je zestig voor.
""".strip().splitlines()
