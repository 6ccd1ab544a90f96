"""Templates beside their keys: the figures of 1992 and of CEAF-REE, and each slot that differs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from variorum.evaluation.figures import Difference, Measure, Scores
from variorum.evaluation.muc4.answering import Key, Raw
from variorum.evaluation.muc4.role_fillers import score_role_fillers
from variorum.evaluation.muc4.scoring import Tally, aligned, score_slot, score_templates
from variorum.evaluation.muc4.slots import slots
from variorum.evaluation.muc4.values import Filler, Template

_ROWS = ("template", "TEXT FILTERING", "MATCHED/MISSING", "MATCHED/SPURIOUS", "MATCHED ONLY", "ALL TEMPLATES")
_FAULTS = ("incorrect", "spurious", "missing", "partial")


def score_answers(keys: Mapping[str, Key], answers: Mapping[str, Sequence[Raw]]) -> Scores:
    """The figures of reports' templates by report; a report without an answer counts as one without templates.

    A partial answer is half a right one. `ALL TEMPLATES` is the figure of 1992, `CEAF-REE` that of Du, Rush and Cardie (2021)
    over all roles; slots are measured over all templates.
    """
    wanted = {report: key.templates for report, key in keys.items()}
    given = {report: list(answers.get(report, ())) for report in keys}
    scores = Scores("muc4", reports=len(keys))
    tallies = score_templates(wanted, given)
    roles = score_role_fillers(
        {report: {"text": key.text, "templates": key.templates} for report, key in keys.items()},
        {report: {"templates": found} for report, found in given.items()},
    )
    scores.measures = {row: _measure(tallies[row]) for row in (*_ROWS[::-1], *slots())}
    scores.measures |= {"CEAF-REE": _measure(roles["micro_avg"])}
    scores.measures |= {f"CEAF-REE {role}": _measure(t) for role, t in roles.items() if role != "micro_avg"}
    for report in keys:
        scores.differences += _differences(report, wanted[report], given[report])
    return scores


def _measure(tally: Tally) -> Measure:
    return Measure(tally.correct + tally.partial / 2, tally.actual, tally.possible)


def _differences(report: str, wanted: Iterable[Raw], given: Iterable[Raw]) -> Iterator[Difference]:
    """Templates that have no partner, and of the others each slot that is not right."""
    pairs = aligned(
        [Template.of(one, response=False) for one in wanted],
        [Template.of(one, response=True) for one in given],
    )
    for key, found in pairs:
        if key is None or found is None:
            if key is None or not key.optional:
                what = "a template that is not in the key" if key is None else "a template missed"
                yield Difference(report, what, _outline(key), _outline(found))
            continue
        for slot in slots():
            tally = score_slot(key, slot, found)
            if fault := next((name for name in _FAULTS if getattr(tally, name)), None):
                yield Difference(
                    report, f"{slot}: {fault}", _words(key.fillers[slot]), _words(found.fillers[slot])
                )


def _outline(template: Template | None) -> str:
    if template is None:
        return ""
    told = template.fillers
    return "; ".join(_words(told[slot]) for slot in slots() if told[slot])


def _words(fillers: Sequence[Filler]) -> str:
    return ", ".join(" / ".join(option.value for option in filler.options) for filler in fillers)
