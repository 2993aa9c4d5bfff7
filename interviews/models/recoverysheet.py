"""The recovery sheets of the installation: that they were made, and that somebody has them (class S)."""

from __future__ import annotations

import uuid
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from interviews.columns import Id, Json, Moment, MomentOrNone, Words, to
from interviews.db import Base


class RecoverySheet(Base):
    """One time that the installation key was put on paper, whole or in sheets. The newest counts. Holds no code."""

    __tablename__ = "recovery_sheet"

    id: Mapped[Id]
    fingerprint: Mapped[Words]
    """Which installation key stands on it."""
    sheets: Mapped[int]
    """1 for the whole code, 3 for a key cut in three."""
    asked: Mapped[list[list[Any]]] = mapped_column(Json)
    """(sheet, group, mark) of what must be typed back; a mark can be made with the installation key only."""
    made_at: Mapped[Moment]
    confirmed_at: Mapped[MomentOrNone]
    confirmed_by_id: Mapped[uuid.UUID | None] = mapped_column(to("person.id", on_delete="SET NULL"))
    """None when it was confirmed on the machine itself."""
