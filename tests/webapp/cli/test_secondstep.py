"""`second-step`: the only lead lost the phone."""

from __future__ import annotations

from collections.abc import Callable

import pyotp
import sqlalchemy as sa
from click.testing import Result

from interviews import clock, people, secondfactor
from interviews.db import transaction, writing
from interviews.models import AuditEntry, Person
from webapp.installation import opened
from webapp.settings import Settings

Invoke = Callable[..., Result]


def test_an_operator_helps_a_lead_whom_nobody_else_can_help(invoke: Invoke) -> None:
    assert invoke("init").exit_code == 0
    refused = invoke("second-step", "niemand")
    assert (refused.exit_code, "Niemand heeft dit inlogwoord." in refused.stderr) == (1, True)
    refused = invoke("second-step", "projectleider")
    assert "Deze persoon heeft geen tweede stap." in refused.stderr
    with opened(Settings.from_environment()) as place, writing(place.engine)() as db:
        with transaction(db):
            lead = db.scalars(sa.select(Person)).one()
            secret = secondfactor.new_secret()
            code = pyotp.TOTP(secret).at(clock.now())
            secondfactor.set_up(db, lead, secret=secret, code=code, key=place.key)
            token = people.open_session(db, lead).token
        db.rollback()
        assert invoke("second-step", " Projectleider ").exit_code == 0
        assert people.held(db, token) is None
        assert secondfactor.of(db, lead.id) is None
        line = db.scalars(sa.select(AuditEntry).where(AuditEntry.reason == "second factor reset")).one()
        assert (line.actor_id, line.object_id) == (None, lead.id)
