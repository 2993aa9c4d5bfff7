"""Text hygiene: what was written stays, what breaks a database or an offset goes, and once is enough."""

from __future__ import annotations

import codecs
import json
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from interviews.text import clean, decode, from_utf16, one_line, to_utf16

FAMILY = "👩\u200d👩\u200d👧\u200d👦"
PIECES = [
    "é",
    "e\u0301",
    "a\u0323\u0302",
    "\u0302\u0323",
    "👍🏽",
    FAMILY,
    "🇳🇱",
    "\u202bمرحبا\u202c",
    "\u200fשלום\u200e",
    "각",
    "\u1100\u1161\u11a8",
    "\u212b",
    "\u2126",
    "ﬁ",
    "\r\n",
    "\r",
    "\n",
    "\t",
    "\x00",
    "\x0b",
    "\x1b[0m",
    "\x85",
    "\u2028",
    "\ufeff",
    "\ufffe",
    "\ud83d",
    "\ude00",
    "\xa0",
    "\u2000",
    " ",
    "ja",
]
messy = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=12).map("".join) | st.text(
    st.characters(), max_size=30
)


@given(messy)
@example("\r\x00\n")
@example("e\x00\u0301")
@example("\ud83d\ufeff\ude00")
def test_cleaning_a_clean_text_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert one_line(one_line(text)) == one_line(text)


@given(messy)
def test_a_clean_text_holds_nothing_a_database_refuses(text: str) -> None:
    cleaned = clean(text)
    assert unicodedata.is_normalized("NFC", cleaned)
    assert "\r" not in cleaned
    assert "\x00" not in cleaned
    assert "\ufeff" not in cleaned
    assert all(unicodedata.category(c) not in ("Cc", "Cs") or c in "\t\n" for c in cleaned)
    assert json.loads(json.dumps(cleaned)) == cleaned == cleaned.encode().decode()


@given(messy)
def test_a_text_on_one_line_has_single_spaces_and_none_at_the_ends(text: str) -> None:
    line = one_line(text)
    assert line == " ".join(line.split())
    assert len(line.splitlines()) <= 1


@given(st.text(st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\u2028\u2029\ufeff\ufffe\uffff")))
def test_what_was_written_stays(text: str) -> None:
    assert clean(text) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize("line_break", ["\r\n", "\r", "\n", "\x85", "\u2028", "\u2029", "\x0b", "\x0c"])
def test_every_kind_of_line_break_becomes_one_line_feed(line_break: str) -> None:
    assert clean(f"een{line_break}twee") == "een\ntwee"


def test_a_composed_and_a_decomposed_name_become_the_same_text() -> None:
    assert clean("Zoe\u0308") == clean("Zo\xeb") == "Zo\xeb"


@pytest.mark.parametrize("kept", [FAMILY, "👍🏽", "\u202bمرحبا\u202c", "\u200eשלום\u200f", "می\u200cروم", "a\tb"])
def test_emoji_and_bidi_marks_stay_as_they_were(kept: str) -> None:
    assert clean(kept) == kept


def test_half_a_character_becomes_the_replacement_sign() -> None:
    assert clean("ja \ud83d nee") == "ja \ufffd nee"


# -- positions


@given(messy)
def test_every_position_survives_the_way_to_the_browser_and_back(text: str) -> None:
    text = clean(text)
    for position in range(len(text) + 1):
        assert from_utf16(text, to_utf16(text, position)) == position


@given(messy, st.data())
def test_what_the_browser_selects_is_what_we_store(text: str, data: st.DataObject) -> None:
    """A browser slices UTF-16; the same slice of ours gives the same words."""
    text = clean(text)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    units = text.encode("utf-16-le")
    selected = units[2 * to_utf16(text, start) : 2 * to_utf16(text, end)].decode("utf-16-le")
    assert selected == text[start:end]
    browser_start, browser_end = to_utf16(text, start), to_utf16(text, end)
    assert text[from_utf16(text, browser_start) : from_utf16(text, browser_end)] == selected


@given(messy)
def test_positions_rise_together(text: str) -> None:
    text = clean(text)
    positions = [to_utf16(text, position) for position in range(len(text) + 1)]
    assert positions == sorted(set(positions))
    assert positions[-1] == len(text.encode("utf-16-le")) // 2


def test_a_position_inside_an_emoji_moves_to_its_end() -> None:
    assert [from_utf16("a👍b", units) for units in range(5)] == [0, 1, 2, 2, 3]


def test_a_position_past_the_end_is_refused() -> None:
    with pytest.raises(ValueError, match="past the end"):
        from_utf16("a👍", 4)


# -- decoding


@given(messy)
@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_decides(mark: bytes, encoding: str, text: str) -> None:
    # A UTF-16 text that begins with NUL has the mark of UTF-32; nothing can tell those apart.
    text = "x" + clean(text)
    decoded = decode(mark + text.encode(encoding))
    assert (decoded.text, decoded.guessed) == (text, False)


@given(messy)
def test_utf8_without_a_mark_is_read_as_utf8(text: str) -> None:
    text = clean(text)
    decoded = decode(text.encode())
    assert (decoded.text, decoded.encoding, decoded.guessed) == (text, "utf-8", False)


def test_a_file_of_an_old_windows_computer_is_read_and_said_to_be_a_guess() -> None:
    text = "Ik betaal €12 — “één keer”, zei Zoë…"
    decoded = decode(text.encode("cp1252"))
    assert (decoded.text, decoded.encoding, decoded.guessed) == (text, "cp1252", True)


@given(st.binary(max_size=60))
def test_any_bytes_give_a_clean_text(data: bytes) -> None:
    decoded = decode(data)
    assert decoded.text == clean(decoded.text)


def test_an_empty_file_is_an_empty_text() -> None:
    assert decode(b"").text == ""
