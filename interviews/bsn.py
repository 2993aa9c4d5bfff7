"""A BSN has no place here (UAVG art. 46): whatever way a text comes in, what looks like one is taken out before it is kept."""

from __future__ import annotations

from collections.abc import Sequence

from interviews.detect.numbers import bsn_spans
from interviews.turns import Turn

BSN_GONE = "[BSN weggehaald]"


def taken_out(text: str) -> tuple[str, int]:
    """Return `text` with every BSN replaced, and their number."""
    spans = bsn_spans(text)
    for start, end in reversed(spans):
        text = text[:start] + BSN_GONE + text[end:]
    return text, len(spans)


def without_bsn(turns: Sequence[Turn]) -> tuple[list[Turn], int]:
    """Return the turns with every BSN replaced, and their number: a BSN is never stored, not even as ciphertext."""
    clean: list[Turn] = []
    removed = 0
    for turn in turns:
        text, count = taken_out(turn.text)
        clean.append(Turn(turn.speaker, text, turn.start_ms, turn.end_ms))
        removed += count
    return clean, removed
