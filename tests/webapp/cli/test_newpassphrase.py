"""`passphrase`: the only lead forgot it."""

from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa
from click.testing import Result

from interviews import devices, people
from interviews.db import transaction, writing
from interviews.models import AuditEntry, Device, Membership, Person
from webapp.installation import opened
from webapp.settings import Settings

Invoke = Callable[..., Result]
NEW = "vier paarse olifanten dansen"


def test_an_operator_gives_the_only_lead_another_passphrase(invoke: Invoke) -> None:
    assert invoke("init", "--title", "Proef").exit_code == 0
    with opened(Settings.from_environment()) as place, writing(place.engine)() as db:
        with transaction(db):
            lead = db.scalars(sa.select(Person)).one()
            token = people.open_session(db, lead).token
            devices.add(db, lead, name="Telefoon")
        db.rollback()
        ran = invoke("passphrase", " Projectleider ", typed=f"{NEW}\n")
        assert ran.exit_code == 0, ran.output
        assert NEW not in ran.output
        db.expire_all()
        assert people.held(db, token) is None
        assert db.scalars(sa.select(Device.revoked_at)).one() is not None
        with transaction(db):
            assert people.sign_in(db, word="projectleider", passphrase=NEW) is not None
        line = db.scalars(sa.select(AuditEntry).where(AuditEntry.reason == "passphrase reset")).one()
        project = db.scalars(sa.select(Membership.project_id)).first()
        assert (line.actor_id, line.object_id, line.project_id) == (None, lead.id, project)
        assert line.seq is not None


def test_what_cannot_be_is_refused_with_a_sentence_and_changes_nothing(invoke: Invoke) -> None:
    assert invoke("init").exit_code == 0
    with opened(Settings.from_environment()) as place, writing(place.engine)() as db:
        before = db.scalars(sa.select(Person.passphrase_hash)).one()
        db.rollback()
        for login, typed, said in (
            ("niemand", f"{NEW}\n", "Niemand heeft dit inlogwoord."),
            ("projectleider", "kort\n", "Je wachtzin is te kort."),
            ("projectleider", "projectleider123\n", "te makkelijk te raden"),
            ("projectleider", "", "Start dit waar iemand kan typen"),
        ):
            refused = invoke("passphrase", login, typed=typed)
            assert (refused.exit_code, said in refused.stderr) == (1, True), refused.output
        assert db.scalars(sa.select(Person.passphrase_hash)).one() == before
        db.rollback()
        with transaction(db):
            people.close_account(db, db.scalars(sa.select(Person)).one())
        refused = invoke("passphrase", "projectleider", typed=f"{NEW}\n")
        assert "Dit account is gestopt." in refused.stderr


def test_the_key_that_asks_a_passphrase_is_asked_first(invoke: Invoke) -> None:
    of_the_key = "een lange zin voor de sleutel"
    assert invoke("init", "--key", "passphrase", typed=f"{of_the_key}\n").exit_code == 0
    wrong = invoke("passphrase", "projectleider", typed=f"een andere zin voor de sleutel\n{NEW}\n")
    assert (wrong.exit_code, "Deze wachtzin past niet bij de sleutel." in wrong.stderr) == (1, True)
    ran = invoke("passphrase", "projectleider", typed=f"{of_the_key}\n{NEW}\n")
    assert ran.exit_code == 0, ran.output
