from __future__ import annotations

import pytest

from variorum.evaluation.agreement import LEVELS, Agreement
from variorum.evaluation.annotated import Annotated
from variorum.evaluation.causes import differences_of
from variorum.evaluation.figures import causes_of
from variorum.evaluation.keeping import keepable
from variorum.evaluation.names import Names
from variorum.evaluation.shapes import Mark

TEXT = "The council said 9 miners were killed and blamed the guild, which said it was a gas leak."


def at(words: str) -> dict[str, int]:
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words)}


TOLL: Mark = at("9 miners were killed") | {
    "kind": "toll", "source": "Council", "outcome": "killed", "min": 9, "max": 9, "group": "civilian",
    "certainty": "stated",
}  # fmt: skip
BLAME: Mark = at("blamed the guild") | {
    "kind": "responsibility", "source": "Council", "actor": "Guild", "stance": "accuses", "certainty": "stated",
}  # fmt: skip
LEAK: Mark = at("it was a gas leak") | {"kind": "account", "source": "Guild", "certainty": "stated"}


def causes(key: list[Mark], found: list[Mark]) -> list[str]:
    document = Annotated("r1", TEXT, key)
    agreement = Agreement(document, found, Names())
    return [
        one.what
        for kind in LEVELS
        for one in differences_of(document, agreement.of(kind), found, agreement.names)
    ]


@pytest.mark.parametrize(
    ("key", "found", "cause"),
    [
        (
            TOLL,
            TOLL | {"source": "reporter"},
            "toll differs in source: a party's words held for the report's own",
        ),
        (
            TOLL | {"source": "reporter"},
            TOLL,
            "toll differs in source: the report's own words held for a party's",
        ),
        (TOLL, TOLL | {"source": "Guild"}, "toll differs in source: another party"),
        (TOLL, TOLL | {"min": 8}, "toll differs in number: another figure"),
        (TOLL, TOLL | {"max": None}, "toll differs in number: a bound open or closed"),
        (TOLL, TOLL | {"group": "militant"}, "toll differs in group (militant for civilian)"),
        (TOLL, TOLL | {"certainty": "hedged"}, "toll differs in certainty (hedged for stated)"),
        (TOLL, TOLL | {"background": True}, "toll missed: held for background"),
        (BLAME, BLAME | {"actor": "Council"}, "responsibility differs in actor or stance: another actor"),
        (BLAME, BLAME | {"stance": "denies"}, "responsibility differs in actor or stance: another stance"),
        (LEAK, LEAK | at("leak"), "account differs in words"),
    ],
)
def test_each_difference_has_its_cause(key: Mark, found: Mark, cause: str) -> None:
    assert causes([key], [found]) == [cause]


def test_what_has_no_partner_tells_why() -> None:
    assert causes([TOLL], []) == ["toll missed: nothing found there"]
    assert causes([], [LEAK]) == ["account false alarm: nothing annotated there"]
    other = TOLL | {"kind": "account"}
    assert causes([TOLL], [other]) == [
        "toll missed: held for a claim of another kind (account)",
        "account false alarm: a claim of another kind to the annotators (toll)",
    ]
    assert causes([TOLL], [TOLL, TOLL]) == ["toll false alarm: one claim told twice"]
    assert causes([TOLL | {"background": True}], [TOLL]) == ["toll false alarm: background to the annotators"]


def test_causes_are_counted_commonest_first() -> None:
    document = Annotated("r1", TEXT, [])
    agreement = Agreement(document, [LEAK, LEAK, TOLL], Names())
    told = [
        one
        for kind in LEVELS
        for one in differences_of(document, agreement.of(kind), [LEAK, LEAK, TOLL], agreement.names)
    ]
    assert causes_of(told) == [
        ("account false alarm: nothing annotated there", 2),
        ("toll false alarm: nothing annotated there", 1),
    ]


def test_what_can_be_kept_is_equal_in_all_and_background_only_where_the_annotators_have_it() -> None:
    key = [TOLL, BLAME, LEAK | {"background": True}]
    found = [TOLL | {"score": 0.9}, BLAME | {"certainty": "hedged"}, LEAK, LEAK | {"background": True}]
    told = list(keepable([Annotated("r1", TEXT, key)], {"r1": found}, Names()))
    assert [(claim["kind"], bool(claim.get("background")), right) for claim, right in told] == [
        ("toll", False, True),
        ("responsibility", False, True),
        ("account", False, False),
        ("account", True, True),
    ]
    assert not list(keepable([Annotated("r1", TEXT, key)], {}, Names()))
