"""What the pages of the interview guide show: questions under their topic, hints on how they read, remarks, themes."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask import render_template
from flask_babel import gettext as _
from sqlalchemy import select

from coding import codebooks
from coding.models import Theme
from interviews import guides, plainlanguage
from interviews.access import Permission, allows
from interviews.guides import Change
from interviews.models import Guide, Person, Project, Question, QuestionRemark
from interviews.models.interview import Address, Perspective
from interviews.plainlanguage import Finding
from webapp import identity
from webapp.db import session
from webapp.forms.guides import QuestionForm, RemarkForm
from webapp.messages import SENTENCES, sentence
from webapp.views.looks import look_of, looks_of, perspective_word


@dataclass(frozen=True, slots=True)
class Hint:
    """One tip on how a question reads: which part it is about, and the sentence."""

    where: str
    said: str


@dataclass(frozen=True, slots=True)
class Row:
    """One question on a page."""

    question: Question
    themes: list[tuple[Theme, str]]
    """The themes it serves, each with its look."""
    remarks: list[tuple[QuestionRemark, str]]
    """What people think of it, with who said it."""
    hints: list[Hint]


@dataclass(frozen=True, slots=True)
class Topic:
    """Questions that belong together."""

    key: str
    name: str
    rows: list[Row]


def topic_name(topic: str, project: Project) -> str:
    """Return for whom or when the questions of a topic are."""
    key = f"guide.topic.{topic}"
    if key in SENTENCES:
        return sentence(key)
    if topic in {one.value for one in Perspective}:
        return str(_("Vragen aan: %(who)s", who=perspective_word(project, Perspective(topic))))
    return topic


def hints_of(question: Question) -> list[Hint]:
    """Return the tips on how a question reads, in both forms of address."""
    return hints_for(question.text_je, question.text_u, question.follow_up)


def hints_for(text_je: str, text_u: str, follow_up: Iterable[str]) -> list[Hint]:
    """Return the tips on the words of a question; what both forms have in common is said once."""
    found = [Hint(_("Met je"), hint_sentence(one)) for one in plainlanguage.check(text_je, formal=False)]
    found += [Hint(_("Met u"), hint_sentence(one)) for one in plainlanguage.check(text_u, formal=True)]
    for line in follow_up:
        # Both forms of a follow-up may stand on its line; without them it is said to everybody as it is.
        for address in Address:
            form = guides.spoken(line, address)
            found += [
                Hint(_("Doorvragen"), hint_sentence(one))
                for one in plainlanguage.check(form, formal=address is Address.U)
            ]
    once: dict[str, Hint] = {}
    for hint in found:
        once.setdefault(hint.said, hint)
    return list(once.values())


def hint_sentence(finding: Finding) -> str:
    """Return a finding of the reading aid as a sentence."""
    return sentence(f"plain.{finding.kind.value}", words=finding.words, better=finding.better, count=finding.count)


def themes_by_key(project_id: uuid.UUID) -> dict[str, Theme]:
    """Return the themes that a question may serve, by key."""
    return {theme.key: theme for theme in codebooks.themes_of(session(), project_id)}


def _topics(guide: Guide, project: Project, *, hints: bool) -> list[Topic]:
    themes = themes_by_key(project.id)
    looks = looks_of(themes.values())
    remarks = guides.remarks_of(session(), guide)
    people = _names({one.person_id for rows in remarks.values() for one in rows})
    found = []
    for topic in guides.topics_of(guide.questions):
        rows = [
            Row(
                question=one,
                themes=[(themes[key], look_of(themes[key], looks)) for key in one.themes if key in themes],
                remarks=[(said, people.get(said.person_id, "")) for said in remarks.get(one.key, [])],
                hints=hints_of(one) if hints else [],
            )
            for one in guide.questions
            if one.topic == topic
        ]
        found.append(Topic(topic, topic_name(topic, project), rows))
    return found


def _names(ids: set[uuid.UUID | None]) -> dict[uuid.UUID | None, str]:
    rows = session().scalars(select(Person).where(Person.id.in_([one for one in ids if one is not None])))
    return {one.id: one.display_name for one in rows}


def index_page(
    project: Project,
    *,
    remark_form: RemarkForm | None = None,
    refused: Question | None = None,
    file_error: str | None = None,
) -> str:
    """Return the page of the guide in use."""
    guide = guides.newest(session(), project.id)
    editor = allows(identity.actor(), Permission.GUIDE_EDIT, project)
    return render_template(
        "guides/index.html",
        project_row=project,
        guide=guide,
        concept=guides.concept(session(), project.id) if editor else None,
        editor=editor,
        topics=[] if guide is None else _topics(guide, project, hints=False),
        older=[one for one in guides.versions(session(), project.id) if guide is not None and one.id != guide.id],
        form=remark_form or RemarkForm(formdata=None),
        refused=refused,
        file_error=file_error,
    )


def version_page(guide: Guide) -> str:
    """Return the page of one version, with what changed in it."""
    project = session().get_one(Project, guide.project_id)
    newest = guides.newest(session(), project.id)
    return render_template(
        "guides/version.html",
        guide=guide,
        in_use=newest is not None and newest.id == guide.id,
        before=_before(guide),
        changes=_changes(guide),
        topics=_topics(guide, project, hints=False),
    )


def edit_page(guide: Guide, *, refused: str | None = None) -> str:
    """Return the page on which a concept is made."""
    project = session().get_one(Project, guide.project_id)
    topics = _topics(guide, project, hints=True)
    return render_template(
        "guides/edit.html",
        layout="desk",
        guide=guide,
        before=_before(guide),
        changes=_changes(guide),
        topics=topics,
        with_hints=sum(bool(row.hints) for topic in topics for row in topic.rows),
        removed=guides.removed_questions(session(), guide),
        refused=refused,
    )


def _before(guide: Guide) -> Guide | None:
    return None if guide.based_on_id is None else session().get(Guide, guide.based_on_id)


def _changes(guide: Guide) -> list[tuple[str, Change]]:
    before = _before(guide)
    if before is None:
        return []
    return [
        (sentence(f"guide.change.{one.what.value}"), one)
        for one in guides.differences(before.questions, guide.questions)
    ]


def question_page(guide: Guide, form: QuestionForm, question: Question | None, *, checked: bool = False) -> str:
    """Return the page on which one question is made or changed. `checked`: say how it reads, also when all is well."""
    project = session().get_one(Project, guide.project_id)
    themes = codebooks.themes_of(session(), project.id)
    topics = list(
        dict.fromkeys(
            [
                guides.OPENING,
                *(one.topic for one in guide.questions if one.topic not in (guides.OPENING, guides.CLOSING)),
                *(one.value for one in Perspective),
                guides.GROUP,
                guides.CLOSING,
            ]
        )
    )
    return render_template(
        "guides/question.html",
        layout="desk",
        guide=guide,
        question=question,
        form=form,
        checked=checked,
        hints=hints_for(form.text_je.data or "", form.text_u.data or "", (form.follow_up.data or "").splitlines()),
        topics=[(topic, topic_name(topic, project)) for topic in topics],
        themes=_grouped(themes),
    )


def _grouped(themes: Sequence[Theme]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the themes as options under the name of their group."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for theme in themes:
        groups.setdefault(theme.parent.name if theme.parent is not None else "", []).append((theme.key, theme.name))
    return list(groups.items())
