"""`dichterbij init` and `dichterbij doctor`: set an installation up, and see whether it is well."""

from __future__ import annotations

import secrets
import stat
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import click
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from coding import codebooks
from coding.starter import start_guide_text, start_lexicon
from interviews import guides, people, projects
from interviews.db import DatabaseLocked, is_sound, transaction, writing
from interviews.errors import Invalid
from interviews.keys import KeysError
from interviews.models import Interview, Person, Project, Revision, Transcript
from interviews.models.transcript import Layer
from webapp import migrating
from webapp.cli import passphrases, recovering, safekeeping, sheets
from webapp.cli.console import Failed, explain, print_json, result, say
from webapp.cli.keys import SOURCES, issue, sheet_state
from webapp.cli.options import data_option, installation, key_lost, key_refused, settings_for
from webapp.installation import Installation, KeyLost, create
from webapp.settings import CREDENTIAL, KeySource, Settings


@click.command()
@data_option
@click.option("--title", default="Nieuw project", show_default=True, help="Naam van het eerste project.")
@click.option("--question", default=None, help="De onderzoeksvraag. Anders die van de startlijst met thema's.")
@click.option("--login", default="projectleider", show_default=True, help="Inlogwoord van de projectleider.")
@click.option("--name", default="Projectleider", show_default=True, help="Naam die collega's zien.")
@click.option("--phone", default="", help="Telefoonnummer voor hulp, op elke pagina.")
@click.option(
    "--key",
    "source",
    type=click.Choice([kind.value for kind in KeySource]),
    help="Waar de sleutel vandaan komt: file (een bestand), passphrase (een bestand met een wachtzin, gevraagd bij "
    "elke start) of credential (van systemd). Anders wat er al is, of een bestand.",
)
@click.option("--recover", is_flag=True, help="Maak het sleutelbestand opnieuw, met de code van het herstelblad.")
@sheets.sheet_option
@sheets.split_option
def init(
    data: Path | None,
    title: str,
    question: str | None,
    login: str,
    name: str,
    phone: str,
    source: str | None,
    recover: bool,
    sheet: Path | None,
    split: bool,
) -> None:
    """Maak een installatie met een eerste project, of werk de gegevens bij naar deze versie.

    Bewaar het herstelblad op papier, op een andere plek dan de gegevens. Zonder sleutel kan niemand de gesprekken lezen.
    """
    settings = settings_for(data)
    files = sheets.files_for(sheet, split=split)
    typed = _passphrase(settings, source, recover=recover)
    if recover:
        recovering.recover(settings, passphrase=typed)
    place = _made(settings, typed)
    try:
        with writing(place.engine)() as session, transaction(session):
            if session.scalar(select(func.count()).select_from(Person)):
                say(f"De gegevens in {settings.data} zijn bijgewerkt.")
                _remind(place)
                return
            passphrase = _first_project(session, title=title, question=question, login=login, name=name, phone=phone)
        say(f"Klaar. De gegevens staan in {settings.data}.")
        say(f"{SOURCES[settings.key_source()]} ({settings.key_path})")
        click.echo(f"Inlogwoord:  {login}\nWachtzin:    {passphrase}")
        # With the first project, not with the first key: a first try that failed half-way has shown nothing yet.
        issue(place, files, split=split)
        say("Begin met `dichterbij serve`.")
    finally:
        place.engine.dispose()


def _passphrase(settings: Settings, source: str | None, *, recover: bool) -> str | None:
    """Return the passphrase that the key's file opens with, or will; None for a key without one.

    Raises Failed where the chosen kind of key does not fit what is there.
    """
    fresh = recover or not settings.key_path.exists()
    if source == KeySource.CREDENTIAL and settings.credential is None:
        raise Failed(
            f"systemd geeft hier geen credential {CREDENTIAL}. Maak een sleutel met `dichterbij keys new`. "
            "Kijk in docs/beheer.md hoe je hem aan de dienst geeft."
        )
    if fresh and source == KeySource.PASSPHRASE:
        return passphrases.chosen()
    if fresh:
        # Of a rotation that was interrupted the key may be in its second place only.
        return passphrases.needed(settings)
    if source is not None and source != settings.key_source().value:
        raise Failed("Er is al een sleutel. Zet er een wachtzin op of haal die weg met `dichterbij keys passphrase`.")
    return passphrases.needed(settings)


def _made(settings: Settings, passphrase: str | None) -> Installation:
    """Make or open the installation; a sentence says what to do when that does not go."""
    try:
        return create(settings, passphrase=passphrase)
    except KeyLost as error:
        raise Failed(key_lost(settings)) from error
    except (DatabaseLocked, KeysError) as error:
        raise Failed(key_refused(settings, error)) from error
    except OSError as error:
        raise Failed(f"Ik kan niet schrijven in {settings.data}. Kies een andere map met --data.") from error


def _first_project(session: Session, *, title: str, question: str | None, login: str, name: str, phone: str) -> str:
    """Make the first project with its lead, list of themes and questions; return the lead's passphrase."""
    passphrase = "-".join(secrets.token_hex(3) for _ in range(4))
    try:
        lead = people.add_person(session, word=login, passphrase=passphrase, display_name=name)
        lexicon = start_lexicon()
        project = projects.start_project(
            session,
            title=title,
            research_question=question or lexicon.research_question,
            lead=lead,
            help_name=name,
            help_phone=phone,
        )
    except Invalid as problem:
        raise Failed(explain(problem)) from problem
    codebooks.adopt(session, project, lexicon)
    guides.adopt(session, project, start_guide_text())
    return passphrase


def _remind(place: Installation) -> None:
    if sheet_state(place) == "waiting":
        say("Het herstelblad is nog niet bevestigd. Geen blad? Maak het met `dichterbij keys sheet`.")


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at."""

    name: str
    ok: bool
    sentence: str


@click.command()
@data_option
@click.option("--json", "as_json", is_flag=True, help="Druk de uitkomst af als JSON.")
def doctor(data: Path | None, as_json: bool) -> None:
    """Kijk of de installatie gezond is: sleutel, gegevens, rechten op bestanden, taalhulp."""
    with installation(data) as place:
        checks = list(_checks(place))
    if as_json:
        print_json([{"check": check.name, "ok": check.ok, "text": check.sentence} for check in checks])
    else:
        for check in checks:
            result(f"{'goed ' if check.ok else 'FOUT '} {check.sentence}")
    if not all(check.ok for check in checks):
        raise Failed("Niet alles is in orde. Kijk naar de regels met FOUT.")


def _checks(place: Installation) -> Iterator[Check]:
    looks: tuple[Callable[[Installation], Check], ...] = (
        _key_source,
        _sheet_is_there,
        _key_is_private,
        _key_is_elsewhere,
        _folder_is_private,
        _schema_is_current,
        _database_is_sound,
        _stories_have_keys,
        _language_help,
        _speech,
    )
    for look in looks:
        yield look(place)
    for name, ok, said in safekeeping.looks(place):
        yield Check(name, ok, said)


def _private(path: Path) -> bool:
    return sys.platform == "win32" or not path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)


def _key_source(place: Installation) -> Check:
    return Check("key_source", True, SOURCES[place.settings.key_source()])


def _sheet_is_there(place: Installation) -> Check:
    """Tell whether somebody has the recovery sheet. Before the first real interview that is no fault yet."""
    state = sheet_state(place)
    sentences = {
        "confirmed": "Iemand heeft het herstelblad.",
        "throw-away": "Dit is een voorbeeld met een wegwerpsleutel.",
        "waiting": "Het herstelblad is nog niet bevestigd: dichterbij keys confirm.",
    }
    with writing(place.engine)() as session:
        real = session.scalar(
            select(Interview.id).join(Project).where(Interview.practice.is_(False), Project.made_up.is_(False)).limit(1)
        )
    ok = state in ("confirmed", "throw-away") or real is None
    return Check(
        "recovery_sheet", ok, sentences.get(state, "Er is geen herstelblad van deze sleutel: dichterbij keys sheet.")
    )


def _key_is_private(place: Installation) -> Check:
    if place.settings.credential is not None:
        return Check("key_private", True, "Alleen deze dienst kan de sleutel lezen.")
    ok = _private(place.settings.key_file)
    return Check(
        "key_private", ok, "Alleen jij kunt de sleutel lezen." if ok else "Anderen kunnen de sleutel lezen: chmod 600."
    )


def _key_is_elsewhere(place: Installation) -> Check:
    inside = place.settings.data in place.settings.key_path.resolve().parents
    ok = not inside or place.settings.demo
    return Check(
        "key_elsewhere",
        ok,
        "De sleutel staat niet bij de gegevens."
        if ok
        else "De sleutel staat bij de gegevens. Zet hem op een andere plek.",
    )


def _folder_is_private(place: Installation) -> Check:
    ok = _private(place.settings.data)
    return Check(
        "folder_private", ok, "Alleen jij kunt bij de gegevens." if ok else "Anderen kunnen bij de gegevens: chmod 700."
    )


def _schema_is_current(place: Installation) -> Check:
    ok = migrating.is_current(place.engine)
    return Check("schema", ok, "De gegevens horen bij deze versie." if ok else "Werk de gegevens bij: dichterbij init.")


def _database_is_sound(place: Installation) -> Check:
    with writing(place.engine)() as session:
        ok = is_sound(session)
    return Check(
        "database", ok, "De gegevens zijn heel." if ok else "De gegevens zijn beschadigd. Zet een reservekopie terug."
    )


def _stories_have_keys(place: Installation) -> Check:
    with writing(place.engine)() as session:
        needed = set(
            session.scalars(
                select(Transcript.interview_id).join(Revision).where(Revision.layer == Layer.RAW).distinct()
            )
        )
    missing = needed - place.keys.interviews()
    return Check(
        "keys",
        not missing,
        f"Elk van de {len(needed)} gesprekken heeft een sleutel."
        if not missing
        else f"Van {len(missing)} gesprekken is de sleutel weg. Zet een kopie van de map keys terug.",
    )


def _language_help(place: Installation) -> Check:
    from coding.tagging.tagger import default_tagger
    from interviews.turns import SpeakerRole, Turn

    proposals = default_tagger().suggest(
        [Turn("R", "Elke keer moest ik opnieuw mijn verhaal doen.")], {"R": SpeakerRole.INTERVIEWEE}
    )
    with writing(place.engine)() as session:
        count = session.scalar(select(func.count()).select_from(Project)) or 0
    return Check(
        "tagger",
        bool(proposals),
        f"De computer kan thema's voorstellen ({count} projecten)." if proposals else "De computer vindt geen thema's.",
    )


def _speech(place: Installation) -> Check:
    """Tell whether the computer can write down what it hears. Not being able to is no fault: it is optional."""
    from interviews import speech

    lacking = speech.missing(place.settings.speech_model)
    sentences = {
        None: "De computer kan meeschrijven met een opname.",
        "speech.no_program": "De computer kan niet meeschrijven met een opname: installeer de extra speech. Dat hoeft niet.",
        "speech.no_model": "De computer kan niet meeschrijven met een opname: zet een model in een map en noem die in "
        "DICHTERBIJ_SPEECH_MODEL. Dat hoeft niet.",
    }
    return Check("speech", lacking is None or place.settings.speech_model is None, sentences[lacking])
