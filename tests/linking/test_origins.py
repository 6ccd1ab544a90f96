from __future__ import annotations

from datetime import date

from variorum.linking.copies import find_copies
from variorum.linking.origins import origin_of, origins_of
from variorum.model import REPORTER, Claim, Evidence, Origin, Report, Source, make_claim

STORY = (
    "Gunmen boarded a ferry near the port of Varndal on Tuesday and killed nine passengers after a short chase "
    "along the coast, and two fast boats were seen leaving for the islands to the south."
)


def report(name: str, text: str, day: int, publisher: str | None) -> Report:
    return Report(id=name, text=text, published=date(2031, 5, day), publisher=publisher)


def toll(of: Report, words: str, party: str = REPORTER) -> Claim:
    start = of.text.index(words)
    return make_claim(
        "toll", report=of.id, content_hash=of.content_hash, evidence=Evidence.of(of.text, start, start + len(words)),
        source=Source(party=party), certainty="stated", outcome="killed", min=9, max=9, group="civilian",
    )  # fmt: skip


def origin(claim: Claim, reports: list[Report]) -> tuple[str, str]:
    found = origin_of(claim, {r.id: r for r in reports}, find_copies(reports))
    return found.kind, found.name


def test_a_quoted_party_is_the_origin() -> None:
    r = report("a", STORY, 7, "Town Crier")
    assert origin(toll(r, "nine passengers", "Norland Coastguard"), [r]) == ("party", "Norland Coastguard")


def test_copied_words_have_the_origin_of_the_first_report() -> None:
    reports = [report("a", STORY, 7, "Town Crier"), report("b", f"Varndal mourns. {STORY}", 8, "Late Echo")]
    assert origin(toll(reports[1], "nine passengers"), reports) == ("outlet", "Town Crier")


def test_a_credited_outlet_is_the_origin() -> None:
    r = report("a", f"VARNDAL (AP) — {STORY}", 7, "Town Crier")
    assert origin(toll(r, "nine passengers"), [r]) == ("outlet", "Associated Press")


def test_a_credit_in_the_sentence_goes_before_that_of_the_report() -> None:
    r = report(
        "a", "VARNDAL (AP) — Rain fell. Nine people died, Reuters reported. Shops closed.", 7, "Town Crier"
    )
    assert origin(toll(r, "Nine people"), [r]) == ("outlet", "Reuters")


def test_a_report_that_nobody_signs_is_its_own_origin() -> None:
    r = report("a", STORY, 7, None)
    assert origin(toll(r, "nine passengers"), [r]) == ("report", "a")


def test_ten_copies_are_one_origin() -> None:
    reports = [report(f"r{i}", STORY, 7 + i, f"Paper {i}") for i in range(10)]
    claims = [toll(r, "nine passengers") for r in reports]
    found = origins_of(claims, {r.id: r for r in reports}, find_copies(reports))
    assert [o.name for o in found] == ["Paper 0"]
    assert isinstance(next(iter(found)), Origin)
    assert sum(map(len, found.values())) == 10
