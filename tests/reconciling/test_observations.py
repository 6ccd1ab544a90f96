from __future__ import annotations

from tests.invented import ARMY, CLINIC, FRONT, Telling
from variorum.model import Observation, Status
from variorum.reconciling import reconcile


def observed(telling: Telling) -> list[tuple[str, str]]:
    (dossier,) = reconcile(telling.reading())
    return [(one.kind, one.words) for one in dossier.observations]


def test_a_group_greater_than_anothers_total_is_an_observation_and_changes_no_status() -> None:
    telling = (
        Telling()
        .toll(FRONT, "214 captive soldiers died", 214, group="security", who="soldiers")
        .toll(ARMY, "31 people died in all", 31, group="mixed", who="people")
    )
    assert observed(telling) == [
        (
            "part exceeds another's whole",
            "Reef Front: 214 members of the security forces killed. Norland Army: 31 people killed in all.",
        )
    ]
    (dossier,) = reconcile(telling.reading())
    assert {question.status for question in dossier.questions} == {Status.SINGLE}


def test_groups_that_come_to_more_than_the_sources_own_total() -> None:
    telling = (
        Telling()
        .toll(ARMY, "30 people died", 30, group="mixed", who="people")
        .toll(ARMY, "23 soldiers", 23, group="security", who="soldiers")
        .toll(ARMY, "9 civilians", 9, who="civilians")
    )
    assert observed(telling) == [
        (
            "parts exceed whole",
            "Norland Army: 23 members of the security forces killed, 9 civilians killed: more than the 30 people killed "
            "that it gives in all.",
        )
    ]


def test_a_total_of_people_of_no_said_kind_is_a_total_too() -> None:
    telling = (
        Telling()
        .toll(CLINIC, "58 people are hurt", 58, group="unknown", who="people", outcome="injured")
        .toll(CLINIC, "49 civilians", 49, who="civilians", outcome="injured")
        .toll(CLINIC, "11 soldiers", 11, group="security", who="soldiers", outcome="injured")
    )
    assert [kind for kind, _ in observed(telling)] == ["parts exceed whole"]


def test_groups_that_come_to_less_tell_how_many_are_left() -> None:
    telling = (
        Telling()
        .toll(ARMY, "40 people died", 40, group="mixed", who="people")
        .toll(ARMY, "23 soldiers", 23, group="security", who="soldiers")
        .toll(ARMY, "9 civilians", 9, who="civilians")
    )
    ((kind, words),) = observed(telling)
    assert kind == "parts fall short of whole"
    assert "8 fewer" in words


def test_one_group_alone_need_not_be_everybody() -> None:
    telling = (
        Telling().toll(ARMY, "40 died", 40, group="mixed").toll(ARMY, "23 soldiers", 23, group="security")
    )
    assert observed(telling) == []


def test_sums_that_come_out_are_no_observation() -> None:
    telling = (
        Telling()
        .toll(ARMY, "about 32 people died", 32, group="mixed", approx=True)
        .toll(ARMY, "23 soldiers", 23, group="security", who="soldiers")
        .toll(ARMY, "9 civilians", 9, who="civilians")
        .toll(CLINIC, "7 civilians", 7, who="civilians")
    )
    assert observed(telling) == []


def test_more_killed_than_were_there() -> None:
    telling = (
        Telling()
        .toll(ARMY, "20 gunmen attacked", 20, group="militant", who="gunmen", outcome="present")
        .toll(ARMY, "33 gunmen died", 33, group="militant", who="gunmen")
        .toll(FRONT, "40 gunmen died", 40, group="militant", who="gunmen")
    )
    assert observed(telling) == [
        ("more than were there", "Norland Army: 33 militants killed, but 20 militants present.")
    ]


def test_what_is_denied_is_not_reckoned_with() -> None:
    telling = (
        Telling()
        .toll(ARMY, "30 people died", 30, group="mixed", who="people")
        .toll(ARMY, "99 civilians died", 99, who="civilians", certainty="denied")
    )
    assert observed(telling) == []


def test_an_observation_names_its_claims() -> None:
    (dossier,) = reconcile(
        Telling()
        .toll(FRONT, "9 soldiers", 9, group="security")
        .toll(ARMY, "3 in all", 3, group="mixed")
        .reading()
    )
    (one,) = dossier.observations
    assert isinstance(one, Observation)
    assert set(one.claims) == set(dossier.claims)
