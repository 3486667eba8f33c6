from __future__ import annotations

import copy
import pickle
import typing
from typing import Any

import pytest

from reader.structures.named_tuple import NamedTuple


class Point(NamedTuple):
    """A point."""

    x: int
    y: int = 0
    tags: tuple[str, ...] = ()

    @property
    def sum(self) -> int:
        """The sum of both."""
        return self.x + self.y

    def moved(self, x: int) -> Point:
        return self._replace(x=self.x + x)

    @classmethod
    def origin(cls) -> Point:
        return cls(0)


class TypingPoint(typing.NamedTuple):
    """A point."""

    x: int
    y: int = 0
    tags: tuple[str, ...] = ()


def test_a_named_tuple_is_that_of_the_library() -> None:
    ours: object = Point(1, y=2)
    library: object = TypingPoint(1, 2)
    assert ours == library == (1, 2, ())
    assert repr(ours) == repr(library).replace("TypingPoint", "Point")
    for attribute in ("_fields", "_field_defaults", "__doc__", "__module__", "__match_args__", "__slots__"):
        assert getattr(Point, attribute) == getattr(TypingPoint, attribute)
    assert Point.__qualname__ == "Point"
    assert Point.__mro__ == (Point, tuple, object)


def test_methods_and_properties_stay() -> None:
    assert (Point(1, 2).sum, Point(1).moved(4), Point.origin()) == (3, (5, 0, ()), (0, 0, ()))


@pytest.mark.parametrize("arguments", [(), (1, 2, (), 4)])
def test_wrong_arguments_are_refused(arguments: Any) -> None:
    with pytest.raises(TypeError, match="argument"):
        Point(*arguments)


def test_a_field_without_a_default_cannot_follow_one_with_a_default() -> None:
    with pytest.raises(TypeError, match="without a default"):

        class Wrong(NamedTuple):
            a: int = 0
            b: int  # type: ignore[misc]  # that is what is tested


def test_instances_can_be_copied_pickled_and_matched() -> None:
    point = Point(1, 2, ("a",))
    assert pickle.loads(pickle.dumps(point)) == copy.copy(point) == copy.deepcopy(point) == point
    match point:
        case Point(x, y):
            assert (x, y) == (1, 2)


def test_hints_are_read_when_they_are_asked_for() -> None:
    assert typing.get_type_hints(Point) == {"x": int, "y": int, "tags": tuple[str, ...]}
