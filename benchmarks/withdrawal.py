"""How long does it take until everything of one interview is gone, in a project with many others?

    python benchmarks/withdrawal.py [--interviews 200] [--turns 400] [--postgres postgresql+psycopg://…]

Makes a project with that many interviews, each with a text in two layers, coded passages and a recording of 2 MB, and
erases one of them as the page does: rows, key, files, the database's own log. Printed per database: rows and files that
went, seconds until the commit, seconds until finished, and the rows that still name the interview.
"""

from __future__ import annotations

import argparse
import logging
import secrets
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coding import codebooks, segments
from coding.starter import start_lexicon
from interviews import belongings, consents, interviews, names, people, projects, recordings, transcripts, withdrawal
from interviews.access import Actor, actor_for
from interviews.db import Base, make_engine, reading, transaction, writing
from interviews.formats.draft import TranscriptDraft
from interviews.keys import InstallationKey, KeyStore
from interviews.ledger import Ledger
from interviews.models import Interview, Project, Withdrawal
from interviews.models.interview import How, Perspective
from interviews.models.name import RiskLevel
from interviews.models.project import Role
from interviews.models.recording import RecordingOrigin
from interviews.models.transcript import Layer
from interviews.models.withdrawal import Asked
from interviews.scopes import Scope
from interviews.sealedfiles import SealedFiles
from interviews.turns import Speaker, SpeakerRole, Turn
from webapp import erasing

WORD = "Zwoelmond"
_SOUND = secrets.token_bytes(2 * 1024 * 1024)


@contextmanager
def database(folder: Path, key: InstallationKey, postgres: str | None) -> Iterator[sa.Engine]:
    """Give an empty database with every table: SQLCipher in `folder`, or a schema of its own on a server."""
    if postgres is None:
        engine = make_engine(f"sqlite+pysqlcipher:///{folder / 'dichterbij.db'}", key=key.database_key())
        Base.metadata.create_all(engine)
        yield engine
        engine.dispose()
        return
    schema = f"bench_{uuid.uuid4().hex[:12]}"
    server = make_engine(postgres)
    with server.begin() as connection:
        connection.exec_driver_sql(f"CREATE SCHEMA {schema}")
    engine = make_engine(
        sa.make_url(postgres)
        .update_query_dict({"options": f"-csearch_path={schema}"})
        .render_as_string(hide_password=False)
    )
    try:
        Base.metadata.create_all(engine)
        yield engine
    finally:
        engine.dispose()
        with server.begin() as connection:
            connection.exec_driver_sql(f"DROP SCHEMA {schema} CASCADE")
        server.dispose()


def fill(db: Session, keys: KeyStore, files: SealedFiles, *, count: int, turns: int) -> tuple[Actor, uuid.UUID]:
    """Make the project; return its lead and the id of the interview that will go."""
    lead, peer = (
        people.add_person(db, word=word, passphrase=f"{word} leest graag brieven", display_name=word)
        for word in ("hanna", "merel")
    )
    project = projects.start_project(db, title="Meting", research_question="?", lead=lead, made_up=True)
    projects.give_role(db, project, peer, Role.PEER_INTERVIEWER)
    projects.give_role(db, project, lead, Role.RESEARCHER)
    codebooks.adopt(db, project, start_lexicon())
    actors = actor_for(db, lead.id), actor_for(db, peer.id)
    chosen = [_story(db, project, actors, keys, files, turns=turns) for _ in range(count)]
    return actors[0], chosen[count // 2].id


def _story(
    db: Session, project: Project, actors: tuple[Actor, Actor], keys: KeyStore, files: SealedFiles, *, turns: int
) -> Interview:
    lead, peer = actors
    talk = interviews.plan(db, peer, project, perspective=Perspective.CLIENT)
    for person in talk.interviewees:
        consents.record(db, peer, person, choices=dict.fromkeys(Scope, True), how=How.SPOKEN)
    said = tuple(
        Turn(
            "R" if number % 2 else "I",
            f"Beurt {number} over de brief van {WORD} en wat er toen {number} keer gebeurde.",
        )
        for number in range(turns)
    )
    speakers = (Speaker("I", SpeakerRole.INTERVIEWER), Speaker("R", SpeakerRole.INTERVIEWEE))
    draft = TranscriptDraft(turns=said, speakers=speakers, format="plain")
    transcript = transcripts.bring_in(db, peer, talk, draft, keys=keys).transcript
    names.hand_in(db, peer, transcript)
    names.approve(db, lead, transcript, keys=keys, risk=names.Risk(RiskLevel.LOW, "Verzonnen."))
    revision = transcripts.newest(db, transcript, Layer.RESEARCH)
    assert revision is not None
    assert revision.text is not None
    theme = next(one for one in codebooks.themes_of(db, project.id) if one.assignable)
    segments.finish_first_reading(db, lead, transcript)
    for row in revision.turns[1::4]:
        segments.code(db, lead, transcript, revision_id=revision.id, theme=theme, start=row.start, end=row.end)
    sound = recordings.begin(
        db, lead, talk, recording_id=uuid.uuid4(), origin=RecordingOrigin.ADDED, media_type="audio/webm"
    )
    recordings.receive(db, lead, sound, part=0, number=0, content=_SOUND, keys=keys, files=files)
    return talk


def found(engine: sa.Engine, interview_id: uuid.UUID) -> int:
    """Return how many rows still name the interview, but for the log and the register."""
    with reading(engine)() as db:
        left = belongings.mentions(db, [interview_id])
    return sum(count for name, count in left.items() if name not in ("audit_entry", "withdrawal"))


def measure(name: str, *, count: int, turns: int, postgres: str | None) -> None:
    """Fill, erase one, and print what it took."""
    with tempfile.TemporaryDirectory() as made:
        folder, key = Path(made), InstallationKey.generate()
        keys, files, ledger = KeyStore(folder / "keys", key), SealedFiles(folder / "files"), Ledger(folder)
        with database(folder, key, postgres) as engine:
            with writing(engine)() as db, transaction(db):
                lead, interview_id = fill(db, keys, files, count=count, turns=turns)
            began = time.perf_counter()
            with writing(engine)() as db, transaction(db):
                row = withdrawal.withdraw(
                    db, lead, db.get_one(Interview, interview_id), asked=Asked.PHONE, keys=keys, ledger=ledger
                )
                withdrawal_id = row.id
            committed = time.perf_counter()
            erasing.finish(engine, files, ledger)
            finished = time.perf_counter()
            with reading(engine)() as db:
                done = db.get_one(Withdrawal, withdrawal_id)
                gone, ready = dict(done.counts), done.finished_at is not None
            print(
                f"{name}: {count} interviews, {sum(gone.values())} rows and files gone; commit after "
                f"{committed - began:.2f} s, finished after {finished - began:.2f} s ({'yes' if ready else 'no'}); "
                f"rows left that name it: {found(engine, interview_id)}"
            )


def main() -> None:
    """Measure each database."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--interviews", type=int, default=200)
    parser.add_argument("--turns", type=int, default=400)
    parser.add_argument("--postgres", default=None)
    options = parser.parse_args()
    logging.disable(logging.INFO)
    measure("SQLCipher", count=options.interviews, turns=options.turns, postgres=None)
    if options.postgres:
        measure("PostgreSQL", count=options.interviews, turns=options.turns, postgres=options.postgres)


if __name__ == "__main__":
    main()
