"""Which full names are common, kept up to date."""

from __future__ import annotations

from itertools import product
from random import Random

from reader.collection.identity.evidence.common_names import CommonNames
from reader.collection.identity.evidence.crossing import CrossingName, crossing_name

_GIVEN_NAMES = ("Orvana", "Teldric", "Mavo", "Ulissa", "John")
_SURNAMES = ("Brenvik", "Kosdal", "Ruvane", "Tasko", "Smith", "Brenvik Jr.")


def _name(text: str) -> CrossingName:
    name = crossing_name(text, "PERSON")
    assert name is not None
    return name


def _common_keys(names: dict[str, CrossingName]) -> set[str]:
    common = CommonNames()
    for name in names.values():
        common.add(name)
    return common.update()


def test_a_name_is_common_if_chance_would_combine_it_again() -> None:
    names = [_name(f"{given_name} {surname}") for given_name, surname in product(_GIVEN_NAMES[:4], _SURNAMES[:4])]
    common = CommonNames()
    for name in names[1:]:
        common.add(name)
    common.add(_name("Sivra Ondelo"))
    changed = common.update()
    assert names[-1].key in changed
    assert names[-1].key in common
    assert _name("Sivra Ondelo").key not in common


def test_a_name_that_the_tables_list_is_common_by_itself() -> None:
    common = CommonNames()
    common.add(_name("John Smith"))
    assert common.update() == {_name("John Smith").key}
    common.remove(_name("John Smith"))
    assert common.update() == {_name("John Smith").key}
    assert _name("John Smith").key not in common


def test_updates_agree_with_counting_anew() -> None:
    """Names come and go at random; after every update, the common names are those of a count from the beginning."""
    texts = [f"{given_name} {surname}" for given_name, surname in product(_GIVEN_NAMES, _SURNAMES)]
    texts += [f"{given_name} Lona {surname}" for given_name, surname in product(_GIVEN_NAMES, _SURNAMES[:3])]
    texts += [f"Person{number}x Family{number}x" for number in range(60)]
    pool = {name.key: name for name in map(_name, texts)}
    for seed in range(20):
        random = Random(seed)
        common, names, keys = CommonNames(), dict[str, CrossingName](), set[str]()
        for _ in range(30):
            for key in random.sample(sorted(pool), random.choice((1, 3, 30))):
                if key in names:
                    common.remove(names.pop(key))
                else:
                    names[key] = pool[key]
                    common.add(pool[key])
            keys ^= common.update()
            assert keys == _common_keys(names)
            assert all((key in common) == (key in keys) for key in pool)
