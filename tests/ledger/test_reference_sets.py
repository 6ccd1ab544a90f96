"""Somebody else's data sets in a ledger: nothing lost, nothing mixed with our own, nothing changed by the next release."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, text

from tests.ledger.piles import pile, references
from variorum.intake.references import read_references
from variorum.ledger import Ledger
from variorum.model import InputError, VariorumError

GUIDE = (Path(__file__).parent.parent.parent / "docs" / "comparing.md").read_text(encoding="utf-8")
HEAD = "id,date_start,side_a,side_b,best,conflict_name\n"
ROWS = (
    "1,2031-05-04,Coast Army,Reef Front,9,Reef war\n",
    "2,2031-05-05,Coast Army,Reef Front,4,Reef war\n",
    "3,2031-06-01,Dune Guard,Coast Army,2,\n",
)
HARMFUL = (
    "'); DROP TABLE reference_rows; --",
    '" OR 1=1; --',
    "%(name)s :id ? {} \\",
    "x'); DELETE FROM reports",
)


@pytest.fixture
def put(tmp_path):
    """Write a file of this name; its path."""

    def write(name, *lines):
        path = tmp_path / name
        path.write_bytes("".join((HEAD, *lines)).encode("utf-8"))
        return path

    return write


def test_a_file_is_kept_with_every_cell_and_where_it_comes_from(ledger, put):
    path = put("ged311.csv", *ROWS)
    made = ledger.import_references(path, by="Ada", terms="CC BY 4.0")
    assert (made.known, made.new_rows, made.set.rows, made.set.refused) == (False, 3, 3, 0)
    (kept,) = ledger.reference_sets()
    assert kept == made.set
    assert (kept.name, kept.file, kept.origin) == ("ged311", "ged311.csv", "ucdp-ged")
    assert (kept.by, kept.terms, kept.at[:10]) == ("Ada", "CC BY 4.0", "2031-06-01")
    assert kept.file_hash == hashlib.sha256(path.read_bytes()).hexdigest()
    assert kept.columns == ("id", "date_start", "side_a", "side_b", "best", "conflict_name")
    found = list(ledger.references("ged311"))
    assert found == list(ledger.references(kept.id))
    expected = list(read_references(path))
    assert [one.model_dump(exclude={"where"}) for one in found] == [
        one.model_dump(exclude={"where"}) for one in expected
    ]
    assert [one.where for one in found] == ["ged311.csv:2", "ged311.csv:3", "ged311.csv:4"]
    assert [list(one.row) for one in found] == [list(kept.columns)] * 3
    assert ledger.verify()["reference_rows"] == 3
    assert ledger.verify()["reference_sets"] == 1


def test_the_same_again_adds_nothing(ledger, put):
    first = ledger.import_references(put("ged.csv", *ROWS), by="Ada")
    before = ledger.count(), ledger.content_hash()
    for name in ("ged.csv", "copy.csv"):
        again = ledger.import_references(put(name, *ROWS), by="Bo")
        assert (again.known, again.new_rows, again.set) == (True, 0, first.set)
    again = ledger.import_references(references_of(put("ged.csv", *ROWS)), by="Bo", name="ged")
    assert again.known
    assert (ledger.count(), ledger.content_hash()) == before


def references_of(path):
    return [one for one in read_references(path) if not isinstance(one, InputError)]


def test_a_newer_release_is_another_set_and_the_older_stays(ledger, put, clock):
    old = ledger.import_references(put("ged311.csv", *ROWS), by="Ada", name="UCDP GED").set
    between = clock()
    changed = ROWS[1].replace(",4,", ",6,")
    new = ledger.import_references(put("ged321.csv", ROWS[0], changed, *ROWS[2:]), by="Ada", name="UCDP GED")
    assert (new.known, new.new_rows, new.set.rows) == (False, 1, 3)
    assert [one.id for one in ledger.reference_sets()] == [old.id, new.set.id]
    assert [one.figures["best"] for one in ledger.references("UCDP GED")] == [9, 6, 2]
    assert [one.figures["best"] for one in ledger.references(old.id)] == [9, 4, 2]
    assert [one.figures["best"] for one in ledger.references("UCDP GED", recorded=between)] == [9, 4, 2]
    assert [one.id for one in ledger.reference_sets(recorded=between)] == [old.id]
    assert ledger.import_references(put("ged311.csv", *ROWS), by="Ada", name="UCDP GED").known
    assert [one.figures["best"] for one in ledger.references("UCDP GED")] == [9, 6, 2]
    assert ledger.count()["reference_rows"] == 4
    with pytest.raises(VariorumError) as caught:
        list(ledger.references(new.set.id, recorded=between))
    assert caught.value.code == "unknown-set"


def test_another_name_or_other_terms_are_told_without_the_rows_again(ledger, put):
    path = put("ged.csv", *ROWS)
    ledger.import_references(path, by="Ada")
    more = [
        ledger.import_references(path, by="Ada", terms="CC BY 4.0"),
        ledger.import_references(path, by="Ada", name="UCDP"),
    ]
    assert [(one.known, one.new_rows) for one in more] == [(False, 0), (False, 0)]
    assert [(one.name, one.terms) for one in ledger.reference_sets()] == [
        ("ged", None),
        ("ged", "CC BY 4.0"),
        ("UCDP", None),
    ]
    assert ledger.count()["reference_rows"] == 3
    assert list(ledger.references("UCDP")) == list(ledger.references("ged"))


def test_a_row_twice_in_one_file_is_twice_in_its_set(ledger, put):
    ledger.import_references(put("ged.csv", ROWS[0], ROWS[1], ROWS[0]), by="Ada")
    assert [one.id for one in ledger.references("ged")] == ["1", "2", "1"]
    assert (ledger.count()["reference_rows"], ledger.verify()["reference_sets"]) == (2, 1)


def test_more_rows_than_go_in_at_once(ledger, put):
    rows = [f"{n},2031-05-04,Coast Army,Reef Front,{n % 7},war {n % 3}\n" for n in range(1203)]
    ledger.import_references(put("ged.csv", *rows), by="Ada")
    assert [one.id for one in ledger.references("ged")] == [str(n) for n in range(1203)]
    assert ledger.verify()["reference_rows"] == 1203


def test_an_import_that_was_stopped_is_finished_by_running_it_again(ledger, new_place):
    rows = references(1200)

    def broken():
        yield from rows[:700]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ledger.import_references(broken(), by="Ada")
    assert ledger.reference_sets() == ()
    ledger.verify()
    ledger.import_references(rows, by="Ada")
    with Ledger.open(new_place()) as other:
        other.import_references(rows, by="Ada")
        assert (other.content_hash(), other.count()) == (ledger.content_hash(), ledger.count())


def test_a_ledger_of_an_older_form_gets_the_tables(where, put):
    if "://" in where:
        pytest.skip(
            "the steps are the same; their statements are looked at by the tests of the database's rules"
        )
    config = Config()
    config.set_main_option("script_location", "variorum.ledger:migrations")
    engine = create_engine(f"sqlite:///{where}")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    engine.dispose()
    with Ledger.open(where) as ledger:
        assert ledger.reference_sets() == ()
        ledger.import_references(put("ged.csv", *ROWS), by="Ada")
        assert ledger.verify()["reference_rows"] == 3


def test_the_python_in_the_guide_runs(put, monkeypatch, tmp_path, capsys):
    put("events.csv", *ROWS)
    monkeypatch.chdir(tmp_path)
    for number, shown in enumerate(re.findall(r"```python\n(.*?)```", GUIDE, flags=re.DOTALL)):
        exec(shown, {})
        told = capsys.readouterr().out
        assert ("[('UCDP GED', 3, '" in told) == bool(number)


def test_reference_incidents_are_never_among_our_own(ledger):
    ledger.add(pile(), by="me")
    ledger.link()
    before = ledger.incidents(), list(ledger.claims()), ledger.search("Army")
    ledger.import_references(references(), by="me", name="theirs")
    assert ledger.link().reports == 0
    assert ledger.refresh() == 0
    assert (ledger.incidents(), list(ledger.claims()), ledger.search("Army")) == before


def test_a_row_that_cannot_be_read_is_refused_and_the_rest_goes_on(ledger, put):
    path = put("ged.csv", ROWS[0], "4,2031-05\n", "5,2031-05-04,A\0B,C,1,\n", ROWS[1])
    with pytest.raises(InputError) as caught:
        ledger.import_references(path, by="Ada")
    assert (caught.value.code, ledger.reference_sets()) == ("bad-row", ())
    refused = []
    made = ledger.import_references(path, by="Ada", refuse=refused.append)
    assert [(one.code, one.where.rpartition(":")[2]) for one in refused] == [
        ("bad-row", "3"),
        ("unstorable-text", "4"),
    ]
    assert (made.set.rows, made.set.refused) == (2, 2)
    assert [one.where for one in ledger.references("ged")] == ["ged.csv:2", "ged.csv:5"]
    mended = ledger.import_references(put("ged.csv", ROWS[0], ROWS[2], ROWS[1]), by="Ada")
    assert (mended.known, mended.new_rows) == (False, 1)


def test_what_is_no_table_or_has_no_row_makes_no_set(ledger, put, tmp_path):
    (tmp_path / "other.csv").write_text("name,age\nx,1\n")
    codes = []
    for source in (tmp_path / "other.csv", tmp_path / "none.csv", put("bare.csv"), tmp_path, []):
        with pytest.raises(InputError) as caught:
            ledger.import_references(source, by="Ada")
        codes.append(caught.value.code)
    assert codes == ["not-a-reference", "no-such-file", "empty", "unreadable-file", "empty"]
    assert not any(ledger.count().values())


def test_a_file_that_breaks_off_makes_no_set(ledger, put, monkeypatch):
    monkeypatch.setattr("variorum.intake.tables.MAX_BYTES", 100)
    with pytest.raises(InputError) as caught:
        ledger.import_references(put("ged.csv", ROWS[0], "x" * 200), by="Ada", refuse=lambda error: None)
    assert (caught.value.code, ledger.reference_sets()) == ("too-long", ())


def test_rows_of_another_table_are_refused(ledger):
    first, second = references()
    odd = second.model_copy(update={"row": second.row | {"more": "x"}})
    with pytest.raises(InputError, match="other columns"):
        ledger.import_references([first, odd], by="Ada")
    bare = first.model_copy(update={"row": {}})
    with pytest.raises(InputError) as caught:
        ledger.import_references([bare], by="Ada")
    assert caught.value.code == "not-a-reference"


def test_a_backup_and_the_hash_of_content_have_them(ledger, put, new_place, tmp_path, clock):
    files = [put("a.csv", *ROWS), put("b.csv", *ROWS[:2])]
    empty = ledger.content_hash()
    for path in files:
        ledger.import_references(path, by="Ada")
    assert ledger.content_hash() != empty
    with Ledger.open(ledger.backup(tmp_path / "copy.db")) as copy:
        assert (copy.content_hash(), copy.count()) == (ledger.content_hash(), ledger.count())
        assert copy.verify() == ledger.verify()
        assert copy.reference_sets() == ledger.reference_sets()
        assert list(copy.references("a")) == list(ledger.references("a"))
    with Ledger.open(new_place(), clock=clock) as other:
        other.import_references(files[1], by="Bo")
        assert other.content_hash() != ledger.content_hash()
        other.import_references(files[0], by="Bo")
        assert other.content_hash() == ledger.content_hash()


@pytest.mark.parametrize(
    ("table", "change", "said"),
    [
        ("reference_rows", "cells = replace(cells, '9', '8')", "not the cells of its hash"),
        ("reference_sets", "terms = 'public'", "its id does not follow from it"),
        ("reference_sets", "name = 'other'", "its id does not follow from it"),
        ("reference_sets", "file_hash = 'x'", "its id does not follow from it"),
        ("reference_entries", "line = line + 1", "not the rows that it says"),
        ("reference_entries", "reference_row = 1", "not the rows that it says"),
    ],
)
def test_damage_is_found(ledger, where, put, table, change, said):
    ledger.import_references(put("ged.csv", *ROWS), by="Ada", terms="CC BY 4.0")
    ledger.verify()
    past_the_guards(where, table, f"UPDATE {table} SET {change}")
    with pytest.raises(VariorumError, match=said) as caught:
        ledger.verify()
    assert caught.value.code == "damaged"


def past_the_guards(where, table, statement):
    """Run a statement with the rules of a table switched off, as somebody with the database at hand could."""
    url = where.replace("postgresql:", "postgresql+psycopg:") if "://" in where else f"sqlite:///{where}"
    engine = create_engine(url)
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            around = [f"ALTER TABLE {table} {verb} TRIGGER USER" for verb in ("DISABLE", "ENABLE")]
        else:
            name = f"{table}_no_update"
            query = text("SELECT sql FROM sqlite_master WHERE name = :name")
            around = [f"DROP TRIGGER {name}", connection.execute(query, {"name": name}).scalar_one()]
        for one in (around[0], statement, around[1]):
            connection.execute(text(one))
    engine.dispose()


def test_writers_with_the_same_file_at_once_make_one_set(ledger, where, put):
    rows = [f"{n},2031-05-04,Coast Army,Reef Front,{n % 7},\n" for n in range(700)]
    paths = [put("ged.csv", *rows), put("newer.csv", *reversed(rows))] * 3

    def bring(path):
        with Ledger.open(where) as mine:
            return mine.import_references(path, by="me", name=path.stem).set.id

    with ThreadPoolExecutor(6) as workers:
        made = list(workers.map(bring, paths))
    assert len(set(made)) == 2
    assert {one.id for one in ledger.reference_sets()} == set(made)
    assert ledger.count()["reference_rows"] == 700
    assert ledger.verify()["reference_sets"] == 2


# Whatever is in the cells

SPACES = "".join(chr(n) for n in range(0x110000) if chr(n).isspace())
UCDP = ("id", "date_start", "side_a", "side_b", "best")
ACLED = ("event_id_cnty", "event_date", "actor1", "fatalities")
CELL = st.one_of(
    st.sampled_from(
        (*HARMFUL, "", " ", "=1+1", "'=1", "''=1", "'Ndrani", "-5", "\t@x", "a\r\nb", "\ufeffx", "\ufeff")
    ),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12),
)
NAME = st.one_of(
    st.sampled_from((*HARMFUL, "naïve", "=x", "where_prec", "")),
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=8),
).map(str.strip)


@st.composite
def tables(draw):
    """Columns in any order and rows, of one shape or the other."""
    must = draw(st.sampled_from((UCDP, ACLED)))
    more = draw(st.lists(NAME, max_size=4, unique_by=str.lower))
    taken = {name.lower() for name in must}
    columns = draw(st.permutations([*must, *(name for name in more if name.lower() not in taken)]))
    rows = draw(
        st.lists(st.lists(CELL, min_size=len(columns), max_size=len(columns)), min_size=1, max_size=4)
    )
    return list(columns), [row for row in rows if any(cell.strip() for cell in row)]


def as_file(columns, rows, delimiter, mark, end):
    out = io.StringIO()
    quoting = csv.QUOTE_ALL if end == "\n" else csv.QUOTE_MINIMAL
    writer = csv.writer(out, delimiter=delimiter, lineterminator=end, quoting=quoting)
    writer.writerow([guarded(name) for name in columns])
    writer.writerows([[guarded(cell) for cell in row] for row in rows])
    return (mark + out.getvalue()).encode("utf-8")


def guarded(cell):
    """A cell as careful programs write it, with an apostrophe where it could be taken for a formula."""
    begins = cell.lstrip("'").lstrip(SPACES + "\u200b\ufeff")[:1]
    risky = begins in tuple("=+-@＝＋－＠") or cell.lstrip("'")[:1] in tuple("\t\r\n")
    return "'" + cell if risky else cell


@given(
    tables(),
    st.sampled_from(",;\t"),
    st.sampled_from(("", "\ufeff")),
    st.sampled_from(("\n", "\r\n")),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=80)
@example(([*UCDP, HARMFUL[0]], [[*HARMFUL, "9", "x"]]), ",", "", "\r\n")
def test_whatever_the_cells_are_they_come_back(ledger, tmp_path, table, delimiter, mark, end):
    columns, rows = table
    path = tmp_path / "any.csv"
    path.write_bytes(as_file(columns, rows, delimiter, mark, end))
    if not rows:
        with pytest.raises(InputError, match="no row"):
            ledger.import_references(path, by="me")
        return
    made = ledger.import_references(path, by="me", name=columns[0] or "x")
    assert made.set.columns == tuple(columns)
    found = list(ledger.references(made.set.id))
    assert [list(one.row.items()) for one in found] == [list(zip(columns, row, strict=True)) for row in rows]
    assert ledger.import_references(path, by="me", name=columns[0] or "x").known


def test_statements_of_a_database_in_cells_names_and_terms_are_words_like_any_other(ledger, tmp_path):
    path = tmp_path / "harm.csv"
    row = dict(zip(UCDP, (*HARMFUL, "9"), strict=True)) | {HARMFUL[0]: HARMFUL[1], HARMFUL[1]: ""}
    path.write_bytes(as_file(list(row), [list(row.values())], ",", "", "\n"))
    for harm in HARMFUL:
        ledger.import_references(path, by=harm, name=harm, terms=harm)
        assert [one.row for one in ledger.references(harm)] == [row]
    with pytest.raises(VariorumError, match="no reference set"):
        list(ledger.references("' OR '1'='1"))
    assert ledger.count()["reference_sets"] == len(HARMFUL)
    assert ledger.verify()["reference_rows"] == 1
