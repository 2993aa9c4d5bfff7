"""When something cannot be done, people read what to do next."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask, Response, request
from werkzeug.test import encode_multipart

from interviews.errors import Invalid
from tests.factories import Cast
from tests.pages import PageClient
from webapp import errors, guard
from webapp.messages import SENTENCES, UnknownMessage, sentence
from webapp.messages.marks import GENERAL, Counted

ROOT = Path(__file__).resolve().parents[2]


def modules() -> Iterator[tuple[Path, ast.Module]]:
    for package in ("interviews", "coding", "webapp"):
        for path in sorted((ROOT / package).rglob("*.py")):
            if "node_modules" not in path.parts:
                yield path, ast.parse(path.read_text(encoding="utf-8"))


def refusals() -> set[str]:
    """Invalid and every class that is one, wherever it is declared."""
    bases: dict[str, set[str]] = {}
    for _path, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                bases.setdefault(node.name, set()).update(ast.unparse(base).split(".")[-1] for base in node.bases)
    found = {"Invalid"}
    while more := {name for name, own in bases.items() if own & found} - found:
        found |= more
    return found


def raised() -> dict[str, list[tuple[str, set[str]]]]:
    """Every key that is raised or noted, with where and with which fields."""
    kinds = refusals()
    found: dict[str, list[tuple[str, set[str]]]] = {}
    for path, tree in modules():
        inside = {
            call
            for node in ast.walk(tree)
            if isinstance(node, ast.ClassDef) and node.name in kinds
            for call in ast.walk(node)
            if isinstance(call, ast.Call) and ast.unparse(call.func) == "super().__init__"
        }
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = ast.unparse(node.func).split(".")[-1]
            first = node.args[0]
            if not (name in kinds | {"Note"} or node in inside):
                continue
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                fields = {keyword.arg or "**" for keyword in node.keywords}
                if name == "Note" and len(node.args) > 1 and isinstance(node.args[1], ast.Dict):
                    fields = {str(key.value) for key in node.args[1].keys if isinstance(key, ast.Constant)}
                found.setdefault(first.value, []).append((f"{path.relative_to(ROOT)}:{node.lineno}", fields))
    return found


def wanted(text: str | Counted) -> set[str]:
    """The fields that a sentence fills in."""
    texts = [text] if isinstance(text, str) else [text.one, text.many]
    names: set[str] = set() if isinstance(text, str) else {text.field}
    for one in texts:
        names |= {part.partition(")")[0] for part in one.split("%(")[1:]}
    return names - {"num"}


def test_every_key_that_is_raised_has_a_sentence() -> None:
    missing = {key: where for key, where in raised().items() if key not in SENTENCES}
    assert missing == {}


def test_every_sentence_gets_the_fields_it_fills_in() -> None:
    lacking = [
        (key, place, wanted(SENTENCES[key]) - fields)
        for key, places in raised().items()
        if key in SENTENCES
        for place, fields in places
        if "**" not in fields and wanted(SENTENCES[key]) - fields
    ]
    assert lacking == []


def test_sentences_are_calm_and_end() -> None:
    said = [
        text
        for value in SENTENCES.values()
        for text in ([value] if isinstance(value, str) else [value.one, value.many])
    ]
    assert [text for text in said if "!" in text] == []
    assert [text for text in said if text != text.strip()] == []
    # Plain Dutch: no sentence of more than twenty words.
    long = [
        part
        for text in said
        for part in text.replace("?", ".").replace(":", ".").split(". ")
        if len([word for word in part.split() if word.strip(string.punctuation)]) > 20
    ]
    assert long == []


def test_an_unknown_key_fails_loudly_here_and_is_a_general_sentence_in_use(app: Flask) -> None:
    with app.test_request_context("/"):
        with pytest.raises(UnknownMessage):
            sentence("niet.bekend")
        with pytest.raises(UnknownMessage):
            sentence("passphrase.short")
        app.testing = False
        assert sentence("niet.bekend") == SENTENCES[GENERAL]
        assert sentence("passphrase.short") == SENTENCES[GENERAL]


def test_one_and_many_have_their_own_sentence(app: Flask) -> None:
    with app.test_request_context("/"):
        assert sentence("names.undecided", count=1).startswith("Nog 1 stuk is")
        assert sentence("names.undecided", count=6).startswith("Nog 6 stukken zijn")


@pytest.fixture
def odd(app: Flask) -> Flask:
    """The application with pages that go wrong."""

    @guard.public
    def refuse() -> str:
        raise Invalid("names.undecided", count=2)

    @guard.public
    def form() -> str:
        return '<!doctype html><html lang="nl"><title>Vraag</title><h1>Vraag</h1>'

    @guard.public
    def breaks() -> str:
        raise RuntimeError("geheim: Anja")

    @guard.public
    def swallow() -> Response:
        return Response(str(len(request.form)), mimetype="text/plain")

    app.add_url_rule("/vraag", "form", form, methods=["GET"])
    app.add_url_rule("/vraag", "refuse_here", refuse, methods=["POST"])
    app.add_url_rule("/vraag/weg", "refuse", refuse, methods=["GET", "POST"])
    app.add_url_rule("/vraag/alleen", "refuse_only", refuse, methods=["POST"])
    app.add_url_rule("/stuk", "breaks", breaks, methods=["GET", "POST"])
    app.add_url_rule("/slik", "swallow", swallow, methods=["POST"])
    app.config["PROPAGATE_EXCEPTIONS"] = False
    return app


def flashed(client: PageClient) -> str:
    return client.get("/hulp").text


def test_a_refused_form_comes_back_to_its_page_with_a_sentence(odd: Flask, client: PageClient) -> None:
    answer = client.post("/vraag")
    assert (answer.status_code, answer.location) == (303, "/vraag")
    assert "Nog 2 stukken zijn niet bekeken." in flashed(client)


def test_a_refused_form_comes_back_to_the_page_it_stood_on(odd: Flask, client: PageClient) -> None:
    answer = client.post("/vraag/alleen", headers={"Referer": "http://localhost/vraag?regel=3"})
    assert answer.location == "/vraag?regel=3"
    named = client.post("/vraag/alleen", data={"next": "/hulp"}, headers={"Referer": "http://localhost/vraag"})
    assert named.location == "/hulp"


def test_a_refused_form_never_leads_to_another_site(odd: Flask, client: PageClient) -> None:
    answer = client.post("/vraag/alleen", data={"next": "//evil.example"}, headers={"Referer": "http://evil.example/a"})
    assert answer.status_code == 422
    assert "Nog 2 stukken zijn niet bekeken." in answer.text


def test_a_refused_script_gets_the_sentence(odd: Flask, client: PageClient) -> None:
    answer = client.post("/vraag", json={"a": 1})
    assert answer.status_code == 422
    assert answer.json == {"error": "Nog 2 stukken zijn niet bekeken. Bekijk die eerst."}


def test_a_page_that_cannot_be_shown_yet_says_why(odd: Flask, client: PageClient) -> None:
    answer = client.get("/vraag/weg")
    assert answer.status_code == 422
    assert "Nog 2 stukken zijn niet bekeken." in answer.text


def test_what_is_broken_shows_no_details(odd: Flask, client: PageClient, cast: Cast) -> None:
    client.sign_in(cast.alice)
    for answer in (client.get("/stuk"), client.post("/stuk", json={})):
        assert answer.status_code == 500
        assert "geheim" not in answer.text
        assert "Traceback" not in answer.text
    assert "Er gaat iets mis bij ons" in client.get("/stuk").text


def test_people_get_an_answer_when_even_the_error_page_is_broken(
    odd: Flask, client: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object, **_kwargs: object) -> str:
        raise OSError("no templates")

    monkeypatch.setattr(errors, "render_template", broken)
    answer = client.get("/stuk")
    assert answer.status_code == 500
    assert "Het ligt niet aan jou." in answer.text


@pytest.mark.parametrize(
    ("status", "said"),
    [(404, "Deze pagina is er niet"), (405, "Dit kan hier niet"), (400, "Deze pagina stond te lang")],
)
def test_each_refusal_has_a_page_that_says_what_to_do(client: PageClient, status: int, said: str) -> None:
    answer = {
        404: lambda: client.get("/bestaat/niet"),
        405: lambda: client.get("/uitloggen"),
        400: lambda: client.post("/uitloggen", csrf=False),
    }[status]()
    assert answer.status_code == status
    assert said in answer.text
    assert "Naar het begin" in answer.text
    script = client.get("/bestaat/niet", headers={"Accept": "application/json"})
    assert set(script.json or {}) == {"error"}


def test_what_is_too_large_says_how_large_it_may_be(odd: Flask, client: PageClient) -> None:
    odd.config["MAX_CONTENT_LENGTH"] = 1000
    answer = client.post("/slik", data={"text": "a" * 2000})
    assert answer.status_code == 413
    assert "25 MB" in answer.text


def test_a_long_conversation_fits_in_a_form_with_a_file(odd: Flask, client: PageClient) -> None:
    # Flask itself refuses text over 500 kB in such a form.
    boundary, body = encode_multipart({"text": "a" * 700_000})
    answer = client.post("/slik", data=body, content_type=f"multipart/form-data; boundary={boundary}")
    assert answer.status_code == 200
