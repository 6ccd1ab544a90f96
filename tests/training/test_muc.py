"""MUC-4 windows: every filler is labelled where it stands, with what the key says of it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from training.muc_labels import entities_of, located, muc_items
from variorum.evaluation.muc4.outputs import INSTRUMENTS, KINDS, ROLE_SLOTS, TYPES, VICTIM_EFFECTS
from variorum.evaluation.muc4.slots import slots

TEXT = (
    "ALTAMIRA, 4 March 1988 -- [TEXT] Gunmen shot dead judge Ida Ross of the harbour\ncourt. "
    "Ross was 50. Six dockers fled. Rain fell."
)


def filler(*values: str, ref: str | None = None, **more: Any) -> dict[str, Any]:
    options = [{"value": v} | ({"ref": [ref]} if ref else {}) for v in values]
    return {"optional": False, "any": options} | more


def key() -> dict[str, Any]:
    template: dict[str, Any] = dict.fromkeys(slots())
    return template | {
        "optional": False,
        "incident_type": [filler("ATTACK")],
        "incident_stage_of_execution": [filler("ACCOMPLISHED")],
        "incident_instrument_type": [filler("GUN")],
        "perp_incident_category": [],
        "perp_individual_id": [filler("GUNMEN")],
        "hum_tgt_name": [filler("IDA ROSS", "ROSS")],
        "hum_tgt_description": [filler("JUDGE", ref="IDA ROSS"), filler("HARBOUR COURT"), filler("ALTAMIRA")],
        "hum_tgt_effect_of_incident": [filler("DEATH", ref="IDA ROSS")],
        "hum_tgt_number": [filler("1", ref="IDA ROSS")],
    }


def report(*templates: dict[str, Any]) -> dict[str, Any]:
    return {"id": "r", "text_cased": TEXT, "templates": list(templates)}


def test_every_occurrence_in_the_body_is_found_the_longer_name_first() -> None:
    entities = entities_of([key()])
    found = [(TEXT[a:b], entities[i].kind) for a, b, i in located(TEXT, entities)]
    assert found == [
        ("Gunmen", "PerpInd"),
        ("Ida Ross", "Victim"),
        ("Ross", "Victim"),
        ("judge", "Described"),
        ("harbour\ncourt", "Described"),
    ]


def test_a_filler_of_two_templates_is_one_entity() -> None:
    entities = entities_of([key(), key()])
    assert len(entities) == len(entities_of([key()]))
    assert all(e.templates == (0, 1) for e in entities)


def test_words_are_tagged_and_described() -> None:
    (item,) = muc_items(report(key()))
    assert item.roles is not None
    assert item.relevant == (1.0, 1.0)
    assert item.roles.shape == (len(KINDS), len(item.ids))
    begun = {kind: int((row == 1).sum()) for kind, row in zip(KINDS, item.roles, strict=True)}
    assert begun == {"PerpInd": 1, "PerpOrg": 0, "Target": 0, "Victim": 2, "Described": 2, "Weapon": 0}
    judge = next(m for m in item.mentions if KINDS[m.kind] == "Victim")
    assert judge.values["victim_effect"] == VICTIM_EFFECTS.index("DEATH")
    assert judge.values["number"] == 0
    assert judge.types == [float(t == "ATTACK") for t in TYPES]
    assert "category" not in judge.values or judge.values["category"] == 0


def test_sentences_tell_of_the_incidents_whose_victims_they_name() -> None:
    (item,) = muc_items(report(key()))
    told = [bool(sum(s.types)) for s in item.told]
    assert told[-2:] == [False, False]
    first = next(s for s in item.told if sum(s.types))
    assert [name for name, mark in zip(INSTRUMENTS, first.instruments, strict=True) if mark] == ["GUN"]


def test_a_report_without_templates_has_only_negative_labels() -> None:
    (item,) = muc_items(report())
    assert item.relevant == (0.0, 0.0)
    assert not item.mentions
    assert item.roles is not None
    assert not np.any(item.roles)


@pytest.mark.parametrize("width", [8, 12])
def test_the_loss_fits_an_encoder_of_any_width(width: int) -> None:
    torch = pytest.importorskip("torch")
    from training.muc_losses import WEIGHTS, MucHeads, muc_loss, muc_losses

    items = [*muc_items(report(key())), *muc_items(report())]
    size = max(len(i.ids) for i in items)
    ids = torch.tensor([i.ids + [0] * (size - len(i.ids)) for i in items])
    hidden = torch.randn(len(items), size, width, requires_grad=True)
    heads = MucHeads(width)
    assert set(muc_losses(heads, hidden, ids, items)) == set(WEIGHTS)
    muc_loss(heads, hidden, ids, items).backward()
    assert hidden.grad.abs().sum() > 0


def test_all_kinds_of_words_have_a_slot() -> None:
    assert set(ROLE_SLOTS) == set(KINDS)
    assert set(ROLE_SLOTS.values()) <= set(slots())
