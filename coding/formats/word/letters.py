"""Letters for when somebody stops: to who has a report with that person's words, and to the person. In Dutch, 14 points.

A letter to a holder never says who stopped: no code, no other name, nothing to look anybody up by.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import BinaryIO

from coding.formats.word.body import Body
from coding.formats.word.consent_copy import SMALLEST
from coding.formats.word.shell import Shell
from coding.summaries import wording
from coding.summaries.blocks import Block, Box, Bullets, Facts, Heading, Numbered, Paragraph, Runs, Table, given, runs
from coding.summaries.tree import Cover, Kind, Summary

_NOT_IN_A_NAME = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class RecallLetter:
    """To who has a report. `made` is aware; `report` is what the kind of report is called."""

    project: str
    holder: str
    made: dt.datetime
    report: str
    built_on: dt.date
    given_on: dt.date
    sha256: str
    whole: bool
    """True when somebody stopped: the copy must go. False when less may be said: a new one takes its place."""
    contact: tuple[str, str] | None
    """Whom to call: name and number."""


@dataclass(frozen=True, slots=True)
class StoppedLetter:
    """To the person. `informal` is True for `je`."""

    project: str
    code: str
    informal: bool
    made: dt.datetime
    at: dt.date
    erased: bool
    """True when everything is gone; False when it is closed, or when fewer uses are allowed."""
    gone: tuple[str, ...]
    """What went, such as "de opname"; or which uses were taken back."""
    less: bool
    """True when only some uses were taken back."""
    holders: tuple[tuple[str, str, bool], ...]
    """Who has a report with the person's words, since when, and whether that holder was asked to throw it away."""
    contact: tuple[str, str] | None


def write(letter: Summary, stream: BinaryIO) -> None:
    """Write a letter as a Word file to `stream`, which stays open. Equal letters give equal bytes."""
    shell = Shell(letter, at_least=SMALLEST)
    body = Body(shell.body, letter, add_chart=shell.add_chart, footers=shell.footers, pages={})
    body.write()
    shell.save(stream, body.ordered_lists)


def file_name(letter: Summary) -> str:
    """Return a file name in ASCII, made of codes and the month: `brief-d-07-2026-11.docx`."""
    plain = unicodedata.normalize("NFKD", "-".join(("brief", *letter.name_parts)))
    plain = _NOT_IN_A_NAME.sub("-", plain.encode("ascii", "ignore").decode().lower()).strip("-")
    return f"{plain[:60]}-{letter.created:%Y-%m}.docx"


def recall(letter: RecallLetter) -> Summary:
    """Return the letter to a holder."""
    title = "Wilt u dit verslag weggooien?" if letter.whole else "Wilt u het nieuwe verslag gebruiken?"
    return _letter(letter.project, title, letter.made, ("terug", letter.sha256[:8]), tuple(_recall(letter)))


def stopped(letter: StoppedLetter) -> Summary:
    """Return the letter to the person."""
    if letter.less:
        title = "Jouw keuzes zijn veranderd" if letter.informal else "Uw keuzes zijn veranderd"
    else:
        title = "Je doet niet meer mee" if letter.informal else "U doet niet meer mee"
    return _letter(letter.project, title, letter.made, (letter.code,), tuple(_stopped(letter)))


def _letter(project: str, title: str, made: dt.datetime, parts: tuple[str, ...], blocks: tuple[Block, ...]) -> Summary:
    return Summary(
        kind=Kind.LETTER,
        title=title,
        subtitle="Een brief",
        project=project,
        language="nl",
        created=made,
        cover=Cover(lines=(project, wording.long_date(made.date(), "nl"))),
        blocks=blocks,
        name_parts=parts,
    )


def _recall(letter: RecallLetter) -> Iterable[Block]:
    yield Paragraph(runs("Beste ", given(letter.holder), ","))
    yield Paragraph(runs("U kreeg van ons een verslag. Daarin staat wat mensen ons vertelden."))
    if letter.whole:
        yield Paragraph(runs("Iemand doet nu niet meer mee. Dat mag altijd. Daarom moet dit verslag weg."))
    else:
        yield Paragraph(runs("Iemand wil nu minder delen. Dat mag altijd. Daarom is er een nieuw verslag nodig."))
    yield Heading(1, "Om welk verslag gaat het?")
    yield Facts(
        (
            ("Verslag", (given(letter.report),)),
            ("Gemaakt op", (given(wording.long_date(letter.built_on, "nl")),)),
            ("U kreeg het op", (given(wording.long_date(letter.given_on, "nl")),)),
            ("Kenmerk", (given(letter.sha256[:16]),)),
        )
    )
    yield Heading(1, "Wat vragen wij u?")
    yield Numbered(tuple(runs(step) for step in _steps(letter.whole)))
    yield Heading(1, "Waarom vragen wij dit?")
    yield Paragraph(
        runs("Mensen vertelden ons over hun leven. Zij kiezen zelf wat ermee gebeurt. Wij zeggen niet om wie het gaat.")
    )
    yield Paragraph(runs("Wilt u dat ook niet uitzoeken?"))
    yield from _call(letter.contact, informal=False)


def _steps(whole: bool) -> tuple[str, ...]:
    new = () if whole else ("Vraag ons om het nieuwe verslag.",)
    return (
        *new,
        "Gebruik het oude verslag niet meer." if not whole else "Gebruik het verslag niet meer.",
        "Gooi het bestand weg. Ook uit uw mail en uit uw prullenbak.",
        "Gooi papier door de papierversnipperaar.",
        "Gaf u het verslag aan iemand anders? Vraag die persoon hetzelfde.",
        "Laat ons weten dat het klaar is.",
    )


def _stopped(letter: StoppedLetter) -> Iterable[Block]:
    you, your = ("Je", "jouw") if letter.informal else ("U", "uw")
    if letter.less:
        yield Paragraph(runs(f"{you} wilt minder delen. Dat is goed. {you} hoeft niet te zeggen waarom."))
    else:
        yield Paragraph(runs(f"{you} wilde stoppen. Dat is goed. {you} hoeft niet te zeggen waarom."))
    on = wording.long_date(letter.at, "nl")
    yield Facts((("Gesprek", (given(letter.code),)), ("Gevraagd op", (given(on),))))
    if letter.gone:
        yield Heading(1, "Dit mag niet meer" if letter.less else "Dit is gewist")
        yield Bullets(tuple((given(one),) for one in letter.gone))
    yield Heading(1, "Wat blijft er?")
    yield from (Paragraph(runs(line)) for line in _stays(letter, your))
    yield Heading(1, "Verslagen die al weg waren")
    yield from _given_out(letter, your)
    yield from _call(letter.contact, informal=letter.informal)


def _stays(letter: StoppedLetter, your: str) -> tuple[str, ...]:
    if letter.less:
        return (f"De rest van {your} verhaal blijft. Ook daarvan mag later weer iets af.",)
    if not letter.erased:
        return (
            f"Niemand gebruikt {your} verhaal nog. De opname is gewist. De tekst blijft bewaard, achter slot.",
            "Dat is zo afgesproken voor na de einddatum van het onderzoek.",
        )
    return (
        f"We bewaren een code en de dag van wissen. Van {your} verhaal staat daar niets in.",
        "Er zijn ook oude kopieën van onze gegevens. De opname en de namen kan daar niemand meer lezen.",
        "De tekst zonder namen staat daar nog in, tot die kopieën weg mogen.",
        "Zetten we zo'n kopie terug? Dan wissen we meteen opnieuw.",
    )


def _given_out(letter: StoppedLetter, your: str) -> Iterable[Block]:
    if not letter.holders:
        yield Paragraph(runs(f"Er is geen verslag met {your} woorden aan iemand gegeven."))
        return
    yield Paragraph(
        runs(f"Deze mensen hebben een verslag met iets van {your} verhaal. Een echte naam staat er niet in.")
    )
    rows = tuple((who, since, "ja" if told else "nog niet") for who, since, told in letter.holders)
    yield Table(header=("Wie", "Sinds", "Gevraagd om het weg te gooien"), rows=rows, widths=(3, 2, 2))


def _call(contact: tuple[str, str] | None, *, informal: bool) -> Iterable[Block]:
    if contact is None:
        return
    name, phone = contact
    said: list[Runs] = [runs("Bel ", given(f"{name}: {phone}"), ".")]
    yield Box("Heb je een vraag?" if informal else "Hebt u een vraag?", tuple(said))
