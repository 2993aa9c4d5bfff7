"""What comes in and is not stored yet: kept in memory, or given back to the browser under the interview's own key.

A file with somebody's story must not touch the disk as it is, and what was read of it must not be lost before a person
has looked at it.
"""

from __future__ import annotations

import base64
import binascii
import json
import uuid
import zlib
from dataclasses import dataclass, replace
from io import BytesIO
from typing import IO, Any

from flask import Request

from interviews.bsn import without_bsn
from interviews.errors import Invalid
from interviews.formats import par_json
from interviews.formats.draft import Note, TranscriptDraft
from interviews.keys import DataKey, SealBroken


class MemoryRequest(Request):
    """A request whose files stay in memory.

    Werkzeug writes a file of more than 500 kB to a temporary file on disk, readable for whoever finds the disk. The
    largest body is limited (`MAX_CONTENT_LENGTH`), so memory is no worry.
    """

    def get_json(self, force: bool = False, silent: bool = False, cache: bool = True) -> Any:
        """Return the body as JSON; brackets in brackets without end are no JSON either."""
        try:
            return super().get_json(force=force, silent=silent, cache=cache)
        except RecursionError:
            return None if silent else self.on_json_loading_failed(None)

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        return BytesIO()


@dataclass(frozen=True, slots=True)
class Carried:
    """A draft between looking and storing, and how many BSNs were taken out of it."""

    draft: TranscriptDraft
    bsn_removed: int = 0


def carry(draft: TranscriptDraft) -> Carried:
    """Return `draft` without any BSN: none is ever shown, sealed or stored."""
    turns, removed = without_bsn(draft.turns)
    return Carried(replace(draft, turns=tuple(turns)), removed)


def seal(carried: Carried, key: DataKey, *, person_id: uuid.UUID) -> str:
    """Return `carried` as text for a hidden field, readable with `key` and for this person's form only."""
    content = {
        "draft": par_json.dump(carried.draft),
        "format": carried.draft.format,
        "notes": [[note.key, dict(note.fields)] for note in carried.draft.notes],
        "bsn": carried.bsn_removed,
    }
    packed = zlib.compress(json.dumps(content, ensure_ascii=False).encode())
    return base64.b64encode(key.seal(packed, context=_context(key, person_id))).decode("ascii")


def unseal(text: str, key: DataKey, *, person_id: uuid.UUID) -> Carried:
    """Return what `seal` made. Raises Invalid("draft.lost") for anything else: another interview's, another person's."""
    try:
        packed = key.open(base64.b64decode(text, validate=True), context=_context(key, person_id))
    except (SealBroken, binascii.Error, ValueError) as error:
        raise Invalid("draft.lost") from error
    content = json.loads(zlib.decompress(packed))
    notes = tuple(Note(name, fields) for name, fields in content["notes"])
    draft = par_json.read(content["draft"].encode())
    return Carried(replace(draft, format=content["format"], notes=notes), content["bsn"])


def _context(key: DataKey, person_id: uuid.UUID) -> str:
    return f"draft:{key.interview}:{person_id}"
