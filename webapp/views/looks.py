"""How pages name and colour what the analysis holds: themes, perspectives, kinds of memo."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext as _

from coding.models import Theme
from coding.models.memo import MemoKind
from interviews.models import Interview, Project
from interviews.models.interview import Perspective

_STYLED = ("bel", "sys", "hlp", "wrd", "idee")
_SPARE = ("hue-6", "hue-7", "hue-8")
_DEFAULT_CLIENT, _DEFAULT_CONSULENT = "cliënt", "consulent"


def looks_of(themes: Iterable[Theme]) -> dict[str, str]:
    """Return the style of each group of a codebook, by the group's key: its own, else one of three spare hues."""
    groups = dict.fromkeys(theme.group_key for theme in themes)
    others = [key for key in groups if key not in _STYLED]
    return {
        **{key: key for key in groups if key in _STYLED},
        **{key: _SPARE[number % len(_SPARE)] for number, key in enumerate(others)},
    }


def look_of(theme: Theme, looks: dict[str, str]) -> str:
    """Return the style of one theme; ink for a group that has none, as in an older codebook."""
    return looks.get(theme.group_key, "other")


def perspective_word(project: Project, perspective: Perspective) -> str:
    """Return from which side of the table somebody speaks, in the word that the project chose."""
    if perspective is Perspective.CLIENT:
        return str(_("cliënt")) if project.client_word == _DEFAULT_CLIENT else project.client_word
    if perspective is Perspective.CONSULENT:
        return str(_("consulent")) if project.consulent_word == _DEFAULT_CONSULENT else project.consulent_word
    names: dict[Perspective, str] = {
        Perspective.SOCIAL_WORKER: _("sociaal werker"),
        Perspective.PARENT: _("ouder"),
        Perspective.MANAGER: _("leidinggevende"),
        Perspective.OTHER: _("iemand anders"),
    }
    return names[perspective]


def story_name(interview: Interview) -> str:
    """Return what the people in an interview are called: "Merel", "Merel en Sanne"; a code where there is no name."""
    names = [person.pseudonym or person.code for person in interview.interviewees]
    if len(names) < 2:
        return names[0] if names else interview.code
    return str(_("%(first)s en %(last)s", first=", ".join(names[:-1]), last=names[-1]))


def memo_kinds() -> list[tuple[str, str]]:
    """Return the kinds of memo to choose from, as value and words."""
    return [
        (MemoKind.STRIKES.value, _("Wat mij opvalt")),
        (MemoKind.OWN_VIEW.value, _("Hoe ik er zelf naar kijk")),
        (MemoKind.METHOD.value, _("Hoe we het doen")),
    ]


def excerpt(text: str, *, most: int = 220) -> str:
    """Return the words of a passage on one line, cut at a space when there are more than `most` characters."""
    plain = " ".join(text.split())
    return plain if len(plain) <= most else plain[:most].rsplit(" ", 1)[0] + " …"
