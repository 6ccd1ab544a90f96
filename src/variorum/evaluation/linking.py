"""Scoring of linking: which reports belong to one incident, and how many people were killed and injured in each.

    pairwise          pairs of reports that are in one incident
    MUC               links that would make the incidents whole (Vilain et al., 1995); incidents of one report do not count
    CEAF-e            incidents paired one to one by 2 * shared / (size + size) (Luo, 2005)
    exactly right     incidents with the same reports
    killed, injured   incidents whose number is right, paired as for CEAF-e; what has no partner or no number is wrong
    killed and injured    both

B-cubed (Bagga and Baldwin, 1998) and the mean F1 of B-cubed, MUC and CEAF-e (CoNLL, 2012) are values, as their precision and
recall have no common count. A report without an answer stands alone. Where two pairings are as good, that of the earlier
incidents is taken.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from variorum.evaluation.alignment import Pair, assign_few
from variorum.evaluation.annotated import json_lines
from variorum.evaluation.figures import Difference, Measure, Scores
from variorum.model import InputError

HARMS = ("killed", "injured")
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Linked:
    """Annotated reports: the incident of each, and the numbers killed and injured in each incident that has some."""

    incident_of: dict[str, str]
    numbers: dict[str, tuple[int, int]]
    files: tuple[Path, ...] = ()


def load_linked(inputs: Iterable[str | Path]) -> Linked:
    """The reports of JSON Lines, or of folders with some, with `id`, `incident` and `gold` (`killed`, `injured`).

    Raises `InputError` as `load_annotated` does.
    """
    incident_of: dict[str, str] = {}
    numbers: dict[str, tuple[int, int]] = {}
    files = [
        file
        for path in map(Path, inputs)
        for file in (sorted(path.glob("*.jsonl")) if path.is_dir() else [path])
    ]
    for path in files:
        for number, row in json_lines(path):
            where = f"{path}:{number}"
            report, incident, gold = row.get("id"), row.get("incident"), row.get("gold")
            if not isinstance(report, str) or not isinstance(incident, str):
                raise _bad(where, "no `id` or no `incident`", "give each report both, as strings")
            if report in incident_of:
                raise InputError(
                    f"the report {report!r} is there twice",
                    where=where,
                    remedy="give each report its own id",
                    code="duplicate-id",
                )
            incident_of[report] = incident
            if isinstance(gold, dict):
                told = [gold.get(harm) for harm in HARMS]
                if not all(isinstance(value, int) for value in told):
                    raise _bad(
                        where, "`gold` lacks `killed` or `injured`", "write both numbers, or no `gold`"
                    )
                numbers[incident] = (gold["killed"], gold["injured"])
    if not incident_of:
        raise InputError(
            "no report with an incident",
            where=", ".join(map(str, inputs)),
            remedy="each report needs `id`, `text` and `incident`",
            code="no-annotations",
        )
    return Linked(incident_of, numbers, tuple(files))


def score_linking(key: Linked, rows: Iterable[tuple[str, Row]]) -> Scores:
    """The scores of rows {"id", "incident"} and {"incident", "killed", "injured"}, each with where it stands.

    Raises `InputError` for a row about no report of the key, or about one twice.
    """
    home, counts = _answers(key, rows)
    found = {report: home.get(report, f"{report} by itself") for report in key.incident_of}
    shared = Counter((key.incident_of[report], found[report]) for report in key.incident_of)
    mine, theirs = Counter(key.incident_of.values()), Counter(found.values())
    scores = Scores("linking", reports=len(found))
    scores.measures = _measures(shared, mine, theirs)
    partner = _partners(shared, mine, theirs)
    similar = sum(_likeness(shared, mine, theirs, pair) for pair in partner.items())
    precision, recall = (
        sum(n * n / side[pair[which]] for pair, n in shared.items()) / len(found)
        for side, which in ((theirs, 1), (mine, 0))
    )
    ceaf = _f1(similar / len(theirs), similar / len(mine))
    cubed = _f1(precision, recall)
    scores.values |= {
        "CoNLL F1": (cubed + scores.measures["MUC"].f1 + ceaf) / 3,
        "B-cubed precision": precision,
        "B-cubed recall": recall,
        "B-cubed F1": cubed,
        "CEAF-e precision": similar / len(theirs),
        "CEAF-e recall": similar / len(mine),
        "CEAF-e F1": ceaf,
    }
    scores.differences += _split_and_merged(shared)
    if key.numbers and counts:
        _score_numbers(
            scores, key.numbers, {name: counts.get(other) for name, other in partner.items()}, counts
        )
    return scores


def _answers(
    key: Linked, rows: Iterable[tuple[str, Row]]
) -> tuple[dict[str, str], dict[str, tuple[int | None, int | None]]]:
    home: dict[str, str] = {}
    counts: dict[str, tuple[int | None, int | None]] = {}
    for where, row in rows:
        if "id" not in row:
            counts[str(row.get("incident"))] = (row.get("killed"), row.get("injured"))
        elif row["id"] not in key.incident_of:
            raise InputError(
                f"the annotated data have no report {row['id']!r}",
                where=where,
                remedy="score a response with the data it was made from",
                code="unknown-report",
            )
        elif row["id"] in home:
            raise _bad(where, f"the report {row['id']!r} is answered twice", "put each into one incident")
        elif row.get("incident") is not None:
            home[row["id"]] = str(row["incident"])
    return home, counts


def _measures(
    shared: Mapping[tuple[str, str], int], mine: Mapping[str, int], theirs: Mapping[str, int]
) -> dict[str, Measure]:
    reports = sum(mine.values())
    exact = sum(n == mine[one] == theirs[other] for (one, other), n in shared.items())
    return {
        "pairwise": Measure(_pairs(shared.values()), _pairs(theirs.values()), _pairs(mine.values())),
        "MUC": Measure(reports - len(shared), reports - len(theirs), reports - len(mine)),
        "exactly right": Measure(exact, len(theirs), len(mine)),
    }


def _pairs(sizes: Iterable[int]) -> int:
    return sum(n * (n - 1) // 2 for n in sizes)


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _likeness(
    shared: Mapping[tuple[str, str], int],
    mine: Mapping[str, int],
    theirs: Mapping[str, int],
    pair: tuple[str, str],
) -> float:
    return 2 * shared[pair] / (mine[pair[0]] + theirs[pair[1]])


def _partners(
    shared: Mapping[tuple[str, str], int], mine: Mapping[str, int], theirs: Mapping[str, int]
) -> dict[str, str]:
    """For each annotated incident the found one that it is paired with, if any."""
    left, right = list(mine), sorted(theirs)
    row, column = ({name: n for n, name in enumerate(names)} for names in (left, right))
    gains: dict[Pair, float] = {
        (row[one], column[other]): _likeness(shared, mine, theirs, (one, other)) for one, other in shared
    }
    return {left[i]: right[j] for i, j in assign_few(gains)}


def _split_and_merged(shared: Mapping[tuple[str, str], int]) -> Iterator[Difference]:
    for what, which in (("incident split", 0), ("incidents merged", 1)):
        parts: dict[str, list[str]] = defaultdict(list)
        for pair, n in shared.items():
            parts[pair[which]].append(f"{pair[1 - which]} ({n})")
        for name in sorted(parts):
            if len(parts[name]) > 1:
                words = ", ".join(sorted(parts[name]))
                yield Difference(name, what, **{"found" if which == 0 else "key": words})


def _score_numbers(
    scores: Scores,
    numbers: Mapping[str, tuple[int, int]],
    stated: Mapping[str, tuple[int | None, int | None] | None],
    counts: Mapping[str, object],
) -> None:
    nothing = (None, None)
    told = {name: stated.get(name) or nothing for name in numbers}
    right = [[one == other for one, other in zip(numbers[name], told[name], strict=True)] for name in numbers]
    whole = (len(counts), len(numbers))
    scores.measures |= {
        "killed": Measure(sum(killed for killed, _ in right), *whole),
        "injured": Measure(sum(injured for _, injured in right), *whole),
        "killed and injured": Measure(sum(map(all, right)), *whole),
    }
    scores.values["killed and injured, share of incidents"] = scores.measures["killed and injured"].recall
    for name in sorted(numbers):
        for harm, true, found in zip(HARMS, numbers[name], told[name], strict=True):
            if true != found:
                how = "unknown" if found is None else "too many" if found > true else "too few"
                words = "" if found is None else str(found)
                scores.differences.append(Difference(name, f"{harm}: {how}", str(true), words))


def _bad(where: str, what: str, remedy: str) -> InputError:
    return InputError(what, where=where, remedy=remedy, code="bad-annotation")
