from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.recognize import cached_mentions, mentions_of
from reader.recognize.process.client import Finished, RecognitionClient
from reader.recognize.rules.languages.language import foreign_language, foreign_notice
from tests.recognize.samples import document

TEXTS = {
    "German": "Die Behörde teilte mit, dass der Hafen nach dem Sturm geschlossen bleibt. Ein Sprecher sagte, die "
    "Schiffe seien nicht beschädigt, aber der Betrieb werde erst am Montag wieder aufgenommen.",
    "French": "Le port est resté fermé après la tempête, selon les autorités. Un porte-parole a déclaré que les "
    "navires ne sont pas endommagés, mais que le trafic ne reprendra pas avant lundi dans la région.",
    "Spanish": "El puerto sigue cerrado tras la tormenta, según las autoridades. Un portavoz dijo que los barcos no se "
    "dañaron, pero que el tráfico no se reanudará hasta el lunes por la mañana.",
    "Italian": "Il porto è ancora chiuso dopo la tempesta. Un portavoce ha detto che le navi non sono danneggiate, ma "
    "il traffico della regione riprenderà solo lunedì con una nuova ordinanza.",
    "Dutch": "De haven is na de storm nog gesloten. Een woordvoerder zei dat de schepen niet beschadigd zijn, maar het "
    "verkeer wordt pas op maandag hervat, aldus een verklaring van de gemeente.",
    "Polish": "Port jest nadal zamknięty po burzy. Rzecznik powiedział, że statki nie są uszkodzone, ale ruch zostanie "
    "wznowiony dopiero w poniedziałek, jak podano w komunikacie do prasy i na stronie.",
    "Cyrillic": "Порт остаётся закрытым после шторма, сообщили власти города. Суда не повреждены.",
    "Arabic": "الميناء لا يزال مغلقا بعد العاصفة حسب السلطات المحلية في المدينة.",
    "Chinese": "港口在暴风雨后仍然关闭。发言人说船只没有受损,但交通要到星期一才能恢复。当局正在调查此事的原因。",
    "Japanese": "港は嵐のあとも閉鎖されたままです。広報担当者は船に損傷はないが、運航は月曜日まで再開されない。",
}
ENGLISH = (
    "The port is still closed after the storm, the authorities of the city said. A spokesman told reporters that the "
    "ships were not damaged, but traffic would not be taken up again before Monday."
)


@pytest.mark.parametrize("language", TEXTS)
def test_another_language_is_recognized(language: str) -> None:
    assert foreign_language(TEXTS[language], "en") == language


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        ENGLISH,
        ENGLISH.upper(),
        # a list of names, and a quotation in an English text
        "Angela Merkel, Frankfurt am Main. Deutsche Bank. Bayerische Motoren Werke. Gerhard Schröder, Hannover. " * 3,
        ENGLISH + " “Die Schiffe sind nicht beschädigt, und der Hafen wird geöffnet”, he said. " + ENGLISH,
        "12 34 56 78 90 " * 50,
        "Port: 東京。 " + ENGLISH,
    ],
)
def test_in_doubt_a_text_counts_as_in_the_right_language(text: str) -> None:
    assert foreign_language(text, "en") == ""


def test_texts_are_compared_with_the_language_of_the_pipeline() -> None:
    assert foreign_language(TEXTS["German"], "de") == ""
    assert foreign_language(ENGLISH, "de") == "English"
    assert foreign_language(TEXTS["Cyrillic"], "ru") == ""
    assert foreign_notice(document(TEXTS["German"]), "", "xx_many") == ""


@given(st.text())
def test_every_text_has_a_result(text: str) -> None:
    assert isinstance(foreign_language(text, "en"), str)


def test_a_foreign_document_has_no_mentions_and_a_notice(tiny_pipeline: Path) -> None:
    foreign_document = document("Ada Kovacs. " + TEXTS["German"])
    for _ in range(2):
        analysis = mentions_of(foreign_document, str(tiny_pipeline))
        assert analysis.mentions == ()
        assert re.search("appears to be German \\(“.*”, “.*” …\\), but en_tiny reads English", analysis.notice)
        assert "--language en" in analysis.notice
    cached = cached_mentions(foreign_document, str(tiny_pipeline))
    assert cached == analysis
    assert mentions_of(document("Ada Kovacs. " + ENGLISH), str(tiny_pipeline)).notice == ""


async def test_the_worker_sends_the_notice_too(tiny_pipeline: Path) -> None:
    async with RecognitionClient() as client:
        events = [event async for event in client.analyze(document(TEXTS["French"]), str(tiny_pipeline))]
    assert isinstance(events[-1], Finished)
    assert "appears to be French" in events[-1].notice
    assert events[-1].mentions == ()


@pytest.mark.parametrize("names", ["Smith Jones ", "La Rosa Del Monte ", "de la Rosa ", "El Al Di Maria Van De Beek "])
def test_names_that_are_repeated_are_no_other_language(names: str) -> None:
    assert foreign_language(names * 300, "en") == ""


def test_text_in_capitals_still_tells_its_language() -> None:
    assert foreign_language(TEXTS["German"].upper(), "en") == "German"


def test_the_user_says_which_language_a_text_is_in(tiny_pipeline: Path) -> None:
    german = document("Ada Kovacs. " + TEXTS["German"])
    assert mentions_of(german, str(tiny_pipeline)).mentions == ()
    assert mentions_of(replace(german, language="en"), str(tiny_pipeline)).mentions != ()
    notice = mentions_of(replace(document(ENGLISH), language="fr"), str(tiny_pipeline)).notice
    assert notice.startswith("recognition skipped: --language says French, but en_tiny reads English")


async def test_the_worker_knows_what_the_user_said(tiny_pipeline: Path) -> None:
    german = replace(document("Ada Kovacs. " + TEXTS["German"]), language="en")
    async with RecognitionClient() as client:
        events = [event async for event in client.analyze(german, str(tiny_pipeline))]
    assert isinstance(events[-1], Finished)
    assert events[-1].mentions != ()
