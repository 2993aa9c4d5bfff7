"""The parts that several reports share: particulars of an interview, pairs of what helps and hinders, the accounts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from coding.summaries import quotes, wording
from coding.summaries.blocks import (
    Bar,
    Block,
    Bullets,
    Chart,
    Heading,
    Hue,
    Paragraph,
    Quote,
    Run,
    Runs,
    SideBySide,
    Table,
    given,
    runs,
)
from coding.summaries.consent import Gate, Use, voice_permitted
from coding.summaries.counts import Tally, by_hearing
from coding.summaries.material import InterviewFacts, LineFacts, PassageFacts, ProjectFacts, Side, ThemeFacts
from interviews.scopes import Scope
from interviews.text import one_line

BAR_HUES = {Side.HELPFUL: Hue.HELPFUL, Side.HINDERING: Hue.HINDERING}
_BARS = 12


@dataclass(frozen=True, slots=True)
class Quotable:
    """The passages of a theme a report may quote, and how many it may not."""

    passages: tuple[PassageFacts, ...]
    kept_back: int


def quotable(tally: Tally, theme: str) -> Quotable:
    """Return the passages of a theme whose speaker said yes to quotes. The gate is passed here, per passage."""
    every = tally.of(theme)
    allowed = tuple(one for one in every if voice_permitted(tally.interviews[one.interview], one.speaker, Use.QUOTE))
    return Quotable(allowed, len(every) - len(allowed))


def spread(passages: Sequence[PassageFacts], limit: int | None) -> tuple[PassageFacts, ...]:
    """Choose at most `limit` passages, from as many interviews as possible; the order stays as it was."""
    if limit is None or len(passages) <= limit:
        return tuple(passages)
    seen: dict[str, int] = {}
    ranked: list[tuple[int, int]] = []
    for index, passage in enumerate(passages):
        round_ = seen.get(passage.interview, 0)
        seen[passage.interview] = round_ + 1
        ranked.append((round_, index))
    return tuple(passages[index] for index in sorted(index for _, index in sorted(ranked)[:limit]))


def cells(
    project: ProjectFacts, tally: Tally, themes: Iterable[ThemeFacts], language: str, limit: int | None, most: int
) -> list[tuple[Paragraph | Quote, ...]]:
    """Return one cell per theme that was heard, at most `most`: its name, how often, and quotes that may be shown."""
    return [tuple(theme_words(project, tally, theme, language, limit)) for theme in by_hearing(themes, tally)[:most]]


def theme_words(
    project: ProjectFacts, tally: Tally, theme: ThemeFacts, language: str, limit: int | None
) -> Iterable[Paragraph | Quote]:
    """Yield a theme's name with its count, then the quotes; a remark where no quote may be shown."""
    count = tally.heard(theme.id).passages
    yield Paragraph((Run(theme.name, bold=True, given=True), Run(f" · {wording.plural('passage', count, language)}")))
    allowed = quotable(tally, theme.id)
    for passage in spread(allowed.passages, limit):
        yield quotes.quote(project, tally.interviews[passage.interview], passage, language)
    if not allowed.passages:
        yield Paragraph(runs(wording.say("no_quote_allowed", language)), small=True)


def pairs(
    project: ProjectFacts, tally: Tally, themes: Sequence[ThemeFacts], language: str, limit: int | None, *, most: int
) -> SideBySide | None:
    """Put what helps beside what hinders, theme by theme; a side without themes says so. None when both are empty."""
    left = cells(project, tally, [one for one in themes if one.side is Side.HELPFUL], language, limit, most)
    right = cells(project, tally, [one for one in themes if one.side is Side.HINDERING], language, limit, most)
    if not left and not right:
        return None
    silent = (Paragraph(runs(wording.say("side_silent", language)), small=True),)
    done = (Paragraph(runs("–"), small=True),)
    left, right = left or [silent], right or [silent]
    length = max(len(left), len(right))
    left += [done] * (length - len(left))
    right += [done] * (length - len(right))
    header = (wording.side(Side.HELPFUL, language), wording.side(Side.HINDERING, language))
    return SideBySide(header, tuple(zip(left, right, strict=True)))


def heard_chart(themes: Sequence[ThemeFacts], tally: Tally, language: str) -> Chart | None:
    """Draw in how many interviews (one interview: how many passages) each theme was heard; None when none was."""
    heard = by_hearing(themes, tally)
    if not heard:
        return None
    unit = "interview" if tally.size() > 1 else "passage"
    counts = {theme.id: tally.heard(theme.id) for theme in heard}
    bars = tuple(
        Bar(
            theme.name,
            counts[theme.id].interviews if unit == "interview" else counts[theme.id].passages,
            BAR_HUES.get(theme.side, Hue.NEUTRAL),
        )
        for theme in heard
    )
    heads, shares = ["theme", "interviews", "passages"], [60, 20, 20]
    rows = [[theme.name, str(counts[theme.id].interviews), str(counts[theme.id].passages)] for theme in heard]
    if unit == "passage":
        # With one interview the column of interviews says nothing.
        heads, shares, rows = [heads[0], heads[2]], [75, 25], [[row[0], row[2]] for row in rows]
    table = Table(
        tuple(wording.say(key, language) for key in heads),
        tuple(tuple(row) for row in rows),
        widths=tuple(shares),
        numeric=frozenset(range(1, len(heads))),
    )
    spoken = "; ".join(f"{bar.label}: {wording.plural(unit, bar.value, language)}" for bar in bars)
    return Chart(
        wording.say(f"chart_{unit}", language),
        bars[:_BARS],
        wording.say("chart_alt", language, rows=spoken.replace("{", "(").replace("}", ")")),
        table,
    )


def sides(themes: Sequence[ThemeFacts]) -> list[tuple[Side, list[ThemeFacts]]]:
    """Return the themes per side, what helps first; a side without themes is left out."""
    return [(side, found) for side in Side if (found := [one for one in themes if one.side is side])]


def who_was_there(project: ProjectFacts, interview: InterviewFacts, language: str) -> str:
    """Return who took part, by role and number: never a name."""
    parts = [wording.interviewer(interview.interviewer_kind, language)]
    people = [one for one in interview.speakers if not one.interviewer]
    per_role: dict[str, int] = {}
    for one in people:
        role = one.perspective or interview.perspective
        per_role[role] = per_role.get(role, 0) + 1
    for role, count in (per_role or {interview.perspective: 1}).items():
        words = wording.perspective(role, language, project.words)
        parts.append(f"{count} {words.singular if count == 1 else words.plural}")
    if interview.companions:
        parts.append(wording.plural("companion", interview.companions, language))
    return wording.enumeration(parts, language)


def consent_table(interview: InterviewFacts, language: str) -> Table:
    """Return every scope with yes or no, as on file."""
    consent = interview.consent or {}
    rows = tuple(
        (wording.scope(scope, language), wording.say("yes" if consent.get(scope) is True else "no", language))
        for scope in Scope
    )
    return Table((wording.say("choice", language), wording.say("answer", language)), rows, widths=(80, 20))


def transcript_facts(project: ProjectFacts, interview: InterviewFacts, language: str) -> tuple[tuple[str, Runs], ...]:
    """Return the particulars of an interview: what is not known is left out."""
    rows: list[tuple[str, Runs]] = [
        (wording.say("interview", language), (given(interview.code),)),
        (wording.say("who_was_there", language), (given(who_was_there(project, interview, language)),)),
    ]
    if interview.municipality:
        rows.append((wording.say("municipality", language), (given(interview.municipality),)))
    if interview.date:
        rows.append((wording.say("date", language), runs(wording.long_date(interview.date, language))))
    if interview.length_ms:
        rows.append((wording.say("length", language), runs(wording.duration(interview.length_ms, language))))
    if interview.status:
        rows.append((wording.say("status", language), runs(wording.status(interview.status, language))))
    return tuple(rows)


def accounts(
    project: ProjectFacts, gate: Gate, language: str, *, kept_back: int = 0, how: str = "", extra: Sequence[str] = ()
) -> list[Block]:
    """Return the last chapter of every report: what it rests on, what was left out and why (numbers only), whom to ask.

    `how` says in one or two sentences how the themes were made and by whom; `kept_back` counts the passages that are
    not quoted because the person does not want quotes; `extra` are more sentences of the report itself.
    """
    say = wording.say
    items: list[Runs] = [(given(interviews_sentence(project, gate.counted, language)),)]
    if how:
        items.append((given(how),))
    versions = [
        say(f"version_{name}", language, version=value)
        for name, value in (
            ("guide", project.guide_version),
            ("codebook", project.codebook_version),
            ("tagger", project.tagger_version),
        )
        if value
    ]
    if versions:
        items.append((given(say("versions", language, versions=wording.enumeration(versions, language))),))
    items.append(runs(say("consent_rule", language)))
    for key, count in (
        ("left_out_consent", gate.without_consent),
        ("left_out_withdrawn", gate.withdrawn),
        ("left_out_practice", gate.practice),
        ("left_out_quotes", kept_back),
    ):
        if count:
            items.append(runs(wording.counted(key, count, language)))
    items += [(given(one),) for one in extra]
    contact = say("contact", language, contact=one_line(project.contact)) if project.contact else say("ask", language)
    return [
        Heading(1, say("accounts", language)),
        Bullets(tuple(items)),
        Paragraph((Run(say("change_consent", language), bold=True), given(f" {contact}"))),
    ]


def interviews_sentence(project: ProjectFacts, interviews: Sequence[InterviewFacts], language: str) -> str:
    """Return "Dit verslag gaat over 8 gesprekken met cliënten en 3 met consulenten." by kind and number."""
    per: dict[str, int] = {}
    for one in interviews:
        per[one.perspective] = per.get(one.perspective, 0) + 1
    if not per:
        return wording.say("about_nothing", language)
    parts = [
        wording.with_whom(per[one], wording.perspective(one, language, project.words), language)
        for one in sorted(per, key=lambda one: (wording.perspective_order(one), one))
    ]
    return wording.say("about", language, interviews=wording.enumeration(parts, language))


def clock(line: LineFacts) -> str:
    """Return the time of a line as `00:12:30`, or nothing where it is not known."""
    if line.start_ms is None:
        return ""
    seconds = line.start_ms // 1000
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def voice_name(project: ProjectFacts, interview: InterviewFacts, label: str, language: str) -> str:
    """Return how a transcript names a voice: its pseudonym or role word. Never the label: that may be a real name."""
    voice = next((one for one in interview.speakers if one.label == label), None)
    if voice is None:
        return wording.say("unknown_voice", language)
    if voice.name:
        return voice.name
    if voice.interviewer:
        return wording.say("interviewer", language)
    return wording.perspective(
        voice.perspective or interview.perspective, language, project.words
    ).singular.capitalize()
