"""What can go wrong in the analysis. Refused values are `interviews.errors.Invalid`, with keys of the analysis."""

from __future__ import annotations

from interviews.errors import Invalid


class TextMoved(Invalid):
    """The text was corrected while somebody was coding it: nothing was stored, the page must be read again."""

    def __init__(self) -> None:
        super().__init__("segment.text_moved")
