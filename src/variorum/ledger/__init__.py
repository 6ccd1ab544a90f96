"""The ledger: the store of reports, claims, incidents and reviewers' decisions; nothing in it is ever overwritten."""

from variorum.ledger.adding import Added
from variorum.ledger.agencies import Outdated
from variorum.ledger.assigning import Linked
from variorum.ledger.auditing import Audited
from variorum.ledger.book import Ledger
from variorum.ledger.browsing import Browsed, Order, Overview, Spot, Stretch, Unit
from variorum.ledger.deciding import Overtaken
from variorum.ledger.decisions import ON_CLAIMS, Decision, Recorded
from variorum.ledger.facts import Facts
from variorum.ledger.filing import filed
from variorum.ledger.health import Finding
from variorum.ledger.leaves import Leaf
from variorum.ledger.linker import user_cache
from variorum.ledger.listing import Hit, Wanted
from variorum.ledger.lookup import ClaimInReport, FiledReport, Lookup, Page
from variorum.ledger.measuring import Extent
from variorum.ledger.people import People, Role, Scope
from variorum.ledger.queueing import NEEDS, Need, Queue, Sought, Waiting
from variorum.ledger.reference_sets import Imported, ReferenceSet
from variorum.ledger.standing import Opened
from variorum.ledger.states import State
from variorum.ledger.taking_in import Filing
from variorum.ledger.words import phrases

__all__ = [
    "NEEDS",
    "ON_CLAIMS",
    "Added",
    "Audited",
    "Browsed",
    "ClaimInReport",
    "Decision",
    "Extent",
    "Facts",
    "FiledReport",
    "Filing",
    "Finding",
    "Hit",
    "Imported",
    "Leaf",
    "Ledger",
    "Linked",
    "Lookup",
    "Need",
    "Opened",
    "Order",
    "Outdated",
    "Overtaken",
    "Overview",
    "Page",
    "People",
    "Queue",
    "Recorded",
    "ReferenceSet",
    "Role",
    "Scope",
    "Sought",
    "Spot",
    "State",
    "Stretch",
    "Unit",
    "Waiting",
    "Wanted",
    "filed",
    "phrases",
    "user_cache",
]
