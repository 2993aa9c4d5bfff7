"""A small made-up project: two clients and one consulent, three themes. Nobody in it exists."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import pytest

from coding.summaries.material import (
    InterviewFacts,
    LineFacts,
    Origin,
    PassageFacts,
    ProjectFacts,
    Side,
    SpeakerFacts,
    ThemeFacts,
)

YES = {"use_research": True, "quote_pseudonym": True}


@dataclass(frozen=True)
class Small:
    """The material of the project."""

    project: ProjectFacts
    merel: InterviewFacts
    joris: InterviewFacts
    farah: InterviewFacts
    themes: tuple[ThemeFacts, ...]
    passages: tuple[PassageFacts, ...]
    lines: tuple[LineFacts, ...]
    now: dt.datetime

    @property
    def interviews(self) -> tuple[InterviewFacts, ...]:
        return (self.merel, self.joris, self.farah)


def _interview(code: str, name: str, perspective: str) -> InterviewFacts:
    speakers = (SpeakerFacts("I", "Interviewer", interviewer=True), SpeakerFacts("R", name, perspective=perspective))
    return InterviewFacts(code, name, perspective, YES, municipality="gemeente A", speakers=speakers)


@pytest.fixture
def small() -> Small:
    """Return the project with three interviews in which everybody said yes to research and quotes."""
    farah = replace(_interview("D-09", "Farah", "consulent"), small_team=True)
    return Small(
        project=ProjectFacts("De werkrelatie", question="Wat helpt?", contact="het team, 06 00 00 00 00"),
        merel=_interview("D-07", "Merel", "client"),
        joris=_interview("D-08", "Joris", "client"),
        farah=farah,
        themes=(
            ThemeFacts("bel.stress", "Stress en spanning", Side.HINDERING, definition="Angst en zenuwen."),
            ThemeFacts("hlp.luisteren", "Echt luisteren", Side.HELPFUL, definition="Iemand luistert."),
            ThemeFacts("sys.caseload", "Hoge caseload", Side.SYSTEM, definition="Te veel mensen, te weinig tijd."),
        ),
        passages=(
            PassageFacts("bel.stress", "D-07", "R", "Ik lag de hele nacht wakker van die brief.", 41, 43),
            PassageFacts("hlp.luisteren", "D-08", "R", "Hij legde zijn pen neer en keek me aan.", 12, 12),
            PassageFacts("bel.stress", "D-08", "R", "Mijn handen trilden bij de balie.", 15, 15),
            PassageFacts("sys.caseload", "D-09", "R", "Ik heb honderd dossiers in vier dagen.", 3, 3),
            PassageFacts("bel.stress", "D-09", "R", "Een gok van het programma.", 8, 8, Origin.SUGGESTION),
        ),
        lines=(
            LineFacts(1, "I", "Hoe ging het?", 0),
            LineFacts(2, "R", "Ik lag de hele nacht wakker.", 61_000),
        ),
        now=dt.datetime(2024, 11, 19, 14, 5, tzinfo=dt.UTC),
    )
