"""Variorum: every account of a contested incident, kept apart, with its speaker, its certainty and its words."""

from variorum._version import __version__

__all__ = ["__version__"]
