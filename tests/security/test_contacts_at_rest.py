"""Who somebody is (class K) is in no file in the clear: not in the data, not in a copy, not in the log, not in a cookie."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from interviews import keyholders, projects
from interviews.access import actor_for
from interviews.db import Base, transaction
from interviews.keys import KeyStore
from interviews.models import AuditEntry, Interview
from interviews.models.project import Role
from tests import factories
from tests.factories import Cast
from tests.pages import PageClient, browser
from webapp.settings import Settings

CANARIES = {
    "name": "Corrizwalu Vinkenveld",
    "phone": "06 73 91 55 20",
    "email": "corrizwalu@voorbeeld.example",
    "address": "Kwikstaartpad 73\n9999 ZZ Nergenshuizen",
    "language": "Kwikstaarts",
    "reach": "Bel nooit op vrijdag de dertiende, fluistert de kwikstaart.",
}
WORDS = ("Corrizwalu", "Vinkenveld", "06 73 91 55 20", "Kwikstaart", "kwikstaart", "Nergenshuizen")


def holding(folder: Path) -> list[str]:
    """The files that hold one of the words, in any of the encodings that programs write."""
    signs = [word.encode(encoding) for word in WORDS for encoding in ("utf-8", "utf-16-le")]
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert len(files) > 5
    return [str(path) for path in files if any(sign in path.read_bytes() for sign in signs)]


def rows_with(db: Session) -> list[str]:
    """The columns of the opened database that hold one of the words: what its key does not hide."""
    return [
        f"{table.name}.{name}"
        for table in Base.metadata.sorted_tables
        for row in db.execute(sa.select(table)).mappings()
        for name, value in row.items()
        for word in WORDS
        if word in (value.decode("latin-1") if isinstance(value, bytes) else str(value))
    ]


def written_and_read(app: Flask, cast: Cast, db: Session) -> tuple[Interview, list[PageClient]]:
    with transaction(db):
        person = factories.person(db, "hilde")
        projects.give_role(db, cast.project, person, Role.KEY_HOLDER)
        talk = factories.interview(db, actor_for(db, cast.carla.id), cast.project)
    carla, hilde = browser(app).sign_in(cast.carla), browser(app).sign_in(person)
    way = f"/gesprekken/{talk.id}/contact"
    refused = carla.submit(carla.get(way), f"{way}/bewaren", **(CANARIES | {"name": "Corrizwalu " * 40}))
    assert refused.status_code == 422
    assert carla.submit(carla.get(way), f"{way}/bewaren", **CANARIES).status_code == 303
    assert carla.submit(carla.get(way), f"{way}/bewaren", **(CANARIES | {"phone": ""})).status_code == 303
    whole = f"/p/{cast.project.id}/contacten/lijst"
    hilde.post(f"{whole}/openen", data={"reason": "handing_over"})
    assert "Corrizwalu" in hilde.get(whole).text
    return talk, [carla, hilde]


def test_what_is_written_and_read_stands_nowhere_in_the_clear(
    app: Flask, cast: Cast, db: Session, settings: Settings, keys: KeyStore, tmp_path: Path
) -> None:
    _talk, clients = written_and_read(app, cast, db)
    assert holding(tmp_path) == []
    assert holding(settings.data) == []
    db.rollback()
    assert rows_with(db) == []
    for client in clients:
        cookies = [value.value for value in (client._cookies or {}).values()]
        assert cookies
        assert not any(word in value for word in WORDS for value in cookies)
    for line in db.scalars(sa.select(AuditEntry)):
        assert not any(word in f"{line.action} {line.object_kind} {line.reason}" for word in WORDS)


def test_with_the_key_of_the_installation_but_not_of_the_project_nothing_opens(
    app: Flask, cast: Cast, db: Session, keys: KeyStore
) -> None:
    """An old copy of the database, the installation key and every key of an interview: no contact opens."""
    from interviews.keys import KeyDestroyed, SealBroken
    from interviews.models import Contact

    talk, _ = written_and_read(app, cast, db)
    db.rollback()
    row = db.scalars(sa.select(Contact)).one()
    keys.contacts.destroy(cast.project.id)
    with pytest.raises(KeyDestroyed):
        keys.contacts.open(cast.project.id)
    with pytest.raises(SealBroken):
        keys.create(talk.id).open(row.sealed, context=f"contact:{row.id}")
    assert keyholders.holders(db, cast.project)
