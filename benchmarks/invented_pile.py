"""A pile of reports of any size whose incidents are known: what linking and copies are timed on.

Every incident has a cast (people, parties of its country, places of the gazetteer near one another), a day, a toll and some
facts. Facts are sentences of the reports written for this project (`training/texts`, the shipped examples) with the names and
figures of the cast put in. A report tells about half of its incident's facts in an order of its own, drops and changes
words, adds sentences nobody else has, and a line of its publisher's furniture. Some reports are copies: exact, edited, passages
of an agency's story in a longer one, or a publisher's own text once more. How many reports an incident has is
long-tailed: most have one to three, some hundreds. Everything follows from the seed.

Readings are built from what is known of the text, without the reader: what is timed here is linking.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from variorum.model import (
    Certainty,
    Day,
    Evidence,
    Group,
    Incident,
    IncidentType,
    Outcome,
    Place,
    Reading,
    Report,
    Source,
    Time,
    content_id,
    make_claim,
)
from variorum.reading.places.gazetteer import Gazetteer, open_gazetteer

ROOT = Path(__file__).parent.parent
NAMES: dict[str, list[str]] = yaml.safe_load((Path(__file__).parent / "pile_names.yaml").read_text("utf-8"))
FIRST_DAY = date(2017, 1, 1)
YEARS = 6
PUBLISHERS = 900
COUNTRIES = 70
MOST_REPORTS = 400
TAIL = 1.25
"""Exponent of the number of reports an incident has: the larger, the fewer large incidents."""

_MARK = re.compile(r"\[[a-z]\d+ |\]")
_RUN = re.compile(r"(?<![.!?:”\"] )(?<!^)\b[A-Z][\w’-]+(?:\s+[A-Z][\w’-]+)*")
_FIGURE = re.compile(r"\b\d[\d,.]*\b")
_CALENDAR = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|June|July|August|September|October|November"
)


@dataclass(frozen=True)
class Cast:
    """Who and what an incident is made of."""

    day: date
    places: tuple[Place, ...]
    people: tuple[str, ...]
    parties: tuple[str, ...]
    offices: tuple[str, ...]
    killed: int
    injured: int
    type: IncidentType


@dataclass(frozen=True)
class Planned:
    """A report to come: of which incident, the how-manieth there, and its day."""

    incident: int
    number: int
    published: date


class Pile:
    """Reports of known incidents, in the order of their days. `viral` adds one incident of so many reports in one week."""

    def __init__(self, size: int, seed: int = 1, viral: int = 0) -> None:
        self._seed = seed
        self._viral = viral
        self._sentences = _sentences()
        self._countries = _countries()
        self._publishers = _publishers()
        # A fact and a text are asked for again and again while an incident is in the news.
        self._facts = lru_cache(maxsize=400)(self._facts_of)
        self._text = lru_cache(maxsize=2000)(self._text_of)
        self.plan = self._plan(size)

    def __iter__(self) -> Iterator[tuple[Reading, int]]:
        """Readings in the order of publication, each with the number of its incident."""
        for planned in self.plan:
            yield self.reading(planned), planned.incident

    def reading(self, planned: Planned) -> Reading:
        """The report as a light reader would read it; now and then it misses the day or the place."""
        cast, _ = self._facts(planned.incident)
        title, text, publisher = self._text(planned.incident, planned.number)
        report = Report(id=f"r{planned.incident}-{planned.number}", text=text, title=title, publisher=publisher,
                        published=planned.published, language="en")  # fmt: skip
        return _read(report, cast, random.Random(f"{self._seed} reading {planned.incident} {planned.number}"))

    def _plan(self, size: int) -> list[Planned]:
        chance = random.Random(f"{self._seed} plan")
        plan: list[Planned] = []
        incident = 0
        while len(plan) < size:
            many = self._viral if not incident else min(MOST_REPORTS, int(chance.random() ** (-1 / TAIL)))
            day = self._facts(incident)[0].day
            for number in range(min(many, size - len(plan))):
                late = chance.random() * 7 if not incident else _delay(chance)
                plan.append(Planned(incident, number, day + timedelta(days=int(late))))
            incident += 1
        chance.shuffle(plan)
        return sorted(plan, key=lambda planned: planned.published)

    def _facts_of(self, incident: int) -> tuple[Cast, tuple[str, ...]]:
        chance = random.Random(f"{self._seed} incident {incident}")
        places, parties, offices = chance.choice(self._countries)
        at = chance.randrange(len(places))
        near = sorted(places, key=lambda p: _apart(p, places[at]))[:8]
        cast = Cast(
            day=FIRST_DAY + timedelta(days=chance.randrange(365 * YEARS)),
            places=(places[at], *chance.sample(near[1:], 2)),
            people=tuple(_person(chance) for _ in range(4)),
            parties=tuple(chance.sample(parties, 3)),
            offices=tuple(chance.sample(offices, 3)),
            killed=int(2 * chance.random() ** -0.8),
            injured=int(4 * chance.random() ** -0.7),
            type=chance.choice([t for t in IncidentType if t is not IncidentType.UNKNOWN]),
        )
        facts = tuple(_staged(chance.choice(self._sentences), cast, chance) for _ in range(18))
        return cast, facts

    def _text_of(self, incident: int, number: int) -> tuple[str, str, str]:
        """Title, text and publisher of a report."""
        chance = random.Random(f"{self._seed} report {incident} {number}")
        publisher = self._publishers[int(len(self._publishers) * chance.random() ** 2)]
        kind = chance.random() if number else 1.0
        cast, facts = self._facts(incident)
        if kind < 0.32:
            # Of one of the first thirty, not always of the first: stories are carried from several.
            title, text, owner = self._text(incident, chance.randrange(min(number, 30)))
            if kind < 0.08:
                return title, text, publisher
            if kind < 0.13:
                return title, f"{text}\n{self._own(cast, chance, 1)[0]}", owner
            if kind < 0.24:
                credit = _filled(chance.choice(NAMES["credits"]), cast, publisher, chance)
                return title, f"{_edited(text, chance)}\n{credit}", publisher
            lines = text.split("\n")
            own = self._own(cast, chance, chance.randint(4, 8))
            return _filled(chance.choice(NAMES["titles"]), cast, publisher, chance), "\n".join(
                (" ".join(own[:3]), *lines[:2], " ".join(own[3:]))
            ), publisher  # fmt: skip
        told = [_worn(fact, chance) for fact in chance.sample(facts, chance.randint(6, 11))]
        own = self._own(cast, chance, chance.randint(2, 5))
        body = told + own
        chance.shuffle(body)
        lead = _filled(chance.choice(NAMES["leads"]), cast, publisher, chance)
        dateline = f"{cast.places[0].name.upper()} — " if chance.random() < 0.5 else ""
        third = max(1, len(body) // 3)
        paragraphs = [f"{dateline}{lead} {body[0]}"]
        paragraphs += [" ".join(body[i : i + third]) for i in range(1, len(body), third)]
        if chance.random() < 0.2:
            paragraphs.append(_filled(chance.choice(NAMES["credits"]), cast, publisher, chance))
        if chance.random() < 0.5:
            place = sum(map(ord, publisher)) % len(NAMES["notices"])
            paragraphs.append(_filled(NAMES["notices"][place], cast, publisher, chance))
        title = _filled(chance.choice(NAMES["titles"]), cast, publisher, chance)
        return title, "\n".join(paragraphs), publisher

    def _own(self, cast: Cast, chance: random.Random, many: int) -> list[str]:
        return [_worn(_staged(chance.choice(self._sentences), cast, chance), chance) for _ in range(many)]


def _delay(chance: random.Random) -> float:
    """Days from the incident to a report: half within a day, one in twenty after months."""
    kind = chance.random()
    if kind < 0.5:
        return chance.random() * 2
    return chance.expovariate(1 / 5) if kind < 0.95 else chance.expovariate(1 / 90)


def _sentences() -> list[str]:
    """Sentences of reports written for this project, with `{name}` and `{figure}` where names and figures stood."""
    found = []
    for path in sorted((ROOT / "training" / "texts").glob("*.txt")):
        for block in re.split(r"^=== .*$", path.read_text("utf-8"), flags=re.M):
            found.append(_MARK.sub("", block.split("\n---", 1)[0]))
    for path in sorted((ROOT / "src" / "variorum" / "examples").glob("*.jsonl")):
        rows = map(json.loads, path.read_text("utf-8").splitlines())
        found += [row["text"] for row in rows if "text" in row]
    whole = (re.split(r"(?<=[a-z)”\"][.!?])\s+", line) for text in found for line in text.split("\n"))
    kept = dict.fromkeys(s.strip() for sentences in whole for s in sentences if 8 <= len(s.split()) <= 45)
    return [_slotted(sentence.replace("{", "(").replace("}", ")")) for sentence in kept]


def _slotted(sentence: str) -> str:
    named = _RUN.sub(lambda m: m[0] if _CALENDAR.match(m[0]) else "{name}", sentence)
    return _FIGURE.sub("{figure}", named)


def _staged(sentence: str, cast: Cast, chance: random.Random) -> str:
    """A sentence with the cast's names and figures."""
    names = (*cast.people, *cast.people, *cast.parties, *cast.offices, *(p.name for p in cast.places))
    return re.sub(
        r"\{(name|figure)\}",
        lambda m: (
            chance.choice(names)
            if m[1] == "name"
            else str(chance.choice((cast.killed, cast.injured, chance.randint(2, 90))))
        ),
        sentence,
    )


def _filled(form: str, cast: Cast, publisher: str, chance: random.Random) -> str:
    # Tolls differ from report to report, as they do.
    killed = max(1, cast.killed + chance.choice((0, 0, 0, 0, 1, -1, 2)))
    day = f"{cast.day:%A}, {cast.day.day} {cast.day:%B}"
    return form.format(n=killed, m=cast.injured, place=cast.places[0].name, near=cast.places[1].name,
                       day=day, person=chance.choice(cast.people), party=chance.choice(cast.parties),
                       office=chance.choice(cast.offices), publisher=publisher,
                       agency=chance.choice(NAMES["agencies"]))  # fmt: skip


def _worn(sentence: str, chance: random.Random) -> str:
    """A sentence retold: some words dropped, some changed places."""
    words = [w for w in sentence.split(" ") if w[:1].isupper() or chance.random() > 0.12]
    for i in range(len(words) - 1):
        if chance.random() < 0.12:
            words[i], words[i + 1] = words[i + 1], words[i]
    return " ".join(words)


def _edited(text: str, chance: random.Random) -> str:
    """A text with a word in forty dropped and at times a paragraph: still one text."""
    lines = text.split("\n")
    if len(lines) > 3 and chance.random() < 0.3:
        del lines[chance.randrange(1, len(lines))]
    return "\n".join(" ".join(w for w in line.split(" ") if chance.random() > 0.025) for line in lines)


def _person(chance: random.Random) -> str:
    surname = "".join(
        chance.choice(NAMES[p]) for p in ("onsets", "vowels", "codas", "onsets", "vowels", "endings")
    )
    return f"{chance.choice(NAMES['given'])} {surname.capitalize()}"


def _publishers() -> list[str]:
    chance = random.Random("publishers")
    return [f"{_person(chance).split()[1]} {chance.choice(NAMES['papers'])}" for _ in range(PUBLISHERS)]


def _countries() -> list[tuple[list[Place], list[str], list[str]]]:
    """Places, armed parties and offices of some countries; countries often in the news come several times."""
    gazetteer = open_gazetteer()
    chance = random.Random("countries")
    places: dict[str, list[Any]] = {}
    for number in range(0, len(gazetteer), 5):
        place = gazetteer.place(number)
        if (
            place.level == "town"
            and place.id
            and place.country
            and place.people > 3.5
            and place.name.isascii()
        ):
            places.setdefault(place.country, []).append(place)
    large = sorted((c for c in places if len(places[c]) >= 40), key=lambda c: (-len(places[c]), c))[
        :COUNTRIES
    ]
    chance.shuffle(large)
    found = []
    for rank, country in enumerate(large):
        chosen = [
            _place(p, gazetteer) for p in chance.sample(places[country], min(len(places[country]), 150))
        ]
        adjective = _person(chance).split()[1]
        parties = [
            f"{chance.choice(NAMES['colours'])} {adjective} {chance.choice(NAMES['bodies'])}"
            for _ in range(8)
        ]
        offices = [f"{adjective} {office}" for office in NAMES["offices"]]
        found += [(chosen, sorted(set(parties)), offices)] * max(1, COUNTRIES // (2 * (rank + 1)))
    return found


def _place(place: Any, gazetteer: Gazetteer) -> Place:
    admin1 = gazetteer.place(place.admin1).name if place.admin1 is not None else None
    return Place(name=place.name, geonameid=place.id, latitude=place.lat, longitude=place.lon,
                 country=place.country, admin1=admin1, level="town", precision=1)  # fmt: skip


def _apart(a: Place, b: Place) -> float:
    return abs((a.latitude or 0) - (b.latitude or 0)) + abs((a.longitude or 0) - (b.longitude or 0))


def _read(report: Report, cast: Cast, chance: random.Random) -> Reading:
    text, told = report.text, f"{cast.day:%A}, {cast.day.day} {cast.day:%B}"
    times = tuple(
        Time(evidence=Evidence.of(text, *m.span()), type="DATE", value=cast.day.isoformat(), first=cast.day,
             last=cast.day, precision=1)
        for m in re.finditer(re.escape(told), text)
    )  # fmt: skip
    places = tuple(
        place.model_copy(update={"evidence": Evidence.of(text, *m.span())})
        for place in cast.places
        for m in re.finditer(rf"\b{re.escape(place.name)}\b", text)
    )
    day = Day(first=cast.day, last=cast.day, precision=1) if times and chance.random() > 0.1 else None
    place = cast.places[0] if places and chance.random() > 0.15 else None
    kind = cast.type if chance.random() > 0.2 else IncidentType.UNKNOWN
    main = Incident(id=content_id("incident", report.content_hash), type=kind, day=day, place=place,
                    parties=cast.parties[:2])  # fmt: skip
    toll = re.search(r"(\d+) (?:people|bodies)|dead of \S+ at (\d+)", text)
    claims = ()
    if toll:
        number = int(toll[1] or toll[2])
        claims = (
            make_claim("toll", report=report.id, content_hash=report.content_hash,
                       evidence=Evidence.of(text, *toll.span()), source=Source(party=cast.offices[0]),
                       outcome=Outcome.KILLED, min=number, max=number, group=Group.UNKNOWN,
                       certainty=Certainty.STATED),
        )  # fmt: skip
    return Reading(
        report=report, reader="invented", claims=claims, incidents=(main,), times=times, places=places
    )
