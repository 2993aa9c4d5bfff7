"""Sentences in which people are named: other words than the rules were written on.

A slot `{a.first}` is a form of the name of person a; `{town}` a value (see `talk`). `|` starts a new turn.
"""

from __future__ import annotations

PEOPLE = """
Goedemiddag, mijn naam is {a.full} en ik ga u straks een paar dingen vragen.
Met {a.full}, zei ik, en toen werd er opgehangen.
U spreekt met {a.first}, waarmee kan ik u van dienst zijn, dat werk.
Wie er bij was? Nou, {a.first} natuurlijk, en {b.first}, en ik.
Van {a.first} heb ik het geld geleend, niet van {b.first}.
Mijn oudste heet {a.first}, dan komt {b.first}, en de kleinste is {c.first}.
We hebben er drie: {a.first}, {b.first} en {c.first}.
Ik ben getrouwd met {a.first}, dat is nu dertig jaar.
Toen heb ik {a.first} gebeld, want die weet altijd raad.
Ene {a.last}, geloof ik. Zo heette die man achter het loket.
Een zekere {a.cap} tekende die brief, maar die heb ik nooit gezien.
Dan kreeg je {a.first} aan de lijn, zeg maar, en die verbond je door.
Zeg maar {a.first}, hoor, dat mevrouw hoeft niet.
Noem mij maar {a.first}. Iedereen doet dat.
{a.first}, kun jij even de deur dichtdoen?
Wat vond jij daarvan, {a.first}?
Ja {a.first}, dat zei je vorige keer ook al.
Kom op, {a.first}, dacht ik, niet opgeven nu.
{a.first} is mijn steun en toeverlaat, echt waar.
{a.first} die snapte het meteen, zonder uitleg.
{a.full}, zo stond het op het bordje.
En {a.first} maar lachen, terwijl ik daar stond te huilen.
Als {a.first} er niet was geweest, zat ik hier niet.
Zonder {a.first} en {b.first} had ik het niet gered.
Door {a.first} ben ik hier terechtgekomen.
Volgens {a.first} lag het aan het systeem.
Naast {a.first} zat die vrouw van de klachten, {b.first} heette ze.
Er liep daar iemand rond, {a.first}, een grote kerel met een baard.
Mijn schoonzusje, dat is {a.first}, die regelt nu alles.
De begeleidster van toen was {a.first}. Daarna kwam {b.first}.
Dat was de tijd van mevrouw {a.last}, die nam nog de tijd voor je.
Ik vroeg naar meneer {a.last}, maar die bleek ziek te zijn.
De heer {a.last} heeft mij toen ontvangen, heel correct.
Mevr. {a.last} stond onder die brief, en dhr. {b.last} ook.
Dokter {a.last} schreef dat ik niet meer mocht tillen.
Juf {a.first} van groep vier, die had het door.
Meester {a.first} belde 's avonds nog op.
Tante {a.first} kwam altijd met soep, en ome {b.first} met een grap.
Imam {a.last} heeft voor ons bemiddeld.
Dominee {a.last} kwam elke week langs, ook zonder dat ik erom vroeg.
Zuster {a.first} hield mijn hand vast, die hele nacht.
Advocaat {a.last} heeft die zaak gewonnen, met twee vingers in de neus.
Wethouder {a.last} stond daar met een taart, voor de krant.
Professor {a.last} deed dat onderzoek toen.
Onder die brief stond {a.init}, meer niet.
Ik moest vragen naar {a.init}, kamer twaalf.
Het huis stond op naam van {a.init}, mijn eerste man.
Dat was {a.poss} idee, niet het mijne.
Ik zat toen bij {a.first} thuis, op de bank, met een dekentje.
In {a.poss} keuken, daar hebben we alles besproken.
{a.poss} moeder woont boven ons, die past op.
Op {a.poss} verjaardag hebben ze de stroom afgesloten.
Die brief was voor {a.first} bedoeld en niet voor mij.
Ik mis {a.first} nog elke dag, na al die jaren.
Ze vroegen of {a.first} soms bij mij introk.
Tussen {a.first} en mij ging het toen al niet meer.
Ik dacht dat {a.first} het wel zou regelen, maar nee.
Toen {a.first} geboren werd, hadden we niks, geen wieg zelfs.
En opeens stond {a.first} voor de deur, met twee tassen.
Vroeger had ik {a.full} als klantmanager, dat was een verademing.
Die nieuwe, {a.full}, kende mijn naam niet eens.
Hoe heet ze ook weer... {a.first}. Ja, {a.first} was het.
Kom, hoe heet 'ie, {a.first}. Die met die hond.
Was het nou {a.first} of {b.first} die dat zei? Ik weet het niet meer.
Ik wil {a.first} bedanken, en jou ook.
Groeten van {a.first}, moest ik zeggen.
Ik heb het er met {a.first} over gehad, en die zei: niet tekenen.
Laat {a.first} dat maar horen, zei ik nog.
Weet je wie mij geholpen heeft? De buurvrouw van nummer acht, {a.first}.
Bij de voedselbank staat {a.first}, die kent mij al zo lang.
Mijn vader was {a.full}, die kenden ze hier allemaal.
Ik ben vernoemd naar mijn oma, {a.full}.
Mijn man hij heet {a.first}, hij werkt niet nu.
Ikzelf ben {a.first}, ik kom niet van hier.
Ik, {a.first}, heb dat nooit begrepen.
Mijn meisjesnaam is {a.last}, maar ik heet nu {b.last}.
Ze heet eigenlijk {a.first} en van achteren {a.last}.
Voornaam {a.first}, achternaam {a.last}, zo moest ik het drie keer spellen.
Mijn achternaam is {a.last}, dat spel je {a.spell}.
De naam is {a.last}. {a.spell}. Zonder streepje.
Dat schrijf je als {a.spellfirst}, gewoon {a.first}.
Eh... dat was bij {a.stutter}, nee niet die van het loket, die andere.
Ik zei tegen {a.stutter}: joh, laat zitten.
ik zei nog tegen {a.first} dat moet je niet doen
en toen kwam {a.first} weer aanzetten met dat papier
mijn moeder heet {a.first} en mijn vader {b.first}
Hallo {a.first}! Fijn dat je er bent.
Welkom {a.first}, ga lekker zitten. Koffie?
Dankjewel {a.first}. Zal ik hem dan nu uitzetten?
Nou {a.first}, vertel eens, hoe is het begonnen?
Dag {a.first}, tot de volgende keer.
Bedankt voor je verhaal, {a.first}, ik vond het bijzonder.
Sorry {a.first}, ik onderbrak je. Ga door.
Klopt dat, mevrouw {a.last}?
Meneer {a.last}, mag ik u iets vragen?
Ik noem haar {a.nick}, maar voluit is het {a.first}.
{a.first} dus, {a.nick} voor de familie, die heeft het nooit makkelijk gehad.
{a.full}, roepnaam {a.nick}.
Mijn broertje {a.first} zat toen vast, en mijn zusje {b.first} was nog klein.
Met onze {a.first} gaat het nu beter, gelukkig.
Ons {a.first} die lust dat niet, hè.
Ge moet {a.first} eens vragen, die weet dat allemaal.
Onzen {a.first} zat daar ook tussen.
De meiden, {a.first} en {b.first}, slapen op één kamer.
Ik heb een tweeling, {a.first} en {b.first}, van {young}.
Die foto daar? Dat is {a.first}, met haar diploma.
Mijn jongerenwerker, {a.first}, stuurde een appje: waar blijf je?
"Kijk eens aan," zei {a.first}, "daar hebben we onze held."
'Mevrouw {a.last},' zei die jongen, 'u moet niet zo schrikken.'
Ze zei: 'Ik ben {a.first} en ik ben er voor jou.'
Toen las ik: met vriendelijke groet, {a.full}.
Groetjes {a.first}, stond er, met een hartje.
De vrouw van {a.first} heeft het aan mijn dochter verteld.
Bij de familie {a.last} aten we altijd mee.
De familie {a.last} woonde toen beneden ons.
Ja, dat was {a.first}. Met wie praat ik het liefst? Met {b.first}.
Wie dat zei? {a.first}. Echt waar.
Behalve {a.first} kwam er niemand op mijn feestje.
Ik heb nog een kaart van {a.first} op de kast staan.
Zelfs {a.first} was het ermee eens, en dat wil wat zeggen.
Alleen {a.first} heeft mij toen gebeld.
Ik kan niet zonder {a.first} naar zo'n gesprek.
Maar goed, {a.first} dus. Die heeft een winkeltje.
De kinderen van {a.first} gaan wél op vakantie.
Omdat {a.first} ziek werd, moest ik stoppen met werken.
Daarna nam {a.first} het over, en toen liep het spaak.
Sindsdien woont {a.first} weer bij ons in.
Gelukkig had {a.first} alles opgeschreven.
Soms denk ik aan {a.first}, hoe die dat deed.
Gisteren nog stond {a.first} voor mijn neus.
Vorige week belde {a.full}, van dat project.
Ik had {a.first} beloofd dat ik zou komen.
Ze hebben {a.first} gewoon laten zitten, zo zie ik het.
Ik gaf {a.first} een hand en ik liep weg.
Mijn kleindochter {a.first} leert mij met de computer.
Mijn ex, {a.first}, betaalt al jaren geen alimentatie.
De vader van mijn kinderen, {a.first}, is uit beeld.
Mijn pleegmoeder was {a.first}, een engel.
Mijn maat {a.first} en ik sliepen toen in zijn bestelbus.
Een collega van me, {a.full}, heeft precies hetzelfde meegemaakt.
Ik zeg: {a.first}, jongen, dat ga je niet doen.
{a.first} en {b.first} hebben allebei getekend.
{a.first}: dat is nou iemand die luistert.
[{a.first} komt binnen] Wil er nog iemand thee?
[naar {a.first}] Mag dat raam dicht?
""".strip().splitlines()

TWO_MENTIONS = """
Mijn klantmanager is {a.full}. | Hoe vaak zie je haar? | Nou, {a.first} zie ik elke maand. Mevrouw {a.last} voor de buitenwereld.
Ik ben {a.full}. | Welkom, mevrouw {a.last}. | Zeg maar {a.first}, hoor.
Eerst had ik meneer {a.last}. | En wat deed hij? | Niks. Die {a.cap} keek niet eens op.
Mijn dochter {a.first} woont nog thuis. | Gaat zij naar school? | Ja, {a.poss} school is hier om de hoek. {a.first} fietst.
{a.full} kwam langs, van de schuldhulp. | En? | {a.first} heeft alles op een rij gezet. Zonder {a.first} was ik er niet uit.
Ik sprak {a.full}, en later haar zus, {sa.full}. | Wie hielp u? | {a.first} meer dan {sa.first}, eerlijk gezegd.
Mijn broers heten {a.first} en {b.first}, allebei getrouwd. | En wie is de oudste? | {b.first} is de oudste. {a.first} is de baas.
Mijn man heet {a.first}, {a.nick} noem ik hem. | Werkt {a.first}? | {a.nick} werkt in de haven, ja.
Ze heet {a.first}, maar ze noemen haar {a.nick}. | En woont {a.nick} bij jou? | Nee, {a.first} woont op kamers.
Die man heette {a.last}. | Was {a.cap} van de gemeente? | Dat weet ik niet. Meneer {a.last} zei niet veel.
Volgens {a.first} kon het wel. | Wie is {a.first}? | {a.full}, die van de bewonersgroep.
Bij de balie zat {a.first}. | O ja, {a.typo}. | Ja, en {a.first} wist van niks.
Met dokter {a.last} had ik een goed contact. | En daarna? | Daarna ging {a.cap} met pensioen. Ik mis dokter {a.last} wel.
{a.first} heeft me erdoorheen gesleept. | Hoe dan? | Gewoon, {a.first} kwam elke dag. Toen {a.first} ziek werd, ging ik naar haar.
Dat is het verhaal van {a.full}. | Ken je {a.first} goed? | {a.first} ken ik van vroeger, en {a.poss} zoon ook.
""".strip().splitlines()

WORD_NAMES = """
Mijn zus {w.first} zegt altijd dat ik harder moet roepen.
Toen heeft {w.first} dat formulier voor mij ingevuld.
Ik ga daar altijd heen met {w.first}, want alleen durf ik niet.
Die zoon van me, {w.first}, die heeft een baan gevonden.
Bedankt, {w.first}, dat je er was.
Ik heet {w.first}, net als mijn opa.
Van {w.full} kreeg ik een kaartje.
Mijn begeleider heet {w.first} en die is top.
Vraag het aan {w.first}, zei ze toen.
Gisteren zei {w.first} nog dat het beter gaat.
Mijn dochter {w.first} is ziek geworden in die tijd.
Ik ben {w.full}, ik woon alleen.
""".strip().splitlines()

SMALL = """
ik heet {k.small} en ik ben alleen
mijn dochter {k.small} doet dat voor mij
toen zei mevrouw {k.smalllast} dat het niet mocht
mijn naam is {k.smallfull}
ik moest bij {k.small} komen, die zat op kamer drie
""".strip().splitlines()
