"""Is what was called saved still there after the server is killed, at any moment, again and again?

Check B01:

    python benchmarks/kill9.py [--kills 200] [--clients 8] [--alive 2.0] [--engine sqlcipher,postgres] [--worker]

The real `dichterbij serve` runs as a process of its own; interviewers type and save as fast as they are answered, each in
an interview of their own. After a random time (at most `--alive` seconds from its first answer) the server, and with
`--worker` the worker beside it, gets SIGKILL and is started again; the interviewers go on where they were. An
acknowledged save is one that was answered 200 or 409 (then both texts are kept). All are looked for in the database
afterwards, with the damage check of the database, the chain of the log, and the settings that make a commit durable.
A kill shows no power loss: that `synchronous` is FULL is asserted, not measured.

PostgreSQL: a schema of its own in the database at DICHTERBIJ_TEST_POSTGRES (postgres@127.0.0.1/test).
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import json
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import sqlalchemy as sa
from alembic.runtime.migration import MigrationContext
from autosave import Bench

import coding.models  # noqa: F401  # declares its tables
from interviews import audit, drafts
from interviews.access import actor_for
from interviews.db import is_sound, make_engine, reading
from interviews.models import TypingDraft, TypingVersion
from webapp import migrating

ROOT = Path(__file__).resolve().parents[1]
POSTGRES = os.environ.get("DICHTERBIJ_TEST_POSTGRES", "postgresql+psycopg://postgres@127.0.0.1:5432/test")
START_SECONDS = 120
TURNS = 6


class Server:
    """`dichterbij serve` as a process group that can be killed as a whole."""

    def __init__(self, bench: Bench, url: str | None, *, worker: bool) -> None:
        with socket.socket() as found:
            found.bind(("127.0.0.1", 0))
            self.port = int(found.getsockname()[1])
        settings = bench.settings
        self._command = [sys.executable, "-m", "webapp.cli", "serve", "--data", str(settings.data)]
        self._command += ["--port", str(self.port), *([] if worker else ["--no-worker"])]
        names = {"DICHTERBIJ_KEY_FILE": str(settings.key_file), **({"DATABASE_URL": url} if url else {})}
        kept = {name: value for name, value in os.environ.items() if not name.startswith("DICHTERBIJ_")}
        self._environment = {**kept, **names}
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it answers."""
        self._process = subprocess.Popen(
            self._command,
            env=self._environment,
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            if self._process.poll() is not None:
                said = self._process.stderr.read() if self._process.stderr else b""
                raise SystemExit(f"the server stopped: {said.decode(errors='replace')[-500:]}")
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
                return
            time.sleep(0.05)
        raise SystemExit("the server does not answer")

    def kill(self) -> None:
        """Kill it and everything it started, at this moment."""
        if self._process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        if self._process.stderr:
            self._process.stderr.close()
        self._process = None


@dataclass
class Typist:
    """One interviewer, who never gives up."""

    bench: Bench
    place: int
    port: int
    acknowledged: set[str] = field(default_factory=set)
    """Marks of saves that were acknowledged and not looked for yet."""
    count: int = 0
    broken: int = 0
    """Saves that were cut off before an answer."""
    refused: list[str] = field(default_factory=list)

    def type_on(self, stop: threading.Event) -> None:
        """Save and save again; what was cut off is sent once more, as the same save."""
        headers, number, version, aside = self.bench.headers(self.place), 0, 0, None
        url = f"/gesprekken/{self.bench.talks[self.place]}/uittypen/concept"
        while not stop.is_set():
            number += 1
            mark = f"{self.place} typt {number}"
            turns = [{"speaker": "IR"[n % 2], "text": mark if n == 0 else "en toen zei ze"} for n in range(TURNS)]
            sent = {"save": str(uuid.uuid4()), "version": version, "turns": turns, "speakers": []}
            sent["settles"] = [aside] if aside else []
            answer = self._answer(url, json.dumps(sent), headers, stop)
            if answer is None:
                return
            status, said = answer
            if status not in (200, 409) or "version" not in said:
                self.refused.append(f"{status} {said.get('error', '')}")
                continue
            self.acknowledged.add(mark)
            self.count += 1
            version, aside = said["version"], said.get("aside_id") if status == 409 else None

    def _answer(
        self, url: str, body: str, headers: dict[str, str], stop: threading.Event
    ) -> tuple[int, dict[str, object]] | None:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        while not stop.is_set():
            try:
                line.request("PUT", url, body=body, headers=headers)
                answer = line.getresponse()
                return answer.status, json.loads(answer.read())
            except (OSError, http.client.HTTPException, ValueError) as error:
                # The same again: what was committed without an answer is recognised by its id.
                self.broken += not isinstance(error, ConnectionRefusedError)
                line.close()
                time.sleep(0.05)
        return None


class Reader:
    """Looks for acknowledged saves in the database, each version once."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench
        self._read: set[uuid.UUID] = set()
        self.found: set[str] = set()

    def lost(self, typists: list[Typist]) -> int:
        """Return how many acknowledged saves cannot be read; those that can are not asked for again."""
        with reading(self._bench.engine)() as session:
            owners = dict(zip(self._bench.talks, self._bench.people, strict=True))
            rows = session.execute(
                sa.select(TypingVersion.id, TypingDraft.interview_id).join(
                    TypingDraft, TypingDraft.id == TypingVersion.draft_id
                )
            )
            for version_id, talk_id in [(one, talk) for one, talk in rows if one not in self._read]:
                version = session.get_one(TypingVersion, version_id)
                actor = actor_for(session, owners[talk_id])
                text = drafts.read_version(session, actor, version, keys=self._bench.keys)
                self.found.add(text.turns[0].text)
                self._read.add(version_id)
            session.rollback()
        missing = 0
        for typist in typists:
            waiting = set(typist.acknowledged)
            missing += len(waiting - self.found)
            typist.acknowledged -= waiting
        return missing


def own_talks(bench: Bench) -> Bench:
    """Let each interviewer have an interview of the own, so that a mark tells whose it is."""
    from autosave import _talk

    from interviews.db import transaction, writing
    from interviews.models import Interview, Person

    with writing(bench.engine)() as session, transaction(session):
        project = session.scalars(sa.select(Interview)).first().project
        bench.talks = [_talk(session, project, session.get_one(Person, person)).id for person in bench.people]
    bench.settings.data.chmod(0o700)
    with bench.engine.execution_options(writes=True).begin() as connection:
        # Made by `create_all`, so it is of this version of the program.
        context = MigrationContext.configure(connection)
        context._ensure_version_table()  # noqa: SLF001
        connection.execute(sa.text("DELETE FROM alembic_version"))
        connection.execute(sa.text("INSERT INTO alembic_version VALUES (:head)"), {"head": migrating.head()})
    return bench


def durable(engine: sa.Engine) -> bool:
    """Tell whether every connection of the pool waits for the disk at a commit."""
    opened = [engine.connect() for _ in range(4)]
    try:
        if engine.dialect.name == "sqlite":
            return all(one.exec_driver_sql("PRAGMA synchronous").scalar_one() == 2 for one in opened)
        return all(one.exec_driver_sql("SHOW synchronous_commit").scalar_one() == "on" for one in opened)
    finally:
        for one in opened:
            one.close()


def run(name: str, url: str | None, given: argparse.Namespace) -> bool:
    """Kill and look, on one database; print, and tell whether nothing was lost."""
    dice = random.Random(9)
    with tempfile.TemporaryDirectory() as folder:
        bench = own_talks(Bench(Path(folder), url, given.clients))
        server, reader = Server(bench, url, worker=given.worker), Reader(bench)
        typists = [Typist(bench, place, server.port) for place in range(given.clients)]
        stop, lost, unsound, began = threading.Event(), 0, 0, time.monotonic()
        threads = [threading.Thread(target=one.type_on, args=(stop,), daemon=True) for one in typists]
        try:
            bench.engine.dispose()
            server.start()
            for thread in threads:
                thread.start()
            for kill in range(given.kills):
                time.sleep(dice.uniform(0.05, given.alive))
                server.kill()
                if kill % 5 == 4:
                    with reading(bench.engine)() as session:
                        unsound += not is_sound(session)
                if kill % 20 == 19:
                    lost += reader.lost(typists)
                # Nobody else has the database open: the server that starts does the recovery.
                bench.engine.dispose()
                server.start()
            time.sleep(min(1.0, given.alive))
            stop.set()
            for thread in threads:
                thread.join(timeout=90)
            server.kill()
            lost += reader.lost(typists)
            with reading(bench.engine)() as session:
                unsound += not is_sound(session)
                findings = audit.verify(session, [audit.head(session)])
            fast = durable(bench.engine)
        finally:
            stop.set()
            server.kill()
            bench.engine.dispose()
    acks, broken = sum(one.count for one in typists), sum(one.broken for one in typists)
    refused = sorted({sentence for one in typists for sentence in one.refused})
    print(
        f"{name}: {given.kills} kills, {acks} acknowledged saves, lost {lost}; tries cut off {broken}; "
        f"damaged databases {unsound}; log {findings or 'whole'}; "
        f"waits for the disk: {'yes' if fast else 'NO'}; {time.monotonic() - began:.0f} s"
    )
    for sentence in refused:
        print(f"  refused: {sentence}")
    return not (lost or unsound or findings or refused) and fast and acks > 0


@contextlib.contextmanager
def postgres() -> Iterator[str]:
    """Give the address of an empty schema, and drop it afterwards."""
    schema = f"kill9_{uuid.uuid4().hex[:8]}"
    engine = make_engine(POSTGRES)
    try:
        with engine.begin() as connection:
            connection.exec_driver_sql(f"CREATE SCHEMA {schema}")
        address = sa.make_url(POSTGRES).update_query_dict({"options": f"-csearch_path={schema}"})
        yield address.render_as_string(hide_password=False)
    finally:
        with engine.begin() as connection:
            connection.exec_driver_sql(f"DROP SCHEMA IF EXISTS {schema} CASCADE")
        engine.dispose()


def main() -> None:
    """Run and print; exit code 1 when an acknowledged save was lost or anything is damaged."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--alive", type=float, default=2.0, help="most seconds between the first answer and the kill")
    parser.add_argument("--engine", default="sqlcipher,postgres")
    parser.add_argument("--worker", action="store_true", help="start the worker too, and kill it along")
    given = parser.parse_args()
    well = True
    for name in given.engine.split(","):
        if name == "sqlcipher":
            well = run(name, None, given) and well
        elif name == "postgres":
            with postgres() as url:
                well = run(name, url, given) and well
        else:
            parser.error("--engine takes sqlcipher and postgres")
    raise SystemExit(0 if well else 1)


if __name__ == "__main__":
    main()
