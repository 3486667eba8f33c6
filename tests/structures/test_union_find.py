from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.structures.union_find import UnionFind

pairs = st.lists(st.tuples(st.booleans(), st.integers(0, 12), st.integers(0, 12)), max_size=40)


@given(pairs)
def test_agrees_with_sets_kept_the_slow_way(steps: list[tuple[bool, int, int]]) -> None:
    sets = UnionFind[int]()
    groups = {item: {item} for item in range(13)}
    separated: set[frozenset[int]] = set()

    def slow_apart(left: int, right: int) -> bool:
        return any(frozenset((a, b)) in separated for a in groups[left] for b in groups[right])

    for join, left, right in steps:
        together = groups[left] is groups[right]
        if join:
            assert sets.join(left, right) == (not together)
            if not together:
                merged = groups[left] | groups[right]
                groups.update(dict.fromkeys(merged, merged))
        else:
            assert sets.keep_apart(left, right) == (not together)
            if not together:
                separated.add(frozenset((left, right)))
        for a in groups:
            for b in groups:
                assert sets.joined(a, b) == (groups[a] is groups[b])
                if a not in groups[b]:
                    assert sets.apart(a, b) == slow_apart(a, b)


def test_the_left_root_represents_the_joined_set() -> None:
    sets = UnionFind[str]()
    sets.join("a", "b")
    sets.join("c", "a")
    assert sets.root("b") == "c"
