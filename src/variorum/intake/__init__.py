"""Intake: whatever was handed over → `Report`, or an `InputError` that says what, where and what to do.

Reads single reports from plain text, saved HTML pages, JSON Lines, JSON, wire items, feeds, archives, folders and
standard input, and takes in readings that were kept. The network is asked for addresses that are handed over, and for
nothing else (docs/fetching.md). All codes are told in docs/errors.md.
"""

from variorum.intake.addresses import is_address
from variorum.intake.dates import parse_day
from variorum.intake.faults import FetchError
from variorum.intake.feeds import FeedItem
from variorum.intake.fetching import Conditions, Fetched, Fetcher, Fetches, FetchSettings
from variorum.intake.reports import Arrival, Withdrawal, read_inputs, read_reports, take_in, take_item
from variorum.intake.watching import FeedAsked, FeedFailed, FeedState, ItemFound, Watch
from variorum.intake.wire import Wire, WireStatus

__all__ = [
    "Arrival",
    "Conditions",
    "FeedAsked",
    "FeedFailed",
    "FeedItem",
    "FeedState",
    "FetchError",
    "FetchSettings",
    "Fetched",
    "Fetcher",
    "Fetches",
    "ItemFound",
    "Watch",
    "Wire",
    "WireStatus",
    "Withdrawal",
    "is_address",
    "parse_day",
    "read_inputs",
    "read_reports",
    "take_in",
    "take_item",
]
