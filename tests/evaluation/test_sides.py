from __future__ import annotations

import pytest

from variorum.evaluation.agreement import Agreement
from variorum.evaluation.annotated import Annotated
from variorum.evaluation.names import Names
from variorum.evaluation.shapes import Mark
from variorum.evaluation.sides import Side, Sides, kind_of

TEXT = "Police said 4 were killed. The hospital said 6 were killed."


def claim(start: int, end: int, source: str, number: int) -> Mark:
    values = {"outcome": "killed", "min": number, "max": number, "group": "unknown", "certainty": "stated"}
    return {"kind": "toll", "start": start, "end": end, "source": source} | values


POLICE, HOSPITAL = claim(12, 25, "Police", 4), claim(45, 58, "City Hospital", 6)


def sides(reports: int, found: list[Mark]) -> dict[str, Side]:
    counted = Sides()
    for number in range(reports):
        document = Annotated(f"r{number}", TEXT, [POLICE, HOSPITAL])
        counted.add(document.id, Agreement(document, found, Names()).of("toll"))
    return {row.name: row for row in counted.tables()["kind of source"]}


def test_a_kind_of_party_that_is_read_worse_stands_out() -> None:
    rows = sides(12, [POLICE, HOSPITAL | {"min": 7}])
    police, medics = rows["police"], rows["medics"]
    assert (police.annotated, police.found, police.told, police.right) == (12, 12, 12, 12)
    assert (medics.recall, medics.precision) == (0, 0)
    assert medics.beyond == -1
    assert medics.stands_out
    assert police.beyond == 1
    assert medics.as_json()["most"] == -1


def test_kinds_that_are_read_alike_do_not_stand_out() -> None:
    rows = sides(12, [POLICE, HOSPITAL])
    assert [row.beyond for row in rows.values()] == [0, 0]
    assert not any(row.stands_out for row in rows.values())


def test_of_few_claims_nothing_is_told() -> None:
    assert {row.beyond for row in sides(3, [POLICE]).values()} == {None}


@pytest.mark.parametrize(("name", "kind"), [("reporter", "reporter"), ("Police", "police"), ("", "unnamed")])
def test_kinds_are_those_of_the_parties(name: str, kind: str) -> None:
    assert kind_of(name) == kind
