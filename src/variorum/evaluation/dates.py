"""Scoring of dates: time expressions, their extent and their TIMEX3 values.

Measures, each over all reports together. Expressions pair one to one where they overlap.

    strict    the same extent
    relaxed   any overlap
    type      a pair with the same type
    value     a pair with the same value, letter by letter
    date      only expressions that stand for a day, week, month, quarter, half, season or year: a pair with the
              same one, the time of day cut off

Annotations without a value are optional: neither missed, nor is what pairs with them wrong. The measures are those
of TempEval-3 (UzZaman et al., 2013); `date` is added for what places incidents in time.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from variorum.evaluation.alignment import pair_overlapping
from variorum.evaluation.annotated import Annotated, words_at
from variorum.evaluation.figures import Difference, Measure, Measures, Scores
from variorum.evaluation.shapes import Mark

_MEASURES = ("strict", "relaxed", "type", "value", "date")
_CALENDAR = re.compile(
    r"(BC)?\d{4}(-(\d\d(-\d\d)?|W\d\d(-([1-7]|WE))?|Q[1-4]|H[12]|SP|SU|FA|AU|WI))?",
)


def calendar_date(mark: Mark) -> str | None:
    """The day or coarser stretch of the calendar that a DATE or TIME stands for; None for all else."""
    value = mark.get("value")
    if mark.get("type") not in ("DATE", "TIME") or not value:
        return None
    day, _, _ = str(value).partition("T")
    return day if _CALENDAR.fullmatch(day) else None


def score_dates(key: Iterable[Annotated], found: dict[str, list[Mark]]) -> Scores:
    """The scores of time expressions found, by report id, against the annotations."""
    scores = Scores("dates")
    for document in key:
        scores.reports += 1
        marks = found.get(document.id, [])
        pairs = pair_overlapping([_span(m) for m in document.marks], [_span(m) for m in marks])
        scores.add(_counted(document.marks, marks, pairs), document.group)
        scores.differences += _differences(document, marks, dict(pairs))
    return scores


def _counted(key: Sequence[Mark], found: Sequence[Mark], pairs: list[tuple[int, int]]) -> Measures:
    optional = {number for number, mark in enumerate(key) if not mark.get("value")}
    excused = {j for i, j in pairs if i in optional}
    scored = [mark for number, mark in enumerate(key) if number not in optional]
    counted = [mark for number, mark in enumerate(found) if number not in excused]
    hits: Counter[str] = Counter()
    for i, j in pairs:
        if i not in optional:
            hits.update(_agreements(key[i], found[j]))
    dates, dates_found = (sum(calendar_date(m) is not None for m in side) for side in (scored, counted))
    measures = {name: Measure(hits[name], len(counted), len(scored)) for name in _MEASURES}
    return measures | {"date": Measure(hits["date"], dates_found, dates)}


def _agreements(key: Mark, found: Mark) -> list[str]:
    """The measures by which a pair is right."""
    date = calendar_date(key)
    holds = {
        "strict": _span(key) == _span(found),
        "relaxed": True,
        "type": key.get("type") == found.get("type"),
        "value": key["value"] == found.get("value"),
        "date": date is not None and date == calendar_date(found),
    }
    return [name for name, right in holds.items() if right]


def _differences(document: Annotated, found: Sequence[Mark], partner: dict[int, int]) -> Iterable[Difference]:
    def shown(mark: Mark) -> str:
        return f"{mark.get('type')} {mark.get('value')} «{words_at(document.text, *_span(mark))}»"

    for number, mark in enumerate(document.marks):
        if not mark.get("value"):
            continue
        if number not in partner:
            yield Difference(document.id, "missed", key=shown(mark))
            continue
        other = found[partner[number]]
        for name in ("value", "type"):
            if mark.get(name) != other.get(name):
                yield Difference(document.id, f"{name} differs", shown(mark), shown(other))
                break
    for number in sorted(set(range(len(found))) - set(partner.values())):
        yield Difference(document.id, "false alarm", found=shown(found[number]))


def _span(mark: Mark) -> tuple[int, int]:
    return mark["start"], mark["end"]
