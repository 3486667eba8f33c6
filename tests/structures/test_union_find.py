from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.structures.union_find import UnionFind

pairs = st.lists(st.tuples(st.booleans(), st.integers(0, 12), st.integers(0, 12)), max_size=40)


@given(pairs)
def test_union_find_agrees_with_plain_sets(steps: list[tuple[bool, int, int]]) -> None:
    sets = UnionFind[int]()
    groups = {item: {item} for item in range(13)}
    separated: set[frozenset[int]] = set()

    def expected_apart(first: int, second: int) -> bool:
        return any(frozenset((a, b)) in separated for a in groups[first] for b in groups[second])

    for join, first, second in steps:
        same_set = groups[first] is groups[second]
        if join:
            assert sets.join(first, second) == (not same_set)
            if not same_set:
                merged = groups[first] | groups[second]
                groups.update(dict.fromkeys(merged, merged))
        else:
            assert sets.keep_apart(first, second) == (not same_set)
            if not same_set:
                separated.add(frozenset((first, second)))
        for a in groups:
            for b in groups:
                assert sets.joined(a, b) == (groups[a] is groups[b])
                if a not in groups[b]:
                    assert sets.apart(a, b) == expected_apart(a, b)


def test_the_first_root_represents_the_joined_set() -> None:
    sets = UnionFind[str]()
    sets.join("a", "b")
    sets.join("c", "a")
    assert sets.root("b") == "c"
