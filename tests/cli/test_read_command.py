from __future__ import annotations

import json

import pytest

TEXT = "The 5 people were killed in Quetta on 2025-03-14 when a bomb exploded, police said.\n"


@pytest.fixture
def article(tmp_path):
    path = tmp_path / "article.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("form", "start"),
    [
        ("dossier", ""),
        ("markdown", ""),
        ("html", "<!doctype html"),
        ("json", '{"reading"'),
        ("claims", '{"id"'),
    ],
)
def test_every_form_of_one_report(invoke, article, form, start):
    done = invoke("read", article, "--published", "2025-03-15", "--as", form)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.lower().startswith(start)
    assert "5" in done.stdout


def test_json_holds_the_reading_and_its_dossiers(invoke, article):
    done = invoke("read", article, "--published", "2025-03-15", "--publisher", "The Post", "--as", "json")
    whole = json.loads(done.stdout)
    assert whole["reading"]["report"]["publisher"] == "The Post"
    assert whole["reading"]["report"]["text"] == TEXT
    (dossier,) = whole["dossiers"]
    assert dossier["questions"]


def test_dossier_is_the_default(invoke, article):
    plain = invoke("read", article, "--published", "2025-03-15")
    assert plain.stdout == invoke("read", article, "--published", "2025-03-15", "--as", "dossier").stdout
    assert "Police" in plain.stdout


def test_separate_pages_of_several_reports_go_into_a_folder(invoke, reports, tmp_path):
    done = invoke("read", "-", "--separately", "--as", "html", "--output", "pages", stdin=reports(2))
    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in (tmp_path / "pages").iterdir()) == ["r1.html", "r2.html"]


def test_pages_of_several_reports_do_not_run_into_one(invoke, reports):
    done = invoke("read", "-", "--separately", "--as", "html", stdin=reports(2))
    assert done.returncode == 2
    assert "folder" in done.stderr


def test_file_names_come_from_ids_safely(invoke, tmp_path):
    text = "The 5 people were killed in the market, police said."
    lines = [
        {"id": name, "text": text, "published": "2025-03-15"}
        for name in ("../../x", "a/b", "a_b", "..", "naïve")
    ]
    done = invoke(
        "read",
        "-",
        "--separately",
        "--as",
        "html",
        "-o",
        "pages",
        stdin="\n".join(map(json.dumps, lines)),
    )
    assert done.returncode == 0, done.stderr
    assert len(list((tmp_path / "pages").glob("*.html"))) == 5
    assert [path.name for path in tmp_path.iterdir()] == ["pages"]


def test_separate_dossiers_follow_one_another_as_the_reports_do(invoke, reports):
    done = invoke("read", "-", "--separately", "--as", "json", stdin=reports(3))
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["reading"]["report"]["id"] for row in found] == ["r1", "r2", "r3"]
    assert all(row.keys() == {"reading", "dossiers"} for row in found)


def test_no_progress_bar_and_no_colour_outside_a_terminal(invoke, reports):
    done = invoke("read", "-", "--as", "dossier", stdin=reports(3))
    assert done.stderr == ""
    assert "\x1b" not in done.stdout
