"""`dichterbij evaluate`: how well names and themes are found, against interviews that careful readers marked."""

from __future__ import annotations

import json
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from coding import analysis
from coding.evaluation import Case, NameScore, ThemeScore, prediction_json, score_names, score_themes
from interviews.detect.finder import default_finder
from interviews.errors import Invalid
from webapp.cli.console import Failed, explain, print_json, read_transcript, result, track


@click.command()
@click.argument("gold_dir", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Druk de cijfers af als JSON.")
def evaluate(gold_dir: Path, as_json: bool) -> None:
    """Meet de voorstellen aan gesprekken die mensen hebben gemarkeerd.

    GOLD_DIR bevat paren ID.json (par-transcript/1) en ID.gold.json (par-gold/1).
    """
    from coding.tagging.tagger import default_tagger

    paths = sorted(gold_dir.glob("*.gold.json"))
    if not paths:
        raise Failed(f"In {gold_dir} staat geen bestand dat op .gold.json eindigt. Kies een andere map.")
    finder, tagger = default_finder(), default_tagger()
    cases = []
    for path in track(paths, total=len(paths), label="Meten", quiet=as_json):
        source = path.with_name(path.name.removesuffix(".gold.json") + ".json")
        try:
            if not source.is_file():
                raise Failed(f"Bij {path.name} hoort {source.name}, en dat bestand is er niet.")
            draft = read_transcript(source)
            gold = json.loads(path.read_text(encoding="utf-8"))
            transcript = json.loads(source.read_text(encoding="utf-8"))
        except ValueError as error:
            raise Failed(f"{path.name} is geen leesbare JSON.") from error
        except Invalid as problem:
            raise Failed(f"{source.name}: {explain(problem)}") from problem
        one = analysis.analyse(path.name.removesuffix(".gold.json"), draft, finder=finder, tagger=tagger)
        cases.append(Case(transcript, gold, prediction_json(one.id, one.names, one.themes)))
    try:
        names, themes = score_names(cases), score_themes(cases)
    except (KeyError, TypeError, AttributeError) as error:
        raise Failed("De gemarkeerde gesprekken zijn niet van de soort par-gold/1. Kies een andere map.") from error
    if as_json:
        print_json({"interviews": len(cases), "names": names.as_dict(), "themes": themes.as_dict()})
    else:
        _print(len(cases), names, themes)


def _print(interviews: int, names: NameScore, themes: ThemeScore) -> None:
    table = Table(title=f"{interviews} gesprekken", title_justify="left")
    for heading in ("", "gevonden", "juiste soort", "precisie"):
        table.add_column(heading, justify="left" if not heading else "right")
    table.add_row("namen", f"{names.recall:.3f}", f"{names.typed:.3f}", f"{names.precision:.3f}")
    for kind, share in names.by_type.items():
        table.add_row(f"  {kind}", f"{share.found}/{share.total}", "", "")
    table.add_row("één persoon, één naam", f"{names.consistency.ratio:.3f}", "", "")
    table.add_row("  samen één naam", str(names.joined), "", "")
    table.add_row("thema's", f"{themes.recall:.3f}", f"F1 {themes.micro_f1:.3f}", f"{themes.precision:.3f}")
    for wording, share in themes.by_wording.items():
        table.add_row(f"  {wording}", f"{share.found}/{share.total}", "", "")
    table.add_row("valstrikken", f"{themes.traps.found}/{themes.traps.total}", "", "")
    Console(highlight=False, markup=False).print(table)
    result(f"Zwakste thema's: {', '.join(themes.weakest)}")
