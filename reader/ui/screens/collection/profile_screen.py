"""A profile: what the articles of a collection say about one entity."""

from __future__ import annotations

from typing import Final

from textual import on

from reader.collection.queries.profile_lookup import ProfileSummary, profile_named
from reader.collection.storage.collection_storage import CollectionError
from reader.resources import resource_folder
from reader.ui.base.row_list import RowList
from reader.ui.keys.action_table import ActionTable
from reader.ui.keys.commands import COMMANDS_BY_ID, Context
from reader.ui.keys.keymap import Keymap
from reader.ui.screens.base.common_actions import GO_BACK_ACTIONS
from reader.ui.screens.base.list_screen import ListScreen
from reader.ui.screens.collection.collection_access import CollectionAccess, read_source
from reader.ui.screens.collection.line_list import DocumentTarget, LineList, ProfileTarget
from reader.ui.screens.collection.profile_lines import LoadedProfile, lines_of, load_profile, summary_parts


class ProfileScreen(ListScreen[None]):
    """Shows a profile. Enter follows a line to its document or to another profile, and Escape leads back."""

    AUTO_FOCUS = "#profile"
    CSS_PATH = resource_folder("styles") / "collection.tcss"
    CONTEXT = Context.PROFILE
    PASSES_KEYS_BELOW = True

    def __init__(self, keymap: Keymap, collection: CollectionAccess, profile: ProfileSummary) -> None:
        self._rows = LineList(id="profile")
        super().__init__(keymap, self._rows)
        self._collection = collection
        self._profile = profile
        self.actions.bind(GO_BACK_ACTIONS, self)
        self.actions.bind(_ACTIONS, self)

    def fill(self, message: str = "") -> None:
        """Read the profile in another thread, and show it."""
        self.title_bar.show(self._profile.name, summary_parts(self._profile))
        self.status_bar.show(message or "reading the collection …")
        self.run_worker(self._load(message), group="profile", exclusive=True)

    async def _load(self, message: str) -> None:
        try:
            loaded = await self._collection.ask(lambda storage: load_profile(storage, self._profile))
        except CollectionError as error:
            self.status_bar.show(str(error), alarm=True)
            return
        self._show(loaded, message)

    def _show(self, loaded: LoadedProfile, message: str) -> None:
        self._rows.show_lines(lines_of(loaded), "This profile is no longer in the collection.", cursor=1)
        self.status_bar.show(message)

    async def open_line(self) -> None:
        """Follow the line under the cursor."""
        line = self._rows.current
        match line.target if line is not None else None:
            case DocumentTarget(source, offset):
                self.status_bar.show(await read_source(self, source, offset))
            case ProfileTarget(key):
                try:
                    profile = await self._collection.ask(lambda storage: profile_named(storage, key))
                except CollectionError as error:
                    self.status_bar.show(str(error), alarm=True)
                else:
                    await self.ask(ProfileScreen(self.keymap, self._collection, profile))

    def next_section(self, count: int) -> None:
        """Go to the next section."""
        self._rows.move_to_heading(count)

    def previous_section(self, count: int) -> None:
        """Go to the section before."""
        self._rows.move_to_heading(-count)

    @on(RowList.Chosen)
    async def _open_clicked(self) -> None:
        await self.start_command(COMMANDS_BY_ID["profile-open"])


_ACTIONS: Final = ActionTable[ProfileScreen](
    plain={"profile-open": ProfileScreen.open_line},
    counted={
        "profile-next-section": ProfileScreen.next_section,
        "profile-previous-section": ProfileScreen.previous_section,
    },
)
