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
def test_normal_form_drops_what_is_no_part_of_a_name(written: str, expected: str) -> None:
    assert normal(written) == expected


def test_surface_joins_lines_and_leaves_the_rest() -> None:
    assert surface("Ministry of\n  Trade’s") == "Ministry of Trade’s"


@pytest.mark.parametrize(("one", "other"), [("Bogotá", "bogota"), ("Łódź", "LODZ"), ("Mérida", "Me\u0301rida")])
def test_folding_forgets_case_and_diacritics(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_folding_keeps_particles_apart() -> None:
    assert fold("al-Rufayi") != fold("el-Rufayi")


@given(st.text(max_size=60))
def test_normal_form_is_never_lost_and_surface_is_idempotent(text: str) -> None:
    assert surface(surface(text)) == surface(text)
    assert bool(normal(text)) or not surface(text).strip()
