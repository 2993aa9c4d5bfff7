"""`python -m webapp.cli`: the same as the command `dichterbij`."""

from webapp.cli import main

main(prog_name="dichterbij")
