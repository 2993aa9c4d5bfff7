"""The paper about a data leak, for the data-protection officer and the register: who could see what, and who did.

In Dutch. It names people who work in the project by the names that colleagues see, and interviews by their codes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import BinaryIO
from zoneinfo import ZoneInfo

from coding.formats.word import write as write_summary
from coding.summaries.blocks import Block, Facts, Heading, Numbered, Paragraph, Table, given, runs
from coding.summaries.tree import Cover, Kind, Summary
from interviews.breaches import Could, Did, Pack
from interviews.models.project import Role

_HERE = ZoneInfo("Europe/Amsterdam")
WHAT = {
    "names": "tekst met namen",
    "sound": "opname",
    "pictures": "tekeningen en foto's",
    "aftercare": "zorgen en na het gesprek",
    "signatures": "handtekening",
    "notes": "aantekeningen, wensen of antwoorden",
    "contacts": "wie het is en hoe je diegene bereikt",
    "reports": "verslag of bestand",
    "backups": "reservekopie",
}
"""What somebody saw or took along, as on the paper."""
ROLES: Mapping[Role, str] = {
    Role.PEER_INTERVIEWER: "interviewer",
    Role.CO_CODER: "ervaringsdeskundige",
    Role.RESEARCHER: "onderzoeker",
    Role.PROJECT_LEAD: "projectleider",
    Role.MUNICIPALITY_READER: "gemeente",
    Role.KEY_HOLDER: "sleutelhouder",
}
"""What each role is called on the paper."""
STEPS = (
    "Stop het lek: meld het apparaat af, of haal de toegang van iemand weg.",
    "Schrijf op wat er is gebeurd, en wanneer dat is ontdekt.",
    "Bel vandaag nog de functionaris gegevensbescherming.",
    "Melden bij de Autoriteit Persoonsgegevens moet binnen 72 uur na de ontdekking.",
    "Beslis samen of de mensen zelf het moeten weten. Bij veel risico moet dat.",
    "Bewaar dit blad bij het register van datalekken, ook als melden niet hoeft.",
)
"""What to do, in this order (AVG art. 33 and 34)."""


def write(pack: Pack, stream: BinaryIO, *, made: dt.datetime, log_is_whole: bool) -> None:
    """Write the paper as a Word file to `stream`, which stays open."""
    summary = Summary(
        kind=Kind.BREACH,
        title="Datalek: wie kon wat zien?",
        subtitle="Voor de functionaris gegevensbescherming",
        project=pack.project.title,
        language="nl",
        created=made,
        cover=Cover(lines=(pack.project.title,)),
        blocks=tuple(_blocks(pack, made, log_is_whole)),
    )
    write_summary(summary, stream)


def moment(at: dt.datetime) -> str:
    """Return a moment as it stands on the paper, in the time of the Netherlands."""
    return f"{at.astimezone(_HERE):%d-%m-%Y %H:%M}"


def _blocks(pack: Pack, made: dt.datetime, log_is_whole: bool) -> Iterator[Block]:
    whole = "Ja, gecontroleerd" if log_is_whole else "Nee: er is aan het logboek gezeten"
    facts = {
        "Van": moment(pack.reach.start),
        "Tot": moment(pack.reach.end),
        "Het gaat over": pack.about or "het hele project",
        "Gesprekken": str(len(pack.interviews)),
        "Mensen die iets vertelden": str(pack.people),
        "Klopt het logboek?": whole,
        "Gemaakt op": moment(made),
    }
    yield Facts(tuple((label, (given(value),)) for label, value in facts.items()))
    yield Heading(1, "Wat nu?")
    yield Numbered(tuple(runs(step) for step in STEPS))
    yield Heading(1, "Wie heeft iets gezien?")
    yield from _table(
        "Volgens het logboek",
        ("Wie", "Wat", "Gesprek", "Keer", "Eerste", "Laatste"),
        [_did(one) for one in pack.did],
        "In deze tijd heeft niemand een tekst met namen, een opname of iets anders van mensen geopend.",
    )
    yield Heading(1, "Wie kon iets zien?")
    yield Paragraph(
        runs(
            "Dit volgt uit de rollen van nu. Werden namen pas later nagekeken? Dan telt dat gesprek mee. "
            "Wie later uit het project ging, staat er ook bij."
        ),
        small=True,
    )
    yield from _table(
        "Volgens de rollen",
        ("Wie", "Rol", "Met namen", "Opname", "Zonder namen"),
        [_could(one) for one in pack.could],
        "Niemand had toegang.",
    )
    yield Heading(1, "Wie was ingelogd?")
    yield from _table(
        "Apparaten",
        ("Wie", "Apparaat", "Vanaf", "Laatst gezien", "Uitgelogd"),
        [
            (
                one.name,
                one.device or "onbekend",
                moment(one.started_at),
                moment(one.last_seen_at),
                "" if one.ended_at is None else moment(one.ended_at),
            )
            for one in pack.signed_in
        ],
        "In deze tijd was niemand ingelogd.",
    )


def _table(caption: str, head: tuple[str, ...], rows: list[tuple[str, ...]], none: str) -> Iterator[Block]:
    yield Table(header=head, rows=tuple(rows), caption=caption) if rows else Paragraph(runs(none))


def _did(one: Did) -> tuple[str, ...]:
    who = one.name or "Dichterbij zelf"
    return (who, WHAT[one.what], one.code or "–", str(one.times), moment(one.first), moment(one.last))


def _could(one: Could) -> tuple[str, ...]:
    held = ", ".join(ROLES[role] for role in Role if role in one.roles) or "geen rol meer"
    if one.ended_at is not None:
        held = f"uit het project op {moment(one.ended_at)}"
    return (one.name, held, _codes(one.names), _codes(one.sound), _codes(one.research))


def _codes(codes: tuple[str, ...]) -> str:
    return ", ".join(codes) or "–"
