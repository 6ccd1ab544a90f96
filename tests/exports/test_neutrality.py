"""Swapping two parties' names swaps them in every export and changes nothing else."""

from __future__ import annotations

import re

import pytest

from tests.dossier.incident.pile import telling
from tests.exports.cases import DAY, TOWN, Pair, members, pair, written
from variorum.exports import FORMATS
from variorum.model import Incident, IncidentType, Party, PartyKind

ALDER, BIRCH = "Alder Band", "Birch Band"
"""As long as each other, so that words stand in the same places."""

PLAIN = [name for name in FORMATS if FORMATS[name].extra is None and name != "bundle"]


def fight(one: str, two: str, kind: IncidentType, kinds: tuple[PartyKind, PartyKind]) -> Pair:
    """One party claims it, the other counts; each calls the other's figure wrong."""
    about = Incident(id="incident-1", type=kind, day=DAY, place=TOWN, parties=(two, one))
    parties = (Party(name=one, kind=kinds[0], country="PK"), Party(name=two, kind=kinds[1], country="IN"))
    first = telling("a", 5).toll(one, "nine of its own died", 9, group="militant", who="martyrs")
    first.toll(two, "40 terrorists died", 40, group="militant", who="terrorists")
    first.blame(one, two, "accuses")
    second = telling("b", 6).blame(two, two, "claims").account(one, "the bridge still stands", denies=True)
    return pair(
        [report.reading(incidents=(about,), parties=parties, places=(TOWN,)) for report in (first, second)]
    )


def swapped(text: str) -> str:
    return text.replace(ALDER, "\0").replace(BIRCH, ALDER).replace("\0", BIRCH)


def without_ids(name: str, data: bytes) -> str:
    """The text of an export, with ids and hashes, which follow from the words, numbered in order of appearance."""
    files = members(data).values() if data.startswith(b"PK") else [data]
    numbers: dict[str, str] = {}
    text = "\n".join(file.decode("utf-8") for file in files)
    return re.sub(
        r"[0-9a-f]{64}|[0-9a-f]{40}|(?<=-)[0-9a-f]{16}",
        lambda found: numbers.setdefault(found[0], f"<{len(numbers)}>"),
        text,
    )


@pytest.mark.parametrize("name", PLAIN)
@pytest.mark.parametrize("kind", [IncidentType.BATTLE, IncidentType.VIOLENCE_AGAINST_CIVILIANS])
@pytest.mark.parametrize(
    "kinds",
    [(PartyKind.ARMED_GROUP, PartyKind.ARMED_GROUP), (PartyKind.STATE_FORCE, PartyKind.STATE_FORCE)],
    ids=["two groups", "two states"],
)
def test_swapped_names_are_all_that_changes(
    name: str, kind: IncidentType, kinds: tuple[PartyKind, PartyKind]
) -> None:
    there = without_ids(name, written(name, fight(ALDER, BIRCH, kind, kinds)))
    back = without_ids(name, written(name, fight(BIRCH, ALDER, kind, kinds)))
    assert swapped(there) == back
    assert there != back or ALDER not in there
