"""Where a line says who talks: speaker labels and time stamps at the start of a line, and when to believe them.

Pure. A colon after a few words is no proof ("Maar: dat ...", "Dat doe je zo: ..."): a label is believed only when the
labels of one style together explain the text. A label that is not believed stays in the text as words.
"""

from __future__ import annotations

import enum
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from interviews.formats import times
from interviews.formats.speakers import is_usual, key

_MARKS = "[\u200b-\u200f\u202a-\u202e\u2066-\u2069]*"
_NAME = r"[^\W\d_][\w .'’‘`´&/+()-]{0,44}?"
_BOLD = r"(?:\*\*|__)?"
_LEAD = re.compile(
    rf"{_MARKS}[ \t]*(?:(?P<boxed>{times.BRACKETED})|(?P<bare>{times.BARE})(?=[\s\-–:]|$))[ \t]*[-–:]?[ \t]*"
)
_CHAT = re.compile(
    rf"{_MARKS}\[?\d{{1,4}}[-/.]\d{{1,2}}[-/.]\d{{1,4}},? \d{{1,2}}:\d{{2}}(?::\d{{2}})?(?: ?[ap]\.?m\.?)?\]?[ \t]*[-–]?[ \t]*"
    rf"(?={_MARKS}[^:\n]{{1,60}}:)"
)
_COLON = re.compile(
    rf"{_MARKS}[ \t]*{_BOLD}(?P<label>{_NAME}){_BOLD}[ ]*(?P<time>{times.BRACKETED}|(?<=[ ]){times.BARE})?[ ]*:"
    rf"{_BOLD}(?=\s|$|[^\s\d/])(?!/)(?P<rest>[\s\S]*)"
)
_BOXED = re.compile(rf"{_MARKS}[ \t]*\[(?P<label>{_NAME})\][ \t]*:?(?P<rest>[\s\S]*)")
_TAB = re.compile(rf"{_MARKS}[ ]*(?P<label>{_NAME})[ ]*\t(?P<rest>[\s\S]*)")
_ALONE = re.compile(
    rf"{_MARKS}[ \t]*{_BOLD}(?P<label>{_NAME}){_BOLD}[ \t]*(?P<time>{times.BRACKETED}|(?<=[ \t]){times.BARE})?[ \t]*(?P<rest>)"
)
_END_STAMP = re.compile(rf"#{times.CLOCK}(?:-\d)?#[ \t]*$")
_ODD_SPACES = re.compile(r"[^\S\t\n]")
_QUOTES = tuple("'\"‘“„‚«‹")
_REMARKS = frozenset(
    "lacht lach lachend huilt huilend snikt zucht pauze stilte onverstaanbaar inaudible laughs laughter laughing pause "
    "silence crying music muziek applaus applause knikt wijst kucht hoest fluistert crosstalk gelach ruis".split()
)
_NO_LABELS = frozenset(
    "datum date plaats place locatie location onderwerp subject titel title foto foto's photo photos beeld bron source "
    "duur duration tijd time bestand file let op nb n.b ps p.s note noot opmerking voorbeeld example bijvoorbeeld definitie "
    "samenvatting summary conclusie trefwoorden project thema theme http https mailto www tip versie version".split()
)
_FUNCTION_WORDS = frozenset(
    "maar dus want omdat toen dan daar hier dat dit die deze ik jij je u hij zij ze wij we jullie hun mij me wat wie waar "
    "hoe waarom wanneer is was zijn waren heb hebt heeft had hadden wordt werd kan kon wil wilde zeg zegt zei zeiden dacht "
    "denk denkt vraagt vroeg vertelt vertelde stelt zo ja nee nou oke oké eh uh uhm hm mm mhm want kortom namelijk ook nog "
    "niet geen wel al eerst tot slot ten of als een op in bij voor met over om aan uit naar but so and because then there "
    "this that these those i you he she we they it what who where how why when are were have has had do did said says say "
    "think thought asked well yes no okay right like first second finally for with about from into a of to".split()
)
_PARTICLES = frozenset("van de der den het 't ’t te ter ten en el al la le du di da von zu bin ben".split())


class Style(enum.Enum):
    """How a source writes its labels."""

    COLON = "colon"
    BOXED = "boxed"
    TAB = "tab"
    ALONE = "alone"


@dataclass(frozen=True, slots=True)
class Opening:
    """What the start of one line could say. `words` are the words when the label is believed, `unlabelled` when not.

    `line` is the whole line. `bare` tells that the time in front has no brackets, so that it may be part of the text.
    """

    line: str
    unlabelled: str
    words: str
    label: str | None = None
    style: Style | None = None
    start_ms: int | None = None
    end_ms: int | None = None
    label_start_ms: int | None = None
    bare: bool = False
    chat: bool = False


@dataclass(frozen=True, slots=True)
class Belief:
    """What is believed of a text's openings: one style with its label keys, and whether bare times are stamps."""

    style: Style | None = None
    keys: frozenset[str] = frozenset()
    bare_times: bool = False

    def label(self, opening: Opening) -> str | None:
        """Return the label of an opening if it is believed, else None."""
        if opening.label is None or opening.style is not self.style or key(opening.label) not in self.keys:
            return None
        return opening.label


def opening(line: str) -> Opening:
    """Return what the start of `line` could mean; nothing is believed yet."""
    line = _ODD_SPACES.sub(" ", line)
    rest, start, end, bare = line, None, None, False
    chat = _CHAT.match(line)
    if chat:
        rest = line[chat.end() :]
    elif lead := _LEAD.match(line):
        start, end = times.stamp(lead["boxed"] or lead["bare"])
        bare, rest = lead["bare"] is not None, line[lead.end() :]
    # Found from the end: a search would try every space of a long line.
    closing = rest.rfind("#", 0, max(rest.rfind("#"), 0))
    tail = _END_STAMP.match(rest, closing) if closing > 0 else None
    if tail:
        end, rest = times.stamp(tail[0])[0], rest[:closing].rstrip(" \t")
    for style, pattern in _PATTERNS:
        match = pattern.fullmatch(rest)
        if match is None or not _short(match["label"]):
            continue
        words, inner_start, inner_end = match["rest"], None, None
        if stamp := match.groupdict().get("time"):
            inner_start, inner_end = times.stamp(stamp)
        elif (after := _LEAD.match(words)) and after["boxed"]:
            inner_start, inner_end = times.stamp(after["boxed"])
            words = words[after.end() :]
        label = match["label"].strip()
        return Opening(line, rest, words, label, style, start, end or inner_end, inner_start, bare, chat is not None)
    return Opening(line, rest, rest, None, None, start, end, None, bare)


_PATTERNS = ((Style.COLON, _COLON), (Style.BOXED, _BOXED), (Style.TAB, _TAB), (Style.ALONE, _ALONE))


def believe(openings: Iterable[tuple[Opening, bool]]) -> Belief:
    """Weigh all openings of a text: pairs of an opening and whether its line begins a paragraph."""
    pairs = list(openings)
    firsts = [item for item, first in pairs if first]
    for style in Style:
        total = len(firsts) + sum(1 for item, first in pairs if not first and item.style is style and item.label)
        if style is Style.ALONE:
            keys = _alone_keys(pairs, total)
        else:
            keys = _keys(style, [item for item, _ in pairs], firsts, total)
        if keys:
            return Belief(
                style, keys, _bare_times([item for item, _ in pairs if key(item.label or "") in keys] or firsts)
            )
    return Belief(bare_times=_bare_times(firsts))


def _short(label: str) -> bool:
    outside = re.sub(r"\([^)]*\)", "", label)
    return len(outside.split()) <= 4 and label.count("(") == label.count(")")


def _is_name_like(label: str) -> bool:
    words = re.sub(r"\([^)]*\)", "", label).split()
    if not words or len(words) > 4:
        return False
    folded = [word.casefold().strip(".") for word in words]
    if any(word in _FUNCTION_WORDS and word not in _PARTICLES for word in folded):
        return False
    return words[-1][:1].isupper() and all(
        word[:1].isupper() or word[:1].isdigit() or word.casefold() in _PARTICLES for word in words
    )


def _is_ruled_out(label_key: str) -> bool:
    words = label_key.split()
    if any(word in _NO_LABELS for word in words):
        return True
    return any(word.strip(".") in _FUNCTION_WORDS and word not in _PARTICLES for word in words) and not is_usual(
        label_key
    )


def _keys(style: Style, order: list[Opening], firsts: list[Opening], total: int) -> frozenset[str]:
    """Return the label keys of one style if together they explain the text, else nothing."""
    candidates = [item for item in order if item.style is style and item.label]
    quoted = Counter(key(item.label or "") for item in candidates if _is_quoted(item))
    written = Counter(key(item.label or "") for item in candidates)
    left_out = {label for label in written if 2 * quoted[label] > written[label] or _is_ruled_out(label)}
    spoken = [item for item in candidates if key(item.label or "") not in left_out]
    if style is Style.BOXED:
        spoken = [item for item in spoken if _is_boxed_label(item.label or "")]
    counts = Counter(key(item.label or "") for item in spoken)
    usual = {label for label in counts if is_usual(label)}
    if any(len(label) <= 3 and counts[label] >= 2 for label in usual):
        # "Interviewer: Gerda" above a talk between I and R says who was there; nobody says it.
        usual = {label for label in usual if counts[label] >= 2 or len(label) <= 5 or label[-1:].isdigit()}
    named = {key(item.label or "") for item in spoken if _is_name_like(item.label or "")}
    repeated = {label for label, count in counts.items() if count >= 2} - usual
    chatted = {key(item.label or "") for item in spoken if item.chat or item.label_start_ms is not None}
    single = named - usual - repeated
    codes = sum(counts[label] for label in usual) > 0.5 * sum(counts[label] for label in usual | repeated | chatted)
    begins = {key(item.label) for item in firsts if item.label and item.style is style}
    once = {label for label in single & begins if len(label.split()) <= 3}
    everything = sum(counts[label] for label in usual | repeated | chatted | once)
    if 0.9 * total <= everything:
        # Nearly every paragraph has a label: the odd one is somebody who says something once.
        codes = False
    keys = usual | repeated | chatted | (set() if codes else once)
    if codes:
        keys -= {label for label in repeated if label not in named and counts[label] < 3}
    explained = sum(counts[label] for label in keys)
    share = explained / total if total else 0.0
    firm = sum(counts[label] for label in usual)
    spread = _reaches_past_a_head(spoken, keys, total, order)
    often = {label for label in repeated & named | usual if counts[label] >= 3}
    if style is Style.COLON:
        enough = (
            share >= 0.5
            or (spread and len(usual) >= 2 and share >= (0.15 if firm >= 3 else 0.3))
            or (share >= 0.3 and len(often) >= 2 and 2 * len(spoken) > len(candidates))
        )
    else:
        enough = share >= 0.5 and (firm >= 2 or len(repeated) >= 2)
    return frozenset(keys) if enough and explained else frozenset()


def _reaches_past_a_head(spoken: list[Opening], keys: set[str], total: int, order: list[Opening]) -> bool:
    """Tell whether labels go on through the text: names in a head above running text do not."""
    labelled = {id(item) for item in spoken if key(item.label or "") in keys}
    last = max((i for i, item in enumerate(order) if id(item) in labelled), default=-1)
    return 3 * (last + 1) > len(order) or 2 * len(labelled) >= total


def _alone_keys(pairs: list[tuple[Opening, bool]], total: int) -> frozenset[str]:
    """Labels on a line of their own: each must come back, and be followed by a line that is none."""
    counts: Counter[str] = Counter()
    followed: Counter[str] = Counter()
    stamped: set[str] = set()
    for position, (item, _) in enumerate(pairs):
        if item.style is not Style.ALONE or item.label is None:
            continue
        label = key(item.label)
        has_time = item.label_start_ms is not None or item.start_ms is not None
        if label in _REMARKS or _is_ruled_out(label) or not (is_usual(label) or _is_name_like(item.label)):
            continue
        counts[label] += 1
        if has_time:
            stamped.add(label)
        after = pairs[position + 1][0] if position + 1 < len(pairs) else None
        if after is not None and (after.label is None or after.style is not Style.ALONE or key(after.label) != label):
            followed[label] += 1
    keys = {
        label
        for label, count in counts.items()
        if followed[label] >= 0.8 * count
        and (count >= 2 or label in stamped or (is_usual(label) and label not in "abmpqv"))
    }
    explained = sum(counts[label] for label in keys)
    certain = any(is_usual(label) or label in stamped for label in keys)
    if len(keys) >= 2 and explained >= 0.3 * total and (certain or explained >= 4):
        return frozenset(keys)
    return frozenset()


def _is_quoted(item: Opening) -> bool:
    """An article quotes people ("De Wit: ‘Het is ...’"); a transcript does not put quotes round every turn."""
    return item.words.lstrip().startswith(_QUOTES)


def _is_boxed_label(label: str) -> bool:
    folded = key(label)
    if any(word in _REMARKS for word in folded.split()):
        return False
    return is_usual(label) or _is_name_like(label) or any(ch.isdigit() for ch in label)


def _bare_times(items: list[Opening]) -> bool:
    """Times without brackets are stamps when most lines have one and they rise."""
    stamps = [item.start_ms for item in items if item.bare and item.start_ms is not None]
    if len(stamps) < 2 or 2 * len(stamps) < len(items):
        return False
    rising = sum(1 for before, after in pairwise(stamps) if before <= after)
    return rising >= 0.8 * (len(stamps) - 1)
