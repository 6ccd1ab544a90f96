"""Templates from tagged words: grouped into fillers and incidents, with what is said of each."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from variorum.evaluation.muc4.entities import entities_in
from variorum.evaluation.muc4.incidents import incidents_of
from variorum.evaluation.muc4.numbers import number_of
from variorum.evaluation.muc4.outputs import (
    MENTION_OUTPUTS,
    PAIR_WIDTH,
    SENTENCE_OUTPUTS,
)
from variorum.evaluation.muc4.settings import shipped
from variorum.evaluation.muc4.tagged import Mention, Sentence, Tagged
from variorum.evaluation.muc4.templates import templates_of
from variorum.evaluation.muc4.where_when import Scene, day_of, place_of
from variorum.model import Evidence, Place, Reading, Report, Time

TEXT = (
    "ALTAMIRA, 4 March 1988 -- [TEXT] Gunmen shot dead judge Ida Ross in Altamira yesterday. "
    "Ross was 50. In Belmonte, a bomb wounded six dockers on 1 March."
)
SENTENCES = [(0, 88), (88, 101), (101, len(TEXT))]
KILLING, BLAST = 0, 1


def mention(kind: str, words: str, incident: int, score: float = 0.9, at: int = 0, **said: str) -> Mention:
    """Words of the text, with all the certainty there is in what is said of them."""
    start = TEXT.index(words, at)
    values = {output: np.full(len(known), 0.01) for output, known in MENTION_OUTPUTS.items()}
    values["type"][incident] = 0.9  # the first types are ATTACK and BOMBING
    for output, value in (
        {"stage": "ACCOMPLISHED", "category": "TERRORIST ACT", "number": "one"} | said
    ).items():
        values[output][MENTION_OUTPUTS[output].index(value)] = 0.9
    vector, own = np.full(PAIR_WIDTH, -0.5), np.full(PAIR_WIDTH, -0.5)
    vector[: PAIR_WIDTH // 2] = 2.0 if incident == KILLING else -2.0
    sentence = next(n for n, (a, b) in enumerate(SENTENCES) if a <= start < b)
    own[direction(words)] = 30.0
    return Mention(kind, start, start + len(words), score, sentence, values, vector, own)


def direction(words: str) -> int:
    """A place for each word's own direction."""
    return sum(map(ord, words)) % PAIR_WIDTH


def tagged(*mentions: Mention, relevant: float = 0.9) -> Tagged:
    empty = {output: np.zeros(len(known)) for output, known in SENTENCE_OUTPUTS.items()}
    found = tuple(Sentence(a, b, empty) for a, b in SENTENCES)
    return Tagged(TEXT, tuple(sorted(mentions, key=lambda m: m.start)), found, relevant)


def evidence(words: str) -> Evidence:
    start = TEXT.index(words)
    return Evidence(start=start, end=start + len(words), quote=words)


def scene() -> Scene:
    first, third = date(1988, 3, 1), date(1988, 3, 3)
    report = Report(id="r", text=TEXT, published=date(1988, 3, 4))
    altamira, belmonte = (
        Place(name=name, country="CL", level="town", evidence=evidence(name))
        for name in ("Altamira", "Belmonte")
    )
    times = (
        Time(evidence=evidence("yesterday"), type="DATE", first=third, last=third),
        Time(evidence=evidence("1 March"), type="DATE", first=first, last=first),
    )
    return Scene.of(Reading(report=report, reader="none", times=times, places=(altamira, belmonte)))


GUNMEN = mention("PerpInd", "Gunmen", KILLING, number="several")
JUDGE = mention("Described", "judge", KILLING, victim_type="LEGAL OR JUDICIAL", victim_effect="DEATH")
ROSS = mention("Victim", "Ida Ross", KILLING, victim_type="LEGAL OR JUDICIAL", victim_effect="DEATH")
ROSS_AGAIN = mention("Victim", "Ross", KILLING, at=88, victim_type="LEGAL OR JUDICIAL", victim_effect="DEATH")
BOMB = mention("Weapon", "a bomb", BLAST, instrument="BOMB")
DOCKERS = mention(
    "Described", "dockers", BLAST, number="counted", victim_type="CIVILIAN", victim_effect="INJURY"
)
ALL = (GUNMEN, JUDGE, ROSS, ROSS_AGAIN, BOMB, DOCKERS)


def test_a_name_and_its_part_are_one_filler_under_the_whole_name() -> None:
    (found,) = [e for e in entities_in(tagged(ROSS, ROSS_AGAIN), shipped().entity) if e.kind == "Victim"]
    assert found.name == "IDA ROSS"
    assert len(found.mentions) == 2


def test_unsure_fillers_are_left_out() -> None:
    assert entities_in(tagged(mention("Victim", "Ida Ross", KILLING, score=0.2)), shipped().entity) == []


def test_victims_of_two_incidents_get_a_template_each() -> None:
    groups = incidents_of(entities_in(tagged(*ALL), shipped().entity), shipped().together)
    assert [(g.type, sorted(e.name for e in g.entities)) for g in groups] == [
        ("ATTACK", ["GUNMEN", "IDA ROSS", "JUDGE"]),
        ("BOMBING", ["BOMB", "DOCKERS"]),
    ]


def test_a_template_says_who_was_hit_when_and_where() -> None:
    killing, blast = templates_of(tagged(*ALL), scene())
    assert killing["incident_date"] == "1988-03-03"
    assert killing["incident_location"] == "CHILE: ALTAMIRA (CITY)"
    assert killing["hum_tgt_name"] == ["IDA ROSS"]
    assert killing["hum_tgt_description"] == [{"value": "JUDGE", "ref": "IDA ROSS"}]
    assert killing["hum_tgt_type"] == [{"value": "LEGAL OR JUDICIAL", "ref": "IDA ROSS"}]
    assert killing["hum_tgt_effect_of_incident"] == [{"value": "DEATH", "ref": "IDA ROSS"}]
    assert blast["incident_date"] == "1988-03-01"
    assert blast["hum_tgt_number"] == [{"value": "6", "ref": "DOCKERS"}]
    assert blast["incident_instrument_type"] == [{"value": "BOMB", "ref": "BOMB"}]


def test_a_report_that_tells_of_no_incident_has_no_template() -> None:
    assert templates_of(tagged(*ALL, relevant=0.1), scene()) == []
    assert templates_of(tagged(), scene()) == []


def test_without_a_day_it_happened_on_or_before_publication() -> None:
    assert day_of(scene(), [(88, 101)]) == "../1988-03-04"


def test_the_country_is_that_of_the_report_where_a_sentence_names_no_place() -> None:
    assert place_of(scene(), [(88, 101)]) == "CHILE"


@pytest.mark.parametrize(
    ("text", "words", "several", "number"),
    [
        ("six dockers fled", "dockers", 0.9, "6"),
        ("12 young dockers fled", "dockers", 0.9, "12"),
        ("two dockers fled", "two dockers", 0.9, "2"),
        ("dockers fled", "dockers", 0.9, "PLURAL"),
        ("the docker fled", "docker", 0.1, "1"),
        ("on 6 March. Dockers fled", "Dockers", 0.9, "PLURAL"),
    ],
)
def test_the_number_is_the_figure_before_the_words(
    text: str, words: str, several: float, number: str
) -> None:
    start = text.index(words)
    assert number_of(text, start, start + len(words), several) == number
