"""MUC-4 (1992): from what the reader finds to incident templates of 24 slots, and their scoring."""

from variorum.evaluation.muc4.answering import Answers, answer, evaluate_muc4
from variorum.evaluation.muc4.role_fillers import score_role_fillers
from variorum.evaluation.muc4.scoring import Tally, score_templates

__all__ = ["Answers", "Tally", "answer", "evaluate_muc4", "score_role_fillers", "score_templates"]
