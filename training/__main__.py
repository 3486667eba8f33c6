"""`python -m training --corpora DIR`: train the bundled pipeline and write it to its folder."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from training import corpora, package
from training.corpora import FILES

_ROOT = Path(__file__).parent.parent
_PIPELINE = _ROOT / "reader" / "recognize" / "pipeline"
_COUNTRIES = _ROOT / "reader" / "names" / "data" / "countries.psv"


def main() -> int:
    """Train the bundled pipeline, evaluate it if gold documents are given, and write it. Return the exit code."""
    cli = argparse.ArgumentParser(prog="python -m training", description="Train the bundled pipeline.")
    cli.add_argument("--corpora", type=Path, required=True, metavar="DIR", help="folder of the corpora (.jsonl)")
    cli.add_argument("--out", type=Path, default=_PIPELINE, metavar="DIR", help="folder to write the pipeline to")
    cli.add_argument("--seed", type=int, default=0, metavar="N")
    cli.add_argument("--epochs", type=int, metavar="N", help="passes over the corpora")
    cli.add_argument("--gold", type=Path, nargs="*", default=[], metavar="FILE", help="gold documents to evaluate on")
    args = cli.parse_args()
    missing = [name for name in FILES if not (args.corpora / f"{name}.jsonl").is_file()]
    if missing:
        print(f"corpora are missing in {args.corpora}: {', '.join(missing)}", file=sys.stderr)
        return 1
    try:
        return run(args)
    except (OSError, ValueError) as error:
        print(f"training failed: {error}", file=sys.stderr)
        return 1


def run(args: argparse.Namespace) -> int:
    """Run the training with parsed arguments. Return the exit code."""
    for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(variable, "1")  # before NumPy is imported: one thread always sums in the same order
    from dataclasses import replace

    from reader.recognize.rules.typesetting.capitals import Casing
    from training.casing import small_words
    from training.evaluate import report
    from training.train import Recipe, train

    recipe = Recipe() if args.epochs is None else replace(Recipe(), epochs=args.epochs)
    demonyms = corpora.read_demonyms(_COUNTRIES)
    paths = [args.corpora / f"{name}.jsonl" for name in FILES]
    documents = [document for path in paths for document in corpora.read_corpus(path)]
    samples = corpora.training_samples(documents, demonyms)
    small = small_words(documents)
    nlp = train(samples, recipe, Casing(small=frozenset(small)), args.seed, lambda line: print(line, flush=True))
    record = {
        "seed": args.seed,
        "recipe": recipe.described(),
        "corpora": {path.name: f"sha256:{corpora.digest(path)}" for path in paths},
        "versions": package.versions(),
        "scores": report(nlp, args.gold) if args.gold else {},
    }
    package.write(nlp, args.out, record, small)
    print(f"written to {args.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
