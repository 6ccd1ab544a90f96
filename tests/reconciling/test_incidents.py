from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.invented import ARMY, CLINIC, FRONT, REPORTER, Telling
from tests.reconciling.test_reconcile import Saying, sayings, swapped
from variorum.linking import find_copies
from variorum.model import (
    CopyGraph,
    Day,
    Dossier,
    Incident,
    LinkedIncident,
    Party,
    PartyKind,
    Question,
    Reading,
    Status,
)
from variorum.reconciling import reconcile_incidents

MAY = [date(2031, 5, day) for day in range(1, 20)]
PARTIES = (
    Party(name=ARMY, kind=PartyKind.STATE_FORCE, country="NO"),
    Party(name=FRONT, kind=PartyKind.ARMED_GROUP, country="NO"),
    Party(name=CLINIC, kind=PartyKind.MEDICS),
)


def told(number: int, day: date | None, publisher: str | None = None) -> Telling:
    return Telling(id=f"r{number}", published=day, publisher=publisher or f"Paper {number}").sentence(
        f"Report {number} of what went on at the quay."
    )


def dossier_of(*tellings: Telling, as_of: date | None = None, copies: CopyGraph | None = None) -> Dossier:
    (dossier,) = dossiers_of([one.reading(parties=PARTIES) for one in tellings], as_of=as_of, copies=copies)
    return dossier


def dossiers_of(
    readings: list[Reading], *, as_of: date | None = None, copies: CopyGraph | None = None
) -> tuple[Dossier, ...]:
    ranked = sorted(readings, key=lambda one: (one.report.published or date.max, one.report.id))
    incident = LinkedIncident(id="incident-quay", reports=tuple(one.report.id for one in ranked))
    graph = find_copies([one.report for one in readings]) if copies is None else copies
    return reconcile_incidents(readings, [incident], graph, as_of=as_of)


def only(dossier: Dossier) -> Question:
    (question,) = dossier.questions
    return question


def history(question: Question, source: str) -> list[tuple[int | None, date | None, bool]]:
    return [
        (answer.min, answer.known, answer.superseded)
        for position in question.positions
        if position.source == source
        for answer in position.answers
    ]


def test_a_source_that_gives_a_new_figure_in_a_later_report_has_revised_its_own() -> None:
    question = only(
        dossier_of(
            told(1, MAY[1]).toll(ARMY, "9 died", 9),
            told(2, MAY[3]).toll(ARMY, "14 died", 14),
            told(3, MAY[5]).toll(ARMY, "12 died", 12),
        )
    )
    assert history(question, ARMY) == [(9, MAY[1], True), (14, MAY[3], True), (12, MAY[5], False)]
    assert question.status is Status.REVISED
    assert question.reason == "Norland Army changed its answer from 9 to 14 to 12."


def test_an_old_figure_that_a_late_report_repeats_does_not_come_back() -> None:
    question = only(
        dossier_of(
            told(1, MAY[1]).toll(ARMY, "9 died", 9),
            told(2, MAY[3]).toll(ARMY, "14 died", 14),
            told(3, MAY[8]).toll(ARMY, "nine died", 9),
        )
    )
    assert history(question, ARMY) == [(9, MAY[1], True), (14, MAY[3], False)]
    assert question.positions[0].answers[0].reports == ("r1", "r3")


def test_a_day_that_the_report_tells_counts_before_that_of_its_publication() -> None:
    question = only(
        dossier_of(
            told(1, MAY[3]).toll(ARMY, "14 died", 14),
            told(2, MAY[8]).toll(ARMY, "9 died, it said", 9, said="2031-05-02"),
        )
    )
    assert question.positions[0].standing.min == 14


def test_a_report_without_a_day_replaces_nothing_and_is_replaced_by_nothing() -> None:
    question = only(
        dossier_of(told(1, MAY[1]).toll(ARMY, "9 died", 9), told(2, None).toll(ARMY, "14 died", 14))
    )
    assert history(question, ARMY) == [(14, None, False), (9, MAY[1], False)]
    assert question.status is Status.SINGLE


def test_a_later_and_higher_count_by_somebody_else_is_a_count_that_rose() -> None:
    question = only(
        dossier_of(told(1, MAY[1]).toll(ARMY, "9 died", 9), told(2, MAY[3]).toll(CLINIC, "14 died", 14))
    )
    assert question.status is Status.REVISED
    assert question.reason == "Norland Army: 9. Later, Harbour Clinic: 14."


def test_on_one_day_it_is_a_contradiction_and_so_it_is_from_an_opposed_side() -> None:
    same_day = dossier_of(
        told(1, MAY[1]).toll(ARMY, "9 died", 9), told(2, MAY[1]).toll(CLINIC, "14 died", 14)
    )
    assert only(same_day).status is Status.CONTESTED
    opposed = dossier_of(told(1, MAY[1]).toll(ARMY, "9 died", 9), told(2, MAY[3]).toll(FRONT, "14 died", 14))
    assert only(opposed).status is Status.CONTESTED
    lower = dossier_of(told(1, MAY[1]).toll(ARMY, "14 died", 14), told(2, MAY[3]).toll(CLINIC, "9 died", 9))
    assert only(lower).status is Status.CONTESTED


def test_ongoing_on_one_day_and_over_on_a_later_one_can_both_be_true() -> None:
    later = dossier_of(
        told(1, MAY[1]).account(CLINIC, "the siege is ongoing"),
        told(2, MAY[3]).account(ARMY, "the siege was over"),
    )
    assert only(later).status is Status.REVISED
    at_once = dossier_of(
        told(1, MAY[3]).account(FRONT, "the siege is ongoing"),
        told(2, MAY[3]).account(ARMY, "the siege was over"),
    )
    assert only(at_once).status is Status.CONTESTED


def test_ten_reports_that_quote_one_source_are_one_origin() -> None:
    quotes = [
        told(number, MAY[number]).toll(ARMY, f"{33} gunmen died", 33, group="militant")
        for number in range(10)
    ]
    (support,) = only(dossier_of(*quotes)).support
    assert [(origin.kind, origin.name) for origin in support.origins] == [("party", ARMY)]
    assert len(support.reports) == 10


def test_support_names_the_claims_of_all_who_stand_by_the_answer() -> None:
    first = told(1, MAY[1]).toll(ARMY, "9 died", 9).toll(FRONT, "nine died", 9)
    question = only(dossier_of(first, told(2, MAY[2]).toll(ARMY, "5 died", 5)))
    behind = {support.answer: set(support.claims) for support in question.support}
    standing = {one.source: set(one.standing.claims) for one in question.positions}
    assert behind == {"5": standing[ARMY], "9": standing[FRONT]}
    assert all(behind.values())


def test_own_voices_are_told_apart_by_their_outlets() -> None:
    question = only(
        dossier_of(
            told(1, MAY[1], "Norland Gazette").toll(REPORTER, "9 died", 9),
            told(2, MAY[1], "Skarholt Post").toll(REPORTER, "5 died", 5),
        )
    )
    assert [position.outlet for position in question.positions] == ["Norland Gazette", "Skarholt Post"]
    assert question.reason == "Norland Gazette itself: 9. Skarholt Post itself: 5. Both cannot hold."


def test_words_taken_over_count_from_the_day_they_were_first_published() -> None:
    passage = (
        "The quay was struck at noon by three shells while the ferry for Oskby was being loaded with grain"
    )
    first = told(1, MAY[1], "Harbour Agency").toll(ARMY, f"{passage} and 9 died", 9)
    newer = told(2, MAY[3]).toll(ARMY, "a count of the dead made this morning came to 14 in all", 14)
    carrier = told(3, MAY[6]).sentence("(Harbour Agency)").toll(ARMY, f"{passage} and 9 died", 9)
    question = only(dossier_of(first, newer, carrier))
    assert history(question, ARMY) == [(9, MAY[1], True), (14, MAY[3], False)]


def test_the_summary_is_what_most_reports_tell() -> None:
    days = [Day(first=day, last=day, precision=1) for day in (MAY[1], MAY[2], MAY[2])]
    readings = [
        told(number, MAY[5])
        .toll(ARMY, f"{number} died", number)
        .reading(incidents=(Incident(id=f"incident-{number}", day=day),))
        for number, day in enumerate(days)
    ]
    (dossier,) = dossiers_of(readings)
    assert dossier.summary is not None
    assert dossier.summary.day == days[1]
    assert dossier.summary.place is None


def test_days_told_nearly_as_often_are_one_span() -> None:
    days = [Day(first=day, last=day, precision=1) for day in (MAY[2], MAY[1], MAY[1], MAY[2], MAY[4])]
    readings = [
        told(number, MAY[5]).reading(incidents=(Incident(id=f"incident-{number}", day=day),))
        for number, day in enumerate(days)
    ]
    (dossier,) = dossiers_of(readings)
    assert dossier.summary is not None
    assert dossier.summary.day == Day(first=MAY[1], last=MAY[2], precision=2)


def test_an_incident_not_yet_reported_has_no_dossier() -> None:
    reading = told(1, MAY[5]).toll(ARMY, "9 died", 9).reading()
    assert dossiers_of([reading], as_of=MAY[4]) == ()
    assert len(dossiers_of([reading], as_of=MAY[5])) == 1


reports = st.lists(
    st.tuples(st.lists(sayings(), min_size=1, max_size=4), st.sampled_from((*MAY[:4], None))),
    min_size=1,
    max_size=5,
)
Reports = list[tuple[list[Saying], date | None]]


def read(pile: Reports) -> list[Reading]:
    readings = []
    for number, (sentences, day) in enumerate(pile):
        telling = told(number, day)
        for source, values in sentences:
            rest = {key: value for key, value in values.items() if key not in ("kind", "words", "background")}
            telling.say(values["kind"], source, values["words"], **rest)
        readings.append(telling.reading(parties=PARTIES))
    return readings


@given(reports, st.randoms(use_true_random=False))
@settings(deadline=None)
def test_the_order_in_which_reports_are_handed_over_changes_nothing(pile: Reports, chance) -> None:  # type: ignore[no-untyped-def]
    readings = read(pile)
    before = dossiers_of(readings)
    chance.shuffle(readings)
    assert dossiers_of(readings) == before


@given(reports, st.sampled_from(MAY[:5]), st.sampled_from(MAY[:5]))
@settings(deadline=None)
def test_what_was_known_on_a_day_is_known_on_later_days(pile: Reports, one: date, two: date) -> None:
    earlier, later = sorted((one, two))
    readings = read(pile)
    known = [
        {claim for dossier in dossiers_of(readings, as_of=day) for claim in dossier.claims}
        for day in (earlier, later, None)
    ]
    assert known[0] <= known[1] <= known[2]


def positions_without_reach(dossier: Dossier) -> object:
    return [
        question.model_dump(
            exclude={"positions": {"__all__": {"answers": {"__all__": {"reports"}}}}, "support": True}
        )
        for question in dossier.questions
    ]


@given(reports, st.data())
@settings(deadline=None)
def test_an_exact_copy_changes_no_position_only_reach(pile: Reports, data: st.DataObject) -> None:
    readings = read(pile)
    original = data.draw(st.sampled_from(readings))
    first = original.report.published
    day = first and data.draw(st.sampled_from([day for day in MAY if day > first]))
    report = original.report.model_copy(update={"id": "copy", "published": day, "publisher": "Zz Carrier"})
    claims = tuple(claim.model_copy(update={"report": "copy"}) for claim in original.claims)
    copy = original.model_copy(update={"report": report, "claims": claims})
    (before,), (after,) = dossiers_of(readings), dossiers_of([*readings, copy])
    assert positions_without_reach(after) == positions_without_reach(before)
    supports = zip(before.questions, after.questions, strict=True)
    for one, two in supports:
        for less, more in zip(one.support, two.support, strict=True):
            assert (less.origins, less.claims) == (more.origins, more.claims)
            assert set(less.reports) <= set(more.reports) <= {*less.reports, "copy"}


@given(reports)
@settings(deadline=None)
def test_swapping_two_parties_names_swaps_them_and_changes_nothing_else(pile: Reports) -> None:
    names = {ARMY: FRONT, FRONT: ARMY}
    other = [
        (
            [
                (
                    names.get(source, source),
                    {
                        key: names.get(value, value) if key == "actor" else value
                        for key, value in values.items()
                    },
                )
                for source, values in sentences
            ],
            day,
        )
        for sentences, day in pile
    ]

    def statuses(dossiers: tuple[Dossier, ...], *, swap: bool) -> object:
        shown = [
            (question.label, question.status.value, question.reason)
            for dossier in dossiers
            for question in dossier.questions
        ]
        return sorted(map(tuple, swapped(shown, ARMY, FRONT) if swap else shown))

    plain = [reading.model_copy(update={"parties": ()}) for reading in read(pile)]
    turned = [reading.model_copy(update={"parties": ()}) for reading in read(other)]
    assert statuses(dossiers_of(plain), swap=True) == statuses(dossiers_of(turned), swap=False)
