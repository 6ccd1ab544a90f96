"""The scores of claims: from how sure the decisions were and what they rest on, never from who a party is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.model import Certainty, Group, Kind, Outcome, PartyKind, Stance
from variorum.reading.attribution import Said
from variorum.reading.calibration import SUREST, chance, in_reach, log_odds, weighed
from variorum.reading.findings import Finding, Signals
from variorum.reading.parties import ResolvedParty

TOLL = Finding(
    Kind.TOLL, (20, 40), Certainty.STATED, False, (0, 10), None, 0.95,
    outcome=Outcome.KILLED, minimum=9, maximum=9, group=Group.CIVILIAN, who=(25, 30),
    signals=Signals(group=0.9, certainty=0.9, sourced=0.9, source=0.9),
)  # fmt: skip
BLAME = Finding(
    Kind.RESPONSIBILITY, (20, 60), Certainty.STATED, False, None, (30, 35), 0.6, stance=Stance.REPORTS
)
ACCOUNT = Finding(Kind.ACCOUNT, (20, 60), Certainty.STATED, False, (0, 10), None, 0.6)
SAID = Said(((0, 10),), (11, 15), ((20, 60),), 0.9)
PROBABILITY = st.floats(0, 1)


def party(name: str, kind: PartyKind, how: str = "lexicon") -> ResolvedParty:
    return ResolvedParty(0, 10, name, kind, None, how, None, 0.95)


@pytest.mark.parametrize("finding", [TOLL, BLAME, ACCOUNT])
def test_a_score_is_the_same_whoever_the_source_is(finding: Finding) -> None:
    one = weighed(finding, party("Army of Osk", PartyKind.STATE_FORCE), (SAID,), ())
    other = weighed(finding, party("Osk Liberation Front", PartyKind.ARMED_GROUP), (SAID,), ())
    assert one == other
    assert chance(one) == chance(other)


@given(*[PROBABILITY] * 5)
def test_scores_are_probabilities(
    found: float, group: float, certainty: float, sourced: float, source: float
) -> None:
    finding = replace(TOLL, score=found, signals=Signals(group, certainty, sourced, source))
    for one in (finding, replace(ACCOUNT, score=found), replace(BLAME, score=found)):
        assert 0 < chance(weighed(one, None, (), ())) < 1


@pytest.mark.parametrize("finding", [TOLL, BLAME, ACCOUNT])
def test_a_surer_network_makes_a_higher_score(finding: Finding) -> None:
    low, high = (
        chance(weighed(replace(finding, score=score), party("Osk", PartyKind.POLICE), (SAID,), ()))
        for score in (0.4, 0.99)
    )
    assert low < high


def test_what_the_attribution_says_is_weighed() -> None:
    source = party("Osk", PartyKind.POLICE)
    agreeing = weighed(TOLL, source, (SAID,), ()).values
    other = weighed(TOLL, source, (replace(SAID, source=((12, 14),)),), ()).values
    assert agreeing["source as in the attribution"] == 1
    assert "another source in the attribution" not in agreeing
    assert other["another source in the attribution"] == 1
    assert weighed(TOLL, source, (), ()).values["untold"] == 1


def test_what_shares_words_stands_beside() -> None:
    ordered = [BLAME, replace(TOLL, span=(25, 40)), replace(ACCOUNT, span=(70, 90))]
    assert in_reach(ordered, 0) == [ordered[1]]
    assert in_reach(ordered, 1) == [ordered[0]]
    assert in_reach(ordered, 2) == []
    values = weighed(ordered[1], None, (), in_reach(ordered, 1)).values
    assert values["responsibility beside"] == 1
    assert "account beside" not in values


def test_log_odds_are_bounded() -> None:
    assert (log_odds(0), log_odds(1), log_odds(0.5)) == (-SUREST, SUREST, 0)
