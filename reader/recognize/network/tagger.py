"""The pipeline component that finds names, registered with spaCy as "name_tagger"."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Final

import srsly
from spacy.language import Language
from spacy.pipeline.trainable_pipe import TrainablePipe  # type: ignore[import-not-found]  # compiled, without stubs
from spacy.scorer import get_ner_prf
from spacy.tokens import Doc, Span
from spacy.training import Example, validate_examples, validate_get_examples
from spacy.vocab import Vocab
from thinc.api import Model, Optimizer, set_dropout_rate

import reader.recognize.network.tokenization  # noqa: F401  (registers the tokenizer)
from reader.recognize.network.crf import loss_and_gradients, with_probabilities
from reader.recognize.network.decoding import Floats, NameSpan, allowed_tags, best_tags, spelled_names
from reader.recognize.network.encoder import get_towers, set_label_count, use_numpy_matmul
from reader.recognize.network.features import KnowledgeTables
from reader.recognize.network.weights import pack, unpack

SCORES: Final = "reader.scores"
"""Key in `Doc.user_data` of the confidence of each name, by (index of first token, index after last token)."""
UNANNOTATED: Final = "reader.unannotated"
"""Key in the `user_data` of a training document of the labels that its annotators did not look for."""
DOUBT: Final = 0.3
"""How likely a token outside the names has a label that the annotators did not look for."""
_LABELS_FILE: Final = "labels.json"
_TABLES_FILE: Final = "tables.json"
_WEIGHTS_FILE: Final = "weights.npz"


class NameTagger(TrainablePipe):  # type: ignore[misc]  # compiled
    """Marks names as entities.

    Training leaves out tokens and labels without annotation.
    """

    def __init__(self, vocab: Vocab, model: Model[Any, Any], name: str = "ner", labels: Sequence[str] = ()) -> None:
        self.vocab, self.model, self.name = vocab, model, name
        self.cfg: dict[str, Any] = {"labels": list(labels)}
        self.set_knowledge(KnowledgeTables({}, {}))

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels of the names that it finds."""
        return tuple(self.cfg["labels"])

    def add_label(self, label: str) -> int:
        """Add a label and return 1, or return 0 if it exists.

        Raises:
            ValueError: The network is trained and cannot learn a new label.
        """
        if label in self.labels:
            return 0
        if self.is_trained:
            raise ValueError(f"label {label} cannot be added to a trained pipeline")
        self.cfg["labels"].append(label)
        self.vocab.strings.add(label)
        return 1

    @property
    def is_trained(self) -> bool:
        """Whether the network has weights. If so, no label can be added."""
        return bool(get_towers(self.model)[0].get_ref("output").has_param("W"))

    def set_knowledge(self, knowledge: KnowledgeTables) -> None:
        """Set the tables of names that the features use."""
        self.knowledge = knowledge
        features = self.model.get_ref("features")
        features.attrs["knowledge"], features.attrs["cache"] = knowledge, {}

    def predict(self, docs: Iterable[Doc]) -> list[list[NameSpan]]:
        """Return the names in each document."""
        docs = list(docs)
        if not any(len(doc) for doc in docs):
            return [[] for _ in docs]
        scores = self.model.predict(docs)
        count = len(self.labels)
        names = [spelled_names(tags, count) for tags in best_tags(scores, count)]
        return with_probabilities(names, scores, count)

    def set_annotations(self, docs: Iterable[Doc], names: list[list[NameSpan]]) -> None:
        """Set the entities of each document and their confidences."""
        keys = [self.vocab.strings[label] for label in self.labels]
        for doc, group in zip(docs, names, strict=True):
            doc.ents = [Span(doc, name.start, name.end, label=keys[name.label]) for name in group]
            doc.user_data[SCORES] = {(name.start, name.end): name.score for name in group}

    def initialize(
        self,
        get_examples: Callable[[], Iterable[Example]],
        *,
        nlp: Language | None = None,  # noqa: ARG002  (as spaCy calls it)
        labels: Any = None,
    ) -> None:
        """Set the labels and dimensions from examples."""
        validate_get_examples(get_examples, "NameTagger.initialize")
        examples = list(get_examples())
        for label in labels or sorted({entity.label_ for example in examples for entity in example.reference.ents}):
            self.add_label(label)
        set_label_count(self.model, len(self.labels))
        use_numpy_matmul(self.model)
        self.model.initialize(X=[example.predicted for example in examples[:10]])

    def update(
        self,
        examples: Iterable[Example],
        *,
        drop: float = 0.0,
        sgd: Optimizer | None = None,
        losses: dict[str, float] | None = None,
    ) -> dict[str, float]:
        """Learn from examples by raising the probability of the tag sequences that agree with each reference."""
        losses = losses if losses is not None else {}
        losses.setdefault(self.name, 0.0)
        examples = [example for example in examples if len(example.predicted)]
        validate_examples(examples, "NameTagger.update")
        if not examples:
            return losses
        set_dropout_rate(self.model, drop)
        scores, backprop = self.model.begin_update([example.predicted for example in examples])
        loss, gradients = self.get_loss(examples, scores)
        backprop(gradients)
        if sgd is not None:
            self.finish_update(sgd)
        losses[self.name] += loss
        return losses

    def get_loss(self, examples: Iterable[Example], scores: list[Floats]) -> tuple[float, list[Floats]]:
        """Return the loss, summed over tokens, and its gradient for each document."""
        allowed = [self._allowed(example) for example in examples]
        return loss_and_gradients(scores, allowed, len(self.labels))

    def _allowed(self, example: Example) -> Any:
        reference = example.reference
        if [token.idx for token in reference] != [token.idx for token in example.predicted]:
            reference = _retokenized(example)
        unannotated = frozenset(example.reference.user_data.get(UNANNOTATED, ()))
        return allowed_tags(reference, self.labels, unannotated, DOUBT)

    def score(self, examples: Iterable[Example], **_: Any) -> dict[str, Any]:
        """Return precision, recall and F-score of the entities, as spaCy computes them."""
        return dict(get_ner_prf(examples))

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:  # noqa: ARG002  (as spaCy calls it)
        """Return everything except the vocabulary as bytes."""
        return bytes(srsly.msgpack_dumps(self._files()))

    def from_bytes(self, bytes_data: bytes, *, exclude: Iterable[str] = ()) -> NameTagger:  # noqa: ARG002  (as spaCy calls it)
        """Set everything except the vocabulary.

        Raises:
            ValueError: The data is damaged.
        """
        self._read(srsly.msgpack_loads(bytes_data))
        return self

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:  # noqa: ARG002  (as spaCy calls it)
        """Write labels, tables and weights to a folder."""
        Path(path).mkdir(parents=True, exist_ok=True)
        for name, data in self._files().items():
            Path(path, name).write_bytes(data)

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> NameTagger:  # noqa: ARG002  (as spaCy calls it)
        """Read the files that `to_disk` wrote.

        Raises:
            OSError: A file is missing or unreadable.
            ValueError: A file is damaged.
        """
        self._read({name: Path(path, name).read_bytes() for name in (_LABELS_FILE, _TABLES_FILE, _WEIGHTS_FILE)})
        return self

    def _files(self) -> dict[str, bytes]:
        return {
            _LABELS_FILE: json.dumps({"labels": self.labels}, indent=1).encode(),
            _TABLES_FILE: self.knowledge.to_bytes(),
            _WEIGHTS_FILE: pack(self.model),
        }

    def _read(self, files: dict[str, bytes]) -> None:
        self.cfg = {"labels": [str(label) for label in json.loads(files[_LABELS_FILE])["labels"]]}
        for label in self.labels:
            self.vocab.strings.add(label)
        self.set_knowledge(KnowledgeTables.from_bytes(files[_TABLES_FILE]))
        set_label_count(self.model, len(self.labels))
        use_numpy_matmul(self.model)
        unpack(self.model, files[_WEIGHTS_FILE])


def _retokenized(example: Example) -> Doc:
    """Return the names of the reference on the tokens of the prediction; names that do not fit them become missing."""
    doc = example.predicted.copy()
    tags = example.get_aligned_ner()
    spans = example.get_aligned_spans_y2x(example.reference.ents)
    inside = {index for span in spans for index in range(span.start, span.end)}
    missing = [doc[i : i + 1] for i, tag in enumerate(tags) if i not in inside and tag != "O"]
    doc.set_ents(
        [Span(doc, span.start, span.end, label=span.label) for span in spans], missing=missing, default="outside"
    )
    return doc


@Language.factory(
    "name_tagger", assigns=["doc.ents", "token.ent_iob", "token.ent_type"], default_score_weights={"ents_f": 1.0}
)
def make_name_tagger(nlp: Language, name: str, model: Model[Any, Any]) -> NameTagger:
    """Return a new component."""
    return NameTagger(nlp.vocab, model, name)
