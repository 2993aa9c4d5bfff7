"""The word lists of the reading aid (`interviews.plainlanguage`): each line "word word: easier".

In a phrase "_" stands for a space; a star at the end takes every ending. Pure data.
"""

from __future__ import annotations

# The column "avoid" of the wording guide, with the word that the pages use instead.
AVOID_LINES = """
interview-instantie casus: gesprek
dashboard werkvoorraad: mijn gesprekken
respondent subject deelnemer-id: de ander
enquêteur: interviewer
doelgroep peer: ervaringsdeskundige
analist: onderzoeker
administrator beheerder: projectleider
functionaris functionarissen: consulent
ketenpartner: gemeente
informed_consent consent akkoordverklaring: toestemming
akkoord opt-in: ja, dat mag
consent_beheren: toestemming veranderen
intrekken_deelname deelname_intrekken: stoppen met meedoen
topiclijst protocol protocollen: vragenlijst
audiobestand asset: opname
uploaden upload uploadt: toevoegen
verwijderen_uit_opslag: wissen
transcriptie: uitgetypt gesprek
transcriberen transcribeer: uittypen
importeren importeer import: tekst plakken of toevoegen
spreker-label: wie praat er
fragment segment unit: stuk tekst
turn offset: regel
pseudoniem: andere naam
pseudonimiseren pseudonimiseer anonimiseren anonimiseer: namen weghalen
pii entiteit entiteiten detectie: misschien een naam
accepteren accepteer afwijzen: klopt, weghalen of laten staan
redigeren redigeer verwijderverzoek verwijderverzoeken: dit moet eruit
valideren valideer verifiëren verifieer validatie verificatie: nakijken
geautoriseerd autoriseren autorisatie: nagekeken
abstract synthese: samenvatting
key_findings: belangrijkste punten
construct: thema
coderen codeer codering labelen taggen tag: thema kiezen
codeboek taxonomie: lijst met thema's
code_aanmaken: nieuw thema maken
mergen merge: samenvoegen
ai auto-tag prediction: voorstel van de computer
bevestigen negeren: past wel, past niet, later
confidence score: waarom dit voorstel
conflict afwijking afwijkingen: ik zie het anders
consensus adjudicatie: samen besluiten
memo memo's annotatie: wat mij opvalt
extract: citaat
card_sorting: kaartjes om te sorteren
cluster categorie categorieën: stapel
interventie maatregel maatregelen: idee
pilot implementatie: uitproberen
evaluatie: wat hebben we geleerd
event sessie: bijeenkomst
key_takeaway takeaway: dit neem ik mee
rapportage export exporteren: verslag
genereren genereer: verslag maken
publiceren publiceer: vrijgeven
testimonial case: portret
submit synced: opslaan
vorige_stap doorgaan: terug of volgende
sessie_beëindigen: stoppen, later verder
support contact_us: hulp
authenticatie: inloggen
"""

# Words that are common in letters of organisations and hard for many readers.
HARD_LINES = """
conform overeenkomstig: volgens
middels door_middel_van: met
teneinde ten_behoeve_van: om, voor
betreffende aangaande omtrent inzake met_betrekking_tot ten_aanzien_van: over
aangezien daar_waar: omdat
derhalve dientengevolge bijgevolg: daarom
desalniettemin niettemin desondanks: toch
echter: maar
tevens eveneens alsmede: ook
reeds: al
indien mits: als
alvorens: voordat
tenzij: behalve als
dient dienen dienden: moet, moeten
aanvangen aanvang: beginnen, begin
verstrekken verstrekt: geven
beschikken_over beschikt_over: hebben
ontbreken ontbreekt: er niet zijn
frequent regelmatig: vaak
optimaal optimale: zo goed mogelijk
relevant relevante: belangrijk
significant significante: duidelijk, groot
essentieel essentiële cruciaal cruciale: heel belangrijk
consequentie consequenties: gevolg
participe*: meedoen
participatie: meedoen
facilite*: mogelijk maken, helpen
implemente*: invoeren
realise* realisatie: maken, lukken
communice*: praten, vertellen
evalue*: terugkijken
reflecte*: terugkijken
formule*: opschrijven
specifice*: precies zeggen
specifiek specifieke: precies, dit ene
initiatief initiatieven: plan, idee
perspectief perspectieven: kant, hoe iemand het ziet
functione*: werken
functionaliteit: wat het kan
problematiek: problemen
situatie situaties: hoe het is, wat er gebeurt
aspect aspecten: kant, deel
factor factoren: wat meespeelt
criterium criteria: eis, regel
procedure procedures: stappen
proces processen: stappen
traject trajecten: weg, plan
voorziening voorzieningen: hulp
instantie instanties: organisatie
beleid: plannen en regels
beschikking beschikkingen: besluit, brief met besluit
verplichting verplichtingen: wat moet
vereist vereiste vereisten: nodig
noodzakelijk noodzakelijke noodzaak: nodig
adequaat adequate: goed genoeg
effectief effectieve: wat werkt
efficiënt efficiënte: snel, handig
flexibel flexibele: wat kan veranderen
integraal integrale: alles samen
structureel structurele: steeds, voor lange tijd
incidenteel incidentele: af en toe
momenteel thans: nu
recent recente: van kort geleden
voorts vervolgens: daarna
uitsluitend louter slechts: alleen
circa: ongeveer
diverse: verschillende
voornoemd voornoemde bovengenoemd bovengenoemde: deze, dit
onderhavig onderhavige: dit
desbetreffend desbetreffende: dit, deze
hieromtrent daaromtrent: hierover
bewerkstelligen bewerkstelligt: zorgen voor
waarborgen waarborgt: zorgen voor
stimule*: helpen, aanmoedigen
motive*: zin geven, uitleggen waarom
adviseren adviseert: raad geven
informe*: vertellen
contacte*: bellen, schrijven
anticipe*: van tevoren rekening houden met
accommode*: ruimte geven
continue*: verdergaan
continuïteit: dat het doorgaat
discrepantie: verschil
ambivalent ambivalente: met twee gevoelens
autonomie: zelf kiezen
empathie empathisch empathische: inleven
bejegening bejegenen: hoe mensen met je omgaan
hulpvraag hulpvragen: waar je hulp bij wilt
zelfredzaam zelfredzame zelfredzaamheid: jezelf kunnen redden
draagvlak: steun
knelpunt knelpunten: probleem
inzicht inzichten: wat je begrijpt
inventarise*: op een rij zetten
signale*: zien, merken
constate*: zien, merken
prefere*: liever willen
resulte*: leiden tot
accentue*: benadrukken
geconfronteerd: tegengekomen
ervaringsverhaal ervaringsverhalen: verhaal
context: wat erbij hoort
transparant transparante transparantie: open
privacyverklaring: wat wij met je gegevens doen
persoonsgegevens: gegevens over jou
anoniem anonieme: zonder naam
vertrouwelijk vertrouwelijke: geheim
toelichten toelichting: uitleggen, uitleg
raadplegen raadpleeg: bekijken
retourneren retourneer: terugsturen
annuleren annuleer: afzeggen
activeren activeer: aanzetten
deactiveren deactiveer: uitzetten
selecteren selecteer geselecteerd: kiezen
optioneel optionele: mag je overslaan
"""

ENGLISH_LINES = """
meeting meetings: bijeenkomst
feedback: wat je ervan vindt
tool tools: hulpmiddel
update updates updaten: nieuw bericht, nieuwe versie
download downloads downloaden downloadt: opslaan op je apparaat
login: inloggen
issue issues: probleem
deadline deadlines: laatste dag
target targets: doel
skills: wat je kunt
empowerment: eigen kracht
mindset: hoe je denkt
match matchen: past bij elkaar
flow: hoe het gaat
save saven: opslaan
cancel cancelen: afzeggen, stoppen
oké ok okay: goed
random: zomaar een
awareness: weten
challenge challenges: moeilijk punt
caseload: aantal mensen
workshop workshops: les, bijeenkomst
community: groep mensen
stakeholder stakeholders: wie meedoet
input: wat je inbrengt
output: wat eruit komt
outreach: erop afgaan
burn-out burnout: op zijn
checken check gecheckt: nakijken
scannen scan: foto van papier
mailen gemaild: een mail sturen
topic topics: onderwerp
experience: ervaring
"""
