"""Strict scores of a pipeline, span and label, on gold documents: the model alone, block by block."""

from __future__ import annotations

import argparse
import json
import re
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from spacy.language import Language

SCORED: Final = ("PERSON", "NORP", "ORG", "GPE", "LOC", "FAC", "EVENT", "PRODUCT", "WORK_OF_ART", "LAW")


def blocks(text: str) -> list[tuple[int, str]]:
    """Return (offset, line) of each line that holds anything."""
    return [(match.start(), match.group()) for match in re.finditer(r"[^\n]*\S[^\n]*", text)]


def predict(nlp: Language, texts: Sequence[str]) -> list[set[tuple[int, int, str]]]:
    """Return the names that the pipeline finds in each text, line by line."""
    parts = [(number, offset, line) for number, text in enumerate(texts) for offset, line in blocks(text)]
    found: list[set[tuple[int, int, str]]] = [set() for _ in texts]
    docs = nlp.pipe((line for _, _, line in parts), batch_size=128)
    for (number, offset, _), doc in zip(parts, docs, strict=True):
        found[number] |= {(offset + e.start_char, offset + e.end_char, e.label_) for e in doc.ents}
    return found


def read_gold(path: Path) -> list[dict[str, Any]]:
    """Return the records of a JSON lines file."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def score(gold: Sequence[dict[str, Any]], found: Sequence[set[tuple[int, int, str]]]) -> dict[str, Counter[str]]:
    """Return true and false positives and false negatives per label; key "all" is the sum, "span" ignores labels."""
    per: dict[str, Counter[str]] = defaultdict(Counter)
    for record, names in zip(gold, found, strict=True):
        allowed = set(record.get("covers") or SCORED) & set(SCORED)
        want = {(e["start"], e["end"], e["label"]) for e in record["ents"] if e["label"] in allowed}
        free = [(u["start"], u["end"]) for u in record.get("unmapped") or ()]
        got = {n for n in names if n[2] in allowed}
        got = {n for n in got if n in want or not any(n[0] < e and s < n[1] for s, e in free)}
        for kind, group in (("tp", want & got), ("fp", got - want), ("fn", want - got)):
            per["all"][kind] += len(group)
            for name in group:
                per[name[2]][kind] += 1
        spans, found_spans = {n[:2] for n in want}, {n[:2] for n in got}
        per["span"].update(tp=len(spans & found_spans), fp=len(found_spans - spans), fn=len(spans - found_spans))
    return per


def prf(counts: Counter[str]) -> tuple[float, float, float]:
    """Return precision, recall and F of counts of "tp", "fp" and "fn"."""
    precision = counts["tp"] / (counts["tp"] + counts["fp"] or 1)
    recall = counts["tp"] / (counts["tp"] + counts["fn"] or 1)
    return precision, recall, 2 * precision * recall / (precision + recall or 1)


def report(nlp: Language, files: Sequence[Path], per_label: bool = True) -> dict[str, float]:
    """Print the scores on each file and return F by the file's stem."""
    result = {}
    for path in files:
        gold = read_gold(path)
        per = score(gold, predict(nlp, [record["text"] for record in gold]))
        result[path.stem] = prf(per["all"])[2]
        rows = [label for label in SCORED if per_label and per[label].total()] + ["span", "all"]
        cells = []
        for row in rows:
            p, r, f = prf(per[row])
            cells.append(f"{row} {p:.3f}/{r:.3f}/{f:.3f}({per[row]['tp'] + per[row]['fn']})")
        print(f"{path.stem}: " + "  ".join(cells), flush=True)
    return result


def speed(nlp: Language, texts: Sequence[str]) -> float:
    """Return words (runs of non-space) recognized a second."""
    parts = [line for text in texts for _, line in blocks(text)]
    list(nlp.pipe(parts[:64], batch_size=128))
    start = time.perf_counter()
    list(nlp.pipe(parts, batch_size=128))
    return sum(len(part.split()) for part in parts) / (time.perf_counter() - start)


def main() -> None:
    """Print the scores and the speed of the pipeline in a folder."""
    cli = argparse.ArgumentParser(prog="python -m training.evaluate", description=main.__doc__)
    cli.add_argument("pipeline", type=Path)
    cli.add_argument("gold", type=Path, nargs="+")
    args = cli.parse_args()
    import spacy

    import reader.recognize.network.tokenization  # noqa: F401  (registers)

    started = time.perf_counter()
    nlp = spacy.load(args.pipeline)
    print(f"loaded in {1000 * (time.perf_counter() - started):.0f} ms")
    report(nlp, args.gold)
    texts = [record["text"] for path in args.gold for record in read_gold(path)]
    print(f"{speed(nlp, texts):,.0f} words a second")


if __name__ == "__main__":
    main()
