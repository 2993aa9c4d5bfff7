"""How long does it take to back everything up under work, and to put it back on an empty machine?

Check B17:

    python benchmarks/restore.py [--talks 1000] [--words 8000] [--sound 200]

Makes an installation with as many interviews, each with a typed-out text, and a sealed file of `--sound` kB for each
tenth. One writer keeps logging while the backup is taken. Then: both backups are tried (`backup --verify`), one interview
is withdrawn, and everything is put back into another folder with the newest ledger. Printed: seconds and megabytes per
step, whether every row and file is equal, whether a flipped bit, a wrong key and a cut-off file are found, and whether
who withdrew stays away. Exit code 1 when anything is not as promised.
"""

from __future__ import annotations

import argparse
import random
import shutil
import tempfile
import threading
import time
import uuid
from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa

import coding.withdrawing  # noqa: F401  # adds what the analysis erases
import interviews.redactions  # noqa: F401  # adds what can be done again
from interviews import attachments, audit, backups, consents, people, projects, transcripts
from interviews import interviews as plans
from interviews.access import actor_for
from interviews.backups import BackupFailed, Source, databases
from interviews.db import Base, make_engine, reading, transaction, writing
from interviews.formats.draft import TranscriptDraft
from interviews.formats.pictures import Picture
from interviews.keys import InstallationKey, KeyStore
from interviews.ledger import Ledger
from interviews.models import Interview
from interviews.models.attachment import AttachmentKind
from interviews.models.interview import How, InterviewKind, Perspective
from interviews.models.project import Role
from interviews.models.withdrawal import Asked
from interviews.scopes import Scope
from interviews.sealedfiles import SealedFiles
from interviews.turns import Speaker, SpeakerRole, Turn
from interviews.withdrawal import replay, withdraw

WORDS = "en toen zei ze dat ik moest wachten op de brief van de gemeente die nooit kwam".split()


def arrange(folder: Path, given: argparse.Namespace) -> tuple[Source, KeyStore]:
    """Make an installation with everything in it."""
    key = InstallationKey.generate()
    data = folder / "data"
    data.mkdir(mode=0o700)
    url = f"sqlite+pysqlcipher:///{data / databases.DATABASE}"
    engine = make_engine(url, key=key.database_key())
    Base.metadata.create_all(engine)
    keys, files, dice = KeyStore(data / "keys", key), SealedFiles(data / "files"), random.Random(17)
    with writing(engine)() as session, transaction(session):
        lead = people.add_person(
            session, word="leider", passphrase="leider leest graag brieven", display_name="L", language="nl"
        )
        project = projects.start_project(
            session, title="P", research_question="?", lead=lead, help_name="H", help_phone="06", made_up=True
        )
        projects.give_role(session, project, lead, Role.RESEARCHER)
        session.flush()
        actor = actor_for(session, lead.id)
        for number in range(given.talks):
            talk = plans.plan(
                session, actor, project, perspective=Perspective.CLIENT, kind=InterviewKind.INDIVIDUAL, people=1
            )
            consents.record(session, actor, talk.interviewees[0], choices=dict.fromkeys(Scope, True), how=How.SPOKEN)
            turns = tuple(Turn("R", " ".join(dice.choices(WORDS, k=80))) for _ in range(given.words // 80))
            draft = TranscriptDraft(turns=turns, speakers=(Speaker("R", SpeakerRole.INTERVIEWEE),), format="plain")
            transcripts.bring_in(session, actor, talk, draft, keys=keys)
            if number % 10 == 0:
                attachments.add(
                    session, actor, talk, Picture(dice.randbytes(given.sound * 1000), 40, 30),
                    kind=AttachmentKind.DRAWING, description="Een tekening.", may_be_shown=False, how=How.SPOKEN,
                    keys=keys, files=files,
                )  # fmt: skip
    return Source(engine, url, key, data / "keys", data / "files", data, folder / "audit-heads.jsonl"), keys


def timed(name: str, deed: Callable[[], Path]) -> Path:
    """Do, print how long it took and how large it is, and return where it is."""
    began = time.perf_counter()
    made = deed()
    took = time.perf_counter() - began
    size = sum(one.stat().st_size for one in made.rglob("*") if one.is_file())
    print(f"  {name}: {took:.1f} s, {size / 1e6:.0f} MB")
    return made


def under_work(source: Source, deed: Callable[[], Path]) -> Path:
    """Do while somebody writes all the time."""
    stop, changes = threading.Event(), [0]

    def work() -> None:
        while not stop.is_set():
            with writing(source.engine)() as session, transaction(session):
                talk = session.scalars(sa.select(Interview).limit(1)).one()
                audit.record(session, None, "busy", talk, project_id=talk.project_id)
            changes[0] += 1

    worker = threading.Thread(target=work)
    worker.start()
    try:
        return deed()
    finally:
        stop.set()
        worker.join()
        print(f"  changes by somebody else meanwhile: {changes[0]}")


def refused(deed: Callable[[], object]) -> bool:
    """Tell whether a backup is refused."""
    try:
        deed()
    except BackupFailed:
        return True
    return False


def tampered(source: Source, folder: Path, change: Callable[[bytearray], bytes]) -> bool:
    """Tell whether a change of the copied database is found; it is as before afterwards."""
    path = folder / "database.sealed"
    whole = path.read_bytes()
    path.write_bytes(change(bytearray(whole)))
    found = refused(lambda: backups.check(folder, source.key, url=source.url))
    path.write_bytes(whole)
    return found


def flip(content: bytearray) -> bytes:
    """Change one bit in the middle."""
    content[len(content) // 2] ^= 1
    return bytes(content)


def table_hashes(engine: sa.Engine) -> dict[str, int]:
    """Return, per table, what all its rows together come to."""
    with engine.connect() as connection:
        return {
            name: hash(tuple(sorted(map(repr, connection.exec_driver_sql(f'SELECT * FROM "{name}"')))))
            for name in sorted(sa.inspect(connection).get_table_names())
        }


def withdrawn(source: Source, keys: KeyStore) -> uuid.UUID:
    """Let the first interview be withdrawn, and return its id."""
    with writing(source.engine)() as session, transaction(session):
        gone = session.scalars(sa.select(Interview).order_by(Interview.code)).first()
        assert gone is not None, "there is one"
        assert gone.interviewer_id is not None, "somebody holds it"
        gone_id, actor = gone.id, actor_for(session, gone.interviewer_id)
        withdraw(session, actor, gone, asked=Asked.PHONE, keys=keys, ledger=Ledger(source.ledger))
    return gone_id


def put_back(source: Source, made: Path, own_keys: Path, folder: Path) -> dict[str, int]:
    """Put everything back into `folder`/again with the newest ledger; return the tables as they were in the backup."""
    hashes: dict[str, int] = {}

    def finish(work: Path) -> int:
        engine = make_engine(f"sqlite+pysqlcipher:///{work / databases.DATABASE}", key=source.key.database_key())
        hashes.update(table_hashes(engine))
        try:
            with writing(engine)() as session, transaction(session):
                return replay(session, KeyStore(work / "keys", source.key), SealedFiles(work / "files"), Ledger(work))
        finally:
            engine.dispose()

    newest = folder / "usb" / "ledger.jsonl"
    newest.parent.mkdir()
    shutil.copy(source.ledger / "ledger.jsonl", newest)
    backups.restore(
        made, keys=own_keys, into=folder / "again", key=source.key, url=source.url, finish=finish, newest_ledger=newest
    )
    return hashes


def as_promised(source: Source, again: Path, gone: uuid.UUID, talks: int) -> dict[str, bool]:
    """Look at what was put back."""
    engine = make_engine(f"sqlite+pysqlcipher:///{again / databases.DATABASE}", key=source.key.database_key())
    with reading(engine)() as session:
        stays_away, whole = session.get(Interview, gone) is None, audit.verify(session) == []
    engine.dispose()
    # Of who withdrew the pictures are gone on both sides.
    there = {one.relative_to(source.files) for one in source.files.rglob("*") if one.is_file()}
    there &= {one.relative_to(again / "files") for one in (again / "files").rglob("*") if one.is_file()}
    equal = all((again / "files" / one).read_bytes() == (source.files / one).read_bytes() for one in there)
    return {
        "who withdrew stays away": stays_away,
        "key of who withdrew is gone": gone in KeyStore(again / "keys", source.key).destroyed(),
        "log whole": whole,
        "files equal": equal and len(there) >= talks // 10 - 1,
    }


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--talks", type=int, default=1000)
    parser.add_argument("--words", type=int, default=8000)
    parser.add_argument("--sound", type=int, default=200, help="kB of a sealed file, for each tenth interview")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source, keys = arrange(folder, given)
        print(f"{given.talks} interviews of {given.words} words")
        # Once under work, for the time; once in rest, to compare row by row.
        timed("backup under work", lambda: under_work(source, lambda: backups.make(source, folder / "busy")))
        made = timed("backup in rest", lambda: backups.make(source, folder / "copies"))
        own_keys = timed("backup of the keys", lambda: backups.make_keys(source, folder / "keycopies"))
        for one in (*(folder / "busy").iterdir(), made, own_keys):
            timed(f"tried: {one.parent.name}", lambda one=one: (backups.check(one, source.key, url=source.url), one)[1])
        well = {
            "flipped bit found": tampered(source, made, flip),
            "cut-off file found": tampered(source, made, lambda content: bytes(content[:-1])),
            "wrong key refused": refused(lambda: backups.check(made, InstallationKey.generate(), url=source.url)),
        }
        before, gone = table_hashes(source.engine), withdrawn(source, keys)
        hashes: list[dict[str, int]] = []

        def all_of_it() -> Path:
            hashes.append(put_back(source, made, own_keys, folder))
            return folder / "again"

        well |= as_promised(source, timed("put back", all_of_it), gone, given.talks)
        well["rows equal"] = hashes == [before]
        source.engine.dispose()
    for what, yes in well.items():
        print(f"  {what}: {'yes' if yes else 'NO'}")
    raise SystemExit(0 if all(well.values()) else 1)


if __name__ == "__main__":
    main()
