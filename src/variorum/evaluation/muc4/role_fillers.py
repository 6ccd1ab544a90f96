"""CEAF-REE: role-filler entities of a report, whatever templates they are in (Du, Rush and Cardie, EACL 2021)."""

from __future__ import annotations

import re
import string
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from variorum.evaluation.alignment import assign
from variorum.evaluation.muc4.scoring import Tally, total
from variorum.evaluation.muc4.slots import ROLES
from variorum.evaluation.muc4.values import items_of, slot_name

Entity = list[str]
_DATELINE = re.compile(r"(.*?)--\s+((?:\[[^\]]+\]\s+)+)(.*)", re.DOTALL)


def score_role_fillers(
    keys: Mapping[str, Mapping[str, Any]], responses: Mapping[str, Mapping[str, Any]]
) -> dict[str, Tally]:
    """Tallies by role, and `micro_avg` over all, from rows with `templates` or `roles` by report.

    An answer is right when all its mentions belong to one entity of the key; every entity may be answered once. Mentions
    of the key that do not stand in the report's body do not count.
    """
    rows = {role: Tally() for role in ROLES}
    for report, key in keys.items():
        gold, found = entities_of(key, of_key=True), entities_of(responses.get(report, {}), of_key=False)
        for role in ROLES:
            rows[role] += _score_role(gold[role], found[role])
    return rows | {"micro_avg": total(rows.values())}


def _score_role(gold: Sequence[Entity], found: Sequence[Entity]) -> Tally:
    wanted = [[_plain(m) for m in entity] for entity in gold]
    given = [[_plain(m) for m in entity] for entity in found]
    fits = [[int(all(m in entity for m in answer)) for answer in given] for entity in wanted]
    hits = len(assign(np.array(fits, dtype=float)))
    return Tally(
        possible=len(wanted),
        actual=len(given),
        correct=hits,
        missing=len(wanted) - hits,
        spurious=len(given) - hits,
    )


def _plain(mention: str) -> str:
    """Lower case, without marks and articles, single spaces."""
    letters = "".join(c for c in mention.lower() if c not in string.punctuation)
    return " ".join(re.sub(r"\b(a|an|the)\b", " ", letters).split())


def entities_of(row: Mapping[str, Any], of_key: bool) -> dict[str, list[Entity]]:
    """The entities of a report by role: all templates' fillers, one within another counted once."""
    if "roles" in row:
        return {role: [list(e) for e in row["roles"].get(role, [])] for role in ROLES}
    found: dict[str, list[Entity]] = {role: [] for role in ROLES}
    for template in row.get("templates", ()):
        named = {slot_name(k): v for k, v in template.items()}
        for role, slot in ROLES.items():
            for mentions in filter(None, map(_mentions, items_of(named.get(slot)))):
                new = set(mentions)
                if not any(new <= set(e) or set(e) <= new for e in found[role]):
                    found[role].append(mentions)
    if not of_key or not row.get("text"):
        return found
    body = _body(row["text"])
    kept = {role: [[m for m in e if m in body] for e in entities] for role, entities in found.items()}
    return {role: [e for e in entities if e] for role, entities in kept.items()}


def _mentions(item: Any) -> Entity:
    if isinstance(item, dict):
        given = [a["value"] for a in item["any"]] if "any" in item else [item["value"]]
        return [str(m).lower() for m in given]
    return [str(item).lower()] if item else []


def _body(text: str) -> str:
    """A report after its dateline and opening tags, on one line, lower case, all brackets round."""
    match = _DATELINE.match(text.strip())
    body = (match[3] if match else text).strip().replace("[", "(").replace("]", ")")
    return " ".join(part.replace("\n", " ") for part in body.lower().split("\n\n"))
