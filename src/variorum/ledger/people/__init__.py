"""Who may come in: people with passwords, sessions and tokens, kept beside the records of a ledger.

These rows are no records: they may be changed and removed. Only `people_history` is append-only.
"""

from variorum.ledger.people.doors import Throttled
from variorum.ledger.people.known import Known, Role, Scope, Session, Token
from variorum.ledger.people.roster import People

__all__ = ["Known", "People", "Role", "Scope", "Session", "Throttled", "Token"]
