"""The spaCy pipeline: Dutch tokeniser and the rules, one Doc per turn.

A whole transcript as one Doc is about eleven times slower (the tokeniser's memory is off once it met a special case),
so a Doc is never more than a turn. spaCy is imported here, inside the function: a web process never pays for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from coding.tagging.matcher import RuleMatcher
from coding.tagging.rules import RuleBook

if TYPE_CHECKING:
    from spacy.language import Language

RULES = "dichterbij_rules"
"""The name under which the rule component is registered with spaCy."""

# One character for one: offsets stay those of the text that came in.
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "\n": " ", "\xa0": " "})


def build(book: RuleBook) -> tuple[Language, RuleMatcher]:
    """Return a blank Dutch pipeline with the rules of `book` in it, and its rule component.

    Takes about a second the first time. `nlp(text)` and `matcher.find(nlp.make_doc(text), text)` find the same.
    """
    import spacy
    from spacy.language import Language as SpacyLanguage
    from spacy.tokenizer import Tokenizer

    if not SpacyLanguage.has_factory(RULES):
        SpacyLanguage.factory(RULES, func=_component)
    nlp = spacy.blank("nl")
    # Dutch has an exception for every abbreviation, and many are plain words at the end of a sentence ("dat.", "vast.").
    tokenizer = nlp.tokenizer
    if not isinstance(tokenizer, Tokenizer):
        raise TypeError("the blank Dutch pipeline has another tokeniser than this was made for")
    rules = tokenizer.rules or {}
    tokenizer.rules = {written: parts for written, parts in rules.items() if not _is_abbreviation(written)}
    component = nlp.add_pipe(RULES)
    if not isinstance(component, _Holder):
        raise TypeError(f"{RULES} is registered as something else")
    component.matcher = RuleMatcher(book, nlp.vocab.strings)
    return nlp, component.matcher


def prepared(text: str) -> str:
    """Return `text` with one kind of apostrophe and space; every offset stays the same."""
    if text.isascii() and "`" not in text and "\n" not in text:
        return text
    return text.translate(_APOSTROPHES)


def _is_abbreviation(written: str) -> bool:
    return written.endswith(".") and len(written) > 2 and written[0].isalpha()


class _Holder:
    """What spaCy makes by name; the rules come after, because they are no JSON."""

    matcher: RuleMatcher

    def __call__(self, doc: object) -> object:
        return self.matcher(doc)  # type: ignore[arg-type]


def _component(nlp: object, name: str) -> _Holder:
    return _Holder()
