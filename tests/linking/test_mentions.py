from __future__ import annotations

from datetime import date

from tests.invented import ARMY, REPORTER, Telling
from variorum.linking.mentions import incidents_of_claims
from variorum.model import Day, Incident, LinkedIncident, Place, Reading

HARBOUR = Place(name="Varndal", geonameid=7, precision=1)
MARKET = Place(name="Pellamur", geonameid=8, precision=1)


def incident(name: str, place: Place, day: int, background: bool = False) -> Incident:
    on = date(2031, 5, day)
    return Incident(id=name, place=place, day=Day(first=on, last=on, precision=1), background=background)


def told(report: str, main: Incident, *others: Incident) -> Reading:
    telling = Telling(id=report).toll(REPORTER, f"nine died in {report}", 9, incident=main.id)
    for other in others:
        telling.toll(ARMY, f"forty died before {other.id} {report}", 40, incident=other.id, background=True)
    return telling.reading(incidents=(main, *others))


def linked(*reports: str) -> list[LinkedIncident]:
    return [LinkedIncident(id=f"incident-{report}", reports=(report,)) for report in reports]


def test_claims_on_the_background_go_to_the_incident_they_are_about() -> None:
    market = told("market", incident("m", MARKET, 8))
    ferry = told("ferry", incident("f", HARBOUR, 10), incident("b", MARKET, 8, background=True))
    found = incidents_of_claims([market, ferry], linked("market", "ferry"))
    assert [found[claim.id] for claim in ferry.claims] == ["incident-ferry", "incident-market"]


def test_a_background_that_fits_no_incident_stays_as_read() -> None:
    ferry = told("ferry", incident("f", HARBOUR, 10), incident("b", MARKET, 8, background=True))
    found = incidents_of_claims([ferry], linked("ferry"))
    assert [found[claim.id] for claim in ferry.claims] == ["incident-ferry", "b"]


def test_a_background_that_fits_two_incidents_stays_as_read() -> None:
    twice = [told(name, incident(name, MARKET, 8)) for name in ("one", "two")]
    ferry = told("ferry", incident("f", HARBOUR, 10), incident("b", MARKET, 8, background=True))
    found = incidents_of_claims([*twice, ferry], linked("one", "two", "ferry"))
    assert found[ferry.claims[1].id] == "b"
