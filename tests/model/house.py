"""The program that the model is compared with: an installation of its own, people, and what must always be so."""

from __future__ import annotations

import random
import shutil
import tempfile
import uuid
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant
from sqlalchemy.orm import Session

import coding.withdrawing  # noqa: F401  # adds what the analysis erases when somebody stops
from coding import codebooks
from coding.models import Segment
from coding.models.segment import Placement
from interviews import transcripts
from interviews.access import Actor, actor_for
from interviews.backups.restoring import Places
from interviews.db import make_engine, transaction, writing
from interviews.detect.findings import Finding, IdentifierType
from interviews.keys import InstallationKey, KeyStore
from interviews.ledger import Ledger
from interviews.models import Person as PersonRow
from interviews.models import Transcript
from interviews.models.transcript import Layer
from interviews.turns import Turn as SaidTurn
from interviews.turns import TurnSpan
from tests import factories
from tests.coding.studies import small_lexicon
from tests.model.tales import BLOCK, COMMON, NAME, Letter, Tale, letters, same, text_of, word

MOST_TALES = 3
SEED = st.integers(0, 2**32 - 1)


class NameFinder:
    """Finds exactly the words that the model calls names."""

    def find(self, turns: Sequence[SaidTurn], *, keep: Collection[str] = ()) -> list[Finding]:
        """Return one finding per name; the same word is the same person."""
        return [
            Finding(TurnSpan(number, *found.span()), IdentifierType.PERSON, f"PERSON-{found[0]}", "first_name", 0.9)
            for number, turn in enumerate(turns)
            for found in NAME.finditer(turn.text)
        ]


class House(RuleBasedStateMachine):
    """The program beside the model. Rules are added by `Work` and `Stories`."""

    empty: Path
    key: InstallationKey

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="dichterbij-model-"))
        self.place = self.folder / "0"
        self.place.mkdir()
        shutil.copy(self.empty, self.place / "dichterbij.db")
        self.open()
        self.tales: dict[uuid.UUID, Tale] = {}
        self.words, self.names = 0, 0
        self.kept: tuple[dict[uuid.UUID, Tale], Path, Path] | None = None
        self.destroyed: set[int] = set()
        with self.session() as db:
            cast = factories.cast(db)
            self.people = {name: getattr(cast, name).id for name in ("alice", "bob", "carla", "dirk")}
            self.project_id = cast.project.id
            codebooks.adopt(db, cast.project, small_lexicon())

    # What the machine runs on.

    def open(self) -> None:
        """Open the database and the stores in the present place."""
        self.engine = make_engine(f"sqlite+pysqlcipher:///{self.place / 'dichterbij.db'}", key=self.key.database_key())
        self.keys = KeyStore(self.place / "keys", self.key)
        (self.place / "files").mkdir(exist_ok=True)
        self.ledger = Ledger(self.place / Places().ledger)

    def teardown(self) -> None:
        """Leave nothing behind."""
        self.engine.dispose()
        shutil.rmtree(self.folder)

    @contextmanager
    def session(self) -> Iterator[Session]:
        """A transaction that is committed at the end."""
        with writing(self.engine)() as db, transaction(db):
            yield db

    def actor(self, db: Session, name: str) -> Actor:
        """Somebody of the cast."""
        return actor_for(db, db.get_one(PersonRow, self.people[name]).id)

    def tale(
        self, chance: random.Random, fits: Callable[[Tale], object] = lambda _: True
    ) -> tuple[uuid.UUID, Tale] | None:
        """One of the stories that fit."""
        fitting = [(key, tale) for key, tale in self.tales.items() if fits(tale)]
        return chance.choice(fitting) if fitting else None

    def new_letters(self, chance: random.Random) -> list[Letter]:
        """New words: some nobody said before, some that are said all the time, now and then a name."""
        made: list[Letter] = []
        for _ in range(chance.randrange(1, 5)):
            if made:
                made += letters(" ", telling=False)
            kind = chance.random()
            if kind < 0.5:
                self.words += 1
                made += letters(word(self.words), telling=True)
            elif kind < 0.85:
                made += letters(chance.choice(COMMON), telling=False)
            else:
                again = self.names and chance.random() < 0.5
                self.names += not again
                number = chance.randrange(self.names) + 1 if again else self.names
                made += letters("N" + word(number * 7 + 100_000), telling=False)
        return made

    # What must always be so.

    @invariant()
    def the_program_says_what_the_model_says(self) -> None:
        """Texts are what was written, passages point at the same letters or wait, and what must go is nowhere."""
        with writing(self.engine)() as db:
            assert set(db.scalars(sa.select(Transcript.id))) == set(self.tales)
            rows = db.scalars(sa.select(Segment)).all()
            assert {row.id for row in rows} == {one for tale in self.tales.values() for one in tale.passages}
            for key, tale in self.tales.items():
                self._text(db, db.get_one(Transcript, key), tale)
                for row in rows:
                    if row.transcript_id == key:
                        self._passage(row, tale)
            db.rollback()

    def _text(self, db: Session, row: Transcript, tale: Tale) -> None:
        _, turns = transcripts.open_raw(db, row, keys=self.keys)
        raw = [(turn.speaker, turn.text) for turn in turns]
        assert raw == tale.raw, [pair for pair in zip(raw, tale.raw, strict=False) if pair[0] != pair[1]]
        newest = transcripts.newest(db, row, Layer.RESEARCH)
        assert (newest is None) == (not tale.research)
        if newest is not None:
            assert newest.id == tale.research[-1][0], "a research text nobody asked for"
            if tale.approved:
                assert newest.text == text_of(tale.newest), "the research text is not what was approved"
                secret = [one for one in tale.secret() if one in (newest.text or "")]
                assert secret == [], "what must go can be read"

    def _passage(self, row: Segment, tale: Tale) -> None:
        known = tale.passages[row.id]
        secret = [one for one in tale.secret() if tale.approved and one in row.before + row.quote + row.after]
        assert secret == [], "a passage quotes what must go"
        if row.placement is Placement.ORPHAN:
            assert len(row.quote) == row.end - row.start
            return
        there = tale.cells_of(row.revision_id)[row.start : row.end]
        if BLOCK not in row.quote:
            assert text_of(there) == row.quote, "a passage does not stand where it says"
        if row.placement is Placement.PLACED:
            assert same(there, known.cells), f"a passage shifted: {text_of(known.cells)!r} to {text_of(there)!r}"
            if tale.approved:
                assert row.revision_id == tale.research[-1][0], "a passage stayed behind"
