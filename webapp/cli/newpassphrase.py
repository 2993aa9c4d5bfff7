"""`dichterbij passphrase`: for somebody who forgot the passphrase, and whom no project lead can help."""

from __future__ import annotations

from pathlib import Path

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from interviews import passphrases, people, secondfactor
from interviews.db import reading, transaction, writing
from interviews.errors import Invalid
from interviews.models import Person
from webapp.cli import passphrases as asking
from webapp.cli.console import Failed, explain, say
from webapp.cli.options import data_option, installation


@click.command(name="passphrase")
@click.argument("login")
@data_option
def passphrase(login: str, data: Path | None) -> None:
    """Geef iemand een nieuwe wachtzin die de oude kwijt is. Er wordt om gevraagd: hij komt nooit in de opdracht.

    LOGIN is het inlogwoord. Diegene wordt overal uitgelogd, en elk apparaat wordt afgemeld. Het staat in het logboek.
    """
    with installation(data) as place:
        with reading(place.engine)() as session:
            person = _person(session, login)
            if person.disabled_at is not None:
                raise Failed(explain(Invalid("account.closed")))
            word, names, minimum = person.login_word, (person.display_name,), _minimum(session, person)
        typed = asking.of_somebody(minimum)
        try:
            # Slow on purpose: nobody else waits for the database meanwhile.
            chosen = people.choose(word=word, passphrase=typed, minimum=minimum, names=names)
            with writing(place.engine)() as session, transaction(session):
                people.give_passphrase_by_operator(session, _person(session, word), chosen)
        except Invalid as problem:
            raise Failed(explain(problem)) from problem
    say("De nieuwe wachtzin werkt. Diegene is overal uitgelogd, en elk apparaat is afgemeld.")


def _person(session: Session, login: str) -> Person:
    person = session.scalar(select(Person).where(Person.login_word == login.strip().lower()))
    if person is None:
        raise Failed("Niemand heeft dit inlogwoord. Kijk op de pagina Mensen.")
    return person


def _minimum(session: Session, person: Person) -> int:
    strong = secondfactor.of(session, person.id) is not None or secondfactor.obliged(session, person.id)
    return passphrases.MIN_WITH_FACTOR if strong else passphrases.MIN_ALONE
