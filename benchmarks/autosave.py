"""Fifty interviewers who type at once: is every word kept, is every conflict shown, and what does a save cost?

    python benchmarks/autosave.py [--people 50] [--saves 40] [--every 5] [--postgres postgresql+psycopg://…]

The real application is served by waitress as `dichterbij serve` does, a connection per interviewer, who saves each five
seconds as the page does; with `--every 0` again at once, which shows how much there is room for. Half of them type their own interview, the others share one with four more. Printed per
database: saves per second, lost texts, conflicts without both texts, refusals, and the 95th percentile of a save beside
that of the same rows written bare in the same run, by as many at once. A save reads and checks who asks, opens the text,
seals it twice and logs; the ratio says what that costs on top of the database.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import http.client
import json
import logging
import random
import statistics
import tempfile
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask
from itsdangerous import URLSafeTimedSerializer
from waitress.server import BaseWSGIServer, create_server

import coding.models  # noqa: F401  # declares its tables
from interviews import consents, drafts, interviews, people, projects
from interviews.access import actor_for
from interviews.db import Base, make_engine, transaction, writing
from interviews.keys import InstallationKey, KeyStore
from interviews.models import Interview, Person, Project, TypingDraft, TypingVersion
from interviews.models.interview import How, InterviewKind, Perspective
from interviews.models.project import Role
from interviews.models.typing import TypingKind
from interviews.scopes import Scope
from webapp import create_app
from webapp.cli.serve import THREADS
from webapp.settings import Settings

SHARING = 5
TURNS = 60
WORDS = "en toen zei ze dat ik moest wachten op de brief van de gemeente die nooit kwam".split()


@dataclass
class Seen:
    """What one interviewer saw."""

    seconds: list[float] = field(default_factory=list)
    acknowledged: set[str] = field(default_factory=set)
    conflicts: int = 0
    half: int = 0
    """Conflicts without both texts."""
    refused: list[str] = field(default_factory=list)


def at_once(deeds: list[Callable[[], None]]) -> float:
    """Do all in a thread each, from the same moment; return the seconds it took."""
    start = threading.Barrier(len(deeds) + 1)

    def run(deed: Callable[[], None]) -> None:
        start.wait()
        deed()

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    start.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    return time.perf_counter() - began


def p95(seconds: list[float]) -> float:
    """Return the 95th percentile in milliseconds."""
    return statistics.quantiles(seconds, n=20)[-1] * 1000


class Bench:
    """One database with people and interviews in it."""

    def __init__(self, folder: Path, url: str | None, number: int) -> None:
        key_file = folder / "installation.key"
        key = InstallationKey.generate()
        key.save(key_file)
        environment = {} if url is None else {"DATABASE_URL": url}
        self.settings = Settings.from_environment(folder / "data", environment=environment, key_file=key_file)
        self.settings.data.mkdir(exist_ok=True)
        self.engine = make_engine(url or self.settings.database_url, key=None if url else key.database_key())
        Base.metadata.create_all(self.engine)
        self.keys = KeyStore(self.settings.data / "keys", key)
        self.app: Flask = create_app(self.settings, engine=self.engine, keys=self.keys)
        self.app.config["RATELIMIT_ENABLED"] = False
        self.people, self.talks, self.tokens = self._arrange(number)

    def _arrange(self, number: int) -> tuple[list[uuid.UUID], list[uuid.UUID], list[str]]:
        with writing(self.engine)() as session, transaction(session):
            lead = _person(session, "leider")
            project = projects.start_project(
                session,
                title="Autosave",
                research_question="Wat kost opslaan?",
                lead=lead,
                help_name="Hanna",
                help_phone="06 12 34 56 78",
                made_up=True,
            )
            persons = [_person(session, f"typist{place}") for place in range(number)]
            for person in persons:
                projects.give_role(session, project, person, Role.RESEARCHER)
            session.flush()
            talks = [_talk(session, project, person) for person in persons]
            half = number // 2
            chosen = [talks[place if place < half else half + (place - half) // SHARING] for place in range(number)]
            tokens = [people.open_session(session, person, device="bench").token for person in persons]
            return [person.id for person in persons], [talk.id for talk in chosen], tokens

    @contextlib.contextmanager
    def served(self) -> Iterator[None]:
        """Serve the application on a free port of this machine until the block ends."""
        server = create_server(self.app, host="127.0.0.1", port=0, threads=THREADS, connection_limit=500)
        assert isinstance(server, BaseWSGIServer), "one address, one socket"
        assert server.socket is not None, "it listens"
        self.port = int(server.socket.getsockname()[1])
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        yield
        server.task_dispatcher.shutdown()

    def headers(self, place: int) -> dict[str, str]:
        """Return what the browser of interviewer `place` sends along: the cookie and the token for changes."""
        client = self.app.test_client()
        with client.session_transaction() as cookie:
            cookie["token"], cookie["csrf_token"] = self.tokens[place], hashlib.sha1(b"bench").hexdigest()
            signer = URLSafeTimedSerializer(self.app.secret_key or "", salt="wtf-csrf-token")
            token = signer.dumps(cookie["csrf_token"])
        name = self.app.config["SESSION_COOKIE_NAME"]
        found = client.get_cookie(name)
        assert found is not None, "a signed-in browser has a cookie"
        return {
            "Cookie": f"{name}={found.value}",
            "X-CSRFToken": str(token),
            "Content-Type": "application/json",
            "Accept": "application/json",
        }

    def typist(self, place: int, saves: int, every: float, seen: Seen) -> Callable[[], None]:
        """Return what interviewer `place` does: type, save, and on a conflict go on from what the other has.

        `every`: seconds from one save to the next; each begins at a moment of its own.
        """
        headers, line = self.headers(place), http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        dice, url = random.Random(place), f"/gesprekken/{self.talks[place]}/uittypen/concept"
        turns: list[dict[str, Any]] = [{"speaker": "IR"[n % 2], "text": " ".join(WORDS)} for n in range(TURNS)]

        def type_on() -> None:
            version, aside = 0, None
            due = time.perf_counter() + dice.uniform(0, every)
            for number in range(saves):
                time.sleep(max(0.0, due - time.perf_counter()))
                due += every
                mark = f"{place} typt {number}"
                turns[0] = {"speaker": "I", "text": mark}
                turns[dice.randrange(1, TURNS)] = {"speaker": "R", "text": " ".join(dice.choices(WORDS, k=12))}
                sent = {"save": str(uuid.uuid4()), "version": version, "turns": turns, "speakers": []}
                sent["settles"] = [aside] if aside else []
                began = time.perf_counter()
                line.request("PUT", url, body=json.dumps(sent), headers=headers)
                answer = line.getresponse()
                said = json.loads(answer.read())
                seen.seconds.append(time.perf_counter() - began)
                if answer.status not in (200, 409) or "version" not in said:
                    seen.refused.append(f"{answer.status} {said.get('error', '')}")
                    continue
                seen.acknowledged.add(mark)
                version, aside = said["version"], None
                if answer.status == 409:
                    seen.conflicts += 1
                    aside = said["aside_id"]
                    mine = [one for one in said["aside"] if one["id"] == aside]
                    seen.half += not (said["turns"] and mine and mine[0]["turns"][0]["text"] == mark)

        return type_on

    def readable(self) -> dict[uuid.UUID, set[str]]:
        """Return per interview the first words of every version that can be read afterwards."""
        found: dict[uuid.UUID, set[str]] = {}
        with writing(self.engine)() as session:
            for place, talk_id in enumerate(self.talks):
                if talk_id in found:
                    continue
                actor, talk = actor_for(session, self.people[place]), session.get_one(Interview, talk_id)
                found[talk_id] = {
                    drafts.read_version(session, actor, session.get_one(TypingVersion, line.id), keys=self.keys)
                    .turns[0]
                    .text
                    for line in drafts.versions(session, actor, talk)
                }
            session.rollback()
        return found

    def bare(self, saves: int, seconds: list[float]) -> list[Callable[[], None]]:
        """Return, per interviewer, writing rows of the same size without anything else."""
        with writing(self.engine)() as session:
            size = max(len(row) for row in session.scalars(sa.select(TypingVersion.sealed).limit(50)))
            draft_ids = {row.interview_id: row.id for row in session.scalars(sa.select(TypingDraft))}
        sealed, makes = random.Random(1).randbytes(size), writing(self.engine)
        door = threading.Semaphore(THREADS)

        def writer(talk_id: uuid.UUID) -> Callable[[], None]:
            def write() -> None:
                for number in range(saves):
                    began = time.perf_counter()
                    # As many at once as the server lets in; the others stand in the same kind of row.
                    with door, makes() as session, transaction(session):
                        session.execute(
                            sa.update(TypingDraft).where(TypingDraft.id == draft_ids[talk_id]).values(sealed=sealed)
                        )
                        session.execute(
                            sa.insert(TypingVersion).values(
                                id=uuid.uuid4(),
                                draft_id=draft_ids[talk_id],
                                kind=TypingKind.SAVED,
                                number=1_000_000 + number,
                                sealed=sealed,
                                device="",
                            )
                        )
                    seconds.append(time.perf_counter() - began)

            return write

        return [writer(talk_id) for talk_id in self.talks]


def _person(session: Any, word: str) -> Person:
    return people.add_person(
        session, word=word, passphrase=f"{word} leest graag brieven", display_name=word, language="nl"
    )


def _talk(session: Any, project: Project, person: Person) -> Interview:
    actor = actor_for(session, person.id)
    row = interviews.plan(
        session, actor, project, perspective=Perspective.CLIENT, kind=InterviewKind.INDIVIDUAL, people=1, pseudonyms=()
    )
    lead = next(one for one in session.scalars(sa.select(Person)) if one.login_word == "leider")
    consents.record(
        session,
        actor_for(session, lead.id),
        row.interviewees[0],
        choices={Scope.USE_RESEARCH: True},
        how=How.SPOKEN,
    )
    return row


def measure(name: str, bench: Bench, saves: int, every: float) -> bool:
    """Run on one database and print; True when nothing was lost, hidden or refused."""
    number = len(bench.talks)
    seen = [Seen() for _ in range(number)]
    with bench.served():
        took = at_once([bench.typist(place, saves, every, seen[place]) for place in range(number)])
    readable = bench.readable()
    bare: list[float] = []
    at_once(bench.bare(saves, bare))
    lost = sum(len(one.acknowledged - readable[bench.talks[place]]) for place, one in enumerate(seen))
    refused = [sentence for one in seen for sentence in one.refused]
    half, conflicts = sum(one.half for one in seen), sum(one.conflicts for one in seen)
    waits = [one for each in seen for one in each.seconds]
    print(f"{name}: {len(waits)} saves by {number} interviewers in {took:.1f} s ({len(waits) / took:.0f} per second)")
    print(f"  lost {lost}   conflicts {conflicts}, of which without both texts {half}   refused {len(refused)}")
    print(
        f"  a save: median {statistics.median(waits) * 1000:.0f} ms, p95 {p95(waits):.0f} ms; "
        f"p95 of the bare rows, all at once, {p95(bare):.0f} ms: {p95(waits) / p95(bare):.1f} times"
    )
    for sentence in sorted(set(refused)):
        print(f"  refused: {sentence}")
    return not (lost or half or refused)


def main() -> None:
    """Run and print; exit code 1 when a word was lost, a conflict hidden or a save refused."""
    # Everybody waits in its row, on purpose: waitress need not say so.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--saves", type=int, default=40)
    parser.add_argument("--every", type=float, default=5.0, help="seconds between the saves of one interviewer")
    parser.add_argument("--postgres", help="address of an empty PostgreSQL database; left out: SQLCipher only")
    given = parser.parse_args()
    well = True
    for name, url in (("SQLCipher", None), ("PostgreSQL", given.postgres)):
        if name == "PostgreSQL" and not url:
            continue
        with tempfile.TemporaryDirectory() as folder:
            bench = Bench(Path(folder), url, given.people)
            well = measure(name, bench, given.saves, given.every) and well
            if url:
                Base.metadata.drop_all(bench.engine)
            bench.engine.dispose()
    raise SystemExit(0 if well else 1)


if __name__ == "__main__":
    main()
