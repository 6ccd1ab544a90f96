"""Reports of invented incidents, read by a stand-in that knows "N people were killed, the X said" only."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from tests.cli.fake_reader import Reader
from variorum.intake.references import reference_of
from variorum.model import Reading, Report
from variorum.model.reference import Reference

FERRY = (
    "VARNDAL — {n} people were killed, the {who} said, when gunmen boarded the Skarholt ferry near Varndal on Tuesday. "
    "Captain Ilmar Tessvik, 54, was among the dead. {more}"
)
MARKET = (
    "PELLAMUR — {n} people were killed, the {who} said, when a mortar round hit the grain market of Pellamur on Thursday. "
    "Dr Anse Quillory of the Pellamur clinic treated the wounded. {more}"
)
SWAM = "Survivors swam to the Oskby lighthouse and were taken in by its keeper, who had seen no ship."
HELD = "The family of the captain said that he had never carried soldiers on the Skarholt run."
HURT = "Forty traders were hurt in the grain market, and the clinic asked for blood."


class Clock:
    """A clock that is a second later each time it is asked."""

    def __init__(self) -> None:
        self.now = datetime(2031, 6, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


def report(name: str, day: str | None, publisher: str | None, text: str, **fields: Any) -> Report:
    return Report(
        id=name,
        text=text,
        publisher=publisher,
        published=date.fromisoformat(day) if day else None,
        title=fields.pop("title", f"Report {name}"),
        **fields,
    )


def read(*reports: Report, reader: str = "fake 1") -> list[Reading]:
    """The readings of reports, as another version of the stand-in would give them."""
    found = [Reader().read(one) for one in reports]
    return [
        one.model_copy(
            update={
                "reader": reader,
                "claims": tuple(claim.model_copy(update={"reader": reader}) for claim in one.claims),
            }
        )
        for one in found
    ]


def pile() -> list[Reading]:
    """Five reports of two incidents: one whose toll changes and is contested, and another."""
    return read(
        report("ferry-1", "2031-05-06", "Harbour Post", FERRY.format(n=9, who="Police", more=SWAM)),
        report("ferry-2", "2031-05-07", "Lowmere Gazette", FERRY.format(n=14, who="Coastguard", more=HELD)),
        report(
            "ferry-3", "2031-05-08", "Skerry Courier", FERRY.format(n=11, who="Police", more=f"{SWAM} {HELD}")
        ),
        report("market-1", "2031-05-08", "Pellamur News", MARKET.format(n=3, who="Clinic", more=HURT)),
        report(
            "market-2",
            "2031-05-09",
            "Harbour Post",
            MARKET.format(n=4, who="Mayor", more=f"{HURT} It is closed."),
        ),
    )


def many(number: int, start: int = 0) -> list[Reading]:
    """So many short readings, each of a text of its own."""
    text = "{k} people were killed, the Police said, at milestone {k} of the road to Orrin{k}. The road is closed."
    return read(
        *(
            report(f"r{k}", f"2031-0{1 + k % 6}-{1 + k % 28:02}", f"Outlet {k % 7}", text.format(k=k))
            for k in range(start, start + number)
        )
    )


def references(number: int = 2) -> list[Reference]:
    """So many reference incidents of UCDP's shape."""
    row = {"id": "", "date_start": "2031-05-04", "side_a": "Coast Army", "side_b": "Reef Front", "best": "9"}
    return [reference_of("ucdp-ged", row | {"id": str(k)}, "") for k in range(1, number + 1)]
