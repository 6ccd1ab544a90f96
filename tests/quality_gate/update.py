"""Measure the reader on the quality gate's set and set its floors anew.

python -m tests.quality_gate.update                     # floors rise, or stay
python -m tests.quality_gate.update --lower "REASON"    # floors may fall; the reason is kept in the baseline
"""

from __future__ import annotations

import argparse
import sys

from tests.quality_gate.gate import Baseline, NotWithoutReason, digest, measure


def main(arguments: list[str] | None = None) -> int:
    """Write the baseline. Exit status 1, and nothing written, if a floor would fall without a reason."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--lower", metavar="REASON", default="", help="why floors may be lowered")
    asked = parser.parse_args(arguments)
    old, figures = Baseline.load(), measure()
    try:
        new = old.updated(figures, digest(), asked.lower.strip())
    except NotWithoutReason as refused:
        print(f'not written: {refused}. If that is right, give --lower "REASON"', file=sys.stderr)
        return 1
    new.save()
    for layer, floors in new.floors.items():
        for name, floor in floors.items():
            before = old.floors.get(layer, {}).get(name)
            was = "" if before is None or before == floor else f" (was {before:.3f})"
            print(f"{layer:13} {name:18} F1 {figures[layer][name]:.3f}  floor {floor:.3f}{was}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
