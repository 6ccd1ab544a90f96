"""The table of what reviewers decided."""

from __future__ import annotations

from collections.abc import Iterator

from variorum.exports.cells import day_of
from variorum.exports.options import Options
from variorum.exports.tables.table import Row, Table, columns
from variorum.model import Record


def _decisions(options: Options) -> Iterator[Row]:
    for number, one in enumerate(options.decisions, 1):
        told = one.model_dump(mode="json") if isinstance(one, Record) else one
        day, place, claim = (told.get(name) or {} for name in ("day", "place", "claim"))
        at = told.get("at")
        yield (
            number,
            told.get("id"),
            told.get("kind"),
            told.get("subject") or None,
            told.get("by"),
            day_of(told.get("on") or (at and at[:10])),
            at,
            told.get("why"),
            tuple(told.get("reports") or ()),
            tuple(told.get("others") or ()),
            claim.get("id"),
            told.get("name"),
            told.get("type"),
            day_of(day.get("first")),
            day_of(day.get("last")),
            place.get("name"),
        )


DECISIONS = Table(
    "decisions",
    "Decisions of reviewers, in the order in which they were made, whatever they are about; undone ones too.",
    ("number",),
    columns(
        ("number", "integer", "its place in the order"),
        ("decision", "text", "id of the decision, where a ledger keeps it"),
        ("kind", "text", "accept, reject, correct, add, join, split, never, rename, set or undo"),
        ("subject", "text", "the claim, party, incident or decision that it is about, by id or name"),
        ("by", "text", "who decided"),
        ("on", "day", "day of the decision"),
        ("at", "text", "when a ledger recorded it, in ISO 8601 and UTC"),
        ("why", "text", "the reason"),
        ("reports", "list", "of join, split and never: the reports"),
        ("others", "list", "those that they are kept apart from"),
        ("claim", "text", "of correct and add: id of the claim as it is to be"),
        ("name", "text", "of rename: the other name"),
        ("type", "text", "of set: what sort of incident"),
        ("first_day", "day", "of set: the first day on which it may have happened"),
        ("last_day", "day", "of set: the last one"),
        ("place", "text", "of set: name of the place"),
    ),
    rows_beside=_decisions,
)
