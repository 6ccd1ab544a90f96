"""The examples of docs/reading-room/api.md run."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.web.command_lines import asked
from variorum.ledger import Ledger
from variorum.web.problems import STATUS

PAGE = (Path(__file__).parent.parent.parent / "docs" / "reading-room" / "api.md").read_text(encoding="utf-8")


def blocks(kind: str) -> list[str]:
    return re.findall(rf"```{kind}\n(.*?)```", PAGE, flags=re.DOTALL)


def test_the_command_lines_are_answered(client: TestClient) -> None:
    lines = [line for block in blocks("sh") for line in block.splitlines()]
    assert len(lines) == 6
    for line in lines:
        answer = asked(client, line)
        assert answer.status_code in (200, 201, 202), answer.text
        if "/incidents?" in line or "/changes" in line:
            assert answer.json()["items"]


def test_the_python_runs(address: str, ledger_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names: dict[str, object] = {}
    for block in blocks("python"):
        exec(compile(block.replace("http://127.0.0.1:8420", address), "api.md", "exec"), names)
    assert "nine soldiers" in capsys.readouterr().out
    with Ledger.open(ledger_file) as ledger:
        assert [one.decision.subject for one in ledger.decisions()] == ["claim-9eb6cdf27f2a4589"]


def test_every_status_that_hangs_on_a_code_is_told() -> None:
    for code, status in STATUS.items():
        row = next((line for line in PAGE.splitlines() if line.startswith("|") and f"`{code}`" in line), "")
        assert str(status) in row.split("|")[1], code
