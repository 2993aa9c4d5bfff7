"""Every page says who may open it."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from interviews.access import RULES
from interviews.keys import InstallationKey
from webapp import create_app
from webapp.guard import permissions_of
from webapp.settings import Settings

# Pages for everybody: adding one is a decision, so it is made here too.
OPEN_TO_ALL = {
    "static",
    "auth",
    # Half-way in, locked, or not signed in yet: each asks `identity.held` or `stepping.present` itself.
    "stepping",
    "secondfactor",
    "locking",
    "cards.card",
    "cards.card_submit",
    "help",
    "home.choose_language",
    # An interviewee has no account: the link, the spoken code and the number of tries are the door (`interviews.passes`).
    "guests",
    # Kept by a phone before anybody signs in on it. There is nobody's word in these, and no name of a project.
    "offline.shell",
    "offline.worker",
    "offline.manifest",
    # Also tells a browser whose session is over that its drafts must go; the key goes to who is signed in on the device.
    "offline.device",
}
# Rows of the person's own account, no matter of any project: the verb itself asks whose they are.
OWN_ACCOUNT = {"auth.end_device", "auth.revoke_device"}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    folder: Path = tmp_path_factory.mktemp("doors")
    key_file = folder / "installation.key"
    InstallationKey.generate().save(key_file)
    return create_app(Settings.from_environment(folder / "data", environment={}, key_file=key_file))


def test_every_page_has_a_door(app: Flask) -> None:
    assert [endpoint for endpoint, door in permissions_of(app).items() if door is None] == []


def test_only_signing_in_and_help_are_open_to_all(app: Flask) -> None:
    public = {endpoint for endpoint, door in permissions_of(app).items() if door is not None and door.kind == "public"}
    assert {endpoint for endpoint in public if not {endpoint, endpoint.split(".")[0]} & OPEN_TO_ALL} == set()


def test_every_door_asks_for_a_right_that_the_table_knows(app: Flask) -> None:
    asked = {door.permission for door in permissions_of(app).values() if door is not None and door.permission}
    assert asked <= set(RULES)


def test_every_address_with_a_row_in_it_is_opened_by_that_row(app: Flask) -> None:
    doors = permissions_of(app)
    loose = []
    for rule in app.url_map.iter_rules():
        door = doors[rule.endpoint]
        ids = {argument for argument in rule.arguments if argument.endswith("_id")}
        if (
            ids
            and rule.endpoint not in OWN_ACCOUNT
            and door is not None
            and (door.kind != "opens" or door.arg not in ids)
        ):
            loose.append(f"{rule.rule} {rule.endpoint}")
    assert loose == []


def test_what_changes_something_cannot_be_asked_for_by_a_link(app: Flask) -> None:
    # GET and POST are two functions: a view that answers both decides inside, where no test can see it.
    both = [rule.rule for rule in app.url_map.iter_rules() if rule.methods and {"GET", "POST"} <= rule.methods]
    assert both == []
