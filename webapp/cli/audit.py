"""`dichterbij audit`: whether the log is whole, its newest line, and what to tell after a data leak."""

from __future__ import annotations

import io
import uuid
from datetime import datetime
from pathlib import Path

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from coding.formats.word import breach_pack
from interviews import audit, auditheads, breaches
from interviews.audit import Head
from interviews.auditheads import HeadsDamaged
from interviews.breaches import Reach
from interviews.clock import now
from interviews.db import reading
from interviews.durable import write_whole
from interviews.errors import Invalid, NotVisible
from interviews.models import Interview, Person, Project
from webapp import auditlines
from webapp.cli.console import Failed, explain, print_json, result, say
from webapp.cli.options import data_option, find_project, installation, operator
from webapp.installation import Installation
from webapp.messages import sentence
from webapp.moments import HERE


@click.group(name="audit")
def audit_() -> None:
    """Kijk in het logboek: wie deed wat, en heeft iemand eraan gezeten?"""


def heads_of(place: Installation) -> list[Head]:
    """Return the heads that were kept. Raises Failed when the file is damaged."""
    try:
        return auditheads.read(place.settings.heads_file)
    except HeadsDamaged as error:
        raise Failed(sentence("audit.heads_damaged", line=error.line)) from error


@audit_.command()
@data_option
@click.option("--json", "as_json", is_flag=True, help="Druk de uitkomst af als JSON.")
def verify(data: Path | None, as_json: bool) -> None:
    """Kijk of iemand een regel heeft veranderd, weggehaald of erbij gezet."""
    with installation(data) as place:
        heads = heads_of(place)
        with reading(place.engine)() as session:
            findings, head = audit.verify(session, heads), audit.head(session)
    if as_json:
        print_json(
            {
                "lines": head.seq,
                "heads": len(heads),
                "findings": [{"kind": one.kind, "first": one.first, "last": one.last} for one in findings],
            }
        )
    for one in findings if not as_json else ():
        result(auditlines.finding_words(one))
    if findings:
        raise Failed("Iemand heeft aan het logboek gezeten. Bewaar de map zoals hij is, en zoek uit wat er is gebeurd.")
    if not as_json:
        say(f"Het logboek klopt, tot en met regel {head.seq}. Dagcijfers: {len(heads)}.")


@audit_.command()
@data_option
def head(data: Path | None) -> None:
    """Laat het cijfer van de nieuwste regel zien, om op papier of in een mail te bewaren."""
    with installation(data) as place, reading(place.engine)() as session:
        found = audit.head(session)
    result(f"{found.seq} {found.hash} {found.at:%Y-%m-%dT%H:%M:%SZ}")


@audit_.command()
@data_option
@click.option("--to", type=click.Path(dir_okay=False, path_type=Path), help="Bestand. Anders DICHTERBIJ_AUDIT_HEADS.")
def export(data: Path | None, to: Path | None) -> None:
    """Zet het cijfer van de nieuwste regel in een bestand. De worker doet dit elke dag."""
    with installation(data) as place:
        path = to or place.settings.heads_file
        with reading(place.engine)() as session:
            found = audit.head(session)
        try:
            auditheads.add(path, found)
        except HeadsDamaged as error:
            raise Failed(sentence("audit.heads_damaged", line=error.line)) from error
        except OSError as error:
            raise Failed(f"Ik kan niet schrijven in {path}. Kies een ander bestand met --to.") from error
    say(f"Regel {found.seq} staat in {path}.")


@audit_.command()
@data_option
@click.option("--project", default=None, help="Titel of id van het project, als er meer zijn.")
@click.option("--from", "start", required=True, help="Begin, in Nederlandse tijd: 2026-11-20T09:00.")
@click.option("--until", "end", required=True, help="Eind, in Nederlandse tijd.")
@click.option("--person", default=None, help="Inlogwoord van degene om wie het gaat.")
@click.option("--interview", default=None, help="Code van het gesprek waar het om gaat, zoals D-01.")
@click.option("--device", default=None, help="Id van het apparaat waar het om gaat.")
@click.option(
    "--out",
    type=click.Path(file_okay=False, exists=True, path_type=Path),
    default=Path(),
    help="Map voor de twee bestanden. Anders de map waar je nu bent.",
)
def breach(
    data: Path | None,
    project: str | None,
    start: str,
    end: str,
    person: str | None,
    interview: str | None,
    device: str | None,
    out: Path,
) -> None:
    """Maak een overzicht na een datalek: wie kon wat zien, en wie zag het. Als Word en als lijst."""
    with installation(data) as place:
        heads = heads_of(place)
        with reading(place.engine)() as session:
            chosen = find_project(session, project)
            reach = Reach(
                _moment(start),
                _moment(end),
                person_id=_person(session, person),
                interview_id=_interview(session, chosen, interview),
                device_id=_device(device),
            )
            try:
                pack = breaches.pack(session, operator(session, chosen), chosen, reach)
            except Invalid as error:
                raise Failed(explain(error)) from error
            except NotVisible as error:
                raise Failed("Dat hoort niet bij dit project. Kijk of je het goed hebt getypt.") from error
            paper = io.BytesIO()
            breach_pack.write(pack, paper, made=now(), log_is_whole=not audit.verify(session, heads))
            lines = auditlines.as_csv(pack.lines, pack.names, pack.codes)
    for content, name in ((paper.getvalue(), "datalek.docx"), (lines, "datalek.csv")):
        try:
            write_whole(out / name, content)
        except OSError as error:
            raise Failed(f"Ik kan niet schrijven in {out}. Kies een andere map met --out.") from error
    say(f"Het overzicht staat in {out / 'datalek.docx'}, alle regels in {out / 'datalek.csv'}.")


def _moment(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise Failed("Schrijf een tijd als 2026-11-20T09:00.") from error
    return found if found.tzinfo is not None else found.replace(tzinfo=HERE)


def _person(session: Session, word: str | None) -> uuid.UUID | None:
    if word is None:
        return None
    found = session.scalar(select(Person.id).where(Person.login_word == word.lower()))
    if found is None:
        raise Failed("Er is niemand met dit inlogwoord.")
    return found


def _interview(session: Session, project: Project, code: str | None) -> uuid.UUID | None:
    if code is None:
        return None
    found = session.scalar(select(Interview.id).where(Interview.project_id == project.id, Interview.code == code))
    if found is None:
        raise Failed("Er is geen gesprek met deze code.")
    return found


def _device(text: str | None) -> uuid.UUID | None:
    if text is None:
        return None
    try:
        return uuid.UUID(text)
    except ValueError as error:
        raise Failed("Dit is geen id van een apparaat.") from error
