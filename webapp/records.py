"""The records of processing (AVG art. 30) as Markdown: printed from what every column is declared to hold."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

import coding.models  # declares its tables
import coding.registry  # noqa: F401  # declares what they hold
from interviews.db import Base
from interviews.models import Project
from interviews.registry import DataClass, Held, columns
from interviews.retention import ACCOUNT_YEARS, Terms, terms_of
from webapp.messages import sentence

_ORDER = list(DataClass)


def records(project: Project | None = None) -> str:
    """Return the records as Markdown; with the terms of a project, or those that a new project begins with."""
    held = sorted(
        (one for one in columns(Base.metadata) if isinstance(one, Held)),
        key=lambda one: (_ORDER.index(one.data_class), one.purpose, one.term, one.table, one.column),
    )
    terms = terms_of(project) if project is not None else Terms(30, 90, 90, 10)
    lines = [f"# {sentence('records.title')}", ""]
    if project is not None:
        lines += [f"{sentence('records.project')} {project.title}", ""]
    lines += [sentence("records.about"), ""]
    for data_class, rows in groupby(held, key=lambda one: one.data_class):
        lines += [f"## {sentence(f'records.class.{data_class.name.lower()}')}", ""]
        lines += _table(rows, terms)
        lines.append("")
    return "\n".join(lines)


def _table(rows: Iterable[Held], terms: Terms) -> list[str]:
    heads = [sentence(f"records.head.{name}") for name in ("purpose", "term", "where")]
    lines = [f"| {' | '.join(heads)} |", "| --- | --- | --- |"]
    for (purpose, term), ones in groupby(rows, key=lambda one: (one.purpose, one.term)):
        where = "; ".join(
            f"{table}: {', '.join(one.column for one in some)}"
            for table, some in groupby(ones, key=lambda one: one.table)
        )
        said = sentence(f"records.purpose.{purpose.value}")
        lines.append(f"| {said} | {term_words(term.value, terms)} | {where} |")
    return lines


def term_words(term: str, terms: Terms) -> str:
    """Return how long something stays, in words."""
    numbers = {
        "sound": terms.audio_days,
        "raw": terms.raw_days,
        "contact": terms.contact_days,
        "stories": terms.text_years,
        "account": ACCOUNT_YEARS,
        "log": ACCOUNT_YEARS,
    }
    return sentence(f"records.term.{term}", number=numbers.get(term, 30))
