"""Claims as they are shown for review: their words in their place, what was decided, and in whose sight."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from variorum.dossier.reasons import reasons_in_words
from variorum.dossier.wording import gist, source_name
from variorum.ledger import Recorded, Waiting
from variorum.model import Claim, Link, Report
from variorum.web.recording import seen

_AROUND = 180
"""Characters shown on either side of a claim's words."""

NEEDS = {
    "score": (
        "Low score",
        "Claims that are least likely to stand as they are, the lowest first: the score is that chance.",
    ),
    "contested": (
        "Contested",
        "Claims that answer contested questions, incident by incident, the incidents last derived first.",
    ),
    "links": ("Links", "Reports put to an incident by likeness alone, the weakest link first."),
    "unseen": ("Not looked at", "Claims that nobody has looked at, the newest first."),
    "second": (
        "Second review",
        "Claims that one other person has reviewed. What they decided is told once you have decided.",
    ),
}
"""The queues, each with its name and what waits in it."""


@dataclass(frozen=True, slots=True)
class Card:
    """One thing to review."""

    report: Report
    incident: str | None = None
    claim: Claim | None = None
    link: Link | None = None
    other: Report | None = None
    question: str | None = None
    seen: str = ""
    blind: bool = False
    """Whether somebody's verdict is kept back until the reviewer's own."""

    @property
    def id(self) -> str:
        """What it is about."""
        return self.claim.id if self.claim else f"link-{self.report.id}"

    @property
    def gist(self) -> str:
        """What the claim says in a few words."""
        assert self.claim is not None
        return gist(self.claim)

    @property
    def source(self) -> str:
        """Who says it."""
        assert self.claim is not None
        return source_name(self.claim.source.party)

    @property
    def before(self) -> str:
        """The text before the claim's words."""
        assert self.claim is not None
        start = self.claim.evidence.start
        told = self.report.text[max(0, start - _AROUND) : start]
        return f"…{told.partition(' ')[2] or told}" if start > _AROUND else told

    @property
    def after(self) -> str:
        """The text after the claim's words."""
        assert self.claim is not None
        end = self.claim.evidence.end
        told = self.report.text[end : end + _AROUND]
        return f"{told.rpartition(' ')[0] or told}…" if end + _AROUND < len(self.report.text) else told

    @property
    def reasons(self) -> list[str]:
        """What the link rests on, in words."""
        return reasons_in_words(self.link) if self.link else []


def card_of(waiting: Waiting) -> Card:
    """The card of what waits."""
    return Card(
        waiting.report,
        waiting.incident,
        waiting.claim,
        waiting.link,
        waiting.other,
        waiting.question,
        seen(waiting.first),
        bool(waiting.first),
    )


def excerpt(text: str, length: int = 320) -> str:
    """How a text begins."""
    told = " ".join(text[: length * 2].split())
    return f"{told[:length].rpartition(' ')[0]}…" if len(told) > length else told


@cache
def reasons_at_hand() -> tuple[str, ...]:
    """Reasons for rejecting a claim, in the order of their keys."""
    text = files("variorum.web").joinpath("data/reasons.tsv").read_text("utf-8")
    return tuple(line for line in text.splitlines() if line and not line.startswith("#"))


@dataclass(frozen=True, slots=True)
class Told:
    """A decision as it is told on pages."""

    recorded: Recorded
    undone: Recorded | None = None

    @property
    def time(self) -> str:
        """When it was recorded, to the minute, UTC."""
        return self.recorded.at[:16].replace("T", " ")

    @property
    def words(self) -> str:
        """What was decided, in a few words."""
        decision = self.recorded.decision
        claim = decision.claim
        if claim is not None:
            told = f"{gist(claim)}, {source_name(claim.source.party)}, {claim.certainty.value}"
            return f"corrected it to: {told}" if decision.kind == "correct" else f"added: {told}"
        if decision.kind == "rename":
            return f"renamed {decision.subject} to {decision.name}"
        if decision.kind == "set":
            place = decision.place.name if decision.place else None
            day = decision.day.span if decision.day else None
            return f"set: {', '.join(str(one) for one in (decision.type, day, place) if one)}"
        return _WORDS[decision.kind]


_WORDS = {
    "accept": "accepted it",
    "reject": "rejected it",
    "join": "joined reports to one incident",
    "split": "put reports to an incident of their own",
    "never": "kept reports apart",
    "undo": "undid a decision",
}


def told(recorded: Iterable[Recorded], undone: Mapping[str, Recorded] | None = None) -> list[Told]:
    """Decisions as they are told."""
    return [Told(one, (undone or {}).get(one.id)) for one in recorded]


def undone_among(recorded: Sequence[Recorded]) -> dict[str, Recorded]:
    """Those that hold no longer, each with what undoes it, where all that bear on them are at hand."""
    gone: dict[str, Recorded] = {}
    for one in reversed(recorded):
        if one.decision.kind == "undo" and one.id not in gone:
            gone.setdefault(one.decision.subject, one)
    return gone
