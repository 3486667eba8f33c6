from __future__ import annotations

import random

import spacy

from reader.recognize.network.features import COLUMNS, Knowledge, index_tables, token_features
from reader.recognize.rules.capitals import Casing
from training.casing import small_words
from training.corpora import Sample
from training.examples import capitals, headline, make_example, variants
from training.tables import tables

NLP = spacy.blank("en")
CASING = Casing(small=frozenset())


def tokenize(text: str) -> list[str]:
    return [token.text for token in NLP.make_doc(text)]


def knowledge() -> Knowledge:
    return index_tables({"place": ["York", "New York", "Lee"], "surname": ["Lee"], "word:title": ["Mayor"]}, tokenize)


def test_longest_name_wins_and_places_in_it_differ() -> None:
    marks = knowledge().mark(["New", "York", "and", "York", "New"])
    assert marks[2] == marks[4] == 0
    assert len({marks[0], marks[1], marks[3], 0}) == 4


def test_a_name_of_two_kinds_differs_from_both() -> None:
    york, lee = knowledge().mark(["York"]), knowledge().mark(["Lee"])
    assert york != lee


def test_words_are_found_in_any_case() -> None:
    known = knowledge()
    assert known.word("MAYOR") == known.word("mayor") != 0
    assert known.word("York") == 0


def test_bytes_round_trip() -> None:
    known = knowledge()
    again = Knowledge.from_bytes(known.to_bytes())
    assert (again.names, again.words) == (known.names, known.words)
    assert again.mark(["New", "York"]) == known.mark(["New", "York"])


def test_features_depend_on_the_token_alone_but_for_names() -> None:
    layer = token_features()
    layer.attrs["knowledge"] = knowledge()
    first, second, empty = layer.predict(
        [NLP.make_doc("Mayor of York"), NLP.make_doc("York, New York"), NLP.make_doc("")]
    )
    assert first.shape == (3, len(COLUMNS))
    assert empty.shape == (0, len(COLUMNS))
    assert (first[2] == second[0]).all()
    assert (first[2] != second[3]).sum() == 1, "York as the end of New York"


def test_tables_hold_general_knowledge() -> None:
    found = tables()
    assert {"country", "demonym", "given", "surname", "place", "landscape", "ORG", "word:title"} <= set(found)
    assert "France" in found["country"]
    assert "French" in found["demonym"]
    assert all(names == sorted(set(names)) and "" not in names for names in found.values())


SAMPLE = Sample(
    "Mayor of Port-au-Prince isn’t with the van Dyke firm",
    ((9, 23, "GPE"), (39, 47, "ORG")),
    (),
    frozenset({"ORG"}),
    "own",
)


def test_headline_case_spares_names_and_small_words() -> None:
    assert headline(SAMPLE).text == "Mayor of Port-au-Prince Isn’t with the van Dyke Firm"


def test_capitals_are_what_the_program_would_show() -> None:
    casing = Casing(small={"of", "the", "with", "mayor", "firm"})
    shown = capitals(SAMPLE, casing).text
    assert shown == casing.as_title(SAMPLE.text.upper())
    assert shown.startswith("Mayor of Port-")
    assert "Isn’t with the" in shown
    assert len(shown) == len(SAMPLE.text)
    sharp = Sample("Straße", (), (), frozenset(), "own")
    assert capitals(sharp, casing) is sharp


def test_variants_are_a_share() -> None:
    samples = [SAMPLE] * 20
    assert len(variants(samples, 0.1, random.Random(0), CASING)) == 2
    assert variants(samples, 0.0, random.Random(0), CASING) == []


def test_small_words_are_those_hardly_ever_written_as_names() -> None:
    text = "The bush burned. Bush saw a bush. A fire, said May, may burn; it may not. Once."
    sample = Sample(text, (), (), frozenset(), "own")
    assert small_words([sample]) == ["bush", "may"]
    assert "bush" not in small_words([sample, Sample("So Bush, then Bush, then Bush", (), (), frozenset(), "own")])


def test_names_off_the_tokens_are_missing() -> None:
    sample = Sample("Annie Lee", ((0, 3, "PERSON"), (6, 9, "PERSON")), (), frozenset({"PERSON"}), "own")
    reference = make_example(NLP, sample).reference
    assert [entity.text for entity in reference.ents] == ["Lee"]
    assert reference[0].ent_iob_ == ""
