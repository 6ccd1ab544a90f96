"""What stands behind a figure: its words in their sentence, reach apart from origins."""

from __future__ import annotations

from tests.dossier.incident.pile import dispute, dossier_of
from tests.invented import ARMY, CLINIC
from variorum.dossier import IncidentLayout, lay_out_incident
from variorum.dossier.incident.evidence import Behind, behind


def laid_out() -> IncidentLayout:
    readings = dispute()
    return lay_out_incident(dossier_of(readings), readings)


def of(layout: IncidentLayout, siglum: str, words: str) -> Behind:
    note = next(
        note for one in layout.reports for note in one.notes if note.siglum == siglum and note.words == words
    )
    found = behind(layout, note.claim.id)
    assert found is not None
    return found


def test_every_claim_is_found_with_its_own_words_first() -> None:
    layout = laid_out()
    notes = [note for one in layout.reports for note in one.notes]
    assert notes
    for note in notes:
        found = behind(layout, note.claim.id)
        assert found is not None
        assert found.first.note.claim.id == note.claim.id
        for heard in found.heard:
            text = heard.lettered.report.text
            assert heard.before + heard.note.words + heard.after in text
            assert "\n" not in heard.before + heard.after
    assert behind(layout, "claim-0000000000000000") is None


def test_a_copy_adds_reach_and_no_origin() -> None:
    layout = laid_out()
    found = of(layout, "A", "nine raiders died")
    assert [one.siglum for one in found.reports] == ["A", "B"]
    assert [(note.siglum, one.publisher) for note, one in found.first.also] == [("B", "Reef Courier")]
    assert found.figure is not None
    assert found.figure.told.superseded
    assert found.figure.told.basis is None
    standing = of(layout, "C", "31 raiders died").figure
    assert standing is not None
    assert standing.told.basis is not None
    assert [name for name, _ in standing.told.basis.origins] == [ARMY]


def test_what_answers_no_question_has_words_and_reach_alone() -> None:
    found = of(laid_out(), "A", "the wounded came by boat")
    assert found.figure is None
    assert found.first.note.source == CLINIC
    assert [one.siglum for one in found.reports] == ["A", "B"]
