"""What people do with stories every day: write, correct, take names out, code."""

from __future__ import annotations

import random
import re
import uuid

import sqlalchemy as sa
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule
from sqlalchemy.orm import Session

import coding.withdrawing  # noqa: F401  # adds what the analysis erases when somebody stops
from coding import codebooks, segments
from coding.models import Segment
from coding.models.segment import Placement
from interviews import names, transcripts
from interviews.access import actor_for
from interviews.models import NameMention, Project, Transcript
from interviews.models.name import MentionStatus
from interviews.names.rows import entities_of
from interviews.turns import Turn as SaidTurn
from tests import factories
from tests.model.house import MOST_TALES, SEED, House, NameFinder
from tests.model.tales import Passage, Tale, Turn, letters, readable, spans, text_of


class Work(House):
    """Writing, correcting, names and coding."""

    # Writing and correcting.

    @precondition(lambda self: len(self.tales) < MOST_TALES)
    @rule(seed=SEED)
    def write(self, seed: int) -> None:
        """Somebody brings a story in."""
        chance = random.Random(seed)
        turns = [
            Turn("I" if number % 2 == 0 else "R", self.new_letters(chance)) for number in range(chance.randrange(2, 7))
        ]
        with self.session() as db:
            carla = self.actor(db, "carla")
            row = factories.interview(db, carla, db.get_one(Project, self.project_id))
            made = factories.transcript(
                db, carla, row, keys=self.keys, talk=[(turn.label, turn.shown) for turn in turns]
            )
            names.propose(db, made, keys=self.keys, finder=NameFinder())
            key = made.id
        self.tales[key] = Tale(turns)

    @precondition(lambda self: self.tales)
    @rule(seed=SEED, kind=st.sampled_from(["insert", "delete", "replace", "cut", "join", "move", "add", "drop"]))
    def edit(self, seed: int, kind: str) -> None:
        """Somebody corrects a story: words, or where turns begin."""
        chance = random.Random(seed)
        key, tale = self.tale(chance) or (uuid.uuid4(), None)
        assert tale is not None
        turns = [Turn(turn.label, list(turn.letters)) for turn in tale.turns]
        if not self._changed(turns, kind, chance) or not readable(turns):
            return
        with self.session() as db:
            row = db.get_one(Transcript, key)
            base, before = transcripts.open_raw(db, row, keys=self.keys)
            said = [SaidTurn(turn.label, turn.shown) for turn in turns]
            by = self.actor(db, "bob" if tale.approved else "carla")
            made = transcripts.correct(db, by, row, said, base=base.id, keys=self.keys)
            if made.id == base.id:
                assert [(one.speaker, one.text) for one in before] == [
                    (t.label, t.shown) for t in turns if t.shown.strip()
                ]
                return
            names.propose(db, row, keys=self.keys, finder=NameFinder())
        tale.corrected(turns)

    def _changed(self, turns: list[Turn], kind: str, chance: random.Random) -> bool:
        """Change the turns; False when there is nothing of the kind to change."""
        turn = chance.choice(turns)
        places = spans(turn)
        if kind == "add":
            turns.insert(chance.randrange(len(turns) + 1), Turn(turn.label, self.new_letters(chance)))
        elif kind == "drop" and len(turns) > 2:
            turns.remove(turn)
        elif kind == "move" and len(turns) > 1:
            turns.remove(turn)
            turns.insert(chance.randrange(len(turns) + 1), turn)
        elif kind == "join" and len(turns) > 1:
            at = chance.randrange(len(turns) - 1)
            turns[at].letters += letters(" ", telling=False) + turns.pop(at + 1).letters
        elif kind in ("insert", "delete", "replace", "cut") and len(places) > 1:
            start, end = chance.choice(places[1:])
            if kind == "cut":
                rest = turn.letters[start:]
                turn.letters = turn.letters[: start - 1]
                turns.insert(turns.index(turn) + 1, Turn(chance.choice(["I", "R"]), rest))
            elif kind == "insert":
                turn.letters[start:start] = self.new_letters(chance) + letters(" ", telling=False)
            elif kind == "replace":
                turn.letters[start:end] = self.new_letters(chance)
            else:
                del turn.letters[start - 1 : end]
        else:
            return False
        return True

    # Names.

    @precondition(lambda self: self.tales)
    @rule(seed=SEED, joined=st.booleans())
    def approve(self, seed: int, joined: bool) -> None:
        """The interviewer takes the names out, and a second person approves."""
        chance = random.Random(seed)
        found = self.tale(chance, lambda tale: not tale.approved)
        if found is None:
            return
        key, tale = found
        with self.session() as db:
            row = db.get_one(Transcript, key)
            carla = self.actor(db, "carla")
            names.accept_rest(db, carla, row)
            people = [one for one in entities_of(db, row) if one.mentions]
            if joined and len(people) > 1:
                names.join(db, carla, people[0], into=people[1])
            names.hand_in(db, carla, row)
            made = names.approve(db, self.actor(db, "alice"), row, keys=self.keys, risk=factories.RISK)
            tale.pseudonyms = {
                tale.turns[mention.turn].words(mention.start, mention.end): entity.replacement
                for entity in entities_of(db, row)
                for mention in entity.mentions
                if mention.status is MentionStatus.ACCEPTED
            }
            tale.approved = True
            tale.derive(made.id)
            segments.follow(db, row)

    @precondition(lambda self: self.tales)
    @rule(seed=SEED)
    def undo(self, seed: int) -> None:
        """Somebody answers about the names, and takes it back: all is as it was."""
        found = self.tale(random.Random(seed), lambda tale: not tale.approved)
        if found is None:
            return

        def answers(db: Session) -> list[tuple[uuid.UUID, MentionStatus]]:
            query = sa.select(NameMention).order_by(NameMention.id)
            return [(one.id, one.status) for one in db.scalars(query) if one.entity.transcript_id == found[0]]

        with self.session() as db:
            row, carla = db.get_one(Transcript, found[0]), self.actor(db, "carla")
            before = answers(db)
            if names.accept_rest(db, carla, row):
                step = names.newest_own(db, carla, row)
                assert step is not None
                names.undo(db, carla, step)
                db.expire_all()
                assert answers(db) == before

    # Coding.

    @precondition(lambda self: any(tale.research for tale in self.tales.values()))
    @rule(seed=SEED, who=st.sampled_from(["bob", "dirk"]))
    def code(self, seed: int, who: str) -> None:
        """Somebody gives a passage a theme; at least one word of it stands nowhere else."""
        chance = random.Random(seed)
        found = self.tale(chance, lambda tale: tale.research)
        assert found is not None
        key, tale = found
        text = text_of(tale.newest)
        places = [one.span() for one in re.finditer(r"\S+", text)]
        telling = [
            n
            for n, (start, end) in enumerate(places)
            if all(c.letter and c.letter.telling for c in tale.newest[start:end])
        ]
        if not telling:
            return
        first = chance.choice(telling)
        last = min(len(places) - 1, first + chance.randrange(4))
        start, end = places[first][0], places[last][1]
        with self.session() as db:
            row = db.get_one(Transcript, key)
            codebook = codebooks.codebook_of(db, self.project_id)
            assert codebook is not None
            theme = next(one for one in codebook.themes if one.key == "bel.brief")
            made = segments.code(
                db, self.actor(db, who), row, revision_id=tale.research[-1][0], theme=theme, start=start, end=end
            )
            tale.passages.setdefault(made.id, Passage(tale.newest[start:end]))

    @precondition(lambda self: any(tale.passages for tale in self.tales.values()))
    @rule(seed=SEED)
    def uncode(self, seed: int) -> None:
        """Somebody takes the own theme off a passage."""
        chance = random.Random(seed)
        found = self.tale(chance, lambda tale: tale.passages)
        assert found is not None
        passage_id = chance.choice(list(found[1].passages))
        with self.session() as db:
            row = db.get_one(Segment, passage_id)
            assert row.coder_id is not None
            segments.uncode(db, actor_for(db, row.coder_id), row)
        del found[1].passages[passage_id]

    @precondition(lambda self: any(tale.passages for tale in self.tales.values()))
    @rule(seed=SEED)
    def settle(self, seed: int) -> None:
        """Somebody says where a passage belongs that waits: yes, or another place for an orphan."""
        chance = random.Random(seed)
        with self.session() as db:
            for key, tale in self.tales.items():
                waiting = segments.to_look_at(db, [db.get_one(Transcript, key)])
                for row in waiting:
                    if row.placement is Placement.TO_CONFIRM:
                        segments.confirm(db, self.actor(db, "bob"), row)
                        tale.passages[row.id] = Passage(tale.cells_of(row.revision_id)[row.start : row.end])
                    elif text_of(tale.newest).strip():
                        places = [one.span() for one in re.finditer(r"\S+", text_of(tale.newest))]
                        start, end = chance.choice(places)
                        by = self.actor(db, "bob")
                        segments.place(db, by, row, revision_id=tale.research[-1][0], start=start, end=end)
                        tale.passages[row.id] = Passage(tale.newest[start:end])
