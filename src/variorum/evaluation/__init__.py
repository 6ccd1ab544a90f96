"""Evaluation: findings in the shapes that scorers read, and scorers for users' own annotated data."""

from variorum.evaluation.annotated import AnnotatedData, load_annotated
from variorum.evaluation.figures import Difference, Measure, Scores
from variorum.evaluation.layers import LAYERS
from variorum.evaluation.scoring import score_response, score_rows

__all__ = [
    "LAYERS",
    "AnnotatedData",
    "Difference",
    "Measure",
    "Scores",
    "load_annotated",
    "score_response",
    "score_rows",
]
