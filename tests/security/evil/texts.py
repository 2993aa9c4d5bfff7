"""Texts: letters in every code there is, marks nobody sees, brackets without end, pages with scripts."""

from __future__ import annotations

import codecs
import json

from tests.security.evil.kinds import ASKED, BAD, GOOD, BadFile, talk

_ACCENTS = f"{GOOD}é, creëren, reünie, à propos, façade"
_CHINESE = "你好世界"


def _in(encoding: str, mark: bytes = b"", words: str = _ACCENTS) -> bytes:
    return mark + talk(words).encode(encoding)


def _brackets(depth: int) -> bytes:
    return b'{"text": ' + b"[" * depth + b"]" * depth + b"}"


def _otr(page: str) -> bytes:
    return json.dumps({"text": page, "media": "a.mp3", "media-time": 0}).encode()


def _whisper(*texts: object, start: object = 0, end: object = 1) -> bytes:
    return json.dumps({"segments": [{"text": text, "start": start, "end": end} for text in texts]}).encode()


def _par(**turn: object) -> bytes:
    content = {"schema": "par-transcript/1", "turns": [{"speaker": "R", "text": f"{GOOD}beurt", **turn}]}
    return json.dumps(content).encode()


def _page(body: str) -> bytes:
    return f"<!DOCTYPE html><html><head><title>x</title></head><body>{body}</body></html>".encode()


_SCRIPTS = (
    f"<p>I: {ASKED}</p><script>{BAD}script()</script><p onclick='{BAD}klik()'>R: {GOOD}alinea</p>"
    f"<iframe src='BEACON/iframe'>{BAD}iframe</iframe><object data='BEACON/object'>{BAD}object</object>"
    f"<img src='BEACON/img' onerror='{BAD}()' alt='{BAD}alt'><svg onload='{BAD}()'><script>{BAD}()</script></svg>"
    f"<style>p {{background: url(BEACON/css)}} .weg {{display: none}}</style><p class='weg'>R: {BAD}klasse</p>"
    f"<p style='display:none'>R: {BAD}stijl</p><noscript><img src='BEACON/noscript'></noscript>"
    f"<base href='BEACON/'><meta http-equiv=refresh content='0;url=BEACON/meta'><link rel=stylesheet href='BEACON/link'>"
    f"<form action='BEACON/form'><p>R: {GOOD}formulier</p></form><p>R: <marquee>{GOOD}lint</marquee></p>"
    f"<!-- {BAD}opmerking --><![CDATA[{BAD}cdata]]><p>R: {GOOD}slot</p>"
)
_CUES = (
    "WEBVTT\n\nSTYLE\n::cue { background: url(BEACON/css) }\n\n00:01.000 --> 00:02.000\n<v <script>x()</script>>"
    f"R: {GOOD}stem\n\n99999:99:99.999 --> -1:00\n{GOOD}tijd\n\n00:05.000 --> 00:04.000 line:-99999%\n<v R>{GOOD}terug\n"
)
TEXTS: tuple[BadFile, ...] = (
    BadFile("UTF-16, little end first, with its mark", "a.txt", lambda _: _in("utf-16-le", codecs.BOM_UTF16_LE), shown=(_ACCENTS,)),
    BadFile("UTF-16, big end first, with its mark", "a.txt", lambda _: _in("utf-16-be", codecs.BOM_UTF16_BE), shown=(_ACCENTS,)),
    BadFile("UTF-16, little end first, without its mark", "a.txt", lambda _: _in("utf-16-le"), shown=(_ACCENTS,)),
    BadFile("UTF-16, big end first, without its mark", "a.txt", lambda _: _in("utf-16-be"), shown=(_ACCENTS,)),
    BadFile("UTF-32 with its mark", "a.txt", lambda _: _in("utf-32"), shown=(_ACCENTS,)),
    BadFile("UTF-8 with its mark twice", "a.txt", lambda _: _in("utf-8", codecs.BOM_UTF8 * 2), shown=(_ACCENTS,)),
    BadFile("half a character at the end", "a.txt", lambda _: _in("utf-16") + b"\x00", shown=(_ACCENTS,)),
    BadFile("an old Windows", "a.txt", lambda _: _in("cp1252"), shown=(_ACCENTS,), told=("read.encoding_guessed",)),
    BadFile("an old Mac", "a.txt", lambda _: _in("mac_roman"), shown=(_ACCENTS,), told=("read.encoding_guessed",)),
    BadFile("an old DOS", "a.txt", lambda _: _in("cp850"), shown=(_ACCENTS,), told=("read.encoding_guessed",)),
    BadFile("UTF-7, which is plain letters", "a.txt", lambda _: _in("utf-7"), shown=(GOOD, "propos")),
    BadFile(
        "the letters of China", "a.txt", lambda _: _in("gb18030", words=f"{GOOD}china {_CHINESE}"),
        shown=(f"{GOOD}china",), told=("read.encoding_guessed",),
    ),
    BadFile("subtitles of an old Windows", "a.srt", lambda _: f"1\n00:00:01,000 --> 00:00:02,000\nR: {_ACCENTS}\n".encode("cp1252"), shown=(_ACCENTS,)),
    BadFile("a table in UTF-16", "a.csv", lambda _: f"spreker;tekst\nR;{_ACCENTS}\nI;Ja?\n".encode("utf-16"), shown=(_ACCENTS,)),
    BadFile("a page in UTF-16", "a.html", lambda _: _page(f"<p>R: {_ACCENTS}</p>").decode().encode("utf-16"), shown=(_ACCENTS,)),
    BadFile("JSON in UTF-16", "a.json", lambda _: _whisper(_ACCENTS).decode().encode("utf-16"), shown=(_ACCENTS,)),
    BadFile("NUL here and there", "a.txt", lambda _: talk(f"{GOOD}\x00nul").encode(), shown=(f"{GOOD}nul",)),
    BadFile("nothing but NUL", "a.txt", lambda _: bytes(100_000), refused=("empty",)),
    BadFile("no bytes at all", "a.txt", lambda _: b"", refused=("empty",)),
    BadFile("nothing but space", "a.docx", lambda _: b" \n\t\r\n" * 1000, refused=("empty",)),
    BadFile("marks nobody sees", "a.txt", lambda _: "\u200b\u200d\ufeff\u2060".encode() * 50, refused=("empty", "no_words")),
    BadFile("bells and backspaces", "a.txt", lambda _: talk(f"{GOOD}\x07\x08\x1b[31mrood").encode(), shown=(f"{GOOD}",)),
    BadFile("halves of characters", "a.txt", lambda _: talk(GOOD).encode() + b"R: \xed\xa0\x80\xed\xb0\x80.\n", shown=(GOOD,)),
    BadFile("writing that turns round", "a.txt", lambda _: talk(f"{GOOD}\u202eretho\u202c\u2066x\u2069").encode(), shown=(GOOD,)),
    BadFile("accents apart from their letters", "a.txt", lambda _: talk(f"{GOOD}e\u0301e\u0301n").encode(), shown=(f"{GOOD}één",)),
    BadFile("a tower of accents", "a.txt", lambda _: talk(f"{GOOD}toren" + "\u0301" * 20_000).encode(), shown=(f"{GOOD}tore",)),
    BadFile("lines that end in every way", "a.txt", lambda _: f"I: {ASKED}\rR: {GOOD}een\u2028R: {GOOD}twee\x85R: {GOOD}drie\r\n".encode(), shown=(f"{GOOD}een", f"{GOOD}twee", f"{GOOD}drie")),
    BadFile("one line of ten million letters", "a.txt", lambda _: b"R: " + b"woord " * 1_700_000, refused=("too_long",)),
    BadFile("one word of a million letters", "a.txt", lambda _: f"I: {ASKED}\nR: {GOOD}".encode() + b"x" * 1_000_000, shown=(GOOD,)),
    BadFile("a million lines", "a.txt", lambda _: b"R: a\n" * 1_000_000, refused=("too_long",)),
    BadFile("nothing but brackets and times", "a.txt", lambda _: b"[00:" * 200_000, shown=("00:",)),
    BadFile("a file over the limit", "a.txt", lambda _: b"x" * (20 * 1024 * 1024 + 1), refused=("too_large",)),
    BadFile("JSON a hundred thousand deep", "a.json", lambda _: _brackets(100_000), refused=("broken",)),
    BadFile("a number of a hundred thousand digits", "a.json", lambda _: b'{"segments": [{"text": "x", "start": ' + b"9" * 100_000 + b"}]}", refused=("broken",)),
    BadFile("numbers beyond reckoning", "a.json", lambda _: b'{"segments":[{"text":"R: Zichtbaargetal","start":1e400,"end":-Infinity},{"text":"NaN","start":NaN,"end":1e18}]}', shown=(f"{GOOD}getal",)),
    BadFile("times that are no times", "a.json", lambda _: _par(start_ms="gisteren", end_ms=[1]), refused=("broken", "json"), shown=(f"{GOOD}beurt",), either=True),
    BadFile("half a character in JSON", "a.json", lambda _: b'{"segments":[{"text":"R: Zichtbaar\\ud800half","start":0,"end":1}]}', shown=(GOOD,)),
    BadFile("JSON cut off", "a.json", lambda _: _whisper("x")[:-3], refused=("broken",)),
    BadFile("JSON of something else", "a.json", lambda _: b'{"recept": ["bloem", "eieren"]}', refused=("json",)),
    BadFile("JSON with a script as speaker", "a.json", lambda _: _par(speaker="<script>x()</script>" * 200), shown=(f"{GOOD}beurt",), refused=("json", "broken"), either=True),
    BadFile("oTranscribe with scripts", "a.otr", lambda beacon: _otr(_SCRIPTS.replace("BEACON", beacon)), shown=(f"{GOOD}alinea", f"{GOOD}slot"), hidden=(f"{BAD}script", f"{BAD}klik", f"{BAD}iframe", f"{BAD}stijl")),
    BadFile("a page full of scripts", "a.html", lambda beacon: _page(_SCRIPTS.replace("BEACON", beacon)), shown=(f"{GOOD}alinea", f"{GOOD}formulier", f"{GOOD}lint", f"{GOOD}slot"), hidden=(f"{BAD}script", f"{BAD}klik", f"{BAD}iframe", f"{BAD}object", f"{BAD}klasse", f"{BAD}stijl", f"{BAD}opmerking", f"{BAD}alt")),
    BadFile("a page of tags in tags", "a.html", lambda _: b"<div>" * 50_000 + b"woord" + b"</div>" * 50_000, refused=("too_heavy", "broken"), shown=("woord",), either=True),
    BadFile("a page of entities", "a.html", lambda _: _page(f"<p>R: {GOOD}&eacute;&#233;n &#0; &#xD800; &#x110000; &nietbekend; &lt;script&gt;</p>"), shown=(f"{GOOD}één", "&lt;script&gt;")),
    BadFile("a page with an entity of its own", "a.html", lambda beacon: f'<!DOCTYPE html [<!ENTITY x SYSTEM "{beacon}/x">]><html><body><p>I: ja?</p><p>R: {GOOD}wet &x;</p></body></html>'.encode(), shown=(f"{GOOD}wet",), hidden=("root:x:",)),
    BadFile("subtitles with tags and impossible times", "a.vtt", lambda beacon: _CUES.replace("BEACON", beacon).encode(), shown=(f"{GOOD}stem", f"{GOOD}tijd", f"{GOOD}terug")),
    BadFile("two hundred thousand subtitles", "a.vtt", lambda _: b"WEBVTT\n\n" + b"00:01.000 --> 00:02.000\n<v A>a.\n\n00:03.000 --> 00:09.000\n<v B>b?\n\n" * 100_000, refused=("too_long", "too_heavy")),
    BadFile("subtitles without words", "a.vtt", lambda _: b"WEBVTT\n\n00:01.000 --> 00:02.000\n\n", refused=("empty", "no_words")),
    BadFile("a table with a quote that never closes", "a.csv", lambda _: f'spreker;tekst\nR;"{GOOD}open\nI;nog'.encode(), shown=(f"{GOOD}open",)),
    BadFile("a table with formulas", "a.csv", lambda beacon: f'spreker;tekst\nR;"=HYPERLINK(""{beacon}/x"";""{GOOD}som"")"\nI;+1+cmd|x\n'.encode(), shown=(f"{GOOD}som",)),
    BadFile("a table of a hundred thousand columns", "a.csv", lambda _: (";".join(f"k{n}" for n in range(100_000)) + "\n" + ";" * 99_999 + "\n").encode(), refused=("no_text_column", "no_words", "too_heavy"), shown=(), either=True),
    BadFile("a table without words", "a.csv", lambda _: b"a;b\n1;2\n3;4\n", refused=("no_text_column",), either=True),
    BadFile("a letter in rich text", "a.rtf", lambda _: b"{\\rtf1\\ansi{\\object\\objdata 01}hoi}", refused=("rtf",)),
    BadFile("a pdf", "a.docx", lambda _: b"%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript>>>>", refused=("pdf",)),
    BadFile("a photo", "a.docx", lambda _: b"\x89PNG\r\n\x1a\n" + bytes(range(256)), refused=("picture",)),
    BadFile("a recording", "a.txt", lambda _: b"OggS" + bytes(range(256)), refused=("sound",)),
    BadFile("a program", "a.txt", lambda _: b"\x7fELF" + bytes(range(256)) * 20, refused=("unknown",)),
    BadFile("a database", "a.txt", lambda _: b"SQLite format 3\x00" + bytes(range(32)) * 100, refused=("unknown",)),
    BadFile("a page of Word in one file", "a.xml", lambda _: b"<?xml version='1.0'?><w:wordDocument/>", refused=("word_xml",)),
    BadFile("other XML", "a.xml", lambda beacon: f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "{beacon}/x">]><a>&x;</a>'.encode(), refused=("xml", "doctype")),
)  # fmt: skip
"""Verdicts on texts. Accents come back as letters, whichever code they came in."""
