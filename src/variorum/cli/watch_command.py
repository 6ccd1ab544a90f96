"""The command `watch`, its options, and its lines of events."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from variorum.cli.fetch_options import (
    AllowNetwork,
    Authorities,
    Contact,
    LongestWait,
    MaxBytes,
    Pause,
    Timeout,
    Tries,
)
from variorum.cli.ledger_options import By, Where
from variorum.cli.names import TextOrJson
from variorum.cli.options import Errors, Parties

if TYPE_CHECKING:
    from variorum.cli.watch import Tell

_DURATION = re.compile(r"(\d{1,6})(s|m|h|d)", re.ASCII)
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_LONGEST_ADDRESS = 2000


def watch(
    ledger: Where,
    feeds: Annotated[
        list[str] | None,
        typer.Argument(metavar="[FEED]...", help="Addresses of RSS, Atom or JSON feeds.", show_default=False),
    ] = None,
    listed: Annotated[
        Path | None,
        typer.Option("--feeds", metavar="FILE", help="More feeds, one a line; # begins a remark."),
    ] = None,
    every: Annotated[
        str, typer.Option(metavar="TIME", help="How often each is asked: 90s, 15m, 2h, 1d.")
    ] = "15m",
    once: Annotated[bool, typer.Option("--once", help="Ask those that are due once, then end.")] = False,
    link: Annotated[bool, typer.Option("--link/--no-link", help="Link what is new after each round.")] = True,
    parties: Parties = None,
    by: By = None,
    contact: Contact = None,
    allow_network: AllowNetwork = None,
    pause: Pause = None,
    timeout: Timeout = None,
    longest_wait: LongestWait = None,
    tries: Tries = None,
    max_bytes: MaxBytes = None,
    authorities: Authorities = None,
    form: Annotated[TextOrJson, typer.Option("--as", help="How events are written.")] = TextOrJson.TEXT,
    errors: Errors = TextOrJson.TEXT,
) -> None:
    """Ask feeds at an interval, and read, file and link what is new in them. Ctrl-C ends it after the item in hand."""
    from variorum.cli.batch import InTurn
    from variorum.cli.fetch_options import settings_of
    from variorum.cli.ledger_options import name_of
    from variorum.cli.session import session
    from variorum.cli.stopping import Stop
    from variorum.cli.watch import WatchCommand
    from variorum.intake import Fetcher
    from variorum.ledger import Ledger, user_cache

    with session(errors) as faults:
        stop = Stop()
        settings = settings_of(
            contact, allow_network, pause, timeout, longest_wait, tries, max_bytes, authorities
        )
        command = WatchCommand(
            feeds=feeds_of(feeds or [], listed),
            every=duration_of(every),
            by=name_of(by),
            fetcher=Fetcher(settings, sleep=stop.sleep),
            read=InTurn(parties or ()),
            tell=teller(form),
            stop=stop,
            link=link,
            once=once,
        )
        with stop.listening(), Ledger.open(ledger, cache=user_cache()) as opened:
            command.run(opened, faults)


def feeds_of(named: list[str], file: Path | None) -> tuple[str, ...]:
    """The feeds that are named and those that a file lists, each once. Raises `SettingError`."""
    from variorum.intake import is_address
    from variorum.model import SettingError

    found = list(named)
    if file:
        try:
            lines = file.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or "it is not UTF-8"
            raise SettingError(
                f"cannot be read: {reason}", where=str(file), remedy="give a list of addresses, one a line"
            ) from None
        found += [line.split()[0] for line in lines if line.strip() and not line.lstrip().startswith("#")]
    if not found:
        raise SettingError(
            "there is no feed to watch", where="watch", remedy="name one, or give a list with --feeds"
        )
    for feed in found:
        if not is_address(feed) or len(feed.encode("utf-8", "replace")) > _LONGEST_ADDRESS:
            raise SettingError(
                "no address of a feed", where=feed[:100], remedy="give a whole address, https://…"
            )
    return tuple(dict.fromkeys(found))


def duration_of(written: str) -> timedelta:
    """A time such as 15m. Raises `SettingError`."""
    from variorum.model import SettingError

    found = _DURATION.fullmatch(written)
    if not found or not int(found[1]):
        raise SettingError("no time", where="--every", remedy="write 90s, 15m, 2h or 1d")
    return timedelta(**{_UNITS[found[2]]: int(found[1])})


def teller(form: TextOrJson, clock: Callable[[], datetime] | None = None) -> Tell:
    """Writes each event as a line of standard output, with the time."""
    from variorum.cli.faults import printable
    from variorum.cli.watch import now

    asked = clock or now

    def tell(event: str, told: dict[str, Any]) -> None:
        at = _time(asked())
        if form is TextOrJson.JSON:
            row = {
                name: _time(value) if isinstance(value, datetime) else value for name, value in told.items()
            }
            line = json.dumps({"event": event, "at": at, **row})
        else:
            line = printable(f"{at} {_in_words(event, told)}")
        sys.stdout.write(line + "\n")
        sys.stdout.flush()

    return tell


def _in_words(event: str, told: dict[str, Any]) -> str:
    from variorum.cli.ledger_add import in_words
    from variorum.ledger import Added

    if event == "ended":
        added = Added(**{name: told[name] for name in Added.model_fields})
        refused = f"; {told['refused']:,} refused" if told["refused"] else ""
        linked = f"; {told['linked']:,} reports put to an incident"
        return f"ended: {_some(told['feeds'], 'feed')}: {in_words(added, told['words'])}{refused}{linked}"
    if event == "linked":
        return f"linked: {_some(told['reports'], 'report')} put to an incident"
    if event in ("new", "changed", "refused"):
        return f"{event}: {told['title'] or 'untitled'} {told['address'] or told['feed']}: {_item(told)}"
    due = f"again at {_time(told['due'])}" if told["due"] else "not asked again"
    what = f"{_some(told['items'], 'item')}; " if event == "asked" else ""
    what += f"[{told['code']}]; " if "code" in told else ""
    return f"{event}: {told['feed']}: {what}{due}"


def _item(told: dict[str, Any]) -> str:
    parts = [_some(told["reports"], "new report")] if told["reports"] else []
    if told["claims"]:
        parts.append(_some(told["claims"], "claim"))
    if told["words"]:
        parts.append(f"{_some(told['words'], 'new word')} of its agency")
    parts += [f"[{code}]" for code in told["codes"]]
    if told["again"]:
        parts.append("tried again when the feed is asked next")
    return " ".join([", ".join(parts) or "nothing that the ledger lacks", *told["ids"]])


def _some(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def _time(time: datetime) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ")
