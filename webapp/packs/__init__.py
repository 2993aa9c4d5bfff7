"""What a phone takes along of one interview, to work without network: one JSON object, made of sections.

Each section is a module here with a function `section(session, actor, interview)`, and gives only what that actor may see.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from sqlalchemy.orm import Session

from interviews.access import Actor
from interviews.clock import now
from interviews.models import Interview

SECTIONS = ("interview", "guide", "consent", "recording", "typing")
"""The modules with a section, each under its own name in the pack; one that an installation lacks is None there."""

Section = Callable[[Session, Actor, Interview], object | None]


@cache
def _section(name: str) -> Section | None:
    if find_spec(f"webapp.packs.{name}") is None:
        return None
    found: Section = import_module(f"webapp.packs.{name}").section
    return found


def pack_of(session: Session, actor: Actor, interview: Interview) -> dict[str, Any]:
    """Return everything the screens of `interview` need, as JSON, as far as `actor` may see it.

    Asks no right itself beyond what each section asks: the view that gives it away does (`interview.see`).
    """
    from webapp.packs.interview import common

    sections = {name: _section(name) for name in SECTIONS}
    return {
        **common(session, actor, interview),
        **{name: None if make is None else make(session, actor, interview) for name, make in sections.items()},
        "made_at": now().isoformat(),
    }
