"""The codebook of a project: taken over from a lexicon, given back as one, and grown by hand."""

from __future__ import annotations

import re
import unicodedata
import uuid
from collections.abc import Sequence
from dataclasses import asdict, fields

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from coding.access import CodingPermission
from coding.lexicon import Indicators, Lexicon, ThemeEntry, ThemeGroup
from coding.models import Codebook, Theme
from coding.models.theme import ThemeStatus
from interviews import audit
from interviews.access import Actor, require
from interviews.errors import Invalid
from interviews.models import Project
from interviews.text import clean, one_line

MAX_NAME = 80
# Kept with the words for the tagger, as the rows have no column of their own for them.
_NEGATED, _FIELDS = "holds_when_negated", "fields"
_FURTHER = ("sub_labels", "related", "tensions")
OWN_GROUP = "eigen"
"""Key of the group that holds themes made by hand under no other group."""


def adopt(session: Session, project: Project, lexicon: Lexicon) -> Codebook:
    """Take a codebook into `project` as rows; the same id and version again returns the one that is there."""
    known = session.scalar(
        select(Codebook).where(
            Codebook.project_id == project.id, Codebook.key == lexicon.id, Codebook.version == lexicon.version
        )
    )
    if known is not None:
        return known
    codebook = Codebook(
        project_id=project.id,
        key=lexicon.id,
        version=lexicon.version,
        title=lexicon.title,
        language=lexicon.language,
    )
    groups: dict[str, Theme] = {}
    for group in lexicon.groups:
        groups[group.id] = Theme(
            key=group.id,
            name=group.name,
            definition=group.definition,
            colour=group.colour or None,
            assignable=group.assignable,
            status=ThemeStatus.FIXED,
            position=len(codebook.themes),
            # What the tagger needs of a group: without these a project would be tagged otherwise than a loose file.
            indicators={
                _NEGATED: group.holds_when_negated,
                _FIELDS: {name: list(words) for name, words in lexicon.fields.items()},
            },
        )
        codebook.themes.append(groups[group.id])
    for entry in lexicon.themes:
        codebook.themes.append(
            Theme(
                parent=groups[entry.group],
                key=entry.id,
                name=entry.name,
                definition=entry.definition,
                include=entry.include,
                exclude=entry.exclude,
                example=entry.example,
                level=entry.level or None,
                sources=list(entry.sources),
                knowledge=list(entry.knowledge),
                indicators={
                    **{name: list(values) for name, values in asdict(entry.indicators).items()},
                    **{name: list(getattr(entry, name)) for name in _FURTHER},
                },
                status=ThemeStatus.FIXED,
                position=len(codebook.themes),
            )
        )
    session.add(codebook)
    session.flush()
    return codebook


def codebook_of(session: Session, project_id: uuid.UUID) -> Codebook | None:
    """Return the newest codebook of a project with its themes, if it has one."""
    return session.scalar(
        select(Codebook)
        .where(Codebook.project_id == project_id)
        .order_by(Codebook.created_at.desc(), Codebook.version.desc())
        .limit(1)
        .options(selectinload(Codebook.themes))
    )


def themes_of(session: Session, project_id: uuid.UUID) -> Sequence[Theme]:
    """Return every theme that can be chosen, in the order of the codebook."""
    codebook = codebook_of(session, project_id)
    if codebook is None:
        return []
    return [theme for theme in codebook.themes if theme.assignable and theme.status is not ThemeStatus.RETIRED]


def lexicon_of(codebook: Codebook) -> Lexicon:
    """Return the codebook as a value, for the tagger and for YAML."""
    groups = [theme for theme in codebook.themes if theme.parent_id is None]
    by_id = {group.id: group.key for group in groups}
    return Lexicon(
        id=codebook.key,
        version=codebook.version,
        title=codebook.title,
        language=codebook.language,
        groups=tuple(
            ThemeGroup(
                group.key,
                group.name,
                group.definition,
                group.colour or "",
                group.assignable,
                bool(group.indicators.get(_NEGATED, False)),
            )
            for group in groups
        ),
        fields={name: tuple(words) for group in groups for name, words in group.indicators.get(_FIELDS, {}).items()},
        themes=tuple(
            ThemeEntry(
                id=theme.key,
                group=by_id[theme.parent_id],
                name=theme.name,
                definition=theme.definition,
                include=theme.include,
                exclude=theme.exclude,
                level=theme.level or "",
                example=theme.example,
                sources=tuple(theme.sources),
                knowledge=tuple(theme.knowledge),
                indicators=Indicators(
                    **{one.name: tuple(theme.indicators.get(one.name, ())) for one in fields(Indicators)}
                ),
                **{name: tuple(theme.indicators.get(name, ())) for name in _FURTHER},
            )
            for theme in codebook.themes
            if theme.parent_id is not None and theme.status is not ThemeStatus.RETIRED
        ),
    )


def near_duplicates(session: Session, project_id: uuid.UUID, name: str) -> list[Theme]:
    """Return themes whose name is the same but for capitals, accents and punctuation, or holds the new name whole."""
    wanted = _words_of(name)
    if not wanted:
        return []
    return [
        theme
        for theme in themes_of(session, project_id)
        if _words_of(theme.name) == wanted or (len(wanted) >= 5 and wanted in _words_of(theme.name))
    ]


def add_theme(
    session: Session, actor: Actor, project: Project, *, name: str, group: Theme | None = None, definition: str = ""
) -> Theme:
    """Make a theme with status concept. Raises Invalid when the name is empty, too long or exactly taken."""
    require(actor, CodingPermission.THEME_ADD, project)
    codebook = codebook_of(session, project.id)
    if codebook is None:
        raise Invalid("codebook.none")
    plain = one_line(name)
    if not plain or len(plain) > MAX_NAME:
        raise Invalid("theme.name", maximum=MAX_NAME)
    if any(_words_of(theme.name) == _words_of(plain) for theme in codebook.themes):
        raise Invalid("theme.taken", name=plain)
    if group is None:
        group = next((theme for theme in codebook.themes if theme.key == OWN_GROUP), None)
    if group is None:
        group = Theme(
            key=OWN_GROUP, name="Eigen thema's", assignable=False, position=len(codebook.themes), indicators={}
        )
        codebook.themes.append(group)
        session.flush()
    key = base = f"{group.key}.{_slug(plain)}"
    number = 1
    while any(theme.key == key for theme in codebook.themes):
        number += 1
        key = f"{base}_{number}"
    theme = Theme(
        parent=group,
        key=key,
        name=plain,
        definition=clean(definition).strip(),
        status=ThemeStatus.CONCEPT,
        position=len(codebook.themes),
        created_by_id=actor.person_id,
        sources=[],
        knowledge=[],
        indicators={},
    )
    codebook.themes.append(theme)
    session.flush()
    audit.record(session, actor, CodingPermission.THEME_ADD, theme, project_id=project.id)
    return theme


def folded(text: str) -> str:
    """Return `text` as searches and comparisons see it: without capitals and accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in plain if not unicodedata.combining(character))


def _words_of(name: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", folded(name)))


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", _words_of(name)).strip("_")[:40] or "thema"
