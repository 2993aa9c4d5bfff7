"""One transcript on the desk of the people who take names away, for every test about that."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st
from sqlalchemy.orm import Session

from interviews import names, transcripts
from interviews.access import Actor, actor_for
from interviews.detect.finder import default_finder
from interviews.detect.findings import IdentifierType
from interviews.keys import KeyStore
from interviews.models import NameEntity, NameMention, Transcript
from interviews.models.name import MentionStatus
from interviews.models.transcript import Layer
from interviews.turns import Turn
from tests import factories
from tests.factories import Cast

TALK = (
    ("I", "Hoe heet je?"),
    ("R", "Ik ben Fatma Yilmaz. Fatma dus. Ik woon in Almelo."),
    ("I", "En wie hielp jou, Fatma?"),
    ("R", "Mijn buurman Gerrit. Gerrit belde met de gemeente Almelo. Een roos kreeg hij."),
)


class Desk:
    """One transcript on the desk of the people who take names away."""

    def __init__(self, db: Session, cast: Cast, keys: KeyStore, talk: Sequence[tuple[str, str]] = TALK) -> None:
        self.db, self.keys, self.cast = db, keys, cast
        self.carla, self.bob, self.alice, self.dirk = (
            actor_for(db, person.id) for person in (cast.carla, cast.bob, cast.alice, cast.dirk)
        )
        row = factories.interview(db, self.carla, cast.project)
        self.transcript: Transcript = factories.transcript(db, self.carla, row, keys=keys, talk=talk)

    def propose(self) -> int:
        return names.propose(self.db, self.transcript, keys=self.keys, finder=default_finder())

    def turns(self) -> list[Turn]:
        return transcripts.open_raw(self.db, self.transcript, keys=self.keys)[1]

    def readings(self) -> list[names.Reading]:
        return names.review(self.db, self.transcript, self.turns(), keys=self.keys)

    def said(self, status: MentionStatus | None = None) -> list[str]:
        """The words of every mention (with this status), in order."""
        found = [
            (mention.turn, mention.start, words)
            for reading in self.readings()
            for mention, words in reading.mentions
            if status is None or mention.status is status
        ]
        return [words for *_, words in sorted(found)]

    def entity(self, words: str) -> NameEntity:
        return next(r.entity for r in self.readings() if words in [said for _, said in r.mentions])

    def mentions(self, words: str) -> list[NameMention]:
        return [mention for reading in self.readings() for mention, said in reading.mentions if said == words]

    def add(self, words: str, kind: IdentifierType = IdentifierType.PERSON, **options: object) -> int:
        return names.add(
            self.db,
            self.carla,
            self.transcript,
            words,
            kind=kind,
            keys=self.keys,
            **options,  # type: ignore[arg-type]
        )

    def correct(self, *texts: str) -> None:
        """Replace the texts of the first turns."""
        turns = self.turns()
        base = transcripts.newest(self.db, self.transcript, Layer.RAW)
        assert base is not None
        for number, text in enumerate(texts):
            turns[number] = Turn(turns[number].speaker, text)
        transcripts.correct(self.db, self.bob, self.transcript, turns, base=base.id, keys=self.keys)

    def hand_in(self, actor: Actor | None = None) -> None:
        names.hand_in(self.db, actor or self.carla, self.transcript)

    def approve(self, actor: Actor | None = None) -> str:
        """Approve as Bob; return the research text."""
        approver = actor or self.bob
        text = names.approve(self.db, approver, self.transcript, keys=self.keys, risk=factories.RISK).text
        assert text is not None
        return text


def choose(desk: Desk, words: str, replacement: str) -> None:
    names.set_replacement(desk.db, desk.carla, desk.entity(words), replacement, keys=desk.keys)


NAMES = st.sampled_from(
    [
        "Fatma Yilmaz",
        "Gerrit",
        "Anna van der Berg",
        "Mo",
        "José",
        "Sint Jan",
        "D'Arcy",
        "Roos",
        "Jan",
        "de Wit",
        "Élodie",
    ]
)
WORDS = st.sampled_from(["ja", "toen", "belde", "met", "roosje", "van", "en", "Ik", "zei:", "brief.", "(dus)", "😀"])
