from __future__ import annotations

from variorum.evaluation.layers import LAYERS
from variorum.model import (
    Attribution,
    Certainty,
    Evidence,
    Group,
    Outcome,
    Place,
    Reading,
    Report,
    Source,
    Stance,
    Time,
    make_claim,
)

TEXT = "About 12 people were killed in Sibi on Friday. The army blamed the group, which denied being there."
REPORT = Report(id="r1", text=TEXT)


def evidence(quote: str) -> Evidence:
    start = TEXT.index(quote)
    return Evidence.of(TEXT, start, start + len(quote))


def claim(kind: str, quote: str, party: str, certainty: Certainty = Certainty.STATED, **values: object):
    return make_claim(
        kind,
        report="r1",
        content_hash=REPORT.content_hash,
        evidence=evidence(quote),
        source=Source(party=party),
        certainty=certainty,
        **values,
    )


READING = Reading(
    report=REPORT,
    reader="test",
    claims=(
        claim(
            "toll",
            "About 12 people were killed",
            "reporter",
            outcome=Outcome.KILLED,
            min=12,
            max=None,
            approx=True,
            group=Group.UNKNOWN,
            who="people",
            combined=(Outcome.KILLED, Outcome.INJURED),
        ),
        claim("responsibility", "blamed the group", "Army", actor="The Group", stance=Stance.ACCUSES),
        claim("account", "denied being there", "The Group", Certainty.DENIED, denies=True, background=True),
    ),
    attributions=(
        Attribution(source=((47, 55),), cue=((56, 62),), content=((63, 72), (80, 90))),
        Attribution(cue=((1, 2),), content=((3, 4),)),
    ),
    times=(
        Time(evidence=evidence("Friday"), type="DATE", value="2025-03-14"),
        Time(evidence=evidence("on"), type="SET"),
    ),
    places=(
        Place(name="Sibi", evidence=evidence("Sibi"), geonameid=7, latitude=29.5, longitude=67.9),
        Place(name="Pakistan"),
    ),
)


def rows(layer: str) -> list[dict[str, object]]:
    return list(LAYERS[layer](READING))


def test_claims() -> None:
    toll, responsibility, account = rows("claims")
    assert toll == {
        "report": "r1",
        "kind": "toll",
        "start": 0,
        "end": 27,
        "quote": "About 12 people were killed",
        "source": "reporter",
        "certainty": "stated",
        "background": False,
        "score": 1.0,
        "outcome": "killed",
        "min": 12,
        "max": None,
        "approx": True,
        "group": "unknown",
        "who": "people",
        "combined": ["killed", "injured"],
    }
    assert (responsibility["actor"], responsibility["stance"]) == ("The Group", "accuses")
    assert (account["denies"], account["certainty"], account["background"]) == (True, "denied", True)


def test_attributions() -> None:
    assert rows("attributions") == [
        {
            "id": "r1",
            "attributions": [
                {"source": [[47, 55]], "cue": [[56, 62]], "content": [[63, 72], [80, 90]]},
                {"source": [], "cue": [[1, 2]], "content": [[3, 4]]},
            ],
        }
    ]


def test_dates() -> None:
    (row,) = rows("dates")
    assert row["id"] == "r1"
    friday, other = row["timexes"]  # type: ignore[misc]
    assert friday == {"start": 39, "end": 45, "type": "DATE", "value": "2025-03-14"}
    assert other["value"] is None


def test_places_leave_out_those_that_are_not_in_the_text() -> None:
    (row,) = rows("places")
    assert row == {
        "id": "r1",
        "toponyms": [{"start": 31, "end": 35, "geonameid": 7, "lat": 29.5, "lon": 67.9}],
    }
