"""The profiles' pages are true of the profiles: rule, owner, link and the worked example."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reconciling.profiles.strategies import (
    ARMY,
    CLINIC,
    FRONT,
    WATCH,
    blame,
    dossier,
    names,
    told,
    toll,
)
from variorum.model import REPORTER, Certainty, Group, Outcome
from variorum.reconciling.profiles import PROFILES, Flag, Method, apply, tally_in_words

PAGES = Path(__file__).parents[3] / "docs" / "profiles"

SHELLED_QUAY = dossier(
    toll(Group.SECURITY, told(ARMY, 6), told(FRONT, 14)),
    toll(Group.MILITANT, told(ARMY, 20, certainty=Certainty.UNVERIFIED), told(FRONT, 8)),
    toll(
        Group.CIVILIAN,
        told(ARMY, 5),
        told(FRONT, 24, None, approx=True, words="dozens of residents"),
        told(CLINIC, 31, earlier=(27,)),
        told(CLINIC, 12, line="children"),
        told(WATCH, 31),
    ),
    toll(
        Group.MIXED,
        told(REPORTER, 51, None, outlet="Delta Wire"),
        told(REPORTER, 48, outlet="Harbour Post"),
        told(WATCH, 48),
    ),
    toll(Group.CIVILIAN, told(CLINIC, 40), outcome=Outcome.INJURED),
    blame(ARMY, names(ARMY), names(FRONT)),
)
"""The worked example of docs/profiles: the shelling of a quay."""


def page(name: str) -> str:
    return (PAGES / f"{name}.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", PROFILES)
def test_a_page_shows_what_its_profile_makes_of_the_example(name: str) -> None:
    shown = "\n".join(f"    {line}" for line in tally_in_words(apply(name, SHELLED_QUAY))[1:])
    assert shown in page(name)


@pytest.mark.parametrize("name", PROFILES)
def test_a_page_names_the_owner_and_the_link(name: str) -> None:
    profile = PROFILES[name]
    written = page(name)
    assert profile.owner in written
    assert profile.link.startswith("docs/") or profile.link in written
    assert f"[`{name}`]({name}.md)" in page("index")


def test_the_index_explains_every_flag_and_method() -> None:
    for value in (*Flag, *Method):
        assert f"| `{value}` |" in page("index")
