"""The six told interviews of the example: read in, names decided, suggestions answered, passages coded.

What careful readers marked in them (`par-gold/1`) stands in for what people would have decided.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from coding import codebooks, memos, segments, suggestions
from coding.models import Segment
from coding.models.suggestion import Answer
from coding.starter import example_gold, example_interviews
from coding.tagging.proposals import Proposer
from interviews import consents, interviews, names, transcripts
from interviews.access import Actor
from interviews.detect.findings import IdentifierType
from interviews.formats import par_json
from interviews.keys import KeyStore
from interviews.models import Guide, Interview, NameMention, Project, Transcript
from interviews.models.interview import How, InterviewKind, Perspective
from interviews.models.name import IndirectKind, MentionStatus, RiskLevel
from interviews.models.project import Role
from interviews.names import Finder
from interviews.scopes import Scope
from interviews.turns import Turn

NOT_CO_READ = "dev04"
"""The interview that other ervaringsdeskundigen may not read."""
STILL_OPEN = "dev06"
"""The interview whose names wait for a second person, so that the review has something to show."""
TELLING = (
    ("onafhankelijk cliëntondersteuner", IndirectKind.JOB, "iemand die met mensen meegaat"),
    (
        "Ze is provinciaal kampioen geworden, de eerste vrouw",
        IndirectKind.OTHER,
        "Ze heeft er een grote prijs mee gewonnen",
    ),
)
"""Of the interview whose names wait: by what one recognises somebody without a name, why, and what is said instead."""
_PSEUDONYMS = ("Merel", "Sanne", "Imre", "Robin", "Jip", "Noor", "Sem", "Lieve", "Mika", "Bo", "Yara", "Floor")


def municipalities() -> list[str]:
    """Return the made-up places where the interviews were held, by name."""
    return sorted({str(json.loads(text)["municipality"]) for text in example_interviews().values()})


def add(
    session: Session,
    actors: Mapping[Role, Actor],
    project: Project,
    guide: Guide,
    *,
    keys: KeyStore,
    finder: Finder,
    tagger: Proposer,
) -> list[Interview]:
    """Add the six interviews with everything that was done with them; return them in order."""
    sources = example_interviews()
    gold = {name: json.loads(text) for name, text in example_gold().items()}
    names_left = list(_PSEUDONYMS)
    made = []
    for name, source in sources.items():
        one = json.loads(source)
        interview = _interview(session, actors, project, one, names_left)
        interview.guide_id = guide.id
        transcript = _names_away(
            session, actors, interview, source, gold[name], keys, finder, approve=name != STILL_OPEN
        )
        if name != STILL_OPEN:
            segments.follow(session, transcript)
            suggestions.refresh(session, transcript, tagger)
            _code(session, actors, transcript, one, gold[name], keys)
        made.append(interview)
    return made


def _interview(
    session: Session,
    actors: Mapping[Role, Actor],
    project: Project,
    one: Mapping[str, Any],
    names_left: list[str],
) -> Interview:
    tellers = [speaker for speaker in one["speakers"] if speaker["role"].startswith("ge")]
    said = " ".join(turn["text"] for turn in one["turns"])
    chosen = [name for name in names_left if name not in said][: len(tellers)]
    for name in chosen:
        names_left.remove(name)
    place = next(row for row in project.municipalities if row.name == one["municipality"])
    interview = interviews.plan(
        session,
        actors[Role.PEER_INTERVIEWER],
        project,
        perspective=Perspective(one["perspective"]),
        kind=InterviewKind(one["kind"]),
        people=max(1, len(tellers)),
        pseudonyms=chosen,
        municipality=place,
        held_on=dt.date.fromisoformat(one["interview_date"]),
        peer=one.get("interviewer_type") == "peer",
    )
    # The made-up files do not speak of reading along; in the example everybody but one said yes to it.
    scopes = set(one["consent_scopes"]) | ({Scope.CO_READ.value} if one["id"] != NOT_CO_READ else set())
    for interviewee in interview.interviewees:
        consents.record(
            session,
            actors[Role.PEER_INTERVIEWER],
            interviewee,
            choices={scope: scope.value in scopes for scope in Scope},
            how=How.SPOKEN,
        )
    return interview


def _names_away(
    session: Session,
    actors: Mapping[Role, Actor],
    interview: Interview,
    source: str,
    gold: Mapping[str, Any],
    keys: KeyStore,
    finder: Finder,
    *,
    approve: bool,
) -> Transcript:
    """Bring one interview in and decide on its names as the careful readers did."""
    interviewer = actors[Role.PEER_INTERVIEWER]
    draft = par_json.read(source.encode(), "voorbeeld.json")
    transcript = transcripts.bring_in(session, interviewer, interview, draft, keys=keys).transcript
    interviews.note_reflection(
        session, interviewer, interview, "Het gesprek liep goed. Herkenning hielp om het ijs te breken."
    )
    names.propose(session, transcript, keys=keys, finder=finder)
    if not approve:
        _half_reviewed(session, interviewer, transcript, keys)
        return transcript
    marked = gold["pii"] + gold["redaction_requests"]
    _, turns = transcripts.open_raw(session, transcript, keys=keys)
    readings = names.review(session, transcript, turns, keys=keys)
    right = [m for reading in readings for m, _ in reading.mentions if _touches(m, marked)]
    wrong = [m for reading in readings for m, _ in reading.mentions if not _touches(m, marked)]
    names.decide(session, interviewer, right, status=MentionStatus.ACCEPTED)
    names.decide(session, interviewer, wrong, status=MentionStatus.REJECTED)
    for span in marked:
        _take_out(session, interviewer, transcript, span, turns, keys)
    for part in names.parts_of(turns):
        names.look(session, interviewer, transcript, part=part.number, keys=keys)
    names.hand_in(session, interviewer, transcript)
    risk = names.Risk(
        RiskLevel.LOW, "Namen, plaatsen en nummers zijn weg. Er staat niets in dat maar één iemand heeft."
    )
    names.approve(session, actors[Role.PROJECT_LEAD], transcript, keys=keys, risk=risk)
    return transcript


def _half_reviewed(session: Session, interviewer: Actor, transcript: Transcript, keys: KeyStore) -> None:
    """Decide on a few people, look at the first parts, mark what tells who somebody is, and hand in with the rest open."""
    _, turns = transcripts.open_raw(session, transcript, keys=keys)
    parts = names.parts_of(turns)
    people = [
        reading
        for reading in names.review(session, transcript, turns, keys=keys)
        if reading.entity.type is IdentifierType.PERSON
    ]
    for reading in people[:2]:
        mentions = [mention for mention, _words in reading.mentions]
        names.decide(session, interviewer, mentions, status=MentionStatus.ACCEPTED)
    for words, kind, instead in TELLING:
        places = [place for part in parts for place in names.places_in(turns, part, words)]
        names.mark(
            session,
            interviewer,
            transcript,
            places,
            kind=kind,
            handling=names.Handling.GENERALISE,
            words=instead,
            keys=keys,
        )
    for part in parts[:3]:
        names.look(session, interviewer, transcript, part=part.number, keys=keys)
    names.hand_in(session, interviewer, transcript)


def _take_out(
    session: Session,
    interviewer: Actor,
    transcript: Transcript,
    span: Mapping[str, Any],
    turns: Sequence[Turn],
    keys: KeyStore,
) -> None:
    """Add what the careful readers marked and the finder did not see, or saw only a part of."""
    words = str(span["text"])
    if words not in turns[span["turn"]].text:
        # A BSN was taken out before anything was stored.
        return
    said = [m for reading in names.review(session, transcript, turns, keys=keys) for m, _ in reading.mentions]
    touching = [m for m in said if m.status is MentionStatus.ACCEPTED and _touches(m, [span])]
    if any(m.start <= span["start"] and span["end"] <= m.end for m in touching):
        return
    names.add(
        session,
        interviewer,
        transcript,
        words,
        kind=IdentifierType(span.get("type", "INDIRECT")),
        keys=keys,
        entity=touching[0].entity if touching else None,
    )


def _touches(mention: NameMention, spans: Sequence[Mapping[str, Any]]) -> bool:
    return any(
        mention.turn == span["turn"] and mention.start < span["end"] and span["start"] < mention.end for span in spans
    )


def _code(
    session: Session,
    actors: Mapping[Role, Actor],
    transcript: Transcript,
    one: Mapping[str, Any],
    gold: Mapping[str, Any],
    keys: KeyStore,
) -> None:
    """Let the researcher answer suggestions, and let the co-coder read the same text in her own way."""
    themes = {theme.key: theme for theme in codebooks.themes_of(session, transcript.interview.project_id)}
    researcher, co_coder = actors[Role.RESEARCHER], actors[Role.CO_CODER]
    wanted = _wanted(session, transcript, gold)
    segments.finish_first_reading(session, researcher, transcript)
    for number, suggestion in enumerate(suggestions.visible_suggestions(session, researcher, transcript)):
        fits = any(
            key == suggestion.theme.key and start < suggestion.end and suggestion.start < end
            for key, start, end in wanted
        )
        # Every fourth stays open, so that there is something left to answer.
        if number % 4 != 3:
            suggestions.answer(session, researcher, suggestion, Answer.YES if fits else Answer.NO)
    if not transcript.interview.allows(Scope.CO_READ):
        return
    revision = segments.newest_text(session, transcript)
    made: list[Segment] = []
    for number, (key, start, end) in enumerate(wanted):
        # She reads with her own eyes: not every passage, and what hurts weighs more for her.
        if number % 3 == 2 and not key.startswith("bel"):
            continue
        made.append(
            segments.code(
                session, co_coder, transcript, revision_id=revision.id, theme=themes[key], start=start, end=end
            )
        )
    segments.finish_first_reading(session, co_coder, transcript)
    if made:
        memos.add(
            session,
            co_coder,
            made[0],
            text="Dit herken ik. Het gaat hier om hoe iemand kijkt, niet om de regel.",
            shared=True,
        )


def _wanted(session: Session, transcript: Transcript, gold: Mapping[str, Any]) -> list[tuple[str, int, int]]:
    """Return theme and place in the research text of every passage that the careful readers marked.

    Names were replaced since, so a passage is found by how it begins, and its end is grown to the end of its sentence.
    A passage that begins with a name is left out.
    """
    revision = segments.newest_text(session, transcript)
    text = revision.text or ""
    places = []
    for span in gold["themes"]:
        row = revision.turns[span["turn"]]
        turn_text = text[row.start : row.end]
        start = turn_text.find(str(span["text"])[:24])
        if start < 0:
            continue
        end = min(len(turn_text), start + (span["end"] - span["start"]))
        while end < len(turn_text) and not turn_text[end - 1].isspace() and turn_text[end - 1] not in ".!?":
            end += 1
        places += [(key, row.start + start, row.start + end) for key in span["codes"]]
    return places
