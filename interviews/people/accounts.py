"""Who somebody is, and the login word and passphrase that they chose."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from interviews import audit, passphrases
from interviews.access import Actor
from interviews.errors import Invalid
from interviews.models import Person
from interviews.text import one_line

MAX_DISPLAY_NAME = 80
"""Characters of a display name that are kept: a name also travels in a cookie, and browsers drop one over 4 kB."""
_LOGIN_WORD = re.compile(r"[a-z0-9][a-z0-9._-]{2,39}")


@dataclass(frozen=True, slots=True)
class Chosen:
    """A login word and a passphrase that somebody chose, the passphrase hashed already."""

    word: str
    passphrase_hash: str = field(repr=False)
    """"" for somebody who comes in with a PIN only."""


def login_word(word: str) -> str:
    """Return `word` as it is stored. Raises Invalid("login_word.shape") when it cannot be one."""
    plain = one_line(word).lower()
    if not _LOGIN_WORD.fullmatch(plain):
        raise Invalid("login_word.shape")
    return plain


def choose(*, word: str, passphrase: str, minimum: int = passphrases.MIN_ALONE, names: Iterable[str] = ()) -> Chosen:
    """Check and hash what somebody chose. Slow on purpose, as `check`: hold no transaction meanwhile.

    Raises Invalid for a word that cannot be one or an easy passphrase (`passphrases.check_passphrase`).
    """
    word = login_word(word)
    passphrases.check_passphrase(passphrase, login_word=word, minimum=minimum, names=names)
    return Chosen(word, passphrases.hash_of(passphrase))


def add_person(
    session: Session,
    *,
    word: str,
    passphrase: str,
    display_name: str,
    organisation: str | None = None,
    language: str = "nl",
) -> Person:
    """Make an account without any role. Raises Invalid for a taken login word or an easy passphrase."""
    return add_chosen(
        session, choose(word=word, passphrase=passphrase), display_name=display_name, organisation=organisation,
        language=language,
    )  # fmt: skip


def add_chosen(
    session: Session, chosen: Chosen, *, display_name: str, organisation: str | None = None, language: str = "nl"
) -> Person:
    """Make an account with what was chosen. Raises Invalid("display_name.empty") and Invalid("login_word.taken")."""
    name = one_line(display_name)[:MAX_DISPLAY_NAME]
    if not name:
        raise Invalid("display_name.empty")
    if session.scalar(select(Person.id).where(Person.login_word == chosen.word)) is not None:
        raise Invalid("login_word.taken")
    person = Person(
        login_word=chosen.word,
        passphrase_hash=chosen.passphrase_hash,
        display_name=name,
        organisation=organisation,
        language=language,
    )
    session.add(person)
    session.flush()
    return person


def change_passphrase(session: Session, person: Person, chosen: Chosen) -> None:
    """Give somebody the passphrase they chose. The caller looked at the old one, and ends the other sessions."""
    person.passphrase_hash = chosen.passphrase_hash
    session.flush()
    audit.record(session, Actor(person.id), "passphrase.change", person, project_id=None)
