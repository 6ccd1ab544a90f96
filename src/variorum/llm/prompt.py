"""What a model is asked: the rules once, then a passage of a report, marked off as data."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib.resources import files
from typing import Final

from variorum.llm.dialect import Message
from variorum.llm.passages import Passage
from variorum.llm.shape import answer_schema

_FORM: Final = 1
"""Counted up where passages are shown in another way than before, so that no answer to the old way is taken."""


@cache
def rules() -> str:
    """The standing instructions, with the schema of the answer."""
    text = files("variorum.llm").joinpath("data", "prompt.md").read_text(encoding="utf-8")
    schema = json.dumps(answer_schema(), separators=(",", ":"))
    return f"{text.rstrip()}\n\nJSON Schema of the answer: {schema}"


@cache
def version() -> str:
    """Eight digits that change with every change of what is asked."""
    return hashlib.sha256(f"{_FORM}\n{rules()}".encode()).hexdigest()[:8]


def messages_of(text: str, passage: Passage) -> list[Message]:
    """The messages that ask for a passage's claims. No text can close the marks around it: they depend on all of it."""
    context, words = text[passage.context : passage.start], text[slice(*passage.span)]
    mark = _mark(context + words)
    parts = [f"<context {mark}>\n{context}\n</context {mark}>"] if context.strip() else []
    parts.append(f"<passage {mark}>\n{words}\n</passage {mark}>")
    parts.append("List the claims of the passage as one JSON object.")
    return [{"role": "system", "content": rules()}, {"role": "user", "content": "\n\n".join(parts)}]


def again(messages: list[Message], why: str) -> list[Message]:
    """The same question after an answer that could not be used."""
    note = f"An earlier answer could not be used ({why}). Answer with one JSON object of the shape told above, and nothing else."
    *before, last = messages
    return [*before, {"role": last["role"], "content": f"{last['content']}\n{note}"}]


def _mark(words: str) -> str:
    mark = hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    while mark in words:
        mark = hashlib.sha256(mark.encode()).hexdigest()[:12]
    return mark
