"""The ledger: the store of reports, claims, incidents and reviewers' decisions; nothing in it is ever overwritten."""

from variorum.ledger.book import Ledger
from variorum.ledger.decisions import Ruling

__all__ = ["Ledger", "Ruling"]
