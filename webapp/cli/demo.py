"""`dichterbij demo`: an example project to look at, ready to serve, with nothing to set up."""

from __future__ import annotations

import time
from pathlib import Path

import click
from platformdirs import user_data_path

from interviews import recordings
from interviews.db import DatabaseLocked, transaction, writing
from interviews.keys import KeysError
from interviews.sealedfiles import SealedFiles
from webapp import example
from webapp.cli.console import Failed, errors, say
from webapp.cli.serve import run
from webapp.installation import Installation, KeyLost, create
from webapp.settings import Settings


@click.command()
@click.option("--port", type=int, default=8000, show_default=True, help="Poort op deze computer.")
@click.option("--host", default="127.0.0.1", show_default=True, help="0.0.0.0 om hem ook op je telefoon te bekijken.")
@click.option("--data", type=click.Path(file_okay=False, path_type=Path), default=None, help="Map voor het voorbeeld.")
@click.option("--prepare", is_flag=True, help="Maak het voorbeeld klaar en stop dan.")
def demo(port: int, host: str, data: Path | None, prepare: bool) -> None:
    """Bekijk een voorbeeldproject met tien verzonnen gesprekken. Er hoeft niets te worden ingesteld."""
    folder = (data or user_data_path("dichterbij-voorbeeld")).resolve()
    # The key lies beside the data on purpose: everything here is made up, and the folder can be thrown away as one.
    settings = Settings.from_environment(
        folder, environment={}, key_file=folder / "voorbeeld.key", demo=True, host=host, port=port
    )
    began = time.perf_counter()
    try:
        place = create(settings)
    except (KeyLost, KeysError, DatabaseLocked) as error:
        raise Failed(f"De sleutel in {folder} past niet. Gooi die map weg en begin opnieuw.") from error
    try:
        _fill(place)
        say(f"Het voorbeeld staat klaar na {time.perf_counter() - began:.0f} seconden. Alles erin is verzonnen.")
        if not prepare:
            run(place, host=host, port=port)
    finally:
        place.engine.dispose()


def _fill(place: Installation) -> None:
    with writing(place.engine)() as session:
        if example.exists(session):
            return
        say("Voorbeeldproject maken: tien verzonnen gesprekken lezen, namen weghalen, geluid maken …")
        from coding.tagging.tagger import default_tagger
        from interviews.detect.finder import default_finder

        files = SealedFiles(place.settings.data / "files")
        with errors.status("Even geduld"), transaction(session):
            example.create(session, keys=place.keys, files=files, finder=default_finder(), tagger=default_tagger())
        # The pieces in which the sound came in are joined by now.
        recordings.sweep(session, files)
