"""The command line: `dichterbij …`. Every command is a thin door to the same functions as the pages."""

from __future__ import annotations

from importlib import import_module

import click

COMMANDS = {
    "demo": "webapp.cli.demo:demo",
    "init": "webapp.cli.install:init",
    "serve": "webapp.cli.serve:serve",
    "worker": "webapp.cli.serve:worker",
    "doctor": "webapp.cli.install:doctor",
    "keys": "webapp.cli.keys:keys",
    "second-step": "webapp.cli.secondstep:second_step",
    "passphrase": "webapp.cli.newpassphrase:passphrase",
    "backup": "webapp.cli.backup:backup",
    "restore": "webapp.cli.backup:restore",
    "audit": "webapp.cli.audit:audit_",
    "withdraw": "webapp.cli.withdraw:withdraw",
    "retention": "webapp.cli.retention:retention_",
    "import": "webapp.cli.importing:import_",
    "analyse": "webapp.cli.analyse:analyse",
    "evaluate": "webapp.cli.evaluate:evaluate",
    "report": "webapp.cli.report:report",
}
"""Every command and where it lives."""


class Commands(click.Group):
    """A group that imports a command when it is asked for: no command waits for what another one needs."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names, in the order in which people meet them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return one command; None for a name that is no command."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="dichterbij", prog_name="dichterbij")
def main() -> None:
    """Dichterbij: van gesprek naar thema's, samen met ervaringsdeskundigen.

    Begin met `dichterbij demo`: een voorbeeldproject met verzonnen gesprekken.
    """
