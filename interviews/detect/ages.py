"""Ages of persons, in digits and in words; never how long something lasts or how much there is of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from interviews.detect import signs
from interviews.detect.answered import age_neighbours
from interviews.detect.findings import IdentifierType as Kind
from interviews.detect.hits import Hit
from interviews.detect.lexicon import default_lexicon, fold
from interviews.detect.spoken import ORDINALS, alternatives, says_a_number, value_of

_AGE = rf"(?:anderhalf|1[01]\d|\d{{1,2}}|{alternatives(2, 110)})"
_GROWN = rf"(?:1[4-9]|[2-9]\d|10\d|{alternatives(14, 105)})"
_YOUNG = rf"(?:een|één|anderhalf|anderhalve|\d{{1,2}}|{alternatives(2, 23)})"
_YEARS = rf"(?:[2-9]|[1-9]\d|{alternatives(2, 99)})"
_N = r"(?P<age>{0}(?:[,]?\s+(?:jaar(?:\s+oud)?|jr\.?|lentes))?)"
_STOP = (
    r"(?=\s*(?:$|[.,;:!?…\])'\"’”–—-]|(?:en|maar|toen|nu|of|dus|want|geworden|inmiddels|ondertussen|al|pas|hè|he|hoor|ofzo|"
    r"ongeveer|bijna|geloof|denk|geweest|was|waren|ben|bent|is|wordt|werd|word|werden|zijn|dan|die|dat|eh|ehm|uh|met|op|"
    r"vandaag|morgen|volgende|deze|dit|als|toch|ook|gewoon|ik|ze|zij|hij|toentertijd|destijds|of zo|om precies|in plaats|alweer|intussen|tegenwoordig|"
    r"zei|zeg|moet|in\s+\w+$|van 't jaar|van het jaar|van de \w+)\b))"
)
_WHEN = (
    r"(?:volgende|volgend|vorige|vorig|afgelopen|komende|deze|dit|van de|van het|in de)\s+(?:week|maand|jaar|zomer|winter|herfst|lente|keer|zondag)|"
    r"(?:over|binnen)\s+\w+\s+(?:jaar|maanden|maand|weken|week|dagen)|in\s+(?:jan|feb|ma|apr|me|jun|jul|aug|sep|okt|nov|dec)\w*"
)
_SOFT = rf"(?:\s+(?:{_WHEN}|toch|allebei|allemaal|beiden|beide|alle twee|echt|misschien|vast|denk ik|dacht ik|zeg maar|nog geen|net geen|intussen|ondertussen|eigenlijk|gewoon|eindelijk|precies|zo rond de|binnenkort|eh|ehm|uh|er|nu|nou|toen|net|bijna|pas|al|ook|inmiddels|dus|vandaag|gisteren|zelf|ongeveer|rond de|alweer|nog maar|nog|maar|amper|ruim|dan|geloof ik|straks|morgen|volgende maand|dit jaar|over de|in de|tegen de|zo'n|een jaar of)[,]?)*"
_SAID_BETWEEN = r"(?:,\s[^,.?!]{3,30},)?"
_NOUNS = (
    r"jongste|oudste|middelste|\w{0,8}zoon|\w{0,8}dochter|zoontje|dochtertje|zus|zusje|broer|broertje|"
    r"\w{0,8}moeder|\w{0,8}vader|man|vrouw|kind|kleinkind|kleinzoon|kleindochter|oma|opa|ma|pa|mam|pap|"
    r"vriend|vriendin|\w{0,8}zus|\w{0,8}zusje|\w{0,8}broer|\w{0,8}broertje|vrouwtje|neef|nicht|tante|oom|"
    r"baby|jongen|meisje|meid|buurvrouw|buurman|collega|kleintje|puber|ex|partner|tweeling|client|cliënt|"
    r"klant|meneer|mevrouw|jongetje|\w{3,}(?:zoon|dochter|kind|vrouw|man|jongen|meisje|dame|heer|meid)|meiske|jochie|joch|"
    r"jongeman|dame|heer|kerel|vent|ventje|mannetje|mens|hummel|hummeltje|ukkie|opaatje|omaatje|oudje|"
    r"drieling|knaap|griet|grietje|kereltje|knulletje|mannetje|bejaarde|puberzoon|puberdochter|"
    r"buurmeisje|buurjongen|stiefzoon|stiefdochter|pleegzoon|pleegdochter|pleegkind|"
    r"achterkleinkind|kleinzoontje|kleindochtertje|nichtje|neefje|dochterlief|manneke|madam|jongere|weduwe|"
    r"weduwnaar|alleenstaande|vluchteling|zwangere|knul|gast|gozer|zoon|dochter|moeder|vader|kleuter|"
    r"peuter|tiener|iemand|eentje|dreumes|student|studente|consulent|medewerker"
)
_NAMED = rf"(?-i:(?P<name>[{signs.CAPITAL}][\w'’-]+))"
_WHO = rf"(?:ik|jij|je|hij|ie|'ie|zij|ze|die|deze|u|wie|kleinste|kleine|grootste|tweede|{_NOUNS}|{_NAMED})"
_MINE = r"(?:\s+(?:van\s+(?:mij|hem|haar|ons|jou|u|mijn\s+\w+)|daar|hier|zelf|thuis))?"
# A word between "is" and the age that is no noun of something counted and opens no other part of the sentence.
_SMALL = (
    r"(?:\s+(?!(?:om|op|in|over|na|voor|van|door|tot|met|bij|uit|aan|onder|per|naar|te|er|het|dit|dat|de|den|een|geen|kwijt|niet|lijn|kamer|"
    r"groep|nummer|nr|artikel|klas|maat|plek|plaats|bus|tram|trein|team|fase|stap|deel|keer|van|want|maar|pagina|bladzijde|goed|vraag|punt|"
    r"samen|totaal|minstens|hooguit|alle|elke|ieder|iedere|week|tussen|huisnummer|versie|optie|vijf|tien|honderd|hun|ons|onze|mijn|zijn|haar|die)\b)"
    r"[a-zà-ÿ'’]+){0,3}"
)
_BE = r"(?:ben|bent|is|was|werd|word|wordt|zijn|waren|geworden)"
_PERSON_NOUN = rf"(?:{_NOUNS}|{_NAMED})"
_TENS = "twintig|dertig|veertig|vijftig|zestig|zeventig|tachtig|negentig|20|30|40|50|60|70|80|90"
_UNITS = (
    r"euro|mille|ton\b|procent|%|kilo|kg|meter|cent|graden|minuten|uur|weken|dagen|keer|mensen|man\b|kinderen|brieven|stuks|kilometer|km|gram|"
    r"liter|gulden|pagina|bladzijden|huizen|woningen|personen|gezinnen|collega's|cliënten|klanten|hoog"
)
_AROUND = r"(?:op|sinds|vanaf|rond|na|voor|tot|tegen|van|met)"
_OWN = r"(?:m'n|mijn|z'n|zijn|haar|d'r|je|jouw|hun|ons|uw)"
_LATE = "|".join(sorted((word for word, value in ORDINALS.items() if value >= 11), key=len, reverse=True))
_EARLY = "|".join(sorted((word for word, value in ORDINALS.items() if 2 <= value < 11), key=len, reverse=True))
_DID = r"ging|gaat|kreeg|was|werd|kon|moest|woonde|begon|had|kwam|zat|stond|liep|verloor|werkte|al|nog|naar|tot|mocht"
_WHO_FREE = rf"(?:ik|jij|je|hij|ie|'ie|zij|ze|u|wij|we|(?:mijn|m'n|zijn|z'n|haar|onze)\s+(?:{_NOUNS})|{_NAMED})"
_AFTER_WHO = r"toen|nu|nou|en|maar|pas|nog|dus|al|net|inmiddels|dan|geworden|toch|hoor|ofzo|denk|geloof|van|in|bij|op"
_FEW = r"twee|drie|vier|vijf|zes|zeven|acht|negen|tien|[2-9]"
_RULES: tuple[tuple[str, float, re.Pattern[str]], ...] = (
    ("age_after_name", 0.9, re.compile(rf"\b{_PERSON_NOUN}\s+\((?P<age>{_AGE})(?=[),])", re.I)),
    ("age_said", 0.93, re.compile(rf"\b{_WHO}{_MINE}[,]?\s+(?:{_BE}\s*){_SOFT}{_SAID_BETWEEN}[,]?\s+{_N.format(_AGE)}{_STOP}", re.I)),
    ("age_said", 0.88, re.compile(rf"\b{_WHO}{_MINE}\s+(?:ben|bent|is|was){_SMALL}\s+{_N.format(_GROWN)}{_STOP}", re.I)),
    ("age_said", 0.93, re.compile(rf"\b{_BE}\s+(?:m'n |mijn |z'n |zijn |haar |d'r |onze |hun |jouw |je |uw )?{_WHO}{_SOFT}\s+{_N.format(_AGE)}{_STOP}", re.I)),
    ("age_said", 0.92, re.compile(rf"\b(?:toen|als|dat|sinds|omdat|nu|voordat|tot|vanaf)\s+(?:m'n |mijn |z'n |zijn |haar |d'r |onze )?{_WHO}{_SOFT}\s+{_N.format(_AGE)}\s+(?:jaar\s+)?{_BE}\b", re.I)),
    ("age_of_person", 0.92, re.compile(rf"\b{_PERSON_NOUN}(?:\s+|,\s+)van(?:\s+(?:toen|nu|eh|net|bijna|rond de|in de|een jaar of|ongeveer|zo'n|achter in de|begin|eind))*[,]?\s+{_N.format(_AGE)}(?!\s+jaar\s+geleden)(?!\s*(?:{_UNITS}|maanden\s+geleden|tot\b|à\b))(?!\w|[.,]\d)", re.I)),
    ("age_of_person", 0.9, re.compile(rf"\b(?:een jaar of|rond de|tegen de|in de|achter in de|voor in de|ver in de|dik in de|richting de|half in de|over de|boven de)\s+{_N.format(_GROWN)}(?!\w)(?=\s*(?:$|[.,;!?]|en\b|was|is\b|ben\b|die\b|zijn\b|toen\b|maar\b|nu\b|hoor\b|geweest\b|met\b|denk\b))", re.I)),
    ("age_of_person", 0.85, re.compile(rf"\b(?:met|op)\s+{_N.format(_GROWN)}\s+(?=(?:ben|bent|begin|kun|kan|kom|krijg|word|wordt|mag|moet|is|hoor|vind|sta|ga|heb|neemt|nemen|zit|leer|wil)\s+(?:je|ik|hij|ze|u|jij|zij|men|het|dat)\b)", re.I)),
    ("age_of_person", 0.88, re.compile(rf"\b(?:begin|eind|midden|half|halverwege de|midden in de|achterin de|naar de|tegen de)\s+(?P<age>{_TENS})\b(?!\s*(?:{_UNITS}|jaren|jaar geleden))(?!-)", re.I)),
    ("age_said", 0.88, re.compile(rf"\b(?:word|wordt|werd)\b(?:\s+(?!om\b|op\b|over\b|na\b|voor\b|van\b|door\b|tot\b|met\b)[^\W\d_]+){{0,4}}?\s+{_N.format(_AGE)}{_STOP}", re.I)),
    ("age_of_person", 0.9, re.compile(rf"\b(?:tweeling|drieling|kinderen|zoons|zonen|dochters|jongens|meiden|meisjes)\b[^.?!]{{0,60}}?,?\s+van\s+{_N.format(_AGE)}{_STOP}", re.I)),
    ("age_of_person", 0.88, re.compile(rf"\b(?:met|op)\s+(?:mijn|m'n|z'n|zijn|haar|d'r|je|jouw|uw|hun)\s+{_N.format(_GROWN)}(?<=jaar)(?!\s+(?:ervaring|dienst|werk|in\b|bij\b|als\b|huwelijk|lang|op\b|onderwijs))", re.I)),
    ("age_of_person", 0.85, re.compile(rf"\b(?:een|eentje|ene|één)\s+van\s+{_N.format(_YEARS)}(?=\s+en\s+(?:nog\s+)?(?:een|eentje|ene|één)\s+van\b)", re.I)),
    ("age_of_person", 0.85, re.compile(rf"\ben\s+(?:nog\s+)?(?:een|eentje|ene|één)\s+van\s+{_N.format(_YEARS)}{_STOP}", re.I)),
    ("age_said", 0.88, re.compile(rf"\b(?:(?:waren|zijn)\s+(?:we|wij|ze|zij)|waren|zijn|worden|werden){_SOFT}\s+{_N.format(_YEARS)}(?=\s+en\s+(?:{_YEARS}){_STOP})", re.I)),
    ("age_said", 0.88, re.compile(rf"\b(?:(?:waren|zijn)\s+(?:we|wij|ze|zij)|waren|zijn|worden|werden){_SOFT}\s+(?:{_YEARS})\s+en\s+{_N.format(_YEARS)}{_STOP}", re.I)),
    ("age_said", 0.88, re.compile(rf"\b(?:ik|hij|zij|ze|jij|u|wij),\s+(?P<age>{_GROWN}\s+jaar)(?=\s*[,.]|\s+oud)", re.I)),
    ("age_of_person", 0.85, re.compile(rf"\b(?:mijn|m'n|zijn|z'n|haar|d'r|onze|hun|de)\s+(?:{_NOUNS})\s+{_N.format(_YEARS)}(?=\s*(?:$|[.,;!?]|en\s+(?:mijn|m'n|zijn|z'n|haar|d'r|onze|de)\b))", re.I)),
    ("age_said", 0.85, re.compile(rf"\b(?:haal|haalt|haalde|haalden|halen|gehaald|redt|redde|bereikt|bereikte|passeerde|gepasseerd|nader|nadert)\s+de\s+{_N.format(_GROWN)}(?!\w)(?!\s*(?:{_UNITS}))", re.I)),
    ("age_at_birthday", 0.8, re.compile(rf"\b(?:op|rond|sinds|vanaf|na|voor|tegen|tot)\s+(?:m'n|mijn|z'n|zijn|haar|d'r|je|jouw|hun|uw)\s+{_N.format(_GROWN)}(?=\s*(?:$|[.,;!?])|\s+(?:is|was|ben|ging|gaat|begon|kreeg|heb|had|heeft|kwam|werd|moest|nog|al|pas|zat|stond|woonde|trouwde|leerde)\b)", re.I)),
    ("age_years_old", 0.95, re.compile(rf"(?<!\w)(?P<age>(?:{_AGE}|{_YOUNG})\s+(?:jaar|maanden|maand|weken|dagen)\s+oud)\b", re.I)),
    ("age_years_old", 0.93, re.compile(rf"(?<!\w)(?P<age>{_AGE}-?\s?jarige?)\b", re.I)),
    ("age_said", 0.92, re.compile(rf"\b{_WHO}{_MINE}\s+{_BE}{_SOFT}\s+(?P<age>{_YOUNG}\s+(?:maanden|maand|weken|jaartjes|jaartje))(?=\s*(?:$|[.,;!?]|oud|en\b))", re.I)),
    ("age_after_name", 0.9, re.compile(rf"(?-i:(?P<name>[{signs.CAPITAL}][\w'’-]+))(?:\s*[(]|,\s+){_N.format(_AGE)}\s*(?=[,.;)]|$)(?!,\d)", re.I)),
    ("age_after_name", 0.85, re.compile(rf"(?-i:(?P<name>[{signs.CAPITAL}][\w'’-]+))[.]\s+{_N.format(_GROWN)}\s*(?=[.]|$|,\s)", re.I)),
    ("age_after_name", 0.85, re.compile(rf"(?-i:(?P<name>[{signs.CAPITAL}][\w'’-]+))\s+\(?(?P<age>(?:1[4-9]|[2-9]\d)\s+jaar|\((?:\d{{1,2}})(?=\)))", re.I)),
    ("age_said", 0.85, re.compile(rf"\b(?:(?:is|ben)\s+(?:oud|jong)|\w+\s+leeftijd),\s+{_N.format(_AGE)}{_STOP}", re.I)),
    ("age_said", 0.9, re.compile(rf"\b(?:leeftijd|leeftijd is|verjaardag)\s*[:,]?\s*(?:is\s+)?{_N.format(_AGE)}{_STOP}", re.I)),
    ("age_at_birthday", 0.75, re.compile(rf"\b{_AROUND}\s+{_OWN}\s+(?:net\s+|pas\s+)?(?P<age>(?:{_LATE}|[1-9]\d(?:e|ste|de)))\b", re.I)),
    ("age_at_birthday", 0.75, re.compile(rf"\b{_AROUND}\s+{_OWN}\s+(?P<age>(?:{_EARLY}|[2-9](?:e|de)))(?=\s+(?:verjaardag|{_DID})\b)", re.I)),
    ("age_said", 0.9, re.compile(rf"(?:^|[.?!…,;:\]]\s*|\b(?:en|maar|ja|nou|want|dus|eh)[,]?\s+){_N.format(_AGE)}\s+(?:toen\s+|nu\s+|pas\s+)?{_BE}(?:\s+(?:nou|nu|toen|dan|pas))?\s+{_WHO_FREE}(?!\s+(?:er|kwijt)\b)(?=\s*(?:$|[.,;!?])|\s+(?:{_AFTER_WHO})\b)", re.I)),
    ("age_said", 0.9, re.compile(rf"\b{_WHO}\s+(?:zal|zou|zult|moet|moest|kan|kon|ga|gaat|ging|mag|mocht|wil|hoop|hoopt){_SOFT}\s+{_N.format(_AGE)}\s+(?:te\s+)?(?:zijn|worden|wezen|geweest|geworden)\b", re.I)),
    ("age_said", 0.88, re.compile(rf"\b(?:moet|zal|zou|kan|gaat|ga|mag|wil)\s+{_WHO}{_SOFT}\s+{_N.format(_AGE)}\s+(?:te\s+)?(?:zijn|worden|wezen|geweest|geworden)\b", re.I)),
    ("age_said", 0.88, re.compile(rf"\b(?:word|wordt|werd)\b(?:\s+(?:ik|hij|ze|zij|u|je|jij))?(?:\s+er)?{_SOFT}\s+{_N.format(_AGE)}{_STOP}", re.I)),
    ("age_said", 0.86, re.compile(rf"\b(?:we|wij|ze|zij|jullie)\s+(?:waren|zijn|werden|worden)\s+(?:toen\s+|nu\s+|net\s+|pas\s+)*(?:allebei|beiden|beide|alle (?:twee|drie|vier)|allemaal|ook|nog maar|pas|net|amper)(?:\s+(?:toen|nu|net|pas|rond de|in de))*\s+{_N.format(_GROWN)}{_STOP}", re.I)),
    ("age_said", 0.86, re.compile(rf"\b(?:schat|schatte|geef|gaf)(?:\s+(?:ik|je|ze|hij|u))?\s+(?:hem|haar|'r|d'r|'m|ze|die|u|je|jou|mij|me|{_PERSON_NOUN})(?:\s+(?:op|tegen de|rond de|zo'n|een jaar of|ongeveer|een|boven de))*\s+{_N.format(_GROWN)}{_STOP}", re.I)),
    ("age_said", 0.86, re.compile(rf"\b(?:voel|voelt|voelde)(?:\s+(?:ik|je|jij))?\s+(?:me|mij|je|zich|mezelf)(?:\s+(?:soms|eerder|nog|meer|wel|net|nu|alsof|als|een|rond de|een jaar of))*\s+{_N.format(_AGE)}{_STOP}", re.I)),
    ("age_said", 0.86, re.compile(rf"\b(?:ziet?|zag|zien|oogt|oogde|lijkt|leek|klonk)\b[^.?!,]{{0,20}}?\b(?:als|uit als|wel|ouder dan|jonger dan)\s+{_N.format(_GROWN)}{_STOP}", re.I)),
    ("age_said", 0.85, re.compile(rf"\b(?:ouder|jonger)\s+dan\s+(?:(?:ik|mij|jij|hij|zij|u|mijn\s+\w+|{_NAMED}),\s+(?:die is\s+)?)?{_N.format(_AGE)}{_STOP}", re.I)),
    ("age_of_person", 0.88, re.compile(rf"\bde\s+(?P<age>{_TENS})\s+(?:(?:al|net|ruim|bijna|nu|nog|lang|niet|nooit|allang|inmiddels|ver|dik)\s+)*(?:gepasseerd|voorbij|gehaald|halen|gehaald|ben ik|is hij|is ze|aangetikt|bereikt|over)\b", re.I)),
    ("age_of_person", 0.86, re.compile(rf"\b(?:een|mijn|m'n|z'n|zijn|haar|d'r|de|het|onze|die|als)\s+(?:\w+\s+){{0,2}}?(?:{_NOUNS}),\s+(?:ook |toen |nu |net |bijna |pas |al |van )*{_N.format(_AGE)}(?=\s*(?:[,.;!?)]|$)|\s+(?:of zo|ofzo|ongeveer|denk ik|hooguit|schat ik)\b)", re.I)),
    ("age_of_person", 0.86, re.compile(rf"\b(?:iemand|niemand|mensen als ik|types?)\s+(?:\w+\s+){{0,2}}van\s+(?:boven de\s+|rond de\s+|over de\s+)?{_N.format(_GROWN)}{_STOP}", re.I)),
    ("age_of_person", 0.86, re.compile(rf"\b(?:kinderen|kids|zoons|zonen|dochters|jongens|meiden|meisjes|kleintjes|pubers|kleinkinderen|kinders|koters|tieners|broertjes|zusjes|broers|zussen|neefjes|nichtjes|er\s+(?:{_FEW}))\s*(?:[,:(]|zijn|waren|worden)\s*(?:van\s+)?{_N.format(_YEARS)}(?=\s*,\s+(?:{_YEARS})\b|\s+en\s+(?:(?:een|één|eentje)?\s*van\s+)?(?:{_YEARS})(?!\w)|\s*[.;!?)])", re.I)),
    ("age_said", 0.88, re.compile(rf"\bdie{_SOFT}\s+{_N.format(_GROWN)}\s+(?:is|was|wordt|werd|geworden)\b(?=\s*(?:$|[.,;!?])|\s+(?:en|maar|of|dan|niet|kan|mag|krijgt)\b)", re.I)),
    ("age_said", 0.84, re.compile(rf"\b(?:niet gek|niet slecht|niet verkeerd|kras|knap|fit|jong|oud|vroeg|laat)\s+voor\s+{_N.format(_GROWN)}{_STOP}", re.I)),
    ("age_said", 0.84, re.compile(rf"^(?:(?:nou|ja|tja|zo|jeetje|ach|eh|kijk)[, ]+)*{_N.format(_GROWN)}\s+(?:alweer|geworden|inmiddels|jong|hoor|pas)\b", re.I)),
    ("age_said", 0.86, re.compile(rf"\b{_WHO}\s+{_BE}{_SOFT}\s+(?P<age>{_GROWN}[- ]?plus(?:ser)?)\b", re.I)),
    ("age_decade", 0.75, re.compile(r"\b(?:ik ben|hij is|zij is|ze is|die is|is|ben|was|als)\s+(?:een\s+)?(?P<age>(?:twintiger|dertiger|veertiger|vijftiger|zestiger|zeventiger|tachtiger|negentiger))\b", re.I)),
)  # fmt: skip
_ALONE = re.compile(rf"(?:^|(?<=[.!?]\s)|(?<=[.!?…]\s\s)|(?<=\]\s)){_N.format(_GROWN)}\s*(?=[.!,]|$)", re.I)
_BARE = re.compile(rf"^(?:(?:ja|nou|eh|ik|ehm|net|bijna|al)[, .]+)*{_N.format(_AGE)}\s*(?:[.,!]|$)", re.I)
_ASKED = re.compile(r"hoe oud|leeftijd|hoe jong|hoeveel jaar ben|oud ben|oud bent|oud is|oud zijn", re.I)
_INTRODUCED = re.compile(r"\b(?:naam|heet|voorstel|wie ben|over jezelf|stel je)", re.I)
_NAME_FIRST = re.compile(
    rf"(?:^|[.?!\]]\s)[^.?!]{{0,20}}[{signs.CAPITAL}][\w'’-]+ [{signs.CAPITAL}][\w'’-]+[^.?!]{{0,40}}[.]\s+\w+[.]"
)
_NOT_A_PERSON = re.compile(
    r"\b(?:is|was|waren|zijn)\s+er\b|\b(?:dit|dat|het|er|helft|nummer|lijn|kamer|artikel|punt|vraag|bladzij|bladzijde|pagina|uitkering|bedrag|huur|fase|stap|groep|klas|deel)\s+(?:is|was|werd|wordt)\b",
    re.I,
)
_PARENT_OF = re.compile(
    r"\b(?:moeder|vader|oma|opa|ouder|mama|papa)\s+van\s+(?:[2-9]|1[0-2]|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf)\b|jarige oorlog",
    re.I,
)
_MANY = re.compile(r"\b(?:mensen|mannen|vrouwen|jongeren|kinderen|collega's|klanten|ouderen|lui)\s+van\b", re.I)


_ANY_AGE = re.compile(r"tiger|plus|jarig|maand|weken|dagen|anderhal", re.I)


def _may_be_a_name(word: str, *, inside: bool) -> bool:
    """Tell whether a word with a capital may be a person; `inside` a sentence an ordinary word may be one too."""
    lexicon = default_lexicon()
    key = fold(word)
    listed = lexicon.is_name(key) and key not in lexicon.common
    return key not in lexicon.neutral and (listed or inside or not lexicon.is_ordinary(word))


def age_hits(text: str, *, before: str = "") -> Iterator[Hit]:
    """Yield the ages of persons in the text of one turn; `before` is what was said just before it."""
    if not says_a_number(text) and not _ANY_AGE.search(text):
        return
    found = [*_ruled(text), *_answers(text, before)]
    yield from found
    yield from age_neighbours(text, found, before=before)


def _ruled(text: str) -> Iterator[Hit]:
    for reason, score, rule in _RULES:
        for match in rule.finditer(text):
            said = match.group()
            parent = _PARENT_OF.search(text[match.start() : match.end() + 8])
            if _NOT_A_PERSON.search(said) or _MANY.search(said) or parent:
                continue
            left = text[max(0, match.start() - 2) : match.start()].strip(" ,")
            inside = match.start() > 0 and left[-1:] not in (".", "?", "!", ":")
            if "name" in rule.groupindex and match["name"] and not _may_be_a_name(match["name"], inside=inside):
                continue
            start, end = match.span("age")
            yield Hit(start, start + len(text[start:end].rstrip(" ,.")), Kind.AGE, reason, score)


def _answers(text: str, before: str) -> Iterator[Hit]:
    """Yield a number that answers a question about age, or that follows the name with which somebody presents herself."""
    asked = _ASKED.search(before[-160:])
    if asked:
        match_bare = _BARE.search(text)
        if match_bare:
            yield Hit(match_bare.start("age"), match_bare.end("age"), Kind.AGE, "age_asked", 0.95)
    if asked or _INTRODUCED.search(before[-160:]) or _INTRODUCED.search(text) or _NAME_FIRST.search(text):
        for match in _ALONE.finditer(text):
            yield Hit(match.start("age"), match.end("age"), Kind.AGE, "age_asked", 0.8)


def age_in_years(words: str) -> int | None:
    """Return the age in whole years that found words say ("drieënveertig" is 43, "zeven maanden" is 0), or None."""
    found = re.search(r"[^\W_]+", words)
    if found is None:
        return None
    said = found.group()
    value = value_of(re.sub(r"(?:e|de|ste)$", "", said) if said[0].isdecimal() else said)
    if value is None:
        jarige = re.match(r"(\w+?)-?jarige?$", words.strip(), re.I)
        value = value_of(jarige.group(1)) if jarige else None
    if value is None:
        decade = re.match(r"(twintig|dertig|veertig|vijftig|zestig|zeventig|tachtig|negentig)er", words.strip(), re.I)
        return value_of(decade.group(1)) if decade else None
    if re.search(r"\b(?:maand|maanden|weken|dagen)\b", words, re.I):
        return 0
    return value
