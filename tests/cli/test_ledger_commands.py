from __future__ import annotations

import json

import pytest


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """A cache folder of the tests' own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def rows(done):
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture
def filled(invoke, lines):
    """A ledger with five reports of two incidents."""
    done = invoke("add", "ledger.db", "-", "--as", "json", "--by", "Ada", stdin=lines)
    assert rows(done) == [{"reports": 5, "readings": 5, "claims": 5, "wire": 0, "known": 0, "linked": 5}]
    return "ledger.db"


def incidents(invoke, *more):
    return rows(invoke("incidents", "ledger.db", "--as", "json", *more))


def test_adding_again_reads_nothing_again(invoke, lines, filled, tmp_path):
    (again,) = rows(invoke("add", filled, "-", "--as", "json", stdin=lines))
    assert again == {"reports": 0, "readings": 0, "claims": 0, "wire": 0, "known": 5, "linked": 0}
    done = invoke("add", filled, "-", stdin=lines)
    assert done.stdout == (
        "0 new reports, 0 readings with 0 claims; 5 were read before; 0 reports put to an incident.\n"
    )
    assert list((tmp_path / "cache" / "variorum").glob("linker-*.pickle"))


def test_what_cannot_be_read_is_refused_and_the_rest_is_filed(invoke, lines):
    broken = json.dumps(
        {"id": "x", "text": "CRASH. The 5 people were killed in Quetta when a bomb exploded, they said."}
    )
    done = invoke("add", "ledger.db", "-", "--as", "json", stdin=f"{broken}\n{lines}")
    assert done.returncode == 1
    assert json.loads(done.stdout)["readings"] == 5
    assert "[reading-failed] x" in done.stderr


def test_incidents_are_listed_for_people_and_programs(invoke, filled):
    done = invoke("incidents", filled)
    assert done.stdout.endswith("\n2 incidents.\n")
    assert "parties: Police, Coastguard" in done.stdout
    ferry, market = incidents(invoke)
    assert (ferry["reports"], market["reports"]) == (3, 2)
    assert [one["reports"] for one in incidents(invoke, "--as-of", "2031-05-07")] == [2]
    assert [one["incident"] for one in incidents(invoke, "--party", "coastguard")] == [ferry["incident"]]
    assert [one["incident"] for one in incidents(invoke, "--status", "contested")] == [ferry["incident"]]
    assert incidents(invoke, "--recorded", "2020-01-01") == []
    assert len(incidents(invoke, "--recorded", "2999-01-01T12:00")) == 2


def test_one_incident_is_shown_in_every_form(invoke, filled):
    name = incidents(invoke)[0]["incident"]
    assert "Coastguard" in invoke("show", filled, name).stdout
    assert invoke("show", filled, name, "--as", "markdown").stdout.startswith("#")
    assert "<html" in invoke("show", filled, name, "--as", "html").stdout
    (row,) = rows(invoke("show", filled, name, "--as", "json", "--profile", "ucdp"))
    assert (len(row["dossier"]["reports"]), row["earlier"], row["decisions"]) == (3, [], [])
    assert "ucdp" in row["tallies"]
    assert "Coastguard" not in invoke("show", filled, name, "--as-of", "2031-05-06").stdout
    done = invoke("show", filled, name, "--as-of", "2031-05-01")
    assert (done.returncode, done.stdout) == (1, "")
    assert "[unknown-incident]" in done.stderr


def test_words_are_found(invoke, filled):
    assert [row["name"] for row in rows(invoke("search", filled, "lighthouse", "--as", "json"))] == [
        "ferry-3",
        "ferry-1",
    ]
    assert [
        row["name"] for row in rows(invoke("search", filled, "grain market", "blood", "--as", "json"))
    ] == [
        "market-2",
        "market-1",
    ]
    assert rows(invoke("search", filled, "market grain", "--as", "json")) == []
    done = invoke("search", filled, "lighthouse", "--limit", "1", "--party", "Coastguard")
    assert "swam to the Oskby lighthouse" in done.stdout
    assert done.stdout.endswith("\n1 report.\n")


def test_decisions_show_at_once_and_can_be_undone(invoke, filled):
    ferry, market = (one["incident"] for one in incidents(invoke))
    (row,) = rows(invoke("show", filled, ferry, "--as", "json"))
    claim = next(
        one["id"]
        for reading in row["readings"]
        for one in reading["claims"]
        if one["source"]["party"] == "Coastguard"
    )
    (made,) = rows(
        invoke("decide", filled, "reject", claim, "--why", "misread", "--by", "Ada", "--as", "json")
    )
    assert "Coastguard" not in incidents(invoke)[0]["parties"]
    shown = invoke("show", filled, ferry).stdout
    assert f"Ada: reject {claim}: misread [{made['recorded']}]" in " ".join(shown.split())
    done = invoke("decide", filled, "undo", made["recorded"], "--why", "it was right", "--by", "Bo")
    assert done.stdout.startswith("recorded: decision-")
    assert "Coastguard" in incidents(invoke)[0]["parties"]
    invoke(
        "decide", filled, "rename", "Coastguard", "--name", "Harbour Guard", "--why", "same", "--by", "Ada"
    )
    invoke(
        "decide",
        filled,
        "set",
        ferry,
        "--type",
        "battle",
        "--day",
        "2031-05-05",
        "--place",
        "Varndal",
        "--why",
        "so",
    )
    first = incidents(invoke)[0]
    assert ("Harbour Guard" in first["parties"], first["type"], first["place"]["name"]) == (
        True,
        "battle",
        "Varndal",
    )
    assert [one["incident"] for one in incidents(invoke, "--until", "2031-05-05")] == [ferry]
    two = [
        rows(invoke("show", filled, name, "--as", "json"))[0]["dossier"]["reports"][0]
        for name in (ferry, market)
    ]
    assert invoke("decide", filled, "join", *two, "--why", "one day").returncode == 0
    assert len(incidents(invoke)) == 1


def test_decisions_from_lines_of_json(invoke, filled):
    ferry = incidents(invoke)[0]["incident"]
    (row,) = rows(invoke("show", filled, ferry, "--as", "json"))
    reading = row["readings"][0]
    words = "Captain Ilmar Tessvik, 54, was among the dead"
    start = reading["report"]["text"].index(words)
    claim = {
        "kind": "toll", "report": reading["report"]["id"], "outcome": "killed", "min": 1, "max": 1, "group": "unknown",
        "certainty": "stated", "source": {"party": "reporter"},
        "evidence": {"start": start, "end": start + len(words), "quote": words},
    }  # fmt: skip
    told = [
        {"kind": "add", "claim": claim, "why": "it was missed"},
        {"kind": "withdraw", "subject": reading["report"]["id"], "why": "taken back", "on": "2031-05-09"},
    ]
    done = invoke("decide", filled, "--file", "-", "--by", "Ada", stdin="\n".join(map(json.dumps, told)))
    assert (done.returncode, len(done.stdout.splitlines())) == (0, 2)
    shown = " ".join(invoke("show", filled, ferry).stdout.split())
    assert f"[{reading['report']['id']}]: withdrawn on 2031-05-09: taken back" in shown
    (before,) = rows(invoke("show", filled, ferry, "--as", "json", "--as-of", "2031-05-08"))
    (after,) = rows(invoke("show", filled, ferry, "--as", "json"))
    assert (len(before["dossier"]["claims"]), before["earlier"]) == (4, [])
    assert (len(after["dossier"]["claims"]), [one["why"] for one in after["earlier"]]) == (2, ["withdrawn"])


@pytest.mark.parametrize(
    "told",
    [
        (),
        ("reject", "--why", "no"),
        ("reject", "claim-1", "claim-2", "--why", "no"),
        ("reject", "claim-1"),
        ("burn", "claim-1", "--why", "no"),
        ("withdraw", "report-1"),
        ("add", "--claim", "no JSON", "--why", "no"),
        ("add", "--claim", "[]", "--why", "no"),
        ("set", "incident-1", "--day", "31 May", "--why", "no"),
        ("--file", "nowhere.jsonl"),
    ],
)
def test_what_is_no_decision_is_refused_and_recorded_nowhere(invoke, filled, told):
    before = invoke("verify", filled).stdout
    done = invoke("decide", filled, *told)
    assert (done.returncode, done.stdout) == (2, "")
    assert invoke("verify", filled).stdout == before


@pytest.mark.parametrize(
    "line",
    [
        {"kind": "reject", "subject": "\ud800", "why": "of another"},
        {"kind": "rename", "subject": "Coastguard", "name": "a\0b", "why": "same"},
        {"kind": "reject", "subject": "claim-1", "why": "\udfff"},
        {"kind": "withdraw", "subject": 10**30, "why": "kill notice"},
        {"kind": "withdraw", "subject": "\ud800", "why": "kill notice"},
        {"kind": "replace", "subject": "report-1", "why": "corrected", "others": [7]},
    ],
)
def test_what_no_ledger_can_hold_is_refused_by_name(invoke, filled, line):
    before = invoke("verify", filled).stdout
    done = invoke("decide", filled, "--file", "-", "--by", "Ada", stdin=json.dumps(line))
    code = done.stderr.partition("]")[0].removeprefix("[")
    assert (done.returncode, done.stdout) == ({"bad-decision": 2, "unstorable-text": 1}[code], "")
    assert invoke("verify", filled).stdout == before


def test_a_ledger_is_verified_copied_and_checked(invoke, filled):
    (sound,) = rows(invoke("verify", filled, "--as", "json"))
    assert sound["checked"]["claims"] == 5
    assert f"content {sound['content_hash']}" in invoke("verify", filled).stdout
    (made,) = rows(invoke("backup", filled, "copy.db", "--as", "json"))
    assert made["content_hash"] == sound["content_hash"]
    assert invoke("backup", filled, "copy.db").returncode == 2
    assert rows(invoke("verify", "copy.db", "--as", "json")) == [sound]
    found = {row["what"]: row["found"] for row in rows(invoke("check", filled, "--as", "json"))}
    assert (found["reports"], found["claims"], found["reports not linked"]) == ("5", "5", "0")
    assert "reports: 5" in invoke("check", filled).stdout


@pytest.mark.parametrize(
    "command",
    [("incidents",), ("show", "x"), ("search", "x"), ("verify",), ("backup", "x"), ("check",)],
    ids=str,
)
def test_a_ledger_that_is_not_there_is_not_made(invoke, tmp_path, command):
    verb, *rest = command
    done = invoke(verb, "typo.db", *rest)
    assert done.returncode == 2
    assert "[no-ledger] typo.db" in done.stderr
    assert not (tmp_path / "typo.db").exists()


@pytest.mark.parametrize(
    "options", [("--status", "wrong"), ("--recorded", "soon"), ("--as-of", "today")], ids=str
)
def test_values_that_are_none_are_refused(invoke, filled, options):
    assert invoke("incidents", filled, *options).returncode == 2


def test_an_agency_s_retraction_is_obeyed(invoke, pile, tmp_path):
    def item(version, status="usable", body=""):
        return {
            "uri": "urn:newsml:wire.example:ferry",
            "version": version,
            "pubstatus": status,
            "versioncreated": f"2031-05-0{5 + version}T09:00:00+00:00",
            "infosource": [{"name": "Wire Office"}],
            "headline": "Ferry",
            "body_text": body,
        }

    def add(*items):
        (tmp_path / "wire.jsonl").write_text("".join(json.dumps(one) + "\n" for one in items))
        return rows(invoke("add", "ledger.db", "wire.jsonl", "--as", "json", "--by", "Ada"))[0]

    first, second = item(1, body=pile[0]["text"]), item(2, body=pile[1]["text"])
    done = add(first, second, first)
    assert (done["reports"], done["wire"], done["known"]) == (2, 2, 1)
    assert [(one["reports"], one["earlier"]) for one in incidents(invoke)] == [(1, 1)]
    canceled = item(3, "canceled")
    assert add(canceled)["wire"] == 1
    assert [(one["reports"], one["earlier"]) for one in incidents(invoke)] == [(0, 2)]
    again = add(first, canceled, second)
    assert (again["reports"], again["wire"], again["known"]) == (0, 0, 2)
    assert [(one["reports"], one["earlier"]) for one in incidents(invoke, "--as-of", "2031-05-07")] == [
        (1, 1)
    ]
    told = invoke("show", "ledger.db", incidents(invoke)[0]["incident"]).stdout
    assert "canceled" in " ".join(told.split())
    done = invoke("add", "ledger.db", "-", stdin=json.dumps(item(4, "withheld")))
    assert ", 1 new word of agencies on their items; " in done.stdout
