from __future__ import annotations

import copy
import dataclasses
import pickle
from concurrent.futures import ThreadPoolExecutor
from dataclasses import FrozenInstanceError, field, fields, replace
from functools import cached_property
from typing import Any, ClassVar, Generic, TypeVar

import pytest

from reader.structures.lazy_dataclass import dataclass

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Point:
    """A point."""

    kind: ClassVar[str] = "point"
    x: int
    y: int = 0
    tags: tuple[str, ...] = ()

    @property
    def sum(self) -> int:
        return self.x + self.y


@dataclass(frozen=True, slots=True)
class Pin(Point):
    """A point with a name."""

    name: str = ""


@dataclass(slots=True)
class Counter:
    """Counts."""

    values: list[int] = field(default_factory=list)
    total: int = field(default=7, init=False)

    def __post_init__(self) -> None:
        self.total += len(self.values)


@dataclass(frozen=True, slots=True, eq=False)
class Handle(Generic[Value]):
    """A value compared by identity."""

    value: Value


@dataclass(slots=True, order=True)
class Version:
    """A version."""

    major: int
    minor: int = 0


@dataclass(frozen=True)
class Line:
    """A line of text."""

    text: str
    width: int = 80

    @cached_property
    def words(self) -> tuple[str, ...]:
        return tuple(self.text.split())


def new_class() -> Any:
    @dataclass(frozen=True, slots=True)
    class Fresh:
        """A class that nothing has used yet."""

        a: int
        b: str = "b"

    return Fresh


def test_instances_are_compared_hashed_and_shown_by_their_fields() -> None:
    assert Point(1, 2) == Point(1, y=2) != Point(2, 1)
    assert hash(Point(1)) == hash(Point(1, 0))
    assert repr(Point(1)) == "Point(x=1, y=0, tags=())"
    assert Version(1) < Version(1, 2) < Version(2)
    assert Counter([1, 2]) == Counter([1, 2])
    with pytest.raises(TypeError, match="unhashable"):
        hash(Counter())


def test_defaults_factories_and_class_variables_work() -> None:
    assert (Counter().total, Counter([1]).total) == (7, 8)
    assert Counter().values is not Counter().values
    assert (Point.kind, Point(3).kind, Point(3, 4).sum) == ("point", "point", 7)
    assert not hasattr(Point(1), "__dict__")


def test_wrong_arguments_are_refused() -> None:
    fresh = new_class()
    with pytest.raises(TypeError, match="missing 1 required"):
        fresh()


def declared_classes() -> list[type]:
    """Return classes with every kind of field."""

    class Plain:
        a: int
        b: str = "b"
        c: tuple[str, ...] = field(default=(), repr=False)

    class Made:
        values: list[int] = field(default_factory=list)
        total: int = field(default=7, init=False)
        names: dict[str, int] = field(default_factory=dict, init=False)
        later: int = field(init=False)

        def __post_init__(self) -> None:
            self.later = len(self.values)

    class Special:
        a: int
        _: dataclasses.KW_ONLY
        b: int = 2
        c: dataclasses.InitVar[int] = 3  # type: ignore[assignment]  # as the library takes it

    return [Plain, Made, Special, type("Empty", (), {"__annotations__": {}})]


@pytest.mark.parametrize("number", range(len(declared_classes())))
@pytest.mark.parametrize(
    "arguments", [(), (1,), (1, "x"), (1, "x", ("y",)), (1, 2, 3, 4), {"a": 1}, {"values": [4]}, {"z": 1}]
)
@pytest.mark.parametrize("frozen", [True, False])
def test_instances_are_made_as_the_library_makes_them(number: int, arguments: Any, frozen: bool) -> None:
    ours: Any = dataclass(slots=True, frozen=frozen)(declared_classes()[number])
    library: Any = dataclasses.dataclass(slots=True, frozen=frozen)(declared_classes()[number])

    def outcome(make: Any) -> object:
        try:
            made = make(**arguments) if isinstance(arguments, dict) else make(*arguments)
        except (TypeError, AttributeError) as error:
            return str(error).partition("__init__")[2] or type(error)
        return {item.name: getattr(made, item.name, None) for item in fields(make)}

    assert outcome(ours) == outcome(library)


def test_the_first_instance_needs_no_more_than_its_init(monkeypatch: pytest.MonkeyPatch) -> None:
    fresh = new_class()
    with monkeypatch.context() as patch:
        patch.setattr(dataclasses, "dataclass", None)
        assert (fresh(1).a, fresh(1, b="c").b) == (1, "c")
    assert fresh(1) == fresh(1, "b") != fresh(2)


def test_frozen_fields_cannot_be_set_or_deleted() -> None:
    point = Point(1)
    with pytest.raises(FrozenInstanceError):
        point.x = 2  # type: ignore[misc]  # that is what is tested
    with pytest.raises(FrozenInstanceError):
        del point.x


def test_a_class_derived_from_one_that_nothing_used_has_its_fields() -> None:
    base = new_class()
    derived: Any = dataclass(frozen=True, slots=True)(
        type("Derived", (base,), {"__annotations__": {"c": "int"}, "c": 3})
    )
    assert [item.name for item in fields(derived)] == ["a", "b", "c"]
    assert (derived(1).c, derived(1).__slots__) == (3, ("c",))


def test_a_derived_class_adds_its_fields() -> None:
    assert Pin(1, name="home") == Pin(1, 0, (), "home")
    assert replace(Pin(1), x=2, name="work") == Pin(2, name="work")


@pytest.mark.parametrize("value", [Point(1, 2), Pin(1, name="a"), Counter([3]), Version(1)])
def test_instances_can_be_copied_and_pickled(value: object) -> None:
    assert pickle.loads(pickle.dumps(value)) == copy.copy(value) == copy.deepcopy(value) == value


def test_an_instance_made_without_init_can_be_compared() -> None:
    fresh = new_class()
    blank = fresh.__new__(fresh)
    object.__setattr__(blank, "a", 1)
    object.__setattr__(blank, "b", "b")
    assert blank == fresh(1)


@pytest.mark.parametrize("use", [fields, dataclasses.is_dataclass, lambda cls: cls.__match_args__])
def test_the_class_itself_can_be_asked_for_its_fields(use: Any) -> None:
    assert use(new_class())


def test_fields_can_be_matched_by_position() -> None:
    match Handle(5):
        case Handle(value):
            assert value == 5


def test_identity_decides_if_there_is_no_comparison() -> None:
    handle = Handle("a")
    assert handle == handle != Handle("a")
    assert len({handle, Handle("a")}) == 2


def test_written_methods_stay() -> None:
    @dataclass(frozen=True, slots=True)
    class Own:
        """A class with methods of its own."""

        a: int

        def __repr__(self) -> str:
            return "own"

        def __eq__(self, other: object) -> bool:
            return isinstance(other, Own)

    assert repr(Own(1)) == "own"
    assert Own(1) == Own(2)
    assert hash(Own(1)) == hash((1,))


def test_threads_that_use_a_class_first_at_the_same_time_get_the_same_methods() -> None:
    for _ in range(50):
        fresh = new_class()
        with ThreadPoolExecutor(4) as pool:
            assert set(pool.map(fresh, [1] * 8)) == {fresh(1)}


def test_a_class_without_slots_has_cached_properties_and_the_same_methods() -> None:
    cold, warm = Line("a b"), Line("a b")
    assert warm.words == ("a", "b")
    assert cold == warm == pickle.loads(pickle.dumps(warm))
    assert (hash(cold), repr(cold)) == (hash(warm), "Line(text='a b', width=80)")
    with pytest.raises(FrozenInstanceError):
        cold.text = "c"  # type: ignore[misc]  # that is what is tested
