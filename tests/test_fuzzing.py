"""A short run of the fuzzer of `benchmarks/fuzz.py`: the hour is run by hand (docs/benchmarks.md)."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from types import ModuleType

import pytest

NUMBER = 6
"""Inputs of each target that every run of the tests tries; those of the reader, which are slow, a third."""


@pytest.fixture(scope="module")
def fuzz() -> ModuleType:
    pytest.importorskip("warcio")
    sys.path.insert(0, str(Path(__file__).parent.parent / "benchmarks"))
    import fuzz

    return fuzz


def test_no_target_fails_on_the_first_inputs(fuzz: ModuleType, tmp_path: Path) -> None:
    for name, target in fuzz.TARGETS.items():
        for number in range(NUMBER // 3 if name == "whole reader" else NUMBER):
            data = fuzz.made(name, 2, number)
            outcome, trace = fuzz.tried(target, data, tmp_path)
            assert trace is None, f"--seed 2 --again {name!r} {number}: {trace}"
            assert outcome


def test_an_input_is_the_same_each_time(fuzz: ModuleType) -> None:
    for name in fuzz.TARGETS:
        assert fuzz.made(name, 1, 7) == fuzz.made(name, 1, 7)
        assert len({fuzz.made(name, 1, number) for number in range(20)}) > 10


def test_a_crash_and_a_hang_are_told(fuzz: ModuleType, tmp_path: Path) -> None:
    def crash(data: bytes, folder: Path) -> str:
        raise ZeroDivisionError

    def hang(data: bytes, folder: Path) -> str:
        while True:
            try:
                time.sleep(0)
            except Exception:  # as parsers do that take any fault for the input's
                continue

    assert fuzz.tried(fuzz.Target([b""], crash), b"", tmp_path)[0] == "FAILED: ZeroDivisionError"
    assert fuzz.tried(fuzz.Target([b""], hang, seconds=0.1), b"", tmp_path)[0] == "FAILED: Hang"


def test_a_run_goes_on_where_it_stopped(fuzz: ModuleType, tmp_path: Path) -> None:
    only = ["addresses", "robots.txt"]
    before = fuzz.fuzz(only, 0.4, 1, tmp_path)
    after = fuzz.fuzz(only, 0.8, 1, tmp_path)
    assert json.loads((tmp_path / "state.json").read_text()) == after
    assert all(
        after["targets"][name]["next"] >= before["targets"][name]["next"] for name in before["targets"]
    )
    assert sum(one["spent"] for one in after["targets"].values()) >= 0.8
    assert fuzz.failures(after) == 0
    assert "addresses" in fuzz.table(after)
