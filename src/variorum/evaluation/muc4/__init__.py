"""MUC-4 (1992): from what the reader finds to incident templates of 24 slots, and their scoring."""

from variorum.evaluation.muc4.answering import Key, checked_answers, load_keys, templates_in
from variorum.evaluation.muc4.measuring import score_answers
from variorum.evaluation.muc4.role_fillers import score_role_fillers
from variorum.evaluation.muc4.scoring import Tally, score_templates

__all__ = [
    "Key",
    "Tally",
    "checked_answers",
    "load_keys",
    "score_answers",
    "score_role_fillers",
    "score_templates",
    "templates_in",
]
