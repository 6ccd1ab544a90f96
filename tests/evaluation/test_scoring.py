"""The four scorers on hand-made examples whose figures can be reckoned by hand."""

from __future__ import annotations

import copy
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from variorum.evaluation import AnnotatedData, Scores, load_annotated, score_response, score_rows
from variorum.evaluation.names import Names, plain
from variorum.evaluation.places import distance_km
from variorum.model import InputError

TEXT = (
    "The army said 12 soldiers were killed in Sibi on Friday. The group said it killed 30 people. "
    "The army blamed the group, which “never was there”, it said."
)


def at(words: str, number: int = 1) -> dict[str, int]:
    start = -1
    for _ in range(number):
        start = TEXT.index(words, start + 1)
    return {"start": start, "end": start + len(words)}


def span(words: str, number: int = 1) -> list[list[int]]:
    return [list(at(words, number).values())]


def toll(words: str, source: str, number: int, group: str, **more: object) -> dict[str, object]:
    values = {"outcome": "killed", "min": number, "max": number, "group": group, "certainty": "stated"}
    return {"kind": "toll", "quote": words, "source": source} | values | more


CLAIMS = [
    toll("12 soldiers were killed", "Pakistan Army", 12, "security"),
    toll("killed 30 people", "The Group", 30, "unknown", joint=["The Wing"]),
    {
        "kind": "responsibility",
        "quote": "blamed the group",
        "source": "Pakistan Army",
        "actor": "The Group",
        "stance": "accuses",
        "certainty": "stated",
    },
    {"kind": "account", "quote": "never was there", "source": "The Group", "certainty": "stated"},
]
ATTRIBUTIONS = [
    {"source": span("The army"), "cue": span("said"), "content": span("12 soldiers were killed in Sibi")},
    {"source": span("The group"), "cue": span("said", 2), "content": span("it killed 30 people")},
    {"source": span("it", 2), "cue": span("said", 3), "content": span("“never was there”")},
]
TIMEXES = [
    at("Friday") | {"type": "DATE", "value": "2025-03-14"},
    at("never") | {"type": "DURATION", "value": None},
]
TOPONYMS = [
    at("Sibi") | {"lat": 29.5, "lon": 67.9, "literal": True},
    at("army") | {"lat": 30.0, "lon": 70.0, "literal": False},
]
MARKS = {
    "claims": ("claims", CLAIMS),
    "attributions": ("attributions", ATTRIBUTIONS),
    "dates": ("timexes", TIMEXES),
    "places": ("toponyms", TOPONYMS),
}
ALIASES = {"The Group": ["TG"], "_same_actor": [["The Group", "The Wing"]]}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("annotated")
    reports = [{"id": f"x/r{n}", "text": TEXT, "published": "2025-03-15"} for n in (1, 2)]
    for layer, (field, marks) in MARKS.items():
        rows = [report | {field: marks} for report in reports]
        if layer == "claims":
            (found / "x.json").write_text(json.dumps({"case": "x", "reports": rows}), encoding="utf-8")
        else:
            (found / f"{layer}.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    (found / "aliases.json").write_text(json.dumps(ALIASES), encoding="utf-8")
    return found


def data(folder: Path, layer: str) -> AnnotatedData:
    return load_annotated(layer, [folder if layer == "claims" else folder / f"{layer}.jsonl"])


def rows(layer: str, marks: list[dict[str, object]] | None = None) -> list[dict[str, object]]:
    """A response: the same marks in both reports; those of the key if none are given."""
    field, key = MARKS[layer]
    found = copy.deepcopy(key if marks is None else marks)
    if layer == "claims":
        return [{"report": f"x/r{n}"} | mark for n in (1, 2) for mark in found]
    return [{"id": f"x/r{n}", field: found} for n in (1, 2)]


def f1(scores: Scores) -> dict[str, float]:
    return {name: round(measure.f1, 6) for name, measure in scores.measures.items()}


@pytest.mark.parametrize("layer", MARKS)
def test_the_key_as_response_is_right_in_all(folder: Path, layer: str) -> None:
    scores = score_rows(data(folder, layer), rows(layer))
    assert scores.reports == 2
    assert set(f1(scores).values()) == {1.0}
    assert not scores.differences


@pytest.mark.parametrize("layer", MARKS)
def test_nothing_found_scores_nothing(folder: Path, layer: str) -> None:
    scores = score_rows(data(folder, layer), [])
    assert set(f1(scores).values()) == {0.0}
    assert scores.differences
    assert all("missed" in difference.what for difference in scores.differences)
    assert json.loads(json.dumps(scores.as_json()))["reports"] == 2


@pytest.mark.parametrize("layer", MARKS)
@given(shuffle=st.randoms(use_true_random=False))
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_order_of_findings_changes_nothing(folder: Path, layer: str, shuffle) -> None:
    field, marks = MARKS[layer]
    doubled = [*marks, *marks[:1], {**marks[0], **({"min": 3} if layer == "claims" else {"value": "P1D"})}]
    ordered = rows(layer, doubled)
    mixed = copy.deepcopy(ordered)
    for row in mixed:
        shuffle.shuffle(row.get(field, []))
    shuffle.shuffle(mixed)
    one, two = (score_rows(data(folder, layer), response) for response in (ordered, mixed))
    assert one.as_json() == two.as_json()
    assert one.differences == two.differences


def claims(folder: Path, number: int, **changed: object) -> Scores:
    marks = [{**claim, **(changed if n == number else {})} for n, claim in enumerate(CLAIMS)]
    return score_rows(data(folder, "claims"), rows("claims", marks))


@pytest.mark.parametrize(
    ("changed", "last_right"),
    [
        ({"outcome": "injured"}, -1),
        ({"min": None}, 0),
        ({"group": "unknown"}, 1),
        ({"source": "police"}, 2),
        ({"certainty": "hedged"}, 3),
        ({"source": "Army of Pakistan"}, 4),
    ],
)
def test_levels_of_a_toll(folder: Path, changed: dict[str, object], last_right: int) -> None:
    scores = claims(folder, 0, **changed)
    right = [scores.measures[f"toll L{level}"].matched for level in range(5)]
    assert right == [4 if level <= last_right else 2 for level in range(5)]
    if "police" in changed.values():
        assert scores.values["source accuracy"] == 0.5


def test_unknown_people_may_be_called_mixed(folder: Path) -> None:
    assert claims(folder, 1, group="mixed").measures["toll L2"].f1 == 1.0
    assert claims(folder, 1, group="militant").measures["toll L2"].f1 == 0.5


def test_aliases_hold_for_sources_and_same_actors_for_actors(folder: Path) -> None:
    assert claims(folder, 3, source="TG").measures["account A2"].f1 == 1.0
    assert claims(folder, 2, actor="The Wing").measures["responsibility R2"].f1 == 1.0
    assert claims(folder, 3, source="The Wing").measures["account A2"].f1 == 0.0


def test_the_other_of_joint_sources_is_right_and_its_double_counts_neither_way(folder: Path) -> None:
    assert claims(folder, 1, source="The Wing").measures["toll L4"].f1 == 1.0
    scores = score_rows(
        data(folder, "claims"), rows("claims", [*CLAIMS, {**CLAIMS[1], "source": "The Wing"}])
    )
    assert scores.measures["toll L4"].f1 == 1.0
    assert not scores.differences


def test_background_is_left_out(folder: Path) -> None:
    scores = claims(folder, 0, background=True)
    assert (scores.measures["toll L0"].found, scores.measures["toll L0"].key) == (2, 4)


def test_names_are_sets_of_words() -> None:
    assert plain("Ukrainian army") == plain("the Armed Forces of Ukraine")
    assert plain("U.S. government") == plain("United States")
    assert plain("Russian army") == plain("Army of Russia") != plain("Rwandan army")
    assert plain("government") == "government"
    assert Names([{"A B": ["C"]}]).of("c") == Names().of("b a")


def test_an_attribution_is_right_by_half_of_its_words(folder: Path) -> None:
    short = {**ATTRIBUTIONS[0], "content": span("12 soldiers were"), "cue": span("army said")}
    scores = score_rows(data(folder, "attributions"), rows("attributions", [short, *ATTRIBUTIONS[1:]]))
    assert scores.measures["FULL"].f1 == 1.0
    assert scores.measures["all exact"].matched == 4
    assert scores.measures["content words"].matched == 2 * (3 + 4 + 3)
    assert scores.values["FULL recall, content direct"] == 1.0


def test_an_absent_source_is_not_a_present_one(folder: Path) -> None:
    scores = score_rows(
        data(folder, "attributions"),
        rows("attributions", [{**ATTRIBUTIONS[0], "source": []}, *ATTRIBUTIONS[1:]]),
    )
    assert scores.measures["FULL"].matched == 4
    assert scores.measures["source exact"].found == 4


def test_dates(folder: Path) -> None:
    found = [
        at("on Friday") | {"type": "TIME", "value": "2025-03-14TEV"},
        at("12") | {"type": "SET", "value": "P1D"},
    ]
    scores = score_rows(data(folder, "dates"), rows("dates", found))
    assert f1(scores) == {"strict": 0, "relaxed": 0.666667, "type": 0, "value": 0, "date": 1}


def test_an_expression_without_value_is_optional(folder: Path) -> None:
    assert score_rows(data(folder, "dates"), rows("dates", TIMEXES[:1])).measures["relaxed"].f1 == 1.0


def test_places(folder: Path) -> None:
    for lat, right in ((30.9, 2), (31.0, 0), (None, 0)):
        found = [at("in Sibi") | {"lat": lat, "lon": 67.9}]
        scores = score_rows(data(folder, "places"), rows("places", found))
        assert scores.measures["strict"].matched == 0
        assert scores.measures["overlap"].f1 == 1.0
        assert scores.measures["end to end"].matched == right
    assert scores.values["median km"] == 20038


def test_distances() -> None:
    quarter = distance_km({"lat": 0, "lon": 0}, {"lat": 0, "lon": 90})
    assert quarter == pytest.approx(6371.0088 * 3.14159265 / 2)


@pytest.mark.parametrize(
    ("layer", "row", "code"),
    [
        ("claims", {"report": "x/r9", **CLAIMS[0]}, "unknown-report"),
        ("claims", {"report": "x/r1", "kind": "rumour"}, "bad-annotation"),
        ("dates", {"id": "x/r1"}, "bad-annotation"),
        ("dates", {"id": "x/r1", "timexes": [{"start": 5, "end": 5}]}, "bad-annotation"),
        ("places", {"id": "x/r1", "toponyms": [{"start": 0, "end": 5, "lat": "north"}]}, "bad-annotation"),
        ("attributions", {"id": "x/r1", "attributions": [{"cue": [[0, 9999]]}]}, "bad-annotation"),
    ],
)
def test_a_response_that_cannot_be_scored(folder: Path, tmp_path: Path, layer: str, row, code: str) -> None:
    response = tmp_path / "response.jsonl"
    response.write_text(json.dumps(row) + "\n", encoding="utf-8")
    with pytest.raises(InputError) as refused:
        score_response(data(folder, layer), response)
    assert refused.value.code == code
    assert refused.value.where.startswith(f"{response}:1")
    assert refused.value.remedy


TWICE = json.dumps({"case": "x", "reports": [{"id": "r", "text": "a", "claims": []}] * 2})


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ('{"case": "x", "reports": [{"id": "r", "text": "a b"}]}', "bad-annotation"),
        (
            '{"case": "x", "reports": [{"id": "r", "text": "a b", "claims": [{"kind": "toll"}]}]}',
            "bad-annotation",
        ),
        ('{"case": "x", "reports": []}', "no-annotations"),
        (TWICE, "duplicate-id"),
        ("{", "bad-json"),
        ("[]", "bad-annotation"),
    ],
)
def test_annotations_that_cannot_be_used(tmp_path: Path, content: str, code: str) -> None:
    (tmp_path / "case.json").write_text(content, encoding="utf-8")
    with pytest.raises(InputError) as refused:
        load_annotated("claims", [tmp_path / "case.json"])
    assert refused.value.code == code


def test_no_such_annotations(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        load_annotated("dates", [tmp_path / "none.jsonl"])
    with pytest.raises(InputError, match="no report with annotated dates"):
        load_annotated("dates", [tmp_path])
