from __future__ import annotations

import random

import spacy

from reader.recognize.network.features import COLUMNS, KnowledgeTables, index_tables, token_features
from reader.recognize.rules.typesetting.capitals import Casing
from training.casing import small_words
from training.corpora import Sample
from training.examples import capitals, headline, make_example, variants
from training.tables import tables

NLP = spacy.blank("en")
CASING = Casing(small=frozenset())


def tokenize(text: str) -> list[str]:
    return [token.text for token in NLP.make_doc(text)]


def knowledge() -> KnowledgeTables:
    return index_tables({"place": ["York", "New York", "Lee"], "surname": ["Lee"], "word:title": ["Mayor"]}, tokenize)


def test_the_longest_name_wins_and_its_tokens_differ() -> None:
    features = knowledge().name_features(["New", "York", "and", "York", "New"])
    assert features[2] == features[4] == 0
    assert len({features[0], features[1], features[3], 0}) == 4


def test_a_name_in_two_tables_differs_from_a_name_in_one() -> None:
    york, lee = knowledge().name_features(["York"]), knowledge().name_features(["Lee"])
    assert york != lee


def test_words_are_found_in_any_case() -> None:
    tables = knowledge()
    assert tables.word_tables("MAYOR") == tables.word_tables("mayor") != 0
    assert tables.word_tables("York") == 0


def test_tables_survive_a_round_trip_through_bytes() -> None:
    original = knowledge()
    copy = KnowledgeTables.from_bytes(original.to_bytes())
    assert (copy.names, copy.words) == (original.names, original.words)
    assert copy.name_features(["New", "York"]) == original.name_features(["New", "York"])


def test_only_the_feature_of_names_depends_on_other_tokens() -> None:
    layer = token_features()
    layer.attrs["knowledge"] = knowledge()
    first, second, empty = layer.predict(
        [NLP.make_doc("Mayor of York"), NLP.make_doc("York, New York"), NLP.make_doc("")]
    )
    assert first.shape == (3, len(COLUMNS))
    assert empty.shape == (0, len(COLUMNS))
    assert (first[2] == second[0]).all()
    assert (first[2] != second[3]).sum() == 1, "York as the end of New York"


def test_the_tables_for_training_have_general_knowledge() -> None:
    names_by_table = tables()
    assert {"country", "demonym", "given", "surname", "place", "landscape", "ORG", "word:title"} <= set(names_by_table)
    assert "France" in names_by_table["country"]
    assert "French" in names_by_table["demonym"]
    assert all(names == sorted(set(names)) and "" not in names for names in names_by_table.values())


SAMPLE = Sample(
    "Mayor of Port-au-Prince isn’t with the van Dyke firm",
    ((9, 23, "GPE"), (39, 47, "ORG")),
    (),
    frozenset({"ORG"}),
    "own",
)


def test_headline_case_does_not_change_names_and_small_words() -> None:
    assert headline(SAMPLE).text == "Mayor of Port-au-Prince Isn’t with the van Dyke Firm"


def test_capitals_are_converted_as_in_recognition() -> None:
    casing = Casing(small={"of", "the", "with", "mayor", "firm"})
    converted = capitals(SAMPLE, casing).text
    assert converted == casing.as_title(SAMPLE.text.upper())
    assert converted.startswith("Mayor of Port-")
    assert "Isn’t with the" in converted
    assert len(converted) == len(SAMPLE.text)
    eszett = Sample("Straße", (), (), frozenset(), "own")
    assert capitals(eszett, casing) is eszett


def test_variants_are_made_of_a_share_of_the_samples() -> None:
    samples = [SAMPLE] * 20
    assert len(variants(samples, 0.1, random.Random(0), CASING)) == 2
    assert variants(samples, 0.0, random.Random(0), CASING) == []


def test_small_words_are_hardly_ever_names() -> None:
    text = "The bush burned. Bush saw a bush. A fire, said May, may burn; it may not. Once."
    sample = Sample(text, (), (), frozenset(), "own")
    assert small_words([sample]) == ["bush", "may"]
    assert "bush" not in small_words([sample, Sample("So Bush, then Bush, then Bush", (), (), frozenset(), "own")])


def test_names_that_do_not_fit_the_tokens_are_missing() -> None:
    sample = Sample("Annie Lee", ((0, 3, "PERSON"), (6, 9, "PERSON")), (), frozenset({"PERSON"}), "own")
    reference = make_example(NLP, sample).reference
    assert [entity.text for entity in reference.ents] == ["Lee"]
    assert reference[0].ent_iob_ == ""
