"""Accounts: letting people in, keeping their sessions, letting them out."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from interviews import clock as clocks
from interviews import passphrases, people, projects, throttle
from interviews.access import actor_for
from interviews.clock import now
from interviews.db import transaction, writing
from interviews.errors import Invalid, NotAllowed, NotVisible
from interviews.models import AuditEntry, Invitation, LoginAttempt, LoginSession, Membership, Person
from interviews.models.project import Role
from tests import factories
from tests.factories import Cast, passphrase_of

RIGHT = passphrase_of("carla")


class Hands:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.at = now()

    def __call__(self) -> datetime:
        return self.at

    def forward(self, span: timedelta) -> None:
        self.at += span


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Hands:
    """The time of the accounts."""
    hands = Hands()
    monkeypatch.setattr(clocks, "now", hands)
    return hands


def sign_in(db: Session, word: str = "carla", passphrase: str = RIGHT) -> people.Opened | None:
    with transaction(db):
        return people.sign_in(db, word=word, passphrase=passphrase, device="Telefoon")


def test_word_and_passphrase_open_a_session(db: Session, cast: Cast) -> None:
    opened = sign_in(db)
    assert opened is not None
    found = people.find_session(db, opened.token)
    assert found is not None
    assert found.person == cast.carla
    assert found.device == "Telefoon"


def test_capitals_and_spaces_around_the_word_do_not_matter(db: Session, cast: Cast) -> None:
    assert sign_in(db, " Carla ") is not None


def test_the_token_and_the_passphrase_are_stored_nowhere(db: Session, cast: Cast) -> None:
    opened = sign_in(db)
    assert opened is not None
    row = db.scalars(sa.select(LoginSession)).one()
    assert opened.token.encode() not in row.token_hash
    assert RIGHT not in cast.carla.passphrase_hash
    assert cast.carla.passphrase_hash.startswith("$argon2id$")


@pytest.mark.parametrize(
    ("word", "passphrase"), [("carla", "iets heel anders"), ("niemand", RIGHT), ("", ""), ("dirk", RIGHT)]
)
def test_what_does_not_belong_together_opens_nothing(db: Session, cast: Cast, word: str, passphrase: str) -> None:
    assert sign_in(db, word, passphrase) is None
    assert db.scalars(sa.select(LoginSession)).all() == []


def test_an_unknown_word_costs_the_same_work_as_a_known_one(
    db: Session, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[str] = []
    nobody = passphrases.nobody()
    hasher = passphrases._hasher

    class Counting:
        def verify(self, known: str, passphrase: str) -> bool:
            checked.append(known)
            return hasher.verify(known, passphrase)

    monkeypatch.setattr(passphrases, "_hasher", Counting())
    monkeypatch.setattr(passphrases, "nobody", lambda: nobody)
    assert sign_in(db, "niemand", "wat dan ook hier") is None
    assert sign_in(db, "carla", "wat dan ook hier") is None
    assert len(checked) == 2
    unknown, known = (text.rsplit("$", 2)[0] for text in checked)
    assert unknown == known  # the same algorithm at the same price


def test_a_disabled_account_does_not_open(db: Session, cast: Cast) -> None:
    opened = sign_in(db)
    assert opened is not None
    cast.carla.disabled_at = now()
    db.commit()
    assert sign_in(db) is None
    assert people.find_session(db, opened.token) is None


def test_after_five_wrong_tries_somebody_waits_and_is_never_locked_out(db: Session, cast: Cast, clock: Hands) -> None:
    for _ in range(people.FREE_TRIES):
        assert sign_in(db, passphrase="helemaal verkeerd") is None
    for _ in range(29):
        clock.forward(timedelta(seconds=1))
        with pytest.raises(Invalid, match=r"sign_in\.wait"):
            sign_in(db)
    # Trying while waiting does not make the wait longer.
    clock.forward(timedelta(seconds=1))
    assert sign_in(db) is not None
    # Who got in starts with a clean slate.
    assert sign_in(db, passphrase="helemaal verkeerd") is None
    assert sign_in(db) is not None


def test_one_persons_wrong_tries_hold_up_nobody_else(db: Session, cast: Cast) -> None:
    for _ in range(people.FREE_TRIES):
        sign_in(db, passphrase="helemaal verkeerd")
    assert sign_in(db, "dirk", passphrase_of("dirk")) is not None


def test_a_wrong_try_is_kept_only_for_as_long_as_it_counts(db: Session, cast: Cast, clock: Hands) -> None:
    sign_in(db, "niemand", "wat dan ook hier")
    clock.forward(throttle.KEPT + timedelta(seconds=1))
    sign_in(db, "ook-niemand", "wat dan ook hier")
    kept = db.scalars(sa.select(LoginAttempt)).all()
    assert len(kept) == 1
    assert b"niemand" not in kept[0].subject_hash


def test_a_session_ends_after_a_night_of_silence_and_lives_on_with_use(db: Session, cast: Cast, clock: Hands) -> None:
    opened = people.open_session(db, cast.carla, own_device=True)
    clock.forward(people.IDLE - timedelta(minutes=1))
    row = people.find_session(db, opened.token)
    assert row is not None
    people.touch(row)
    clock.forward(people.IDLE - timedelta(minutes=1))
    assert people.find_session(db, opened.token) is not None
    clock.forward(timedelta(minutes=2))
    assert people.find_session(db, opened.token) is None


def test_a_session_ends_after_two_weeks_however_much_it_is_used(db: Session, cast: Cast, clock: Hands) -> None:
    opened = people.open_session(db, cast.carla, own_device=True)
    for _ in range(people.ABSOLUTE // timedelta(hours=8)):
        row = people.find_session(db, opened.token)
        assert row is not None
        people.touch(row)
        clock.forward(timedelta(hours=8))
    assert people.find_session(db, opened.token) is None


def test_reading_pages_seldom_writes(db: Session, cast: Cast, clock: Hands) -> None:
    opened = sign_in(db)
    assert opened is not None
    before = opened.session.last_seen_at
    clock.forward(timedelta(seconds=59))
    people.touch(opened.session)
    assert opened.session.last_seen_at == before


def test_an_ended_session_is_a_strangers_at_once(db: Session, cast: Cast) -> None:
    one, other = sign_in(db), sign_in(db)
    assert one is not None
    assert other is not None
    people.end_session(db, one.session)
    assert people.find_session(db, one.token) is None
    assert people.find_session(db, other.token) is not None
    people.end_all_sessions(db, cast.carla)
    assert people.find_session(db, other.token) is None


def test_a_made_up_token_finds_nothing(db: Session, cast: Cast) -> None:
    assert people.find_session(db, "niets") is None


@pytest.mark.parametrize("word", ["", "ab", "x" * 41, "met spatie", "-streep", "é é é", "a\nb"])
def test_a_login_word_has_a_plain_shape(word: str) -> None:
    with pytest.raises(Invalid, match=r"login_word\.shape"):
        people.login_word(word)


@pytest.mark.parametrize(
    ("passphrase", "key"),
    [
        ("kort", "passphrase.short"),
        ("ab cd ef gh" * 100, "passphrase.long"),
        ("abababababababab", "passphrase.easy"),
        ("Carla-2024 carla-2024", "passphrase.easy"),
    ],
)
def test_an_easy_passphrase_is_refused(passphrase: str, key: str) -> None:
    with pytest.raises(Invalid, match=key):
        people.check_passphrase(passphrase, login_word="carla-2024")


def test_two_people_never_share_a_login_word(db: Session, cast: Cast) -> None:
    with pytest.raises(Invalid, match=r"login_word\.taken"):
        factories.person(db, "Carla")
    with pytest.raises(Invalid, match=r"display_name\.empty"):
        people.add_person(db, word="gijs", passphrase="vier losse woorden", display_name=" \n ")


def invite(db: Session, cast: Cast, *roles: Role, **options: object) -> tuple[Invitation, str]:
    return people.invite(
        db,
        actor_for(db, cast.alice.id),
        cast.project,
        display_name="Fatou",
        roles=roles,
        **options,  # type: ignore[arg-type]
    )


def accept(db: Session, code: str, word: str = "fatou") -> Person:
    return people.accept_invitation(db, code=code, word=word, passphrase=passphrase_of(word))


def test_an_invitation_makes_the_account_and_the_roles_it_promises(db: Session, cast: Cast) -> None:
    row, code = invite(db, cast, Role.PEER_INTERVIEWER, Role.CO_CODER)
    fatou = accept(db, code.upper().replace("-", " "))
    assert fatou.display_name == "Fatou"
    assert actor_for(db, fatou.id).roles_in(cast.project.id) == {Role.PEER_INTERVIEWER, Role.CO_CODER}
    assert row.used_at is not None


def test_an_invitation_works_once(db: Session, cast: Cast) -> None:
    _, code = invite(db, cast, Role.RESEARCHER)
    accept(db, code)
    with pytest.raises(Invalid, match=r"invitation\.over"):
        accept(db, code, "gijs")


def test_a_refused_login_word_does_not_use_up_the_invitation(db: Session, cast: Cast) -> None:
    _, code = invite(db, cast, Role.RESEARCHER)
    with pytest.raises(Invalid, match=r"login_word\.taken"):
        accept(db, code, "carla")
    assert accept(db, code).login_word == "fatou"


def test_an_invitation_is_over_after_two_weeks(db: Session, cast: Cast, clock: Hands) -> None:
    _, code = invite(db, cast, Role.RESEARCHER)
    clock.forward(timedelta(days=people.INVITATION_DAYS))
    assert people.find_invitation(db, code) is None
    with pytest.raises(Invalid, match=r"invitation\.over"):
        accept(db, code)


def test_the_code_is_stored_nowhere_and_has_no_look_alikes(db: Session, cast: Cast) -> None:
    row, code = invite(db, cast, Role.RESEARCHER)
    assert code.encode() not in row.code_hash
    assert not set(code) & set("01oil")


def test_a_reader_needs_a_municipality_of_this_project(db: Session, cast: Cast) -> None:
    elsewhere = projects.add_municipality(db, cast.elsewhere, "Elders")
    for place in (None, elsewhere.id):
        with pytest.raises(Invalid, match=r"invitation\.municipality"):
            invite(db, cast, Role.MUNICIPALITY_READER, municipality_id=place)
    _, code = invite(db, cast, Role.MUNICIPALITY_READER, Role.CO_CODER, municipality_id=cast.municipality.id)
    fatou = accept(db, code)
    reach = {
        row.role: row.municipality_id
        for row in db.scalars(sa.select(Membership).where(Membership.person_id == fatou.id))
    }
    assert reach == {Role.MUNICIPALITY_READER: cast.municipality.id, Role.CO_CODER: None}


def test_an_invitation_needs_a_name_and_a_role(db: Session, cast: Cast) -> None:
    with pytest.raises(Invalid, match=r"roles\.none"):
        invite(db, cast)
    with pytest.raises(Invalid, match=r"display_name\.empty"):
        people.invite(db, actor_for(db, cast.alice.id), cast.project, display_name=" ", roles=[Role.RESEARCHER])


def test_only_a_lead_invites_and_lets_go(db: Session, cast: Cast) -> None:
    for member in (cast.bob, cast.carla, cast.dirk, cast.esra):
        with pytest.raises(NotAllowed):
            people.invite(db, actor_for(db, member.id), cast.project, display_name="X", roles=[Role.RESEARCHER])
        with pytest.raises(NotAllowed):
            people.end_access(db, actor_for(db, member.id), cast.project, cast.alice)
    with pytest.raises(NotVisible):
        people.end_access(db, actor_for(db, cast.zoe.id), cast.project, cast.bob)


def test_who_is_let_go_is_signed_out_at_once_and_what_was_made_stays(db: Session, cast: Cast) -> None:
    carla = actor_for(db, cast.carla.id)
    interview = factories.interview(db, carla, cast.project)
    opened = people.open_session(db, cast.carla)
    people.end_access(db, actor_for(db, cast.alice.id), cast.project, cast.carla)
    assert people.find_session(db, opened.token) is None
    assert actor_for(db, cast.carla.id).roles == {}
    assert interview.interviewer_id == cast.carla.id
    assert db.scalars(sa.select(AuditEntry).where(AuditEntry.reason == "access ended")).one().actor_id == cast.alice.id


def test_a_project_keeps_a_lead(db: Session, cast: Cast) -> None:
    alice = actor_for(db, cast.alice.id)
    with pytest.raises(Invalid, match=r"people\.self"):
        people.end_access(db, alice, cast.project, cast.alice)
    projects.give_role(db, cast.project, cast.bob, Role.PROJECT_LEAD)
    people.end_access(db, actor_for(db, cast.bob.id), cast.project, cast.alice)
    # An operator's command acts with a lead's right in the lead's absence.
    with pytest.raises(Invalid, match=r"people\.last_lead"):
        people.end_access(db, alice, cast.project, cast.bob)


def test_accounts_work_on_both_databases(any_engine: sa.Engine) -> None:
    with writing(any_engine)() as db:
        with transaction(db):
            cast = factories.cast(db)
            _, code = invite(db, cast, Role.RESEARCHER)
        with transaction(db):
            accept(db, code)
        with transaction(db):
            assert people.sign_in(db, word="fatou", passphrase="niet de goede wachtzin") is None
        with transaction(db):
            opened = people.sign_in(db, word="fatou", passphrase=passphrase_of("fatou"))
        assert opened is not None
        assert people.find_session(db, opened.token) is not None
