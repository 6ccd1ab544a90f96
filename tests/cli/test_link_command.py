from __future__ import annotations

import json
import re


def rows(done):
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def homes(done):
    return {row["id"]: row["incident"] for row in rows(done)}


def test_the_list_tells_each_incident_with_its_reports_and_why(invoke, lines):
    done = invoke("link", "-", stdin=lines)
    assert (done.returncode, done.stderr) == (0, "")
    ferry, market, sums = done.stdout.split("\n\n")
    assert "3 reports by 2 independent publishers · 1 question, 1 contested" in ferry
    assert "Police: 11. Coastguard: 14. Both cannot hold." in " ".join(ferry.split())
    assert [line.split()[0] for line in ferry.splitlines() if line.startswith("  20")] == [
        "2031-05-06",
        "2031-05-07",
        "2031-05-08",
    ]
    assert "Lowmere Gazette: Report ferry-2 [ferry-2]" in ferry
    assert re.search(r"0\.\d\d with ferry-\d \(>?0\.\d\d with all\): it", " ".join(ferry.split()))
    assert "2 reports by 1 independent publisher " in market
    assert sums == "2 incidents in 5 reports; 0 told by one report alone.\n"


def test_json_has_the_incident_with_its_links_and_its_dossier(invoke, lines):
    ferry, market = rows(invoke("link", "-", "--as", "json", stdin=lines))
    assert ferry["incident"]["reports"] == ["ferry-1", "ferry-2", "ferry-3"]
    assert [tie["report"] for tie in ferry["incident"]["links"]] == ["ferry-2", "ferry-3"]
    assert ferry["dossier"]["incident"] == ferry["incident"]["id"]
    assert market["incident"]["reports"] == ["market-1", "market-2"]


def test_the_layer_of_incidents_has_each_report_in_the_order_handed_over(invoke, pile):
    content = "\n".join(map(json.dumps, reversed(pile)))
    found = homes(invoke("link", "-", "--layer", "incidents", stdin=content))
    assert list(found) == [one["id"] for one in reversed(pile)]
    assert found["ferry-1"] == found["ferry-2"] == found["ferry-3"] != found["market-1"] == found["market-2"]


def test_any_order_of_the_reports_gives_the_same_list(invoke, pile, lines):
    backwards = "\n".join(map(json.dumps, reversed(pile)))
    assert invoke("link", "-", stdin=backwards).stdout == invoke("link", "-", stdin=lines).stdout


def test_the_layer_of_positions_has_a_line_an_answer(invoke, lines):
    found = rows(invoke("link", "-", "--layer", "positions", stdin=lines))
    ferry = [row for row in found if "ferry-1" in row["reports"] or "ferry-2" in row["reports"]]
    assert [(row["source"], row["min"], row["status"], row["known"]) for row in ferry] == [
        ("Police", 9, "contested", "2031-05-06"),
        ("Coastguard", 14, "contested", "2031-05-07"),
    ]


def test_the_layer_of_counts_has_a_line_an_incident(invoke, lines):
    found = rows(invoke("link", "-", "--layer", "counts", stdin=lines))
    assert len(found) == 2
    assert all(row.keys() == {"incident", "killed", "injured"} for row in found)


def test_a_name_for_the_one_incident(invoke, lines):
    found = homes(invoke("link", "-", "--layer", "incidents", "--incident", "all", stdin=lines))
    assert set(found.values()) == {"all"}
    (row,) = rows(invoke("link", "-", "--as", "json", "--incident", "all", stdin=lines))
    assert row["incident"]["id"] == "all"
    assert {tie["by"] for tie in row["incident"]["links"]} == {"decision"}


def test_as_of_a_day_links_only_what_was_published(invoke, lines):
    found = homes(invoke("link", "-", "--layer", "incidents", "--as-of", "2031-05-07", stdin=lines))
    assert list(found) == ["ferry-1", "ferry-2"]
    later = homes(invoke("link", "-", "--layer", "incidents", stdin=lines))
    assert found.items() <= later.items()
    (row,) = rows(invoke("link", "-", "--as", "json", "--as-of", "2031-05-07", stdin=lines))
    assert row["incident"]["reports"] == ["ferry-1", "ferry-2"]


def test_processes_change_nothing(run, lines):
    alone, together = (run("link", "-", "--jobs", jobs, stdin=lines) for jobs in (1, 2))
    assert (alone.returncode, alone.stderr) == (0, "")
    assert alone.stdout == together.stdout


def test_nothing_to_link(invoke):
    done = invoke("link", "none.jsonl")
    assert (done.returncode, done.stdout) == (1, "No incident.\n")
    assert done.stderr.startswith("[no-such-file]")


def test_a_layer_has_no_form(invoke, lines):
    done = invoke("link", "-", "--layer", "incidents", "--as", "json", stdin=lines)
    assert done.returncode == 2
    assert done.stderr.startswith("[bad-setting] --as: ")


def test_what_others_wrote_cannot_steer_the_terminal(invoke, pile):
    pile[0]["title"] = "\x1b[2J\u202eevil\n\n2031-05-06 Forged: line"
    done = invoke("link", "-", stdin="\n".join(map(json.dumps, pile)))
    assert "\x1b" not in done.stdout
    assert "\u202e" not in done.stdout
    assert len([line for line in done.stdout.splitlines() if line.startswith("  2031-05-06")]) == 1
