"""A ledger that somebody else serves, as if it were here: the functions of `Ledger` over HTTP, and the shapes that go over it."""

from variorum.client.remote import RemoteLedger
from variorum.client.shapes import Problem

__all__ = ["Problem", "RemoteLedger"]
