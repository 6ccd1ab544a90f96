"""The ledger: the store of reports, claims, incidents and reviewers' decisions; nothing in it is ever overwritten."""

from variorum.ledger.adding import Added
from variorum.ledger.agencies import Outdated
from variorum.ledger.assigning import Linked
from variorum.ledger.book import Ledger
from variorum.ledger.browsing import Browsed, Month, Order, Overview, Spot
from variorum.ledger.decisions import Decision, Recorded
from variorum.ledger.filing import filed
from variorum.ledger.health import Finding
from variorum.ledger.linker import user_cache
from variorum.ledger.listing import Hit, Wanted
from variorum.ledger.lookup import ClaimInReport, FiledReport, Lookup, Page
from variorum.ledger.reference_sets import Imported, ReferenceSet
from variorum.ledger.standing import Opened
from variorum.ledger.states import State
from variorum.ledger.words import phrases

__all__ = [
    "Added",
    "Browsed",
    "ClaimInReport",
    "Decision",
    "FiledReport",
    "Finding",
    "Hit",
    "Imported",
    "Ledger",
    "Linked",
    "Lookup",
    "Month",
    "Opened",
    "Order",
    "Outdated",
    "Overview",
    "Page",
    "Recorded",
    "ReferenceSet",
    "Spot",
    "State",
    "Wanted",
    "filed",
    "phrases",
    "user_cache",
]
