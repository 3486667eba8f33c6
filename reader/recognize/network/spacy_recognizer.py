"""Use spaCy pipelines as recognizers: the bundled one, an installed package, or one in a folder."""

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
from reader.structures.garbage_pause import garbage_collection_restored

if TYPE_CHECKING:
    from spacy.language import Language

_UNNEEDED_FACTORIES: Final = frozenset(
    {
        "tagger", "morphologizer", "parser", "beam_parser", "lemmatizer", "trainable_lemmatizer", "attribute_ruler",
        "textcat", "textcat_multilabel", "entity_linker", "spancat", "spancat_singlelabel", "senter", "sentencizer",
        "merge_entities", "merge_noun_chunks", "merge_subtokens", "coref", "span_resolver", "doc_cleaner",
    }
)  # fmt: skip
"""The factories of components that do not find names."""

_OWN_FACTORY: Final = "name_tagger"
"""The factory of the component that finds names in the bundled pipeline.

The component needs only the text of words, not the vocabulary in the folder. Skipping the vocabulary saves a tenth of
the loading time; it is there for other programs that load the pipeline.
"""

_EMBEDDING_FACTORIES: Final = frozenset({"tok2vec", "transformer", "curated_transformer"})
"""The factories of components that compute word vectors, loaded only if another component listens to them."""

_SCORES: Final = "reader.scores"
"""The key in `Doc.user_data` under which the component of `_OWN_FACTORY` stores its confidence.

The value maps (index of first token, index after last token) to the confidence of that name, from 0 to 1.
"""


class SpacyRecognizer:
    """A loaded spaCy pipeline, reduced to the components that find names."""

    def __init__(self, nlp: Language, name: str, version: str, *, values: bool = False) -> None:
        self.name = name
        self.version = version
        self._nlp = nlp
        self._mapped_labels: dict[str, str | None] = {}
        self._with_values = values

    @property
    def pipeline(self) -> Language:
        """The loaded pipeline, for further training."""
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
        if label not in self._mapped_labels:
            self._mapped_labels[label] = map_label(label, values=self._with_values)
        return self._mapped_labels[label]


def load_spacy(model: str | None = None, *, values: bool = False) -> SpacyRecognizer:
    """Load the components of a pipeline that find names.

    Args:
        model: See `reader.recognize.models.find.identify`.
        values: Whether to find values (DATE, MONEY, …) too.

    Raises:
        RecognizerError: The pipeline is missing, broken or incompatible with this version of spaCy.
    """
    identity = identify(model)
    if identity.path != BUNDLED and not identity.package:
        check_no_pickles(identity.path, identity.name)
    import_spacy()
    try:
        with warnings.catch_warnings(), garbage_collection_restored():
            warnings.simplefilter("ignore")
            nlp = _load(identity)
    except RecognizerError:
        raise
    except Exception as error:
        raise RecognizerError(_loading_problem(identity, error)) from error
    return SpacyRecognizer(nlp, identity.name, identity.version, values=values)


def import_spacy() -> None:
    """Import spaCy without its command line, which takes a third of the time and is not needed here.

    NumPy's matrix products then use one thread: with more, these small ones spend half the processor time waiting for
    one another. `OPENBLAS_NUM_THREADS` in the environment overrides that.
    """
    if "spacy" in sys.modules:
        return
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # read when NumPy is imported
    with _stub_command_line():
        importlib.import_module("spacy")


@contextmanager
def _stub_command_line() -> Iterator[None]:
    """Keep `import spacy` from importing `spacy.cli`. A later import of `spacy.cli` finds the real module."""
    package, module = types.ModuleType("spacy.cli"), types.ModuleType("spacy.cli.info")
    package.__path__ = []
    module.info = None  # type: ignore[attr-defined]  # a stub
    stubs = {"spacy.cli": package, "spacy.cli.info": module}
    sys.modules.update(stubs)
    try:
        yield
    finally:
        for name, stub in stubs.items():
            if sys.modules.get(name) is stub:
                del sys.modules[name]


def _load(identity: ModelIdentity) -> Language:
    import spacy
    from spacy.util import load_config

    os.environ.setdefault("TORCH_FORCE_WEIGHTS_ONLY_LOAD", "1")  # PyTorch then never unpickles files of the pipeline
    # Importing the module registers the component of the bundled pipeline and of pipelines trained from it.
    importlib.import_module("reader.recognize.network.tagger")
    config = load_config(identity.path / "config.cfg")
    excluded = _excluded_parts(config, identity.name)
    if identity.package:
        return spacy.load(identity.package, exclude=excluded)
    return spacy.load(identity.path, exclude=excluded)


def _excluded_parts(config: Any, pipeline: str) -> list[str]:
    """Return the parts that spaCy should not load: unneeded components, and the vocabulary if no component uses it.

    Raises:
        RecognizerError: None of the components finds names.
    """
    components = {name: config["components"][name] for name in config["nlp"]["pipeline"]}
    factories = {
        name: str(settings.get("factory", settings.get("source", ""))) for name, settings in components.items()
    }
    needed = [name for name in components if factories[name] not in _UNNEEDED_FACTORIES | _EMBEDDING_FACTORIES]
    if not needed:
        raise RecognizerError(f"{pipeline} finds no names: it has no component for named entities")
    if all(factories[name] == _OWN_FACTORY for name in needed):
        return [*(name for name in components if name not in needed), "vocab"]
    if any("Listener" in str(components[name]) for name in needed):
        needed += [name for name in components if factories[name] in _EMBEDDING_FACTORIES]
    return [name for name in components if name not in needed]


def _loading_problem(identity: ModelIdentity, error: Exception) -> str:
    """Return one line that says why a pipeline could not be loaded."""
    return compatibility_problem(identity.path, identity.name) or f"cannot load {identity.name}: {first_line(error)}"


def first_line(error: BaseException) -> str:
    """Return the first line of an error's message, at most 200 code points, or its type if it has none."""
    lines = str(error).strip().splitlines()
    return (lines[0].strip() if lines else type(error).__name__)[:200]
