from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tests.linking.piles import TOLD, reading
from variorum.linking.keys import keys_of
from variorum.linking.pairs import MEASURES, measure
from variorum.linking.traits import Traits, traits_of
from variorum.linking.words import fold, weight_of, words_of
from variorum.model import (
    Day,
    Evidence,
    Incident,
    IncidentType,
    Outcome,
    Place,
    Reading,
    Report,
    Source,
    Time,
    make_claim,
)


def rich(name: str, text: str, place: str) -> Reading:
    """A reading with a day, a place and an incident."""
    day = date(2031, 5, 6)
    report = Report(id=name, text=text, published=day, title=text[:30])
    where = Place(name=place, geonameid=7, latitude=60.0, longitude=5.0, precision=1)
    when = Time(
        evidence=Evidence.of(text, 0, 3), type="DATE", value="2031-05-06", first=day, last=day, precision=1
    )
    happened = Incident(id="i", type=IncidentType.BATTLE, day=Day(first=day, last=day, precision=1))
    return Reading(report=report, reader="invented", incidents=(happened,), times=(when,), places=(where,))


def test_words_are_compared_without_case_marks_or_possessives() -> None:
    assert [w.key for w in words_of("Tessvík’s BOAT")] == ["tessvik", "boat"]
    assert fold("Zoë's") == "zoe"


def test_rare_words_weigh_more() -> None:
    assert weight_of("the") < weight_of("police") < weight_of("tessvik")


def test_names_ages_and_streets_are_found() -> None:
    traits = traits_of(reading("r", "A man named Bram Odderly, 37, fell at 1700 block of Beech Street."))
    assert "bram odderly" in traits.pairs
    assert "odderly" in traits.names
    assert traits.ages == {37}
    assert traits.streets == {"1700 beech"}


def test_days_and_places_of_the_reading_are_taken_over() -> None:
    traits = traits_of(rich("r", TOLD["ferry"][0], "Varndal"))
    assert traits.days == {date(2031, 5, 6)}
    assert [w.place for w in traits.wheres] == [7]
    assert traits.told is not None


def test_what_speaks_for_a_link_is_measured() -> None:
    a, b = (traits_of(rich(f"r{i}", TOLD["ferry"][i], "Varndal")) for i in (0, 1))
    got = measure(a, b)
    assert set(got) == set(MEASURES)
    assert got["same_place"] == got["days"] == got["told"] == 1
    assert got["words"] > measure(a, traits_of(reading("o", TOLD["market"][0])))["words"]


def test_tolls_of_the_main_incident_are_measured() -> None:
    def told(name: str, killed: int, source: str, background: bool = False) -> Reading:
        text = f"{name}: {killed} killed."
        report = Report(id=name, text=text)
        evidence = Evidence.of(text, 0, len(text))
        claim = make_claim(
            "toll", report=name, content_hash=report.content_hash, evidence=evidence, source=Source(party=source),
            certainty="stated", outcome="killed", min=killed, max=killed, group="unknown", background=background,
        )  # fmt: skip
        return Reading(report=report, reader="invented", claims=(claim,))

    nine, ten, mine = (
        traits_of(told(*x)) for x in (("a", 9, "Reef Front"), ("b", 90, "Zhern Brigade"), ("c", 9, "Reef"))
    )
    assert nine.tolls == {(Outcome.KILLED, 9)}
    assert measure(nine, mine)["tolls"] > 0 == measure(nine, mine)["tolls_apart"]
    assert measure(nine, ten)["tolls_apart"] > 2
    assert not traits_of(told("d", 9, "reporter", True)).tolls


def test_a_rare_site_in_common_speaks_more_than_a_common_one() -> None:
    def at(name: str) -> Traits:
        place = Place(name=name)
        report = Report(id="r", text="Shots were heard.")
        return traits_of(
            Reading(report=report, reader="invented", incidents=(Incident(id="i", place=place),))
        )

    assert at("Tessvík Mall").site == "tessvik mall"
    assert measure(at("Varndal"), at("Varndal"))["site"] > measure(at("Washington"), at("Washington"))["site"]
    assert measure(at("Varndal"), at("Oskby"))["site"] == 0


def test_reports_that_tell_the_same_day_and_area_share_a_key() -> None:
    def told(name: str, text: str, day: date) -> frozenset[int]:
        place = Place(
            name="Varndal", geonameid=7, latitude=60.0, longitude=5.0, country="NL", admin1="03", precision=6
        )
        incident = Incident(id="i", day=Day(first=day, last=day, precision=1), place=place)
        report = Report(id=name, text=text)
        return keys_of(
            traits_of(Reading(report=report, reader="invented", incidents=(incident,), places=(place,)))
        )

    deed, inquiry = date(2031, 5, 6), "An inquiry found fault with the guards."
    assert told("a", "A boat was attacked.", deed) & told("b", inquiry, deed)
    assert not told("a", "A boat was attacked.", deed) & told("b", inquiry, date(2031, 5, 7))


def test_lines_shared_by_one_publisher_do_not_count() -> None:
    menu = "\nHome Pellamur Weather Zhernboard Obituaries"
    pages = [traits_of(reading(n, TOLD[n][0] + menu, date(2031, 5, 6), "Town")) for n in ("ferry", "school")]
    others = [traits_of(reading(n, TOLD[n][0], date(2031, 5, 6), "Town")) for n in ("ferry", "school")]
    assert measure(*pages)["names"] == measure(*others)["names"]
    assert measure(*pages)["few_names"] <= measure(*others)["few_names"]


@given(st.text(max_size=200), st.text(max_size=200))
def test_measures_are_symmetric_for_any_texts(a: str, b: str) -> None:
    first, second = traits_of(reading("a", a)), traits_of(reading("b", b, date(2031, 5, 6), "Town"))
    assert measure(first, second) == measure(second, first)
    assert len(keys_of(first)) <= 500


def test_swapping_two_parties_changes_no_measure() -> None:
    def swap(text: str) -> str:
        return text.replace("Zhern", "X").replace("Reefdom", "Zhern").replace("X", "Reefdom")

    told = [*TOLD["ferry"], *TOLD["market"]]
    texts = [text.replace("Zhern Brigade", "Zhern").replace("Reef Front", "Reefdom") for text in told]
    for a in texts:
        for b in texts:
            plain = measure(traits_of(reading("a", a)), traits_of(reading("b", b)))
            swapped = measure(traits_of(reading("a", swap(a))), traits_of(reading("b", swap(b))))
            assert {k: round(v, 9) for k, v in plain.items()} == {k: round(v, 9) for k, v in swapped.items()}
