"""The name finder measured: start, speed, memory, and what it finds in sentences with names that no list holds.

Usage:  python benchmarks/names.py [GOLD_DIR]

The names of persons, places, streets and firms are put together out of syllables with a fixed seed; the numbers are
made up. The sentences were written apart from the rules. With `deduce` installed, its speed is measured in the same
run. Talk of many more sentences and kinds, with a half that no rule was written on, is measured by
`python -m tests.interviews.detect.made.measure`. GOLD_DIR holds `<id>.json` with `<id>.gold.json` (`par-transcript/1`, `par-gold/1`).
"""

from __future__ import annotations

import importlib.util
import json
import random
import re
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from interviews.turns import Turn

SEED = 20240612
_SLOT = re.compile(r"\{(\w+?)(\d*)\}")

FRAMES: tuple[str, ...] = (
    "Ik ben {FIRST1}, en ik zit hier met {FIRST2} van de buurt.",
    "Mijn naam is {FIRST1} {LAST1} en ik ben {AGE} jaar.",
    "Nou, {FIRST1} {LAST1}. {AGE}. Ik woon in {TOWN}.",
    "Toen belde mevrouw {LAST1} mij op, en die was boos.",
    "Meneer Van der {LAST1} had geen tijd voor mij.",
    "Ik had {FIRST1} als contactpersoon, maar die ging weg.",
    "Weet je wie er kwam? {FIRST1}. Met een bos bloemen.",
    "Mijn dochter {FIRST1} is {AGE}, en mijn zoon, {FIRST2}, zit op het {SCHOOL}.",
    "Dank je wel, {FIRST1}, dat was het.",
    "En {FIRST1} zei: dat moet je gewoon proberen.",
    "Ik zei tegen {FIRST1} dat ik het niet meer wist.",
    "Van {FIRST1} mocht ik eerder naar huis.",
    "Hij heet {FIRST1}, maar iedereen zegt {FIRST2}.",
    "Ik kom oorspronkelijk uit {TOWN}, maar ik woon nu in {TOWN2}, aan de {STREET} {NUMBER}.",
    "Stuur het maar naar {STREET} {NUMBER}, {POSTCODE} {TOWN}.",
    "Daarna ben ik gaan werken bij {FIRM}, in de schoonmaak.",
    "We zitten vandaag in buurthuis De {VENUE}, het is {DATE}.",
    "Ik heb vier jaar stage gelopen en gewerkt bij {FIRM} in {TOWN}.",
    "Mijn nummer is {PHONE}, of mail naar {EMAIL}.",
    "Bel maar op {SPOKENPHONE}, dat is het makkelijkst.",
    "Mijn mail is {SPOKENEMAIL}, zonder hoofdletters.",
    "En mijn burgerservicenummer is {BSN}, die ken ik uit mijn hoofd.",
    "Het geld kan naar {IBAN}, op mijn eigen naam.",
    "Ze hebben mijn auto meegenomen, de {PLATE}.",
    "Ik volg ze op Insta, {HANDLE}.",
    "Mijn klantnummer bij hen is {CLIENT}.",
    "Ik was {AGEWORD} toen mijn vader overleed.",
    "Een vrouw van {AGEWORD}, dat kun je niet zo behandelen.",
    "De UWV en de gemeente hebben dat samen bedacht.",
    "Volgens de Participatiewet moet dat binnen vier weken.",
    "Ik ben drie keer gebeld in september, en toen was het stil.",
    "Het kostte 250 euro en het duurde 43 weken.",
    "In de Wajong zit je anders, zei DUO.",
    "Wij spreken thuis Arabisch en Nederlands, soms Engels.",
    "Maandag kreeg ik een brief van de Belastingdienst over de toeslag.",
    "Daarom dacht ik: laat maar zitten, het is toch altijd hetzelfde.",
    "Sollicitatiegesprekken voer ik liever met iemand naast me.",
)
_TYPES = {
    "FIRST": "PERSON", "LAST": "PERSON", "AGE": "AGE", "AGEWORD": "AGE", "TOWN": "PLACE", "SCHOOL": "ORG",
    "STREET": "ADDRESS", "NUMBER": "ADDRESS", "POSTCODE": "POSTCODE", "FIRM": "ORG", "VENUE": "LOCATION", "DATE": "DATE",
    "PHONE": "PHONE", "SPOKENPHONE": "PHONE", "EMAIL": "EMAIL", "SPOKENEMAIL": "EMAIL", "BSN": "BSN", "IBAN": "IBAN",
    "PLATE": "LICENSE_PLATE", "HANDLE": "USERNAME", "CLIENT": "CLIENT_NO",
}  # fmt: skip
_ONSETS = "B D F G H J K L M N P R S T V W Z Br Dr Kl Sj Tj Th Vr".split()
_MIDDLES = "a e i o u aa ee ie oo ij ou a e i o".split()
_CODAS = "n r l s m k d t f b v".split()
_FIRST_TAILS = "ano ela imo ita ura eko ami isa ovan ulin ari eth".split()
_LAST_TAILS = "stra inga hoff velder mans sen oglu owicz aoui singh oe ali".split()
_TOWN_TAILS = "drecht loo hoven wolde rade kerk um zijl mond beek".split()
_WORDS = {21: "eenentwintig", 34: "vierendertig", 47: "zevenenveertig", 52: "tweeënvijftig", 68: "achtenzestig"}
_SPOKEN = "nul een twee drie vier vijf zes zeven acht negen".split()


def _stem(chance: random.Random) -> str:
    return chance.choice(_ONSETS) + chance.choice(_MIDDLES) + chance.choice(_CODAS)


def _digits(chance: random.Random, count: int) -> str:
    return "".join(str(chance.randrange(10)) for _ in range(count))


def _citizen_number(chance: random.Random) -> str:
    while True:
        digits = [9, 9, 9, *(chance.randrange(10) for _ in range(5))]
        rest = sum((9 - place) * digit for place, digit in enumerate(digits)) % 11
        if rest < 10:
            return "".join(map(str, [*digits, rest]))


def value_for(slot: str, chance: random.Random) -> str:
    """Return a made-up value for one slot of a frame."""
    name = (_stem(chance) + chance.choice(_FIRST_TAILS)).capitalize()
    last = (_stem(chance) + chance.choice(_LAST_TAILS)).capitalize()
    spoken = ", ".join(chance.choice(_SPOKEN) + " " + chance.choice(_SPOKEN) for _ in range(4))
    values = {
        "FIRST": name,
        "LAST": last,
        "AGE": str(chance.randrange(16, 90)),
        "AGEWORD": chance.choice(list(_WORDS.values())),
        "TOWN": (_stem(chance) + chance.choice(_TOWN_TAILS)).capitalize(),
        "SCHOOL": f"{last}college",
        "STREET": f"{last}{chance.choice(['straat', 'laan', 'weg', 'plein', 'hof'])}",
        "NUMBER": str(chance.randrange(1, 300)) + chance.choice(["", "a", "-2", " bis"]),
        "POSTCODE": f"{chance.randrange(1000, 9999)} {chance.choice(['AB', 'XR', 'KM'])}",
        "FIRM": f"{last} {chance.choice(['Schoonmaak', 'Groep', 'Transport', 'Logistiek', 'Bouw'])}",
        "VENUE": last,
        "DATE": f"{chance.randrange(1, 28)} {chance.choice(['maart', 'juni', 'oktober'])} 2023",
        "PHONE": chance.choice(["06-{}", "06 {}", "+31 6 {}"]).format("12345" + _digits(chance, 3)),
        "SPOKENPHONE": "nul zes, " + spoken,
        "EMAIL": f"{name.lower()}.{last.lower()}@postvak.example",
        "SPOKENEMAIL": f"{name.lower()} punt {last.lower()} apenstaartje postvak punt nl",
        "BSN": _citizen_number(chance),
        "IBAN": f"NL{chance.randrange(10, 99)} TEST 0{_digits(chance, 3)} {_digits(chance, 4)} {_digits(chance, 2)}",
        "PLATE": f"{chance.choice(['AE', 'OU', 'IA'])}-{_digits(chance, 2)}-{chance.choice(['EO', 'UA'])}",
        "HANDLE": f"@{name.lower()}_{_digits(chance, 2)}",
        "CLIENT": _digits(chance, 8),
    }
    return values[slot]


def filled(frame: str, chance: random.Random) -> tuple[str, list[tuple[int, int, str]]]:
    """Return a frame filled in, and the spans (start, end, type) that must be found."""
    text, spans, copied = "", [], 0
    for match in _SLOT.finditer(frame):
        text += frame[copied : match.start()]
        value = value_for(match[1], chance)
        spans.append((len(text), len(text) + len(value), _TYPES[match[1]]))
        text += value
        copied = match.end()
    return text + frame[copied:], spans


def interviews(count: int) -> Iterator[tuple[list[Turn], list[list[tuple[int, int, str]]]]]:
    """Yield made-up interviews of all frames in a random order, with what must be found."""
    chance = random.Random(SEED)
    for _ in range(count):
        made = [filled(frame, chance) for frame in chance.sample(FRAMES, len(FRAMES))]
        yield [Turn("R", text) for text, _ in made], [spans for _, spans in made]


def score(count: int = 20) -> dict[str, object]:
    """Return recall, typed recall, precision and recall per type on made-up interviews."""
    from interviews.detect.finder import default_finder

    found = typed = total = wrong = proposed = 0
    per_type: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    for turns, wanted in interviews(count):
        findings = default_finder().find(turns)
        for number, spans in enumerate(wanted):
            here = [finding for finding in findings if finding.span.turn == number]
            for start, end, kind in spans:
                hits = [each for each in here if each.span.start < end and start < each.span.end]
                total += 1
                found += bool(hits)
                typed += any(each.type.value == kind for each in hits)
                per_type[kind] += 1
                missed[kind] += not hits
            proposed += len(here)
            wrong += sum(all(end <= f.span.start or f.span.end <= start for start, end, _ in spans) for f in here)
    return {
        "recall": round(found / total, 3),
        "typed": round(typed / total, 3),
        "precision": round(1 - wrong / proposed, 3),
        "missed": {kind: f"{count}/{per_type[kind]}" for kind, count in missed.items() if count},
    }


def gold_score(folder: Path) -> dict[str, float]:
    """Return recall, typed recall and precision on the gold interviews of a folder (counted as its `score.py` does)."""
    from interviews.detect.finder import default_finder

    found = typed = total = wrong = proposed = 0
    for path in sorted(folder.glob("*.gold.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        transcript = json.loads((folder / f"{gold['id']}.json").read_text(encoding="utf-8"))
        findings = default_finder().find([Turn(turn["speaker"], turn["text"]) for turn in transcript["turns"]])

        def hits(mark: dict[str, int], among: Sequence[object] = findings) -> list[object]:
            return [f for f in among if _touch(f, mark)]

        marks = [mark for mark in gold["pii"] if mark["type"] != "INDIRECT"]
        total += len(marks)
        found += sum(bool(hits(mark)) for mark in marks)
        typed += sum(any(f.type.value == mark["type"] for f in hits(mark)) for mark in marks)  # type: ignore[attr-defined]
        counted = [f for f in findings if not any(_touch(f, mark) for mark in gold["pii_neutral"])]
        proposed += len(counted)
        wrong += sum(not any(_touch(f, mark) for mark in gold["pii"]) for f in counted)
    return {
        "recall": round(found / total, 3),
        "typed": round(typed / total, 3),
        "precision": round(1 - wrong / proposed, 3),
    }


def _touch(finding: object, mark: dict[str, int]) -> bool:
    span = finding.span  # type: ignore[attr-defined]
    return bool(span.turn == mark["turn"] and span.start < mark["end"] and mark["start"] < span.end)


def main(arguments: Sequence[str]) -> None:
    """Measure and print. Words per second are of processor time, so that a busy machine does not change them much."""
    began, worked = time.perf_counter(), time.process_time()
    from interviews.detect.finder import default_finder

    finder = default_finder()
    finder.find([Turn("I", "Dag, ik ben Gerda.")])
    print(f"start            {time.perf_counter() - began:.2f} s ({time.process_time() - worked:.2f} s of processor)")
    material = [turns for turns, _ in interviews(40)]
    count = sum(len(turn.text.split()) for turns in material for turn in turns)
    speed = 0.0
    for label in ("first time", "again"):
        worked = time.process_time()
        for turns in material:
            finder.find(turns)
        speed = count / (time.process_time() - worked)
        print(f"words/s          {speed:,.0f} ({label}, {count:,} words)")
    print(f"memory at most   {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")
    print(f"made-up names    {score()}")
    for folder in arguments:
        print(f"gold             {gold_score(Path(folder))}")
    if importlib.util.find_spec("deduce") is None:
        print("deduce           is not installed here, so it is not measured")
    else:
        _against_deduce(material, count, speed)


def _against_deduce(material: Sequence[Sequence[Turn]], count: int, speed: float) -> None:
    from deduce import Deduce  # type: ignore[import-not-found]

    began = time.perf_counter()
    model = Deduce()
    loaded = time.perf_counter() - began
    worked = time.process_time()
    for turns in material:
        for turn in turns:
            model.deidentify(turn.text)
    theirs = count / (time.process_time() - worked)
    print(f"deduce           start {loaded:.1f} s, words/s {theirs:,.0f}; ours is {speed / theirs:.1f} times as fast")


if __name__ == "__main__":
    main(sys.argv[1:])
