"""The ledger: the store of reports, claims, incidents and reviewers' decisions; nothing in it is ever overwritten."""

from variorum.ledger.adding import Added
from variorum.ledger.agencies import Outdated
from variorum.ledger.assigning import Linked
from variorum.ledger.book import Ledger
from variorum.ledger.decisions import Decision, Recorded
from variorum.ledger.facts import Facts
from variorum.ledger.filing import filed
from variorum.ledger.health import Finding
from variorum.ledger.linker import user_cache
from variorum.ledger.listing import Hit, Wanted
from variorum.ledger.measuring import Extent
from variorum.ledger.reference_sets import Imported, ReferenceSet
from variorum.ledger.standing import Opened
from variorum.ledger.states import State
from variorum.ledger.taking_in import Filing

__all__ = [
    "Added",
    "Decision",
    "Extent",
    "Facts",
    "Filing",
    "Finding",
    "Hit",
    "Imported",
    "Ledger",
    "Linked",
    "Opened",
    "Outdated",
    "Recorded",
    "ReferenceSet",
    "State",
    "Wanted",
    "filed",
    "user_cache",
]
