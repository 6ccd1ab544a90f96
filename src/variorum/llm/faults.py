"""What can go wrong between this program and a language model. Wrong claims are no errors: they are refused one by one.

VariorumError
  EndpointError         no report can be read    llm-unreachable, llm-refused, llm-later
  AnswerError           this report cannot       llm-bad-answer, llm-no-answer
    PassageTooLong      this passage cannot: it is asked for again in halves
"""

from __future__ import annotations

from variorum.llm.reckoning import Usage
from variorum.model import VariorumError


class EndpointError(VariorumError):
    """The endpoint serves nobody: going on with the next report makes no sense."""

    code = "llm-unreachable"


class AnswerError(VariorumError):
    """There is no answer that can be used on a report; the rest of a batch goes on. `usage` is what was asked in vain."""

    code = "llm-bad-answer"
    usage = Usage()


class PassageTooLong(AnswerError):
    """The model had no room for the passage, or for its answer."""


def shortened(told: str, secret: str | None = None) -> str:
    """What a server says of an error as a few printable words, without the key, which some repeat."""
    told = told.replace(secret, "…") if secret else told
    words = " ".join("".join(c if c.isprintable() else " " for c in told[:2000]).split())
    return words if len(words) <= 200 else words[:199] + "…"
