"""Who works in the example project: one made-up person per role, to look as."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import lazy_gettext
from sqlalchemy.orm import Session

from interviews import people
from interviews.models import Person
from interviews.models.project import Role

PASSPHRASE = "voorbeeld-voor-iedereen"  # noqa: S105  # everybody may know it
"""Shown on the sign-in page of the demo, and accepted nowhere else: these accounts are made by the demo only."""


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody to look as in the demo."""

    login_word: str
    display_name: str
    role: Role
    organisation: str


ACCOUNTS = (
    Account("interviewer", "Marjan", Role.PEER_INTERVIEWER, "Vrijwilligers"),
    Account("ervaring", "Soraya", Role.CO_CODER, "Vrijwilligers"),
    Account("onderzoeker", "Joost", Role.RESEARCHER, "Kennisinstituut"),
    Account("leider", "Hanneke", Role.PROJECT_LEAD, "Kennisinstituut"),
    Account("gemeente", "Ruud", Role.MUNICIPALITY_READER, "Gemeente"),
    Account("sleutel", "Wietske", Role.KEY_HOLDER, "Bewonersvereniging"),
)


def doors() -> list[tuple[str, str, object, object]]:
    """Return who the sign-in page of the demo offers: login word, passphrase, title and sentence (said when shown)."""
    words: dict[Role, tuple[object, object]] = {
        Role.PEER_INTERVIEWER: (
            lazy_gettext("Kijk als interviewer"),
            lazy_gettext("Marjan houdt de gesprekken, voegt de tekst toe en haalt namen weg."),
        ),
        Role.CO_CODER: (
            lazy_gettext("Kijk als ervaringsdeskundige"),
            lazy_gettext("Soraya leest mee en kiest thema's, met haar eigen ervaring."),
        ),
        Role.RESEARCHER: (
            lazy_gettext("Kijk als onderzoeker"),
            lazy_gettext("Joost leest alles, kiest thema's en maakt verslagen."),
        ),
        Role.PROJECT_LEAD: (
            lazy_gettext("Kijk als projectleider"),
            lazy_gettext("Hanneke ziet waar alles staat en keurt goed dat de namen weg zijn."),
        ),
        Role.MUNICIPALITY_READER: (
            lazy_gettext("Kijk als gemeente"),
            lazy_gettext("Ruud leest wat voor zijn gemeente is vrijgegeven, en nooit een gesprek."),
        ),
        Role.KEY_HOLDER: (
            lazy_gettext("Kijk als sleutelhouder"),
            lazy_gettext("Wietske weet wie de mensen zijn, en leest hun verhalen niet."),
        ),
    }
    return [(account.login_word, PASSPHRASE, *words[account.role]) for account in ACCOUNTS]


def add(session: Session, account: Account) -> Person:
    """Make the person behind an account."""
    return people.add_person(
        session,
        word=account.login_word,
        passphrase=PASSPHRASE,
        display_name=account.display_name,
        organisation=account.organisation,
    )
