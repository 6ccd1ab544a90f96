"""Profiles: how data projects settle conflicting tolls, each a small pure function from a dossier to a tally.

A profile is a view. It changes no position and says nothing of who is right: it tells which number its owner's rule
takes, from which claims, and by which words of the rule. Each has a page in docs/profiles.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from variorum.model import Dossier, SettingError
from variorum.reconciling.profiles import acled, airwars, gtd, ibc, span, ucdp
from variorum.reconciling.profiles.profile import Profile
from variorum.reconciling.profiles.tally import DERIVED, Figure, Flag, Grade, Method, Tally
from variorum.reconciling.profiles.wording import figure_in_line, numbers_in_words, tally_in_words

PROFILES: Mapping[str, Profile] = MappingProxyType(
    {module.PROFILE.name: module.PROFILE for module in (ucdp, acled, airwars, ibc, gtd, span)}
)
"""Every profile by its name."""

DEFAULT = span.PROFILE.name
"""The profile that takes no side and drops nothing."""


def apply(name: str, dossier: Dossier) -> Tally:
    """The tally of a dossier by the profile of that name. Raises `SettingError` for a name that no profile has."""
    profile = PROFILES.get(name)
    if profile is None:
        raise SettingError(f"no profile is called {name!r}", remedy=f"choose one of {', '.join(PROFILES)}")
    return profile.tally(dossier)


__all__ = [
    "DEFAULT",
    "DERIVED",
    "PROFILES",
    "Figure",
    "Flag",
    "Grade",
    "Method",
    "Profile",
    "Tally",
    "apply",
    "figure_in_line",
    "numbers_in_words",
    "tally_in_words",
]
