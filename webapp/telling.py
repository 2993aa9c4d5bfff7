"""Telling somebody what changed about how they sign in, and whom to call when it was not they who did it."""

from __future__ import annotations

from flask import flash

from interviews import people
from interviews.models import Person
from webapp.db import session
from webapp.i18n import format_moment
from webapp.messages import sentence
from webapp.navigation import help_contact


def told_changes(person: Person) -> list[str]:
    """Return a sentence for each change of the last weeks, the newest first."""
    return [_words(one) for one in people.changes(session(), person)]


def tell_changes(opened: people.Opened) -> None:
    """Say at the next page what changed since the sign-in before this one; nothing when nothing did."""
    person = session().get_one(Person, opened.session.person_id)
    for one in people.changes_before(session(), person, opened.session):
        flash(f"{_words(one)} {whom_to_call()}", "info")


def whom_to_call() -> str:
    """Return what to do when it was somebody else."""
    contact = help_contact()
    if contact is None:
        return sentence("changed.call_lead")
    return sentence("changed.call", name=contact.name, phone=contact.phone)


def _words(one: people.Change) -> str:
    return sentence(f"changed.{one.what}", moment=format_moment(one.at))
