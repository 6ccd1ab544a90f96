from __future__ import annotations

import subprocess
import sys

from variorum._version import __version__


def test_version(run):
    done = run("--version")
    assert (done.returncode, done.stdout) == (0, f"variorum {__version__}\n")


def test_help_names_every_command(invoke):
    done = invoke("--help")
    assert done.returncode == 0
    assert all(f"  {command} " in done.stdout for command in ("read", "link", "diff", "annotate", "schema"))


def test_help_loads_nothing_slow():
    code = "import sys, variorum.cli.app; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    slow = {"pydantic", "numpy", "onnxruntime", "rich", "trafilatura", "py3langid", "jinja2", "yaml"}
    assert not slow & set(done.stdout.split())
