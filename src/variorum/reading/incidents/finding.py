"""The incidents of one report: the main one, the background ones, and which claim is about which."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from variorum.model import (
    REPORTER,
    Claim,
    Incident,
    Party,
    PartyKind,
    Report,
    Responsibility,
    Stance,
    Toll,
    content_id,
)
from variorum.reading.dates import TimeExpression
from variorum.reading.incidents.background import group_background
from variorum.reading.incidents.days import day_of_main
from variorum.reading.incidents.kinds import type_of_main
from variorum.reading.incidents.page import page_of
from variorum.reading.incidents.scene import Scene, scene_of
from variorum.reading.incidents.sites import place_of_main
from variorum.reading.places import PlaceMention

_ARMED = frozenset((PartyKind.STATE_FORCE, PartyKind.POLICE, PartyKind.ARMED_GROUP))


def find_incidents(
    report: Report,
    claims: Sequence[Claim],
    times: Sequence[TimeExpression],
    places: Sequence[PlaceMention],
    parties: Sequence[Party] = (),
) -> tuple[tuple[Incident, ...], dict[str, str]]:
    """The incidents that a report tells of, the main one first, and the incident of each claim, by ids.

    Claims marked `background` go to background incidents, all others to the main one. A report without
    claims has a main incident if its words tell of something that happens. `parties` tell which sources bear
    arms: those are parties to an incident as actors are. The day is never taken from the report's date alone.
    """
    page = page_of(report.text)
    if not page.sentences:
        return (), {}
    scene = scene_of(page, claims)
    content_hash, kinds = report.content_hash, {p.name: p.kind for p in parties}
    incidents: list[Incident] = []
    owner: dict[str, str] = {}
    main = [c for c in claims if not c.background]
    start = _start(scene, main)
    if start is not None:
        incident = Incident(
            id=content_id("incident", content_hash, "main", start),
            type=type_of_main(scene, claims),
            day=day_of_main(scene, times, report),
            place=place_of_main(scene, places, report.text),
            parties=_parties(main, kinds),
        )
        incidents.append(incident)
        owner |= {c.id: incident.id for c in main}
    for group in group_background(scene, [c for c in claims if c.background], times, places, report):
        offsets = sorted((c.evidence.start, c.evidence.end) for c in group.claims)
        incident = Incident(
            id=content_id("incident", content_hash, "background", offsets[0]),
            type=group.type(scene),
            day=group.day,
            place=group.place,
            parties=_parties(group.claims, kinds),
            background=True,
        )
        incidents.append(incident)
        owner |= {c.id: incident.id for c in group.claims}
    return tuple(incidents), owner


def _start(scene: Scene, main: Sequence[Claim]) -> int | None:
    """Where the main incident is first told; None where the report tells of none."""
    if main:
        return min(c.evidence.start for c in main)
    for sentence in scene.page.sentences:
        if sentence.number not in scene.background:
            triggers = scene.page.triggers_in(sentence)
            harmed = {t.entry.role for t in triggers} >= {"means", "harm"}
            for trigger in triggers:
                if harmed or trigger.entry.role == "event":
                    return scene.page.words[trigger.first].start
    return None


def _parties(claims: Iterable[Claim], kinds: Mapping[str, PartyKind]) -> tuple[str, ...]:
    """Who took part as far as the claims tell: actors and sources that bear arms, by first mention.

    Whom a claim clears is a party to the dispute too; who only speaks of it is not.
    """
    found: dict[str, None] = {}
    for claim in sorted(claims, key=lambda c: (c.evidence.start, c.evidence.end, c.id)):
        source = claim.source
        armed = kinds.get(source.party) in _ARMED or (
            isinstance(claim, Responsibility) and claim.stance is Stance.CLAIMS
        )
        actor = claim.actor if isinstance(claim, Toll | Responsibility) else None
        spoke_first = source.mention_start is not None and source.mention_start < claim.evidence.start
        named = [source.party if armed and source.party != REPORTER else None, actor]
        for name in named if spoke_first else reversed(named):
            if name is not None:
                found.setdefault(name)
    return tuple(found)
