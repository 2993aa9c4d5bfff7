"""House rules that a reader can check in the source itself."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def calls(tree: ast.AST, name: str) -> Iterator[ast.Call]:
    """Every call of a method `name`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == name:
            yield node


def test_there_is_one_place_that_commits(modules: list) -> None:
    commits = [module.path for module in modules for _ in calls(module.tree, "commit")]
    assert commits == ["interviews/db.py"]


def test_no_moment_is_without_a_zone(modules: list) -> None:
    naive = [
        f"{module.path}:{call.lineno}"
        for module in modules
        for name in ("now", "utcnow", "fromtimestamp", "utcfromtimestamp", "today")
        for call in calls(module.tree, name)
        if isinstance(call.func, ast.Attribute)
        and ast.unparse(call.func.value) in ("datetime", "datetime.datetime", "date", "datetime.date")
        and (name in ("utcnow", "utcfromtimestamp", "today") or len(call.args) + len(call.keywords) < needed(name))
    ]
    assert naive == []


def needed(name: str) -> int:
    """How many arguments it takes to name the zone."""
    return 2 if name == "fromtimestamp" else 1


def test_one_module_asks_what_time_it_is(modules: list) -> None:
    # So that a test can set the time for everybody at once.
    asking = {
        module.path
        for module in modules
        for call in calls(module.tree, "now")
        if isinstance(call.func, ast.Attribute) and ast.unparse(call.func.value) in ("datetime", "datetime.datetime")
    }
    assert asking == {"interviews/clock.py"}


def test_no_module_holds_two_rooms(modules: list) -> None:
    assert [f"{module.path}: {module.lines} lines" for module in modules if module.lines > 400] == []


def test_no_function_is_longer_than_a_page(modules: list) -> None:
    long = [
        f"{module.path}:{node.lineno} {node.name}: {node.end_lineno - node.lineno} lines"
        for module in modules
        for node in ast.walk(module.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno > 60
    ]
    assert long == []


def test_every_public_name_says_what_it_promises(modules: list) -> None:
    silent = []
    for module in modules:
        if module.tree.body and ast.get_docstring(module.tree) is None:
            silent.append(module.path)
        silent += [f"{module.path}:{node.lineno} {node.name}" for node in public(module.tree) if not spoken(node)]
    assert silent == []


Named = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def public(tree: ast.Module) -> Iterator[Named]:
    """Functions and classes of a module, and the methods of those classes, that others may use."""
    for node in tree.body:
        if isinstance(node, Named) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from (
                    inner
                    for inner in node.body
                    if isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef) and not inner.name.startswith("_")
                )


def spoken(node: Named) -> bool:
    """Tell whether a name has its words, itself or, as an override or overload, elsewhere."""
    elsewhere = {"overload", "override", "setter"}
    marks = {part for mark in node.decorator_list for part in ast.unparse(mark).split(".")}
    return ast.get_docstring(node) is not None or bool(marks & elsewhere)


# Dutch that only a sentence to a person holds; word lists and rules of the name finder have no full stop.
SPOKEN_DUTCH = re.compile(r"^[A-Z][^\n]*\b(je|de|het|een|niet|dit|deze|zijn|is)\b[^\n]*[.?!…]$")
WHERE_SENTENCES_ARE = ("coding/summaries/wording", "coding/formats/", "coding/data/", "interviews/detect/")


def test_below_the_door_nobody_speaks_to_people(modules: list) -> None:
    # `interviews` and `coding` return keys with fields; `webapp/messages.py` has the sentences. Reports are the one
    # exception: what a report says is the analysis' own work, and stands in one place.
    speaking = []
    for module in modules:
        if module.path.startswith("webapp/") or module.path.startswith(WHERE_SENTENCES_ARE):
            continue
        silent = docstrings(module.tree)
        for node in ast.walk(module.tree):
            if not isinstance(node, ast.Constant) or not isinstance(node.value, str) or node in silent:
                continue
            found = SPOKEN_DUTCH.match(node.value)
            if found and len(re.findall(r"\b(je|de|het|een|niet|deze|zijn|voor|met|van)\b", node.value)) > 1:
                speaking.append(f"{module.path}:{node.lineno} {node.value[:60]}")
    assert speaking == []


def docstrings(tree: ast.Module) -> set[ast.expr]:
    """String literals that stand alone as a statement."""
    return {
        node.value for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }


# Written in halves, so that this file does not name what it forbids.
MACHINE = re.compile(r"(?<![\w.~-])/(?:" + "work|farm|root|home/[a-z]+|Users/[A-Za-z]+" + r")/[a-z.]+(?:/|\b)")
REGISTRY = re.compile(
    "|".join(
        (
            r"registry\." + "npmjs",
            r"files\." + "pythonhosted",
            r"pypi\.org/sim" + "ple",
            r'"resolved":\s*"' + "http",
            r"^\s*--?(?:extra-)?" + "index-url",
        )
    ),
    re.MULTILINE,
)


@pytest.fixture(scope="module")
def committed() -> dict[str, str]:
    """Every text file that is or would be committed."""
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("not a checkout")
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout.split(b"\0")
    texts = {}
    for name in filter(None, listed):
        file = ROOT / name.decode()
        if file.is_file():
            try:
                texts[name.decode()] = file.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                continue
    return texts


def test_no_file_names_a_folder_of_one_machine(committed: dict[str, str]) -> None:
    assert [
        f"{name}: {found.group()}" for name, text in committed.items() if (found := MACHINE.search(text)) is not None
    ] == []


def test_no_file_names_where_packages_come_from(committed: dict[str, str]) -> None:
    assert [
        f"{name}: {found.group()}" for name, text in committed.items() if (found := REGISTRY.search(text)) is not None
    ] == []


def test_uv_lock_is_not_committed(committed: dict[str, str]) -> None:
    # It names download addresses (docs/adr); requirements.lock pins by hash alone.
    assert "uv.lock" not in committed


def test_nothing_is_left_for_later(committed: dict[str, str]) -> None:
    later = re.compile(r"(#|//|/\*|<!--).*\b(" + "TO" + "DO|FIX" + r"ME)\b")
    code = (".py", ".ts", ".css", ".html")
    assert [name for name, text in committed.items() if name.endswith(code) and later.search(text)] == []


def test_a_rule_that_is_set_aside_is_named(committed: dict[str, str]) -> None:
    bare = re.compile(r"# (type: " + "ignore|no" + r"qa)\s*$", re.MULTILINE)
    assert [name for name, text in committed.items() if name.endswith(".py") and bare.search(text)] == []
