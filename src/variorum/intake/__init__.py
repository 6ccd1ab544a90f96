"""Intake: whatever was handed over → `Report`, or an `InputError` that says what, where and what to do.

Reads single reports from plain text, saved HTML pages, JSON Lines, JSON, folders and standard input, and takes in
readings that were kept. Nothing is fetched from the network. All codes are told in docs/errors.md.
"""

from variorum.intake.dates import parse_day
from variorum.intake.reports import read_inputs, read_reports

__all__ = ["parse_day", "read_inputs", "read_reports"]
