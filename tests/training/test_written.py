"""Reports written for training: marks are read as written, and every fault is named."""

from __future__ import annotations

import pytest

from training.written import TEXTS, marked, report_of, written

GOOD = """[s1 The Harbour Ministry] said [t1 at least 12 sailors] drowned when [s2 the Salt Front] [r1 mined the channel].
---
s1 = Harbour Ministry
s2 = Salt Front
t1 toll killed 12 - civilian stated s1 actor=s2
r1 responsibility accuses hedged s1 actor=s2
"""


def test_a_report_has_the_shape_of_an_annotated_case() -> None:
    report = report_of(GOOD, "here")
    toll, deed = report["claims"]
    assert "[" not in report["text"]
    assert (toll["quote"], toll["min"], toll["max"], toll["source"]) == (
        "at least 12 sailors",
        12,
        None,
        "Harbour Ministry",
    )
    assert report["text"][slice(*toll["actor_span"])] == "the Salt Front"
    assert (deed["stance"], deed["certainty"], deed["actor"]) == ("accuses", "hedged", "Salt Front")
    assert report["mentions"]["Salt Front"] == [toll["actor_span"]]


def test_marks_nest() -> None:
    text, spans = marked("a [x1 b [y1 c] d] e", "here")
    assert text == "a b c d e"
    assert text[slice(*spans["x1"])] == "b c d"
    assert text[slice(*spans["y1"])] == "c"


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (("drowned when", "drowned] when"), "never opened"),
        (("[r1 mined", "[t1 mined"), "twice"),
        (("stated s1 actor=s2", "stated s9"), "s9 is no mark"),
        (("toll killed", "toll slain"), "slain"),
        (("r1 responsibility accuses hedged s1 actor=s2", ""), "nothing is said of"),
        (("accuses hedged s1 actor=s2", "accuses hedged s1"), "no actor"),
    ],
)
def test_faults_are_named(change: tuple[str, str], fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        report_of(GOOD.replace(*change), "here")


def test_all_shipped_texts_can_be_read() -> None:
    reports = written(TEXTS)
    assert len(reports) > 200
    assert all(r["text"][slice(*c["span"])] == c["quote"] for r in reports for c in r["claims"])
    assert len({r["id"] for r in reports}) == len(reports)
