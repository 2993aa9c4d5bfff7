"""Everything that leads to one person, for that person (AVG art. 15 and 20): rows of every class, opened and named.

The rows are found by walking the foreign keys (`belongings`), so that a table which is added tomorrow is in the bundle;
a test fails until it has a title here. What stays out, and why, is said in the bundle itself: who of the team did
something, secrets such as hashes, words that were hidden because the person asked that, and in a group the words of others.
"""

from __future__ import annotations

import enum
import json
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Table, or_, select
from sqlalchemy.orm import Session

from interviews import audit, belongings, hidden, readings, removals, transcripts
from interviews.access import Actor, Permission, require
from interviews.clock import now
from interviews.consents import people_of
from interviews.db import Base
from interviews.drafts.texts import unpack
from interviews.errors import Invalid, NotVisible
from interviews.keys import DataKey, KeyMissing, KeyStore
from interviews.models import Attachment, AuditEntry, Interview, Interviewee, Recording, Revision
from interviews.models.recording import RecordingState
from interviews.recordings.places import sound_name
from interviews.redactions.sealed import SEALINGS

TITLES: dict[str, tuple[str, str]] = {
    "interview": ("Het gesprek", "R"),
    "interviewee": ("De persoon", "P"),
    "contact": ("Contactgegevens", "K"),
    "participation": ("Wie in het gesprek zat", "P"),
    "consent_talk": ("Toestemming: de gesprekken erover", "K"),
    "consent_choice": ("Toestemming: elke keuze", "P"),
    "guest_pass": ("Links om zelf te kijken", "A"),
    "transcript": ("De tekst", "P"),
    "revision": ("De tekst, elke versie", "R"),
    "turn": ("De tekst: wie wanneer praat", "P"),
    "speaker": ("De tekst: stemmen", "K"),
    "typing_draft": ("Tekst die nog wordt getypt", "R"),
    "typing_version": ("Tekst die nog wordt getypt: eerdere versies", "R"),
    "name_entity": ("Namen en wat er nu staat", "K"),
    "name_mention": ("Namen: de plekken", "P"),
    "name_step": ("Namen: wat er is besloten", "R"),
    "part_look": ("Namen: welk deel is bekeken", "P"),
    "residual_risk": ("Namen: hoe herkenbaar het nog is", "R"),
    "recording": ("Opnamen", "R"),
    "recording_piece": ("Opnamen: stukken", "R"),
    "time_mark": ("Opnamen: gemarkeerde momenten", "R"),
    "attachment": ("Tekeningen en foto's", "R"),
    "question_note": ("Aantekeningen bij de vragen", "R"),
    "hand_over": ("Briefjes bij het doorgeven", "R"),
    "debrief": ("Hoe het was voor de interviewer", "R"),
    "member_check": ("Nakijken", "R"),
    "check_answer": ("Nakijken: antwoorden", "R"),
    "removal_request": ("Wat eruit moet", "R"),
    "redaction": ("Wat gewist is", "P"),
    "redaction_decision": ("Wat gewist is: wat er is besloten", "P"),
}
"""Per table what it is called for the person, and its class. `coding.bundling` adds those of the analysis."""

LEFT_OUT: dict[tuple[str, str], str] = {
    ("guest_pass", "token_hash"): "a secret",
    ("guest_pass", "code_hash"): "a secret",
    ("recording", "peaks_sealed"): "the shape of the sound, which is in the bundle itself",
    ("recording_piece", "digest"): "a checksum under the key",
    ("removal_request", "words_sealed"): "hidden because the person asked that",
    ("removal_request", "print_sealed"): "a checksum of what was erased",
    ("redaction", "key_proof"): "an empty value",
    ("segment", "before"): "stands in the text itself",
    ("segment", "after"): "stands in the text itself",
    ("suggestion", "before"): "stands in the text itself",
    ("suggestion", "after"): "stands in the text itself",
}
"""Columns that hold nothing for the person, each with the reason."""

_ALONE = frozenset(
    {"interview", "interviewee", "participation", "contact", "consent_talk", "consent_choice", "guest_pass",
     "member_check", "check_answer"}
)  # fmt: skip
"""What is one person's own in an interview with several; everything else holds the words of others as well."""

_TEXT = ("revision", "sealed")
_PICTURE, _SOUND = ("attachment", "description_sealed"), ("recording", "peaks_sealed")

Addition = Callable[[Session, Interview], Iterable["Section"]]
additions: list[Addition] = []
"""What has no foreign key to an interview and belongs in its bundle. `coding.bundling` adds the reports."""


class Why(enum.StrEnum):
    """Why a part is not in a bundle."""

    OTHERS = "others"
    """It holds the words of others, or their voices."""
    CONTACT = "contact"
    """Only the holder of the key opens it."""


@dataclass(frozen=True, slots=True)
class Section:
    """The rows of one table: its name, what it is called, its class, and per row (column, value)."""

    name: str
    title: str
    klass: str
    rows: tuple[Mapping[str, object], ...]


@dataclass(frozen=True, slots=True)
class File:
    """A sealed file that goes along: its name in the bundle and its name in the store."""

    name: str
    sealed: str


@dataclass(frozen=True, slots=True)
class Bundle:
    """Everything about one person, ready to be written. Holds plain words: never keep it."""

    code: str
    made: datetime
    sections: tuple[Section, ...]
    files: tuple[File, ...]
    missing: tuple[Why, ...]
    key: DataKey | None = field(repr=False)
    """What opens the files; None for somebody of whom nothing was ever sealed."""
    words: tuple[str, ...] = field(default=(), repr=False)
    """In an interview with several, the person's own turns with names, or without when those are all there is."""


def gather(
    session: Session,
    actor: Actor,
    interview: Interview,
    person: Interviewee,
    *,
    keys: KeyStore,
    reason: str,
    contact: DataKey | None = None,
) -> Bundle:
    """Gather everything that leads to `person`. `contact` opens the contact, for who holds that key.

    The log has a line with the reason, and one more for each kind of sealed words, sound and pictures that go along:
    who takes a bundle reads and hears more than the own role opens, as the person has a right to all of it. Raises
    NotVisible for somebody of another interview, Invalid("bundle.reason") without a reason, and as `KeyStore.open` when
    the story was erased.
    """
    require(actor, Permission.ACCESS_BUNDLE, interview)
    if person not in people_of(interview):
        raise NotVisible
    said = readings.reason_in_log(reason)
    if said is None:
        raise Invalid("bundle.reason")
    audit.record(session, actor, Permission.ACCESS_BUNDLE, interview, project_id=interview.project_id, reason=said)
    try:
        key = keys.open(interview.id)
    except KeyMissing:
        key = None
    alone = len(people_of(interview)) == 1
    opener = _Opener(session, interview, key, contact)
    found = belongings.of(session, interview)
    sections = []
    for table in belongings.tables():
        if table.name not in found or not (alone or table.name in _ALONE):
            continue
        rows = _rows(session, table, found, None if alone else person.id)
        title, klass = TITLES[table.name]
        if rows:
            sections.append(Section(table.name, title, klass, tuple(opener.opened(table, row) for row in rows)))
    taken = tuple(_files(session, interview)) if alone else ()
    own_words = () if alone else tuple(_own_words(session, interview, person, keys))
    _log_readings(session, actor, interview, opener.read | ({_TEXT} if own_words else set()), taken, said)
    sections.append(_log_of(session, interview))
    for addition in additions:
        sections += addition(session, interview)
    missing = ([] if alone else [Why.OTHERS]) + ([Why.CONTACT] if opener.closed else [])
    return Bundle(
        code=person.code,
        made=now(),
        sections=tuple(section for section in sections if section.rows),
        files=taken,
        missing=tuple(missing),
        key=key,
        words=own_words,
    )


def _log_readings(
    session: Session,
    actor: Actor,
    interview: Interview,
    read: Set[tuple[str, str]],
    taken: Sequence[File],
    reason: str,
) -> None:
    """Write a line for each kind of words, sound and pictures of class K and R in the bundle."""
    transcript = transcripts.transcript_of(session, interview)
    approved = transcript is not None and transcript.approved_at is not None
    # A picture is logged as its description is, and sound as its shape.
    along = {_PICTURE if one.sealed.startswith("picture/") else _SOUND for one in taken}
    readings.log_taken(session, actor, interview, read | along, approved=approved, reason=reason)


def _rows(session: Session, table: Table, found: belongings.Found, person_id: uuid.UUID | None) -> list[Row[Any]]:
    key = belongings.key_of(table)
    rows = [
        row
        for some in belongings.portions(found[table.name])
        for row in session.execute(select(table).where(key.in_(some)))
    ]
    if person_id is None:
        return rows
    if table.name == "check_answer":
        checks = Base.metadata.tables["member_check"]
        own = set(session.scalars(select(checks.c.id).where(checks.c.interviewee_id == person_id)))
        return [row for row in rows if row.check_id in own]
    if table.name == "interviewee":
        return [row for row in rows if row.id == person_id]
    return [row for row in rows if "interviewee_id" not in table.columns or row.interviewee_id == person_id]


class _Opener:
    """Opens the sealed values of rows."""

    def __init__(self, session: Session, interview: Interview, key: DataKey | None, contact: DataKey | None) -> None:
        self._session, self._key, self._contact = session, key, contact
        self._contexts = {(one.model.__table__.name, one.column): one.context for one in SEALINGS}
        self._mask = (lambda text: text) if key is None else hidden.masker(session, interview.id, key=key)
        self.closed = False
        """True once there was a contact that nobody here opens."""
        self.read: set[tuple[str, str]] = set()
        """The sealed columns that were opened."""

    def opened(self, table: Table, row: Row[Any]) -> dict[str, object]:
        """Return what a row says, per column; ids of the team's people and secrets are left out."""
        values: dict[str, object] = {}
        for column in table.columns:
            value = getattr(row, column.name)
            to_people = any(key.column.table.name == "person" for key in column.foreign_keys)
            if value is None or to_people or (table.name, column.name) in LEFT_OUT:
                continue
            if isinstance(value, bytes):
                values[column.name] = self._open(table, column.name, row)
            else:
                # An earlier version of the text without names still has what was hidden since.
                values[column.name] = self._mask(value) if type(value) is str else _plain(value)
        return values

    def _open(self, table: Table, column: str, row: Row[Any]) -> object:
        sealed: bytes = getattr(row, column)
        if table.name == "contact":
            if self._contact is None:
                self.closed = True
                return None
            self.read.add((table.name, column))
            return json.loads(self._contact.open_text(sealed, context=f"contact:{row.id}"))
        if not sealed or self._key is None:
            return ""
        self.read.add((table.name, column))
        if table.name == "revision":
            revision = self._session.get_one(Revision, row.id)
            return hidden.open_masked(self._session, revision, key=self._key)
        plain = self._key.open(sealed, context=self._contexts[table.name, column](row))
        if table.name in ("typing_draft", "typing_version"):
            return [{"speaker": turn.speaker, "text": self._mask(turn.text)} for turn in unpack(plain).turns]
        return _told(self._mask(plain.decode()))


def _told(text: str) -> object:
    """Return what was sealed: words, or parts by name without who of the team wrote them."""
    if not text.startswith(("[", "{")):
        return text
    try:
        return _unsigned(json.loads(text))
    except ValueError:
        return text


def _unsigned(value: object) -> object:
    if isinstance(value, dict):
        return {name: _unsigned(one) for name, one in value.items() if name != "by"}
    return [_unsigned(one) for one in value] if isinstance(value, list) else value


def _plain(value: object) -> object:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, uuid.UUID | enum.Enum):
        return str(value)
    return value


def _log_of(session: Session, interview: Interview) -> Section:
    """Return what was done with the interview, and when: who of the team it was stays out."""
    lines = session.execute(
        select(AuditEntry.at, AuditEntry.action, AuditEntry.object_kind)
        .where(or_(AuditEntry.interview_id == interview.id, AuditEntry.object_id == interview.id))
        .order_by(AuditEntry.at)
    )
    rows = tuple({"at": _plain(at), "action": action, "kind": kind} for at, action, kind in lines)
    return Section("audit_entry", "Wat ermee gedaan is", "A", rows)


def _files(session: Session, interview: Interview) -> Iterable[File]:
    sounds = session.scalars(
        select(Recording)
        .where(Recording.interview_id == interview.id, Recording.state == RecordingState.READY)
        .order_by(Recording.started_at, Recording.id)
    )
    for number, sound in enumerate(sounds, start=1):
        # A stretch that must go is passed over by the player only: a file that still holds it stays out.
        if not removals.hidden_stretches(session, sound):
            ending = {"audio/mpeg": "mp3", "audio/mp4": "m4a", "audio/ogg": "ogg"}.get(sound.media_type, "webm")
            yield File(f"opname/{number}.{ending}", sound_name(sound.id))
    pictures = session.scalars(
        select(Attachment)
        .where(Attachment.interview_id == interview.id, Attachment.erased_at.is_(None))
        .order_by(Attachment.made_at, Attachment.id)
    )
    for number, picture in enumerate(pictures, start=1):
        yield File(f"tekeningen/{number}.jpg", f"picture/{picture.id}")


def _own_words(session: Session, interview: Interview, person: Interviewee, keys: KeyStore) -> Iterable[str]:
    """Yield what one person of several said, turn by turn: of the newest text there is, what must go blocked out."""
    transcript = transcripts.transcript_of(session, interview)
    if transcript is None:
        return
    revision, turns = transcripts.open_raw(session, transcript, keys=keys)
    for row, turn in zip(revision.turns, turns, strict=True):
        if row.speaker is not None and row.speaker.interviewee_id == person.id:
            yield turn.text
