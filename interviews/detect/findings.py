"""What the name finder proposes."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from interviews.turns import TurnSpan


class IdentifierType(enum.StrEnum):
    """Kinds of identifying words; the values are those of `par-gold/1`."""

    PERSON = "PERSON"
    PLACE = "PLACE"
    LOCATION = "LOCATION"
    ADDRESS = "ADDRESS"
    POSTCODE = "POSTCODE"
    ORG = "ORG"
    AGE = "AGE"
    DATE = "DATE"
    PHONE = "PHONE"
    EMAIL = "EMAIL"
    USERNAME = "USERNAME"
    BSN = "BSN"
    IBAN = "IBAN"
    CLIENT_NO = "CLIENT_NO"
    LICENSE_PLATE = "LICENSE_PLATE"
    INDIRECT = "INDIRECT"


@dataclass(frozen=True, slots=True)
class Finding:
    """One proposed identifier.

    `entity` is equal for all findings in one transcript that mean the same person, place or thing (so that they get
    one pseudonym); it is a neutral key such as "PERSON-2", never made from the words. `reason` names a message that
    tells a lay reader why this was proposed (for example "first_name", "after_title", "bsn_eleven_test"). `score` is
    between 0 and 1: how sure the rule is, from its own precision on material it was not written for.
    """

    span: TurnSpan
    type: IdentifierType
    entity: str
    reason: str
    score: float
