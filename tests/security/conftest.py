"""What the tests of this folder share: two full projects."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from interviews.db import transaction
from interviews.keys import KeyStore
from interviews.sealedfiles import SealedFiles
from tests.factories import Cast
from tests.security.estate import Estate, estates
from webapp.settings import Settings


@pytest.fixture
def both(db: Session, cast: Cast, keys: KeyStore, settings: Settings) -> tuple[Estate, Estate]:
    """Alice's project and Zoë's, each with one of everything; committed."""
    with transaction(db):
        return estates(db, cast, keys, SealedFiles(settings.data / "files"))


@pytest.fixture
def ours(both: tuple[Estate, Estate]) -> Estate:
    """Alice's project."""
    return both[0]


@pytest.fixture
def theirs(both: tuple[Estate, Estate]) -> Estate:
    """Zoë's project."""
    return both[1]
