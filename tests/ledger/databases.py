"""A PostgreSQL server of the tests' own: in a temporary folder, reached by a socket there, gone afterwards."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, text

_ROOM = 4 << 30
_FOLDERS = ("/usr/lib/postgresql", "/usr/pgsql", "/usr/local/pgsql")


def program(name: str) -> str | None:
    """Where a program of PostgreSQL is; None if it is not installed."""
    found = shutil.which(name)
    if found:
        return found
    places = [path for folder in _FOLDERS for path in Path(folder).glob(f"**/bin/{name}")]
    return str(sorted(places)[-1]) if places else None


def unavailable() -> str | None:
    """Why no server can be started; None if one can."""
    missing = [name for name in ("initdb", "pg_ctl") if program(name) is None]
    if missing:
        return f"PostgreSQL is not installed: no {missing[0]}"
    try:
        import psycopg  # noqa: F401
    except ImportError:
        return "psycopg is not installed"
    if os.getuid() == 0 and _unprivileged() is None:
        return "PostgreSQL does not run as root, and there is no other user to run it as"
    return None


@contextmanager
def server() -> Iterator[str]:
    """The folder of the socket of a server that runs meanwhile."""
    folder = Path(tempfile.mkdtemp(prefix="variorum-pg-", dir=_quick_folder()))
    user = _unprivileged() if os.getuid() == 0 else None
    if user:
        shutil.chown(folder, user)
    folder.chmod(0o755)
    try:
        _run(
            "initdb",
            "-D",
            folder / "data",
            "-U",
            "tester",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-sync",
            user=user,
        )
        settings = f"-k {folder} -c listen_addresses='' -c fsync=off -c max_connections=60"
        _run("pg_ctl", "-D", folder / "data", "-w", "-l", folder / "log", "-o", settings, "start", user=user)
        try:
            yield str(folder)
        finally:
            _run("pg_ctl", "-D", folder / "data", "-m", "immediate", "-w", "stop", user=user)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def make_database(socket: str, name: str, template: str = "template1") -> str:
    """The URL of a new database."""
    engine = create_engine(_url(socket, "postgres", "+psycopg"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
    engine.dispose()
    return _url(socket, name)


def _url(socket: str, name: str, driver: str = "") -> str:
    return f"postgresql{driver}://tester@/{name}?host={socket}"


def _quick_folder() -> str | None:
    """Where files are kept in memory, if there is much room; what is written there need not wait for a disk."""
    memory = "/dev/shm"
    roomy = os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > _ROOM
    return memory if roomy else None


def _unprivileged() -> str | None:
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next((name for name in ("postgres", "nobody") if name in known), None)


def _run(name: str, *arguments: object, user: str | None) -> None:
    command = [str(program(name)), *map(str, arguments)]
    subprocess.run(command, check=True, user=user, stdout=subprocess.DEVNULL, cwd="/", timeout=120)
