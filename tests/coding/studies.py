"""Arranging the analysis: a story whose names are away, a small codebook, and everybody who codes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from coding import codebooks
from coding.formats import codebook_yaml
from coding.lexicon import Lexicon
from coding.models import Codebook, Theme
from coding.tagging.proposals import Proposal
from interviews import transcripts
from interviews.access import Actor, actor_for
from interviews.keys import KeyStore
from interviews.models import Interview, Revision, Transcript
from interviews.models.transcript import Layer
from interviews.scopes import Scope
from interviews.turns import SpeakerRole, Turn, TurnSpan
from tests import factories
from tests.factories import ALL_SCOPES, TALK, Cast

SMALL = """
schema: par-codebook/1
id: klein
version: "1"
title: Klein
groups:
  - {id: bel, name: Belemmerend, colour: "#aa3311"}
  - {id: hlp, name: Helpend, colour: "#117744"}
codes:
  - {id: bel.brief, group: bel, name: Brief, definition: Een brief die schrikken laat., lemmas: [brief]}
  - {id: hlp.luisteren, group: hlp, name: Luisteren, definition: Iemand luistert., lemmas: [luisteren]}
"""


def small_lexicon() -> Lexicon:
    """Two groups with a theme each."""
    return codebook_yaml.read(SMALL)


class WordTagger:
    """Proposes a theme wherever one of its words stands; the interviewer's turns are left alone."""

    def __init__(self, **themes: str) -> None:
        self.themes = {theme.replace("_", "."): word for theme, word in themes.items()}

    def suggest(self, turns: Sequence[Turn], roles: Mapping[str, SpeakerRole]) -> list[Proposal]:
        """Return a proposal per word found."""
        return [
            Proposal(TurnSpan(number, start, start + len(word)), theme, 0.8, (word,))
            for number, turn in enumerate(turns)
            if roles.get(turn.speaker or "") is not SpeakerRole.INTERVIEWER
            for theme, word in self.themes.items()
            if (start := turn.text.find(word)) >= 0
        ]


class Study:
    """One approved story in Alice's project; who has which role is in `tests.factories.Cast`."""

    def __init__(
        self,
        db: Session,
        cast: Cast,
        keys: KeyStore,
        *,
        scopes: frozenset[Scope] = ALL_SCOPES,
        talk: Sequence[tuple[str, str]] = TALK,
    ) -> None:
        self.db, self.cast, self.keys = db, cast, keys
        self.alice, self.bob, self.carla, self.dirk, self.esra, self.zoe = (
            actor_for(db, person.id) for person in cast.everybody()
        )
        self.codebook: Codebook = codebooks.adopt(db, cast.project, small_lexicon())
        self.transcript: Transcript = self.story(scopes=scopes, talk=talk)

    def story(
        self,
        *,
        scopes: frozenset[Scope] = ALL_SCOPES,
        talk: Sequence[tuple[str, str]] = TALK,
        holder: Actor | None = None,
        people: int = 1,
    ) -> Transcript:
        """Another approved story."""
        held_by = holder or self.carla
        row: Interview = factories.interview(self.db, held_by, self.cast.project, scopes=scopes, people=people)
        made = factories.transcript(self.db, held_by, row, keys=self.keys, talk=talk)
        return factories.approved(self.db, made, by=self.alice, keys=self.keys)

    def theme(self, key: str = "bel.brief") -> Theme:
        return next(theme for theme in self.codebook.themes if theme.key == key)

    def text(self, transcript: Transcript | None = None) -> Revision:
        found = transcripts.newest(self.db, transcript or self.transcript, Layer.RESEARCH)
        assert found is not None
        return found

    def place(self, words: str, transcript: Transcript | None = None) -> tuple[int, int]:
        """Where words stand in the newest text."""
        start = (self.text(transcript).text or "").index(words)
        return start, start + len(words)

    def correct(self, texts: Sequence[str], transcript: Transcript | None = None) -> None:
        """Correct the raw text and have it approved again."""
        changed = transcript or self.transcript
        raw, turns = transcripts.open_raw(self.db, changed, keys=self.keys)
        speakers = [turn.speaker for turn in turns]
        new = [Turn(speakers[min(number, len(speakers) - 1)], text) for number, text in enumerate(texts)]
        transcripts.correct(self.db, self.bob, changed, new, base=raw.id, keys=self.keys)
        if changed.approved_at is None:
            factories.approved(self.db, changed, by=self.alice, keys=self.keys)
