"""`dichterbij second-step`: for somebody who lost phone and recovery codes, and whom no project lead can help."""

from __future__ import annotations

from pathlib import Path

import click
from sqlalchemy import select

from interviews import people
from interviews.db import transaction, writing
from interviews.errors import Invalid
from interviews.models import Person
from webapp.cli.console import Failed, explain, say
from webapp.cli.options import data_option, installation


@click.command(name="second-step")
@click.argument("login")
@data_option
def second_step(login: str, data: Path | None) -> None:
    """Zet de tweede stap van iemand terug die telefoon en herstelcodes kwijt is.

    LOGIN is het inlogwoord. Bij het inloggen stelt diegene een nieuwe tweede stap in. Het staat in het logboek.
    """
    with installation(data) as place, writing(place.engine)() as session, transaction(session):
        person = session.scalar(select(Person).where(Person.login_word == login.strip().lower()))
        if person is None:
            raise Failed("Niemand heeft dit inlogwoord. Kijk op de pagina Mensen.")
        try:
            people.reset_by_operator(session, person)
        except Invalid as problem:
            raise Failed(explain(problem)) from problem
    say("De tweede stap is teruggezet. Diegene is overal uitgelogd.")
