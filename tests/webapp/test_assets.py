"""The build of the browser's part, and the frame and parts that every page is made of."""

from __future__ import annotations

import importlib.util
import itertools
import json
import re
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from jinja2 import DictLoader, Environment, FileSystemLoader
from jinja2.loaders import ChoiceLoader
from lxml import html

from webapp.assets import Assets, AssetsNotBuilt, UnknownAsset, template_globals

ROOT = Path(__file__).resolve().parents[2]
FRONTEND = ROOT / "webapp" / "frontend"
TEMPLATES = ROOT / "webapp" / "templates"
ASSETS = Assets(
    files={"src/app.css": "assets/app-1.css", "src/app.ts": "assets/app-2.js", "src/icons.svg": "assets/icons-3.svg"}
)
HELP = SimpleNamespace(name="Joke", phone="06 12 34 56 78", phone_uri="tel:+31612345678")


def load_hook() -> ModuleType:
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# ------------------------------------------------------------------------------------------------ finding built files


def test_a_page_finds_its_files_by_the_name_of_the_entry(tmp_path: Path) -> None:
    manifest = {"src/app.css": {"file": "assets/app-x1.css"}, "src/app.ts": {"file": "assets/app-x2.js"}}
    (tmp_path / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    assets = Assets.read(tmp_path)
    assert assets.css("app") == "/static/build/assets/app-x1.css"
    assert assets.js("app") == "/static/build/assets/app-x2.js"


def test_who_runs_an_unbuilt_checkout_reads_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(AssetsNotBuilt, match="npm run build"):
        Assets.read(tmp_path)


def test_a_page_that_asks_for_an_entry_that_is_not_there_says_which_there_are() -> None:
    with pytest.raises(UnknownAsset, match=r"src/dask\.css.*src/app\.css"):
        ASSETS.css("dask")


# --------------------------------------------------------------------------------------------------------- the build


def small_frontend(folder: Path) -> Path:
    (folder / "src").mkdir(parents=True)
    for name in ("package.json", "vite.config.ts", "tsconfig.json"):
        (folder / name).write_text("{}\n", encoding="utf-8")
    (folder / "package-lock.json").write_text("not a lock file\n", encoding="utf-8")
    (folder / "src" / "app.ts").write_text("export {};\n", encoding="utf-8")
    return folder


def test_a_change_in_any_source_asks_for_a_new_build(tmp_path: Path) -> None:
    hook, frontend = load_hook(), small_frontend(tmp_path)
    seen = {hook.fingerprint(frontend)}
    for name in ("package-lock.json", "vite.config.ts", "src/app.ts"):
        (frontend / name).write_text("changed\n", encoding="utf-8")
        seen.add(hook.fingerprint(frontend))
    (frontend / "src" / "app.ts").rename(frontend / "src" / "other.ts")
    seen.add(hook.fingerprint(frontend))
    assert len(seen) == 5


def test_line_ends_of_windows_are_no_change(tmp_path: Path) -> None:
    hook, frontend = load_hook(), small_frontend(tmp_path)
    before = hook.fingerprint(frontend)
    (frontend / "src" / "app.ts").write_bytes(b"export {};\r\n")
    assert hook.fingerprint(frontend) == before


def run_hook(hook: ModuleType, root: Path) -> list[str]:
    said: list[str] = []
    app = SimpleNamespace(display_waiting=said.append, display_warning=said.append)
    hook.FrontendBuildHook(str(root), {}, None, None, str(root), "wheel", app).initialize("editable", {})
    return said


def test_a_build_that_fits_the_sources_is_left_alone(tmp_path: Path) -> None:
    hook, frontend = load_hook(), small_frontend(tmp_path / "webapp" / "frontend")
    out = tmp_path / "webapp" / "static" / "build"
    out.mkdir(parents=True)
    (out / "manifest.json").write_text("{}", encoding="utf-8")
    (out / hook.STAMP).write_text(hook.fingerprint(frontend), encoding="ascii")
    assert run_hook(hook, tmp_path) == []


def test_without_a_way_to_build_the_earlier_build_stays_in_use_and_that_is_said(tmp_path: Path) -> None:
    hook = load_hook()
    small_frontend(tmp_path / "webapp" / "frontend")
    out = tmp_path / "webapp" / "static" / "build"
    out.mkdir(parents=True)
    (out / "manifest.json").write_text("{}", encoding="utf-8")
    (out / hook.STAMP).write_text("an older fingerprint", encoding="ascii")
    said = run_hook(hook, tmp_path)
    assert "keep the scripts and styles of an earlier build" in said[-1]
    assert hook.built_from(out) == "an older fingerprint"


def test_without_a_way_to_build_and_without_an_earlier_build_the_install_stops(tmp_path: Path) -> None:
    hook = load_hook()
    small_frontend(tmp_path / "webapp" / "frontend")
    with pytest.raises(hook.FrontendBuildError, match="npm's registry"):
        run_hook(hook, tmp_path)


def test_the_packages_are_named_by_content_and_not_by_address() -> None:
    lock = json.loads((FRONTEND / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: package for name, package in lock["packages"].items() if name}
    assert packages
    assert all("integrity" in package and "resolved" not in package for package in packages.values())


# ----------------------------------------------------------------------------------------------------- colours and type


def declarations(css: str, selector: str) -> dict[str, str]:
    block = css.split(selector + " {", 1)[1].split("}", 1)[0]
    return dict(re.findall(r"(--[\w-]+):\s*([^;]+);", block))


def contrast(one: str, other: str) -> float:
    def light(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


TOKENS = (FRONTEND / "src/styles/tokens.css").read_text(encoding="utf-8")
THEMES = (FRONTEND / "src/styles/themes.css").read_text(encoding="utf-8")
SCHEMES = {
    "day": declarations(TOKENS, ":root"),
    "night": declarations(TOKENS, ".layout-desk.scheme-dark"),
}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_text_colour_can_be_read_on_every_ground_it_stands_on(scheme: str) -> None:
    colour = SCHEMES[scheme]
    grounds = ("--paper", "--paper-raised", "--paper-sunk")
    pairs = [(text, ground) for text in ("--ink", "--ink-soft", "--accent") for ground in grounds]
    pairs += [("--on-accent", "--accent"), ("--on-accent", "--accent-deep"), ("--on-accent", "--brick")]
    pairs += [("--accent-deep", "--accent-tint"), ("--ink", "--selection")]
    pairs += [(f"--{name}", f"--{name}-tint") for name in ("amber", "brick", "fern")]
    pairs += [("--ink", f"--{name}-tint") for name in ("accent", "amber", "brick", "fern")]
    weak = {pair: contrast(colour[pair[0]], colour[pair[1]]) for pair in pairs}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_edges_of_fields_and_the_focus_ring_stand_out(scheme: str) -> None:
    colour = SCHEMES[scheme]
    for mark, ground in itertools.product(("--line-strong", "--focus"), ("--paper", "--paper-raised", "--paper-sunk")):
        assert contrast(colour[mark], colour[ground]) >= 3, (mark, ground)


def test_the_night_of_the_system_is_the_night_a_person_can_choose() -> None:
    assert declarations(TOKENS, ".layout-desk:not(.scheme-light)") == SCHEMES["night"]


def test_each_group_of_themes_differs_in_pattern_and_its_label_can_be_read() -> None:
    selectors = [".theme--bel", ".theme--sys", ".theme--hlp", ".theme--wrd", ".theme--idee"]
    groups = [declarations(THEMES, f"{name},\n.theme--hue-{i}") for i, name in enumerate(selectors, start=1)]
    assert len({group["--bar"] for group in groups}) == len(groups)
    for group in groups:
        assert contrast(group["--hue"], SCHEMES["day"]["--paper"]) >= 4.5
        assert contrast(group["--hue"], group["--tint"]) >= 4.5


# ----------------------------------------------------------------------------------------------------------- the pages

PAGE = """
{% extends "base.html" %}{% import "_macros.html" as ui with context %}
{% block title %}Nieuw gesprek{% endblock %}
{% block content %}
<h1 class="utrecht-heading-1">Nieuw gesprek</h1>
{{ ui.error_summary([("date", "Kies eerst een datum."), ("who", "Kies wie de ander is.")]) }}
{% call ui.form("/gesprekken") %}
{{ ui.field("date", "Datum", hint="Bijvoorbeeld 12 maart 2024", error="Kies eerst een datum.", value=typed) }}
{{ ui.field("notes", "Notities", rows=4, value=typed, optional=true) }}
{{ ui.field("place", "Plek", options=[("1", "Thuis"), ("2", "Bibliotheek")], value=2) }}
{{ ui.choice_field("who", "Wie is de ander?", [("c", "Cliënt"), ("k", "Consulent")], error="Kies wie de ander is.") }}
{{ ui.tick("known", "Ik ken de ander al") }}
{{ ui.button("Opslaan", kind="primary", icon="save") }}
{% endcall %}
{{ ui.interview_card(none, "gepland", "vraag toestemming.", "Toestemming vragen", "/x") }}
{{ ui.undo_notice("Weggehaald.", "/terug") }}
{{ ui.turn(12, typed, 345, "Merel") }}
{{ ui.quote("Ze belde terug.", "Merel, regel 12", "hlp") }}
{% endblock %}
"""


def page(**context: Any) -> html.HtmlElement:
    return html.document_fromstring(source(**context))


def source(**context: Any) -> str:
    loader = ChoiceLoader([DictLoader({"page.html": PAGE}), FileSystemLoader(TEMPLATES)])
    environment = Environment(loader=loader, autoescape=True, extensions=["jinja2.ext.i18n"])
    environment.install_gettext_callables(  # type: ignore[attr-defined]  # added by the extension
        lambda text: text, lambda one, many, n: one if n == 1 else many, newstyle=True
    )
    environment.globals.update(
        template_globals(lambda: ASSETS),
        csp_nonce=lambda: "nonce-1",
        csrf_token=lambda: "token-1",
        request=None,
        url_for=lambda endpoint, filename: f"/{endpoint}/{filename}",
    )
    everything: dict[str, Any] = {
        "me": SimpleNamespace(name="Samira", role_label="Interviewer"),
        "project": SimpleNamespace(name="Werkrelatie"),
        "help_contact": HELP,
        "languages": [("nl", "Nederlands", True), ("en", "English", False)],
        "language_url": "/taal",
        "sign_out_url": "/uitloggen",
        "navigation": [{"label": "Gesprekken", "url": "/", "icon": "messages-square", "current": True}],
        "breadcrumbs": [("Mijn gesprekken", "/")],
        "typed": "gewoon",
    }
    return environment.get_template("page.html").render({**everything, **context})


@pytest.mark.parametrize("layout", ["notebook", "desk"])
def test_every_page_has_one_main_one_title_and_a_first_link_to_the_content(layout: str) -> None:
    tree = page(layout=layout)
    assert len(tree.xpath("//main")) == len(tree.xpath("//h1")) == 1
    assert tree.xpath("//body//a[1]/@href")[0] == "#main"
    assert tree.xpath("//main/@tabindex") == ["-1"]
    assert tree.xpath("string(//title)") == "Nieuw gesprek · Dichterbij"
    assert tree.get("lang") == "nl"


def test_every_page_says_who_to_call() -> None:
    footer = page().xpath("//footer")[0]
    assert "Hulp nodig? Bel Joke:" in " ".join(footer.text_content().split())
    assert footer.xpath(".//a/@href") == ["tel:+31612345678"]


def test_a_page_has_no_script_or_style_that_the_policy_forbids() -> None:
    tree = page()
    assert tree.xpath("//style | //*[@style] | //@*[starts-with(name(), 'on')]") == []
    assert all(script.get("nonce") == "nonce-1" for script in tree.xpath("//script"))


def test_what_people_type_is_shown_as_text_and_never_as_markup() -> None:
    typed = '<img src=x onerror=alert(1)> "en" verder'
    tree = page(typed=typed, me=SimpleNamespace(name="<b>Samira</b>", role_label="Interviewer"))
    assert tree.xpath("//img | //summary//b") == []
    assert tree.xpath("//input[@id='date']/@value") == [typed]
    assert tree.xpath("string(//*[@data-turn])") == typed


def test_the_text_of_a_turn_is_exactly_the_words_so_that_offsets_count() -> None:
    assert page(typed="  Ja 🙂. ").xpath("string(//*[@data-turn='12'][@data-start='345'])") == "  Ja 🙂. "


def test_an_error_is_said_beside_its_field_and_in_the_list_that_leads_there() -> None:
    tree = page()
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    for link in tree.xpath("//*[@data-error-summary]//a/@href"):
        assert link[1:] in ids
    field = tree.get_element_by_id("date")
    assert field.get("aria-invalid") == "true"
    assert field.get("aria-describedby").split() == ["date-hint", "date-error"]
    for described in tree.xpath("//@aria-describedby"):
        assert set(described.split()) <= set(ids)


def test_every_field_has_a_label_and_every_form_that_changes_something_a_token() -> None:
    tree = page()
    for control in tree.xpath("//input[not(@type='hidden')] | //select | //textarea"):
        assert tree.xpath(f"//label[@for='{control.get('id')}']") or control.xpath("ancestor::label")
    for form in tree.xpath("//form[@method='post']"):
        assert form.xpath(".//input[@name='csrf_token']/@value") == ["token-1"]


def test_a_choice_that_was_made_stays_made() -> None:
    assert page().xpath("//select[@id='place']/option[@selected]/@value") == ["2"]


def test_every_icon_a_page_can_show_is_in_the_sprite() -> None:
    sprite = set(re.findall(r'<symbol id="([\w-]+)"', (FRONTEND / "src/icons.svg").read_text(encoding="utf-8")))
    asked = set()
    for template in TEMPLATES.rglob("*.html"):
        asked |= set(re.findall(r"""\bicon(?:=|\()["']([\w-]+)["']""", template.read_text(encoding="utf-8")))
    assert asked
    assert asked <= sprite


def test_the_list_on_top_of_the_macros_names_each_of_them() -> None:
    text = (TEMPLATES / "_macros.html").read_text(encoding="utf-8")
    top = text.split("-#}", 1)[0]
    listed = set(re.findall(r"^  (\w+)\(", top, re.MULTILINE))
    assert listed == {name for name in re.findall(r"macro (\w+)\(", text) if not name.startswith("_")} - {"attributes"}
