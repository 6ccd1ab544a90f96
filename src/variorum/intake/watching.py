"""Watching feeds: which are due, what is new in them, and when to ask again. The clock is the caller's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from variorum.intake.feeds import Feed, FeedItem, parse_feed
from variorum.intake.fetching import Conditions, Fetches
from variorum.model import InputError, SettingError

LONGEST_PAUSE = timedelta(days=1)
"""A feed that fails, or asks for patience, is asked once a day at least."""

_MOST_KEPT = 20_000
_GONE = 410


@dataclass(slots=True)
class FeedState:
    """What is known of one feed between two runs. Plain values: the caller keeps them as it likes.

    `seen` is the items' keys with their state, oldest first. `due` is None for a feed not asked yet. A feed that is
    gone for good (status 410) is not asked again.
    """

    etag: str | None = None
    last_modified: str | None = None
    due: datetime | None = None
    failures: int = 0
    gone: bool = False
    seen: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ItemFound:
    """A feed has an item that was not there before, or one that `changed` since."""

    feed: str
    item: FeedItem
    changed: bool = False


@dataclass(frozen=True, slots=True)
class FeedAsked:
    """A feed was asked and answered. `unchanged` where its host says that nothing is new."""

    feed: str
    items: int
    due: datetime
    unchanged: bool = False


@dataclass(frozen=True, slots=True)
class FeedFailed:
    """A feed could not be had. `due` is when it is asked again, None for never."""

    feed: str
    error: InputError
    due: datetime | None


Event = ItemFound | FeedAsked | FeedFailed


class Watch:
    """Feeds that are asked at an interval.

    `states` is what an earlier watch knew, by feed, and is brought up to date as events are taken. Each feed is asked
    with the conditions of its last answer; a feed that fails is asked half as often each time.
    """

    def __init__(
        self,
        feeds: Iterable[str],
        fetcher: Fetches,
        *,
        every: timedelta = timedelta(minutes=15),
        states: Mapping[str, FeedState] | None = None,
    ) -> None:
        if every <= timedelta(0):
            raise SettingError(
                "feeds can be asked at an interval of more than zero",
                where="every",
                remedy="give minutes or hours",
            )
        known = states or {}
        self.states = {feed: known.get(feed) or FeedState() for feed in dict.fromkeys(feeds)}
        self._fetcher, self._every = fetcher, every

    @property
    def next_due(self) -> datetime | None:
        """When the next feed is due; None where one is due at once, or none ever again."""
        waiting = [state.due for state in self.states.values() if not state.gone]
        return None if not waiting or None in waiting else min(due for due in waiting if due is not None)

    def step(self, now: datetime) -> Iterator[Event]:
        """Ask every feed that is due by `now`, and tell what is new, in the order of the feeds and their items.

        An item counts as seen once the next event is asked for: whoever stops in the middle is told of it again. The
        feed's last event is `FeedAsked`, and only then are its conditions kept.
        """
        for feed, state in self.states.items():
            if not state.gone and (state.due is None or state.due <= now):
                yield from self._ask(feed, state, now)

    def _ask(self, feed: str, state: FeedState, now: datetime) -> Iterator[Event]:
        try:
            fetched = self._fetcher.fetch(feed, Conditions(state.etag, state.last_modified))
            found = parse_feed(fetched.data, where=feed, base=fetched.url) if fetched.is_new else None
        except InputError as error:
            state.gone = getattr(error, "status", None) == _GONE
            state.failures += 1
            state.due = now + self._pause(state.failures, getattr(error, "retry_after", None))
            yield FeedFailed(feed, error, None if state.gone else state.due)
            return
        if found is not None:
            yield from _new(feed, found, state)
        due = now + max(self._every, min(timedelta(minutes=(found and found.minutes) or 0), LONGEST_PAUSE))
        yield FeedAsked(feed, len(found.items) if found else 0, due, unchanged=found is None)
        state.failures, state.due = 0, due
        if found is not None:
            state.etag, state.last_modified = fetched.conditions.etag, fetched.conditions.last_modified

    def _pause(self, failures: int, asked: float | None) -> timedelta:
        longest = max(LONGEST_PAUSE, self._every)
        pause = min(self._every * int(2 ** min(failures, 20)), longest)
        return max(pause, min(timedelta(seconds=min(asked or 0.0, longest.total_seconds())), longest))


def _new(feed: str, found: Feed, state: FeedState) -> Iterator[Event]:
    for item in reversed(found.items):  # feeds have the newest first; what happened first is told first
        if state.seen.get(item.key) != item.state:
            yield ItemFound(feed, item, changed=item.key in state.seen)
        state.seen.pop(item.key, None)
        state.seen[item.key] = item.state
    for key in list(state.seen)[: max(0, len(state.seen) - max(_MOST_KEPT, len(found.items)))]:
        del state.seen[key]
