"""Benchmarks: what is scored, by the names under which others know it, and the findings that each is about.

A benchmark over single reports is scored from one layer of findings; what is over many reports, or asks for templates, has a
scorer of its own.
A new benchmark needs a line in one of the two, a scorer, and the systems to set beside it in data/published.yaml.
"""

from __future__ import annotations

LAYER_OF = {"cases": "claims", "attribution": "attributions", "time": "dates", "place": "places"}
"""The layer of findings that each benchmark over single reports is scored from."""

BY_THEMSELVES = ("positions", "linking", "muc4")
"""The benchmarks over many reports together, or of a task of their own."""
