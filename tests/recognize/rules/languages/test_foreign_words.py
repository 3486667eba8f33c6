"""Articles, titles, offices, peoples and countries in other languages, as pipelines find them."""

from __future__ import annotations

import pytest

from reader.names.tables.languages import words_of_language
from reader.recognize.mention import Mention
from reader.recognize.process.analysis import document_pass
from reader.recognize.rules.languages.foreign_words import adapt_mentions
from tests.recognize.samples import document as document_of
from tests.recognize.samples import labeled_texts, model_mentions


def _adapted(text: str, name: str, label: str, language: str) -> list[tuple[str, str]]:
    """Return the text and label of what remains of one mention; the first occurrence of `name` is the mention."""
    start = text.index(name)
    mentions = adapt_mentions(text, [Mention(start, start + len(name), label)], language)
    return [(text[mention.start : mention.end], mention.label) for mention in mentions]


@pytest.mark.parametrize(
    ("language", "text", "name", "label", "expected"),
    [
        ("fr", "L'Organisation des Nations unies a voté.", "L'Organisation des Nations unies", "ORG",
         "Organisation des Nations unies"),
        ("fr", "Il a quitté la Commission européenne.", "la Commission européenne", "ORG", "Commission européenne"),
        ("fr", "Il vient de l'Organisation maritime.", "l'Organisation maritime", "ORG", "Organisation maritime"),
        ("fr", "Il vient du Conseil maritime.", "du Conseil maritime", "ORG", "Conseil maritime"),
        ("fr", "« La Commission hésite », dit-elle.", "La Commission", "ORG", "Commission"),
        ("es", "La Comisión Europea votó.", "La Comisión Europea", "ORG", "Comisión Europea"),
        ("es", "Habló del Banco Central.", "del Banco Central", "ORG", "Banco Central"),
        ("it", "L'Unione europea ha votato.", "L'Unione europea", "ORG", "Unione europea"),
        ("it", "Parla dell'Unione europea.", "dell'Unione europea", "ORG", "Unione europea"),
        ("pt", "O Banco Central decidiu.", "O Banco Central", "ORG", "Banco Central"),
        ("pt", "Veio da União Europeia.", "da União Europeia", "ORG", "União Europeia"),
        ("de", "Die Europäische Union zögert.", "Die Europäische Union", "ORG", "Europäische Union"),
        ("de", "Er lobt den Bundestag.", "den Bundestag", "ORG", "Bundestag"),
    ],
)  # fmt: skip
def test_an_article_is_not_part_of_a_name(language: str, text: str, name: str, label: str, expected: str) -> None:
    assert _adapted(text, name, label, language) == [(expected, label)]


@pytest.mark.parametrize(
    ("language", "text", "name", "label"),
    [
        ("fr", "Le Monde paraît le soir.", "Le Monde", "ORG"),
        ("fr", "Elle travaille chez La Petite Ourse.", "La Petite Ourse", "ORG"),
        ("fr", "Le Petit Matin est un film.", "Le Petit Matin", "WORK_OF_ART"),
        ("fr", "La Fontaine écrivait.", "La Fontaine", "PERSON"),
        ("fr", "Hier, d'Artagnan est venu.", "d'Artagnan", "PERSON"),
        ("es", "El Salvador votó.", "El Salvador", "LOC"),
        ("de", "Die Zeit berichtet.", "Die Zeit", "ORG"),
        ("en", "La Paz was quiet.", "La Paz", "GPE"),
        ("", "L'Organisation a voté.", "L'Organisation", "ORG"),
    ],
)
def test_an_article_of_the_name_stays(language: str, text: str, name: str, label: str) -> None:
    remaining = _adapted(text, name, label, language)
    assert [form for form, _ in remaining] == [name]


def test_an_article_stays_where_the_text_has_it_inside_a_sentence_too() -> None:
    text = "La Petite Ourse ouvre demain. Elle dîne chez La Petite Ourse."
    spans = [(0, 15), (text.rindex("La"), len(text) - 1)]
    mentions = adapt_mentions(text, [Mention(*span, "ORG") for span in spans], "fr")
    assert [mention[:2] for mention in mentions] == spans


@pytest.mark.parametrize(
    ("language", "text", "name", "expected"),
    [
        ("fr", "Selon M. Orvel, tout va bien.", "M. Orvel", "Orvel"),
        ("fr", "Selon M. le président Orvel, tout va bien.", "M. le président Orvel", "Orvel"),
        ("fr", "Il cite la ministre Anne Orvel.", "la ministre Anne Orvel", "Anne Orvel"),
        ("es", "Habló la presidenta Ana Orvel.", "presidenta Ana Orvel", "Ana Orvel"),
        ("it", "Parla il presidente Anna Orvel.", "presidente Anna Orvel", "Anna Orvel"),
        ("de", "Es kam Bundeskanzlerin Anna Orvel.", "Bundeskanzlerin Anna Orvel", "Anna Orvel"),
        ("pt", "Falou a ministra Ana Orvel.", "ministra Ana Orvel", "Ana Orvel"),
    ],
)
def test_a_title_is_not_part_of_a_name(language: str, text: str, name: str, expected: str) -> None:
    assert _adapted(text, name, "PERSON", language) == [(expected, "PERSON")]


@pytest.mark.parametrize(
    ("language", "text", "name", "label"),
    [
        ("fr", "Le ministre des Affaires étrangères part.", "ministre des Affaires étrangères", "ORG"),
        ("fr", "La Première ministre d'Estonie part.", "Première ministre d'Estonie", "MISC"),
        ("fr", "Le Premier ministre belge part.", "Premier ministre belge", "MISC"),
        ("fr", "Voici M. le député.", "M.", "PERSON"),
        ("es", "El ministro de Asuntos Exteriores viaja.", "ministro de Asuntos Exteriores", "ORG"),
        ("it", "Il ministro degli Esteri viaggia.", "ministro degli Esteri", "ORG"),
        ("de", "Der Präsident der Kommission reist.", "Präsident der Kommission", "ORG"),
    ],
)
def test_an_office_is_no_name(language: str, text: str, name: str, label: str) -> None:
    assert _adapted(text, name, label, language) == []


def test_a_ministry_is_a_name() -> None:
    text = "Selon le ministère des Affaires étrangères, oui."
    assert _adapted(text, "ministère des Affaires étrangères", "ORG", "fr") == [
        ("ministère des Affaires étrangères", "ORG")
    ]


@pytest.mark.parametrize(
    ("language", "text", "name", "label", "expected"),
    [
        ("fr", "Les Français votent.", "Français", "LOC", "NORP"),
        ("fr", "Une Allemande a gagné.", "Allemande", "MISC", "NORP"),
        ("fr", "Les Marseillais ont gagné.", "Marseillais", "LOC", "NORP"),
        ("fr", "Les Suisses votent.", "Suisses", "LOC", "NORP"),
        ("fr", "La Suisse vote.", "La Suisse", "LOC", "GPE"),
        ("fr", "Il rentre en Allemagne.", "Allemagne", "LOC", "GPE"),
        ("fr", "Il aime les Alpes.", "Alpes", "LOC", "LOC"),
        ("fr", "Il aime les Philippines.", "Philippines", "LOC", "GPE"),
        ("de", "Die Polen wählen.", "Polen", "LOC", "NORP"),
        ("de", "Er reist nach Polen.", "Polen", "LOC", "GPE"),
        ("de", "Die Franzosen wählen.", "Franzosen", "MISC", "NORP"),
        ("es", "Vive en Alemania.", "Alemania", "LOC", "GPE"),
        ("it", "Vive in Germania.", "Germania", "LOC", "GPE"),
        ("pt", "Vive na Alemanha.", "Alemanha", "LOC", "GPE"),
    ],
)  # fmt: skip
def test_peoples_and_countries_get_their_labels(language: str, text: str, name: str, label: str, expected: str) -> None:
    assert [label for _, label in _adapted(text, name, label, language)] == [expected]


def test_names_without_articles_reach_the_document_pass() -> None:
    text = "L'Organisation maritime a voté. M. Orvel, de l'Organisation maritime, a salué les Malgaches."
    document = document_of(text)
    names = [("L'Organisation maritime", "ORG"), ("M. Orvel", "PERSON"), ("Malgaches", "LOC")]
    final = document_pass(document, model_mentions(document.text, *names), "fr")
    assert labeled_texts(document, final) == [
        ("Organisation maritime", "ORG"), ("Orvel", "PERSON"), ("Organisation maritime", "ORG"), ("Malgaches", "NORP"),
    ]  # fmt: skip


@pytest.mark.parametrize("language", ["fr", "es", "it", "pt", "de"])
def test_the_tables_have_the_words_of_a_language(language: str) -> None:
    words = words_of_language(language)
    assert words is not None
    assert all((words.articles, words.prepositions, words.titles, words.offices))
    assert len(words.countries) > 150


@pytest.mark.parametrize("label", ["ORG", "PERSON"])
@pytest.mark.parametrize("part", ["l'", "de la ", "M. ", "ministre ", "ministre de ", "L'A", "«"])
def test_long_runs_of_words_before_names_are_read(part: str, label: str) -> None:
    text = part * 20_000
    mentions = adapt_mentions(text, [Mention(0, len(text), label)], "fr")
    assert all(0 <= mention.start <= mention.end == len(text) for mention in mentions)
