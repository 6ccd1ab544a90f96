"""The group of those counted: words first, then the network, then the noun that was left out."""

import numpy as np

from variorum.model import Group
from variorum.reading.encoder.outputs import GROUPS
from variorum.reading.grouping import Counted, choose_groups
from variorum.reading.quantities import find_quantities


def groups(text: str, network: Group = Group.UNKNOWN) -> list[str]:
    scores = np.array([3.0 if group is network else 0.0 for group in GROUPS], dtype=np.float32)
    return [g.value for g in choose_groups(text, [Counted(q, scores) for q in find_quantities(text)])]


def test_words_that_tell_the_group_outweigh_the_network():
    assert groups("23 soldiers and three teachers died.", Group.MILITANT) == ["security", "civilian"]


def test_the_words_behind_the_noun_count():
    assert groups("Four members of the border police died.") == ["security"]


def test_the_network_decides_where_words_do_not_tell():
    assert groups("Nine people died.", Group.MIXED) == ["mixed"]


def test_a_noun_left_out_is_that_of_the_figure_before():
    assert groups("At least 40 soldiers were killed and 75 wounded.") == ["security", "security"]
    assert groups("At least 40 soldiers were killed.\n\nElsewhere 75 were wounded.")[-1] == "unknown"


def test_a_noun_told_more_fully_elsewhere_means_the_same_people():
    assert groups("Forty prisoners were killed. All were prisoners of war.")[0] == "security"


def test_one_figure_of_one_noun_is_about_the_same_people():
    text = "It shot 214 military hostages. The death of 214 hostages would be a blow."
    assert groups(text) == ["security", "security"]


def test_people_without_more_are_not_taken_for_soldiers() -> None:
    assert groups("Nine people died.", Group.SECURITY) != ["security"]


def test_the_predicate_of_a_figure_without_a_noun_tells_its_group() -> None:
    assert groups("Of the dead, 27 were off-duty soldiers.")[-1] == "security"


def test_a_noun_before_its_figure_is_read_with_what_stands_before_it() -> None:
    assert groups("He gave a military toll of 28.") == ["security"]
    assert groups("The army puts the dead among the assailants at 57.") == ["militant"]


def test_a_part_of_another_kind_makes_the_whole_mixed():
    assert groups("The ferry had 400 passengers on board, many of whom were soldiers.") == ["mixed"]
    assert groups("The loss of 214 passengers — mostly soldiers — shook the town.") == ["mixed"]
    assert groups("It lost 40 soldiers, most of them officers.")[0] == "security"
