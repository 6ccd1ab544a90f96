"""What is weighed for a candidate, and how weights become probabilities."""

from __future__ import annotations

import numpy as np

from variorum.reading.attribution import Said
from variorum.reading.encoder.outputs import STANCES
from variorum.reading.responsibility.candidates import LEARNED, Candidate, names_of, scenes_of
from variorum.reading.responsibility.features import features
from variorum.reading.responsibility.mentions import Named
from variorum.reading.responsibility.weighing import BLENDED, Weights, blended, chances, odds, probabilities


def _candidates(
    text: str, names: list[str], said: list[tuple[str, str, str]] | None = None
) -> list[Candidate]:
    def at(words: str) -> tuple[int, int]:
        return text.index(words), text.index(words) + len(words)

    told = [Said((at(s),), at(c), (at(w),), 0.9) for s, c, w in said or []]
    named = [Named(*at(n), "party", n) for n in names]
    return [
        Candidate(scene, m, features(scene, n), np.zeros(len(LEARNED), dtype=np.float32))
        for scene in scenes_of(text, named, told, [])
        for n, m in enumerate(scene.mentions)
    ]


def test_features_tell_where_a_mention_stands_to_what_is_said() -> None:
    text = "Ruritania said Borduria shelled the mill."
    one, other = _candidates(
        text, ["Ruritania", "Borduria"], [("Ruritania", "said", "Borduria shelled the mill")]
    )
    assert "is source" in one.features
    assert {"in content sourced", "match act", "sourced match act"} <= set(other.features)


def test_features_do_not_tell_who_it_is() -> None:
    one = _candidates("Boko Haram attacked Ada on Monday.", ["Boko Haram"])
    other = _candidates("Ruritania attacked Ada on Monday.", ["Ruritania"])
    assert [c.features for c in one] == [c.features for c in other]


def test_sentences_without_a_deed_hold_no_candidate() -> None:
    assert _candidates("Ruritania is a small kingdom.", ["Ruritania"]) == []


def test_tagged_names_give_way_to_known_ones() -> None:
    assert names_of([], [(0, 4, "person", 0.9), (9, 12, "place", 0.9)]) == [Named(0, 4, "person", "0")]


def test_chances_of_a_plain_claim_are_greater_than_those_of_a_bystander() -> None:
    text = "The Hill Front claimed responsibility for the attack on Ada Mill."
    front, mill = chances(_candidates(text, ["Hill Front", "Ada Mill"]))
    assert np.isclose(front.sum(), 1)
    assert front[0] < mill[0]
    assert np.argmax(front[1:]) == 0  # claims


def test_odds_add_up_and_shapes_hold() -> None:
    found = _candidates("Ruritania attacked Ada on Monday.", ["Ruritania"])
    weights = Weights({"always": 0}, np.full((1, len(STANCES)), 0.5, dtype=np.float32))
    assert np.allclose(odds(found, weights), 0.5)
    assert blended(odds(found, weights), found).shape == (1, len(STANCES), len(BLENDED))
    assert np.allclose(probabilities(np.zeros((1, 4), dtype=np.float32)), 0.2)
    assert chances([]).shape == (0, 5)
