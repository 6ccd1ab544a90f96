from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.invented import ARMY, CLINIC, FRONT, REPORTER, Telling
from variorum.model import Dossier, Incident, Reading
from variorum.reconciling import reconcile

SOURCES = (ARMY, FRONT, CLINIC, REPORTER)
WHO = (None, "people", "civilians", "children", "two women", "bakers", "sailors", "soldiers")
CERTAINTIES = ("stated", "stated", "stated", "hedged", "denied", "conditional", "unverified")
DAYS = (None, None, "2031-05-02", "2031-05-04")

Saying = tuple[str, dict[str, Any]]


@st.composite
def sayings(draw: st.DrawFn) -> Saying:
    source = draw(st.sampled_from(SOURCES))
    shared = {"certainty": draw(st.sampled_from(CERTAINTIES)), "said": draw(st.sampled_from(DAYS))}
    kind = draw(st.sampled_from(("toll", "toll", "toll", "responsibility", "account")))
    if kind == "responsibility":
        stance = draw(st.sampled_from(("claims", "accuses", "denies", "reports")))
        actor = draw(st.sampled_from((ARMY, FRONT)))
        return source, {"kind": kind, "words": "it was done", "actor": actor, "stance": stance, **shared}
    if kind == "account":
        words = draw(st.sampled_from(("the raid was over", "the raid went on", "the raid is ongoing")))
        return source, {"kind": kind, "words": words, "denies": draw(st.booleans()), **shared}
    low = draw(st.integers(0, 12))
    high = draw(st.sampled_from((low, low, low + 3, None)))
    return source, {
        "kind": kind,
        "words": draw(st.sampled_from(("some died", "one died", "earlier figures said so"))),
        "min": low,
        "max": high,
        "approx": draw(st.booleans()),
        "outcome": draw(st.sampled_from(("killed", "injured"))),
        "group": draw(st.sampled_from(("civilian", "security", "mixed", "unknown"))),
        "who": draw(st.sampled_from(WHO)),
        "background": draw(st.sampled_from((False, False, False, True))),
        **shared,
    }


def read(told: Sequence[Saying]) -> Reading:
    telling = Telling()
    for source, values in told:
        rest = {key: value for key, value in values.items() if key not in ("kind", "words")}
        telling.say(values["kind"], source, values["words"], **rest)
    return telling.reading()


def swapped(value: Any, one: str, two: str) -> Any:
    text = json.dumps(value, ensure_ascii=False)
    return json.loads(text.replace(one, "\0").replace(two, one).replace("\0", two))


def shown(reading: Reading, dossiers: Sequence[Dossier]) -> Any:
    """The dossiers' JSON with claims by number and questions without ids: ids name the parties, by hash."""
    text = json.dumps([dossier.model_dump(mode="json") for dossier in dossiers], ensure_ascii=False)
    for number, claim in enumerate(reading.claims):
        text = text.replace(claim.id, f"claim {number}")
    plain = json.loads(text)
    for dossier in plain:
        for question in dossier["questions"]:
            del question["id"]
    return plain


@given(st.lists(sayings(), max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_claims_changes_nothing(told: list[Saying], chance: Any) -> None:
    reading = read(told)
    mixed = list(reading.claims)
    chance.shuffle(mixed)
    assert reconcile(reading.model_copy(update={"claims": tuple(mixed)})) == reconcile(reading)


@given(st.lists(sayings(), max_size=8))
def test_swapping_two_parties_swaps_the_output_and_nothing_else(told: list[Saying]) -> None:
    one, two = "Norland Army", "Reef Front"
    here = read(told)
    there = read([(swapped(source, one, two), swapped(values, one, two)) for source, values in told])
    assert shown(there, reconcile(there)) == swapped(shown(here, reconcile(here)), one, two)


@given(st.lists(sayings(), max_size=8))
def test_every_claim_is_in_one_dossier_and_every_toll_in_one_answer(told: list[Saying]) -> None:
    reading = read(told)
    dossiers = reconcile(reading)
    assert sorted(c for d in dossiers for c in d.claims) == sorted(claim.id for claim in reading.claims)
    answered = [
        c for d in dossiers for q in d.questions for p in q.positions for a in p.answers for c in a.claims
    ]
    tolls = [claim.id for claim in reading.claims if claim.kind == "toll"]
    assert sorted(c for c in answered if c in tolls) == sorted(tolls)


def test_the_main_incident_comes_first_and_takes_what_has_none() -> None:
    past, main = Incident(id="past", background=True), Incident(id="main")
    telling = (
        Telling()
        .toll(ARMY, "90 died last year", 90, incident="past", background=True)
        .toll(ARMY, "9 died", 9)
        .toll(ARMY, "some 40 died elsewhere", 40, background=True)
    )
    dossiers = reconcile(telling.reading(incidents=(past, main)))
    found = [(d.incident, d.background, d.questions[0].positions[0].standing.min) for d in dossiers]
    assert found == [("main", False, 9), ("past", True, 90), (None, True, 40)]


def test_a_report_without_claims_has_an_empty_dossier() -> None:
    (dossier,) = reconcile(Telling().sentence("Nothing happened.").reading())
    assert (dossier.parties, dossier.questions, dossier.claims) == ((), (), ())


def test_parties_come_as_the_text_names_them_and_the_report_last() -> None:
    telling = Telling().toll(REPORTER, "9 died", 9).toll(FRONT, "12 died", 12).toll(ARMY, "3 died", 3)
    (dossier,) = reconcile(telling.reading())
    assert dossier.parties == (FRONT, ARMY, REPORTER)
