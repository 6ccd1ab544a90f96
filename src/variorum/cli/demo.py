"""The demo: a ledger of invented incidents, read from the shipped texts where it is opened, with two analysts' decisions."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from variorum.model import VariorumError

if TYPE_CHECKING:
    from variorum.ledger import Decision, Ledger
    from variorum.model import Claim, Reading

_ADDED_BY = "Variorum"
_ON_LINKS = ("join", "split", "never", "undo")
_NO_ID = f"claim-{0:016}"
"""The id of a claim by hand follows from what it says, and is worked out when it is recorded."""
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

    def claim(self, told: dict[str, Any]) -> Claim:
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
    from variorum.cli.progress import busy
    from variorum.cli.session import Inputs
    from variorum.ledger import Ledger

    told = (str(texts / "reports.jsonl"), str(texts / "wire"))
    lines = (texts / "decisions.jsonl").read_text(encoding="utf-8").splitlines()
    decisions = [json.loads(line) for line in lines]
    # What there is to note, a missing day and withdrawn items, the demo has on purpose.
    faults = Faults(io.StringIO())
    with Ledger.open(path, cache=cache) as ledger:
        inputs = Inputs(told, parties=(texts / "parties.yaml",))
        AddCommand(_ADDED_BY, link=False).run(ledger, inputs, faults)
        ids = _own_ids(told)
        readings = {one.report.id: one for one in ledger.readings()}
        # Which reports speak of an incident is settled before anything is set of it.
        first = _Subjects(ids, readings, {})
        labels = dict[str, str]()
        for one in decisions:
            if one["kind"] in _ON_LINKS:
                name = ledger.decide(_decision(one, first, labels))
                labels[one.get("label", name)] = name
        with busy("linking"):
            ledger.link()
        linked = _Subjects(ids, readings, _incidents(ledger))
        for one in decisions:
            if one["kind"] not in _ON_LINKS:
                ledger.decide(_decision(one, linked, labels))
        ledger.refresh()


def _own_ids(inputs: Iterable[str]) -> dict[str, str]:
    from variorum.intake import Arrival, take_in
    from variorum.ledger import filed

    found = {}
    for one in take_in(inputs):
        if isinstance(one, Arrival):
            own = f"{one.wire.item}@{one.wire.version}" if one.wire else one.report.id
            found[own] = filed(one.report).id
    return found


def _incidents(ledger: Ledger) -> dict[str, str]:
    """The incident of each report, those that stand no longer included."""
    found = {}
    for state in ledger.incidents():
        opened = ledger.dossier(state.incident)
        for reading in (*opened.readings, *(one for one, _ in opened.earlier)):
            found[reading.report.id] = state.incident
    return found


def _decision(told: dict[str, Any], subjects: _Subjects, labels: Mapping[str, str]) -> Decision:
    """What a line of decisions.jsonl comes to in the ledger. `labels` are the ids of decisions recorded before."""
    from variorum.ledger import Decision

    kind, report = told["kind"], subjects.ids.get(told.get("report", ""), "")
    given = {name: value for name, value in told.items() if name in Decision.model_fields}
    given |= {
        name: [subjects.ids[one] for one in told[name]] for name in ("reports", "others") if name in told
    }
    if kind == "undo":
        given["subject"] = labels[told["of"]]
    elif kind == "set":
        given["subject"] = subjects.incidents[report]
    elif kind == "add":
        start, words = subjects.readings[report].report.text.index(told["words"]), told["words"]
        evidence = {"start": start, "end": start + len(words), "quote": words}
        given["claim"] = {"id": _NO_ID, **told["claim"], "report": report, "evidence": evidence}
    elif kind in ("accept", "reject", "correct"):
        claim = subjects.claim(told)
        given["subject"] = claim.id
        if kind == "correct":
            given["claim"] = {**claim.model_dump(mode="json"), **told["to"]}
    return Decision.model_validate(given)


def _remove(ledger: Path) -> None:
    for more in _SIDE_FILES:
        ledger.with_name(ledger.name + more).unlink(missing_ok=True)
