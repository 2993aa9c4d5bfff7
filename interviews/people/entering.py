"""From a word and a passphrase, or a PIN on a known device, to a session; and proving it again later.

Looking at a passphrase is slow on purpose, so it is done in three: `claim` looks up, `check` does the slow work without
the database, `enter` writes. An unknown word, a wrong passphrase and a wrong PIN are each one hash, so that nobody
learns from the work which of them it was.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from interviews import devices, passphrases, secondfactor, throttle
from interviews.errors import Invalid
from interviews.keys import InstallationKey
from interviews.models import Device, LoginSession, Person
from interviews.people.sessions import Opened, end_session, open_session
from interviews.text import one_line
from interviews.throttle import Knock


@dataclass(frozen=True, slots=True)
class _Pin:
    """A PIN that somebody has on this very device."""

    device_id: uuid.UUID
    known: str = field(repr=False)
    token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Claim:
    """Somebody says a login word: what is needed to check the passphrase without asking the database again."""

    word: str
    person_id: uuid.UUID | None
    """None when nobody has this word, or the account is closed."""
    knock: Knock
    known: str = field(repr=False)
    """The hash to check against; one that fits nothing when there is no such person."""
    pin: _Pin | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """A claim whose passphrase or PIN was looked at."""

    claim: Claim
    fits: bool
    by_pin: bool = False
    rehashed: str | None = field(default=None, repr=False)
    """The same passphrase at today's price, when the stored hash was cheaper."""


def claim(
    session: Session,
    *,
    word: str,
    address: bytes | None = None,
    here: Sequence[tuple[str, Device]] = (),
    again: bool = False,
) -> Claim:
    """Look up who `word` would be; writes nothing. Raises Invalid("sign_in.wait") after too many wrong tries.

    `address` is `throttle.of_address`; `here` are the devices that this browser is, each with its token. A PIN opens
    the door for those who need no second factor; `again`, of somebody who is in already, it counts for everybody.
    """
    word = one_line(word).lower()[:64]
    person = session.scalar(select(Person).where(Person.login_word == word))
    if person is not None and person.disabled_at is not None:
        person = None
    own = next(
        (one for one in here if person is not None and one[1].person_id == person.id and not devices.is_over(one[1])),
        None,
    )
    # Somebody else's guesses hold up nobody on a device that they use.
    knock = Knock(throttle.of_word(word) if own is None else throttle.of_device(own[1].id), address)
    throttle.require(session, knock)
    if person is None:
        return Claim(word, None, knock, passphrases.nobody())
    known = person.passphrase_hash or passphrases.nobody()
    pin = None
    if own is not None and own[1].pin_hash is not None and (again or not secondfactor.obliged(session, person.id)):
        pin = _Pin(own[1].id, own[1].pin_hash, own[0])
    return Claim(word, person.id, knock, known, pin)


def check(claim: Claim, typed: str) -> Checked:
    """Look whether the passphrase or PIN fits. Slow on purpose (a third of a second): hold no transaction meanwhile.

    An unknown word is the same work as a known one. Raises Invalid("sign_in.busy").
    """
    if claim.pin is not None and passphrases.is_pin(typed):
        right = passphrases.fits(claim.pin.known, passphrases.pin_on_device(typed, claim.pin.token))
        return Checked(claim, fits=right, by_pin=True)
    right = passphrases.fits(claim.known, typed) and claim.person_id is not None
    cheap = right and passphrases.is_cheap(claim.known)
    return Checked(claim, fits=right, rehashed=passphrases.hash_of(typed) if cheap else None)


def enter(session: Session, checked: Checked, *, device: str = "", own_device: bool = False) -> Opened | None:
    """Open a session for a claim that fits; None, and the try remembered, for one that does not.

    Of somebody with a second factor it is one that awaits the code (`pass_code`). The caller commits in every case.
    Raises Invalid("sign_in.wait") when too many tries went wrong meanwhile: who asks many times at once gets no more
    answers than who asks one by one. What was changed since `claim` does not fit.
    """
    person = _proven(session, checked)
    if person is None:
        return None
    if secondfactor.of(session, person.id) is not None:
        # The count starts over when the code was right too.
        return open_session(session, person, device=device, own_device=own_device or checked.by_pin, awaits_code=True)
    throttle.right(session, checked.claim.knock)
    opened = open_session(session, person, device=device, own_device=own_device or checked.by_pin)
    if checked.claim.pin is not None and checked.by_pin:
        devices.link(opened.session, session.get_one(Device, checked.claim.pin.device_id))
    return opened


def _proven(session: Session, checked: Checked) -> Person | None:
    """Return who it is when the claim fits and still holds; None, and the try remembered, when not."""
    claim = checked.claim
    throttle.require(session, claim.knock)
    person = None if claim.person_id is None else session.get(Person, claim.person_id)
    if not checked.fits or person is None or person.disabled_at is not None or not _unchanged(session, person, checked):
        throttle.wrong(session, claim.knock)
        return None
    if checked.rehashed is not None:
        person.passphrase_hash = checked.rehashed
    return person


def _unchanged(session: Session, person: Person, checked: Checked) -> bool:
    pin = checked.claim.pin
    if not checked.by_pin or pin is None:
        return person.passphrase_hash == checked.claim.known
    device = session.get(Device, pin.device_id)
    return device is not None and not devices.is_over(device) and device.pin_hash == pin.known


def prove(session: Session, checked: Checked) -> bool:
    """Tell whether somebody who is in already showed who they are; a wrong try is remembered. The caller commits.

    Raises Invalid("sign_in.wait").
    """
    if _proven(session, checked) is None:
        return False
    throttle.right(session, checked.claim.knock)
    return True


def prove_code(
    session: Session, person: Person, typed: str, *, key: InstallationKey, address: bytes | None = None
) -> bool:
    """Tell whether `typed` is a code of this person's second factor that was not used before. The caller commits.

    Raises Invalid("sign_in.wait").
    """
    knock = Knock(throttle.of_code(person.id), address)
    throttle.require(session, knock)
    if not secondfactor.use(session, person.id, typed, key=key):
        throttle.wrong(session, knock)
        return False
    throttle.right(session, knock)
    return True


def pass_code(
    session: Session, half: LoginSession, typed: str, *, key: InstallationKey, address: bytes | None = None
) -> Opened | None:
    """Open the door for a session that awaits its code: a new session with a new token; None for a wrong code.

    The caller commits in both cases. Raises Invalid("sign_in.wait") and Invalid("second_factor.over") when the session
    awaits none (any more).
    """
    session.refresh(half, with_for_update=True)
    if not half.awaits_code or half.ended_at is not None or half.person.disabled_at is not None:
        raise Invalid("second_factor.over")
    person = half.person
    if not prove_code(session, person, typed, key=key, address=address):
        return None
    throttle.right(session, Knock(throttle.of_word(person.login_word)))
    end_session(session, half)
    return open_session(session, person, device=half.device, own_device=half.own_device)


def sign_in(session: Session, *, word: str, passphrase: str, device: str = "") -> Opened | None:
    """Do `claim`, `check` and `enter` in one go; None when word and passphrase do not belong together.

    For a program with one user: it hashes within the caller's transaction. Pages do the three apart. The caller must
    commit in both cases. Raises as `claim`; a right passphrase is not even looked at while somebody has to wait.
    """
    return enter(session, check(claim(session, word=word), passphrase), device=device)
