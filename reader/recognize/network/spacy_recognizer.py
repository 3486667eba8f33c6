"""spaCy pipelines as recognizers: the bundled one, an installed one, or one in a folder."""

from __future__ import annotations

import importlib
import os
import sys
import types
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from reader.recognize.label_mapping import map_label
from reader.recognize.mention import Mention
from reader.recognize.models.compatibility import compatibility_problem
from reader.recognize.models.find import BUNDLED, identify
from reader.recognize.models.folder_checks import check_no_pickles
from reader.recognize.models.identity import ModelIdentity
from reader.recognize.protocol import RecognizerError

if TYPE_CHECKING:
    from spacy.language import Language

_UNNEEDED: Final = frozenset(
    {
        "tagger", "morphologizer", "parser", "beam_parser", "lemmatizer", "trainable_lemmatizer", "attribute_ruler",
        "textcat", "textcat_multilabel", "entity_linker", "spancat", "spancat_singlelabel", "senter", "sentencizer",
        "merge_entities", "merge_noun_chunks", "merge_subtokens", "coref", "span_resolver", "doc_cleaner",
    }
)  # fmt: skip
"""Factories that do not decide where names stand."""

_OWN: Final = "name_tagger"
"""The factory of the bundled pipeline, which takes words as they stand in the text: its vocabulary costs a tenth of the
time to load and is for others who load it."""

_EMBEDDINGS: Final = frozenset({"tok2vec", "transformer", "curated_transformer"})


_SCORES: Final = "reader.scores"
"""Where that component leaves its confidence: for (first token, token after the last) of each name, 0 to 1."""


class SpacyRecognizer:
    """A loaded spaCy pipeline, reduced to what finds names."""

    def __init__(self, nlp: Language, name: str, version: str, *, values: bool = False) -> None:
        self.name = name
        self.version = version
        self._nlp = nlp
        self._labels: dict[str, str | None] = {}
        self._values = values

    @property
    def pipeline(self) -> Language:
        """What it has loaded, for training it further."""
        return self._nlp

    def recognize(self, texts: Sequence[str]) -> Iterator[list[Mention]]:
        """See `Recognizer.recognize`.

        Raises:
            RecognizerError: The pipeline failed on this text.
        """
        try:
            for doc in self._nlp.pipe(texts, batch_size=max(1, len(texts))):
                scores = doc.user_data.get(_SCORES, {})
                yield [
                    Mention(
                        entity.start_char, entity.end_char, label, "model", scores.get((entity.start, entity.end), 1.0)
                    )
                    for entity in doc.ents
                    if (label := self._label(entity.label_)) is not None
                ]
        except Exception as error:
            raise RecognizerError(f"{self.name} failed: {first_line(error)}") from error

    def _label(self, label: str) -> str | None:
        if label not in self._labels:
            self._labels[label] = map_label(label, values=self._values)
        return self._labels[label]


def load_spacy(model: str | None = None, *, values: bool = False) -> SpacyRecognizer:
    """Load a pipeline; only the parts of it that find names.

    Args:
        model: See `reader.recognize.models.find.identify`.
        values: Whether labels of values (DATE, MONEY, …) are wanted too.

    Raises:
        RecognizerError: The pipeline is missing, broken or made for another version of spaCy.
    """
    identity = identify(model)
    if identity.path != BUNDLED and not identity.package:
        check_no_pickles(identity.path, identity.name)
    import_spacy()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            nlp = _load(identity)
    except RecognizerError:
        raise
    except Exception as error:
        raise RecognizerError(_why(identity, error)) from error
    return SpacyRecognizer(nlp, identity.name, identity.version, values=values)


def import_spacy() -> None:
    """Import spaCy without its command line, which costs a third of the time and is not needed here."""
    if "spacy" in sys.modules:
        return
    with _stand_ins():
        importlib.import_module("spacy")


@contextmanager
def _stand_ins() -> Iterator[None]:
    """Keep `import spacy` from importing `spacy.cli`; a later import of it finds the real one."""
    package, module = types.ModuleType("spacy.cli"), types.ModuleType("spacy.cli.info")
    package.__path__ = []
    module.info = None  # type: ignore[attr-defined]  # a stand-in
    stand_ins = {"spacy.cli": package, "spacy.cli.info": module}
    sys.modules.update(stand_ins)
    try:
        yield
    finally:
        for name, stand_in in stand_ins.items():
            if sys.modules.get(name) is stand_in:
                del sys.modules[name]


def _load(identity: ModelIdentity) -> Language:
    import spacy
    from spacy.util import load_config

    os.environ.setdefault("TORCH_FORCE_WEIGHTS_ONLY_LOAD", "1")  # PyTorch is never to unpickle what a folder holds
    importlib.import_module(
        "reader.recognize.network.tagger"
    )  # the components of the bundled pipeline and its descendants
    config = load_config(identity.path / "config.cfg")
    excluded = _unneeded(config, identity.name)
    if identity.package:
        return spacy.load(identity.package, exclude=excluded)
    return spacy.load(identity.path, exclude=excluded)


def _unneeded(config: Any, name: str) -> list[str]:
    """Return what need not be loaded: components, and the vocabulary where nothing looks words up in it.

    Raises:
        RecognizerError: What remains finds no names.
    """
    components = {part: config["components"][part] for part in config["nlp"]["pipeline"]}
    factories = {
        part: str(settings.get("factory", settings.get("source", ""))) for part, settings in components.items()
    }
    kept = [part for part in components if factories[part] not in _UNNEEDED | _EMBEDDINGS]
    if not kept:
        raise RecognizerError(f"{name} finds no names: it has no component for named entities")
    if all(factories[part] == _OWN for part in kept):
        return [*(part for part in components if part not in kept), "vocab"]
    listens = any("Listener" in str(components[part]) for part in kept)
    kept += [part for part in components if factories[part] in _EMBEDDINGS and listens]
    return [part for part in components if part not in kept]


def _why(identity: ModelIdentity, error: Exception) -> str:
    """Say in one line why a pipeline could not be loaded."""
    return compatibility_problem(identity.path, identity.name) or f"cannot load {identity.name}: {first_line(error)}"


def first_line(error: BaseException) -> str:
    """Return the first line of an error's message, at most 200 code points, or its kind where it has none."""
    lines = str(error).strip().splitlines()
    return (lines[0].strip() if lines else type(error).__name__)[:200]
