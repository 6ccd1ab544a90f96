from __future__ import annotations

import pytest

from tests.linking.piles import TOLD
from variorum.linking import find_copies, independent_publishers
from variorum.model import Report

FIRST, SECOND, THIRD = TOLD["ferry"]


def voices(*told: tuple[str | None, str]) -> int:
    reports = [
        Report(id=f"r{number}", publisher=publisher, text=text)
        for number, (publisher, text) in enumerate(told)
    ]
    return independent_publishers(reports, find_copies(reports))


@pytest.mark.parametrize(
    ("told", "number"),
    [
        ([], 0),
        ([("Post", FIRST)], 1),
        ([("Post", FIRST), ("Gazette", SECOND), ("Courier", THIRD)], 3),
        ([("Post", FIRST), ("Post", SECOND)], 1),
        ([("Post", FIRST), ("Gazette", FIRST)], 1),
        ([("Post", FIRST), ("Gazette", f"{FIRST} More will follow.")], 1),
        ([(None, FIRST), (None, SECOND)], 2),
        ([("Post", f"VARNDAL (Reuters) — {FIRST}"), ("Gazette", f"VARNDAL (Reuters) — {SECOND}")], 1),
        ([("Reuters", FIRST), ("Gazette", f"VARNDAL (Reuters) — {SECOND}")], 1),
        ([("Reuters", FIRST), ("Gazette", f"A diver told Reuters that it sank. {SECOND}")], 2),
        ([("Post (Reuters)", FIRST), ("Reuters", SECOND)], 1),
    ],
)
def test_who_carries_anothers_story_is_no_voice_of_its_own(
    told: list[tuple[str | None, str]], number: int
) -> None:
    assert voices(*told) == number


def test_copies_outside_the_reports_do_not_count() -> None:
    reports = [Report(id=f"r{n}", publisher=f"Paper {n}", text=FIRST) for n in range(3)]
    graph = find_copies(reports)
    assert independent_publishers(reports[:1], graph) == 1
    assert independent_publishers(reports, graph) == 1
