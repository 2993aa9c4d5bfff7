"""`dichterbij backup` and `dichterbij restore`: taking everything along, and putting it back."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from interviews import audit, auditheads, backups, people, recoverysheets
from interviews.audit import Head
from interviews.backups import BackupFailed, Diary, Kind, Manifest, Note, Restored, Source
from interviews.backups.restoring import Places, heads_of
from interviews.clock import now
from interviews.db import DatabaseLocked, empty_log, transaction, writing
from interviews.durable import write_whole
from interviews.keys import KeyFileExists, KeysError
from interviews.ledger import Ledger
from interviews.models import Person
from interviews.sealedfiles import SealedFiles
from interviews.withdrawal import UnknownErasure, replay
from webapp.cli import passphrases
from webapp.cli.console import Failed, print_json, say
from webapp.cli.keys import is_example
from webapp.cli.options import data_option, installation, settings_for
from webapp.cli.recovering import typed_key
from webapp.installation import Installation, create
from webapp.messages import sentence
from webapp.settings import Settings

PLACES = Places()


@dataclass(frozen=True, slots=True)
class Backup:
    """What a line of the log is about that says that there is a copy, or that one was put back."""

    id: uuid.UUID


@click.command()
@data_option
@click.option("--to", type=click.Path(file_okay=False, path_type=Path), help="Map waar de reservekopie komt.")
@click.option("--keys", "keys_too", is_flag=True, help="Neem de sleutels mee, en niet de gegevens. Blijft 30 dagen.")
@click.option("--verify", is_flag=True, help="Zet de kopie daarna op proef terug, en kijk of alles klopt.")
@click.option(
    "--check",
    "looked_at",
    type=click.Path(file_okay=False, path_type=Path),
    help="Maak niets. Kijk of deze reservekopie heel is.",
)
@click.option("--json", "as_json", is_flag=True, help="Druk de uitkomst af als JSON.")
def backup(
    data: Path | None, to: Path | None, keys_too: bool, verify: bool, looked_at: Path | None, as_json: bool
) -> None:
    """Maak een reservekopie, terwijl iedereen doorwerkt.

    Maak er twee, op twee plekken: een van de gegevens, en een van de sleutels (--keys).
    """
    if (to is None) == (looked_at is None):
        raise click.UsageError("Zeg met --to waar de kopie komt, of met --check welke je wilt nakijken.")
    with installation(data) as place, _sentences():
        source, kind = source_of(place), Kind.KEYS if keys_too else Kind.DATA
        if looked_at is not None:
            _look(place, looked_at, as_json)
            return
        assert to is not None
        made = (backups.make_keys if keys_too else backups.make)(source, to.resolve())
        _log(place, "backup.made", reason=kind.value)
        diary = Diary(place.settings.data)
        note = Note(kind, backups.read_manifest(made, place.key).made_at, str(made))
        diary.add(note)
        if verify:
            backups.check(made, place.key, url=place.settings.database_url)
            diary.add(replace(note, checked_at=now()))
        gone = backups.prune_keys(to.resolve(), place.key) if keys_too else []
    if as_json:
        print_json({"folder": str(made), "kind": kind.value, "checked": verify, "removed": [str(one) for one in gone]})
        return
    say(f"De reservekopie staat in {made}." + (" Hij is op proef teruggezet, en hij klopt." if verify else ""))
    if gone:
        say(f"Oude kopieën van sleutels weggegooid: {len(gone)}.")


def _look(place: Installation, folder: Path, as_json: bool) -> None:
    manifest = backups.check(folder.resolve(), place.key, url=place.settings.database_url)
    Diary(place.settings.data).add(Note(manifest.kind, manifest.made_at, str(folder.resolve()), now()))
    if as_json:
        print_json({"folder": str(folder), "kind": manifest.kind.value, "checked": True, "rows": dict(manifest.counts)})
    else:
        say(f"De reservekopie van {manifest.made_at:%d-%m-%Y %H:%M} UTC is heel.")


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--into",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Map voor de gegevens: een lege, of een die er nog niet is.",
)
@click.option(
    "--keys",
    "keys_from",
    required=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="De reservekopie van de sleutels.",
)
@click.option(
    "--ledger",
    "newest",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Het bestand ledger.jsonl zoals het als laatste was: wat er is gewist.",
)
@click.option("--without-ledger", is_flag=True, help="Het nieuwste ledger.jsonl is er niet meer. Ga toch door.")
@click.option("--recover", is_flag=True, help="Er is hier nog geen sleutel: typ de code van het herstelblad over.")
def restore(
    folder: Path, into: Path, keys_from: Path, newest: Path | None, without_ledger: bool, recover: bool
) -> None:
    """Zet een reservekopie terug in een lege map. Wat daarna is gewist, wordt opnieuw gewist."""
    settings = settings_for(into)
    if recover:
        _key_from_paper(settings)
    try:
        with _sentences():
            found = _put_back(settings, folder.resolve(), keys_from.resolve(), newest, without_ledger=without_ledger)
    except BaseException:
        if recover:
            # Perhaps it was the code of something else: the next try asks again.
            settings.key_file.unlink()
        raise
    _told(found.manifest, found.again, settings, without_ledger)


def _told(manifest: Manifest, again: int, settings: Settings, without_ledger: bool) -> None:
    say(f"De reservekopie van {manifest.made_at:%d-%m-%Y %H:%M} UTC staat terug in {settings.data}.")
    say(f"Opnieuw gewist: {again}. Iedereen moet opnieuw inloggen.")
    if without_ledger:
        say("Let op: wie na deze kopie is gestopt, staat er nu weer in. Kijk in je eigen lijst, en wis opnieuw.")
    say("Kijk nu met `dichterbij doctor` of alles goed is.")


def _put_back(
    settings: Settings, folder: Path, keys_from: Path, newest: Path | None, *, without_ledger: bool
) -> Restored:
    passphrase = passphrases.needed(settings)
    try:
        key = settings.read_key(passphrase)
    except OSError as error:
        raise Failed(f"Er is geen sleutel in {settings.key_path}. Typ het herstelblad over met --recover.") from error
    heads: list[Head] = []

    def finish(work: Path) -> int:
        return _bring_back(settings, work, passphrase, heads)

    found = backups.restore(
        folder,
        keys=keys_from,
        into=settings.data,
        key=key,
        url=settings.database_url,
        finish=finish,
        newest_ledger=None if newest is None else newest.resolve(),
        without_ledger=without_ledger,
        places=PLACES,
    )
    if not settings.heads_file.exists():
        settings.heads_file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(settings.heads_file, heads_of(folder, key))
    for head in heads:
        auditheads.add(settings.heads_file, head)
    return found


def _key_from_paper(settings: Settings) -> None:
    """Make the key's file of the code on the sheet, before there are data that it could be held against."""
    if settings.key_path.exists():
        raise Failed(f"Er is al een sleutel: {settings.key_path}. Laat --recover weg.")
    key = typed_key()
    try:
        key.save(settings.key_file)
    except (KeyFileExists, OSError) as error:
        raise Failed(f"Ik kan niet schrijven in {settings.key_file}.") from error


def source_of(place: Installation) -> Source:
    """Return what is backed up of an installation."""
    data = place.settings.data
    return Source(
        engine=place.engine,
        url=place.settings.database_url,
        key=place.key,
        keys=data / PLACES.keys,
        files=data / PLACES.files,
        ledger=data / PLACES.ledger,
        heads=place.settings.heads_file,
    )


def _bring_back(settings: Settings, work: Path, passphrase: str | None, heads: list[Head]) -> int:
    """Bring what was put back to this version, do again what was erased since, and let everybody sign in anew."""
    # The analysis and the redactions add what they erase when they are imported.
    import coding.redacting
    import coding.withdrawing  # noqa: F401

    embedded = settings.database_url.startswith("sqlite")
    url = f"sqlite+pysqlcipher:///{work / 'dichterbij.db'}" if embedded else settings.database_url
    # As the demo, which asks for no sheet: what is in the copy tells whether one is needed.
    place = create(replace(settings, data=work, database_url=url, demo=True), passphrase=passphrase)
    try:
        with writing(place.engine)() as session, transaction(session):
            head = audit.head(session)
            heads.append(replace(head, restored=True))
            if not is_example(session):
                recoverysheets.ensure(session, place.key)
            again = replay(session, place.keys, SealedFiles(work / PLACES.files), Ledger(work / PLACES.ledger))
            for person in session.scalars(select(Person)):
                people.end_all_sessions(session, person)
            audit.record(session, None, "backup.restored", Backup(uuid.uuid4()), project_id=None)
        empty_log(place.engine)
    finally:
        place.engine.dispose()
    return again


def _log(place: Installation, action: str, *, reason: str) -> None:
    with writing(place.engine)() as session, transaction(session):
        _note(session, action, reason)


def _note(session: Session, action: str, reason: str) -> None:
    audit.record(session, None, action, Backup(uuid.uuid4()), project_id=None, reason=reason)


@contextmanager
def _sentences() -> Iterator[None]:
    """Say what went wrong, and what to do."""
    try:
        yield
    except BackupFailed as error:
        raise Failed(sentence(error.key, **error.fields)) from error
    except UnknownErasure as error:
        raise Failed(sentence("restore.unknown_erasure")) from error
    except (DatabaseLocked, KeysError) as error:
        raise Failed(sentence("restore.key")) from error
