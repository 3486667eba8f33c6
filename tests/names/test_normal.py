from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.names import fold, normal, surface


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("the United Nations", "United Nations"),
        ("The Hague", "Hague"),
        ("a Sri Lankan", "Sri Lankan"),
        ("A Farewell", "A Farewell"),
        ("“Obama’s”", "Obama"),
        ("Human Rights Watch'", "Human Rights Watch"),
        ("Da’esh", "Da'esh"),
        ("Iran–Iraq War", "Iran-Iraq War"),
        ("Islamic\n   State", "Islamic State"),
        ("The", "The"),
        ("ﬁfth Column", "fifth Column"),
    ],
)
def test_normal_form_drops_articles_possessives_and_quotes(written: str, expected: str) -> None:
    assert normal(written) == expected


def test_a_surface_form_is_the_same_however_the_name_is_typeset() -> None:
    assert surface("Ministry of\n  Trade’s") == surface("Minis\u00adtry of Trade's") == "Ministry of Trade's"


@pytest.mark.parametrize(("first", "second"), [("Bogotá", "bogota"), ("Łódź", "LODZ"), ("Mérida", "Me\u0301rida")])
def test_folding_ignores_case_and_diacritics(first: str, second: str) -> None:
    assert fold(first) == fold(second)


def test_folding_keeps_different_particles_different() -> None:
    assert fold("al-Rufayi") != fold("el-Rufayi")


@given(st.text(max_size=60))
def test_normal_form_is_never_empty_and_surface_is_idempotent(text: str) -> None:
    assert surface(surface(text)) == surface(text)
    assert bool(normal(text)) or not surface(text).strip()
