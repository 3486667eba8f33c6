"""The user's answers about the profiles of a collection, and the profiles as they follow the answers."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from functools import partial
from typing import Any, Final, Protocol, TypeAlias

from textual.worker import Worker

from reader.annotate import GENERAL_DOCUMENT, Store
from reader.annotate.decisions import Decision
from reader.annotate.log.decision_history import Step
from reader.collection.storage.collection_storage import CollectionBusyError, CollectionError, CollectionStorage
from reader.collection.storage.profile_state import profiles_follow
from reader.collection.upkeep.profile_update import LiveProfiles
from reader.collection.upkeep.saved_decisions import decisions_digest
from reader.ui.collection_session import CollectionSession
from reader.ui.screens.collection.collection_access import CollectionAccess

PairKey: TypeAlias = tuple[str, str]
"""The keys of the two profiles that a question is about."""
CATCHING_UP: Final = "bringing the entities up to date …"
"""What is said while the profiles are written that earlier decisions ask for."""
WAITING: Final = "your answers are kept; the entities follow them when indexing is done"
"""What is said while another process writes the index."""
_BUSY_SECONDS: Final = 1.0
"""Seconds until the index is tried again that another process writes."""
_QUIET_SECONDS: Final = 0.2
"""Seconds after an answer before the profiles follow it, with those given meanwhile. Also the seconds before something
is read for a question under the cursor."""


class ProfilesHost(Protocol):
    """The screen that shows the profiles."""

    def show_message(self, message: str, *, alarm: bool = False) -> None:
        """Show one line."""

    def run_worker(self, work: Callable[[], Coroutine[Any, Any, None]], *, group: str) -> Worker[None]:
        """Start work in the background."""

    async def show_new_profiles(self) -> None:
        """Show the profiles, which have been written again."""


class DecidedProfiles:
    """Records answers, and writes the profiles that follow from them once the user pauses."""

    def __init__(
        self, host: ProfilesHost, collection: CollectionAccess, store: Store, session: CollectionSession
    ) -> None:
        self._host = host
        self._collection = collection
        self._store = store
        self._session = session
        self._profiles = LiveProfiles()
        self._answered: set[PairKey] = set()
        """The questions that were answered since the profiles were written."""
        self._is_behind = False
        """Whether there are decisions that the profiles do not follow yet."""
        self._writing = asyncio.Lock()
        self._worker: Worker[None] | None = None
        self._next_pair: PairKey | None = None
        """The question for whose answer nothing was read yet."""
        self._preparing: Worker[None] | None = None

    def prepare(self, pair: PairKey) -> None:
        """Read what an answer to a question will need, once the user looks at it for a moment."""
        self._next_pair = pair
        if self._preparing is None or self._preparing.is_finished:
            self._preparing = self._host.run_worker(self._prepare, group="questions")

    def decide(self, decision: Decision, pair: PairKey) -> str:
        """Record the answer to a question. Return the id of the step."""
        history = self._store.append(GENERAL_DOCUMENT, [decision])
        self._answered.add(pair)
        self._follow_soon()
        return history.steps[-1].id

    def take_back(self, step: str) -> Step | None:
        """Undo an answer by the id of its step. Return the step, None if another window has undone it."""
        undone, _ = self._store.undo(GENERAL_DOCUMENT, step)
        if undone is not None:
            self._answered.clear()
            self._follow_soon()
        return undone

    def is_answered(self, pair: PairKey) -> bool:
        """Return whether a question was answered since the profiles were written."""
        return pair in self._answered

    def catch_up(self) -> None:
        """Write the profiles again if they do not follow the decisions: the program ended before they were written."""
        self._host.run_worker(self._follow_earlier_decisions, group="profiles")

    @property
    def _decisions(self) -> tuple[Decision, ...]:
        return self._store.history(GENERAL_DOCUMENT).decisions

    def _follow_soon(self) -> None:
        self._is_behind = True
        if self._worker is None or self._worker.is_finished:
            self._worker = self._host.run_worker(self._follow, group="profiles")

    async def _follow(self) -> None:
        """Write what the decisions change, and show the questions that then remain."""
        is_waiting = False
        while self._is_behind:
            await asyncio.sleep(_BUSY_SECONDS if is_waiting else _QUIET_SECONDS)
            async with self._writing:
                self._is_behind = False
                answered = set(self._answered)
                try:
                    await self._collection.compute(self._write_profiles)
                except CollectionBusyError:
                    if not is_waiting:
                        self._host.show_message(WAITING)
                    is_waiting = self._is_behind = True
                    continue
                except CollectionError as error:
                    self._host.show_message(str(error), alarm=True)
                    return
            is_waiting = False
            self._answered -= answered
            if not self._is_behind:
                await self._host.show_new_profiles()

    async def _follow_earlier_decisions(self) -> None:
        digest = decisions_digest(self._decisions)
        with suppress(CollectionError):
            if not await self._collection.ask(lambda storage: profiles_follow(storage, digest)):
                self._host.show_message(CATCHING_UP)
                self._follow_soon()

    async def _prepare(self) -> None:
        while (pair := self._next_pair) is not None:
            await asyncio.sleep(_QUIET_SECONDS)
            if pair == self._next_pair:
                self._next_pair = None
                with suppress(CollectionError):  # an answer will meet it again
                    await self._collection.compute(partial(self._read_for_answer, pair))

    # In another thread

    def _read_for_answer(self, pair: PairKey, storage: CollectionStorage) -> None:
        with self._session.profiles_lock:
            self._profiles.prepare(storage, self._decisions, pair)

    def _write_profiles(self, storage: CollectionStorage) -> None:
        with self._session.profiles_lock:
            self._profiles.follow(storage, self._decisions)
