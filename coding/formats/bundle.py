"""A person's own data as one ZIP file: a page to read and print, everything as JSON, and the sound and pictures.

Written as a stream: nothing of it is ever on the disk of the server, and no recording is in memory whole.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from io import RawIOBase

from coding.summaries import wording
from interviews.bundles import Bundle, Section, Why
from interviews.keys import KeysError
from interviews.sealedfiles import SealedFiles, key_of

SCHEMA = "dichterbij-own-data/1"
_CHUNK = 1024 * 1024
_IN_JSON_ONLY = frozenset({"turn", "name_mention", "participation", "recording_piece", "part_look", "first_reading",
                           "transcript", "speaker", "revision", "interviewee"})  # fmt: skip
"""What a page would not make clearer. The newest text is shown apart."""
_NO_WORD = frozenset({"id", "project_id", "municipality_id", "guide_id", "theme_id", "segment_id", "transcript_id"})
_LABELS = {
    "at": "wanneer", "action": "wat", "kind": "soort", "code": "code", "pseudonym": "andere naam", "given": "mag het",
    "scope": "waarvoor", "how": "hoe", "text_version": "tekst van de toestemming", "created_at": "gemaakt op",
    "held_on": "dag van het gesprek", "planned_for": "afgesproken op", "reflection": "wat de interviewer opviel",
    "status": "stand", "perspective": "van welke kant", "quote": "stuk van de tekst", "text": "tekst",
    "started_at": "begonnen", "finished_at": "klaar", "erased_at": "gewist op", "duration_ms": "lengte in milliseconden",
    "replacement": "wat er nu staat", "canonical_sealed": "wat er stond", "reply": "ons antwoord", "verdict": "antwoord",
    "words_sealed": "eigen woorden", "summary_sealed": "samenvatting", "top_sealed": "wat het belangrijkst is",
    "remark_sealed": "opmerking", "description_sealed": "wat erop staat", "note_sealed": "aantekening",
    "text_sealed": "aantekening", "reason_sealed": "waarom", "signature_sealed": "handtekening (lijnen)",
    "safety_note_sealed": "zorgen", "sealed": "inhoud", "holder": "wie", "given_at": "gekregen op", "built_at": "gemaakt op",
    "quotes": "citaten", "sha256": "kenmerk van het bestand", "asked_at": "gevraagd op", "answered_at": "geantwoord op",
    "may_be_shown": "mag getoond worden", "made_at": "gemaakt op", "ends_at": "loopt af op", "opened_at": "geopend op",
    "revoked_at": "gestopt op", "purpose": "waarvoor", "state": "stand", "score": "zekerheid", "reason": "waarom",
}  # fmt: skip
_SCOPES = {
    "use_research": "meedoen aan het onderzoek", "record": "opnemen", "quote_pseudonym": "citaten met een andere naam",
    "summary_self": "de samenvatting terughoren", "municipality_report": "een verslag voor de gemeente",
    "portrait": "een portret", "own_name": "de eigen naam erbij", "co_read": "meelezen door anderen",
    "archive": "bewaren voor ander onderzoek", "contact_again": "later weer bellen",
}  # fmt: skip
_MISSING = {
    Why.OTHERS: "In dit gesprek praatten meer mensen. Wat anderen zeiden, zit er niet bij. De opname ook niet.",
    Why.CONTACT: "Naam en telefoon liggen apart. Vraag die aan wie de sleutel heeft.",
}
_STYLE = (
    "body{font:16px/1.6 sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#1c1b1a}"
    "h2{margin-top:2.5rem}dl{border-top:1px solid #bbb;padding-top:.5rem}dt{font-weight:bold}dd{margin:0 0 .4rem}"
    "dd,p.said{white-space:pre-wrap;overflow-wrap:anywhere}"
)


def file_name(bundle: Bundle) -> str:
    """Return a file name in ASCII: `alles-d-07-2026-11-23.zip`."""
    plain = "".join(sign if sign.isalnum() and sign.isascii() else "-" for sign in bundle.code.lower())
    return f"alles-{plain}-{bundle.made:%Y-%m-%d}.zip"


def stream(bundle: Bundle, files: SealedFiles) -> Iterator[bytes]:
    """Yield the ZIP file piece by piece. A sealed file that is gone or damaged is left out, and the page says so."""
    pipe = _Pipe()
    lost: list[str] = []
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("gegevens.json", as_json(bundle))
        yield pipe.taken()
        for file in bundle.files:
            try:
                assert bundle.key is not None, "a sealed file has a key"
                entry = zipfile.ZipInfo(file.name, date_time=bundle.made.timetuple()[:6])
                with files.read(file.sealed, key_of(bundle.key, file.sealed)) as sound, package.open(entry, "w") as out:
                    while chunk := sound.read(_CHUNK):
                        out.write(chunk)
                        yield pipe.taken()
            except (FileNotFoundError, KeysError):
                lost.append(file.name)
        package.writestr("lees-mij.html", as_page(bundle, lost=lost))
    yield pipe.taken()


class _Pipe(RawIOBase):
    """What a ZIP file is written to, and taken out of again; one cannot go back in it."""

    def __init__(self) -> None:
        self._held = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, content: object) -> int:
        data = bytes(content)  # type: ignore[call-overload]  # any buffer
        self._held += data
        return len(data)

    def taken(self) -> bytes:
        held = bytes(self._held)
        self._held.clear()
        return held


def as_json(bundle: Bundle) -> str:
    """Return everything as JSON: per table its class and its rows, moments in ISO 8601."""
    return json.dumps(
        {
            "schema": SCHEMA,
            "code": bundle.code,
            "made_at": bundle.made.isoformat(),
            "left_out": [why.value for why in bundle.missing],
            "own_words": list(bundle.words),
            "files": [file.name for file in bundle.files],
            "tables": {
                section.name: {
                    "title": section.title,
                    "class": section.klass,
                    "rows": [dict(row) for row in section.rows],
                }
                for section in bundle.sections
            },
        },
        ensure_ascii=False,
        indent=1,
    )


def as_page(bundle: Bundle, *, lost: Sequence[str] = ()) -> str:
    """Return a page in Dutch to read and print, which needs nothing from anywhere."""
    parts = [
        "<!doctype html><html lang=nl><head><meta charset=utf-8><title>Alles wat wij van u weten</title>",
        f"<style>{_STYLE}</style></head><body><h1>Alles wat wij van u weten</h1>",
        f"<p>Gesprek {escape(bundle.code)}. Gemaakt op {wording.long_date(bundle.made.date(), 'nl')}.</p>",
        "<p>Hier staat alles wat bij dit gesprek hoort. Bewaar het goed: wie dit leest, kan u herkennen.</p>",
    ]
    parts += [f"<p>{_MISSING[why]}</p>" for why in bundle.missing]
    if lost:
        parts.append(f"<p>Deze bestanden konden we niet openen: {escape(', '.join(lost))}.</p>")
    if bundle.files:
        parts.append("<h2>Geluid en beeld</h2><p>Deze bestanden zitten erbij:</p><ul>")
        parts += [f"<li>{escape(file.name)}</li>" for file in bundle.files if file.name not in lost]
        parts.append("</ul>")
    parts += _said(bundle)
    parts += [line for section in bundle.sections for line in _section(section)]
    parts.append("<p>In gegevens.json staat hetzelfde voor een computer.</p></body></html>")
    return "\n".join(parts)


def _said(bundle: Bundle) -> Iterator[str]:
    """Yield what was said: of the newest text with names, or in an interview with several the person's own turns."""
    rows = {section.name: section.rows for section in bundle.sections}
    texts = sorted(rows.get("revision", ()), key=lambda row: (row["layer"] == "raw", row["number"]))
    if bundle.words:
        yield "<h2>Wat u zei</h2>"
        yield from (f"<p class=said>{escape(turn)}</p>" for turn in bundle.words)
    if not texts:
        return
    newest = texts[-1]
    text = str(newest.get("sealed") or newest.get("text") or "")
    labels = {row["id"]: str(row["label"]) for row in rows.get("speaker", ())}
    turns = [row for row in rows.get("turn", ()) if row["revision_id"] == newest["id"]]
    yield "<h2>Wat er gezegd is</h2>"
    for turn in sorted(turns, key=lambda row: _number(row["number"])):
        who = labels.get(turn.get("speaker_id", ""), "")
        said = text[_number(turn["start"]) : _number(turn["end"])]
        yield f"<p class=said><b>{escape(who)}</b> {escape(said)}</p>"


def _number(value: object) -> int:
    return int(str(value))


def _section(section: Section) -> Iterator[str]:
    if section.name in _IN_JSON_ONLY:
        return
    yield f"<h2>{escape(section.title)}</h2>"
    for row in section.rows:
        shown = [(name, value) for name, value in row.items() if name not in _NO_WORD and not name.endswith("_id")]
        cells = "".join(
            f"<dt>{escape(_LABELS.get(name, name))}</dt><dd>{escape(_value(value))}</dd>" for name, value in shown
        )
        yield f"<dl>{cells}</dl>"


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, Mapping):
        return "; ".join(f"{name}: {_value(one)}" for name, one in value.items() if one)
    if isinstance(value, list | tuple):
        return "\n".join(_value(one) for one in value)
    text = str(value)
    return _SCOPES.get(text, text)
