"""Every sentence on the pages is plain Dutch (B1): short, and with the words that people use."""

from __future__ import annotations

import re
from collections.abc import Iterator
from statistics import mean

import pytest

from interviews.plainlanguage import MAX_WORDS, MEAN_WORDS, Finding, Kind, check, sentences
from webapp import i18n


def said() -> Iterator[str]:
    """Every Dutch text of the pages, as a translator reads it."""
    for message in i18n.extracted():
        if message.id:
            yield from (message.id,) if isinstance(message.id, str) else message.id


@pytest.fixture(scope="module")
def texts() -> list[str]:
    found = list(said())
    assert len(found) > 500, "the catalogue was not read"
    return found


def findings(texts: list[str], *kinds: Kind) -> list[tuple[str, str, str]]:
    def told(text: str, finding: Finding) -> tuple[str, str, str]:
        return finding.kind.value, finding.words, text

    return [told(text, finding) for text in texts for finding in check(text) if finding.kind in kinds]


def test_the_mean_sentence_has_no_more_than_twelve_words(texts: list[str]) -> None:
    counted = [sentence.words for text in texts for sentence in sentences(text)]
    assert mean(counted) <= MEAN_WORDS


def test_no_sentence_has_more_than_twenty_words(texts: list[str]) -> None:
    long = [sentence.text for text in texts for sentence in sentences(text) if sentence.words > MAX_WORDS]
    assert long == []


def test_no_word_of_the_avoid_list_is_used(texts: list[str]) -> None:
    assert findings(texts, Kind.AVOID) == []


def test_no_text_says_je_and_u_at_once(texts: list[str]) -> None:
    # Texts about that very choice name both words.
    about = re.compile(r"\bje (of|en) u\b|\bu (of|en) je\b|[‘'\"](je|u)[’'\"]|\bje\? / Wat", re.IGNORECASE)
    assert [found for found in findings(texts, Kind.MIXED_ADDRESS) if not about.search(found[2])] == []


def test_nobody_is_cheered_at(texts: list[str]) -> None:
    assert [text for text in texts if text.rstrip().endswith("!")] == []
