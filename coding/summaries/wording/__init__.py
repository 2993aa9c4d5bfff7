"""The prose of the reports, by language. A third language needs one more catalogue module, and its row in `CATALOGUES`.

Report prose is domain text, so it lives here and not with the messages of the web app. A catalogue is a plain mapping
from key to sentence; a pair of keys `<key>.one` and `<key>.other` is chosen by number.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coding.summaries.material import Side
from coding.summaries.wording import dutch, english
from interviews.scopes import Scope

CATALOGUES: Mapping[str, Mapping[str, str]] = {"nl": dutch.SENTENCES, "en": english.SENTENCES}
_MONTHS: Mapping[str, Sequence[str]] = {"nl": dutch.MONTHS, "en": english.MONTHS}
_DAYS: Mapping[str, Sequence[str]] = {"nl": dutch.DAYS, "en": english.DAYS}
_PERSPECTIVES = ("client", "consulent", "social_worker")


@dataclass(frozen=True, slots=True)
class Words:
    """What a group of people is called: one of them, and several."""

    singular: str
    plural: str


def say(key: str, language: str, **fields: object) -> str:
    """Return the sentence `key` with its fields filled in. Raises KeyError for a key or a field that is missing."""
    return CATALOGUES[language][key].format_map(fields)


def counted(key: str, n: int, language: str, **fields: object) -> str:
    """Return the sentence `key` for `n` things."""
    return say(f"{key}.one" if n == 1 else f"{key}.other", language, n=number(n, language), **fields)


def plural(key: str, n: int, language: str) -> str:
    """Return "1 stuk tekst", "4 stukken tekst"."""
    return counted(f"count_{key}", n, language)


def number(n: int, language: str) -> str:
    """Return a whole number as it is read: 12.400 in Dutch, 12,400 in English."""
    text = f"{n:,}"
    return text.replace(",", ".") if language == "nl" else text


def perspective(key: str, language: str, own: Mapping[str, tuple[str, str]] | None = None) -> Words:
    """Return the words for a perspective: the project's own, else the house's; an unknown key speaks of people."""
    if own and key in own:
        return Words(*own[key])
    known = key if f"perspective_{key}.one" in CATALOGUES[language] else "other"
    return Words(say(f"perspective_{known}.one", language), say(f"perspective_{known}.other", language))


def perspective_order(key: str) -> int:
    """Return the place of a perspective in lists: the people on benefits come first."""
    return _PERSPECTIVES.index(key) if key in _PERSPECTIVES else len(_PERSPECTIVES)


def identifier(kind: str, n: int, language: str) -> str:
    """Return the word for a kind of identifying words (`IdentifierType` value) for `n` of them."""
    known = kind if f"identifier_{kind}.one" in CATALOGUES[language] else "INDIRECT"
    return say(f"identifier_{known}.one" if n == 1 else f"identifier_{known}.other", language)


def interviewer(kind: str, language: str) -> str:
    """Return who interviewed, by kind and number; a file that does not say, or says it otherwise, is one interviewer."""
    return CATALOGUES[language].get(f"interviewer_{kind}", say("interviewer_other", language))


def status(key: str, language: str) -> str:
    """Return the word for where an interview stands (a value of `Status`)."""
    return say(f"status_{key}", language)


def title(text: str) -> str:
    """Return `text` with a capital first letter; the others stay as they are ("BSN’s")."""
    return text[:1].upper() + text[1:]


def side(which: Side, language: str) -> str:
    """Return the title of a side: "Wat helpt", "Wat het moeilijk maakt"."""
    return say(f"side_{which}", language)


def scope(which: Scope, language: str) -> str:
    """Return what the person says yes or no to, in the words of the consent form."""
    return say(f"scope_{which}", language)


def out_of(n: int, of: int, people: Words, language: str) -> str:
    """Return "in 5 van de 8 gesprekken met cliënten"; never a percentage."""
    if of == 1:
        return say("in_the_one" if n else "not_in_the_one", language, people=people.singular)
    if n == 0:
        return say("in_none_of", language, of=of, people=people.plural)
    return say("in_n_of", language, n=n, of=of, people=people.plural)


def with_whom(n: int, people: Words, language: str) -> str:
    """Return "8 gesprekken met cliënten"."""
    return counted("with_whom", n, language, people=people.singular if n == 1 else people.plural)


def enumeration(parts: Sequence[str], language: str) -> str:
    """Return "a, b en c"."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {say('and', language)} {parts[-1]}"


def duration(milliseconds: int, language: str) -> str:
    """Return "1 uur en 5 minuten"; less than a minute is called so."""
    minutes = round(milliseconds / 60_000)
    if minutes < 1:
        return say("under_a_minute", language)
    hours, rest = divmod(minutes, 60)
    parts = [plural("hour", hours, language)] if hours else []
    if rest:
        parts.append(plural("minute", rest, language))
    return enumeration(parts, language)


def size(word_count: int, turns: int, language: str) -> str:
    """Return "2.310 woorden in 76 beurten"."""
    return say("size_of", language, words=plural("word", word_count, language), turns=plural("turn", turns, language))


def long_date(day: dt.date, language: str) -> str:
    """Return "dinsdag 12 maart 2024"."""
    return f"{_DAYS[language][day.weekday()]} {day.day} {_MONTHS[language][day.month - 1]} {day.year}"
