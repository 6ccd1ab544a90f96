from __future__ import annotations

import json

from tests.exports.cases import battle, written


def test_kept_readings_against_their_own_export(invoke, tmp_path):
    _, readings = battle()
    kept = "".join(json.dumps({"reading": one.model_dump(mode="json")}) + "\n" for one in readings)
    asked = ("-", "--incident", "the-battle")
    done = invoke("export", *asked, "--format", "ucdp-ged", "--output", "reference.csv", stdin=kept)
    assert done.returncode == 0
    done = invoke("compare", *asked, "--with", "reference.csv", "--as", "json", stdin=kept)
    assert (done.returncode, done.stderr) == (0, "")
    found = json.loads(done.stdout)
    (pair,) = found["matched"]
    assert (pair["ours"], pair["reference"]) == ("the-battle", "the-battle")
    stands = {point["what"]: point["stand"] for point in pair["points"]}
    assert (stands["day"], stands["place"], stands["best"]) == ("agrees", "agrees", "agrees")
    text = invoke("compare", *asked, "--with", "reference.csv", stdin=kept).stdout
    assert text.startswith("1 matched, 0 only here, 0 only in the reference\n")
    assert "  place agrees: here Reefhaven; reference Reefhaven\n" in text


def test_a_ledger_gives_the_same_as_its_reports(invoke, lines, tmp_path):
    (tmp_path / "reference.csv").write_bytes(written("ucdp-ged", battle()))
    assert invoke("add", "led.db", "-", stdin=lines).returncode == 0
    of_ledger = invoke("compare", "led.db", "--with", "reference.csv")
    of_reports = invoke("compare", "-", "--with", "reference.csv", stdin=lines)
    assert (of_ledger.returncode, of_ledger.stderr) == (0, "")
    told = "0 matched, 2 only here, 1 only in the reference"
    assert [one.stdout.splitlines()[0] for one in (of_ledger, of_reports)] == [told, told]


def test_a_reference_that_is_none_is_told(invoke, lines, tmp_path):
    (tmp_path / "other.csv").write_text("name,age\n", encoding="utf-8")
    done = invoke("compare", "-", "--with", "other.csv", stdin=lines)
    assert (done.returncode, "not-a-reference" in done.stderr) == (1, True)
    assert done.stdout.startswith("0 matched")
