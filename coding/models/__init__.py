"""The rows of the analysis. Importing this package declares them all on `interviews.db.Base.metadata`."""

from coding.models.memo import Memo
from coding.models.report import HandOut, Report
from coding.models.segment import FirstReading, Segment
from coding.models.suggestion import Suggestion, SuggestionAnswer
from coding.models.theme import Codebook, Theme

__all__ = [
    "Codebook",
    "FirstReading",
    "HandOut",
    "Memo",
    "Report",
    "Segment",
    "Suggestion",
    "SuggestionAnswer",
    "Theme",
]
