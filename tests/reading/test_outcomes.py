"""Words around a figure speak for an outcome, whoever the people are."""

from variorum.model import Outcome
from variorum.reading.encoder.outputs import OUTCOMES
from variorum.reading.outcomes import features, spoken_for
from variorum.reading.quantities import find_quantities


def likeliest(text: str, at: int = 0) -> Outcome:
    scores = spoken_for(text, find_quantities(text))
    return OUTCOMES[int(scores[at].argmax())]


def test_words_beside_a_figure_speak_for_its_outcome() -> None:
    assert likeliest("Nine miners were killed in the blast.") is Outcome.KILLED
    assert likeliest("The clash left 14 villagers wounded.") is Outcome.INJURED
    assert likeliest("Forty drivers were still missing on Friday.") is Outcome.MISSING
    assert likeliest("Police arrested two brothers.") is Outcome.CAPTURED


def test_a_figure_without_a_word_of_its_own_takes_up_the_one_before() -> None:
    text = "Twelve people were wounded in the north and five in the south."
    assert likeliest(text, 1) is Outcome.INJURED


def test_names_do_not_matter() -> None:
    one = "The Killed Lions said that nine miners were rescued."
    two = "The Golden Lions said that nine miners were rescued."
    assert list(features(one, find_quantities(one))) == list(features(two, find_quantities(two)))


def test_a_loaded_word_weighs_what_the_plain_one_weighs() -> None:
    loaded, plain = "The army liquidated nine men.", "The army killed nine men."
    assert (spoken_for(loaded, find_quantities(loaded)) == spoken_for(plain, find_quantities(plain))).all()


def test_no_quantities() -> None:
    assert spoken_for("Nobody came.", ()).shape == (0, len(OUTCOMES))
