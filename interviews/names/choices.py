"""What else may stand in the place of a name: words for a role, a place said less exactly, a band, a month or a year.

Pure: no database, no web. Source of the scheme: the conventions of the project's reports (role words for children,
neighbours and colleagues; places to kind and province, ages to band, dates to month, quarter or year). What it offers
is text of the research layer, so Dutch.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Mapping
from dataclasses import dataclass

from interviews.detect.ages import age_in_years
from interviews.detect.findings import IdentifierType as Kind
from interviews.pseudonyms import OMITTED_LABEL, band, general_label


class Scale(enum.StrEnum):
    """In which way words are said less exactly."""

    ROLE = "role"
    PLACE = "place"
    SORT = "sort"
    AGE = "age"
    DATE = "date"
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to put in place, in brackets."""

    scale: Scale
    text: str


ROLES: tuple[str, ...] = (
    "mijn dochter", "mijn zoon", "mijn kind", "mijn kleinkind", "een kind", "mijn partner", "mijn ex", "mijn moeder", "mijn vader", "mijn zus",
    "mijn broer", "een familielid", "een vriend", "een buur", "een collega", "een consulent", "een hulpverlener",
    "een docent",
)  # fmt: skip
"""Who somebody is in the story: for children, neighbours, colleagues and others who never said yes to anything."""
PROVINCES: tuple[str, ...] = (
    "Drenthe", "Flevoland", "Friesland", "Gelderland", "Groningen", "Limburg", "Noord-Brabant", "Noord-Holland",
    "Overijssel", "Utrecht", "Zeeland", "Zuid-Holland",
)  # fmt: skip
_SETTLEMENTS = ("een dorp", "een stad")
_PLACES: Mapping[Kind, tuple[str, ...]] = {
    Kind.PLACE: (*_SETTLEMENTS, "een dorp in de buurt", "mijn gemeente", "een ander land"),
    Kind.LOCATION: ("een wijk in de stad", "een buurt", "een gebouw"),
    Kind.ADDRESS: ("een straat", "een adres in de buurt"),
    Kind.POSTCODE: ("een wijk in de stad",),
}
_SORTS = (
    "een organisatie", "een bedrijf", "een winkel", "een school", "een zorginstelling", "een vereniging", "een kerk",
    "een moskee", "de gemeente", "mijn werk",
)  # fmt: skip
_MONTHS = ("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november",
           "december")  # fmt: skip
_QUARTERS = ("eerste", "tweede", "derde", "vierde")
_NUMERIC = re.compile(r"\b\d{1,2}[-/. ](\d{1,2})(?:[-/. ](\d{4}))?\b")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def choices(kind: Kind, words: str) -> list[Choice]:
    """Return what to choose from for words of a kind, from most to least exact; always with leaving out at the end."""
    found: list[Choice] = []
    if kind is Kind.PERSON:
        found += [Choice(Scale.ROLE, f"[{role}]") for role in ROLES]
    found += [Choice(Scale.PLACE, f"[{place}]") for place in _PLACES.get(kind, ())]
    if kind is Kind.ORG:
        found += [Choice(Scale.SORT, f"[{sort}]") for sort in _SORTS]
    if kind is Kind.AGE and (years := age_in_years(words)) is not None:
        found.append(Choice(Scale.AGE, f"[{band(years)}]"))
    if kind is Kind.DATE:
        found += [Choice(Scale.DATE, f"[{date}]") for date in dates(words)]
    if kind is not Kind.PERSON:
        found.append(Choice(Scale.LEFT_OUT, f"[{general_label(kind)}]"))
    return [*dict.fromkeys([*found, Choice(Scale.LEFT_OUT, OMITTED_LABEL)])]


def dates(words: str) -> list[str]:
    """Return a date as month, as quarter and as year, as far as the words say; [] when they say neither."""
    said = words.casefold()
    numeric = _NUMERIC.search(said)
    month = next((number for number, name in enumerate(_MONTHS) if re.search(rf"\b{name}\b", said)), None)
    if month is None and numeric is not None and 1 <= int(numeric[1]) <= len(_MONTHS):
        month = int(numeric[1]) - 1
    year = found[0] if (found := _YEAR.search(said)) else None
    levels: list[str] = []
    if month is not None:
        levels.append(_MONTHS[month] if year is None else f"{_MONTHS[month]} {year}")
        quarter = f"het {_QUARTERS[month // 3]} kwartaal"
        levels.append(quarter if year is None else f"{quarter} van {year}")
    return levels if year is None else [*levels, year]


def with_province(text: str, province: str) -> str:
    """Return a place with its province: "[een dorp]" in Drenthe is "[een dorp in Drenthe]". Anything else stays as it is."""
    if province not in PROVINCES or text not in {f"[{one}]" for one in _SETTLEMENTS}:
        return text
    return f"{text[:-1]} in {province}]"
