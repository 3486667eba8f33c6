"""Train the bundled pipeline: set tokenizer rules and tables of names, then train the network on all corpora."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from training.corpora import LABELS, Sample
from training.examples import make_example, variants
from training.tables import tables

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.training import Example

    from reader.recognize.network.features import KnowledgeTables
    from reader.recognize.rules.typesetting.capitals import Casing

Log: TypeAlias = Callable[[str], None]
"""Prints a line about the progress."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """The settings of a training; see `docs/recognition.md` for the measured effect of each."""

    width: int = 128
    depth: int = 4
    window: int = 1
    pieces: int = 3
    rows: tuple[int, ...] = (10000, 2000, 5000, 5000, 0, 1000, 1000)
    word_dropout: float = 0.15
    form_count: int = 2
    """A word form with fewer occurrences in the corpora is hidden from the network."""
    dropout: float = 0.2
    variants: float = 0.06
    """Share of the paragraphs that are also used in headline case or as converted from capitals."""
    batch: int = 1000
    """Tokens per step."""
    epochs: int = 3
    learn_rate: float = 0.001
    warm_up: int = 200
    """Steps until the full learning rate. The rate does not decrease afterwards: weights are averaged instead."""
    mean_from: int = 2
    """The first epoch whose weights are averaged."""
    mean_every: int = 10
    """Steps between the weights that are averaged."""
    decay: float = 0.01
    towers: int = 2
    """The number of networks whose scores are averaged."""

    def described(self) -> dict[str, Any]:
        """Return the settings for the training record."""
        return asdict(self)


def blank(recipe: Recipe, towers: int = 1) -> Language:
    """Return the untrained pipeline, with `towers` networks."""
    import spacy

    import reader.recognize.network.tagger  # noqa: F401  (registers the component)
    from reader.recognize.network.features import index_tables
    from reader.recognize.network.tokenization import set_tokenizer_rules

    nlp = spacy.blank("en")
    set_tokenizer_rules(nlp)
    model = {
        "@architectures": "reader.NameTagger.v1",
        "width": recipe.width,
        "depth": recipe.depth,
        "window": recipe.window,
        "pieces": recipe.pieces,
        "rows": list(recipe.rows),
        "word_dropout": recipe.word_dropout,
        "towers": towers,
    }
    tagger: Any = nlp.add_pipe("name_tagger", name="ner", config={"model": model})
    tagger.set_knowledge(index_tables(tables(), lambda name: [token.text for token in nlp.make_doc(name)]))
    return nlp


def train(samples: Sequence[Sample], recipe: Recipe, casing: Casing, seed: int, log: Log) -> Language:
    """Return a pipeline trained on the samples. The same arguments on the same machine give the same pipeline.

    Each network is trained separately, from different initial weights and with the samples in a different order.
    """
    knowledge = learn_forms(samples, recipe)
    towers = []
    for number in range(recipe.towers):
        log(f"network {number + 1} of {recipe.towers}")
        towers.append(train_one(samples, recipe, knowledge, casing, seed + number, log))
    return towers[0] if recipe.towers == 1 else join(towers, recipe, samples[0])


def join(towers: Sequence[Language], recipe: Recipe, sample: Sample) -> Language:
    """Return a pipeline that averages the scores of several networks. Any sample can initialize it."""
    from reader.recognize.network.encoder import get_towers
    from reader.recognize.network.weights import pack, unpack

    nlp = blank(recipe, len(towers))
    tagger: Any = nlp.get_pipe("ner")
    tagger.initialize(lambda: [make_example(nlp, sample)], nlp=nlp, labels=LABELS)
    for target, source in zip(get_towers(tagger.model), towers, strict=True):
        trained: Any = source.get_pipe("ner")
        tagger.set_knowledge(trained.knowledge)
        unpack(target, pack(get_towers(trained.model)[0]))
    return nlp


def learn_forms(samples: Sequence[Sample], recipe: Recipe) -> KnowledgeTables:
    """Return the tables of names, with the word forms that occur often enough in the samples."""
    from reader.recognize.network.features import KnowledgeTables

    nlp = blank(recipe)
    tagger: Any = nlp.get_pipe("ner")
    counts = Counter(token.norm for sample in samples for token in nlp.make_doc(sample.text))
    forms = frozenset(form for form, count in counts.items() if count >= recipe.form_count)
    return KnowledgeTables(tagger.knowledge.names, tagger.knowledge.words, forms)


def train_one(
    samples: Sequence[Sample], recipe: Recipe, knowledge: KnowledgeTables, casing: Casing, seed: int, log: Log
) -> Language:
    """Return a trained pipeline with one network."""
    from thinc.api import Adam, fix_random_seed

    from training.averaging import WeightMean

    fix_random_seed(seed)
    rng = random.Random(seed)
    nlp = blank(recipe)
    tagger: Any = nlp.get_pipe("ner")
    tagger.set_knowledge(knowledge)
    examples = [make_example(nlp, sample) for sample in [*samples, *variants(samples, recipe.variants, rng, casing)]]
    tagger.initialize(lambda: examples[:10], nlp=nlp, labels=LABELS)
    optimizer = Adam(recipe.learn_rate, L2=recipe.decay, L2_is_weight_decay=True, grad_clip=1.0)
    mean, step, start = WeightMean(tagger.model), 0, time.monotonic()
    log(f"{len(examples):,} paragraphs")
    for epoch in range(1, recipe.epochs + 1):
        losses: dict[str, float] = {}
        rng.shuffle(examples)
        for batch in batches(examples, recipe.batch):
            step += 1
            optimizer.learn_rate = recipe.learn_rate * min(1.0, step / recipe.warm_up)
            tagger.update(batch, drop=recipe.dropout, sgd=optimizer, losses=losses)
            if epoch >= recipe.mean_from and step % recipe.mean_every == 0:
                mean.add()
        log(f"epoch {epoch}: loss {losses['ner']:,.0f}, {time.monotonic() - start:,.0f} s")
    with tagger.model.use_params(mean.params):
        weights = tagger.to_bytes()
    tagger.from_bytes(weights)
    return nlp


def batches(examples: Sequence[Example], size: int) -> list[list[Example]]:
    """Divide examples, in order, into batches that end when they have at least `size` tokens."""
    divided: list[list[Example]] = [[]]
    tokens = 0
    for example in examples:
        if tokens >= size:
            divided.append([])
            tokens = 0
        divided[-1].append(example)
        tokens += len(example.predicted)
    return [batch for batch in divided if batch]
