"""The ledger: the store of reports, claims, incidents and reviewers' decisions; nothing in it is ever overwritten."""

from variorum.ledger.adding import Added
from variorum.ledger.agencies import Outdated
from variorum.ledger.assigning import Linked
from variorum.ledger.auditing import Audited
from variorum.ledger.book import Ledger
from variorum.ledger.deciding import Overtaken
from variorum.ledger.decisions import Decision, Recorded
from variorum.ledger.filing import filed
from variorum.ledger.health import Finding
from variorum.ledger.leaves import Leaf
from variorum.ledger.linker import user_cache
from variorum.ledger.listing import Hit, Wanted
from variorum.ledger.queueing import NEEDS, Need, Queue, Sought, Waiting
from variorum.ledger.standing import Opened
from variorum.ledger.states import State

__all__ = [
    "NEEDS",
    "Added",
    "Audited",
    "Decision",
    "Finding",
    "Hit",
    "Leaf",
    "Ledger",
    "Linked",
    "Need",
    "Opened",
    "Outdated",
    "Overtaken",
    "Queue",
    "Recorded",
    "Sought",
    "State",
    "Waiting",
    "Wanted",
    "filed",
    "user_cache",
]
