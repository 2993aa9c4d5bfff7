"""How to reach somebody: anybody who plans may write it, one person may open it, and two together end it for good."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from interviews import audit, contacts, interviews, keyholders, people, projects, withdrawal
from interviews.access import Actor, actor_for
from interviews.clock import now
from interviews.contacts import Details, Reason
from interviews.db import transaction
from interviews.errors import Invalid, NotAllowed, NotVisible
from interviews.keys import KeyDestroyed, KeyStore, SealBroken
from interviews.ledger import Ledger
from interviews.models import AuditEntry, Contact, Interview, KeyEnding, Person
from interviews.models.project import Role
from interviews.sealedfiles import SealedFiles
from tests import factories
from tests.factories import Cast

CORRIE = Details(
    name="Corrie Zwaluw", phone="06 00 00 00 01", address="Vinkenpad 3\n0000 XX Dorp", message_is_safe=True
)


@pytest.fixture
def holder(db: Session, cast: Cast) -> Person:
    """Hilde, from outside, who holds the key of Alice's project."""
    with transaction(db):
        hilde = factories.person(db, "hilde")
        projects.give_role(db, cast.project, hilde, Role.KEY_HOLDER)
    return hilde


@pytest.fixture
def talk(db: Session, cast: Cast) -> Interview:
    with transaction(db):
        return factories.interview(db, actor_for(db, cast.carla.id), cast.project)


@pytest.fixture
def carla(db: Session, cast: Cast) -> Actor:
    return actor_for(db, cast.carla.id)


@pytest.fixture
def hilde(db: Session, holder: Person) -> Actor:
    return actor_for(db, holder.id)


@pytest.fixture
def kept(db: Session, carla: Actor, talk: Interview, keys: KeyStore) -> Contact:
    with transaction(db):
        return contacts.keep(db, carla, talk, talk.interviewees[0], CORRIE, keys=keys)


def test_hilde_opens_what_carla_wrote_down(db: Session, hilde: Actor, kept: Contact, keys: KeyStore) -> None:
    contacts.unlock(db, hilde, kept, Reason.MEETING)
    assert contacts.read(db, hilde, kept, keys=keys, reason=Reason.MEETING) == CORRIE


def test_each_opening_is_in_the_log_with_its_reason_and_no_word_about_anybody(
    db: Session, hilde: Actor, kept: Contact
) -> None:
    contacts.unlock(db, hilde, kept, Reason.MEETING)
    contacts.unlock(db, hilde, kept, Reason.WORRY)
    lines = db.scalars(sa.select(AuditEntry).where(AuditEntry.action == "contact.open")).all()
    assert sorted((line.object_id, line.actor_id, line.reason) for line in lines) == sorted(
        (kept.id, hilde.person_id, reason) for reason in ("meeting", "worry")
    )


def test_without_a_line_in_the_log_nothing_opens(
    db: Session, hilde: Actor, kept: Contact, cast: Cast, keys: KeyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    for look in (
        lambda: contacts.read(db, hilde, kept, keys=keys, reason=Reason.CHECK),
        lambda: contacts.who_is_whom(db, hilde, cast.project, keys=keys, reason=Reason.CHECK),
    ):
        with pytest.raises(Invalid) as refused:
            look()
        assert refused.value.key == "contact.locked"
    contacts.unlock(db, hilde, kept, Reason.CHECK)
    later = now() + audit.SITTING + timedelta(seconds=1)
    monkeypatch.setattr(audit, "now", lambda: later)
    with pytest.raises(Invalid):
        contacts.read(db, hilde, kept, keys=keys, reason=Reason.CHECK)


def test_nobody_else_opens_it_neither_the_lead_nor_who_wrote_it(
    db: Session, cast: Cast, holder: Person, kept: Contact, keys: KeyStore
) -> None:
    for member in cast.members.values():
        actor = actor_for(db, member.id)
        for look in (
            lambda: contacts.unlock(db, actor, kept, Reason.MEETING),  # noqa: B023  # called at once
            lambda: contacts.read(db, actor, kept, keys=keys, reason=Reason.MEETING),  # noqa: B023
            lambda: contacts.people(db, actor, cast.project),  # noqa: B023
        ):
            with pytest.raises(NotAllowed):
                look()
    with pytest.raises(NotVisible):
        contacts.unlock(db, actor_for(db, cast.zoe.id), kept, Reason.MEETING)


def test_hilde_reads_no_story(db: Session, hilde: Actor, cast: Cast) -> None:
    from interviews.access import RULES, allows

    may = {permission for permission in RULES if allows(hilde, permission, cast.project)}
    assert may == {"project.see", "contact.open", "keys.see", "keys.hand_over", "keys.end"}


def test_what_is_written_later_takes_the_place_of_what_it_is_about_only(
    db: Session, carla: Actor, hilde: Actor, talk: Interview, kept: Contact, keys: KeyStore
) -> None:
    newer = Details(phone="06 00 00 00 02")
    assert contacts.keep(db, carla, talk, talk.interviewees[0], newer, keys=keys) is kept
    contacts.unlock(db, hilde, kept, Reason.MEETING)
    found = contacts.read(db, hilde, kept, keys=keys, reason=Reason.MEETING)
    assert (found.name, found.phone, found.message_is_safe) == (CORRIE.name, "06 00 00 00 02", False)


def test_a_bsn_is_not_kept(db: Session, carla: Actor, hilde: Actor, talk: Interview, keys: KeyStore) -> None:
    row = contacts.keep(db, carla, talk, talk.interviewees[0], Details(reach="bsn 111222333"), keys=keys)
    contacts.unlock(db, hilde, row, Reason.MEETING)
    assert "111222333" not in contacts.read(db, hilde, row, keys=keys, reason=Reason.MEETING).reach


@pytest.mark.parametrize(
    ("details", "problem"),
    [(Details(), "contact.empty"), (Details(message_is_safe=True), "contact.empty"),
     (Details(name="a" * 121), "contact.long"), (Details(address="a" * 301), "contact.long")],
)  # fmt: skip
def test_what_cannot_be_kept_is_said(
    db: Session, carla: Actor, talk: Interview, keys: KeyStore, details: Details, problem: str
) -> None:
    with pytest.raises(Invalid) as refused:
        contacts.keep(db, carla, talk, talk.interviewees[0], details, keys=keys)
    assert refused.value.key == problem
    assert contacts.kept(db, talk.interviewees) == {}


def test_nothing_is_kept_of_who_is_made_up_or_of_somebody_else(
    db: Session, carla: Actor, cast: Cast, talk: Interview, keys: KeyStore
) -> None:
    practice = interviews.practise(db, carla, cast.project)
    with pytest.raises(Invalid) as refused:
        contacts.keep(db, carla, practice, practice.interviewees[0], CORRIE, keys=keys)
    assert refused.value.key == "contact.practice"
    with pytest.raises(NotVisible):
        contacts.keep(db, carla, talk, practice.interviewees[0], CORRIE, keys=keys)
    with pytest.raises(NotVisible):
        contacts.erase(db, carla, talk, practice.interviewees[0])


def test_what_was_written_down_can_be_erased(
    db: Session, carla: Actor, talk: Interview, kept: Contact, keys: KeyStore
) -> None:
    contacts.erase(db, carla, talk, talk.interviewees[0])
    assert contacts.kept(db, talk.interviewees) == {}
    contacts.erase(db, carla, talk, talk.interviewees[0])


def test_the_text_lies_under_a_key_that_is_no_key_of_an_interview(
    db: Session, talk: Interview, kept: Contact, keys: KeyStore
) -> None:
    assert b"Zwaluw" not in kept.sealed
    assert talk.id not in keys.contacts.interviews()
    assert keys.contacts.interviews() == {talk.project_id}
    with pytest.raises(SealBroken):
        keys.create(talk.id).open(kept.sealed, context=f"contact:{kept.id}")


def test_the_list_of_who_is_whom_has_everybody(
    db: Session, carla: Actor, hilde: Actor, cast: Cast, talk: Interview, kept: Contact, keys: KeyStore
) -> None:
    other = factories.interview(db, carla, cast.project)
    interviews.practise(db, carla, cast.project)
    contacts.unlock(db, hilde, cast.project, Reason.HANDING_OVER)
    known = contacts.who_is_whom(db, hilde, cast.project, keys=keys, reason=Reason.HANDING_OVER)
    assert [(one.interviews, one.details) for one in known] == [((talk.code,), CORRIE), ((other.code,), None)]
    assert contacts.people(db, hilde, cast.project)[0][2]


# -- who holds the key


def test_the_lead_names_the_first_holder_and_only_that_one_hands_it_on(db: Session, cast: Cast) -> None:
    lead = actor_for(db, cast.alice.id)
    keyholders.name(db, lead, cast.project, cast.dirk)
    assert keyholders.holders(db, cast.project) == [cast.dirk]
    for attempt in (
        lambda: keyholders.name(db, lead, cast.project, cast.alice),
        lambda: people.invite(db, lead, cast.project, display_name="Nog een", roles=[Role.KEY_HOLDER]),
    ):
        with pytest.raises(Invalid) as refused:
            attempt()
        assert refused.value.key == "keys.held"
    with pytest.raises(NotAllowed):
        keyholders.hand_over(db, lead, cast.project, cast.alice)
    dirk = actor_for(db, cast.dirk.id)
    with pytest.raises(Invalid):
        keyholders.hand_over(db, dirk, cast.project, cast.dirk)
    keyholders.hand_over(db, dirk, cast.project, cast.esra)
    assert keyholders.holders(db, cast.project) == [cast.esra]
    assert Role.KEY_HOLDER not in actor_for(db, cast.dirk.id).roles_in(cast.project.id)
    assert Role.CO_CODER in actor_for(db, cast.dirk.id).roles_in(cast.project.id)
    told = [(row.from_id, row.to_id, row.by_id) for row in keyholders.history(db, lead, cast.project)]
    assert set(told) == {(None, cast.dirk.id, cast.alice.id), (cast.dirk.id, cast.esra.id, cast.dirk.id)}


def test_who_is_invited_to_hold_the_key_stands_on_record_and_a_second_one_is_refused(db: Session, cast: Cast) -> None:
    lead = actor_for(db, cast.alice.id)
    cards = [
        people.invite(db, lead, cast.project, display_name=name, roles=[Role.KEY_HOLDER, Role.CO_CODER])
        for name in ("Wietske", "Truus")
    ]
    assert not any(people.waits_in_vain(db, card) for card, _code in cards)
    first = people.accept_invitation(db, code=cards[0][1], word="wietske", passphrase="vier groene olifanten dansen")
    assert keyholders.holders(db, cast.project) == [first]
    (told,) = keyholders.history(db, lead, cast.project)
    assert (told.from_id, told.to_id, told.by_id) == (None, first.id, cast.alice.id)
    assert people.waits_in_vain(db, cards[1][0])
    with pytest.raises(Invalid) as refused:
        people.accept_invitation(db, code=cards[1][1], word="truus", passphrase="vijf gele olifanten slapen")
    assert refused.value.key == "invitation.key_held"
    assert keyholders.holders(db, cast.project) == [first]
    assert db.scalar(sa.select(Person.id).where(Person.login_word == "truus")) is None
    # When the first one left, the card works again.
    people.end_access(db, lead, cast.project, first)
    second = people.accept_invitation(db, code=cards[1][1], word="truus", passphrase="vijf gele olifanten slapen")
    assert keyholders.holders(db, cast.project) == [second]
    assert len(keyholders.history(db, lead, cast.project)) == 2


def test_the_key_goes_to_who_works_in_the_project_only(db: Session, cast: Cast) -> None:
    with pytest.raises(NotVisible):
        keyholders.name(db, actor_for(db, cast.alice.id), cast.project, cast.zoe)
    with pytest.raises(NotAllowed):
        keyholders.name(db, actor_for(db, cast.bob.id), cast.project, cast.bob)


def test_when_the_holder_left_the_lead_names_another(db: Session, cast: Cast, holder: Person) -> None:
    lead = actor_for(db, cast.alice.id)
    people.end_access(db, lead, cast.project, holder)
    keyholders.name(db, lead, cast.project, cast.dirk)
    assert keyholders.holders(db, cast.project) == [cast.dirk]


# -- no names at all, and the end


def test_a_project_may_keep_no_names_at_all(
    db: Session, cast: Cast, carla: Actor, talk: Interview, kept: Contact, keys: KeyStore
) -> None:
    lead, person = actor_for(db, cast.alice.id), talk.interviewees[0]
    with pytest.raises(Invalid) as refused:
        keyholders.choose_nameless(db, lead, cast.project, nameless=True)
    assert refused.value.key == "keys.contacts_kept"
    contacts.erase(db, carla, talk, person)
    keyholders.choose_nameless(db, lead, cast.project, nameless=True)
    with pytest.raises(Invalid) as refused:
        contacts.keep(db, carla, talk, person, CORRIE, keys=keys)
    assert refused.value.key == "contact.nameless"
    keyholders.choose_nameless(db, lead, cast.project, nameless=False)
    assert contacts.keep(db, carla, talk, person, CORRIE, keys=keys).id


@pytest.fixture
def ended(db: Session, cast: Cast, hilde: Actor, kept: Contact, keys: KeyStore, tmp_path: Path) -> Callable[[], bytes]:
    """End the key, asked by Hilde and done by Alice; return what the contact was in an old copy of the database."""

    def run() -> bytes:
        old = kept.sealed
        with transaction(db):
            keyholders.ask_ending(db, hilde, cast.project)
        with transaction(db):
            keyholders.end(db, actor_for(db, cast.alice.id), cast.project, ledger=Ledger(tmp_path / "ledger"))
        assert keyholders.finish_endings(db, keys) == [cast.project.id]
        return old

    return run


def test_two_people_destroy_the_key_and_then_nobody_reads_a_contact_again(
    db: Session,
    cast: Cast,
    ended: Callable[[], bytes],
    kept: Contact,
    keys: KeyStore,
    talk: Interview,
    carla: Actor,
    tmp_path: Path,
) -> None:
    context = f"contact:{kept.id}"
    old = ended()
    assert db.scalar(sa.select(sa.func.count()).select_from(Contact)) == 0
    with pytest.raises(KeyDestroyed):
        keys.contacts.open(cast.project.id).open(old, context=context)
    cast.project.nameless = False
    with pytest.raises(Invalid) as refused:
        contacts.keep(db, carla, talk, talk.interviewees[0], CORRIE, keys=keys)
    assert refused.value.key == "contact.ended"
    assert keyholders.finish_endings(db, keys) == []
    lines = db.scalars(sa.select(AuditEntry.reason).where(AuditEntry.action == "keys.end")).all()
    assert set(lines) == {"asked", "destroyed"}
    (line,) = Ledger(tmp_path / "ledger").entries()
    assert (line.kind, line.ids) == ("contact_key", {"project": str(cast.project.id)})


def test_one_person_alone_cannot_end_it(db: Session, cast: Cast, hilde: Actor, tmp_path: Path) -> None:
    lead, ledger = actor_for(db, cast.alice.id), Ledger(tmp_path / "ledger")
    with pytest.raises(Invalid) as refused:
        keyholders.end(db, lead, cast.project, ledger=ledger)
    assert refused.value.key == "keys.not_asked"
    keyholders.ask_ending(db, lead, cast.project)
    with pytest.raises(Invalid) as refused:
        keyholders.end(db, lead, cast.project, ledger=ledger)
    assert refused.value.key == "keys.two_people"
    with pytest.raises(Invalid):
        keyholders.ask_ending(db, hilde, cast.project)
    keyholders.take_back_ending(db, hilde, cast.project)
    with pytest.raises(Invalid):
        keyholders.end(db, hilde, cast.project, ledger=ledger)
    assert ledger.entries() == []


def test_a_restore_does_it_again(
    db: Session, cast: Cast, ended: Callable[[], bytes], talk: Interview, keys: KeyStore, tmp_path: Path
) -> None:
    # As an old copy brings it back: the row, the key, and no word of the decision.
    raw, person = keys.contacts.open(cast.project.id).raw, talk.interviewees[0]
    wrapped = (keys.directory / "contacts" / f"{cast.project.id}.key").read_bytes()
    old = ended()
    with transaction(db):
        db.execute(sa.delete(KeyEnding))
        cast.project.nameless = False
        db.add(
            Contact(
                project_id=cast.project.id, interviewee_id=person.id, sealed=old, created_at=now(), changed_at=now()
            )
        )
    (keys.directory / "contacts" / f"{cast.project.id}.gone").unlink()
    (keys.directory / "contacts" / f"{cast.project.id}.key").write_bytes(wrapped)
    assert keys.contacts.open(cast.project.id).raw == raw
    files, ledger = SealedFiles(tmp_path / "files"), Ledger(tmp_path / "ledger")
    with transaction(db):
        assert withdrawal.replay(db, keys, files, ledger) == 1
    assert keys.contacts.destroyed() == {cast.project.id}
    assert db.scalar(sa.select(sa.func.count()).select_from(Contact)) == 0
    assert cast.project.nameless
    assert withdrawal.replay(db, keys, files, ledger) == 0
