"""What asking a language model came to: tokens, cost, and every claim that was refused, with the reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pydantic import Field

from variorum.model import Record


class Reason(StrEnum):
    """Why a claim is refused. Each is told in docs/llm.md."""

    BAD_SHAPE = "bad-shape"
    UNKNOWN_VALUE = "unknown-value"
    NOT_IN_TEXT = "not-in-text"
    OTHER_REPORT = "other-report"
    OUTSIDE_PASSAGE = "outside-passage"
    CUT_WORD = "cut-word"
    AMBIGUOUS_PLACE = "ambiguous-place"
    TOO_LONG = "too-long"
    NO_NUMBER = "no-number"
    CUT_NUMBER = "cut-number"
    OTHER_NUMBER = "other-number"
    SOURCE_NOT_IN_TEXT = "source-not-in-text"
    NO_SOURCE = "no-source"
    ACTOR_NOT_IN_TEXT = "actor-not-in-text"
    ACTOR_ELSEWHERE = "actor-elsewhere"
    NO_ACTOR = "no-actor"
    REPEATED = "repeated"
    LABEL_DEPENDENT = "label-dependent"


@dataclass(frozen=True, slots=True)
class Refused:
    """Why something is not kept, and in words."""

    reason: Reason
    what: str


class Refusal(Record):
    """A claim that the model made and that is not kept; `given` is what it wrote, with labels for names, cut where it is long."""

    report: str
    passage: int = Field(description="which of the passages, from 1; 0 for none of them")
    reason: Reason
    what: str
    given: dict[str, Any]


class Usage(Record):
    """Requests and tokens. Servers that tell no tokens are counted, and nothing is guessed for them."""

    answers: int = 0
    from_cache: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    untold: int = Field(default=0, description="answers of which the server told no tokens")

    @classmethod
    def told(cls, usage: dict[str, Any]) -> Usage:
        """One answer's, as the server tells it."""
        found = [usage.get("prompt_tokens"), usage.get("completion_tokens")]
        sound = [n for n in found if isinstance(n, int) and not isinstance(n, bool) and 0 <= n < 10**12]
        if len(sound) < 2:
            return cls(answers=1, untold=1)
        return cls(answers=1, tokens_in=sound[0], tokens_out=sound[1])

    def __add__(self, other: Usage) -> Usage:
        names = type(self).model_fields
        return Usage(**{name: getattr(self, name) + getattr(other, name) for name in names})


class ModelReport(Record):
    """A run's account: what was asked and answered, what it cost, what was kept and what was refused."""

    reader: str
    url: str
    form: str = Field(description="the form of answers that the server understands")
    left_out: tuple[str, ...] = Field(
        default=(),
        description="parameters that the server does not take; without seed or temperature, runs may differ",
    )
    reports: int = 0
    passages: int = 0
    usage: Usage = Usage()
    given: int = Field(
        default=0, description="claims that the model made, with labels both ways those of both"
    )
    kept: int = 0
    merged: int = Field(
        default=0, description="claims that say the same of the same parties as one that is kept"
    )
    unread: int = Field(default=0, description="reports on which there was no answer that could be used")
    price_in: float | None = None
    price_out: float | None = None
    refusals: tuple[Refusal, ...] = ()

    @property
    def cost(self) -> float | None:
        """The price of all tokens; None where a price or a number of tokens is not known."""
        if self.price_in is None or self.price_out is None or self.usage.untold:
            return None
        return (self.usage.tokens_in * self.price_in + self.usage.tokens_out * self.price_out) / 1e6

    @property
    def reasons(self) -> dict[str, int]:
        """How many claims were refused, by reason, the commonest first."""
        return by_reason(self.refusals)

    def as_json(self) -> dict[str, Any]:
        """All of it, with cost and reasons."""
        counts = {"cost": self.cost, "refused": len(self.refusals), "reasons": self.reasons}
        return {**self.model_dump(mode="json", exclude={"refusals"}), **counts} | {
            "refusals": [one.model_dump(mode="json") for one in self.refusals]
        }

    def in_words(self) -> str:
        """One or two lines for a person."""
        usage = self.usage
        asked = f"{self.reports:,} reports in {self.passages:,} passages, {usage.answers:,} answers"
        if usage.from_cache:
            asked += f" and {usage.from_cache:,} kept ones"
        tokens = f"{usage.tokens_in:,} tokens in, {usage.tokens_out:,} out"
        if usage.untold:
            tokens += f" ({usage.untold:,} answers told none)"
        cost = "cost not known" if self.cost is None else f"cost {self.cost:.4f}"
        unread = f", {self.unread:,} could not be read" if self.unread else ""
        merged = f", {self.merged:,} merged with these" if self.merged else ""
        reasons = ", ".join(f"{number} {reason}" for reason, number in self.reasons.items())
        refused = f"{len(self.refusals):,} refused{f' ({reasons})' if reasons else ''}"
        return (
            f"{self.reader}: {asked}; {tokens}; {cost}{unread}.\n"
            f"{self.given:,} claims given, {self.kept:,} in the readings{merged}, {refused}.\n"
        )


def by_reason(refusals: Iterable[Refusal]) -> dict[str, int]:
    """How many refusals of each reason, the commonest first."""
    counts = Counter(one.reason.value for one in refusals)
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
