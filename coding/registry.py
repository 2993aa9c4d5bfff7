"""What the tables of the analysis hold: see `interviews.registry`."""

from __future__ import annotations

from interviews.registry import HOLDINGS, DataClass, Holding, Purpose, Term

_STORIES = Holding(DataClass.PSEUDONYMISED, Purpose.ANALYSIS, Term.RULE_STORIES)

HOLDINGS.update(
    {
        "codebook": Holding(DataClass.NONE, Purpose.ANALYSIS, Term.PROJECT),
        "theme": Holding(DataClass.NONE, Purpose.ANALYSIS, Term.PROJECT, {"example": DataClass.PSEUDONYMISED}),
        "segment": _STORIES,
        "first_reading": _STORIES,
        "suggestion": _STORIES,
        "suggestion_answer": _STORIES,
        "memo": _STORIES,
        "report": Holding(DataClass.EXPORT, Purpose.REPORTING, Term.RULE_STORIES),
        "hand_out": Holding(DataClass.EXPORT, Purpose.REPORTING, Term.RULE_STORIES),
    }
)
