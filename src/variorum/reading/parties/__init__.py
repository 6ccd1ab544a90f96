"""Parties: every mention of a source or actor resolved to one party under its full usual English name."""

from variorum.reading.parties.lexicon import KnownParty, Lexicon, load_lexicon
from variorum.reading.parties.resolve import ResolvedParty, resolve_parties

__all__ = ["KnownParty", "Lexicon", "ResolvedParty", "load_lexicon", "resolve_parties"]
