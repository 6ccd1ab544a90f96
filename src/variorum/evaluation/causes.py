"""Causes: what kind of error each difference is, so that errors can be counted by what would mend them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from variorum.evaluation.agreement import Compared, span_of, touch
from variorum.evaluation.annotated import Annotated, words_at
from variorum.evaluation.figures import Difference
from variorum.evaluation.names import Names
from variorum.evaluation.shapes import Mark
from variorum.model import REPORTER

_WHAT = {
    "toll": ("outcome", "number", "group", "source", "certainty"),
    "responsibility": ("actor or stance", "source"),
    "account": ("words", "source"),
}
_VALUES = {
    "toll": ("outcome", "min", "max", "group"),
    "responsibility": ("stance", "actor"),
    "account": (),
}


def differences_of(
    document: Annotated, compared: Compared, found: Sequence[Mark], names: Names
) -> Iterator[Difference]:
    """Each difference in one kind of claim, with its cause and its words. `found` are all claims found in the report."""
    kind, paired = compared.kind, dict(compared.levels.keys())
    for i, claim in enumerate(compared.key):
        if i not in paired:
            cause = _missed(claim, found)
            yield Difference(document.id, f"{kind} missed: {cause}", key=_shown(document, claim))
            continue
        other = compared.found[paired[i]]
        agreed = compared.levels[i, paired[i]]
        if not all(agreed):
            what = _WHAT[kind][agreed.index(False)]
            cause = f"{kind} differs in {what}{_how(what, claim, other, names)}"
            yield Difference(document.id, cause, _shown(document, claim), _shown(document, other))
    for j in sorted(set(range(len(compared.found))) - set(paired.values()) - compared.left_out):
        claim = compared.found[j]
        cause = _invented(claim, document.marks)
        yield Difference(document.id, f"{kind} false alarm: {cause}", found=_shown(document, claim))


def _missed(claim: Mark, found: Sequence[Mark]) -> str:
    """Why an annotation has no finding beside it."""
    beside = [other for other in found if touch(claim, other)]
    if any(other["kind"] == claim["kind"] and other.get("background") for other in beside):
        return "held for background"
    if any(other["kind"] == claim["kind"] for other in beside):
        return "its words are taken for another claim"
    if beside:
        return f"held for a claim of another kind ({min(other['kind'] for other in beside)})"
    if claim["kind"] == "toll" and claim.get("min") in (0, 1):
        return "nothing found there, none or one person"
    return "nothing found there"


def _invented(claim: Mark, key: Sequence[Mark]) -> str:
    """Why a finding has no annotation beside it."""
    if claim["start"] is None:
        return "its words are not in the text"
    beside = [other for other in key if touch(claim, other)]
    if any(other["kind"] == claim["kind"] and other.get("background") for other in beside):
        return "background to the annotators"
    if any(other["kind"] == claim["kind"] for other in beside):
        return "one claim told twice"
    if beside:
        return f"a claim of another kind to the annotators ({min(other['kind'] for other in beside)})"
    return "nothing annotated there"


def _how(what: str, key: Mark, found: Mark, names: Names) -> str:
    """What is told of a difference beyond the field that differs."""
    if what == "certainty":
        return f" ({found.get('certainty')} for {key.get('certainty')})"
    if what == "group":
        return f" ({found.get('group')} for {key.get('group')})"
    if what == "number":
        open_ends = [(mark.get("min") is None) + (mark.get("max") is None) for mark in (key, found)]
        return ": a bound open or closed" if open_ends[0] != open_ends[1] else ": another figure"
    if what == "source":
        if names.of(found.get("source")) == REPORTER:
            return ": a party's words held for the report's own"
        if names.of(key["source"]) == REPORTER:
            return ": the report's own words held for a party's"
        return ": another party"
    if what == "actor or stance":
        return ": another actor" if not names.same_actor(key, found) else ": another stance"
    return ""


def _shown(document: Annotated, claim: Mark) -> str:
    told = [str(claim.get(field)) for field in ("source", *_VALUES[claim["kind"]], "certainty")]
    words = words_at(document.text, *span_of(claim)) if claim["start"] is not None else "not in the text"
    return f"{' '.join(told)} «{words}»"
