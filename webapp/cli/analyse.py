"""`dichterbij analyse`: the main job on files, without a server and without a database."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from coding import analysis
from coding.analysis import Analysed
from coding.evaluation import prediction_json
from coding.formats import codebook_yaml, word
from coding.lexicon import Lexicon
from coding.starter import start_lexicon
from coding.summaries.analysis import analysis_summary
from coding.summaries.material import FileFacts, ProjectFacts, ThemeFacts
from coding.summaries.overview import overview
from coding.summaries.tree import Summary
from interviews.clock import now
from interviews.detect.finder import default_finder
from interviews.errors import Invalid
from webapp.cli.console import Failed, explain, print_json, read_transcript, result, say, track
from webapp.messages import sentence


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--out", "out", required=True, type=click.Path(file_okay=False, path_type=Path), help="Map voor de uitkomst."
)
@click.option(
    "--codebook",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Lijst met thema's (YAML). Anders de startlijst.",
)
@click.option(
    "--language", type=click.Choice(["nl", "en"]), default="nl", show_default=True, help="Taal van de verslagen."
)
@click.option("--json", "as_json", is_flag=True, help="Druk de uitkomst af als JSON.")
def analyse(files: tuple[Path, ...], out: Path, codebook: Path | None, language: str, as_json: bool) -> None:
    """Zoek namen en thema's in uitgetypte gesprekken. Alles is een voorstel: een mens beslist.

    Per bestand komen er een Word-samenvatting en NAAM.pred.json, en één overview.docx over alle bestanden. Bestanden
    worden één voor één gelezen, dus ook honderden gesprekken passen in het geheugen.
    """
    from coding.tagging.tagger import default_tagger

    lexicon = _lexicon(codebook)
    files = tuple(dict.fromkeys(files))
    labels = _labels(files)
    _make_folder(out, files, labels)
    papers = _Papers(out, analysis.run_facts(lexicon, title=lexicon.title), analysis.theme_facts(lexicon), language)
    finder, tagger = default_finder(), default_tagger(lexicon)
    facts: list[FileFacts] = []
    results: list[dict[str, object]] = []
    failed: list[str] = []
    began, words = time.perf_counter(), 0
    for number, path in enumerate(track(files, total=len(files), label="Lezen", quiet=as_json), start=1):
        try:
            draft = read_transcript(path)
        except Invalid as problem:
            failed.append(path.name)
            say(f"{path.name}: {explain(problem)}")
            continue
        name = labels[path]
        one = analysis.analyse(str(draft.metadata.get("id") or name), draft, finder=finder, tagger=tagger)
        shown = f"bestand {number}" if analysis.names_somebody(path.stem, one, finder) else name
        notes = [sentence(note.key, **note.fields) for note in draft.notes]
        file = analysis.file_facts(one, label=shown, notes=notes, language=language)
        papers.of_one(name, one, file)
        words += one.words
        # The overview needs counts only: without the lines memory stays flat over hundreds of files.
        facts.append(analysis.counts_only(file))
        found = {"words": one.words, "names": len(one.names), "themes": len(one.themes)}
        results.append({"file": path.name, "name": name, "id": one.id, **found})
    if facts:
        papers.of_all(facts)
    seconds = time.perf_counter() - began
    if as_json:
        print_json({"files": results, "failed": failed, "words": words, "seconds": round(seconds, 2)})
    else:
        result(
            f"{len(results)} {'gesprek' if len(results) == 1 else 'gesprekken'} gelezen, {words} woorden in {seconds:.1f} seconden "
            f"({words / max(seconds, 0.001):.0f} woorden per seconde). De uitkomst staat in {out}."
        )
    if failed:
        raise Failed


@dataclass(frozen=True, slots=True)
class _Papers:
    """What a run writes in its folder."""

    out: Path
    project: ProjectFacts
    themes: Sequence[ThemeFacts]
    language: str

    def of_one(self, name: str, one: Analysed, file: FileFacts) -> None:
        """Write what was found in one file.

        Named after the file, never after what the file says its id is: that could be an address elsewhere.
        """
        prediction = json.dumps(prediction_json(one.id, one.names, one.themes), ensure_ascii=False, indent=1)
        (self.out / f"{name}.pred.json").write_text(prediction, encoding="utf-8")
        summary = analysis_summary(
            project=self.project, file=file, themes=self.themes, created=now(), language=self.language, times=True
        )
        self._write(name, summary)

    def of_all(self, files: Sequence[FileFacts]) -> None:
        """Write the overview."""
        summary = overview(project=self.project, files=files, themes=self.themes, created=now(), language=self.language)
        self._write("overview", summary)

    def _write(self, name: str, summary: Summary) -> None:
        with (self.out / f"{name}.docx").open("wb") as stream:
            word.write(summary, stream)


def _lexicon(path: Path | None) -> Lexicon:
    if path is None:
        return start_lexicon()
    try:
        return codebook_yaml.read(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise Failed(sentence("codebook.unreadable")) from error
    except Invalid as problem:
        raise Failed(f"{path.name}: {explain(problem)}") from problem


def _labels(files: tuple[Path, ...]) -> dict[Path, str]:
    """Return a name per file, from its own name; files of the same name in different folders get a number."""
    # Compared without capitals: on some disks "A.docx" and "a.docx" are one file.
    taken = {"overview"}
    labels = {}
    for path in files:
        label, number = path.stem, 1
        while label.casefold() in taken:
            number += 1
            label = f"{path.stem}-{number}"
        taken.add(label.casefold())
        labels[path] = label
    return labels


def _make_folder(out: Path, files: tuple[Path, ...], labels: dict[Path, str]) -> None:
    """Make the folder. Raises UsageError when a result would take the place of a file that is read."""
    sources = {path.resolve() for path in files}
    results = {out / f"{label}{end}" for label in labels.values() for end in (".docx", ".pred.json")}
    if sources & {path.resolve() for path in (*results, out / "overview.docx")}:
        raise click.UsageError("De uitkomst zou over een van de bestanden heen komen. Kies een andere map met --out.")
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Failed(f"De map {out} kan ik niet maken. Kies een andere map.") from error
