from __future__ import annotations

import pytest

from reader.collection.descriptions import Description, describe_entities
from reader.recognize import Mention


def describe(text: str) -> dict[str, Description]:
    """Return the descriptions in a text in which names are written as "[Ada Quill|PERSON]"; the ids are the names."""
    plain, mentions, owners = "", [], {}
    for number, part in enumerate(text.replace("]", "[").split("[")):
        if number % 2:
            name, label = part.split("|")
            mention = Mention(len(plain), len(plain) + len(name), label)
            mentions.append(mention)
            owners[mention] = name
            plain += name
        else:
            plain += part
    return describe_entities(plain, mentions, owners)


@pytest.mark.parametrize(
    ("text", "words", "beside"),
    [
        ("The former potter [Ada Quill|PERSON] sold it.", {"potter"}, set()),
        ("A [Tarnish|NORP] potter, [Ada Quill|PERSON], sold it.", {"potter"}, {"Tarnish"}),
        (
            "A former potter at the [University of Tarn|ORG], [Ada Quill|PERSON], left.",
            {"potter"},
            {"University of Tarn"},
        ),
        ("They met the chief potter of [Tarn|GPE], [Ada Quill|PERSON].", {"potter"}, {"Tarn"}),
        ("[Halden|ORG]'s lawyer, [Ada Quill|PERSON], left.", {"lawyer"}, {"Halden"}),
        ("The daughter of a potter, [Ada Quill|PERSON] left.", set(), set()),
        ("After the potter had gone to the house, [Ada Quill|PERSON] left.", set(), set()),
        ("When the potter arrived, [Ada Quill|PERSON] left.", set(), set()),
        ("[Ada Quill|PERSON] left. The 41-year-old potter had waited.", {"potter"}, set()),
        ("[Ada Quill|PERSON] left. The potter had waited.", {"potter"}, set()),
        ("[Ada Quill|PERSON] left. The career diplomat, 57, had waited.", {"diplomat"}, set()),
        ("[Ada Quill|PERSON] left. The judge had waited.", set(), set()),
        ("[Ivo Sand|PERSON] met [Ada Quill|PERSON]. The potter had waited.", set(), set()),
        ("[Ada Quill|PERSON] met [Ivo Sand|PERSON]. The potter had waited.", set(), set()),
        ("[Tarnish|NORP] potter [Ada Quill|PERSON] sold it.", {"potter"}, {"Tarnish"}),
        ("[Ada Quill|PERSON], a potter from [Tarn|GPE], sold it.", {"potter"}, {"Tarn"}),
        ("[Ada Quill|PERSON], 41, a potter from [Tarn|GPE], sold it.", {"potter"}, {"Tarn"}),
        (
            "[Ada Quill|PERSON] is the chief executive of [Halden Robotics|ORG].",
            {"chief", "executive"},
            {"Halden Robotics"},
        ),
        ("[Ada Quill|PERSON] of [Halden Robotics|ORG] left.", set(), {"Halden Robotics"}),
        ("[Ada Quill|PERSON], who works as a potter in [Tarn|GPE], left.", {"potter"}, {"Tarn"}),
        (
            "[Ada Quill|PERSON] has been named head potter at [Halden Robotics|ORG].",
            {"head", "potter"},
            {"Halden Robotics"},
        ),
        ("They will remember [Ada Quill|PERSON] as a potter who laughed.", {"potter"}, set()),
        (
            "[Ada Quill|PERSON], marine biologist at [Halden Robotics|ORG], left.",
            {"marine", "biologist"},
            {"Halden Robotics"},
        ),
        ("[Ada Quill|PERSON] left as [Ivo Sand|PERSON] became a potter.", set(), set()),
        ("[Ada Quill|PERSON] hired [Ivo Sand|PERSON] as a potter.", set(), set()),
        ("They wrote to [Ada Quill|PERSON], potter [Ivo Sand|PERSON] said.", set(), set()),
        ("[Ada Quill|PERSON] lists [Halden Robotics|ORG] as a potter.", set(), set()),
        ("[Ada Quill|PERSON], who runs [Halden Robotics|ORG], left.", set(), {"Halden Robotics"}),
        ("[Ada Quill|PERSON], who sued [Halden Robotics|ORG], left.", set(), set()),
        ("[Halden|ORG] closed. Its head, [Ada Quill|PERSON], left.", {"head"}, set()),
        ("[Ada Quill|PERSON] described the man as a potter.", set(), set()),
        ("[Ada Quill|PERSON] works as a potter school cook.", {"potter", "school", "cook"}, set()),
        ("[Ada Quill|PERSON] served as potter school.", set(), set()),
        ("[Ada Quill|PERSON] left as the light went out.", set(), set()),
        ("Without [Ada Quill|PERSON], the pottery in [Tarn|GPE] would have closed.", set(), set()),
        ("[Ada Quill|PERSON], [Ivo Sand|PERSON] and [Lea Moss|PERSON] left.", set(), set()),
        ("[Ada Quill|PERSON], said the potter.", set(), set()),
        ("She saw the potter. [Ada Quill|PERSON] left.", set(), set()),
        ("[Senator Ada Quill|PERSON] left.", {"senator"}, set()),
    ],
)
def test_words_and_names_beside_a_person(text: str, words: set[str], beside: set[str]) -> None:
    description = next(value for name, value in describe(text).items() if "Ada Quill" in name)
    assert (set(description.words), set(description.beside)) == (words, beside)


@pytest.mark.parametrize(
    ("text", "born", "age"),
    [
        ("[Ada Quill|PERSON] (born 3 April 1960) left.", 1960, 0),
        ("[Ada Quill|PERSON] (1901–1977) was a potter.", 1901, 0),
        ("[Ada Quill|PERSON] was born in Tarn in 1960.", 1960, 0),
        ("[Ada Quill|PERSON], born in 1960, left.", 1960, 0),
        ("[Ada Quill|PERSON], 41, left.", 0, 41),
        ("[Ada Quill|PERSON], a 41-year-old potter, left.", 0, 41),
        ("[Ada Quill|PERSON] left in 1960.", 0, 0),
        ("[Ada Quill|PERSON], who died on 2 May aged 91, was a potter.", 0, 91),
        ("[Ada Quill|PERSON] has died in Tarn at the age of 83.", 0, 83),
        ("[Ada Quill|PERSON] left.\n\nThe 41-year-old had waited.", 0, 41),
        ("[Ada Quill|PERSON] met [Ivo Sand|PERSON]. The 41-year-old had waited.", 0, 0),
        ("[Ada Quill|PERSON] left. The career diplomat, 57, had waited.", 0, 57),
        ("[Ada Quill|PERSON] left. In 2019 the 41-year-old potter sold it.", 0, 41),
        ("[Ada Quill|PERSON] met the 41-year-old [Ivo Sand|PERSON].", 0, 0),
        ("[Ada Quill|PERSON] left. The 41-year-old [Ivo Sand|PERSON] stayed.", 0, 0),
        ("[Ada Quill|PERSON] hit the 41-year-old.", 0, 0),
    ],
)
def test_a_description_gives_year_of_birth_and_age(text: str, born: int, age: int) -> None:
    description = describe(text)["Ada Quill"]
    assert (description.born, description.age) == (born, age)


def test_a_body_belongs_to_the_country_before_its_name() -> None:
    assert describe("[Velmoria|GPE]'s [National Police|ORG] left.")["National Police"].beside == ("Velmoria",)
    assert describe("The [Velmorian|NORP] [National Police|ORG] left.")["National Police"].beside == ("Velmorian",)
    assert describe("[Ada Quill|PERSON]'s [National Police|ORG] left.")["National Police"].beside == ()


@pytest.mark.parametrize(
    ("text", "words", "beside"),
    [
        ("The [Velmorian|NORP] brewery [Tarn|ORG] closed.", {"brewery"}, {"Velmorian"}),
        ("The [Orn|GPE]-based maker [Tarn|ORG] closed.", {"maker"}, {"Orn"}),
        ("[Orn|GPE]-based [Tarn|ORG] closed.", set(), {"Orn"}),
        ("[Tarn|ORG], based in [Orn|GPE], closed.", set(), {"Orn"}),
        ("[Tarn|ORG], which is headquartered in the port [Orn|GPE], closed.", set(), {"Orn"}),
        ("In [Velmoria|GPE] and abroad [Tarn|ORG] closed.", set(), set()),
        ("The [Velmorians|NORP] of the brewery [Tarn|ORG] left.", set(), set()),
        ("The [Velmorians|NORP] left [Tarn|ORG].", set(), set()),
        ("[Tarn|ORG], based on [Orn|GPE], closed.", set(), set()),
    ],
)
def test_a_body_is_at_home_where_the_words_beside_its_name_say(text: str, words: set[str], beside: set[str]) -> None:
    description = describe(text)["Tarn"]
    assert (set(description.words), set(description.beside)) == (words, beside)


def test_a_list_of_bodies_or_people_describes_none_of_them() -> None:
    choirs = describe("By the [Tarn Choir|ORG], the [Halden Choir|ORG] and the [Velm Chorus|ORG], they say.")
    assert choirs["Tarn Choir"].beside == ()
    assert describe("[Tarn Foods|ORG], a unit of [Halden|ORG], left.")["Tarn Foods"].beside == ("Halden",)


def test_a_place_is_described_by_the_region_beside_it() -> None:
    assert describe("They met in [Tarn|GPE], [Velmoria|GPE], on Monday.")["Tarn"].beside == ("Velmoria",)
    assert describe("They met in [Tarn|GPE] in south [Velmoria|GPE].")["Tarn"].beside == ("Velmoria",)
    assert describe("[Tarn|GPE], in northern [Velmoria|GPE], is small.")["Tarn"].beside == ("Velmoria",)
    assert describe("They met in the [Velmorian|NORP] town of [Tarn|GPE].")["Tarn"].beside == ("Velmorian",)
    assert describe("They met in the [Velmorian|NORP] school of [Tarn|GPE].")["Tarn"].beside == ()
