"""Incidents of one report: told apart, dated and placed by what the text says of them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.model import (
    Certainty,
    Claim,
    Evidence,
    Group,
    Incident,
    IncidentType,
    Outcome,
    Party,
    PartyKind,
    Report,
    Source,
    Stance,
    make_claim,
)
from variorum.reading.dates import find_dates
from variorum.reading.incidents import find_incidents
from variorum.reading.places import PlaceMention

PUBLISHED = date(2031, 3, 14)  # a Friday


def report(text: str, published: date | None = PUBLISHED) -> Report:
    return Report(id="r", text=text, published=published)


def toll(
    of: Report, words: str, *, source: str = "reporter", background: bool = False, **values: Any
) -> Claim:
    start = of.text.index(words)
    usual = {"outcome": Outcome.KILLED, "min": 1, "group": Group.UNKNOWN, "certainty": Certainty.STATED}
    return make_claim(
        "toll",
        report=of.id,
        content_hash=of.content_hash,
        evidence=Evidence.of(of.text, start, start + len(words)),
        source=Source(party=source),
        background=background,
        **(usual | values),
    )


def town(of: Report, name: str, *, precision: int | None = 1, nth: int = 0) -> PlaceMention:
    start = -1
    for _ in range(nth + 1):
        start = of.text.index(name, start + 1)
    known = precision is not None
    return PlaceMention(
        start, start + len(name), name, 1 if known else None, 1.0 if known else None, 2.0 if known else None,
        "LL" if known else None, None, "town" if known else None, precision, 0.9,
    )  # fmt: skip


def read(
    of: Report, claims: list[Claim] | None = None, places: list[PlaceMention] | None = None
) -> list[Incident]:
    return list(find_incidents(of, claims or [], find_dates(of.text, of.published), places or [])[0])


def day(text: str, published: date | None = PUBLISHED) -> date | None:
    of = report(text, published)
    found = read(of)
    return found[0].day.first if found and found[0].day else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A bomb exploded in a market in Northport on Tuesday, killing nine people.", date(2031, 3, 11)),
        ("Nine people died in Tuesday's blast at the market, police said on Thursday.", date(2031, 3, 11)),
        (
            "Men stormed the depot on 2 March, the army told reporters in Northport on Monday.",
            date(2031, 3, 2),
        ),
        ("On Monday, the ministry said that gunmen had attacked the depot on Sunday.", date(2031, 3, 9)),
        ("Gunmen have been holding 12 nurses since Sunday's raid on the clinic.", date(2031, 3, 9)),
        ("Shells hit a school on Wednesday. The group has until Saturday to leave.", date(2031, 3, 12)),
    ],
)
def test_the_day_is_the_one_of_what_happened(text: str, expected: date) -> None:
    assert day(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "A bomb exploded in a market in Northport, killing nine people.",
        "A bomb exploded in a market, the army said on Thursday.",
        "In a statement released on Thursday, the Free Coast Front insisted that it had attacked the convoy.",
        "The gunmen will kill the hostages unless the army withdraws by Sunday.",
        "It was the deadliest attack since the shelling of Northport in May 2024.",
        "The toll of the blast went up to 40 on Thursday.",
    ],
)
def test_the_day_stays_unknown_where_the_text_does_not_tell(text: str) -> None:
    assert day(text) is None


def test_without_a_date_of_publication_only_whole_dates_count() -> None:
    assert day("A bomb exploded in Northport on Tuesday.", None) is None
    assert day("A bomb exploded in Northport on 4 March 2031.", None) == date(2031, 3, 4)


def test_a_narrower_time_within_a_wider_one_is_taken() -> None:
    text = "An air strike killed nine people last month.\n\nJets bombed the village on 7 February, she said."
    assert day(text) == date(2031, 2, 7)


def test_the_day_carries_its_words_and_precision() -> None:
    of = report("A blast killed nine people in Northport last week.")
    found = read(of)[0].day
    assert found is not None
    assert found.precision == 3
    assert found.evidence is not None
    found.evidence.check(of)


def test_a_night_belongs_to_two_days() -> None:
    found = read(report("Jets bombed the town of Northport on Tuesday night."))[0].day
    assert found is not None
    assert (found.first, found.last, found.precision) == (date(2031, 3, 11), date(2031, 3, 12), 2)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A car bomb exploded outside a bank, wounding six people.", IncidentType.EXPLOSION),
        ("Artillery shelled the village for two hours.", IncidentType.EXPLOSION),
        ("Soldiers clashed with fighters in a gun battle that lasted all day.", IncidentType.BATTLE),
        ("Gunmen opened fire on worshippers and killed nine.", IncidentType.VIOLENCE_AGAINST_CIVILIANS),
        ("Fighters kidnapped 12 nurses and are holding them hostage.", IncidentType.HOSTAGE_TAKING),
        ("Rioters looted shops and a mob burned two houses.", IncidentType.RIOT),
        ("Thousands of demonstrators protested against the new law.", IncidentType.PROTEST),
        ("Both sides agreed to a ceasefire and the troops withdrew.", IncidentType.STRATEGIC),
        ("An incident occurred at the depot.", IncidentType.UNKNOWN),
    ],
)
def test_the_type_follows_the_words(text: str, expected: IncidentType) -> None:
    assert read(report(text))[0].type is expected


def test_people_harmed_speak_for_the_type_where_words_do_not() -> None:
    of = report("Nine people were killed in an attack, and 12 people too.")
    claims = [
        toll(of, "Nine people", min=9, group=Group.SECURITY),
        toll(of, "12 people", min=12, group=Group.MILITANT),
    ]
    assert read(of, claims)[0].type is IncidentType.BATTLE


def test_the_most_specific_place_of_the_event_is_taken() -> None:
    of = report(
        "EASTHAVEN (Wire) — A bomb killed nine men in the northern town of Northport in Lowland on Tuesday, "
        "officials told reporters in Westhaven. Jonas Hill, who was born in Southport, saw it."
    )
    places = [town(of, "EASTHAVEN"), town(of, "Northport"), town(of, "Lowland", precision=6)]
    places += [town(of, "Westhaven"), town(of, "Southport")]
    found = read(of, [], places)[0].place
    assert found is not None
    assert (found.name, found.precision) == ("Northport", 1)


def test_a_state_that_acts_is_no_place() -> None:
    of = report("Lowland bombed a convoy, Highland said.")
    places = [town(of, "Lowland", precision=6), town(of, "Highland", precision=6)]
    assert read(of, [], places)[0].place is None


def test_an_unresolved_place_has_no_point_but_the_country_around_it() -> None:
    of = report("Shells hit a school in Oldbridge, a village in Westshire, killing nine people.")
    found = read(of, [], [town(of, "Oldbridge", precision=None), town(of, "Westshire", precision=4)])[0].place
    assert found is not None
    assert (found.name, found.latitude, found.precision, found.country) == ("Oldbridge", None, None, "LL")


def test_a_spot_without_an_entry_is_put_near_the_town_it_is_in() -> None:
    of = report("Shells hit a school in Oldbridge, a hamlet in Northport, killing nine people.")
    found = read(of, [], [town(of, "Oldbridge", precision=None), town(of, "Northport")])[0].place
    assert found is not None
    assert (found.name, found.precision, found.latitude) == ("Northport", 2, 1.0)


def test_background_claims_get_incidents_of_their_own() -> None:
    of = report(
        "A blast killed nine people in Northport on Tuesday.\n\n"
        "It recalls the attack in Southport in May 2029 that killed 40 people and left 70 people hurt.\n\n"
        "The war has killed 5,000 people since 2026."
    )
    claims = [
        toll(of, "killed nine people", min=9),
        toll(of, "killed 40 people", min=40, background=True),
        toll(of, "left 70 people hurt", min=70, background=True),
        toll(of, "killed 5,000 people", min=5000, background=True),
    ]
    places = [town(of, "Northport"), town(of, "Southport")]
    incidents, owner = find_incidents(of, claims, find_dates(of.text, of.published), places)
    assert [i.background for i in incidents] == [False, True, True]
    main, earlier, war = incidents
    assert [owner[c.id] for c in claims] == [main.id, earlier.id, earlier.id, war.id]
    assert main.place is not None
    assert main.place.name == "Northport"
    assert main.day is not None
    assert main.day.first == date(2031, 3, 11)
    assert earlier.place is not None
    assert earlier.place.name == "Southport"
    assert earlier.day is not None
    assert (earlier.day.first, earlier.day.precision) == (date(2029, 5, 1), 4)
    assert war.type is IncidentType.UNKNOWN
    assert war.day is None


def test_a_report_of_nothing_has_no_incident() -> None:
    assert read(report("The council will meet to discuss the price of bread.")) == []
    assert read(report("")) == []
    assert read(report(" \n\n ")) == []


def test_actors_and_armed_sources_are_the_parties() -> None:
    of = report("The Coast Army said the Free Front killed nine people. A nurse said ten people died.")
    claims = [
        toll(of, "killed nine people", source="Coast Army", actor="Free Front"),
        toll(of, "ten people died", source="nurse"),
        make_claim(
            "responsibility",
            report=of.id,
            content_hash=of.content_hash,
            evidence=Evidence.of(of.text, 0, 10),
            source=Source(party="nurse"),
            certainty=Certainty.STATED,
            actor="Free Front",
            stance=Stance.ACCUSES,
        ),
    ]
    times = find_dates(of.text, of.published)
    parties = [
        Party(name="Coast Army", kind=PartyKind.STATE_FORCE),
        Party(name="nurse", kind=PartyKind.MEDICS),
    ]
    assert set(find_incidents(of, claims, times, [], parties)[0][0].parties) == {"Coast Army", "Free Front"}


_TEXT = (
    "{a} fighters attacked a convoy near Northport on Tuesday and killed nine people, {b} said on Thursday. "
    "{a} denied it in a statement on Wednesday. Last year {b} shelled the same road."
)


def _values(of: Report) -> list[tuple[object, ...]]:
    found = read(of, [toll(of, "killed nine people")], [town(of, "Northport")])
    return [
        (i.type, i.background, i.day and (i.day.first, i.day.last, i.day.precision), i.place and i.place.name)
        for i in found
    ]


def test_swapping_parties_changes_nothing_but_names() -> None:
    a, b = "Free Coast Front", "Highland Army"
    assert _values(report(_TEXT.format(a=a, b=b))) == _values(report(_TEXT.format(a=b, b=a)))


@pytest.mark.parametrize("word", ["terrorists", "extremists", "militants", "freedom fighters"])
def test_loaded_words_change_no_value(word: str) -> None:
    text = "The {} stormed a base on Tuesday and {} nine people in Northport."
    plain = _loaded(text.format("militants", "killed"))
    assert _loaded(text.format(word, "killed")) == plain
    assert _loaded(text.format(word, "martyred")) == plain


def _loaded(text: str) -> list[tuple[object, ...]]:
    of = report(text)
    found = read(of, [], [town(of, "Northport")])
    return [(i.type, i.day and i.day.first, i.place and i.place.name) for i in found]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["A bomb killed 9 people", "on Monday", "in Northport", ".", "\n\n", ", police said",
             "last year", "“",
             "—", "since 2020", "It", "until Friday", "U.S.", "3 p.m."]
        ),
        max_size=14,
    )
)  # fmt: skip
def test_any_text_is_read_the_same_twice_and_evidence_holds(parts: list[str]) -> None:
    of = report(" ".join(parts))
    first, second = read(of), read(of)
    assert first == second
    for incident in first:
        for finding in (incident.day, incident.place):
            if finding is not None and finding.evidence is not None:
                finding.evidence.check(of)
        assert incident.day is None or incident.day.first <= PUBLISHED


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80))
def test_no_text_breaks_it(text: str) -> None:
    read(report(text))
