from __future__ import annotations

from pathlib import Path

import pytest

from reader.annotate import Store
from reader.annotate.decisions import EntityNoted
from reader.collection.document_record import document_record
from reader.collection.queries.profiles.profile_lookup import list_profiles, profile_named, profiles_named
from reader.collection.queries.profiles.profile_passages import shared_passages, timeline_of
from reader.collection.queries.profiles.profile_report import notes_of, profile_report, shared_documents
from reader.collection.queries.profiles.quotations import quotes_of_speaker
from reader.collection.storage.collection_storage import CollectionError, CollectionStorage
from reader.resolve import Name
from tests.collection.made_documents import FIRST, reading_of, write


def test_profiles_are_listed_by_documents_and_filtered_by_name_and_label(filled: CollectionStorage) -> None:
    profiles = list_profiles(filled)
    assert [(profile.name, profile.documents, profile.mentions) for profile in profiles[:2]] == [
        ("Ada Marlow", 3, 4),
        ("Quayside Trust", 2, 2),
    ]
    assert (profiles[0].first_day, profiles[0].last_day) == ("2021-03-14", "2022-01-05")
    assert [profile.name for profile in list_profiles(filled, "MARL")] == ["Ada Marlow"]
    assert [profile.name for profile in list_profiles(filled, label="GPE", limit=2)] == ["Brno", "Norhaven"]
    assert list_profiles(filled, "%") == []


def test_a_profile_is_found_by_any_name_in_any_case(filled: CollectionStorage) -> None:
    assert profile_named(filled, "ada marlow") == profile_named(filled, "Marlow")
    assert profile_named(filled, profile_named(filled, "Marlow").key).name == "Ada Marlow"
    assert profiles_named(filled, "nobody") == []
    with pytest.raises(CollectionError, match="no profile is named Bela Marlow; similar: Ada Marlow"):
        profile_named(filled, "Bela Marlow")


def test_a_profile_has_names_documents_company_dates_and_quotes(filled: CollectionStorage) -> None:
    report = profile_report(filled, profile_named(filled, "Ada Marlow"))
    assert [(name.text, name.mentions, name.documents) for name in report.names] == [
        ("Ada Marlow", 3, 3),
        ("Marlow", 1, 1),
    ]
    assert [document.source for document in report.documents] == ["second.txt", "first.txt", "c.txt"]
    company = {other.name: (other.sentences, other.paragraphs, other.documents) for other in report.companions}
    assert company == {
        "Tom Reyes": (2, 2, 2), "Quayside Trust": (0, 2, 2), "Norhaven": (1, 1, 1), "Brno": (0, 1, 1),
        "北京": (0, 1, 1),
    }  # fmt: skip
    assert next(other.name for other in report.companions) == "Tom Reyes"
    assert [(entry.day, entry.source) for entry in report.timeline] == [("2021-03-12", "first.txt")]
    assert report.timeline[0].sentence == "Ada Marlow took a bribe, Tom Reyes said on 12 March 2021."
    assert [(quote.quote, quote.source) for quote in report.quotations] == [("Nobody asked us", "first.txt")]


def test_a_timeline_is_in_order_and_can_be_limited(filled: CollectionStorage) -> None:
    trust = profile_named(filled, "Quayside Trust").id
    assert [entry.day for entry in timeline_of(filled, trust)] == ["2019"]
    assert timeline_of(filled, trust, since="2020") == ()
    assert len(timeline_of(filled, trust, since="2019", until="2019")) == 1


def test_sentences_that_mention_two_profiles_are_found(filled: CollectionStorage) -> None:
    ada, tom = profile_named(filled, "Marlow").id, profile_named(filled, "Tom Reyes").id
    assert [entry.sentence for entry in shared_passages(filled, ada, tom)] == [
        "Tom Reyes met Ada Marlow there.",
        "Ada Marlow took a bribe, Tom Reyes said on 12 March 2021.",
    ]
    assert [(document.source, document.mentions) for document in shared_documents(filled, ada, tom)] == [
        ("second.txt", 2), ("first.txt", 3),
    ]  # fmt: skip
    assert shared_documents(filled, ada, profile_named(filled, "Brno").id)[0].source == "second.txt"


def test_notes_on_entities_are_in_their_profile(storage: CollectionStorage, tmp_path: Path) -> None:
    with Store.open(tmp_path / "store.db") as store:
        reading = reading_of(FIRST, "first.txt", store=store)
        reading.decide(EntityNoted((Name("Ada Marlow", "PERSON"),), "Ask her."))
        write(storage, [document_record(reading)])
    assert [note.text for note in notes_of(storage, profile_named(storage, "Marlow").id, limit=5)] == ["Ask her."]


@pytest.mark.parametrize(
    ("sentence", "quotes"),
    [
        ("“It is over,” Marlow told reporters.", ["It is over"]),
        ("“It is over”, said the tired Marlow.", ["It is over"]),
        ("Marlow said: “It is over.”", ["It is over."]),
        ("According to Marlow, “it is over”.", []),
        ('Marlow added that "it is over".', ["it is over"]),
        ("“Marlow is over,” Reyes said.", []),
        ("“It is over,” Reyes said. Marlow left.", []),
        ("Marlow read “It is over”.", []),
        ("Marlow's lawyer left; “it is over,” said Reyes.", []),
        ("Marlow's lawyers wrote to us: “It is over.”", []),
        ("“It is over,” said Marlow's lawyer.", []),
        ("“It is over,” said Marlow. “We lost.”", ["It is over", "We lost."]),
        ("“It is over. We lost,” said Marlow, a clerk.", ["It is over. We lost"]),
        ("Marlow said: “It is over. We lost. Good night.”", ["It is over. We lost. Good night."]),
        ("“It is over,” his lawyer, Sir Ada Marlow, told us.", ["It is over"]),
        ("“It is over,” Reyes told Marlow.", []),
        ("“It is over,” he told Marlow.", []),
        ("“It is over,” Marlow said. Reyes replied: “We lost.”", ["It is over"]),
        ("Asked about Marlow, the witness said: “No.”", []),
        ("Marlow, the mayor of Brno, said: “It is over.”", ["It is over."]),
        ("Marlow told Reyes: “It is over.”", ["It is over."]),
        ("“Is it over?” asked Prosecutor Marlow.", ["Is it over?"]),
        ("“It is over,” said its chair, Professor Marlow.", ["It is over"]),
        ("“It is over,” said ITF inspector Marlow.", ["It is over"]),
        ("“It is over,” said the agency's head of ports, Marlow.", ["It is over"]),
        ("“It is over,” said Reyes, and Marlow left.", []),
        ("“It is over,” said Reyes of Marlow.", []),
        ("Reyes said: “It is over.” Marlow said nothing.", []),
        ("The director of the port, Captain Marlow, said: “It is over.”", ["It is over."]),
        ("“It is over,” said Assistant Attorney General Marlow.", ["It is over"]),
        ("“It is over,” said a spokesman for Marlow.", []),
    ],
)
def test_quotes_belong_to_the_speaker_whom_a_verb_names(sentence: str, quotes: list[str]) -> None:
    start = sentence.index("Marlow")
    assert quotes_of_speaker(sentence, start, start + len("Marlow")) == quotes
