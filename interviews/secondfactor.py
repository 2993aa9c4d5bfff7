"""The second factor: an authenticator app that shows a new code every 30 seconds (TOTP, RFC 6238), and recovery codes.

The secret is sealed under a key of the installation. A code works once: the last step that was used is stored, and
moving it forward is one conditional change, so that of two who send the same code at one moment one gets in. Ten
recovery codes of 80 random bits are shown once and stored as hashes; each works once, in the same way.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import uuid
from collections.abc import Collection
from dataclasses import dataclass, field

import pyotp
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from interviews import clock
from interviews.access import Actor
from interviews.audit import record
from interviews.errors import Invalid
from interviews.keys import InstallationKey, SealBroken
from interviews.models import Membership, Person, Project, RecoveryCode, SecondFactor
from interviews.models.project import Role

STEP_SECONDS = 30
SLACK = 1
"""Steps before and after the present one that are accepted: clocks of phones differ."""
RECOVERY_CODES = 10
RECOVERY_BITS = 80
ISSUER = "Dichterbij"
_NONCE_BYTES = 12
# Crockford's letters: 32 of them, 5 bits each, none that looks like another.
_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
_AS_WRITTEN = str.maketrans({"o": "0", "i": "1", "l": "1"})
OBLIGED = frozenset({Role.RESEARCHER, Role.PROJECT_LEAD, Role.KEY_HOLDER})
"""Roles that reach every story of a project, and so need more than a passphrase."""


@dataclass(frozen=True, slots=True)
class Secrets:
    """What people get to see once: the codes for when the phone is lost."""

    codes: tuple[str, ...] = field(repr=False)


def obliged(session: Session, person_id: uuid.UUID) -> bool:
    """Tell whether this person must have a second factor: a role of `OBLIGED` in a project that is not made up."""
    return (
        session.scalar(
            select(Membership.id)
            .join(Project)
            .where(Membership.person_id == person_id, Membership.role.in_(OBLIGED), Project.made_up.is_(False))
            .limit(1)
        )
        is not None
    )


def is_obliging(project: Project, roles: Collection[Role]) -> bool:
    """Tell whether these roles in `project` ask for a second factor."""
    return not project.made_up and bool(OBLIGED & set(roles))


def of(session: Session, person_id: uuid.UUID) -> SecondFactor | None:
    """Return the second factor of a person, None without one."""
    return session.get(SecondFactor, person_id)


def new_secret() -> str:
    """Return a new secret of 160 random bits, in base32 as authenticator apps read it."""
    return pyotp.random_base32()


def in_groups(secret: str) -> str:
    """Return a secret in groups of four, to type over."""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))


def address_of(secret: str, person: Person) -> str:
    """Return what the QR picture says: the `otpauth:` address that an authenticator app takes in."""
    return pyotp.TOTP(secret, interval=STEP_SECONDS).provisioning_uri(name=person.login_word, issuer_name=ISSUER)


def set_up(session: Session, person: Person, *, secret: str, code: str, key: InstallationKey) -> Secrets:
    """Take `secret` into use when `code` shows that an app has it; whatever was there before stops working.

    Raises Invalid("second_factor.wrong") for a code that does not belong to the secret now. The caller ends the other
    sessions of the person.
    """
    step = _step_of(secret, code)
    if step is None:
        raise Invalid("second_factor.wrong")
    row = of(session, person.id)
    if row is None:
        row = SecondFactor(person_id=person.id, sealed=b"", last_step=step)
        session.add(row)
    row.sealed, row.last_step, row.since = _seal(key, person.id, secret), step, clock.now()
    session.flush()
    record(session, Actor(person.id), "second_factor.set_up", person, project_id=None)
    return new_recovery_codes(session, person)


def new_recovery_codes(session: Session, person: Person) -> Secrets:
    """Make ten new recovery codes; the old ones stop working."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person.id))
    codes = tuple(_recovery_code() for _ in range(RECOVERY_CODES))
    session.add_all([RecoveryCode(person_id=person.id, code_hash=_hash(code)) for code in codes])
    session.flush()
    record(session, Actor(person.id), "second_factor.codes", person, project_id=None)
    return Secrets(codes)


def codes_left(session: Session, person: Person) -> int:
    """Return how many recovery codes still work."""
    left = session.scalar(
        select(func.count())
        .select_from(RecoveryCode)
        .where(RecoveryCode.person_id == person.id, RecoveryCode.used_at.is_(None))
    )
    return int(left or 0)


def use(session: Session, person_id: uuid.UUID, typed: str, *, key: InstallationKey) -> bool:
    """Tell whether `typed` is a code of the app, or a recovery code, that was not used before; from now on it was.

    The caller commits. Of two who ask with the same code at one moment, one gets True.
    """
    plain = re.sub(r"[\s-]+", "", typed).lower()
    if re.fullmatch(r"[0-9]{6}", plain):
        return _use_app(session, person_id, plain, key=key)
    return _use_recovery(session, person_id, plain)


def _use_app(session: Session, person_id: uuid.UUID, code: str, *, key: InstallationKey) -> bool:
    row = of(session, person_id)
    step = None if row is None else _step_of(_open(key, person_id, row.sealed), code)
    if step is None:
        return False
    moved = session.execute(
        update(SecondFactor)
        .where(SecondFactor.person_id == person_id, SecondFactor.last_step < step)
        .values(last_step=step)
        .execution_options(synchronize_session=False)
    )
    if row is not None:
        session.expire(row)
    return bool(moved.rowcount == 1)  # type: ignore[attr-defined]  # an UPDATE has it


def _use_recovery(session: Session, person_id: uuid.UUID, code: str) -> bool:
    used = session.execute(
        update(RecoveryCode)
        .where(
            RecoveryCode.person_id == person_id,
            RecoveryCode.code_hash == _hash(code.translate(_AS_WRITTEN)),
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=clock.now())
    )
    if used.rowcount != 1:  # type: ignore[attr-defined]  # an UPDATE has it
        return False
    person = session.get_one(Person, person_id)
    record(session, Actor(person_id), "second_factor.recovery_used", person, project_id=None)
    return True


def take_away(session: Session, person_id: uuid.UUID) -> None:
    """Erase the second factor and the recovery codes. No right is asked for: the verbs that reset one do."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person_id))
    session.execute(delete(SecondFactor).where(SecondFactor.person_id == person_id))


def _step_of(secret: str, code: str) -> int | None:
    """Return the step of which `code` is the code, the newest one first; None when it is of none near now."""
    plain = re.sub(r"\s+", "", code)
    app = pyotp.TOTP(secret, interval=STEP_SECONDS)
    present = int(clock.now().timestamp()) // STEP_SECONDS
    found = None
    for step in range(present - SLACK, present + SLACK + 1):
        if hmac.compare_digest(app.generate_otp(step).encode(), plain.encode()):
            found = step
    return found


def _recovery_code() -> str:
    letters = "".join(secrets.choice(_LETTERS) for _ in range(RECOVERY_BITS // 5))
    return "-".join(letters[start : start + 4] for start in range(0, len(letters), 4))


def _hash(code: str) -> bytes:
    return hashlib.sha256(b"recovery:" + code.replace("-", "").encode()).digest()


def _cipher(key: InstallationKey) -> AESGCM:
    # One of the purposes whose key stays the same when the installation gets a new key (`interviews.keys`).
    return AESGCM(key.derive("second factors"))


def _seal(key: InstallationKey, person_id: uuid.UUID, secret: str) -> bytes:
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + _cipher(key).encrypt(nonce, secret.encode("ascii"), person_id.bytes)


def _open(key: InstallationKey, person_id: uuid.UUID, sealed: bytes) -> str:
    """Raises SealBroken for what another key sealed, or what was put with another person."""
    try:
        return _cipher(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], person_id.bytes).decode("ascii")
    except InvalidTag:
        raise SealBroken(f"second_factor/{person_id}") from None
