"""The page about the commands, against the commands themselves."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from webapp.cli import main

PAGE = Path(__file__).resolve().parents[3] / "docs" / "commands.md"
SECTIONS = {
    found[1]: found[2]
    for found in re.finditer(r"^## `dichterbij (\S+)`\n(.*?)(?=^## )", PAGE.read_text(encoding="utf-8"), re.M | re.S)
}
CONTEXT = click.Context(main)
COMMANDS = sorted(main.list_commands(CONTEXT))


def parameters(name: str) -> list[click.Parameter]:
    command = main.get_command(CONTEXT, name)
    assert command is not None
    return command.params


def test_every_command_has_a_heading_and_no_heading_lacks_its_command() -> None:
    assert sorted(SECTIONS) == COMMANDS


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_and_argument_has_its_line(name: str) -> None:
    lines = "\n".join(line for line in SECTIONS[name].splitlines() if line.startswith("- "))
    told = set(re.findall(r"`(--[a-z-]+|[A-Z_]+)`", lines))
    real = set()
    for parameter in parameters(name):
        if isinstance(parameter, click.Option):
            real |= {option for option in parameter.opts if option.startswith("--")}
        else:
            real.add(parameter.human_readable_name.upper())
    assert {word for word in told if word.startswith("--") or word in real} == real


@pytest.mark.parametrize("name", [[], *([command] for command in COMMANDS)])
def test_help_is_in_plain_words_on_the_spot(name: list[str]) -> None:
    ran = CliRunner().invoke(main, [*name, "--help"])
    assert ran.exit_code == 0
    assert len(ran.output.splitlines()) > 5
    for parameter in parameters(name[0]) if name else ():
        if isinstance(parameter, click.Option):
            assert parameter.help, parameter.name


def test_every_variable_that_is_read_is_in_the_table() -> None:
    root = PAGE.parents[1]
    source = "\n".join((root / "webapp" / name).read_text() for name in ("settings.py", "installation.py"))
    read = set(re.findall(r'\.get\("([A-Z_]+)"\)', source))
    assert read
    assert read <= set(re.findall(r"`([A-Z_]+)`", PAGE.read_text(encoding="utf-8").partition("## Variables")[2]))
