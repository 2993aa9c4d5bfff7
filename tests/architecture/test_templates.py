"""Pages leave escaping to Jinja and carry no script or style of their own: the content security policy forbids both."""

from __future__ import annotations

import ast
import re

COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)


def found(templates: dict[str, str], pattern: str) -> list[str]:
    """Where a pattern stands in the templates, comments left out."""
    expression = re.compile(pattern, re.IGNORECASE)
    return [
        f"{name}: {match.group()[:80]}"
        for name, text in templates.items()
        for match in expression.finditer(COMMENT.sub("", text))
    ]


def test_there_are_templates(templates: dict[str, str]) -> None:
    assert templates


def test_nothing_is_declared_safe(templates: dict[str, str]) -> None:
    assert found(templates, r"\|\s*safe\b") == []
    assert found(templates, r"\{%-?\s*autoescape\s+false") == []


def test_no_element_has_a_style_or_a_handler_of_its_own(templates: dict[str, str]) -> None:
    assert found(templates, r"<style\b") == []
    assert found(templates, r"<[a-z][^>]*\sstyle\s*=") == []
    assert found(templates, r"<[a-z][^>]*\son[a-z]+\s*=\s*[\"']") == []
    assert found(templates, r"(?:href|src|action)\s*=\s*[\"']\s*javascript:") == []


def test_every_script_has_the_nonce_and_comes_from_a_file_or_is_data(templates: dict[str, str]) -> None:
    for name, text in templates.items():
        for match in re.finditer(r"<script\b(.*?)>", COMMENT.sub("", text), re.DOTALL):
            attributes = match[1]
            assert "nonce=" in attributes, (name, match.group())
            assert re.search(r"\ssrc=|type=\"application/json\"", attributes), (name, match.group())


def test_data_in_a_script_is_written_by_tojson(templates: dict[str, str]) -> None:
    for name, text in templates.items():
        for match in re.finditer(r"<script[^>]*application/json[^>]*>(.*?)</script>", text, re.DOTALL | re.IGNORECASE):
            for written in re.findall(r"\{\{(.*?)\}\}", match[1], re.DOTALL):
                assert "tojson" in written, (name, written)


def test_pages_fetch_nothing_from_elsewhere(templates: dict[str, str]) -> None:
    assert found(templates, r"(?:src|srcset|data)\s*=\s*[\"'](?:https?:)?//") == []
    assert found(templates, r"<link[^>]+href\s*=\s*[\"'](?:https?:)?//") == []


def test_every_page_has_a_title_and_every_language_is_said(templates: dict[str, str]) -> None:
    whole = [name for name, text in templates.items() if "<html" in text]
    assert whole
    assert all(re.search(r"<html[^>]*\slang=", templates[name]) for name in whole)
    pages = {name: text for name, text in templates.items() if re.search(r"\{%-?\s*extends", text)}
    titled = {name for name, text in pages.items() if re.search(r"\{%-?\s*block\s+title", text)}
    frames = {name for name, text in pages.items() if re.search(r"\{%-?\s*block\s+\w+\s+required", text)}
    assert set(pages) - titled - frames == set()


def test_python_hands_out_no_ready_made_markup(modules: list) -> None:
    marked = [
        f"{module.path}:{node.lineno}"
        for module in modules
        if module.path.startswith("webapp/")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) in ("Markup", "markupsafe.Markup", "flask.Markup")
        # A literal is written by us; anything else might be somebody's words.
        and not all(isinstance(argument, ast.Constant) for argument in node.args)
    ]
    assert marked == []
