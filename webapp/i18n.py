"""Languages: Dutch is what the pages are written in, every other language is a catalogue of those sentences.

Catalogues are read from their .po files when first needed: no compiled files to forget, and a third language is one
folder with one file. `python -m webapp.i18n check` tells what a catalogue lacks, `update` adds it, empty.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from datetime import date, datetime
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import click
from babel import Locale, dates, numbers
from babel.messages import pofile
from babel.messages.catalog import Catalog, Message
from babel.support import NullTranslations
from flask import Flask, current_app, g, has_request_context, request
from flask import session as cookie
from flask_babel import Babel, Domain, get_timezone

from webapp import identity

TRANSLATIONS = Path(__file__).parent / "translations"
SOURCE = "nl"
PSEUDO = "xx"
"""A language for tests: every sentence in ⟦brackets⟧, so that a text without them was never offered to translators."""
NAMES = {"nl": "Nederlands", "en": "English"}
"""The languages to choose from, each in its own words."""
_CHANGING = re.compile(
    r'^"(?:Project-Id|Report-Msgid|POT-Creation|PO-Revision|Last-Translator|Language-Team|Generated-By)[^\n]*\n',
    re.MULTILINE,
)
KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "lazy_gettext": None,
    "lazy_ngettext": (1, 2),
    "_l": None,
    "_n": (1, 2),
}


def catalogue_path(language: str) -> Path:
    """Return where the sentences of `language` are."""
    return TRANSLATIONS / language / "LC_MESSAGES" / "messages.po"


def read_catalogue(language: str) -> Catalog:
    """Read the catalogue of `language`. Raises OSError when there is none."""
    with catalogue_path(language).open("rb") as file:
        return pofile.read_po(file, locale=language)


def _strings(message: Message) -> tuple[str, ...]:
    """Return the translation of `message`, one text per plural form; empty texts where there is none."""
    found = message.string
    return (found or "",) if found is None or isinstance(found, str) else tuple(found)


class Sentences(NullTranslations):
    """The sentences of one catalogue in memory. One that is not translated yet stays Dutch."""

    def __init__(self, catalogue: Catalog) -> None:
        super().__init__()
        self._one: dict[str, str] = {}
        self._many: dict[tuple[str, str], tuple[str, ...]] = {}
        for message in catalogue:
            strings = _strings(message)
            if not message.id or not all(strings):
                continue
            if isinstance(message.id, str):
                self._one[message.id] = strings[0]
            else:
                self._many[message.id[0], message.id[1]] = strings

    def gettext(self, message: str) -> str:
        """Return the sentence for `message`."""
        return self._one.get(message, message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Return the sentence for `n` things. The languages so far have two forms, as Dutch has."""
        forms = self._many.get((msgid1, msgid2))
        if forms is None:
            return msgid1 if n == 1 else msgid2
        return forms[0] if n == 1 else forms[-1]

    ugettext = gettext
    ungettext = ngettext


class Brackets(NullTranslations):
    """The pseudo-language."""

    def gettext(self, message: str) -> str:
        """Return `message` in brackets."""
        return f"⟦{message}⟧"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Return the form for `n` things in brackets."""
        return f"⟦{msgid1 if n == 1 else msgid2}⟧"

    ugettext = gettext
    ungettext = ngettext


@lru_cache
def sentences_of(language: str) -> NullTranslations:
    """Return the sentences of `language`; those of an unknown one are Dutch."""
    if language == PSEUDO:
        return Brackets()
    if language == SOURCE or not catalogue_path(language).exists():
        return NullTranslations()
    return Sentences(read_catalogue(language))


class OwnDomain(Domain):  # type: ignore[misc]  # Flask-Babel has no types
    """Takes the sentences from our own catalogues in memory instead of from compiled files."""

    def get_translations(self) -> NullTranslations:
        """Return the sentences of this request's language."""
        return sentences_of(language())


def language() -> str:
    """Return the code of this request's language: the person's choice, else the cookie's, else the browser's."""
    if not has_request_context():
        return SOURCE
    if "language" not in g:
        g.language = _choose()
    chosen: str = g.language
    return chosen


def _choose() -> str:
    if current_app.config.get("PSEUDO_LANGUAGE"):
        return PSEUDO
    # A page that shows that the database is broken must not ask it for somebody's language.
    known = None if g.get("broken") else identity.person()
    for code in (known.language if known is not None else None, cookie.get("language")):
        if code in NAMES:
            return str(code)
    return request.accept_languages.best_match(NAMES, default=SOURCE) or SOURCE


def spoken() -> str:
    """Return the language to write down for a new person: the one the page was read in."""
    return language() if language() in NAMES else SOURCE


def remember(code: str) -> None:
    """Keep `code` as the language of this browser. Unknown codes are ignored."""
    if code in NAMES:
        cookie["language"] = code
        g.pop("language", None)


def _locale() -> Locale:
    chosen = language()
    return Locale.parse(SOURCE if chosen == PSEUDO else chosen)


def init_app(app: Flask) -> None:
    """Give `app` its languages, and templates the filters `day`, `time_of_day` and `moment`."""
    babel = Babel(
        app,
        default_locale=SOURCE,
        default_timezone="Europe/Amsterdam",
        locale_selector=_locale,
    )
    # A cached property of the library: set before it is first asked for, it is what every gettext uses.
    babel.__dict__["domain_instance"] = OwnDomain()
    app.jinja_env.filters.update(number=format_number, day=format_day, time_of_day=format_time, moment=format_moment)
    app.jinja_env.policies["ext.i18n.trimmed"] = True


def _local(moment: datetime) -> datetime:
    return moment.astimezone(get_timezone()) if moment.tzinfo is not None else moment


def format_number(value: float) -> str:
    """Return a number as people in this language write it: "1,5"."""
    return numbers.format_decimal(value, locale=_locale())


def format_day(day: date | datetime) -> str:
    """Return the day in full: "dinsdag 12 maart 2024". A moment is taken in the time of the Netherlands."""
    plain = _local(day).date() if isinstance(day, datetime) else day
    return dates.format_date(plain, format="EEEE d MMMM y", locale=_locale())


def format_time(moment: datetime) -> str:
    """Return the time of day as the language writes it: "14.05 uur", "14:05"."""
    local = _local(moment)
    return local.strftime("%H.%M uur") if _locale().language == SOURCE else local.strftime("%H:%M")


def format_moment(moment: datetime) -> str:
    """Return day and time: "dinsdag 12 maart 2024 om 14.05 uur"."""
    between = "om" if _locale().language == SOURCE else "at"
    return f"{format_day(moment)} {between} {format_time(moment)}"


def choices() -> list[SimpleNamespace]:
    """Return the languages to choose from for the frame of the page."""
    return [SimpleNamespace(code=code, name=name, current=code == language()) for code, name in NAMES.items()]


def extracted() -> Catalog:
    """Return every sentence in the source and the templates, in reading order."""
    from babel.messages.extract import extract_from_dir
    from babel.messages.frontend import parse_mapping_cfg

    here = Path(__file__).parent
    with (TRANSLATIONS / "babel.cfg").open(encoding="utf-8") as file:
        method_map, options = parse_mapping_cfg(file, "babel.cfg")  # type: ignore[no-untyped-call]
    catalogue = Catalog()
    for filename, line, message, comments, _context in extract_from_dir(
        str(here),
        method_map,
        options,
        keywords=KEYWORDS,
        comment_tags=["i18n:"],
        directory_filter=lambda folder: Path(folder).name not in {"node_modules", "static", "frontend", "__pycache__"},
    ):
        catalogue.add(message, locations=[(f"webapp/{filename}", line)], auto_comments=comments)
    return catalogue


def _untranslated(catalogue: Catalog) -> Iterator[Message]:
    for message in catalogue:
        if message.id and not all(_strings(message)):
            yield message


def missing(language: str) -> list[str]:
    """Return the sentences that the catalogue of `language` lacks or leaves empty, in reading order."""
    known = read_catalogue(language)
    empty = {message.id for message in _untranslated(known)}
    return [
        message.id[0] if isinstance(message.id, tuple) else str(message.id)
        for message in extracted()
        if message.id and (message.id not in known or message.id in empty)
    ]


def unused(language: str) -> list[str]:
    """Return the sentences that the catalogue of `language` still has and no page says any more."""
    said = extracted()
    return [str(message.id) for message in read_catalogue(language) if message.id and message.id not in said]


def update(language: str) -> int:
    """Write the catalogue of `language` anew: new sentences empty, unused ones gone; return how many are empty."""
    known = read_catalogue(language)
    fresh = extracted()
    fresh.locale = Locale.parse(language)
    fresh.project, fresh.header_comment = "Dichterbij", known.header_comment
    for message in fresh:
        old = known.get(message.id) if message.id else None
        if old is not None:
            message.string = old.string
        message.locations = sorted({(name, 0) for name, _line in message.locations})
    fresh.fuzzy = False
    written = BytesIO()
    pofile.write_po(written, fresh, width=120, sort_output=True, include_lineno=False)
    # Dates and addresses in the header would change with every run and say nothing.
    catalogue_path(language).write_text(_CHANGING.sub("", written.getvalue().decode()), encoding="utf-8")
    return sum(1 for _message in _untranslated(fresh))


def main(arguments: list[str]) -> int:
    """Run `check` or `update`; return the exit code: 0 done, 1 something is missing, 2 usage."""
    languages = [code for code in NAMES if code != SOURCE]
    if arguments == ["update"]:
        for code in languages:
            click.echo(f"{code}: {update(code)} without a translation")
        return 0
    if arguments == ["check"]:
        lacking = {code: missing(code) for code in languages}
        for code, texts in lacking.items():
            for text in texts:
                click.echo(f"{code}: {text}")
        return 1 if any(lacking.values()) else 0
    click.echo("usage: python -m webapp.i18n check | update", err=True)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
