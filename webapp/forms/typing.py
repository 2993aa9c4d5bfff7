"""The text of a talk as a plain form: a piece per turn, for who types without script."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import count

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from interviews.drafts import WorkingText, following, read_json
from interviews.turns import SpeakerRole, Turn
from webapp.forms.bring_in import role_of

MORE_ROWS = 2


def uuid_or_none(text: str | None) -> uuid.UUID | None:
    """Return the id in a field; None for anything that is none."""
    try:
        return uuid.UUID(text or "")
    except ValueError:
        return None


def number_in(text: str | None) -> int:
    """Return the whole number in a field; -1, which no version has, for anything else."""
    return int(text) if text is not None and text.isascii() and text.isdigit() and len(text) < 10 else -1


@dataclass(frozen=True, slots=True)
class TypingForm:
    """What was typed, and on what it was based."""

    save: uuid.UUID
    """Made when the page was shown: a form that is sent twice is one save."""
    version: int
    base: uuid.UUID | None
    text: WorkingText

    @classmethod
    def read(cls, form: MultiDict[str, str]) -> TypingForm:
        """Read the form back, every piece as it was typed. Raises as `drafts.read_json`."""
        return cls(
            save=uuid_or_none(form.get("save")) or uuid.uuid4(),
            version=number_in(form.get("version")),
            base=uuid_or_none(form.get("base")),
            text=read_json(
                {
                    "turns": list(_pieces(form)),
                    "speakers": [
                        {"label": label, "role": role_of(role).value}
                        for label, role in zip(form.getlist("label"), form.getlist("role"), strict=False)
                    ],
                }
            ),
        )

    def extended(self, form: MultiDict[str, str]) -> WorkingText:
        """Return the text with what a button of the form asks for: empty pieces, or one more speaker."""
        text = self.text
        if "add_speaker" in form:
            text = following(text, role_of(form.get("new_role")))
        if "add" in form:
            text = with_more(text)
        return text


def _pieces(form: MultiDict[str, str]) -> Iterator[dict[str, object]]:
    """Yield every piece; an empty line in a piece makes two of it."""
    # As many as were sent: what a form leaves unread here would be cut from somebody's story.
    for number in count():
        if f"text-{number}" not in form:
            return
        start, _dash, end = form.get(f"times-{number}", "").partition("-")
        parts = form[f"text-{number}"].replace("\r\n", "\n").split("\n\n")
        for position, part in enumerate(parts):
            yield {
                "speaker": form.get(f"who-{number}") or None,
                "text": part,
                "start_ms": _ms(start) if position == 0 else None,
                "end_ms": _ms(end) if position == len(parts) - 1 else None,
            }


def _ms(word: str) -> int | None:
    return int(word) if word.isascii() and word.isdigit() and len(word) < 12 else None


def with_more(text: WorkingText) -> WorkingText:
    """Return `text` with empty pieces at its end, for the speakers who would come next."""
    turns, labels = list(text.turns), [one.label for one in text.speakers]
    for _number in range(MORE_ROWS):
        last = turns[-1].speaker if turns else None
        before = turns[-2].speaker if len(turns) > 1 and turns[-2].speaker != last else None
        turns.append(Turn(before or next((label for label in labels if label != last), last), ""))
    return WorkingText(tuple(turns), text.speakers)


@dataclass(frozen=True, slots=True)
class Beside:
    """A turn of one text beside its turn in the other; None where the other has none."""

    left: Turn | None
    right: Turn | None

    @property
    def differs(self) -> bool:
        """Whether a person should look."""
        return self.left is None or self.right is None or _said(self.left) != _said(self.right)


def beside(left: WorkingText, right: WorkingText) -> list[Beside]:
    """Return two texts turn by turn, the same turns next to each other."""
    matcher = SequenceMatcher(None, [_said(turn) for turn in left.turns], [_said(turn) for turn in right.turns], False)
    rows: list[Beside] = []
    for _tag, a, b, c, d in matcher.get_opcodes():
        rows += [
            Beside(
                left.turns[a + offset] if a + offset < b else None,
                right.turns[c + offset] if c + offset < d else None,
            )
            for offset in range(max(b - a, d - c))
        ]
    return rows


def _said(turn: Turn) -> tuple[str | None, str]:
    return turn.speaker, turn.text


def share_sentence(parts: tuple[int, int] | None) -> str | None:
    """Say how many of the words the other said; None when there are no words yet."""
    if parts is None:
        return None
    told, of = parts
    if told == 0:
        return str(_("De ander zei nog niets."))
    if of == 1:
        return str(_("De ander zei alle woorden."))
    return str(_("De ander zei ongeveer %(told)s van de %(of)s woorden.", told=told, of=of))


def who_options(text: WorkingText, words: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the speakers to choose from, each with the part it plays."""
    roles = dict(words)
    named = [
        (one.label, one.label if one.role is SpeakerRole.UNKNOWN else f"{one.label} · {roles[one.role.value]}")
        for one in text.speakers
    ]
    return [("", _("weet ik niet")), *named]
