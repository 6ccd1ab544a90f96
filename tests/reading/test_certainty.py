"""Hedges near a claim, in its own sentence, make a plain statement a hedged one."""

from variorum.model import Certainty
from variorum.reading.certainty import settled


def certainty(text: str, words: str, judged: Certainty = Certainty.STATED) -> Certainty:
    start = text.index(words)
    return settled(text, (start, start + len(words)), judged)


def test_a_hedge_beside_a_claim_hedges_it() -> None:
    assert certainty("Nine miners were probably killed.", "Nine miners") is Certainty.HEDGED
    assert certainty("Reportedly 12 soldiers fled.", "12 soldiers") is Certainty.HEDGED


def test_a_hedge_in_another_sentence_is_about_something_else() -> None:
    assert certainty("It may rain. Nine miners died. It could snow.", "Nine miners") is Certainty.STATED


def test_what_the_network_says_of_denials_stands() -> None:
    assert certainty("Perhaps nine miners died.", "nine miners", Certainty.DENIED) is Certainty.DENIED


def test_what_nobody_could_verify_is_unverified() -> None:
    for text in (
        "The ministry counted nine miners dead. Its figures could not be verified.",
        "It said without offering proof that nine miners had died.",
        "Rescuers found nine miners. The agency could not confirm these numbers.",
    ):
        assert certainty(text, "nine miners") is Certainty.UNVERIFIED


def test_doubt_in_another_paragraph_is_about_something_else() -> None:
    text = "It said that nine miners had died.\n\nNobody could verify who fired."
    assert certainty(text, "nine miners") is Certainty.STATED


def test_what_stands_under_a_condition_on_its_truth_is_conditional() -> None:
    for text in (
        "If confirmed, nine miners would be the most in years.",
        "It spoke of a flood. If the figure is true, nine miners drowned.",
    ):
        assert certainty(text, "nine miners") is Certainty.CONDITIONAL
    assert certainty("If it rains, nine miners will leave.", "nine miners") is Certainty.STATED
    assert certainty("If confirmed, it is bad. So far nine miners died.", "nine miners") is Certainty.STATED
