"""Write a trained pipeline to the folder that is shipped: pruned, described, with a record of its training."""

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
RECORD: Final = "training.json"
SMALL_WORDS: Final = "small_words.txt"


def write(nlp: Language, folder: Path, record: dict[str, Any], small_words: Sequence[str] = ()) -> None:
    """Write a pipeline to a folder, with its training record and the list of small words. Other files there stay.

    The pipeline is first copied to a new one, so that its vocabulary has no words from the training texts.
    """
    pruned = _pruned(nlp)
    folder.mkdir(parents=True, exist_ok=True)
    pruned.meta.update(
        name=NAME,
        version=VERSION,
        description="Names in English news articles and reports",
        license=LICENSE,
        spacy_git_version="",
        performance=record.get("scores", {}),
    )
    pruned.to_disk(folder)
    (folder / SMALL_WORDS).write_text("\n".join([*small_words, ""]), encoding="utf-8")
    digests = {path.name: f"sha256:{digest(path)}" for path in sorted((folder / "ner").iterdir())}
    record = record | {"written": digests}
    (folder / RECORD).write_text(json.dumps(record, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _pruned(nlp: Language) -> Language:
    from spacy.util import load_model_from_config

    config = nlp.config.copy()
    config["nlp"]["tokenizer"] = {"@tokenizers": "reader.SavedTokenizer.v1"}
    pruned = load_model_from_config(config, auto_fill=True)
    trained: list[tuple[Any, Any]] = [(pruned.get_pipe(name), nlp.get_pipe(name)) for name in nlp.pipe_names]
    for target, source in [(pruned.tokenizer, nlp.tokenizer), *trained]:
        target.from_bytes(source.to_bytes(exclude=["vocab"]))
    return pruned


def versions() -> dict[str, str]:
    """Return the versions of Python and of the packages that the weights depend on."""
    return {"python": platform.python_version()} | {name: version(name) for name in ("spacy", "thinc", "numpy")}
