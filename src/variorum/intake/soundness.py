"""Checks on a text before it becomes a report. The text is never changed: offsets count in it as it is."""

from __future__ import annotations

import re

from variorum.intake.draft import Draft, Notify
from variorum.intake.limits import MAX_CHARACTERS, MAX_DEPTH, too_long
from variorum.model import InputError

_HIDDEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u00ad]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_WORD = re.compile(r"[^\W\d_]")
_QUOTE = re.compile("[“”«»„‹›\\[\\]()\n]")
_OPENING = frozenset("“«„‹[(")


def check_text(draft: Draft, notify: Notify) -> None:
    """Raise `InputError` for a text that cannot be a report's; note hidden-characters.

    Codes: empty, too-long, nul-bytes, bad-characters, nested-too-deep.
    """
    text, where = draft.text, draft.where
    if not _WORD.search(text):
        raise InputError(
            "there is no word in it",
            where=where,
            remedy="hand over the report's text, or leave it out",
            code="empty",
        )
    if len(text) > MAX_CHARACTERS:
        raise too_long(where, f"a text of {len(text):,} characters")
    if (nul := text.find("\0")) >= 0:
        raise InputError(
            f"NUL at character {nul}: the text is damaged",
            where=where,
            remedy="get the text again; removing the NUL would hide what is missing",
            code="nul-bytes",
        )
    fields = {
        "text": text,
        "id": draft.id,
        "title": draft.title,
        "publisher": draft.publisher,
        "url": draft.url,
    }
    if broken := [name for name, value in fields.items() if value and _SURROGATE.search(value)]:
        raise InputError(
            f"half a character (a lone surrogate) in `{broken[0]}`",
            where=where,
            remedy="write characters whole, as UTF-8 or as pairs of escapes",
            code="bad-characters",
        )
    if _depth(text) > MAX_DEPTH:
        raise InputError(
            f"more than {MAX_DEPTH} quotations or brackets open inside one another",
            where=where,
            remedy="check the text: its quotation marks are not those of a report",
            code="nested-too-deep",
        )
    if hidden := _HIDDEN.findall(text):
        notify(
            InputError(
                f"{len(hidden)} characters do not show (zero-width, soft hyphen, writing direction)",
                where=where,
                remedy="they are kept and offsets count them; a word they cut in two may not be read",
                code="hidden-characters",
            )
        )


def _depth(text: str) -> int:
    """How many quotations and brackets are open at once, at most.

    Each paragraph starts anew: in a long speech each opens with a mark and only the last closes.
    """
    depth = deepest = 0
    for found in _QUOTE.finditer(text):
        mark = found.group()
        if mark == "\n":
            depth = 0
        elif mark in _OPENING:
            depth += 1
            deepest = max(deepest, depth)
        else:
            depth = max(0, depth - 1)
    return deepest
