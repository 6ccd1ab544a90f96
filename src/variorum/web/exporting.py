"""Exports for the browser: what is asked for, how the same file is had on the command line, and its bytes as they come.

The bytes are made in a process of their own: an export of a large ledger takes minutes of the processor, and pages are to
stay quick meanwhile. The process ends when the browser goes away.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import shlex
import threading
from collections.abc import Generator, Iterator
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from multiprocessing.connection import Connection
from typing import Final

import yaml

from variorum.exports import FORMATS, QUOTE_WORDS, TABLES, export
from variorum.exports.from_ledger import cases_in, decisions_in
from variorum.ledger import Ledger, Wanted
from variorum.ledger.listing import ALL
from variorum.model import SettingError, VariorumError
from variorum.reconciling.profiles import DEFAULT
from variorum.web.working.orders import Trouble
from variorum.web.working.process import behave, trouble_of

AT_ONCE: Final = 2
"""Exports that are made at one time; more are asked to wait."""
_PIECE: Final = 1 << 16
"""Bytes that are handed over together."""
_LOOK: Final = 0.5
_MODULES: Final = {"xlsx": "openpyxl", "parquet": "pyarrow"}
"""What tells that an extra is installed."""

_places = threading.BoundedSemaphore(AT_ONCE)


@dataclass(frozen=True, slots=True)
class ExportOrder:
    """What is to be exported, and how."""

    format: str = "csv"
    table: str | None = None
    profile: str | None = None
    quote_words: int = QUOTE_WORDS
    with_text: bool = False
    wanted: Wanted = ALL
    as_of: date | None = None
    recorded: datetime | None = None

    def check(self) -> None:
        """Raises `SettingError` for what makes no sense together, and missing-extra for a format that needs a package."""
        export(
            self.format,
            (),
            profile=self.profile,
            quote_words=self.quote_words,
            with_text=self.with_text,
            table=self.table,
        )
        extra = FORMATS[self.format].extra
        if extra is not None and not is_installed(extra):
            raise SettingError(
                f"{self.format} needs a package that is not installed here",
                remedy=f"whoever runs the reading room installs it: pip install 'variorum[{extra}]'",
                code="missing-extra",
            )

    @property
    def file_name(self) -> str:
        """What the file is called: the same for the same order."""
        is_all = FORMATS[self.format].tables and self.table is None
        parts = ["variorum", "tables" if is_all else self.table or self.format]
        parts += [f"as-of-{self.as_of}"] if self.as_of else []
        return "-".join(parts) + FORMATS[self.format].file_suffix(self.table)

    def command(self, ledger: str) -> str:
        """The command that writes the same file."""
        told: list[tuple[str, object]] = [
            ("--format", self.format),
            ("--table", self.table),
            ("--profile", self.profile),
            ("--quote-words", None if self.quote_words == QUOTE_WORDS else self.quote_words),
            *((f"--{field.name}", getattr(self.wanted, field.name)) for field in fields(Wanted)),
            ("--as-of", self.as_of),
            ("--recorded", self.recorded.isoformat() if self.recorded else None),
            ("--output", self.file_name),
        ]
        words = ["variorum", "export", ledger]
        for option, value in told:
            words += [option, str(value)] if value is not None else []
            if option == "--quote-words" and self.with_text:
                words.append("--with-text")
        return shlex.join(words)


def is_installed(extra: str) -> bool:
    """Whether the package behind an extra is there."""
    return find_spec(_MODULES[extra]) is not None


@cache
def descriptions() -> dict[str, dict[str, str]]:
    """What each format is called, what it is for, and what it is not."""
    found: dict[str, dict[str, str]] = yaml.safe_load(
        files("variorum.web").joinpath("data/formats.yaml").read_text(encoding="utf-8")
    )
    return found


def profile_of(order: ExportOrder) -> str:
    """The profile that settles tolls in a file."""
    return order.profile or FORMATS[order.format].profile or DEFAULT


def table_names() -> tuple[str, ...]:
    """The tables that can be asked for."""
    return tuple(TABLES)


def stream(ledger: str, order: ExportOrder) -> Generator[bytes, None, None]:
    """The file, piece by piece. All is of one moment: what is recorded from now on is left out.

    Raises, before the first piece, `VariorumError` too-many-exports where others are being made, and whatever is wrong with
    the order.
    What goes wrong later is raised while the file is sent, so that the browser tells that it broke off.
    """
    order.check()
    if not _places.acquire(blocking=False):
        raise VariorumError(
            f"{AT_ONCE} exports are being made just now",
            remedy="try again in a minute, or use the command line",
            code="too-many-exports",
        )
    try:
        pieces = _made_apart(ledger, order)
        first = next(pieces, b"")
    except BaseException:
        _places.release()
        raise
    return _whole(first, pieces)


def _whole(first: bytes, pieces: Generator[bytes]) -> Generator[bytes, None, None]:
    try:
        yield first
        yield from pieces
    finally:
        pieces.close()
        _places.release()


def _made_apart(ledger: str, order: ExportOrder) -> Generator[bytes, None, None]:
    """The pieces as another process makes them; it waits while nobody takes them, and ends with this generator."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_make, args=(theirs, ledger, order), daemon=True)
    process.start()
    theirs.close()
    try:
        while True:
            try:
                while not ours.poll(_LOOK):
                    pass
                piece: bytes | Trouble | None = ours.recv()
            except EOFError:
                raise VariorumError(
                    "the process that makes the file ended before its time",
                    remedy="the memory may not have sufficed; choose fewer incidents, or one table",
                    code="worker-died",
                ) from None
            if piece is None:
                return
            if isinstance(piece, Trouble):
                raise VariorumError(piece.what, where=piece.where, remedy=piece.remedy, code=piece.code)
            yield piece
    finally:
        ours.close()
        process.terminate()
        process.join()


def _make(connection: Connection, ledger: str, order: ExportOrder) -> None:
    behave()
    with contextlib.suppress(BrokenPipeError):
        try:
            for piece in _joined(_pieces(ledger, order)):
                connection.send(piece)
            connection.send(None)
        except VariorumError as error:
            connection.send(trouble_of(error))


def _pieces(ledger: str, order: ExportOrder) -> Iterator[bytes]:
    recorded = order.recorded or datetime.now(UTC)
    with Ledger.open(ledger, make=False) as opened:
        yield from export(
            order.format,
            cases_in(opened, order.wanted, as_of=order.as_of, recorded=recorded),
            profile=order.profile,
            quote_words=order.quote_words,
            with_text=order.with_text,
            table=order.table,
            decisions=decisions_in(opened, recorded=recorded),
        )


def _joined(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The same bytes in pieces that are worth handing over."""
    held = bytearray()
    for piece in pieces:
        held += piece
        if len(held) >= _PIECE:
            yield bytes(held)
            held.clear()
    if held:
        yield bytes(held)
