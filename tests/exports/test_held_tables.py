"""`Tables`: the rows of the exports in memory, typed, from a ledger, from readings and from dossiers alike."""

from __future__ import annotations

import builtins
import json
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from tests.dossier.incident.pile import telling
from tests.exports.cases import Pair, battle, json_lines, pair, quarrel, written
from tests.exports.test_properties import incidents
from tests.invented import ARMY, FRONT
from tests.ledger.piles import Clock
from variorum.exports import TABLES, Tables
from variorum.exports.dataframes import arrow_table, pandas_table, polars_table
from variorum.ledger import Decision, Ledger, Wanted
from variorum.linking import Decision as LinkDecision
from variorum.model import Day, Incident, Reading, SettingError

PANDAS = {
    "text": "string",
    "integer": "Int64",
    "number": "float64",
    "boolean": "boolean",
    "day": "datetime64[s]",
    "list": "object",
}
LIBRARIES = ("pandas", "polars", "pyarrow")


def plain(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    return [json.loads(json.dumps(row, default=str)) for row in rows]


STORIES = {
    "first": "Gunmen boarded the Skarholt ferry off Varndal; its captain Ilmar Tessvik swam to the Oskby lighthouse.",
    "second": "A mortar round hit the grain market of Pellamur, where Dr Anse Quillory treated forty traders.",
}


def raid(name: str, day: int, soldiers: int, publisher: str = "Harbour Wire") -> Reading:
    """A report of an incident of its own on the day before."""
    when = date(2031, 5, day - 1)
    report = telling(name, day, publisher, title=f"Raid {name}").sentence(STORIES[name])
    report.toll(ARMY, f"{soldiers} soldiers died", soldiers, group="security", who="soldiers")
    report.toll(FRONT, f"{soldiers + 5} soldiers died", soldiers + 5, group="security", who="soldiers")
    about = Incident(id="incident-1", day=Day(first=when, last=when, precision=1), type="battle")
    return report.reading(incidents=(about,))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def ledger(tmp_path: Path, clock: Clock) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "ledger.db", clock=clock) as opened:
        yield opened


def of_libraries(tables: Tables, name: str) -> dict[str, list[dict[str, Any]]]:
    """The rows of a table as each library gives them back."""
    import pandas

    given = {"polars": tables.to_polars(name).to_dicts(), "pyarrow": tables.to_arrow(name).to_pylist()}
    frame = tables.to_pandas(name)
    rows: list[dict[str, Any]] = []
    for values in frame.itertuples(index=False, name=None):
        row: dict[str, Any] = {}
        for column, value in zip(TABLES[name].columns, values, strict=True):
            if column.kind == "list":
                assert isinstance(value, tuple)
                row[column.name] = list(value)
            elif pandas.isna(value):
                row[column.name] = None
            else:
                value = value.date() if column.kind == "day" else value
                row[column.name] = value.item() if hasattr(value, "item") else value  # a number of numpy's
        rows.append(row)
    return {**given, "pandas": rows}


@pytest.mark.parametrize("name", TABLES)
def test_every_library_gives_the_rows_of_the_exports(name: str) -> None:
    for library in LIBRARIES:
        pytest.importorskip(library)
    tables = Tables.of_cases([battle(), quarrel()])
    told = json_lines(written("jsonl", battle(), quarrel(), table=name))
    assert plain(tables.rows(name)) == told
    for library, rows in of_libraries(tables, name).items():
        assert plain(rows) == told, library


@given(incidents())
@settings(max_examples=15)
def test_every_library_takes_the_rows_of_any_incident(case: Pair) -> None:
    for library in LIBRARIES:
        pytest.importorskip(library)
    tables = Tables.of_cases([case])
    for name in TABLES:
        told = json_lines(written("jsonl", case, table=name))
        for library, rows in of_libraries(tables, name).items():
            assert plain(rows) == told, (library, name)


@pytest.mark.parametrize("cases", [[], [battle()]], ids=["without rows", "with rows"])
@pytest.mark.parametrize("name", TABLES)
def test_columns_have_their_types_with_rows_and_without(name: str, cases: Sequence[Pair]) -> None:
    polars, pyarrow = pytest.importorskip("polars"), pytest.importorskip("pyarrow")
    pytest.importorskip("pandas")
    tables, columns = Tables.of_cases(cases), TABLES[name].columns
    frame = tables.to_pandas(name)
    assert {key: str(kind) for key, kind in frame.dtypes.items()} == {c.name: PANDAS[c.kind] for c in columns}
    of_polars = {
        "text": polars.String,
        "integer": polars.Int64,
        "number": polars.Float64,
        "boolean": polars.Boolean,
        "day": polars.Date,
        "list": polars.List(polars.String),
    }
    schema = tables.to_polars(name).schema
    assert list(schema.items()) == [(column.name, of_polars[column.kind]) for column in columns]
    of_arrow = {
        "text": pyarrow.string(),
        "integer": pyarrow.int64(),
        "number": pyarrow.float64(),
        "boolean": pyarrow.bool_(),
        "day": pyarrow.date32(),
        "list": pyarrow.list_(pyarrow.string()),
    }
    assert tables.to_arrow(name).schema == pyarrow.schema([(c.name, of_arrow[c.kind]) for c in columns])


@pytest.mark.parametrize("name", TABLES)
def test_no_two_rows_have_the_same_key_and_every_key_is_known(name: str) -> None:
    rows = Tables.of_cases([battle(), quarrel()], decisions=[{"kind": "undo", "by": "Ada"}]).rows(name)
    assert rows or name in ("links", "observations")
    keys = [tuple(row[column] for column in TABLES[name].key) for row in rows]
    assert len(keys) == len(set(keys))
    assert not [key for key in keys if all(one is None for one in key)]


def test_ids_join_tables_to_one_another() -> None:
    tables = Tables.of_cases([battle(), quarrel()], profile="ucdp")
    claims = {(row["incident"], row["claim"]) for row in tables.rows("claims")}
    questions = {(row["incident"], row["question"]) for row in tables.rows("questions")}
    parties = {(row["incident"], row["party"]) for row in tables.rows("parties")}
    reports = {row["report"]: row["content_hash"] for row in tables.rows("reports")}
    held = {row["incident"] for row in tables.rows("incidents")}
    for name in tables.names:
        for row in tables.rows(name):
            assert row.get("incident") in (held if name not in ("reports", "decisions") else (None,))
            assert {(row["incident"], claim) for claim in row.get("claims", ())} <= claims
            assert set(row.get("reports", ())) <= reports.keys()
            if name in ("positions", "support"):
                assert (row["incident"], row["question"]) in questions
            if name in ("claims", "positions"):
                assert (row["incident"], row["source"]) in parties
            if name in ("claims", "links", "copies"):
                assert row["report"] in reports
            if name == "claims":
                assert reports[row["report"]] == row["content_hash"]


def test_every_figure_and_every_answer_names_claims_and_every_figure_a_profile() -> None:
    tables = Tables.of_cases([battle(), quarrel()], profile="acled")
    for name in ("figures", "positions", "support", "questions"):
        rows = tables.rows(name)
        assert rows
        assert all(row["claims"] for row in rows), name
    assert {row["profile"] for row in tables.rows("figures")} == {"acled"}


def test_a_ledger_is_looked_at_as_of_a_day_and_as_recorded(ledger: Ledger, clock: Clock) -> None:
    ledger.add([raid("first", 5, 9)], by="Ada")
    ledger.link()
    then = clock.now
    ledger.add([raid("second", 25, 31, "Dune Gazette")], by="Ada")
    ledger.link()
    tables = Tables.of_ledger(ledger)
    assert [len(tables.rows(name)) for name in ("incidents", "reports", "claims")] == [2, 2, 4]
    early = Tables.of_ledger(ledger, as_of=date(2031, 5, 10))
    assert [row["title"] for row in early.rows("reports")] == ["Raid first"]
    assert [row["as_of"] for row in early.rows("incidents")] == [date(2031, 5, 10)]
    assert Tables.of_ledger(ledger, as_of=date(2031, 5, 1)).rows("reports") == []
    recorded = Tables.of_ledger(ledger, recorded=then)
    assert [row["title"] for row in recorded.rows("reports")] == ["Raid first"]
    some = Tables.of_ledger(ledger, Wanted(since=date(2031, 5, 20)))
    assert [row["title"] for row in some.rows("reports")] == ["Raid second"]


def test_decisions_are_applied_and_listed(ledger: Ledger) -> None:
    ledger.add([raid("first", 5, 9)], by="Ada")
    ledger.link()
    wrong = Tables.of_ledger(ledger).rows("claims")[0]["claim"]
    decided = ledger.decide(Decision(kind="reject", subject=wrong, by="Ada", why="of another attack"))
    tables = Tables.of_ledger(ledger)
    assert wrong not in [row["claim"] for row in tables.rows("claims")]
    (row,) = tables.rows("decisions")
    assert (row["number"], row["decision"], row["kind"], row["subject"]) == (1, decided, "reject", wrong)
    assert (row["by"], row["why"], row["reports"]) == ("Ada", "of another attack", [])
    assert row["at"].startswith(row["on"].isoformat())


def test_decisions_of_every_form_are_rows() -> None:
    day = {"first": "2031-05-04", "last": "2031-05-06", "precision": 2}
    told: list[Any] = [
        LinkDecision(kind="join", reports=("a", "b"), by="Ada", on=date(2031, 5, 9), why="one fight"),
        {"id": "decision-1", "kind": "set", "subject": "incident-1", "day": day, "place": {"name": "Reef"}},
        {
            "kind": "correct",
            "subject": "claim-1",
            "claim": {"id": "claim-2"},
            "by": "Ada",
            "at": "2031-05-09T10",
        },
    ]
    join, put, correct = Tables.of_cases([], decisions=told).rows("decisions")
    assert (join["number"], join["decision"], join["on"], join["reports"]) == (
        1,
        None,
        date(2031, 5, 9),
        ["a", "b"],
    )
    assert (put["first_day"], put["last_day"], put["place"]) == (date(2031, 5, 4), date(2031, 5, 6), "Reef")
    assert (correct["claim"], correct["on"]) == ("claim-2", date(2031, 5, 9))


def test_readings_need_no_ledger() -> None:
    readings = [raid("first", 5, 9), raid("second", 25, 31, "Dune Gazette")]
    tables = Tables.of_readings(readings)
    assert len(tables.rows("incidents")) == 2
    join = LinkDecision(kind="join", reports=("first", "second"), by="Ada", on=date(2031, 5, 9))
    joined = Tables.of_readings(iter(readings), decisions=[join])
    assert len(joined.rows("incidents")) == 1
    assert [row["kind"] for row in joined.rows("decisions")] == ["join"]
    early = Tables.of_readings(readings, as_of=date(2031, 5, 5))
    assert [row["report"] for row in early.rows("reports")] == ["first"]


def test_nothing_is_done_before_a_table_is_asked_for_and_all_is_done_once() -> None:
    handed: list[str] = []

    def cases() -> Iterator[Pair]:
        for dossier, readings in (battle(), quarrel()):
            handed.append(dossier.incident or "")
            yield dossier, readings

    tables = Tables.of_cases(cases())
    assert handed == []
    first = tables.rows("claims")
    assert len(handed) == 2
    assert tables.rows("claims") == first
    assert tables.rows("reports")
    assert len(handed) == 2


def test_only_what_is_named_is_kept() -> None:
    tables = Tables.of_cases([battle()], only=["reports", "claims"])
    assert tables.names == ("reports", "claims")
    assert len(tables.rows("reports")) == 2
    with pytest.raises(SettingError, match="was not kept"):
        tables.rows("figures")


def test_texts_stay_out_unless_asked_for() -> None:
    assert {row["text"] for row in Tables.of_cases([battle()]).rows("reports")} == {None}
    with_text = Tables.of_cases([battle()], with_text=True).rows("reports")
    assert [row["text"] for row in with_text] == [reading.report.text for reading in battle()[1]]
    short = Tables.of_cases([battle()], quote_words=1).rows("claims")
    assert {row["quote_is_cut"] for row in short} == {True}


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"profile": "nobody's"}, "no profile"),
        ({"only": ["victims"]}, "no table"),
        ({"quote_words": -1}, "no quote"),
    ],
)
def test_what_makes_no_sense_is_refused_at_once(options: dict[str, Any], words: str) -> None:
    with pytest.raises(SettingError, match=words):
        Tables.of_cases([battle()], **options)
    with pytest.raises(SettingError, match="no table"):
        Tables.of_cases([]).rows("victims")


@pytest.mark.parametrize(
    ("make", "module", "extra"),
    [
        (arrow_table, "pyarrow", "parquet"),
        (pandas_table, "pandas", "pandas"),
        (polars_table, "polars", "polars"),
    ],
)
def test_a_library_that_is_missing_is_named_with_its_extra(
    make: Any, module: str, extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def absent(name: str, *rest: Any) -> Any:
        if name.partition(".")[0] == module:
            raise ModuleNotFoundError(name, name=name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", absent)
    with pytest.raises(SettingError, match=rf"not installed \({module}\)") as caught:
        make(TABLES["claims"], [])
    assert caught.value.code == "missing-extra"
    assert f"variorum[{extra}]" in caught.value.remedy


def test_halves_of_surrogate_pairs_are_replaced_as_in_json() -> None:
    for library in LIBRARIES:
        pytest.importorskip(library)
    report = telling("r", 5, "Wire \ud800 é").toll(ARMY, "nine died", 9, via=("x \udfff",))
    case = pair([report.reading()])
    (told,) = json_lines(written("jsonl", case, table="reports"))
    assert told["publisher"] == "Wire ? é"
    tables = Tables.of_cases([case])
    for rows in of_libraries(tables, "reports").values():
        assert rows[0]["publisher"] == "Wire ? é"
    for rows in of_libraries(tables, "claims").values():
        assert rows[0]["via"] == ["x ?"]
