from __future__ import annotations

import io
import os
import struct
import subprocess
import sys
import warnings
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviews.errors import Unreadable
from interviews.formats import reading, sandbox
from interviews.formats.draft import TranscriptDraft
from interviews.formats.reading import MAX_BYTES, read, read_here, read_pasted

Zipped = Callable[[Mapping[str, str | bytes]], bytes]
Docx = Callable[..., bytes]
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def key_of(name: str, data: bytes) -> str:
    with pytest.raises(Unreadable) as refusal:
        read_here(name, data)
    assert refusal.value.key.startswith("unreadable.")
    return refusal.value.key


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"", "empty"),
        (b" \r\n\t\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (bytes(5000), "empty"),
        ("\u200b\u00a0\n".encode(), "empty"),
        (b"{\\rtf1 hallo}", "rtf"),
        (b"%PDF-1.7\n...", "pdf"),
        (b"ID3\x04" + bytes(200), "sound"),
        (b"\xff\xfb\x90\x64" + bytes(200), "sound"),
        (b"\0\0\0\x20ftypM4A " + bytes(200), "sound"),
        (b"RIFF\0\0\0\0WAVEfmt ", "sound"),
        (b"OggS" + bytes(200), "sound"),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "picture"),
        (b"\0\0\0\x20ftypheic" + bytes(200), "picture"),
        (_OLE + "WordDocument".encode("utf-16-le"), "old_word"),
        (_OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
        (_OLE, "old_office"),
        (b"\x1f\x8b\x08" + bytes(200), "packed"),
        (b"SQLite format 3\x00" + bytes(range(32)) * 100, "unknown"),
        (b"\x7fELF" + bytes(range(256)) * 10, "unknown"),
        (b"<?xml version='1.0'?><iets/>", "xml"),
        (b"<?xml version='1.0'?><w:wordDocument/>", "word_xml"),
        (b'{"a": 1}', "json"),
        (b"WEBVTT\n\n", "empty"),
        (b"WEBVTT\n\nNOTE niets\n", "no_words"),
        (b"<html><body><script>x</script></body></html>", "no_words"),
    ],
)
def test_a_file_that_is_no_transcript_says_what_it_is(data: bytes, key: str) -> None:
    assert key_of("gesprek.docx", data) in {f"unreadable.{key}", *(["unreadable.no_words"] if key == "empty" else [])}


def test_a_file_over_the_limit_is_refused_before_it_is_looked_at() -> None:
    with pytest.raises(Unreadable) as refusal:
        read("x.txt", b"a" * (MAX_BYTES + 1))
    assert (refusal.value.key, refusal.value.fields) == ("unreadable.too_large", {"megabytes": 20})


@pytest.mark.parametrize(
    ("members", "key"),
    [
        ({"xl/workbook.xml": "", "[Content_Types].xml": ""}, "spreadsheet"),
        ({"ppt/presentation.xml": "", "[Content_Types].xml": ""}, "slides"),
        ({"a.txt": "hallo"}, "packed"),
        ({"project.qde": "<Project/>"}, "refi_project"),
        ({"word/document.xml": "<w:p", "[Content_Types].xml": ""}, "broken"),
        ({"[Content_Types].xml": "", "word/other.xml": ""}, "broken"),
        ({"../../evil.txt": "x"}, "broken"),
        ({"/etc/x": "x"}, "broken"),
        ({"a\\..\\b": "x"}, "broken"),
        ({"word/document.xml": "<a/>", "WORD/document.xml": "<a/>", "[Content_Types].xml": ""}, "broken"),
        ({"word/document.xml": b"<x>" * 300 + b"</x>" * 300, "[Content_Types].xml": ""}, "broken"),
        ({"word/document.xml": f"<w:document>{' ' * 30_000_000}", "[Content_Types].xml": ""}, "too_heavy"),
        ({f"word/{n}.xml": "" for n in range(2001)}, "too_heavy"),
        (
            {
                "mimetype": "application/vnd.oasis.opendocument.text",
                "content.xml": "<a/>",
                "META-INF/manifest.xml": "<m><encryption-data/></m>",
            },
            "password",
        ),
        ({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}, "broken"),
        ({"mimetype": "application/vnd.oasis.opendocument.text", "x": "<a/>"}, "broken"),
    ],
)
def test_a_bad_package_is_refused_with_its_reason(zipped: Zipped, members: dict[str, str | bytes], key: str) -> None:
    assert key_of("gesprek.docx", zipped(members)) == f"unreadable.{key}"


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/x.dtd">',
        '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        "<!-- x --><!DOCTYPE a>",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_declaration_is_refused_in_every_part(zipped: Zipped, doctype: str, encoding: str) -> None:
    evil = f"{doctype}<w:document xmlns:w='w'><w:body><w:p>&x;</w:p></w:body></w:document>".encode(encoding)
    assert key_of("x.docx", zipped({"[Content_Types].xml": "", "word/document.xml": evil})) == "unreadable.doctype"
    odt: dict[str, str | bytes] = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": "<a/>",
        "styles.xml": evil,
    }
    assert key_of("x.odt", zipped(odt)) == "unreadable.doctype"


def test_a_member_named_twice_is_refused() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        archive.writestr("word/document.xml", "<a/>")
        archive.writestr("word/document.xml", "<b/>")
    assert key_of("x.docx", target.getvalue()) == "unreadable.broken"


def test_a_link_in_a_package_is_refused() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        link = zipfile.ZipInfo("word/document.xml")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    assert key_of("x.docx", target.getvalue()) == "unreadable.broken"


def test_a_part_too_large_for_a_tree_is_refused(zipped: Zipped) -> None:
    document = "<w:document>" + "".join(f"<w:p>{n}</w:p>" for n in range(1_800_000)) + "</w:document>"
    assert (
        key_of("x.docx", zipped({"[Content_Types].xml": "", "word/document.xml": document})) == "unreadable.too_heavy"
    )


def test_an_encrypted_package_asks_for_the_password_to_go(docx: Docx) -> None:
    data = bytearray(docx("<w:p/>"))
    for signature, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = data.find(signature)
        while at >= 0:
            flags = struct.unpack_from("<H", data, at + offset)[0]
            struct.pack_into("<H", data, at + offset, flags | 1)
            at = data.find(signature, at + 4)
    assert key_of("x.docx", bytes(data)) == "unreadable.password"


def test_a_package_that_lies_about_its_sizes_is_counted_while_it_inflates(zipped: Zipped) -> None:
    data = bytearray(zipped({"[Content_Types].xml": "", "word/document.xml": b" " * 5_000_000}))
    at = data.rfind(b"PK\x01\x02")
    struct.pack_into("<I", data, at + 24, 10)
    assert key_of("x.docx", bytes(data)) in ("unreadable.broken", "unreadable.too_heavy")


@settings(max_examples=120, deadline=None)
@given(cut=st.integers(0, 100), flips=st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), max_size=8))
def test_a_damaged_word_file_is_read_or_refused(docx: Docx, cut: int, flips: list[tuple[int, int]]) -> None:
    data = bytearray(docx("<w:p><w:r><w:t>I: hallo</w:t></w:r></w:p>" * 5, {"styles": "<w:style/>"}))
    for place, value in flips:
        data[place % len(data)] = value
    try:
        draft = read_here("x.docx", bytes(data[: len(data) * (100 - cut // 4) // 100]))
    except Unreadable:
        return
    assert isinstance(draft, TranscriptDraft)


_SEEDS = [
    b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v A>",
    b'{"text": "',
    b"<html><p>",
    b"1\n00:00:01,000 --> ",
    b"I: ",
    b"a;b\n",
    b"[00:1",
]


@settings(max_examples=250, deadline=None)
@given(
    start=st.sampled_from([b"", *_SEEDS]),
    data=st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")),
    name=st.sampled_from(["x", "x.txt", "x.csv", "x.html", "x.otr", "x.json", "x.vtt", "../../x\x00.docx"]),
)
def test_any_bytes_give_a_draft_or_a_refusal(start: bytes, data: bytes, name: str) -> None:
    try:
        draft = read_here(name, start + data)
    except Unreadable:
        return
    assert all("\n" not in turn.text and turn.text.strip() for turn in draft.turns)
    assert sandbox.from_json(sandbox.to_json(draft)) == draft


def test_odd_characters_do_not_survive_and_words_do() -> None:
    draft = read_here("x.json", b'{"media":"", "text":"<p>a\\u0000b \\ud800 c\\u0085d</p>"}')
    assert draft.turns[0].text == "ab \ufffd c d"


@pytest.mark.parametrize(
    "data", [b"<p>" * 100_000 + b"woord", b"<html>" + b"<div>" * 5000 + b"woord" + b"</div>" * 5000]
)
def test_html_nested_beyond_reason_is_refused_or_read_whole(data: bytes) -> None:
    try:
        draft = read_here("x.html", data)
    except Unreadable:
        return
    assert "woord" in draft.turns[-1].text


def test_pasted_text_is_read_without_a_file() -> None:
    draft = read_pasted("I: Hoe gaat het?\r\n\r\nR: Goed.")
    assert (draft.format, len(draft.turns)) == ("pasted", 2)


def test_pasted_nothing_is_refused() -> None:
    with pytest.raises(Unreadable):
        read_pasted(" \n ")


def test_the_child_gives_the_same_draft_as_this_process(docx: Docx) -> None:
    data = docx("<w:p><w:r><w:t>I: Hé 😀?</w:t></w:r></w:p><w:p><w:r><w:t>R: Ja.</w:t></w:r></w:p><w:altChunk/>")
    assert read("gesprek\n\ud800.docx", data) == read_here("gesprek.docx", data)


def test_a_refusal_comes_back_from_the_child_with_its_fields() -> None:
    with pytest.raises(Unreadable) as refusal:
        read("x.json", b'{"schema": "par-transcript/9", "turns": []}')
    assert (refusal.value.key, refusal.value.fields) == ("unreadable.par_version", {"schema": "par-transcript/9"})


def _child(code: str) -> int:
    bootstrap = f"import sys; sys.path[:0] = {sandbox._paths(('lxml',)).split(os.pathsep)!r}\nfrom interviews.formats import reading, sandbox\n"
    run = subprocess.run(
        [sys.executable, "-I", "-S", "-B", "-c", bootstrap + "sandbox.limit()\n" + code],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        timeout=60,
        check=False,
        env={},
    )
    return run.returncode


@pytest.mark.parametrize(
    "code",
    [
        "x = bytearray(600 * 1024 * 1024)",
        "import socket; socket.socket()",
        "import subprocess; subprocess.run(['true'])",
        "import os; os.fork()",
        "open({target!r}, 'w')",
        "import os; os.open({target!r}, os.O_CREAT | os.O_WRONLY)",
        "import os; files = [open(os.devnull) for _ in range(20)]",
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limits beyond the clock")
def test_the_child_cannot_take_memory_open_the_network_or_write_files(code: str, tmp_path: Path) -> None:
    target = tmp_path / "written"
    assert _child("pass") == 0
    assert _child(code.replace("{target!r}", repr(str(target)))) != 0
    assert not target.exists()


def test_the_child_loads_no_database_no_web_and_no_language_model() -> None:
    heavy = "{'sqlalchemy', 'spacy', 'flask', 'numpy', 'interviews.db'}"
    assert _child(f"raise SystemExit(bool({heavy} & set(sys.modules)))") == 0


def test_a_child_that_is_too_slow_or_dies_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    for bootstrap in ("import time; time.sleep(60)", "import os; os.abort()", "print('geen antwoord')", "print('{}')"):
        monkeypatch.setattr(sandbox, "_BOOTSTRAP", bootstrap)
        monkeypatch.setattr(sandbox, "WALL_SECONDS", 1)
        with pytest.raises(Unreadable, match=r"unreadable\.too_heavy"):
            read("x.txt", b"I: ja")


def test_a_transcript_longer_than_anybody_talks_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_TURNS", 3)
    assert key_of("x.txt", b"I: a\nR: b\nI: c\nR: d") == "unreadable.too_long"
