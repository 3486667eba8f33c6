"""Evaluate a pipeline on gold documents, line by line and without the document pass; span and label must match."""

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
    """Return the offset and text of each line that is not blank."""
    return [(match.start(), match.group()) for match in re.finditer(r"[^\n]*\S[^\n]*", text)]


def predict(nlp: Language, texts: Sequence[str]) -> list[set[tuple[int, int, str]]]:
    """Return the names that the pipeline finds in each text, line by line."""
    parts = [(number, offset, line) for number, text in enumerate(texts) for offset, line in blocks(text)]
    names: list[set[tuple[int, int, str]]] = [set() for _ in texts]
    docs = nlp.pipe((line for _, _, line in parts), batch_size=128)
    for (number, offset, _), doc in zip(parts, docs, strict=True):
        names[number] |= {(offset + name.start_char, offset + name.end_char, name.label_) for name in doc.ents}
    return names


def read_gold(path: Path) -> list[dict[str, Any]]:
    """Return the records of a JSON lines file."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def score(gold: Sequence[dict[str, Any]], predicted: Sequence[set[tuple[int, int, str]]]) -> dict[str, Counter[str]]:
    """Return the counts of true positives, false positives and false negatives by label: "tp", "fp" and "fn".

    The key "all" has the sum over all labels; "span" compares spans only.
    """
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for record, names in zip(gold, predicted, strict=True):
        allowed = set(record.get("covers") or SCORED) & set(SCORED)
        correct = {(name["start"], name["end"], name["label"]) for name in record["ents"] if name["label"] in allowed}
        unknown = [(span["start"], span["end"]) for span in record.get("unmapped") or ()]
        scored = {
            name
            for name in names
            if name[2] in allowed
            and (name in correct or not any(name[0] < end and start < name[1] for start, end in unknown))
        }
        for outcome, group in (("tp", correct & scored), ("fp", scored - correct), ("fn", correct - scored)):
            counts["all"][outcome] += len(group)
            for name in group:
                counts[name[2]][outcome] += 1
        correct_spans, spans = {name[:2] for name in correct}, {name[:2] for name in scored}
        counts["span"].update(
            tp=len(correct_spans & spans), fp=len(spans - correct_spans), fn=len(correct_spans - spans)
        )
    return counts


def prf(counts: Counter[str]) -> tuple[float, float, float]:
    """Return precision, recall and F for counts of "tp", "fp" and "fn"."""
    precision = counts["tp"] / (counts["tp"] + counts["fp"] or 1)
    recall = counts["tp"] / (counts["tp"] + counts["fn"] or 1)
    return precision, recall, 2 * precision * recall / (precision + recall or 1)


def report(nlp: Language, files: Sequence[Path], per_label: bool = True) -> dict[str, float]:
    """Print the scores on each file, and return F by the name of the file without its suffix."""
    f_by_file = {}
    for path in files:
        gold = read_gold(path)
        counts = score(gold, predict(nlp, [record["text"] for record in gold]))
        f_by_file[path.stem] = prf(counts["all"])[2]
        rows = [label for label in SCORED if per_label and counts[label].total()] + ["span", "all"]
        cells = []
        for row in rows:
            precision, recall, f = prf(counts[row])
            total = counts[row]["tp"] + counts[row]["fn"]
            cells.append(f"{row} {precision:.3f}/{recall:.3f}/{f:.3f}({total})")
        print(f"{path.stem}: " + "  ".join(cells), flush=True)
    return f_by_file


def speed(nlp: Language, texts: Sequence[str]) -> float:
    """Return the number of words (runs without white space) recognized per second."""
    parts = [line for text in texts for _, line in blocks(text)]
    list(nlp.pipe(parts[:64], batch_size=128))
    start = time.perf_counter()
    list(nlp.pipe(parts, batch_size=128))
    return sum(len(part.split()) for part in parts) / (time.perf_counter() - start)


def main() -> None:
    """Print the scores and the speed of the pipeline in a folder."""
    cli = argparse.ArgumentParser(
        prog="python -m training.evaluate", description="Print the scores and the speed of a pipeline."
    )
    cli.add_argument("pipeline", type=Path)
    cli.add_argument("gold", type=Path, nargs="+")
    args = cli.parse_args()
    import spacy

    import reader.recognize.network.tagger  # noqa: F401  (registers the component and the tokenizer)

    start = time.perf_counter()
    nlp = spacy.load(args.pipeline)
    print(f"loaded in {1000 * (time.perf_counter() - start):.0f} ms")
    report(nlp, args.gold)
    texts = [record["text"] for path in args.gold for record in read_gold(path)]
    print(f"{speed(nlp, texts):,.0f} words per second")


if __name__ == "__main__":
    main()
