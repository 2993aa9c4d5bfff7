"""Addresses and names that people have on line, written and spoken ("anja punt jansen, apenstaartje, gmail punt com")."""

from __future__ import annotations

import re
from collections.abc import Iterator

from interviews.detect.findings import IdentifierType as Kind
from interviews.detect.hits import Hit

_EMAIL = re.compile(r"(?<![\w.+-])[\w][\w.+%-]*@[\w-]+(?:\.[\w-]+)+(?<![.-])")
# As people type it: "anja (at) host.nl", "anja @ host.nl", "anja@host .nl", "anja@host,nl".
_LOOSE_EMAIL = re.compile(
    r"(?<![\w.+-])\w[\w.+%-]*(?:@\s?|\s@\s|\s?[\[({<]\s?(?:at|@|apen?staart(?:je)?)\s?[\])}>]\s?)[\w-]+"
    r"(?:(?:\s?\.\s?|,|\s?[\[({<]\s?(?:dot|punt|\.)\s?[\])}>]\s?)[\w-]+)*"
    r"(?:\.|\s\.\s?|\.\s(?=(?:nl|com|net|org|eu|be|example)\b)|,|\s?[\[({<]\s?(?:dot|punt|\.)\s?[\])}>]\s?)[a-z]{2,9}(?!\w)",
    re.I,
)
_DOMAINS = r"gmail|hotmail|outlook|live|yahoo|icloud|ziggo|kpnmail|kpn|planet|xs4all|home|hetnet|telfort|casema|upc|protonmail|msn"
_ENDINGS = r"(?:nl|com|net|org|eu|be|de|info|nu|example|tk|frl|amsterdam|co|uk|tr|pl)"
_AT = r"(?:apen?\s?staart(?:je|jes)?|apestaartje|at\s?teken|\bat\b|@)"
_DOT = r"(?:\s*(?:punt|dot|puntje)\s+|\s*\.\s*)"
_THEN = r"(?:(?:en|dan|eh|ehm|uh|daarna|met|zo'n|gewoon|zeg maar)[\s,.…]+)*"
_SPOKEN = re.compile(
    rf"(?<![\w.+-])(?P<local>(?:[\w.+-]+[\s,]+){{1,14}}?){_THEN}{_AT}[\s,]*{_THEN}"
    rf"(?P<domain>[\w-]+(?:[\s,]+(?:streepje|min)[\s,]+[\w-]+)*(?:[\s,]*(?:punt|dot|puntje)[\s,]+[\w-]+|\.[\w-]+){{0,3}})",
    re.I,
)
_HOST = re.compile(rf"\b(?:{_DOMAINS})\b|(?:\.|\b(?:punt|dot|puntje)[\s,]+){_ENDINGS}\b", re.I)
_SPOKEN_BY = re.compile(
    rf"(?<![\w.+-])(?P<local>(?:[\w.+-]+[\s,]+){{1,8}}?)[\s,]*\b(?:bij|op|van)\s+(?P<domain>(?:[\w-]+)(?:{_DOT}){_ENDINGS}|(?:{_DOMAINS})\b(?:{_DOT}{_ENDINGS})?)\b",
    re.I,
)
_LINKS = frozenset("punt puntje dot streepje streep laag underscore underscor liggend min plus".split())
# "anja met een zevenenvijftig erachter", "anja jansen aan elkaar"
_HOW_WRITTEN = re.compile(
    r"(?P<name>[\w.+-]+)[\s,]+(?:met|plus|en)[\s,]+(?:(?:een|het|de|dan|cijfers?|getal)[\s,]+)*(?:[\w.+-]+[\s,]+){1,3}"
    r"(?:erachter|eraan|ervoor|erbij|er achter(?:aan)?|achteraan)[\s,]*$"
    r"|(?P<glued>[\w.+-]+[\s,]+[\w.+-]+)[\s,]+(?:alles\s+)?(?:aan\s+elkaar|aan\s+één\s+stuk|aaneen)[\s,]*$",
    re.I,
)
_PARTICLES = frozenset("van de der den ter ten te".split())
_STOPPERS = frozenset(
    """is naar op mail mailen mailadres e-mail e-mailadres email adres mijn m'n me het dat de een dan en of met ja nee nou
    eh ehm uh via vanaf mailde mailt gemaild mailtje stuur stuurt sturen was heb heeft heet gewoon maar dus ook bij zit account aan van voor die dit ik je
    ze hij zij wij we jullie u uw er nog wel niet alles kleine letters geloof denk volgens mij werk privé doe mag kan
    kun moet wordt werd toen nu hier daar doen maak zet zo alles alleen allemaal altijd zitten had hebben""".split()
)
_LINK = r"(?:underscore|under\s?score|laag\s?streepje|liggend\s?streepje|streepje|punt(?:je)?|dot)"
_ACCOUNT_CUE = re.compile(
    r"\b(?:insta|instagram|snap|snapchat|tiktok|facebook|discord|twitter|telegram|youtube|gebruikersnaam|inlognaam|nickname|account|volg)\b",
    re.I,
)
_SPOKEN_HANDLE = re.compile(rf"(?<!\w)(?:{_AT}\s+)?(?P<first>[\w]+)(?:\s+{_LINK}\s+[\w]+){{1,4}}", re.I)
_SPOKEN_AT = re.compile(rf"(?<!\w){_AT}\s+\w{{3,}}", re.I)
_CUE_REACH = 50
_HANDLE = re.compile(r"(?<![\w.@/])@[A-Za-z_][\w.]{1,29}(?<!\.)")
_UNDERSCORED = re.compile(
    r"(?<![\w.@/#])(?=[\w.]*[_\d])[a-z][a-z0-9]*(?:[_.][a-z0-9]+)+(?![\w@])|(?<![\w.@/])[a-z]+_[\w.]+(?<!\.)", re.I
)
_ACCOUNT = re.compile(
    r"\b(?:gebruikersnaam|inlognaam|user\s?name|nickname|accountnaam|schermnaam|gamertag|insta(?:gram)?|snap(?:chat)?|tiktok|"
    r"facebook|discord|skype|twitter|linkedin|telegram|digid-naam|loginnaam)\b(?:naam)?"
    r"(?:\s+(?:is|heet|heb|ben|onder|als|met|was|dat|ik|de|naam|op|het))*[\s:,]+['\"‘“]?(?P<name>[\w.]*[\w])",
    re.I,
)
_PROFILE = re.compile(
    r"(?:https?://)?(?:www\.)?(?:facebook|instagram|linkedin|tiktok|twitter|x|youtube)\.com/(?:in/)?@?[\w.\-]{3,}", re.I
)
_URL = re.compile(r"(?<![\w@.])(?:https?://|www\.)[\w\-]+(?:\.[\w\-]+)+(?:/[\w\-./?=%&]*)?", re.I)
_PUBLIC_SITES = re.compile(
    r"(?:uwv|duo|belastingdienst|werk|rijksoverheid|overheid|digid|cak|svb|gemeente|google|marktplaats|facebook)\.",
    re.I,
)


def online_hits(text: str) -> Iterator[Hit]:
    """Yield e-mail addresses, user names and profile addresses in the text of one turn."""
    for match in _LOOSE_EMAIL.finditer(text):
        yield Hit(match.start(), match.end(), Kind.EMAIL, "email", 0.985)
    if "@" in text:
        for match in _EMAIL.finditer(text):
            yield Hit(match.start(), match.end(), Kind.EMAIL, "email", 0.99)
        for match in _HANDLE.finditer(text):
            yield Hit(match.start(), match.end(), Kind.USERNAME, "handle", 0.97)
    yield from _spoken_emails(text)
    yield from _spoken_handles(text)
    for match in _UNDERSCORED.finditer(text):
        if "_" in match.group() or re.search(r"[a-z]\d|\d[a-z]", match.group(), re.I):
            yield Hit(match.start(), match.end(), Kind.USERNAME, "user_name_shape", 0.8)
    for match in _ACCOUNT.finditer(text):
        name = match.group("name")
        if _looks_made_up(name):
            yield Hit(match.start("name"), match.end("name"), Kind.USERNAME, "user_name_named", 0.85)
    for match in _PROFILE.finditer(text):
        yield Hit(match.start(), match.end(), Kind.USERNAME, "profile_address", 0.95)
    for match in _URL.finditer(text):
        if not _PUBLIC_SITES.search(match.group()):
            yield Hit(match.start(), match.end(), Kind.USERNAME, "web_address", 0.6)


def _looks_made_up(name: str) -> bool:
    """Tell whether a word after "mijn insta is" is a name that somebody chose, not an ordinary next word."""
    return bool(re.search(r"[\d_.]", name)) and not name.replace(".", "").isdecimal()


def _spoken_handles(text: str) -> Iterator[Hit]:
    """Yield names on line said aloud ("apenstaartje anja punt bakt"), never the half of an address with a domain."""
    about = _ACCOUNT_CUE.search(text)
    for rule in (_SPOKEN_HANDLE, _SPOKEN_AT):
        for match in rule.finditer(text):
            said = match.group().lower()
            at = bool(re.match(_AT, said))
            named = about is not None and about.end() <= match.start() and match.start() - about.end() < _CUE_REACH
            mail = re.search(rf"\b(?:{_DOMAINS})\b|{_LINK}\s+{_ENDINGS}$", said) or re.match(
                rf"[\s,]*{_AT}", text[match.end() : match.end() + 200], re.I
            )
            before = re.search(r"([\w.]+)[\s,]*$", text[max(0, match.start() - 200) : match.start()])
            local = at and before is not None and before.group(1).lower() not in _STOPPERS
            if (
                mail
                or (local and not named)
                or not (named or (at and said[:2] != "at") or "underscore" in said or "laag" in said)
            ):
                continue
            yield Hit(match.start(), match.end(), Kind.USERNAME, "user_name_spoken", 0.96)


def _spoken_emails(text: str) -> Iterator[Hit]:
    lowered = text.lower()
    if "staart" in lowered or re.search(r"\bat\b", lowered):
        for match in _SPOKEN.finditer(text):
            sure = "staart" in match.group().lower() or re.search(
                rf"\b(?:{_DOMAINS})\b|\b(?:punt|dot)\s+{_ENDINGS}\b", match.group("domain"), re.I
            )
            if sure:
                yield _email_from(match)
    if "punt" in lowered or re.search(rf"\b(?:{_DOMAINS})\b", lowered):
        for match in _SPOKEN_BY.finditer(text):
            tail = match.group("domain").lower()
            if "punt" in tail or "dot" in tail or "." in tail or "punt" in match.group("local").lower():
                yield _email_from(match)


def _email_from(match: re.Match[str]) -> Hit:
    """Return the address from its first own word: left of the last ordinary word of the sentence that leads to it."""
    start = match.start("local")
    written = _HOW_WRITTEN.search(match.string, max(0, start - _CUE_REACH), match.end("local"))
    if written:
        return Hit(
            written.start("name") if written["name"] else written.start("glued"),
            match.end("domain"),
            Kind.EMAIL,
            "email_spoken",
            0.965,
        )
    words = list(re.finditer(r"[\w.+-]+", match.group("local")))
    first = len(words) - 1
    while first > 0:
        previous = words[first - 1].group().lower().rstrip(".")
        here = words[first].group().lower()
        spelled = len(previous) == len(here) == 1
        if spelled or previous in _LINKS or here in _LINKS:
            first -= 1
            continue
        gap = match.group("local")[words[first - 1].end() : words[first].start()]
        if previous in _STOPPERS or "," in gap or "." in words[first - 1].group()[-1:]:
            break
        first -= 1
    if first > 1 and words[first - 1].group().lower() in _PARTICLES:
        # "sanne van prins apenstaartje": a surname has small words before it.
        whole = words[first - 2].group().lower()
        first -= 2 if whole not in _STOPPERS and "." not in whole[-1:] else 0
    if words and words[first].group().lower() in _STOPPERS and first + 1 < len(words):
        first += 1
    begin = start + words[first].start() if words else match.start("domain")
    return Hit(begin, match.end("domain"), Kind.EMAIL, "email_spoken", 0.965 if _HOST.search(match["domain"]) else 0.95)
