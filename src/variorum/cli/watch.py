"""`variorum watch`: feeds asked at an interval, what is new in them read, filed and linked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from variorum.cli.batch import InTurn
from variorum.cli.faults import Faults
from variorum.cli.stopping import Ended, Stop
from variorum.intake import FeedAsked, FeedFailed, FeedState, FetchError, Fetches, ItemFound, Watch, take_item
from variorum.ledger import Added, Filing, Ledger, filed
from variorum.model import Reading, SettingError, VariorumError, guarded

Tell = Callable[[str, dict[str, Any]], None]
"""Takes the name of an event and what there is to say of it."""

_PATIENCE = timedelta(minutes=1)
"""After which a ledger that was busy, or a feed that another watcher had, is tried again."""

_SOON = timedelta(seconds=30)
"""A feed due within this time, or a tenth of the interval, is asked at once: two need not be waited for one by one."""

_MOST_FAILURES = 5
"""How often in a row an item may fail to come before it is given up."""

_AT_ONCE = datetime.min.replace(tzinfo=UTC)


def now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


@dataclass(slots=True)
class WatchCommand:
    """Asks feeds when they are due, until it is told to stop; with `once`, those that are due now, once each."""

    feeds: tuple[str, ...]
    every: timedelta
    by: str
    fetcher: Fetches
    read: InTurn
    tell: Tell
    stop: Stop
    link: bool = True
    once: bool = False
    clock: Callable[[], datetime] = now
    added: Added = field(default_factory=Added)
    words: int = 0
    linked: int = 0
    _due: dict[str, datetime | None] = field(default_factory=dict)
    _unlinked: bool = True
    """Also at the beginning: an earlier watch may have been killed before it linked."""

    def run(self, ledger: Ledger, faults: Faults) -> None:
        """Watch, and tell each event. Failures of feeds, of items and of the ledger are told and survived.

        Raises `SettingError` only. An end that was asked for is no fault: then nothing refused counts in `faults`.
        """
        self._due = dict.fromkeys(self.feeds, _AT_ONCE)
        try:
            self._round(ledger, faults)
            while not self.once and (waiting := [due for due in self._due.values() if due]):
                again = [self._later()] if self.link and self._unlinked else []  # linking failed
                self.stop.sleep((min(waiting + again) - self.clock()).total_seconds())
                self._round(ledger, faults)
        except Ended:
            pass
        self._link(ledger, faults)
        refused = faults.refused
        if self.stop.told:
            faults.forgive()
        more = {"words": self.words, "linked": self.linked, "refused": refused}
        self.tell("ended", {"feeds": len(self.feeds), **self.added.model_dump(), **more})

    def _round(self, ledger: Ledger, faults: Faults) -> None:
        soon = min(_SOON, self.every / 10)
        for feed, due in self._due.items():
            self.stop.check()
            if due is None or due > self.clock() + soon:
                continue
            try:
                self._due[feed] = self._ask(ledger, feed, soon, faults)
            except SettingError:
                raise
            except VariorumError as error:  # the ledger's: what was not written is told of again by the feed
                faults.refuse(error)
                self._due[feed] = self._later()
                self.tell("put-off", {"feed": feed, "code": error.code, "due": self._due[feed]})
        self._link(ledger, faults)

    def _ask(self, ledger: Ledger, feed: str, soon: timedelta, faults: Faults) -> datetime | None:
        """Ask a feed if it is due and nobody else asks it; when to look at it again, None for never."""
        with ledger.feeds.asking(feed) as is_ours:
            # Only now, since another watcher may just have asked it.
            state = ledger.feeds.state(feed)
            time = self.clock()
            if state.gone or (state.due and state.due > time + soon):
                self.tell("not-due", {"feed": feed, "due": None if state.gone else state.due})
                return None if state.gone else state.due
            if not is_ours:
                due = self._later()
                self.tell("not-due", {"feed": feed, "due": due})
                return due
            self._step(ledger, feed, state, max(time, state.due or time), faults)
            ledger.feeds.keep(feed, state)
            return None if state.gone else state.due

    def _step(self, ledger: Ledger, feed: str, state: FeedState, time: datetime, faults: Faults) -> None:
        """Ask a feed and deal with what is new in it; `state` is then what is to be kept."""
        is_whole = True
        for event in Watch([feed], self.fetcher, every=self.every, states={feed: state}).step(time):
            self.stop.check()
            match event:
                case ItemFound():
                    if self._deal_with(ledger, event, faults):
                        ledger.feeds.saw(feed, event.item)
                    else:
                        is_whole = False
                case FeedAsked():
                    name = "unchanged" if event.unchanged else "asked"
                    self.tell(name, {"feed": feed, "items": event.items, "due": event.due})
                case FeedFailed():
                    faults.refuse(event.error)
                    self.tell("failed", {"feed": feed, "code": event.error.code, "due": event.due})
        if (
            not is_whole
        ):  # else the feed would say next time that nothing changed, and the rest would not be told
            state.etag = state.last_modified = None

    def _deal_with(self, ledger: Ledger, event: ItemFound, faults: Faults) -> bool:
        """Read an item and file what is new in it; whether that is all that there is to do with it."""
        item = event.item
        errors: list[VariorumError] = []
        readings: list[Reading] = []
        filing = Filing(ledger, self.by, errors.append, readings.append)
        try:
            found = take_item(item, fetcher=self.fetcher, notify=faults.note)
            guarded(
                lambda: filing.take(found, self.read), "what reads items of feeds", item.url or item.where
            )
        except SettingError:
            raise
        except VariorumError as error:
            if error.code == "ledger-unavailable":
                raise
            errors.append(error)
        finally:  # what was filed stands, even where the rest was not
            self.added += filing.added
            self.words += filing.words
            self._unlinked |= filing.added.readings + filing.words > 0
        for one in errors:
            faults.refuse(one)
        again = any(isinstance(one, FetchError) and one.may_pass for one in errors)
        done = not again or ledger.feeds.missed(event.feed, item) >= _MOST_FAILURES
        self.tell(
            "refused" if errors and not readings else "changed" if event.changed else "new",
            {
                "feed": event.feed,
                "address": item.url,
                "title": item.title,
                **filing.added.model_dump(include={"reports", "claims"}),
                "words": filing.words,
                "ids": [filed(reading.report).id for reading in readings],
                "codes": [one.code for one in errors],
                "again": not done,
            },
        )
        return done

    def _link(self, ledger: Ledger, faults: Faults) -> None:
        """Link what is new. If that fails it is told, and tried again in a while."""
        if not self.link or not self._unlinked:
            return
        try:
            linked = guarded(ledger.link, "linking", "the ledger").reports
        except VariorumError as error:
            faults.refuse(error)
            return
        self._unlinked = False
        self.linked += linked
        if linked:
            self.tell("linked", {"reports": linked})

    def _later(self) -> datetime:
        return self.clock() + min(self.every, _PATIENCE)
