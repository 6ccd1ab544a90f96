"""`variorum read` on several reports: the dossiers of the incidents they tell of."""

from __future__ import annotations

import json

import pytest

from variorum.cli.names import ProfileName
from variorum.reconciling.profiles import PROFILES


def rows(done):
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def reports_of(row):
    return row["dossier"]["reports"]


def test_reports_of_one_incident_share_a_dossier(invoke, lines):
    found = rows(invoke("read", "-", "--as", "json", stdin=lines))
    assert [reports_of(row) for row in found] == [["ferry-1", "ferry-2", "ferry-3"], ["market-1", "market-2"]]
    (question,) = found[0]["dossier"]["questions"]
    assert question["status"] == "contested"
    assert {position["source"] for position in question["positions"]} == {"Police", "Coastguard"}


@pytest.mark.parametrize("form", ["dossier", "markdown"])
def test_forms_for_people_show_every_incident(invoke, lines, form):
    done = invoke("read", "-", "--as", form, stdin=lines)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Dossier of 3 reports" in done.stdout
    assert "Dossier of 2 reports" in done.stdout
    assert "\x1b" not in done.stdout


def test_claims_stay_one_a_line(invoke, lines):
    found = rows(invoke("read", "-", "--as", "claims", stdin=lines))
    assert [row["report"] for row in found] == ["ferry-1", "ferry-2", "ferry-3", "market-1", "market-2"]


def test_pages_of_several_incidents_make_a_folder_with_an_index(invoke, lines, tmp_path):
    done = invoke("read", "-", "--as", "html", "--output", "pages", stdin=lines)
    assert (done.returncode, done.stderr) == (0, "")
    names = sorted(path.name for path in (tmp_path / "pages").iterdir())
    assert len(names) == 3
    index = (tmp_path / "pages" / "index.html").read_text(encoding="utf-8")
    assert "2 incidents in 5 reports" in index
    assert all(f'href="{name}"' in index for name in names if name != "index.html")


def test_the_page_of_one_incident_may_be_a_file(invoke, pile, tmp_path):
    content = "\n".join(map(json.dumps, pile[:3]))
    assert invoke("read", "-", "--as", "html", "-o", "ferry.html", stdin=content).returncode == 0
    assert [path.name for path in tmp_path.iterdir()] == ["ferry.html"]
    assert invoke("read", "-", "--as", "html", stdin=content).stdout.lower().startswith("<!doctype html")


def test_pages_of_several_incidents_do_not_run_into_one_file(invoke, lines, tmp_path):
    done = invoke("read", "-", "--as", "html", "-o", "all.html", stdin=lines)
    assert done.returncode == 2
    assert "give a folder as --output" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_one_report_alone_is_laid_out_as_ever(invoke, pile):
    one = json.dumps(pile[0])
    assert invoke("read", "-", stdin=one).stdout == invoke("read", "-", "--separately", stdin=one).stdout


def test_as_of_a_day_what_came_later_is_unknown(invoke, lines):
    (row,) = rows(invoke("read", "-", "--as", "json", "--as-of", "2031-05-07", stdin=lines))
    assert reports_of(row) == ["ferry-1", "ferry-2"]
    assert row["dossier"]["as_of"] == "2031-05-07"


def test_as_of_a_day_before_all_reports_nothing_is_known(invoke, lines):
    done = invoke("read", "-", "--as-of", "2030-01-01", stdin=lines)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.startswith("note [nothing-known] --as-of: ")


def test_as_of_a_day_reports_without_one_are_told_and_left_out(invoke, pile):
    undated = json.dumps({name: value for name, value in pile[1].items() if name != "published"})
    done = invoke(
        "read", "-", "--as", "json", "--as-of", "2031-06-01", stdin=f"{json.dumps(pile[0])}\n{undated}\n"
    )
    assert reports_of(json.loads(done.stdout)) == ["ferry-1"]
    assert "note [left-out-undated]" in done.stderr


@pytest.mark.parametrize("form", ["dossier", "markdown", "json"])
def test_profiles_are_shown_below(invoke, lines, form):
    done = invoke("read", "-", "--as", form, "--profile", "range", "--profile", "gtd", stdin=lines)
    assert done.returncode == 0, done.stderr
    if form == "json":
        assert all(list(json.loads(line)["tallies"]) == ["range", "gtd"] for line in done.stdout.splitlines())
    else:
        assert "11 to 14" in done.stdout
        assert done.stdout.count(PROFILES["gtd"].owner) == 2


def test_every_profile_can_be_asked_for():
    assert [name.value for name in ProfileName] == list(PROFILES)


def test_all_reports_can_be_said_to_be_of_one_incident(invoke, lines):
    (row,) = rows(invoke("read", "-", "--as", "json", "--incident", "the week", stdin=lines))
    assert row["dossier"]["incident"] == "the week"
    assert len(reports_of(row)) == 5


@pytest.mark.parametrize(
    "arguments",
    [
        ["--separately", "--as-of", "2031-05-07"],
        ["--as", "claims", "--profile", "range"],
        ["--separately", "--incident", "x"],
        ["--as", "html", "--profile", "range"],
        ["--incident", " "],
        ["--as-of", "2031-02-30"],
        ["--profile", "mine"],
        ["--decisions", "none.jsonl"],
    ],
    ids=" ".join,
)
def test_options_that_make_no_sense(invoke, lines, arguments):
    done = invoke("read", "-", *arguments, stdin=lines)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr


def test_what_is_refused_is_told_and_the_rest_is_linked(invoke, lines):
    done = invoke("read", "-", "none.txt", "--as", "json", stdin=lines)
    assert done.returncode == 1
    assert done.stderr.startswith("[no-such-file]")
    assert len(done.stdout.splitlines()) == 2
