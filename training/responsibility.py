"""Learn who is said to have done it (`variorum.reading.responsibility`) and say what it is worth on reports held out.

    python -m training.responsibility BENCH CACHE [--write] [--fresh]

BENCH is the folder of benchmarks; CACHE a file where the reports, once read by the network, are kept (--fresh reads them
again, as new weights ask for). The weights of words are fitted on the reports that the network was trained on and judged
by cross-validation over cases; those that blend them with the network's own scores on the reports held back, judged by
cross-validation over these and on the development cases, which no weight has seen. --write stores both in the package.
"""

from __future__ import annotations

import hashlib
import importlib.util
import pickle
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import ModuleType
from typing import Annotated, Any

import numpy as np
import typer
from scipy import sparse
from scipy.optimize import minimize

from training.held_back import held_back
from training.written import TEXTS, written
from variorum.model import Span, Stance
from variorum.reading.attribution import Said, find_attributions
from variorum.reading.encoder.masking import masks_of
from variorum.reading.encoder.names import names_in
from variorum.reading.encoder.outputs import STANCES
from variorum.reading.encoder.session import Encoded, Session
from variorum.reading.findings import Finding, find_tolls
from variorum.reading.parties import load_lexicon, resolve_parties
from variorum.reading.quantities import find_quantities
from variorum.reading.responsibility.candidates import Candidate, candidates
from variorum.reading.responsibility.finding import LEAST, claim_of
from variorum.reading.responsibility.weighing import BLENDED, blended, probabilities
from variorum.reading.spans import find_names

FOLDS = 5
PRIOR, BLEND_PRIOR = 4.0, 5.0
"""Strength of the normal prior on the weights of words, and of the blend."""
WRITTEN = 0.7
"""What a written report counts beside a real one; chosen by cross-validation over the real ones."""
RARE = 4
"""Features of fewer candidates are left out."""
LEVELS = (0.15, 0.2, 0.25, 0.3)
REAL = ("muc4", "local", "newswire", "press", "gujarat")
LABELS = {"person": "PERSON", "organisation": "ORG", "place": "GPE"}
DATA = Path(__file__).parents[1] / "src/variorum/reading/responsibility/data"


@dataclass
class Read:
    """A report as the network reads it."""

    case: str
    part: str  # train, held, dev or written
    report: dict[str, Any]
    encoded: Encoded
    attributions: tuple[Said, ...]
    tagged: tuple[tuple[int, int, str, float], ...]
    tolls: tuple[Finding, ...]
    found: list[Candidate] = field(default_factory=list)
    golds: list[dict[str, Any]] = field(default_factory=list)
    parties: list[str] = field(default_factory=list)  # of the candidates, where the report has claims
    stances: np.ndarray = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    counts: np.ndarray = field(default_factory=lambda: np.zeros(0, dtype=np.float32))


def fold_of(one: Read) -> int:
    real = "-" in one.case and one.case.split("-")[0] in REAL
    return int(hashlib.md5((one.report["id"] if real else one.case).encode()).hexdigest(), 16) % FOLDS


def read_all(bench: Path, session: Session, scorer: ModuleType) -> Iterator[Read]:
    for folder in ("", "train", "real"):
        for case in scorer.load_cases([bench / "cases" / folder]):
            for report in case["reports"]:
                part = "dev" if not folder else "held" if held_back(case["case"], report["id"]) else "train"
                yield read_one(session, case["case"], part, report)
    for report in written(TEXTS):
        yield read_one(session, report["id"], "written", report)


def read_one(session: Session, case: str, part: str, report: dict[str, Any]) -> Read:
    text = report["text"]
    encoded = session.encode(text, masks_of(text, names_in(text, load_lexicon())))
    attributions = find_attributions(session, encoded)
    return Read(
        case, part, report, replace(encoded, states=encoded.states.astype(np.float16)),
        attributions, find_names(session, encoded),
        find_tolls(session, encoded, find_quantities(text), attributions),
    )  # fmt: skip


def label(one: Read, session: Session, scorer: ModuleType, names: Any) -> None:
    """Find the candidates of a report and which claim each makes; one of a gold claim, the others of its party count nothing."""
    text = one.report["text"]
    encoded = replace(one.encoded, states=one.encoded.states.astype(np.float32))
    one.found = candidates(
        session, encoded, one.attributions, names_in(text, load_lexicon()), one.tagged, one.tolls
    )
    one.stances = np.zeros(len(one.found), dtype=np.int64)
    one.counts = np.ones(len(one.found), dtype=np.float32)
    golds = [dict(g) for g in one.report["claims"] if g["kind"] == "responsibility"]
    if one.part == "written":
        label_written(one, golds)
        return
    for gold in golds:
        gold["_span"] = scorer.locate(text, gold)
    one.golds = [g for g in golds if not g.get("background")]
    if not golds or not one.found:
        return
    one.parties = parties(one, [c.mention.span for c in one.found])
    for gold in golds:
        low, high = gold["_span"]
        mine = [
            n
            for n, c in enumerate(one.found)
            if c.scene.sentence.span[0] < high
            and low < c.scene.sentence.span[1]
            and names.same_actor(gold, {"actor": one.parties[n]})
        ]
        if not mine:
            continue

        def fit(n: int, low: int = low, high: int = high) -> tuple[bool, bool, bool, float]:
            c = one.found[n]
            inside = c.mention.span[0] < high and low < c.mention.span[1]
            return inside and not c.mention.pronoun, inside, bool(c.scene.of(c.mention)), float(c.learned[0])

        best = max(mine, key=fit)
        for n in mine:
            if not one.stances[n]:
                one.counts[n] = 0.0
        one.counts[best] = 1.0
        if not gold.get("background"):
            one.stances[best] = 1 + STANCES.index(Stance(gold["stance"]))


def label_written(one: Read, golds: Sequence[dict[str, Any]]) -> None:
    """Written reports tell where their actors are named; those named outside the claim's sentence count nothing."""
    for c in one.found:
        c.features["written"] = 1.0
    for gold in golds:
        low, high = gold["span"]
        mine = [
            n
            for n, c in enumerate(one.found)
            if c.scene.sentence.span[0] < high and low < c.scene.sentence.span[1]
        ]
        named = [n for n in mine if _touch(one.found[n].mention.span, gold["actor_span"])]
        for n in () if named else mine:
            if not one.stances[n]:
                one.counts[n] = 0.0
        for n in named[-1:]:
            one.counts[n] = 1.0
            if not gold.get("background"):
                one.stances[n] = 1 + STANCES.index(Stance(gold["stance"]))


def _touch(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def parties(one: Read, spans: Sequence[Span]) -> list[str]:
    tagged = [(a, b, LABELS[kind]) for a, b, kind, _ in one.tagged if kind in LABELS]
    return [p.party for p in resolve_parties(one.report["text"], spans, names=tagged, lexicon=load_lexicon())]


def matrix(found: Sequence[Candidate], index: dict[str, int]) -> Any:
    rows, columns, values = [], [], []
    for n, one in enumerate(found):
        for name, value in one.features.items():
            if name in index:
                rows.append(n)
                columns.append(index[name])
                values.append(value)
    shape = (len(found), len(index))
    return sparse.csr_matrix((np.array(values, dtype=np.float32), (rows, columns)), shape=shape)


def fit(x: Any, stances: np.ndarray, counts: np.ndarray, prior: float, steps: int = 50) -> np.ndarray:
    """Weights [features, stances], log odds against none, of a multinomial model with a normal prior."""
    size, wide = x.shape[1], len(STANCES)
    target = np.eye(wide + 1, dtype=np.float32)[stances][:, 1:]
    turned = x.T.tocsr() if sparse.issparse(x) else x.T
    rows = counts[:, None]

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        w = flat.reshape(size, wide).astype(np.float32)
        told = x @ w
        p = probabilities(told)[:, 1:]
        value = (rows * target * told).sum() - (
            counts * np.log1p(np.exp(np.clip(told, -30, 30)).sum(1))
        ).sum()
        slope = turned @ (rows * (p - target)) + prior * w
        return float(-value + prior * 0.5 * (w * w).sum()), slope.ravel().astype(np.float64)

    best = minimize(loss, np.zeros(size * wide), jac=True, method="L-BFGS-B", options={"maxiter": steps})
    return best.x.reshape(size, wide).astype(np.float32)


def fit_blend(x: np.ndarray, stances: np.ndarray, counts: np.ndarray, prior: float) -> np.ndarray:
    """Weights [features] shared by all stances, from [candidates, stances, features]."""
    target = np.eye(len(STANCES) + 1, dtype=np.float32)[stances][:, 1:]
    rows = counts[:, None]

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        told = x @ w.astype(np.float32)
        p = probabilities(told)[:, 1:]
        value = (rows * target * told).sum() - (
            counts * np.log1p(np.exp(np.clip(told, -30, 30)).sum(1))
        ).sum()
        slope = np.einsum("ns,nsf->f", rows * (p - target), x) + prior * w
        return float(-value + prior * 0.5 * (w * w).sum()), slope.astype(np.float64)

    return minimize(loss, np.zeros(x.shape[2]), jac=True, method="L-BFGS-B").x.astype(np.float32)


class Judge:
    """Scores claims as the benchmark does."""

    def __init__(self, scorer: ModuleType, names: Any, session: Session) -> None:
        self._scorer, self._names, self._session = scorer, names, session
        self._made: dict[tuple[str, int, int], dict[str, Any]] = {}

    def claims(self, one: Read, chance: np.ndarray, least: float) -> list[dict[str, Any]]:
        """The claims of a report, as a response to the benchmark."""
        wanted = [(int(n), int(np.argmax(chance[n, 1:]))) for n in np.flatnonzero(1 - chance[:, 0] >= least)]
        self._make(one, wanted)
        best: dict[tuple[int, str], tuple[float, dict[str, Any]]] = {}
        for n, k in wanted:
            scene, row = one.found[n].scene, self._made[one.report["id"], n, k]
            key = (scene.place, one.found[n].mention.key)
            sure = float(1 - chance[n, 0])
            if key not in best or best[key][0] < sure:
                best[key] = sure, row
        rows = [dict(row) for _, row in best.values() if not row["background"]]
        return list({tuple(sorted((k, str(v)) for k, v in row.items())): row for row in rows}.values())

    def _make(self, one: Read, wanted: Sequence[tuple[int, int]]) -> None:
        """Work out what candidates claim, of whom and by whom; where there is no gold, nobody need be named."""
        name = one.report["id"]
        new = [(n, k) for n, k in wanted if (name, n, k) not in self._made]
        if not new:
            return
        if one.encoded.states.dtype != np.float32:
            one.encoded = replace(one.encoded, states=one.encoded.states.astype(np.float32))
        made = [
            claim_of(self._session, one.encoded, one.attributions, one.found[n], STANCES[k], 1.0)
            for n, k in new
        ]
        spans = sorted(
            {s for f in made for s in (f.source, f.actor) if s} | {c.mention.span for c in one.found}
        )
        called = parties(one, spans) if one.parties else [one.report["text"][slice(*s)] for s in spans]
        named = dict(zip(spans, called, strict=True))
        for (n, k), f in zip(new, made, strict=True):
            self._made[name, n, k] = {
                "kind": "responsibility", "start": f.span[0], "end": f.span[1], "_span": f.span,
                "source": named[f.source] if f.source else "reporter", "actor": named[f.actor] if f.actor else "",
                "stance": str(f.stance), "certainty": str(f.certainty), "background": f.background,
            }  # fmt: skip

    def figures(self, reads: Sequence[Read], chance: dict[str, np.ndarray], least: float) -> str:
        gold = got = one_right = all_right = 0
        for one in reads:
            claims = self.claims(one, chance[one.report["id"]], least)
            tokens = [m.span() for m in re.finditer(r"\w+", one.report["text"])] if one.golds else []
            pairs = self._scorer.align("responsibility", one.golds, claims, tokens, self._names, False)
            claims, pairs = self._scorer.drop_other_halves(one.golds, claims, pairs, self._names)
            gold, got = gold + len(one.golds), got + len(claims)
            one_right += sum(agreed[0] for *_, agreed in pairs)
            all_right += sum(agreed[1] for *_, agreed in pairs)
        r1, r2 = (2 * right / max(1, got + gold) for right in (one_right, all_right))
        p1, c1 = one_right / max(1, got), one_right / max(1, gold)
        return f"{least}: {gold} gold, {got} found, R1 {r1:.3f} (P {p1:.2f} R {c1:.2f}), R2 {r2:.3f}"


def stacked(reads: Sequence[Read], rows: np.ndarray) -> dict[str, np.ndarray]:
    """Rows of all candidates, by report."""
    ends = np.cumsum([len(one.found) for one in reads])[:-1]
    return {one.report["id"]: part for one, part in zip(reads, np.split(rows, ends), strict=True)}


def main(
    bench: Path,
    cache: Path,
    write: Annotated[bool, typer.Option(help="store the weights in the package")] = False,
    fresh: Annotated[bool, typer.Option(help="read all reports again")] = False,
) -> None:
    spec = importlib.util.spec_from_file_location("score", bench / "cases/score.py")
    assert spec is not None
    assert spec.loader is not None
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    names = scorer.Names(sorted((bench / "cases").glob("**/aliases*.json")))
    session = Session()
    if fresh or not cache.exists():
        cache.write_bytes(pickle.dumps(list(read_all(bench, session, scorer))))
    reads: list[Read] = pickle.loads(cache.read_bytes())
    for one in reads:
        label(one, session, scorer, names)
    by_part = {
        part: [one for one in reads if one.part == part] for part in ("train", "held", "dev", "written")
    }
    for part, some in by_part.items():
        labelled = sum(int((one.stances > 0).sum()) for one in some)
        gold = sum(len(one.golds) for one in some)
        print(f"{part}: {len(some)} reports, {gold} claims, {labelled} have a candidate of the right actor")
    judge = Judge(scorer, names, session)
    learn(by_part, judge, write)


def learn(by_part: dict[str, list[Read]], judge: Judge, write: bool) -> None:
    all_of = {part: [c for one in some for c in one.found] for part, some in by_part.items()}
    seen = Counter(name for part in ("train", "written") for c in all_of[part] for name in c.features)
    index = {name: n for n, name in enumerate(sorted(name for name, count in seen.items() if count >= RARE))}
    x = {part: matrix(found, index) for part, found in all_of.items()}
    stances = {part: np.concatenate([one.stances for one in some]) for part, some in by_part.items()}
    counts = {part: np.concatenate([one.counts for one in some]) for part, some in by_part.items()}
    folds = {
        part: np.concatenate([np.full(len(one.found), fold_of(one)) for one in some])
        for part, some in by_part.items()
    }
    extra = x["written"], stances["written"], WRITTEN * counts["written"]

    def words_from(chosen: np.ndarray) -> np.ndarray:
        own = x["train"][chosen], stances["train"][chosen], counts["train"][chosen]
        return fit(
            sparse.vstack([own[0], extra[0]]).tocsr(), np.r_[own[1], extra[1]], np.r_[own[2], extra[2]], PRIOR
        )

    told = np.zeros((len(all_of["train"]), len(STANCES)), dtype=np.float32)
    for k in range(FOLDS):
        out = folds["train"] == k
        told[out] = x["train"][out] @ words_from(~out)
    report(judge, by_part["train"], probabilities(told), "words alone, cross-validation over cases")
    words = words_from(np.ones(len(folds["train"]), dtype=bool))
    whole = {part: blended(np.asarray(x[part] @ words), all_of[part]) for part in ("held", "dev")}
    told = np.zeros((len(all_of["held"]), len(STANCES)), dtype=np.float32)
    for k in range(FOLDS):
        out = folds["held"] == k
        told[out] = whole["held"][out] @ fit_blend(
            whole["held"][~out], stances["held"][~out], counts["held"][~out], BLEND_PRIOR
        )
    report(judge, by_part["held"], probabilities(np.asarray(x["held"] @ words)), "words alone, held back")
    report(judge, by_part["held"], probabilities(told), "blended, cross-validation over those held back")
    blend = fit_blend(whole["held"], stances["held"], counts["held"], BLEND_PRIOR)
    report(
        judge, by_part["dev"], probabilities(np.asarray(x["dev"] @ words)), "words alone, development cases"
    )
    report(judge, by_part["dev"], probabilities(whole["dev"] @ blend), "blended, development cases")
    if write:
        store("words_weights.tsv", "the words around a mention", list(index), words)
        store("blend_weights.tsv", "those words and the network's scores, together,", BLENDED, blend[:, None])


def report(judge: Judge, reads: list[Read], chance: np.ndarray, title: str) -> None:
    print(title)
    by_report = stacked(reads, chance)
    for least in sorted({*LEVELS, LEAST}):
        print("  ", judge.figures(reads, by_report, least), flush=True)


def store(name: str, what: str, features: Sequence[str], weights: np.ndarray) -> None:
    with (DATA / name).open("w", encoding="utf-8") as out:
        out.write(
            f"# How much {what} weighs for a claim of each stance ({', '.join(STANCES)}; log odds against none).\n"
        )
        out.write("# Written by training/responsibility.py.\n")
        for feature, row in zip(features, weights, strict=True):
            if feature != "written" and np.abs(row).max() >= 0.005:
                out.write("\t".join([feature, *(f"{v:.3f}" for v in row)]) + "\n")


if __name__ == "__main__":
    typer.run(main)
