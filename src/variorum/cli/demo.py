"""The demo: a ledger of invented incidents, read from the shipped texts where it is opened, with two analysts' decisions."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from variorum.model import VariorumError

if TYPE_CHECKING:
    from variorum.ledger import Ledger
    from variorum.model import Reading

_ADDED_BY = "Variorum"
_SIDE_FILES = ("", "-wal", "-shm", "-journal")


@dataclass(frozen=True, slots=True)
class _Subjects:
    """What lines of decisions.jsonl can be about: reports by their own ids, claims by their words."""

    ids: Mapping[str, str]
    """The ledger's id of each report; an item of an agency is called `item@version`."""
    readings: Mapping[str, Reading]
    """By the ledger's ids of their reports."""
    incidents: Mapping[str, str]
    """The incident of each report, by the ledger's id of the report."""

    def claim(self, told: dict[str, Any]) -> Any:
        """The claim of a report that stands on these words. Raises `VariorumError` where there is none."""
        for claim in self.readings[self.ids[told["report"]]].claims:
            fits = told.get("outcome") in (None, getattr(claim, "outcome", None))
            if claim.evidence.quote == told["words"] and claim.kind != "account" and fits:
                return claim
        raise VariorumError(
            f"the demo decides on a claim that was not read: {told['words']!r}",
            where=told["report"],
            remedy="this is a fault in Variorum: please report it",
            code="unknown-subject",
        )


def demo_ledger(folder: Path, cache: Path, *, fresh: bool = False) -> Path:
    """The demo's ledger in a folder: the one that is there, or one made anew. Raises `VariorumError`.

    It is made under another name, so that a run that was stopped leaves no half of it.
    """
    path, part = folder / "demo.db", folder / "demo.part.db"
    if path.exists() and not fresh:
        return path
    folder.mkdir(parents=True, exist_ok=True)
    _remove(part)
    with as_file(files("variorum.examples") / "demo") as texts:
        _make(part, texts, cache)
    _remove(path)
    part.rename(path)
    return path


def _make(path: Path, texts: Path, cache: Path) -> None:
    from variorum.cli.faults import Faults
    from variorum.cli.ledger_add import AddCommand
    from variorum.cli.ledger_decide import decide
    from variorum.cli.session import Inputs
    from variorum.ledger import Ledger

    told = [str(texts / "reports.jsonl"), str(texts / "wire")]
    # What there is to note, a missing day and withdrawn items, the demo has on purpose.
    faults = Faults(io.StringIO())
    with Ledger.open(path, cache=cache) as ledger:
        inputs = Inputs(tuple(told), parties=(texts / "parties.yaml",))
        AddCommand(_ADDED_BY).run(ledger, inputs, faults)
        recorded: dict[str, str] = {}
        lines = (texts / "decisions.jsonl").read_text(encoding="utf-8").splitlines()
        ids = _own_ids(told)
        for line in lines:
            one = json.loads(line)
            label = one.pop("label", None)
            given = _decision(one, _subjects(ledger, ids), recorded)
            for name in decide(ledger, [given], one["by"]):
                recorded[label or name] = name


def _own_ids(inputs: list[str]) -> dict[str, str]:
    from variorum.intake import Arrival, take_in
    from variorum.ledger import filed

    found = {}
    for one in take_in(inputs):
        if isinstance(one, Arrival):
            own = f"{one.wire.item}@{one.wire.version}" if one.wire else one.report.id
            found[own] = filed(one.report).id
    return found


def _subjects(ledger: Ledger, ids: Mapping[str, str]) -> _Subjects:
    readings = {one.report.id: one for one in ledger.readings()}
    incidents = {}
    for state in ledger.incidents():
        for report in ledger.dossier(state.incident).dossier.reports:
            incidents[report.id] = state.incident
    return _Subjects(ids, readings, incidents)


def _decision(told: dict[str, Any], subjects: _Subjects, recorded: Mapping[str, str]) -> dict[str, Any]:
    """A line of decisions.jsonl in the form that `variorum decide --file` takes."""
    kind, report = told["kind"], told.get("report", "")
    given = {name: told[name] for name in ("kind", "by", "why", "name", "subject", "type", "day", "place") if name in told}
    for name in ("reports", "others"):
        if name in told:
            given[name] = [subjects.ids[one] for one in told[name]]
    if kind == "undo":
        given["subject"] = recorded[told["of"]]
    elif kind == "set":
        given["subject"] = subjects.incidents[subjects.ids[report]]
    elif kind == "add":
        text = subjects.readings[subjects.ids[report]].report.text
        start, words = text.index(told["words"]), told["words"]
        evidence = {"start": start, "end": start + len(words), "quote": words}
        given["claim"] = {**told["claim"], "report": subjects.ids[report], "evidence": evidence}
    elif kind in ("accept", "reject", "correct"):
        claim = subjects.claim(told)
        given["subject"] = claim.id
        if kind == "correct":
            given["claim"] = {**claim.model_dump(mode="json"), **told["to"]}
    return given


def _remove(ledger: Path) -> None:
    for more in _SIDE_FILES:
        ledger.with_name(ledger.name + more).unlink(missing_ok=True)
