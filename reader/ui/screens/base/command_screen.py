"""A screen whose keys run the commands of the table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from inspect import isawaitable, iscoroutine
from typing import TYPE_CHECKING, ClassVar, TypeAlias, TypeVar

from textual import events, on
from textual.screen import Screen

from reader.ui.base.background_work import start_work
from reader.ui.base.typing_order import TypingQueue, consume
from reader.ui.dialogs.prompts import Prompts
from reader.ui.keys.action_table import BoundActions, Outcome
from reader.ui.keys.commands import COMMANDS_BY_ID, Command
from reader.ui.keys.contexts import Context
from reader.ui.keys.key_names import QUIT_KEY, name_of_key
from reader.ui.keys.key_reader import KeyReader
from reader.ui.keys.keymap import Keymap, Match, Pending, hint_for_key
from reader.ui.textual_internals.change_compositor import paint_only_changes
from reader.ui.textual_internals.screen_stack import close_screen
from reader.ui.textual_internals.typing_screen import Typed, TypingScreen

if TYPE_CHECKING:
    from reader.ui.dialogs.base.dialog import Dialog
    from reader.ui.dialogs.base.input_line import InputLine

Result = TypeVar("Result")
Answer = TypeVar("Answer")
Hint: TypeAlias = tuple[str, str]
"""A key and the words of its command, for the footer."""


class CommandScreen(TypingScreen[Result]):
    """Looks keys up in the keymap and runs the actions of their commands.

    A subclass binds its action tables to `actions` when it is created.
    """

    PASSES_KEYS_BELOW: ClassVar[bool] = False
    """Whether keys typed after the screen was left go to the screen below; else they are dropped."""

    def __init__(self, keymap: Keymap) -> None:
        super().__init__()
        paint_only_changes(self)
        self.keymap = keymap
        self.actions = BoundActions()
        """What the commands do on this screen."""
        self.typing_queue: TypingQueue = TypingQueue(self)
        self.prompts = Prompts(self)
        self._last_asked: TypingQueue | None = None
        self._unfinished: Outcome = None
        """What a command has left for its worker, until that starts."""
        self._key_reader: KeyReader | None = None
        self._hints: dict[Context, tuple[Hint, ...]] = {}

    @property
    def context(self) -> Context:
        """The context in which the next key is looked up."""
        raise NotImplementedError

    @property
    def labels_in_use(self) -> Iterable[str]:
        """Labels that the label menu offers besides the configured ones."""
        return ()

    @property
    def line(self) -> InputLine | None:
        """The line of text being typed on this screen."""
        return None

    @property
    def line_context(self) -> Context | None:
        """The context of the keys that do more in the line than edit, None if there are none."""
        return None

    def leave_line(self, *, accepted: bool) -> None:
        """Stop typing a line, after Enter (accepted) or Escape."""

    def show_typed(self, keys: str) -> None:
        """Show the start of a key sequence, "" if there is none."""

    def show_key_hint(self, message: str) -> None:
        """Show a hint about a key that does nothing here."""

    # Keys

    @on(events.Unmount)
    def _drop_unfinished(self) -> None:
        unfinished, self._unfinished = self._unfinished, None
        if iscoroutine(unfinished):
            unfinished.close()  # its worker never starts

    async def handle_typed(self, event: Typed) -> None:
        """Run the command that a key completes, or edit the line being typed."""
        if self._answered and self.PASSES_KEYS_BELOW:
            self.typing_queue.pass_below(event)
        elif self._answered:
            event.stop()
        elif isinstance(event, events.Paste):
            if self.line is not None:
                event.stop()
                self.line.insert_pasted(event.text)
        elif event.key == QUIT_KEY:
            consume(event)
            self.keymap.clear()
            await self.start_command(COMMANDS_BY_ID["quit"])
        elif (line := self.line) is not None:
            self._edit_line(event, line)
        elif self._key_reader is not None:
            self._give_to_reader(event, self._key_reader)
        else:
            await self._look_up(event)

    @property
    def reading_mode(self) -> str:
        """The mode of the command that takes the next keys, "" if there is none."""
        return self._key_reader.mode if self._key_reader else ""

    def read_keys(self, reader: KeyReader) -> None:
        """Give the next keys to a command, until it needs no more or the user presses Escape."""
        self.stop_reading_keys()
        self._key_reader = reader

    def stop_reading_keys(self) -> None:
        """Give no more keys to the command that takes them."""
        reader, self._key_reader = self._key_reader, None
        if reader is not None:
            reader.leave()

    # Commands

    def can_run(self, command: Command) -> bool:
        """Return whether this screen has an action for a command."""
        return command.id in self.actions

    def can_enter(self, context: Context) -> bool:
        """Return whether `enter` leads to a context."""
        del context
        return False

    def enter(self, context: Context) -> None:
        """Go to the pane of a context."""

    async def start_command(self, command: Command, count: int = 0) -> None:
        """Run a command. If it asks something, return at once and finish it in the background.

        While another command is running, as when the mouse is clicked before its dialog opens, do nothing: two commands
        would ask at once. Once the screen is being left, a click may still arrive, and does nothing either.
        """
        if self.typing_queue.paused or self._answered:
            return
        self.stop_reading_keys()
        outcome = self.actions.run(command.id, count)
        if not isawaitable(outcome):
            outcome = self.follow_up()
        if isawaitable(outcome):
            self.typing_queue.pause()
            self._unfinished = outcome
            start_work(self, self._finish, group="commands")

    def follow_up(self) -> Outcome:
        """Return what is still to be done after a command, None if nothing is."""
        return None

    async def run_command(self, command: Command) -> None:
        """Run a command as part of another one, and wait until it is done."""
        outcome = self.actions.run(command.id)
        if isawaitable(outcome):
            await outcome

    def hints(self) -> tuple[Hint, ...]:
        """Return the hints for the footer, those of the current context first; computed once per context.

        While a sequence of keys is typed, they are the keys that can follow.
        """
        context = self.context
        if self.keymap.typed:
            return tuple(self._continuing_hints(context))
        hints = self._hints.get(context)
        if hints is None:
            hints = self._hints[context] = tuple(self._hints_of(context))
        return hints

    # Dialogs

    async def ask(self, dialog: Dialog[Answer] | CommandScreen[Answer | None]) -> Answer | None:
        """Show a dialog or another screen; return the answer, None if it was left without one.

        A screen that is gone asks nothing: what is shown above another screen would wait forever for the keys that were
        typed here.
        """
        await self._until_closed()
        if self not in self.app.screen_stack:
            return None
        queue = dialog.typing_queue
        queue.pause()
        try:
            screen: Screen[Answer | None] = dialog
            answer = self.app.push_screen(screen, wait_for_dismiss=True)
            self.typing_queue.forward_to(queue)
            return await answer
        finally:
            self.typing_queue.stop_forwarding()
            self._last_asked = queue

    def leave(self, result: Result) -> None:
        """Leave the screen with a result. The first screen ends the app."""
        if self._answered:
            return
        self._answered = True
        if self.app.screen_stack[0] is self:
            self.app.exit(0)
        else:
            close_screen(self, result)

    async def _look_up(self, event: events.Key) -> None:
        key, typed, pending = name_of_key(event), self.keymap.typed, self.keymap.pending
        outcome = self.keymap.feed(key, self.context)
        if outcome is not None or pending:
            consume(event)
        self.show_typed(outcome.typed if isinstance(outcome, Pending) else "")
        if isinstance(outcome, Match):
            await self.start_command(outcome.command, outcome.number)
        elif outcome is None and typed and key in self.keymap.keys_with_id("help"):
            await self.start_command(COMMANDS_BY_ID["help"])
        elif outcome is None and not (typed and key == "escape"):
            self._on_unknown_key(" ".join((*typed, key)))

    def _on_unknown_key(self, keys: str) -> None:
        """Show where a key works that does nothing here."""
        if message := hint_for_key(self.keymap, keys, self.context):
            self.show_key_hint(message)

    def _give_to_reader(self, event: events.Key, reader: KeyReader) -> None:
        consume(event)
        key = name_of_key(event)
        needs_more = key != "escape" and reader.take(key)
        if not needs_more and self._key_reader is reader:  # else a command has taken over meanwhile
            self.stop_reading_keys()
        self.show_typed("")

    def _edit_line(self, event: events.Key, line: InputLine) -> None:
        if event.key in {"enter", "escape"}:
            consume(event)
            self.leave_line(accepted=event.key == "enter")
        elif command := self._line_command(name_of_key(event)):
            consume(event)
            self.actions.run(command.id)
        else:
            line.process_key(event)

    def _line_command(self, key: str) -> Command | None:
        """Return the command of a key that does more in the line than edit."""
        return self.keymap.bindings[self.line_context].get((key,)) if self.line_context else None

    def _continuing_hints(self, context: Context) -> Iterator[Hint]:
        """Yield the keys that end the sequence being typed, then how to see all of them or to leave it.

        Commands that work everywhere come first, and those that go back last: not all keys may fit.
        """
        continuations = self.keymap.continuations(context).items()
        by_use = sorted(
            continuations, key=lambda item: (item[1].words.endswith("back"), item[1].context is not Context.ANYWHERE)
        )
        for keys, command in by_use:
            if self.can_run(command):
                yield " ".join(keys), command.words
        yield self.keymap.key_of("help"), COMMANDS_BY_ID["help"].words
        yield "escape", "cancel"

    def _hints_of(self, context: Context) -> Iterable[Hint]:
        """Yield the hints of a context, without keys that run another command there."""
        own_keys = {key for command in self.keymap.commands_of(context) for key in self.keymap.keys_of(command)}
        for fallback, shadowed in ((context, set[str]()), (Context.ANYWHERE, own_keys)):
            for command in self.keymap.commands_of(fallback):
                keys = self.keymap.keys_of(command) if command.hint and self.can_run(command) else ()
                if keys and keys[0] not in shadowed:
                    yield keys[0], command.words

    async def _finish(self) -> None:
        try:
            outcome, self._unfinished = self._unfinished, None
            if outcome is None:
                return
            await outcome
            await self._until_closed()
            more = self.follow_up()
            if isawaitable(more):
                await more
                await self._until_closed()
        finally:
            self.typing_queue.resume()

    async def _until_closed(self) -> None:
        """Wait until the last dialog is gone: keys typed after its answer are then on their way here."""
        if self._last_asked is not None:
            await self._last_asked.closed.wait()
            self._last_asked = None
