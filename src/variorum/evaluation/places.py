"""Scoring of places: names of places and the points they resolve to.

    strict, overlap   recognition: the same extent, any overlap. Spans pair one to one
    end to end        of annotations with coordinates: recognised, and resolved to within 161 km (100 miles, the
                      customary bound in work on toponyms)

and, over the recognised places whose annotation has coordinates, the share within 161 km, the mean and median
distance, and the area under the sorted curve of ln(1 + km), as a share of the largest possible (0 best). A place
without coordinates of its own is as far off as can be there, half of the way round the earth.

Annotations marked `"literal": false` ("Iraqi forces") are neutral: neither missed if left out, nor wrong if found.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import fmean, median

from variorum.evaluation.alignment import Pair, Span, overlap, pair_overlapping
from variorum.evaluation.annotated import Annotated, words_at
from variorum.evaluation.figures import Difference, Measure, Measures, Scores
from variorum.evaluation.shapes import Mark

NEAR_KM = 161.0
_FAR_KM = 20038.0
_EARTH_RADIUS_KM = 6371.0088

_Counted = tuple[Measures, list[float]]
"""The measures of one report, and the distance of each resolved or unresolved pair in kilometres."""


def distance_km(one: Mark, two: Mark) -> float:
    """Great-circle distance between the points of two marks (haversine formula)."""
    latitudes = [math.radians(mark["lat"]) for mark in (one, two)]
    half_north = (latitudes[1] - latitudes[0]) / 2
    half_east = math.radians(two["lon"] - one["lon"]) / 2
    chord = math.sin(half_north) ** 2 + math.prod(map(math.cos, latitudes)) * math.sin(half_east) ** 2
    return 2 * _EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(chord)))


def score_places(key: Iterable[Annotated], found: dict[str, list[Mark]]) -> Scores:
    """The scores of places found, by report id, against the annotations."""
    scores = Scores("places")
    distances: list[float] = []
    for document in key:
        scores.reports += 1
        marks = found.get(document.id, [])
        pairs = pair_overlapping([_span(m) for m in document.marks], [_span(m) for m in marks])
        neutral = _neutral(document.marks, marks, pairs)
        measures, spread = _counted(document.marks, marks, pairs, neutral)
        scores.add(measures, document.group)
        distances += spread
        scores.differences += _differences(document, marks, dict(pairs), neutral)
    scores.values |= {
        "within 161 km": fmean(km <= NEAR_KM for km in distances) if distances else None,
        "mean km": fmean(distances) if distances else None,
        "median km": median(distances) if distances else None,
        "log error area": _log_area(distances),
    }
    return scores


def _neutral(key: Sequence[Mark], found: Sequence[Mark], pairs: list[Pair]) -> set[int]:
    """The findings that count neither way: on neutral annotations, and on nothing else."""
    partner = {j: i for i, j in pairs}
    passed_over = [_span(mark) for mark in key if not _counts(mark)]
    return {
        j
        for j, mark in enumerate(found)
        if (
            not _counts(key[partner[j]])
            if j in partner
            else any(overlap(span, _span(mark)) > 0 for span in passed_over)
        )
    }


def _counted(key: Sequence[Mark], found: Sequence[Mark], pairs: list[Pair], neutral: set[int]) -> _Counted:
    scored = [(key[i], found[j]) for i, j in pairs if j not in neutral]
    pointless = sum(not _has_point(mark) for mark, _ in scored)
    distances = [_apart(mark, other) for mark, other in scored if _has_point(mark)]
    annotations = sum(map(_counts, key))
    findings = len(found) - len(neutral)
    measures = {
        "strict": Measure(sum(_span(m) == _span(o) for m, o in scored), findings, annotations),
        "overlap": Measure(len(scored), findings, annotations),
        "end to end": Measure(
            sum(km <= NEAR_KM for km in distances),
            findings - pointless,
            sum(_counts(mark) and _has_point(mark) for mark in key),
        ),
    }
    return measures, distances


def _apart(key: Mark, found: Mark) -> float:
    return distance_km(key, found) if _has_point(found) else _FAR_KM


def _log_area(distances: Sequence[float]) -> float | None:
    if not distances:
        return None
    curve = sorted(map(math.log1p, distances))
    if len(curve) == 1:
        curve *= 2
    area = sum((low + high) / 2 for low, high in pairwise(curve))
    return area / (math.log1p(_FAR_KM) * (len(curve) - 1))


def _differences(
    document: Annotated, found: Sequence[Mark], partner: dict[int, int], neutral: set[int]
) -> Iterable[Difference]:
    def shown(mark: Mark) -> str:
        point = f"{mark['lat']:.2f}, {mark['lon']:.2f}" if _has_point(mark) else "unresolved"
        return f"{point} «{words_at(document.text, *_span(mark))}»"

    for number, mark in enumerate(document.marks):
        if not _counts(mark):
            continue
        if number not in partner:
            yield Difference(document.id, "missed", key=shown(mark))
            continue
        other = found[partner[number]]
        if _has_point(mark) and _apart(mark, other) > NEAR_KM:
            far = f" ({_apart(mark, other):.0f} km off)" if _has_point(other) else ""
            what = "more than 161 km off" if far else "not resolved"
            yield Difference(document.id, what, shown(mark), shown(other) + far)
    for number in sorted(set(range(len(found))) - set(partner.values()) - neutral):
        yield Difference(document.id, "false alarm", found=shown(found[number]))


def _counts(mark: Mark) -> bool:
    return bool(mark.get("literal", True))


def _has_point(mark: Mark) -> bool:
    return mark.get("lat") is not None and mark.get("lon") is not None


def _span(mark: Mark) -> Span:
    return mark["start"], mark["end"]
