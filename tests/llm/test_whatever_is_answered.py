"""Whatever a server answers: claims that stand in the text and carry their value, or an error by name."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.llm.chat_server import ChatServer, claims, completion, toll
from tests.llm.conftest import TEXT, Slept
from tests.llm.test_checking import anything, likely, spoilt
from variorum.llm import LanguageModelReader, ModelReading, Settings
from variorum.llm.endpoint import Endpoint
from variorum.llm.labels import sheet_of
from variorum.model import Report, Toll, VariorumError
from variorum.reading import Reader
from variorum.reading.encoder.names import names_in
from variorum.reading.quantities import find_quantities

SHOWN = sheet_of(TEXT, names_in(TEXT)).text
REPORT = Report(id="mill-1", text=TEXT)
quotes = st.sampled_from(
    [
        "14 soldiers at",
        "at least three of its soldiers",
        "blamed the Alpha",
        "nobody had warned",
        "the 14 soldiers",
    ]
)
here = st.builds(lambda value, quote, source: {**value, "quote": quote, "source": source}, likely, quotes,
                 st.sampled_from([None, "Alpha", "Beta", "Anse Quillory", "The Beta", "Velmark Army"]))  # fmt: skip
lists = st.lists(st.one_of(here, here, likely, spoilt, anything), max_size=8)
bodies = st.one_of(
    lists.map(lambda given: completion(json.dumps({"claims": given}, allow_nan=True))),
    st.builds(
        lambda given, cut: completion(claims(*given)[:cut], "length"), st.lists(here), st.integers(0, 90)
    ),
    st.builds(
        lambda given: completion(f"Sure!\n```json\n{claims(*given)}\n```\nDone."), st.lists(here, max_size=3)
    ),
    anything.map(lambda value: completion(value)),
    anything.map(lambda value: json.dumps(value).encode()),
    st.builds(lambda words, usage: completion(words, usage=usage), st.text(max_size=50), anything),
    st.binary(max_size=60),
)
statuses = st.sampled_from([200, 200, 200, 200, 204, 301, 400, 401, 413, 418, 422, 429, 500, 503])


def check(read: ModelReading) -> None:
    quantities = find_quantities(TEXT)
    for claim in read.reading.claims:
        words = claim.evidence
        assert TEXT[words.start : words.end] == words.quote
        if isinstance(claim, Toll):
            inside = [q for q in quantities if words.start <= q.number_start and q.number_end <= words.end]
            assert (claim.min, claim.max) in {(q.minimum, q.maximum) for q in inside}
            assert (claim.min, claim.max) in {(q.minimum, q.maximum) for q in find_quantities(words.quote)}
        if claim.source.mention is not None:
            start = claim.source.mention_start
            assert start is not None
            assert TEXT[start : start + len(claim.source.mention)] == claim.source.mention
    assert read.given == len(read.reading.claims) + read.merged + len(read.refusals)
    json.dumps([one.model_dump(mode="json") for one in read.refusals])


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(answers=st.lists(st.tuples(statuses, bodies), min_size=1, max_size=3))
def test_only_claims_that_hold_come_out_and_only_errors_by_name(
    server: ChatServer, reader: Reader, answers: list[tuple[int, bytes]]
) -> None:
    server.asked.clear()
    server.answer = lambda handler, n: handler.send(*answers[min(n, len(answers) - 1)])
    clock = Slept()
    told = Settings(url=server.url, model="tiny", timeout=5, tries=2)
    asking = LanguageModelReader(reader, told, Endpoint(told, clock=clock, sleep=clock.sleep))
    read = failure = None
    try:
        read = asking.read(REPORT)
    except VariorumError as error:  # nothing else may be raised
        failure = error
    if read is not None:
        check(read)
    else:
        assert failure is not None
        assert failure.what
        assert failure.code in ("llm-bad-answer", "llm-no-answer", "llm-refused", "llm-later")


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(given_claims=lists)
def test_the_same_answer_gives_the_same_reading(
    server: ChatServer, reader: Reader, given_claims: list[Any]
) -> None:
    server.answer = lambda handler, n: handler.send(200, completion(json.dumps({"claims": given_claims})))
    told = Settings(url=server.url, model="tiny", timeout=5)
    results = []
    for _ in range(2):
        try:
            read = LanguageModelReader(reader, told, Endpoint(told, sleep=lambda _: None)).read(REPORT)
        except VariorumError as error:
            results.append(str(error))
            continue
        check(read)
        results.append(read.reading.model_dump_json())
    assert results[0] == results[1]


def test_good_claims_survive_bad_ones_beside_them(server: ChatServer, reader: Reader) -> None:
    good = toll("at least three of its soldiers", 3, None, source="Beta")
    bad: list[Any] = [None, {}, {**good, "quote": "at least three of its sold1ers"}, {**good, "min": 9}, good]
    server.answer = lambda handler, n: handler.send(200, completion(claims(good, *bad)))
    told = Settings(url=server.url, model="tiny")
    read = LanguageModelReader(reader, told, Endpoint(told)).read(REPORT)
    check(read)
    assert len(read.reading.claims) == 1
    assert [one.reason.value for one in read.refusals] == [
        "bad-shape",
        "unknown-value",
        "not-in-text",
        "other-number",
        "repeated",
    ]


def test_the_quotes_of_these_tests_are_in_what_is_shown() -> None:
    for words in (
        "14 soldiers at",
        "at least three of its soldiers",
        "blamed the Alpha",
        "nobody had warned",
    ):
        assert words in SHOWN
    with pytest.raises(ValueError, match="substring"):
        SHOWN.index("Velmark Army")
