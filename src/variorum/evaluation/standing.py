"""Scoring of positions: which source stands for which figure on a case's questions, each case taken as one incident.

positions    the same case, outcome, group, source and bounds; `unknown` and `mixed` groups are one
status       a question of the key whose status the first finding on its case, outcome and group names
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from variorum.evaluation.annotated import case_files
from variorum.evaluation.figures import Difference, Measure, Scores
from variorum.evaluation.names import Names, load_aliases
from variorum.model import Group, InputError

Row = dict[str, Any]
_Question = tuple[str, Any, Any]
_Position = tuple[_Question, str, Any, Any]


@dataclass(frozen=True, slots=True)
class Cases:
    """Case files with positions, and the tables of other names beside them."""

    cases: tuple[Row, ...]
    files: tuple[Path, ...]
    aliases: tuple[Path, ...]

    @property
    def case_of(self) -> dict[str, str]:
        """The case of each report, in the order of the files."""
        return {report["id"]: case["case"] for case in self.cases for report in case["reports"]}


def load_cases(inputs: Sequence[str | Path]) -> Cases:
    """The cases in files, and in the files of folders, that have positions. Raises `InputError` as `load_annotated` does."""
    found = [(path, case) for path, case in case_files(inputs) if case.get("positions")]
    if not found:
        raise InputError(
            "no case with annotated positions",
            where=", ".join(map(str, inputs)),
            remedy="each case needs `case`, `reports` and `positions`",
            code="no-annotations",
        )
    files = tuple(path for path, _ in found)
    folders = sorted({path.parent for path in files})
    aliases = tuple(path for folder in folders for path in sorted(folder.glob("aliases*.json")))
    return Cases(tuple(case for _, case in found), files, aliases)


def score_positions(key: Cases, rows: Iterable[Row]) -> Scores:
    """The scores of rows as `variorum link --layer positions` writes them."""
    names = Names(load_aliases(key.aliases))
    status: dict[_Question, str] = {}
    wanted: dict[_Position, None] = {}
    for case in key.cases:
        for asked in case["positions"]:
            question = _question(case["case"], asked)
            status[question] = asked["status"]
            wanted |= dict.fromkeys(_position(question, row, names) for row in asked["positions"])
    said: dict[_Question, str] = {}
    found: dict[_Position, None] = {}
    for row in rows:
        question = _question(str(row.get("case")), row)
        found.setdefault(_position(question, row, names))
        if row.get("status"):
            said.setdefault(question, row["status"])
    scores = Scores("positions", reports=len(key.case_of))
    for case in key.cases:
        mine, theirs = ({one for one in side if one[0][0] == case["case"]} for side in (wanted, found))
        scores.add({"positions": Measure(len(mine & theirs), len(theirs), len(mine))}, case["case"])
    stray = len([one for one in found if one[0][0] not in {case["case"] for case in key.cases}])
    scores.measures["positions"] += Measure(0, stray, 0)
    right = sum(said.get(question) == value for question, value in status.items())
    scores.values["status right"] = right / len(status) if status else None
    scores.differences += [
        *(Difference(one[0][0], "position missed", key=_shown(one)) for one in wanted if one not in found),
        *(
            Difference(one[0][0], "position nobody takes", found=_shown(one))
            for one in found
            if one not in wanted
        ),
        *(
            Difference(
                question[0], f"status {said.get(question, 'unknown')} for {value}", key=str(question[1:])
            )
            for question, value in status.items()
            if said.get(question) != value
        ),
    ]
    return scores


def _question(case: str, row: Row) -> _Question:
    group = row.get("group")
    return case, row.get("outcome"), str(Group.MIXED) if group == Group.UNKNOWN else group


def _position(question: _Question, row: Row, names: Names) -> _Position:
    return question, names.of(row.get("source")), row.get("min"), row.get("max")


def _shown(one: _Position) -> str:
    (_, outcome, group), source, low, high = one
    return f"{source or 'nobody'}: {outcome} {group} {low} to {high}"
