"""Writes a trained pipeline as the program ships it: pruned, described, with the record of how it was made."""

from __future__ import annotations

import json
import platform
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from training.corpora import digest

if TYPE_CHECKING:
    from spacy.language import Language

NAME: Final = "reader_news"
VERSION: Final = "0.2.0"
LICENSE: Final = "CC BY-SA 4.0"
KEPT: Final = ("LICENSE", "MODEL_CARD.md")
"""Files of the folder that are written by hand."""
RECORD: Final = "training.json"
SMALL_WORDS: Final = "small_words.txt"


def write(nlp: Language, folder: Path, record: dict[str, Any], small_words: Sequence[str] = ()) -> None:
    """Replace the pipeline in `folder`, except for the files `KEPT`, and write `record` and `small_words` beside it.

    The pipeline goes through a fresh one, so that no word of the training texts travels in its vocabulary.
    """
    fresh = _fresh(nlp)
    folder.mkdir(parents=True, exist_ok=True)
    fresh.meta.update(
        name=NAME,
        version=VERSION,
        description="Names in English news articles and reports",
        license=LICENSE,
        spacy_git_version="",
        performance=record.get("scores", {}),
    )
    fresh.to_disk(folder)
    (folder / SMALL_WORDS).write_text("\n".join([*small_words, ""]), encoding="utf-8")
    digests = {path.name: f"sha256:{digest(path)}" for path in sorted((folder / "ner").iterdir())}
    record = record | {"written": digests}
    (folder / RECORD).write_text(json.dumps(record, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _fresh(nlp: Language) -> Language:
    from spacy.util import load_model_from_config

    config = nlp.config.copy()
    config["nlp"]["tokenizer"] = {"@tokenizers": "reader.SavedTokenizer.v1"}
    fresh = load_model_from_config(config, auto_fill=True)
    trained: list[tuple[Any, Any]] = [(fresh.get_pipe(name), nlp.get_pipe(name)) for name in nlp.pipe_names]
    for target, source in [(fresh.tokenizer, nlp.tokenizer), *trained]:
        target.from_bytes(source.to_bytes(exclude=["vocab"]))
    return fresh


def versions() -> dict[str, str]:
    """Return the versions on which results depend."""
    return {"python": platform.python_version()} | {name: version(name) for name in ("spacy", "thinc", "numpy")}
