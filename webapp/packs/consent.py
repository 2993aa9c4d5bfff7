"""What a phone needs to ask for consent without network: the texts to read out, who is asked, and what was said before."""

from __future__ import annotations

from typing import Any

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from interviews import consents
from interviews.access import Actor, Permission, allows
from interviews.models import ConsentChoice, Interview, Interviewee, Person
from interviews.models.interview import Part
from webapp.consenttext import text_for
from webapp.forms.consents import how_word, representative_word
from webapp.i18n import format_moment
from webapp.navigation import endpoint_exists


def section(session: Session, actor: Actor, interview: Interview) -> object | None:
    """Return what is asked of everybody in this interview; None for who may not write it down."""
    if not allows(actor, Permission.CONSENT_RECORD, interview):
        return None
    people = consents.people_of(interview)
    names = _names(session, people)
    return {
        "text_version": consents.TEXT_VERSION,
        "texts": {part.value: _texts(interview, part) for part in Part},
        "people": [_person(session, interview, person, number, names) for number, person in enumerate(people, start=1)],
        "talk": url_for("consents.talk", interview_id=interview.id),
        "interview": url_for("interviews.show", interview_id=interview.id),
        "next": url_for("talk.show", interview_id=interview.id) if endpoint_exists("talk.show") else None,
    }


def _texts(interview: Interview, part: Part) -> dict[str, Any]:
    text = text_for(interview.project, interview.address, part)
    return {
        "intro": text.intro,
        "representative": text.representative,
        "agrees": text.agrees,
        "teach_back": text.teach_back,
        "refused": text.refused,
        "withdraw": text.withdraw,
        "thanks": text.thanks,
        "scopes": [
            {
                "id": entry.scope.value,
                "label": entry.label,
                "explain": entry.explain,
                "check": entry.check,
                "picture": entry.picture,
            }
            for entry in text.scopes
        ],
    }


def _names(session: Session, people: list[Interviewee]) -> dict[object, str]:
    ids = {choice.recorded_by_id for person in people for choice in person.choices}
    found = session.scalars(select(Person).where(Person.id.in_({one for one in ids if one is not None})))
    return {person.id: person.display_name for person in found}


def _person(
    session: Session, interview: Interview, person: Interviewee, number: int, names: dict[object, str]
) -> dict[str, Any]:
    part = consents.part_of(interview, person) or Part.TELLER
    return {
        "id": str(person.id),
        "part": part.value,
        "represented_by": None if person.represented_by is None else representative_word(person.represented_by),
        "choices": {scope.value: choice.given for scope, choice in person.current_choices().items()},
        "talks": [str(talk.id) for talk in consents.talks_of(session, person)],
        "history": history(person, names),
        "copy": url_for("consents.copy", interview_id=interview.id, persoon=number),
        "word": url_for("consents.copy_file", interview_id=interview.id, persoon=number),
    }


def history(person: Interviewee, names: dict[object, str]) -> list[dict[str, Any]]:
    """Return each time that an answer changed, the newest first: when, how, to whom, and which answers."""
    said: dict[tuple[object, ...], dict[str, Any]] = {}
    known: dict[str, bool] = {}
    for choice in person.choices:
        if known.get(choice.scope) == choice.given:
            continue
        known[choice.scope] = choice.given
        entry = said.setdefault(_moment_of(choice), _entry(choice, names))
        entry["answers"].append([choice.scope.value, choice.given])
    return list(reversed(said.values()))


def _moment_of(choice: ConsentChoice) -> tuple[object, ...]:
    """Return what the answers of one talk have in common."""
    return (choice.talk_id,) if choice.talk_id is not None else (None, choice.at, choice.recorded_by_id)


def _entry(choice: ConsentChoice, names: dict[object, str]) -> dict[str, Any]:
    who = names.get(choice.recorded_by_id)
    return {"at": format_moment(choice.at), "how": how_word(choice.how), "who": who, "answers": []}
