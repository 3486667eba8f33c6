"""Tables from command ids to the functions that run them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping
from functools import partial
from typing import Generic, TypeAlias, TypeVar

from reader.ui.keys.commands import COMMANDS_BY_ID

Outcome: TypeAlias = Awaitable[None] | None
"""What an action returns: something to wait for if it asks the user a question."""
Target = TypeVar("Target", contravariant=True)
BoundTarget = TypeVar("BoundTarget")


class ActionTable(Generic[Target]):
    """Actions by command id. Each runs on a target, such as a screen or a list.

    Args:
        plain: Actions that take the target only.
        counted: Actions that also take the count typed before the key (1 if none was typed).
        numbered: Actions that take the number typed before the key, 0 if none was typed.

    Raises:
        ValueError: A command does not exist, or is listed twice. Tables are built at import, so this fails there.
    """

    def __init__(
        self,
        *,
        plain: Mapping[str, Callable[[Target], Outcome]] | None = None,
        counted: Mapping[str, Callable[[Target, int], Outcome]] | None = None,
        numbered: Mapping[str, Callable[[Target, int], Outcome]] | None = None,
    ) -> None:
        self.plain: Mapping[str, Callable[[Target], Outcome]] = plain or {}
        self.counted: Mapping[str, Callable[[Target, int], Outcome]] = counted or {}
        self.numbered: Mapping[str, Callable[[Target, int], Outcome]] = numbered or {}
        unknown = [command_id for command_id in self if command_id not in COMMANDS_BY_ID]
        if unknown:
            raise ValueError(f"no such command: {', '.join(unknown)}")
        if twice := {command_id for command_id in self if [*self].count(command_id) > 1}:
            raise ValueError(f"two actions for one command: {', '.join(sorted(twice))}")

    def __iter__(self) -> Iterator[str]:
        yield from self.plain
        yield from self.counted
        yield from self.numbered


class BoundActions:
    """The actions of one screen, each bound to its target."""

    def __init__(self) -> None:
        self._plain: dict[str, Callable[[], Outcome]] = {}
        self._counted: dict[str, Callable[[int], Outcome]] = {}
        self._numbered: dict[str, Callable[[int], Outcome]] = {}
        self._bind_rest: Callable[[], None] | None = None

    def bind_later(self, bind: Callable[[], None]) -> None:
        """Leave binding to a function that is called before an action is first asked for."""
        self._bind_rest = bind

    @property
    def is_waiting(self) -> bool:
        """Whether something is left to bind."""
        return self._bind_rest is not None

    def bind_now(self) -> None:
        """Bind what was left for later, if it is not bound yet."""
        bind, self._bind_rest = self._bind_rest, None
        if bind is not None:
            bind()

    def bind(self, table: ActionTable[BoundTarget], target: BoundTarget) -> None:
        """Add the actions of a table.

        Raises:
            ValueError: A command has an action already.
        """
        if twice := [command_id for command_id in table if command_id in self]:
            raise ValueError(f"two actions for one command: {', '.join(twice)}")
        self._plain |= {command_id: partial(action, target) for command_id, action in table.plain.items()}
        self._counted |= {command_id: partial(action, target) for command_id, action in table.counted.items()}
        self._numbered |= {command_id: partial(action, target) for command_id, action in table.numbered.items()}

    def __contains__(self, command_id: object) -> bool:
        self.bind_now()
        return command_id in self._plain or command_id in self._counted or command_id in self._numbered

    def __iter__(self) -> Iterator[str]:
        self.bind_now()
        yield from self._plain
        yield from self._counted
        yield from self._numbered

    def run(self, command_id: str, count: int = 0) -> Outcome:
        """Run the action of a command; do nothing if it has none here.

        Args:
            command_id: The command.
            count: The number typed before the key, 0 if none was typed.
        """
        self.bind_now()
        if plain := self._plain.get(command_id):
            return plain()
        if numbered := self._numbered.get(command_id):
            return numbered(count)
        counted = self._counted.get(command_id)
        return counted(count or 1) if counted else None
