"""In the pseudo-language no page shows a word that never passed through a catalogue; nor do its scripts."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from sqlalchemy import select

from coding.models import Memo, Theme
from interviews import names, transcripts
from interviews.models import (
    Interview,
    Interviewee,
    LoginSession,
    Municipality,
    NameEntity,
    Person,
    Project,
    SpeakerRow,
    Transcript,
    Withdrawal,
)
from tests.browser.conftest import DESK, sign_in, watched
from tests.browser.house import House
from tests.browser.visits import OTHER_VISITS, VISITS, Sights
from tests.browser.watching import settle
from tests.pages import untranslated
from webapp.example import ACCOUNTS, PASSPHRASE

FULL = bool(os.environ.get("DICHTERBIJ_FULL"))
READERS = [account.login_word for account in ACCOUNTS if FULL or account.login_word in {"interviewer", "leider"}]
"""Between them the interviewer and the lead open nearly every page; the full run asks everybody."""
FULL_OF_WORDS = frozenset(name for name in VISITS if name.partition(".")[0] == "removals")
"""Pages that consist of what people said, in which every line can be pointed at."""
KINDS = (
    *(Interview.code, Interviewee.code, Interviewee.pseudonym, Interview.reflection),
    *(Municipality.name, Project.title, Project.client_word, Project.consulent_word),
    *(Person.display_name, Person.login_word, Theme.name, SpeakerRow.label, NameEntity.replacement),
    LoginSession.device,
    Withdrawal.code,
)
"""What people or the list of themes named; it may stand within a sentence."""


@pytest.fixture
def typed(example_house: House, seen: Sights) -> set[str]:
    """Every name and title in the example, and the names that were found in texts whose names are not away yet."""
    keys = example_house.place.keys
    with example_house.arranging() as session:
        data = {str(word) for kind in KINDS for word in session.scalars(select(kind).distinct()) if word}
        data |= {text[:40] for text in session.scalars(select(Memo.text))}
        waiting = select(Transcript).where(Transcript.interview_id.in_((seen.typed, seen.handed_in)))
        for transcript in session.scalars(waiting):
            _revision, turns = transcripts.open_raw(session, transcript, keys=keys)
            for reading in names.review(session, transcript, turns, keys=keys):
                data |= {turns[one.turn].text[one.start : one.end] for one, _words in reading.mentions}
    return data


@pytest.fixture
def pseudo(example_house: House) -> Iterator[House]:
    """The example in the pseudo-language."""
    example_house.app.config["PSEUDO_LANGUAGE"] = True
    yield example_house
    example_house.app.config["PSEUDO_LANGUAGE"] = False


@pytest.fixture(scope="module")
def looked() -> set[str]:
    """The pages that somebody before could open; with DICHTERBIJ_FULL=1 everybody looks at everything."""
    return set()


@pytest.mark.parametrize("who", READERS)
def test_no_page_shows_a_word_without_a_catalogue(
    who: str,
    chromium: Browser,
    example_house: House,
    seen: Sights,
    request: pytest.FixtureRequest,
    looked: set[str],
) -> None:
    loose: list[str] = []
    opened: set[str] = set()
    with watched(chromium, example_house, DESK) as context:
        page = context.new_page()
        sign_in(page, who, PASSPHRASE)
        typed = request.getfixturevalue("typed")
        request.getfixturevalue("pseudo")
        for endpoint, addresses in {**VISITS, **OTHER_VISITS}.items():
            if endpoint in FULL_OF_WORDS:
                continue
            for address in addresses(seen):
                if not FULL and address in looked:
                    continue
                answer = page.goto(address)
                assert answer is not None
                if answer.ok:
                    opened.add(address)
                # As the scripts left it: what they say comes out of a catalogue too.
                settle(page)
                found = untranslated(page.content(), data=typed)
                loose += [f"{address}: {text}" for text in found]
    assert not loose, "\n".join(dict.fromkeys(loose))
    looked |= opened
