"""Background incidents: claims about something else than the main incident, put together by what about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from variorum.model import Claim, Day, IncidentType, Place, Report
from variorum.reading.dates import TimeExpression
from variorum.reading.incidents.days import day_within
from variorum.reading.incidents.kinds import type_within
from variorum.reading.incidents.page import Sentence
from variorum.reading.incidents.scene import Scene
from variorum.reading.incidents.sites import place_within
from variorum.reading.places import PlaceMention


@dataclass
class Group:
    """Background claims about one incident, with what is known of it so far."""

    sentence: Sentence
    day: Day | None
    place: Place | None
    total: bool
    claims: list[Claim] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)

    def takes(self, sentence: Sentence, day: Day | None, place: Place | None, total: bool) -> bool:
        """Whether a claim of this sentence, day and place is about the same incident.

        In one paragraph it is unless its day or place says otherwise; elsewhere only if both say so.
        """
        if self.total != total:
            return False
        other_day = (
            self.day is not None
            and day is not None
            and (self.day.first, self.day.last) != (day.first, day.last)
        )
        other_place = self.place is not None and place is not None and not _one_place(self.place, place)
        if sentence.paragraph == self.sentence.paragraph and sentence.number - self.sentence.number <= 2:
            return not other_day and not (other_place and sentence.number != self.sentence.number)
        known = self.day is not None and day is not None and self.place is not None and place is not None
        return known and not other_day and not other_place

    def type(self, scene: Scene) -> IncidentType:
        """The type; a running total of a war has none."""
        if self.total:
            return IncidentType.UNKNOWN
        return type_within((t for s in self.sentences for t in scene.page.triggers_in(s)), self.claims)


def group_background(
    scene: Scene,
    claims: Sequence[Claim],
    times: Sequence[TimeExpression],
    places: Sequence[PlaceMention],
    report: Report,
) -> list[Group]:
    """The background claims of a report in groups, one an incident, in the order of the text."""
    groups: list[Group] = []
    for claim in sorted(claims, key=lambda c: (c.evidence.start, c.evidence.end, c.id)):
        sentence = scene.page.sentence_at(claim.evidence.start)
        words = scene.page.word_span((claim.evidence.start, claim.evidence.end))
        total = scene.page.has_phrase("total", sentence)
        day = None if total else day_within(scene, times, report, [sentence], words)
        place = place_within(scene, places, report.text, [sentence], words)
        group = next((g for g in reversed(groups) if g.takes(sentence, day, place, total)), None)
        if group is None:
            group = Group(sentence, day, place, total)
            groups.append(group)
        group.day = group.day or day
        group.place = group.place or place
        group.claims.append(claim)
        if sentence not in group.sentences:
            group.sentences.append(sentence)
            group.sentence = sentence
    return groups


def _one_place(a: Place, b: Place) -> bool:
    """Whether two places are one, or one lies in the other as far as their countries and divisions tell."""
    if (a.geonameid, a.name) == (b.geonameid, b.name):
        return True
    if a.country is None or a.country != b.country:
        return a.country is None or b.country is None
    return a.level == "country" or b.level == "country" or (a.level != b.level and a.admin1 == b.admin1)
