from __future__ import annotations

import json
from datetime import date


def line(**fields: object) -> str:
    return json.dumps(fields, ensure_ascii=False)


def test_fields_of_a_line(take_file, english):
    taken = take_file(
        "a.jsonl",
        line(
            id="r/1",
            publisher="The Post",
            published="2025-03-15",
            language="en",
            title="Blast",
            url="https://post.example/1",
            text=english,
        ),
    )
    report = taken.report
    assert (report.id, report.publisher, report.published) == ("r/1", "The Post", date(2025, 3, 15))
    assert (report.title, report.url, report.language) == ("Blast", "https://post.example/1", "en")
    assert taken.noted == []


def test_text_is_used_exactly_as_given(take_file, english):
    text = f"\ufeff \r\n{english}\r\tIt\u00ad said.\u2028 \n"
    assert take_file("a.jsonl", line(text=text)).report.text == text


def test_dates_of_other_corpora_and_unknown_fields(take_file, english):
    taken = take_file(
        "a.jsonl",
        "\n".join(
            [
                line(id="a", dct="1998-01-08", source="x", text=english, timexes=[{"start": 1}]),
                line(id="b", date="2009-03-20", domain="post.example", text=english, toponyms=[]),
                line(id=3, published="2016-09-12T10:30:00Z", text=english, claims=None),
            ]
        ),
    )
    assert [report.published for report in taken.reports] == [
        date(1998, 1, 8),
        date(2009, 3, 20),
        date(2016, 9, 12),
    ]
    assert [report.id for report in taken.reports] == ["a", "b", "3"]
    assert taken.reports[1].publisher == "post.example"


def test_callers_date_only_fills_gaps(take_file, english):
    lines = [line(id="a", published="2025-01-02", text=english), line(id="b", published=None, text=english)]
    taken = take_file("a.jsonl", "\n".join(lines), published="2025-03-15")
    assert [report.published for report in taken.reports] == [date(2025, 1, 2), date(2025, 3, 15)]


def test_blank_lines_and_byte_order_mark_are_passed_over(take_file, english):
    content = "\n\n".join([line(id="a", text=english), line(id="b", text=english)]) + "\n\n"
    assert len(take_file("a.jsonl", content.encode("utf-8-sig")).reports) == 2


def test_document_with_reports(take_file, english):
    case = {
        "case": "x",
        "title": "A case",
        "reports": [{"id": "x/r1", "text": english}, {"id": "x/r2", "text": english}],
    }
    taken = take_file("case.json", json.dumps(case, indent=2))
    assert [report.id for report in taken.reports] == ["x/r1", "x/r2"]


def test_list_and_single_object(take_file, english):
    assert take_file("list.json", json.dumps([{"id": "a", "text": english}])).report.id == "a"
    assert take_file("one.json", json.dumps({"id": "a", "text": english}, indent=1)).report.id == "a"


def test_lines_under_the_name_of_a_document(take_file, english):
    taken = take_file("a.json", line(id="a", text=english) + "\n" + line(id="b", text=english) + "\n")
    assert len(taken.reports) == 2


def test_standard_input_of_each_kind(take_stdin, english):
    lines = line(id="a", text=english) + "\n" + line(id="b", text=english)
    assert len(take_stdin(lines.encode()).reports) == 2
    assert (
        take_stdin(json.dumps({"reports": [{"id": "a", "text": english}]}, indent=1).encode()).report.id
        == "a"
    )
    assert take_stdin(english.encode()).report.text == english


def test_bad_lines_are_told_by_number_and_the_rest_is_read(take_file, english):
    taken = take_file(
        "a.jsonl",
        "\n".join(
            [
                line(id="a", text=english),
                "[1, 2]",
                line(id="b"),
                line(id="c", text=5),
                line(id="d", text=english, published="2025-02-30"),
                line(id="a", text=english),
                line(id="e", text="  "),
                "no json",
                line(id="f", text=english),
                '{"id": "g", "text": "cut in ha',
            ]
        ),
    )
    assert [report.id for report in taken.reports] == ["a", "f"]
    told = [(error.code, error.where.rsplit(":", 1)[1]) for error in taken.errors]
    assert told == [
        ("not-an-object", "2"),
        ("missing-text", "3"),
        ("bad-field", "4"),
        ("bad-date", "5"),
        ("duplicate-id", "6"),
        ("empty", "7"),
        ("bad-json", "8"),
        ("cut-json", "10"),
    ]
    assert all(error.what and error.remedy for error in taken.errors)


def test_reading_is_lazy(tmp_path, english):
    """The first report comes before the last line is written: nothing is gathered."""
    from variorum.intake import read_reports

    path = tmp_path / "a.jsonl"
    path.write_text(line(id="a", text=english) + "\n" + "x" * 100_000, encoding="utf-8")
    first = next(iter(read_reports([path])))
    assert getattr(first, "id", None) == "a"


def test_a_document_of_reports_on_one_line(take_file, english):
    """Written without line breaks it looks like JSON Lines, and is read all the same."""
    for name in ("case.json", "case.jsonl"):
        taken = take_file(
            name, line(case="x", reports=[{"id": "x/r1", "published": "2025-03-15", "text": english}])
        )
        assert taken.report.id == "x/r1"


def test_a_date_of_other_people_that_is_no_day_counts_as_unknown(take_file, english):
    taken = take_file("a.jsonl", line(id="r/1", date="December 7", text=english))
    assert taken.report.published is None
    taken = take_file("b.jsonl", line(id="r/2", date="2025-12-07", text=english))
    assert taken.report.published == date(2025, 12, 7)


def test_a_file_that_is_no_json_for_a_thousand_lines_is_left(take_file, english):
    good = line(id="a", text=english)
    taken = take_file("a.jsonl", "\n".join(["x"] * 999 + [good] + ["x"] * 999 + [good.replace('"a"', '"b"')]))
    assert [report.id for report in taken.reports] == ["a", "b"]
    assert taken.codes == ["bad-json"] * 1998
    left = take_file("b.jsonl", "\n".join(["x"] * 1000 + [good]))
    assert left.codes == ["bad-json"] * 1000 + ["not-json-lines"]
    assert left.errors[-1].where.endswith("b.jsonl:1000")
