"""Fill docs/worked-example.md with what the commands in it write: `write_worked_example.py PAGE EXAMPLES`.

In the page a comment tells what to run and which part to show, and the block after it is written by this script:

    <!-- run
    command: variorum link vessary.jsonl
    show: 1-12, "Copies" 5
    -->

The commands run one after another in an empty folder into which the files of EXAMPLES were copied, so that
one can use what another wrote. `show` is `all`, or pieces divided by commas: lines `1-12` of the output, or
five lines from the first that has `"Copies"` in it on. What is left out between pieces is shown as an ellipsis.
`of: errors` shows what went to standard error, and `file: NAME` a file of the folder, without a command.
"""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml
from typer.testing import CliRunner

from variorum.cli.app import app

_BLOCK = re.compile(r"(?P<mark><!-- run\n(?P<task>.*?)\n-->)\n(?:```\w*\n.*?\n```\n)?", flags=re.DOTALL)
_PIECE = re.compile(r'\s*(?:(?P<first>\d+)-(?P<last>\d+)|"(?P<words>[^"]+)"\s+(?P<count>\d+))\s*(?:,|$)')
_WIDTH = "100"


def filled(page: str, examples: Path) -> str:
    """The page with every block written anew. Raises `RuntimeError` for a command that fails."""
    with TemporaryDirectory() as folder, _inside(Path(folder)):
        for file in sorted(examples.iterdir()):
            if file.suffix in (".jsonl", ".yaml"):
                shutil.copy(file, folder)
        return _BLOCK.sub(lambda match: f"{match['mark']}\n{_block(match['task'])}\n", page)


def _block(written: str) -> str:
    """What a mark asks for, as a code block."""
    task = yaml.safe_load(written)
    if "file" in task:
        output, prompt = Path(task["file"]).read_text(encoding="utf-8"), []
    else:
        output, prompt = _output(task["command"], task.get("of", "output")), [f"$ {task['command']}"]
    shown = chosen([line.rstrip() for line in output.splitlines()], str(task.get("show", "all")))
    return "\n".join(["```text", *prompt, *shown, "```"])


def _output(command: str, stream: str) -> str:
    program, *arguments = shlex.split(command)
    if program != "variorum":
        raise RuntimeError(f"not a command of ours: {command}")
    result = CliRunner().invoke(app, arguments, env={"COLUMNS": _WIDTH, "NO_COLOR": "1"}, color=False)
    if result.exit_code:
        raise RuntimeError(f"{command} left with {result.exit_code}: {result.output}")
    return result.stderr if stream == "errors" else result.stdout


def chosen(lines: list[str], show: str) -> list[str]:
    """The pieces of an output that are to be shown. Raises `RuntimeError` for a piece that is not in it."""
    if show == "all":
        return lines
    wanted: list[range] = []
    for piece in _PIECE.finditer(show):
        if piece["words"]:
            start = next((k for k, line in enumerate(lines) if piece["words"] in line), None)
            if start is None:
                raise RuntimeError(f"no line has {piece['words']!r} in it")
            wanted.append(range(start, min(start + int(piece["count"]), len(lines))))
        else:
            wanted.append(range(int(piece["first"]) - 1, min(int(piece["last"]), len(lines))))
    if not wanted:
        raise RuntimeError(f"cannot tell what to show: {show!r}")
    shown, after = [], 0
    for part in sorted(wanted, key=lambda part: part.start):
        if part.start > after:
            shown.append("…")
        shown += lines[max(part.start, after) : part.stop]
        after = max(after, part.stop)
    return [*shown, "…"] if after < len(lines) else shown


@contextlib.contextmanager
def _inside(folder: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.write_text(
        filled(target.read_text(encoding="utf-8"), Path(sys.argv[2]).resolve()), encoding="utf-8"
    )
