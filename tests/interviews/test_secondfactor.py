"""The second factor: a code works once, a recovery code works once, and nothing of it can be read from the database."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from interviews import clock, people, projects, secondfactor
from interviews.access import actor_for
from interviews.clock import now
from interviews.db import transaction, writing
from interviews.errors import Invalid, NotAllowed, NotVisible
from interviews.keys import InstallationKey, SealBroken
from interviews.models import AuditEntry, LoginSession, Person, RecoveryCode, SecondFactor
from interviews.models.project import Role
from tests import factories
from tests.factories import Cast

START = datetime(2026, 11, 3, 9, 0, 5, tzinfo=UTC)
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Set the clock to so many seconds after the start."""

    def move(seconds: int) -> None:
        monkeypatch.setattr(clock, "now", lambda: START + timedelta(seconds=seconds))

    move(0)
    return move


def code(seconds: int, secret: str = SECRET) -> str:
    """What the app shows so many seconds after the start."""
    return pyotp.TOTP(secret).at(START + timedelta(seconds=seconds))


@pytest.fixture
def bob(db: Session, cast: Cast, at: Callable[[int], None], installation_key: InstallationKey) -> Person:
    """Bob, whose app was set up two minutes ago."""
    at(-120)
    with transaction(db):
        secondfactor.set_up(db, cast.bob, secret=SECRET, code=code(-120), key=installation_key)
    at(0)
    return cast.bob


def use(db: Session, person: Person, typed: str, key: InstallationKey) -> bool:
    with transaction(db):
        return secondfactor.use(db, person.id, typed, key=key)


def test_a_code_works_once(db: Session, bob: Person, installation_key: InstallationKey) -> None:
    assert use(db, bob, code(0), installation_key)
    assert not use(db, bob, code(0), installation_key)


def test_after_a_code_the_one_before_it_no_longer_works(
    db: Session, bob: Person, installation_key: InstallationKey
) -> None:
    assert use(db, bob, code(30), installation_key)
    assert not use(db, bob, code(0), installation_key)
    assert not use(db, bob, code(-30), installation_key)


@pytest.mark.parametrize(("seconds", "works"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
def test_a_clock_may_differ_by_one_step(
    db: Session, bob: Person, installation_key: InstallationKey, seconds: int, works: bool
) -> None:
    assert use(db, bob, code(seconds), installation_key) is works


def test_a_code_may_be_typed_with_a_space(db: Session, bob: Person, installation_key: InstallationKey) -> None:
    assert use(db, bob, f" {code(0)[:3]} {code(0)[3:]} ", installation_key)


@pytest.mark.parametrize("typed", ["", "000", "abcdef", "0000000", "١٢٣٤٥٦"])
def test_what_is_no_code_is_no_code(db: Session, bob: Person, installation_key: InstallationKey, typed: str) -> None:
    assert not use(db, bob, typed, installation_key)


def test_the_code_with_which_it_was_set_up_is_used_up(
    db: Session, cast: Cast, at: Callable[[int], None], installation_key: InstallationKey
) -> None:
    with transaction(db):
        secondfactor.set_up(db, cast.bob, secret=SECRET, code=code(0), key=installation_key)
    assert not use(db, cast.bob, code(0), installation_key)


def test_without_the_right_code_nothing_is_set_up(
    db: Session, cast: Cast, at: Callable[[int], None], installation_key: InstallationKey
) -> None:
    with pytest.raises(Invalid, match=r"second_factor\.wrong"):
        secondfactor.set_up(db, cast.bob, secret=SECRET, code=code(600), key=installation_key)
    assert secondfactor.of(db, cast.bob.id) is None


def test_ten_recovery_codes_of_eighty_bits_work_once_each(
    db: Session, bob: Person, installation_key: InstallationKey
) -> None:
    with transaction(db):
        codes = secondfactor.new_recovery_codes(db, bob).codes
    assert len(set(codes)) == 10
    assert all(re.fullmatch(r"([0-9a-hjkmnp-tv-z]{4}-){3}[0-9a-hjkmnp-tv-z]{4}", one) for one in codes)
    assert use(db, bob, codes[0].upper().replace("-", " ").replace("0", "o"), installation_key)
    assert not use(db, bob, codes[0], installation_key)
    assert secondfactor.codes_left(db, bob) == 9
    with transaction(db):
        secondfactor.new_recovery_codes(db, bob)
    assert not use(db, bob, codes[1], installation_key)


def test_a_recovery_code_is_of_one_person(
    db: Session, bob: Person, cast: Cast, installation_key: InstallationKey
) -> None:
    with transaction(db):
        codes = secondfactor.new_recovery_codes(db, bob).codes
    assert not use(db, cast.alice, codes[0], installation_key)
    assert use(db, bob, codes[0], installation_key)


def test_nothing_of_it_can_be_read_from_the_database(
    db: Session, bob: Person, cast: Cast, installation_key: InstallationKey
) -> None:
    with transaction(db):
        codes = secondfactor.new_recovery_codes(db, bob).codes
    row = db.get_one(SecondFactor, bob.id)
    assert SECRET.encode() not in row.sealed
    hashes = b"".join(db.scalars(sa.select(RecoveryCode.code_hash)))
    assert not any(one.replace("-", "").encode() in hashes for one in codes)
    # Sealed for this person under this key: a row that is put with somebody else does not open.
    with pytest.raises(SealBroken):
        secondfactor._open(installation_key, cast.alice.id, row.sealed)
    with pytest.raises(SealBroken):
        secondfactor._open(InstallationKey.generate(), bob.id, row.sealed)


def test_codes_still_fit_when_the_installation_gets_a_new_key(
    db: Session, bob: Person, installation_key: InstallationKey
) -> None:
    assert use(db, bob, code(0), installation_key.succeeded_by(InstallationKey.generate()))


def test_no_secret_shows_when_it_is_printed(db: Session, bob: Person) -> None:
    with transaction(db):
        shown = secondfactor.new_recovery_codes(db, bob)
    assert shown.codes[0] not in repr(shown)
    assert secondfactor.in_groups(SECRET).split()[0] == SECRET[:4]


def test_of_two_who_send_one_code_at_the_same_moment_one_gets_in(
    any_engine: sa.Engine, at: Callable[[int], None], installation_key: InstallationKey
) -> None:
    with writing(any_engine)() as session, transaction(session):
        person = factories.person(session, "bob")
        at(-120)
        shown = secondfactor.set_up(session, person, secret=SECRET, code=code(-120), key=installation_key)
        person_id = person.id
    at(0)
    assert raced(any_engine, person_id, code(0), installation_key) == [False] * 5 + [True]
    assert raced(any_engine, person_id, shown.codes[3], installation_key) == [False] * 5 + [True]


def raced(engine: sa.Engine, person_id: object, typed: str, key: InstallationKey) -> list[bool]:
    """Use one code from six threads at once; return what each was told, the refusals first."""
    ready, told = threading.Barrier(6), list[bool]()

    def one() -> None:
        with writing(engine)() as session:
            ready.wait(10)
            with transaction(session):
                told.append(secondfactor.use(session, person_id, typed, key=key))  # type: ignore[arg-type]

    threads = [threading.Thread(target=one) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return sorted(told)


# Who must have one


def test_in_an_example_nobody_must_have_one_and_in_a_real_project_who_reaches_every_story_must(
    db: Session, cast: Cast
) -> None:
    assert not any(secondfactor.obliged(db, member.id) for member in cast.everybody())
    with transaction(db):
        cast.project.made_up = False
    must = {role for role, member in cast.members.items() if secondfactor.obliged(db, member.id)}
    assert must == {Role.PROJECT_LEAD, Role.RESEARCHER}
    with transaction(db):
        projects.give_role(db, cast.project, cast.dirk, Role.KEY_HOLDER)
    assert secondfactor.obliged(db, cast.dirk.id)


# A lead resets one


def test_a_lead_resets_a_second_factor_and_every_session_of_that_person_ends(
    db: Session, bob: Person, cast: Cast, installation_key: InstallationKey
) -> None:
    with transaction(db):
        projects.give_role(db, cast.elsewhere, bob, Role.CO_CODER)
        opened = people.open_session(db, bob)
        people.reset_second_factor(db, actor_for(db, cast.alice.id), cast.project, bob)
    assert people.find_session(db, opened.token) is None
    assert secondfactor.of(db, bob.id) is None
    assert secondfactor.codes_left(db, bob) == 0
    lines = db.scalars(sa.select(AuditEntry).where(AuditEntry.reason == "second factor reset")).all()
    # Whoever leads another project that this person works in can see it too.
    assert {line.project_id for line in lines} == {cast.project.id, cast.elsewhere.id}
    assert {line.actor_id for line in lines} == {cast.alice.id}


def test_only_a_lead_of_the_project_resets_and_never_oneself(db: Session, bob: Person, cast: Cast) -> None:
    def reset(actor: Person, person: Person) -> None:
        people.reset_second_factor(db, actor_for(db, actor.id), cast.project, person)

    with pytest.raises(NotAllowed):
        reset(cast.carla, bob)
    with pytest.raises(NotVisible):
        reset(cast.zoe, bob)
    with pytest.raises(NotVisible):
        reset(cast.alice, cast.zoe)
    with pytest.raises(Invalid, match=r"second_factor\.self"):
        reset(cast.alice, cast.alice)
    with pytest.raises(Invalid, match=r"second_factor\.none"):
        reset(cast.alice, cast.carla)


# From the passphrase to the door


def test_with_a_second_factor_the_passphrase_alone_opens_nothing(
    db: Session, bob: Person, installation_key: InstallationKey
) -> None:
    with transaction(db):
        half = people.sign_in(db, word="bob", passphrase=factories.passphrase_of("bob"))
    assert half is not None
    assert half.session.awaits_code
    assert people.find_session(db, half.token) is None
    with transaction(db):
        assert people.pass_code(db, half.session, "000000", key=installation_key) is None
    with transaction(db):
        whole = people.pass_code(db, half.session, code(0), key=installation_key)
    assert whole is not None
    assert whole.token != half.token
    assert people.find_session(db, half.token) is None
    assert people.find_session(db, whole.token) is not None
    with pytest.raises(Invalid, match=r"second_factor\.over"):
        people.pass_code(db, half.session, code(30), key=installation_key)
    db.rollback()


def test_guessing_the_code_is_slowed(db: Session, bob: Person, installation_key: InstallationKey) -> None:
    for _ in range(people.FREE_TRIES):
        with transaction(db):
            assert not people.prove_code(db, bob, "000000", key=installation_key)
    with pytest.raises(Invalid, match=r"sign_in\.wait"):
        people.prove_code(db, bob, code(0), key=installation_key)


def test_looking_for_the_phone_takes_ten_minutes_at_most(db: Session, bob: Person, at: Callable[[int], None]) -> None:
    with transaction(db):
        half = people.sign_in(db, word="bob", passphrase=factories.passphrase_of("bob"))
    assert half is not None
    at(599)
    assert people.held(db, half.token) is not None
    at(601)
    assert people.held(db, half.token) is None


def test_a_role_that_was_given_asks_for_a_second_factor_at_the_next_request(db: Session, cast: Cast) -> None:
    with transaction(db):
        cast.project.made_up = False
        opened = people.open_session(db, cast.carla, own_device=True)
    assert people.find_session(db, opened.token) is not None
    with transaction(db):
        projects.give_role(db, cast.project, cast.carla, Role.RESEARCHER)
    found = people.held(db, opened.token)
    assert found is not None
    assert found.standing is people.Standing.MUST_SET_UP
    assert people.find_session(db, opened.token) is None
    assert db.scalars(sa.select(LoginSession)).one().started_at <= now()
