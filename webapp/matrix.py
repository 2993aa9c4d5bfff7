"""Who may do what, on paper: `docs/permissions.md`, written from the table of rules and the list of pages.

`python -m webapp.matrix` writes it; with `--check` it only tells whether the page is still true (exit code 1 when not).
"""

from __future__ import annotations

import inspect
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
from flask import Flask

from coding.access import CodingPermission
from interviews import access
from interviews.access import RULES, Permission, Predicate
from interviews.keys import InstallationKey
from webapp import create_app
from webapp.guard import Door, permissions_of
from webapp.settings import Settings

PAGE = Path(__file__).parents[1] / "docs" / "permissions.md"
ROLES: tuple[tuple[Predicate, str], ...] = (
    (access.peer_interviewer, "peer interviewer"),
    (access.co_coder, "co-coder"),
    (access.researcher, "researcher"),
    (access.project_lead, "project lead"),
    (access.municipality_reader, "municipality reader"),
    (access.key_holder, "key holder"),
)
_HEAD = """# Who may do what

Written by `python -m webapp.matrix` from the table of rules (`interviews.access.RULES`, with the rows of
`coding.access`) and from the pages themselves. Change the rules, not this page; a test compares the two.

A stranger of a project gets the same answer for what exists and what does not: 404. A member without the right gets
403. Nobody signed in is sent to the page to sign in. Every change needs the token of the session.
"""


def render(app: Flask) -> str:
    """Return the whole page for the pages of `app`."""
    parts = [_HEAD, "## Rights\n", *_rights(), "\n## Conditions\n", *_conditions(), "\n## Pages\n", *_pages(app)]
    return "\n".join(parts) + "\n"


def _rights() -> Iterator[str]:
    yield from _row(["right", *(name for _, name in ROLES), "what it is"])
    yield from _row(["---"] * (len(ROLES) + 2))
    for permission in (*Permission, *CodingPermission):
        cells = [_cell(permission, role) for role, _ in ROLES]
        yield from _row([f"`{permission}`", *cells, _meaning(permission)])


def _cell(permission: str, role: Predicate) -> str:
    """Return under which conditions a role has a right: "yes", "–", or the conditions of each rule."""
    ways = []
    for rule in RULES.get(permission, []):
        if role not in rule and access.member not in rule:
            continue
        further = [holds.__name__.replace("_", " ") for holds in rule if holds not in (role, access.member)]
        if any(holds in rule for holds, _ in ROLES if holds is not role):
            continue
        ways.append(" and ".join(further) or "yes")
    return "; or ".join(ways) or "–"


def _meaning(permission: Permission | CodingPermission) -> str:
    """Return the words that stand under a permission where it is declared."""
    source = inspect.getsource(type(permission))
    after = source.split(f'{permission.name} = "{permission.value}"', 1)[1]
    return " ".join(after.split('"""')[1].split())


def _conditions() -> Iterator[str]:
    roles = {role for role, _ in ROLES} | {access.member}
    used = {holds for rules in RULES.values() for rule in rules for holds in rule} - roles
    for holds in sorted(used, key=lambda holds: holds.__name__):
        yield f"- **{holds.__name__.replace('_', ' ')}**: {inspect.getdoc(holds)}"


def _pages(app: Flask) -> Iterator[str]:
    yield from _row(["address", "method", "page", "who"])
    yield from _row(["---"] * 4)
    doors = permissions_of(app)
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: (rule.rule, sorted(rule.methods or ()))):
        methods = ", ".join(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))
        yield from _row([f"`{rule.rule}`", methods, f"`{rule.endpoint}`", _who(doors[rule.endpoint])])


def _who(door: Door | None) -> str:
    if door is None:
        return "nobody"
    if door.kind == "public":
        return "everybody"
    if door.kind == "signed_in" or door.model is None:
        return "everybody who is signed in"
    return f"`{door.permission}` on the {door.model.__name__}"


def _row(cells: Sequence[str]) -> Iterator[str]:
    yield "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def served() -> Flask:
    """Return the application with every page, over an installation that is thrown away."""
    with tempfile.TemporaryDirectory() as folder:
        key_file = Path(folder) / "installation.key"
        InstallationKey.generate().save(key_file)
        return create_app(Settings.from_environment(Path(folder) / "data", environment={}, key_file=key_file))


@click.command()
@click.option("--check", is_flag=True, help="Write nothing; exit code 1 when the page is no longer true.")
def main(check: bool) -> None:
    """Write docs/permissions.md."""
    page = render(served())
    if not check:
        PAGE.write_text(page, encoding="utf-8")
    elif not PAGE.exists() or PAGE.read_text(encoding="utf-8") != page:
        click.echo("docs/permissions.md is no longer true: run python -m webapp.matrix", err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
